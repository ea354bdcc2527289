"""Applying fixes to a file: one at a time, each on the text as the one before left it, and only where it helps."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import Union

from mcp_lsp import syntax
from mcp_lsp.check import Analysis, Diagnostic
from mcp_lsp_analyzers.fix import Fix
from mcp_lsp_analyzers.model import Sdk
from mcp_lsp_analyzers.scope import Module

Render = Callable[[Fix, syntax.Document, Module, Union[Sdk, None]], Union["list[syntax.Change]", None]]


def fix(analysis: Analysis, render: Render, unsafe: bool, rule: str = "") -> int:
    """Apply what can be applied (of one ``rule``, by name) and return how many fixes that were. ``analysis`` ends up on
    the fixed text.

    A fix that leaves its finding, or breaks the text, is taken back and not tried again.
    """
    done, failed = 0, set[tuple[str, str]]()
    # Each fix takes its finding away, so there cannot be more than there were findings; new ones get a share too.
    left = 2 * len(analysis.diagnostics) + 10
    while left > 0:
        for diagnostic, fixing in _wanted(analysis, unsafe, rule):
            key = (diagnostic.identity, _text(analysis, diagnostic))
            if key in failed:
                continue
            left -= 1
            if _apply(analysis, diagnostic, fixing, render):
                done += 1
                break
            failed.add(key)
        else:
            break
    return done


def _wanted(analysis: Analysis, unsafe: bool, rule: str) -> Iterator[tuple[Diagnostic, Fix]]:
    for diagnostic in analysis.diagnostics:
        fixing = diagnostic.finding.fix
        if fixing is not None and (fixing.safe or unsafe) and rule in ("", diagnostic.rule.name):
            yield diagnostic, fixing


def _text(analysis: Analysis, diagnostic: Diagnostic) -> str:
    span = diagnostic.finding.place.span
    return "" if span is None else analysis.document.text[span.start : span.end]


def _apply(analysis: Analysis, diagnostic: Diagnostic, fixing: Fix, render: Render) -> bool:
    assert analysis.module is not None
    sdk = next((server.sdk for server in analysis.servers), None)
    changes = render(fixing, analysis.document, analysis.module, sdk)
    if not changes:
        return False
    before = analysis.document.text
    errors = sum(segment.broken for segment in analysis.tree.segments)
    alike = sum(d.rule is diagnostic.rule for d in analysis.diagnostics)
    analysis.change(changes)
    analysis.settle()
    if (
        sum(segment.broken for segment in analysis.tree.segments) <= errors
        and sum(d.rule is diagnostic.rule for d in analysis.diagnostics) < alike
    ):
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
    """Replace a file's content, keeping its encoding. Raises ``OSError``, also where the encoding has not the
    characters."""
    try:
        encoded = _encode(text, data)
    except UnicodeError as error:
        raise OSError(0, str(error)) from None
    with open(path, "wb") as file:
        file.write(encoded)


_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _encode(text: str, data: bytes) -> bytes:
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
