"""After many edits nothing of what a file was like before them is kept, however its handlers refer to one another."""

from __future__ import annotations

import gc

import pytest

from mcp_lsp import syntax
from mcp_lsp.check import Analysis
from mcp_lsp_analyzers.scope import Module

PYTHON = """from mcp.server.fastmcp import FastMCP


def lookup(table, note):
    return table.get(note)


def register(mcp: FastMCP, client: object) -> None:
{}"""

TOOL = """    @mcp.tool()
    def tool_{n}(note: str = "") -> str:
        lines = []
        return lookup(client, note)

"""

TYPESCRIPT = """import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";

function lookup(table: unknown, note: string) {{
  return [table, note];
}}

export function register(server: McpServer, client: Client) {{
{}}}
"""

REGISTERED = """  server.registerTool("tool_{n}", {{ description: "Look up.", inputSchema: {{ note: z.string() }} }}, async ({{ note }}) => {{
    const lines = [];
    return lookup(client, note);
  }});
"""


@pytest.mark.parametrize(
    ("language", "text", "tool", "typed"),
    [
        ("python", PYTHON, TOOL, "        seen = lookup(client, note)"),
        ("typescript", TYPESCRIPT, REGISTERED, "seen(note);"),
    ],
)
@pytest.mark.parametrize("parts", [20, 40])
def test_nothing_of_before_is_kept(language: str, text: str, tool: str, typed: str, parts: int) -> None:
    whole = text.format("".join(tool.format(n=n) for n in range(parts)))
    at = whole.index("lines = []", len(whole) // 2)
    at = whole.index("\n", at) + 1
    analysis = Analysis(syntax.Document(f"file:///{language}", whole, language))

    def states() -> int:
        for i, char in enumerate("\n" + typed):
            analysis.change([syntax.Change(at + i, at + i, char)])
        analysis.change([syntax.Change(at, at + len(typed) + 1, "")])
        gc.collect()
        return sum(isinstance(one, Module) and one.uri == analysis.document.uri for one in gc.get_objects())

    states()
    found = [states() for _ in range(4)]
    assert found == found[:1] * 4
