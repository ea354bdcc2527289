"""Imports from a package that the project does not depend on, because its SDK has moved to another one."""

from __future__ import annotations

from collections.abc import Iterator

from .. import code
from ..code import Unit, flat
from ..fix import Edit, Edits, Fix
from ..model import Server
from ..once import once
from ..place import Span
from ..rule import Finding
from .kept import found

_OLD, _NEW = "@modelcontextprotocol/sdk", "@modelcontextprotocol/server"
_MOVED = {
    "server/mcp.js": "@modelcontextprotocol/server",
    "server/mcp": "@modelcontextprotocol/server",
    "server/index.js": "@modelcontextprotocol/server",
    "server/stdio.js": "@modelcontextprotocol/server/stdio",
    "server/stdio": "@modelcontextprotocol/server/stdio",
    "types.js": "@modelcontextprotocol/server",
    "client/index.js": "@modelcontextprotocol/client",
    "client/stdio.js": "@modelcontextprotocol/client/stdio",
}
"""Where the modules of version 1 are in version 2 (the official codemod's table, 2.4.0)."""
_Named = tuple[str, Unit, Span]
_GONE = ("RequestSchema", "NotificationSchema", "ResultSchema")  # version 2 goes by strings


def moved(server: Server) -> Iterator[Finding]:
    """A file imports the SDK from a package that its project does not depend on: version 2 of the TypeScript SDK is
    `@modelcontextprotocol/server`, `client`, `node` and `express`, where version 1 was one package."""
    module, sdk = server.module, server.sdk
    if module is None:
        return
    there = dict(sdk.beside)
    if not there.keys() & {_OLD, _NEW} or there.keys() >= {_OLD, _NEW}:
        return
    wrong = _OLD if _NEW in there else _NEW
    named = [each for _, every in found(module, _sources) for each in every]
    wrongly = [each for each in named if each[0].startswith(wrong)]
    fix = _fix(server, named) if wrong == _OLD and wrongly else None
    for source, unit, span in wrongly[:1]:
        said = f"`{source[:60]}` is not there: the project depends on `{next(iter(there.keys() & {_OLD, _NEW}))}`"
        yield Finding(unit.place(server.uri, server.place.pointer, span), said, fix=fix, detail=wrong)


def _fix(server: Server, named: list[_Named]) -> Fix | None:
    """All imports of the file moved; ``None`` where one of them has no place to go to."""
    edits = []
    for source, unit, span in named:
        if not source.startswith(_OLD):
            continue
        new = _MOVED.get(source.removeprefix(_OLD + "/"))
        if new is None or any(name.endswith(_GONE) for name in _names(unit, source)):
            return None
        edits.append(Edit(unit.place(server.uri, server.place.pointer, Span(span.start + 1, span.end - 1)), new))
    return Fix("Import from the packages of version 2", Edits(tuple(edits)))


def _names(unit: Unit, source: str) -> list[str]:
    return [s.name or "" for s, _ in flat(unit.statements) if isinstance(s, code.Import) and s.module == source]


@once
def _sources(unit: Unit) -> list[_Named]:
    """The modules of the SDK that a unit imports, with where they are named."""
    every: list[_Named] = []
    if "@modelcontextprotocol/" in unit.key:
        for module in dict.fromkeys(s.module for s, _ in flat(unit.statements) if isinstance(s, code.Import)):
            for quote in "\"'":
                at = unit.key.find(f"{quote}{module}{quote}")
                if at >= 0 and module.startswith((_OLD, _NEW)):
                    every.append((module, unit, Span(at, at + len(module) + 2)))
                    break
    return every
