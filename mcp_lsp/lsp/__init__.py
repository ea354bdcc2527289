"""The language server, on standard input and output: wire formats and wiring, no rule knowledge."""

from __future__ import annotations


def serve(log_file: str | None = None, trace: bool = False) -> int:
    """Run until the client is gone. Returns the exit status: 0 after an orderly shutdown, else 1. ``log_file`` gets a
    line for each message, with ``trace`` the whole message. Raises ``OSError`` where it cannot be written."""
    from .loop import run

    if log_file is None:
        return run()
    from .diary import Diary

    with open(log_file, "a", encoding="utf-8", errors="backslashreplace") as stream:
        return run(Diary(stream, trace))
