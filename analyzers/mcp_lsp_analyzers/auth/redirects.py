"""Where a service sends a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..code import Attr, Binary, Call, Compare, Const, Expr, Function, If, Index, Join, Name, Not
from ..passage import Passage
from ..rule import Example, Finding, Severity, rule
from ..walk import body
from .values import from_request, mentions, name_of, origins, parts


@rule(
    "MCP411",
    severity=Severity.WARNING,
    references=("CWE-601", "MCP07:2025", "SAFE-T1507", "CoSAI MCP-T1"),
    words=("redirect", "httpfound", "httpseeother"),
    bad="""
    from starlette.requests import Request
    from starlette.responses import RedirectResponse


    async def authorize(request: Request) -> RedirectResponse:
        target = request.query_params["redirect_uri"]
        return RedirectResponse(f"{target}?code={request.state.code}")
        #                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the browser is sent to whatever address …
    """,
    good="""
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse, RedirectResponse, Response

    REGISTERED = {"http://127.0.0.1:8765/callback"}


    async def authorize(request: Request) -> Response:
        target = request.query_params["redirect_uri"]
        if target not in REGISTERED:
            return PlainTextResponse("unknown redirect_uri", 400)
        return RedirectResponse(f"{target}?code={request.state.code}")
    """,
    typescript=Example(
        bad="""
        export function authorize(req, res) {
          const target = req.query.redirect_uri;
          res.redirect(`${target}?code=${req.session.code}`);
          //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the browser is sent to whatever address …
        }
        """,
        good="""
        const REGISTERED = new Set(["http://127.0.0.1:8765/callback"]);

        export function authorize(req, res) {
          const target = req.query.redirect_uri;
          if (!REGISTERED.has(target)) {
            res.status(400).send("unknown redirect_uri");
            return;
          }
          res.redirect(`${target}?code=${req.session.code}`);
        }
        """,
    ),
)
def redirect_to_unchecked_address(passage: Passage) -> Iterator[Finding]:
    """A browser is redirected to an address out of the request that nothing checks.

    In an OAuth flow the redirect carries the authorization code. A link with somebody else's `redirect_uri` hands them
    the code, and with it the account, of whoever follows it.

    Take only addresses that the client registered, compared as a whole.
    """
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        name = passage.word(call.callee)
        if name not in _REDIRECTS or site.function is None:
            continue
        to = call.keyword("url") or call.keyword("location") or call.positional(0)
        if isinstance(to, Const):
            to = call.positional(1)
        for origin in origins(to, site.function):
            source = _start(origin)
            if not from_request(source, site.function) or name_of(source) in ("url", "path", "originalUrl"):
                continue
            if (isinstance(origin, Call) and name_of(origin.callee) not in _READS) or _checked(source, site.function):
                continue
            assert to is not None
            yield Finding(
                passage.at(site.unit, to), "the browser is sent to whatever address the request names", detail=name
            )
            break


_REDIRECTS = frozenset(("redirect", "RedirectResponse", "HTTPFound", "HTTPSeeOther", "redirect_to"))


_READS = frozenset(("get", "get_argument"))
"""What gives a value of the request as it is: ``request.query_params.get("redirect_uri")``."""


def _start(origin: Expr) -> Expr:
    """What an address begins with: the rest of it decides nothing about the host."""
    if isinstance(origin, Join) and origin.parts:
        return origin.parts[0]
    if isinstance(origin, Binary) and origin.op == "+":
        return _start(origin.left)
    return origin


def _checked(source: Expr, function: Function) -> bool:
    """Whether the function has a test or a call in which the value is looked at before."""
    names = {name_of(source)} | {name_of(part) for part in parts(source, function)}
    names.discard("")
    for site in body(function):
        node = site.node
        if isinstance(node, If) and mentions(node.test, names, site):
            if not _bare(node.test):
                return True
        if isinstance(node, Call) and re.search(
            r"valid|check|allow|verify|is_?safe|registered", name_of(node.callee), re.I
        ):
            if mentions(node.args, names, site):
                return True
    return False


def _bare(test: Expr) -> bool:
    """Whether a test only asks that there is a value at all."""
    if isinstance(test, Not):
        return _bare(test.value)
    if isinstance(test, Compare):
        return isinstance(test.right, Const) and test.right.value is None
    return isinstance(test, (Name, Attr, Index))
