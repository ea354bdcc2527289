"""``mcp-lsp doctor``: what this program sees of an installation and of a folder, and why a file has no findings.

Everything in it is said by the same code that a check runs; nothing scanned is imported or run.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import mcp_lsp
from mcp_lsp.project import cache, files, run
from mcp_lsp.project.configuration import FILES, Configuration, from_file
from mcp_lsp.project.dependencies import Projects
from mcp_lsp.project.files import File, Files
from mcp_lsp.project.outcome import Outcome
from mcp_lsp.report.terminal import visible
from mcp_lsp.report.text import number
from mcp_lsp.settings import Selection, Settings, SettingsError, default, names
from mcp_lsp.syntax import language_of
from mcp_lsp.uri import from_path
from mcp_lsp_analyzers import registry

from .arguments import Wrong
from .looking import common, root
from .progress import Progress

_LIBRARIES = (
    "tree-sitter", "tree-sitter-python", "tree-sitter-typescript", "tree-sitter-javascript", "pygls", "lsprotocol",
    "libcst", "pydantic", "platformdirs",
)  # fmt: skip
_OPTIONAL = {"mcp": "live"}
"""Packages that only some commands need, and the extra that brings them."""
_LISTED = 20

_FOR = re.compile(rb"""^#!(?:/bin/sh\n'{3}exec' "?)?(/[^"\n]*?)"?(?: "\$0"[^\n]*)?\n""")
"""The first lines of a script that pip has made; the second form is for long paths."""
_SDK = {
    "python": re.compile(r"(?m)^[ \t]*(?:from|import)[ \t]+((?:\w+\.)*\w*mcp\w*(?:\.\w+)*)", re.IGNORECASE),
    "": re.compile(
        r"""(?:from|require\(|import)\s*["']((?:@[\w-]*(?:mcp|modelcontextprotocol)[\w-]*/|[\w@/-]*mcp)[^"'\n]*)["']"""
    ),
}


def doctor(arguments: argparse.Namespace) -> int:
    folder = os.getcwd()

    def show(path: str) -> str:
        return run.shown(os.path.abspath(path), folder)

    paths = arguments.paths or ["."]
    installed = installation()
    problem, configuration, found = "", Configuration(Settings()), Files()
    try:
        fixed = from_file(arguments.config, show) if arguments.config else Settings() if arguments.isolated else None
        configuration = Configuration(fixed, Selection(), show)
        found = files.find(paths, configuration, folder)
    except SettingsError as error:
        problem = str(error)  # what is wrong with them is what somebody asks a doctor for
    if found.missing and not found.files:
        raise Wrong("\n".join(f"{show(path)}: {reason}" for path, reason in found.missing))
    projects = Projects(common(paths, folder))
    work = run.Work(run.Job(folder, root(paths, folder)), found.files, projects)
    progress = Progress(sys.stderr, len(found.files))
    examined = []
    for file, outcome in zip(found.files, run.outcomes(work), strict=True):
        examined.append(_file(file, outcome))
        progress.step(sum(each["findings"] for each in examined[-1:]))
    progress.clear()
    report = {
        **installed,
        "editor": editor(shutil.which("mcp-lsp"), sys.executable),
        "settings": _settings(found.files, configuration, folder, problem),
        "sdk": _sdks(found.files, projects, folder),
        "files": examined,
        "left_out": [
            {"path": show(path), "reason": reason} for path, reason in (*found.missing, *found.skipped, *found.excluded)
        ],
    }
    if arguments.output_format == "json":
        print(json.dumps(report, indent=1))
    else:
        print("\n".join(map(visible, _text(report, arguments.all))))
    return 1 if problem or found.missing or any(each["version"] is None for each in installed["libraries"]) else 0


# ---------------------------------------------------------------- what is there


def installation() -> dict[str, Any]:
    """Versions of this program and of what it stands on, and where its outcomes are kept."""
    kept = os.path.join(cache.home(), "check")
    count = size = 0
    for place, _, entries in os.walk(kept):
        for name in entries:
            try:
                size += os.path.getsize(os.path.join(place, name))
                count += 1
            except OSError:
                continue  # another run has just replaced it
    return {
        "version": mcp_lsp.__version__,
        "place": os.path.dirname(os.path.abspath(mcp_lsp.__file__)),
        "python": ".".join(map(str, sys.version_info[:3])),
        "executable": sys.executable,
        "platform": sys.platform,
        "libraries": [{"name": name, "version": _version(name)} for name in _LIBRARIES],
        "optional": [{"name": name, "version": _version(name), "extra": extra} for name, extra in _OPTIONAL.items()],
        "cache": {"path": kept, "outcomes": count, "bytes": size},
    }


