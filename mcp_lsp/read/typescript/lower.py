"""From one segment of TypeScript or JavaScript to a `Unit` of ``code.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.bindings import bindings
from mcp_lsp_analyzers.code import Unit

from ..units import Nest, long

# Each module enters what it understands into the tables of `lowering`.
from . import expressions, functions, literals, modules, statements
from .lowering import COMMENTS, Lowering, offsets

if TYPE_CHECKING:
    from mcp_lsp.syntax import Node, Segment

__all__ = ["expressions", "functions", "literals", "lower", "modules", "statements"]

MARK = "mcp-lsp:"


def lower(segment: Segment, nest: Nest) -> Unit:
    """What the segment says. Never raises; see ``units.py`` for the contract."""
    text = segment.text
    unit = Unit(text, segment.anchor)
    unit.broken = segment.broken
    nodes = segment.nodes
    splits = not nest.whole and long(text, 0, len(text))
    lo = Lowering(segment.language, unit, offsets(text, segment.base), nest, splits)
    lo.run(None, nodes, unit.statements)
    if MARK in text:
        notes(nodes, lo)
    unit.binds = tuple(bindings(unit))
    return unit


def notes(nodes: list[Node], lo: Lowering) -> None:
    """The comments that say something to us, each in the innermost unit around it (a kept unit has its own)."""
    pending = list(nodes)
    while pending:
        node = pending.pop()
        start, end = lo.at[node.start_byte], lo.at[node.end_byte]
        if lo.text.find(MARK, start, end) < 0:
            continue
        if node.type in COMMENTS:
            _note(lo.unit, start, end, lo.text[start:end])
        else:
            pending += node.children
    _sort(lo.unit)


def _note(unit: Unit, start: int, end: int, text: str) -> None:
    for inner in unit.nested:
        offset = inner.anchor.start - unit.anchor.start
        if offset <= start and end <= offset + len(inner.key):
            _note(inner, start - offset, end - offset, text)
            return
    if (start, end, text) not in unit.notes:
        unit.notes.append((start, end, text))


def _sort(unit: Unit) -> None:
    unit.notes.sort()
    for inner in unit.nested:
        _sort(inner)
