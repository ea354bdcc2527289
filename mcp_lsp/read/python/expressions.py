"""Python expressions as `code`: one function per kind of node, found by the grammar's number for the kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Union

from mcp_lsp_analyzers.code import (
    Arg,
    Attr,
    Await,
    Binary,
    Bind,
    Call,
    Choice,
    Class,
    Compare,
    Comprehension,
    Const,
    Dict,
    Expr,
    Function,
    Index,
    Items,
    Logic,
    Name,
    Not,
    Opaque,
    Pair,
    Spread,
    Unit,
    Yield,
)

from ..units import Nest
from .depth import DEPTH
from .offsets import offsets
from .strings import adjacent, fragment, string

if TYPE_CHECKING:
    from ...syntax import Node


class Lowering:
    """What is at hand while one unit is lowered. ``at[byte]`` is the offset relative to the unit's anchor."""

    __slots__ = ("at", "cls", "function", "inner", "nest", "text", "unit", "yields")

    def __init__(self, unit: Unit, base: int, nest: Nest, function: Function | None, cls: Class | None, top: bool):
        self.text = unit.key
        self.at = offsets(unit.key, base)
        self.unit = unit
        self.nest = nest
        self.function = function
        self.cls = cls
        self.inner = 1 if top else 0  # how many functions and classes of a nested unit we are in; never 0 at the top
        self.yields = False

    def expr(self, node: Node, d: int) -> Expr:
        value = (_BY_KIND.get(node.kind_id) or _learn)(self, node, d)
        return Opaque(self.at[node.start_byte], self.at[node.end_byte], node.type) if value is None else value


Lower = Callable[[Lowering, "Node", int], Union[Expr, None]]
_BY_KIND: dict[int, Lower] = {}
_EXTRA = ("comment", "line_continuation")


def _learn(c: Lowering, node: Node, d: int) -> Expr | None:
    lower: Lower = EXPRESSIONS.get(node.type, opaque)
    _BY_KIND[node.kind_id] = lower
    return lower(c, node, d)


def real(node: Node) -> list[Node]:
    """The named children without comments."""
    kids = node.named_children
    for kid in kids:
        if kid.is_extra:
            return [kid for kid in kids if kid.type not in _EXTRA]
    return kids


def each(c: Lowering, nodes: list[Node], d: int) -> list[Expr]:
    get = _BY_KIND.get
    found = []
    for node in nodes:
        value = (get(node.kind_id) or _learn)(c, node, d)
        if value is not None:
            found.append(value)
    return found


def opaque(c: Lowering, node: Node, d: int) -> Expr:
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    if d > DEPTH:
        return deep(c, node)
    return Opaque(start, end, node.type, each(c, node.named_children, d + 1))


def deep(c: Lowering, node: Node) -> Expr:
    """Too deep to go on: names and strings, found without recursion."""
    at, text = c.at, c.text
    c.unit.kept.setdefault("deep", at[node.start_byte])
    inside: list[Expr] = []
    stack = [node]
    while stack:
        here = stack.pop()
        kind = here.type
        if kind == "identifier":
            start, end = at[here.start_byte], at[here.end_byte]
            inside.append(Name(start, end, text[start:end]))
        elif kind == "string_content":
            value = fragment(c, here, 0)
            inside.append(value)
        else:
            stack += reversed(here.children)
    return Opaque(at[node.start_byte], at[node.end_byte], "deep", inside)


# ---------------------------------------------------------------- names, constants, access


def name(c: Lowering, node: Node, d: int) -> Expr:
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    if start == end:
        return Opaque(start, end, "missing")
    return Name(start, end, c.text[start:end])


def _number(c: Lowering, node: Node, d: int) -> Expr:
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    text = c.text[start:end]
    for read in (int, _based, float):
        try:
            return Const(start, end, read(text))
        except ValueError:
            continue
    return Const(start, end, complex(0, 1)) if text[-1:] in "jJ" else Opaque(start, end, "number")


def _based(text: str) -> int:
    """``0x1f``, ``0b1``, ``0o7``."""
    return int(text, 0)


def _constant(value: object) -> Lower:
    def lower(c: Lowering, node: Node, d: int) -> Expr:
        return Const(c.at[node.start_byte], c.at[node.end_byte], value)

    return lower


def _attribute(c: Lowering, node: Node, d: int) -> Expr:
    kids = node.named_children
    if len(kids) != 2:
        kids = real(node)
    if len(kids) != 2 or d > DEPTH:
        return opaque(c, node, d)
    at = c.at
    value, name = kids
    start, end = at[name.start_byte], at[name.end_byte]
    lowered = (_BY_KIND.get(value.kind_id) or _learn)(c, value, d + 1)
    if lowered is None or (name.kind_id not in _IDENTIFIERS and name.type != "identifier"):
        return opaque(c, node, d)
    _IDENTIFIERS.add(name.kind_id)
    return Attr(at[node.start_byte], end, lowered, c.text[start:end], start)


_IDENTIFIERS: set[int] = set()


