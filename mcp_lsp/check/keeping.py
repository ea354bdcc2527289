"""What an analysis keeps from one edit to the next: the diagnostics of each thing, and what they were computed from.

Everything is kept for one generation: an update takes over what still holds and computes the rest, so that nothing
grows with the number of edits. Comparing is by identity and by position: after a keystroke, nearly every item and unit
is the object that stood there before.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from types import MappingProxyType
from typing import Generic, TypeVar, Union

from mcp_lsp_analyzers.flow import Handler
from mcp_lsp_analyzers.model import Item, Server, Tool, is_for_statements
from mcp_lsp_analyzers.place import Anchor, Place, Text
from mcp_lsp_analyzers.record import dataclass, replace
from mcp_lsp_analyzers.related import ANYWAY, AS_WELL, MOST, REACHES
from mcp_lsp_analyzers.rule import Related
from mcp_lsp_analyzers.scope import Module
from mcp_lsp_analyzers.seen import Seen
from mcp_lsp_analyzers.window import window

from .judge import Diagnostic


class Group:
    """Diagnostics that are computed together. While the object is the same, so are they; only their anchors move.

    ``said`` names them for `once`. ``kept`` is for shells: what they rendered from it, under keys of their own.
    """

    __slots__ = ("anchors", "diagnostics", "kept", "said")

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        self.anchors: tuple[Anchor, ...] = tuple(dict.fromkeys(anchors(*self.diagnostics)))
        self.said = {_said(diagnostic) for diagnostic in self.diagnostics}
        self.kept: dict[object, object] = {}


def anchors(*diagnostics: Diagnostic) -> Iterator[Anchor]:
    """What the places of diagnostics are relative to."""
    for diagnostic in diagnostics:
        yield diagnostic.finding.place.anchor
        for related in diagnostic.finding.related:
            yield related.place.anchor


def _said(diagnostic: Diagnostic) -> tuple[object, ...]:
    place = diagnostic.finding.place
    return (diagnostic.rule, place.uri, place.anchor, place.local, diagnostic.message)


EMPTY = Group(())


@dataclass(slots=True, eq=False)
class Entry:
    """``group``: what the rules said of one thing. ``facts``: the handler among it, computed from what was ``seen``."""

    group: Group
    seen: Seen | None = None
    facts: Handler | None = None
    extra: Group = EMPTY  # what was said of the thing itself, where ``group`` is about its handler
    texts: Mapping[str, tuple[Text, list[Diagnostic]]] = MappingProxyType({})  # and of its texts, by their pointers
    cost: float = 0.0  # seconds that the handler took
    tried: float = 0.0  # seconds that it was looked at and left since
    late: bool = False  # it has changed since; it is looked at in the next pause


@dataclass(slots=True, eq=False)
class Served:
    """One server as it was judged, and its instructions (``told``). ``head`` is the server without its parts; ``items``
    and ``entries`` go in step, and so do the units and what they do at start-up."""

    server: Server
    head: Server
    group: Group
    told: Group
    items: Row[Item]
    startup: Row[object]


def head_of(server: Server, diverted: frozenset[str], old: Served | None = None) -> Server:
    """The server without its parts. ``old``: as it was before the edit, of which only the tools that went and came are
    looked at."""
    return replace(
        server, tools=(), prompts=(), resources=(), module=None, constructed=None, unread=(), diverted=diverted,
        takes_statements=_takes_statements(server.tools, old),
    )  # fmt: skip


def _takes_statements(tools: Sequence[Tool], old: Served | None) -> bool:
    if old is None:
        return any(map(is_for_statements, tools))
    before = old.server.tools
    first, last = window(before, tools)
    if not old.head.takes_statements:
        return any(map(is_for_statements, tools[first : len(tools) - last]))
    if not any(map(is_for_statements, before[first : len(before) - last])):
        return True
    return any(map(is_for_statements, tools))


def same_head(head: Server, server: Server) -> bool:
    """Whether what handlers may ask of their server stayed the same."""
    return (
        head.name == server.name
        and head.sdk == server.sdk
        and head.transports == server.transports
        and head.diverted == server.diverted
        and head.place.pointer == server.place.pointer
        and head.takes_statements == server.takes_statements
    )


T = TypeVar("T")
Fallen = Union[Callable[[Sequence["Entry"]], list[int]], None]


class Row(Generic[T]):
    """Things in order, and an entry for each. ``loud``: the groups of the entries that say something, and ``extra``
    what they say of the things themselves. ``late``: some entries are, or were before others were looked at."""

    __slots__ = ("entries", "extra", "late", "loud", "things")

    def __init__(
        self,
        things: Sequence[T] = (),
        entries: Sequence[Entry] = (),
        loud: Sequence[Group] | None = None,
        extra: Sequence[Group] | None = None,
        late: bool | None = None,
    ) -> None:
        self.late = any(entry.late for entry in entries) if late is None else late
        self.things = things
        self.entries = entries
        self.loud = [entry.group for entry in entries if entry.group.diagnostics] if loud is None else loud
        self.extra = [entry.extra for entry in entries if entry.extra.diagnostics] if extra is None else extra

    def updated(
        self,
        things: Sequence[T],
        falls: Fallen,
        make: Callable[[T, Entry | None], Entry],
        near: Callable[[T], int] | None = None,
        catching: bool = True,
    ) -> Row[T]:
        """A row for ``things``, with the entries of before where the thing is the same and what was seen for it holds.

        ``falls`` tells which do not hold; ``None``: everything of before is known to hold. ``make`` is given the entry
        of what most likely was the same thing before the edit. ``near``, where not all can be made: the larger, the
        sooner, but last what was tried in vain.
        ``catching``: what is late is made as well.
        """
        old, entries = self.things, self.entries
        first, last = window(old, things)
        if len(old) == len(things):
            changed = list(range(first, len(things) - last))
            if falls is not None:
                changed += falls(entries)
            if self.late and catching:
                changed += [i for i, entry in enumerate(entries) if entry.late]
            if not changed:
                return Row(things, entries, self.loud, self.extra, False) if self.late and catching else self
            if near is not None and len(changed) > 1:
                changed.sort(key=lambda i: (entries[i].tried, -near(things[i])))
            found = list(entries)
            loud: Sequence[Group] | None = self.loud
            extra: Sequence[Group] | None = self.extra
            for i in dict.fromkeys(changed):
                before, now = entries[i], make(things[i], entries[i])
                found[i] = now
                loud = _exchanged(loud, before.group, now.group)
                extra = _exchanged(extra, before.extra, now.extra)
            late = any(found[i].late for i in changed) or (self.late and not catching)
            return Row(things, found, loud, extra, late)
        known = {id(thing): entry for thing, entry in zip(old, entries, strict=True)}
        gone = {id(old[i]) for i in falls(entries)} if falls is not None else ()
        found = []
        for thing in things:
            entry = known.get(id(thing))
            if entry is None or (entry.late and catching) or id(thing) in gone:
                entry = make(thing, entry)
            found.append(entry)
        return Row(things, found)


def _exchanged(groups: Sequence[Group] | None, before: Group, now: Group) -> Sequence[Group] | None:
    """The groups that say something, with one in the place of another; ``None`` where they must be gathered anew."""
    if groups is None or not before.diagnostics:
        return None if now.diagnostics else groups
    if not now.diagnostics:
        return [group for group in groups if group is not before]
    return [now if group is before else group for group in groups]


class Names:
    """The names that were looked up for kept entries, or more; and whether some depend on more than names."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.around = False  # of functions around, or of what is put into a table by any statement of the file
        self.elsewhere = False

    def learn(self, looked_up: list[Seen]) -> None:
        self.names.update(*[seen.names for seen in looked_up])
        self.around = self.around or any(True for seen in looked_up if seen.around or seen.put)
        self.elsewhere = self.elsewhere or any(True for seen in looked_up if seen.elsewhere or seen.far)

    def falls(self, module: Module, changed: set[str], others: bool) -> Fallen:
        """Tells for which entries not all that was seen holds any more; ``None``: all are known to hold."""
        if self.around or (others and self.elsewhere) or not self.names.isdisjoint(changed):
            return partial(_fallen, module=module, changed=changed, others=others)
        return None


