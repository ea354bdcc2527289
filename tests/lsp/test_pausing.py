"""Whoever types does not wait for a handler that is looked at in a pause, however long it leads through a project."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from mcp_lsp.check import allowance
from mcp_lsp.lsp import documents
from mcp_lsp.lsp.session import Session
from mcp_lsp.lsp.wire import Output
from tests.lsp.client import capabilities

LONG = "\n".join(f"    text += str({n})" for n in range(80))
SERVER = f'''
import os
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("x")

@mcp.tool()
def long(host: str) -> str:
    """Ask a host after much else."""
    text = ""
{LONG}
    return os.popen(host).read() + text

@mcp.tool()
def short(host: str) -> str:
    """Ask a host."""
    return os.popen(host).read()
'''


class Typing:
    """A session in which a file was opened whose handlers are all still to be looked at."""

    def __init__(self, folder: Path) -> None:
        self.output = io.BytesIO()
        self.session = Session(Output(self.output), "0", clock=lambda: 0.0)
        self.uri = (folder / "server.py").as_uri()
        self.version = 1
        folders = [{"uri": folder.as_uri(), "name": "x"}]
        self.send("initialize", {"capabilities": capabilities("vscode"), "workspaceFolders": folders}, id=1)
        self.send("initialized", {})
        item = {"uri": self.uri, "languageId": "python", "version": 1, "text": SERVER}
        self.send("textDocument/didOpen", {"textDocument": item})

    def send(self, method: str, params: Any, **more: Any) -> None:
        self.session.receive({"jsonrpc": "2.0", "method": method, "params": params, **more})

    def type(self, text: str) -> None:
        self.version += 1
        start = {"line": 0, "character": 0}
        change = {"range": {"start": start, "end": start}, "text": text}
        what = {"uri": self.uri, "version": self.version}
        self.send("textDocument/didChange", {"textDocument": what, "contentChanges": [change]})

    def pause(self, times: int = 3) -> None:
        for _ in range(times):
            self.session.pause()

    def found(self) -> list[int]:
        """The lines of the commands that were told."""
        self.output.seek(0)
        self.output.truncate()
        self.send("textDocument/diagnostic", {"textDocument": {"uri": self.uri}}, id=2)
        said = json.loads(self.output.getvalue().split(b"\r\n\r\n")[-1])
        items = [item for item in said["result"]["items"] if item["code"] == "MCP301"]
        return sorted(item["range"]["start"]["line"] for item in items)


@pytest.fixture
def typing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typing:
    monkeypatch.setattr(documents, "OPENING", 0.0)
    return Typing(tmp_path)


def test_a_pause_ends_where_somebody_types(typing: Typing) -> None:
    line = SERVER[: SERVER.index("return os")].count("\n")
    assert typing.found() == []
    typing.session.waiting = lambda: True
    typing.pause()
    assert line not in typing.found(), "it was left"
    typing.type("#\n")
    typing.pause()
    assert line + 1 not in typing.found(), "and left again"
    typing.session.waiting = lambda: False
    typing.pause()
    assert line + 1 in typing.found()


def test_what_is_quickly_looked_at_is_not_kept_waiting_by_what_is_not(typing: Typing) -> None:
    typing.session.waiting = lambda: True
    typing.pause()
    assert typing.found() == [SERVER[: SERVER.rindex("return os")].count("\n")]


def test_somebody_who_never_pauses_is_told_in_the_end(typing: Typing, monkeypatch: pytest.MonkeyPatch) -> None:
    typing.session.waiting = lambda: True
    typing.pause()
    assert len(typing.found()) == 1
    monkeypatch.setattr(allowance, "STUBBORN", 0.0)
    typing.pause()
    assert len(typing.found()) == 2


def test_what_takes_long_is_shown_as_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "OPENING", 0.0)
    typing = Typing(tmp_path)
    now = 0.0
    typing.session.clock = lambda: now
    typing.session.waiting = lambda: True

    def shown() -> list[tuple[str, str, int | None]]:
        found = [json.loads(part[part.index(b"{") :]) for part in typing.output.getvalue().split(b"Content-Length")[1:]]
        typing.output.seek(0)
        typing.output.truncate()
        values = [message["params"]["value"] for message in found if message.get("method") == "$/progress"]
        return [(value["kind"], value.get("message", ""), value.get("percentage")) for value in values]

    shown()
    typing.pause()
    assert shown() == [], "a moment is nothing to speak of"
    now = 1.5
    typing.pause()
    assert shown() == [("begin", "", 0), ("report", "1 of 2 handlers", 50)]
    typing.session.waiting = lambda: False
    typing.pause()
    assert [kind for kind, _, _ in shown()] == ["end"]
