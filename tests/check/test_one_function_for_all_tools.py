"""Where one function answers for all tools, each of its branches is gone through once, not once for each tool."""

from __future__ import annotations

import pytest

from mcp_lsp import syntax
from mcp_lsp.check import Analysis
from mcp_lsp_analyzers import walk

HEAD = """\
import json

import httpx
from mcp.server.lowlevel import Server

server = Server("demo")


@server.list_tools()
async def list_tools():
    return [
"""
DEFINITION = """\
        types.Tool(
            name="get_{n}",
            description="Get the item {n}.",
            inputSchema={{"type": "object", "properties": {{"name": {{"type": "string"}}}}}},
        ),
"""
CALL = """\
    ]


@server.call_tool()
async def call_tool(name: str, arguments: dict):
"""
BRANCH = """\
    if name == "get_{n}":
        client = httpx.AsyncClient(timeout=10)
        try:
            answer = await client.get("https://example.com/{n}", params={{"name": arguments["name"]}})
            answer.raise_for_status()
        finally:
            await client.aclose()
        return [types.TextContent(type="text", text=json.dumps(answer.json()))]
"""


def _walks(tools: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many walks through code all rules began for a file of so many tools."""
    count = 0
    begin = walk._Walk.__init__

    def beginning(self: walk._Walk, *given: object) -> None:
        nonlocal count
        count += 1
        begin(self, *given)  # type: ignore[arg-type]

    numbers = range(tools)
    text = HEAD + "".join(DEFINITION.format(n=n) for n in numbers) + CALL + "".join(BRANCH.format(n=n) for n in numbers)
    text += '    raise ValueError(f"no tool {name}")\n'
    with monkeypatch.context() as patched:
        patched.setattr(walk._Walk, "__init__", beginning)
        analysis = Analysis(syntax.Document("file:///x.py", text, "python"))
    assert len(analysis.handlers) == tools
    assert analysis.counted["handlers"] == tools
    return count


def test_walks_grow_with_the_text_and_not_with_its_square(monkeypatch: pytest.MonkeyPatch) -> None:
    some, more = _walks(20, monkeypatch), _walks(60, monkeypatch)
    assert some > 20
    assert more <= 4 * some
