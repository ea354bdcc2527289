"""Changing a file for its findings, by their fixes or by comments that allow them: one at a time, each on the text as
the one before left it, and only where it helps."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Union

from mcp_lsp import syntax, whole
from mcp_lsp.check import Analysis, Diagnostic
from mcp_lsp_analyzers.fix import Fix
from mcp_lsp_analyzers.model import Sdk
from mcp_lsp_analyzers.rule import Severity
from mcp_lsp_analyzers.scope import Module

_Changes = Union["list[syntax.Change]", None]
Render = Callable[[Fix, syntax.Document, Module, Union[Sdk, None]], _Changes]
"""How a fix is written out: `mcp_lsp.assist.fixes.render`, which stands on a higher floor and is handed down."""
Suppress = Callable[[syntax.Document, Module, int, str, str], _Changes]
"""How a comment is written that allows what begins at an offset: `mcp_lsp.assist.fixes.suppress`."""


def fix(analysis: Analysis, render: Render, unsafe: bool, rule: str = "") -> int:
    """Apply what can be applied (of one ``rule``, by name) and return how many fixes that were. ``analysis`` ends up on
    the fixed text."""

    def written(module: Module, diagnostic: Diagnostic) -> _Changes:
        fixing = diagnostic.finding.fix
        if fixing is None or not (fixing.safe or unsafe) or rule not in ("", diagnostic.rule.name):
            return None
        return render(fixing, analysis.document, module, next((server.sdk for server in analysis.servers), None))

    return _amended(analysis, written)


def allow(analysis: Analysis, suppress: Suppress, reason: str) -> int:
    """Write comments that allow what is found, with a reason; how many findings they allow. What has no place, or
    stands where no comment can, is left."""

    def written(module: Module, diagnostic: Diagnostic) -> _Changes:
        place = diagnostic.finding.place
        if place.span is None or place.uri != analysis.document.uri:
            return None
        return suppress(analysis.document, module, place.span.start, diagnostic.rule.name, reason)

    before = len(analysis.suppressed)
    _amended(analysis, written)
    return len(analysis.suppressed) - before


def _amended(analysis: Analysis, written: Callable[[Module, Diagnostic], _Changes]) -> int:
    """How many changes were made. One that leaves its finding, or breaks the text, is taken back."""
    done, made, failed = 0, 0, set[tuple[str, str, bool]]()
    # Each change takes its finding away, so there cannot be more than there were findings; new ones get a share too.
    left = 2 * len(analysis.diagnostics) + 10
    while left > 0:
        for diagnostic in analysis.diagnostics:
            # What had no fix may have got one by that of another finding.
            key = (diagnostic.identity, _text(analysis, diagnostic), diagnostic.finding.fix is None)
            if key in failed or analysis.module is None:
                continue
            changes = written(analysis.module, diagnostic)
            if changes:
                left -= 1
                if _helps(analysis, diagnostic, changes):
                    done += 1
                    break
            failed.add(key)
        else:
            if done == made:
                break
            made = done
            failed.clear()  # what was in the way of one may be gone by another
    return done


_WORSE = tuple(Severity)
"""From the worst to the least."""


def better(before: Iterable[Diagnostic], after: Iterable[Diagnostic], gone: Diagnostic) -> bool:
    """Whether a finding is gone after a change, and nothing as bad was found instead. Counted by rule: a change that
    renames a tool renames what else is found on it. What a comment allows in vain now is nothing bad: it goes next."""
    had, has = (Counter((d.rule.id, d.severity) for d in found) for found in (before, after))
    rule = gone.rule.id
    if sum(n for (of, _), n in has.items() if of == rule) >= sum(n for (of, _), n in had.items() if of == rule):
        return False
    bad = _WORSE.index(gone.severity)
    return all(_WORSE.index(severity) > bad or of == _IN_VAIN for of, severity in has - had)


_IN_VAIN = "MCP990"
"""Of comments that allow what is not found."""


def _text(analysis: Analysis, diagnostic: Diagnostic) -> str:
    span = diagnostic.finding.place.span
    return "" if span is None else analysis.document.text[span.start : span.end]


def _helps(analysis: Analysis, diagnostic: Diagnostic, changes: list[syntax.Change]) -> bool:
    """Make the changes; where the finding stays, or something as bad comes instead, take them back."""
    before = analysis.document.text
    errors = sum(segment.broken for segment in analysis.tree.segments)
    found = list(analysis.diagnostics)
    analysis.change(changes)
    analysis.settle()
    broken = sum(segment.broken for segment in analysis.tree.segments) > errors
    if not broken and better(found, analysis.diagnostics, diagnostic):
        return True
    analysis.change([syntax.Change(0, len(analysis.document.text), before)])
    analysis.settle()
    return False


def patch(path: str, before: str, after: str) -> str:
    """A unified diff as ``git apply`` takes it."""
    import difflib

    old, new = _lines(before), _lines(after)
    out = []
    for line in difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"):
        out.append(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n")
    return "".join(out)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def write(path: str, data: bytes, text: str) -> None:
    """Replace a file's content, which was ``data``, keeping its encoding. Raises ``OSError``, also where it is not that
    any more, or the encoding has not the characters."""
    try:
        result = encoded(text, data)
    except UnicodeError as error:
        raise OSError(0, str(error)) from None
    with open(path, "rb") as file:
        if file.read() != data:
            raise OSError(0, "it was changed by another program meanwhile")
    whole.write(path, result)


_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def encoded(text: str, data: bytes) -> bytes:
    """A text in the encoding of what it was read from, with its byte order mark. Raises ``UnicodeError``."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mark + text.encode(encoding)
    original = syntax.decode(data)
    for encoding in ("utf-8", *re.findall(r"coding[:=][ \t]*([-\w.]+)", "\n".join(original.split("\n", 2)[:2]))):
        try:
            if original.encode(encoding) == data:
                return text.encode(encoding)
        except (LookupError, UnicodeError):
            continue
    raise UnicodeError("the file's encoding cannot be written")
