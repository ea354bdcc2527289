"""The versions that lock files hold, each at its place. Programs write these files, always in the same form: they are
read by that form, because a parser of TOML or YAML takes a tenth of a second for a large one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Unit
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Piece, Place, Span, Text
from mcp_lsp_analyzers.supply import Locked

from .manifests import normal
from .reading import escaped

if TYPE_CHECKING:
    from .manifests import Dependencies

_TOML = pattern(
    r'(?m)^name = "(?P<name>[^"\n]+)"\r?\nversion = "(?P<version>[^"\n]+)"'
    r"(?P<more>(?:\r?\n(?!\[\[)(?:[a-z-]+ = [^\n]*))*)"
)
_URL = pattern(r'(?:url|registry|git|path|editable|virtual|directory) = "([^"\n]*)"')
_PIPFILE = pattern(
    r'(?m)^ {8}"(?P<name>[^"\n]+)": \{(?P<inside>[^{}]*)"version": "==(?P<version>[^"\n]+)"(?P<more>[^{}]*)\}'
)
_NPM = pattern(
    r'(?m)^ {4,}"(?P<name>[^"\n]+)": \{\s*(?:"name": "(?P<alias>[^"\n]*)",\s*)?"version": "(?P<version>[^"\n]+)"'
    r'(?:,\s*"resolved": "(?P<source>[^"\n]*)")?'
)
_YARN = pattern(
    r'(?m)^"?(?P<name>(?:@[^@/\s"]+/)?[^@\s",]+)@[^\n]*:\r?\n +version:? "?(?P<version>[^"\s]+)"?'
    r'(?:\r?\n +resol(?:ved|ution):? "(?P<source>[^"\n]*)")?'
)
_ALIAS = pattern(r"npm:((?:@[^@/\s\",]+/)?[A-Za-z][^@\s\",]*)@")
_PNPM = pattern(r"(?m)^  '?/?(?P<name>(?:@[^@/\s']+/)?[^@/\s']+)[@/](?P<version>\d[^'(:\s]*)[^\n]*:\s*$")
_BUN = pattern(
    r'(?m)^\s*"[^"\n]+": \["(?P<name>(?:@[^@/"\n]+/)?[^@/"\n]+)@(?P<version>\d[^"\n]*)", "(?P<source>[^"\n]*)"'
)

_FORMS = (
    (r"(?:uv|poetry|pdm)\.lock|pylock(?:\.[\w-]+)?\.toml", "python", _TOML),
    (r"Pipfile\.lock", "python", _PIPFILE),
    (r"(?:package-lock|npm-shrinkwrap)\.json", "npm", _NPM),
    (r"yarn\.lock", "npm", _YARN),
    (r"pnpm-lock\.yaml", "npm", _PNPM),
    (r"bun\.lock", "npm", _BUN),
)


def locked(uri: str, unit: Unit, known: Dependencies | None) -> Iterator[Locked]:
    """Every package of a lock file, in every version it holds; what the project itself is made of is left out."""
    file = uri.rpartition("/")[2]
    ecosystem, form = next(((e, f) for names, e, f in _FORMS if re.fullmatch(names, file)), (None, None))
    if ecosystem is None or form is None:
        return
    seen: set[tuple[str, str]] = set()
    for match in form.finditer(unit.key):
        name = match["name"].rpartition("node_modules/")[2] if ecosystem == "npm" else normal(match["name"])
        version = match["version"]
        name = _meant(match, form) or name
        if _own(match, form, name) or (name, version) in seen:
            continue
        seen.add((name, version))
        asked = known.asked.get(f"{ecosystem}:{name}") if known is not None else None
        pointer = f"/locked/{escaped(name)}/{escaped(version)}"
        place = Place(uri, pointer, Span(*match.span("version")), unit.anchor)
        yield Locked(name, ecosystem, version, place, _source(uri, unit, match, form, pointer), asked)


def _own(match: re.Match[str], form: object, name: str) -> bool:
    """Whether an entry is the project itself, or a part of it, which nobody fetches."""
    if form is _TOML:
        found = _URL.search(match["more"])
        return found is not None and found[0].startswith(("editable", "virtual", "directory", "path"))
    if form is _NPM:
        return "node_modules/" not in match["name"] and (not name or match["source"] is None)
    return form is _YARN and match["version"].startswith("0.0.0-use.local")


def _meant(match: re.Match[str], form: object) -> str:
    """The package behind a name that the project gave it (``npm:other@1``)."""
    if form is _NPM and match["alias"] and "node_modules/" in match["name"]:
        return str(match["alias"])
    head = match[0].partition("\n")[0] if form is _YARN else match["version"] if form is _NPM else ""
    found = _ALIAS.search(head)
    return found[1] if found is not None else ""


def _source(uri: str, unit: Unit, match: re.Match[str], form: object, pointer: str) -> Text | None:
    if form is _TOML:
        found = _URL.search(match["more"])
        start = match.start("more") + found.start(1) if found is not None else -1
        value = found[1] if found is not None else ""
    elif "source" in match.re.groupindex and match["source"] is not None:
        start, value = match.start("source"), match["source"]
    else:
        return None
    if start < 0:
        return None
    place = Place(uri, f"{pointer}/source", Span(start, start + len(value)), unit.anchor)
    return Text(value, place, "address", (Piece(0, len(value), place),))
