"""Values between the quotes of a statement: what they are matched with has to keep the quote out, and nothing else."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

PYTHON = """
    import re
    import sqlite3
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("people")
    base = sqlite3.connect("people.db")

    @mcp.tool()
    def find(name: str) -> list:
        if not re.fullmatch(r"PATTERN", name):
            raise ValueError(name)
        return base.execute(f"SELECT * FROM people WHERE STATEMENT").fetchall()
    """
TYPESCRIPT = """
    import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
    import { Pool } from "pg";
    import { z } from "zod";

    const server = new McpServer({ name: "people", version: "1" });
    const pool = new Pool();
    server.tool("find", "Finds people", { name: z.string() }, async ({ name }) => {
      if (!/^PATTERN$/.test(name)) throw new Error(name);
      return await pool.query(`SELECT * FROM people WHERE STATEMENT`);
    });
    """


@pytest.mark.parametrize(
    ("pattern", "statement", "told"),
    [
        ("[A-Za-z0-9 _-]+", "name = '@'", False),
        ("[A-Za-z0-9 _-]+", "name LIKE '%@%'", False),
        ("[A-Za-z0-9 ;()]+", 'name = "@"', False),
        ("[^'\\\\]+", "name = '@'", False),
        ("[A-Za-z0-9 '-]+", "name = '@'", True),
        ("[A-Za-z0-9 \\\\]+", "name = '@'", True),
        ('[A-Za-z0-9 "-]+', 'name = "@"', True),
        ("[A-Za-z0-9 _-]+", "id = @", True),
        ("[A-Za-z0-9 _-]+", "name = 'Mr' AND id = @", True),
    ],
)
@pytest.mark.parametrize("language", ["py", "ts"])
def test_a_value_in_quotes_that_it_cannot_end(pattern: str, statement: str, told: bool, language: str) -> None:
    story, value = (PYTHON, "{name}") if language == "py" else (TYPESCRIPT, "${name}")
    if language == "py":
        statement, pattern = statement.replace('"', '\\"'), pattern.replace('"', '\\"')
    text = textwrap.dedent(story).replace("PATTERN", pattern).replace("STATEMENT", statement.replace("@", value))
    found = check_text(f"file:///mcp/story.{language}", text)
    assert ("MCP307" in [d.rule.id for d in found]) is told
