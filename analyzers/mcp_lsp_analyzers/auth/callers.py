"""Whether callers are really asked who they are: middleware that lets everybody through, routes that were left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..code import Assign, Attr, Call, Const, Define, Expr, Function, If, Lambda, Logic, Name, Not, Raise, Return
from ..passage import Passage
from ..pattern import pattern
from ..routes import Route, Routes
from ..rule import Example, Finding, Related, Severity, rule
from ..walk import body, sites
from .values import brought, is_secret, name_of


@rule(
    "MCP420",
    severity=Severity.WARNING,
    references=("CWE-306", "CWE-636", "CWE-287", "MCP07:2025", "SAFE-T1005", "CoSAI MCP-T1"),
    words=("next", "handler"),
    bad="""
    import logging

    from starlette.middleware.base import BaseHTTPMiddleware

    log = logging.getLogger(__name__)


    class AskForToken(BaseHTTPMiddleware):
        async def dispatch(self, request, call_next):
            token = request.headers.get("authorization")
            if not token:
                log.warning("a request without a token")
            return await call_next(request)
            #            ^^^^^^^^^ requests without `token` get through: their absence is only noted
    """,
    good="""
    from starlette.middleware.base import BaseHTTPMiddleware
    from starlette.responses import PlainTextResponse


    class AskForToken(BaseHTTPMiddleware):
        async def dispatch(self, request, call_next):
            token = request.headers.get("authorization")
            if not token:
                return PlainTextResponse("who are you?", 401)
            return await call_next(request)
    """,
    typescript=Example(
        bad="""
        export function askForToken(req, res, next) {
          const token = req.headers.authorization;
          if (!token) {
            console.error("a request without a token");
          }
          next();
        //^^^^ requests without `token` get through: their absence is only noted
        }
        """,
        good="""
        export function askForToken(req, res, next) {
          const token = req.headers.authorization;
          if (!token) {
            res.status(401).end();
            return;
          }
          next();
        }
        """,
    ),
)
def authentication_that_lets_everyone_through(passage: Passage) -> Iterator[Finding]:
    """Middleware looks for a token, sees that there is none, and hands the request on.

    What comes behind then runs for anybody, often with the credentials of whoever started the server (CVE-2026-48039).
    The same holds where a token is only kept for what comes behind, and nothing there says no to who brings none.

    Answer with 401 where the token is missing or wrong, before anything else is called.
    """
    for site in passage.of(Define, Lambda):
        function = site.node.function  # type: ignore[attr-defined]
        onward = _onward(function)
        if onward is None:
            continue
        if _refuses(function):
            continue
        missing = _noticed(function)
        if missing is None:
            yield from _kept_where_it_came(passage, function, onward)
            continue
        test, name = missing
        for inner in body(function):
            call = inner.node
            if isinstance(call, Call) and name_of(call.callee) == onward and call.start > test.end:
                yield Finding(
                    passage.at(inner.unit, call.callee),
                    f"requests without `{name}` get through: their absence is only noted",
                    related=(Related(passage.at(function.unit, test), "where its absence is noticed"),),
                    detail=name,
                )
                break


def _onward(function: Function) -> str | None:
    """The parameter by which a function hands a request on."""
    names = [param.name for param in function.params if param.name not in ("self", "cls")]
    if len(names) in (2, 3) and names[-1] in ("call_next", "next", "_next", "handler", "next_handler"):
        return names[-1]
    return None


def _noticed(function: Function) -> tuple[Expr, str] | None:
    """A test for a missing token behind which nothing ends the request."""
    for site in body(function, If):
        node = site.node
        assert isinstance(node, If)
        name = _absent(node.test) if site.unit is function.unit else ""
        if name and not _turns_away(node, function):
            return node.test, name
    return None


def _refuses(function: Function) -> bool:
    """Whether a function answers a request itself, whatever for."""
    for site in body(function):
        node = site.node
        if isinstance(node, Raise) or (isinstance(node, Const) and node.value in (401, 403)):
            return True
        if isinstance(node, Return) and node.value is not None and not _hands_on(node.value, function):
            return True
        if isinstance(node, Call) and name_of(node.callee) in _ENDS:
            return True
    return False


def _kept_where_it_came(passage: Passage, function: Function, onward: str) -> Iterator[Finding]:
    """Middleware that keeps the credential of whoever brings one, and hands on the requests of all others as well."""
    if not passage.about.mcp:
        return
    for site in body(function, If):
        node = site.node
        assert isinstance(node, If)
        held = node.test
        if not isinstance(held, Name) or node.otherwise or not brought(held, function):
            continue
        if not any(_keeps(inner.node, held.id) for inner in sites(node.then, site.unit, function)):
            continue
        for inner in body(function, Call):
            call = inner.node
            assert isinstance(call, Call)
            if name_of(call.callee) == onward and call.start >= node.end:
                yield Finding(
                    passage.at(inner.unit, call.callee),
                    f"requests without `{held.id}` get through: it is only kept where there is one",
                    related=(Related(passage.at(site.unit, held), "where it is kept"),),
                    detail=held.id,
                    severity=Severity.INFORMATION,
                )
                return


def _keeps(node: object, name: str) -> bool:
    """``TOKEN.set(token)``, ``request.state.token = token``"""
    if isinstance(node, Call) and isinstance(node.callee, Attr) and node.callee.name in ("set", "run"):
        return any(isinstance(arg.value, Name) and arg.value.id == name for arg in node.args)
    return isinstance(node, Assign) and isinstance(node.target, Attr) and name_of(node.value) == name


def _turns_away(missing: If, function: Function) -> bool:
    """Whether a branch goes back without handing the request on."""
    inside = [site.node for site in sites(missing.then, function.unit, function)]
    onward = _onward(function)
    return any(isinstance(node, Return) for node in inside) and not any(
        isinstance(node, Call) and name_of(node.callee) == onward for node in inside
    )


_ENDS = frozenset(("send", "end", "json", "sendStatus", "send_error", "abort"))


def _hands_on(value: Expr, function: Function) -> bool:
    if isinstance(value, Name):
        return True  # the answer that came back
    return any(
        isinstance(s.node, Call) and name_of(s.node.callee) == _onward(function) for s in sites(value, function.unit)
    )


def _absent(test: Expr) -> str:
    """The secret that a test finds missing; "" where it tests something else."""
    if isinstance(test, Not):
        name = name_of(test.value)
        return name if is_secret(name) else ""
    if isinstance(test, Logic) and test.op == "and":
        left, right = _absent(test.left), _absent(test.right)
        return left if left and right else ""
    return ""


@rule(
    "MCP421",
    severity=Severity.WARNING,
    references=("CWE-306", "CWE-862", "MCP07:2025", "SAFE-T1005", "CoSAI MCP-T1"),
    bad="""
    from fastapi import APIRouter, Depends

    from .login import require_user

    router = APIRouter()


    @router.get("/notes", dependencies=[Depends(require_user)])
    def notes() -> list[str]:
        return []


    @router.delete("/notes/{name}")
    #              ^^^^^^^^^^^^^^^ `delete /notes/{name}` asks nobody who is calling, the routes around it do
    def remove(name: str) -> None:
        print(name)
    """,
    good="""
    from fastapi import APIRouter, Depends

    from .login import require_user

    router = APIRouter()


    @router.get("/notes", dependencies=[Depends(require_user)])
    def notes() -> list[str]:
        return []


    @router.delete("/notes/{name}", dependencies=[Depends(require_user)])
    def remove(name: str) -> None:
        print(name)


    @router.get("/health")
    def health() -> str:
        return "well"
    """,
    typescript=Example(
        bad="""
        import { Router } from "express";
        import { requireUser } from "./login.js";

        const router = Router();
        router.get("/notes", requireUser, (req, res) => res.json([]));
        router.delete("/notes/:name", (req, res) => res.json(req.params.name));
        //            ^^^^^^^^^^^^^^ `delete /notes/:name` asks nobody who is calling, the routes around it do
        """,
        good="""
        import { Router } from "express";
        import { requireUser } from "./login.js";

        const router = Router();
        router.get("/notes", requireUser, (req, res) => res.json([]));
        router.delete("/notes/:name", requireUser, (req, res) => res.json(req.params.name));
        """,
    ),
)
def route_left_out_of_authentication(routes: Routes) -> Iterator[Finding]:
    """A route asks nobody who is calling, while the routes around it do.

    Dependencies and middleware that are written at each route are forgotten at one (CVE-2026-50027). What stands there
    is open to everybody who reaches the port.

    Ask at the router (`APIRouter(dependencies=[…])`, `router.use(…)`), so that a new route cannot be left out.
    """
    if not routes.mcp or routes.guarded_as_a_whole:
        return
    here = sum(route.guarded for route in routes.routes)
    open_ones = [route for route in routes.routes if not route.guarded and not _public(route)]
    if here < len(open_ones) if here else routes.beside < 3:
        return  # it is not that one was forgotten
    if not here and _PUBLIC.search("/".join(routes.uri.split("/")[-2:])):
        return
    where = "the routes around it do" if here else "the routes of the files beside it do"
    for route in open_ones:
        said = f"{route.method} {route.path}"
        yield Finding(route.place, f"`{said}` asks nobody who is calling, {where}", detail=said)


def _public(route: Route) -> bool:
    return (
        route.path in ("/", "", "*")
        or bool(_PUBLIC.search(f"{route.path} {route.name}"))
        or (route.method == "get" and _DOCUMENT.search(route.path) is not None)
    )


# A file by a fixed name (``/llms.txt``), and the list of where one can sign in.
_DOCUMENT = pattern(r"^[\w/.-]*\.(?:txt|xml|json|ico|svg|png|css|js|webmanifest)$|^/?providers$")


_PUBLIC = pattern(
    r"health|ready|alive|liveness|\bping|status|version|docs|openapi|favicon|static|assets|log_?in|log_?out|sign_?(?:in|up)"
    r"|regist|callback|oauth|authoriz|token|well-known|metrics|robots|\binfo|public|webhook|manifest|consent|redirect|banner|success|failure|thank"
    r"|forgot|reset[-_]?password|\bsso\b",
    re.IGNORECASE,
)
