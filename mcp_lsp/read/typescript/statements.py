"""Statements. What a compiler or bundler made of modules is read as the modules it was made from (`modules`)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import (
    Assign,
    Block,
    Call,
    Case,
    Catch,
    Const,
    Dict,
    Do,
    Expr,
    If,
    Jump,
    Loop,
    Match,
    Opaque,
    Pair,
    Raise,
    Return,
    Stmt,
    Try,
)

from . import modules
from .expressions import key, operator
from .lowering import DEEPEST, EXPRESSIONS, SKIPPED, STATEMENTS, Lowering, nothing
from .types import annotation

if TYPE_CHECKING:
    from mcp_lsp.syntax import Node


FUNCTIONS = frozenset(("arrow_function", "function_expression", "generator_function", "class"))


def expression(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    kids = lo.kids(node)
    if len(kids) != 1:
        for kid in kids:
            lo.stmt(kid, out)
        return
    effect(lo, kids[0], out)


def effect(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    """An expression that is a statement."""
    kind = lo.names[node.kind_id]
    if kind == "parenthesized_expression" and len(kids := lo.kids(node)) == 1:
        node = kids[0]
        kind = node.type
    if kind == "assignment_expression":
        assign(lo, node, out)
    elif kind == "augmented_assignment_expression":
        kids = lo.kids(node)
        if len(kids) == 2:
            start, end = lo.at[node.start_byte], lo.at[node.end_byte]
            out.append(Assign(start, end, lo.expr(kids[0]), lo.expr(kids[1]), operator(node)))
    elif kind == "update_expression":
        kids = lo.kids(node)
        start, end = lo.at[node.start_byte], lo.at[node.end_byte]
        if kids:
            out.append(Assign(start, end, lo.expr(kids[0]), Const(end, end, 1), "+"))
    elif kind == "sequence_expression":
        for kid in lo.kids(node):
            effect(lo, kid, out)
    elif kind in STATEMENTS:  # a namespace
        lo.stmt(node, out)
    else:
        start, end = lo.at[node.start_byte], lo.at[node.end_byte]
        value = lo.expr(node)
        if isinstance(value, Opaque) and value.kind == "void" and isinstance(value.inside[0], Call):
            value = value.inside[0]  # ``void look(path)`` does what ``look(path)`` does
        if not modules.export_call(value, start, end, out):
            out.append(Do(start, end, value))


def assign(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    """``x = y = v`` is ``y = v`` and ``x = y``."""
    links: list[tuple[Node, Node]] = []
    last: Node = node
    while last.type == "assignment_expression":
        kids = lo.kids(last)
        if len(kids) != 2:
            break
        links.append((last, kids[0]))
        last = kids[1]
    if last.type in FUNCTIONS:
        lo.named, lo.doc = lo.doc, None
    value = lo.expr(last)
    lo.named = None
    empty = isinstance(value, Const) and value.value is None
    for link, left in reversed(links):
        start, end = lo.at[link.start_byte], lo.at[link.end_byte]
        target = lo.expr(left)
        if lo.text.startswith(("exports", "module"), lo.at[left.start_byte]):
            if not empty:  # ``exports.a = exports.b = void 0``: what a compiler writes before it knows better
                modules.exported(target, value, start, end, lo.string(left), out)
        else:
            out.append(Assign(start, end, target, value))
        value = target
    if not links:
        out.append(Do(value.start, value.end, value))


def declared(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    """``const``, ``let``, ``var``."""
    at = lo.at
    doc, lo.doc = lo.doc, None
    constant = lo.text.startswith("const", at[node.start_byte])
    for child in lo.kids(node):
        if child.type != "variable_declarator":
            lo.stmt(child, out)
            continue
        start, end = at[child.start_byte], at[child.end_byte]
        name = shown = value = None
        for part in child.children:
            kind = lo.names[part.kind_id]
            if name is None:
                name = part
            elif kind == "type_annotation":
                shown = annotation(lo, part)
            elif kind == "ERROR":
                lo.stmt(part, out)
            elif kind != "=" and kind not in SKIPPED:
                value = part
        if name is None:
            continue
        if value is None:
            out.append(Assign(start, end, lo.expr(name), None, "", shown, constant))
            continue
        if value.type in FUNCTIONS:
            lo.named = doc
        made = lo.expr(value)
        lo.named = None
        target = lo.expr(name)
        if not modules.required(target, made, start, end, out):
            out.append(Assign(start, end, target, made, "", shown, constant))


def returned(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    kids = lo.kids(node)
    value = lo.expr(kids[0]) if kids else None
    out.append(Return(lo.at[node.start_byte], lo.at[node.end_byte], value))


def thrown(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    kids = lo.kids(node)
    value = lo.expr(kids[0]) if kids else None
    out.append(Raise(lo.at[node.start_byte], lo.at[node.end_byte], value))


def jump(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    kind = "break" if node.type == "break_statement" else "continue"
    out.append(Jump(lo.at[node.start_byte], lo.at[node.end_byte], kind))


def if_(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    """``else if`` chains can be hundreds long: read in a loop, nested from the last one back.

    Whoever walks a chain recurses. What is left of a very long one stands in a row, as if each were an ``if``.
    """
    links: list[tuple[Node, Expr, list[Stmt]]] = []
    current: Node | None = node
    last: list[Stmt] = []
    depth = lo.depth
    deepest = max(depth, (depth + DEEPEST) // 2)
    while current is not None:
        condition = current.child_by_field_name("condition")
        links.append(
            (
                current,
                nothing(lo, current) if condition is None else lo.expr(condition),
                lo.body(current.child_by_field_name("consequence")),
            )
        )
        alternative = current.child_by_field_name("alternative")
        current = None
        if alternative is not None:
            inside = lo.kids(alternative)
            if len(inside) == 1 and inside[0].type == "if_statement":
                current = inside[0]
                lo.depth = min(lo.depth + 1, deepest)
            elif inside:
                last = lo.body(inside[0])
    lo.depth = depth
    chain = [If(lo.at[link.start_byte], lo.at[link.end_byte], test, then, []) for link, test, then in links]
    chain[-1].otherwise = last
    most = deepest - depth
    for outer, inner in pairwise(chain[: most + 1]):
        outer.otherwise = [inner]
    if len(chain) > most + 1:
        chain[most].otherwise = list(chain[most + 1 :])
    out.append(chain[0])


def switch(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    at = lo.at
    subject, body = node.child_by_field_name("value"), node.child_by_field_name("body")
    cases: list[Case] = []
    for child in [] if body is None else lo.kids(body):
        if child.type not in ("switch_case", "switch_default"):
            cases.append(Case(at[child.start_byte], at[child.end_byte], [], [], None, lo.body(child)))
            continue
        value = child.child_by_field_name("value")
        statements: list[Stmt] = []
        inside = child.children
        skip = 0
        for i, part in enumerate(inside):
            if part.type == ":":
                skip = i + 1
                break
        lo.run(child, inside[skip:], statements)
        patterns = [] if value is None else [lo.expr(value)]
        cases.append(Case(at[child.start_byte], at[child.end_byte], patterns, [], None, statements))
    value_of = nothing(lo, node) if subject is None else lo.expr(subject)
    out.append(Match(at[node.start_byte], at[node.end_byte], value_of, cases, True))


def for_in(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    how = node.child_by_field_name("operator")
    out.append(
        Loop(
            lo.at[node.start_byte],
            lo.at[node.end_byte],
            None if left is None else lo.expr(left),
            None if right is None else lo.expr(right),
            None,
            lo.body(node.child_by_field_name("body")),
            [],
            how is not None and how.type == "in",
        )
    )


def for_(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    first, step = node.child_by_field_name("initializer"), node.child_by_field_name("increment")
    if first is not None:
        lo.stmt(first, out)
    test = node.child_by_field_name("condition")
    asked = None
    if test is not None and test.is_named and test.type != "empty_statement":
        asked = lo.expr(lo.kids(test)[0]) if test.type == "expression_statement" and lo.kids(test) else lo.expr(test)
    body = lo.body(node.child_by_field_name("body"))
    if step is not None:
        effect(lo, step, body)
    out.append(Loop(lo.at[node.start_byte], lo.at[node.end_byte], None, None, asked, body, []))


def while_(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    test = lo.field(node, "condition")
    body = lo.body(node.child_by_field_name("body"))
    out.append(Loop(lo.at[node.start_byte], lo.at[node.end_byte], None, None, test, body, []))


def try_(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    at = lo.at
    body = lo.body(node.child_by_field_name("body"))
    handler, final = node.child_by_field_name("handler"), node.child_by_field_name("finalizer")
    catches = []
    if handler is not None:
        target = lo.field(handler, "parameter")
        caught = lo.body(handler.child_by_field_name("body"))
        catches.append(Catch(at[handler.start_byte], at[handler.end_byte], None, target, caught))
    last = [] if final is None else lo.body(final.child_by_field_name("body"))
    out.append(Try(at[node.start_byte], at[node.end_byte], body, catches, [], last))


def labeled(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    kids = lo.kids(node)
    if kids:
        lo.stmt(kids[-1], out)


def block(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    out.append(Block(lo.at[node.start_byte], lo.at[node.end_byte], lo.body(node)))


def with_(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    value = lo.field(node, "object")
    if value is not None:
        out.append(Do(value.start, value.end, value))
    out += lo.body(node.child_by_field_name("body"))


def namespace(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    """What it declares is read as if it stood outside."""
    body = node.child_by_field_name("body")
    if body is not None:
        out.append(Block(lo.at[node.start_byte], lo.at[node.end_byte], lo.body(body)))


def enum(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    """A constant object."""
    at = lo.at
    start, end = at[node.start_byte], at[node.end_byte]
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    pairs: list[Pair] = []
    following = 0
    for child in [] if body is None else lo.kids(body):
        begin, finish = at[child.start_byte], at[child.end_byte]
        if child.type == "enum_assignment":
            kids = lo.kids(child)
            if len(kids) != 2:
                continue
            value = lo.expr(kids[1])
            if isinstance(value, Const) and isinstance(value.value, int):
                following = value.value + 1
            pairs.append(Pair(begin, finish, key(lo, kids[0]), value))
        else:
            pairs.append(Pair(begin, finish, key(lo, child), Const(finish, finish, following)))
            following += 1
    if name is not None:
        out.append(Assign(start, end, lo.expr(name), Dict(start, end, pairs), "", None, True))


def error(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    """What stands around a syntax error: every statement and expression in it."""
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    body: list[Stmt] = []
    lo.run(node, node.children, body)
    if body:
        out.append(Block(start, end, body, True))


def jsx(lo: Lowering, node: Node) -> Expr:
    """The expressions in it; names of tags and attributes say nothing here."""
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    inside: list[Expr] = []
    pending = [node]
    while pending:
        for child in pending.pop().children:
            kind = child.type
            if kind == "jsx_expression":
                inside += [lo.expr(kid) for kid in lo.kids(child)]
            elif kind == "string":
                inside.append(lo.expr(child))
            elif kind.startswith("jsx_"):
                pending.append(child)
    return Opaque(start, end, "jsx", sorted(inside, key=lambda value: value.start))


EXPRESSIONS.update(jsx_element=jsx, jsx_self_closing_element=jsx, jsx_fragment=jsx)
STATEMENTS.update(
    expression_statement=expression,
    lexical_declaration=declared,
    variable_declaration=declared,
    using_declaration=declared,
    return_statement=returned,
    throw_statement=thrown,
    break_statement=jump,
    continue_statement=jump,
    if_statement=if_,
    switch_statement=switch,
    for_in_statement=for_in,
    for_statement=for_,
    while_statement=while_,
    do_statement=while_,
    try_statement=try_,
    labeled_statement=labeled,
    statement_block=block,
    with_statement=with_,
    internal_module=namespace,
    module=namespace,
    enum_declaration=enum,
    ERROR=error,
)
