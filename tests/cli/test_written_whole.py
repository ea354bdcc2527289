"""What commands keep for the next time is written whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from .conftest import Run
from .test_advisories import RECORD

SERVER = '''from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")


@mcp.tool()
def add(text: str) -> str:
    """Add a note."""
    print(text)
    return text


mcp.run()
'''
FILES: dict[str, str | bytes] = {
    "requirements.txt": "mcp==1.9.0\n",
    "server.py": SERVER,
    "osv.json": json.dumps([RECORD]),
}


@pytest.mark.parametrize(
    ("file", "command"),
    [
        ("mcp-lsp.approved.json", ["approve", "--anew"]),
        ("mcp-lsp.advisories.json", ["advisories", "--from", "osv.json"]),
        ("bom.json", ["sbom", "--output-file", "bom.json"]),
        ("found.txt", ["check", "--output-file", "found.txt"]),
        ("found.json", ["check", "--output-format", "json", "--output-file", "found.json"]),
        ("page.html", ["check", "--report", "html=page.html"]),
        ("kept.json", ["check", "--baseline", "kept.json", "--write-baseline"]),
        ("server.py", ["check", "--fix", "server.py"]),
    ],
)
def test_what_stood_there_stands_where_it_cannot_be_written(
    file: str, command: list[str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    run("check", files=FILES)
    if file not in FILES:
        assert run(*command).code in (0, 1)
    before = (tmp_path / file).read_bytes()
    run("check", files={"server.py": SERVER + "y = 1  # mcp-lsp: ignore\n"} if file == "kept.json" else {})
    there = sorted(os.listdir(tmp_path))
    monkeypatch.setattr(os, "replace", full)
    ran = run(*command)
    assert (tmp_path / file).read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == there
    assert ran.code == 2, ran.out
    assert "No space left on device" in ran.err + ran.out


def test_a_report_is_there_when_the_run_is_over(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mcp_lsp.cli import checking

    command = ("check", "--output-file", "found.txt", "--report", "json=found.json")
    run(*command, files=FILES)
    before = (tmp_path / "found.txt").read_bytes()
    assert b"server.py" in before

    def ended(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "found.json").unlink()
    monkeypatch.setattr(checking, "_collect", ended)
    run(*command)
    assert (tmp_path / "found.txt").read_bytes() == before
    assert not (tmp_path / "found.json").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_what_is_no_regular_file_is_written_into(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert run("check", "--output-file", "pipe", files=FILES).code == 1
    assert b"server.py" in os.read(reader, 65536)
    os.close(reader)


def test_a_file_that_may_not_be_written_is_told_first(run: Run, tmp_path: Path) -> None:
    ran = run("check", "--output-file", ".", files=FILES)
    assert (ran.code, ran.out) == (2, "")
    assert "--output-file .: Is a directory" in ran.err
