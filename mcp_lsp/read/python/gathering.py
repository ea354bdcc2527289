"""What one file declares while it is put together: servers with their parts, and what is kept between two readings."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Function, Unit
from mcp_lsp_analyzers.model import Item, Prompt, Resource, Server, Tool
from mcp_lsp_analyzers.place import Place

from .found import Found, Made
from .sdk import File, Ref

Key = tuple[object, ...]


class State:
    """What is kept between two readings of a file."""

    def __init__(self, file: File, units: list[Unit], watched: set[str]) -> None:
        self.file = file
        self.units = units
        self.watched = watched
        self.paired: dict[Item, tuple[object, Item]] = {}
        self.servers: dict[Key, Server] = {}


class Gathered:
    """A server while its parts are gathered."""

    def __init__(self, ref: Ref) -> None:
        self.ref = ref
        self.made: Made | None = None
        self.parts: list[tuple[str, ...]] = []
        self.tools: list[Tool] = []
        self.prompts: list[Prompt] = []
        self.resources: list[Resource] = []
        self.transports: set[str] = set()
        self.unread: list[tuple[Place, str]] = []

    def add(self, item: Item) -> None:
        if isinstance(item, Tool):
            self.tools.append(item)
        elif isinstance(item, Prompt):
            self.prompts.append(item)
        else:
            self.resources.append(item)

    @property
    def place(self) -> Place | None:
        if self.made is not None:
            return self.made.place
        parts: tuple[Item, ...] = (*self.tools, *self.prompts, *self.resources)
        return parts[0].declared if parts else self.unread[0][0] if self.unread else None


class Groups:
    """The servers of a file by their keys, while what its units declare is handed out to them."""

    def __init__(self, found: list[Found]) -> None:
        self.found = found
        self.by_key: dict[Key, Gathered] = {}
        for one in (one for unit in found for one in unit.made):
            group = self.by_key.setdefault(one.ref.key, Gathered(one.ref))
            if group.made is None or group.made.call is None:
                group.made = one
        # Where a file makes one server, what is registered on a parameter or an import is registered on that one.
        self.only = next(iter(self.by_key), None) if len(self.by_key) == 1 else None

    def of(self, ref: Ref) -> Gathered:
        """The server that is meant; one that nobody makes in this file is begun by its first part."""
        key = ref.key
        if key not in self.by_key and self.only is not None and not ref.made:
            key = self.only
        group = self.by_key.get(key)
        if group is None:
            group = self.by_key[key] = Gathered(ref)
        return group

    def take_items(self) -> None:
        """What is registered by a decorator or a call."""
        adopted = {function: ref for unit in self.found for function, ref in unit.adopted.items()}
        through = {function for unit in self.found for function in unit.through}
        for unit in self.found:
            for ref, item in unit.items:
                if not _complete(item) and any(_stands_in(item.declared, function) for function in through):
                    continue  # it is known by the calls of this function
                taken = adopted.get(item.function) if item.function is not None and ref.key == ("given", "") else None
                self.of(taken or ref).add(item)
            for where, place, why in unit.unread:
                if not any(_stands_in(place, function) for function in through):
                    self.of(where).unread.append((place, why))

    def take_pending(self) -> None:
        """Tools that were made and kept, unless the call that adds them is in this file."""
        used = {call for unit in self.found for call in unit.used}
        for unit in self.found:
            for call, ref, item in unit.pending:
                group = self.of(ref)
                if call not in used and not (isinstance(item, Tool) and any(t.name == item.name for t in group.tools)):
                    group.add(item)

    def take_transports(self) -> None:
        """What servers are started on; a start that names none is that of every low-level one, or of the only one."""
        for unit in self.found:
            for started, transports in unit.served:
                if started is None:
                    for group in self.by_key.values():
                        if group.ref.api == "low" or len(self.by_key) == 1:
                            group.transports |= transports
                elif started.key in self.by_key or (self.only is not None and not started.made):
                    self.of(started).transports |= transports


def _complete(item: Item) -> bool:
    return item.name_complete if isinstance(item, Tool) else not isinstance(item, Resource) or item.uri.complete


def _stands_in(place: Place, function: Function) -> bool:
    local = place.local
    return local is not None and place.anchor is function.unit.anchor and function.start <= local.start < function.end
