"""What did not change is not checked again, and never told as it was when something changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mcp_lsp.project import cache
from mcp_lsp.project import checked as checking

from .conftest import Run

SERVER = """\
from mcp.server.fastmcp import FastMCP
from shell import execute

mcp = FastMCP("demo")


@mcp.tool()
def ping(host: str) -> str:
    \"\"\"Ping a host.\"\"\"
    return execute(host)
"""
OTHER = """\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("other")


@mcp.tool()
def greet(name: str) -> str:
    \"\"\"Greet somebody.\"\"\"
    return name
"""
UNSAFE = "import os\n\n\ndef execute(host):\n    return os.popen('ping ' + host).read()\n"
SAFE = "def execute(host):\n    return host\n"
FILES = {"server.py": SERVER, "other.py": OTHER, "shell.py": UNSAFE, "pyproject.toml": "[project]\nname = 'x'\n"}

Checked = Callable[[], list[str]]


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> Checked:
    """The names of the files that were checked since the last time this was asked."""
    seen: list[str] = []
    check = checking.check

    def counted(file: checking.File, *rest: object) -> object:
        if not file.path.endswith((".toml", ".json")):  # the project's manifests are looked at as well
            seen.append(os.path.basename(file.path))
        return check(file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "check", counted)

    def since() -> list[str]:
        found = sorted(seen)
        seen.clear()
        return found

    return since


def first(run: Run, checked: Checked) -> None:
    done = run("check", files=FILES)
    assert "MCP301" in done.out
    assert checked() == ["other.py", "server.py", "shell.py"]


@pytest.mark.parametrize("form", ["full", "concise", "json", "sarif", "github"])
def test_a_second_run_says_the_same_and_checks_nothing(run: Run, checked: Checked, form: str) -> None:
    done = run("check", "--output-format", form, files=FILES)
    assert checked()
    again = run("check", "--output-format", form)
    assert checked() == []
    assert (again.code, again.out) == (done.code, done.out)


def test_every_file_is_checked_where_that_is_asked_for(run: Run, checked: Checked) -> None:
    first(run, checked)
    run("check", "--no-cache")
    assert checked() == ["other.py", "server.py", "shell.py"]


@pytest.mark.parametrize(
    ("changes", "again"),
    [
        ({"other.py": OTHER + "\n"}, ["other.py"]),
        ({"shell.py": SAFE}, ["server.py", "shell.py"]),
        ({"shell/__init__.py": SAFE}, ["__init__.py", "server.py"]),  # a package comes before a module of its name
        ({"pyproject.toml": "[tool.mcp-lsp]\nignore = ['MCP301']\n"}, ["other.py", "server.py", "shell.py"]),
        (
            {"pyproject.toml": "[project]\nname = 'x'\ndependencies = ['mcp>=2']\n"},
            ["other.py", "server.py", "shell.py"],
        ),
    ],
)
def test_what_a_change_concerns_is_checked_again(
    run: Run, checked: Checked, changes: dict[str, str | bytes], again: list[str]
) -> None:
    first(run, checked)
    done = run("check", "--output-format", "concise", files=changes)
    assert checked() == again
    assert done.out == run("check", "--output-format", "concise", "--no-cache").out
    checked()
    assert run("check", "--output-format", "concise").out == done.out
    assert checked() == []


def test_a_change_in_what_an_imported_file_imports_concerns_the_importer(run: Run, checked: Checked) -> None:
    files = {**FILES, "shell.py": "from deep import execute\n", "deep.py": SAFE}
    assert "MCP301" not in run("check", files=files).out
    checked()
    assert "MCP301" in run("check", files={"deep.py": UNSAFE}).out
    assert checked() == ["deep.py", "server.py", "shell.py"]


def test_a_class_beside_what_an_imported_file_imports_concerns_the_importer(run: Run, checked: Checked) -> None:
    files = {
        "server.py": SERVER.replace("from shell", "from lib.service"),
        "lib/service.py": (
            "from stores.base import Store\n\n\ndef store() -> Store:\n    return KNOWN['disk']\n\n\n"
            "def execute(host):\n    return store().execute(host)\n"
        ),
        "stores/base.py": (
            "from abc import ABC, abstractmethod\n\n\nclass Store(ABC):\n"
            "    @abstractmethod\n    def execute(self, host): ...\n"
        ),
        "stores/disk.py": "from stores.base import Store\n\n\nclass Disk(Store):\n    def execute(self, host):\n"
        "        return host\n",
        "pyproject.toml": FILES["pyproject.toml"],
    }
    assert "MCP301" not in run("check", files=files).out
    checked()
    unsafe = files["stores/disk.py"].replace("return host", "return __import__('os').popen('ping ' + host).read()")
    assert "MCP301" in run("check", files={"stores/disk.py": unsafe}).out
    assert "server.py" in checked()
    run("check", files={"stores/tape.py": "from stores.base import Store\n"})
    assert "server.py" in checked()  # there may be more of what is made of it
    run("check")
    assert checked() == []


def test_an_import_that_led_nowhere_may_lead_somewhere(run: Run, checked: Checked) -> None:
    assert "MCP301" not in run("check", files={name: text for name, text in FILES.items() if name != "shell.py"}).out
    checked()
    assert "MCP301" in run("check", files={"shell.py": UNSAFE}).out
    assert checked() == ["server.py", "shell.py"]


def test_other_options_do_not_get_each_others_results(run: Run, checked: Checked) -> None:
    first(run, checked)
    assert "MCP301" not in run("check", "--ignore", "MCP301").out
    assert "MCP301" in run("check").out


def entries() -> list[Path]:
    return [
        path for path in Path(os.environ["MCP_LSP_CACHE_DIR"]).rglob("*") if path.is_file() and len(path.name) == 40
    ]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"[" * 100_000, b'{"key": 1}', b"\xff\xfe\x00"])
def test_what_is_damaged_is_checked_again(run: Run, checked: Checked, damage: bytes) -> None:
    first(run, checked)
    assert len(entries()) == 4  # three sources and a manifest
    for entry in entries():
        entry.write_bytes(damage)
    assert "MCP301" in run("check").out
    assert checked() == ["other.py", "server.py", "shell.py"]


def test_they_take_up_no_more_than_their_share(run: Run, checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    """In each part what was not used for longest goes first."""
    monkeypatch.setattr(cache, "_OFTEN", 1)
    monkeypatch.setattr(cache, "_MOST", 3 * cache._BLOCK * cache._PARTS)
    first(run, checked)
    (entry,) = [path for path in entries() if b"Greet" in path.read_bytes() or b"other.py" in path.read_bytes()]
    for i in range(5):
        other = entry.with_name(f"{i}")
        other.write_bytes(b"{}")
        os.utime(other, (i, i))
    run("check", files={"other.py": OTHER + "# more\n"})
    assert sorted(path.name for path in entry.parent.iterdir()) == sorted(["3", "4", entry.name])
    assert checked() == ["other.py"]
    run("check")
    assert checked() == [], "what was written last is still there"


def test_what_is_used_is_not_old(run: Run, checked: Checked) -> None:
    first(run, checked)
    for entry in entries():
        os.utime(entry, (1, 1))
    run("check")
    assert checked() == []
    assert min(entry.stat().st_mtime for entry in entries()) > 1


def test_a_project_cannot_bring_its_own(run: Run, checked: Checked, tmp_path: Path) -> None:
    first(run, checked)
    assert [path.name for path in tmp_path.iterdir() if path.name not in FILES] == []


def test_where_nothing_can_be_written_everything_is_checked(
    run: Run, checked: Checked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MCP_LSP_CACHE_DIR", str(tmp_path / "file"))
    first(run, checked)
    first(run, checked)


def test_what_failed_is_tried_again(run: Run, checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    from mcp_lsp import flow

    def broken(*_: object) -> None:
        raise RuntimeError("a mistake of ours")

    with monkeypatch.context() as patched:
        patched.setattr(flow, "handler", broken)
        assert run("check", files=FILES).code == 2
    checked()
    assert run("check").code == 1
    assert checked() == ["other.py", "server.py"]


def test_a_manifest_is_checked_again_when_the_server_it_describes_changed(run: Run) -> None:
    bundle = """{ "manifest_version": "0.4", "name": "x", "version": "1", "description": "x", "author": { "name": "x" },
      "server": { "type": "python", "entry_point": "other.py", "mcp_config": { "command": "python" } },
      "tools": [{ "name": "greet" }] }"""
    files = {**FILES, "manifest.json": bundle}
    assert "MCP143" not in run("check", files=files).out
    renamed = OTHER.replace("def greet", "def welcome")
    assert "registers no tool `greet`" in run("check", files={**files, "other.py": renamed}).out
