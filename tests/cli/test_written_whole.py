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
