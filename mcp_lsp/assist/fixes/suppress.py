"""The comment that says why a finding is accepted."""

from __future__ import annotations

import re

from mcp_lsp.syntax import PLAIN, Change, Document
from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.scope import Module

from .draft import newline_of
from .locate import walk

_NOTE = pattern(r"(?:#|//|/\*)\s*mcp-lsp:\s*ignore\[(?P<names>[^\]\r\n]*)\]")

_REMARKS = ("requirements", "pyproject", "workflow")
"""Manifests in which a comment may stand at the end of a line."""

_ABOVE = {"dockerfile": ("# ", ""), "instructions": ("<!-- ", " -->")}
"""Files in which a comment has a line of its own, with what opens and closes it. JSON has none at all."""


def suppress(document: Document, module: Module, start: int, name: str, reason: str = "reason") -> list[Change] | None:
    """Accept the finding of rule ``name`` that begins at ``start``: in a comment at the end of its line, or of the line
    on which the string it stands in ends. A comment that is there already gets one more name. ``None`` where no comment
    can stand."""
    if document.language in _ABOVE:
        return _above(document, start, *_ABOVE[document.language], name, reason)
    if document.language in PLAIN and document.language not in _REMARKS:
        return None
    mark = "#" if document.language in ("python", *_REMARKS) else "//"
    line, _ = document.position(start)
    begin, end = document.content(line)
    for _ in range(1000):
        inside = _string_around(module, end)
        if inside is None:
            break
        line, _ = document.position(inside)
        begin, end = document.content(line)
    text = document.text[begin:end]
    there = _NOTE.search(text)
    if there is not None and _string_around(module, begin + there.start()) is None:
        if name in [n.strip() for n in there.group("names").split(",")]:
            return None
        at = begin + there.end("names")
        return [Change(at, at, f", {name}" if there.group("names").strip() else name)]
    if document.language == "python" and text.endswith("\\"):
        return None
    note = f"{mark} mcp-lsp: ignore[{name}] {reason}"
    gap = "" if not text.strip() else "  " if mark == "#" else " "
    stripped = text.rstrip(" \t")
    return [Change(begin + len(stripped), end, gap + note)]


def allows(document: Document) -> bool:
    """Whether a comment can stand in a file of this kind at all."""
    language = document.language
    return language not in PLAIN or language in _REMARKS or language in _ABOVE


def suppress_file(document: Document, name: str, reason: str = "reason") -> list[Change] | None:
    """Accept all findings of rule ``name`` in a file: in a comment at its top, or in one that is there already."""
    language = document.language
    if not allows(document):
        return None
    there = re.search(r"mcp-lsp:\s*ignore-file\[(?P<names>[^\]\r\n]*)\]", document.text)
    if there is not None:
        if name in [n.strip() for n in there["names"].split(",")]:
            return None
        return [Change(there.end("names"), there.end("names"), f", {name}")]
    python = language in ("python", *_REMARKS)
    opens, closes = _ABOVE.get(language or "", ("# ", "") if python else ("// ", ""))
    first = _FIRST.match(document.text)
    at = first.end() if first is not None else 0
    newline = newline_of(document.text)
    gap = "" if document.text[:at].endswith("\n") or not at else newline
    return [Change(at, at, f"{gap}{opens}mcp-lsp: ignore-file[{name}] {reason}{closes}{newline}")]


_FIRST = pattern(
    r"\ufeff?(?:#![^\n]*(?:\n|$))?(?:#[^\n]*(?:coding[:=]|syntax=|escape=)[^\n]*(?:\n|$))*(?:---\r?\n(?:.*\n)*?---\r?(?:\n|$))?"
)
"""What has to stay at the top of a file: the line for the shell, the one about the encoding, what a document says of
itself."""


def _above(document: Document, start: int, opens: str, closes: str, name: str, reason: str) -> list[Change] | None:
    line, _ = document.position(start)
    begin, end = document.content(line)
    if line:
        above, over = document.content(line - 1)
        there = re.search(r"mcp-lsp:\s*ignore\[(?P<names>[^\]\r\n]*)\]", document.text[above:over])
        if there is not None:
            if name in [n.strip() for n in there["names"].split(",")]:
                return None
            return [Change(above + there.end("names"), above + there.end("names"), f", {name}")]
    indent = document.text[begin:end][: len(document.text[begin:end]) - len(document.text[begin:end].lstrip(" \t"))]
    return [Change(begin, begin, f"{indent}{opens}mcp-lsp: ignore[{name}] {reason}{closes}{newline_of(document.text)}")]


def _string_around(module: Module, offset: int) -> int | None:
    """Where the string or template ends that goes on at ``offset``; ``None`` where there is none."""
    units = list(module.units)
    while units:
        unit = units.pop()
        base = unit.anchor.start
        if not base <= offset <= base + len(unit.key):
            continue
        units += unit.nested
        for statement in unit.statements:
            for node in walk(statement):
                if isinstance(node, (code.Str, code.Join)) and node.start + base < offset < node.end + base:
                    return int(node.end) + base
    return None
