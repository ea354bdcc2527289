"""What an editor shows is asked for again when another SDK makes something else of the same source."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lsp.client import JSON, capabilities, running


@pytest.mark.parametrize("kind", ["inlayHint", "codeLens"])
def test_other_versions_make_other_hints(kind: str, tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("mcp==1.30.0\n", encoding="utf-8")
    server = tmp_path / "server.py"
    server.write_text('from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n', encoding="utf-8")
    with running() as client:
        client.initialize(capabilities("vscode"), rootUri=tmp_path.as_uri())
        client.open(server.as_uri(), server.read_text(encoding="utf-8"))
        client.pull(server.as_uri())
        (tmp_path / "requirements.txt").write_text("mcp==2.3.0\n", encoding="utf-8")
        changed: JSON = {"uri": (tmp_path / "requirements.txt").as_uri(), "type": 2}
        client.notify("workspace/didChangeWatchedFiles", {"changes": [changed]})
        assert client.wait(f"workspace/{kind}/refresh") is None
        client.end()


def test_an_editor_that_cannot_is_not_asked_to(tmp_path: Path) -> None:
    server = tmp_path / "server.py"
    with running() as client:
        client.initialize({}, rootUri=tmp_path.as_uri())
        client.open(server.as_uri(), "x = 1\n")
        changed: JSON = {"uri": (tmp_path / "requirements.txt").as_uri(), "type": 2}
        client.notify("workspace/didChangeWatchedFiles", {"changes": [changed]})
        client.end()
        assert not [m for m in client.messages if m["method"].endswith("/refresh")]


SHELL = "import subprocess\n\n\ndef ask(host):\n    return subprocess.run({}, shell=True, check=True)\n"
SERVER = '''from mcp.server.fastmcp import FastMCP
from shell import ask

mcp = FastMCP("x")


@mcp.tool()
def ping(host: str) -> str:
    """Ask whether a host answers."""
    return str(ask(host))
'''


def codes(items: list[JSON]) -> set[str]:
    return {item["code"] for item in items} & {"MCP301"}


@pytest.mark.parametrize("editor", ["vscode", "emacs", "helix"])
def test_what_an_edit_means_for_another_open_file_is_told(editor: str, tmp_path: Path) -> None:
    server, shell = tmp_path / "server.py", tmp_path / "shell.py"
    server.write_text(SERVER, encoding="utf-8")
    shell.write_text(SHELL.format("'ping'"), encoding="utf-8")
    with running() as client:
        client.initialize(capabilities(editor), rootUri=tmp_path.as_uri())

        def judged() -> set[str]:
            if editor == "emacs":  # is sent them
                ours = client.wait("textDocument/publishDiagnostics", lambda said: said["uri"] == server.as_uri())
                return codes(ours["diagnostics"])
            return codes(client.pull(server.as_uri())["items"])

        client.open(server.as_uri(), SERVER)
        assert judged() == set()
        client.open(shell.as_uri(), shell.read_text(encoding="utf-8"))
        client.change(shell.as_uri(), 2, {"text": SHELL.format("'ping ' + host")})
        if editor == "vscode":  # is told to ask
            client.wait("workspace/diagnostic/refresh")
            assert judged() == {"MCP301"}
        while judged() != {"MCP301"}:
            pass  # Helix asks for all that is open after each edit, as `interFileDependencies` says
        client.end()
