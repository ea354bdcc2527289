"""TypeScript declarations assembled into servers; after an edit, only what it touched is put together again."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.model import Item, Server
from mcp_lsp_analyzers.record import replace
from mcp_lsp_analyzers.scope import Module, Modules
from mcp_lsp_analyzers.window import window

from ..reading import Reading
from .assembly import State, assemble, place_of_server
from .definitions import Finding
from .entries import Declared
from .evidence import About, about, sources
from .finding import Finder

if TYPE_CHECKING:
    from ..manifests import Dependencies


def servers(
    module: Module,
    dependencies: Dependencies | None = None,
    previous: Reading | None = None,
    modules: Modules | None = None,
    others: bool = True,
) -> Reading:
    """The servers of a file, and the parts of servers that it declares on a server made elsewhere. ``modules``: where
    constants that name tools are looked up when they are imported. ``others``: whether those may have changed since
    ``previous``."""
    before = previous.kept.get("typescript") if previous is not None else None
    state = _state(module, dependencies, modules, before if isinstance(before, State) else None, others)
    return Reading(state.servers, module, {"typescript": state})


def _state(
    module: Module, dependencies: Dependencies | None, modules: Modules | None, before: State | None, others: bool
) -> State:
    new = module.units
    if before is None or before.dependencies is not dependencies or before.modules is not modules:
        return _whole(module, dependencies, modules, before, about(module, dependencies))
    old = before.module.units
    first, last = window(old, new)
    gone, come = old[first : len(old) - last], new[first : len(new) - last]
    if [sources(unit) for unit in gone] != [sources(unit) for unit in come]:
        known = about(module, dependencies)
        return _whole(module, dependencies, modules, before, before.about if known == before.about else known)
    changed = {name for unit in (*gone, *come) for name in unit.binds}
    if (others and before.abroad) or changed & before.watched:
        names = None if others and before.abroad else changed
        return _whole(module, dependencies, modules, before, before.about, names)
    finder = Finder(module, before.about, modules, frozenset())
    entries = before.entries[:]
    entries[first : len(old) - last] = [finder.found(unit) for unit in come]
    before.watched |= finder.seen
    state = State(
        module, dependencies, modules, before.about, entries, before.watched, abroad=before.abroad or finder.abroad
    )
    earlier = [entry for found in before.entries[first : len(old) - last] for entry in found]
    later = [entry for found in entries[first : len(new) - last] for entry in found]
    if before.linked or not _replaced(state, before, earlier, later):
        assemble(state, before)
    return state


def _whole(
    module: Module,
    dependencies: Dependencies | None,
    modules: Modules | None,
    before: State | None,
    known: About,
    changed: AbstractSet[str] | None = None,
) -> State:
    """``changed``: see `Finder`."""
    finder = Finder(module, known, modules, changed)
    entries = [finder.found(unit) for unit in module.units]
    state = State(module, dependencies, modules, known, entries, finder.seen, abroad=finder.abroad)
    assemble(state, before)
    return state


def _replaced(state: State, before: State, earlier: list[Declared], later: list[Declared]) -> bool:
    """Most edits change one declaration, or none: then the servers are as before but for it."""
    if state.about.family == "xmcp" or len(earlier) != len(later):
        return False
    instead: dict[int, Item] = {}
    items = before.items
    for a, b in zip(earlier, later):  # noqa: B905 (equally long)
        if a is b:
            continue
        if not isinstance(a, Finding) or not isinstance(b, Finding) or a not in items or items[a] is not a.item:
            return False
        if a.via != "call" or b.via != "call" or a.receiver != b.receiver or type(a.item) is not type(b.item):
            return False
        if a.item.function is None or b.item.function is None:
            return False
        if a.item.name != b.item.name:
            return False
        instead[id(a.item)] = b.item
        items[b] = b.item
        del items[a]
    state.items, state.tied = items, before.tied
    state.servers = tuple(_renewed(server, state.module, instead) for server in before.servers)
    return True


def _renewed(server: Server, module: Module, instead: dict[int, Item]) -> Server:
    tools, prompts, resources, place = server.tools, server.prompts, server.resources, server.place
    if instead:
        firsts: tuple[Item, ...] = (*tools[:1], *prompts[:1], *resources[:1])
        for item in firsts:
            if id(item) in instead and item.place.local == place.local and item.place.anchor is place.anchor:
                place = place_of_server(module.uri, instead[id(item)].place)
        tools = tuple([instead.get(id(tool), tool) for tool in tools])  # type: ignore[misc]
        prompts = tuple([instead.get(id(prompt), prompt) for prompt in prompts])  # type: ignore[misc]
        resources = tuple([instead.get(id(resource), resource) for resource in resources])  # type: ignore[misc]
    return replace(server, module=module, place=place, tools=tools, prompts=prompts, resources=resources)
