"""Servers that can be told to change nothing, and the tools that were forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from ..gates import Gates
from ..rule import Finding, Severity, rule


@rule(
    "MCP515",
    severity=Severity.WARNING,
    references=(
        "CWE-862",
        "CWE-863",
        "CWE-285",
        "MCP02:2025",
        "LLM06:2025",
        "LLM03:2026",
        "ASI02:2026",
        "CoSAI MCP-T2",
    ),
    bad='''
    from .settings import read_only


    @mcp.tool()
    def create_note(title: str) -> str:
        """Make a note."""
        if read_only():
            raise PermissionError("only reading is allowed")
        return notes.create(title)


    @mcp.tool()
    def update_note(title: str, text: str) -> str:
        """Write a note anew."""
        if read_only():
            raise PermissionError("only reading is allowed")
        return notes.update(title, text)


    @mcp.tool()
    def delete_note(title: str) -> str:
    #   ^^^^^^^^^^^ `delete_note` changes something whatever mode the server is in, which the tools around it ask for
        """Take a note away."""
        return notes.delete(title)
    ''',
    good='''
    from .settings import read_only


    @mcp.tool()
    def create_note(title: str) -> str:
        """Make a note."""
        if read_only():
            raise PermissionError("only reading is allowed")
        return notes.create(title)


    @mcp.tool()
    def update_note(title: str, text: str) -> str:
        """Write a note anew."""
        if read_only():
            raise PermissionError("only reading is allowed")
        return notes.update(title, text)


    @mcp.tool()
    def delete_note(title: str) -> str:
        """Take a note away."""
        if read_only():
            raise PermissionError("only reading is allowed")
        return notes.delete(title)
    ''',
)  # fmt: skip
def tool_left_out_of_read_only_mode(gates: Gates) -> Iterator[Finding]:
    """A tool changes something and does not ask whether it may, as the tools around it do.

    A check that is written into each tool is forgotten in one. Whoever runs the server read-only then relies on
    something that does not hold.

    Ask in one place through which every tool goes, a decorator or middleware that refuses what is not marked as
    harmless; or do not register such tools at all in that mode.
    """
    if not gates.mcp:
        return
    asking = sum(tool.asks for tool in gates.tools) + gates.beside[0]
    silent = sum(not tool.asks for tool in gates.tools) + gates.beside[1]
    if asking < 2 or asking < silent:
        return  # it is not that one was forgotten
    for tool in gates.tools:
        if not tool.asks:
            said = "changes something whatever mode the server is in, which the tools around it ask for"
            yield Finding(tool.place, f"`{tool.name}` {said}", detail=tool.name)
