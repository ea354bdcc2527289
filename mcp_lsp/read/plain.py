"""Files that are no source: manifests, build files, a client's list of servers, prompts. Each is one unit, read as a
whole; what it says becomes subjects that rules judge (`supply`, `Text`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Str, Unit
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Anchor, Text
from mcp_lsp_analyzers.scope import Module, Modules
from mcp_lsp_analyzers.supply import Supplied

from . import addresses, builds, claims, instructions, json, launches, locks, members, packages, releases
from .reading import Reading

if TYPE_CHECKING:
    from .manifests import Dependencies

_JSON = ("json", "launch", "package", "session", "bundle", "registry")
_NOTE = pattern(r"(?m)(?:#|//|<!--).*\bmcp-lsp:.*")
# No secret has white space in it, so a word is what could be one.
_WORD = pattern(r"[^\s\"'`,;<>()\[\]{}]{16,}")


def unit(language: str, text: str, anchor: Anchor) -> Unit:
    """The whole file. Never fails, see ``broken``."""
    if language in _JSON:
        made = json.unit(json.plain(text) if language == "launch" else text, anchor, several=language == "session")
    else:
        made = Unit(text, anchor)
        if language != "lock":  # half of it is digests, and a program wrote it
            made.strings = [
                Str(m.start(), m.end(), m[0], ((0, len(m[0]), m.start(), m.end()),)) for m in _WORD.finditer(text)
            ]
    if language != "json" and "mcp-lsp:" in text:
        made.notes = [(m.start(), m.end(), m[0]) for m in _NOTE.finditer(text)]
    return made


def servers(module: Module, dependencies: Dependencies | None, modules: Modules | None = None) -> Reading:
    """What the file says, as ``subjects`` of the reading; a listing alone declares a server."""
    subjects: list[Supplied | Text] = [*_subjects(module, module.units[0], dependencies)]
    if module.language in ("bundle", "registry"):
        subjects += claims.claims(module, module.units[0], dependencies, modules)
    return Reading((), module, subjects=tuple(subjects))


def _subjects(module: Module, unit: Unit, dependencies: Dependencies | None) -> Iterator[Supplied | Text]:
    if module.language == "launch":
        yield from launches.launches(module.uri, unit, dependencies)
        yield from launches.server_lists(module.uri, unit)
    elif module.language == "package":
        yield from packages.package_json(module.uri, unit, dependencies)
        yield from addresses.package_json(module.uri, unit, dependencies)
    elif module.language == "requirements":
        yield from packages.requirements(module.uri, unit)
        yield from addresses.requirements(module.uri, unit)
    elif module.language == "pyproject":
        yield from packages.pyproject(module.uri, unit, dependencies)
        yield from addresses.pyproject(module.uri, unit, dependencies)
    elif module.language == "bundle":
        yield from releases.bundle(module.uri, unit)
        yield from members.unfit(module.uri, unit, "bundle")
    elif module.language == "registry":
        yield from releases.entry(module.uri, unit)
        yield from members.unfit(module.uri, unit, "registry")
    elif module.language == "lock":
        yield from locks.locked(module.uri, unit, dependencies)
    elif module.language == "dockerfile":
        yield from builds.dockerfile(module.uri, unit)
    elif module.language == "workflow":
        yield from builds.workflow(module.uri, unit)
    elif module.language == "instructions":
        yield from instructions.paragraphs(module.uri, unit)
