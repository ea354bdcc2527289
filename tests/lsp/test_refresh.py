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
