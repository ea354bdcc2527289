"""Expressions. Assertions of types, ``!`` and parentheses are transparent: the inner expression stands for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from mcp_lsp_analyzers.code import (
    Arg,
    Attr,
    Await,
    Binary,
    Bind,
    Call,
    Choice,
    Compare,
    Const,
    Default,
    Dict,
    Expr,
    Index,
    Items,
    Lambda,
    Logic,
    Name,
    Not,
    Opaque,
    Pair,
    Spread,
    Str,
    Yield,
)
from mcp_lsp_analyzers.pattern import pattern

from . import literals
from .lowering import EXPRESSIONS, Lowering, name, unknown
from .modules import loaded_later

if TYPE_CHECKING:
    from mcp_lsp.syntax import Node

COMPARED = {
    "==": "==", "===": "==", "!=": "!=", "!==": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "in": "in",
    "instanceof": "instanceof",
}  # fmt: skip
LOGICAL = {"&&": "and", "||": "or", "??": "??"}

# ``import_foo.default`` and ``foo_1.default`` are how esbuild and the TypeScript compiler write a default import.
COMPILED = pattern(r"(?:import_\w+|\w+_\d+|_\w+)\Z")


LONGEST = 24
"""Operators in a row that are nested as they stand; longer sums become a tree of small depth."""


def this(lo: Lowering, node: Node) -> Expr:
    return Name(lo.at[node.start_byte], lo.at[node.end_byte], "self")


def attribute(lo: Lowering, node: Node) -> Expr:
    children = node.children
    if len(children) == 3:
        target, _, prop = children
    else:
        found = node.child_by_field_name("object"), node.child_by_field_name("property")
        if found[0] is None or found[1] is None:
            return unknown(lo, node)
        target, prop = found[0], found[1]
    at = lo.at
    end = at[node.end_byte]
    begin = at[prop.start_byte]
    value = lo.expr(target)
    word = lo.text[begin : at[prop.end_byte]]
    if isinstance(value, Name):
        # What CommonJS exports is a variable of the module under the name it is exported by.
        if value.id == "exports" and word:
            return Name(value.start, end, word)
        if word == "default" and COMPILED.match(value.id):
            return Name(value.start, end, value.id)
    elif isinstance(value, Attr) and value.name == "exports" and isinstance(value.value, Name):
        if value.value.id == "module" and word:
            return Name(value.start, end, word)
    return Attr(at[node.start_byte], end, value, word, begin)


def index(lo: Lowering, node: Node) -> Expr:
    kids = lo.kids(node)
    if len(kids) < 2:
        return unknown(lo, node)
    inside = lo.expr(kids[1]) if len(kids) == 2 else unknown(lo, node)
    return Index(lo.at[node.start_byte], lo.at[node.end_byte], lo.expr(kids[0]), inside)


def call(lo: Lowering, node: Node) -> Expr:
    children = node.children
    last = children[-1]
    callee = lo.expr(children[0])
    kind = lo.names[last.kind_id]
    if kind == "template_string":
        return literals.template(lo, last, callee, lo.at[node.start_byte])
    if kind != "arguments":
        found = node.child_by_field_name("arguments")
        if found is None:
            return unknown(lo, node)
        last = found
    args = arguments(lo, last)
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    if type(callee) is Name and callee.id == "await" and args:
        # The grammar of JavaScript takes ``await (0, run)(x)`` for a call of "await".
        return Await(start, end, args[-1].value)
    if type(callee) is Await and lo.names[children[0].kind_id] == "call_expression":
        return Await(start, end, Call(callee.value.start, end, callee.value, args))
    if type(callee) is Attr and callee.name == "then":
        module = loaded_later(callee, args)
        if module is not None:
            return Call(start, end, Name(start, start, "import"), [Arg(module.start, module.end, module)])
    return Call(start, end, callee, args)


def arguments(lo: Lowering, node: Node) -> list[Arg]:
    result = []
    at, names = lo.at, lo.names
    for child in lo.kids(node):
        start, end = at[child.start_byte], at[child.end_byte]
        if names[child.kind_id] == "spread_element":
            result.append(Arg(start, end, inner(lo, child), None, "*"))
        else:
            result.append(Arg(start, end, lo.expr(child)))
    return result


def new(lo: Lowering, node: Node) -> Expr:
    maker = node.child_by_field_name("constructor")
    if maker is None:
        return unknown(lo, node)
    given = node.child_by_field_name("arguments")
    callee = lo.expr(maker)
    args = [] if given is None else arguments(lo, given)
    return Call(lo.at[node.start_byte], lo.at[node.end_byte], callee, args, True)


def binary(lo: Lowering, node: Node) -> Expr:
    """``a + b + c ...`` leans left and can be hundreds long: taken apart in a loop."""
    chain = []
    left: Node = node
    number = node.kind_id
    while left.kind_id == number and len(parts := _without_comments(lo, left)) == 3:
        chain.append((left, parts[1].type, parts[2]))
        left = parts[0]
    if left is node:
        return unknown(lo, node)
    value = lo.expr(left)
    if len(chain) > LONGEST:
        values = [value, *(lo.expr(right) for _, _, right in reversed(chain))]
        if all(op == "+" for _, op, _ in chain):
            return balanced(values)
        return Opaque(lo.at[node.start_byte], lo.at[node.end_byte], "chain", values)
    for link, op, right in reversed(chain):
        start, end = lo.at[link.start_byte], lo.at[link.end_byte]
        other = lo.expr(right)
        if op in COMPARED:
            value = Compare(start, end, COMPARED[op], value, other)
        elif op in LOGICAL:
            value = Logic(start, end, LOGICAL[op], value, other)
        else:
            value = Binary(start, end, op, value, other)
    return value


def _without_comments(lo: Lowering, node: Node) -> list[Node]:
    """``a || // why`` has its comment between the operator and the right side."""
    parts = node.children
    return parts if len(parts) == 3 else [part for part in parts if part.kind_id not in lo.kinds.comments]


