"""What one answer of a function has and another has not, and what is handed on with all that was given."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text
from tests.flow.stories import handlers

PYTHON = """
import subprocess
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")


def settings(kind: str):
    if kind not in ("a", "b"):
        return {"error": ERROR}
    return {"folder": "/srv/notes", "kind": kind}


@mcp.tool()
def find(text: str, kind: str) -> str:
    found = settings(kind)
    if ASKED:
        return "no"
    return subprocess.getoutput("grep -r " + text + " " + found["folder"])
"""
TYPESCRIPT = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { exec } from "node:child_process";
import { z } from "zod";

const server = new McpServer({ name: "notes", version: "1.0.0" });

function settings(kind: string) {
  if (!known(kind)) return { error: ERROR };
  return { folder: "/srv/notes", kind };
}

server.registerTool("find", { inputSchema: { text: z.string(), kind: z.string() } }, async ({ text, kind }) => {
  const found = settings(kind);
  if (ASKED) return { isError: true, content: [] };
  exec("grep -r " + text + " " + found.folder);
  return { content: [] };
});
"""


def told(source: str, uri: str) -> bool:
    return any(d.rule.id == "MCP301" for d in check_text(uri, source))


@pytest.mark.parametrize("error", ['"unknown"', 'f"unknown: {kind}"', "str(kind)"])
@pytest.mark.parametrize(
    "asked",
    ['"error" in found', 'found.get("error")', 'found.get("error") is not None', '"folder" not in found'],
)
def test_an_error_that_is_only_in_one_answer(error: str, asked: str) -> None:
    assert told(PYTHON.replace("ERROR", error).replace("ASKED", asked), "file:///server.py")


@pytest.mark.parametrize("error", ['"unknown"', "`unknown: ${kind}`", "String(kind)"])
@pytest.mark.parametrize("asked", ['"error" in found', "found.error", "found.error !== undefined", "!found.folder"])
def test_the_same_in_typescript(error: str, asked: str) -> None:
    assert told(TYPESCRIPT.replace("ERROR", error).replace("ASKED", asked), "file:///server.ts")


@pytest.mark.parametrize(("asked", "found"), [('"kind" in found', False), ('"other" in found', True)])
def test_what_every_answer_has_or_none(asked: str, found: bool) -> None:
    source = PYTHON.replace('{"error": ERROR}', '{"folder": "/srv", "kind": "a"}').replace("ASKED", asked)
    assert told(source, "file:///server.py") is found


LOW = """
import os
from mcp.server import Server
from mcp.types import TextContent

server = Server("notes")


@server.call_tool()
async def call_tool(name: str, arguments: dict) -> list[TextContent]:
    return [TextContent(type="text", text=await keep(**arguments))]


async def keep(text: str, **options):
    return await write(text, OPTIONS)


async def write(text: str, **options):
    with open(os.path.abspath(options.get("path", "notes.md")), "w") as file:
        file.write(text)
    return "kept"
"""


@pytest.mark.parametrize(
    ("options", "found"),
    [("**options", True), ("folder='notes', **options", True), ("path='notes.md'", False), ("kind='a'", False)],
)
def test_all_that_was_given_is_handed_on(options: str, found: bool) -> None:
    source = LOW.replace("OPTIONS", options)
    assert any(d.rule.id == "MCP305" for d in check_text("file:///server.py", source)) is found


SWITCH = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { exec } from "node:child_process";
import { z } from "zod";

const server = new McpServer({ name: "notes", version: "1.0.0" });
const state = { ready: false };
ELSEWHERE
server.registerTool("find", { inputSchema: { text: z.string(), all: z.string() } }, async ({ text, all }) => {
  INSIDE
  exec("grep -r " + text);
  return { content: [] };
});
"""
UNREADY = "if (!state.ready) return { content: [] };"


@pytest.mark.parametrize(
    ("elsewhere", "within", "found"),
    [
        ("", "let ok = false; all.split(',').forEach((one) => { if (one) ok = true; }); if (!ok) return {};", True),
        ("", "let ok = false; function go() { ok = true; } go(); if (!ok) return {};", True),
        ("", "let data = null; await load((d) => { data = d; }); if (!data) return {};", True),
        ("", "let ok = false; function go() { other = true; } go(); if (!ok) return {};", False),
        ("export function init() { state.ready = true; }", UNREADY, True),
        ("export function init(o) { Object.assign(state, o); }", UNREADY, True),
        ("export function init(o) { other.ready = true; }", UNREADY, False),
        ("", UNREADY, False),
    ],
)
def test_what_another_function_switches_on(elsewhere: str, within: str, found: bool) -> None:
    assert told(SWITCH.replace("ELSEWHERE", elsewhere).replace("INSIDE", within), "file:///server.ts") is found


@pytest.mark.parametrize(
    ("elsewhere", "found"),
    [
        ('def init():\n    STATE["ready"] = True', True),
        ("def init(more):\n    STATE.update(more)", True),
    ],
)
def test_a_table_of_switches_in_python(elsewhere: str, found: bool) -> None:
    head = f'import subprocess\nfrom mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("notes")\nSTATE = {{"ready": False}}\n\n{elsewhere}\n'
    body = 'def find(text: str) -> str:\n    if not STATE["ready"]:\n        return "no"\n    return subprocess.getoutput("ls " + text)\n'
    assert told(f"{head}\n@mcp.tool()\n{body}", "file:///server.py") is found


@pytest.mark.parametrize("way", ["from config import STATE", "import config"])
def test_what_is_in_a_table_of_another_file_any_file_may_set(way: str) -> None:
    table = "STATE" if way.startswith("from") else "config.STATE"
    head = f'import subprocess\n{way}\nfrom mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("notes")\n\n'
    body = f'    if not {table}["ready"]:\n        return "no"\n    return subprocess.getoutput("ls " + text)\n'
    tool = f'@mcp.tool()\ndef find(text: str) -> str:\n    """Finds."""\n{body}'
    (handler,) = handlers(head + tool, "python", {"config.py": 'STATE = {"ready": False}\n'})
    assert handler.flows
