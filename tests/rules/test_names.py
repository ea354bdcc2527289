"""Names of tools: which are valid, and when two of a name meet."""

from __future__ import annotations

from textwrap import dedent

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import registry

RULES = [registry.by_name()[name] for name in ("invalid-tool-name", "duplicate-tool-name")]
HEAD = 'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n'
FASTMCP = 'from fastmcp import FastMCP\nmcp = FastMCP("x")\n'


def check(source: str, head: str = HEAD) -> list[str]:
    """Each finding as ``line severity: message``, lines counted behind the head."""
    text = head + dedent(source).lstrip("\n")
    document = Document("file:///server.py", text, "python")
    lines = []
    for diagnostic in Analysis(document, rules=RULES).diagnostics:
        span = diagnostic.finding.place.span
        assert span is not None
        line = text.count("\n", 0, span.start) + 1 - head.count("\n")
        lines.append(f"{line} {diagnostic.severity.value}: {diagnostic.message}")
    return lines


def named(name: str) -> str:
    return f'@mcp.tool(name="{name}")\ndef f() -> str:\n    """Text."""\n    return ""\n'


@pytest.mark.parametrize("name", ["read_file", "read-file", "ReadFile2", "x", "a" * 64])
def test_valid_names(name: str) -> None:
    assert check(named(name)) == []


def test_invalid_names() -> None:
    assert check(named("read file")) == ['1 warning: `read file` is no valid tool name: " " is not allowed']
    assert check(named("größe/ß")) == ['1 warning: `größe/ß` is no valid tool name: "ö", "ß", "/" are not allowed']
    assert check(named("a" * 65)) == [
        f"1 warning: `{'a' * 39}…` has 65 characters; model APIs take tool names of up to 64"
    ]
    assert check(named("notes.read")) == ["1 information: `notes.read` has a dot, which the APIs of some models refuse"]


def test_names_known_only_at_run_time_are_not_judged() -> None:
    assert check("@mcp.tool(name=prefix + ' x')\ndef f() -> str:\n    return ''\n") == []


TWO = """
@mcp.tool()
def search(q: str) -> str:
    return q
@mcp.tool()
def search(q: str, n: int) -> str:
    return q
"""


def test_what_becomes_of_the_second_depends_on_the_sdk() -> None:
    assert check(TWO) == ["5 error: a second tool named `search`: mcp keeps the first and drops this one"]
    assert check(TWO, FASTMCP) == ["5 error: a second tool named `search`: fastmcp replaces the first by this one"]


@pytest.mark.parametrize(
    "source",
    [
        """
        if READ_ONLY:
            @mcp.tool()
            def search() -> str:
                return ""
        else:
            @mcp.tool()
            def search() -> str:
                return ""
        """,
        """
        def safe(mcp):
            @mcp.tool()
            def search() -> str:
                return ""
        def full(mcp):
            @mcp.tool()
            def search() -> str:
                return ""
        """,
        """
        try:
            import duckdb
            @mcp.tool()
            def search() -> str:
                return ""
        except ImportError:
            @mcp.tool()
            def search() -> str:
                return ""
        """,
    ],
)
def test_only_one_of_them_is_registered(source: str) -> None:
    assert check(source) == []


def test_versions_of_one_tool_stand_side_by_side_in_a_provider_too() -> None:
    head = "from fastmcp import FastMCP\nfrom fastmcp.server.providers import LocalProvider\npool = LocalProvider()\n"
    source = '@pool.tool(version="1")\ndef f() -> str: ...\n@pool.tool(version="2")\ndef f(a: int) -> str: ...\n'
    assert check(source, head) == []
    assert check(source.replace('(version="2")', "()").replace('(version="1")', "()"), head) != []