def _subscript(c: Lowering, node: Node, d: int) -> Expr:
    kids = real(node)
    if len(kids) < 2 or d > DEPTH:
        return opaque(c, node, d)
    at = c.at
    value = c.expr(kids[0], d + 1)
    items = each(c, kids[1:], d + 1)
    if len(items) == 1 and not _trailing_comma(node):
        index: Expr = items[0]
    else:
        index = Items(items[0].start if items else value.end, items[-1].end if items else value.end, "tuple", items)
    return Index(at[node.start_byte], at[node.end_byte], value, index)


def _trailing_comma(node: Node) -> bool:
    kids = node.children
    return len(kids) > 2 and kids[-2].type == ","


def _call(c: Lowering, node: Node, d: int) -> Expr:
    kids = node.named_children
    if len(kids) != 2:
        kids = real(node)
    if len(kids) != 2 or d > DEPTH:
        return opaque(c, node, d)
    get = _BY_KIND.get
    callee = (get(kids[0].kind_id) or _learn)(c, kids[0], d + 1)
    if callee is None:
        return opaque(c, node, d)
    given = kids[1]
    at = c.at
    if given.type == "generator_expression":
        value = c.expr(given, d + 1)
        args = [Arg(value.start, value.end, value)]
    else:
        args = arguments(c, given, d)
    return Call(at[node.start_byte], at[node.end_byte], callee, args)


def arguments(c: Lowering, node: Node, d: int) -> list[Arg]:
    at, text, get = c.at, c.text, _BY_KIND.get
    found = []
    for kid in node.named_children:
        kind = kid.type
        if kind == "keyword_argument":
            inner = kid.named_children
            if len(inner) != 2:
                inner = real(kid)
            start, end = at[kid.start_byte], at[kid.end_byte]
            if len(inner) == 2:
                first, last = inner
                value = (get(last.kind_id) or _learn)(c, last, d + 1)
                if value is not None:
                    found.append(Arg(start, end, value, text[start : at[first.end_byte]]))
                    continue
            found.append(Arg(start, end, opaque(c, kid, d)))
        elif kind == "list_splat" or kind == "dictionary_splat":
            inner = real(kid)
            value = c.expr(inner[0], d + 1) if len(inner) == 1 else opaque(c, kid, d)
            found.append(Arg(at[kid.start_byte], at[kid.end_byte], value, None, "*" if kind == "list_splat" else "**"))
        else:
            value = (get(kid.kind_id) or _learn)(c, kid, d + 1)
            if value is not None:
                found.append(Arg(value.start, value.end, value))
    return found


# ---------------------------------------------------------------- operators


def _of_two(make: type[Binary | Logic]) -> Lower:
    def lower(c: Lowering, node: Node, d: int) -> Expr:
        kids = node.children
        if len(kids) != 3:
            kids = [kid for kid in kids if kid.type not in _EXTRA]
        if len(kids) != 3 or d > DEPTH:
            return opaque(c, node, d)
        left, op, right = kids
        return make(c.at[node.start_byte], c.at[node.end_byte], op.type, c.expr(left, d + 1), c.expr(right, d + 1))

    return lower


def _compare(c: Lowering, node: Node, d: int) -> Expr:
    kids = [kid for kid in node.children if kid.type not in _EXTRA]
    if len(kids) < 3 or len(kids) % 2 == 0 or d > DEPTH:
        return opaque(c, node, d)
    values = [c.expr(kid, d + 1) for kid in kids[::2]]
    result: Expr | None = None
    for i, op in enumerate(kids[1::2]):
        left, right = values[i], values[i + 1]
        kind = "!=" if op.type == "<>" else op.type
        pair = Compare(left.start, right.end, kind, left, right)
        result = pair if result is None else Logic(result.start, pair.end, "and", result, pair)
    return result or opaque(c, node, d)


def _not(c: Lowering, node: Node, d: int) -> Expr:
    kids = real(node)
    if len(kids) != 1 or d > DEPTH:
        return opaque(c, node, d)
    return Not(c.at[node.start_byte], c.at[node.end_byte], c.expr(kids[0], d + 1))


def _unary(c: Lowering, node: Node, d: int) -> Expr:
    value = opaque(c, node, d)
    if isinstance(value, Opaque) and len(value.inside) == 1:
        inner = value.inside[0]
        if isinstance(inner, Const) and isinstance(inner.value, (int, float)) and c.text[value.start] in "+-":
            return Const(value.start, value.end, -inner.value if c.text[value.start] == "-" else inner.value)
    return value


def _choice(c: Lowering, node: Node, d: int) -> Expr:
    kids = real(node)
    if len(kids) != 3 or d > DEPTH:
        return opaque(c, node, d)
    then, test, otherwise = (c.expr(kid, d + 1) for kid in kids)
    return Choice(c.at[node.start_byte], c.at[node.end_byte], test, then, otherwise)


def _parenthesised(c: Lowering, node: Node, d: int) -> Expr:
    kids = node.named_children
    if len(kids) != 1:
        kids = real(node)
    if len(kids) != 1 or d > DEPTH:
        return opaque(c, node, d)
    return c.expr(kids[0], d + 1)


