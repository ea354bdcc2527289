"""What a keystroke may spend on data flow; what costs more is looked at in the next pause.

In many servers one function answers for all tools, or a handler leads through half of the project: looking at all of it
again takes longer than the next key. Until then what was said before stands, as far as its places do. A pause ends
where somebody types: what is being looked at then is left, and looked at again in the next one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, runtime_checkable

from mcp_lsp_analyzers.code import Unit
from mcp_lsp_analyzers.place import Anchor
from mcp_lsp_analyzers.window import window

from .keeping import EMPTY, Entry, Group, anchors

LONGEST = 0.1
"""Seconds of the processor's that one handler may take at a keystroke, where its last time does not tell."""
STUBBORN = 20.0
"""Seconds that a handler was looked at in vain, after which it is looked at to its end: somebody may never pause."""


Waiting = Callable[[], bool] | None
"""Whether somebody waits for what is being done to end."""


class Later(Exception):
    """There is no time for a handler now. The other files that were read for it are there the next time."""


@runtime_checkable
class Limited(Protocol):
    """The other files of a project, where reading them can be interrupted."""

    def limit(self, beat: Callable[[], None] | None) -> None:
        """Call ``beat`` before another file is read, but for the first; it raises `Later` where there is no time."""


class Allowance:
    """``left``: seconds that may still be spent; ``None``: as many as it takes. ``before`` and ``now`` are the
    declarations of the file before and after the edit, which began at ``at``. ``catching``: in a pause, what is late is
    looked at as well, one after the other as long as there is time. ``opening``: nothing was looked at before, and what
    there is no time for comes in a pause; the processor's seconds count then, not how busy the computer is.
    ``waiting``: whether somebody waits for the pause to end."""

    def __init__(
        self,
        left: float | None = None,
        before: Sequence[Unit] = (),
        now: Sequence[Unit] = (),
        at: int = 0,
        catching: bool = False,
        opening: bool = False,
        waiting: Waiting = None,
    ) -> None:
        self.left = left
        self.clock = time.process_time if opening else time.perf_counter
        self._opening = opening
        self.at = at
        self.catching = catching or left is None
        self._waiting = waiting
        self._units = before, now
        self._dead: frozenset[Anchor] | None = None
        self._over = False  # a handler was begun in vain: no other is begun now

    def suffices(self, name: str, before: Entry | None) -> bool:
        """Whether the handler of ``name`` can be looked at now, as far as its last time tells."""
        if self.left is None:
            return True
        if self._over:
            return False
        if before is None:
            return self.left > 0 or not self._opening
        if before.facts is None:
            return not before.late or (self.catching and self.left > 0)
        if before.facts.of.name != name:
            return True
        return self.left > 0 if self.catching else before.cost <= self.left

    def beat(self, before: Entry | None) -> Callable[[], None] | None:
        """What raises `Later` once there is no more time for a handler; ``None``: it may take as long as it takes."""
        if self.left is None:
            return None
        if self.catching:
            waiting = self._waiting
            if waiting is None or (before is not None and before.tried > STUBBORN):
                return None
            return lambda: _later(waiting())
        until = time.process_time() + (self.left if self._opening else LONGEST)
        return lambda: _later(time.process_time() > until)

    @contextmanager
    def reading(self, modules: object, beat: Callable[[], None] | None) -> Iterator[None]:
        """Inside, other files are read as long as there is time for it."""
        if beat is None or not isinstance(modules, Limited):
            yield
            return
        modules.limit(beat)
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

    def late(self, before: Entry | None, start: float | None = None) -> Entry:
        """What is said of a handler until there is time. ``start``: when it was begun in vain."""
        tried = 0.0 if before is None else before.tried
        if start is not None:
            tried += self.spend(start)
            self._over = True
        if before is None:
            return Entry(EMPTY, tried=tried, late=True)
        return Entry(self.kept(before.group), before.seen, before.facts, cost=before.cost, tried=tried, late=True)

    def _gone(self) -> frozenset[Anchor]:
        before, now = self._units
        first, last = window(before, now)
        gone, come = before[first : len(before) - last], now[first : len(now) - last]
        parts = {id(inner): inner for unit in come for inner in unit.nested}
        left = [inner for unit in gone for inner in unit.nested if parts.pop(id(inner), None) is None]
        return frozenset([*(unit.anchor for unit in gone), *_anchors(left)]) - frozenset(_anchors(parts.values()))


def _later(over: bool) -> None:
    if over:
        raise Later


def _anchors(units: Iterable[Unit]) -> Iterable[Anchor]:
    for unit in units:
        yield unit.anchor
        yield from _anchors(unit.nested)
