"""The command line: what is asked for is loaded, and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``mcp-lsp`` with some arguments and return its exit code: 0 nothing found, 1 findings, 2 it went wrong."""
    from . import commands

    return commands.run(sys.argv[1:] if argv is None else list(argv))
