"""Conversations while somebody writes: what is offered, and what choosing it does to the text."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.lsp.test_conversations import EDITORS, Editor, editor

pytestmark = [
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="function"),
    pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning"),
]

PYTHON = """\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("😀")


@mcp.tool()
def read_note(id: str) -> str:
    return id


"""


async def offered(it: Editor, at: str) -> dict[str, types.CompletionItem]:
    where = it.span(at).end
    params = types.CompletionParams(types.TextDocumentIdentifier(it.uri), where)
    found = await it.client.text_document_completion_async(params)
    assert isinstance(found, list)
    return {item.label: item for item in found}


def accepted(it: Editor, item: types.CompletionItem) -> str:
    """The text after choosing an item."""
    assert isinstance(item.text_edit, types.TextEdit)
    text = it.text
    edits = [item.text_edit, *(item.additional_text_edits or ())]
    for edit in sorted(edits, key=lambda e: it.offset(e.range.start), reverse=True):
        text = text[: it.offset(edit.range.start)] + edit.new_text + text[it.offset(edit.range.end) :]
    return text


@pytest.mark.parametrize("name", EDITORS)
async def test_a_keyword_is_completed_while_it_is_typed(name: str) -> None:
    async with editor(name) as it:
        await it.open(PYTHON)
        await it.edit("@mcp.tool()", '@mcp.tool(name="😀", de')
        item = (await offered(it, '"😀", de'))["description="]
        assert '@mcp.tool(name="😀", description=\n' in accepted(it, item)
        assert item.detail == "What the model is told: what it does, and when to use it"


async def test_a_declaration_brings_its_imports() -> None:
    async with editor("vscode") as it:
        await it.open(PYTHON + "mcp_t")
        item = (await offered(it, "mcp_t"))["mcp_tool"]
        text = accepted(it, item)
        assert "from pydantic import Field\n" in text
        assert "from typing import Annotated\n" in text
        assert text.count("@mcp.tool()") == 2
        assert item.insert_text_format == types.InsertTextFormat.Snippet


async def test_a_client_without_snippets_gets_plain_text() -> None:
    async with editor("emacs") as it:
        await it.open(PYTHON + "mc")
        item = (await offered(it, "\n\n\nmc"))["mcp_resource"]
        assert accepted(it, item).endswith(
            '@mcp.resource("notes://all")\ndef all_notes() -> str:\n    """All notes."""\n    return ""\n'
        )


async def test_nothing_is_offered_in_a_file_of_another_kind() -> None:
    async with editor("vscode") as it:
        await it.open("mcp-", "file:///nowhere/notes.txt", "plaintext")
        assert await offered(it, "mcp-") == {}


SCRIPT = """\
import { McpServer } from "@modelcontextprotocol/server";
const server = new McpServer({ name: "😀", version: "1" });
"""
RESOURCE = "\ndef note(note_id: str, ctx: Context) -> str:\n    return note_id\n"
SERVER = ("server.py", "python")
MANIFEST = ("server.json", "json")


@pytest.mark.parametrize(
    ("name", "file", "text", "label", "becomes"),
    [
        # Annotation keys, in both languages and both forms.
        ("vscode", SERVER, PYTHON + '@mcp.tool(annotations={"re|"})', "readOnlyHint", '{"readOnlyHint"}'),
        ("neovim", SERVER, PYTHON + "@mcp.tool(annotations=ToolAnnotations(|", "readOnlyHint=", "(readOnlyHint="),
        ("emacs", ("s.ts", "typescript"), SCRIPT + 'server.registerTool("x", { annotations: { | } }', "idempotentHint", "idempotentHint:"),
        # Arguments of Field, keywords of decorators and constructors.
        ("vscode", SERVER, PYTHON + 'def f(a: str = Field(default="", de|', "description=", 'default="", description='),
        ("helix", SERVER, PYTHON + '@mcp.prompt(name="😀", ti|', "title=", '"😀", title='),
        ("vscode", SERVER, PYTHON + "other = FastMCP(instr|", "instructions=", "FastMCP(instructions="),
        # Variables of a URI template, from the function and for it.
        ("neovim", SERVER, PYTHON + '@mcp.resource("notes://😀/{|")' + RESOURCE, "note_id", '"notes://😀/{note_id}")'),
        ("vscode", SERVER, PYTHON + '@mcp.resource("notes://{folder}/{id}")\ndef note(folder: str, |', "id", "folder: str, id: str"),
        # Methods of the protocol.
        ("vscode", ("s.ts", "typescript"), SCRIPT + 'server.setRequestHandler("tools/|")', "tools/call", '("tools/call")'),
        # Rules in a suppression.
        ("emacs", SERVER, PYTHON + "x = 1  # mcp-lsp: ignore[needle, api|", "api-of-another-major", "ignore[needle, api-of-another-major"),
        # Manifests, and what clients start.
        ("vscode", MANIFEST, '{ "name": "😀", "pack|" }', "packages", '"packages": []'),
        ("neovim", MANIFEST, '{ "packages": [{ "registryType": "|" }] }', "pypi", '"registryType": "pypi"'),
        ("vscode", ("manifest.json", "json"), '{ "manifest_version": "0.4", "server": { "ent|" } }', "entry_point", '"entry_point": ""'),
        ("helix", (".mcp.json", "json"), '{ "mcpServers": { "😀": { "comm|" } } }', "command", '"command": ""'),
        ("vscode", (".vscode/mcp.json", "jsonc"), '{ "inputs": [{ "id": "key" }], "servers": { "n": { "env": { "K": "${input:|" } } } }', "key", '"${input:key}"'),
    ],
)  # fmt: skip
async def test_what_is_offered_where(name: str, file: tuple[str, str], text: str, label: str, becomes: str) -> None:
    async with editor(name) as it:
        before, after = text.split("|")
        await it.open(before + "\n", f"file:///nowhere/{file[0]}", file[1])
        it.text, marker = before + after, before[-12:]
        change = types.TextDocumentContentChangeWholeDocument(text=it.text)
        identifier = types.VersionedTextDocumentIdentifier(2, it.uri)
        it.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
        assert becomes in accepted(it, (await offered(it, marker))[label])


@pytest.mark.parametrize("name", EDITORS)
async def test_pointing_at_a_member_of_a_manifest_says_what_it_is_for(name: str) -> None:
    async with editor(name) as it:
        await it.open('{ "name": "😀/😀", "version": "1.0.0" }', "file:///nowhere/server.json", "json")
        where = it.span('"version"')
        params = types.HoverParams(types.TextDocumentIdentifier(it.uri), where.end)
        assert await it.client.text_document_hover_async(params) is None
        params.position = types.Position(where.start.line, where.start.character + 2)
        shown = await it.client.text_document_hover_async(params)
        assert shown is not None
        assert isinstance(shown.contents, types.MarkupContent)
        assert shown.contents.value.startswith("`version`: one exact version of the server")
        assert shown.range == where
