"""How a service talks to others and keeps its clients apart: certificates, debugging, what all sessions share."""

from __future__ import annotations

from collections.abc import Iterator

from .. import inside
from ..code import Assign, Attr, Call, Dict, Expr, Function, Index, Name, Pair, Str
from ..identifier import words
from ..passage import Passage
from ..rule import Example, Finding, Related, Severity, rule
from ..testing import named_as_test
from ..walk import Site
from .values import conditional, from_request, is_constant, is_secret, name_of, origins


@rule(
    "MCP413",
    severity=Severity.WARNING,
    references=("CWE-295", "MCP07:2025", "CoSAI MCP-T7"),
    words=("rejectunauthorized", "reject_unauthorized", "check_hostname", "cert_none", "verify", "ssl"),
    bad="""
    import httpx


    def client() -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url="https://api.example", verify=False)
        #                                                               ^^^^^ certificates are not checked: …
    """,
    good="""
    import ssl

    import httpx

    TRUSTED = ssl.create_default_context(cafile="/etc/notes/ca.pem")


    def client() -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url="https://api.example", verify=TRUSTED)
    """,
    typescript=Example(
        bad="""
        import https from "node:https";

        export const agent = new https.Agent({ rejectUnauthorized: false });
        //                                                         ^^^^^ certificates are not checked: …
        """,
        good="""
        import { readFileSync } from "node:fs";
        import https from "node:https";

        export const agent = new https.Agent({ ca: readFileSync("/etc/notes/ca.pem") });
        """,
    ),
)
def certificate_not_checked(passage: Passage) -> Iterator[Finding]:
    """TLS connections are made without a check of the other side's certificate.

    Whoever sits between (a Wi-Fi, a proxy, a name server) can then read and change everything, the server's own tokens
    included, and what a model is given to read.

    Leave the check on. For a certificate of your own authority, name that authority (`verify=` a context or a file,
    `ca:` in Node). Where users must be able to switch it off, let them, by a setting that is on by default.
    """
    if named_as_test(passage.about.uri):
        return
    for site in passage.of(Call, Pair, Assign):
        value = _unverified(passage, site)
        if value is not None and not conditional(passage, site) and not _says_so(site.function):
            yield Finding(
                passage.at(site.unit, value),
                "certificates are not checked: anybody on the way can answer",
                detail="certificate",
            )


def _says_so(function: Function | None) -> bool:
    """Whether the function or class around is there for those who switched the check off."""
    if function is None:
        return False
    said = {*words(function.name), *words(function.cls.name if function.cls is not None else "")}
    return not {"ignore", "insecure", "unverified", "skip", "unsafe", "untrusted"}.isdisjoint(said)


_LIBRARIES = ("requests", "httpx", "aiohttp", "urllib3", "websockets", "niquests")


def _unverified(passage: Passage, site: Site) -> Expr | None:
    node = site.node
    if isinstance(node, Pair):
        if isinstance(node.key, Str) and node.key.value == "rejectUnauthorized" and is_constant(node.value, False):
            return node.value
    elif isinstance(node, Assign):
        name = name_of(node.target)
        if name == "check_hostname" and is_constant(node.value, False):
            return node.value
        if name == "NODE_TLS_REJECT_UNAUTHORIZED" and node.value is not None:
            zero = (isinstance(node.value, Str) and node.value.value == "0") or is_constant(node.value, 0)
            return node.value if zero else None
    elif isinstance(node, Call):
        for arg in node.args:
            if arg.name in ("verify", "verify_ssl", "ssl") and is_constant(arg.value, False):
                if passage.target(node, site.function).startswith(_LIBRARIES):
                    return arg.value
    return None


