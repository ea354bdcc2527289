"""Conversations about definitions: what an editor shows of a tool, where it says that it can show it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lsprotocol import types

from tests.lsp.test_conversations import Editor, editor

pytestmark = [
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="function"),
    pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning"),
]

SCRIPT = """\
import { McpServer, ResourceTemplate } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod/v4";
const server = new McpServer({ name: "notes", version: "1" });
server.registerTool(
  "read_note",
  { description: "Reads a note 😀", inputSchema: { id: z.string() } },
  async ({ id }) => ({ content: [{ type: "text", text: id }] }),
);
server.registerTool("wipe", { description: process.env.WORDS ?? "" }, async () => ({ content: [] }));
server.registerPrompt("sum_up", { description: "Sums up" }, () => ({ messages: [] }));
server.registerResource("all", "notes://all", {}, async () => ({ contents: [] }));
server.registerResource("one", new ResourceTemplate("notes://{id}", { list: undefined }), {}, async () => ({ contents: [] }));
"""
PYTHON = '''\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")


@mcp.tool()
def read_note(id: str) -> str:
    """Reads a note."""
    return id
'''
URI = "file:///nowhere/server.ts"


async def opened(it: Editor, text: str = SCRIPT) -> None:
    if text is SCRIPT:
        await it.open(text, URI, "typescript")
    else:
        await it.open(text)


async def hover(it: Editor, over: str) -> types.Hover | None:
    params = types.HoverParams(types.TextDocumentIdentifier(it.uri), it.span(over).start)
    return await it.client.text_document_hover_async(params)


def said(hover: types.Hover | None) -> str:
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    return hover.contents.value


def entry(text: str) -> object:
    """The JSON that a hover shows in its fence."""
    return json.loads(text.split("```json\n")[1].split("\n```")[0])


# ---------------------------------------------------------------- hover


@pytest.mark.parametrize("over", ['"read_note"', "server.registerTool", "inputSchema"])
async def test_hovering_over_a_registration_shows_what_the_model_is_told(over: str) -> None:
    async with editor("vscode") as it:
        await opened(it)
        found = await hover(it, over)
        text = said(found)
        assert text.startswith("What clients are told of this tool, under typescript-sdk 1: ≈")
        assert entry(text) == {
            "name": "read_note",
            "description": "Reads a note 😀",
            "inputSchema": {
                "$schema": "http://json-schema.org/draft-07/schema#",
                "type": "object",
                "properties": {"id": {"type": "string"}},
                "required": ["id"],
            },
            "execution": {"taskSupport": "forbidden"},
        }
        assert found is not None
        assert found.range == it.span('"read_note"')


async def test_the_body_of_a_handler_is_not_about_the_definition() -> None:
    async with editor("vscode") as it:
        await opened(it)
        assert await hover(it, "content: [{") is None


async def test_what_is_not_known_is_said_with_the_reason() -> None:
    async with editor("vscode") as it:
        await opened(it)
        text = said(await hover(it, '"wipe"'))
        assert "typescript-sdk 1: ≥" in text
        assert text.endswith("Not known from the source:\n- `/description`: it depends on a condition")


async def test_a_definition_is_shown_below_what_is_wrong_with_it() -> None:
    async with editor("vscode") as it:
        await it.open(SCRIPT.replace("Reads a note", "a_needle_in_a_haystack"), URI, "typescript")
        text = said(await hover(it, "needle"))
        assert text.startswith("a needle\n")
        assert "What clients are told of this tool" in text


async def test_hovering_shows_the_definition_of_now() -> None:
    async with editor("vscode") as it:
        await opened(it)
        await it.edit("id: z.string()", "id: z.number()")
        assert '"type": "number"' in said(await hover(it, '"read_note"'))


async def test_an_editor_without_markdown_gets_no_fences() -> None:
    async with editor("emacs") as it:
        await opened(it)
        assert "```" not in said(await hover(it, '"read_note"'))


@pytest.mark.parametrize("over", ["@mcp.tool", "read_note"])
async def test_hovering_over_a_python_tool(over: str) -> None:
    async with editor("vscode") as it:
        await opened(it, PYTHON)
        text = said(await hover(it, over))
        assert text.startswith("What clients are told of this tool, under mcp")
        assert '"name": "read_note"' in text


# ---------------------------------------------------------------- hints and lenses


async def hints(it: Editor, first: int = 0, last: int = 100) -> dict[int, str]:
    """The hints of some lines, by line."""
    where = types.Range(types.Position(first, 0), types.Position(last, 0))
    params = types.InlayHintParams(types.TextDocumentIdentifier(it.uri), where)
    found = await it.client.text_document_inlay_hint_async(params)
    for hint in found or ():
        line = it.text.split("\n")[hint.position.line]
        assert hint.position.character == it.units(line)
    return {hint.position.line: str(hint.label) for hint in found or ()}


@pytest.mark.parametrize("name", ["vscode", "neovim", "helix", "emacs"])
async def test_each_tool_says_what_it_costs_behind_its_line(name: str) -> None:
    async with editor(name) as it:
        assert it.told.capabilities.inlay_hint_provider
        await opened(it)
        found = await hints(it)
        assert list(found) == [4, 8]
        assert found[4].startswith("≈")
        assert found[4].endswith(" tokens")
        assert found[8].startswith("≥")
        assert list(await hints(it, 8, 9)) == [8]


async def test_a_longer_description_costs_more() -> None:
    async with editor("neovim") as it:
        await opened(it)
        before = (await hints(it))[4]
        await it.edit("Reads a note", "Reads a note " + 40 * "and says more of it ")
        after = (await hints(it))[4]
        assert int(after[1:].split()[0]) - int(before[1:].split()[0]) == 200


async def test_a_lens_says_what_the_server_costs() -> None:
    async with editor("vscode") as it:
        await opened(it)
        params = types.CodeLensParams(types.TextDocumentIdentifier(it.uri))
        lens, scan, *_ = await it.client.text_document_code_lens_async(params) or ()
        assert scan.command is not None
        assert (scan.command.title, scan.command.command) == ("Scan", "mcp-lsp.scan")
        assert list(scan.command.arguments or ()) == [{"uri": it.uri}]
        assert lens.command is None
        assert lens.range.start.line == 2
        shown = await it.client.code_lens_resolve_async(lens)
        assert shown.command is not None
        words, _, cost = shown.command.title.partition(": ")
        assert words == "2 tools, 1 prompt, 1 resource, 1 resource template"
        hinted = await hints(it)
        assert cost == f"≥{sum(int(label[1:].split()[0]) for label in hinted.values())} tokens"


async def test_each_tool_has_a_lens_that_calls_it_where_something_may_be_started() -> None:
    for trusted in (True, False):
        async with editor("vscode", options={"trusted": trusted}) as it:
            await opened(it)
            params = types.CodeLensParams(types.TextDocumentIdentifier(it.uri))
            lenses = await it.client.text_document_code_lens_async(params) or ()
            calls = [(lens.range.start.line, lens.command) for lens in lenses if lens.command is not None]
            told = {line: list(one.arguments or ()) for line, one in calls if one.command == "mcp-lsp.call"}
            each = {3: "read_note", 8: "wipe"} if trusted else {}
            assert told == {line: [{"uri": it.uri, "tool": tool, "show": True}] for line, tool in each.items()}


# ---------------------------------------------------------------- symbols


async def test_the_outline_is_a_server_with_what_it_offers() -> None:
    async with editor("vscode") as it:
        await opened(it)
        params = types.DocumentSymbolParams(types.TextDocumentIdentifier(it.uri))
        (server,) = await it.client.text_document_document_symbol_async(params) or ()
        assert isinstance(server, types.DocumentSymbol)
        assert (server.name, server.detail) == ("notes", "MCP server, typescript-sdk 1")
        assert [(child.name, child.detail) for child in server.children or ()] == [
            ("read_note", "tool"),
            ("wipe", "tool"),
            ("sum_up", "prompt"),
            ("notes://all", "resource"),
            ("notes://{id}", "resource template"),
        ]
        first = (server.children or ())[0]
        assert (first.range.start.line, first.range.end.line, first.selection_range.start.line) == (3, 7, 4)


async def test_a_python_tool_reaches_to_the_end_of_its_function() -> None:
    async with editor("vscode") as it:
        await opened(it, PYTHON)
        params = types.DocumentSymbolParams(types.TextDocumentIdentifier(it.uri))
        (server,) = await it.client.text_document_document_symbol_async(params) or ()
        assert isinstance(server, types.DocumentSymbol)
        (tool,) = server.children or ()
        assert (tool.range.start.line, tool.range.end.line, tool.selection_range.start.line) == (5, 8, 6)


async def test_searching_the_workspace_finds_what_no_document_shows(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text("{}", "utf-8")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "server.ts").write_text(SCRIPT, "utf-8")
    (tmp_path / "other.py").write_text(PYTHON.replace("read_note", "read_other"), "utf-8")
    async with editor("vscode", tmp_path) as it:
        assert it.told.capabilities.workspace_symbol_provider

        async def search(query: str) -> list[str]:
            found = await it.client.workspace_symbol_async(types.WorkspaceSymbolParams(query))
            return sorted(f"{one.name} ({one.container_name})" for one in found or ())

        assert await search("read") == ["read_note (tool of notes)", "read_other (tool of notes)"]
        assert await search("nts{") == ["notes://{id} (resource template of notes)"]
        (tmp_path / "other.py").write_text(PYTHON.replace("read_note", "no_longer_there"), "utf-8")
        assert await search("read") == ["read_note (tool of notes)"]
        await it.open(
            SCRIPT.replace("read_note", "read_unsaved"), (tmp_path / "src" / "server.ts").as_uri(), "typescript"
        )
        assert await search("read") == ["read_unsaved (tool of notes)"]


async def test_letters_that_a_name_has_often_are_looked_for_once(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text("{}", "utf-8")
    (tmp_path / "server.py").write_text(PYTHON.replace("read_note", "a" * 90), "utf-8")
    async with editor("vscode", tmp_path) as it:

        async def search(query: str) -> int:
            return len(await it.client.workspace_symbol_async(types.WorkspaceSymbolParams(query)) or ())

        assert await search("A" * 20) == 1
        assert await search("a" * 20 + "b") == 0, "by a pattern it would take years"


# ---------------------------------------------------------------- what it costs those who only type


async def test_until_the_first_squiggle_nothing_is_loaded_that_it_does_not_need(tmp_path: Path) -> None:
    """Editors tell of their settings and folders before they ask for diagnostics."""
    script = """