def _await(c: Lowering, node: Node, d: int) -> Expr:
    kids = real(node)
    if len(kids) != 1 or d > DEPTH:
        return opaque(c, node, d)
    return Await(c.at[node.start_byte], c.at[node.end_byte], c.expr(kids[0], d + 1))


def _yield(c: Lowering, node: Node, d: int) -> Expr:
    c.yields = True
    kids = real(node)
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    if len(kids) > 1:
        return Yield(start, end, _items("tuple")(c, node, d))
    return Yield(start, end, c.expr(kids[0], d + 1) if kids else None)


def _bind(c: Lowering, node: Node, d: int) -> Expr:
    kids = real(node)
    if len(kids) != 2 or d > DEPTH:
        return opaque(c, node, d)
    return Bind(c.at[node.start_byte], c.at[node.end_byte], c.expr(kids[0], d + 1), c.expr(kids[1], d + 1))


# ---------------------------------------------------------------- collections


def _items(kind: str) -> Lower:
    def lower(c: Lowering, node: Node, d: int) -> Expr:
        if d > DEPTH:
            return deep(c, node)
        return Items(c.at[node.start_byte], c.at[node.end_byte], kind, each(c, node.named_children, d + 1))

    return lower


def _spread(c: Lowering, node: Node, d: int) -> Expr:
    kids = real(node)
    if len(kids) != 1 or d > DEPTH:
        return opaque(c, node, d)
    return Spread(c.at[node.start_byte], c.at[node.end_byte], c.expr(kids[0], d + 1))


def _pair(c: Lowering, node: Node, d: int) -> Pair:
    kids = node.named_children
    if len(kids) != 2:
        kids = real(node)
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    if len(kids) != 2 or node.type != "pair":
        value = c.expr(kids[0], d + 1) if len(kids) == 1 and node.type == "dictionary_splat" else opaque(c, node, d)
        return Pair(start, end, None, value)
    return Pair(start, end, c.expr(kids[0], d + 1), c.expr(kids[1], d + 1))


def _dictionary(c: Lowering, node: Node, d: int) -> Expr:
    if d > DEPTH:
        return deep(c, node)
    pairs = [_pair(c, kid, d + 1) for kid in node.named_children if kid.type not in _EXTRA]
    return Dict(c.at[node.start_byte], c.at[node.end_byte], pairs)


def _comprehension(kind: str) -> Lower:
    def lower(c: Lowering, node: Node, d: int) -> Expr:
        kids = real(node)
        if not kids or d > DEPTH:
            return opaque(c, node, d)
        element: Expr | Pair = _pair(c, kids[0], d + 1) if kids[0].type == "pair" else c.expr(kids[0], d + 1)
        clauses: list[tuple[Expr, Expr, list[Expr]]] = []
        for kid in kids[1:]:
            inner = real(kid)
            if kid.type == "for_in_clause" and len(inner) >= 2:
                clauses.append((c.expr(inner[0], d + 1), one(c, inner[1:], d + 1), []))
            elif clauses:
                clauses[-1][2].extend(each(c, inner, d + 1))
        return Comprehension(c.at[node.start_byte], c.at[node.end_byte], kind, element, clauses)

    return lower


def one(c: Lowering, nodes: list[Node], d: int) -> Expr:
    """One expression, a tuple where several stand without parentheses."""
    if len(nodes) == 1:
        return c.expr(nodes[0], d)
    items = each(c, nodes, d)
    return Items(c.at[nodes[0].start_byte], c.at[nodes[-1].end_byte], "tuple", items)


def _nothing(c: Lowering, node: Node, d: int) -> None:
    return None


EXPRESSIONS: dict[str, Any] = {
    "identifier": name, "integer": _number, "float": _number, "string": string, "concatenated_string": adjacent,
    "string_content": fragment, "string_start": _nothing, "string_end": _nothing,
    "true": _constant(True), "false": _constant(False), "none": _constant(None), "ellipsis": _constant(...),
    "attribute": _attribute, "subscript": _subscript, "call": _call, "binary_operator": _of_two(Binary),
    "boolean_operator": _of_two(Logic), "comparison_operator": _compare, "not_operator": _not, "unary_operator": _unary,
    "conditional_expression": _choice, "parenthesized_expression": _parenthesised, "await": _await, "yield": _yield,
    "named_expression": _bind, "list": _items("list"), "tuple": _items("tuple"), "set": _items("set"),
    "expression_list": _items("tuple"), "pattern_list": _items("tuple"), "list_pattern": _items("list"),
    "tuple_pattern": _items("tuple"), "list_splat": _spread, "list_splat_pattern": _spread,
    "parenthesized_list_splat": _parenthesised, "dictionary": _dictionary,
    "list_comprehension": _comprehension("list"), "set_comprehension": _comprehension("set"),
    "dictionary_comprehension": _comprehension("dict"), "generator_expression": _comprehension("generator"),
    "member_type": _attribute, "comment": _nothing, "line_continuation": _nothing,
}  # fmt: skip
