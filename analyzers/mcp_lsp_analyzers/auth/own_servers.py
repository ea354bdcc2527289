"""Servers that answer HTTP requests by hand: what a library would check for them, they have to check themselves."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Attr, Class, Const, DefineClass, Index, Lambda, Str
from ..code import Call as CallExpr
from ..flow import Call
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Finding, Severity, rule
from ..testing import named_as_test
from ..walk import sites
from ..wiring import Wiring
from .exposure import is_transport, until_answered
from .interfaces import HTTP_APPS
from .listening import everywhere, is_callback
from .values import name_of


@rule(
    "MCP432",
    severity=Severity.WARNING,
    references=("CWE-346", "CWE-350", "MCP07:2025", "SAFE-T1005"),
    words=("httprequesthandler",),
    bad="""
    import json
    from http.server import BaseHTTPRequestHandler

    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("notes")


    class NotesHandler(BaseHTTPRequestHandler):
        # ^^^^^^^^^^^^ answers MCP requests and looks at no `Host` header: a web page can reach this server
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            request = json.loads(self.rfile.read(length))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": {}}).encode())
    """,
    good="""
    import json
    from http.server import BaseHTTPRequestHandler

    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("notes")
    NAMES = ("localhost:8000", "127.0.0.1:8000")


    class NotesHandler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            if self.headers.get("Host") not in NAMES:
                self.send_error(403)
                return
            length = int(self.headers.get("Content-Length", 0))
            request = json.loads(self.rfile.read(length))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": {}}).encode())
    """,
)
def own_server_without_host_check(service: Wiring | Passage) -> Iterator[Finding]:
    """A server of one's own does what it is asked to, whatever name it was called by.

    `http.server` checks nothing, nor do Flask, FastAPI or Express by themselves. A web page can point a name of its
    own at 127.0.0.1 (DNS rebinding) and then call the tools, or a control panel that stands beside them, as if it were
    a local client, in the browser of whoever opened the page. Headers that allow origins (CORS) decide who may read an
    answer, not whether a request is carried out.

    Refuse requests whose `Host` is not one of the names under which the server is really reached, and whose `Origin` is
    not one you know, before the body is read. Or let the SDK serve: its transports check both.
    """
    if isinstance(service, Wiring):
        yield from _apps(service)
        return
    passage = service
    for site in passage.of(DefineClass):
        node = site.node
        assert isinstance(node, DefineClass)
        cls = node.cls
        if not passage.about.mcp or not _answers(passage, cls) or _looks(cls) or named_as_test(passage.about.uri):
            continue
        place = passage.place(site.unit, cls.name_start, cls.name_start + len(cls.name))
        if _speaks(cls):
            said = "answers MCP requests and looks at no `Host` header: a web page can reach this server"
            yield Finding(place, said, detail=cls.name)
        elif _KNOWN_BY.isdisjoint(word for header in _headers(cls) for word in words(header)):
            said = "does what is posted to it and looks at no `Host` header: a web page can reach it"
            yield Finding(place, said, detail=cls.name, severity=Severity.INFORMATION)


def _apps(wiring: Wiring) -> Iterator[Finding]:
    """Apps of a framework that are served on this computer, beside the tools."""
    if not wiring.about_mcp or wiring.checks_host or wiring.checks_caller or named_as_test(wiring.uri):
        return
    names = [call.target.rpartition(".")[2] for call in wiring.calls]
    if any(is_transport(call) for call in wiring.calls) or any(name.endswith(_TRANSPORTS) for name in names):
        return  # what is said of the transport holds for the app as well
    makes = any(call.target in _MADE for call in wiring.calls)
    takes = any(_reads_bodies(call) for call in wiring.calls)
    raw = any(_here(call, wiring) for call in wiring.calls)
    for call in wiring.calls:
        if raw and call.target == "http.createServer" and _answers_by_hand(call) and not until_answered(call):
            said = "no `Host` header is looked at: a web page can reach this server by a name of its own"
            yield Finding(call.callee_place, said, detail=call.target, severity=Severity.INFORMATION)
            return
        if call.target in _RUN or (takes and call.target == "express.listen") or (makes and call.target in _SERVED):
            if _local(call, wiring) and not until_answered(call):
                said = "no `Host` header is looked at: a web page can reach this app by a name of its own"
                yield Finding(call.callee_place, said, detail=call.target, severity=Severity.INFORMATION)
                return


_TRANSPORTS = (*HTTP_APPS, "SseServerTransport", "SessionManager", "createMcpExpressApp")
_RUN = frozenset(("flask.Flask.run", "quart.Quart.run", "aiohttp.web.run_app", "fastify.listen"))
_MADE = frozenset(("fastapi.FastAPI", "starlette.applications.Starlette"))
_SERVED = frozenset(("uvicorn.run", "uvicorn.Config"))
_BODIES = frozenset(("json", "urlencoded", "text", "raw"))
"""What reads what is posted to an app of Express, which takes nothing otherwise: ``app.use(express.json())``."""


def _reads_bodies(call: Call) -> bool:
    given = (arg.value for arg in call.expr.args)
    return any(isinstance(value, CallExpr) and name_of(value.callee) in _BODIES for value in given)


def _here(call: Call, wiring: Wiring) -> bool:
    """Whether a call listens on an address that it names, and that is not every one: ``server.listen(port, HOST)``."""
    host = call.expr.positional(1)
    if call.target.rpartition(".")[2] != "listen" or host is None or is_callback(host):
        return False
    return _local(call, wiring)


def _answers_by_hand(call: Call) -> bool:
    """Whether a server is given what answers all its requests, and does not wait for somebody who signs in."""
    first = call.expr.positional(0)
    return isinstance(first, Lambda) and len(first.function.params) > 1 and _SIGNS_IN.search(call.unit.key) is None


_SIGNS_IN = pattern(r"(?i)callback|oauth|redirect_?ur[il]|authorization_?code|code_verifier")


def _local(call: Call, wiring: Wiring) -> bool:
    """Whether a call listens on this computer, as far as is known."""
    return next(everywhere(call, wiring), None) is None


_KNOWN_BY = frozenset(("authorization", "token", "cookie", "signature", "secret", "key"))
"""What requests bring along that no foreign page knows."""


def _headers(cls: Class) -> Iterator[str]:
    """The names of the headers that a class reads."""
    for method in cls.methods():
        for site in sites(method.body, method.unit, kinds=(CallExpr, Index)):
            node = site.node
            of = node.value if isinstance(node, Index) else node.callee.value if isinstance(node.callee, Attr) else None  # type: ignore[attr-defined]
            if name_of(of) == "headers":
                yield name_of(node)


def _answers(passage: Passage, cls: Class) -> bool:
    """Whether it takes what is sent to it, by a class that checks nothing."""
    bases = [passage.word(base) for base in cls.bases]
    if "unix" in words(cls.name):  # on a socket that has no address, and that no browser opens
        return False
    return any(base.endswith("HTTPRequestHandler") for base in bases) and any(
        method.name == "do_POST" for method in cls.methods()
    )


_PROTOCOL = ("jsonrpc", "/mcp", "mcp/", "tools/")


def _speaks(cls: Class) -> bool:
    """Whether what it answers is the protocol: a listener for one OAuth answer is something else."""
    return "mcp" in cls.name.lower() or any(word in text for text in _texts(cls) for word in _PROTOCOL)


def _looks(cls: Class) -> bool:
    """Whether it reads the ``Host`` header, or refuses by ``Origin``."""
    texts = set(_texts(cls))
    if "host" in texts:
        return True
    refuses = any(
        (isinstance(site.node, Const) and site.node.value == 403)
        or (isinstance(site.node, Attr) and site.node.name == "FORBIDDEN")
        for method in cls.methods()
        for site in sites(method.body, method.unit, kinds=(Const, Attr))
    )
    return "origin" in texts and refuses


def _texts(cls: Class) -> Iterator[str]:
    for method in cls.methods():
        for site in sites(method.body, method.unit, kinds=(Str,)):
            assert isinstance(site.node, Str)
            yield site.node.value.lower()
