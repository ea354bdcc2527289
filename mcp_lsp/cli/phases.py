"""How far a scan is, in one line of a terminal: what happens now, and how much of it happened. Every number is counted,
none is guessed; the line is gone when the scan is over."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TextIO

from mcp_lsp.report.terminal import visible

from .line import Line

_LISTS = ("tools", "prompts", "resources", "resourceTemplates")


class Phases:
    """Hears of everything that goes to the record (`Record.heard`)."""

    def __init__(
        self, stream: TextIO, shown: bool = True, clock: Callable[[], float] = time.monotonic, told: bool = False
    ) -> None:
        self._line = Line(stream, shown, clock, told)
        self.clear = self._line.clear
        self._method = ""
        self._requests = self._listed = self._questions = self._trials = 0

    def checked(self, done: int, total: int) -> None:
        """So many files of the source were looked at."""
        self._say(f"Checked {done:,} of {total:,} files")

    def judging(self) -> None:
        """All was said that will be."""
        self._say("Judging what was said", anew=True)

    def heard(self, kind: str, value: Any) -> None:
        """One more event of the record."""
        message = value if isinstance(value, dict) else {}
        if kind == "started":
            self._say("Waiting for the first answer", anew=True)
        elif kind == "sent" and "id" in message and "method" in message:
            self._requests += 1
            self._asking(str(message["method"]))
        elif kind == "received":
            result = message.get("result")
            for key in _LISTS:
                entries = result.get(key) if isinstance(result, dict) else None
                self._listed += len(entries) if isinstance(entries, list) else 0
        elif kind == "exchange":
            self._questions += 1
            self._say(f"Trying the endpoint: {_count(self._questions, 'question')}, {message.get('asks', '')}")
        elif kind == "tried":
            self._trials += 1
            tool = message.get("tool")
            self._say(f"Fuzzing: {_count(self._trials, 'trial')}" + (f", {tool}" if tool else ""))

    def _asking(self, method: str) -> None:
        said = f"Asking {method}: {_count(self._requests, 'request')}, {self._listed:,} listed"
        # Requests of the fuzzer are counted by its trials.
        # What is asked next may take long, and then nothing else is said.
        anew, self._method = method != self._method, method
        self._say(said if not self._trials else f"Fuzzing: {_count(self._trials, 'trial')}, {method}", anew)

    def _say(self, said: str, anew: bool = False) -> None:
        self._line.say(lambda: visible(said)[:100], anew)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
