"""How the client follows a long work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .session import Session

JSON = dict[str, Any]
AFTER = 1.0
"""Seconds after which work is shown that nobody ordered."""


class Progress:
    """What the client shows of a long work. ``token``: the client's, or one that it is asked to make. ``cancel``:
    what stops the work, where the user can."""

    def __init__(self, session: Session, title: str, token: Any, cancel: Callable[[], None] | None = None) -> None:
        self._session, self._token = session, token
        self._said = -1
        if token is None and session.client.progress:
            session.tokens += 1
            self._token = f"mcp-lsp-progress-{session.tokens}"
            session.request("window/workDoneProgress/create", {"token": self._token}, lambda _: None)
        if self._token is not None:
            if cancel is not None:
                session.cancels[self._token] = cancel
            self._send({"kind": "begin", "title": title, "cancellable": cancel is not None, "percentage": 0})

    def report(self, done: int, total: int, of: str) -> None:
        """A step of the work, told once per hundredth. ``of``: what is counted."""
        percentage = 100 * done // max(1, total)
        if self._token is not None and percentage != self._said:
            self._said = percentage
            message = f"{done} of {total} {of}"
            self._send({"kind": "report", "message": message, "percentage": min(100, percentage)})

    def say(self, message: str) -> None:
        """What is done now, of something nobody can count."""
        if self._token is not None:
            self._send({"kind": "report", "message": message})

    def end(self, message: str) -> None:
        if self._token is not None:
            self._session.cancels.pop(self._token, None)
            self._send({"kind": "end", "message": message})

    def _send(self, value: JSON) -> None:
        self._session.notify("$/progress", {"token": self._token, "value": value})


class Late:
    """Of work that nobody ordered: shown where it takes longer than `AFTER`."""

    def __init__(self, session: Session, title: str) -> None:
        self._session, self._title, self._since = session, title, session.clock()
        self._shown: Progress | None = None

    def report(self, done: int, total: int, of: str) -> None:
        """As `Progress.report`."""
        if self._shown is None and self._session.clock() - self._since >= AFTER:
            self._shown = Progress(self._session, self._title, None)
        if self._shown is not None:
            self._shown.report(done, total, of)

    def end(self) -> None:
        """The work is done, or not wanted any more."""
        shown, self._shown = self._shown, None
        if shown is not None:
            shown.end("")
