"""Python functions and classes as `code`, whole or half typed."""

from __future__ import annotations

from keyword import kwlist
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import (
    Arg,
    Block,
    Class,
    Define,
    DefineClass,
    Do,
    Expr,
    Function,
    Join,
    Name,
    Stmt,
    Str,
)

from ..units import child, long
from .blocks import STATEMENTS, statement, suite
from .depth import STACK
from .expressions import Lowering, arguments, each, real
from .signatures import parameters

if TYPE_CHECKING:
    from ...syntax import Node


def _decorated(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    decorators: list[Expr] = []
    kids = real(node)
    if len(kids) > STACK:
        kids = _next_to_it(c, kids)
    for kid in kids:
        if kid.type == "decorator":
            decorators += each(c, real(kid), d + 1)
        elif kid.type == "function_definition":
            _function(c, kid, d, out, decorators, c.at[node.start_byte])
        elif kid.type == "class_definition":
            _class(c, kid, d, out, decorators, c.at[node.start_byte])
        else:
            statement(c, kid, d + 1, out)


def _next_to_it(c: Lowering, kids: list[Node]) -> list[Node]:
    """Without the decorators above those that are followed; that there are more is kept with the unit."""
    stacked = [i for i, kid in enumerate(kids) if kid.type == "decorator"]
    if len(stacked) <= STACK:
        return kids
    c.unit.kept.setdefault("deep", c.at[kids[stacked[0]].start_byte])
    above = set(stacked[:-STACK])
    return [kid for i, kid in enumerate(kids) if i not in above]


def _function(
    c: Lowering, node: Node, d: int, out: list[Stmt], decorators: list[Expr] | None = None, start: int | None = None
) -> None:
    _define(
        c, node.children, c.at[node.start_byte] if start is None else start, c.at[node.end_byte], d, out, decorators
    )


_BEGUN = ('""', "''")  # two quotes of three


def _define(
    c: Lowering, kids: list[Node], start: int, end: int, d: int, out: list[Stmt], decorators: list[Expr] | None
) -> None:
    """A function out of the parts of its definition, complete or not."""
    function = Function(start, end, "", start, [], [], c.unit, decorators or [], cls=c.cls, parent=c.function)
    split = long(c.text, start, end)
    if not c.inner:
        child(c.unit, function)
    outer, cls, yields = c.function, c.cls, c.yields
    named = False
    for kid in kids:
        kind = kid.type
        if kind == "block":
            c.function, c.cls, c.yields, c.inner = function, None, False, c.inner + 1
            function.body += suite(c, kid, d + 1, split)
            function.is_generator = c.yields
            if not kid.children or c.text[c.at[kid.start_byte] : c.at[kid.end_byte]] in _BEGUN:
                c.unit.anchor.torn = True  # the grammar takes a head without a body for a whole definition
            c.function, c.cls, c.yields, c.inner = outer, cls, yields, c.inner - 1
        elif kind == "identifier" and not named:
            named = True
            function.name_start, stop = c.at[kid.start_byte], c.at[kid.end_byte]
            function.name = c.text[function.name_start : stop]
        elif kind == "parameters":
            function.params = parameters(c, kid, d + 1)
        elif kind == "type":
            function.returns = c.expr(kid, d + 1)
        elif kind == "async":
            function.is_async = True
        elif kind == "ERROR":
            statement(c, kid, d + 1, function.body)
    function.doc = _doc(function.body)
    function.is_static = any(isinstance(x, Name) and x.id == "staticmethod" for x in function.decorators)
    out.append(Define(start, end, function))


def _doc(body: list[Stmt]) -> Str | Join | None:
    first = body[0] if body else None
    if isinstance(first, Do) and isinstance(first.value, (Str, Join)):
        return first.value
    return None


def _class(
    c: Lowering, node: Node, d: int, out: list[Stmt], decorators: list[Expr] | None = None, start: int | None = None
) -> None:
    at = c.at
    start, end = at[node.start_byte] if start is None else start, at[node.end_byte]
    cls = Class(start, end, "", start, [], [], c.unit, decorators or [], parent=c.function)
    if not c.inner:
        child(c.unit, cls)
    split = long(c.text, start, end)
    for kid in real(node):
        kind = kid.type
        if kind == "block":
            outer = c.cls
            c.cls, c.inner = cls, c.inner + 1
            cls.body += suite(c, kid, d + 1, split)
            c.cls, c.inner = outer, c.inner - 1
        elif kind == "identifier":
            cls.name_start = at[kid.start_byte]
            cls.name = c.text[cls.name_start : at[kid.end_byte]]
        elif kind == "argument_list":
            given: list[Arg] = arguments(c, kid, d + 1)
            cls.bases = [arg.value for arg in given if arg.name is None and not arg.spread]
            cls.keywords = [arg for arg in given if arg.name is not None or arg.spread]
        elif kind == "ERROR":
            statement(c, kid, d + 1, cls.body)
    cls.doc = _doc(cls.body)
    out.append(DefineClass(start, end, cls))


# ---------------------------------------------------------------- errors


def _error(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    """What is inside is lowered as far as it can be; a function whose header is there is still a function."""
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    body: list[Stmt] = []
    decorators: list[Expr] = []
    kids = node.children
    if len(kids) > STACK:
        kids = _next_to_it(c, kids)
    i = 0
    while i < len(kids):
        kid = kids[i]
        kind = kid.type
        if kind == "decorator":
            if not decorators:
                first = c.at[kid.start_byte]
            decorators += each(c, real(kid), d + 1)
        elif kind == "@" and i + 1 < len(kids) and kids[i + 1].is_named:
            value = c.expr(kids[i + 1], d + 1)
            if not decorators:
                first = c.at[kid.start_byte]
            decorators.append(value)
            i += 1
        elif kind == "def" and i + 1 < len(kids) and kids[i + 1].type == "identifier":
            begin = first if decorators else c.at[kid.start_byte]
            _unfinished(c, kids[i:], begin, end, d, body, decorators, i > 0 and kids[i - 1].type == "async")
            decorators = []
            break
        elif kid.is_named and not (
            kind == "identifier" and c.text[c.at[kid.start_byte] : c.at[kid.end_byte]] in _WORDS
        ):
            statement(c, kid, d + 1, body)
        i += 1
    body += [Do(value.start, value.end, value) for value in decorators]
    out.append(Block(start, end, body, True))


def _unfinished(
    c: Lowering, kids: list[Node], start: int, end: int, d: int, out: list[Stmt], decorators: list[Expr], is_async: bool
) -> None:
    """``def name`` with what follows it in an error: parameters as far as they are there, the rest as its body."""
    function = Function(start, end, "", start, [], [], c.unit, decorators, cls=c.cls, parent=c.function)
    function.is_async = is_async
    function.name_start = c.at[kids[1].start_byte]
    function.name = c.text[function.name_start : c.at[kids[1].end_byte]]
    if not c.inner:
        child(c.unit, function)
    outer, cls, yields = c.function, c.cls, c.yields
    c.function, c.cls, c.yields, c.inner = function, None, False, c.inner + 1
    for kid in kids[2:]:
        if kid.type == "parameters" and not function.params:
            function.params = parameters(c, kid, d + 1)
        elif kid.type == "type" and not function.body:
            function.returns = c.expr(kid, d + 1)
        elif kid.type in ("typed_parameter", "typed_default_parameter", "default_parameter") and not function.body:
            function.params += parameters(c, _Only(kid), d + 1)  # type: ignore[arg-type]
        elif kid.is_named and kid.type not in ("comment", "line_continuation"):
            statement(c, kid, d + 1, function.body)
    c.function, c.cls, c.yields, c.inner = outer, cls, yields, c.inner - 1
    function.doc = _doc(function.body)
    out.append(Define(start, end, function))


_WORDS = frozenset(kwlist)  # inside an error the grammar takes keywords for names


class _Only:
    """One node in the place of a list of parameters."""

    def __init__(self, node: Node) -> None:
        self.named_children = [node]


STATEMENTS.update(
    {
        "decorated_definition": _decorated, "function_definition": _function, "class_definition": _class,
        "ERROR": _error,
    }
)  # fmt: skip
