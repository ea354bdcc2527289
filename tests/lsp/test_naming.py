"""Conversations about names: where a tool's name stands in a project, and what giving it another one changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.lsp.test_conversations import Editor, editor

pytestmark = [
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="function"),
    pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning"),
]

PYTHON = {
    "pyproject.toml": '[project]\nname = "notes"\n',
    "server.py": """\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")


@mcp.tool()
def read_note(id: str) -> str:
    return id


@mcp.tool()
def read_all(read_note: bool) -> str:
    return "" if read_note else ""


def first() -> str:
    return read_note("1")
""",
    "test_server.py": """\
import server
from server import first, read_note


async def test_reading(client) -> None:
    assert read_note("1") == server.read_note("1")
    assert await client.call_tool("read_note", {"id": "1"})
    assert "read_note" in [tool.name for tool in await client.list_tools()]
    assert read_notes
""",
    "manifest.json": """\
{
  "manifest_version": "0.4",
  "server": { "type": "python", "entry_point": "server.py", "mcp_config": { "command": "python" } },
  "tools": [{ "name": "read_note", "description": "read_note reads" }, { "name": "read_all" }]
}
""",
    ".mcp.json": '{ "mcpServers": { "notes": { "command": "python", "alwaysAllow": ["read_note"] } } }\n',
    "other.py": 'note = {"read_note": 1}\n',
}
SCRIPT = {
    "package.json": '{ "name": "notes" }\n',
    "src/server.ts": """\
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

const server = new Server({ name: "notes", version: "1" }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, async () => ({
  tools: [{ name: "search", description: "Searches notes", inputSchema: { type: "object" } }],
}));
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  switch (request.params.name) {
    case "search":
      return { content: [{ type: "text", text: "search" }] };
    default:
      throw new Error("no such tool");
  }
});
""",
    "src/server.test.ts": """\
const label = "search";
test("search", async () => {
  await client.callTool({ name: "search", arguments: {} });
  const { tools } = await client.listTools();
  expect(tools.some((tool) => tool.name === "search")).toBe(true);
});
""",
    "node_modules/x/index.test.ts": 'client.callTool({ name: "search", arguments: {} });\n',
}


def laid_out(files: dict[str, str], folder: Path) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


async def opened(it: Editor, folder: Path, name: str) -> None:
    path = folder / name
    await it.open(path.read_text(encoding="utf-8"), path.as_uri(), "typescript" if name.endswith(".ts") else "python")


def changed(edit: types.WorkspaceEdit | None, folder: Path) -> dict[str, str]:
    """The files of a folder that an edit changes, with what they say then."""
    assert edit is not None
    done = {}
    changes = dict(edit.changes or {})
    for each in edit.document_changes or ():
        assert isinstance(each, types.TextDocumentEdit)
        changes[each.text_document.uri] = [e for e in each.edits if isinstance(e, types.TextEdit)]
    for uri, edits in changes.items():
        path = Path(uri.removeprefix("file://"))
        lines = path.read_text(encoding="utf-8").split("\n")
        for e in sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
            line = lines[e.range.start.line]
            assert e.range.start.line == e.range.end.line
            lines[e.range.start.line] = line[: e.range.start.character] + e.new_text + line[e.range.end.character :]
        done[str(path.relative_to(folder))] = "\n".join(lines)
    return done


async def renamed(it: Editor, over: str, new: str) -> types.WorkspaceEdit | None:
    params = types.RenameParams(types.TextDocumentIdentifier(it.uri), it.span(over).start, new)
    return await it.client.text_document_rename_async(params)


async def test_a_tool_of_python_gets_another_name(tmp_path: Path) -> None:
    laid_out(PYTHON, tmp_path)
    async with editor("vscode", tmp_path) as it:
        await opened(it, tmp_path, "server.py")
        done = changed(await renamed(it, "read_note(id", "get_note"), tmp_path)
    assert done == {
        "server.py": PYTHON["server.py"]
        .replace("def read_note", "def get_note")
        .replace('read_note("1', 'get_note("1'),
        "test_server.py": PYTHON["test_server.py"].replace("read_note", "get_note").replace("get_notes", "read_notes"),
        "manifest.json": PYTHON["manifest.json"].replace('"name": "read_note"', '"name": "get_note"'),
        ".mcp.json": PYTHON[".mcp.json"].replace("read_note", "get_note"),
    }


async def test_a_tool_with_a_branch_gets_another_name(tmp_path: Path) -> None:
    """The word stands everywhere; only where it is the tool's name it changes."""
    laid_out(SCRIPT, tmp_path)
    async with editor("vscode", tmp_path) as it:
        await opened(it, tmp_path, "src/server.ts")
        done = changed(await renamed(it, 'search", desc', "find"), tmp_path)
    assert done == {
        "src/server.ts": SCRIPT["src/server.ts"]
        .replace('name: "search"', 'name: "find"')
        .replace('case "search"', 'case "find"'),
        "src/server.test.ts": SCRIPT["src/server.test.ts"]
        .replace('name: "search"', 'name: "find"')
        .replace('=== "search"', '=== "find"'),
    }


