"""Whose pages may call a service with its users' credentials."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import (
    Call,
    Choice,
    Const,
    Dict,
    Do,
    Expr,
    Function,
    If,
    Items,
    Lambda,
    Logic,
    Name,
    Not,
    Return,
    Stmt,
    Str,
    Unit,
    flat,
)
from ..place import Span
from ..rule import Example, Finding, Severity, rule
from ..walk import sites
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
        any_one = any(map(_any_origin, meant)) or (isinstance(origins, Lambda) and _admits_all(origins.function))
        if origins is not None and any_one and _allowed(credentials, origins):
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


def _admits_all(function: Function) -> bool:
    """Whether a function that is asked for each origin says yes, on some way, to one that it has not looked at:
    ``(origin) => origin``, ``(origin, answer) => answer(null, true)``."""
    names = [param.name for param in function.params[:2]]
    return bool(names) and _says_yes(function.body, function, names[0], names[1] if len(names) == 2 else "") is True


def _says_yes(statements: list[Stmt], function: Function, asked: str, answer: str) -> bool | None:
    """``None`` where the statements come to no answer, and have not looked at the origin."""
    for statement, unit in flat(statements):
        if isinstance(statement, If):
            test = statement.test.value if isinstance(statement.test, Not) else statement.test
            if _is(test, asked):  # whether there is one: whoever has none is no page
                there = statement.then if test is statement.test else statement.otherwise
                found = _says_yes(there, function, asked, answer)
            elif _mentioned(test, asked, unit, function):
                return False
            else:
                found = _says_yes(statement.then, function, asked, answer)
                found = found or _says_yes(statement.otherwise, function, asked, answer)
            if found:
                return True
            continue
        given = statement.value if isinstance(statement, (Return, Do)) else None
        if answer and isinstance(given, Call) and values.name_of(given.callee) == answer:
            said = given.positional(1)
            return said is not None and (_is(said, asked) or values.is_constant(said, True))
        if isinstance(statement, Return):
            given = given.left if isinstance(given, Logic) and given.op in ("or", "??") else given
            return not answer and _is(given, asked)
        if _mentioned(statement, asked, unit, function):
            return False
    return None


def _mentioned(part: object, name: str, unit: Unit | None, function: Function) -> bool:
    return any(_is(site.node, name) for site in sites(part, unit or function.unit, function, kinds=(Name,)))


def _is(value: object, name: str) -> bool:
    return isinstance(value, Name) and value.id == name
