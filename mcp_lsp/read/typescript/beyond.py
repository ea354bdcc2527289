"""Registrations through a function of another file: ``addTool(server, "list", { description }, run)`` after
``import { addTool } from "./register.js"``, whose body calls ``server.registerTool(name, …)``.

The registration is read as if it stood where the function is called; so is a definition that such a function returns.
What that function puts in of its own (a schema merged with another, a text) belongs to its file, where nobody can point
at it from here: it is not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers.code import (
    Arg,
    Assign,
    Attr,
    Call,
    Dict,
    Expr,
    Function,
    Import,
    Join,
    Lambda,
    Name,
    Opaque,
    Pair,
    Param,
    Spread,
    Str,
    flat,
    last_name,
)
from mcp_lsp_analyzers.inside import targets
from mcp_lsp_analyzers.record import NamedTuple

from .bodies import returns
from .calls import Registration, schema_of
from .definitions import Finding
from .shapes import NAME, SCHEMAS, parts_of
from .sight import At, Sight, Where, identity
from .wrappers import REGISTERS, names_something, registering

_DEEP = 6


class Beyond(NamedTuple):
    """A registration as if it stood at the call. ``on``: the name of what it is made on, and the ``param`` if it is
    one; ``server``: what the call gives for it."""

    call: Call
    where: Where
    on: str
    param: Param | None
    server: At | None


def registered(sight: Sight, node: Call, where: Where) -> Iterator[Beyond]:
    """The registrations that one call of an imported function makes with its arguments."""
    if not names_something(node) or not REGISTERS.search(last_name(node.callee)):
        return
    function = _imported(sight, node, where)
    if function is None or not function.params:
        return
    names = {name: param for param in function.params for name, _ in targets(param.target)}
    for call, _ in registering(function):
        given: dict[str, At] = {}
        for param, arg in zip(function.params, node.args):  # noqa: B905 (calls leave arguments out)
            sight.bind(param.target, At(arg.value, where), given)
        moved = _Moved(node, function, frozenset(given))
        args = [Arg(node.start, node.end, moved.expr(arg.value), arg.name, arg.spread) for arg in call.args]
        callee = call.callee
        if not isinstance(callee, Attr):
            continue
        on = last_name(callee.value)
        there = Call(node.start, node.end, moved.attr(callee), args)
        yield Beyond(there, where.also(given), on, names.get(on), given.get(on))


def _imported(sight: Sight, node: Call, where: Where) -> Function | None:
    """The function of another file that is called."""
    if sight.scope.modules is None or not isinstance(node.callee, (Name, Attr)):
        return None
    member = None
    callee: Expr = node.callee
    if isinstance(callee, Attr):
        member, callee = callee.name, callee.value
    if not isinstance(callee, Name):
        return None
    found = sight.named(callee, where)
    if found is None or not isinstance(found.node, Import):
        return None
    there = sight.scope.follow(found.node, member)
    if there is None or there.binding is None:
        return None
    value = there.binding.value
    if value is not None and not there.binding.path:
        value = getattr(value, "function", None)
        return value if isinstance(value, Function) else None
    return there.binding.function


def definition(sight: Sight, node: Call, where: Where) -> At | None:
    """The definition that a function of the project puts together of what it is given:
    ``toolSchema(Query, "find", "Finds notes.")``."""
    if "ool" not in last_name(node.callee) or not any(isinstance(arg.value, Str) for arg in node.args):
        return None
    function = _imported(sight, node, where)
    if function is None:
        made = sight.returned(At(node, where))
        return made[0] if len(made) == 1 and _defines(made[0].node) else None
    values = [value for value, _ in returns(function)]
    if len(values) != 1 or not _defines(values[0]):
        return None
    given: dict[str, At] = {}
    for param, arg in zip(function.params, node.args):  # noqa: B905 (calls leave arguments out)
        sight.bind(param.target, At(arg.value, where), given)
    return At(_Moved(node, function, frozenset(given)).expr(values[0]), where.also(given))


def _defines(made: object) -> bool:
    """Whether an object has a description, a schema, and for its name what the function around is given."""
    if not isinstance(made, Dict):
        return False
    keys = {pair.key.value for pair in made.pairs if isinstance(pair.key, Str)}
    return "description" in keys and not SCHEMAS.isdisjoint(keys) and isinstance(made.get("name"), Name)


def put_together(r: Registration) -> list[Finding]:
    """What `definition` found, as the tool that it defines."""
    found = definition(r.sight, r.call, r.where)
    shape = None if found is None else parts_of(r.sight, found)
    if shape is None or shape.parts is None:
        return []
    parts = shape.parts._replace(declared=r.declared)
    return r.found(r.maker.tool(parts), identity(r.sight, parts.name))


def configures(sight: Sight, node: Call, where: Where) -> bool:
    """Whether a call has a name, an object with a description and a schema, and what answers, however named."""
    values = [arg.value for arg in node.args if not arg.spread]
    if len(values) != 3 or not isinstance(values[2], (Lambda, Name, Attr)) or not _names(sight, At(values[0], where)):
        return False
    config = sight.resolve(At(values[1], where))
    if config is None or not isinstance(config.node, Dict) or sight.entry(config, "description") is None:
        return False
    return schema_of(sight, config) is not None


def describes(sight: Sight, node: Call, where: Where) -> bool:
    """Whether a call has a name, a description and a function behind these."""
    values = [arg.value for arg in node.args if not arg.spread]
    if len(values) < 3 or not isinstance(values[0], (Str, Name, Attr)):
        return False
    described = values[1]
    said = isinstance(described, Join) or (isinstance(described, Str) and " " in described.value)
    return said and any(isinstance(value, Lambda) for value in values[2:]) and _names(sight, At(values[0], where))


def _names(sight: Sight, at: At) -> bool:
    name = sight.constant(at)
    return isinstance(name, str) and NAME.match(name) is not None


class _Moved:
    """Expressions of a function of another file, as if they stood at a call of it: names are those that the call
    ``given``, or constants made of them."""

    def __init__(self, call: Call, function: Function, given: frozenset[str]) -> None:
        self.start, self.end = call.start, call.end
        self.given = given
        self.constants: dict[str, Expr] = {}
        for statement, _ in flat(function.body):
            if isinstance(statement, Assign) and isinstance(statement.target, Name) and statement.value is not None:
                self.constants.setdefault(statement.target.id, statement.value)

    def attr(self, node: Attr) -> Attr:
        return Attr(self.start, self.end, self.expr(node.value), node.name, self.start)

    def expr(self, node: Expr, depth: int = 0) -> Expr:
        start, end = self.start, self.end
        if depth < _DEEP:
            if isinstance(node, Name):
                if node.id in self.given:
                    return Name(start, end, node.id)
                if node.id in self.constants:
                    return self.expr(self.constants[node.id], depth + 1)
            elif isinstance(node, Attr):
                base = self.expr(node.value, depth + 1)
                return base if isinstance(base, Opaque) else Attr(start, end, base, node.name, start)
            elif isinstance(node, Spread):
                return Spread(start, end, self.expr(node.value, depth + 1))
            elif isinstance(node, Dict):
                return Dict(start, end, [self._pair(pair, depth) for pair in node.pairs])
        return Opaque(start, end, "elsewhere")

    def _pair(self, pair: Pair, depth: int) -> Pair:
        key = pair.key
        if key is not None:
            key = Str(self.start, self.end, key.value) if isinstance(key, Str) else Opaque(self.start, self.end, "")
        return Pair(self.start, self.end, key, self.expr(pair.value, depth + 1))
