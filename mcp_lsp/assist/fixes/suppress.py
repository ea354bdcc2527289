"""The comment that says why a finding is accepted."""

from __future__ import annotations

import re

from mcp_lsp.syntax import PLAIN, Change, Document
from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.scope import Module

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
    if there is not None:
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
    return [Change(begin, begin, f"{indent}{opens}mcp-lsp: ignore[{name}] {reason}{closes}\n")]


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
