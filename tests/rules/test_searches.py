"""Texts that a model chose, in the quotes of what another service searches for."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

PYTHON = """\
from mcp.server.fastmcp import FastMCP

from .account import drive

mcp = FastMCP("files")


@mcp.tool()
def files(text: str, kind: str = "") -> str:
    {}
    return str(drive().files().list(q=asked, pageSize=10).execute())
"""
TYPESCRIPT = """\
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
import {{ google }} from "googleapis";
import {{ z }} from "zod";

const server = new McpServer({{ name: "files", version: "1.0.0" }});
const drive = google.drive({{ version: "v3" }});

server.registerTool("files", {{ inputSchema: {{ text: z.string() }} }}, async ({{ text }}) => {{
  {}
  const found = await drive.files.list({{ q: asked, pageSize: 10 }});
  return {{ content: [{{ type: "text", text: JSON.stringify(found.data) }}] }};
}});
"""
SAID = ["`text` can end the text that is searched for"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("asked = f\"name contains '{text}' and trashed = false\"", SAID),
        ('asked = "\'" + text + "\' in parents"', SAID),
        ("asked = \"fullText contains '%s'\" % text", SAID),
        ("asked = f\"name contains '{text.replace(chr(39), '')}'\"", SAID),
        (
            'safe = text.replace("\\\\", "\\\\\\\\").replace("\'", "\\\\\'")\n    asked = f"name contains \'{safe}\'"',
            [],
        ),
        ('safe = text.replace("\'", "\\\\\'")\n    asked = f"name contains \'{safe}\'"', SAID),
        ('if "\'" in text:\n        raise ValueError(text)\n    asked = f"name contains \'{text}\'"', []),
        ("if text not in ('a', 'b'):\n        raise ValueError(text)\n    asked = f\"name contains '{text}'\"", []),
        ("asked = text", []),
        ("asked = f\"mimeType = 'text/plain' {text}\"", []),
    ],
)
def test_a_text_in_quotes(asked: str, said: list[str]) -> None:
    found = check_text("file:///files.py", PYTHON.format(asked))
    assert [one.message for one in found if one.rule.id == "MCP307"] == said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("const asked = `name contains '${text}'`;", SAID),
        (r"const asked = `name contains '${text.replace(/\\/g, '\\\\').replace(/'/g, `\\'`)}'`;", []),
    ],
)
def test_in_an_object_of_options(asked: str, said: list[str]) -> None:
    found = check_text("file:///files.ts", TYPESCRIPT.format(asked))
    assert [one.message for one in found if one.rule.id == "MCP307"] == said
