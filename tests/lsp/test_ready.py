"""What a hover needs is there before somebody hovers: counted in modules, in an interpreter of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

pytestmark = pytest.mark.slow

PYTHON = 'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool()\ndef read(a: int) -> str:\n    """Read."""\n'
SCRIPT = (
    'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nimport { z } from "zod";\n'
    'const server = new McpServer({ name: "x", version: "1" });\n'
    'server.registerTool("read", { inputSchema: { a: z.string() } }, async () => ({ content: [] }));\n'
)
BEFORE = """
    import io, json, os, sys
    from mcp_lsp.lsp.session import Session
    from mcp_lsp.lsp.wire import Output
    name, language, text, folder = json.loads(sys.argv[1])
    session = Session(Output(io.BytesIO()), "0", clock=lambda: 0.0)
    def wait():
        while session.patience == 0.0:
            session.pause()
    wait()
    params = {"capabilities": {}, "workspaceFolders": [{"uri": folder, "name": "x"}]}
    session.receive({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params})
    wait()
    session.receive({"jsonrpc": "2.0", "method": "initialized", "params": {}})
    before = set(sys.modules)
    document = {"uri": folder + "/" + name, "languageId": language, "version": 1, "text": text}
    session.receive({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}})
    new = {m for m in set(sys.modules) - before if m.startswith(("mcp_lsp", "tree_sitter"))}
    print(json.dumps(sorted(new)))
"""
CONVERSATION = """
    import io, json, sys
    out = io.BytesIO()
    from mcp_lsp.lsp.session import Session
    from mcp_lsp.lsp.wire import Output
    session = Session(Output(out), "0", clock=lambda: 0.0)
    def send(method, params, **more):
        message = {"jsonrpc": "2.0", "method": method, "params": params, **more}
        session.receive(message)
        session.push()
    send("initialize", {"capabilities": {}}, id=1)
    send("initialized", {})
    name, language, text, line, character = json.loads(sys.argv[1])
    document = {"uri": "file:///nowhere/" + name, "languageId": language, "version": 1, "text": text}
    send("textDocument/didOpen", {"textDocument": document})
    pauses = 0
    while session.patience is not None and session.patience < 1:
        session.pause()
        pauses += 1
    before = set(sys.modules)
    out.truncate(0)
    where = {"textDocument": {"uri": document["uri"]}, "position": {"line": line, "character": character}}
    send("textDocument/hover", where, id=2)
    assert b"inputSchema" in out.getvalue(), out.getvalue()
    print(json.dumps([pauses, sorted(m for m in set(sys.modules) - before if "." in m or "lsp" in m)]))
"""


@pytest.mark.parametrize(
    ("name", "language", "text", "line", "character"),
    [("server.py", "python", PYTHON, 3, 5), ("server.ts", "typescript", SCRIPT, 3, 22)],
)
def test_a_first_hover_loads_nothing(name: str, language: str, text: str, line: int, character: int) -> None:
    given = json.dumps([name, language, text, line, character])
    done = subprocess.run(
        [sys.executable, "-c", dedent(CONVERSATION), given], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    pauses, loaded = json.loads(done.stdout)
    assert loaded == []
    assert 1 <= pauses <= 8, "one part in each pause, and one for what was opened"


@pytest.mark.parametrize(
    ("name", "language", "text", "manifest"),
    [("server.py", "python", PYTHON, "pyproject.toml"), ("server.ts", "typescript", SCRIPT, "package.json")],
)
def test_who_opens_a_first_file_waits_for_little_to_be_loaded(
    name: str, language: str, text: str, manifest: str, tmp_path: Path
) -> None:
    """While the client prepares its first messages nobody waits, so that is when the analysis is loaded."""
    (tmp_path / manifest).write_text("")
    given = json.dumps([name, language, text, tmp_path.as_uri()])
    done = subprocess.run([sys.executable, "-c", dedent(BEFORE), given], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
