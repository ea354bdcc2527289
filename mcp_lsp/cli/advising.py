"""``mcp-lsp advisories``: what is known of the versions a project holds, from a file or from OSV's interface."""

from __future__ import annotations

import argparse
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from mcp_lsp import advisories, whole
from mcp_lsp.advisories import BadAdvisories, Held
from mcp_lsp.advisories.records import packages
from mcp_lsp.check import Analysis
from mcp_lsp.outside import advisories as interface
from mcp_lsp.outside.advisories import Package
from mcp_lsp.outside.asking import CouldNotAsk
from mcp_lsp.outside.consent import reaching
from mcp_lsp.project import files
from mcp_lsp.project.content import content
from mcp_lsp.project.recorded import ADVISORIES, LARGEST
from mcp_lsp.syntax import language_of

from . import registering
from .arguments import Wrong
from .looking import Look, document

LANGUAGES = frozenset({"package", "pyproject", "requirements", "lock"})
_SHOWN = 20


def advise(arguments: argparse.Namespace) -> int:
    """Exit code 0 where nothing is known, 1 where something is, 2 where not all could be asked: then nothing is
    written, and what was known before stands."""
    folder = os.getcwd()
    if bool(arguments.sources) == arguments.online:
        raise Wrong("say where to look: --from FILE (OSV records), or --online --i-understand (asks OSV's interface)")
    look = Look(arguments.paths, folder)
    versions = list(_held(look))
    url = arguments.url or interface.URL
    places = registering.places(arguments, look, versions) if arguments.online else {}
    if arguments.online and not arguments.i_understand:
        others = registering.said(places, look)
        raise Wrong(
            f"--online sends the names and versions of {_count(versions)} to {url}{others}; agree with --i-understand"
        )
    if not versions:
        print("No version of a package is known here: no manifest pins one, and there is no lock file.")
        return 0
    wanted = frozenset(f"{each.ecosystem}:{each.name}" for each in versions)
    releases: dict[str, Any] = {}
    notes: list[str] = []
    if arguments.online:
        asked = [Package(*each) for each in sorted({(each.ecosystem, each.name, each.version) for each in versions})]
        try:
            records = interface.ask(asked, reaching(url), url)
            releases, notes = registering.asked(arguments, places, asked)
        except (CouldNotAsk, ValueError) as error:
            raise Wrong(f"{error}; nothing was written") from None
        covered = interface.keys(asked)
    else:
        records = list(_records(arguments.sources, folder, wanted))
        covered = sorted(wanted)
    kept = {str(record["id"]): advisories.trimmed(record, wanted) for record in records if not record.get("withdrawn")}
    text = advisories.render(kept.values(), covered, releases, registering.today())
    target = os.path.join(look.home, ADVISORIES)
    try:
        whole.write(target, text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise Wrong(f"{look.show(target)}: {error.strerror}") from None
    known = _say(versions, text, look.show(target))
    lines, taken_back = registering.summary(text, versions)
    lines += [f"Not asked: {note}" for note in notes[:_SHOWN]]
    print("".join(f"{line}\n" for line in lines), end="")
    return 1 if taken_back else known


def _held(look: Look) -> Iterator[Held]:
    """The versions that the manifests and lock files decide. Raises `Wrong`."""
    for file in look.files:
        if language_of(file.path) not in LANGUAGES:
            continue
        try:
            read = document(file)
        except files.Unreadable as error:
            raise Wrong(f"{look.show(file.path)}: {error}; nothing was written") from None
        known = look.projects.dependencies(os.path.dirname(file.path))
        analysis = Analysis(read, known, rules=())
        yield from advisories.held(analysis, known)


def _records(sources: list[str], folder: str, wanted: frozenset[str]) -> Iterator[dict[str, Any]]:
    """The records about some packages in files of the database. Raises `Wrong` where one cannot be read."""
    for source in sources:
        for name, text in _texts(os.path.normpath(os.path.join(folder, source)), source):
            try:
                whole = json.loads(text)
                advisories.load(text)
            except (ValueError, RecursionError, BadAdvisories) as error:
                raise Wrong(f"{name}: no OSV records: {error}") from None
            listed = whole.get("vulns", [whole]) if isinstance(whole, dict) else whole
            yield from (each for each in listed if wanted & set(packages(each)))


def _texts(path: str, name: str) -> Iterator[tuple[str, str]]:
    try:
        if os.path.isdir(path):
            for inner in sorted(os.listdir(path)):
                if inner.endswith(".json"):
                    yield from _texts(os.path.join(path, inner), f"{name}/{inner}")
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for info in archive.infolist():
                    if info.filename.endswith(".json") and info.file_size <= LARGEST:
                        yield f"{name}/{info.filename}", archive.read(info).decode()
        else:
            yield name, content(path, LARGEST).decode()
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Wrong(f"--from {name}: {said}") from None


def _say(versions: list[Held], text: str, target: str) -> int:
    found: dict[str, None] = {}
    for each in advisories.vulnerable(advisories.load(text), iter(versions)):
        ids = ", ".join(known.id for known in each.known[:3]) + (", …" if len(each.known) > 3 else "")
        worst = f", {each.known[0].severity}" if each.known[0].severity else ""
        better = f"; {each.fixed} has none" if each.fixed else "; no version without is known"
        found[f"  {each.name} {each.version}: {ids}{worst}{better}"] = None
    if not found:
        print(f"Nothing is known against {_count(versions)}; written to {target}.")
        return 0
    print(f"{len(found)} of {_count(versions)} have known vulnerabilities; written to {target}:")
    print("\n".join(list(found)[:_SHOWN]))
    if len(found) > _SHOWN:
        print(f"  and {len(found) - _SHOWN} more; mcp-lsp check shows all")
    return 1


def _count(versions: Iterable[Held]) -> str:
    n = len({(each.ecosystem, each.name, each.version) for each in versions})
    return f"{n} package{'' if n == 1 else 's'}"
