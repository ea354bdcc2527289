"""A text that is split at each quote and joined again, with something else in its place."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

_PYTHON = """
    import subprocess
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("story")

    @mcp.tool()
    def say(text: str) -> str:
        quoted = {quoted}
        return subprocess.getoutput("echo '" + quoted + "'")
    """

_NODE = """
    import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
    import {{ execSync }} from "node:child_process";
    import Database from "better-sqlite3";
    import {{ z }} from "zod";

    const server = new McpServer({{ name: "story", version: "1.0.0" }});
    const db = new Database("notes.db");

    server.registerTool("say", {{ inputSchema: {{ text: z.string() }} }}, async ({{ text }}) => {{
      return {{ content: [{{ type: "text", text: String(execSync(`echo '${{{quoted}}}'`)) }}] }};
    }});

    server.registerTool("table", {{ inputSchema: {{ name: z.string() }} }}, async ({{ name }}) => {{
      const rows = db.prepare(`SELECT * FROM "${{{doubled}}}"`).all();
      return {{ content: [{{ type: "text", text: JSON.stringify(rows) }}] }};
    }});
    """


def _told(text: str, language: str, **parts: str) -> set[str]:
    text = textwrap.dedent(text).format(**({"quoted": '""', "doubled": '""'} | parts))
    name = "server.py" if language == "python" else "server.ts"
    return {d.rule.id for d in check_text(f"file:///{name}", text, language) if d.rule.id in ("MCP301", "MCP307")}


@pytest.mark.parametrize(
    ("quoted", "found"),
    [
        (r"""r"'\''".join(text.split("'"))""", set()),
        (r"""r"'\''".join(text.split("'", 1))""", {"MCP301"}),
        (r"""r"'\''".join(text.split())""", {"MCP301"}),
        (""""''".join(text.split("'"))""", {"MCP301"}),
    ],
)
def test_a_quote(quoted: str, found: set[str]) -> None:
    assert _told(_PYTHON, "python", quoted=quoted) == found


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"quoted": """text.split("'").join("'\\\\''")"""}, set()),
        ({"quoted": """text.split("'").join("''")"""}, {"MCP301"}),
        ({"quoted": """text.split('"').join("'\\\\''")"""}, {"MCP301"}),
        ({"doubled": """name.split('"').join('""')"""}, set()),
        ({"doubled": """name.split('"').join('"')"""}, {"MCP307"}),
        ({"doubled": """name.split('"', 2).join('""')"""}, {"MCP307"}),
    ],
)
def test_a_quote_in_node(parts: dict[str, str], found: set[str]) -> None:
    assert _told(_NODE, "typescript", **parts) == found
