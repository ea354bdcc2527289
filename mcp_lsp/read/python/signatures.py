"""Parameters, lambdas and annotations as `code`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Attr, Binary, Expr, Function, Index, Items, Lambda, Name, Opaque, Param, Return

from ..units import closure
from .depth import DEPTH
from .expressions import EXPRESSIONS, Lowering, each, name, opaque, real

if TYPE_CHECKING:
    from ...syntax import Node


def _lambda(c: Lowering, node: Node, d: int) -> Expr:
    kids = real(node)
    if not kids or d > DEPTH:
        return opaque(c, node, d)
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    params = parameters(c, kids[0], d + 1) if len(kids) > 1 else []
    function = Function(start, end, "", start, params, [], c.unit, parent=c.function)
    if not c.inner:
        closure(c.unit, function)
    outer, cls, yields = c.function, c.cls, c.yields
    c.function, c.cls, c.yields, c.inner = function, None, False, c.inner + 1
    value = c.expr(kids[-1], d + 1)
    function.is_generator = c.yields
    c.function, c.cls, c.yields, c.inner = outer, cls, yields, c.inner - 1
    function.body.append(Return(value.start, value.end, value))
    return Lambda(start, end, function)


def parameters(c: Lowering, node: Node, d: int) -> list[Param]:
    found: list[Param] = []
    kind = ""
    for kid in node.named_children:
        what = kid.type
        if what == "comment" or what == "line_continuation":
            continue
        if what == "positional_separator":
            for param in found:
                param.kind = "/"
        elif what == "keyword_separator":
            kind = "="
        else:
            param = _parameter(c, kid, what, d)
            if param.kind == "*":
                kind = "="
            elif not param.kind:
                param.kind = kind
            found.append(param)
    return found


def _parameter(c: Lowering, node: Node, what: str, d: int) -> Param:
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    if what == "identifier":
        return Param(start, end, Name(start, end, c.text[start:end]))
    if what == "list_splat_pattern" or what == "dictionary_splat_pattern":
        inner = real(node)
        target = c.expr(inner[0], d + 1) if inner else Opaque(end, end, "missing")
        return Param(start, end, target, kind="*" if what == "list_splat_pattern" else "**")
    if what in ("typed_parameter", "default_parameter", "typed_default_parameter"):
        kids = real(node)
        if kids:
            inner_kind = kids[0].type
            param = _parameter(c, kids[0], inner_kind, d + 1)
            for kid in kids[1:]:
                if kid.type == "type":
                    param.annotation = c.expr(kid, d + 1)
                elif kid.type == "ERROR":
                    opaque(c, kid, d + 1)
                else:
                    param.default = c.expr(kid, d + 1)
            param.start, param.end = start, end
            return param
    return Param(start, end, c.expr(node, d + 1))


def _type(c: Lowering, node: Node, d: int) -> Expr:
    kids = real(node)
    if len(kids) != 1 or d > DEPTH:
        return opaque(c, node, d)
    return c.expr(kids[0], d + 1)


def _generic(c: Lowering, node: Node, d: int) -> Expr:
    kids = real(node)
    if len(kids) != 2 or d > DEPTH:
        return opaque(c, node, d)
    items = each(c, kids[1].named_children, d + 1)
    first, last = c.at[kids[1].start_byte] + 1, c.at[kids[1].end_byte] - 1
    index = items[0] if len(items) == 1 else Items(first, max(first, last), "tuple", items)
    return Index(c.at[node.start_byte], c.at[node.end_byte], c.expr(kids[0], d + 1), index)


def _union(c: Lowering, node: Node, d: int) -> Expr:
    kids = real(node)
    if len(kids) != 2 or d > DEPTH:
        return opaque(c, node, d)
    return Binary(c.at[node.start_byte], c.at[node.end_byte], "|", c.expr(kids[0], d + 1), c.expr(kids[1], d + 1))


def _dotted(c: Lowering, node: Node, d: int) -> Expr:
    kids = real(node)
    if not kids:
        return opaque(c, node, d)
    at = c.at
    value: Expr = name(c, kids[0], d)
    for kid in kids[1:]:
        start, end = at[kid.start_byte], at[kid.end_byte]
        value = Attr(value.start, end, value, c.text[start:end], start)
    return value


EXPRESSIONS.update(
    {
        "lambda": _lambda,
        "type": _type,
        "generic_type": _generic,
        "union_type": _union,
        "dotted_name": _dotted,
        "as_pattern_target": _type,
    }
)
