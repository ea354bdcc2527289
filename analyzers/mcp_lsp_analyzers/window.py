"""What stayed between two states of a file, and what is known of each of its declarations.

An edit stands between what two lists share at their beginning and what they share at their end. Every stage that keeps
something for each declaration asks which of them went and came, and looks at nothing else: to ask each of 500 would
cost more than the rest of a keystroke.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import chain
from typing import Generic, TypeVar

from .code import Unit

T = TypeVar("T")


def window(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """How many objects two lists share at their beginning and at their end: an edit stands between them."""
    global _latest
    if old is _latest[0] and new is _latest[1]:  # after an edit every stage asks for the same two
        return _latest[2]
    if not old:
        return 0, 0
    shortest = min(len(old), len(new))
    first = same_start(old, new, shortest)
    last = same_end(old, new, shortest - first)
    _latest = (old, new, (first, last))
    return first, last


_latest: tuple[Sequence[object], Sequence[object], tuple[int, int]] = ((), (), (0, 0))


class Column(Generic[T]):
    """One value for each unit of a file. After an edit it is computed for the units that came, and no others: a call
    per unit, for each of several stages, would cost more than the rest of a keystroke in a file of 500 declarations.
    """

    __slots__ = ("compute", "units", "values")

    def __init__(self, compute: Callable[[Unit], T]) -> None:
        self.compute = compute
        self.units: list[Unit] = []
        self.values: list[T] = []

    def update(self, units: list[Unit]) -> tuple[list[T], list[T]]:
        """Bring ``values`` up to date with ``units``. Gives the values that went and those that came."""
        old = self.units
        if units is old:
            return [], []
        first, last = window(old, units)
        gone = self.values[first : len(old) - last]
        come = [self.compute(unit) for unit in units[first : len(units) - last]]
        self.values[first : len(old) - last] = come
        self.units = units
        return gone, come


class Collected(Generic[T]):
    """What the units of a file have, each some of it: ``all`` of it in order, joined again only where an edit
    takes some away or brings some."""

    __slots__ = ("_column", "all")

    def __init__(self, compute: Callable[[Unit], Collection[T]]) -> None:
        self._column = Column(compute)
        self.all: list[T] = []

    def update(self, units: list[Unit]) -> None:
        gone, come = self._column.update(units)
        if any(gone) or any(come):
            self.all = list(chain.from_iterable(self._column.values))


class Having(Generic[T]):
    """The units of a file in which ``compute`` finds something, each with that."""

    __slots__ = ("_column", "found")

    def __init__(self, compute: Callable[[Unit], T]) -> None:
        self._column = Column(compute)
        self.found: list[tuple[Unit, T]] = []

    def update(self, units: list[Unit]) -> None:
        gone, come = self._column.update(units)
        if any(gone) or any(come):
            self.found = [(unit, seen) for unit, seen in zip(units, self._column.values, strict=True) if seen]


def same_start(a: Sequence[object], b: Sequence[object], most: int) -> int:
    """How long the common start of both is, at most ``most``: to compare slices is much faster than to compare what is
    in them one by one."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            most = middle - 1
    return low


def same_end(a: Sequence[object], b: Sequence[object], most: int) -> int:
    """How long the common end of both is, at most ``most``."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        if a[len(a) - middle : len(a) - low] == b[len(b) - middle : len(b) - low]:
            low = middle
        else:
            most = middle - 1
    return low
