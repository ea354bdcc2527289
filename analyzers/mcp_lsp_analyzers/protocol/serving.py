"""How a server is started and put on the network: what fails when the first client comes, or the second."""

from __future__ import annotations

from collections.abc import Iterator

from .. import code, inside
from ..code import Function
from ..fix import Edit, Edits, Fix
from ..flow import Call
from ..place import Span
from ..rule import Example, Finding, Severity, rule
from ..walk import sites
from ..wiring import Wiring

_SERVERS = ("FastMCP", "MCPServer")


def _of_server(call: Call, method: str) -> str:
    """The SDK ("mcp" or "fastmcp") whose server's method is called, or ""."""
    parts = call.target.split(".")
    if parts[-1] != method or len(parts) < 3 or parts[-2] not in _SERVERS:
        return ""
    return parts[0] if parts[0] in ("mcp", "fastmcp") else ""


@rule(
    "MCP122",
    severity=Severity.ERROR,
    references=("CWE-696",),
    bad="""
    import asyncio


    async def main() -> None:
        mcp.run()
    #   ^^^^^^^^^ `run` starts an event loop of its own, inside the one of `main`: it raises RuntimeError


    asyncio.run(main())
    """,
    good="""
    import asyncio


    async def main() -> None:
        await mcp.run_stdio_async()


    asyncio.run(main())
    """,
)
def server_run_inside_event_loop(wiring: Wiring) -> Iterator[Finding]:
    """A server is run by a function that an event loop is running already.

    `run` of the Python SDKs is for programs without an event loop: it starts one. Called in an `async` function it
    raises `RuntimeError: Already running asyncio in this thread`, and no client ever connects.

    Await the asynchronous counterpart: `run_stdio_async`, `run_streamable_http_async` (mcp), `run_async` (fastmcp).
    """
    for call in wiring.calls:
        sdk = _of_server(call, "run")
        if not sdk or call.function is None or not call.function.is_async:
            continue
        name = call.function.name or "this function"
        said = f"`run` starts an event loop of its own, inside the one of `{name}`: it raises RuntimeError"
        yield Finding(call.place, said, fix=_awaited(call, sdk))


_ASYNC = {"stdio": "run_stdio_async", "sse": "run_sse_async", "streamable-http": "run_streamable_http_async"}


def _awaited(call: Call, sdk: str) -> Fix | None:
    callee = call.expr.callee
    if not isinstance(callee, code.Attr):
        return None
    place = call.place
    name = place.part(Span(callee.name_start, callee.end))
    before = call.unit.key[: call.expr.start].rstrip()
    wait = () if before.endswith("await") else (Edit(place.part(Span(callee.start, callee.start)), "await "),)
    if sdk == "fastmcp":
        return Fix("Await `run_async`", Edits((*wait, Edit(name, "run_async"))))
    given = call.expr.args
    transport = given[0].value if given else None
    kind = transport.value if isinstance(transport, code.Str) else "stdio"
    if len(given) > 1 or (given and (not isinstance(transport, code.Str) or kind not in _ASYNC)):
        return None
    edits = [*wait, Edit(name, _ASYNC[kind])]
    if given:
        edits.append(Edit(place.part(Span(given[0].start, given[0].end)), ""))
    return Fix(f"Await `{_ASYNC[kind]}`", Edits(tuple(edits)))


@rule(
    "MCP123",
    severity=Severity.ERROR,
    references=("CWE-628",),
    bad="""
    if __name__ == "__main__":
        mcp.run(transport="http")
    #                     ^^^^^^ mcp knows no transport `http`: `run` raises ValueError
    """,
    good="""
    if __name__ == "__main__":
        mcp.run(transport="streamable-http")
    """,
)
def unknown_run_option(wiring: Wiring) -> Iterator[Finding]:
    """`run` is given a transport or an option that this SDK does not know.

    The official SDK knows `stdio`, `sse` and `streamable-http`; `http` is of fastmcp. In its version 1, host and port
    are arguments of `FastMCP(…)`, and `run` raises `TypeError` for them; since version 2 it is the other way round.

    Use the words of the SDK that the project depends on.
    """
    for call in wiring.calls:
        sdk = _of_server(call, "run") or _of_server(call, "run_async")
        if not sdk:
            continue
        transport = call.argument("0", "transport")
        known = ("stdio", "sse", "streamable-http", *(("http",) if sdk == "fastmcp" else ()))
        if transport is not None and isinstance(transport.value, str) and transport.value not in known:
            said = f"{sdk} knows no transport `{transport.value[:30]}`: `run` raises ValueError"
            fix = None
            if transport.value.replace("_", "-") in ("http", "streamable-http", "streamablehttp"):
                fix = Fix('Call it "streamable-http"', Edits((Edit(transport.place, '"streamable-http"'),)))
            yield Finding(transport.place, said, fix=fix, detail="transport")
        major = wiring.sdk.major if wiring.sdk is not None and wiring.sdk.family == "mcp" else None
        if call.target == "mcp.server.fastmcp.FastMCP.run" and major == 1:
            unknown = [arg for arg in call.expr.args if arg.name and arg.name not in ("transport", "mount_path")]
            if unknown:
                names = ", ".join(f"`{arg.name}`" for arg in unknown[:4])
                said = f"`run` of mcp 1 has no {names}, which belong into `FastMCP(…)`: it raises TypeError"
                first = unknown[0]
                yield Finding(call.place.part(Span(first.start, first.end)), said, detail=first.name or "")


