"""What a model is not told: tools and parameters without a description."""

from __future__ import annotations

from collections.abc import Iterator

from .. import identifier
from ..model import Tool
from ..rule import Example, Finding, Severity, rule


@rule(
    "MCP901",
    severity=Severity.WARNING,
    references=("CWE-1059",),
    bad='''
    @mcp.tool()
    def rate(currency: str) -> str:
    #   ^^^^ `rate` has no description
        return currency
    ''',
    good='''
    @mcp.tool()
    def rate(currency: str) -> str:
        """Exchange rate of the euro. `currency` is an ISO 4217 code."""
        return currency
    ''',
    typescript=Example(
        bad='''
        server.registerTool("rate", { title: "Rate" }, async () => ({ content: [] }));
        //                  ^^^^^^ `rate` has no description
        ''',
        good='''
        server.registerTool("rate", { description: "Exchange rate of the euro." }, async () => ({ content: [] }));
        ''',
    ),
)  # fmt: skip
def tool_without_description(tool: Tool) -> Iterator[Finding]:
    """A tool has no description.

    The description is all a model knows of a tool when it chooses one. Without it the model guesses from the name,
    calls the tool where it does not fit, or never.

    Say in a sentence or two what the tool does, what it answers and when to use it: in the docstring (Python) or as
    `description`.
    """
    text = tool.description
    if not tool.parameters_known:
        return  # only its name was seen: it is described in another file
    if text is None or (text.complete and not text.value.strip()):
        yield Finding(tool.place, f"`{tool.name}` has no description")


@rule(
    "MCP902",
    severity=Severity.INFORMATION,
    references=("CWE-1059",),
    bad='''
    @mcp.tool()
    def forecast(city: str, days: int) -> str:
        #                   ^^^^ the model is not told what `days` means
        """Weather forecast.

        Args:
            city: name of the city, in English
        """
        return city * days
    ''',
    good='''
    from typing import Annotated
    from pydantic import Field


    @mcp.tool()
    def forecast(city: str, days: Annotated[int, Field(description="how many days, 1 to 7")]) -> str:
        """Weather forecast for `city`."""
        return city * days
    ''',
    typescript=Example(
        bad='''
        import { z } from "zod";

        server.registerTool(
          "forecast",
          { description: "Weather forecast.", inputSchema: { days: z.number().int() } },
          //                                                 ^^^^ the model is not told what `days` means
          async ({ days }) => ({ content: [{ type: "text", text: String(days) }] }),
        );
        ''',
        good='''
        import { z } from "zod";

        server.registerTool(
          "forecast",
          { description: "Weather forecast.", inputSchema: { days: z.number().int().describe("1 to 7") } },
          async ({ days }) => ({ content: [{ type: "text", text: String(days) }] }),
        );
        ''',
    ),
)  # fmt: skip
def parameter_without_description(tool: Tool) -> Iterator[Finding]:
    """A parameter has no description, and the tool's description does not explain it.

    The model fills in arguments by their name and type alone: which format a date has, whether an id is a number or a
    name, what happens without the optional ones, it has to guess. The Python SDKs do not read `Args:` sections, but
    these are part of the tool's description and count here. Names that say it all are left alone: `path`, or `host` of
    a tool that pings a host.

    Describe it: `Annotated[str, Field(description=…)]`, `.describe(…)`, or a line in the tool's description.
    """
    about = tool.description
    if not tool.parameters_known or (about is not None and not about.complete):
        return
    text = about.value if about is not None else ""
    for parameter in tool.parameters:
        described = parameter.description
        if described is not None and (described.value.strip() or not described.complete):
            continue
        if described is None and parameter.type.kinds == _ANY and not parameter.texts:
            continue  # what it is made of stands elsewhere, and may well describe it
        if not _SAYING.isdisjoint(text.role for text in parameter.texts):
            continue  # its values, or what is in it, say it
        if not _explains(text, parameter.name) and not _says_itself(parameter.name, f"{tool.name} {text}"):
            message = f"the model is not told what `{parameter.name}` means"
            yield Finding(parameter.place, message, detail=parameter.name)


_ANY = frozenset({"any"})
_SAYING = frozenset({"enum value", "parameter description"})
_PLAIN = frozenset((
    "path", "file", "filename", "dir", "directory", "folder", "url", "uri", "link", "content", "text", "message",
    "title", "name", "source", "destination", "dest", "from", "to", "repo", "repository", "branch", "host", "hostname",
    "port", "email", "password", "user", "username", "local", "remote", "command", "question", "prompt",
))  # fmt: skip
"""Words that mean one thing to everybody, with no unit, format or range to guess."""


def _says_itself(name: str, about: str) -> bool:
    """Whether a name is made of plain words, and of words that are said of its tool."""
    said = {word.rstrip("s") for word in identifier.words(about) if len(word) > 2}
    return all(word.rstrip("s") in _PLAIN or word.rstrip("s") in said for word in identifier.words(name))


def _explains(text: str, name: str) -> bool:
    """Whether a text says something about a parameter: ``name: …``, ``name (str) - …``, ```name```."""
    at = text.find(name) if name else -1
    while at >= 0:
        before, rest = text[at - 1 : at], text[at + len(name) : at + len(name) + 80]
        if not (before.isalnum() or before == "_" or rest[:1].isalnum() or rest[:1] == "_"):
            if before in ("`", "'", '"') and before and rest.startswith(before):
                return True
            rest = rest.lstrip("*`\"' ")
            if rest.startswith("("):
                rest = rest.partition(")")[2].lstrip("*` ")
            if rest.startswith((":", "=", "-", "–", "—")):
                return True
        at = text.find(name, at + 1)
    return False
