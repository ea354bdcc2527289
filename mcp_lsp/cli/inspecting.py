"""``mcp-lsp inspect``: what each server will list, computed from its source, as JSON or to be read."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from typing import Any

from mcp_lsp import read, syntax
from mcp_lsp.assist.definitions import cost
from mcp_lsp.predict import Listing, Sources, listing
from mcp_lsp.predict.marks import marks
from mcp_lsp.project import files
from mcp_lsp.project.files import File
from mcp_lsp.report.terminal import visible
from mcp_lsp_analyzers.definition import Definition
from mcp_lsp_analyzers.place import Text
from mcp_lsp_analyzers.record import NamedTuple

from .arguments import Wrong
from .looking import Look, document

_WIDTH = 100
_KINDS = ("tools", "prompts", "resources", "resourceTemplates")


class Seen(NamedTuple):
    """One server. ``path`` as reports show it."""

    path: str
    name: str
    listing: Listing


def inspect(arguments: argparse.Namespace) -> int:
    """Exit code 0 where a server was found, 1 where there is none, 2 where a path could not be read."""
    look = Look(arguments.paths, os.getcwd())
    look.insist()
    seen = [one for file in look.files for one in _servers(file, look, arguments.python)]
    print(as_json(seen) if arguments.output_format == "json" else as_text(seen))
    return 0 if seen else 1


def _servers(file: File, look: Look, python: tuple[int, int] | None) -> Iterator[Seen]:
    path = look.show(file.path)
    try:
        parsed = document(file)
    except files.Unreadable as error:
        if file.named:
            raise Wrong(f"{path}: {error}") from None
        return
    known = look.projects.dependencies(os.path.dirname(file.path))
    module = read.module(syntax.parse(parsed))
    sources = Sources(known, look.index) if python is None else Sources(known, look.index, python)
    for server in read.servers(module, known, None, look.index).servers:
        if server.tools or server.prompts or server.resources or server.constructed is not None:
            yield Seen(path, server.name, listing(server, sources))


# ---------------------------------------------------------------- JSON


def as_json(seen: list[Seen]) -> str:
    """The contract: entries exactly as in the listing, and what is not known by pointers into this very document."""
    servers, unknown = [], []
    for i, one in enumerate(seen):
        server = one.listing.server
        entry: dict[str, Any] = {"path": one.path, "name": one.name, "sdk": str(server.sdk)}
        entry["instructions"] = _instructions(server.instructions)
        if server.instructions is not None and not server.instructions.complete:
            reason = "it is computed at run time"
            unknown.append({"pointer": f"/servers/{i}/instructions", "reason": reason})
        for kind, definitions in zip(_KINDS, _by_kind(one.listing), strict=True):
            entry[kind] = [definition.entry for definition in definitions]
            for j, definition in enumerate(definitions):
                unknown += [
                    {"pointer": f"/servers/{i}/{kind}/{j}{missing.pointer}", "reason": missing.reason}
                    for missing in definition.unknown
                ]
        for why in (*(why for _, why in server.unread), *marks(server)):
            unknown.append({"pointer": f"/servers/{i}/*", "reason": why})
        servers.append(entry)
    return json.dumps({"servers": servers, "unknown": unknown}, indent=2, ensure_ascii=False)


def _by_kind(found: Listing) -> tuple[tuple[Definition, ...], ...]:
    return found.tools, found.prompts, found.resources, found.templates


def _instructions(text: Text | None) -> str | None:
    return text.value if text is not None and text.complete else None


# ---------------------------------------------------------------- text


def as_text(seen: list[Seen]) -> str:
    """One paragraph for each server: its tools with their cost, their arguments, and what is not known."""
    if not seen:
        return "No MCP server found."
    # A listing shows what a model is told, and that may hold what hides from a person.
    return "\n\n".join("\n".join(visible(line) for line in _paragraph(one)) for one in seen)


def _paragraph(one: Seen) -> Iterator[str]:
    found = one.listing
    costs = [cost(definition) for definition in found.tools]
    total = sum(each.tokens for each in costs)
    notes = (*(why for _, why in found.server.unread), *marks(found.server))
    tools = "no tools known" if notes and not found.tools else _count(len(found.tools), "tool")
    parts = [tools + (f" of about {total:,} tokens" if total else "")]
    others = zip((found.prompts, found.resources, found.templates), ("prompt", "resource", "template"), strict=True)
    parts += [_count(len(some), word) for some, word in others if some]
    yield f"{one.path}: {one.name or 'a server'} ({found.server.sdk}): {', '.join(parts)}"
    text = found.server.instructions
    if text is not None and text.value:
        yield f"  instructions: {_short(text.value)}"
    for definition, each in zip(found.tools, costs, strict=True):
        yield f"  {definition.entry.get('name', '?')}({_arguments(definition)}){_result(definition)}  {each}"
        yield from _about(definition)
    for definitions, word in ((found.prompts, "prompt"), (found.resources, "resource"), (found.templates, "template")):
        for definition in definitions:
            entry = definition.entry
            named = entry.get("uri") or entry.get("uriTemplate") or entry.get("name", "?")
            names = ", ".join(_prompted(argument) for argument in entry.get("arguments") or ())
            yield f"  {word} {named}" + (f"({names})" if word == "prompt" else "")
            yield from _about(definition)
    for why in notes:
        yield f"  not known: {why}"


def _about(definition: Definition) -> Iterator[str]:
    description = definition.entry.get("description")
    if isinstance(description, str) and description.strip():
        yield f"      {_short(description)}"
    hints = definition.entry.get("annotations")
    if isinstance(hints, dict) and hints:
        yield f"      {', '.join(f'{name}: {json.dumps(value)}' for name, value in hints.items())}"
    for missing in definition.unknown:
        yield f"      not known: {missing.pointer}: {missing.reason}"


def _arguments(definition: Definition) -> str:
    schema = definition.entry.get("inputSchema")
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(schema, dict) or not isinstance(properties, dict):
        return "…"
    required = schema.get("required") or ()
    defs = schema.get("$defs") or {}
    shown = [f"{name}{'' if name in required else '?'}: {kind(member, defs)}" for name, member in properties.items()]
    # An argument whose type is not known is required all the same.
    shown += [f"{name}: ?" for name in required if name not in properties]
    return ", ".join(shown)


def _result(definition: Definition) -> str:
    schema = definition.entry.get("outputSchema")
    return f" -> {kind(schema, schema.get('$defs') or {})}" if isinstance(schema, dict) else ""


def _prompted(argument: Any) -> str:
    if not isinstance(argument, dict):
        return "?"
    return f"{argument.get('name', '?')}{'' if argument.get('required') else '?'}"


def kind(schema: Any, defs: dict[str, Any], depth: int = 0) -> str:
    """A schema in a word or two."""
    if not isinstance(schema, dict) or depth > 4:
        return "…"
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in schema["enum"][:6])
    if "const" in schema:
        return json.dumps(schema["const"], ensure_ascii=False)
    for key in ("anyOf", "oneOf"):
        if isinstance(schema.get(key), list):
            return " | ".join(dict.fromkeys(kind(one, defs, depth + 1) for one in schema[key]))
    named = schema.get("type")
    if named == "array":
        return f"{kind(schema['items'], defs, depth + 1)}[]" if schema.get("items") else "array"
    if named == "object" and isinstance(schema.get("properties"), dict) and depth < 2:
        inner = [f"{name}: {kind(member, defs, depth + 1)}" for name, member in list(schema["properties"].items())[:5]]
        return "{" + ", ".join([*inner, *(["…"] if len(schema["properties"]) > 5 else [])]) + "}"
    return " | ".join(named) if isinstance(named, list) else str(named or "any")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
