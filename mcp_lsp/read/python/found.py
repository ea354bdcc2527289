"""What one unit declares, before it is known which servers the file has."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Call, Function, Unit
from mcp_lsp_analyzers.model import Item
from mcp_lsp_analyzers.place import Place, Text
from mcp_lsp_analyzers.record import NamedTuple

from .known import Known, Lookups
from .sdk import Ref

# A unit that mentions none of these declares nothing.
TRIGGERS = (
    ".tool", ".prompt", ".resource", "add_t", "add_p", "add_r", "Tool(", "FastMCP", "MCP", "Server", "list_tools",
    "call_tool", "@tool", "@prompt", "@resource", "stdio", ".run", "_app(", "_tool", "@",
    "Resource", "Prompt(", "inputSchema", "request_handler", "regist",
    "ToolDef", "ToolSpec", "ToolEntry", "ToolInfo", "ToolConfig", "super().__init__", "export =",
    '"uri', "'uri", '"arguments', "'arguments",
)  # fmt: skip
ADDERS = {
    "add_tool": "tool", "add_prompt": "prompt", "add_resource": "resource", "add_template": "resource",
    "add_resource_template": "resource", "add_resource_fn": "resource",
}  # fmt: skip


class Made(NamedTuple):
    """A server constructed in this file (or, without ``call``, a class of servers)."""

    ref: Ref
    name: str
    place: Place
    instructions: Text | None
    call: Call | None
    unit: Unit
    path: tuple[str, ...]


class Handler(NamedTuple):
    """A handler of a low-level server. ``kind``: "list_tools", "call_tool" ..."""

    ref: Ref
    kind: str
    known: Known
    path: tuple[str, ...]


class Loose(NamedTuple):
    """A tool, prompt or resource written out for a low-level server. ``handler``: the method of the same class that
    runs it, with the parameter that gets the arguments."""

    item: Item
    path: tuple[str, ...]
    handler: tuple[Known, str] | None


class Found:
    """What one unit declares."""

    __slots__ = (
        "adopted", "handlers", "items", "lookups", "loose", "made", "pending", "served", "through", "unread", "used",
    )  # fmt: skip

    def __init__(self, lookups: Lookups) -> None:
        self.lookups = lookups
        self.items: list[tuple[Ref, Item]] = []
        self.made: list[Made] = []
        self.handlers: list[Handler] = []
        self.loose: list[Loose] = []
        self.served: list[tuple[Ref | None, frozenset[str]]] = []
        self.unread: list[tuple[Ref, Place, str]] = []
        self.pending: list[tuple[Call, Ref, Item]] = []
        """Tools made and kept in a variable (``x = Tool.from_function(f)``); ``used``: the calls that made those which
        are added to a server in this file."""
        self.used: list[Call] = []
        self.adopted: dict[Function, Ref] = {}
        """Functions declared by a decorator that names no server, and the server that gets them."""
        self.through: list[Function] = []
        """Functions that register what they are given, and are called here."""

    def add(self, other: Found) -> None:
        self.items += other.items
        self.used += other.used
        if other.plain:  # as most parts of a function around all tools are, which is read with every key
            return
        self.made += other.made
        self.handlers += other.handlers
        self.loose += other.loose
        self.served += other.served
        self.unread += other.unread
        self.pending += other.pending
        self.adopted.update(other.adopted)
        self.through += other.through

    def like(self, other: Found) -> bool:
        """Whether both declare items of the same kinds on the same servers, and nothing else."""
        if len(self.items) != len(other.items) or not (self.plain and other.plain):
            return False
        return all(
            a.key == b.key and type(x) is type(y) for (a, x), (b, y) in zip(self.items, other.items, strict=True)
        )

    @property
    def plain(self) -> bool:
        return not (
            self.made
            or self.handlers
            or self.loose
            or self.served
            or self.unread
            or self.pending
            or self.adopted
            or self.through
        )

    @property
    def empty(self) -> bool:
        return not self.items and self.plain