@rule(
    "MCP124",
    severity=Severity.ERROR,
    references=("CWE-665",),
    bad="""
    from starlette.applications import Starlette
    from starlette.routing import Mount

    app = Starlette(routes=[Mount("/", app=mcp.streamable_http_app())])
    #                                      ^^^^^^^^^^^^^^^^^^^^^^^^^ nothing starts the lifespan of this app: …
    """,
    good="""
    import contextlib

    from starlette.applications import Starlette
    from starlette.routing import Mount


    @contextlib.asynccontextmanager
    async def lifespan(app):
        async with mcp.session_manager.run():
            yield


    app = Starlette(routes=[Mount("/", app=mcp.streamable_http_app())], lifespan=lifespan)
    """,
)
def mounted_without_lifespan(wiring: Wiring) -> Iterator[Finding]:
    """An app of streamable HTTP is mounted in another one that does not start it.

    The app's sessions live in a task group that its lifespan opens. Starlette and FastAPI run the lifespan of the
    outer app only, so every request to the mounted one ends in `RuntimeError: Task group is not initialized`.

    Give the outer app a lifespan that runs `mcp.session_manager.run()` (mcp), or that of the mounted app: `lifespan=
    mcp_app.lifespan` (fastmcp).
    """
    outer = []
    for call in wiring.calls:
        name = call.target.rpartition(".")[2]
        if name in ("Starlette", "FastAPI"):
            outer.append(call)
            if any(arg.name in ("lifespan", "on_startup") or arg.spread for arg in call.expr.args):
                return
        elif call.target.endswith(("session_manager.run", "StreamableHTTPSessionManager.run")):
            return
    if not outer:
        return
    inner = {call.expr: call for call in wiring.calls if _makes_app(call)}
    for call in wiring.calls:
        if call.target.rpartition(".")[2] in ("Mount", "mount"):
            for arg in call.expr.args:
                app = inner.get(arg.value) if isinstance(arg.value, code.Call) else None
                if app is not None:
                    said = "nothing starts the lifespan of this app: every request to it fails"
                    fix = _started(outer[0], app) if len(outer) == len(inner) == 1 else None
                    yield Finding(app.place, said, fix=fix)


def _started(outer: Call, app: Call) -> Fix | None:
    """The outer app's lifespan is that of the mounted one."""
    callee = app.expr.callee
    if not isinstance(callee, code.Attr) or not isinstance(callee.value, code.Name) or outer.function is not None:
        return None
    server, args = callee.value.id, outer.expr.args
    end = args[-1].end if args else outer.expr.end - 1
    place = outer.place.part(Span(end, end))
    comma = ", " if args else ""
    title = "Start it with the app around it"
    if callee.name == "streamable_http_app":
        given = f"{comma}lifespan=lambda _: {server}.session_manager.run()"
        return Fix(title, Edits((Edit(place, given),)))
    if app.function is not None:
        return None
    name = f"{server}_app"
    if name in outer.unit.key or name in app.unit.key:
        return None
    made = f"{name} = {app.unit.key[app.expr.start : app.expr.end]}\n"
    first = outer.place.part(Span(0, 0))
    return Fix(
        title,
        Edits((Edit(first, made), Edit(app.place, name), Edit(place, f"{comma}lifespan={name}.lifespan"))),
    )


def _makes_app(call: Call) -> bool:
    if _of_server(call, "streamable_http_app") == "mcp":
        return True
    kind = call.argument("transport")
    return _of_server(call, "http_app") == "fastmcp" and (kind is None or kind.value != "sse")


# ---------------------------------------------------------------- TypeScript

_REQUESTS = frozenset({"req", "request", "_req", "ctx", "c", "context"})


