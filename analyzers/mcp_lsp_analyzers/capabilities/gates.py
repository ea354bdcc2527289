"""Servers that can be told to change nothing, and the tools that were forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from ..gates import Gates
from ..rule import Example, Finding, Related, Severity, rule


@rule(
    "MCP515",
    severity=Severity.WARNING,
    references=(
        "CWE-862",
        "CWE-863",
        "CWE-285",
        "MCP02:2025",
        "LLM06:2025",
        "LLM03:2026",
        "ASI02:2026",
        "CoSAI MCP-T2",
    ),
    bad='''
    from .settings import read_only


    @mcp.tool()
    def create_note(title: str) -> str:
        """Make a note."""
        if read_only():
            raise PermissionError("only reading is allowed")
        return notes.create(title)


    @mcp.tool()
    def update_note(title: str, text: str) -> str:
        """Write a note anew."""
        if read_only():
            raise PermissionError("only reading is allowed")
        return notes.update(title, text)


    @mcp.tool()
    def delete_note(title: str) -> str:
    #   ^^^^^^^^^^^ `delete_note` changes something whatever mode the server is in, which the tools around it ask for
        """Take a note away."""
        return notes.delete(title)
    ''',
    good='''
    from .settings import read_only


    @mcp.tool()
    def create_note(title: str) -> str:
        """Make a note."""
        if read_only():
            raise PermissionError("only reading is allowed")
        return notes.create(title)


    @mcp.tool()
    def update_note(title: str, text: str) -> str:
        """Write a note anew."""
        if read_only():
            raise PermissionError("only reading is allowed")
        return notes.update(title, text)


    @mcp.tool()
    def delete_note(title: str) -> str:
        """Take a note away."""
        if read_only():
            raise PermissionError("only reading is allowed")
        return notes.delete(title)
    ''',
)  # fmt: skip
def tool_left_out_of_read_only_mode(gates: Gates) -> Iterator[Finding]:
    """A tool changes something and does not ask whether it may, as the tools around it do.

    A check that is written into each tool is forgotten in one. Whoever runs the server read-only then relies on
    something that does not hold.

    Ask in one place through which every tool goes, a decorator or middleware that refuses what is not marked as
    harmless; or do not register such tools at all in that mode.
    """
    if not gates.mcp:
        return
    asking = sum(tool.asks for tool in gates.tools) + gates.beside[0]
    silent = sum(not tool.asks for tool in gates.tools) + gates.beside[1]
    if asking < 2 or asking < silent:
        return  # it is not that one was forgotten
    for tool in gates.tools:
        if not tool.asks:
            said = "changes something whatever mode the server is in, which the tools around it ask for"
            yield Finding(tool.place, f"`{tool.name}` {said}", detail=tool.name)


@rule(
    "MCP517",
    severity=Severity.WARNING,
    references=("CWE-284", "CWE-863", "MCP02:2025", "LLM06:2025", "LLM03:2026", "ASI02:2026", "CoSAI MCP-T2"),
    bad="""
    from mcp.server import Server

    from .settings import settings

    server = Server("notes")


    @server.list_tools()
    async def list_tools():
    #         ^^^^^^^^^^ tools are left out of the list in a mode in which they can still be called
        return [tool for tool in TOOLS if not settings.read_only or tool.reads]


    @server.call_tool()
    async def call_tool(name, arguments):
        return await HANDLERS[name](arguments)
    """,
    good="""
    from mcp.server import Server

    from .settings import settings

    server = Server("notes")


    def offered():
        return [tool for tool in TOOLS if not settings.read_only or tool.reads]


    @server.list_tools()
    async def list_tools():
        return offered()


    @server.call_tool()
    async def call_tool(name, arguments):
        if name not in {tool.name for tool in offered()}:
            raise ValueError("no such tool")
        return await HANDLERS[name](arguments)
    """,
    typescript=Example(
        bad="""
        import { Server } from "@modelcontextprotocol/sdk/server/index.js";
        import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
        import { handlers, reading, tools } from "./tools.js";

        const readOnly = process.env.NOTES_READ_ONLY === "true";
        const server = new Server({ name: "notes", version: "1.0.0" }, { capabilities: { tools: {} } });

        server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: readOnly ? reading : tools }));
        //                       ^^^^^^^^^^^^^^^^^^^^^^ tools are left out of the list in a mode in which they can …
        server.setRequestHandler(CallToolRequestSchema, async (request) => handlers[request.params.name](request));
        """,
        good="""
        import { Server } from "@modelcontextprotocol/sdk/server/index.js";
        import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
        import { handlers, reading, tools } from "./tools.js";

        const readOnly = process.env.NOTES_READ_ONLY === "true";
        const server = new Server({ name: "notes", version: "1.0.0" }, { capabilities: { tools: {} } });

        server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: readOnly ? reading : tools }));
        server.setRequestHandler(CallToolRequestSchema, async (request) => {
          if (readOnly && !reading.some((tool) => tool.name === request.params.name)) {
            throw new Error("only reading is allowed");
          }
          return handlers[request.params.name](request);
        });
        """,
    ),
)
def hidden_tool_that_can_be_called(gates: Gates) -> Iterator[Finding]:
    """Tools are only left out of the list, and run all the same when they are called by name.

    What a client does not see it can still ask for: a name is known from the documentation, from another run, or from
    a text that tells a model to try it. A mode that only hides protects from nothing.

    Ask for the mode where tools are called, in the same function that says which are offered.
    """
    if gates.mcp and gates.hidden is not None:
        listed, called = gates.hidden
        said = "tools are left out of the list in a mode in which they can still be called"
        yield Finding(listed, said, related=(Related(called, "nobody asks for the mode here"),))
