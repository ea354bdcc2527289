"""What directories and single clients ask of tools beyond the protocol: on where the settings name their profile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from .. import code
from ..fix import Annotate, Fix, Pass
from ..model import Parameter, Prompt, Tool
from ..place import Span
from ..rule import Example, Finding, Severity, rule
from .nothing import empty_instead

_DIRECTORY, _OPENAI, _VSCODE, _GEMINI = "anthropic-directory", "openai", "vscode", "gemini"


@rule(
    "MCP144",
    severity=Severity.INFORMATION,
    references=("CWE-1059",),
    profiles=(_DIRECTORY, _VSCODE),
    bad='''
    @mcp.tool()
    def list_notes() -> str:
    #   ^^^^^^^^^^ `list_notes` has no title, which people see in place of its name
        """Name all notes."""
        return ""
    ''',
    good='''
    @mcp.tool(title="List notes")
    def list_notes() -> str:
        """Name all notes."""
        return ""
    ''',
    typescript=Example(
        bad="""
        server.registerTool("list_notes", { description: "Name all notes." }, async () => ({ content: [] }));
        //                  ^^^^^^^^^^^^ `list_notes` has no title, which people see in place of its name
        """,
        good="""
        server.registerTool(
          "list_notes",
          { title: "List notes", description: "Name all notes." },
          async () => ({ content: [] }),
        );
        """,
    ),
)  # fmt: skip
def tool_without_title(tool: Tool) -> Iterator[Finding]:
    """A tool has no title for people to read.

    The reviewers of Anthropic's directory ask for a title of every tool: it is what users see when they are asked for
    their consent, in VS Code as well. Without one they see the name that was written for the model.

    Give it a `title`.
    """
    hints = tool.annotations
    if tool.title is not None or (hints is not None and (not hints.complete or hints.get("title") is not None)):
        return
    name = tool.name or "this tool"
    said = f"`{name[:40]}` has no title, which people see in place of its name"
    yield Finding(tool.place, said, fix=_titled(tool))


def _titled(tool: Tool) -> Fix | None:
    """The name in words, where a decorator of Python registers it."""
    by, function, registered = tool.by, tool.function, tool.registered
    if not isinstance(by, code.Call) or function is None or registered is None or by not in function.decorators:
        return None
    title = tool.name.replace("_", " ").replace("-", " ").strip().capitalize()
    if not title.isprintable() or '"' in title or "\\" in title or not title:
        return None
    place = registered.unit.place(registered.uri or tool.place.uri, tool.place.pointer, Span(by.start, by.end))
    return Fix(f'Call it "{title}"', Pass(place, (("title", f'"{title}"'),)))


@rule(
    "MCP145",
    severity=Severity.INFORMATION,
    references=("CWE-1059",),
    profiles=(_DIRECTORY, _OPENAI, _VSCODE),
    bad='''
    @mcp.tool()
    def list_notes() -> str:
    #   ^^^^^^^^^^ `list_notes` says neither that it only reads nor whether it destroys anything
        """Name all notes."""
        return ""
    ''',
    good='''
    from mcp.types import ToolAnnotations


    @mcp.tool(annotations=ToolAnnotations(readOnlyHint=True, destructiveHint=False, openWorldHint=False))
    def list_notes() -> str:
        """Name all notes."""
        return ""
    ''',
    typescript=Example(
        bad="""
        server.registerTool("list_notes", { description: "Name all notes." }, async () => ({ content: [] }));
        //                  ^^^^^^^^^^^^ `list_notes` says neither that it only reads nor whether it destroys anything
        """,
        good="""
        server.registerTool(
          "list_notes",
          { description: "Name all notes.", annotations: { readOnlyHint: true, openWorldHint: false } },
          async () => ({ content: [] }),
        );
        """,
    ),
)  # fmt: skip
def tool_without_hints(tool: Tool) -> Iterator[Finding]:
    """A tool says nothing of what it does to the world.

    Directories refuse servers whose tools have neither `readOnlyHint` nor `destructiveHint`: without them a client has
    to take every tool for one that destroys, and asks before each call, as VS Code does. Which of them is true only the
    author knows, so the fix asserts the safe side, which is what clients assume anyway.

    Say `readOnlyHint: true` of what only reads, and `destructiveHint` of everything else.
    """
    hints = tool.annotations
    if hints is not None and (not hints.complete or hints.get("readOnlyHint") or hints.get("destructiveHint")):
        return
    name = tool.name or "this tool"
    said = f"`{name[:40]}` says neither that it only reads nor whether it destroys anything"
    change = Annotate(tool.declared, tool.name, (("readOnlyHint", False), ("destructiveHint", True)))
    yield Finding(tool.place, said, fix=Fix("Say what clients assume", change))


@rule(
    "MCP146",
    severity=Severity.INFORMATION,
    references=("CWE-573",),
    profiles=(_GEMINI,),
    bad='''
    @mcp.tool()
    def find(query: str, folder: str | None = None) -> str:
    #                    ^^^^^^ `folder` may be null, which is listed as a union that some clients refuse
        """Find notes."""
        return query
    ''',
    good='''
    @mcp.tool()
    def find(query: str, folder: str = "") -> str:
        """Find notes."""
        return query
    ''',
    typescript=Example(
        bad="""
        server.registerTool(
          "find",
          { description: "Find notes.", inputSchema: { folder: z.string().nullable() } },
          //                                           ^^^^^^ `folder` may be null, which is listed as a union …
          async ({ folder }) => ({ content: [{ type: "text", text: folder ?? "" }] }),
        );
        """,
        good="""
        server.registerTool(
          "find",
          { description: "Find notes.", inputSchema: { folder: z.string().optional() } },
          async ({ folder }) => ({ content: [{ type: "text", text: folder ?? "" }] }),
        );
        """,
    ),
)
def nullable_parameter(item: Union[Tool, Prompt]) -> Iterator[Finding]:
    """A parameter may be null.

    It is listed as `anyOf` of its type and null. Gemini's API and some editors take no such union, and leave the
    parameter out or refuse the tool.

    Give it a default of its own type, or leave it out of what is required.
    """
    for parameter in item.parameters:
        kinds = parameter.type.kinds
        if "null" in kinds and len(kinds) > 1:
            said = f"`{parameter.name[:40]}` may be null, which is listed as a union that some clients refuse"
            yield Finding(parameter.place, said, fix=_empty(item, parameter))


def _empty(item: Union[Tool, Prompt], parameter: Parameter) -> Fix | None:
    function = item.function
    if function is None or item.home is not None or not any(item.by is each for each in function.decorators):
        return None
    return empty_instead(function, parameter.name, parameter.place)
