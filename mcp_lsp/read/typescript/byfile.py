"""Tools that are files: xmcp's ``export const schema``, ``export const metadata`` and a default function."""

from __future__ import annotations

from typing import cast

from mcp_lsp_analyzers.code import Dict, Export, flat
from mcp_lsp_analyzers.model import Item
from mcp_lsp_analyzers.scope import Module

from .definitions import Finding, Maker, Parts
from .entries import Declared
from .evidence import About
from .sight import At, Sight, Where


def by_file(module: Module, known: About) -> list[Declared]:
    """What a file of tools is, as one declaration."""
    if known.family != "xmcp" or "metadata" not in module.names:
        return []
    unit = module.names["metadata"]
    kept = unit.kept.get("xmcp")
    if kept is not None:
        before, found_before = cast("tuple[Sight, list[Declared]]", kept)
        if before.scope.holds(module):
            return found_before
    sight = Sight(module, unit)
    entries: list[Declared] = []
    binding = sight.scope.find("metadata")
    metadata = None
    if binding is not None and binding.value is not None:
        metadata = sight.resolve(At(binding.value, Where(binding.unit)))
    if metadata is not None and isinstance(metadata.node, Dict):
        name = sight.entry(metadata, "name")
        if name is not None and isinstance(sight.constant(name), str):
            entries.append(_xmcp(module, sight, metadata, name))
    unit.kept["xmcp"] = (sight, entries)
    return entries


def _xmcp(module: Module, sight: Sight, metadata: At, name: At) -> Finding:
    schema = sight.scope.find("schema")
    shape = At(schema.value, Where(schema.unit)) if schema is not None and schema.value is not None else None
    parts = Parts(
        name, metadata, sight.entry(metadata, "description"), sight.entry(metadata, "title"), shape, None,
        sight.entry(metadata, "annotations"), False, None, _default(module, sight),
    )  # fmt: skip
    known = sight.resolve(name)
    maker = Maker(sight, module.uri)
    item: Item = maker.tool(parts) if sight.entry(metadata, "role") is None else maker.prompt(parts)
    return Finding(item, "call", known.node if known is not None else name.node)


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
