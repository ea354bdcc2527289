"""Where a connection is made, who is asked beside: transports, hooks, agents and look-ups of names that a call is told
of, or the client that is asked, or whatever in the project makes these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import Attr, Await, Call, Choice, Dict, Expr, Function, Name, Return, Str, last_name
from mcp_lsp_analyzers.expressions import spelled
from mcp_lsp_analyzers.identifier import words
from mcp_lsp_analyzers.scope import Scope
from mcp_lsp_analyzers.walk import body, sites

from .evaluate import ev
from .fetching import CONNECTS, options
from .frame import Frame
from .state import State
from .values import Func

if TYPE_CHECKING:
    from .calls import At


Asked = tuple[Frame, State, str, Expr]
"""An agent, transport or hook: where it stands, under which name, and what it is."""


def connecting(at: At) -> Iterator[Asked]:
    f, s = _apart(at.f), at.s.copy()
    yield from _told(f, s, at.call)
    for one in _client(at):
        yield from _of_client(f, s, one)
    callee = at.call.callee
    if isinstance(callee, Attr) and isinstance(callee.value, (Name, Attr)):
        client = spelled(callee.value)
        yield from _added(f, s, f.function, client)
        for function in _setters(f, client):
            yield from _added(_whole(f, function), State({}, {}), function, client)


def _apart(f: Frame) -> Frame:
    """A frame of its own, so that nothing of what is looked at again counts as done."""
    return Frame(f.run, f.scope, f.function, f.unit)


def _whole(f: Frame, function: Function, scope: Scope | None = None) -> Frame:
    """A frame for something in a function that is not read from its beginning."""
    frame = Frame(f.run, f.within(scope or f.scope), function, function.unit)
    frame.lazy = True
    return frame


def _of_client(f: Frame, s: State, client: Expr) -> Iterator[Asked]:
    """What a client was told where it was made, there or in a function of the project that makes such clients."""
    if not isinstance(client, Call):
        return
    yield from _told(f, s, client)
    maker = _maker(f, s, client)
    if maker is not None and not f.run.looking.at(maker.function):
        function = maker.function
        frame = _whole(f, function, maker.scope)
        for site in body(function, Call):
            yield from _told(frame, State({}, {}), site.node)  # type: ignore[arg-type]
        yield from _added(frame, State({}, {}), function)


def _added(f: Frame, s: State, function: Function | None, client: str = "") -> Iterator[Asked]:
    """What a client (any, where no name is given) is told later on: ``session.mount("https://", Guarded())``,
    ``client.interceptors.request.use(look)``."""
    for site in () if function is None else body(function, Call):
        call: Call = site.node  # type: ignore[assignment]
        holder = call.callee
        name, position = "mounts", 1
        if isinstance(holder, Attr) and holder.name == "use" and isinstance(holder.value, Attr):
            name, position, holder = holder.value.name, 0, holder.value.value
        if isinstance(holder, Attr) and holder.name == ("interceptors" if position == 0 else "mount"):
            given = call.positional(position)
            if given is not None and client in ("", spelled(holder.value)):
                yield f, s, name, given


def _told(f: Frame, s: State, call: Call) -> Iterator[Asked]:
    yield from _named(f, s, options(call))
    for arg in call.args:
        if isinstance(arg.value, Dict):
            yield from _spread(f, s, [pair.value for pair in arg.value.pairs if pair.key is None])


def _named(f: Frame, s: State, told: Iterable[tuple[str, Expr]]) -> Iterator[Asked]:
    for name, value in told:
        if name not in CONNECTS:
            continue
        if isinstance(value, Dict) and name in ("event_hooks", "hooks"):
            for pair in value.pairs:
                if isinstance(pair.key, Str):
                    yield f, s, pair.key.value, pair.value
        else:
            yield f, s, name, value


def _spread(f: Frame, s: State, spread: list[Expr], depth: int = 0) -> Iterator[Asked]:
    """What is spread into the options: ``{ timeout, ...(agents ? { httpsAgent: agents.https } : {}) }``. Whether it is
    there may depend on settings, on nothing that anybody chose."""
    for one in spread if depth < _DEEP else ():
        if isinstance(one, Choice) and not ev(f, one.test, s.copy()).taints:
            yield from _spread(f, s, [one.then, one.otherwise], depth + 1)
        elif isinstance(one, Name):
            yield from _spread(f, s, list(_given(f, one.id)), depth + 1)
        elif isinstance(one, Dict):
            yield from _named(f, s, [(pair.key.value, pair.value) for pair in one.pairs if isinstance(pair.key, Str)])
        elif (maker := _maker(f, s, one)) is not None:
            yield from _made(f, maker)


_DEEP = 5


def _client(at: At) -> Iterator[Expr]:
    """What gave the client that is asked."""
    callee = at.call.callee
    base = callee.value if isinstance(callee, Attr) else None
    if isinstance(base, Name):
        yield from _given(at.f, base.id)
    elif isinstance(base, Attr) and isinstance(base.value, Name) and base.value.id == "self":
        yield from _field(at.f, base.name)
    elif isinstance(base, Call):
        yield base


def _field(f: Frame, name: str) -> Iterator[Expr]:
    for one in _members(f, name):
        if one.kind == "value":
            yield one.node  # type: ignore[misc]


def _members(f: Frame, name: str) -> tuple[inside.Local, ...]:
    cls = f.own_class()
    return () if cls is None else inside.members(cls).get(name, ())


def _setters(f: Frame, client: str) -> list[Function]:
    """The other methods that set a field to what it is: ``self.session``."""
    owner, _, name = client.rpartition(".")
    found = dict.fromkeys(one.function for one in (_members(f, name) if owner == "self" else ()))
    return [function for function in found if function is not None and function is not f.function]


def _given(f: Frame, name: str) -> Iterator[Expr]:
    """What a variable is given, of the function (or one around it) or of the module."""
    local = inside.meaning(name, f.function)
    for one in local:
        if one.kind in ("value", "given"):
            yield one.node  # type: ignore[misc]
    binding = None if local else f.scope.find(name)
    if binding is not None and binding.value is not None and not binding.path:
        yield binding.value


def parts(f: Frame, s: State, given: Expr) -> Iterator[Asked]:
    """What a variable was given, what a call was: ``new Agent({ connect: { lookup } })``."""
    if isinstance(given, Name):
        for one in _given(f, given.id):
            yield f, s, "", one
    elif isinstance(given, Attr):
        if isinstance(given.value, Name) and given.value.id == "self":
            for one in _field(f, given.name):
                yield f, s, "", one
        else:
            for one in _given(f, given.value.id) if isinstance(given.value, Name) else [given.value]:
                yield from _entry(f, s, one, given.name)
    elif isinstance(given, Await):
        yield f, s, "", given.value
    elif isinstance(given, Call):
        maker = _maker(f, s, given)
        if maker is not None:
            for frame, one in _returned(f, maker):
                yield frame, State({}, {}), "", one
            yield from _made(f, maker)
        for arg in given.args:
            yield f, s, arg.name or "", arg.value


def _entry(f: Frame, s: State, holder: Expr, name: str) -> Iterator[Asked]:
    """One of several agents that are kept together."""
    if isinstance(holder, Dict):
        entry = holder.get(name)
        if entry is not None:
            yield f, s, "", entry
        return
    maker = _maker(f, s, holder)
    if maker is None:
        return
    held = [(frame, one) for frame, one in _returned(f, maker) if isinstance(one, Dict)]
    for frame, one in held:
        yield from _entry(frame, State({}, {}), one, name)
    if not held:
        yield from _made(f, maker)


def _maker(f: Frame, s: State, given: Expr) -> Func | None:
    """The function of the project that is called there."""
    if isinstance(given, Await):
        given = given.value
    made = ev(f, given.callee, s.copy()).shape if isinstance(given, Call) else None
    return made if isinstance(made, Func) else None


def _returned(f: Frame, maker: Func) -> list[tuple[Frame, Expr]]:
    frame = _whole(f, maker.function, maker.scope)
    values = (site.node.value for site in body(maker.function, Return))  # type: ignore[attr-defined]
    return [(frame, value) for value in values if value is not None]


def _made(f: Frame, maker: Func) -> Iterator[Asked]:
    """What the agents are told that a function of the project makes, where each of them is told something."""
    found: list[Asked] = []
    for site in sites(maker.function.body, maker.function.unit, maker.function, kinds=(Call,)):
        call: Call = site.node  # type: ignore[assignment]
        if words(last_name(call.callee))[-1:] not in _AGENTS:
            continue
        told = list(_told(_whole(f, site.function or maker.function, maker.scope), State({}, {}), call))
        if not told:
            return
        found += told
    yield from found


_AGENTS = (("agent",), ("dispatcher",), ("transport",), ("connector",))


__all__ = ["Asked", "connecting", "parts"]