def balanced(values: list[Expr]) -> Expr:
    """A sum as a tree of small depth; the order of its parts is kept."""
    if len(values) == 1:
        return values[0]
    half = len(values) // 2
    left, right = balanced(values[:half]), balanced(values[half:])
    return Binary(left.start, right.end, "+", left, right)


def unary(lo: Lowering, node: Node) -> Expr:
    kids = lo.kids(node)
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    if len(kids) != 1:
        return unknown(lo, node)
    operator = node.children[0].type
    value = lo.expr(kids[0])
    if operator == "!":
        return Not(start, end, value)
    if isinstance(value, Const) and isinstance(value.value, (int, float)) and not isinstance(value.value, bool):
        if operator == "-":
            return Const(start, end, -value.value)
        if operator == "void":
            return Const(start, end, None)
    if operator == "typeof":
        return Call(start, end, Name(start, start + 6, "typeof"), [Arg(value.start, value.end, value)])
    return Opaque(start, end, operator, [value])


def ternary(lo: Lowering, node: Node) -> Expr:
    kids = lo.kids(node)
    if len(kids) != 3:
        return unknown(lo, node)
    test, then, otherwise = kids
    return Choice(lo.at[node.start_byte], lo.at[node.end_byte], lo.expr(test), lo.expr(then), lo.expr(otherwise))


def assignment(lo: Lowering, node: Node) -> Expr:
    kids = lo.kids(node)
    if len(kids) != 2:
        return unknown(lo, node)
    return Bind(lo.at[node.start_byte], lo.at[node.end_byte], lo.expr(kids[0]), lo.expr(kids[1]))


def augmented(lo: Lowering, node: Node) -> Expr:
    kids = lo.kids(node)
    if len(kids) != 2:
        return unknown(lo, node)
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    op = operator(node)
    before, value = lo.expr(kids[0]), lo.expr(kids[1])
    if op in LOGICAL.values():
        return Bind(start, end, before, Logic(start, end, op, before, value))
    return Bind(start, end, before, Binary(start, end, op, before, value))


def operator(node: Node) -> str:
    """``+=`` as "+", ``||=`` as "or"."""
    found = node.child_by_field_name("operator")
    op = "" if found is None else found.type[:-1]
    return LOGICAL.get(op, op)


def update(lo: Lowering, node: Node) -> Expr:
    return Opaque(lo.at[node.start_byte], lo.at[node.end_byte], "update", [lo.expr(k) for k in lo.kids(node)])


def awaited(lo: Lowering, node: Node) -> Expr:
    kids = lo.kids(node)
    if len(kids) != 1:
        return unknown(lo, node)
    return Await(lo.at[node.start_byte], lo.at[node.end_byte], lo.expr(kids[0]))


def yielded(lo: Lowering, node: Node) -> Expr:
    kids = lo.kids(node)
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    value = lo.expr(kids[0]) if kids else None
    # In what the compiler made of an async function, ``yield`` is ``await``.
    if lo.in_awaiter and value is not None:
        return Await(start, end, value)
    return Yield(start, end, value)


def inner(lo: Lowering, node: Node) -> Expr:
    """``(x)``, ``x!``: x. ``(0, x)``, the way compilers call an imported function: x too."""
    kids = lo.kids(node)
    return lo.expr(kids[0]) if len(kids) == 1 else unknown(lo, node)


def asserted(lo: Lowering, node: Node) -> Expr:
    """``x as T``, ``x satisfies T``: x. The name of the type is kept for what recognises literals by it."""
    children = node.children
    value = lo.expr(children[0])
    if isinstance(value, (Dict, Items)) and len(children) >= 3:
        cast("dict[Expr, str]", lo.unit.kept.setdefault("asserted", {}))[value] = lo.string(children[-1])
    return value


def assertion(lo: Lowering, node: Node) -> Expr:
    """``<T>x``."""
    kids = lo.kids(node)
    return lo.expr(kids[-1]) if kids else unknown(lo, node)


def sequence(lo: Lowering, node: Node) -> Expr:
    kids = lo.kids(node)
    if len(kids) == 2 and kids[0].type == "number":
        return lo.expr(kids[1])
    return Opaque(lo.at[node.start_byte], lo.at[node.end_byte], "sequence", [lo.expr(kid) for kid in kids])


