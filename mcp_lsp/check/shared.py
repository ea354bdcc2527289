"""Findings of several handlers that have one place to repair: told once, at the first of them, which names the others.

A helper that all tools of a server call would otherwise be told once for each tool. Flows are known by where they take
effect, what any other rule says by its place in the other file. What was allowed by a comment is gone before, so that a
comment at one tool speaks for that tool.
"""

from __future__ import annotations

from collections.abc import Sequence

from mcp_lsp_analyzers.place import Place
from mcp_lsp_analyzers.record import replace
from mcp_lsp_analyzers.related import REACHES, THERE, last_put
from mcp_lsp_analyzers.rule import Related

from .judge import Diagnostic
from .keeping import Group

_NAMED = 12
"""How many others are named; a reader who repairs the place does not need more."""


class Shared:
    """The groups with what leads to one place put together. Groups that stay as they were are the same objects."""

    def __init__(self) -> None:
        self._given: Sequence[Group] = ()
        self._left: list[Group] = []
        self._places: set[object] | None = None  # the places that are led to, where none is led to twice
        self._made: dict[object, Group] = {}

    def of(self, groups: list[Group]) -> list[Group]:
        if groups == self._given:
            return self._left
        given, self._given = self._given, groups
        if self._alone(set(given), set(groups)):
            self._left = groups
            return groups
        leading: dict[object, list[tuple[Group, Diagnostic]]] = {}
        for group in groups:
            for diagnostic, key in _leading(group):
                leading.setdefault(key, []).append((group, diagnostic))
        several = [found for found in leading.values() if len(found) > 1]
        made, self._made = self._made, {}
        rest = {id(found[0][1]): [d for _, d in found[1:]] for found in several}
        gone = {id(d) for others in rest.values() for d in others}
        changed = {id(group) for found in several for group, _ in found}
        self._left = []
        for group in groups:
            if id(group) not in changed:
                self._left.append(group)
                continue
            key = (group, *(other for d in group.diagnostics for other in rest.get(id(d), ())))
            self._made[key] = one = made.get(key) or Group(
                _told(d, rest.get(id(d), [])) for d in group.diagnostics if id(d) not in gone
            )
            if one.diagnostics:
                self._left.append(one)
        return self._left

    def _alone(self, before: set[Group], now: set[Group]) -> bool:
        """Whether no two findings lead to one place. Every keystroke comes by here: where that was so, only what the
        groups that went and came have to say of it is looked at."""
        places, self._places = self._places, None
        if places is None:
            places, before = set(), set()
        for group in before - now:
            for _, key in _leading(group):
                places.discard(key)
        for group in now - before:
            for _, key in _leading(group):
                if key in places:
                    return False
                places.add(key)
        self._places, self._made = places, {}
        return True


def _leading(group: Group) -> list[tuple[Diagnostic, object]]:
    """The findings of a group that say where something takes effect, with what they have in common with others."""
    found = group.kept.get("leading")
    if found is None:
        found = group.kept["leading"] = [
            (d, (d.rule, d.severity.value, *[(place.uri, place.anchor, place.local) for place in places]))
            for d in group.diagnostics
            if (places := _where(d))
        ]
    return found  # type: ignore[return-value]


def _where(diagnostic: Diagnostic) -> list[Place]:
    """What has to be repaired: where it takes effect. In another file that is told at the end of the way there, and
    each tool may put together for itself what it hands over."""
    finding = diagnostic.finding
    related = finding.related
    if _there(diagnostic):
        return [related[0].place]
    if diagnostic.rule.room != "handlers":
        return []
    if not related or not related[-1].message.startswith(REACHES):
        return [finding.place] if related else []
    return [related[-1].place, *[step.place for step in last_put(related)]]


def _there(diagnostic: Diagnostic) -> bool:
    """Whether it stands in another file than the tool at which it is told."""
    related = diagnostic.finding.related
    return bool(related) and related[0].message == THERE


def _told(diagnostic: Diagnostic, rest: list[Diagnostic]) -> Diagnostic:
    if not rest:
        return diagnostic
    finding = diagnostic.finding
    passed = {finding.place, *[one.place for one in finding.related]}
    related = [Related(_asked(one, passed), f"so does `{_name(one)}`: {one.message}") for one in rest[:_NAMED]]
    if len(rest) > _NAMED:
        related.append(Related(finding.place, f"and {len(rest) - _NAMED} more"))
    return replace(diagnostic, finding=replace(finding, related=(*finding.related, *related)))


def _asked(diagnostic: Diagnostic, passed: set[Place]) -> Place:
    """The handler of a finding; where that stands at the place itself, the argument of the handler. Where one handler
    answers for all tools, what is its own on the way: a place that is not ``passed``."""
    finding = diagnostic.finding
    elsewhere = _there(diagnostic) or finding.related[-1].message.startswith(REACHES)
    asked = finding.place if elsewhere else finding.related[0].place
    if asked not in passed:
        return asked
    return next((one.place for one in finding.related if one.place not in passed), asked)


def _name(diagnostic: Diagnostic) -> str:
    return diagnostic.finding.place.pointer.rpartition("/")[2].replace("~1", "/") or "another tool"
