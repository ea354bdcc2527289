"""One more item between the brackets of a JavaScript object, array or call, in the style of those that stand there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mcp_lsp_analyzers.pattern import pattern

from .draft import Draft
from .locate import indent_at, line_end

_SPACE = pattern(r"(?:\s+|//[^\r\n]*|/\*.*?\*/)*", re.S)


def append(draft: Draft, text: str, opening: int, items: Sequence[tuple[int, int]], closing: int, *more: str) -> None:
    """Put ``more`` behind the last of ``items`` (spans in ``text``) between ``text[opening]`` and ``text[closing]``."""
    new = ", ".join(more)
    if not items:
        inside = text[opening + 1 : closing]
        if inside.strip():  # nothing but comments: stay in front of them
            draft.insert(opening + 1, f" {new},")
        else:
            draft.replace(opening, closing + 1, f"{text[opening]}{_pad(text[opening], new)}{text[closing]}")
        return
    first, last = items[0], items[-1]
    indent = indent_at(text, first[0])
    lines = indent is not None and indent_at(text, last[0]) is not None
    newline = "\r\n" if "\r\n" in text[opening:closing] else "\n"
    after = _skip(text, last[1])
    trailing = after < closing and text[after] == ","
    at = after + 1 if trailing else last[1]
    if lines:
        end = line_end(text, at)
        if end < closing and not text[at:end].strip().strip(",").startswith("/*"):
            if not trailing:
                draft.insert(last[1], ",")
            new = f",{newline}{indent}".join(more)
            draft.insert(end, f"{newline}{indent}{new}{',' if trailing else ''}")
            return
    draft.insert(at, f" {new}," if trailing else f", {new}")


def before(draft: Draft, text: str, item: tuple[int, int], new: str) -> None:
    """Put ``new`` in front of an item."""
    indent = indent_at(text, item[0])
    if indent is None:
        draft.insert(item[0], f"{new}, ")
    else:
        newline = "\r\n" if "\r\n" in text[: item[0]] else "\n"
        draft.insert(item[0], f"{new},{newline}{indent}")


def _pad(bracket: str, new: str) -> str:
    return f" {new} " if bracket == "{" else new


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
