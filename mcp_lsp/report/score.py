"""One figure for a run, for those who have to compare and to gate: explained line by line, and never better for more
findings or for less that was looked at.

A rule that found something costs its severity's points, and half as much again for each further finding; so does what
could not be looked at. What is left of 100 is the score. Without a server in sight there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcp_lsp.project.outcome import Found, Report
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.record import NamedTuple

from .frameworks import frameworks
from .text import NO_SERVER

POINTS = {"error": 25.0, "warning": 5.0, "information": 1.0, "hint": 0.0}
"""What a rule's first finding costs. One thing that can be exploited (an error) is the end of a grade A or B."""

NOT_ANALYSED = 5.0
"""What the first file costs that could not be looked at, or not wholly."""

GRADES = ((90, "A"), (80, "B"), (70, "C"), (60, "D"), (0, "F"))

_TILES = ("OWASP MCP Top 10", "OWASP Top 10 for LLM Applications", "OWASP Top 10 for Agentic Applications")


class Contribution(NamedTuple):
    """What took ``points`` away: a rule's ``code`` and ``title``, or code "" for what was not looked at."""

    code: str
    title: str
    times: int
    points: float


class Tile(NamedTuple):
    """A part of the whole: a room of rules, or an entry of a public list. 100 is nothing found."""

    framework: str
    name: str
    title: str
    score: int
    findings: int


class Score(NamedTuple):
    """``overall``: 0 to 100, ``risk``: all points without the halving, which has no upper end. ``complete``: whether
    everything was looked at; where it was not, ``overall`` is an upper bound."""

    overall: int
    grade: str
    risk: int
    complete: bool
    contributions: tuple[Contribution, ...]
    tiles: tuple[Tile, ...]


def score(report: Report) -> Score | None:
    """The score of a run; ``None`` where there was no server to judge."""
    if not report.servers:
        return None
    unseen = unread(report)
    contributions = sorted(_contributions(report.found, unseen), key=lambda each: (-each.points, each.code))
    overall = _left(each.points for each in contributions)
    risk = sum(POINTS[found.severity] for found in report.found) + NOT_ANALYSED * unseen
    tiles = (*_rooms(report.found), *_frameworks(report.found))
    return Score(overall, grade(overall), int(risk), not unseen, tuple(contributions), tiles)


def grade(overall: int) -> str:
    return next(letter for least, letter in GRADES if overall >= least)


def unread(report: Report) -> int:
    """How much could not be looked at, or broke on the way. A file that is no server is not counted."""
    skipped = {each.path for each in report.not_analysed if not each.reason.startswith(NO_SERVER)}
    return len(skipped | {each.path for each in report.failures})


def explained(found: Score) -> Iterator[str]:
    """The score in words, a line for each thing that took points away."""
    most = "" if found.complete else "at most "
    yield f"Score: {most}{found.overall} of 100, grade {found.grade}, risk {found.risk}"
    for each in found.contributions:
        if each.points:
            times = f", {each.times} times" if each.times > 1 else ""
            yield f"  -{_figure(each.points)}  {f'{each.code} ' if each.code else ''}{each.title}{times}"


def _figure(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".")


def _contributions(found: Iterable[Found], unseen: int) -> Iterator[Contribution]:
    by_code: dict[str, list[Found]] = {}
    for each in found:
        by_code.setdefault(each.code, []).append(each)
    for code, those in by_code.items():
        yield Contribution(code, title(those[0]), len(those), _cost([POINTS[each.severity] for each in those]))
    if unseen:
        yield Contribution("", "not looked at, or not wholly", unseen, _cost([NOT_ANALYSED] * unseen))


def _cost(points: list[float]) -> float:
    """Each further finding costs half of the one before: the dearest first, so that one more never costs less."""
    return sum(each * 0.5 ** min(i, 60) for i, each in enumerate(sorted(points, reverse=True)))


def _left(points: Iterable[float]) -> int:
    return max(0, int(100 - sum(points)))


def title(found: Found) -> str:
    """What the rule of a finding looks for."""
    rule = registry.by_name().get(found.code)
    return rule.title if rule is not None else found.name


def _rooms(found: Iterable[Found]) -> Iterator[Tile]:
    by_room: dict[str, list[Found]] = {}
    for each in found:
        rule = registry.by_name().get(each.code)
        if rule is not None:
            by_room.setdefault(rule.room, []).append(each)
    rooms = dict.fromkeys(rule.room for rule in registry.rules())
    for room in rooms:
        name = room.replace("_", "-")
        yield _tile("rooms", name, name, by_room.get(room, []))


def _frameworks(found: Iterable[Found]) -> Iterator[Tile]:
    by_reference: dict[str, list[Found]] = {}
    for each in found:
        for reference in each.references:
            by_reference.setdefault(reference, []).append(each)
    cited = {reference for rule in registry.rules() for reference in rule.references}
    for framework in _TILES:
        for reference, title in frameworks()[framework].items():
            if reference in cited:
                yield _tile(framework, reference, title, by_reference.get(reference, []))


def _tile(framework: str, name: str, title: str, found: list[Found]) -> Tile:
    costs = _left(each.points for each in _contributions(found, 0))
    return Tile(framework, name, title, costs, len(found))
