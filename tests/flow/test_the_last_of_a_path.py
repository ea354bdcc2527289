"""What is left of a path that is taken apart: its last word, and the folders above it."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

_PYTHON = """
    import os
    from pathlib import Path
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("story")
    ROOT = Path("/srv/notes").resolve()
    OTHER = Path(os.environ["OTHER"])

    @mcp.tool()
    def show(name: str) -> str:
        target = (ROOT / name).resolve()
        {body}
    """

_NODE = """
    import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
    import fs from "node:fs";
    import path from "node:path";
    import {{ z }} from "zod";

    const server = new McpServer({{ name: "story", version: "1.0.0" }});

    server.registerTool("show", {{ inputSchema: {{ name: z.string() }} }}, async ({{ name }}) => {{
      const parts = {parts};
      const file = path.join("/srv/notes", {last});
      return {{ content: [{{ type: "text", text: fs.readFileSync(file, "utf8") }}] }};
    }});
    """


def _told(text: str, language: str, **parts: str) -> bool:
    text = textwrap.dedent(text).format(**parts)
    name = "server.py" if language == "python" else "server.ts"
    return any(d.rule.id == "MCP305" for d in check_text(f"file:///{name}", text, language))


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ('name.split("/")[-1]', False),
        ('name.rsplit("/", 1)[-1]', False),
        ('name.rpartition("/")[2]', False),
        ('name.replace("\\\\", "/").split("/")[-1]', False),
        ('name.split("/", 1)[-1]', True),
        ('name.split("/")[1]', True),
        ('name.split(".")[-1]', True),
        ('name.rpartition("/")[0]', True),
        ('name.rpartition(".")[2]', True),
        ('"/".join(name.split("/")[1:])', True),
    ],
)
def test_the_last_word(last: str, found: bool) -> None:
    assert _told(_PYTHON, "python", body=f"return (ROOT / {last}).read_text()") is found


@pytest.mark.parametrize(
    ("parts", "last", "found"),
    [
        ('name.split("/")', "parts.pop()!", False),
        ('name.split("/")', "parts.at(-1)!", False),
        ("name.split(/[\\\\/]/)", "parts[parts.length - 1]", False),
        ('name.split("/").filter(Boolean)', "parts.pop()!", False),
        ('name.split(".")', "parts.pop()!", True),
        ('name.split("/")', "parts[parts.length - 2]", True),
        ('name.split("/")', 'parts.slice(1).join("/")', True),
        ('name.split(".").filter(Boolean)', "parts.pop()!", True),
    ],
)
def test_the_last_word_in_node(parts: str, last: str, found: bool) -> None:
    assert _told(_NODE, "typescript", parts=parts, last=last) is found


@pytest.mark.parametrize(
    ("outside", "found"),
    [
        ("ROOT not in (target, *target.parents)", False),
        ("ROOT not in [target, *target.parents]", False),
        ("not (ROOT in {target, *target.parents})", False),
        ("ROOT not in [target] + list(target.parents)", False),
        ("ROOT in (target, *target.parents)", True),
        ("ROOT not in (OTHER, *target.parents)", True),
    ],
)
def test_the_folders_above_and_itself(outside: str, found: bool) -> None:
    body = f"if {outside}:\n        raise ValueError(name)\n    return target.read_text()"
    assert _told(_PYTHON, "python", body=body) is found
