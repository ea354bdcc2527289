"""Brackets and quotes around an edit, for a segment too long to be scanned whole at each keystroke.

A factory or a class of thousands of lines is one segment. What an edit leaves open in it shows in the few lines around:
from a line that is indented less, or as much, down to the next such line, if all was closed in there before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mcp_lsp_analyzers.pattern import pattern

from .language import scanner
from .mending import Mends
from .segment import Segment, mends

# Shorter texts are scanned whole: twenty lines take a tenth of a millisecond.
LONG = 400
# How far up a line that is indented less is looked for, and how often the lines around are widened.
_UP = 300
_TIMES = 6
_INDENT = pattern(r"[ \t]*")
_LITERAL = frozenset(
    (
        "string", "string_content", "string_fragment", "template_string", "escape_sequence", "comment", "jsx_text",
        "regex_pattern", "concatenated_string",
    )
)  # fmt: skip


def nearby_mends(old: Segment, text: str, start: int, end: int, size: int) -> tuple[Mends, tuple[int, int]] | None:
    """The mends of ``text``: that of a segment, with ``[start, end)`` replaced by ``size`` characters; and the part of
    it that was looked at. ``None`` if the lines around do not tell."""
    scan = scanner(old.language)
    first, last = _whole_lines(old, start, end)
    if last < 0:
        return None
    delta = size - (end - start)
    found = Mends()
    if old.broken:
        for at, char in old.mends.items():
            if at < first:
                found[at] = char
            elif at >= last:
                found[at + delta] = char
    if not scan.balanced(text, first, last + delta):
        lines = text[first : last + delta]
        for at, char in _of_lines(lines, last == len(old.text), old.language).items():
            found[first + at] = char
    return found, (first, last + delta)


def _of_lines(lines: str, end: bool, language: str) -> Mends:
    """The mends of some lines; ``end``: nothing follows them. Else it is a word at the indentation they end with, in
    front of which the line above keeps its end; a text that goes on to there is closed where it is."""
    if not end:
        found = mends(f"{lines}_", language)
        if all(at < len(lines) for at in found):
            return found
    return mends(lines, language)


def _whole_lines(old: Segment, start: int, end: int) -> tuple[int, int]:
    """Lines around an edit in which everything was closed (0, -1 if there are none)."""
    if old.lines is not None and old.lines[0] <= start and end < old.lines[1]:
        return old.lines  # since they were whole, only they have changed
    scan = scanner(old.language)
    before = old.mends.applied(old.text) if old.broken else old.text
    for first, last in _around(before, start, end):
        if (last - first) * 2 > len(before):
            break
        if old.kind_at(first) not in _LITERAL and scan.balanced(before, first, last):
            return first, last
    return 0, -1


def _around(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines around ``[start, end)``, each time more of them, and how far the next one is indented."""
    first = _line(text, start)
    indent = _indent(text, first)
    steps = 0
    while indent is None and first and steps < _UP:  # a blank line stands as deep as what is above it
        first = _line(text, first - 1)
        indent = _indent(text, first)
        steps += 1
    if indent is None:
        return
    for _ in range(_TIMES):
        below = _not_deeper(indent).search(text, end)
        yield first, _INDENT.match(text, below.start(1)).end() if below else len(text)  # type: ignore[union-attr]
        if indent == 0:
            return
        limit = indent
        while indent is None or indent >= limit:
            if not first or steps > _UP:
                return
            first = _line(text, first - 1)
            indent = _indent(text, first)
            steps += 1


def _line(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _indent(text: str, line: int) -> int | None:
    """How far a line is indented; ``None`` for a blank one."""
    stop = _INDENT.match(text, line).end()  # type: ignore[union-attr]  # matches everywhere
    return None if text[stop : stop + 1] in ("", "\n", "\r") else stop - line


@lru_cache(maxsize=64)
def _not_deeper(indent: int) -> re.Pattern[str]:
    """The next line that is indented no further and does not just close what was opened as far."""
    shallower = rf"|[ \t]{{0,{indent - 1}}}[)\]}}]" if indent else ""
    return re.compile(rf"[\r\n]((?=[ \t]{{0,{indent}}}[^\s)\]}}]{shallower}))")