@rule(
    "MCP414",
    severity=Severity.WARNING,
    references=("CWE-489", "CWE-209", "MCP07:2025"),
    words=("debug",),
    bad="""
    from flask import Flask

    app = Flask(__name__)

    if __name__ == "__main__":
        app.run(debug=True)
        #             ^^^^ whoever provokes an error can run code in the server
    """,
    good="""
    from flask import Flask

    app = Flask(__name__)

    if __name__ == "__main__":
        app.run()
    """,
)
def debugger_for_everyone(passage: Passage) -> Iterator[Finding]:
    """The web framework's debug mode is on.

    Flask's debugger answers an error with a console in which anybody can run Python. Starlette and FastAPI answer with
    the source and the variables around the error, tokens among them.

    Leave it off; let a developer switch it on by an environment variable.
    """
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        value = call.keyword("debug")
        if not is_constant(value, True) or name_of(call.callee) not in ("run", "Starlette", "FastAPI"):
            continue
        target = passage.target(call, site.function)
        assert value is not None
        if target.startswith("flask."):
            message = "whoever provokes an error can run code in the server"
        elif target.startswith(("starlette.", "fastapi.")):
            message = "whoever provokes an error reads source and variables of the server"
        else:
            continue
        yield Finding(passage.at(site.unit, value), message, detail=target)


@rule(
    "MCP415",
    severity=Severity.WARNING,
    references=("CWE-488", "CWE-362", "MCP07:2025", "CoSAI MCP-T7"),
    words=("connect", "handlerequest(", "environ", "env"),
    bad="""
    import os

    from starlette.requests import Request


    async def use_token_of(request: Request) -> None:
        os.environ["NOTES_TOKEN"] = request.headers["authorization"]
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^ every client's calls use what this one request brought along
    """,
    good="""
    from contextvars import ContextVar

    from starlette.requests import Request

    TOKEN: ContextVar[str] = ContextVar("token")


    async def use_token_of(request: Request) -> None:
        TOKEN.set(request.headers["authorization"])
    """,
    typescript=Example(
        bad="""
        import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
        import { server } from "./server.js";

        export async function handle(req, res) {
          const transport = new StreamableHTTPServerTransport({ allowedHosts: ["127.0.0.1:3000"] });
          await server.connect(transport);
          //    ^^^^^^^^^^^^^^ one server for all clients: answers can reach the wrong one
          await transport.handleRequest(req, res, req.body);
        }
        """,
        good="""
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
        import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

        const newServer = () => new McpServer({ name: "notes", version: "1.0.0" });

        export async function handle(req, res) {
          const transport = new StreamableHTTPServerTransport({ allowedHosts: ["127.0.0.1:3000"] });
          const server = newServer();
          await server.connect(transport);
          await transport.handleRequest(req, res, req.body);
        }
        """,
    ),
)
def session_shared_by_all_clients(passage: Passage) -> Iterator[Finding]:
    """What belongs to one client is kept where all clients share it.

    A server object knows one transport: connected anew for each request, it sends answers to whoever came last
    (CVE-2026-25536 in the TypeScript SDK). A transport without sessions tells the requests it answers by the number
    that each client counts for itself, and is for one of them: the SDK refuses the second since 1.26. A token that one
    request brought, kept in a global or in the environment, is used for the calls of the others.

    Make a server and a transport for each session or request; keep what a request brings in a `ContextVar`, in
    `AsyncLocalStorage` or in the session.
    """
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        if name_of(call.callee) == "connect" and site.function is not None and _shared_server(passage, call, site):
            yield Finding(
                passage.at(site.unit, call.callee),
                "one server for all clients: answers can reach the wrong one",
                detail="connect",
            )
        elif name_of(call.callee) == "handleRequest" and (made := _shared_transport(passage, call, site)) is not None:
            yield Finding(
                passage.at(site.unit, call.callee),
                "one transport without sessions for all clients: answers can reach the wrong one",
                related=(Related(passage.at(made.unit, made.node), "where it is made"),),
                detail="handleRequest",
            )
    for site in passage.of(Assign):
        node = site.node
        assert isinstance(node, Assign)
        target = node.target
        if site.function is None or node.value is None or not isinstance(target, (Index, Attr)):
            continue
        base = target.value
        if name_of(base) not in ("environ", "env") or not is_secret(name_of(target)):
            continue
        if from_request(node.value, site.function):
            yield Finding(
                passage.at(site.unit, target),
                "every client's calls use what this one request brought along",
                detail=name_of(target),
            )


