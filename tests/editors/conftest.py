"""Real editors are driven where they are found. Nothing is installed here; a missing one is a skip that says what to do."""

import os
import shutil
import stat
import sys
from pathlib import Path

import pytest

EDITORS = Path(__file__).parents[2] / "editors"
SAMPLE = Path(__file__).parents[1] / "samples" / "vulnerable"


def found(name: str) -> str:
    """The path of a program, from ``MCP_LSP_<NAME>`` or PATH."""
    variable = f"MCP_LSP_{name.upper().replace('-', '_')}"
    path = os.environ.get(variable) or shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not on PATH and {variable} does not name it")
    return path


def executable(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """The server of this working tree as an executable named ``mcp-lsp``, alone in its folder."""
    return executable(tmp_path / "bin" / "mcp-lsp", f'#!/bin/sh\nexec "{sys.executable}" -m mcp_lsp "$@"\n')


@pytest.fixture
def environment(server: Path) -> dict[str, str]:
    """An environment in which ``mcp-lsp`` is that server."""
    return {**os.environ, "PATH": f"{server.parent}{os.pathsep}{os.environ['PATH']}"}
