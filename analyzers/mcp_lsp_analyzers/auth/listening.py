"""Which calls listen on every network interface: what is told to, and what does where it is told nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Attr, Const, Dict, Expr, Items, Lambda, Name, Str
from ..code import Call as CallExpr
from ..flow import Call
from ..identifier import words
from ..pattern import pattern
from ..place import Place, Span
from ..wiring import Wiring
from .interfaces import EVERYWHERE, HOST_NAMES, closed, opened, says_where
from .values import name_of

_HTTP_SERVERS = (
    "express", "http.createServer", "https.createServer", "http.Server", "koa", "connect", "polka", "restify",
)  # fmt: skip


def everywhere(call: Call, wiring: Wiring) -> Iterator[tuple[Place, str]]:
    expr, target, name = call.expr, call.target, call.target.rpartition(".")[2]
    if wiring.language != "python" and name == "listen":
        yield from _listen(call)
        return
    if name in ("WebSocketServer", "Server") and expr.new and target.startswith(("ws.", "WebSocket", ".Server")):
        options = expr.positional(0)
        if isinstance(options, Dict) and options.get("port") is not None and options.get("host") is None:
            yield call.callee_place, ""
            return
    if name.endswith(("HTTPServer", "TCPServer")) or name == "bind":
        address = expr.positional(0)
        if isinstance(address, Items) and len(address.items) == 2 and isinstance(address.items[0], Str):
            free = isinstance(address.items[1], Const) and address.items[1].value == 0  # asks for one that nobody has
            if address.items[0].value in ("", *EVERYWHERE) and (
                name != "bind" or (not free and _WAITS.search(call.unit.key))
            ):
                yield place_of(call, address.items[0]), closed(address.items[0])
        return
    if target == "websockets.serve" or (target.endswith(".serve") and target.startswith("websockets.")):
        host = expr.positional(1)
        if host is not None and (found := opened(host)) is not None:
            yield place_of(call, found), closed(found)
    if _told_nothing(call):
        yield call.callee_place, ""
        return
    if name in _HOST_AT and (host := expr.positional(_HOST_AT[name])) is not None:
        if (found := opened(host)) is not None:
            yield place_of(call, found), closed(found)
    if name in _SERVERS or name.startswith("run") or _constructs(call):
        for arg in expr.args:
            if arg.name in HOST_NAMES and (found := opened(arg.value)) is not None:
                yield place_of(call, found), closed(found)
            elif isinstance(arg.value, Dict):
                for pair in arg.value.pairs:
                    if isinstance(pair.key, Str) and pair.key.value in HOST_NAMES:
                        if (found := opened(pair.value)) is not None:
                            yield place_of(call, found), closed(found)
    elif name in ("getenv", "get", "add_argument", "option", "Option"):
        # HOST = os.getenv("HOST", "0.0.0.0"); parser.add_argument("--host", default="0.0.0.0")
        first = expr.positional(0)
        if isinstance(first, Str) and says_where(first.value):
            for value in (expr.positional(1), expr.positional(2), expr.keyword("default")):
                if isinstance(value, Dict):
                    value = value.get("default")
                if value is not None and (found := opened(value)) is not None:
                    yield place_of(call, found), closed(found)


_SERVERS = frozenset(
    ("serve", "Server", "listen", "WebSocketServer", "TCPSite", "start_server", "create_server", "make_server")
)
_HOST_AT = {"TCPSite": 1, "start_server": 1, "create_server": 1, "make_server": 0, "add_insecure_port": 0}
"""Which argument is the address, of what takes it without a name."""
_UNLESS_TOLD = {
    "aiohttp.web.TCPSite": (1, ("host",)),
    "aiohttp.web.run_app": (-1, ("host", "path", "sock")),
    "waitress.serve": (-1, ("host", "listen", "unix_socket", "sockets", "fd")),
}
"""What listens everywhere unless it is told where: the place of the address, and the names of what tells it."""
_UNLESS_IN_OPTIONS = {
    "@hono/node-server.serve": ("hostname",),
    "Bun.serve": ("hostname", "unix"),
    "Deno.serve": ("hostname", "path", "cert"),
}


def _told_nothing(call: Call) -> bool:
    """Whether a call listens everywhere because nothing says where: ``web.run_app(app)``, ``Bun.serve({ fetch })``."""
    expr, target = call.expr, call.target
    if any(arg.spread for arg in expr.args):
        return False
    if target in _UNLESS_TOLD:
        at, names = _UNLESS_TOLD[target]
        return (at < 0 or expr.positional(at) is None) and all(expr.keyword(name) is None for name in names)
    options = expr.positional(0)
    if target not in _UNLESS_IN_OPTIONS or not isinstance(options, Dict):
        return False
    known = all(isinstance(pair.key, Str) for pair in options.pairs)
    return known and all(options.get(name) is None for name in _UNLESS_IN_OPTIONS[target])


_WAITS = pattern(r"\.(?:listen|accept|recv\w*)\(|sock=")
"""What makes a server of a socket; without it, whether a port is free is tried."""


def _listen(call: Call) -> Iterator[tuple[Place, str]]:
    expr = call.expr
    host = expr.positional(1)
    first = expr.positional(0)
    if isinstance(first, Dict):
        host = first.get("host")
        if first.get("port") is None:
            return  # listens on a path, on what was opened before, or is no server of addresses
        if host is None and not call.target.startswith("fastify"):
            yield call.callee_place, ""
            return
    elif first is None:
        return
    server = call.target.removesuffix(".listen").removesuffix("()")
    if host is None or is_callback(host):
        unknown = server[:1] in ("", ".") or server.startswith("self.")
        if server.startswith(_HTTP_SERVERS) or (unknown and _by_its_words(expr)):
            yield call.callee_place, ""
    elif (found := opened(host)) is not None:
        yield place_of(call, found), closed(found)


def is_callback(value: Expr) -> bool:
    """Whether it is what is called when a server is ready, and no address."""
    return isinstance(value, Lambda) or (isinstance(value, Name) and not _CALLED.isdisjoint(words(value.id)))


_CALLED = frozenset(("cb", "callback", "done", "listener", "fn", "resolve", "next", "handler"))


def _by_its_words(call: CallExpr) -> bool:
    """Whether what a function of the project made is a server that listens on a port: ``app.listen(PORT, () => …)``."""
    where = words(name_of(call.callee.value if isinstance(call.callee, Attr) else None))[-1:]
    if words(name_of(call.positional(0)))[-1:] != ("port",):
        return False
    second = call.positional(1)
    ready = second is not None and is_callback(second)
    return where == ("app",) if len(call.args) == 1 else ready and where in (("app",), ("server",))


def _constructs(call: Call) -> bool:
    return call.target.rpartition(".")[2] in ("FastMCP", "MCPServer", "Config")


def place_of(call: Call, expr: Expr) -> Place:
    return call.place.part(Span(expr.start, expr.end))
