"""Ways of asking what a text begins with: its first character, and where in it something is found first."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

_PYTHON = """
    import os
    import subprocess
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("story")
    BASE = os.path.realpath("/srv/notes")

    @mcp.tool()
    def switch(branch: str) -> str:
        if {check}:
            raise ValueError("no branch")
        return subprocess.run(["git", "checkout", branch], capture_output=True, text=True).stdout

    @mcp.tool()
    def show(name: str) -> str:
        target = os.path.realpath(os.path.join(BASE, name))
        if {inside}:
            raise ValueError("outside")
        return open(target).read()
    """

_NODE = """
    import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
    import {{ execFileSync }} from "node:child_process";
    import fs from "node:fs";
    import path from "node:path";
    import {{ z }} from "zod";

    const server = new McpServer({{ name: "story", version: "1.0.0" }});
    const BASE = fs.realpathSync("/srv/notes");

    server.registerTool("switch", {{ inputSchema: {{ branch: z.string() }} }}, async ({{ branch }}) => {{
      if ({check}) throw new Error("no branch");
      return {{ content: [{{ type: "text", text: String(execFileSync("git", ["checkout", branch])) }}] }};
    }});

    server.registerTool("show", {{ inputSchema: {{ name: z.string() }} }}, async ({{ name }}) => {{
      const target = fs.realpathSync(path.resolve(BASE, name));
      if ({inside}) throw new Error("outside");
      return {{ content: [{{ type: "text", text: fs.readFileSync(target, "utf8") }}] }};
    }});
    """


def _told(text: str, language: str, rule: str, **checks: str) -> int:
    given = {"check": "False" if language == "python" else "false"}
    given["inside"] = given["check"]
    text = textwrap.dedent(text).format(**(given | checks))
    name = "server.py" if language == "python" else "server.ts"
    return sum(d.rule.id == rule for d in check_text(f"file:///{name}", text, language))


@pytest.mark.parametrize(
    ("check", "found"),
    [
        ('branch[:1] == "-"', 0),
        ('branch[0:1] in ("-", "+")', 0),
        ('branch[0] in "-+"', 0),
        ('branch.find("-") == 0', 0),
        ('branch[1:] == "-"', 1),
        ('branch[:1] != "-"', 1),
        ('branch[0] in "+"', 1),
        ('branch[0] not in "-+"', 1),
        ('branch.find("--") == 0', 1),
        ('branch.find("-") == 1', 1),
    ],
)
def test_a_dash(check: str, found: int) -> None:
    assert _told(_PYTHON, "python", "MCP303", check=check) == found


@pytest.mark.parametrize(
    ("check", "found"),
    [
        ('branch.at(0) === "-"', 0),
        ('branch.slice(0, 1) === "-"', 0),
        ('branch.substring(0, 1) === "-" || branch.includes(" ")', 0),
        ('branch.indexOf("-") === 0', 0),
        ('["-", "+"].includes(branch[0])', 0),
        ('"-+".includes(branch.charAt(0))', 0),
        ('branch.at(1) === "-"', 1),
        ('branch.slice(0, 2) === "--"', 1),
        ('branch.slice(1) === "-"', 1),
        ('branch.indexOf("-") !== 0', 1),
    ],
)
def test_a_dash_in_node(check: str, found: int) -> None:
    assert _told(_NODE, "typescript", "MCP303", check=check) == found


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ('target.find(BASE + "/") != 0', 0),
        ("target.index(BASE + os.sep) != 0", 0),
        ('target.find(BASE + "/") == 0', 1),
        ("target.find(BASE) != 0", 1),
        ('target.find(BASE + "/") != -1', 1),
    ],
)
def test_a_folder(inside: str, found: int) -> None:
    assert _told(_PYTHON, "python", "MCP305", inside=inside) == found


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("target.indexOf(BASE + path.sep) !== 0", 0),
        ("!(target.indexOf(`${BASE}/`) === 0)", 0),
        ("target.indexOf(BASE + path.sep) === 0", 1),
        ("target.indexOf(BASE) !== 0", 1),
    ],
)
def test_a_folder_in_node(inside: str, found: int) -> None:
    assert _told(_NODE, "typescript", "MCP305", inside=inside) == found
