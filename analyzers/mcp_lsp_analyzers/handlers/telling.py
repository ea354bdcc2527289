"""Findings made of flows: one for each dangerous position that something reaches unguarded, with the way there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..fix import Fix
from ..flow import Flow, Guard, Handler
from ..place import Place
from ..record import NamedTuple
from ..related import ANYWAY, AS_WELL, MOST, REACHES, puts
from ..rule import Finding, Related, Severity
from .judging import Judge, Verdict


class Case(NamedTuple):
    """The flows that reach one position and are not guarded enough; the least guarded first."""

    handler: Handler
    flows: tuple[Flow, ...]
    verdict: Verdict

    @property
    def flow(self) -> Flow:
        return self.flows[0]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(flow.source.name for flow in self.flows))


def cases(handler: Handler, kinds: Iterable[str], judge: Judge) -> Iterator[Case]:
    if not handler.flows:
        return
    found: dict[object, list[tuple[Verdict, Flow]]] = {}
    wanted = frozenset(kinds)
    for flow in handler.flows:
        if flow.sink.kind in wanted:
            verdict = judge(flow)
            if verdict is not Verdict.SAFE:
                place = flow.sink.place
                key = (place.uri, place.anchor, place.local, flow.sink.kind)
                found.setdefault(key, []).append((verdict, flow))
    for judged in found.values():
        worst = max((verdict for verdict, _ in judged), key=lambda v: v.value)
        flows = tuple(flow for verdict, flow in judged if verdict is worst)
        yield Case(handler, flows, worst)


def named(names: tuple[str, ...], one: str, several: str) -> str:
    """`` `a` <one> ``, `` `a` and `b` <several> ``: at most three names are said."""
    quoted = [f"`{name}`" for name in names[:3]]
    if len(quoted) == 1:
        return f"{quoted[0]} {one}"
    rest = len(names) - len(quoted)
    last = f"{rest} more" if rest else quoted.pop()
    return f"{', '.join(quoted)} and {last} {several}"


_WHO = {"request": "sent by whoever calls", "archive": "what the files are called by whoever made the archive"}


def finding(
    case: Case, message: str, severity: Severity | None = None, fix: Fix | None = None, covered: Iterable[Case] = ()
) -> Finding:
    """At the position where it is in the file of the handler, else at the handler; with the way there, and with where
    the ``covered`` cases take effect, of which nothing else is said."""
    flow, handler = case.flow, case.handler
    sink = flow.sink
    here = sink.place.uri == handler.place.uri
    who = _WHO.get(flow.source.kind, "chosen by whoever speaks to the model")
    related = [Related(flow.source.place, f"`{flow.source.name}` is {who}")]
    related += [Related(step.place, step.message) for step in flow.steps]
    related += [Related(guard.place, _WEAK[guard.kind]) for guard in flow.guards if _says(guard, flow)]
    related += _elsewhere(case, {one.place for one in related})
    partly = case.verdict is Verdict.PARTLY
    if not partly:
        others = {other.flow.sink.place: other.flow.sink.call for other in covered}
        related += [Related(place, f"{AS_WELL}`{call}` here") for place, call in list(others.items())[:MOST]]
    if not here:
        related.append(Related(sink.place, f"{REACHES}`{sink.call}`{ANYWAY if partly else ''}"))
    if partly:
        severity = Severity.INFORMATION
        fix = None
    detail = f"{'+'.join(case.names)}→{sink.call}"
    return Finding(
        sink.place if here else handler.place, message, fix if here else None, tuple(related), detail, severity
    )


def _elsewhere(case: Case, told: set[Place]) -> list[Related]:
    """Where other arguments become part of what gets there on ways of their own: each of those is mended by itself."""
    found: dict[Place, Related] = {}
    for flow in case.flows[1:]:
        for step in puts(flow.steps)[:1]:
            if step.place not in told:
                found.setdefault(step.place, Related(step.place, f"`{flow.source.name}` {step.message} here as well"))
    return list(found.values())[:_MOST_WAYS]


_MOST_WAYS = 20


def spelled(case: Case) -> str | None:
    """The name of the argument as it stands in the code, where that is a plain name."""
    name = case.flow.source.name
    return name if name.isidentifier() else None


_WEAK = {
    "prefix": "it is only compared with a prefix here, which `/srv/data-other` has too",
    "inside-unresolved": "it is compared here before it is resolved",
    "no-dotdot": "only `..` is refused here, not an absolute path or a link",
    "confined": "it is compared here as it is spelled, and a symbolic link inside leads out",
    "joined": "it is found inside a folder here, and used without that folder",
    "scheme": "only the scheme is checked here",
    "private-literal": "the host is checked as it is written, not the address it resolves to",
    "misread": "this check of hosts is given the whole URL",
    "excludes": "some characters are refused here, others get through",
    "denied": "some values are refused here, others get through",
    "outside": "some folders are refused here, any other gets through",
    "pattern": "the expression it is matched with here lets too much through",
    "suffix": "only its end is checked here",
    "first": "only its first word is checked here",
    "option-value": "it stands behind an option, which may not take it as its value",
    "unknown": "it goes through a function that could not be read",
    "checked": "it is checked here, how could not be told",
}
"""Checks on the way that fall short, in words; those that do not bear on this kind of position are left out."""

_BEARING = {
    "path": frozenset(
        (
            "prefix",
            "inside-unresolved",
            "confined",
            "joined",
            "denied",
            "outside",
            "no-dotdot",
            "excludes",
            "pattern",
            "suffix",
            "unknown",
            "checked",
        )
    ),
    "url": frozenset(("scheme", "private-literal", "misread", "pattern", "suffix", "unknown", "checked")),
    "argv": frozenset(("option-value", "unknown", "checked")),
}
_OTHERWISE = frozenset(("excludes", "denied", "pattern", "first", "unknown", "checked"))


def _says(guard: Guard, flow: Flow) -> bool:
    bearing = _BEARING.get(flow.sink.kind.partition("-")[0], _OTHERWISE)
    return guard.kind in _WEAK and guard.kind in bearing and guard.place != flow.sink.place


def handed_on(case: Case) -> bool:
    """Whether the value passes through another function before it gets there."""
    return any(step.message.startswith("passed to") for step in case.flow.steps)
