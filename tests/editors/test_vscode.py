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
from pathlib import Path
from typing import Any

import pytest
from conftest import EDITORS, SAMPLE, author, checked, executable, found

pytestmark = pytest.mark.long

QUIET = {
    "chat.disableAIFeatures": True,
    "editor.autoIndent": "none",
    "extensions.autoCheckUpdates": False,
    "files.autoSave": "off",
    "javascript.validate.enable": False,
    "security.workspace.trust.startupPrompt": "never",
    "telemetry.telemetryLevel": "off",
    "typescript.validate.enable": False,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
}
TWO_SHELLS = """import subprocess


def ping(host):
    subprocess.run(f"ping {host}", shell=True)
    subprocess.run("sync", shell=True)
"""


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension as a package, built from the working tree."""
    package = tmp_path_factory.mktemp("extension") / "mcp-lsp.vsix"
    packaged(package)
    return package


def packaged(package: Path) -> None:
    folder = EDITORS / "vscode"
    npm = found("npm")
    if not (folder / "node_modules").is_dir():
        pytest.skip("the extension's dependencies are not there: npm ci --ignore-scripts in editors/vscode")
    for command in (["build"], ["package", "--", "--out", str(package)]):
        done = subprocess.run([npm, "run", *command], cwd=folder, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr


def packed(source: Path, package: Path) -> Path:
    """A small extension of the tests, as a package."""
    vsce = EDITORS / "vscode" / "node_modules" / ".bin" / "vsce"
    words = [vsce, "package", "--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", package]
    subprocess.run([str(word) for word in words], cwd=source, check=True, capture_output=True, timeout=120)
    return package


def test_choosing_a_server(extension: Path) -> None:
    """The tests of the extension itself, of what needs no editor."""
    done = subprocess.run([found("npm"), "test"], cwd=EDITORS / "vscode", capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


class Code:
    """A VS Code of its own, with the extension and a folder of its own."""

    def __init__(self, root: Path, *packages: Path) -> None:
        self.root, self.folder = root, root / "project"
        self.folder.mkdir()
        self.playwright = os.environ.get("MCP_LSP_PLAYWRIGHT")
        if self.playwright is None:
            pytest.skip("MCP_LSP_PLAYWRIGHT names no folder with playwright-core")
        self.chromium, self.node = found("chromium"), found("node")
        own = {"user-data-dir": "user", "extensions-dir": "extensions", "config": "config.yaml"}
        (root / "config.yaml").write_text("auth: none\n")
        self.code = [found("code-server"), *(f"--{option}={root / name}" for option, name in own.items())]
        for package in packages:
            install = [*self.code, "--install-extension", str(package)]
            subprocess.run(install, check=True, capture_output=True, timeout=120)

    def sitting(
        self, settings: dict[str, Any], file: Path, *steps: dict[str, Any], trusted: bool = True
    ) -> dict[str, dict[str, Any]]:
        """Opens a file, takes the steps, and gives what was seen, by the name of the step or its ``as``."""
        user = self.root / "user" / "User" / "settings.json"
        user.parent.mkdir(parents=True, exist_ok=True)
        user.write_text(json.dumps({**QUIET, "security.workspace.trust.enabled": not trusted, **settings}))
        command = [*self.code, "--bind-addr=127.0.0.1:0", "--disable-telemetry", "--disable-update-check"]
        serving = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            assert serving.stdout is not None
            listening = re.compile(r"listening on (http://127\.0\.0\.1:\d+/)")
            address = next(match[1] for line in serving.stdout if (match := listening.search(line)))
            wish = {
                "address": address,
                "chromium": self.chromium,
                "evidence": str(self.root / "failed.png"),
                "playwright": self.playwright,
                "patience": int(os.environ.get("MCP_LSP_PATIENCE", "45000")),  # milliseconds, on a busy computer
                "steps": [{"step": "open", "folder": str(self.folder), "file": str(file)}, *steps],
            }
            driver = [self.node, str(Path(__file__).with_name("session.mjs"))]
            done = subprocess.run(driver, input=json.dumps(wish), capture_output=True, text=True, timeout=600)
        finally:
            serving.terminate()
            serving.wait(30)
        told = [json.loads(line) for line in done.stdout.splitlines()]
        assert done.returncode == 0, f"{told[-1]}\n{done.stderr}\nsee {self.root / 'failed.png'}"
        return {step.get("as", step["step"]): said for step, said in zip(wish["steps"], told, strict=True)}


@pytest.fixture
def code(tmp_path: Path, extension: Path) -> Code:
    return Code(tmp_path, extension)


def keep(code: Code, *names: str) -> None:
    """Pictures for the page about editors, where somebody wishes for them."""
    for name in names if os.environ.get("MCP_LSP_SCREENSHOTS") else ():
        shutil.copy(code.root / name, os.environ["MCP_LSP_SCREENSHOTS"])


class Fake:
    """The fake server as an executable, and what it has heard."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "heard.jsonl"
        run = f'exec "{sys.executable}" "{Path(__file__).with_name("fake_server.py")}" "$@"'
        self.path = executable(folder / "bin" / "mcp-lsp", f'#!/bin/sh\nexport FAKE_LOG="{self.log}"\n{run}\n')

    def at_first(self, manner: str) -> Path:
        """The same server, which hangs or crashes the first time it is started."""
        once = self.folder / "started"
        first = f'[ -e "{once}" ] || {{ touch "{once}"; export FAKE={manner}; }}'
        return executable(self.folder / manner / "mcp-lsp", f'#!/bin/sh\n{first}\nexec "{self.path}" "$@"\n')

    @property
    def heard(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    return Fake(tmp_path)


@pytest.fixture
def file(code: Code) -> Path:
    file = code.folder / "server.py"
    file.write_text(TWO_SHELLS)
    return file


def test_from_squiggle_to_saved_fix(code: Code, fake: Fake, file: Path) -> None:
    seen = code.sitting(
        {"mcp-lsp.path": [str(fake.path)], "mcp-lsp.ignore": ["MCP999"]},
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
    first = {"source": "mcp-lsp", "code": "MCP000", "message": "`shell=True` is marked", "line": 5, "column": 36}
    assert seen["at first"]["problems"][0] == first
    assert seen["squiggles"]["kinds"] == ["error", "error"]
    assert "setting mcp-lsp.path" in seen["status"]["status"][0]
    assert file.read_text() == "\n\n" + TWO_SHELLS.replace("shell=True", "shell=False", 1)
    assert len({message["pid"] for message in fake.heard}) == 2, "one server, and one more after the restart"
    initialize = next(message for message in fake.heard if message["method"] == "initialize")
    options = initialize["params"]["initializationOptions"]
    assert options["settings"] == {"ignore": ["MCP999"]}, "the server's own settings, and only those that are set"
    assert (options["diagnosticMode"], options["trusted"]) == ("openFiles", True)
    assert [message["method"] for message in fake.heard if message["method"] in ("shutdown", "exit")][:2] == [
        "shutdown",
        "exit",
    ], "the first was asked to leave"


def test_restricted_mode_runs_nothing_of_the_folder(code: Code, fake: Fake, file: Path, tmp_path: Path) -> None:
    ran = tmp_path / "the folder's own server ran"
    inside = executable(code.folder / "evil" / "mcp-lsp", f'#!/bin/sh\ntouch "{ran}"\nexec "{fake.path}" "$@"\n')
    workspace = code.folder / ".vscode" / "settings.json"
    workspace.parent.mkdir()
    workspace.write_text(json.dumps({"mcp-lsp.path": [str(inside)], "mcp-lsp.interpreter": [str(inside)]}))

    restricted = code.sitting({}, file, {"step": "status", "until": "no server found"}, trusted=False)
    assert "no server found" in restricted["status"]["status"][0]
    assert not ran.exists()

    mine = {"mcp-lsp.path": [str(fake.path)]}
    steps = ({"step": "problems", "lines": [5, 6]}, {"step": "status", "until": "0.0.0"})
    checked = code.sitting(mine, file, *steps, trusted=False)
    assert "Restricted Mode" in checked["status"]["status"][0], "the user's own server works"
    assert not ran.exists()

    code.sitting({}, file, {"step": "trust"}, {"step": "problems", "lines": [5, 6]}, trusted=False)
    assert ran.exists(), "with trust, the folder decides"


def test_nobody_waits_a_second_time_for_the_extension_that_knows_the_active_python(
    extension: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowing = packed(Path(__file__).with_name("python_extension"), tmp_path / "python.vsix")
    code = Code(tmp_path, extension, knowing)
    file = Path(shutil.copy(SAMPLE / "server.py", code.folder))
    monkeypatch.setenv("MCP_LSP_TEST_PYTHON", sys.executable)
    steps = ({"step": "squiggles"}, {"step": "status", "until": "active Python environment"})
    code.sitting({}, file, *steps)
    monkeypatch.setenv("MCP_LSP_TEST_PYTHON", "")  # it never says
    code.sitting({}, file, *steps)
    without = executable(tmp_path / "bare" / "python", f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n')
    monkeypatch.setenv("MCP_LSP_TEST_PYTHON", str(without))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    code.sitting({}, file, {"step": "status", "until": "no server found"})


def test_a_server_that_hangs_can_be_replaced(code: Code, fake: Fake, file: Path) -> None:
    code.sitting(
        {"mcp-lsp.path": [str(fake.at_first("hang"))]},
        file,
        {"step": "status", "until": "starting"},
        {"step": "command", "title": "mcp-lsp: Restart Server"},
        {"step": "problems", "lines": [5, 6]},
    )
    assert [message["method"] for message in fake.heard][:2] == ["initialize", "initialize"]
    assert not Path(f"/proc/{fake.heard[0]['pid']}").exists(), "the one that hung has been ended"


def test_a_crash_brings_the_server_back(code: Code, fake: Fake, file: Path) -> None:
    code.sitting(
        {"mcp-lsp.path": [str(fake.at_first("crash"))]},
        file,
        {"step": "problems", "lines": [5, 6]},
        {"step": "type", "line": 1, "column": 1, "text": "\n"},
        {"step": "problems", "lines": [6, 7]},
    )
    assert len({message["pid"] for message in fake.heard}) == 2


@pytest.mark.parametrize("name", ["server.py", "server.ts"])
def test_the_sample(name: str, code: Code) -> None:
    """The Problems panel shows what `mcp-lsp check` says, follows the settings, and a fix removes its finding."""
    sample = Path(shutil.copy(SAMPLE / name, code.folder))
    before = sample.read_text()
    expected = checked(before, sample)
    printing = next(shown.line for shown in expected if shown.code == "MCP103")
    (code.folder / ".vscode").mkdir()
    settings, project = code.folder / ".vscode" / "settings.json", code.folder / "mcp-lsp.toml"
    settings.write_text("{}")
    project.write_text("")

    def but(*codes: str) -> list[str]:
        return [one.code for one in expected if one.code not in codes]

    seen = code.sitting(
        {"mcp-lsp.interpreter": [sys.executable]},
        sample,
        {"step": "squiggles"},
        {"step": "problems", "lines": [one.line for one in expected]},
        {"step": "status", "until": "rules"},
        {"step": "hover", "line": printing, "column": 6, "until": "output-on-stdout"},
        {"step": "write", "path": str(project), "text": 'ignore = ["failure-returned-as-success"]'},
        {"step": "problems", "as": "project", "codes": but("MCP104")},
        {"step": "write", "path": str(settings), "text": '{"mcp-lsp.ignore": ["MCP501", "secret-in-source"]}'},
        {"step": "problems", "as": "editor", "codes": but("MCP501", "MCP401")},
        {"step": "write", "path": str(project), "text": ""},
        {"step": "write", "path": str(settings), "text": "{}"},
        {"step": "problems", "as": "all again", "codes": but()},
        {"step": "fix", "line": printing, "column": 6, "title": "Write to standard error"},
        {"step": "problems", "as": "fixed", "codes": but("MCP103")},
        {"step": "save"},
    )
    problems = seen["problems"]["problems"]
    assert sorted((one["line"], one["code"]) for one in problems) == sorted((one.line, one.code) for one in expected)
    assert {one["source"] for one in problems} == {"mcp-lsp"}
    assert any("setting mcp-lsp.interpreter" in line for line in seen["status"]["status"])
    assert "the connection" in "".join(seen["hover"]["hover"]), "the page of the rule, not only the message"
    after = sample.read_text()
    fixed = sorted((one["line"], one["code"]) for one in seen["fixed"]["problems"])
    assert fixed == sorted((one.line, one.code) for one in checked(after, sample))
    assert after != before


def test_servers_report_and_check_of_the_workspace(code: Code) -> None:
    """What is there besides squiggles: the tree, the report in a panel, the workspace checked."""
    for name in ("server.py", "server.ts"):
        shutil.copy(SAMPLE / name, code.folder)
    (code.folder / "mcp-lsp.toml").write_text("")
    everything = sum(
        len(checked((SAMPLE / name).read_text(), code.folder / name)) for name in ("server.py", "server.ts")
    )
    seen = code.sitting(
        {"mcp-lsp.interpreter": [sys.executable]},
        code.folder / "server.py",
        {"step": "squiggles"},
        {"step": "tree", "until": "ping"},
        {"step": "screenshot", "to": str(code.root / "tree.png")},
        {"step": "command", "title": "mcp-lsp: Show Report"},
        {"step": "panel", "until": "MCP103"},
        {"step": "screenshot", "to": str(code.root / "report.png")},
        {"step": "command", "title": "mcp-lsp: Check Workspace"},
        {"step": "message", "until": "findings in"},
    )
    tools = [line for line in seen["tree"]["lines"] if "tool" in line]
    assert any("destructive" in line or "found" in line for line in tools), seen["tree"]
    assert "server.py" in seen["panel"]["text"]
    assert seen["panel"]["scripts"] == 0
    assert f"{everything} findings in 2 files" in seen["message"]["message"]
    keep(code, "tree.png", "report.png")


def test_a_tool_is_called_from_its_lens(code: Code) -> None:
    """The form of its arguments, the question before its server is started, the answer with its time."""
    file = author(code.folder)
    given = {"step": "call", "written": {"name": "Ada", "times": "1"}}
    seen = code.sitting(
        {"mcp-lsp.interpreter": [sys.executable]},
        file,
        {"step": "lens", "title": "Call", "clicks": 2},
        {"step": "call", "as": "empty", "written": {"times": ""}, "until": "is required"},
        {**given, "as": "refused", "answer": "Cancel", "until": "not started"},
        {"step": "type", "line": 1, "column": 1, "text": "\n"},
        {**given, "as": "called", "answer": "Start it, and do not ask again", "until": "Answered", "clicks": 2},
        {"step": "screenshot", "to": str(code.root / "call.png")},
        {**given, "as": "again", "written": {"name": "nobody", "times": "2"}, "until": "Failed"},
    )
    assert [title for title in seen["lens"]["titles"] if title in ("Call", "Scan")] == ["Scan", "Call"]
    assert seen["empty"]["wrong"] == ["is required"]
    assert (seen["empty"]["forms"], seen["called"]["questions"]) == (1, 0), "a second click is no second wish"
    assert seen["called"]["parts"] == ["Hello Ada"]
    assert re.fullmatch(r"Answered after [\d.]+ ms; its server was ready after [\d.]+ ms\.", seen["called"]["said"])
    assert seen["again"]["parts"] == ["failed"], "and nobody was asked again"
    assert seen["called"]["policy"].startswith("default-src 'none'; style-src 'nonce-")
    assert seen["called"]["scripts"] == 1, "the page's own"
    keep(code, "call.png")


def test_the_status_says_what_judges_how_long_it_took_and_how_the_last_scan_went(code: Code) -> None:
    file = author(code.folder)
    seen = code.sitting(
        {"mcp-lsp.interpreter": [sys.executable]},
        file,
        {"step": "status", "until": "not scanned"},
        {"step": "type", "line": 1, "column": 1, "text": "\n"},
        {"step": "status", "as": "edited", "until": "last edit"},
        {"step": "save"},
        {"step": "lens", "title": "Scan"},
        {"step": "answer", "until": "this would run code", "choose": "Start it"},
        {"step": "panel", "until": "server.py"},
        {"step": "command", "title": "View: Open Previous Editor"},
        {"step": "status", "as": "scanned", "until": "server scanned"},
    )
    rules = r"setting mcp-lsp\.interpreter: \d+ found, 1 tools, \d\d+ rules"
    assert re.search(rules + "; server not scanned", seen["status"]["status"][0])
    assert re.search(rules + r", last edit [\d.]+ ms; ", seen["edited"]["status"][0])
    assert re.search(r"ms; server scanned at \d\d:\d\d: \d+ found", seen["scanned"]["status"][0])


def test_files_that_are_not_open_are_reported_where_that_is_wished(code: Code) -> None:
    for name in ("server.py", "server.ts"):
        shutil.copy(SAMPLE / name, code.folder)
    (code.folder / "mcp-lsp.toml").write_text('select = ["MCP103"]')
    count = [checked((SAMPLE / name).read_text(), code.folder / name) for name in ("server.py", "server.ts")]
    seen = code.sitting(
        {"mcp-lsp.interpreter": [sys.executable], "mcp-lsp.diagnosticMode": "workspace"},
        code.folder / "server.py",
        {"step": "squiggles"},
        {"step": "problems", "lines": [one.line for each in count for one in each]},
        {"step": "write", "path": str(code.folder / "server.ts"), "text": "export {};\n"},
        {"step": "problems", "as": "mended", "lines": [one.line for one in count[0]]},
    )
    assert len(count[1]) > 0
    assert len(seen["problems"]["problems"]) == len(count[0]) + len(count[1])


def test_a_server_that_crashes_again_and_again_is_given_up(code: Code, fake: Fake, file: Path) -> None:
    path = executable(code.root / "always" / "mcp-lsp", f'#!/bin/sh\nFAKE=refuse exec "{fake.path}" "$@"\n')
    seen = code.sitting({"mcp-lsp.path": [str(path)]}, file, {"step": "status", "until": "again and again"})
    assert "crashed" in seen["status"]["status"][0]
    assert len({message["pid"] for message in fake.heard}) == 7, "the first, and six more, later and later"
