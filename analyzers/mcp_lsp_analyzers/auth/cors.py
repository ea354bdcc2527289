"""Whose pages may call a service with its users' credentials."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Choice, Const, Dict, Expr, Items, Logic, Name, Str
from ..place import Span
from ..rule import Example, Finding, Severity, rule
from ..wiring import Wiring
from . import values


@rule(
    "MCP404",
    severity=Severity.WARNING,
    references=("CWE-346", "MCP07:2025", "SAFE-T1005"),
    bad="""
    from mcp.server.fastmcp import FastMCP
    from starlette.middleware.cors import CORSMiddleware

    mcp = FastMCP("notes")
    app = mcp.streamable_http_app()
    app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)
    #                                                ^^^^^ pages of any origin may call this server with credentials
    """,
    good="""
    from mcp.server.fastmcp import FastMCP
    from starlette.middleware.cors import CORSMiddleware

    mcp = FastMCP("notes")
    app = mcp.streamable_http_app()
    app.add_middleware(CORSMiddleware, allow_origins=["https://notes.example"], allow_credentials=True)
    """,
    typescript=Example(
        bad="""
        import cors from "cors";
        import express from "express";

        const app = express();
        app.use(cors({ origin: true, credentials: true }));
        //                     ^^^^ pages of any origin may call this server with credentials
        """,
        good="""
        import cors from "cors";
        import express from "express";

        const app = express();
        app.use(cors({ origin: ["https://notes.example"], credentials: true }));
        """,
    ),
)
def any_origin_with_credentials(wiring: Wiring) -> Iterator[Finding]:
    """CORS lets pages of any origin call the server with the user's credentials.

    With credentials allowed, a browser sends cookies and saved authorisation along with requests that a foreign page
    makes, and lets that page read the answers. (A literal `*` together with credentials is refused by browsers, so
    frameworks answer with the caller's own origin instead: the effect is the same.)

    Name the origins that may call, or leave credentials out.
    """
    if not wiring.about_mcp:
        return
    for call in wiring.calls:
        name = call.target.rpartition(".")[2]
        origins: Expr | None
        if wiring.language == "python" and name in ("add_middleware", "CORSMiddleware", "Middleware"):
            credentials = call.expr.keyword("allow_credentials")
            origins = call.expr.keyword("allow_origin_regex") or call.expr.keyword("allow_origins")
        elif wiring.language != "python" and name == "cors":
            options = call.expr.positional(0)
            if not isinstance(options, Dict):
                continue
            origins, credentials = options.get("origin"), options.get("credentials")
        else:
            continue
        meant = values.origins(origins, call.function)
        if origins is not None and any(map(_any_origin, meant)) and _allowed(credentials, origins):
            place = call.place.part(Span(origins.start, origins.end))
            yield Finding(place, "pages of any origin may call this server with credentials", detail=name)


def _allowed(credentials: Expr | None, origins: Expr) -> bool:
    """Whether credentials go along: always, or as settings say where any origin is what stands in for no setting."""
    if credentials is None or isinstance(credentials, Const):
        return credentials is not None and credentials.value is True
    return isinstance(origins, (Logic, Choice, Name))


def _any_origin(value: Expr) -> bool:
    if isinstance(value, Logic):  # ``settings.origins or ["*"]``
        return value.op in ("or", "??") and _any_origin(value.right)
    if isinstance(value, Items):
        return any(_any_origin(item) for item in value.items)
    if isinstance(value, Str):
        return value.value in ("*", ".*", "^.*$", ".+", "^.+$")
    return isinstance(value, Const) and value.value is True
