"""Compound Python statements as `code`: branches, loops, ``try``, ``with``, ``match``."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import (
    Case,
    Catch,
    Const,
    Expr,
    If,
    Items,
    Loop,
    Match,
    Opaque,
    Stmt,
    Try,
    With,
)

from .blocks import STATEMENTS, is_long, statement, suite
from .depth import DEPTH
from .expressions import Lowering, each, one, opaque, real

if TYPE_CHECKING:
    from ...syntax import Node


def _if(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    at = c.at
    split = is_long(c, node)
    end = at[node.end_byte]
    chain: list[If] = []
    before, deepest = d, max(d, (d + DEPTH) // 2)
    for part in [node, *(kid for kid in node.named_children if kid.type == "elif_clause")]:
        if chain and d < deepest:
            d += 1
        kids = real(part)
        test = c.expr(kids[0], d + 1) if kids and kids[0].type != "block" else Opaque(end, end, "missing")
        body: list[Stmt] = []
        for kid in kids[1:]:
            if kid.type == "block":
                body = suite(c, kid, d + 1, split)
            elif kid.type == "ERROR":
                statement(c, kid, d + 1, body)
        stop = at[part.end_byte]
        chain.append(If(at[part.start_byte], end if part is node else stop, test, body, []))
    for kid in node.named_children:
        if kid.type == "else_clause":
            chain[-1].otherwise = _clause(c, kid, d, split)
    # Whoever walks a chain recurses. What is left of a very long one stands in a row, as if each were an ``if``.
    links = deepest - before
    for inner in chain[1:]:
        inner.end = end
    for outer, inner in pairwise(chain[: links + 1]):
        outer.otherwise = [inner]
    if len(chain) > links + 1:
        chain[links].otherwise = list(chain[links + 1 :])
    out.append(chain[0])


def _clause(c: Lowering, node: Node, d: int, split: bool) -> list[Stmt]:
    """The body of an ``else`` or ``finally``."""
    out: list[Stmt] = []
    for kid in real(node):
        if kid.type == "block":
            out += suite(c, kid, d + 1, split)
        else:
            statement(c, kid, d + 1, out)
    return out


def _for(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    split = is_long(c, node)
    head: list[Expr] = []
    body: list[Stmt] = []
    otherwise: list[Stmt] = []
    for kid in real(node):
        if kid.type == "block":
            body = suite(c, kid, d + 1, split)
        elif kid.type == "else_clause":
            otherwise = _clause(c, kid, d, split)
        else:
            head.append(c.expr(kid, d + 1))
    target = head[0] if head else None
    iterable = head[1] if len(head) > 1 else None
    out.append(Loop(c.at[node.start_byte], c.at[node.end_byte], target, iterable, None, body, otherwise))


def _while(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    _for(c, node, d, out)
    loop = out[-1]
    if isinstance(loop, Loop):
        loop.test, loop.target = loop.target, None


def _try(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    split = is_long(c, node)
    found = Try(c.at[node.start_byte], c.at[node.end_byte], [], [], [], [])
    for kid in real(node):
        kind = kid.type
        if kind == "block":
            found.body = suite(c, kid, d + 1, split)
        elif kind == "except_clause" or kind == "except_group_clause":
            found.catches.append(_catch(c, kid, d, split))
        elif kind == "else_clause":
            found.otherwise = _clause(c, kid, d, split)
        elif kind == "finally_clause":
            found.last = _clause(c, kid, d, split)
        else:
            statement(c, kid, d + 1, found.body)
    out.append(found)


def _catch(c: Lowering, node: Node, d: int, split: bool) -> Catch:
    types: list[Expr] = []
    target: Expr | None = None
    body: list[Stmt] = []
    for kid in real(node):
        if kid.type == "block":
            body = suite(c, kid, d + 1, split)
        elif kid.type == "as_pattern":
            value, target = _as(c, kid, d)
            types.append(value)
        else:
            types.append(c.expr(kid, d + 1))
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    if len(types) > 1:  # 3.14: except A, B
        types = [Items(types[0].start, types[-1].end, "tuple", types)]
    return Catch(start, end, types[0] if types else None, target, body)


def _as(c: Lowering, node: Node, d: int) -> tuple[Expr, Expr | None]:
    kids = real(node)
    if not kids:
        return opaque(c, node, d + 1), None
    return c.expr(kids[0], d + 1), c.expr(kids[1], d + 1) if len(kids) > 1 else None


def _with(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    split = is_long(c, node)
    items: list[tuple[Expr, Expr | None]] = []
    body: list[Stmt] = []
    for kid in real(node):
        if kid.type == "block":
            body = suite(c, kid, d + 1, split)
        elif kid.type == "with_clause":
            for item in real(kid):
                inner = real(item)
                if len(inner) == 1 and inner[0].type == "as_pattern":
                    items.append(_as(c, inner[0], d))
                else:
                    items.append((one(c, inner, d + 1) if inner else c.expr(item, d + 1), None))
        else:
            statement(c, kid, d + 1, body)
    out.append(With(c.at[node.start_byte], c.at[node.end_byte], items, body))


# ---------------------------------------------------------------- match


def _match(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    split = is_long(c, node)
    subjects: list[Node] = []
    cases: list[Case] = []
    for kid in real(node):
        if kid.type == "block":
            cases += [_case(c, case, d, split) for case in real(kid) if case.type == "case_clause"]
        else:
            subjects.append(kid)
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    subject = one(c, subjects, d + 1) if subjects else Opaque(start, end, "missing")
    out.append(Match(start, end, subject, cases))


def _case(c: Lowering, node: Node, d: int, split: bool) -> Case:
    found = Case(c.at[node.start_byte], c.at[node.end_byte], [], [], None, [])
    understood = True
    patterns = 0
    for kid in real(node):
        kind = kid.type
        if kind == "case_pattern":
            patterns += 1
            understood = _pattern(c, kid, d + 1, found) and understood
        elif kind == "if_clause":
            inner = real(kid)
            found.guard = c.expr(inner[0], d + 1) if inner else None
        elif kind == "block":
            found.body = suite(c, kid, d + 1, split)
    if not understood or patterns > 1:
        found.patterns = []
    return found


def _pattern(c: Lowering, node: Node, d: int, case: Case) -> bool:
    """Add what a pattern compares with and binds; says whether comparing with that is all it does."""
    kind = node.type
    kids = real(node)
    if d > DEPTH:
        return False
    if kind in ("case_pattern", "union_pattern", "as_pattern"):
        if kind == "as_pattern" and kids and kids[-1].type == "identifier":
            case.captures.append(c.expr(kids.pop(), d + 1))
        if not kids:
            return False  # ``_``
        minus = {kid.end_byte for kid in node.children if kid.type == "-"}
        understood = True
        for kid in kids:
            if kid.start_byte in minus:
                value = c.expr(kid, d + 1)
                number = value.value if isinstance(value, Const) else None
                if isinstance(number, (int, float)):
                    case.patterns.append(Const(value.start - 1, value.end, -number))
                understood = understood and isinstance(number, (int, float))
            else:
                understood = _pattern(c, kid, d + 1, case) and understood
        return understood
    if kind == "dotted_name" and len(kids) == 1:
        case.captures.append(c.expr(node, d + 1))
        return False
    if kind in ("string", "concatenated_string", "integer", "float", "true", "false", "none", "dotted_name"):
        case.patterns.append(c.expr(node, d + 1))
        return True
    if kind == "splat_pattern":
        case.captures += each(c, kids, d + 1)
        return False
    for kid in kids[1:] if kind in ("keyword_pattern", "class_pattern") else kids:
        # What is compared inside a structure says nothing about the whole.
        _pattern(c, kid, d + 1, Case(0, 0, [], case.captures, None, []))
    return False


STATEMENTS.update(
    {
        "if_statement": _if, "for_statement": _for, "while_statement": _while, "try_statement": _try,
        "with_statement": _with, "match_statement": _match,
    }
)  # fmt: skip
