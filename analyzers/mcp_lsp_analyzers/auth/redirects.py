"""Where a service sends a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..code import (
    Attr,
    Binary,
    Call,
    Choice,
    Compare,
    Const,
    Dict,
    Expr,
    Function,
    If,
    Index,
    Items,
    Join,
    Logic,
    Name,
    Not,
    Return,
    Str,
    last_name,
)
from ..expressions import spelled
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..walk import body, sites
from .values import REQUESTS, from_request, given_by_route, is_parameter, name_of, origins


@rule(
    "MCP411",
    severity=Severity.WARNING,
    references=("CWE-601", "MCP07:2025", "SAFE-T1507", "CoSAI MCP-T1"),
    words=("redirect", "httpfound", "httpseeother", "location"),
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

    Take only addresses that the client registered, compared as a whole. To refuse `javascript:` admits every other
    host, and `//elsewhere` begins with a slash as well. A `state` that is but encoded comes from whoever made the link:
    sign it, or keep what belongs to it.
    """
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        function = site.function
        to = _leads_to(passage.word(call.callee), call) if function is not None else None
        for origin in origins(to, function):
            source = _start(origin, function)
            if not _chosen(source, function) and not _out_of_decoded(source, function, passage):
                continue
            assert to is not None
            assert function is not None
            if not _checked(to, origin, function):
                said = "the browser is sent to whatever address the request names"
                yield Finding(passage.at(site.unit, to), said, detail=passage.word(call.callee))
                break


_REDIRECTS = frozenset(("redirect", "RedirectResponse", "HTTPFound", "HTTPSeeOther", "redirect_to"))
_HEADERS = frozenset(("setHeader", "set_header", "header", "append"))


def _leads_to(name: str, call: Call) -> Expr | None:
    """Where a call sends a browser."""
    if name in _REDIRECTS:
        to = call.keyword("url") or call.keyword("location") or call.positional(0)
        return call.positional(1) if isinstance(to, Const) else to
    if name in _HEADERS:
        first = call.positional(0)
        return call.positional(1) if isinstance(first, Str) and first.value.lower() == "location" else None
    if name != "writeHead" and not name.endswith("Response"):
        return None
    for arg in call.args:
        for options in (arg.value, arg.value.get("headers") if isinstance(arg.value, Dict) else None):
            for pair in options.pairs if isinstance(options, Dict) else ():
                if isinstance(pair.key, Str) and pair.key.value.lower() == "location":
                    return pair.value
    return None


_READS = frozenset(("get", "get_argument", "query", "param"))
"""What gives a value of the request as it is: ``request.query_params.get("redirect_uri")``."""

_AS_TEXT = frozenset(("str", "String", "toString", "strip", "trim", "decodeURIComponent", "unquote"))


def _start(origin: Expr, function: Function | None) -> Expr:
    """What an address begins with: the rest of it decides nothing about the host."""
    for _ in range(8):
        if isinstance(origin, Join) and origin.parts:
            origin = origin.parts[0]
        elif isinstance(origin, Binary) and origin.op == "+":
            origin = origin.left
        elif isinstance(origin, Attr) and origin.name == "href":
            origin = origin.value
        elif isinstance(origin, Call) and name_of(origin.callee) in _AS_TEXT:
            callee = origin.callee
            inner = origin.args[0].value if origin.args else callee.value if isinstance(callee, Attr) else None
            if inner is None:
                return origin
            origin = inner
        elif isinstance(origin, Call) and origin.new and name_of(origin.callee) == "URL" and origin.args:
            origin = origin.args[0].value
        elif isinstance(origin, Name):
            found = list(origins(origin, function))
            if len(found) != 1 or found[0] is origin:
                return origin
            origin = found[0]
        else:
            return origin
    return origin


_WHERE = frozenset(("redirect", "url", "uri", "next", "return", "goto", "target", "callback", "continue", "dest"))


def _chosen(source: Expr, function: Function | None) -> bool:
    """Whether it comes out of the request, or is what a route is given: ``@app.get("/done")``."""
    if isinstance(source, Logic):
        return _chosen(source.left, function) or _chosen(source.right, function)
    if isinstance(source, Name):
        return given_by_route(source, function) and not _WHERE.isdisjoint(words(source.id))
    if name_of(source) in ("url", "path", "originalUrl") or not from_request(source, function):
        return False
    if not isinstance(source, Call):
        return True
    reads = name_of(source.callee) in _READS or last_name(source.callee) in _READS
    return reads and isinstance(source.positional(0), Str)  # what is kept elsewhere has keys out of the request


