"""Which value means every network interface, and which name is that of the address a service listens on."""

from __future__ import annotations

from collections.abc import Iterator

from .. import flow
from ..code import Call, Choice, Dict, Expr, Items, Join, Logic, Str
from ..identifier import words
from ..pattern import pattern
from .values import name_of

EVERYWHERE = frozenset(("0.0.0.0", "::", "[::]"))
LOCAL = frozenset(("127.0.0.1", "localhost", "::1"))
HOST_NAMES = frozenset(("host", "hostname", "bind", "address", "listen", "listen_host"))
"""Keywords and keys by which servers are told where to listen."""

_WITH_PORT = pattern(r"(?:0\.0\.0\.0|\[::\])(:\d{1,5})")


def opened(value: Expr) -> Expr | None:
    """The literal that means every interface, where it is the value or what is taken if nothing else is given."""
    if isinstance(value, Str):
        return value if value.value in EVERYWHERE or _WITH_PORT.fullmatch(value.value) else None
    if isinstance(value, Join):
        first = value.parts[0] if value.parts else None
        return value if isinstance(first, Str) and first.value in ("0.0.0.0:", "[::]:") else None
    if isinstance(value, Logic) and value.op in ("or", "??"):
        return opened(value.right)
    if isinstance(value, Choice):
        return opened(value.then) or opened(value.otherwise)
    if isinstance(value, Items):
        return next((found for item in value.items if (found := opened(item)) is not None), None)
    return None


def is_host(name: str) -> bool:
    said = words(name)
    if said[-1:] in (("host",), ("hostname",)):
        return len(said) == 1 or not {"remote", "db", "database", "target", "redis", "allowed", "no", "skip"} & set(
            said
        )
    if said in (("bind",), ("listen",)):
        return True
    return said[-1:] in (("address",), ("addr",), ("ip",)) and not _LISTENING.isdisjoint(said)


_LISTENING = frozenset(("bind", "listen", "listening", "server", "http", "mcp", "sse"))


def says_where(name: str) -> bool:
    """Whether an option or variable of the environment is about where to listen: ``--listen``, ``NOTES_BIND_ADDR``."""
    return "host" in name.lower() or is_host(name.lstrip("-"))


def closed(value: Expr) -> str:
    """What to write instead, so that only this computer is listened to: with the port where it stands in one text. ""
    where the port is put in."""
    if isinstance(value, Join):
        return ""
    found = _WITH_PORT.fullmatch(value.value) if isinstance(value, Str) else None
    return f'"127.0.0.1{found[1] if found is not None else ""}"'


def default_of(value: Expr) -> Expr | None:
    """The default of a declared setting: ``Field("0.0.0.0")``, ``Field(default=…)``, ``z.string().default(…)``."""
    if not isinstance(value, Call):
        return None
    if name_of(value.callee) in ("Field", "field", "default", "Option"):
        given = value.keyword("default") or value.positional(0)
        return None if given is None else opened(given)
    return None


def settings(value: Expr | None) -> Iterator[tuple[str, Expr]]:
    """The host beside a port in an object of settings: ``{ transport: { port: 3000, host: "0.0.0.0" } }``, or one that
    is called a server's; of an object's schema (``z.object({ HTTP_HOST: z.string().default("0.0.0.0") })``) too."""
    if isinstance(value, Call) and name_of(value.callee) in ("object", "strictObject", "looseObject"):
        value = value.positional(0)
    if not isinstance(value, Dict):
        return
    keys = {pair.key.value for pair in value.pairs if isinstance(pair.key, Str)}
    for pair in value.pairs:
        if isinstance(pair.value, Dict):
            yield from settings(pair.value)
        elif isinstance(pair.key, Str) and (
            ("port" in keys and pair.key.value in HOST_NAMES) or words(pair.key.value) in _OWN_HOSTS
        ):
            yield pair.key.value, pair.value


_OWN_HOSTS = frozenset((own, "host") for own in ("server", "bind", "listen", "http", "mcp", "sse"))


HTTP_APPS = frozenset(("streamable_http_app", "sse_app", "http_app"))
"""Methods of the Python SDKs' servers that give an app, which something else serves."""
_HTTP_RUNS = frozenset(("run_http_async", "run_sse_async", "run_streamable_http_async"))
_TRANSPORTS = frozenset(("http", "sse", "streamable-http"))


def over_http(call: flow.Call) -> bool:
    """Whether a call serves a server of the Python SDKs over HTTP: it says so, or somebody chooses the transport."""
    name = call.target.rpartition(".")[2]
    if name in HTTP_APPS or name in _HTTP_RUNS:
        return True
    if name not in ("run", "run_async"):
        return False
    transport = call.expr.keyword("transport")
    said = transport or call.expr.positional(0)
    return said.value in _TRANSPORTS if isinstance(said, Str) else transport is not None
