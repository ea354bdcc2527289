"""One line of a terminal that is written over again and again, and gone at the end."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TextIO

AFTER = 0.5
"""Seconds after which it is worth a line: before, it would only flicker."""
_EVERY = 0.1
_CLEAR = "\r\x1b[K"
TOLD = "now: "


class Line:
    """Nothing is shown where nobody watches (no terminal), and at most ten times a second. ``told``: a program watches,
    and gets each as a line of its own that begins with `TOLD`."""

    def __init__(
        self, stream: TextIO, shown: bool = True, clock: Callable[[], float] = time.monotonic, told: bool = False
    ) -> None:
        self._stream = stream
        self._clock = clock
        self._visible = False
        self._told = told
        self._shown = shown and not told and stream.isatty() and os.environ.get("TERM") != "dumb"
        self._next = clock() + AFTER if self._shown else 0.0

    def say(self, said: Callable[[], str], anew: bool = False) -> None:
        """What stands there from now on, asked for only where it is shown. ``anew``: something else begins, which is
        shown at once where the line is there already."""
        if self._told:
            self._stream.write(f"{TOLD}{said()}\n")
            self._stream.flush()
        if not self._shown:
            return
        now = self._clock()
        if now < self._next and not (anew and self._visible):
            return
        self._next = now + _EVERY
        self._stream.write(_CLEAR + said())
        self._stream.flush()
        self._visible = True

    def clear(self) -> None:
        """Take the line away, before something else is written or at the end."""
        if self._visible:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._visible = False
