"""Temporary folders go with the process that made them, or with the next one that looks."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from mcp_lsp import scratch

MAKES = "from mcp_lsp import scratch; print(scratch.folder('home'), flush=True); input()"
Make = Callable[[], tuple["subprocess.Popen[str]", Path]]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def make(temporary: Path) -> Make:
    """Another process, and the folder that it has made."""

    def make() -> tuple[subprocess.Popen[str], Path]:
        command = [sys.executable, "-c", MAKES]
        other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert other.stdout is not None
        return other, Path(other.stdout.readline().strip())

    return make


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_process_that_ends_takes_its_own_along(make: Make, temporary: Path) -> None:
    other, made = make()
    (made / "inside").mkdir()
    other.communicate("\n", timeout=60)
    assert names(temporary) == []


def test_one_that_is_killed_leaves_them_to_the_next_that_looks(make: Make, temporary: Path) -> None:
    killed, left = make()
    killed.kill()
    killed.wait(60)
    assert left.is_dir()
    lives, kept = make()
    assert not left.exists(), "making one looks"
    scratch.sweep()
    assert kept.is_dir(), "it is in use"
    lives.communicate("\n", timeout=60)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="users have no numbers here")
def test_what_is_not_ours_stays(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (temporary / "mcp-lsp-notes").mkdir()
    (temporary / "elsewhere").mkdir()
    (temporary / "elsewhere" / "lock").touch()
    (temporary / "mcp-lsp-link").symlink_to(temporary / "elsewhere")
    scratch.sweep()
    assert names(temporary) == ["elsewhere", "mcp-lsp-link", "mcp-lsp-notes"]
    (temporary / "mcp-lsp-notes" / "lock").touch()
    with monkeypatch.context() as another:
        another.setattr(os, "getuid", lambda: -1)
        scratch.sweep()
    assert "mcp-lsp-notes" in names(temporary), "another user's"
    scratch.sweep()
    assert names(temporary) == ["elsewhere", "mcp-lsp-link"]
