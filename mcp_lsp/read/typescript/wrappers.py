"""Registrations through a function of the file's own: ``const tool = (name, schema, run) => server.tool(name, …)``."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers.code import (
    Assign,
    Attr,
    Await,
    Call,
    Dict,
    Do,
    Expr,
    Function,
    Join,
    Lambda,
    Name,
    Return,
    Str,
    Unit,
    flat,
    last_name,
)
from mcp_lsp_analyzers.inside import targets
from mcp_lsp_analyzers.once import once_each
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import NamedTuple

from .calls import METHODS
from .sight import At, Sight, Where

_LITERAL = (Str, Attr, Join)  # what a name is given as
_NAMES = (*_LITERAL, Dict, Name)  # or an object with one
REGISTERS = pattern(r"(?i)tool|prompt|resource|regist|add|define|mcp")


class Wrapped(NamedTuple):
    """A registration in the body of a function, and what surrounds it for one call of that function."""

    call: Call
    where: Where
    function: Function


def wrapped(sight: Sight, node: Call, where: Where) -> Iterator[Wrapped]:
    """The registrations that one call of a function makes with its arguments."""
    if not names_something(node) or not isinstance(node.callee, (Name, Attr)):
        return
    callee = sight.resolve(At(node.callee, where))
    if callee is None or not isinstance(callee.node, Function) or not callee.node.params:
        return
    function = callee.node
    given: dict[str, At] | None = None
    for each, unit in registering(function):
        call = unbound(sight, each, Where(unit, function, callee.where.cls))
        if not isinstance(call.callee, Attr):
            continue
        if given is None:
            given = {}
            for param, arg in zip(function.params, node.args):  # noqa: B905 (calls leave arguments out)
                sight.bind(param.target, At(arg.value, where), given)
        yield Wrapped(call, Where(unit, function, callee.where.cls, {**(where.given or {}), **given}), function)


def unbound(sight: Sight, node: Call, where: Where) -> Call:
    """A call of ``register`` after ``const register = server.registerTool.bind(server)``, as one of the method."""
    callee = node.callee
    if isinstance(callee, Name) and _may_register(node):
        found = sight.named(callee, where)
        made = found.node if found is not None else None
        if isinstance(made, Call) and isinstance(made.callee, Attr) and made.callee.name == "bind":
            method = made.callee.value
            if isinstance(method, Attr) and method.name in METHODS:
                return Call(node.start, node.end, method, node.args)
    return node


def _may_register(node: Call) -> bool:
    return len(node.args) > 1 and isinstance(node.args[0].value, (*_LITERAL, Name))


def names_something(node: Call) -> bool:
    """Whether one of the first arguments of a call may be what something is registered by. Often a server stands in
    front of it, in calls of what sounds like registering: what each other function does is not asked for."""
    if len(node.args) < 2:
        return False
    if isinstance(node.args[0].value, _LITERAL):
        return True
    return bool(REGISTERS.search(last_name(node.callee))) and any(isinstance(a.value, _NAMES) for a in node.args[:3])


def handler_among(node: Call) -> Expr | None:
    """The function that a call hands over last."""
    return next((arg.value for arg in reversed(node.args) if isinstance(arg.value, Lambda)), None)


@once_each
def registering(function: Function) -> list[tuple[Call, Unit]]:
    """Calls in a function that register something whose name is one of its parameters."""
    names = {name for param in function.params for name, _ in targets(param.target)}
    return [(call, unit) for call, unit in _calls(function) if _named(call, names)]


def _calls(function: Function) -> Iterator[tuple[Call, Unit]]:
    for statement, unit in flat(function.body):
        value = statement.value if isinstance(statement, (Do, Return, Assign)) else None
        while isinstance(value, Await):
            value = value.value
        if isinstance(value, Call):
            yield value, unit or function.unit


def _named(call: Call, names: set[str]) -> bool:
    callee = call.callee
    method = callee.name in METHODS if isinstance(callee, Attr) else isinstance(callee, Name) and len(call.args) > 1
    if not (method and call.args):
        return False
    first = call.args[0].value
    while isinstance(first, Attr):
        first = first.value
    return isinstance(first, Name) and first.id in names
