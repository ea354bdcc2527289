"""Text that is put into code or statements: literals that were written out, quotes that cannot be ended, forms of code
that were looked at, and what two ways to one place have in common."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text
from tests.flow.stories import PYTHON, TYPESCRIPT


def said(source: str, rule: str, language: str = "python") -> list[str]:
    head, name = (PYTHON, "story.py") if language == "python" else (TYPESCRIPT, "story.ts")
    found = check_text(f"file:///{name}", head + textwrap.dedent(source))
    return [d.severity.value for d in found if d.rule.id == rule]


SAY = """
    import json
    import subprocess

    @mcp.tool()
    def say(text: str) -> None:
        subprocess.run(["osascript", "-e", CODE])
    """
BACKSLASHES = 'text.replace("\\\\", "\\\\\\\\")'
QUOTES = "replace('\"', '\\\\\"')"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("f'display dialog \"{text}\"'", ["error"]),
        (f"f'display dialog \"{{{BACKSLASHES}.{QUOTES}}}\"'".replace("'", "'" * 3, 1) + "''", []),
        ("f'return {json.dumps(text)}'", []),
        ("f'return \"{json.dumps(text)}\"'", ["error"]),
        ("json.dumps(text)", ["error"]),
    ],
)
def test_a_literal_ends_where_it_ends(code: str, found: list[str]) -> None:
    if code.startswith("f'''"):
        code = "made"
        body = f"made = {BACKSLASHES}\n        made = made.{QUOTES}\n        made = f'display dialog \"{{made}}\"'\n        "
        story = SAY.replace("subprocess.run", body + "subprocess.run")
    else:
        story = SAY
    assert said(story.replace("CODE", code), "MCP304") == found


def test_quotes_before_backslashes_undo_each_other() -> None:
    body = f"made = text.{QUOTES}\n        made = made.{BACKSLASHES[5:]}\n        made = f'display dialog \"{{made}}\"'\n        "
    story = SAY.replace("subprocess.run", body + "subprocess.run").replace("CODE", "made")
    assert said(story, "MCP304") == ["error"]


@pytest.mark.parametrize(
    ("escape", "found"),
    [
        ('.replace(/["\\\\]/g, "\\\\$&")', []),
        ('.replace(/\\\\/g, "\\\\\\\\").replace(/"/g, \'\\\\"\')', []),
        (".replace(/\"/g, '\\\\\"')", ["error"]),
    ],
)
def test_the_same_in_typescript(escape: str, found: list[str]) -> None:
    source = f"""
    import {{ execFileSync }} from "node:child_process";
    const shape = {{ text: z.string() }};
    server.registerTool("say", {{ description: "Say.", inputSchema: shape }}, async ({{ text }}) => {{
      const safe = text{escape};
      return execFileSync("osascript", ["-e", `display dialog "${{safe}}"`]);
    }});
    """
    assert said(source, "MCP304", "typescript") == found


@pytest.mark.parametrize(
    ("check", "found"),
    [
        (
            "for node in ast.walk(tree):\n        if not isinstance(node, ALLOWED):\n            raise ValueError(node)",
            [],
        ),
        ("for node in ast.walk(tree):\n        if type(node) not in ALLOWED:\n            raise ValueError(node)", []),
        ("if not isinstance(tree.body, ast.Constant):\n        raise ValueError(code)", []),
        ("if not isinstance(tree.body, ast.Call):\n        raise ValueError(code)", ["information"]),
        ("if not isinstance(tree.body.func, ast.Name):\n        raise ValueError(code)", ["information"]),
        ("if not isinstance(tree, ast.Expression):\n        raise ValueError(code)", ["information"]),
        (
            "for node in ast.walk(tree):\n        if isinstance(node, ast.Import):\n            raise ValueError(node)",
            ["information"],
        ),
    ],
)
def test_code_of_a_known_form_is_run(check: str, found: list[str]) -> None:
    source = f"""
import ast

ALLOWED = (ast.Expression, ast.BinOp, ast.Constant, ast.Add)


def looked_at(code):
    tree = ast.parse(code, mode="eval")
    {check}


@mcp.tool()
def calculate(code: str) -> str:
    looked_at(code)
    return eval(code)
"""
    assert said(source, "MCP304") == found


@pytest.mark.parametrize(
    ("otherwise", "found"), [('ROOT / "default"', []), ("ROOT / name", ["error"]), ("Path(name)", ["information"])]
)
def test_what_is_replaced_where_it_is_refused_is_what_was_accepted(otherwise: str, found: list[str]) -> None:
    source = f"""
    from pathlib import Path

    ROOT = Path("/srv/notes").resolve()

    @mcp.tool()
    def read(name: str) -> str:
        path = Path(name).resolve()
        try:
            path.relative_to(ROOT)
        except ValueError:
            path = {otherwise}
        return path.read_text()
    """
    assert said(source, "MCP305") == found


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ('client.execute("db", f".show table {name} details")', ["error"]),
        ('database.execute("notes", f"SELECT * FROM {name}")', ["error"]),
        ('database.execute("SELECT * FROM notes WHERE name = ?", name)', []),
        ('client.execute("db", "print 1")', []),
    ],
)
def test_a_statement_behind_the_name_of_its_database(statement: str, found: list[str]) -> None:
    source = f"""
    from azure.kusto.data import KustoClient

    client = KustoClient("https://notes.example")

    @mcp.tool()
    def show(name: str, database: object = None) -> str:
        return {statement}
    """
    assert said(source, "MCP307") == found


@pytest.mark.parametrize("library", ['importlib.import_module("requests")', '__import__("requests")'])
def test_a_library_that_is_loaded_late(library: str) -> None:
    source = f"""
    import importlib

    def library():
        return {library}

    @mcp.tool()
    def fetch(url: str) -> str:
        return library().get(url).text
    """
    assert said(source, "MCP306") == ["warning"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ('"SELECT * FROM {table}".replace("{table}", table)', "`table` becomes"),
        ('Queries.OF.replace("@name", f"\'{name}\'")', "`name` becomes"),
        ('Queries.OF.replace("@name", f"\'{name}\'").replace("@table", table)', "`name` and `table` become"),
        ('Queries.OF.replace("@name", "?")', ""),
    ],
)
def test_what_takes_the_place_of_a_word_of_a_statement_is_part_of_it(query: str, names: str) -> None:
    story = f"""
        import sqlite3

        class Queries:
            OF = "SELECT * FROM @table WHERE name = @name LIMIT 5"

        @mcp.tool()
        def rows(name: str, table: str) -> list:
            return sqlite3.connect("x.db").execute({query}).fetchall()
        """
    found = check_text("file:///story.py", PYTHON + textwrap.dedent(story))
    told = [d.message for d in found if d.rule.id == "MCP307"]
    assert told == ([f"{names} part of an SQL statement"] if names else [])


def test_what_takes_the_place_of_a_word_of_a_statement_is_part_of_it_in_typescript() -> None:
    story = """
        import sql from "mssql";
        import { z } from "zod";

        const QUERIES = { OF: "SELECT * FROM sys.columns WHERE name = @table" };

        server.registerTool("describe", { inputSchema: { table: z.string() } }, async ({ table }) => {
          const found = await sql.query(QUERIES.OF.replace("@table", `'${table}'`));
          return { content: [{ type: "text", text: JSON.stringify(found) }] };
        });
        """
    assert said(story, "MCP307", "typescript") == ["error"]
