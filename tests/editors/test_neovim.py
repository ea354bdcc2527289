"""Neovim with `editors/neovim`: after every step it shows what `mcp-lsp check` says of the same text."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import EDITORS, SAMPLE, Shown, author, checked, found, told

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", ["server.py", "server.ts"])
def test_a_sitting(name: str, tmp_path: Path, environment: dict[str, str]) -> None:
    nvim = found("nvim")
    project = tmp_path / "parcel desk"  # a folder name that a URI has to escape
    project.mkdir()
    file = Path(shutil.copy(SAMPLE / name, project))
    (project / "mcp-lsp.toml").write_text("")
    out = tmp_path / "told.jsonl"
    script = Path(__file__).with_name("session.lua")
    command = [nvim, "--headless", "--clean", "-l", str(script), str(EDITORS / "neovim"), str(file), str(out)]
    own = {
        name: str(tmp_path / "home")
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    }
    done = subprocess.run(command, env={**environment, **own}, capture_output=True, text=True, timeout=120)
    seen = told(out)
    assert done.returncode == 0, done.stdout + done.stderr

    assert seen["attached"]["server"]["name"] == "mcp-lsp"
    assert seen["attached"]["encoding"] == "utf-8", "the first of its choice"
    assert seen["attached"]["root"] == str(project)
    for step in ("opened", "quick fix", "two lines above", "fix all"):
        shown = sorted(Shown(one["line"], one["text"], one["code"]) for one in seen[step]["diagnostics"])
        assert shown == checked(seen[step]["text"], file), step
    before, after = (len(seen[step]["diagnostics"]) for step in ("opened", "quick fix"))
    assert after < before
    assert len(seen["fix all"]["diagnostics"]) < after


def test_commands_and_health(tmp_path: Path, environment: dict[str, str]) -> None:
    nvim = found("nvim")
    project = tmp_path / "project"
    project.mkdir()
    shutil.copy(SAMPLE / "server.py", project)
    for name in ("package.json", "data.json"):
        (project / name).write_text("{}\n")
    (project / "mcp-lsp.toml").write_text("")
    author(tmp_path / "desk", "desk.py")
    out = tmp_path / "told.json"
    script = Path(__file__).with_name("commands.lua")
    own = {
        name: str(tmp_path / "home")
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    }
    command = [nvim, "--headless", "--clean", "-l", str(script), str(EDITORS / "neovim"), str(project), str(out)]
    done = subprocess.run(command, env={**environment, **own}, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr + (out.read_text() if out.exists() else "")
    seen = json.loads(out.read_text())
    assert seen["attached"] == {"server.py": True, "package.json": True, "data.json": False}
    count = len(checked((project / "server.py").read_text(), project / "server.py"))
    assert seen["said"][0] == f"mcp-lsp: {count} findings in 2 files"
    assert any("tool ping_depot" in line for line in seen["servers"])
    assert seen["report"] == "<!doctype html>"
    assert seen["completed"] == ["call", "check"]
    assert seen["asked"] == ["name * (string): ", "times * (integer): "]
    assert "this would run code of the project" in seen["question"]
    assert json.loads(seen["answer"])["content"][0]["text"] == "Hello AdaHello Ada"
    assert "mcp-lsp 0." in seen["health"]
    assert "running in" in seen["health"]
    assert "ERROR" not in seen["health"]