def _shared_server(passage: Passage, call: Call, site: Site) -> bool:
    """Whether a server made outside is connected to a transport that is made for one request."""
    callee = call.callee
    held = callee.value if isinstance(callee, Attr) and call.args else None
    if isinstance(held, Attr) and (bound := passage.declared(name_of(held.value))) is not None and bound.imported:
        held = held.value  # of an imported module
    handler = request_handler(site.function)
    if handler is None or not isinstance(held, Name) or inside.bound_between(held.id, site.function, handler):
        return False
    at_the_top = handler.params[0].name in _PLAIN and not inside.meaning(held.id, site.function)
    if at_the_top and passage.target(call, site.function).endswith(_KNOWN_SERVER):
        return False  # `server-shared-by-sessions` tells of it
    given = call.args[0].value
    made = (
        o for o in origins(given, site.function) if isinstance(o, Call) and passage.word(o.callee).endswith("Transport")
    )
    return next(made, None) is not None and (
        isinstance(given, Call) or (isinstance(given, Name) and inside.bound_between(given.id, site.function, handler))
    )


_KNOWN_SERVER = (".McpServer.connect", ".Server.connect")
_PLAIN = ("req", "request", "_req", "c", "ctx", "context")


def _shared_transport(passage: Passage, call: Call, site: Site) -> Site | None:
    """Where a transport is made that has no sessions, where one request is handed to it and it is made for all."""
    held = call.callee.value if isinstance(call.callee, Attr) else None
    handler = request_handler(site.function)
    if handler is None or site.function is None:
        return None
    made: list[Site] = []
    if isinstance(held, Name):
        if inside.bound_between(held.id, site.function, handler):
            return None
        made = [Site(one.node, one.unit, one.function) for one in inside.meaning(held.id, handler.parent)]
        bound = None if made else passage.declared(held.id)
        if bound is not None and bound.value is not None:
            made = [Site(bound.value, bound.unit, None)]
    elif isinstance(held, Attr) and name_of(held.value) == "self":
        cls = inside.class_around(handler)
        kept = () if cls is None else inside.members(cls).get(held.name, ())
        made = [Site(one.node, one.unit, one.function) for one in kept if one.function not in (handler, site.function)]
    return made[0] if len(made) == 1 and _without_sessions(passage, made[0].node) else None


def _without_sessions(passage: Passage, made: object) -> bool:
    if not isinstance(made, Call) or passage.word(made.callee) not in _STREAMABLE:
        return False
    options = made.positional(0)
    if options is None:
        return not made.args
    if not isinstance(options, Dict) or any(pair.key is None for pair in options.pairs):
        return False
    sessions = options.get("sessionIdGenerator")
    return sessions is None or is_constant(sessions, None) or name_of(sessions) == "undefined"


_STREAMABLE = frozenset(("StreamableHTTPServerTransport", "NodeStreamableHTTPServerTransport"))
_REQUEST = (("req",), ("request",))
_RESPONSE = (("res",), ("response",), ("reply",))


def request_handler(function: Function | None) -> Function | None:
    """The function around that is called for each request: it has a request and a response, or a context."""
    while function is not None:
        names = [param.name for param in function.params]
        last = [words(name)[-1:] for name in names[:2]]
        if len(last) == 2 and last[0] in _REQUEST and last[1] in _RESPONSE:
            return function
        if names[:1] in (["c"], ["ctx"], ["request"], ["req"]) and function.is_async:
            return function
        function = function.parent
    return None
