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
