"""Python declarations assembled into servers; after an edit, only what it touched is read again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar, cast

from mcp_lsp_analyzers.code import Attr, Unit
from mcp_lsp_analyzers.model import Item, Prompt, Resource, Server, Tool
from mcp_lsp_analyzers.place import Place, Text
from mcp_lsp_analyzers.record import replace
from mcp_lsp_analyzers.scope import Module, Modules
from mcp_lsp_analyzers.window import window

from ..manifests import NOTHING, script
from ..reading import Reading
from .found import Found
from .gathering import Gathered, Groups, State
from .pairing import give
from .scan import scan
from .sdk import File, roots

if TYPE_CHECKING:
    from ..manifests import Dependencies


def servers(
    module: Module,
    dependencies: Dependencies | None = None,
    previous: Reading | None = None,
    modules: Modules | None = None,
    others: bool = True,
) -> Reading:
    """``others``: whether other files may have changed since ``previous``."""
    before = previous.kept.get("python") if previous is not None else None
    if isinstance(before, State) and before.file.given == (dependencies or NOTHING) and before.file.modules is modules:
        state = _edited(module, before, others)
        if state is not None:
            return Reading(tuple(state.servers.values()), module, {"python": state})
    state = _fresh(module, dependencies, modules)
    _assemble(state, before if isinstance(before, State) else None)
    return Reading(tuple(state.servers.values()), module, {"python": state})


def _edited(module: Module, before: State, others: bool) -> State | None:
    """After an edit: scan what was not scanned, or looked up a name that means something else now. ``None`` where the
    edit changes what is known of the file as a whole."""
    old, new = before.units, module.units
    first, last = window(old, new)
    gone, come = old[first : len(old) - last], new[first : len(new) - last]
    if _imports(gone) != _imports(come):
        return None
    file = before.file
    file.module = module
    state = State(file, new, before.watched)
    was = [cast("Found", unit.kept["declared"]) for unit in gone]
    names = {name for unit in (*gone, *come) for name in unit.binds}
    if names & state.watched or (others and file.others):
        for unit in new:
            state.watched.update(scan(unit, file).lookups.seen.names)
    else:  # most edits are inside a handler, whose name nobody looks up
        file.steady, file.visited = True, {}
        now = [scan(unit, file) for unit in come]
        file.steady = False
        for found in now:
            state.watched.update(found.lookups.seen.names)
        if _exchanged(was, now, state, before):
            return state
    _assemble(state, before)
    return state


def _exchanged(was: list[Found], now: list[Found], state: State, before: State) -> bool:
    """Put changed items in the place of what they were before, where nothing else changed."""
    if len(was) != len(now) or not all(a.like(b) for a, b in zip(was, now, strict=True)):
        return False
    servers = dict(before.servers)
    changes: dict[Item, Item] = {}
    for a, b in zip(was, now, strict=True):
        changes.update((x, y) for (_, x), (_, y) in zip(a.items, b.items, strict=True))
    for key, server in servers.items() if changes else ():
        tools = _with(server.tools, changes)
        prompts = _with(server.prompts, changes)
        resources = _with(server.resources, changes)
        if tools is not server.tools or prompts is not server.prompts or resources is not server.resources:
            changed = replace(server, tools=tools, prompts=prompts, resources=resources)
            if server.constructed is None:  # it stands where its first part stands
                first = server.items[0]
                if first in changes and server.place.local == first.declared.local:
                    declared = changes[first].declared
                    changed = replace(changed, place=_server_place(declared))
            servers[key] = changed
    for server in servers.values():
        object.__setattr__(server, "module", state.file.module)  # see `_assemble`
    state.servers, state.paired = servers, before.paired
    return True


One = TypeVar("One", Tool, Prompt, Resource)


def _with(items: tuple[One, ...], changes: dict[Item, Item]) -> tuple[One, ...]:
    if changes.keys().isdisjoint(items):
        return items
    found: list[Item] = list(items)
    left = len(changes)
    for i, item in enumerate(items):
        if item in changes:
            found[i] = changes[item]
            left -= 1
            if not left:
                break
    return cast("tuple[One, ...]", tuple(found))


def _fresh(module: Module, dependencies: Dependencies | None, modules: Modules | None) -> State:
    known = dependencies or NOTHING
    for unit in module.units:
        if "# /// script" in unit.key:
            known = script(unit.key).over(known)
    file = File(module, known, frozenset().union(*(roots(unit) for unit in module.units)))
    file.given = dependencies or NOTHING
    file.modules = modules
    watched: set[str] = set()
    for unit in module.units:
        _forget(unit)
        watched.update(scan(unit, file).lookups.seen.names)
    return State(file, module.units, watched)


def _forget(unit: Unit) -> None:
    unit.kept.pop("declared", None)
    for inner in unit.nested:
        _forget(inner)


def _imports(units: Iterable[Unit]) -> tuple[frozenset[str], list[str]]:
    """What units tell about the file as a whole."""
    units = list(units)
    return frozenset().union(*(roots(unit) for unit in units)), [u.key for u in units if "# /// script" in u.key]


# ---------------------------------------------------------------- assembly


def _assemble(state: State, before: State | None) -> None:
    file = state.file
    found = [kept for unit in state.units if not (kept := cast("Found", unit.kept["declared"])).empty]
    if before is not None:
        state.paired = before.paired
    groups = Groups(found)
    groups.take_items()
    groups.take_pending()
    handlers = [handler for unit in found for handler in unit.handlers]
    loose = [one for unit in found for one in unit.loose]
    give(loose, handlers, groups.by_key, state)
    groups.take_transports()
    for key, group in groups.by_key.items():
        server = _server(group, file)
        if server is not None:
            earlier = before.servers.get(key) if before is not None else None
            if earlier is not None and _same(earlier, server):
                # Servers are compared by identity; this one is what it was, only the file around it is another.
                object.__setattr__(earlier, "module", server.module)
                server = earlier
            state.servers[key] = server


def _same(a: Server, b: Server) -> bool:
    return (
        a.name == b.name
        and a.place == b.place
        and a.instructions == b.instructions
        and a.sdk == b.sdk
        and a.transports == b.transports
        and _all(a.tools, b.tools)
        and _all(a.prompts, b.prompts)
        and _all(a.resources, b.resources)
        and (a.constructed is None) == (b.constructed is None)
        and (a.constructed is None or b.constructed is None or a.constructed[0] is b.constructed[0])
        and a.unread == b.unread
    )


def _all(a: tuple[object, ...], b: tuple[object, ...]) -> bool:
    return len(a) == len(b) and all(x is y for x, y in zip(a, b, strict=True))


def _server_place(place: Place) -> Place:
    return Place(place.uri, "/serverInfo/name", place.local, place.anchor)


def _server(group: Gathered, file: File) -> Server | None:
    made, place, ref = group.made, group.place, group.ref
    if place is None:
        return None
    if made is not None and made.call is None and not (group.tools or group.prompts or group.resources):
        return None  # a class of servers that nobody makes and that declares nothing
    imports = None
    if ref.family == "mcp" and ref.api == "low" and made is not None and made.call is not None:
        new = any(arg.name is not None and arg.name.startswith("on_") for arg in made.call.args)
        imports = 2 if new else 1 if group.parts else None
    elif ref.family == "mcp" and made is not None and made.call is not None and isinstance(made.call.callee, Attr):
        imports = {"FastMCP": 1, "MCPServer": 2}.get(made.call.callee.name)  # through a module: ``server.MCPServer(…)``
    instructions: Text | None = made.instructions if made is not None else None
    return Server(
        file.uri,
        made.name if made is not None else ref.name,
        file.sdk(ref.family, ref.api, imports),
        _server_place(place),
        tuple(group.tools),
        tuple(group.prompts),
        tuple(group.resources),
        instructions,
        frozenset(group.transports),
        file.module,
        (made.call, made.unit) if made is not None and made.call is not None else None,
        tuple(group.unread),
        heir=ref.own,
    )
