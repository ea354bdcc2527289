"""Which answers tell a failure as if it were a result."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

PYTHON = '''from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")


@mcp.tool()
def load(name: str) -> str:
    """Load a note."""
    try:
        return notes[name]
    except KeyError as error:
        ANSWER
'''
TYPESCRIPT = """import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
const server = new McpServer({ name: "notes", version: "1.0.0" });
server.registerTool("load", { description: "Load a note." }, async () => {
  try {
    return { content: [{ type: "text", text: await load() }] };
  } catch (error) {
    ANSWER
  }
});
"""


def told(uri: str, text: str, answer: str) -> bool:
    found = check_text(uri, text.replace("ANSWER", answer))
    return any(d.rule.id == "MCP104" for d in found)


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ("return str(error)", True),
        ('return f"{error}"', True),
        ('return f"{name}: {error}"', True),
        ("message = str(error)\n        return message", True),
        ("return repr(error)", True),
        ("return name", False),
        ('return f"{name} is new"', False),
        ("return str(name)", False),
        ("raise ToolError(str(error)) from error", False),
    ],
)
def test_what_an_exception_says_is_no_result(answer: str, failure: bool) -> None:
    assert told("file:///server.py", PYTHON, answer) is failure


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("error.message", True),
        ("String(error)", True),
        ("error instanceof Error ? error.message : String(error)", True),
        ("`${error.message}`", True),
        ("cached", False),
        ("error.found", False),
    ],
)
@pytest.mark.parametrize("flag", ["", ", isError: true"])
def test_nor_in_a_block_of_content(text: str, failure: bool, flag: str) -> None:
    answer = f'return {{ content: [{{ type: "text", text: {text} }}]{flag} }};'
    assert told("file:///server.ts", TYPESCRIPT, answer) is (failure and not flag)
