"""What makes the connections of a client, and whether it refuses addresses of the own network: ``httpx.Client(
transport=Guarded())``, ``fetch(url, { dispatcher })``, ``axios.get(url, { httpsAgent: useAgent(url) })``.

Transports, hooks, agents and look-ups of names are read with an address that anybody may have chosen. Not what they are
called, but what they let through decides: wherever one of them goes on, or tells its callback an address, what was
found out about that address is known of every address that is contacted in this way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Call, Dict, Expr, Function, Items, Name, Param, Str
from mcp_lsp_analyzers.identifier import words
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.walk import sites

from . import summaries
from .arguments import Args
from .connecting import connecting, parts
from .evaluate import block, ev
from .frame import CALLBACK, Frame, Left
from .guards import FREE, Guards, both, either, guard
from .members import method
from .returning import returned
from .state import State
from .taints import Origin, Taint
from .values import UNKNOWN, Any, Cls, Func, Obj, Rec, Seq, Value, all_taints, named

if TYPE_CHECKING:
    from .calls import At


class Held(NamedTuple):
    """What is known of every address that is contacted: ``first``, and where somebody is sent on from there."""

    first: Guards
    later: Guards


def held(at: At) -> Held:
    """What the agents, transports and hooks of a call, or of the client that makes it, let through."""
    first = later = FREE
    for f, s, name, given in connecting(at):
        found = list(_known(f, s, name, given))
        if not found and not isinstance(given, Call):  # who knows what it looks at
            later = both(later, guard("unknown", name, f.spot(given)))
        for guards in found:
            later = both(later, guards)
            if name not in _LATER:
                first = both(first, guards)
    return Held(first, later)


_LATER = frozenset(("beforeRedirect", "response", "afterResponse"))
"""What is asked when an answer is there, and so before somebody is sent on."""


def under(value: Value, guards: Guards) -> Value:
    return Value(tuple(taint.under(both(taint.guards, guards)) for taint in value.taints), value.shape, value.name)


# ---------------------------------------------------------------- the functions in it

_DEEP = 5


def _known(f: Frame, s: State, name: str, given: Expr, depth: int = 0) -> Iterator[Guards]:
    """What each of the functions that are asked holds an address to."""
    if depth > _DEEP:
        return
    if isinstance(given, Dict):  # ``{ connect: { lookup } }``
        for pair in given.pairs:
            yield from _known(f, s, pair.key.value if isinstance(pair.key, Str) else name, pair.value, depth + 1)
        return
    if isinstance(given, Items):  # ``[look]``
        for one in given.items:
            yield from _known(f, s, name, one, depth + 1)
        return
    value = ev(f, given, s.copy())
    if value.name and value.shape is None and _LIBRARY.search(value.name):
        yield guard("private-refused", "", f.spot(given))
        return
    if value.shape is not None:
        yield from _of_value(f, value, name)
        if isinstance(value.shape, (Func, Cls, Obj)):
            return
    for frame, state, key, part in parts(f, s, given):
        yield from _known(frame, state, key or name, part, depth + 1)


_LIBRARY = pattern(r"ssrf|request-?filter", re.IGNORECASE)
"""Packages, and what else is not at hand, that say of themselves that they look where connections go."""


def _of_value(f: Frame, value: Value, name: str, depth: int = 0) -> Iterator[Guards]:
    """The same of what is no longer written there: a parameter, what a function gives back."""
    shape = value.shape
    if isinstance(shape, Func):
        found = _lets_through(f, shape, name)
        if found is not None:
            yield found
    elif isinstance(shape, (Cls, Obj)):
        yield from _of_class(f, shape)
    elif depth < _DEEP and isinstance(shape, Rec):
        for key, field in shape.fields.items():
            yield from _of_value(f, field, key, depth + 1)
    elif depth < _DEEP and isinstance(shape, Seq):
        for item in shape.items:
            yield from _of_value(f, item, name, depth + 1)
    elif depth < _DEEP and isinstance(shape, Any):
        several = [list(_of_value(f, Value((), one), name, depth + 1)) for one in shape.shapes]
        if several and all(several):  # whichever of them it is
            yield reduce(either, [reduce(both, found) for found in several])


def _of_class(f: Frame, shape: Cls | Obj) -> Iterator[Guards]:
    """A transport, an agent, a resolver: each of its methods that make connections lets through no more than that."""
    itself = Value((), shape if isinstance(shape, Obj) else Obj(shape.cls, shape.scope, {}))
    found = []
    for name in _MAKES:
        func = method(f, shape.cls, shape.scope, name)
        if func is not None:
            let = _lets_through(f, Func(func.function, func.scope, itself), name)
            if let is not None:
                found.append(let)
    if found:
        yield reduce(either, found)


_MAKES = (
    "handle_request", "handle_async_request", "send", "resolve", "create_connection", "connect", "createConnection",
    "addRequest", "createSocket", "dispatch", "lookup", "request", "__call__",
)  # fmt: skip
"""Methods of transports, adapters, agents, dispatchers and resolvers that are called for each connection."""


# ---------------------------------------------------------------- what a function lets through


def _lets_through(f: Frame, func: Func, name: str) -> Guards | None:
    """What is known of an address where this function goes on with it; ``None`` where that is not seen."""
    function, run = func.function, f.run
    if run.looking.refuses(function) or run.looking.at(function):
        return None
    node = Name(function.start, function.start, "")
    address = Taint(Origin("address", "connection", f.spot(node)), (), ((function, "address"),))
    frame = Frame(run, f.within(func.scope), function, function.unit)
    callback = _callback(function)
    state = State({**(func.around or {}), **_arguments(frame, func, address, name, callback, node)}, {})
    promised, run.promised = run.promised, {CALLBACK: []} if callback else {}
    run.looking.begin(function, calls=1)
    end = block(frame, function.body, state)
    run.looking.end()
    answers, run.promised = run.promised.get(CALLBACK, []), promised
    if callback:
        return _of_ways([Left(answer, State({}, {})) for answer in answers if answer.taints], address, True)
    if end is not None:
        frame.left.append(Left(UNKNOWN, end))
    return _of_ways([way for way in frame.left if not way.made and way.value.name != "Promise.reject"], address, False)


def _of_ways(ways: list[Left], address: Taint, told: bool) -> Guards | None:
    """What holds on all of these. Where something gives addresses back, it is known of those."""
    if not ways:
        return None
    value, after = returned(ways, {})
    state = State({}, after)
    mine = [taint for taint in all_taints(value) if taint.origin is address.origin and taint.aspect != "test"]
    if not told:
        mine = [taint for taint in mine if taint.aspect == "address"] or [address]
    found = reduce(either, map(state.guards, mine)) if mine else FREE
    return tuple(way for way in found if not any(fact[0] == "empty" for fact in way)) or FREE


def _callback(function: Function) -> str:
    """The name of the parameter that is told what was found: ``lookup(host, options, callback)``."""
    last = function.params[-1].name if len(function.params) > 1 else ""
    if not last:
        return ""
    calls = sites(function.body, function.unit, function, kinds=(Call,))
    called = (site.node.callee for site in calls)  # type: ignore[attr-defined]
    return last if any(isinstance(callee, Name) and callee.id == last for callee in called) else ""


def _arguments(frame: Frame, func: Func, address: Taint, name: str, callback: str, node: Name) -> dict[str, Value]:
    function = func.function
    params = function.params
    if function.cls is not None and frame.run.language == "python" and not function.is_static:
        params = params[1:]
    plain = []
    keys = {}
    for position, param in enumerate(params):
        value = named(CALLBACK) if callback and param.name == callback else _argument(param, position, name, address)
        if param.kind == "=" and param.name:
            keys[param.name] = (value, node)
        elif not param.kind.startswith("*"):
            plain.append((value, node))
    return summaries.bound(frame, func, Args(plain, keys), True)  # type: ignore[arg-type]


def _argument(param: Param, position: int, name: str, address: Taint) -> Value:
    """What a parameter is given: a host, an address, or a request to one."""
    said = words(param.name or "")[-1:]
    if (not position and name in _LOOKS_UP) or said in _HOST:
        return Value((address.about("host"),))
    if said in _ADDRESS:
        return Value((address.about("address"),))
    if said in _URL:
        return Value((address,))
    return _request(address)


_LOOKS_UP = frozenset(("lookup", "resolve"))
_HOST = (("host",), ("hostname",), ("domain",))
_ADDRESS = (("address",), ("addr",), ("ip",), ("addresses",))
_URL = (("url",), ("uri",), ("href",))


def _request(address: Taint, deep: bool = True) -> Value:
    """Something that is sent to an address, or its answer, or options for it."""
    url = Value((address.about("url"),))
    fields = dict.fromkeys(("url", "uri", "href", "origin", "full_url", "baseURL"), url)
    fields.update((name, Value((address.about("host"),))) for name in ("host", "hostname", "servername"))
    fields["remoteAddress"] = Value((address.about("address"),))
    fields["headers"] = Value((), Rec({"location": url, "Location": url}, UNKNOWN))
    if deep:
        inner = _request(address, False)
        fields.update((name, inner) for name in ("request", "next_request", "options", "config", "params"))
    fields.update(dict.fromkeys(_OF_ANSWERS, UNKNOWN))
    return Value((), Rec(fields, Value((address.about("test"),))))  # what else there is differs from one to the other


_OF_ANSWERS = ("is_redirect", "has_redirect_location", "status_code", "statusCode", "status")
"""What says whether somebody is sent on, which is when what is asked of answers matters."""


__all__ = ["Held", "held", "under"]
