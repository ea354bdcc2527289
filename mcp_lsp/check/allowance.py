"""What a keystroke may spend on data flow; what costs more is looked at in the next pause.

In many servers one function answers for all tools, or a handler leads through half of the project: looking at all of it
again takes longer than the next key. Until then what was said before stands, as far as its places do.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, runtime_checkable

from mcp_lsp.read.units import window
from mcp_lsp_analyzers.code import Unit
from mcp_lsp_analyzers.place import Anchor

from .keeping import EMPTY, Entry, Group, anchors

READING = 0.1
"""Seconds of the processor's that other files may be read at once for one handler, where somebody may be waiting."""


class Later(Exception):
    """Files that a handler leads through are still to be read; those that were are there the next time."""


@runtime_checkable
class Limited(Protocol):
    """The other files of a project, where reading them can be interrupted."""

    def limit(self, seconds: float | None) -> None:
        """Raise `Later` where another file is to be read after so many seconds of the processor's from now, but for the
        first. ``None``: as long as it takes."""


class Allowance:
    """``left``: seconds that may still be spent; ``None``: as many as it takes. ``before`` and ``now`` are the
    declarations of the file before and after the edit, which began at ``at``. ``catching``: in a pause, what is late is
    looked at as well, one after the other as long as there is time. ``opening``: nothing was looked at before, and what
    there is no time for comes in a pause; the processor's seconds count then, not how busy the computer is."""

    def __init__(
        self,
        left: float | None = None,
        before: Sequence[Unit] = (),
        now: Sequence[Unit] = (),
        at: int = 0,
        catching: bool = False,
        opening: bool = False,
    ) -> None:
        self.left = left
        self.clock = time.process_time if opening else time.perf_counter
        self._opening = opening
        self.at = at
        self.catching = catching or left is None
        self._units = before, now
        self._dead: frozenset[Anchor] | None = None

    def suffices(self, name: str, before: Entry | None) -> bool:
        """Whether the handler of ``name`` can be looked at now, as far as its last time tells."""
        if self.left is None:
            return True
        if before is None:
            return self.left > 0 or not self._opening
        if before.facts is None:
            return not before.late or (self.catching and self.left > 0)
        if before.facts.of.name != name:
            return True
        return self.left > 0 if self.catching else before.cost <= self.left

    @contextmanager
    def reading(self, modules: object) -> Iterator[None]:
        """Inside, other files are read as long as there is time for it."""
        if self.left is None or not isinstance(modules, Limited):
            yield
            return
        modules.limit(self.left if self._opening else READING)
        try:
            yield
        finally:
            modules.limit(None)

    def idle(self, dear: bool) -> bool:
        """Whether there is time for what need not be said at once. ``dear``: it takes long."""
        return self.catching or ((not dear or self._opening) and bool(self.left))

    def spend(self, start: float) -> float:
        """Seconds that were spent since ``start``."""
        spent = self.clock() - start
        if self.left is not None:
            self.left = max(self.left - spent, 0.0)
        return spent

    def kept(self, group: Group) -> Group:
        """What was said before, without what points into text that is not there any more."""
        if self._dead is None:
            self._dead = self._gone()
        if self._dead.isdisjoint(group.anchors):
            return group
        return Group(d for d in group.diagnostics if self._dead.isdisjoint(anchors(d)))

    def late(self, before: Entry | None) -> Entry:
        """What is said of a handler until there is time."""
        if before is None:
            return Entry(EMPTY, late=True)
        return Entry(self.kept(before.group), before.scope, before.facts, cost=before.cost, late=True)

    def _gone(self) -> frozenset[Anchor]:
        before, now = self._units
        first, last = window(before, now)
        gone, come = before[first : len(before) - last], now[first : len(now) - last]
        return frozenset(_anchors(gone)) - frozenset(_anchors(inner for unit in come for inner in unit.nested))


def _anchors(units: Iterable[Unit]) -> Iterable[Anchor]:
    for unit in units:
        yield unit.anchor
        yield from _anchors(unit.nested)
