"""The command line: what is asked for is loaded, and nothing else."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``mcp-lsp`` with some arguments and return its exit code: 0 nothing found, 1 findings, 2 it went wrong."""
    # A run of some milliseconds has no garbage worth looking for; a long one sees to it itself (`project.run`).
    enabled = gc.isenabled()
    gc.disable()
    try:
        from . import commands

        return commands.run(sys.argv[1:] if argv is None else list(argv))
    finally:
        if enabled:
            gc.enable()
