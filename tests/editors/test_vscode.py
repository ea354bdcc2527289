"""VS Code in a browser: the extension is built, packaged, installed and used as a person would, by keyboard and eye.

How the server is found and replaced is tried with `fake_server.py`, which can hang and crash on request; what it finds,
with the server of this working tree and the sample.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import EDITORS, SAMPLE, executable, found

pytestmark = pytest.mark.slow

QUIET = {
    "chat.disableAIFeatures": True,
    "editor.autoIndent": "none",
    "extensions.autoCheckUpdates": False,
    "files.autoSave": "off",
    "telemetry.telemetryLevel": "off",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
}
TWO_SHELLS = 'import subprocess\n\n\ndef ping(host):\n    subprocess.run(f"ping {host}", shell=True)\n    subprocess.run("sync", shell=True)\n'


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension as a package, built from the working tree."""
    folder = EDITORS / "vscode"
    npm = found("npm")
    if not (folder / "node_modules").is_dir():
        pytest.skip("the extension's dependencies are not there: npm ci --ignore-scripts in editors/vscode")
    package = tmp_path_factory.mktemp("extension") / "mcp-lsp.vsix"
    for command in (["build"], ["package", "--", "--out", str(package)]):
        done = subprocess.run([npm, "run", *command], cwd=folder, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
    return package


class Code:
    """A VS Code of its own, with the extension and a folder of its own."""

    def __init__(self, root: Path, package: Path) -> None:
        self.root, self.folder = root, root / "project"
        self.folder.mkdir()
        self.playwright = os.environ.get("MCP_LSP_PLAYWRIGHT") or pytest.skip("MCP_LSP_PLAYWRIGHT names no folder with playwright-core")
        self.chromium, self.node = found("chromium"), found("node")
        # `--` options of code-server that keep it to itself: its own settings, extensions, configuration; no updates.
        own = {"user-data-dir": root / "user", "extensions-dir": root / "extensions", "config": root / "config.yaml"}
        (root / "config.yaml").write_text("auth: none\n")
        self.code = [found("code-server"), *(f"--{name}={value}" for name, value in own.items())]
        subprocess.run([*self.code, "--install-extension", str(package)], check=True, capture_output=True, timeout=120)

    def sitting(self, settings: dict[str, Any], file: Path, *steps: dict[str, Any], trusted: bool = True) -> dict[str, Any]:
        """Opens a file, takes the steps, and gives what was seen, by the name of the step and ``as``."""
        user = self.root / "user" / "User" / "settings.json"
        user.parent.mkdir(parents=True, exist_ok=True)
        user.write_text(json.dumps({**QUIET, "security.workspace.trust.enabled": not trusted, "security.workspace.trust.startupPrompt": "never", **settings}))
        command = [*self.code, "--bind-addr=127.0.0.1:0", "--disable-telemetry", "--disable-update-check"]
        serving = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            assert serving.stdout is not None
            address = next(m[1] for line in serving.stdout if (m := re.search(r"listening on (http://127\.0\.0\.1:\d+/)", line)))
            wish = {
                "address": address,
                "chromium": self.chromium,
                "evidence": str(self.root / "failed.png"),
                "playwright": self.playwright,
                "steps": [{"step": "open", "folder": str(self.folder), "file": str(file)}, *steps],
            }
            script = Path(__file__).with_name("session.mjs")
            done = subprocess.run([self.node, str(script)], input=json.dumps(wish), capture_output=True, text=True, timeout=300)
        finally:
            serving.terminate()
            serving.wait(30)
        told = [json.loads(line) for line in done.stdout.splitlines()]
        assert done.returncode == 0, f"{told}\n{done.stderr}\nsee {self.root / 'failed.png'}"
        return {step.get("as", step["step"]): said for step, said in zip(wish["steps"], told, strict=True)}


@pytest.fixture
def code(tmp_path: Path, extension: Path) -> Code:
    return Code(tmp_path, extension)


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """The fake server as an executable, and the file in which it writes down what it hears."""
    log = tmp_path / "heard.jsonl"
    script = Path(__file__).with_name("fake_server.py")
    yield executable(tmp_path / "bin" / "mcp-lsp", f'#!/bin/sh\nFAKE_LOG="{log}" exec "{sys.executable}" "{script}" "$@"\n'), log


def heard(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def lines(seen: dict[str, Any]) -> list[int]:
    return sorted(problem["line"] for problem in seen["problems"])


def test_from_squiggle_to_saved_fix(code: Code, fake: tuple[Path, Path]) -> None:
    server, log = fake
    file = code.folder / "server.py"
    file.write_text(TWO_SHELLS)
    seen = code.sitting(
        {"mcp-lsp.path": [str(server)], "mcp-lsp.ignore": ["MCP999"]},
        file,
        {"step": "squiggles", "atLeast": 2},
        {"step": "problems", "as": "at first", "lines": [5, 6]},
        {"step": "status", "until": "0.0.0-fake"},
        {"step": "fix", "line": 5, "column": 40, "title": "Run it without a shell"},
        {"step": "problems", "as": "fixed", "lines": [6]},
        {"step": "type", "line": 1, "column": 1, "text": "\n\n"},
        {"step": "problems", "as": "moved", "lines": [8]},
        {"step": "save"},
        {"step": "command", "title": "mcp-lsp: Restart Server"},
        {"step": "type", "line": 1, "column": 1, "text": "\n"},
        {"step": "problems", "as": "restarted", "lines": [9]},
    )
    assert seen["at first"]["problems"][0] == {
        "source": "mcp-lsp",
        "code": "MCP000",
        "message": "`shell=True` is marked",
        "line": 5,
        "column": 36,
    }
    assert seen["squiggles"]["kinds"] == ["error", "error"]
    assert "setting mcp-lsp.path" in seen["status"]["status"][0]
    assert file.read_text() == "\n\n" + TWO_SHELLS.replace("shell=True", "shell=False", 1)
    told = heard(log)
    assert len({message["pid"] for message in told}) == 2, "one server, and one more after the restart"
    first = next(message for message in told if message["method"] == "initialize")
    assert first["params"]["initializationOptions"] == {"settings": {"ignore": ["MCP999"]}}, "only the server's own settings"
    assert sum(message["method"] == "shutdown" for message in told) >= 1


def test_restricted_mode_runs_nothing_of_the_folder(code: Code, fake: tuple[Path, Path], tmp_path: Path) -> None:
    server, _log = fake
    file = code.folder / "server.py"
    file.write_text(TWO_SHELLS)
    ran = tmp_path / "the folder's own server ran"
    inside = executable(code.folder / "evil" / "mcp-lsp", f'#!/bin/sh\ntouch "{ran}"\nexec "{server}" "$@"\n')
    workspace = code.folder / ".vscode" / "settings.json"
    workspace.parent.mkdir()
    workspace.write_text(json.dumps({"mcp-lsp.path": [str(inside)], "mcp-lsp.interpreter": [str(inside)]}))
    restricted = code.sitting({}, file, {"step": "status", "until": "no server found"}, trusted=False)
    assert "no server found" in restricted["status"]["status"][0]
    assert not ran.exists()

    checked = code.sitting({"mcp-lsp.path": [str(server)]}, file, {"step": "problems", "lines": [5, 6]}, {"step": "status", "until": "0.0.0"}, trusted=False)
    assert "Restricted Mode" in checked["status"]["status"][0], "the user's own server works"
    assert not ran.exists()

    code.sitting({}, file, {"step": "trust"}, {"step": "problems", "lines": [5, 6]}, trusted=False)
    assert ran.exists(), "with trust, the folder decides"


def test_a_server_that_hangs_can_be_replaced(code: Code, fake: tuple[Path, Path], tmp_path: Path) -> None:
    server, log = fake
    once = tmp_path / "hung"
    hanging = executable(tmp_path / "hanging" / "mcp-lsp", f'#!/bin/sh\n[ -e "{once}" ] || {{ touch "{once}"; export FAKE=hang; }}\nexec "{server}" "$@"\n')
    file = code.folder / "server.py"
    file.write_text(TWO_SHELLS)
    code.sitting(
        {"mcp-lsp.path": [str(hanging)]},
        file,
        {"step": "status", "until": "starting"},
        {"step": "command", "title": "mcp-lsp: Restart Server"},
        {"step": "problems", "lines": [5, 6]},
    )
    told = heard(log)
    assert [message["method"] for message in told][:2] == ["initialize", "initialize"]
    assert not Path(f"/proc/{told[0]['pid']}").exists(), "the one that hung has been ended"


def test_a_crash_brings_the_server_back(code: Code, fake: tuple[Path, Path], tmp_path: Path) -> None:
    server, log = fake
    once = tmp_path / "crashed"
    crashing = executable(tmp_path / "crashing" / "mcp-lsp", f'#!/bin/sh\n[ -e "{once}" ] || {{ touch "{once}"; export FAKE=crash; }}\nexec "{server}" "$@"\n')
    file = code.folder / "server.py"
    file.write_text(TWO_SHELLS)
    code.sitting(
        {"mcp-lsp.path": [str(crashing)]},
        file,
        {"step": "problems", "lines": [5, 6]},
        {"step": "type", "line": 1, "column": 1, "text": "\n"},
        {"step": "problems", "lines": [6, 7]},
    )
    assert len({message["pid"] for message in heard(log)}) == 2
