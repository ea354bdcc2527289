"""The language server, on standard input and output: wire formats and wiring, no rule knowledge."""

from __future__ import annotations


def serve() -> int:
    """Run until the client is gone. Returns the exit status: 0 after an orderly shutdown, else 1."""
    from .loop import run

    return run()
