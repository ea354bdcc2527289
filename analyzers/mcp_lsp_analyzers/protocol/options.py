"""Options of a server's constructor that newer majors of the Python SDKs take where the server is run."""

from __future__ import annotations

from itertools import chain

from .. import code
from ..code import Unit
from ..fix import Edit, Edits, Fix
from ..model import Server
from ..once import once
from ..place import Span
from ..record import NamedTuple
from ..walk import sites
from .kept import found

_HTTP = frozenset({"http", "streamable-http", "sse"})
_FASTMCP = {"streamable_http_path": "path", "sse_path": "path"}
_KNOWN = {
    "mcp": frozenset({"host", "port", "sse_path", "message_path", "streamable_http_path", "json_response",
                      "stateless_http", "event_store", "retry_interval", "transport_security"}),
    "fastmcp": frozenset({"host", "port", "json_response", "stateless_http", "streamable_http_path", "sse_path"}),
}  # fmt: skip


class _Run(NamedTuple):
    """A call that runs a server. ``name``: the variable it is called on."""

    name: str
    call: code.Call
    unit: Unit


def to_run(server: Server, option: code.Arg) -> Fix | None:
    """An option moves to the one call that runs the server; where that speaks over standard streams, nobody ever asked
    for it, and it goes."""
    assert server.constructed is not None
    made, unit = server.constructed
    family, keyword = server.sdk.family, option.name or ""
    runs = [run for _, each in found(server.module, _runs) for run in each]
    if len(runs) != 1 or keyword not in _KNOWN.get(family, ()):
        return None
    (run,) = runs
    gone = Edit(unit.place(server.uri, server.place.pointer, _with_comma(made, option)), "")
    transport = run.call.keyword("transport") or run.call.positional(0)
    if transport is None or (isinstance(transport, code.Str) and transport.value == "stdio"):
        return Fix("Leave it out: over standard streams it means nothing", Edits((gone,)))
    if not isinstance(transport, code.Str) or transport.value not in _HTTP:
        return None
    name = _FASTMCP.get(keyword, keyword) if family == "fastmcp" else keyword
    if run.call.keyword(name) is not None:
        return Fix("Leave it out: `run` is given one", Edits((gone,)))
    end = run.call.args[-1].end
    text = unit.key[option.value.start : option.value.end]
    there = run.unit.place(server.uri, server.place.pointer, Span(end, end))
    return Fix("Pass it to `run`", Edits((gone, Edit(there, f", {name}={text}"))))


@once
def _runs(unit: Unit) -> list[_Run]:
    if ".run" not in unit.key:
        return []
    own = [
        _Run(site.node.callee.value.id, site.node, site.unit)
        for site in sites(unit.statements, unit, nested=False, kinds={code.Call})
        if isinstance(site.node, code.Call)
        and isinstance(site.node.callee, code.Attr)
        and site.node.callee.name in ("run", "run_async")
        and isinstance(site.node.callee.value, code.Name)
        and site.node.callee.value.id not in ("asyncio", "anyio", "uvicorn", "subprocess")
        and not any(arg.spread for arg in site.node.args)
    ]
    return [*own, *chain.from_iterable(map(_runs, unit.nested))]


def _with_comma(call: code.Call, argument: code.Arg) -> Span:
    """The span of an argument with the comma that goes with it."""
    i = call.args.index(argument)
    if i:
        return Span(call.args[i - 1].end, argument.end)
    return Span(argument.start, call.args[1].start if len(call.args) > 1 else argument.end)
