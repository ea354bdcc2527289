"""What a keystroke may spend on data flow; what costs more is looked at in the next pause.

In many servers one function answers for all tools, or a handler leads through half of the project: looking at all of it
again takes longer than the next key. Until then what was said before stands, as far as its places do.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

from mcp_lsp.read.units import window
from mcp_lsp_analyzers.code import Unit
from mcp_lsp_analyzers.place import Anchor

from .keeping import Entry, Group, anchors


class Allowance:
    """``left``: seconds that may still be spent; ``None``: as many as it takes. ``before`` and ``now`` are the
    declarations of the file before and after the edit, which began at ``at``. ``catching``: in a pause, what is late is
    looked at as well, one after the other as long as there is time."""

    def __init__(
        self,
        left: float | None = None,
        before: Sequence[Unit] = (),
        now: Sequence[Unit] = (),
        at: int = 0,
        catching: bool = False,
    ) -> None:
        self.left = left
        self.at = at
        self.catching = catching or left is None
        self._units = before, now
        self._dead: frozenset[Anchor] | None = None

    def suffices(self, name: str, before: Entry | None) -> bool:
        """Whether the handler of ``name`` can be looked at now, as far as its last time tells."""
        facts = None if before is None else before.facts
        if self.left is None or before is None or facts is None or facts.of.name != name:
            return True
        return self.left > 0 if self.catching else before.cost <= self.left

    def idle(self, dear: bool) -> bool:
        """Whether there is time for what need not be said at once. ``dear``: it takes long."""
        return self.catching or (not dear and bool(self.left))

    def spend(self, start: float) -> float:
        """Seconds that were spent since ``start``."""
        spent = time.perf_counter() - start
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

    def _gone(self) -> frozenset[Anchor]:
        before, now = self._units
        first, last = window(before, now)
        gone, come = before[first : len(before) - last], now[first : len(now) - last]
        return frozenset(_anchors(gone)) - frozenset(_anchors(inner for unit in come for inner in unit.nested))


def _anchors(units: Iterable[Unit]) -> Iterable[Anchor]:
    for unit in units:
        yield unit.anchor
        yield from _anchors(unit.nested)