def _fallen(entries: Sequence[Entry], module: Module, changed: AbstractSet[str], others: bool) -> list[int]:
    """The indices of those that do not hold: see `Seen.still_holds`. Of most there is nothing to ask."""
    asked = [
        (i, seen)
        for i, entry in enumerate(entries)
        if (seen := entry.seen) is not None
        and (seen.around or seen.put or seen.elsewhere or seen.far or not seen.names.keys().isdisjoint(changed))
    ]
    return [i for i, seen in asked if not seen.still_holds(module, changed, others)]


def changed_names(before: Module | None, now: Module) -> set[str]:
    """The names that may mean another unit than before: those that what went and what came binds."""
    if before is None:
        return set(now.names)
    first, last = window(before.units, now.units)
    gone, come = before.units[first : len(before.units) - last], now.units[first : len(now.units) - last]
    return {name for unit in (*gone, *come) for name in unit.binds}


class Once:
    """The groups without what was already said of the same place: handlers share the functions they call, and of what
    other files do all tools may be told where one function answers for them. The first says where the others lead."""

    def __init__(self) -> None:
        self._given: Sequence[Group] = ()
        self._left: Sequence[Group] = ()

    def of(self, groups: list[Group]) -> Sequence[Group]:
        if groups != self._given:
            self._given, self._left = groups, _once(groups)
        return self._left