def editor(on_path: str | None, executable: str) -> dict[str, Any]:
    """What an editor starts that is told `mcp-lsp lsp`: ``found`` on PATH, and whether that is ``this`` program. Says
    besides with which ``command`` this one is started from anywhere."""
    # Not the interpreters themselves: those of two environments are often links to the same one.
    same = on_path is not None and _beside(_interpreter(on_path)) == _beside(executable)
    return {"found": on_path, "this": same, "command": [executable, "-m", "mcp_lsp", "lsp"]}


def _interpreter(script: str) -> str:
    """The Python that a script is for; the script itself where it does not say."""
    try:
        with open(script, "rb") as file:
            head = file.read(2000)
    except OSError:
        return ""
    found = _FOR.search(head)
    return os.fsdecode(found[1]) if found else script


def _beside(file: str) -> str:
    return os.path.realpath(os.path.dirname(file))


def _version(package: str) -> str | None:
    from importlib import metadata  # reads the folders of what is installed, and imports none of it

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _settings(found: list[File], configuration: Configuration, folder: str, problem: str) -> list[dict[str, Any]]:
    """Each settings that applies to some file: where from, what differs from the defaults, how many rules run."""
    if problem:
        return [{"source": None, "files": 0, "changed": {}, "rules": 0, "off": [], "problem": problem}]
    by_identity: dict[int, tuple[Settings, int]] = {}
    for file in found:
        settings, count = by_identity.get(id(file.settings), (file.settings, 0))
        by_identity[id(file.settings)] = (settings, count + 1)
    out = []
    for settings, count in by_identity.values():
        rules = registry.rules()
        running = {rule.id for rule in settings.rules_for("", rules)}
        changed = {
            name: value for name, field in names().items() if (value := getattr(settings, field.name)) != default(field)
        }
        out.append(
            {
                "source": settings.source or None,
                "files": count,
                "changed": changed,
                "rules": len(running),
                "off": [f"{rule.id} {rule.name}" for rule in rules if rule.id not in running],
                "problem": "",
            }
        )
    for path, reason in configuration.unread:
        out.append(
            {"source": run.shown(path, folder), "files": 0, "changed": {}, "rules": 0, "off": [], "problem": reason}
        )
    return out


def _sdks(found: list[File], projects: Projects, folder: str) -> list[dict[str, Any]]:
    """What each folder's project resolves to, folders with the same answer together."""
    by_answer: dict[tuple[tuple[str, str, str], ...], list[str]] = {}
    for path in dict.fromkeys(os.path.dirname(file.path) for file in found):
        known = projects.dependencies(path)
        packages = tuple(
            (name, version.text, version.evidence)
            for name, version in sorted({**known.python, **known.npm}.items())
            if "mcp" in name or name.startswith("@modelcontextprotocol/") or name in ("pydantic", "zod")
        )
        by_answer.setdefault(packages, []).append(run.shown(path, folder))
    return [
        {
            "folders": folders,
            "packages": [{"name": name, "version": text, "evidence": evidence} for name, text, evidence in packages],
        }
        for packages, folders in by_answer.items()
    ]


def _file(file: File, outcome: Outcome) -> dict[str, Any]:
    rules = registry.rules()
    everywhere = file.settings.rules_for("", rules)
    here = {rule.id for rule in file.settings.rules_for(from_path(file.path), rules)}
    return {
        "path": outcome.path,
        "language": language_of(file.path),
        "analysed": outcome.analysed,
        "servers": [{"sdk": server.sdk, "tools": list(server.tools), "prompts": list(server.prompts),
                     "resources": list(server.resources)} for server in outcome.servers],
        "findings": len(outcome.found),
        "allowed": outcome.suppressed,
        "ignored_here": [rule.id for rule in everywhere if rule.id not in here],
        "imports": _imports(file) if not outcome.servers else [],
        "not_analysed": [each.reason for each in outcome.not_analysed],
        "failures": [f"{each.rule} {each.thing} {each.error}" for each in outcome.failures],
    }  # fmt: skip


def _imports(file: File) -> list[str]:
    """What a file without a server imports of anything that has to do with MCP."""
    language = language_of(file.path)
    try:
        _, text = files.read(file.path, file.settings.max_file_size)
    except files.Unreadable:
        return []
    found = _SDK["python" if language == "python" else ""].findall(text)
    return list(dict.fromkeys(found))[:5]


# ---------------------------------------------------------------- in words


