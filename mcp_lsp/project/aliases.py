"""What a TypeScript project calls its own files: tsconfig ``paths``, package.json ``imports``, workspace packages."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import NamedTuple

from .imports import Aliases

_COMMENT = pattern(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING = pattern(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])')
_CONDITIONS = ("source", "types", "import", "default", "node", "require")

Read = Callable[[str], "str | None"]
"""The text of a file by its path relative to the root, ``None`` where there is none."""


def loads(text: str) -> Any:
    """JSON as tsconfig has it, with comments and trailing commas; ``None`` where it is not even that."""
    try:
        plain = _TRAILING.sub(lambda m: m.group(1) or "", _COMMENT.sub(lambda m: m.group(1) or "", text))
        return json.loads(plain)
    except (ValueError, RecursionError):
        return None


def aliases(folder: str, read: Read) -> Iterator[Aliases]:
    """The aliases that the configuration standing in ``folder`` itself gives."""
    for name in ("tsconfig.json", "jsconfig.json"):
        mapped = _mapped(posixpath.join(folder, name), read, 0)
        found = tuple((p, targets) for p, t in _table(mapped.paths) if (targets := tuple(_targets(t))))
        if found or mapped.base is not None:
            yield Aliases(_normal(mapped.home), found, None if mapped.base is None else "", folder)
            break
    package = _object(read(posixpath.join(folder, "package.json")))
    listed = ((p, tuple(_of_source(_targets(t)))) for p, t in _table(package.get("imports")))
    found = tuple((p, targets) for p, targets in listed if targets)
    if found:
        yield Aliases(folder, found, None, folder)


def package_entries(folder: str, read: Read) -> tuple[str, tuple[str, ...]] | None:
    """Name and candidate entry files (best first) of the npm package in ``folder``."""
    package = _object(read(posixpath.join(folder, "package.json")))
    name = package.get("name")
    if not isinstance(name, str):
        return None
    exports = package.get("exports")
    root = exports.get(".", exports) if isinstance(exports, dict) else exports
    named = [*_targets(root), *(v for k in ("source", "module", "main") if isinstance(v := package.get(k), str))]
    # The build's output is seldom there.
    sources = [_BUILT.sub("src/", n) for n in named]
    entries = [*sources, "src/index.ts", *named, "index.ts", "index.js"]
    return name, tuple(dict.fromkeys(posixpath.normpath(posixpath.join(folder, e)) for e in entries))


def package_paths(folder: str, read: Read) -> Aliases | None:
    """What the files of the npm package in ``folder`` are called from outside: its ``exports`` below the root, and any
    path in it."""
    package = _object(read(posixpath.join(folder, "package.json")))
    name = package.get("name")
    if not isinstance(name, str):
        return None
    listed = ((key, tuple(_of_source(_targets(to)))) for key, to in _table(package.get("exports")))
    found = [(name + key[1:], targets) for key, targets in listed if key.startswith("./") and targets]
    return Aliases(folder, (*found, (f"{name}/*", ("*",))))


def _of_source(targets: Iterator[str]) -> Iterator[str]:
    """What a build makes, by the name its source usually has, and as it is."""
    for target in targets:
        source = _BUILT.sub("src/", target)
        if source != target:
            yield source
        yield target


_BUILT = pattern(r"^(\./)?(dist|build|lib|out)/")


def workspaces(read: Read) -> list[str]:
    """The patterns under which the root keeps packages of its own (``packages/*``)."""
    listed = _object(read("package.json")).get("workspaces")
    if isinstance(listed, dict):
        listed = listed.get("packages")
    found = [p for p in listed if isinstance(p, str)] if isinstance(listed, list) else []
    for line in (read("pnpm-workspace.yaml") or "").split("\n"):
        match = re.match(r"""\s*-\s*["']?([\w@./*-]+)""", line)
        if match:
            found.append(match.group(1))
    return found


class _Mapped(NamedTuple):
    """What a configuration says of names, with what it extends: the folder of ``baseUrl``, the table ``paths``, and the
    folder that this is relative to (``baseUrl``, else the one of the file in which it stands: TypeScript 4.1)."""

    base: str | None = None
    paths: object = None
    home: str = ""


def _mapped(path: str, read: Read, depth: int) -> _Mapped:
    config, folder = _object(read(path)), posixpath.dirname(path)
    options = config.get("compilerOptions")
    options = options if isinstance(options, dict) else {}
    above = config.get("extends")
    base, paths, home = _Mapped()
    # Of several, the last counts (TypeScript 5.0).
    for parent in above if isinstance(above, list) else [above]:
        if isinstance(parent, str) and parent.startswith(".") and depth < _DEEPEST:
            file = posixpath.normpath(posixpath.join(folder, parent))
            inherited = _mapped(file if file.endswith(".json") else f"{file}.json", read, depth + 1)
            base = base if inherited.base is None else inherited.base
            paths, home = (paths, home) if inherited.paths is None else (inherited.paths, inherited.home)
    if isinstance(options.get("paths"), dict):
        paths, home = options["paths"], folder
    if isinstance(options.get("baseUrl"), str):
        base = posixpath.join(folder, options["baseUrl"])
    return _Mapped(base, paths, home if base is None else base)


_DEEPEST = 4
"""Configurations that extend one another: more are a circle."""


def _normal(folder: str) -> str:
    folder = posixpath.normpath(folder) if folder else ""
    return "" if folder == "." else folder


def _object(text: str | None) -> dict[str, Any]:
    value = loads(text) if text else None
    return value if isinstance(value, dict) else {}


def _table(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        yield from ((k, v) for k, v in value.items() if isinstance(k, str))


def _targets(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _targets(item)
    elif isinstance(value, dict):
        for condition in _CONDITIONS:
            yield from _targets(value.get(condition))
