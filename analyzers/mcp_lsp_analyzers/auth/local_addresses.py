"""Servers of the official Python SDK that check hosts on a local address alone, which may be given another."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Const, Expr, Str
from ..flow import Call
from ..record import NamedTuple
from ..wiring import Wiring
from .interfaces import LOCAL, over_http
from .values import name_of, origins


class Left(NamedTuple):
    """``call`` makes a server that is served over HTTP, or the app of one. ``host``: the name of the address it is
    given."""

    call: Call
    host: str


def left_to_the_address(wiring: Wiring) -> Iterator[Left]:
    """Since 1.23 the SDK looks at hosts where it is made for a local address and told nothing else."""
    if wiring.sdk is None or wiring.sdk.family != "mcp" or not any(over_http(call) for call in wiring.calls):
        return
    for call in wiring.calls:
        if call.target.rpartition(".")[2] not in ("FastMCP", "MCPServer") and not over_http(call):
            continue  # in the second major what serves is told the address
        host = call.expr.keyword("host")
        spread = any(arg.spread for arg in call.expr.args)
        if host is not None and call.expr.keyword("transport_security") is None and not spread:
            if any(not _local(one) for one in origins(host, call.function)):
                yield Left(call, name_of(host) or "host")


def _local(host: Expr) -> bool:
    return isinstance(host, Const) or (isinstance(host, Str) and host.value in LOCAL)
