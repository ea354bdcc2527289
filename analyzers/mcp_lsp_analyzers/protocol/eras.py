# ruff: noqa: SIM905  (names are easier to read and to extend as words)
"""Code for one major version of an SDK in a project that has, or may get, another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from .. import code
from ..fix import Edit, Edits, Fix, Rename
from ..flow import Handler
from ..model import Endpoint, Server
from ..place import Place, Span
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import body, sites
from .kept import class_of
from .moved import moved
from .options import to_run


def _callee(server: Server) -> Place:
    assert server.constructed is not None
    call, unit = server.constructed
    return unit.place(server.uri, server.place.pointer, call.callee)


@rule(
    "MCP117",
    severity=Severity.WARNING,
    references=("CWE-439",),
    bad="""
    # /// script
    # dependencies = ["mcp>=1.6"]
    # ///
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("notes")
    #     ^^^^^^^ `mcp>=1.6` (script) admits version 2, which has no `FastMCP`: a fresh install fails
    """,
    good="""
    # /// script
    # dependencies = ["mcp>=1.6,<2"]
    # ///
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("notes")
    """,
)
def sdk_without_upper_bound(server: Server) -> Iterator[Finding]:
    """The project's requirement admits a version of the SDK that this code does not run on.

    Version 2 of `mcp` has neither `mcp.server.fastmcp` nor the decorators of the low-level server. Whoever installs a
    package whose requirement has no upper bound gets version 2, and the server fails while it is imported. A lock file
    helps its author only: what is installed from a registry knows nothing of it.

    Ask for `mcp>=1.23,<2`, or move the code to version 2.
    """
    sdk, name = server.sdk, class_of(server)
    if sdk.family != "mcp" or sdk.major != 1 or sdk.open_to is None or named_as_test(server.uri):
        return
    if name != "FastMCP" and not (name == "Server" and _decorated(server)):
        return
    if _taken_elsewhere(server):
        return
    wanted, where = sdk.open_to
    lacks = "`FastMCP`" if name == "FastMCP" else "decorators like `list_tools`"
    said = f"`{wanted[:40]}` ({where}) admits version 2, which has no {lacks}: a fresh install fails"
    yield Finding(_callee(server), said)


def _taken_elsewhere(server: Server) -> bool:
    """Whether the class is imported from another module as well, for where the first one is not there."""
    callee = server.constructed[0].callee if server.constructed is not None else None
    binding = server.module.binding(callee.id) if server.module is not None and isinstance(callee, code.Name) else None
    if binding is None:
        return False
    found = [site.node for site in sites(binding.unit.statements, binding.unit, kinds=(code.Import,))]
    return len({one.module for one in found if isinstance(one, code.Import) and one.local == binding.name}) > 1


def _decorated(server: Server) -> bool:
    """Whether the handlers of a low-level server are made handlers by decorators."""
    firsts = [*server.tools[:1], *server.prompts[:1], *server.resources[:1]]
    for function in (item.function for item in firsts):  # type: ignore[attr-defined]
        for decorator in function.decorators if function is not None else ():
            callee = decorator.callee if isinstance(decorator, code.Call) else decorator
            if isinstance(callee, code.Attr) and callee.name in _HANDLERS:
                return True
    return False


# ---------------------------------------------------------------- what another major does not have

CONSTRUCTORS = {
    ("mcp", 1): frozenset(
        "name instructions website_url icons auth_server_provider token_verifier event_store retry_interval tools "
        "debug log_level host port mount_path sse_path message_path streamable_http_path json_response stateless_http "
        "max_request_body_size session_idle_timeout max_sessions warn_on_duplicate_resources warn_on_duplicate_tools "
        "warn_on_duplicate_prompts dependencies lifespan auth transport_security".split()
    ),
    ("mcp", 2): frozenset(
        "name title description instructions website_url icons version auth_server_provider token_verifier tools "
        "resources extensions debug log_level warn_on_duplicate_resources warn_on_duplicate_tools "
        "warn_on_duplicate_prompts dependencies lifespan auth resource_security request_state_security cache_hints "
        "subscriptions middleware".split()
    ),
}
_REMOVED = frozenset(
    "host port sse_path message_path streamable_http_path json_response stateless_http debug log_level "
    "on_duplicate_tools on_duplicate_resources on_duplicate_prompts tool_serializer include_tags exclude_tags "
    "tool_transformations".split()
)
"""Of fastmcp since version 3."""
_OF_RUN = frozenset({"host", "port", "json_response", "stateless_http", "streamable_http_path", "sse_path",
                     "message_path", "transport_security", "event_store", "retry_interval", "mount_path"})  # fmt: skip
_HANDLERS = frozenset(
    "list_tools call_tool list_prompts get_prompt list_resources list_resource_templates read_resource completion "
    "set_logging_level subscribe_resource unsubscribe_resource progress_notification".split()
)


@rule(
    "MCP118",
    severity=Severity.ERROR,
    references=("CWE-477",),
    tags=("deprecated",),
    bad="""
    from mcp.server import MCPServer

    mcp = MCPServer("notes", port=8080)
    #                        ^^^^^^^^^ `MCPServer` has no `port`, which is an option of `run`: the import fails
    """,
    good="""
    from mcp.server import MCPServer

    mcp = MCPServer("notes")

    if __name__ == "__main__":
        mcp.run(transport="streamable-http", port=8080)
    """,
    typescript=Example(
        bad="""
        import { McpServer } from "@modelcontextprotocol/server";

        const server = new McpServer({ name: "notes", version: "1.0.0" });
        server.tool("ping", "Answer pong.", async () => ({ content: [] }));
        //     ^^^^ version 2 of the SDK has no `tool`; it is called `registerTool`
        """,
        good="""
        import { McpServer } from "@modelcontextprotocol/server";

        const server = new McpServer({ name: "notes", version: "1.0.0" });
        server.registerTool("ping", { description: "Answer pong." }, async () => ({ content: [] }));
        """,
    ),
)  # fmt: skip
def api_of_another_major(subject: Union[Server, Handler]) -> Iterator[Finding]:
    """Code uses what the installed major version of the SDK does not have.

    The SDKs of the protocol of July 2026 (`mcp` 2, `fastmcp` 4, `@modelcontextprotocol/server`) renamed and moved much
    of what the older ones offer: `FastMCP` became `MCPServer`, options of the constructor became options of `run`,
    handlers of low-level servers became arguments, `server.tool` became `registerTool`, `extra` became `ctx`. The old
    spelling fails when the module is imported, or when the handler runs.

    Use the spelling of the version that the project depends on.
    """
    if isinstance(subject, Server):
        yield from moved(subject) if subject.sdk.family == "typescript-sdk" else _constructed(subject)
        return
    sdk = subject.server.sdk
    if sdk.family == "typescript-sdk":
        yield from _script(subject)
    elif sdk.family == "mcp" and sdk.major == 2 and sdk.evidence != "imports":
        for decorator in subject.function.decorators:
            callee = decorator.callee if isinstance(decorator, code.Call) else decorator
            if isinstance(callee, code.Attr) and callee.name in _HANDLERS and sdk.api == "low":
                place = subject.function.unit.place(subject.place.uri, subject.place.pointer, decorator)
                said = f"`Server` of mcp 2 has no `{callee.name}`; it takes `on_{callee.name}=`: the import fails"
                yield Finding(place, said)


def _constructed(server: Server) -> Iterator[Finding]:
    sdk, name = server.sdk, class_of(server)
    if server.constructed is None or name not in ("FastMCP", "MCPServer"):
        return
    call, unit = server.constructed
    if sdk.family == "mcp":
        if sdk.major == 2 and name == "FastMCP" and sdk.evidence != "imports":
            names = (("FastMCP", "MCPServer"),)
            fix = Fix("Move the file to version 2", Rename("mcp.server.fastmcp", "mcp.server.mcpserver", names))
            said = "mcp 2 has no `FastMCP`; it is `MCPServer` of `mcp.server`: the import fails"
            yield Finding(_callee(server), said, fix=fix)
            return
        if sdk.major == 1 and name == "MCPServer" and sdk.evidence != "imports":
            yield Finding(_callee(server), "mcp 1 has no `MCPServer`, which came with version 2: the import fails")
            return
    for arg in call.args:
        keyword = arg.name
        if keyword is None:
            continue
        known = CONSTRUCTORS.get((sdk.family, sdk.major or 0))
        if sdk.family == "fastmcp" and (sdk.major or 0) >= 3:
            missing = keyword in _REMOVED or (sdk.major == 4 and keyword.startswith("sampling_handler"))
        else:
            missing = known is not None and keyword not in known
        if missing:
            moved = ", which is an option of `run`" if keyword in _OF_RUN else ""
            who = f"`{name}`" if name == "MCPServer" else f"`{name}` of {sdk}"
            said = f"{who} has no `{keyword}`{moved}: the import fails"
            passed = to_run(server, arg) if keyword in _OF_RUN else None
            yield Finding(unit.place(server.uri, server.place.pointer, arg), said, fix=passed, detail=keyword)


# ---------------------------------------------------------------- TypeScript

_CALLED_NOW = {"tool": "registerTool", "prompt": "registerPrompt", "resource": "registerResource"}
_CONTEXT = {
    "signal": "mcpReq.signal", "requestId": "mcpReq.id", "_meta": "mcpReq._meta", "sendRequest": "mcpReq.send",
    "sendNotification": "mcpReq.notify", "authInfo": "http?.authInfo", "requestInfo": "http?.req",
    "closeSSEStream": "http?.closeSSE", "closeStandaloneSSEStream": "http?.closeStandaloneSSE",
}  # fmt: skip


def _script(handler: Handler) -> Iterator[Finding]:
    of, sdk = handler.of, handler.server.sdk
    if isinstance(of, Endpoint) or not isinstance(of.by, code.Call) or sdk.major != 2:
        return
    callee = of.by.callee
    if isinstance(callee, code.Attr) and callee.name in _CALLED_NOW:
        now = _CALLED_NOW[callee.name]
        span = Span(callee.name_start, callee.end)
        place = of.declared.part(span)
        said = f"version 2 of the SDK has no `{callee.name}`; it is called `{now}`"
        yield Finding(place, said, fix=_registered(of.by, place) if callee.name == "tool" else None)
    params = handler.function.params
    position = 1 if of.arguments or len(params) > 1 else 0
    extra = params[position].target if position < len(params) else None
    if not isinstance(extra, code.Name):
        return
    for node, unit, _ in body(handler.function, code.Attr):
        if isinstance(node, code.Attr) and isinstance(node.value, code.Name) and node.value.id == extra.id:
            if node.name in _CONTEXT:
                place = unit.place(handler.place.uri, handler.place.pointer, node)
                said = f"`{extra.id}.{node.name}` is `{extra.id}.{_CONTEXT[node.name]}` in version 2 of the SDK"
                name = place.part(Span(node.name_start, node.end))
                fix = Fix(f"Use `{_CONTEXT[node.name]}`", Edits((Edit(name, _CONTEXT[node.name]),)))
                yield Finding(place, said, fix=fix, detail=node.name)


def _registered(call: code.Call, at: Place) -> Fix | None:
    """``tool(name[, description][, shape], handler)`` as ``registerTool(name, {…}, handler)``."""
    if any(arg.spread for arg in call.args) or not 2 <= len(call.args) <= 4:
        return None
    name, *between, handler = [arg.value for arg in call.args]
    if not isinstance(handler, (code.Lambda, code.Name)):
        return None
    first = between[0] if between else None
    described = isinstance(first, (code.Str, code.Join))
    shape = between[1] if described and len(between) == 2 else None if described else first
    if len(between) > 2 or (len(between) == 2 and not described) or not isinstance(shape, (code.Dict, type(None))):
        return None
    edits = [Edit(at, "registerTool")]

    def put(start: int, text: str) -> None:
        edits.append(Edit(at.part(Span(start, start)), text))

    if first is None:
        put(name.end, ", {}")
        return Fix("Call it `registerTool`", Edits(tuple(edits)))
    put(first.start, "{ description: " if described else "{ inputSchema: ")
    if shape is not None and described:
        put(shape.start, "inputSchema: ")
    put(between[-1].end, " }")
    return Fix("Call it `registerTool`", Edits(tuple(edits)))
