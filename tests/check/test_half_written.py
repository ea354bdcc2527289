"""A declaration that is half written lacks nothing yet: what is said of a right server while it is typed."""

from __future__ import annotations

import pytest

from mcp_lsp import syntax
from mcp_lsp.check import Analysis
from mcp_lsp.settings import Settings

PYTHON = '''\
@mcp.tool(annotations={"readOnlyHint": True})
async def find_parcel(number: Annotated[str, Field(description="On the label")], ctx: Context) -> str:
    """Find a parcel."""
    await ctx.info("looking")
    return number


@mcp.resource("depot://parcels/{number}")
def parcel(number: str) -> str:
    """One parcel."""
    return number
'''
TYPESCRIPT = """\
server.registerTool(
  "delete_bed",
  {
    description: "Give up a bed.",
    inputSchema: { bed: z.string().describe("Which bed") },
    outputSchema: { state: z.string() },
    annotations: { destructiveHint: true },
  },
  async ({ bed }) => {
    const state = { state: bed };
    return { content: [{ type: "text", text: bed }], structuredContent: state };
  },
);
"""
HEADS = {
    "python": (
        "from typing import Annotated\nfrom fastmcp import Context, FastMCP\nfrom pydantic import Field\n\n"
        'mcp = FastMCP("depot")\n\n\n'
    ),
    "typescript": (
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nimport { z } from "zod";\n'
        'const server = new McpServer({ name: "garden", version: "1.0.0" });\n\n'
    ),
}


@pytest.mark.parametrize(("language", "typed"), [("python", PYTHON), ("typescript", TYPESCRIPT)])
def test_a_right_server_is_typed(language: str, typed: str) -> None:
    head = HEADS[language]
    analysis = Analysis(syntax.Document("file:///server", head, language), None, Settings())
    told = []
    for i, letter in enumerate(typed):
        at = len(head) + i
        analysis.change([syntax.Change(at, at, letter)])
        told += [f"{typed[: i + 1][-20:]!r}: {d.finding.message}" for d in analysis.diagnostics]
    assert told == []
    assert analysis.servers[0].tools


def test_what_is_wrong_is_told_once_it_is_whole() -> None:
    text = HEADS["python"] + "@mcp.tool()\ndef find(number: str) -> str:\n    return number\n"
    half = Analysis(
        syntax.Document("file:///a.py", text.removesuffix("    return number\n"), "python"), None, Settings()
    )
    assert half.diagnostics == []
    whole = Analysis(syntax.Document("file:///a.py", text, "python"), None, Settings())
    assert "MCP901" in [d.rule.id for d in whole.diagnostics]


def test_what_reaches_a_command_is_told_at_once() -> None:
    text = (
        f"import os\n{HEADS['python']}@mcp.tool()\ndef find(number: str) -> str:\n"
        '    """Find."""\n    os.system(f"find {number}")\n    return (\n'
    )
    found = Analysis(syntax.Document("file:///a.py", text, "python"), None, Settings()).diagnostics
    assert [d.rule.id for d in found] == ["MCP301"]
