"""Findings of several files that have one place to repair: told in the file of that place, else at the first of them.

Within a file this is `check.shared`; a client that the tools of fifty files call, or what one file dispatches to
another that has its own tools, is known only where all of them come together. Files come one after the other and are
told at once, so that the first names none of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcp_lsp_analyzers.related import REACHES, THERE, last_put

from .outcome import Found, Outcome, Region

Place = tuple[Region, ...]


class Repeated:
    """``paths``: those of the files that are still to come, as findings name them. What leads into one of these waits
    until it came. ``count``: how many findings were left out so far, because another one says the same."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._coming = set(paths)
        self._told: dict[object, str] = {}
        self._held: dict[str, list[Found]] = {}
        self.count = 0

    def of(self, outcome: Outcome) -> Outcome:
        """What is to be told once this one has come: without what is told elsewhere, with what waited for it."""
        self._coming.discard(outcome.path)
        told: list[Found] = []
        for found in outcome.found:
            place = _place(found)
            if place is None or place[-1].path == found.region.path:
                self._told.setdefault(_key(found, place or (found.region,)), found.region.path)
                told.append(found)
            elif place[-1].path in self._coming:
                self._held.setdefault(place[-1].path, []).append(found)
            elif self._first(found):
                told.append(found)
        told += [found for found in self._held.pop(outcome.path, ()) if self._first(found)]
        return outcome if outcome.found == tuple(told) else outcome._replace(found=tuple(told))

    def rest(self) -> Iterator[Found]:
        """What waits for files that never came."""
        for held in self._held.values():
            yield from filter(self._first, held)

    def _first(self, found: Found) -> bool:
        first = self._told.setdefault(_key(found, _place(found)), found.region.path) == found.region.path
        self.count += not first
        return first


def _key(found: Found, place: Place | None) -> object:
    return found.code, found.severity, place


def _place(found: Found) -> Place | None:
    """What has to be repaired: where it takes effect, and where a value is put into what takes effect there, which is
    the better place. ``None`` for what is no way to anywhere."""
    related = found.related
    if not related:
        return None
    if related[0].message == THERE:
        return (related[0].region,)
    ends = [one.region for one in related if one.message.startswith(REACHES)] or [found.region]
    return ends[-1], *[step.region for step in last_put(related)]
