"""How long a server may take and how much it may use: whatever it does, a scan ends within these."""

from __future__ import annotations

import time
from collections.abc import Callable

from mcp_lsp_analyzers.record import dataclass, replace


@dataclass(frozen=True, slots=True)
class Limits:
    """Times are seconds, sizes bytes. ``clock`` is looked at for all of them, so that a test can be its own."""

    start: float = 60.0
    """Until the first answer: `npx` and `uvx` may install something first, a model may be loaded."""
    answer: float = 20.0
    whole: float = 300.0
    grace: float = 3.0
    """Until a server whose input has ended is asked to end, and then again until it is killed."""
    line: int = 16_000_000
    """Of one message. The largest listing seen in a public server has 400 kB."""
    output: int = 64_000_000
    errors: int = 16_000_000
    messages: int = 2_000
    """That nobody asked for: notifications, log lines, requests of the server."""
    pages: int = 50
    memory: int = 4_000_000_000
    """Of one process; V8 and its threads reserve a gigabyte before they do anything."""
    cpu: int = 120
    processes: int = 64
    file: int = 64_000_000
    clock: Callable[[], float] = time.monotonic


DEFAULT = Limits()


def waiting(seconds: float | None) -> Limits:
    """The usual limits, with as long for each answer as somebody says; ``None`` where nobody does."""
    return DEFAULT if seconds is None else replace(DEFAULT, start=seconds, answer=seconds)
