"""Tools that are files: xmcp's ``export const schema``, ``export const metadata`` and a default function; or a name, a
description, a schema and what answers, each exported by itself, for a loader that imports all files of a folder; or
what a framework is told of in the one default export."""

from __future__ import annotations

from typing import cast
from urllib.parse import unquote

from mcp_lsp_analyzers.code import Const, Dict, Export, Function, Unit, flat, last_name
from mcp_lsp_analyzers.model import Item
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.scope import Module
from mcp_lsp_analyzers.seen import Seen
from mcp_lsp_analyzers.testing import named_as_test

from .calls import Registration, handler_of, schema_of
from .definitions import Finding, Maker, Parts
from .entries import Declared
from .evidence import About
from .jsonschema import is_json_schema
from .schemas import is_zod
from .shapes import NAME
from .sight import At, Sight, Where, identity
from .texts import template_uri

_NAMED = ("name", "toolName", "method")
_TAKES = ("inputSchema", "parameters", "schema", "paramsSchema", "inputs", "input", "params")
_ANSWERS = ("handler", "execute", "run", "handle", "callback")


def by_file(module: Module, known: About) -> list[Declared]:
    """What a file of tools is, as one declaration."""
    if known.family == "xmcp" and ("metadata" in module.names or _folder(module) == "tools"):
        return [] if named_as_test(module.uri) else _kept(module, ("metadata",))
    if not known.likely or "description" not in module.names or named_as_test(module.uri):
        return []
    names = [next((n for n in some if _exports(module, n)), "") for some in (_NAMED, _TAKES, _ANSWERS)]
    return _kept(module, (*names, "description")) if all(names) and _exports(module, "description") else []


def _exports(module: Module, name: str) -> bool:
    unit = module.names.get(name)
    return unit is not None and unit.key.startswith("export ")


def _folder(module: Module) -> str:
    """Which of the folders that xmcp loads a file stands in: "tools", "prompts", "resources"."""
    found = _LOADED.search(module.uri)
    return "" if found is None else found[1]


_LOADED = pattern(r"/(tools|prompts|resources)/([^?]*)\.[cm]?[jt]sx?$")


def _kept(module: Module, names: tuple[str, ...]) -> list[Declared]:
    unit = module.names.get(names[0]) or module.units[0]
    kept = unit.kept.get(("by file", names))
    answering = [one for one in module.units if "default" in one.key]
    if kept is not None:
        before, found_before, answered = cast("tuple[Seen, list[Declared], list[Unit]]", kept)
        if before.holds(module) and answered == answering:
            return found_before
    sight = Sight(module, unit)
    entries = _metadata(module, sight) if len(names) == 1 else _exported(module, sight, names)
    unit.kept["by file", names] = (sight.scope.seen, entries, answering)
    return entries


def _exported(module: Module, sight: Sight, names: tuple[str, ...]) -> list[Declared]:
    name, schema, handler, described = (_value(sight, each) for each in names)
    said = sight.constant(name) if name is not None else None
    if name is None or schema is None or not isinstance(said, str) or NAME.match(said) is None:
        return []
    if not is_zod(sight, schema) and not is_json_schema(sight, sight.resolve(schema) or schema):
        return []
    hints, title = (_value(sight, each) for each in ("annotations", "title"))
    parts = Parts(name, name, described, title, schema, None, hints, False, _value(sight, "outputSchema"), handler)
    return [Finding(Maker(sight, module.uri).tool(parts), "shape", identity(sight, name))]


def _value(sight: Sight, name: str) -> At | None:
    binding = sight.scope.find(name)
    node = None if binding is None else binding.function or binding.value
    return None if binding is None or node is None else At(node, Where(binding.unit))


def _metadata(module: Module, sight: Sight) -> list[Declared]:
    binding = sight.scope.find("metadata")
    metadata = None
    if binding is not None and binding.value is not None:
        metadata = sight.resolve(At(binding.value, Where(binding.unit)))
    if metadata is not None and isinstance(metadata.node, Dict):
        name = sight.entry(metadata, "name")
        if name is not None and isinstance(sight.constant(name), str):
            return [_xmcp(module, sight, metadata, name)]
    answers = sight.function(_default(module, sight))
    found = _LOADED.search(module.uri)
    if metadata is None and found is not None and answers is not None and isinstance(answers.node, Function):
        name = _as(answers, found[2].rpartition("/")[2])  # nothing says it otherwise
        schema = _value(sight, "schema")
        parts = Parts(name, answers, None, None, schema, output=_value(sight, "outputSchema"), function=answers)
        return [Finding(Maker(sight, module.uri).tool(parts), "call", answers.node)]
    return []