def _text(report: dict[str, Any], every: bool) -> Iterator[str]:
    yield f"mcp-lsp {report['version']} in {report['place']}"
    yield f"Python {report['python']} ({report['executable']}), {report['platform']}"
    yield "Libraries: " + ", ".join(f"{each['name']} {each['version'] or 'MISSING'}" for each in report["libraries"])
    for each in report["optional"]:
        if each["version"] is None:
            yield f"Not installed: {each['name']}; pip install 'mcp-lsp[{each['extra']}]' brings it"
    yield from _editor_in_words(report["editor"])
    kept = report["cache"]
    yield f"Kept outcomes: {kept['outcomes']:,} ({kept['bytes'] / 1e6:.1f} MB) in {kept['path']}"
    yield ""
    yield "Settings"
    for each in report["settings"]:
        yield from _settings_in_words(each)
    if not report["settings"]:
        yield "  no file to apply any to"
    if any(each["problem"] and each["source"] is None for each in report["settings"]):
        yield "  until that is mended, no file is looked at"
        return
    yield ""
    yield "SDK"
    for each in report["sdk"]:
        some = ", ".join(each["folders"][:3]) + (
            f" and {len(each['folders']) - 3} more" if len(each["folders"]) > 3 else ""
        )
        said = ", ".join(f"{p['name']} {p['version']} ({p['evidence']})" for p in each["packages"])
        yield f"  {some}: {said or 'no manifest, lock file or environment names an MCP SDK; imports decide'}"
    yield ""
    yield from _files_in_words(report["files"], every)
    if report["left_out"]:
        yield ""
        yield "Left out"
        for each in report["left_out"][: None if every else _LISTED]:
            yield f"  {each['path']}: {each['reason']}"
        if not every and (more := len(report["left_out"]) - _LISTED) > 0:
            yield f"  and {more} more (--all lists them)"


def _editor_in_words(each: dict[str, Any]) -> Iterator[str]:
    command = shlex.join(each["command"])
    if each["found"] is None:
        yield f"Editor: `mcp-lsp` is not on PATH, so no editor finds it by that name; `{command}` starts this one"
    elif each["this"]:
        yield f"Editor: `mcp-lsp lsp` starts this one ({each['found']})"
    else:
        yield f"Editor: `mcp-lsp lsp` starts another one ({each['found']}); `{command}` starts this one"


def _settings_in_words(each: dict[str, Any]) -> Iterator[str]:
    if each["problem"]:
        for line in each["problem"].split("\n"):
            yield f"  wrong: {line}" if each["source"] is None else f"  {each['source']}: {line}"
        return
    where = each["source"] or f"none found ({' or '.join(FILES)} in a folder above), so the defaults"
    yield f"  {where}: for {number(each['files'], 'file')}, {number(each['rules'], 'rule')} run"
    for name, value in each["changed"].items():
        yield f"    {name} = {json.dumps(value, default=list)}"
    if each["off"]:
        yield f"    not run: {', '.join(each['off'][:_LISTED])}{' …' if len(each['off']) > _LISTED else ''}"


def _files_in_words(found: list[dict[str, Any]], every: bool) -> Iterator[str]:
    languages = Counter(each["language"] for each in found)
    kinds = ", ".join(f"{n} {language}" for language, n in languages.most_common())
    yield f"Files: {len(found)}{f' ({kinds})' if kinds else ''}"
    silent = 0
    for each in found:
        if not (
            every or each["servers"] or each["imports"] or each["findings"] or each["not_analysed"] or each["failures"]
        ):
            silent += 1
            continue
        yield f"  {each['path']}: {'; '.join(_reasons(each))}"
    if silent:
        yield f"  {number(silent, 'other file')} without a server, import of an MCP SDK or finding (--all lists them)"


def _reasons(each: dict[str, Any]) -> Iterator[str]:
    for server in each["servers"]:
        parts = [number(len(server[kind]), kind[:-1]) for kind in ("tools", "prompts", "resources") if server[kind]]
        yield f"{server['sdk']}: {', '.join(parts) or 'a server that declares nothing here'}"
    if not each["servers"] and each["analysed"]:
        if each["imports"]:
            yield f"imports {', '.join(each['imports'])}, but makes no server and declares nothing of one"
        else:
            yield "no server, and no import of an MCP SDK"
    yield number(each["findings"], "finding") if each["findings"] else "no findings"
    if each["allowed"]:
        yield f"{each['allowed']} allowed by comments"
    if each["ignored_here"]:
        yield f"per-file-ignores leaves out {number(len(each['ignored_here']), 'rule')}"
    yield from each["not_analysed"]
    yield from (f"failed: {failure}" for failure in each["failures"])