@pytest.mark.parametrize("name", ["vscode", "helix"])
async def test_the_editor_is_told_what_can_be_renamed(name: str, tmp_path: Path) -> None:
    laid_out(PYTHON, tmp_path)
    async with editor(name, tmp_path) as it:
        await opened(it, tmp_path, "server.py")
        for over, wanted in (("read_note(id", "read_note"), ("id: str", None), ('"notes"', None)):
            params = types.PrepareRenameParams(types.TextDocumentIdentifier(it.uri), it.span(over).start)
            found = await it.client.text_document_prepare_rename_async(params)
            assert (found.placeholder if isinstance(found, types.PrepareRenamePlaceholder) else None) == wanted


@pytest.mark.parametrize(
    ("new", "said"),
    [("read note", "is no name of a tool"), ("read-note", "no name of a function"), ("read_all", "already"),
     ("first", "means something else"), ("class", "no name of a function")],
)  # fmt: skip
async def test_names_that_cannot_be(new: str, said: str, tmp_path: Path) -> None:
    laid_out(PYTHON, tmp_path)
    async with editor("vscode", tmp_path) as it:
        await opened(it, tmp_path, "server.py")
        with pytest.raises(JsonRpcException, match=said):
            await renamed(it, "read_note(id", new)


async def test_references_out_of_a_test_lead_to_all_of_it(tmp_path: Path) -> None:
    laid_out(PYTHON, tmp_path)
    async with editor("neovim", tmp_path) as it:
        await opened(it, tmp_path, "test_server.py")
        params = types.ReferenceParams(
            types.ReferenceContext(include_declaration=True),
            types.TextDocumentIdentifier(it.uri),
            it.span('read_note", {').start,
        )
        found = await it.client.text_document_references_async(params)
    lines = {(Path(at.uri).name, at.range.start.line) for at in found or ()}
    assert lines == {
        ("server.py", 6), ("server.py", 16), ("test_server.py", 1), ("test_server.py", 5), ("test_server.py", 6),
        ("test_server.py", 7), ("manifest.json", 3), (".mcp.json", 0),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("place", "lines"), [("read_note(id", [(6, "Write"), (16, "Read")]), ("read_note: bool", None)]
)
async def test_the_name_of_a_tool_is_shown_wherever_its_file_says_it(
    place: str, lines: list[tuple[int, str]] | None, tmp_path: Path
) -> None:
    laid_out(PYTHON, tmp_path)
    async with editor("vscode", tmp_path) as it:
        await opened(it, tmp_path, "server.py")
        at = it.span(place).start
        params = types.DocumentHighlightParams(types.TextDocumentIdentifier(it.uri), at)
        found = await it.client.text_document_document_highlight_async(params)
    said = None if found is None else [(each.range.start.line, each.kind and each.kind.name) for each in found]
    assert said == lines


async def test_a_word_that_is_no_tool_has_no_references(tmp_path: Path) -> None:
    laid_out(PYTHON, tmp_path)
    async with editor("vscode", tmp_path) as it:
        await opened(it, tmp_path, "other.py")
        params = types.ReferenceParams(
            types.ReferenceContext(include_declaration=True),
            types.TextDocumentIdentifier(it.uri),
            it.span("read_note").start,
        )
        assert not await it.client.text_document_references_async(params)


# ---------------------------------------------------------------- files that are started

STARTED = {
    "pyproject.toml": '[project]\nname = "notes"\n',
    "src/notes/server.py": 'from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("notes")\n',
    ".vscode/mcp.json": """\
{
  // how to try it
  "servers": { "notes": { "command": "python", "args": ["${workspaceFolder}/src/notes/server.py"] } }
}
""",
    "manifest.json": """\
{ "server": { "type": "python", "entry_point": "src/notes/server.py",
  "mcp_config": { "command": "python", "args": ["-m", "notes.server", "--verbose", "gone.py"] } } }
""",
}


@pytest.mark.parametrize(
    ("name", "links"), [(".vscode/mcp.json", ["${workspaceFolder}/src/notes/server.py"]),
                        ("manifest.json", ["src/notes/server.py", "notes.server"])]
)  # fmt: skip
async def test_a_configuration_leads_to_the_files_it_starts(name: str, links: list[str], tmp_path: Path) -> None:
    laid_out(STARTED, tmp_path)
    target = (tmp_path / "src/notes/server.py").as_uri()
    async with editor("vscode", tmp_path) as it:
        path = tmp_path / name
        await it.open(path.read_text(encoding="utf-8"), path.as_uri(), "json")
        identifier = types.TextDocumentIdentifier(it.uri)
        found = await it.client.text_document_document_link_async(types.DocumentLinkParams(identifier)) or ()
        assert [it.text[it.offset(at.range.start) : it.offset(at.range.end)] for at in found] == links
        assert {at.target for at in found} == {target}
        where = it.span(links[0]).start
        led = await it.client.text_document_definition_async(types.DefinitionParams(identifier, where))
        assert isinstance(led, (list, tuple))
        assert [at.uri for at in led if isinstance(at, types.Location)] == [target]


async def test_a_server_leads_to_what_starts_it(tmp_path: Path) -> None:
    laid_out(STARTED, tmp_path)
    async with editor("vscode", tmp_path) as it:
        await opened(it, tmp_path, "src/notes/server.py")
        params = types.ReferenceParams(
            types.ReferenceContext(include_declaration=True),
            types.TextDocumentIdentifier(it.uri),
            it.span('FastMCP("notes")').start,
        )
        found = await it.client.text_document_references_async(params)
    assert sorted(Path(at.uri).name for at in found or ()) == ["manifest.json", "manifest.json", "mcp.json"]
