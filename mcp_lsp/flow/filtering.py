"""What makes the connections of a client, and whether it looks at where they go: ``httpx.Client(transport=Guarded())``,
``fetch(url, { dispatcher })``, ``axios.get(url, { httpsAgent: useAgent(url) })``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import Attr, Call, Expr, Function, Name
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.scope import Scope
from mcp_lsp_analyzers.walk import body, sites

from .evaluate import ev
from .fetching import CONNECTS, options
from .frame import Frame
from .guards import both, guard
from .state import State
from .values import Cls, Func, Obj, Value

if TYPE_CHECKING:
    from .calls import At


def filtered(at: At, value: Value) -> Value:
    """An address, with what is known of it where connections to the own network are refused as they are made."""
    if not any(_looks(at.f, at.s, given) for given in _connecting(at)):
        return value
    fact = guard("private-refused", "", at.f.spot(at.call))
    return Value(tuple(taint.under(both(taint.guards, fact)) for taint in value.taints), value.shape, value.name)


def _connecting(at: At) -> Iterator[Expr]:
    """The agents, transports and hooks that a call is given, or the client that makes it."""
    made: list[Call] = [at.call]
    for one in _client(at):
        if isinstance(one, Call):
            made.append(one)
            function = ev(at.f, one.callee, at.s).shape
            if isinstance(function, Func):
                made += [site.node for site in body(function.function, Call)]  # type: ignore[misc]
    for call in made:
        for name, value in options(call):
            if name in CONNECTS:
                yield value


def _client(at: At) -> Iterator[Expr]:
    """What gave the client that is asked."""
    callee = at.call.callee
    base = callee.value if isinstance(callee, Attr) else None
    if isinstance(base, Name):
        yield from _given(at.f, base.id)
    elif isinstance(base, Attr) and isinstance(base.value, Name) and base.value.id == "self":
        cls = at.f.own_class()
        for one in inside.members(cls).get(base.name, ()) if cls is not None else ():
            if one.kind == "value":
                yield one.node  # type: ignore[misc]


def _given(f: Frame, name: str) -> Iterator[Expr]:
    """What a variable is given, of the function or of the module."""
    local = inside.variables(f.function).get(name, ()) if f.function is not None else ()
    for one in local:
        if one.kind in ("value", "given"):
            yield one.node  # type: ignore[misc]
    binding = None if local else f.scope.find(name)
    if binding is not None and binding.value is not None and not binding.path:
        yield binding.value


_DEEP = 3


def _looks(f: Frame, s: State, root: object, depth: int = 0) -> bool:
    """Whether something in it asks which kind of address it has, or is of a package that does."""
    names: list[str] = []
    for site in sites(root, f.unit):
        node = site.node
        word = node.id if isinstance(node, Name) else node.name if isinstance(node, Attr) else ""
        if _ASKS.search(word):
            return True
        if isinstance(node, Name):
            names.append(word)
    return depth < _DEEP and any(_stands_for(f, s, name, depth + 1) for name in dict.fromkeys(names))


def _stands_for(f: Frame, s: State, name: str, depth: int) -> bool:
    value = f.name(name, s)
    if _ASKS.search(value.name):
        return True
    shape = value.shape
    if isinstance(shape, Func):
        return _asks(f, shape.function, shape.scope, depth)
    if isinstance(shape, (Cls, Obj)):
        methods = [one.node for found in inside.members(shape.cls).values() for one in found if one.kind == "function"]
        return any(_asks(f, method, shape.scope, depth) for method in methods)  # type: ignore[arg-type]
    return any(_looks(f, s, given, depth) for given in _given(f, name))


def _asks(f: Frame, function: Function, scope: Scope, depth: int) -> bool:
    if f.run.looking.at(function):
        return False
    inner = Frame(f.run, f.within(scope), function, function.unit)
    return _looks(inner, State({}, {}), function.body, depth)


_ASKS = pattern(
    r"is_?(?:private|public|global|loopback|link_?local|reserved|internal|safe|allowed|blocked|denied)|ssrf"
    r"|request-?filter|(?:valid|check|assert|ensure|verify|refuse|reject|block)\w*(?:url|host|addr(?:ess)?|ip)s?(?![a-z])",
    re.IGNORECASE,
)
