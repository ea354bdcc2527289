"""What is still to be looked at in pauses, shown as progress where it takes long: handlers that lead through a whole
project have other files read for them, and whoever sees no finding yet should know that there is more to come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .documents import Open
    from .errands import Progress
    from .session import Session

AFTER = 1.0
"""Seconds of pauses after which it is shown."""


class Catching:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._since: float | None = None
        self._shown: Progress | None = None

    def look(self, late: Sequence[Open]) -> None:
        """``late``: the documents of which more is to be looked at in the next pause."""
        if not late:
            if self._shown is not None:
                self._shown.end("")
            self._since = self._shown = None
            return
        now = self._session.clock()
        if self._since is None:
            self._since = now
        if now - self._since < AFTER:
            return
        if self._shown is None:
            from .errands import Progress

            self._shown = Progress(self._session, "Following handlers through the project", None)
        counts = [document.analysis.followed for document in late if document.analysis is not None]
        done, total = sum(done for done, _ in counts), sum(total for _, total in counts)
        self._shown.report(done, total, f"{done} of {total} handlers")
