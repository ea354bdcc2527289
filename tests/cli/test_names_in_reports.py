"""Which names a report lists: those that clients will see, and none that is half known."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

HEAD = (
    'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
    'const server = new McpServer({ name: "a", version: "1.0.0" });\n'
    "declare const area: string;\n"
)


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ('"read_notes"', ["read_notes"]),
        ('`${"read"}_notes`', ["read_notes"]),
        ("`read_${area}`", []),
        ("`${area}_read`", []),
        ("`notes_${area}_read`", []),
        ("`notes-${area}-${area}`", []),
    ],
)
def test_names_of_tools(name: str, listed: list[str], run: Run) -> None:
    tool = f'server.registerTool({name}, {{ description: "Reads." }}, async () => ({{ content: [] }}));\n'
    (server,) = run("check", ".", "--output-format", "json", files={"server.ts": HEAD + tool}).json["summary"][
        "servers"
    ]
    assert server["tools"] == listed
