"""One subject, all rules that judge it: findings become diagnostics, and a failing rule becomes a line of its own."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mcp_lsp.digest import digest
from mcp_lsp_analyzers.live import RESULT
from mcp_lsp_analyzers.passage import Passage
from mcp_lsp_analyzers.place import Place, Text
from mcp_lsp_analyzers.record import NamedTuple, dataclass, replace
from mcp_lsp_analyzers.related import THERE
from mcp_lsp_analyzers.rule import Finding, Related, Rule, Severity


@dataclass(frozen=True, slots=True, eq=False)
class Diagnostic:
    """A finding with the rule that made it. Positions are those of ``finding.place``."""

    rule: Rule
    finding: Finding
    severity: Severity

    @property
    def uri(self) -> str:
        return self.finding.place.uri

    @property
    def message(self) -> str:
        return self.finding.message

    @property
    def identity(self) -> str:
        """What the fingerprint is made of: rule, thing, and which of several findings on it. No file, no offset."""
        return "\0".join((self.rule.id, self.finding.place.pointer, self.finding.detail))

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits, the same in the editor, in CI and on a live server. Two findings of one rule on one
        thing share it; `fingerprints` tells them apart."""
        return _digest(self.identity)


class Failure(NamedTuple):
    """A rule (or ``"reader"``, ``"flow"``) that failed on one thing; its other findings and other rules stand."""

    rule: str
    uri: str
    pointer: str
    error: str


RulesBySubject = Mapping[type, Sequence[Rule]]

OF_WHOLE = frozenset(("protocol", "readiness", "capabilities"))
"""The rooms whose rules say what a declaration lacks or has too much: while it is half written, that is about to come.
What reaches a command, and what a model is told, is said at once."""


def rules_by_subject(rules: Iterable[Rule]) -> RulesBySubject:
    """Rules under each type they judge."""
    return _by_subject(tuple(rules))


@functools.lru_cache(maxsize=64)  # a thousand files of a project are judged by the same rules
def _by_subject(rules: tuple[Rule, ...]) -> RulesBySubject:
    found: dict[type, list[Rule]] = {}
    for rule in rules:
        for subject in rule.judges:
            found.setdefault(subject, []).append(rule)
    return found


def judge(
    subject: object, rules: RulesBySubject, failures: list[Failure], uri: str, pointer: str = ""
) -> Iterator[Diagnostic]:
    """What every rule for this kind of thing says of ``subject``. Never raises: failures are appended.

    What a tool answered may be anybody's words, and is not what the author tells the model: a warning at most.
    """
    answered = type(subject) is Text and subject.role == RESULT
    asked = rules.get(type(subject), ())
    if type(subject) is Passage:
        there = subject.words
        asked = [rule for rule in asked if not rule.words or not there.isdisjoint(rule.words)]
    for rule in asked:
        try:
            for finding in rule.check(subject):
                if finding.place.anchor.torn and rule.room in OF_WHOLE:
                    continue
                severity = finding.severity or rule.severity
                lowered = answered and severity is Severity.ERROR
                yield Diagnostic(rule, finding, Severity.WARNING if lowered else severity)
        except Exception as error:
            failures.append(Failure(rule.id, uri, pointer, _said(error)))


def brought(finding: Finding, at: Place) -> Finding:
    """A finding in another file, told where this one leads there: without a fix, which would be for that file."""
    place = Place(at.uri, finding.place.pointer, at.local, at.anchor)
    return replace(finding, place=place, fix=None, related=(Related(finding.place, THERE), *finding.related))


def _said(error: BaseException) -> str:
    import traceback  # only when a rule fails

    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" at {last[0].name}:{last[0].lineno}" if last else ""
    return f"{type(error).__name__}: {error}{where}"


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """A fingerprint for each, in order; the second and later ones of one identity get a number of their own."""
    seen: dict[str, int] = {}
    found = []
    for diagnostic in diagnostics:
        identity = diagnostic.identity
        n = seen[identity] = seen.get(identity, 0) + 1
        found.append(_digest(identity if n == 1 else f"{identity}\0{n}"))
    return found


@functools.lru_cache(maxsize=16384)
def _digest(identity: str) -> str:
    return digest(identity.encode("utf-8", "surrogatepass"), size=8)
