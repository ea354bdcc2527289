"""Definitions that fill a model's memory before anything was asked."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Union

from ..model import Server, Tool
from ..rule import Finding, Severity, rule

_TOOL = 8_000
"""Characters of text of one tool, some 2,000 tokens. Of 271 published tools 18 have docstrings of a quarter of that."""
_SERVER = 100_000
"""Characters of the descriptions of all tools of a server, some 25,000 tokens: an eighth of a memory of 200,000."""
_PER_TOKEN = 4


def _example(text: str) -> str:
    carets = "#   ^^^^ a model is told about 2,066 tokens of text about this tool with every request\n" * (
        len(text) > _TOOL
    )
    return f'@mcp.tool()\ndef read() -> str:\n{carets}    """{text.strip()}"""\n    return ""\n'


@rule(
    "MCP138",
    severity=Severity.INFORMATION,
    references=("CWE-400",),
    bad=_example("Read a note. " + "Notes may be long, and so may be what is said of them. " * 150),
    good=_example("Read a note: its text as Markdown, without pictures."),
)
def oversized_definition(subject: Union[Tool, Server]) -> Iterator[Finding]:
    """What a model is told of a tool, or of all tools of a server, is very long.

    Clients hand the definitions of all tools to the model with every request. Long ones cost money and time, leave less
    room for the work itself, and make models choose worse; some clients cut them off, or refuse the server.

    Say what the tool does and when to use it, and leave manuals to a resource or to another tool. Many similar tools
    become one with a parameter.
    """
    if isinstance(subject, Tool):
        size = _size(subject)
        if size > _TOOL:
            said = f"a model is told about {size // _PER_TOKEN:,} tokens of text about this tool with every request"
            yield Finding(subject.place, said)
        return
    whole = _together(subject.descriptions)
    if whole > _SERVER:
        said = f"with every request a model is told {len(subject.tools)} tools of about {whole // _PER_TOKEN:,} tokens"
        yield Finding(subject.place, said)


@functools.lru_cache(maxsize=8)
def _together(descriptions: tuple[str, ...]) -> int:
    return sum(map(len, descriptions))


def _size(tool: Tool) -> int:
    """Characters that a model reads of a tool: its name, description, and its parameters'."""
    size = len(tool.name) + (len(tool.description.value) if tool.description is not None else 0)
    for parameter in tool.parameters:
        size += len(parameter.name) + sum(len(text.value) for text in parameter.texts)
        size += len(parameter.description.value) if parameter.description is not None else 0
    return size
