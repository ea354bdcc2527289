"""A file whose handlers lead through half of a project is answered for at once; the rest comes in pauses."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from mcp_lsp.lsp import documents
from mcp_lsp.lsp.session import Session
from mcp_lsp.lsp.wire import Output
from tests.lsp.client import capabilities

pytestmark = pytest.mark.slow

TOOLS = "".join(
    f'''
@mcp.tool()
def tool_{n}(host: str) -> str:
    """Ask a host, number {n}."""
    from part_{n} import execute
    return execute(host)
'''
    for n in range(4)
)
KEY = "sk-proj-" + "q7Vt2LmX9cRb4KdW8nYs5HgJ3fZp6TaE1uQiO0vBxNwMkDrP"
SERVER = f'from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("x")\nKEY = "{KEY}"\n{TOOLS}'


def said(output: io.BytesIO) -> list[Any]:
    """The messages since the last time."""
    found = [json.loads(part[part.index(b"{") :]) for part in output.getvalue().split(b"Content-Length")[1:]]
    output.seek(0)
    output.truncate()
    return found


def test_the_first_answer_waits_for_no_other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "OPENING", 0.0)
    monkeypatch.setattr(documents, "SLICE", 1e-9)
    for n in range(4):
        (tmp_path / f"part_{n}.py").write_text("import os\n\n\ndef execute(host):\n    return os.popen(host).read()\n")
    output = io.BytesIO()
    session = Session(Output(output), "0", clock=lambda: 0.0)
    uri = (tmp_path / "server.py").as_uri()

    def send(method: str, params: Any, **more: Any) -> None:
        session.receive({"jsonrpc": "2.0", "method": method, "params": params, **more})

    def pulled() -> list[str]:
        said(output)
        send("textDocument/diagnostic", {"textDocument": {"uri": uri}}, id=2)
        return sorted(item["code"] for item in said(output)[-1]["result"]["items"])

    folders = [{"uri": tmp_path.as_uri(), "name": "x"}]
    send("initialize", {"capabilities": capabilities("vscode"), "workspaceFolders": folders}, id=1)
    send("initialized", {})
    send("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "python", "version": 1, "text": SERVER}})
    index = session.surroundings.index(uri)
    assert index is not None
    first = pulled()
    assert "MCP301" not in first
    assert first, "what needs no other file is there"
    assert index.loaded == 0
    pauses = 0
    while not any(message.get("method") == "workspace/diagnostic/refresh" for message in said(output)):
        before = index.loaded
        session.pause()
        assert index.loaded - before <= 1, "a message waits for one handler at most"
        pauses += 1
    assert pauses >= 4
    assert pulled().count("MCP301") == 4
