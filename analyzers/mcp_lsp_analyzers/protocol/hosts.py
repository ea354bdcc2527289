"""Servers that answer on their author's computer and refuse everybody once they are deployed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from .. import code
from ..code import Unit
from ..fix import NAMED, Fix, Pass
from ..flow import Call
from ..model import Server
from ..once import once
from ..place import Span
from ..rule import Finding, Severity, rule
from ..walk import sites
from ..wiring import Wiring
from .kept import found

_EVERYWHERE = frozenset({"0.0.0.0", "::", "[::]", ""})
_APPS = ("streamable_http_app", "sse_app")
_SINCE = (1, 23)  # of mcp: the first to check `Host` where none of that was asked for (CVE-2025-66416)


@rule(
    "MCP134",
    severity=Severity.WARNING,
    references=("CWE-346",),
    bad="""
    import uvicorn

    uvicorn.run(mcp.streamable_http_app(), host="0.0.0.0", port=8000)
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^ this app answers 421 to every request whose `Host` is not localhost
    """,
    good="""
    import uvicorn

    uvicorn.run(mcp.streamable_http_app(), host="127.0.0.1", port=8000)
    """,
)
def host_refused_after_deployment(subject: Union[Wiring, Server]) -> Iterator[Finding]:
    """A server that is to be reached over the network refuses every name but localhost.

    Since 1.23 the Python SDK guards a server made for `127.0.0.1`, the default, against DNS rebinding: it answers 421
    to requests whose `Host` is another one. It goes by the host that the server (version 1) or the app (version 2) is
    given. Where uvicorn is told another one, or `settings.host` is set later, the guard stays, and every request from
    outside is refused.

    Say which hosts may be named: `transport_security=TransportSecuritySettings(allowed_hosts=["notes.example.com"])`.
    """
    if isinstance(subject, Server):
        yield from _set_later(subject)
        return
    wiring = subject
    major = wiring.sdk.major if wiring.sdk is not None and wiring.sdk.family == "mcp" else None
    if major not in (1, 2) or (wiring.version is not None and wiring.version < _SINCE):
        return
    if not any(_listens(call) for call in wiring.calls):
        return
    made = [call for call in wiring.calls if call.target.rpartition(".")[2] in ("FastMCP", "MCPServer")]
    if major == 1 and (not made or any(_told(call) for call in made)):
        return
    for call in wiring.calls:
        name = call.target.rpartition(".")[2]
        if name in _APPS and call.target.startswith("mcp.server.") and not _told(call):
            told = made[0] if major == 1 and len(made) == 1 else call if major == 2 else None
            fix = _named(told) if told is not None else None
            yield Finding(call.place, "this app answers 421 to every request whose `Host` is not localhost", fix=fix)


def _named(call: Call) -> Fix:
    """Names to answer to, of which the author fills in the one that only he knows."""
    settings = f'{NAMED}(allowed_hosts=["localhost:*", "127.0.0.1:*", "your-host.example.com"])'
    home = "mcp.server.transport_security"
    change = Pass(call.place, (("transport_security", settings),), home, "TransportSecuritySettings")
    return Fix("Name the hosts it answers to", change)


def _listens(call: Call) -> bool:
    """Whether a server of apps is told to listen everywhere."""
    if call.target not in ("uvicorn.run", "uvicorn.Config"):
        return False
    host = call.argument("host")
    return host is not None and host.value in _EVERYWHERE


def _told(call: Call) -> bool:
    """Whether something is said of hosts, or may be."""
    if any(arg.spread or arg.name == "transport_security" for arg in call.expr.args):
        return True
    host = call.argument("host")
    return host is not None and host.value not in ("127.0.0.1", "localhost", "::1")


def _set_later(server: Server) -> Iterator[Finding]:
    sdk = server.sdk
    if sdk.family != "mcp" or sdk.major != 1 or server.constructed is None or server.module is None:
        return
    if sdk.version is not None and sdk.version < _SINCE:
        return
    call, _ = server.constructed
    if any(arg.spread or arg.name in ("transport_security", "host") for arg in call.args):
        return
    for unit, spans in found(server.module, _hosts_set):
        if any("transport_security" in each.key for each in server.module.units):
            return
        for span in spans:
            place = unit.place(server.uri, server.place.pointer, span)
            said = "the guard for localhost was set when the server was made: other hosts are answered with 421"
            yield Finding(place, said, detail="settings")


@once
def _hosts_set(unit: Unit) -> list[Span]:
    """Where ``settings.host`` is set to every interface."""
    spans: list[Span] = []
    if "settings.host" not in unit.key:
        return spans
    for site in sites(unit.statements, unit, kinds={code.Assign}):
        node = site.node
        target = node.target if isinstance(node, code.Assign) else None
        if not isinstance(node, code.Assign) or not isinstance(target, code.Attr) or site.unit is not unit:
            continue
        named = target.name == "host" and isinstance(target.value, code.Attr) and target.value.name == "settings"
        if named and isinstance(node.value, code.Str) and node.value.value in _EVERYWHERE:
            spans.append(Span(node.start, node.end))
    return spans
