"""What one file declares while it is put together: servers with their parts, and what is kept between two readings."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Unit
from mcp_lsp_analyzers.model import Item, Prompt, Resource, Server, Tool
from mcp_lsp_analyzers.place import Place

from .found import Made
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
