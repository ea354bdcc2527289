"""What VS Code runs to find a server is the server at once; nothing of the folder it is run in takes part."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import EDITORS

pytestmark = pytest.mark.slow

SCRIPT = EDITORS / "vscode" / "bundled" / "find.py"


def run(folder: Path, *words: str, said: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([sys.executable, *words], input=said, capture_output=True, timeout=60, cwd=folder)


def message(method: str, **more: object) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", "method": method, **more}).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def test_asked_it_only_says_how_it_would_be_started(tmp_path: Path) -> None:
    said = json.loads(run(tmp_path, str(SCRIPT)).stdout)
    assert said["command"][0] == sys.executable
    assert said["why"] == ""


def test_asked_to_serve_it_says_so_and_serves(tmp_path: Path) -> None:
    (tmp_path / "mcp_lsp").mkdir()
    (tmp_path / "mcp_lsp" / "__init__.py").write_text("raise SystemExit('the folder ran')\n")
    (tmp_path / "json.py").write_text("raise SystemExit('the folder ran')\n")
    said = message("initialize", id=1, params={"capabilities": {}}) + message("shutdown", id=2) + message("exit")
    done = run(tmp_path, str(SCRIPT), "serve", said=said)
    first, *_ = done.stderr.decode().splitlines()
    assert json.loads(first)["command"][0] == sys.executable
    assert b'"serverInfo"' in done.stdout
    assert done.returncode == 0


def test_a_python_without_a_server_says_so_and_ends(tmp_path: Path) -> None:
    done = run(tmp_path, "-I", "-S", str(SCRIPT), "serve")
    said = json.loads(done.stderr)
    assert (said["command"], done.returncode) == (None, 1)
    assert said["why"].endswith("has no mcp_lsp installed")
