"""Semgrep over a project's source, with the rules its settings name (`semgrep`), as a part of a scan.

The program is the user's, and what it runs are patterns; it gets no network, a home of its own and nothing to write, as
far as the system can do that, and its rules are files of the project, never names that it would look up. What it could
not do is said: a missing program, broken rules or a run that took too long are no clean result.

Its JSON: https://semgrep.dev/docs/semgrep-appsec-platform/json-and-sarif (1.x). Lines and columns count from 1, columns
in bytes of UTF-8 (observed with 1.182).
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from mcp_lsp import suppress, syntax
from mcp_lsp.check import Diagnostic, fingerprints
from mcp_lsp.project import checked, files, run
from mcp_lsp.project.files import File
from mcp_lsp.project.index import Index
from mcp_lsp.project.outcome import Failure, Found, NotAnalysed
from mcp_lsp.read.reading import escaped
from mcp_lsp.settings import Settings
from mcp_lsp.uri import from_path
from mcp_lsp_analyzers import registry, taxonomy
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.record import NamedTuple, replace
from mcp_lsp_analyzers.rule import Finding, Severity

from .consent import starting
from .limits import DEFAULT, Limits
from .process import CouldNotStart, Process, Start

LIMITS = replace(DEFAULT, whole=600.0, line=256_000_000, output=256_000_000, cpu=600, memory=16_000_000_000)
"""It may take longer than a server, and says all it found in one line; its core reserves much that it never uses."""
_OPTIONS = ("--json", "--quiet", "--metrics", "off", "--disable-version-check", "--no-rewrite-rule-ids", "--jobs", "2")
_OFF = {"SEMGREP_SEND_METRICS": "off", "SEMGREP_ENABLE_VERSION_CHECK": "0"}
_SEVERITIES = {
    "CRITICAL": Severity.ERROR, "HIGH": Severity.ERROR, "ERROR": Severity.ERROR,
    "MEDIUM": Severity.WARNING, "WARNING": Severity.WARNING,
    "LOW": Severity.INFORMATION, "INFO": Severity.INFORMATION,
}  # fmt: skip
_BATCH = 60_000
"""Characters of file names in one command line: every system takes as many."""
_LONGEST = 160
_CWE = re.compile(r"CWE-\d+")
_SHELL = "semgrep"


class Told(NamedTuple):
    """``found``: matches that are new, each at its place in the source."""

    found: tuple[Found, ...] = ()
    not_analysed: tuple[NotAnalysed, ...] = ()
    failures: tuple[Failure, ...] = ()
    suppressed: int = 0


def wanted(listed: Iterable[File]) -> list[tuple[Settings, list[File]]]:
    """The files for which settings name rules, by their settings."""
    found: dict[int, tuple[Settings, list[File]]] = {}
    for file in listed:
        if file.settings.semgrep:
            found.setdefault(id(file.settings), (file.settings, []))[1].append(file)
    return list(found.values())


def told(
    listed: Sequence[File],
    job: run.Job,
    index: Index,
    limits: Limits = LIMITS,
    which: Callable[[str], str | None] = shutil.which,
) -> Told:
    """What Semgrep says of files. The user agreed to a scan, and was told that this belongs to it."""
    heard = Told()
    until = limits.clock() + limits.whole
    for settings, those in wanted(listed):
        source = settings.source or "semgrep"
        program, rules, missing = _program(settings.root, which), *_rules(settings)
        reasons = [f"semgrep: {reason}" for reason in (*missing, *([] if isinstance(program, str) else [program[0]]))]
        heard = _plus(heard, Told(not_analysed=tuple(NotAnalysed(source, reason) for reason in reasons)))
        if not isinstance(program, str) or not rules:
            continue
        for batch in _batches(settings.root, those):
            left = until - limits.clock()
            if left <= 0:
                heard = _plus(heard, Told(not_analysed=(NotAnalysed(source, _late(limits)),)))
                break
            words = (program, "scan", *_OPTIONS, *(w for rule in rules for w in ("--config", rule)), "--", *batch)
            heard = _plus(heard, _run(words, settings, those, job, index, replace(limits, whole=left)))
    return heard


def _plus(a: Told, b: Told) -> Told:
    return Told(
        a.found + b.found, a.not_analysed + b.not_analysed, a.failures + b.failures, a.suppressed + b.suppressed
    )


def _late(limits: Limits) -> str:
    return f"semgrep: stopped, it had not ended after {limits.whole:g} s"


def _program(root: str, which: Callable[[str], str | None]) -> str | tuple[str]:
    """The program, or why there is none."""
    found = which(_SHELL)
    if found is None:
        return ("its rules were not run, there is no program semgrep on the path",)
    found = os.path.abspath(found)
    own = os.environ.get("VIRTUAL_ENV", "")  # what the user has activated is theirs
    if root and _below(found, root) and not (own and _below(found, own)):
        return (f"its rules were not run, the program that would run stands in the project: {found}",)
    return found


def _below(path: str, folder: str) -> bool:
    return os.path.realpath(os.path.dirname(path)).startswith(os.path.realpath(folder) + os.sep)


def _rules(settings: Settings) -> tuple[list[str], list[str]]:
    """Files and folders as they are given to Semgrep, and what is wrong with the others. A name without a path in front
    would be looked up in its registry, if there were no such file."""
    found, missing = [], []
    for name in settings.semgrep:
        path = os.path.normpath(os.path.join(settings.root, name))
        if not os.path.exists(path):
            missing.append(f"{name}: no such file or folder (only rules of the project are run)")
        else:
            found.append(path if os.path.isabs(name) else os.path.join(".", os.path.relpath(path, settings.root)))
    return found, missing


def _batches(root: str, those: Sequence[File]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for file in those:
        name = os.path.join(".", os.path.relpath(file.path, root))
        if batch and size + len(name) > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(name)
        size += len(name) + 3
    if batch:
        yield batch


def _run(
    words: tuple[str, ...],
    settings: Settings,
    those: Sequence[File],
    job: run.Job,
    index: Index,
    limits: Limits,
) -> Told:
    source = settings.source or "semgrep"
    until, data = limits.clock() + limits.whole, b""
    try:
        with Process(Start(words, settings.root, _OFF), starting(words), limits) as process:
            while not process.over and limits.clock() < until:
                line = process.receive(min(1.0, until - limits.clock()))
                data += line.data if line is not None else b""
            late = not process.over
            excess = process.excess
        said = process.errors.decode("utf-8", "replace").strip()
    except CouldNotStart as error:
        return Told(not_analysed=(NotAnalysed(source, f"semgrep: {error}"),))
    if late:
        return Told(not_analysed=(NotAnalysed(source, _late(limits)),))
    if excess is not None:
        return Told(not_analysed=(NotAnalysed(source, f"semgrep: stopped, it used too much: {excess['of']}"),))
    try:
        report = json.loads(data)
        results, errors = list(report["results"]), list(report["errors"])
    except (ValueError, LookupError, TypeError):
        last = said.rpartition("\n")[2][:_LONGEST] or "nothing"
        return Told(failures=(Failure(source, "semgrep", "", f"it gave no report; it wrote: {last}"),))
    found, suppressed = _found(results, settings, those, job, index)
    not_analysed, failures = _errors(errors, source, settings, job)
    return Told(tuple(found), tuple(not_analysed), tuple(failures), suppressed)


def _errors(
    errors: Iterable[Any], source: str, settings: Settings, job: run.Job
) -> tuple[list[NotAnalysed], list[Failure]]:
    """What it could not do: a file it could not read wholly, or rules that are none."""
    skipped: dict[NotAnalysed, None] = {}
    broken: dict[Failure, None] = {}
    for error in errors:
        if not isinstance(error, Mapping):
            continue
        said = str(error.get("message") or error.get("long_msg") or error.get("short_msg") or error.get("type"))
        line = " ".join(said.split())[:_LONGEST]
        path = error.get("path")
        if isinstance(path, str):
            shown = run.shown(os.path.normpath(os.path.join(settings.root, path)), job.folder)
            skipped[NotAnalysed(shown, f"semgrep: {line}")] = None
        elif error.get("level") == "error":
            spans = error.get("spans")
            first = spans[0] if isinstance(spans, list) and spans and isinstance(spans[0], Mapping) else {}
            at = first.get("file", "")
            line_ = first.get("start", {}).get("line") if isinstance(first.get("start"), Mapping) else None
            thing = f"{os.path.normpath(at)}:{line_}" if at and line_ else str(at)
            broken[Failure(source, "semgrep", thing, line)] = None
        else:
            skipped[NotAnalysed(source, f"semgrep: {line}")] = None
    return list(skipped), list(broken)


# ---------------------------------------------------------------- what it found


def _found(
    results: Iterable[Any], settings: Settings, those: Sequence[File], job: run.Job, index: Index
) -> tuple[list[Found], int]:
    by_path = {os.path.normpath(file.path): file for file in those}
    listed: dict[str, list[Mapping[str, Any]]] = {}
    for result in results:
        if isinstance(result, Mapping) and isinstance(result.get("path"), str):
            listed.setdefault(os.path.normpath(os.path.join(settings.root, result["path"])), []).append(result)
    found: list[Found] = []
    suppressed = 0
    for path, matches in sorted(listed.items()):
        file = by_path.get(path)
        if file is None:
            continue
        try:
            _, text = files.read(path, file.settings.max_file_size)
        except files.Unreadable:
            continue
        document = syntax.Document(from_path(path), text, syntax.language_of(path))
        diagnostics = sorted(_diagnostics(matches, document, file.settings), key=_position)
        module = index.current(document.uri) if diagnostics else None
        allowed = suppress.allowed(module.units, document, diagnostics) if module is not None else set()
        shown = run.shown(path, job.folder)
        for diagnostic, fingerprint in zip(diagnostics, fingerprints(diagnostics), strict=True):
            if id(diagnostic) not in allowed:
                region = checked.region(shown, document, diagnostic.finding.place.span)
                found.append(checked.written(diagnostic, fingerprint, document, region))
        suppressed += len(allowed)
    return found, suppressed


def _diagnostics(
    matches: Iterable[Mapping[str, Any]], document: syntax.Document, settings: Settings
) -> Iterator[Diagnostic]:
    rule = registry.by_name()["semgrep-match"]
    if not settings.rules_for(document.uri, [rule]):
        return
    ours = settings.severities().get(rule.id)
    for match in matches:
        extra = match.get("extra")
        extra = extra if isinstance(extra, Mapping) else {}
        start, end = (_offset(document, match.get(key)) for key in ("start", "end"))
        name = str(match.get("check_id", ""))
        said = " ".join(str(extra.get("message", "")).split())
        said = said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1].rstrip()}…"
        # The text that matched tells two matches of a rule apart, wherever they move to.
        words = " ".join(document.text[start:end].split())[:_LONGEST]
        place = Place(document.uri, f"/semgrep/{escaped(name)}", Span(start, max(start, end)))
        severity = ours or _SEVERITIES.get(str(extra.get("severity", "")).upper(), Severity.HINT)
        yield Diagnostic(
            _citing(rule, extra.get("metadata")), Finding(place, f"`{name}`: {said}", detail=words), severity
        )


def _citing(rule: Any, metadata: object) -> Any:
    """The rule with the CWEs that its metadata name, as far as we know them."""
    named = _CWE.findall(str(metadata.get("cwe"))) if isinstance(metadata, Mapping) and metadata.get("cwe") else []
    cited = tuple(cwe for cwe in dict.fromkeys(named) if cwe in taxonomy.known())
    return replace(rule, references=cited) if cited else rule


def _offset(document: syntax.Document, position: object) -> int:
    line, column = (position.get("line"), position.get("col")) if isinstance(position, Mapping) else (1, 1)
    if not isinstance(line, int) or not isinstance(column, int) or line < 1:
        return 0
    start, end = document.content(min(line, document.lines.count) - 1)
    before = document.text[start:end].encode("utf-8", "surrogatepass")[: max(column - 1, 0)]
    return start + len(before.decode("utf-8", "ignore"))


def _position(diagnostic: Diagnostic) -> tuple[int, int, str]:
    span = diagnostic.finding.place.span or Span(0, 0)
    return (span.start, span.end, diagnostic.finding.place.pointer)
