"""Packages that come from an address, and indexes that are asked beside the first: each at its place in a manifest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Dict, Do, Str, Unit
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Piece, Place, Span, Text
from mcp_lsp_analyzers.supply import Fetched, FurtherIndex

from .manifests import normal
from .reading import escaped, text

if TYPE_CHECKING:
    from .manifests import Dependencies

_GIT = pattern(r"(?:git\+)?(?:https?|ssh|git)://[^\s\"'#;,}]+|git@[\w.-]+:[^\s\"'#;,}]+")
_LINE = pattern(
    r"(?m)^[^\S\n]*(?:(?:-e|--editable)[^\S\n]+)?(?:(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[^\]\n]*\])?[^\S\n]*@[^\S\n]*)?"
    r"(?P<address>git\+[^\s;#]+|https?://[^\s;#]+)(?P<rest>#[^\s;]*)?"
)
_INDEX = pattern(r"(?m)^[^\S\n]*--extra-index-url(?:[^\S\n]+|=)(?P<address>\S+)")
_INLINE = pattern(
    r"[\"'](?P<name>[A-Za-z0-9][\w.-]*)(?:\[[^\]\n]*\])?[^\S\n]*@[^\S\n]*(?P<address>(?:git\+|https?:)[^\s\"';#]+)"
    r"(?P<rest>#[^\"';\s]*)?"
)
_TABLE = pattern(
    r"(?m)^[^\S\n]*[\"']?(?P<name>[A-Za-z0-9][\w.-]*)[\"']?[^\S\n]*=[^\S\n]*\{[^}\n]*?\b(?P<kind>git|url)[^\S\n]*="
    r"[^\S\n]*[\"'](?P<address>[^\"'\n]+)[\"'][^}\n]*\}"
)
_REVISION = pattern(r"\b(?:rev|tag|branch)[^\S\n]*=[^\S\n]*[\"']([^\"'\n]+)[\"']")
_UV_INDEX = pattern(r"(?m)^(?:extra-index-url|index-strategy)[^\S\n]*=[^\n\"']*[\"'](?P<address>[^\"'\n]+)[\"']")
_NPM_SHORT = pattern(r"(?:github:|gitlab:|bitbucket:)?[\w.-]+/[\w.-]+(?:#.*)?")


def requirements(uri: str, unit: Unit) -> Iterator[Fetched | FurtherIndex]:
    """Of a requirements file."""
    for match in _LINE.finditer(unit.key):
        locked = "--hash" in unit.key[match.end() : unit.key.find("\n", match.end()) % (len(unit.key) + 1)]
        yield _fetched(uri, unit, match["name"] or _named(match["rest"]), match, locked)
    for match in _INDEX.finditer(unit.key):
        yield FurtherIndex("--extra-index-url", _text(uri, unit, "/indexes", *match.span("address")))


def pyproject(uri: str, unit: Unit, known: Dependencies | None) -> Iterator[Fetched | FurtherIndex]:
    """Of a ``pyproject.toml``: PEP 508 addresses, Poetry's and uv's sources, uv's indexes."""
    for match in _INLINE.finditer(unit.key):
        yield _fetched(uri, unit, match["name"], match, _locked(match["name"], known))
    for match in _TABLE.finditer(unit.key):
        revision = _REVISION.search(match[0])
        said = revision[1] if revision is not None else ""
        kind = "git" if match["kind"] == "git" else "archive"
        address = _text(uri, unit, f"/sources/{escaped(match['name'])}", *match.span("address"))
        if "://" in address.value or address.value.startswith("git@"):
            yield Fetched(match["name"], kind, address, said, _locked(match["name"], known))
    for match in _UV_INDEX.finditer(unit.key):
        if match[0].startswith("extra") or match["address"].startswith("unsafe-"):
            how = "extra-index-url" if match[0].startswith("extra") else "index-strategy"
            yield FurtherIndex(how, _text(uri, unit, "/indexes", *match.span("address")))


def package_json(uri: str, unit: Unit, known: Dependencies | None) -> Iterator[Fetched]:
    """Of a ``package.json``: git repositories, also in npm's short form, and archives."""
    root = unit.statements[0].value if unit.statements and isinstance(unit.statements[0], Do) else None
    for group in ("dependencies", "optionalDependencies"):
        listed = root.get(group) if isinstance(root, Dict) else None
        for pair in listed.pairs if isinstance(listed, Dict) else ():
            if not isinstance(pair.key, Str) or not isinstance(pair.value, Str):
                continue
            value, name = pair.value.value, pair.key.value
            git = _GIT.match(value) is not None and (value.startswith("git") or ".git" in value)
            if not git and not _NPM_SHORT.fullmatch(value) and not re.match(r"https?://", value):
                continue
            version = known.npm.get(name) if known is not None else None
            locked = version is not None and version.evidence != "package.json" and version.evidence != "installed"
            address = text(uri, f"/sources/{escaped(name)}", "address", unit, pair.value)
            archive = not git and re.match(r"https?://", value) is not None
            revision = value.partition("#")[2].removeprefix("semver:")
            yield Fetched(name, "archive" if archive else "git", address, revision, locked)


def _fetched(uri: str, unit: Unit, name: str, match: re.Match[str], locked: bool) -> Fetched:
    address = _text(uri, unit, f"/sources/{escaped(name)}", *match.span("address"))
    if match["address"].startswith("git+"):
        path = match["address"].partition("://")[2].partition("/")[2]
        return Fetched(name, "git", address, path.rpartition("@")[2] if "@" in path else "", locked)
    digest = re.search(r"sha\d+=([0-9a-f]+)", match["rest"] or "")
    return Fetched(name, "archive", address, digest[1] if digest else "", locked)


def _named(rest: str | None) -> str:
    egg = re.search(r"egg=([\w.-]+)", rest or "")
    return egg[1] if egg else ""


def _locked(name: str, known: Dependencies | None) -> bool:
    version = known.python.get(normal(name)) if known is not None else None
    return version is not None and version.evidence.endswith(".lock")


def _text(uri: str, unit: Unit, pointer: str, start: int, end: int) -> Text:
    place = Place(uri, pointer, Span(start, end), unit.anchor)
    return Text(unit.key[start:end], place, "address", (Piece(0, end - start, place),))
