"""How long a call of a tool took, told apart from what its server took to be ready: the one is the author's business on
every call, the other once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


class Timing:
    """Hears of everything that goes to the record (`Record.heard`)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._asked = self._answered = 0.0
        self._id: object = None

    def heard(self, kind: str, value: Any) -> None:
        if kind == "started":
            self._began = self._clock()
        elif kind == "sent" and value.get("method") == "tools/call":
            self._asked, self._id = self._clock(), value.get("id")
        elif kind == "received" and self._asked and "method" not in value and value.get("id") == self._id:
            self._answered = self._clock()

    @property
    def milliseconds(self) -> float:
        """From the call to its answer."""
        return round(1000 * (self._answered - self._asked), 1)

    @property
    def ready(self) -> float:
        """Milliseconds from the server's start (or from reaching it) to the call."""
        return round(1000 * (self._asked - self._began), 1)
