"""The arguments of a registration, by name: of a decorator, ``add_tool(f, …)``, ``Tool.from_function(f, …)``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcp_lsp.read.python.scopes import Env
from mcp_lsp.read.python.sdk import SERVERS
from mcp_lsp_analyzers.code import Attr, Call, Const, Dict, Expr, Items, Str
from mcp_lsp_analyzers.definition import Missing
from mcp_lsp_analyzers.model import Prompt, Resource, Server, Tool
from mcp_lsp_analyzers.place import Text

from ..values import RUN_TIME
from .sight import around, behind, file_of, json, last, meaning

if TYPE_CHECKING:
    from .. import Item, Sources

_POSITIONS = {
    "tool": ("name", "title", "description", "annotations", "icons", "meta", "structured_output"),
    "prompt": ("name", "title", "description", "icons"),
    "resource": ("uri",),
}
_ADDING = ("add_tool", "add_prompt", "add_resource", "from_function", "add_resource_fn")
_WIRE = {
    "read_only_hint": "readOnlyHint", "destructive_hint": "destructiveHint", "idempotent_hint": "idempotentHint",
    "open_world_hint": "openWorldHint", "mime_type": "mimeType", "last_modified": "lastModified",
    "input_schema": "inputSchema", "output_schema": "outputSchema", "uri_template": "uriTemplate", "meta": "_meta",
    "task_support": "taskSupport", "website_url": "websiteUrl",
}  # fmt: skip
_KEPT = {
    "ToolAnnotations": {"title", "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"},
    "Icon": {"src", "mimeType", "sizes", "theme"},
    "Annotations": {"audience", "priority", "lastModified"},
}
HIDDEN = "what else is given here is only known at run time"


class Declared:
    """``whole`` is false where a spread hides what else is given, or where the registration was not found.
    ``helped``: a function of the project registers what it is given. ``foreign``: it is registered on something that is
    no server (an extension, a provider), which may add to it."""

    def __init__(self, item: Item, server: Server, sources: Sources) -> None:
        self.named: dict[str, tuple[Expr, Env]] = {}
        self.whole = True
        self.helped = False
        self.foreign = False
        self.env: Env | None = None
        self.node: Expr | None = None
        registered = item.registered
        module = server.module
        if registered is not None and registered.uri and sources.modules is not None:
            module = sources.modules.current(registered.uri)
        if registered is None or module is None:
            self.whole = False
            return
        self.node = node = registered.node
        self.env = env = around(node, registered.unit, file_of(module, sources))
        # `@mcp.tool()` above the function, or `mcp.tool()(function)` with nothing in between.
        own = item.by is node and not (isinstance(item, Tool) and not item.parameters_known)
        own = own or (item.function is not None and any(node is decorator for decorator in item.function.decorators))
        if isinstance(node, Dict):
            for pair in node.pairs:
                if isinstance(pair.key, Str):
                    self.named[pair.key.value] = (pair.value, env)
                else:
                    self.whole = False
        elif isinstance(node, Call):
            self._call(node, env, item, own)

    def _call(self, node: Call, env: Env, item: Item, own: bool) -> None:
        callee = node.callee
        name = callee.name if isinstance(callee, Attr) else ""
        first = next((arg.value for arg in node.args if arg.name is None and not arg.spread), None)
        skip = name in _ADDING or (not own and name in ("tool", "prompt") and not self._is_text(first, env))
        if isinstance(callee, Attr) and name in ("tool", "prompt", "resource"):
            made = (env.dotted(callee.value) or "").replace("()", "")
            self.foreign = made.partition(".")[0] in ("mcp", "fastmcp") and last(made) not in SERVERS
        self.helped = not own and not skip and name in ("tool", "prompt", "resource") and bool(env.frames)
        positions = iter(() if isinstance(item, Resource) and name in _ADDING else self._positions(item))
        for arg in node.args:
            if arg.name is not None:
                self.named[arg.name] = (arg.value, env)
            elif arg.spread:
                value, home = behind(arg.value, env)
                if isinstance(value, Dict) and all(isinstance(pair.key, Str) for pair in value.pairs):
                    for pair in value.pairs:
                        if isinstance(pair.key, Str):
                            self.named[pair.key.value] = (pair.value, home)
                else:
                    self.whole = False
            elif skip:
                skip = False
            else:
                position = next(positions, None)
                if position is not None:
                    self.named.setdefault(position, (arg.value, env))
        if "name_or_fn" in self.named:
            self.named.setdefault("name", self.named["name_or_fn"])

    def _positions(self, item: Item) -> tuple[str, ...]:
        return _POSITIONS["tool" if isinstance(item, Tool) else "prompt" if isinstance(item, Prompt) else "resource"]

    def _is_text(self, expr: Expr | None, env: Env) -> bool:
        return expr is None or isinstance(json(expr, env), str)

    def given(self, name: str) -> bool:
        return name in self.named

    def value(self, name: str) -> Any:
        """The JSON of an argument; ``None`` where it is not given."""
        where = self.named.get(name)
        if where is None:
            return None if self.whole else Missing(HIDDEN)
        return json(*where)

    def model(self, name: str, wire: str, extra: bool) -> Any:
        """An argument that is a type of the protocol, or a list of them. ``extra``: unknown members stay."""
        where = self.named.get(name)
        if where is None:
            return None if self.whole else Missing(HIDDEN)
        return protocol(where[0], where[1], wire, extra)


def protocol(expr: Expr, env: Env, wire: str, extra: bool) -> Any:
    """``Icon(src=…)``, a dictionary, or a list of either, as they go over the wire."""
    value, home = behind(expr, env)
    if isinstance(value, Items):
        return [protocol(item, home, wire, extra) for item in value.items]
    if isinstance(value, Const) and value.value is None:
        return None
    members: dict[str, Any] = {}
    if isinstance(value, Call) and last(meaning(value.callee, home).outside) == wire:
        for arg in value.args:
            if arg.name is None:
                inner = json(arg.value, home) if arg.spread == "**" else Missing(RUN_TIME)
                members.update(inner if isinstance(inner, dict) else {"*": _missing(inner)})
            else:
                members[arg.name] = json(arg.value, home)
    elif isinstance(value, Dict):
        said = json(value, home)
        if not isinstance(said, dict):
            return _missing(said)
        members = said
    else:
        return Missing(RUN_TIME)
    made: dict[str, Any] = {}
    for key, item in members.items():
        # The older SDK knows the spelling of the wire only, and sends on what it does not know.
        name = key if extra else _WIRE.get(key, key)
        if item is not None and (extra or name in _KEPT.get(wire, {name}) or name == "*"):
            made[name] = item
    return made


def _missing(value: object) -> Missing:
    return value if isinstance(value, Missing) else Missing(RUN_TIME)


def wired(name: str) -> str:
    """A member as it goes over the wire."""
    return _WIRE.get(name, name)


def text_value(text: Text | None) -> Any:
    if text is None:
        return None
    return text.value if text.complete else Missing(RUN_TIME)


__all__ = ["HIDDEN", "Declared", "protocol", "text_value", "wired"]
