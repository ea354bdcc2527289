"""Who can reach a server over the network: what it listens on, and whether it checks by which name it was called."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Attr, Const, Define, Dict, Expr, If, Lambda, Name, Str
from ..code import Call as CallExpr
from ..fix import CheckHosts, Edit, Edits, Fix, ListenHere
from ..flow import Call
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..place import Place, Span
from ..putting import outermost
from ..rule import Example, Finding, Related, Severity, rule
from ..walk import holds, sites
from ..wiring import Wiring
from .interfaces import closed, default_of, is_host, opened, settings
from .listening import everywhere, place_of
from .local_addresses import left_to_the_address
from .values import name_of


@rule(
    "MCP402",
    severity=Severity.WARNING,
    references=("CWE-1327", "CWE-306", "MCP07:2025", "SAFE-T1005", "MCTS-T-1027"),
    words=("0.0.0.0", '"::"', "'::'", "[::]"),
    bad="""
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("notes", host="0.0.0.0", port=8000)
    #                           ^^^^^^^^^ the server listens on every network interface and asks no caller who it is

    mcp.run(transport="streamable-http")
    """,
    good="""
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("notes", host="127.0.0.1", port=8000)

    mcp.run(transport="streamable-http")
    """,
    typescript=Example(
        bad="""
        import express from "express";

        const app = express();
        void app.listen(3000, () => console.error("ready"));
        //   ^^^^^^^^^^ the server listens on every network interface and asks no caller who it is
        """,
        good="""
        import express from "express";

        const app = express();
        app.listen(3000, "127.0.0.1", () => console.error("ready"));
        """,
    ),
)
def listening_everywhere_without_authentication(service: Wiring | Passage) -> Iterator[Finding]:
    """The server listens on every network interface and nothing in the file asks who is calling.

    Everybody in the same network (an office, a café, a cluster) can list and call the tools, with the rights of whoever
    started the server. Node's `listen(port)` without a host, and the host `0.0.0.0` or `::`, mean every interface.

    Listen on `127.0.0.1`, which is what a local client needs. Where others must reach the server (in a container, say),
    ask for a token: `token_verifier=` or `auth=` in the Python SDKs, `requireBearerAuth` in TypeScript.
    """
    if isinstance(service, Passage):
        if not service.about.asks and not _may_ask(service):
            yield from _by_default(service)
        return
    wiring = service
    if not wiring.about_mcp or wiring.checks_caller:
        return
    for call in wiring.calls:
        for place, instead in everywhere(call, wiring):
            fix = _local(place, instead) if instead else _with_host(call)
            severity = Severity.INFORMATION if until_answered(call) else None
            yield Finding(place, _EXPOSED, fix, detail=call.target, severity=severity)


_ASKING = pattern(
    r"(?i)^(?:(?:mcp|server|http)_)?(?:auth(?:entication)?_(?:mode|enabled|required|type|secret\w*|provider|disabled)"
    r"|(?:require|enable|disable)_auth\w*|jwt_(?:secret\w*|public\w*|audience|issuer)|jwks_\w+)$"
    r"|^(?:mcp|server|http)_(?:api_keys?|(?:auth|access|bearer)_tokens?)$"
)
"""Settings of a server that ask who is calling. A token of another name may be one that it shows to somebody itself."""


def _may_ask(passage: Passage) -> bool:
    """Whether a class of settings has one that asks who is calling: ``auth_mode: str = "bearer"``."""
    return any(
        isinstance(site.node, Assign)
        and site.function is None
        and _ASKING.search(name_of(site.node.target)) is not None
        for site in passage.of(Assign)
    )


_EXPOSED = "the server listens on every network interface and asks no caller who it is"


def until_answered(call: Call) -> bool:
    """Whether what listens is closed by what answers: it waits for one request, as at the end of signing in."""
    callee, around = call.expr.callee, call.function
    held = {name_of(callee.value) if isinstance(callee, Attr) else ""}
    root = call.unit.statements if around is None else around.body
    every = sites(root, call.unit if around is None else around.unit, around, kinds=(CallExpr, Assign))
    held |= {name_of(s.node.target) for s in every if isinstance(s.node, Assign) and s.node.value is call.expr}
    for site in every:
        node, answering = site.node, site.function
        if isinstance(node, CallExpr) and isinstance(node.callee, Attr) and node.callee.name == "close":
            if name_of(node.callee.value) in held - {""} and answering is not None and answering is not around:
                if [words(param.name)[:1] for param in answering.params[:1]] in ([("req",)], [("request",)]):
                    return True
    return False


def _by_default(passage: Passage) -> Iterator[Finding]:
    """Settings, constants and parameters of that name that mean every interface unless somebody says otherwise, and
    what a server is started with (``start({ httpStream: { port: 8080, host: "0.0.0.0" } })``)."""
    given: list[tuple[str, Expr | None]]
    for site in passage.of(Assign, Define, Lambda, CallExpr):
        node = site.node
        if isinstance(node, Assign):
            given = [(name_of(node.target), node.value), *settings(node.value)]
        elif isinstance(node, CallExpr):
            given = [*settings(node.positional(0))] if passage.word(node.callee) == "start" else []
        else:
            given = [(param.name, param.default) for param in node.function.params]  # type: ignore[attr-defined]
        for name, value in given:
            if value is None or not is_host(name):
                continue
            found = opened(value) or default_of(value)
            if found is not None:
                place = passage.at(site.unit, found)
                fix = _local(place, closed(found)) if isinstance(found, Str) else None
                yield Finding(place, _EXPOSED, fix, related=tuple(_listens(passage, name)), detail=name)


def _listens(passage: Passage, name: str) -> Iterator[Related]:
    """The calls of the same declaration that listen on a host of this name."""
    for site in passage.of(CallExpr):
        call = site.node
        assert isinstance(call, CallExpr)
        if isinstance(call.callee, Attr) and call.callee.name == "listen":
            if any(name_of(arg.value) == name for arg in call.args):
                start = call.callee.name_start
                yield Related(passage.place(site.unit, start, start + len("listen")), "listens on it")


def _local(place: Place, text: str) -> Fix:
    """What listens on every interface listens for this computer alone."""
    return Fix(_HERE, Edits((Edit(place, text),)))


_HERE = "Listen on this computer only"


def _with_host(call: Call) -> Fix | None:
    first = call.expr.positional(0)
    listens = call.target.endswith("listen") and first is not None and not isinstance(first, Dict)
    return None if first is None or not listens else Fix(_HERE, ListenHere(place_of(call, first)))


@rule(
    "MCP403",
    severity=Severity.WARNING,
    references=("CWE-346", "CWE-350", "MCP07:2025", "SAFE-T1005", "MCTS-T-1028"),
    bad="""
    from fastmcp import FastMCP

    mcp = FastMCP("notes")


    async def main() -> None:
        await mcp.run_http_async(host="127.0.0.1", port=8000)
        #     ^^^^^^^^^^^^^^^^^^ no `Host` or `Origin` header is checked: a web page can reach this server
    """,
    good="""
    from fastmcp import FastMCP
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    mcp = FastMCP("notes")
    LOCAL = [Middleware(TrustedHostMiddleware, allowed_hosts=["localhost", "127.0.0.1"])]


    async def main() -> None:
        await mcp.run_http_async(host="127.0.0.1", port=8000, middleware=LOCAL)
    """,
    typescript=Example(
        bad="""
        import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";

        export function open(res) {
          return new SSEServerTransport("/messages", res);
          //         ^^^^^^^^^^^^^^^^^^ no `Host` or `Origin` header is checked: a web page can reach this server
        }
        """,
        good="""
        import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";

        export function open(res) {
          return new SSEServerTransport("/messages", res, {
            enableDnsRebindingProtection: true,
            allowedHosts: ["127.0.0.1:3000", "localhost:3000"],
          });
        }
        """,
    ),
)
def transport_without_host_check(wiring: Wiring) -> Iterator[Finding]:
    """An HTTP transport accepts requests whatever `Host` or `Origin` they carry.

    A web page can point a name of its own at 127.0.0.1 (DNS rebinding) and then talk to a local server as if it were
    its own: list the tools, call them, read the answers, in the browser of whoever opened the page. The specification
    says that servers MUST validate `Origin`. Where callers are asked for a token the page has none, and this is only
    the second line of defence.

    Let the transport check (`enableDnsRebindingProtection` with `allowedHosts` in the TypeScript SDK 1, or
    `createMcpExpressApp`; `TransportSecuritySettings` in the Python SDK, which makes them itself for local hosts since
    1.23; `host_origin_protection` or
    `TrustedHostMiddleware` with fastmcp), with the names under which the server is really reached.
    """
    if wiring.checks_host:
        yield from _switched_off(wiring)
        return
    unasked = "no `Host` or `Origin` header is checked: a web page can reach this server"
    asked = "no `Host` or `Origin` header is checked: only the caller's token keeps web pages out"
    alike: dict[object, list[Call]] = {}
    for call in wiring.calls:
        if _unchecked(call, wiring):
            alike.setdefault(_made_again(call), []).append(call)
    for call, *others in alike.values():
        yield Finding(
            call.callee_place,
            asked if wiring.checks_caller else unasked,
            _checked(call, wiring),
            related=tuple(Related(other.callee_place, "it is made again here") for other in others),
            detail=call.target.rpartition(".")[2],
            severity=Severity.INFORMATION if wiring.checks_caller else None,
        )
    for left in left_to_the_address(wiring) if not _runs_unchecked(wiring) else ():
        said = f"`Host` and `Origin` are checked for a local address only, and `{left.host}` may be another"
        yield Finding(left.call.callee_place, said, detail="host", severity=Severity.INFORMATION)


def _made_again(call: Call) -> object:
    """By what calls are told to make the same thing anew: one method starts what another one started before, in the
    same words, and keeps it under the same name (``this.sockets = new WebSocketServer({ server: this.server })``)."""
    method = outermost(call.function)
    cls = method.cls if method is not None else None
    if cls is None:
        return call
    for site in sites(call.unit.statements, call.unit, kinds=(Assign,)):
        if isinstance(site.node, Assign) and site.node.value is call.expr and isinstance(site.node.target, Attr):
            return cls.name, name_of(site.node.target), call.unit.key[call.expr.start : call.expr.end]
    return call


TRANSPORTS = (
    "SSEServerTransport",
    "StreamableHTTPServerTransport",
    "NodeStreamableHTTPServerTransport",
    "WebStandardStreamableHTTPServerTransport",
)


def is_transport(call: Call) -> bool:
    """Whether a call makes a transport over HTTP of the TypeScript SDK, or the one for Hono."""
    name = call.target.rpartition(".")[2]
    return call.expr.new and (name in TRANSPORTS or call.target == "@hono/mcp.StreamableHTTPTransport")


def _checked(call: Call, wiring: Wiring) -> Fix | None:
    name = call.target.rpartition(".")[2]
    runs = name.startswith("run") and wiring.sdk is not None and wiring.sdk.family == "fastmcp"
    known = runs or name in (*TRANSPORTS, "SseServerTransport", "StreamableHTTPSessionManager")
    return Fix("Check Host and Origin", CheckHosts(call.callee_place)) if known else None


def _switched_off(wiring: Wiring) -> Iterator[Finding]:
    for call in wiring.calls:
        for name in ("enable_dns_rebinding_protection", "enableDnsRebindingProtection"):
            value = call.expr.keyword(name)
            options = next((a.value for a in call.expr.args if isinstance(a.value, Dict)), None)
            if value is None and isinstance(options, Dict):
                value = options.get(name)
            if isinstance(value, Const) and value.value is False and not _asked_for(call):
                place = call.place.part(Span(value.start, value.end))
                said = "the check of `Host` and `Origin` is switched off: a web page can reach this server"
                on = Edits((Edit(place, "True" if wiring.language == "python" else "true"),))
                yield Finding(place, said, Fix("Switch the check on", on), detail=name)


_SWITCHES = frozenset(
    ("disable", "disabled", "enable", "enabled", "allow", "insecure", "unsafe", "skip", "off", "without", "trust")
)


def _asked_for(call: Call) -> bool:
    """Whether it stands behind a switch of its own (``if os.environ.get("NOTES_DISABLE_HOST_CHECK")``): whoever runs
    the server has to want it."""
    for site in sites(call.unit.statements, call.unit, kinds=(If,)):
        node = site.node
        assert isinstance(node, If)
        if holds(site, call.unit, call.expr.start, call.expr.end):
            for inner in sites(node.test, call.unit, kinds=(Str, Name, Attr)):
                name = inner.node.value if isinstance(inner.node, Str) else name_of(inner.node)
                if not _SWITCHES.isdisjoint(words(name)):
                    return True
    return False


def _unchecked(call: Call, wiring: Wiring) -> bool:
    name, expr = call.target.rpartition(".")[2], call.expr
    if call.target.startswith("websockets.") and name == "serve":
        return expr.keyword("origins") is None and not _spreads(expr)
    if wiring.language != "python":
        if name in ("WebSocketServer", "Server") and expr.new and call.target.startswith(("ws.", "WebSocket")):
            options = expr.positional(0)
            if not isinstance(options, Dict) or options.get("verifyClient") is not None:
                return False
            return options.get("port") is not None or options.get("server") is not None
        if is_transport(call):
            options = expr.positional(2 if name == "SSEServerTransport" else 0)
            # Options that are computed may hold the check.
            return options is None or (isinstance(options, Dict) and not any(p.key is None for p in options.pairs))
        return False
    own = name.endswith(("SseServerTransport", _MANAGER)) and name not in ("SseServerTransport", _MANAGER)
    if own or (name in ("SseServerTransport", _MANAGER) and call.target.startswith("mcp.")):
        return expr.keyword("security_settings") is None and not _spreads(expr)
    if wiring.sdk is None and _runs_elsewhere_made(call, wiring):
        return True
    if wiring.sdk is None or not _runs_unchecked(wiring) or expr.keyword("middleware") is not None or _spreads(expr):
        return False
    if name in ("run_http_async", "run_sse_async", "run_streamable_http_async"):
        return True
    if name in ("streamable_http_app", "sse_app") and wiring.sdk.family == "mcp":
        return True  # uvicorn serves what comes out of it
    transport = expr.keyword("transport") or expr.positional(0)
    if not _runs(call) or transport is None:
        return False
    if isinstance(transport, Str):
        return transport.value in _HTTP
    return wiring.sdk.family == "fastmcp" and expr.keyword("host") is not None  # a host is for HTTP only


_MANAGER = "StreamableHTTPSessionManager"
_HTTP = ("http", "sse", "streamable-http")


def _runs(call: Call) -> bool:
    """Whether it is the ``run`` of a server, by what else it is given: other things run over a transport too."""
    named = {arg.name for arg in call.expr.args}
    return call.target.rpartition(".")[2] in ("run", "run_async") and named <= _OF_RUN


_OF_RUN = frozenset(
    (None, "transport", "host", "port", "path", "mount_path", "log_level", "show_banner", "middleware", "stateless",
     "uvicorn_config", "json_response", "stateless_http", "event_store", "retry_interval", "security_settings")
)  # fmt: skip


def _runs_unchecked(wiring: Wiring) -> bool:
    """Whether the SDK serves without a check by itself. The official one checks on local hosts since 1.23."""
    if wiring.sdk is None:
        return False
    if wiring.sdk.family == "mcp":
        return wiring.version is not None and wiring.version < (1, 23)
    return wiring.sdk.family == "fastmcp"


def _runs_elsewhere_made(call: Call, wiring: Wiring) -> bool:
    """Whether a server that another file makes is run over HTTP by PrefectHQ's fastmcp: of the two SDKs only its
    ``run`` takes a host before the official one's second major, which checks by itself."""
    expr = call.expr
    if not _runs(call) or not wiring.project or _spreads(expr):
        return False
    if wiring.version is not None and wiring.version >= (2, 0):
        return False
    transport = expr.keyword("transport")
    said = transport.value in _HTTP if isinstance(transport, Str) else transport is not None
    return said and expr.keyword("host") is not None and expr.keyword("middleware") is None


def _spreads(expr: CallExpr) -> bool:
    return any(arg.spread for arg in expr.args)
