"""What is still to be looked at in pauses, shown as progress where it takes long: handlers that lead through a whole
project have other files read for them, and whoever sees no finding yet should know that there is more to come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .progress import Late

if TYPE_CHECKING:
    from .documents import Open
    from .session import Session


class Catching:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._shown: Late | None = None

    def look(self, late: Sequence[Open]) -> None:
        """``late``: the documents of which more is to be looked at in the next pause."""
        if not late:
            if self._shown is not None:
                self._shown.end()
            self._shown = None
            return
        if self._shown is None:
            self._shown = Late(self._session, "Following handlers through the project")
        counts = [document.analysis.followed for document in late if document.analysis is not None]
        self._shown.report(sum(done for done, _ in counts), sum(total for _, total in counts), "handlers")
