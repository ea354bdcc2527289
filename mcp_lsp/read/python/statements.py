"""The statements of a body, with the unit that each stands in, and its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcp_lsp_analyzers.code import Block, Function, If, Loop, Match, Nested, Stmt, Try, Unit, With


def inside(statements: Iterable[Stmt], unit: Unit) -> Iterator[tuple[Stmt, Unit]]:
    """All statements of a body with the unit they stand in, into blocks but not into functions and classes."""
    for statement in statements:
        if isinstance(statement, Nested):
            yield from inside(statement.unit.statements, statement.unit)
        elif isinstance(statement, Block):
            yield from inside(statement.body, unit)
        else:
            yield statement, unit
            for body in bodies(statement):
                yield from inside(body, unit)


def body_text(function: Function) -> str:
    """What stands in a function, without its decorators and its head."""
    return function.unit.key[function.body[0].start : function.end] if function.body else ""


def bodies(statement: Stmt) -> list[list[Stmt]]:
    """The blocks of a compound statement."""
    if isinstance(statement, If):
        return [statement.then, statement.otherwise]
    if isinstance(statement, Loop):
        return [statement.body, statement.otherwise]
    if isinstance(statement, Try):
        handlers = [catch.body for catch in statement.catches]
        return [*handlers, statement.body, statement.otherwise, statement.last]
    if isinstance(statement, With):
        return [statement.body]
    if isinstance(statement, Match):
        return [case.body for case in statement.cases]
    return []
