"""Findings of several files that have one place to repair: told at the first of them.

Within a file this is `check.shared`; a client that the tools of fifty files call is known only where all of them come
together. Files come one after the other and are told at once, so that the first names none of the others.
"""

from __future__ import annotations

from mcp_lsp.check.judge import THERE
from mcp_lsp_analyzers.handlers.telling import PUT, REACHES

from .outcome import Found, Outcome


class Repeated:
    """``count``: how many findings were left out so far, because an earlier file leads to the same place."""

    def __init__(self) -> None:
        self._told: dict[object, str] = {}
        self.count = 0

    def of(self, outcome: Outcome) -> Outcome:
        left = tuple(found for found in outcome.found if self._first(found))
        self.count += len(outcome.found) - len(left)
        return outcome if len(left) == len(outcome.found) else outcome._replace(found=left)

    def _first(self, found: Found) -> bool:
        place = _place(found)
        return place is None or self._told.setdefault((found.code, found.severity, place), found.region.path) == (
            found.region.path
        )


def _place(found: Found) -> object:
    """What has to be repaired, where it is in another file than the finding."""
    related = found.related
    if related and related[0].message == THERE:
        return related[0].region
    ends = [one.region for one in related if one.message.startswith(REACHES)]
    if not ends or ends[-1].path == found.region.path:
        return None
    return ends[-1], *[one.region for one in related if one.message.startswith(PUT)][-1:]
