"""Real editors are driven where they are found. Nothing is installed here; a missing one is a skip with a reason."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.test_scan import SDK

EDITORS = Path(__file__).parents[2] / "editors"
SAMPLE = Path(__file__).parents[2] / "editors" / "sample"


def found(name: str) -> str:
    """The path of a program, from ``MCP_LSP_<NAME>`` or PATH."""
    variable = f"MCP_LSP_{name.upper().replace('-', '_')}"
    path = os.environ.get(variable) or shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not on PATH and {variable} does not name it")
    return path


GREETER = '''from mcp.server.fastmcp import FastMCP

mcp = FastMCP("desk")


@mcp.tool()
def greet(name: str, times: int) -> str:
    """Greet somebody by name."""
    return "failed" if name == "nobody" else f"Hello {name}" * times


if __name__ == "__main__":
    mcp.run()
'''


def author(folder: Path, name: str = "server.py") -> Path:
    """A folder with a server that runs, by an SDK of a few lines that stands beside it."""
    for module, text in (("__init__", ""), ("server/__init__", ""), ("server/fastmcp", SDK)):
        path = folder / "mcp" / f"{module}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "mcp-lsp.toml").write_text(f"command = [{json.dumps(sys.executable)}, {json.dumps(name)}]\n")
    (folder / name).write_text(GREETER)
    return folder / name


class Shown(NamedTuple):
    """What a person sees of one finding: the line, the marked text, the rule."""

    line: int
    text: str
    code: str


def checked(text: str, path: Path) -> list[Shown]:
    """What `mcp-lsp check` says of a text that stands at a path: editor and CI must agree."""
    command = [sys.executable, "-m", "mcp_lsp", "check", "--output-format", "json", "--stdin-filename", str(path), "-"]
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", timeout=60, cwd=path.parent)
    assert done.returncode in (0, 1), done.stderr
    shown = []
    for found in json.loads(done.stdout)["diagnostics"]:
        start, end = found["range"]["start"], found["range"]["end"]
        lines = text.split("\n")[start["line"] - 1 : end["line"]]
        lines[-1] = lines[-1][: end["column"] - 1]
        lines[0] = lines[0][start["column"] - 1 :]
        shown.append(Shown(start["line"], "\n".join(lines), found["code"]))
    return sorted(shown)


def told(file: Path) -> dict[str, dict[str, Any]]:
    """The steps of a sitting, by name."""
    steps = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert not any(step["step"] == "gave up" for step in steps), steps
    return {step["step"]: step for step in steps}


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
