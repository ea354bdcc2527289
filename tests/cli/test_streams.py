"""What goes in and out of the command line: whole bytes in the encoding of the source, UTF-8 into pipes, and streams that
are closed or full."""

from __future__ import annotations

import codecs
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mcp_lsp.project import fixing

SERVER = """from mcp.server.fastmcp import FastMCP

mcp = FastMCP("x")


@mcp.tool
def greet(name: str) -> str:
    \"\"\"Greet somebody, é…\"\"\"
    return name
"""
FIXED = SERVER.replace("@mcp.tool\n", "@mcp.tool()\n")


def mcp_lsp(
    *argv: str, stdin: bytes = b"", env: dict[str, str] | None = None, folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The command line as a process of its own, on a system that is not UTF-8 throughout, as Windows is not."""
    own = {
        **os.environ,
        "PYTHONIOENCODING": "cp1252",
        "PYTHONUTF8": "0",
        "MCP_LSP_CACHE_DIR": str(folder),
        **(env or {}),
    }
    command = [sys.executable, "-m", "mcp_lsp", *argv]
    return subprocess.run(command, input=stdin, capture_output=True, env=own, cwd=folder, check=False, timeout=120)


@pytest.mark.parametrize(
    ("mark", "cookie", "encoding", "end"),
    [
        (b"", "", "utf-8", "\n"),
        (b"", "", "utf-8", "\r\n"),
        (codecs.BOM_UTF8, "", "utf-8", "\r\n"),
        (codecs.BOM_UTF16_LE, "", "utf-16-le", "\n"),
        (b"", "# -*- coding: cp1252 -*-\n", "cp1252", "\n"),
    ],
)
def test_fixed_text_has_the_encoding_and_line_ends_of_what_came_in(
    mark: bytes, cookie: str, encoding: str, end: str, tmp_path: Path
) -> None:
    before, after = (mark + (cookie + text).replace("\n", end).encode(encoding) for text in (SERVER, FIXED))
    ran = mcp_lsp("check", "--fix", "-", "--stdin-filename", "a.py", stdin=before, folder=tmp_path)
    assert ran.stdout == after


def test_what_the_encoding_cannot_hold_is_said(tmp_path: Path) -> None:
    reason = "agreed with 田中"
    stdin = ("# coding: cp1252\n" + SERVER).encode("cp1252")
    argv = ("check", "--select", "MCP107", "--add-ignore", reason, "-", "--stdin-filename", "a.py")
    ran = mcp_lsp(*argv, stdin=stdin, folder=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"what was changed in it could not be written: the file's encoding cannot be written" in ran.stderr


def test_a_patch_can_be_applied_and_xml_be_read_wherever_they_were_written(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(SERVER.replace("somebody", "日本"), encoding="utf-8")
    patch = mcp_lsp("check", "--diff", "a.py", folder=tmp_path).stdout.decode()
    assert "日本, é…" in patch
    xml = mcp_lsp("check", "a.py", "--output-format", "junit", folder=tmp_path).stdout
    assert ElementTree.fromstring(xml).tag == "testsuites"


def test_what_somebody_wrote_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("theirs\n", encoding="utf-8")
    with pytest.raises(OSError, match="changed by another program meanwhile"):
        fixing.write(str(path), b"what was read before\n", "fixed\n")
    assert path.read_text(encoding="utf-8") == "theirs\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
@pytest.mark.parametrize("argv", [["check", "a.py"], ["check", "a.py", "--output-format", "json"], ["rule", "MCP301"]])
def test_a_full_disk_is_no_failure_of_ours(argv: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(SERVER, encoding="utf-8")
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "mcp_lsp", *argv], stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, check=False
        )
    assert ran.returncode == 2
    assert ran.stderr == b"mcp-lsp: what there is to say cannot be written: No space left on device\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that closes streams")
@pytest.mark.parametrize(
    ("closed", "status", "said"),
    [(">&-", 1, ""), ("2>&-", 1, ""), (">&- 2>&-", 1, ""), ("<&-", 2, "mcp-lsp: standard input is closed\n")],
)
def test_closed_streams(closed: str, status: int, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(SERVER, encoding="utf-8")
    what = "- --stdin-filename a.py" if "<" in closed else "a.py"
    script = f'"$PYTHON" -m mcp_lsp check {what} {closed}'
    ran = subprocess.run(
        ["/bin/sh", "-c", script],
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHON": sys.executable},
        check=False,
    )
    assert (ran.returncode, ran.stderr.decode()) == (status, said)
