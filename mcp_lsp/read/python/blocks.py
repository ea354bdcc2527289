"""Lists of Python statements as `code`: which function lowers which kind, and which blocks become nested units."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import (
    Do,
    Nested,
    Stmt,
)

from ..units import adopt, child, long, nests, nests_whole
from .depth import DEPTH
from .expressions import Lowering, opaque

if TYPE_CHECKING:
    from ...syntax import Node

Lower = Callable[[Lowering, "Node", int, "list[Stmt]"], None]
STATEMENTS: dict[str, Lower] = {}
_BY_KIND: dict[int, Lower] = {}


def fill(c: Lowering, nodes: list[Node]) -> None:
    c.unit.statements = statements(c, nodes, 0)
    if "mcp-lsp:" in c.unit.key:
        _notes(c, nodes)


def _notes(c: Lowering, nodes: list[Node]) -> None:
    text, unit = c.text, c.unit
    spans = [(inner.anchor.start - unit.anchor.start, len(inner.key)) for inner in unit.nested]
    stack = nodes[::-1]
    while stack:
        node = stack.pop()
        start, end = c.at[node.start_byte], c.at[node.end_byte]
        if text.find("mcp-lsp:", start, end) < 0 or any(s <= start and end <= s + n for s, n in spans):
            continue
        if node.type == "comment":
            unit.notes.append((start, end, text[start:end]))
        else:
            stack += reversed(node.children)


def statements(c: Lowering, nodes: list[Node], d: int) -> list[Stmt]:
    out: list[Stmt] = []
    for node in nodes:
        statement(c, node, d, out)
    return out


def statement(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    lower = _BY_KIND.get(node.kind_id)
    if lower is None:
        lower = _BY_KIND[node.kind_id] = STATEMENTS.get(node.type, other)
    if d > DEPTH:
        start, end = c.at[node.start_byte], c.at[node.end_byte]
        out.append(Do(start, end, opaque(c, node, d)))
    else:
        lower(c, node, d, out)


def suite(c: Lowering, block: Node, d: int, split: bool) -> list[Stmt]:
    """A block's statements: as nested units where ``split`` and the block is large enough, each for itself or all in
    one."""
    nodes = block.named_children
    start, end = c.at[block.start_byte], c.at[block.end_byte]
    if not split or c.nest.whole or not nests_whole(c.text, start, end):
        return statements(c, nodes, d)
    out: list[Stmt] = []
    nodes = [node for node in nodes if node.type not in ("comment", "line_continuation")]
    if nodes and _is_text(nodes[0]):  # a docstring belongs to its container
        statement(c, nodes.pop(0), d, out)
    parts = [[node] for node in nodes] if nests(c.text, start, end) or not nodes else [nodes]
    at, unit = c.at, c.unit
    spans = [(at[part[0].start_byte], at[part[-1].end_byte]) for part in parts]
    broken = [any(node.has_error for node in part) for part in parts]
    slots = c.nest.units(unit, spans, broken)
    for part, (start, end), torn, slot in zip(parts, spans, broken, slots, strict=True):
        inner = slot.unit
        if slot.kept:
            adopt(inner, c.function, c.cls)
        else:
            inner.broken = inner.anchor.torn = torn
            below = Lowering(inner, part[0].start_byte, slot.nest, c.function, c.cls, False)
            fill(below, part)
            inner.kept["yields"] = below.yields
        if not c.inner:
            child(unit, inner)
        c.yields = c.yields or inner.kept["yields"] is True
        out.append(Nested(start, end, inner))
    return out


def _is_text(node: Node) -> bool:
    inner = node.named_children if node.type == "expression_statement" else []
    return bool(inner) and inner[0].type in ("string", "concatenated_string")


def is_long(c: Lowering, node: Node) -> bool:
    return node.end_byte - node.start_byte > 480 and long(c.text, c.at[node.start_byte], c.at[node.end_byte])


def other(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    """An expression where a statement is expected, or a statement without a form of its own (``del``, ``global``)."""
    if node.type == "block":
        out.extend(suite(c, node, d + 1, False))
        return
    value = c.expr(node, d + 1)
    if node.is_named:
        out.append(Do(value.start, value.end, value))
