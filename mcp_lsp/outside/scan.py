"""A scan of a running server: ask it, compare it with its source, judge all of it, and say where in the source it is.

What was asked and not answered, and what could not be reached, is said for what it is: never as if nothing were wrong.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from mcp_lsp import predict, read, suppress, syntax
from mcp_lsp.check import Analysis, Diagnostic, fingerprints, judge, rules_by_subject
from mcp_lsp.check import Failure as RuleFailure
from mcp_lsp.project import checked, run, served
from mcp_lsp.project.dependencies import Projects, environment_of
from mcp_lsp.project.files import File, Unreadable
from mcp_lsp.project.files import read as contents
from mcp_lsp.project.index import Index
from mcp_lsp.project.outcome import Asked, Called, Failure, Found, Live, NotAnalysed, Region, Related
from mcp_lsp.project.served import Own, Places
from mcp_lsp.read.sessions import not_offered
from mcp_lsp.settings import Settings
from mcp_lsp.uri import from_path
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.live import Asked as Requested
from mcp_lsp_analyzers.live import Endpoint, Session, Trials
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.record import NamedTuple, replace

from .approved import Approved, changes
from .record import Record

_LISTS = {"tools/list": "tools", "prompts/list": "prompts", "resources/list": "resources",
          "resources/templates/list": "resourceTemplates"}  # fmt: skip
_URI = "record:///scan.mcp-session.jsonl"


class Source(NamedTuple):
    """A file in which servers were found."""

    file: File
    analysis: Analysis
    owns: tuple[Own, ...]


class Scanned(NamedTuple):
    """``found``: what the running server shows, each at its place in the source. ``live``: what was asked of it."""

    found: tuple[Found, ...]
    live: Live
    not_analysed: tuple[NotAnalysed, ...]
    failures: tuple[Failure, ...]
    suppressed: int


def sources(
    files: Iterable[File], job: run.Job, projects: Projects, index: Index, program: str = ""
) -> Iterator[Source]:
    """The files that hold servers. What cannot be read is left out here: a check of the same files says so.
    ``program``: what runs them, which knows better than the project in which versions packages are installed."""
    runs = environment_of(program)
    for file in files:
        try:
            _, text = contents(file.path, file.settings.max_file_size)
        except Unreadable:
            continue
        language = syntax.language_of(file.path)
        if language is None or (language in syntax.PLAIN and language != "json"):
            continue
        known = projects.dependencies(os.path.dirname(file.path)) if runs is None else runs[0]
        document = syntax.Document(from_path(file.path), text, language)
        if not read.servers(read.module(syntax.parse(document)), known, None, index).servers:
            continue
        analysis = Analysis(document, known, file.settings, modules=index, root=job.root)
        seen = predict.Sources(known, index) if runs is None else predict.Sources(known, index, runs[1])
        yield Source(file, analysis, tuple(Own(each, predict.listing(each, seen)) for each in analysis.servers))


def judged(
    record: Record,
    label: str,
    found: Sequence[Source],
    settings: Settings,
    job: run.Job,
    index: Index,
    files: Sequence[File] = (),
    approved: Approved | None = None,
) -> Scanned:
    """What the rules say of a conversation. ``label``: what the server is called where it has no source; ``settings``:
    those that apply then. ``files``: all of the source, also what no server was found in. ``approved``: what it is
    compared with."""
    names = frozenset(_names(record.text))
    own = served.behind(names, [each for source in found for each in source.owns])
    if own:
        foretold = served.expected(own)
        left = names - {entry.get(key) for kind, key in served.KINDS for entry in foretold[kind]}
        record.add("expected", {**foretold, "mentioned": sorted(_mentioned(left, files))})
    document = syntax.Document(_URI, record.text, "session")
    module = read.module(syntax.parse(document))
    reading = read.servers(module)
    main = next((s for s in found if own and own[0] in s.owns), None)
    home = Place(_URI, "/session", Span(0, 0)) if main is None else own[0].server.place
    places = Places(own, home)
    if main is not None:
        settings = main.file.settings
        places.points.update(_written(reading, found))
    failures: list[RuleFailure] = []
    told = list(_told(reading, places if main is not None else None, settings, failures))
    live = _live(reading, label)
    if approved is not None and live.reached:
        told += _changed(approved, reading, places if main is not None else None, document, live, settings, failures)
    told.sort(key=_position)
    allowed = _allowed(told, main, index)
    kept = [(d, f) for d, f in zip(told, fingerprints(told), strict=True) if id(d) not in allowed]
    write = _Writing(document, label, main, job, index)
    return Scanned(
        tuple(write(diagnostic, fingerprint) for diagnostic, fingerprint in kept),
        live,
        tuple(_not_asked(live, label)),
        tuple(Failure(label, f.rule, f.pointer, f.error) for f in failures),
        len(told) - len(kept),
    )


def _names(record: str) -> Iterator[str]:
    """What was listed, by the names a client uses."""
    for line in record.split("\n"):
        if line.startswith('{"received"'):
            result = json.loads(line)["received"].get("result")
            for key, name in served.KINDS:
                for entry in (result.get(key) if isinstance(result, dict) else None) or ():
                    if isinstance(entry, dict) and isinstance(entry.get(name), str):
                        yield entry[name]


def _written(reading: read.Reading, found: Sequence[Source]) -> Iterator[tuple[str, Place]]:
    """Where the source has the words that the server wrote to standard output, if it has them once."""
    sessions = (subject for subject in reading.subjects if isinstance(subject, Session))
    stray = next((str(e.value).strip() for each in sessions for e in each.of("stray") if str(e.value).strip()), "")
    for source in found if len(stray) >= _TELLING else ():
        text = source.analysis.document.text
        if text.count(stray) == 1:
            start = text.index(stray)
            yield (
                "/session/stray",
                Place(source.analysis.document.uri, "/session/stray", Span(start, start + len(stray))),
            )
            return


_TELLING = 5
"""Characters from which on words that stand once are the ones that were meant."""


def _mentioned(names: Iterable[str], files: Sequence[File]) -> Iterator[str]:
    """Which names stand in the source, in some way that is not understood."""
    left = set(names)
    for file in files if left else ():
        try:
            _, text = contents(file.path, file.settings.max_file_size)
        except Unreadable:
            continue
        here = {name for name in left if name in text}
        yield from here
        left -= here


def _told(
    reading: read.Reading, places: Places | None, settings: Settings, failures: list[RuleFailure]
) -> Iterator[Diagnostic]:
    uri = _URI if places is None else places.home.uri
    rules = rules_by_subject(settings.rules_for(uri, registry.rules()))
    severities = settings.severities()
    subjects: list[tuple[Any, bool]] = []
    for server in reading.servers:
        there = server if places is None else served.placed(server, places)
        subjects += [(subject, True) for subject in there.walk()]
    subjects += [(subject, False) for subject in reading.subjects]
    for subject, in_place in subjects:
        for diagnostic in judge(subject, rules, failures, uri):
            if places is not None and not in_place:
                diagnostic = replace(diagnostic, finding=places.finding(diagnostic.finding))
            severity = severities.get(diagnostic.rule.id)
            yield diagnostic if severity is None else replace(diagnostic, severity=severity)


def _changed(
    approved: Approved,
    reading: read.Reading,
    places: Places | None,
    document: syntax.Document,
    live: Live,
    settings: Settings,
    failures: list[RuleFailure],
) -> Iterator[Diagnostic]:
    """What is different from what was approved."""
    uri = _URI if places is None else places.home.uri
    rules = rules_by_subject(settings.rules_for(uri, registry.rules()))
    severities = settings.severities()
    servers = [server if places is None else served.placed(server, places) for server in reading.servers]
    session = next((subject for subject in reading.subjects if isinstance(subject, Session)), None)
    for change in changes(approved, servers, document, session, live.asked) if session is not None else ():
        for diagnostic in judge(change, rules, failures, uri):
            severity = severities.get(diagnostic.rule.id)
            yield diagnostic if severity is None else replace(diagnostic, severity=severity)


def _allowed(told: Sequence[Diagnostic], main: Source | None, index: Index) -> set[int]:
    """Which the comments of the source allow, by ``id()``."""
    allowed: set[int] = set()
    for uri in {diagnostic.uri for diagnostic in told} if main is not None else ():
        analysis = main.analysis if main is not None else None
        if analysis is not None and analysis.document.uri == uri:
            module, document = analysis.module, analysis.document
        else:
            module, there = index.current(uri), index.document(uri)
            if there is None:
                continue
            document = there
        if module is not None:
            here = [diagnostic for diagnostic in told if diagnostic.uri == uri]
            allowed |= suppress.allowed(module.units, document, here)
    return allowed


class _Writing:
    """Writes a diagnostic out with its place: in the source, else in the record."""

    def __init__(self, document: syntax.Document, label: str, main: Source | None, job: run.Job, index: Index) -> None:
        self.document = document
        self.label = label
        self.index = index
        self.in_source: Callable[[Diagnostic, str], Found] | None = None
        if main is not None:
            self.in_source = checked.Writer(main.analysis, run.shown(main.file.path, job.folder), job, index).found

    def __call__(self, diagnostic: Diagnostic, fingerprint: str) -> Found:
        finding = diagnostic.finding
        if self.in_source is not None and finding.place.uri != _URI:
            self.index.current(finding.place.uri)
            return self.in_source(diagnostic, fingerprint)
        related = tuple(Related(self.region(each.place), each.message, None) for each in finding.related)
        return checked.written(diagnostic, fingerprint, self.document, self.region(finding.place), related, lines=1)

    def region(self, place: Place) -> Region:
        return checked.region(self.label, self.document, place.span)


def _position(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    span = diagnostic.finding.place.span or Span(-1, -1)
    return (diagnostic.uri, span.start, span.end, diagnostic.rule.id)


# ---------------------------------------------------------------- what was asked


def _live(reading: read.Reading, label: str) -> Live:
    session = next((subject for subject in reading.subjects if isinstance(subject, Session)), None)
    if session is None:
        return Live(label, "", "", (), (), "nothing was asked")
    started = next((e.value for e in session.of("started") if isinstance(e.value, dict)), {})
    reason = next((str(e.value) for e in session.of("unreachable")), "")
    version = ""
    for asked in session.asked:
        if asked.result is not None and isinstance(asked.result.get("protocolVersion"), str):
            version = asked.result["protocolVersion"]
        elif asked.method == "server/discover" and asked.result is not None:
            version = "2026-07-28"
    return Live(
        label, session.transport, version, tuple(map(str, started.get("confined") or ())),
        (*_asked(session), *_probed(reading), *_tried(reading)), reason, tuple(_called(reading)),
        tuple(_untried(reading)),
    )  # fmt: skip


def _asked(session: Session) -> Iterator[Asked]:
    for method, key in _LISTS.items():
        first = [asked for asked in session.asked if asked.method == method]
        if not first:
            outcome = "not offered" if not_offered(session.asked, method) else "not asked"
            yield Asked(method, outcome, 0)
            continue
        seen: set[str] = set()
        count = 0
        for asked in first:
            cursor = str(asked.params.get("cursor"))
            listed = asked.result.get(key) if asked.result is not None else None
            if cursor not in seen and isinstance(listed, list):
                count += len(listed)
            seen.add(cursor)
        if first[0].error is not None:
            yield Asked(method, f"refused: {first[0].error.get('message')}", 0)
        elif first[0].answer is None:
            yield Asked(method, "no answer", 0)
        elif any(asked.answer is None for asked in first) or _unread(first):
            yield Asked(method, "answered in part", count)
        else:
            yield Asked(method, "answered", count)


def _unread(asked: Sequence[Requested]) -> bool:
    """Whether there was a next page that was not asked for."""
    cursors = {one.params.get("cursor") for one in asked}
    nexts = [one.result.get("nextCursor") for one in asked if one.result is not None]
    return any(isinstance(each, str) and each not in cursors for each in nexts)


def _probed(reading: read.Reading) -> Iterator[Asked]:
    for endpoint in reading.subjects:
        if isinstance(endpoint, Endpoint):
            answered = sum(exchange.status > 0 for exchange in endpoint.exchanges)
            whole = answered == len(endpoint.exchanges)
            yield Asked("probes", "answered" if whole else "answered in part", answered)


def _tried(reading: read.Reading) -> Iterator[Asked]:
    for trials in reading.subjects:
        if isinstance(trials, Trials):
            outcome = "answered in part" if trials.untried else "answered"
            yield Asked(f"fuzz {trials.level}", outcome, trials.requests)


def _untried(reading: read.Reading) -> Iterator[str]:
    for trials in reading.subjects:
        if isinstance(trials, Trials):
            yield from (f"fuzz: {what} not tried: {why}" for what, why in trials.untried)


def _called(reading: read.Reading) -> Iterator[Called]:
    """Of each tool the first call with harmless arguments."""
    told: set[str] = set()
    for trials in reading.subjects:
        for trial in trials.trials if isinstance(trials, Trials) else ():
            if trial.kind == "valid" and trial.tool not in told:
                told.add(trial.tool)
                yield Called(trial.tool, trial.outcome, round(trial.seconds * 1000), trial.size // _PER_TOKEN)


_PER_TOKEN = 4
"""Characters of English and of code in one token, about."""


def _not_asked(live: Live, label: str) -> Iterator[NotAnalysed]:
    if live.reason:
        yield NotAnalysed(label, live.reason)
    elif not live.reached:
        without = [what for what in live.confined if what.startswith("no ")]
        ran = f" (it ran with {' and '.join(without)})" if without else ""
        yield NotAnalysed(label, f"the server could not be asked: it did not answer `initialize`{ran}")
    else:
        for asked in live.asked:
            if asked.outcome in ("no answer", "answered in part") and not asked.method.startswith("fuzz"):
                yield NotAnalysed(label, f"{asked.method}: {asked.outcome}")
    yield from (NotAnalysed(label, why) for why in live.untried)
