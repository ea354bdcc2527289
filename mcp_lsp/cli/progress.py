"""How far a long run is, in one line of a terminal that is gone when the run is over."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TextIO

AFTER = 0.5
"""Seconds after which a run counts as long: before, a line would only flicker."""
_EVERY = 0.1


class Progress:
    """``total`` things are done one after the other; nothing is shown where nobody watches (no terminal)."""

    def __init__(
        self, stream: TextIO, total: int, shown: bool = True, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._total = total
        self._clock = clock
        self._done = 0
        self._visible = False
        self._shown = shown and total > 1 and stream.isatty() and os.environ.get("TERM") != "dumb"
        self._next = clock() + AFTER if self._shown else 0.0

    def step(self, findings: int) -> None:
        """One more is done, and so many findings are known by now."""
        self._done += 1
        if not self._shown or (now := self._clock()) < self._next:
            return
        self._next = now + _EVERY
        found = f", {findings:,} finding{'' if findings == 1 else 's'}" if findings else ""
        self._stream.write(f"\r\x1b[KChecked {self._done:,} of {self._total:,} files{found}")
        self._stream.flush()
        self._visible = True

    def clear(self) -> None:
        """Take the line away, before something else is written or at the end."""
        if self._visible:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._visible = False
