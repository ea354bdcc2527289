"""What is in a function as it stands, nothing followed: what it returns, and what names mean around it."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import Block, Class, Expr, Function, If, Loop, Match, Nested, Return, Stmt, Try, Unit
from mcp_lsp_analyzers.inside import Local


def returns(function: Function) -> list[tuple[Expr, Unit]]:
    """The values of a function's ``return`` statements, and the unit in which each stands."""
    key = ("returns", function)
    found = function.unit.kept.get(key)
    if found is None:
        found = list(_returns(function.body, function.unit))
        function.unit.kept[key] = found
    return found  # type: ignore[return-value]


def _returns(statements: list[Stmt], unit: Unit) -> Iterator[tuple[Expr, Unit]]:
    for s in statements:
        if isinstance(s, Return):
            if s.value is not None:
                yield s.value, unit
        elif isinstance(s, Nested):
            yield from _returns(s.unit.statements, s.unit)
        elif isinstance(s, Block):
            yield from _returns(s.body, unit)
        elif isinstance(s, If):
            yield from _returns(s.then, unit)
            yield from _returns(s.otherwise, unit)
        elif isinstance(s, Try):
            yield from _returns(s.body, unit)
            for catch in s.catches:
                yield from _returns(catch.body, unit)
            yield from _returns(s.last, unit)
        elif isinstance(s, Loop):
            yield from _returns(s.body, unit)
        elif isinstance(s, Match):
            for case in s.cases:
                yield from _returns(case.body, unit)


def surrounding(name: str, function: Function | None, cls: Class | None) -> tuple[Local, ...]:
    """What a name (".name": an attribute of ``this``) means in a function or class and in those around it."""
    if name.startswith("."):
        cls = cls or inside.class_around(function)
        return inside.members(cls).get(name[1:], ()) if cls is not None else ()
    return inside.meaning(name, function)
