"""What the SDKs of TypeScript and JavaScript list of a tool, prompt or resource."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from mcp_lsp.read.typescript.definitions import Parts
from mcp_lsp_analyzers.code import Dict, Unit
from mcp_lsp_analyzers.definition import Definition, Kind, Missing
from mcp_lsp_analyzers.definition import definition as settled
from mcp_lsp_analyzers.model import Prompt, Resource, Server, Tool
from mcp_lsp_analyzers.place import Anchor, Place
from mcp_lsp_analyzers.scope import Module

from .answers import entry
from .entries import Entries
from .here import World
from .library import Library
from .versions import versions

if TYPE_CHECKING:
    from .. import Item, Sources

OFFICIAL = frozenset(("typescript-sdk", "unknown"))


def definition(item: Item, server: Server, sources: Sources) -> Definition:
    kind: Kind = "tool" if isinstance(item, Tool) else "prompt" if isinstance(item, Prompt) else "resource"
    module = server.module
    found = None if module is None else parts(module, item.declared)
    if module is None or found is None:
        return settled(kind, {"name": item.name, "*": Missing("its declaration is not seen")})
    sdk = server.sdk
    known = versions(sdk, sources.dependencies)
    entries = Entries(known, sdk.family in OFFICIAL, sdk.api == "low")
    world = World(module, sources.modules)
    world.library = Library(known).json
    here = world.here(module, found.declared.where)
    if sdk.api == "low" and not isinstance(found.declared.node, Dict):
        # Known by the branch that answers for it; what is listed of it stands where the list is put together.
        listed = entry(kind, item.uri.value if isinstance(item, Resource) else item.name, module, world)
        if listed is not None:
            return settled(kind, entries.literal(*listed))
        return settled(kind, {"name": item.name, "*": Missing("no list that is seen here names it")})
    if kind == "tool":
        return settled(kind, entries.tool(found, here))
    if kind == "prompt":
        return settled(kind, entries.prompt(found, here))
    made = entries.resource(found, here)
    return settled("resourceTemplate" if "uriTemplate" in made else kind, made)


def parts(module: Module, declared: Place) -> Parts | None:
    """What the reader saw of a declaration."""
    for unit in _units(module.units):
        if unit.anchor is declared.anchor:
            kept = cast("dict[Place, Parts]", unit.kept.get("parts", {}))
            found = kept.get(declared)
            if found is not None:
                return found
    return None


def _units(units: list[Unit]) -> Iterator[Unit]:
    for unit in units:
        yield unit
        yield from _units(unit.nested)


__all__ = ["Anchor", "definition", "parts"]
