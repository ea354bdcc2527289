"""Hints and constructor arguments that do not arrive as what they were meant."""

from __future__ import annotations

from collections.abc import Iterator

from .. import code
from ..fix import Edit, Edits, Fix
from ..model import Server, Tool
from ..place import Span
from ..rule import Example, Finding, Severity, rule
from .kept import class_of

_HINTS = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint", "title")


@rule(
    "MCP105",
    severity=Severity.WARNING,
    references=("CWE-628",),
    bad='''
    @mcp.tool(annotations={"readonlyHint": True})
    #                      ^^^^^^^^^^^^^^ `readonlyHint` is not in the protocol; `readOnlyHint` is
    def today() -> str:
        """Today's date."""
        return "2026-11-20"
    ''',
    good='''
    @mcp.tool(annotations={"readOnlyHint": True})
    def today() -> str:
        """Today's date."""
        return "2026-11-20"
    ''',
    typescript=Example(
        bad='''
        server.registerTool(
          "today",
          { description: "Today's date.", annotations: { readOnly: true } },
          //                                             ^^^^^^^^^^^^^^ … `readOnlyHint` is
          async () => ({ content: [] }),
        );
        ''',
        good='''
        server.registerTool(
          "today",
          { description: "Today's date.", annotations: { readOnlyHint: true } },
          async () => ({ content: [] }),
        );
        ''',
    ),
)  # fmt: skip
def unknown_hint(tool: Tool) -> Iterator[Finding]:
    """A hint has a name that the protocol does not know.

    Depending on the SDK the hint is dropped or goes to the client under a name that nobody reads. Either way the tool
    has no such hint: a tool meant to be read-only counts as destructive.

    The hints are `title`, `readOnlyHint`, `destructiveHint`, `idempotentHint` and `openWorldHint`.
    """
    if tool.annotations is None:
        return
    for hint in tool.annotations.hints:
        if hint.name in _HINTS:
            continue
        import difflib  # as slow to load as all of this file, and rarely needed

        near = difflib.get_close_matches(hint.name, _HINTS, 1, 0.6)
        said = f"; `{near[0]}` is" if near else ""
        yield Finding(
            hint.place,
            f"`{hint.name[:40]}` is not in the protocol{said}",
            detail=hint.name,
            severity=None if near else Severity.INFORMATION,  # many keep facts of their own there
        )


@rule(
    "MCP106",
    severity=Severity.WARNING,
    references=("CWE-628",),
    bad="""
    from mcp.server import MCPServer

    mcp = MCPServer("notes", "Search before you write. Notes are Markdown.")
    #                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ … is its title
    """,
    good="""
    from mcp.server import MCPServer

    mcp = MCPServer("notes", "My notes", instructions="Search before you write. Notes are Markdown.")
    """,
)
def instructions_as_title(server: Server) -> Iterator[Finding]:
    """Instructions are passed where the title of the server stands.

    The second argument of `FastMCP` in version 1 of the SDK was `instructions`; that of `MCPServer` in version 2 is
    `title`. The text becomes the name that clients show, and the model never reads it.

    Pass it as `instructions=`.
    """
    if server.sdk.family != "mcp" or server.sdk.major != 2 or server.constructed is None:
        return
    call, unit = server.constructed
    second = call.positional(1)
    if class_of(server) != "MCPServer" or not isinstance(second, code.Str) or call.keyword("instructions") is not None:
        return
    if len(second.value.split()) < 6 and "\n" not in second.value and ". " not in second.value:
        return  # may well be a title
    place = unit.place(server.uri, f"{server.place.pointer}/instructions", second)
    start = Span(second.start, second.start)
    yield Finding(
        place,
        "the second argument of MCPServer is its title",
        fix=Fix("Pass it as instructions", Edits((Edit(place.part(start), "instructions="),))),
    )
