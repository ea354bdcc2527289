"""``mcp-lsp lsp --log-file``: what was asked and answered, for whoever has to find out why."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mcp_lsp.lsp.diary import Diary

OPENED = {
    "uri": "untitled:a.py",
    "languageId": "python",
    "version": 1,
    "text": "secret_word = 1\n",
}


def framed(*messages: dict[str, Any]) -> bytes:
    bodies = [json.dumps({"jsonrpc": "2.0", **message}).encode() for message in messages]
    return b"".join(b"Content-Length: %d\r\n\r\n" % len(body) + body for body in bodies)


def conversation(*argv: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "mcp_lsp", "lsp", *argv],
        input=framed(
            {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}},
            {"method": "initialized", "params": {}},
            {"method": "textDocument/didOpen", "params": {"textDocument": OPENED}},
            {"id": 2, "method": "no/such", "params": {}},
            {"id": 3, "method": "shutdown"},
            {"method": "exit"},
        ),
        capture_output=True,
        timeout=60,
    )


def lines(file: Path) -> list[str]:
    """What was written, without the time of day."""
    return [line if line.startswith("    ") else line.partition(" ")[2] for line in file.read_text("utf-8").split("\n")]


def test_each_message_has_its_line(tmp_path: Path) -> None:
    ran = conversation("--log-file", str(tmp_path / "log"))
    assert ran.returncode == 0
    assert b'"id": 1' in ran.stdout or b'"id":1' in ran.stdout
    written = lines(tmp_path / "log")
    assert written[0].startswith("mcp-lsp ")
    heads = [line.partition(",")[0] for line in written]
    assert "> initialize (1)" in heads
    assert "> textDocument/didOpen untitled:a.py" in heads
    assert any(line.startswith("< initialize (1) answered after ") for line in written)
    assert any(line.startswith("< no/such (2) answered after ") and " with an error: " in line for line in written)
    assert "> exit" in heads
    assert "secret_word" not in "\n".join(written)


def test_a_trace_has_the_messages(tmp_path: Path) -> None:
    conversation("--log-file", str(tmp_path / "log"), "--trace")
    whole = [json.loads(line) for line in lines(tmp_path / "log") if line.startswith("    ")]
    assert [
        message["params"]["textDocument"] for message in whole if message.get("method") == "textDocument/didOpen"
    ] == [OPENED]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--trace",), b"mcp-lsp: --trace needs --log-file: standard output belongs to the editor\n"),
        (("--log-file", "no/such/folder/log"), b"mcp-lsp: --log-file no/such/folder/log: No such file or directory\n"),
    ],
)
def test_wrong_use_is_explained(argv: tuple[str, ...], said: bytes) -> None:
    ran = conversation(*argv)
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, b"", said)


def test_nothing_that_a_client_sends_breaks_it() -> None:
    written = io.StringIO()
    diary = Diary(written, clock=lambda: 0.0)
    for body in (
        b"",
        b"[]",
        b"\xff",
        b'{"method": 1, "id": {}, "params": 3}',
        b'{"params": {"textDocument": {"uri": 1}}}',
    ):
        diary.received(body)
        diary.sent(body)
    diary.received(None)
    assert len(written.getvalue().split("\n")) == 13
