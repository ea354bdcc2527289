"""Conditions that are decided where they are written: flags that are declared ``const`` with a value of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Assign, Choice, Const, Expr, Logic, Name, Not, Str

if TYPE_CHECKING:
    from .here import Here

FAR = 8
"""Flags that are named after flags, one after the other."""


def decided(node: Choice | Logic, here: Here) -> Expr | None:
    """The side of a condition that is taken; ``None`` where that shows at run time only."""
    if isinstance(node, Choice):
        holds = _holds(node.test, here)
        return None if holds is None else node.then if holds else node.otherwise
    holds = _holds(node.left, here)
    if holds is None or node.op not in ("and", "or"):
        return None
    return node.right if holds is (node.op == "and") else node.left


def _holds(test: Expr, here: Here, far: int = 0) -> bool | None:
    if isinstance(test, (Const, Str)):
        return bool(test.value)
    if isinstance(test, Not):
        inner = _holds(test.value, here, far)
        return None if inner is None else not inner
    if isinstance(test, Name) and far < FAR:
        value = _declared(test.id, here)
        return None if value is None else _holds(value, here, far + 1)
    return None


def _declared(name: str, here: Here) -> Expr | None:
    """What a constant of this file, or of the function around, is declared to be."""
    if here.where.given is not None and name in here.where.given:
        return None
    local = here.sight.local(name, here.where.function)
    if local:
        only = local[0]
        known = len(local) == 1 and only.kind == "value" and only.constant and not only.path
        return only.node if known and isinstance(only.node, (Const, Str, Name, Not)) else None
    binding = here.sight.scope.find(name)
    for statement in binding.unit.statements if binding is not None else ():
        if isinstance(statement, Assign) and isinstance(statement.target, Name) and statement.target.id == name:
            return statement.value if statement.constant else None
    return None
