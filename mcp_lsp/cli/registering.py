"""What registries say of the versions a project holds, for ``mcp-lsp advisories``: which are asked, and what came."""

from __future__ import annotations

import argparse
import datetime
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from mcp_lsp.advisories import Held, load, published
from mcp_lsp.outside import registries
from mcp_lsp.outside.advisories import Package
from mcp_lsp.outside.asking import CouldNotAsk
from mcp_lsp.outside.consent import NotAgreed, reaching
from mcp_lsp.outside.indexes import Index, indexes
from mcp_lsp.syntax import language_of
from mcp_lsp_analyzers.supply import NEW, Published

from .looking import Look

_WORDS = {"python": "Python", "npm": "npm"}
_OPTIONS = {"python": "--python-index", "npm": "--npm-registry"}


def places(arguments: argparse.Namespace, look: Look, versions: Sequence[Held]) -> dict[str, Index]:
    """The registries that would be asked, by ecosystem."""
    if arguments.no_registries:
        return {}
    locks = [file.path for file in look.files if language_of(file.path) == "lock"]
    found = indexes(os.environ, os.path.expanduser("~"), look.home, locks)
    for ecosystem, given in (("python", arguments.python_index), ("npm", arguments.npm_registry)):
        if given:
            found[ecosystem] = Index(given.rstrip("/"), _OPTIONS[ecosystem])
    wanted = {each.ecosystem for each in versions}
    return {ecosystem: index for ecosystem, index in found.items() if ecosystem in wanted}


def said(places: dict[str, Index], look: Look) -> str:
    """Who else is asked, for whoever is to agree."""
    return "".join(
        f", and the {_WORDS[ecosystem]} names to {registries.shown(index.url)} (as {look.show(index.said)} says)"
        for ecosystem, index in sorted(places.items())
    )


def asked(
    arguments: argparse.Namespace, places: dict[str, Index], packages: Sequence[Package]
) -> tuple[dict[str, registries.Facts], list[str]]:
    """The facts by version, and what could not be asked, in words. Raises `CouldNotAsk`."""
    notes = []
    if not arguments.no_registries:
        for ecosystem in sorted({each.ecosystem for each in packages} - places.keys()):
            notes.append(
                f"no registry of {_WORDS[ecosystem]} packages is configured; {_OPTIONS[ecosystem]} URL names one"
            )
    if not places:
        return {}, notes
    addresses = {ecosystem: index.url for ecosystem, index in places.items()}
    answers = registries.ask(packages, reaching(*addresses.values()), addresses)
    facts = answers.facts
    for archive in answers.archives:
        package = archive.package
        if not arguments.archives:
            notes.append(f"{package.name} {package.version} has no wheel: --archives reads what its setup.py does")
            continue
        try:
            calls = registries.calls_on_install(archive, reaching(archive.url))
        except (CouldNotAsk, NotAgreed, ValueError) as error:
            notes.append(f"{package.name} {package.version}: {error}")
            continue
        facts[f"{package.ecosystem}:{package.name}@{package.version}"]["calls"] = calls
    return facts, notes


def today() -> str:
    """The day that ages are counted to; ``SOURCE_DATE_EPOCH`` says another (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc).date().isoformat()
    return datetime.datetime.now(datetime.timezone.utc).date().isoformat()


def summary(text: str, versions: Iterable[Held]) -> tuple[list[str], bool]:
    """What the registries said, in a line, and whether something was taken back or is not there."""
    found = {(e.ecosystem, e.name, e.version): e for e in published(load(text), iter(versions))}
    if not found:
        return [], False
    counts = Counter(word for each in found.values() for word in _kinds(each))
    listed = ", ".join(f"{n} {word}" for word, n in counts.items())
    bad = any(each.missing or each.withdrawn is not None or each.status == "quarantined" for each in found.values())
    return [f"Registries were asked about {len(found)}: {listed or 'nothing to say'}; mcp-lsp check says where."], bad


def _kinds(each: Published) -> Iterator[str]:
    for word, there in (
        ("not there", bool(each.missing)),
        ("yanked", each.withdrawn is not None),
        ("deprecated", each.deprecated is not None or each.status in ("deprecated", "archived")),
        ("quarantined", each.status == "quarantined"),
        ("just published", each.age is not None and 0 <= each.age < NEW),
        ("run code on install", bool(each.scripts or each.source_only)),
        ("with provenance (named by the registry, not verified here)", each.attested is True),
    ):
        if there:
            yield word
