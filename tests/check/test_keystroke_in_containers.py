"""Where a function makes all tools of a file, a keystroke in one of them leaves the others as they are."""

from __future__ import annotations

import pytest

from mcp_lsp import syntax
from mcp_lsp.check import Analysis

PYTHON = '''\
    @mcp.tool()
    def tool_{n}(host: str, count: int = 3) -> str:
        """Ask a host, number {n}."""
        if count > 10:
            raise ValueError("too many")
        lines = client.ask(f"ping {{host}} -c {{count}}")
        return helper_{n}(lines)

    def helper_{n}(lines):
        return "".join(lines)

'''
HEAD = "from mcp.server.fastmcp import FastMCP\n\n\ndef register(mcp: FastMCP, client) -> None:\n"


def factory(tools: int) -> Analysis:
    text = HEAD + "".join(PYTHON.format(n=n) for n in range(tools))
    return Analysis(syntax.Document("file:///x.py", text, "python"))


def test_tools_that_use_what_the_function_around_them_is_given_are_not_looked_at_again() -> None:
    analysis = factory(30)
    at = analysis.document.text.index("\n", analysis.document.text.index("tool_15"))
    at = analysis.document.text.index("        lines = client", at)
    for i, char in enumerate("        seen = 1\n"):
        analysis.change([syntax.Change(at + i, at + i, char)])
        assert analysis.counted["items"] <= 1
        assert analysis.counted["handlers"] <= 1
    assert len(analysis.handlers) == 30


@pytest.mark.parametrize(
    ("old", "new"), [("client)", "client: Client)"), ("mcp: FastMCP, client", "client, mcp: FastMCP")]
)
def test_all_are_where_the_head_of_that_function_changes(old: str, new: str) -> None:
    analysis = factory(30)
    at = analysis.document.text.index(old)
    analysis.change([syntax.Change(at, at + len(old), new)])
    assert analysis.counted["handlers"] == 30