def _once(groups: Sequence[Group]) -> Sequence[Group]:
    saids = [group.said for group in groups]
    if len(set().union(*saids)) == sum([len(group.diagnostics) for group in groups]):
        return groups  # nothing is said twice
    alike: dict[tuple[object, ...], list[Diagnostic]] = {}
    for group in groups:
        for diagnostic in group.diagnostics:
            alike.setdefault(_said(diagnostic), []).append(diagnostic)
    found = []
    for group in groups:
        left = []
        for diagnostic in group.diagnostics:
            same = alike.pop(_said(diagnostic), None)
            if same is not None:
                left.append(_leading_to(*same))
        if len(left) == len(group.diagnostics) and all(map(operator.is_, left, group.diagnostics)):
            found.append(group)
        elif left:
            found.append(Group(left))
    return found


def _leading_to(diagnostic: Diagnostic, *others: Diagnostic) -> Diagnostic:
    """A finding that leads to another file, with where others of the same words lead."""
    finding = diagnostic.finding
    *way, end = finding.related or (None,)
    if not others or end is None or not end.message.startswith(REACHES) or end.message.endswith(ANYWAY):
        return diagnostic
    told = {one.place for one in finding.related}
    more: dict[Place, Related] = {}
    for one in [related for other in others for related in other.finding.related if related.place not in told]:
        if one.message.startswith(REACHES) and not one.message.endswith(ANYWAY):
            more.setdefault(one.place, Related(one.place, f"{AS_WELL}{one.message[len(REACHES) :]} here"))
        elif one.message.startswith(AS_WELL):
            more.setdefault(one.place, one)
    if not more:
        return diagnostic
    return replace(diagnostic, finding=replace(finding, related=(*way, *[*more.values()][:MOST], end)))


def position(diagnostic: Diagnostic) -> tuple[int, int, str]:
    """By place, then by rule; what has no place first."""
    span = diagnostic.finding.place.span
    return (-1, -1, diagnostic.rule.id) if span is None else (span.start, span.end, diagnostic.rule.id)
