"""Reading that is decided by words: one function decides once, in however many tests."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

PYTHON = """
import re
import psycopg

def refuse(sql: str) -> None:
    if not sql.strip().upper().startswith("SELECT"):
        raise ValueError("only reading")
    MORE

@mcp.tool()
def query(sql: str) -> list:
    refuse(sql)
    return psycopg.connect("dbname=notes").execute(sql).fetchall()
"""
TYPESCRIPT = """
import pg from "pg";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

const pool = new pg.Pool();

export function refuse(sql: string) {
  if (!sql.trim().toUpperCase().startsWith("SELECT")) {
    throw new Error("only reading");
  }
  MORE
}
"""


def told(source: str, ending: str) -> list[int]:
    """Of each finding how many places more it names."""
    head = 'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("notes")\n' if ending == "py" else ""
    found = check_text(f"file:///notes.{ending}", head + source)
    return [len(d.finding.related) for d in found if d.rule.id == "MCP416"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("pass", [0]),
        ("if re.search(r'\\b(INSERT|UPDATE|DELETE|DROP)\\b', sql):\n        raise ValueError('only reading')", [1]),
    ],
)
def test_one_function_is_told_of_once(more: str, expected: list[int]) -> None:
    assert told(PYTHON.replace("MORE", more), "py") == expected


def test_one_function_of_typescript_is_told_of_once() -> None:
    more = 'if (/\\b(INSERT|UPDATE|DELETE|DROP)\\b/i.test(sql)) throw new Error("only reading");'
    assert told(TYPESCRIPT.replace("MORE", more), "ts") == [1]
    assert told(TYPESCRIPT.replace("MORE", ""), "ts") == [0]


def test_two_functions_are_told_of_each() -> None:
    other = (
        'def too(sql):\n    if re.search(r"\\b(INSERT|UPDATE|DELETE|DROP)\\b", sql):\n        raise ValueError("no")\n'
    )
    assert told(PYTHON.replace("MORE", "pass") + other, "py") == [0, 0]


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ('"select" not in sql.lower()', 1),
        ('not "SELECT" in sql.strip().upper()', 1),
        ('"select" in sql.lower()', 0),  # it is refused where it is there: this one is not for reading
        ('"select" not in title.lower()', 0),
        ('"select" not in commands', 0),
    ],
)
def test_a_word_somewhere_in_a_statement(test: str, expected: int) -> None:
    source = PYTHON.replace('not sql.strip().upper().startswith("SELECT")', test).replace("MORE", "pass")
    assert len(told(source, "py")) == expected


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ('!sql.toLowerCase().includes("select")', 1),
        ('sql.toLowerCase().includes("select")', 0),
        ('!columns.includes("select")', 0),
    ],
)
def test_a_word_somewhere_in_a_statement_of_typescript(test: str, expected: int) -> None:
    source = TYPESCRIPT.replace('!sql.trim().toUpperCase().startsWith("SELECT")', test).replace("MORE", "")
    assert len(told(source, "ts")) == expected
