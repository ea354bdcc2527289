"""What of a manifest or a lock file has known vulnerabilities, and which version has not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import NOTHING, Dependencies, normal
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.record import NamedTuple, replace
from mcp_lsp_analyzers.supply import Dependency, Locked, Vulnerable

from .records import Database
from .versions import admits, exact, key

_LOCKS = (".lock", "-lock.json", "-lock.yaml", "pylock.toml", "npm-shrinkwrap.json")


class Held(NamedTuple):
    """A version of a package that a project is known to use. ``number``: where the manifest spells it, or the lowest
    one it admits."""

    ecosystem: str
    name: str
    version: str
    use: str
    place: Place
    number: Place | None = None


def held(analysis: Analysis, known: Dependencies | None) -> Iterator[Held]:
    """The versions a file decides. A manifest that leaves the version open speaks for what the lock file holds; what a
    lock file holds is told there only where no manifest could be told."""
    subjects = analysis.reading.subjects if analysis.reading is not None else ()
    for each in subjects:
        if isinstance(each, Dependency):
            version = _version(each, known or NOTHING)
            if version:
                name = normal(each.name) if each.ecosystem == "python" else each.name
                yield Held(each.ecosystem, name, version, each.use, each.place, _number(each, analysis.document.text))
        elif isinstance(each, Locked):
            if not _told(each, known or NOTHING):
                yield Held(each.ecosystem, each.name, each.version, "locked", each.place)


def unasked(database: Database, versions: Iterator[Held]) -> list[str]:
    """The packages of which the database was never asked, by name."""
    return sorted({each.name for each in versions if not database.covers(each.ecosystem, each.name, each.version)})


def vulnerable(database: Database, versions: Iterator[Held]) -> Iterator[Vulnerable]:
    for each in versions:
        found = database.known(each.ecosystem, each.name, each.version)
        if found:
            fixed = _without(database, each, [version for _, version in found])
            known = tuple(one for one, _ in found)
            number = each.number if fixed else None
            yield Vulnerable(each.name, each.version, each.use, known, fixed, each.place, number)


def _without(database: Database, each: Held, fixes: list[str]) -> str:
    """The lowest version that has none of the vulnerabilities, as far as is known."""
    for _ in range(20):  # a version that fixes one may have another
        if not fixes or not all(fixes):
            return ""
        version = max(fixes, key=lambda one: key(each.ecosystem, one))
        left = database.known(each.ecosystem, each.name, version)
        if not left:
            return version
        fixes = [one for _, one in left]
    return ""


def _version(each: Dependency, known: Dependencies) -> str:
    pinned = exact(each.ecosystem, each.requirement)
    if pinned:
        return pinned
    table = known.python if each.ecosystem == "python" else known.npm
    locked = table.get(normal(each.name) if each.ecosystem == "python" else each.name)
    if locked is None or not locked.evidence.endswith(_LOCKS) or key(each.ecosystem, locked.text) is None:
        return ""
    return locked.text if admits(each.ecosystem, each.requirement, locked.text) else ""


def _told(each: Locked, known: Dependencies) -> bool:
    """Whether a locked version is the one of which the manifest speaks."""
    table = known.python if each.ecosystem == "python" else known.npm
    meant = table.get(each.name)
    if each.asked is None or meant is None or meant.text != each.version:
        return False
    pinned = exact(each.ecosystem, each.asked)
    return admits(each.ecosystem, each.asked, each.version) and pinned in ("", each.version)


def _number(each: Dependency, text: str) -> Place | None:
    """Where a manifest spells the lowest version it admits."""
    span = each.place.span
    if span is None or "||" in each.requirement:
        return None
    written = text[span.start : span.end]
    match = re.search(r"(?:[=~^]=?=?|>=)\s*v?(\d[\w.+!-]*)|(?:^|[\"'\s])(\d+\.\d+[\w.+-]*)$", written)
    if match is None or "*" in match[0]:
        return None
    group = 1 if match[1] else 2
    start = span.start - each.place.anchor.start
    return replace(each.place, local=Span(start + match.start(group), start + match.end(group)))
