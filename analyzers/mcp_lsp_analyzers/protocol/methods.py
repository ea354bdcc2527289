"""Tools that read and write at the model's choice, which no single annotation describes."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Tool
from ..rule import Example, Finding, Severity, rule

_READS = frozenset({"GET", "HEAD"})
_WRITES = ("DELETE", "PUT", "POST", "PATCH")


@rule(
    "MCP130",
    severity=Severity.INFORMATION,
    references=("CWE-684",),
    bad='''
    from typing import Literal


    @mcp.tool()
    def call_api(method: Literal["GET", "POST", "DELETE"], path: str) -> str:
    #            ^^^^^^ `method` lets this tool read (`GET`) and write (`DELETE`): no hint is true of both
        """Call the API."""
        return path
    ''',
    good='''
    @mcp.tool()
    def read_api(path: str) -> str:
        """Read from the API."""
        return path
    ''',
    typescript=Example(
        bad="""
        server.registerTool(
          "call_api",
          { description: "Call the API.", inputSchema: { method: z.enum(["GET", "POST"]) } },
          //                                             ^^^^^^ … and write (`POST`): …
          async ({ method }) => ({ content: [{ type: "text", text: method }] }),
        );
        """,
        good="""
        server.registerTool(
          "read_api",
          { description: "Read from the API.", inputSchema: { path: z.string() } },
          async ({ path }) => ({ content: [{ type: "text", text: path }] }),
        );
        """,
    ),
)
def reading_and_writing_in_one_tool(tool: Tool) -> Iterator[Finding]:
    """One tool reads and writes, depending on an argument.

    Clients ask their users before tools that change something, and go by the tool's hints. A tool that gets or deletes
    as the model likes has no true hint: either every reading asks, or no deletion does. Directories of servers refuse
    such tools.

    Make one tool for reading and one for writing.
    """
    for parameter in tool.parameters:
        choices = {choice.upper() for choice in parameter.type.choices or ()}
        reads = sorted(choices & _READS)
        writes = next((verb for verb in _WRITES if verb in choices), None)
        if reads and writes:
            said = (
                f"`{parameter.name}` lets this tool read (`{reads[0]}`) and write (`{writes}`): no hint is true of both"
            )
            yield Finding(parameter.place, said, detail=parameter.name)
