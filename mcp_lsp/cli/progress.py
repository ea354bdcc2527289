"""How far a long run is, in one line of a terminal that is gone when the run is over."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

from .line import Line


class Progress:
    """``total`` things are done one after the other; a single one needs no line."""

    def __init__(
        self, stream: TextIO, total: int, shown: bool = True, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._line = Line(stream, shown and total > 1, clock)
        self._total = total
        self._done = 0
        self.clear = self._line.clear

    def step(self, findings: int) -> None:
        """One more is done, and so many findings are known by now."""
        self._done += 1
        self._line.say(lambda: self._said(findings))

    def _said(self, findings: int) -> str:
        found = f", {findings:,} finding{'' if findings == 1 else 's'}" if findings else ""
        return f"Checked {self._done:,} of {self._total:,} files{found}"
