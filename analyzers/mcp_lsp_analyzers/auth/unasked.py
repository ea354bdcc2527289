"""Servers that answer whoever reaches them, at an address that whoever starts them chooses."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Attr, Const, Dict, Expr, Items, Name, Str
from ..code import Call as CallExpr
from ..flow import Call
from ..passage import Passage
from ..place import Place, Span
from ..rule import Example, Finding, Related, Severity, rule
from ..wiring import Wiring
from .exposure import is_transport
from .interfaces import HOST_NAMES, HTTP_APPS, over_http
from .listening import everywhere, is_callback
from .transport import request_handler
from .values import name_of, origins


@rule(
    "MCP445",
    severity=Severity.INFORMATION,
    references=("CWE-306", "CWE-862", "MCP07:2025", "SAFE-T1005", "CoSAI MCP-T1"),
    words=("httpserver(", "settings.host"),
    bad="""
    from fastmcp import FastMCP

    from .settings import settings

    mcp = FastMCP("notes")
    #     ^^^^^^^ no caller is asked who it is, and `host` may be an address that others reach


    def main() -> None:
        mcp.run(transport="http", host=settings.host, port=settings.port, middleware=[])
    """,
    good="""
    from fastmcp import FastMCP
    from fastmcp.server.auth.providers.jwt import JWTVerifier

    from .settings import settings

    mcp = FastMCP("notes", auth=JWTVerifier(jwks_uri=settings.keys, audience="https://notes.example"))


    def main() -> None:
        mcp.run(transport="http", host=settings.host, port=settings.port, middleware=[])
    """,
    typescript=Example(
        bad="""
        import { createServer } from "node:http";
        import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

        export async function serve(port: number, host: string) {
          const http = createServer(async (req, res) => {
            const transport = new StreamableHTTPServerTransport({ allowedHosts: [host] });
            //                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no caller is asked who it is, and `host` may be an …
            await transport.handleRequest(req, res);
          });
          http.listen(port, host);
        }
        """,
        good="""
        import { createServer } from "node:http";
        import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
        import { known } from "./callers.js";

        export async function serve(port: number, host: string) {
          const http = createServer(async (req, res) => {
            if (!known(req.headers.authorization)) {
              res.writeHead(401).end();
              return;
            }
            const transport = new StreamableHTTPServerTransport({ allowedHosts: [host] });
            await transport.handleRequest(req, res);
          });
          http.listen(port, host);
        }
        """,
    ),
)
def chosen_address_without_authentication(service: Wiring | Passage) -> Iterator[Finding]:
    """Where the server listens is a setting, and no setting makes it ask who is calling.

    On this computer alone the server is for whoever uses it. The setting is there because somebody will have others
    reach it, from a container or over the network; they then call every tool, with the rights and the credentials of
    the server. The same holds where one file answers and another one listens, and neither asks.

    Offer a token (`auth=` or `token_verifier=` in the Python SDKs, `requireBearerAuth` in TypeScript), and refuse to
    listen on an address that others reach without one.
    """
    if isinstance(service, Passage):
        if service.about.mcp and not service.about.asks:
            yield from _by_hand(service)
            yield from _by_settings(service)
        return
    wiring = service
    if not wiring.about_mcp or wiring.checks_caller:
        return
    for call in wiring.calls:
        host = _chosen(call, wiring)
        found = None if host is None else _answers(call, wiring)
        if host is not None and found is not None:
            if any(next(everywhere(each, wiring), None) for each in wiring.calls):
                return  # told of that
            yield Finding(found.callee_place, _may_be(host), detail=found.target.rpartition(".")[2])
            return
    if wiring.left_open and not any(_listens(call) for call in wiring.calls):
        for call in wiring.calls:
            if _answering(call, wiring):
                said = "no caller is asked who it is, here or where this is mounted"
                head = _head(call)
                related = () if head is None else (Related(head, "nor is anybody where this begins"),)
                yield Finding(call.callee_place, said, related=related, detail=call.target.rpartition(".")[2])


def _may_be(host: Expr) -> str:
    return f"no caller is asked who it is, and `{name_of(host) or 'host'}` may be an address that others reach"


def _by_settings(passage: Passage) -> Iterator[Finding]:
    """Servers of the official SDK that are told where to listen before they run: ``mcp.settings.host = host``."""
    for site in passage.of(Assign):
        node = site.node
        assert isinstance(node, Assign)
        target = node.target
        if not isinstance(target, Attr) or target.name != "host" or name_of(target.value) != "settings":
            continue
        if node.value is None or all(isinstance(one, (Str, Const)) for one in origins(node.value, site.function)):
            continue
        for other in passage.of(CallExpr):
            call = other.node
            assert isinstance(call, CallExpr)
            if other.function is site.function and _serves(call):
                said = _may_be(node.value)
                yield Finding(passage.at(other.unit, call.callee), said, detail=name_of(call.callee))
                return


def _serves(call: CallExpr) -> bool:
    name = name_of(call.callee)
    transport = call.keyword("transport") or call.positional(0)
    over = transport.value in ("sse", "streamable-http") if isinstance(transport, Str) else transport is not None
    return name in HTTP_APPS or (name == "run" and isinstance(call.callee, Attr) and over)


def _by_hand(passage: Passage) -> Iterator[Finding]:
    """Servers of Python's own library, of which the class that answers takes what is posted to it:
    ``HTTPServer((host, port), Handler)``."""
    for site in passage.of(CallExpr):
        call = site.node
        assert isinstance(call, CallExpr)
        address, answering = call.positional(0), call.positional(1)
        if not passage.word(call.callee).endswith("HTTPServer") or not isinstance(address, Items):
            continue
        bound = passage.declared(answering.id) if isinstance(answering, Name) else None
        if bound is None or bound.cls is None or not any(each.name == "do_POST" for each in bound.cls.methods()):
            continue
        host = address.items[0] if len(address.items) == 2 else None
        if host is not None and not all(isinstance(one, (Str, Const)) for one in origins(host, site.function)):
            yield Finding(passage.at(site.unit, call.callee), _may_be(host), detail=bound.cls.name)


def _chosen(call: Call, wiring: Wiring) -> Expr | None:
    """The address that a call listens on, where it is not written out."""
    expr, name = call.expr, call.target.rpartition(".")[2]
    host: Expr | None = None
    if wiring.language != "python" and name == "listen":
        first = expr.positional(0)
        host = first.get("host") if isinstance(first, Dict) else expr.positional(1)
    elif name in ("serve", "Config", "FastMCP", "MCPServer") or name.startswith("run"):
        host = next((arg.value for arg in expr.args if arg.name in HOST_NAMES), None)
        options = next((arg.value for arg in expr.args if isinstance(arg.value, Dict)), None)
        if host is None and isinstance(options, Dict):
            host = options.get("host") or options.get("hostname")
    if host is None or is_callback(host):
        return None
    return None if all(isinstance(one, (Str, Const)) for one in origins(host, call.function)) else host


_MADE = frozenset(("FastMCP", "MCPServer"))


def _answers(listening: Call, wiring: Wiring) -> Call | None:
    """What of the file answers there with the tools: a transport, an app made of a server, a server that is run."""
    calls = [(call.target.rpartition(".")[2], call) for call in wiring.calls]
    for _, call in calls:
        if _answering(call, wiring):
            return call
    if wiring.language != "python":
        return None
    runs = next((call for name, call in calls if name not in HTTP_APPS and over_http(call)), None)
    made = next((call for name, call in calls if name in _MADE), None)
    return runs if runs is None or listening is made else made or runs


def _head(call: Call) -> Place | None:
    """Where the function begins that is called for each request, around a call."""
    handler = request_handler(call.function)
    first = None if handler is None else handler.params[0].target
    return None if first is None else call.place.part(Span(first.start, first.end))


def _answering(call: Call, wiring: Wiring) -> bool:
    name = call.target.rpartition(".")[2]
    if wiring.language != "python":
        return is_transport(call)
    return name in HTTP_APPS or (call.target.startswith("mcp.") and name in ("SseServerTransport", _MANAGER))


def _listens(call: Call) -> bool:
    return call.target.rpartition(".")[2] in ("listen", "serve", "run", "run_async", "Config")


_MANAGER = "StreamableHTTPSessionManager"
