"""Web sockets among the routes of a service: no browser keeps a page from opening one."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Attr, Call, Define, Function, Name, Str
from ..identifier import words
from ..passage import Passage
from ..rule import Finding, Severity, rule
from ..walk import body, sites
from .values import name_of


@rule(
    "MCP450",
    severity=Severity.WARNING,
    references=("CWE-1385", "CWE-346", "MCP07:2025", "SAFE-T1005", "MCTS-T-1028"),
    words=(".websocket",),
    bad="""
    from fastapi import FastAPI, WebSocket
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("notes")


    def routes(app: FastAPI) -> None:
        @app.websocket("/changes")
    #    ^^^^^^^^^^^^^ any web page can open this socket: nobody looks at its `Origin`
        async def changes(socket: WebSocket) -> None:
            await socket.accept()
            while True:
                await socket.send_text(f"kept {await socket.receive_text()}")
    """,
    good="""
    from fastapi import FastAPI, WebSocket
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("notes")
    PAGES = frozenset({"http://localhost:8000", "http://127.0.0.1:8000"})


    def routes(app: FastAPI) -> None:
        @app.websocket("/changes")
        async def changes(socket: WebSocket) -> None:
            if socket.headers.get("origin") not in PAGES:
                await socket.close(code=1008)
                return
            await socket.accept()
            while True:
                await socket.send_text(f"kept {await socket.receive_text()}")
    """,
)
def socket_for_any_page(passage: Passage) -> Iterator[Finding]:
    """A web socket is opened for whichever page asks for it.

    What keeps pages from reading each other's answers does not hold for web sockets: any page that a user has open can
    connect to one on this computer, send messages as if it were the page of the server, and read all that comes back.
    Only the `Origin` header tells them apart.

    Compare `Origin` with the pages of your own before the socket is accepted, or ask for a token that other pages do
    not know.
    """
    if not passage.about.mcp or passage.about.asks:
        return
    for site in passage.of(Define):
        assert isinstance(site.node, Define)
        function = site.node.function
        for decorator in function.decorators:
            if _opens(decorator) and isinstance(decorator, Call) and not _asks(function, decorator):
                said = "any web page can open this socket: nobody looks at its `Origin`"
                yield Finding(passage.at(site.unit, decorator.callee), said, detail=function.name)


def _opens(decorator: object) -> bool:
    """``@app.websocket("/changes")``."""
    return (
        isinstance(decorator, Call)
        and isinstance(decorator.callee, Attr)
        and decorator.callee.name in ("websocket", "websocket_route")
        and isinstance(decorator.positional(0), Str)
    )


def _asks(function: Function, decorator: Call) -> bool:
    """Whether something in it goes by the name of what tells callers apart."""
    if decorator.keyword("dependencies") is not None:
        return True
    named = [param.name for param in function.params]
    kinds = (Str, Name, Attr)
    given = sites([[param.default, param.annotation] for param in function.params], function.unit, kinds=kinds)
    for site in (*body(function, *kinds), *given):
        node = site.node
        named.append(node.value if isinstance(node, Str) else name_of(node) if isinstance(node, (Name, Attr)) else "")
    return any(not _TELLING.isdisjoint(words(name)) for name in named if len(name) < 60)


_TELLING = frozenset(
    ("origin", "origins", "token", "tokens", "auth", "authenticate", "authenticated", "authorize",
     "authorized", "authorization", "cookie", "cookies", "key", "secret", "password", "credentials", "user", "nonce",
     "ticket", "depends", "security", "verify", "csrf", "jwt")
)  # fmt: skip
