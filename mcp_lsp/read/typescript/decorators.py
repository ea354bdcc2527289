"""Decorated methods and classes that are tools, prompts and resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Attr, Call, Class, Dict, Expr, Function, Name, Str
from mcp_lsp_analyzers.inside import members
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import replace

from . import makers
from .calls import schema_of
from .definitions import Finding, Parts
from .sight import At, Where, identity, origin

if TYPE_CHECKING:
    from .walk import Walk


def of_method(walk: Walk, function: Function) -> None:
    """``@Tool({ name, description, parameters })`` on a method: mcp-nest and its likes."""
    own = (function.name, function.name_start, At(function, walk.where))
    for decorator in function.decorators:
        _decorated(walk, decorator, own, At(function, walk.where))


def of_class(walk: Walk, cls: Class) -> None:
    """``@Tool({ name, description, inputSchema })`` on a class whose method does it: FrontMCP."""
    found = members(cls)
    runs = next((one for name in _RUNS for one in found.get(name, ()) if one.kind == "function"), None)
    handler = None if runs is None else At(runs.node, Where(runs.unit, None, cls))
    for decorator in cls.decorators:
        _decorated(walk, decorator, (cls.name, cls.name_start, At(cls, walk.where)), handler)


_RUNS = ("execute", "run", "handle", "handler", "read")
_KINDS = ("Tool", "Prompt", "Resource", "ResourceTemplate", "McpTool", "McpPrompt", "McpResource")


def _decorated(walk: Walk, decorator: Expr, own: tuple[str, int, At], handler: At | None) -> None:
    """``own``: the name of what is decorated, where that stands, and all of it."""
    if not isinstance(decorator, Call) or not isinstance(decorator.callee, (Name, Attr)):
        return
    source = origin(walk.sight, At(decorator.callee, walk.where))
    word = source.replace(":", ".").rsplit(".", 1)[-1]
    if "mcp" not in source.lower() and not (walk.about.sure and source.startswith((".", "/"))):
        return
    label, start, declared = own
    where = walk.where
    config = walk.sight.resolve(At(decorator.args[0].value, where)) if decorator.args else None
    has = config if config is not None and isinstance(config.node, Dict) else None
    if has is not None and isinstance(declared.node, Class):
        walk.taken.add(id(has.node))  # whatever it looks like, the decorator says what it is
    if word not in _KINDS:
        return
    entry = walk.sight.entry
    name = entry(has, "name") if has is not None else None
    written = Str(start, start + len(label), label, ((0, len(label), start, start + len(label)),))
    schema = None if has is None else schema_of(walk.sight, has) or entry(has, "arguments")
    parts = Parts(
        name or At(written, where),
        declared,
        entry(has, "description") if has is not None else None,
        entry(has, "title") if has is not None else None,
        schema,
        None,
        entry(has, "annotations") if has is not None else None,
        config is not None and has is None,
        entry(has, "outputSchema") if has is not None else None,
        handler,
        (entry(has, "uri") or entry(has, "uriTemplate")) if has is not None else None,
    )
    made = makers.item(walk.maker, word.removeprefix("Mcp").lower(), parts)
    if walk.about.family == "frontmcp":
        made = replace(made, name=_STRANGE.sub("_", made.name))  # as it does itself
    walk.kept.entries.append(Finding(made, "call", identity(walk.sight, parts.name)))


_STRANGE = pattern(r"[^A-Za-z0-9_-]+")
