"""What a declaration lacks that somebody is writing is said when they hesitate, however the editor is told."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from mcp_lsp.lsp.session import Session
from mcp_lsp.lsp.telling import HESITATION, PAUSE
from mcp_lsp.lsp.wire import Output
from tests.lsp.client import capabilities

SERVER = """\
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
const server = new McpServer({ name: "garden", version: "1.0.0" });

server.registerTool("water", { description: "Water a bed.", annotations: {} }, async () => {
  return { content: [] };
});
"""
LINE = 4
COLUMN = SERVER.split("\n")[LINE].index("{} }") + 1


class Writing:
    """A session in which an unknown hint is written letter by letter, on a clock that is turned by hand."""

    def __init__(self, folder: Path, editor: str) -> None:
        self.now, self.version, self.column = 0.0, 1, COLUMN
        self.output = io.BytesIO()
        self.session = Session(Output(self.output), "0", clock=lambda: self.now)
        self.file = folder / "server.ts"
        self.file.write_text(SERVER)
        folders = [{"uri": folder.as_uri(), "name": "x"}]
        self.send("initialize", {"capabilities": capabilities(editor), "workspaceFolders": folders}, id=1)
        self.send("initialized", {})
        item = {"uri": self.uri, "languageId": "typescript", "version": 1, "text": SERVER}
        self.send("textDocument/didOpen", {"textDocument": item})
        self.quiet(10.0)

    @property
    def uri(self) -> str:
        return self.file.as_uri()

    def send(self, method: str, params: Any, **more: Any) -> list[Any]:
        """What the server says to that."""
        self.output.seek(0)
        self.output.truncate()
        self.session.receive({"jsonrpc": "2.0", "method": method, "params": params, **more})
        self.session.push()
        return self.said()

    def said(self) -> list[Any]:
        return [json.loads(part[part.index(b"{") :]) for part in self.output.getvalue().split(b"Content-Length")[1:]]

    def type(self, text: str) -> list[Any]:
        self.version += 1
        at = {"line": LINE, "character": self.column}
        self.column += len(text)
        change = {"range": {"start": at, "end": at}, "text": text}
        what = {"uri": self.uri, "version": self.version}
        return self.send("textDocument/didChange", {"textDocument": what, "contentChanges": [change]})

    def quiet(self, seconds: float) -> list[Any]:
        """What the server says while nothing comes for so long."""
        self.output.seek(0)
        self.output.truncate()
        end = self.now + seconds
        while (patience := self.session.patience) is not None and self.now + patience <= end and self.now < end:
            self.now += patience or 0.001
            self.session.pause()
            self.session.push()
        self.now = end
        return self.said()

    def pull(self) -> list[str]:
        said = self.send("textDocument/diagnostic", {"textDocument": {"uri": self.uri}}, id=2)
        return [item["code"] for item in said[-1]["result"]["items"]]


def refreshed(said: list[Any]) -> bool:
    return "workspace/diagnostic/refresh" in [each.get("method") for each in said]


def published(said: list[Any]) -> list[list[str]]:
    """The rules of each report that was sent."""
    reports = [each for each in said if each.get("method") == "textDocument/publishDiagnostics"]
    return [[item["code"] for item in each["params"]["diagnostics"]] for each in reports]


def test_an_editor_that_asks_again(tmp_path: Path) -> None:
    writing = Writing(tmp_path, "vscode")
    for letter in "destr":
        writing.type(letter)
        assert "MCP105" not in writing.pull()
        assert not refreshed(writing.quiet(PAUSE * 2))
    assert "MCP105" not in writing.pull()
    assert refreshed(writing.quiet(HESITATION))
    assert "MCP105" in writing.pull()


def test_an_editor_that_is_sent_them(tmp_path: Path) -> None:
    writing = Writing(tmp_path, "emacs")
    for letter in "destr":
        assert not any("MCP105" in each for each in published(writing.type(letter) + writing.quiet(PAUSE * 2)))
    assert ["MCP105" in each for each in published(writing.quiet(HESITATION))] == [True]


def test_an_editor_that_asks_a_second_time_and_is_told_nothing_unasked(tmp_path: Path) -> None:
    writing = Writing(tmp_path, "helix")
    writing.type("destr")
    writing.now += 0.25
    assert "MCP105" not in writing.pull()
    writing.now += 1.0
    assert "MCP105" in writing.pull()


def test_saving_is_the_end_of_it(tmp_path: Path) -> None:
    writing = Writing(tmp_path, "vscode")
    writing.type("destr")
    assert refreshed(writing.send("textDocument/didSave", {"textDocument": {"uri": writing.uri}}))
    assert "MCP105" in writing.pull()


@pytest.mark.parametrize("seconds", [0.0, 0.5])
def test_what_is_typed_next_begins_the_wait_anew(seconds: float, tmp_path: Path) -> None:
    writing = Writing(tmp_path, "vscode")
    writing.type("destr")
    writing.pull()
    writing.quiet(seconds)
    writing.type("o")
    writing.pull()
    assert not refreshed(writing.quiet(HESITATION - 0.1))
    assert refreshed(writing.quiet(0.2))
