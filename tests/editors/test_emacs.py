"""Emacs with Eglot and `editors/emacs`: a client that is sent its diagnostics and counts columns in code points."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import EDITORS, SAMPLE, Shown, author, checked, found, told

pytestmark = pytest.mark.long


def test_a_sitting(tmp_path: Path, environment: dict[str, str]) -> None:
    emacs = found("emacs")
    file = Path(shutil.copy(SAMPLE / "server.py", tmp_path))
    out = tmp_path / "told.jsonl"
    script = Path(__file__).with_name("session.el")
    command = [emacs, "--batch", "-Q", "-l", str(script), str(EDITORS / "emacs" / "mcp-lsp.el"), str(file), str(out)]
    own = {**environment, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, env=own, capture_output=True, text=True, timeout=120)
    seen = told(out)
    assert done.returncode == 0, done.stdout + done.stderr

    assert seen["attached"]["server"] == "mcp-lsp"
    for step in ("opened", "quick fix", "two lines above", "fix all"):
        shown = []
        for one in seen[step]["diagnostics"]:
            code = re.match(r"mcp-lsp \[(\w+)\]", one["message"])
            assert code is not None, one
            shown.append(Shown(one["line"], one["text"], code[1]))
        assert sorted(shown) == checked(seen[step]["text"], file), step
    before, after = (len(seen[step]["diagnostics"]) for step in ("opened", "quick fix"))
    assert after < before
    assert len(seen["fix all"]["diagnostics"]) < after


def test_a_sitting_with_lsp_mode(tmp_path: Path, environment: dict[str, str]) -> None:
    emacs = found("emacs")
    if not environment.get("MCP_LSP_LSP_MODE"):
        pytest.skip("MCP_LSP_LSP_MODE names no folders with lsp-mode and what it needs")
    file = Path(shutil.copy(SAMPLE / "server.py", tmp_path))
    out = tmp_path / "told.jsonl"
    script = Path(__file__).with_name("session-lsp-mode.el")
    command = [emacs, "--batch", "-Q", "-l", str(script), str(EDITORS / "emacs" / "mcp-lsp.el"), str(file), str(out)]
    own = {**environment, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, env=own, capture_output=True, text=True, timeout=300)
    seen = told(out)
    assert done.returncode == 0, done.stdout + done.stderr

    assert seen["attached"]["server"] == "mcp-lsp"
    for step in ("opened", "quick fix"):
        shown = sorted(Shown(one["line"], one["text"], one["code"]) for one in seen[step]["diagnostics"])
        assert shown == checked(seen[step]["text"], file), step
    assert len(seen["quick fix"]["diagnostics"]) < len(seen["opened"]["diagnostics"]), seen["quick fix"]["title"]


@pytest.mark.parametrize("client", ["eglot", "lsp-mode"])
def test_a_tool_is_called(client: str, tmp_path: Path, environment: dict[str, str]) -> None:
    """Emacs asks for the tool, for each of its arguments, and whether its server may be started."""
    emacs = found("emacs")
    folders = environment.get("MCP_LSP_LSP_MODE", "") if client == "lsp-mode" else ""
    if client == "lsp-mode" and not folders:
        pytest.skip("MCP_LSP_LSP_MODE names no folders with lsp-mode and what it needs")
    file = author(tmp_path / "desk")
    out = tmp_path / "told.jsonl"
    script = Path(__file__).with_name("call.el")
    command = [emacs, "--batch", "-Q", "-l", str(script), str(EDITORS / "emacs" / "mcp-lsp.el"), str(file), str(out)]
    own = {**environment, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8", "MCP_LSP_LSP_MODE": folders}
    done = subprocess.run(command, env=own, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    called = told(out)["called"]
    tool, name, times, question = called["asked"]
    assert [each.split(":")[0] for each in (tool, name, times)] == ["Tool", "name * (string)", "times * (integer)"]
    assert "this would run code of the project" in question
    assert json.loads(called["answer"])["content"][0]["text"] == "Hello AdaHello Ada"