@rule(
    "MCP125",
    severity=Severity.WARNING,
    references=("CWE-488", "CWE-362"),
    typescript=Example(
        bad="""
        import express from "express";
        import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

        const app = express();
        app.post("/mcp", async (req, res) => {
          const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
          await server.connect(transport);
          //    ^^^^^^^^^^^^^^ one `server` is connected for every request: the second client gets no answers …
          await transport.handleRequest(req, res, req.body);
        });
        """,
        good="""
        import { createMcpExpressApp } from "@modelcontextprotocol/sdk/server/express.js";
        import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

        function makeServer() {
          return new McpServer({ name: "example", version: "1.0.0" });
        }

        const app = createMcpExpressApp();
        app.post("/mcp", async (req, res) => {
          const server = makeServer();
          const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
          await server.connect(transport);
          await transport.handleRequest(req, res, req.body);
        });
        """,
    ),
)  # fmt: skip
def server_shared_by_sessions(wiring: Wiring) -> Iterator[Finding]:
    """One server object is connected to a transport for every request or session.

    A server of the TypeScript SDK has one transport. Connecting it to a second one takes the first away: its client
    waits for answers that go to the other one, which in the worst case are somebody else's. Newer versions throw
    instead.

    Make a server for each transport: a function that constructs it and registers its tools.
    """
    if wiring.language == "python":
        return
    for call in wiring.calls:
        callee, function = call.expr.callee, call.function
        if not isinstance(callee, code.Attr) or callee.name != "connect" or not isinstance(callee.value, code.Name):
            continue
        name = callee.value.id
        if not call.target.endswith((".McpServer.connect", ".Server.connect")) or inside.meaning(name, function):
            continue
        if _answers_requests(function):
            said = (
                f"one `{name}` is connected for every request: the second client gets no answers or those of the first"
            )
            yield Finding(call.callee_place, said)


def _answers_requests(function: Function | None) -> bool:
    while function is not None:
        if function.params and function.params[0].name in _REQUESTS:
            return True
        function = function.parent
    return False


@rule(
    "MCP126",
    severity=Severity.ERROR,
    references=("CWE-696",),
    typescript=Example(
        bad="""
        import express from "express";
        import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";

        const app = express();
        app.use(express.json());
        let transport: SSEServerTransport;
        app.post("/messages", async (req, res) => {
          await transport.handlePostMessage(req, res);
          //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `express.json()` has read the body already: pass `req.body`
        });
        """,
        good="""
        import express from "express";
        import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";

        const app = express();
        app.use(express.json());
        let transport: SSEServerTransport;
        app.post("/messages", async (req, res) => {
          await transport.handlePostMessage(req, res, req.body);
        });
        """,
    ),
)  # fmt: skip
def body_read_before_transport(wiring: Wiring) -> Iterator[Finding]:
    """The body of a request is read by a middleware before the transport wants to read it.

    `express.json()` reads the body of every request and keeps the result in `req.body`; `createMcpExpressApp()` has it
    built in. A transport that is given the request alone reads it again, finds nothing, and answers every message with
    "stream is not readable" or "Parse error: Invalid JSON".

    Pass `req.body` as the third argument.
    """
    if wiring.language == "python":
        return
    reader = ""
    for call in wiring.calls:
        callee = call.expr.callee
        word = code.last_name(callee)
        if word == "createMcpExpressApp":
            reader = reader or word
        elif word == "use" and len(call.expr.args) == 1:
            given = call.expr.args[0].value
            inner = given.callee if isinstance(given, code.Call) else None
            if isinstance(inner, code.Attr) and inner.name == "json" and isinstance(inner.value, code.Name):
                reader = reader or (f"{inner.value.id}.json" if inner.value.id in ("express", "bodyParser") else "")
        elif reader and len(call.expr.args) == 2 and _reads_body(call, word):
            request, last = call.expr.args[0].value, call.expr.args[1]
            fix = None
            if isinstance(request, code.Name):
                end = call.place.part(Span(last.end, last.end))
                fix = Fix("Pass the body", Edits((Edit(end, f", {request.id}.body"),)))
            said = f"`{reader}()` has read the body already: pass `req.body`"
            yield Finding(call.callee_place, said, fix=fix)


def _reads_body(call: Call, word: str) -> bool:
    """Whether a transport is given a request that has a body. `handleRequest` also serves GET and DELETE."""
    owner = getattr(call.expr.callee, "value", None)
    name = code.last_name(owner)
    if word != "handleRequest":
        return word == "handlePostMessage" and name not in ("self", "this")  # a method of the project's own
    if "transport" not in f"{name} {call.target}".lower():
        return False
    return any(
        isinstance(site.node, code.Call)
        and isinstance(site.node.callee, code.Attr)
        and site.node.callee.name == "post"
        and site.node.start < call.expr.start
        and call.expr.end < site.node.end
        for site in sites(call.unit.statements, call.unit, kinds=(code.Call,))
        if site.unit is call.unit
    )
