"""Callers that are believed because of where they seem to call from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..code import Attr, Await, Call, Compare, Define, Expr, Function, If, Items, Lambda, Logic, Name, Not, Str
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..walk import Site, body, sites
from .interfaces import LOCAL
from .optional import lets_in
from .values import REQUESTS, name_of, operands, origins, parts


@rule(
    "MCP442",
    severity=Severity.INFORMATION,
    references=("CWE-290", "CWE-306", "CWE-287", "MCP07:2025", "SAFE-T1005", "CoSAI MCP-T1"),
    words=("local_", "localhost", "loopback", "127.0.0.1", "is_local", "islocal"),
    bad="""
    import hmac
    import os

    from starlette.middleware.base import BaseHTTPMiddleware
    from starlette.responses import PlainTextResponse


    class AskForToken(BaseHTTPMiddleware):
        async def dispatch(self, request, call_next):
            if request.client.host in ("127.0.0.1", "::1"):
            #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ … from this computer need no token: behind a proxy, all do
                return await call_next(request)
            token = request.headers.get("authorization", "")
            if not hmac.compare_digest(token, os.environ["NOTES_TOKEN"]):
                return PlainTextResponse("who are you?", 401)
            return await call_next(request)
    """,
    good="""
    import hmac
    import os

    from starlette.middleware.base import BaseHTTPMiddleware
    from starlette.responses import PlainTextResponse


    class AskForToken(BaseHTTPMiddleware):
        async def dispatch(self, request, call_next):
            near = request.client.host in ("127.0.0.1", "::1")
            if near and "x-forwarded-for" not in request.headers:
                return await call_next(request)
            token = request.headers.get("authorization", "")
            if not hmac.compare_digest(token, os.environ["NOTES_TOKEN"]):
                return PlainTextResponse("who are you?", 401)
            return await call_next(request)
    """,
    typescript=Example(
        bad="""
        import { sameToken } from "./same.js";

        export function askForToken(req, res, next) {
          if (isLoopback(req.socket.remoteAddress)) {
          //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ calls from this computer need no token: behind a proxy, all do
            next();
            return;
          }
          if (!sameToken(req.headers.authorization)) {
            res.status(401).end();
            return;
          }
          next();
        }
        """,
        good="""
        import { sameToken } from "./same.js";

        export function askForToken(req, res, next) {
          if (!sameToken(req.headers.authorization)) {
            res.status(401).end();
            return;
          }
          next();
        }
        """,
    ),
)
def nearness_instead_of_authentication(passage: Passage) -> Iterator[Finding]:
    """Who calls from this computer is asked for no token.

    Where they call is told by the `Host` header, which they write themselves, or by the address: behind a reverse proxy
    or a tunnel every request comes from 127.0.0.1, also those of strangers; and any program on the machine, run by
    whomever, is near as well.

    Ask everybody. Where callers on the machine are to be spared, refuse that as soon as a request has been forwarded
    (`X-Forwarded-For`, `Forwarded`), and listen on loopback only.
    """
    if not passage.about.mcp:
        return
    for site in passage.of(Define, Lambda):
        function: Function = site.node.function  # type: ignore[attr-defined]
        text = function.text.lower()
        if "forwarded" in text:
            continue
        yield from _or_near(passage, function)
        if not any(word in text for word in ("authorization", "bearer", "api_key", "api-key")):
            continue
        for inner in body(function):
            node = inner.node
            if isinstance(node, If) and (near := _near(node.test, inner)) is not None and _let_in(node, function):
                yield Finding(
                    passage.at(inner.unit, near),
                    "calls from this computer need no token: behind a proxy, all do",
                    detail=function.name,
                )


def _or_near(passage: Passage, function: Function) -> Iterator[Finding]:
    """``if (isLocalRequest(request) || await hasValidToken(request)) return next();``"""
    for inner in body(function, If):
        node = inner.node
        assert isinstance(node, If)
        if not isinstance(node.test, Logic) or node.test.op not in ("or", "||") or not _let_in(node, function):
            continue
        either = [part.value if isinstance(part, Await) else part for part in operands(node.test)]
        near = next((part for part in either if _LOCAL.search(_asked(part)) and _of_caller(part, function)), None)
        if near is not None and any(part is not near and _KNOWN.search(_asked(part)) for part in either):
            said = "calls from this computer need no token: behind a proxy, all do"
            yield Finding(passage.at(inner.unit, near), said, detail=function.name)


_KNOWN = pattern(r"(?i)auth|token|session|logged|jwt|api_?key")


def _of_caller(part: Expr, function: Function) -> bool:
    """Whether it is asked of a request, and not of some address, nor of how this program was started."""
    return any(isinstance(each, Name) and each.id in REQUESTS for each in parts(part, function))


def _asked(part: Expr) -> str:
    return name_of(part.callee if isinstance(part, Call) else part)


def _let_in(node: If, function: Function) -> bool:
    return bool(node.then) and lets_in(node.then, function)


_LOCAL = pattern(r"_?is_?(?:local|loopback)|^_?(?:local|loopback)_?(?:hosts?|addresses|ips|names)?$", re.IGNORECASE)
_HERE = LOCAL | {"::ffff:127.0.0.1"}


def _near(test: Expr, site: Site) -> Expr | None:
    """What of a test asks whether the caller is on this computer, where it is not denied."""
    for inner in sites(test, site.unit, site.function, functions=False, kinds=(Call, Compare, Not)):
        node = inner.node
        if isinstance(node, Not):
            return None
        if isinstance(node, Call) and _LOCAL.search(name_of(node.callee)):
            if any(_peer(arg.value, site.function) for arg in node.args):
                return node
        elif isinstance(node, Compare) and node.op in ("in", "==", "===") and _here(node.right):
            if _peer(node.left, site.function):
                return node
    return None


def _here(value: Expr) -> bool:
    if isinstance(value, Str):
        return value.value in _HERE
    if isinstance(value, Items):
        return bool(value.items) and all(isinstance(item, Str) and item.value in _HERE for item in value.items)
    return isinstance(value, (Name, Attr)) and _LOCAL.search(name_of(value)) is not None


def _peer(value: Expr, function: Function | None) -> bool:
    """Whether a value is the address that a request came from, not the name by which the server was called."""
    for origin in (value, *origins(value, function)):
        said = frozenset(words(name_of(origin)))
        if not _PEERS.isdisjoint(said):
            return True
        if isinstance(origin, Attr) and origin.name == "host" and "client" in words(name_of(origin.value)):
            return True
    return False


_PEERS = frozenset(("client", "remote", "peer", "ip", "addr"))
