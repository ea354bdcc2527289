"""``mcp-lsp opinions``: what others think of texts and files of servers, where the user agreed to send them away."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator

from mcp_lsp.check import Diagnostic, Failure, fingerprints, rules_by_subject
from mcp_lsp.check import judge as judge_by
from mcp_lsp.outside import judge, virustotal
from mcp_lsp.outside.asking import CouldNotAsk
from mcp_lsp.outside.consent import Consent, NotAgreed, reaching
from mcp_lsp.outside.judge import Asked, Model, Opinion
from mcp_lsp.project import artifacts, run
from mcp_lsp.project.files import File
from mcp_lsp.project.outcome import Found, NotAnalysed, Region, Report
from mcp_lsp.uri import from_path
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.metadata.custom import Match, Matcher
from mcp_lsp_analyzers.place import Place, Span, Text
from mcp_lsp_analyzers.record import replace
from mcp_lsp_analyzers.rule import Severity
from mcp_lsp_analyzers.supply import Artifact

from .arguments import Wrong
from .line import Line
from .looking import Look
from .scanning import told

INCOMPLETE = 3


def opinions(arguments: argparse.Namespace) -> int:
    """Exit code 0 where nothing was found, 1 where something was, 2 where nobody agreed or a rule failed, 3 where
    nothing was found and not all could be asked."""
    if not arguments.judge and not arguments.virustotal:
        raise Wrong("say whom to ask: --judge URL --model NAME, or --virustotal NAME")
    if arguments.judge and not arguments.model:
        raise Wrong("--judge URL needs --model NAME")
    look = Look(arguments.paths, os.getcwd())
    asking: list[_Judge | _Files] = []
    if arguments.judge:
        asking.append(_Judge(arguments, look))
    if arguments.virustotal:
        asking.append(_Files(arguments, look))
    if not arguments.i_understand:
        raise Wrong("\n".join([*(each.said for each in asking), "add --i-understand to agree"]))
    report = Report()
    line = Line(sys.stderr, not arguments.quiet)
    for each in asking:
        each.ask(report, line)
    line.clear()
    told(arguments, report)
    if report.failures:
        return 2
    if report.found:
        return 0 if arguments.exit_zero else 1
    return INCOMPLETE if report.not_analysed else 0


def _consent(url: str, option: str) -> Consent:
    try:
        return reaching(url)
    except ValueError as error:
        raise Wrong(f"{option} {error}") from None


# ---------------------------------------------------------------- a language model


class _Judge:
    """``said``: what would be sent, and to whom."""

    def __init__(self, arguments: argparse.Namespace, look: Look) -> None:
        self.look = look
        self.model = Model(arguments.judge, arguments.model, _key(arguments.key, "--key"))
        self.consent = _consent(self.model.url, "--judge")
        self.texts = _texts(look)
        size = sum(len(each.text) for each in self.texts)
        self.said = (
            f"this would send {len(self.texts)} texts ({size:,} characters) of your servers to {self.model.url}, to be "
            f"read by {self.model.name}"
        )

    def ask(self, report: Report, line: Line) -> None:
        def heard(count: int) -> None:
            line.say(lambda: f"Asked about {count} of {len(self.texts)} texts")

        try:
            found, failed = judge.ask(self.texts, self.model, self.consent, heard)
        except (CouldNotAsk, NotAgreed) as error:
            found, failed = {}, [str(error)]
        _judged(self.look, lambda text: _matches(text, found, self.model.name), report)
        report.not_analysed += [NotAnalysed(self.model.name, why) for why in failed]


def _key(given: str, option: str) -> str:
    name = given.removeprefix("$")
    if name and not os.environ.get(name):
        raise Wrong(f"{option} NAME: name a variable that holds the key; there is no {name}")
    return os.environ[name] if name else ""


def _texts(look: Look) -> list[Asked]:
    """Each text once, in the order of the files."""
    seen: dict[Asked, None] = {}

    def collect(text: Text) -> Iterator[Match]:
        if text.value.strip():
            seen[Asked(text.role, text.value)] = None
        return iter(())

    _judged(look, collect, Report())
    return list(seen)


def _judged(look: Look, matcher: Matcher, report: Report) -> None:
    """A check of the files by what a matcher says, and by nothing else."""
    job = run.Job(look.folder, look.home)
    for outcome in run.outcomes(run.Work(job, [_asking(file, matcher) for file in look.files], look.projects), 1):
        report.add(outcome)


def _asking(file: File, matcher: Matcher) -> File:
    own = tuple(rule.id for rule in registry.rules() if "asked" in rule.tags)
    settings = replace(file.settings, select=own, extend_select=(), profile=(), severity={}, custom=None, asked=matcher)
    return file._replace(settings=settings)


def _matches(text: Text, found: dict[Asked, tuple[Opinion, ...]], model: str) -> Iterator[Match]:
    for each in found.get(Asked(text.role, text.value), ()):
        start = text.value.find(each.quote) if each.quote else 0
        # An opinion is no more than a warning: nobody can say why it was had.
        severity = Severity.WARNING if each.grave else Severity.INFORMATION
        yield Match(model, each.why, start, start + len(each.quote), severity)


# ---------------------------------------------------------------- VirusTotal


class _Files:
    """``said`` as of `_Judge`."""

    def __init__(self, arguments: argparse.Namespace, look: Look) -> None:
        self.look = look
        self.key = _key(arguments.virustotal, "--virustotal")
        self.url = arguments.virustotal_url or virustotal.URL
        self.consent = _consent(self.url, "--virustotal-url")
        paths = artifacts.artifacts([os.path.normpath(os.path.join(look.folder, path)) for path in look.paths])
        self.digests: dict[str, str] = {}
        self.unread: list[str] = []
        for path in paths:
            try:
                self.digests[path] = artifacts.sha256(path)
            except OSError:
                self.unread.append(path)
        self.said = f"this would send the SHA-256 of {len(self.digests)} programs and archives to {self.url}"

    def ask(self, report: Report, line: Line) -> None:
        def heard(count: int) -> None:
            line.say(lambda: f"Asked about {count} of {len(set(self.digests.values()))} files")

        found, why = virustotal.ask(list(dict.fromkeys(self.digests.values())), self.url, self.key, self.consent, heard)
        told: list[Diagnostic] = []
        failures: list[Failure] = []
        rules = rules_by_subject(registry.rules())
        for path, digest in self.digests.items():
            shown = self.look.show(path)
            verdict = found.get(digest)
            if verdict is None:
                said = "VirusTotal does not know it" if digest in found else f"VirusTotal was not asked: {why}"
                report.not_analysed.append(NotAnalysed(shown, said))
                continue
            place = Place(from_path(path), f"/files/{shown}", Span(0, 0))
            subject = Artifact(os.path.basename(path), digest, verdict.detections, verdict.engines, place)
            told += judge_by(subject, rules, failures, place.uri)
        report.not_analysed += [NotAnalysed(self.look.show(path), "it cannot be read") for path in self.unread]
        for diagnostic, fingerprint in zip(told, fingerprints(told), strict=True):
            pointer = diagnostic.finding.place.pointer
            region = Region(pointer.removeprefix("/files/"), (1, 1), (1, 1))
            report.found.append(Found(
                diagnostic.rule.id, diagnostic.rule.name, diagnostic.severity.value, diagnostic.message, region,
                diagnostic.rule.references, (), fingerprint, None, pointer, (),
            ))  # fmt: skip
