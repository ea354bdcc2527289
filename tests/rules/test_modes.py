"""Settings of a server that arguments overrule."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

STORY = '''
@mcp.tool()
def query(statement: str, read_only: bool | None = None, limit: int | None = None) -> list:
    """Ask the graph."""
    {body}
    return graph.run(statement, mode)
'''
REFUSED = "if settings.strict and not mode:\n        raise PermissionError"


def said(body: str) -> list[str]:
    text = "from fastmcp import FastMCP\n\nmcp = FastMCP('graph')\n\n" + STORY.format(body=body)
    return [d.message for d in check_text("file:///server.py", text) if d.rule.id == "MCP516"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("mode = read_only if read_only is not None else settings.read_only", 1),
        ("mode = settings.read_only if read_only is None else read_only", 1),
        ("mode = settings.read_only or read_only", 0),
        ("mode = limit if limit is not None else settings.limit", 0),
        ("mode = read_only if read_only is not None else True", 0),
        ("mode = read_only if read_only is not None else settings.read_only\n    refuse(mode)", 1),
        (f"mode = read_only if read_only is not None else settings.read_only\n    {REFUSED}", 0),
    ],
)
def test_what_decides(body: str, found: int) -> None:
    assert len(said(body)) == found


LISTED = """
import {{ CallToolRequestSchema, ListToolsRequestSchema }} from "@modelcontextprotocol/sdk/types.js";
import {{ reading, tools }} from "./tools.js";

server.setRequestHandler(ListToolsRequestSchema, async () => ({{ tools: readOnly ? reading : tools }}));
server.setRequestHandler(CallToolRequestSchema, async (request) => {{
  {asks}
  return handlers[request.params.name](request);
}});
"""


@pytest.mark.parametrize(
    ("asks", "found"),
    [
        ("if (!hasPermission(user, request.params.name)) return refused;", False),
        ("if (!user.isAuthorized(request.params.name)) return refused;", False),
        ("log(request.params.name);", True),
    ],
)
def test_what_each_caller_may(asks: str, found: bool) -> None:
    told = [d.rule.id for d in check_text("file:///server.ts", LISTED.format(asks=asks))]
    assert ("MCP517" in told) is found