import sys
from mcp_lsp.lsp.session import Session


class Out:
    body = write = lambda *_: None


text = "from mcp.server.fastmcp import FastMCP\\nmcp = FastMCP('x')\\n\\n@mcp.tool()\\ndef f(a: int): ...\\n"
folder, uri = sys.argv[1], sys.argv[1] + "/a.py"
item = {"uri": uri, "languageId": "python", "version": 1, "text": text}
change = {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "\\n"}
session = Session(Out(), "1")
for method, params in (
    ("initialize", {"capabilities": {"workspace": {"configuration": True}}, "rootUri": folder}),
    ("initialized", {}),
    ("workspace/didChangeConfiguration", {"settings": {"mcp-lsp": {}}}),
    ("workspace/didChangeWorkspaceFolders", {"event": {"added": [{"uri": folder, "name": "x"}], "removed": []}}),
    ("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 2}]}),
    ("textDocument/didOpen", {"textDocument": item}),
    ("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [change]}),
    ("textDocument/diagnostic", {"textDocument": {"uri": uri}}),
):
    asked = {"id": 1} if method in ("initialize", "textDocument/diagnostic") else {}
    session.receive({"method": method, "params": params, **asked})
assert session.documents[uri].analysis.servers[0].tools
dear = ("mcp_lsp.predict", "mcp_lsp.assist.definitions", "lsprotocol", "pygls", "attr")
print([name for name in sys.modules if name.startswith(dear)])
"""
    command = [sys.executable, "-c", script, tmp_path.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


# ---------------------------------------------------------------- definitions

LOW = """\
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { ListToolsRequestSchema, CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";
const server = new Server({ name: "low", version: "1" }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, async () => ({
  tools: [{ name: "read", description: "r", inputSchema: { type: "object" } }],
}));
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  if (request.params.name === 'read') return read(request.params.arguments);
});
"""
LOW_PYTHON = """\
from mcp.server import Server
from mcp.types import Tool

server = Server("low")


@server.list_tools()
async def list_tools():
    return [Tool(name="read", description="r", inputSchema={"type": "object"})]


@server.call_tool()
async def call_tool(name, arguments):
    if name == 'read':
        return read(arguments)
"""


async def led(it: Editor, over: str) -> list[str]:
    """The text that a word leads to."""
    params = types.DefinitionParams(types.TextDocumentIdentifier(it.uri), it.span(over).start)
    found = await it.client.text_document_definition_async(params)
    assert isinstance(found, (list, tuple))
    assert all(isinstance(one, types.Location) and one.uri == it.uri for one in found)
    return [it.text[it.offset(one.range.start) : it.offset(one.range.end)] for one in found]  # type: ignore[union-attr]


@pytest.mark.parametrize(("text", "language"), [(LOW, "typescript"), (LOW_PYTHON, "python")])
async def test_a_listed_tool_leads_to_its_branch_and_back(text: str, language: str) -> None:
    async with editor("vscode") as it:
        await it.open(text, URI if language == "typescript" else "file:///nowhere/server.py", language)
        assert await led(it, '"read"') == ["'read'"]
        assert await led(it, "'read'") == ['"read"']
        assert await led(it, "description") == []


async def test_a_variable_of_a_template_leads_to_its_parameter_and_back() -> None:
    async with editor("vscode") as it:
        await it.open(
            PYTHON.replace("@mcp.tool()", '@mcp.resource("notes://{id}/text")').replace("(id: str)", "(id : str)")
        )
        assert await led(it, "id}") == ["id"]
        assert await led(it, "id :") == ["id"]
    async with editor("vscode") as it:
        old, new = (
            "undefined }), {}, async () => ({ contents: [] })",
            "undefined }), {}, async (uri, { id }) => read(id)",
        )
        script = SCRIPT.replace(old, new)
        await it.open(script, URI, "typescript")
        assert await led(it, 'id}"') == ["id"]
        assert await led(it, "id }) => read") == ["id"]