def _out_of_decoded(source: Expr, function: Function | None, passage: Passage) -> bool:
    """Whether it is an address in something that came with the request and is but decoded, so that whoever made the
    request wrote it: ``state.redirectUri`` of ``JSON.parse(atob(req.query.state))``."""
    held = source.callee if isinstance(source, Call) else source
    whole = source
    if isinstance(held, (Attr, Index)) and not _WHERE.isdisjoint(words(name_of(source))):
        whole = held.value
    for made in origins(whole, function):
        if _decoded(made, function):
            return True
        if isinstance(made, Call) and any(from_request(arg.value, function) for arg in made.args):
            bound = passage.declared(made.callee.id) if isinstance(made.callee, Name) else None
            if bound is not None and bound.function is not None and _decodes(bound.function):
                return True
    return False


def _decodes(function: Function) -> bool:
    """Whether a function of the file gives what it is given, decoded, and looks at no signature."""
    return _SIGNED.search(function.text) is None and any(
        _decoded(made, function, of=function)
        for site in body(function, Return)
        if isinstance(site.node, Return)
        for made in origins(site.node.value, function)
    )


_SIGNED = pattern(r"hmac|sign|verif|digest|timing_?safe|compare|decrypt|decipher", re.IGNORECASE)
_ENCODED = frozenset(("atob", "b64decode", "urlsafe_b64decode", "standard_b64decode", "decodeURIComponent", "unquote"))


def _decoded(value: Expr, function: Function | None, depth: int = 0, of: Function | None = None) -> bool:
    """Whether a value is read out of a text of the request, or of what the function ``of`` is given, by what checks
    nothing: no signature, and no key."""
    if not isinstance(value, Call) or depth > 4:
        return False
    name = name_of(value.callee)
    inner: Expr | None = None
    if spelled(value.callee) in ("JSON.parse", "json.loads", "Buffer.from") or name in _ENCODED:
        inner = value.positional(0)
    elif name in ("toString", "decode") and isinstance(value.callee, Attr):
        inner = value.callee.value
    for made in origins(inner, function):
        given = from_request(made, function) if of is None else is_parameter(made, of)
        if _decoded(made, function, depth + 1, of) or (depth > 0 and given):
            return True
    return False


_ASKS = pattern(r"valid|check|allow|verif|safe|regist|match|assert|ensure|trust", re.IGNORECASE)


def _checked(to: Expr, origin: Expr, function: Function) -> bool:
    """Whether the function has a test or a call in which the value is looked at."""
    names = {"redirect_uri", "redirectUri"} & {name_of(origin), name_of(to)}
    for root in (to, origin):
        for site in sites(root, function.unit, function, functions=False):
            names.add(name_of(site.node))
            if isinstance(site.node, Name):
                for one in origins(site.node, function):
                    names |= {name_of(inner.node) for inner in sites(one, function.unit, function, functions=False)}
    names -= _NO_NAMES
    for site in body(function):
        node = site.node
        tests: list[Expr] = []
        if isinstance(node, (If, Choice)):
            tests.append(node.test)
        if isinstance(node, Call) and _ASKS.search(name_of(node.callee)) and name_of(node.callee) not in _ENCODED:
            if any(_mention(arg.value, names, function) for arg in node.args):
                return True
        if any(_mention(test, names, function) and not _says_little(test, names, function) for test in tests):
            return True
    return False


_NO_NAMES = REQUESTS | frozenset(
    ("", "query", "query_params", "searchParams", "args", "params", "get", "body", "URL", "String", "str")
)


def _mention(part: Expr, names: set[str], function: Function) -> bool:
    return any(name_of(site.node) in names for site in sites(part, function.unit, function))


_BEGINNINGS = pattern(r"/|https?(?::(?://)?)?|[a-z]+:")


def _says_little(test: Expr, names: set[str], function: Function) -> bool:
    """Whether a test only asks that there is a value, that it is text, or how it begins: with a slash or a scheme that
    any host goes on from, or with none of some schemes."""
    if isinstance(test, Not):
        return _says_little(test.value, names, function)
    if isinstance(test, Logic):
        return all(
            not _mention(side, names, function) or _says_little(side, names, function)
            for side in (test.left, test.right)
        )
    if isinstance(test, Compare):
        if isinstance(test.left, Call) and name_of(test.left.callee) == "typeof":
            return True
        return isinstance(test.right, Const) and test.right.value is None
    if isinstance(test, Call) and name_of(test.callee) in ("startsWith", "startswith"):
        given = test.positional(0)
        said = given.items if isinstance(given, Items) else [given]
        return all(isinstance(one, Str) and _BEGINNINGS.fullmatch(one.value) for one in said)
    return isinstance(test, (Name, Attr, Index)) or (isinstance(test, Call) and last_name(test.callee) in _READS)
