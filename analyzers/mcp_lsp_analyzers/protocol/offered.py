"""What a low-level server answers and does not offer: clients do not ask for it, or the SDK throws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from .. import code
from ..code import Dict, Expr, Unit, flat
from ..expressions import spelled
from ..fix import NAMED, Edit, Edits, Fix, Write
from ..model import Server
from ..once import once
from ..place import Place, Span
from ..record import NamedTuple
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import sites
from .kept import class_of, found, word

_ANSWERED = {
    "ListTools": "tools", "CallTool": "tools", "tools/list": "tools", "tools/call": "tools",
    "ListPrompts": "prompts", "GetPrompt": "prompts", "prompts/list": "prompts", "prompts/get": "prompts",
    "ListResources": "resources", "ReadResource": "resources", "ListResourceTemplates": "resources",
    "resources/list": "resources", "resources/read": "resources", "resources/templates/list": "resources",
}  # fmt: skip
"""What has to be offered for a request to be answered: `assertRequestHandlerCapability` of the TypeScript SDK 1.32."""


class _Called(NamedTuple):
    call: code.Call
    unit: Unit
    receiver: str


@rule(
    "MCP151",
    severity=Severity.ERROR,
    references=("CWE-573",),
    bad="""
    from mcp.server import Server
    from mcp.server.models import InitializationOptions
    from mcp.types import ServerCapabilities, Tool

    server = Server("notes")


    @server.list_tools()
    async def list_tools() -> list[Tool]:
        return [Tool(name="list_notes", description="Name all notes.", inputSchema={"type": "object"})]


    async def serve(read, write) -> None:
        offered = ServerCapabilities()
    #             ^^^^^^^^^^^^^^^^^^^^ says nothing of tools, so clients ask for none: `list_notes` is not seen
        options = InitializationOptions(server_name="notes", server_version="1", capabilities=offered)
        await server.run(read, write, options)
    """,
    good="""
    from mcp.server import NotificationOptions, Server
    from mcp.server.models import InitializationOptions
    from mcp.types import Tool

    server = Server("notes")


    @server.list_tools()
    async def list_tools() -> list[Tool]:
        return [Tool(name="list_notes", description="Name all notes.", inputSchema={"type": "object"})]


    async def serve(read, write) -> None:
        offered = server.get_capabilities(NotificationOptions(), {})
        options = InitializationOptions(server_name="notes", server_version="1", capabilities=offered)
        await server.run(read, write, options)
    """,
    typescript=Example(
        bad="""
        import { Server } from "@modelcontextprotocol/sdk/server/index.js";
        import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

        const server = new Server({ name: "notes", version: "1.0.0" }, { capabilities: {} });
        server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: [] }));
        //                       ^^^^^^^^^^^^^^^^^^^^^^ the server does not offer tools: this throws
        """,
        good="""
        import { Server } from "@modelcontextprotocol/sdk/server/index.js";
        import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

        const server = new Server({ name: "notes", version: "1.0.0" }, { capabilities: { tools: {} } });
        server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: [] }));
        """,
    ),
)
def capability_not_offered(server: Server) -> Iterator[Finding]:
    """A server answers requests for something that it does not offer.

    When a client connects, the server says whether it has tools, prompts and resources. Clients do not ask for what was
    not offered: the tools are there, and nobody sees them. The TypeScript SDK throws when a handler is set for what the
    constructor's `capabilities` leave out.

    Offer it: `capabilities: { tools: {} }`, and in Python what `server.get_capabilities()` finds.
    """
    module = server.module
    if module is None or named_as_test(server.uri) or server.sdk.api != "low":
        return
    if server.sdk.family == "mcp":
        yield from _left_out(server)
    elif server.sdk.family == "typescript-sdk" and class_of(server) == "Server":
        yield from _thrown(server)


def _at(server: Server, unit: Unit, node: Expr | Span) -> Place:
    return unit.place(server.uri, server.place.pointer, node)


# ---------------------------------------------------------------- Python


def _left_out(server: Server) -> Iterator[Finding]:
    for kind, items in (("tools", server.tools), ("prompts", server.prompts), ("resources", server.resources)):
        if not items:
            continue
        for _, calls in found(server.module, _said):
            for made in calls:
                if word(server.module, made.call.callee) != _CAPABILITIES:
                    continue
                if made.call.keyword(kind) is not None or any(arg.spread or not arg.name for arg in made.call.args):
                    continue
                said = f"says nothing of {kind}, so clients ask for none: `{items[0].name[:24]}` is not seen"
                args = made.call.args
                end = Span(args[-1].end, args[-1].end) if args else Span(made.call.end - 1, made.call.end - 1)
                text = f"{', ' if args else ''}{kind}={NAMED}()"
                change = Write(
                    (Edit(_at(server, made.unit, end), text),), "mcp.types", f"{kind.capitalize()}Capability"
                )
                fix = Fix(f"Offer {kind}", change)
                place = _at(server, made.unit, made.call)
                yield Finding(place, said, fix=fix, detail=kind, severity=Severity.WARNING)


@once
def _said(unit: Unit) -> Sequence[_Called]:
    """Calls that may make capabilities, under whatever name they are imported: of that name, or near their use."""
    if _CAPABILITIES not in unit.key and "capabilities" not in unit.key and "InitializationOptions" not in unit.key:
        return ()
    own = [
        _Called(site.node, site.unit, "")
        for site in sites(unit.statements, unit, nested=False, kinds=(code.Call,))
        if isinstance(site.node, code.Call) and isinstance(site.node.callee, (code.Name, code.Attr))
    ]
    return [*own, *chain.from_iterable(map(_said, unit.nested))]


_CAPABILITIES = "ServerCapabilities"


# ---------------------------------------------------------------- TypeScript


def _thrown(server: Server) -> Iterator[Finding]:
    assert server.constructed is not None
    made, home = server.constructed
    options = made.positional(1)
    if made.positional(0) is None or any(arg.spread for arg in made.args):
        return
    offered = options.get("capabilities") if isinstance(options, Dict) else None
    if options is not None and not (isinstance(options, Dict) and _written_out(options)):
        return
    if offered is not None and not (isinstance(offered, Dict) and _written_out(offered)):
        return
    calls = [each for _, every in found(server.module, _answering) for each in every]
    if any(code.last_name(each.call.callee) == "registerCapabilities" for each in calls):
        return
    name = _variable(made, home)
    seen: set[str] = set()
    for each in calls:
        first = each.call.positional(0)
        kind = _ANSWERED.get(_request(server, first)) if each.receiver == name else None
        if (
            kind is None
            or first is None
            or kind in seen
            or (isinstance(offered, Dict) and offered.get(kind) is not None)
        ):
            continue
        seen.add(kind)
        said = f"the server does not offer {kind}: this throws"
        fix = _offer(server, home, made, options, offered, kind)
        yield Finding(_at(server, each.unit, first), said, fix=fix, detail=kind)


def _written_out(options: Dict) -> bool:
    return all(isinstance(pair.key, code.Str) for pair in options.pairs)


def _request(server: Server, first: Expr | None) -> str:
    if isinstance(first, code.Str):
        return first.value
    return word(server.module, first).removesuffix("RequestSchema")


def _variable(made: code.Call, home: Unit) -> str:
    """What the server is called: ``server``, ``this.server``."""
    for site in sites(home.statements, home, kinds=(code.Assign,)):
        if isinstance(site.node, code.Assign) and site.node.value is made:
            return spelled(site.node.target)
    for statement, _ in flat(home.statements):
        if isinstance(statement, code.Assign) and statement.value is made:
            return spelled(statement.target)
    return "?"


@once
def _answering(unit: Unit) -> Sequence[_Called]:
    if "setRequestHandler(" not in unit.key and "registerCapabilities(" not in unit.key:
        return ()
    own = [
        _Called(site.node, site.unit, spelled(site.node.callee.value))
        for site in sites(unit.statements, unit, nested=False, kinds=(code.Call,))
        if isinstance(site.node, code.Call)
        and isinstance(site.node.callee, code.Attr)
        and site.node.callee.name in ("setRequestHandler", "registerCapabilities")
    ]
    return [*own, *chain.from_iterable(map(_answering, unit.nested))]


def _offer(
    server: Server, home: Unit, made: code.Call, options: Expr | None, offered: Expr | None, kind: str
) -> Fix | None:
    if options is None:
        at, text = made.args[-1].end, f", {{ capabilities: {{ {kind}: {{}} }} }}"
    elif isinstance(offered, Dict):
        at, text = _into(home, offered, f"{kind}: {{}}")
    elif isinstance(options, Dict):
        at, text = _into(home, options, f"capabilities: {{ {kind}: {{}} }}")
    else:
        return None
    return Fix(f"Offer {kind}", Edits((Edit(_at(server, home, Span(at, at)), text),)))


def _into(home: Unit, options: Dict, text: str) -> tuple[int, str]:
    """Behind the last member of an object."""
    if options.pairs:
        return options.pairs[-1].value.end, f", {text}"
    inside = home.key[options.start + 1 : options.end - 1]
    return options.start + 1, f" {text}{' ' if not inside[:1].isspace() else ''}"
