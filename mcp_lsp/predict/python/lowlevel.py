"""Tools, prompts and resources that are written out for a server of the low level: what is written goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcp_lsp.read.python.scopes import Env
from mcp_lsp_analyzers.code import Expr, Items
from mcp_lsp_analyzers.definition import Definition, Kind, Missing
from mcp_lsp_analyzers.definition import definition as settled
from mcp_lsp_analyzers.model import Prompt, Resource, Server, Tool

from .declared import HIDDEN, Declared, protocol, text_value, wired
from .release import Release, release
from .resources import normal
from .sight import behind, json
from .tools import hints

if TYPE_CHECKING:
    from .. import Item, Sources

_MODELS = {"annotations": "ToolAnnotations", "icons": "Icon"}


def written(item: Item, server: Server, sources: Sources) -> Definition:
    version = release(server, sources)
    said = Declared(item, server, sources)
    kind: Kind = "tool" if isinstance(item, Tool) else "prompt" if isinstance(item, Prompt) else "resource"
    entry: dict[str, Any] = {}
    for name, (expr, env) in said.named.items():
        wire = wired(name)
        if wire == "annotations" and not isinstance(item, Tool):
            entry[wire] = protocol(expr, env, "Annotations", not version.new)
        elif isinstance(item, Prompt) and wire == "arguments":
            entry[wire] = _arguments(expr, env, version)
        elif wire in _MODELS:
            entry[wire] = protocol(expr, env, _MODELS[wire], not version.new)
        else:
            entry[wire] = json(expr, env)
    if isinstance(item, Tool) and isinstance(entry.get("annotations"), Missing):
        entry["annotations"] = hints(item, said, not version.new)
    _known(entry, item)
    if "uri" in entry:
        entry["uri"] = normal(entry["uri"], version)
    if not said.whole:
        entry["*"] = Missing(HIDDEN)
        if isinstance(item, Tool):
            entry.setdefault("inputSchema", Missing("it is only known at run time"))
    if isinstance(item, Resource) and "uriTemplate" in entry:
        kind = "resourceTemplate"
    return settled(kind, {key: value for key, value in entry.items() if value is not None})


def _known(entry: dict[str, Any], item: Item) -> None:
    """What the reader knows and the expression alone does not tell: in a loop, from an instance."""
    name = item.name if not isinstance(item, Tool) or item.name_complete else None
    if name and not isinstance(entry.get("name"), str) and not isinstance(item, Resource):
        entry["name"] = name
    for key, text in (("description", item.description), ("title", item.title)):
        if text is not None and isinstance(entry.get(key, Missing("")), Missing):
            entry[key] = text_value(text)
    if isinstance(item, Resource) and isinstance(entry.get("uri"), Missing) and item.uri.complete:
        entry["uri"] = item.uri.value


def _arguments(expr: Expr, env: Env, version: Release) -> Any:
    value, home = behind(expr, env)
    if not isinstance(value, Items):
        return json(expr, env)
    return [protocol(item, home, "PromptArgument", not version.new) for item in value.items]
