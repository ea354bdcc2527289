"""Going through the statements and expressions of a unit, with a method for each kind that matters to the visitor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mcp_lsp_analyzers import code as c

Visit = Callable[[Any, Any], None]


class Visitor:
    """Visits everything in what it is given. Functions and classes are entered; nested units are not."""

    def statements(self, body: list[c.Stmt]) -> None:
        for statement in body:
            visit = STATEMENTS.get(type(statement))
            if visit is not None:
                visit(self, statement)

    def expr(self, node: c.Expr | None) -> None:
        visit = EXPRESSIONS.get(type(node))
        if visit is not None:
            visit(self, node)

    # What a visitor may want to know of:

    def assign(self, s: c.Assign) -> None:
        self.expr(s.value)

    def nested(self, s: c.Nested) -> None:
        pass

    def loop(self, s: c.Loop) -> None:
        self.expr(s.iterable)
        self.expr(s.test)
        self.statements(s.body)

    def define(self, s: c.Define) -> None:
        self.in_function(s.function)

    def in_function(self, function: c.Function) -> None:
        for decorator in function.decorators:
            self.expr(decorator)
        for param in function.params:
            self.expr(param.default)
        self.statements(function.body)

    def in_class(self, cls: c.Class) -> None:
        for decorator in cls.decorators:
            self.expr(decorator)
        self.statements(cls.body)

    def call(self, node: c.Call) -> None:
        self.expr(node.callee)
        for arg in node.args:
            self.expr(arg.value)

    def dictionary(self, node: c.Dict) -> None:
        for pair in node.pairs:
            if not isinstance(pair.key, c.Str):
                self.expr(pair.key)
            self.expr(pair.value)


def _fields(*names: str) -> Visit:
    def visit(visitor: Visitor, node: object) -> None:
        for name in names:
            visitor.expr(getattr(node, name))

    return visit


def _list(name: str) -> Visit:
    def visit(visitor: Visitor, node: object) -> None:
        for item in getattr(node, name):
            visitor.expr(item)

    return visit


def _if(visitor: Visitor, s: c.If) -> None:
    visitor.expr(s.test)
    visitor.statements(s.then)
    visitor.statements(s.otherwise)


def _try(visitor: Visitor, s: c.Try) -> None:
    visitor.statements(s.body)
    for catch in s.catches:
        visitor.statements(catch.body)
    visitor.statements(s.last)


def _match(visitor: Visitor, s: c.Match) -> None:
    visitor.expr(s.subject)
    for case in s.cases:
        visitor.statements(case.body)


# Methods are looked up on the visitor, so that a subclass's are used.
STATEMENTS: dict[type, Visit] = {
    c.Assign: lambda v, s: v.assign(s),
    c.Do: _fields("value"),
    c.Return: _fields("value"),
    c.Raise: _fields("value"),
    c.Export: _fields("value"),
    c.If: _if,
    c.Loop: lambda v, s: v.loop(s),
    c.Try: _try,
    c.Match: _match,
    c.Define: lambda v, s: v.define(s),
    c.DefineClass: lambda v, s: v.in_class(s.cls),
    c.Block: lambda v, s: v.statements(s.body),
    c.Nested: lambda v, s: v.nested(s),
}
EXPRESSIONS: dict[type, Visit] = {
    c.Call: lambda v, e: v.call(e),
    c.Dict: lambda v, e: v.dictionary(e),
    c.Lambda: lambda v, e: v.in_function(e.function),
    c.ClassValue: lambda v, e: v.in_class(e.cls),
    c.Attr: _fields("value"),
    c.Index: _fields("value", "index"),
    c.Await: _fields("value"),
    c.Spread: _fields("value"),
    c.Yield: _fields("value"),
    c.Not: _fields("value"),
    c.Bind: _fields("value"),
    c.Default: _fields("value"),
    c.Choice: _fields("test", "then", "otherwise"),
    c.Logic: _fields("left", "right"),
    c.Binary: _fields("left", "right"),
    c.Compare: _fields("left", "right"),
    c.Items: _list("items"),
    c.Join: _list("parts"),
    c.Opaque: _list("inside"),
}