def _as(at: At, said: str) -> At:
    """What the path of a file says, as if it were written at a place in it."""
    start = getattr(at.node, "name_start", at.node.start)
    return At(Const(start, start + len(getattr(at.node, "name", "")), unquote(said)), at.where)


def _xmcp(module: Module, sight: Sight, metadata: At, name: At) -> Finding:
    parts = Parts(
        name, metadata, sight.entry(metadata, "description"), sight.entry(metadata, "title"), _value(sight, "schema"),
        None, sight.entry(metadata, "annotations"), False, None, _default(module, sight),
    )  # fmt: skip
    known = sight.resolve(name)
    maker = Maker(sight, module.uri)
    item: Item
    if _folder(module) == "resources":
        item = maker.resource(parts._replace(uri=_as(name, _address(module.uri))), "args")
    elif _folder(module) == "prompts" or sight.entry(metadata, "role") is not None:
        item = maker.prompt(parts)
    else:
        item = maker.tool(parts)
    return Finding(item, "call", known.node if known is not None else name.node)


def defined(r: Registration) -> list[Finding]:
    """``export default defineMcpTool({ description, inputSchema, handler })`` of Nuxt and Nitro: what says no name is
    called as its file is."""
    config = r.sight.resolve(r.arg(0))
    if config is None or not isinstance(config.node, Dict):
        return []
    entry, kind = r.sight.entry, last_name(r.call.callee).removeprefix("defineMcp")
    name = entry(config, "name")
    if name is None and r.where.unit.key[: r.call.start].endswith("export default "):
        name = At(Const(r.call.callee.start, r.call.callee.end, _stem(r.maker.uri)), r.where)
    address = entry(config, "uri") or entry(config, "uriTemplate")
    if name is None or (kind == "Resource" and address is None):
        return []
    parts = Parts(
        name, r.declared, entry(config, "description"), entry(config, "title"), schema_of(r.sight, config), None,
        entry(config, "annotations"), not r.sight.entries(config)[1], entry(config, "outputSchema"),
        handler_of(r.sight, config), address and (template_uri(r.sight, address) or address),
    )  # fmt: skip
    if kind == "Resource":
        return r.found(r.maker.resource(parts, "sdk"), identity(r.sight, name))
    return r.found(r.maker.tool(parts) if kind == "Tool" else r.maker.prompt(parts), identity(r.sight, name))


def _stem(uri: str) -> str:
    """The name of a file, in words with dashes between them."""
    return _INNER.sub(r"\1-\2", unquote(uri).rpartition("/")[2].partition(".")[0]).lower()


_INNER = pattern(r"([a-z0-9])([A-Z])")


def _address(uri: str) -> str:
    """The address of a resource by where its file stands: ``(users)/[id]/profile.ts`` is ``users://{id}/profile``."""
    found = _LOADED.search(unquote(uri))
    steps = found[2].split("/") if found is not None else []
    scheme = next((step[1:-1] for step in steps if step.startswith("(")), "resource")
    path = [f"{{{step[1:-1]}}}" if step.startswith("[") else step for step in steps if not step.startswith("(")]
    return f"{scheme}://{'/'.join(path)}"


def _default(module: Module, sight: Sight) -> At | None:
    for unit in module.units:
        for statement, nested in flat(unit.statements):
            if isinstance(statement, Export):
                for local, exported in statement.names:
                    if exported == "default":
                        if statement.value is not None:
                            return At(statement.value, Where(nested or unit))
                        binding = sight.scope.find(local)
                        if binding is not None and binding.function is not None:
                            return At(binding.function, Where(binding.unit))
                        if binding is not None and binding.value is not None:
                            return At(binding.value, Where(binding.unit))
    return None