def spread(lo: Lowering, node: Node) -> Expr:
    return Spread(lo.at[node.start_byte], lo.at[node.end_byte], inner(lo, node))


def array(lo: Lowering, node: Node) -> Expr:
    """An array or an array pattern; a hole is a `Const`, so that what follows keeps its number."""
    items: list[Expr] = []
    at, skip = lo.at, lo.skip
    empty = True
    for child in node.children:
        if child.kind_id not in skip:
            items.append(lo.expr(child))
            empty = False
        elif child.type == ",":
            if empty:
                items.append(Const(at[child.start_byte], at[child.start_byte], None))
            empty = True
    return Items(at[node.start_byte], at[node.end_byte], "list", items)


def key(lo: Lowering, node: Node) -> Expr:
    """The key of a property: a `Str` wherever it is fixed."""
    kind = lo.names[node.kind_id]
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    if kind == "property_identifier" or kind.startswith("shorthand"):
        return Str(start, end, lo.text[start:end], ((0, end - start, start, end),))
    if kind == "computed_property_name":
        kids = lo.kids(node)
        return lo.expr(kids[0]) if len(kids) == 1 else unknown(lo, node)
    if kind == "number":
        return Str(start, end, str(literals.numeric(lo.text[start:end])))
    if kind == "string":
        return lo.expr(node)
    return Str(start, end, lo.text[start:end], ((0, end - start, start, end),))


def object_(lo: Lowering, node: Node) -> Expr:
    """An object literal or an object pattern."""
    pairs: list[Pair] = []
    at, names = lo.at, lo.names
    for child in lo.kids(node):
        start, end = at[child.start_byte], at[child.end_byte]
        kind = names[child.kind_id]
        if kind == "pair" or kind == "pair_pattern":
            children = child.children
            if len(children) == 3:
                first, _, last = children
            else:
                kids = lo.kids(child)
                if len(kids) < 2:
                    pairs.append(Pair(start, end, None, unknown(lo, child)))
                    continue
                first, last = kids[0], kids[-1]
            pairs.append(Pair(start, end, key(lo, first), lo.expr(last)))
        elif kind.startswith("shorthand"):
            pairs.append(Pair(start, end, key(lo, child), name(lo, child)))
        elif kind == "spread_element" or kind == "rest_pattern":
            pairs.append(Pair(start, end, None, inner(lo, child)))
        elif kind == "method_definition":
            from .functions import method

            function = method(lo, child)
            label = child.child_by_field_name("name")
            word = Str(start, start, "") if label is None else key(lo, label)
            pairs.append(Pair(start, end, word, Lambda(start, end, function)))
        elif kind == "object_assignment_pattern":
            value = lo.expr(child)
            word = Str(start, start, "")
            if isinstance(value, Default) and isinstance(value.target, Name):
                target = value.target
                word = Str(target.start, target.end, target.id, ((0, len(target.id), target.start, target.end),))
            pairs.append(Pair(start, end, word, value))
        else:
            pairs.append(Pair(start, end, None, lo.expr(child)))
    return Dict(at[node.start_byte], at[node.end_byte], pairs)


def default(lo: Lowering, node: Node) -> Expr:
    kids = lo.kids(node)
    if len(kids) != 2:
        return unknown(lo, node)
    return Default(lo.at[node.start_byte], lo.at[node.end_byte], lo.expr(kids[0]), lo.expr(kids[1]))


def meta(lo: Lowering, node: Node) -> Expr:
    """``import.meta``, ``new.target``."""
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    first, _, last = lo.text[start:end].partition(".")
    return Attr(start, end, Name(start, start + len(first), first), last, end - len(last))


def private_word(lo: Lowering, node: Node) -> Expr:
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    return Str(start, end, lo.text[start:end])


EXPRESSIONS.update(
    identifier=name,
    shorthand_property_identifier=name,
    shorthand_property_identifier_pattern=name,
    property_identifier=name,
    statement_identifier=name,
    type_identifier=name,
    private_property_identifier=private_word,
    this=this,
    super=name,
    member_expression=attribute,
    nested_identifier=attribute,
    subscript_expression=index,
    call_expression=call,
    new_expression=new,
    binary_expression=binary,
    unary_expression=unary,
    update_expression=update,
    ternary_expression=ternary,
    assignment_expression=assignment,
    augmented_assignment_expression=augmented,
    await_expression=awaited,
    yield_expression=yielded,
    parenthesized_expression=inner,
    non_null_expression=inner,
    instantiation_expression=inner,
    decorator=inner,
    template_substitution=inner,
    as_expression=asserted,
    satisfies_expression=asserted,
    type_assertion=assertion,
    sequence_expression=sequence,
    spread_element=spread,
    rest_pattern=spread,
    array=array,
    array_pattern=array,
    object=object_,
    object_pattern=object_,
    assignment_pattern=default,
    object_assignment_pattern=default,
    meta_property=meta,
)
EXPRESSIONS["import"] = name  # the callee of a dynamic import
