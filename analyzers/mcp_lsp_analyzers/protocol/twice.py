"""Prompts and resources that are declared twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from ..model import Prompt, Resource, Server
from ..rule import Example, Finding, Related, Severity, rule
from ..testing import named_as_test
from .names import Starts, apart, fate_of_the_second, has_version


@rule(
    "MCP133",
    severity=Severity.ERROR,
    references=("CWE-694",),
    bad='''
    @mcp.resource("notes://all")
    def notes() -> str:
        """All notes."""
        return ""


    @mcp.resource("notes://all")
    def archive() -> str:
    #   ^^^^^^^ a second resource at `notes://all`: mcp keeps the first and drops this one
        """All old notes."""
        return ""
    ''',
    good='''
    @mcp.resource("notes://all")
    def notes() -> str:
        """All notes."""
        return ""


    @mcp.resource("notes://archive")
    def archive() -> str:
        """All old notes."""
        return ""
    ''',
    typescript=Example(
        bad="""
        server.registerPrompt("sum", { title: "Sum up" }, async () => ({ messages: [] }));
        server.registerPrompt("sum", { title: "Add" }, async () => ({ messages: [] }));
        //                    ^^^^^ a second prompt named `sum`: registering it throws
        """,
        good="""
        server.registerPrompt("sum", { title: "Sum up" }, async () => ({ messages: [] }));
        server.registerPrompt("add", { title: "Add" }, async () => ({ messages: [] }));
        """,
    ),
)
def duplicate_prompt_or_resource(server: Server) -> Iterator[Finding]:
    """Two prompts of a server have the same name, or two resources the same URI.

    Only one of them can be used: the official Python SDK keeps the first and drops the second with a line in the log,
    fastmcp lets the last one win, the TypeScript SDK throws when the second is registered.

    Give one of them another name. What is declared in different branches of an `if` is not reported.
    """
    if named_as_test(server.uri):
        return
    starts = Starts(server)
    first: dict[tuple[str, str], Union[Prompt, Resource]] = {}
    items: list[Union[Prompt, Resource]] = [*server.prompts, *server.resources]
    for item in items:
        if isinstance(item, Resource):
            kind, key, known = "resource", item.uri.value, item.uri.complete
            said = f"a second resource at `{key[:60]}`"
        else:
            kind, key, known = "prompt", item.name, True
            said = f"a second prompt named `{key[:60]}`"
        if not known or not key or has_version(item):
            continue
        other = first.setdefault((kind, key), item)
        if other is item or (item.declared.local and other.declared == item.declared) or apart(starts, other, item):
            continue
        related = (Related(other.place, "the first one"),)
        yield Finding(item.place, f"{said}: {fate_of_the_second(server)}", related=related, detail=kind)
