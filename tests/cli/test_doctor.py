"""``mcp-lsp doctor``: why a file has no findings, in the words of what really decided it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mcp_lsp.cli.doctor import _editor_in_words, editor

from .conftest import Run

SERVER = """\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("demo")


@mcp.tool()
def ping(mode: str) -> str:
    return mode
"""


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"server.py": SERVER}, "  server.py: mcp 1: 1 tool; 2 findings\n"),
        ({"server.py": "import mcp.client\n"}, "  server.py: imports mcp.client, but makes no server and declares nothing of one; no findings\n"),
        ({"util.py": "x = 1\n"}, "  1 other file without a server, import of an MCP SDK or finding (--all lists them)\n"),
        ({"server.ts": 'import { X } from "@modelcontextprotocol/sdk/client";\n'}, "imports @modelcontextprotocol/sdk/client, but makes no server"),
        ({"server.py": SERVER + "def (\n"}, "; syntax not understood in line 9; everything around it was analysed\n"),
        ({"server.py": b"\x00\x01binary"}, "  server.py: no findings; a binary file\n"),
        ({"server.py": SERVER, "requirements.txt": "mcp==1.9.4\n"}, "  .: mcp ==1.9.4 (requirements.txt)\n"),
        ({"server.py": SERVER}, "  .: no manifest, lock file or environment names an MCP SDK; imports decide\n"),
        ({"server.py": SERVER, "mcp-lsp.toml": 'ignore = ["MCP9"]\nper-file-ignores = { "*.py" = ["MCP3"] }\n'}, '    ignore = ["MCP9"]\n'),
        ({"server.py": SERVER, "mcp-lsp.toml": 'per-file-ignores = { "*.py" = ["MCP301"] }\n'}, "; per-file-ignores leaves out 1 rule\n"),
        ({"server.py": SERVER, "mcp-lsp.toml": "selct = []\n"}, '  wrong: mcp-lsp.toml: has no setting "selct"; did you mean "select"?\n'),
        ({"server.py": SERVER, "mcp-lsp.toml": "selct = []\n"}, "  until that is mended, no file is looked at\n"),
        ({"server.py": SERVER, "node_modules/x/a.js": ""}, "Left out\n  node_modules: excluded by default\n"),
    ],
)  # fmt: skip
def test_why_a_file_has_no_findings(run: Run, files: dict[str, str | bytes], said: str) -> None:
    ran = run("doctor", files=files)
    assert said in ran.out
    assert ran.code == (1 if "wrong: " in ran.out else 0)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("#!{python}\nimport sys\n", "starts this one"),
        ('#!/bin/sh\nQQQexec\' "{python}" "$0" "$@"\n\' QQQ\n', "starts this one"),
        ("#!/usr/bin/python9\n", "starts another one"),
        (None, "is not on PATH"),
    ],
)
def test_what_an_editor_starts(script: str | None, said: str, tmp_path: Path) -> None:
    if script is not None:
        (tmp_path / "mcp-lsp").write_text(script.replace("QQQ", 3 * "'").format(python=sys.executable))
    told = editor(str(tmp_path / "mcp-lsp") if script is not None else None, sys.executable)
    (line,) = _editor_in_words(told)
    assert said in line
    assert ("-m mcp_lsp lsp` starts this one" in line) == (said != "starts this one")


def test_versions_and_places(run: Run) -> None:
    from mcp_lsp import __version__

    report = run("doctor", "--output-format", "json", files={"server.py": SERVER}).json
    assert report["version"] == __version__
    assert all(each["version"] for each in report["libraries"])
    (file,) = report["files"]
    assert file["servers"] == [{"sdk": "mcp 1", "tools": ["ping"], "prompts": [], "resources": []}]


def test_nothing_there(run: Run) -> None:
    ran = run("doctor", "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "mcp-lsp: nowhere: no such file or folder\n"
