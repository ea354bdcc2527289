"""Predicting: what a server will list, computed from its source and the versions of its SDK, without running any of it.

Each language says what one item becomes, through one signature (`predict.python.definition`,
`predict.typescript.definition`); here is what they have in common: the order, and which of two things of one name is
listed. What cannot be known is marked (`mcp_lsp_analyzers.definition.Unknown`), never guessed.
"""

from __future__ import annotations

from mcp_lsp.read.manifests import NOTHING, Dependencies
from mcp_lsp_analyzers.code import Attr, Call, Name
from mcp_lsp_analyzers.definition import Definition
from mcp_lsp_analyzers.inside import targets
from mcp_lsp_analyzers.model import Item, Server, Tool
from mcp_lsp_analyzers.record import dataclass
from mcp_lsp_analyzers.scope import Modules

from .marks import disabled

__all__ = ["Item", "Listing", "Sources", "definition", "listing"]


@dataclass(frozen=True, slots=True)
class Sources:
    """What a prediction may look at beside the server itself: the versions of packages, the other files, and which
    Python runs it (since 3.13 docstrings lose their indentation when they are compiled)."""

    dependencies: Dependencies = NOTHING
    modules: Modules | None = None
    python: tuple[int, int] = (3, 13)


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """What a client gets to see of a server, in the order of the SDK."""

    server: Server
    tools: tuple[Definition, ...] = ()
    prompts: tuple[Definition, ...] = ()
    resources: tuple[Definition, ...] = ()
    templates: tuple[Definition, ...] = ()


def listing(server: Server, sources: Sources) -> Listing:
    """Everything a server lists."""
    found = _kept([definition(i, server, sources) for i in server.resources if not disabled(i, server)], server)
    return Listing(
        server,
        _kept([definition(i, server, sources) for i in _tools(server)], server),
        _kept([definition(i, server, sources) for i in server.prompts if not disabled(i, server)], server),
        tuple(one for one in found if one.kind == "resource"),
        tuple(one for one in found if one.kind == "resourceTemplate"),
    )


def _tools(server: Server) -> list[Tool]:
    """What is listed: not the call inside of a function that was read for each of the tools it registers, here or in
    other files, nor one that registers nobody knows how many of what names, which is said of the server."""
    named = {id(tool.by) for tool in server.tools if tool.name and tool.by is not None}
    unread = {(place.uri, place.local, id(place.anchor)) for place, _ in server.unread}

    def known(tool: Tool) -> bool:
        at = tool.declared
        if tool.name:
            return True
        return (
            id(tool.by) not in named and (at.uri, at.local, id(at.anchor)) not in unread and not _named_by_callers(tool)
        )

    return [tool for tool in server.tools if known(tool) and not disabled(tool, server)]


def _named_by_callers(tool: Tool) -> bool:
    """Whether a tool is registered by a function that is given its name: it is listed where that function is called."""
    outer = tool.function.parent if tool.function is not None else None
    if not isinstance(tool.by, Call) or not tool.by.args or outer is None or outer.parent or outer.cls:
        return False
    first = tool.by.args[0].value
    while isinstance(first, Attr):
        first = first.value
    names = {name for param in outer.params for name, _ in targets(param.target)}
    return isinstance(first, Name) and first.id in names


def _kept(found: list[Definition], server: Server) -> tuple[Definition, ...]:
    """What is listed of several things of one name: for the official Python SDK the first, for fastmcp the last, in the
    place of the first. What is written out for a low-level server is listed as it is; TypeScript refuses the second."""
    if server.sdk.api != "high" or server.module is None or server.module.language != "python":
        return tuple(found)
    kept: dict[object, Definition] = {}
    for one in found:
        name = one.entry.get("uri") or one.entry.get("uriTemplate") or one.entry.get("name")
        key = (one.kind, name) if name is not None else object()
        if key not in kept or server.sdk.family == "fastmcp":
            kept[key] = one
    return tuple(kept.values())


def definition(item: Item, server: Server, sources: Sources) -> Definition:
    """The entry of one tool, prompt or resource. Cheap enough to be asked for while somebody points at it."""
    language = server.module.language if server.module is not None else "json"
    # A language's half is loaded when a server is written in it.
    if language == "python":
        from .python import definition as predicted
    elif language == "json":
        from .listed import definition as predicted
    else:
        from .typescript import definition as predicted
    return predicted(item, server, sources)
