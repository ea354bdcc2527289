"""Simple Python statements as `code`: assignments, imports, ``return`` and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import (
    Assign,
    Do,
    Expr,
    If,
    Import,
    Jump,
    Not,
    Raise,
    Return,
    Stmt,
)

from .blocks import STATEMENTS, other
from .expressions import Lowering, each, one, opaque, real

if TYPE_CHECKING:
    from ...syntax import Node


def _expression(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    kids = node.named_children
    if len(kids) != 1:
        kids = real(node)
    if len(kids) == 1:
        kind = kids[0].type
        if kind == "assignment":
            return _assignment(c, kids[0], d, out)
        if kind == "augmented_assignment":
            return _augmented(c, kids[0], d, out)
    elif not kids:
        return None
    value = one(c, kids, d + 1)
    out.append(Do(c.at[node.start_byte], c.at[node.end_byte], value))
    return None


def _assignment(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    at = c.at
    start, end = at[node.start_byte], at[node.end_byte]
    targets: list[Expr] = []
    annotation: Expr | None = None
    while True:
        kids = real(node)
        if not kids:
            break
        targets.append(c.expr(kids[0], d + 1))
        kids = kids[1:]
        if kids and kids[0].type == "type":
            annotation = c.expr(kids[0], d + 1)
            kids = kids[1:]
        if len(kids) == 1 and kids[0].type == "assignment":
            node = kids[0]
            continue
        value = one(c, kids, d + 1) if kids else None
        for target in targets:
            out.append(Assign(start, end, target, value, "", annotation))
        break


def _augmented(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    kids = [kid for kid in node.children if kid.type != "comment" and kid.type != "line_continuation"]
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    if len(kids) < 3:
        out.append(Do(start, end, opaque(c, node, d + 1)))
        return
    target, value = c.expr(kids[0], d + 1), one(c, kids[2:], d + 1)
    out.append(Assign(start, end, target, value, kids[1].type.rstrip("=")))


def _return(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    kids = real(node)
    value = one(c, kids, d + 1) if kids else None
    out.append(Return(c.at[node.start_byte], c.at[node.end_byte], value))


def _raise(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    kids = real(node)
    out.append(Raise(c.at[node.start_byte], c.at[node.end_byte], c.expr(kids[0], d + 1) if kids else None))


def _assert(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    """``assert test, text`` checks as ``if not test: raise`` does."""
    values = each(c, real(node), d + 1)
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    if values:
        failure = Raise(start, end, values[1] if len(values) > 1 else None)
        out.append(If(start, end, Not(values[0].start, values[0].end, values[0]), [failure], []))


def _jump(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    out.append(Jump(c.at[node.start_byte], c.at[node.end_byte], node.type.partition("_")[0]))


def _nothing(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    pass


def _type_alias(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    kids = real(node)
    if len(kids) == 2:
        start, end = c.at[node.start_byte], c.at[node.end_byte]
        out.append(Assign(start, end, c.expr(kids[0], d + 1), c.expr(kids[1], d + 1)))
    else:
        other(c, node, d, out)


def _import(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    at, text = c.at, c.text
    for kid in real(node):
        inner = real(kid)
        start, end = at[kid.start_byte], at[kid.end_byte]
        if kid.type == "aliased_import" and len(inner) == 2:
            module = _word(text, at[inner[0].start_byte], at[inner[0].end_byte])
            out.append(Import(start, end, module, None, text[at[inner[1].start_byte] : at[inner[1].end_byte]]))
        elif kid.type == "dotted_name" and end > start:
            module = _word(text, start, end)
            first = module.partition(".")[0]
            # ``import a.b`` binds "a"; what is under it is found by attribute access.
            out.append(Import(start, end, first, None, first))


def _import_from(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    at, text = c.at, c.text
    kids = real(node)
    if node.type == "future_import_statement":
        module = "__future__"
    elif kids:
        module = _word(text, at[kids[0].start_byte], at[kids[0].end_byte])
        kids = kids[1:]
    else:
        return
    for kid in kids:
        inner = real(kid)
        start, end = at[kid.start_byte], at[kid.end_byte]
        if kid.type == "wildcard_import":
            out.append(Import(start, end, module, "*", "*"))
        elif kid.type == "aliased_import" and len(inner) == 2:
            name = text[at[inner[0].start_byte] : at[inner[0].end_byte]]
            out.append(Import(start, end, module, name, text[at[inner[1].start_byte] : at[inner[1].end_byte]]))
        elif kid.type == "dotted_name" and end > start:
            out.append(Import(start, end, module, text[start:end], text[start:end]))


def _word(text: str, start: int, end: int) -> str:
    return "".join(text[start:end].split()).replace("\\", "")


STATEMENTS.update(
    {
        "expression_statement": _expression, "assignment": _assignment, "augmented_assignment": _augmented,
        "return_statement": _return, "raise_statement": _raise, "assert_statement": _assert,
        "break_statement": _jump, "continue_statement": _jump, "pass_statement": _nothing,
        "import_statement": _import, "import_from_statement": _import_from, "future_import_statement": _import_from,
        "type_alias_statement": _type_alias, "comment": _nothing, "line_continuation": _nothing,
        "string_start": _nothing, "string_end": _nothing,
    }
)  # fmt: skip
