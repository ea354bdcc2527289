"""Tools that say they only read: what they say, and what keeps it."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

SQL = """
import psycopg
from mcp.server.fastmcp import FastMCP
from mcp.types import ToolAnnotations

mcp = FastMCP("notes")


@mcp.tool({hint})
def {name}(sql: str) -> list:
    '''{said}'''
    with psycopg.connect("dbname=notes") as connection:
        {first}
        return connection.execute(sql).fetchall()
"""
HINT = "annotations=ToolAnnotations(readOnlyHint=True)"


def told(uri: str, text: str) -> list[str]:
    return [d.severity.value for d in check_text(uri, text) if d.rule.name == "any-statement-in-a-reading-tool"]


@pytest.mark.parametrize(
    ("name", "hint", "said", "count"),
    [
        ("query", HINT, "Ask.", 1),
        ("query", "annotations=ToolAnnotations(readOnlyHint=False)", "Run a read-only query.", 0),
        ("query", "", "Run a read-only SQL query.", 1),
        ("query", "", "Run SQL. Only SELECT is supported.", 1),
        ("query", "", "Runs a statement; it never modifies the database.", 1),
        ("query", "", "Run SQL. In read-only mode nothing is written.", 0),
        ("query", "", "Run SQL.", 0),
        ("read_query", "", "Run SQL.", 1),
        ("run_readonly_sql", "", "Run SQL.", 1),
        ("execute_sql", "", "Run SQL.", 0),
    ],
)
def test_what_promises_to_read(name: str, hint: str, said: str, count: int) -> None:
    text = SQL.format(name=name, hint=hint, said=said, first="pass")
    assert told("file:///notes.py", text) == ["warning"] * count


@pytest.mark.parametrize(
    ("first", "count"),
    [
        ("print(sql)", 1),
        ("connection.read_only = True", 0),
        ("connection.execute('SET TRANSACTION READ ONLY')", 0),
        ("assert_read_only(sql)", 0),
        ("if not is_select(sql): raise ValueError(sql)", 0),
        ("if not sql.lower().startswith('select'): raise ValueError(sql)", 0),  # another rule's to judge
        ("sqlglot.parse_one(sql)", 0),
    ],
)
def test_what_keeps_it(first: str, count: int) -> None:
    text = SQL.format(name="query", hint=HINT, said="Ask.", first=first)
    assert len(told("file:///notes.py", text)) == count


PIPELINE = """
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
import {{ MongoClient }} from "mongodb";
import {{ z }} from "zod";

const server = new McpServer({{ name: "notes", version: "1.0.0" }});
const notes = new MongoClient("mongodb://127.0.0.1").db("notes").collection("notes");
const shape = {{ pipeline: z.array(z.any()).describe("Stages."), stage: z.string().describe("One.") }};

server.registerTool("sum-up", {{ description: "Sum up.", inputSchema: shape{hints} }}, async ({{ pipeline, stage }}) => {{
  {first}
  return notes.aggregate({given}).toArray();
}});
"""
READS = ", annotations: { readOnlyHint: true }"


@pytest.mark.parametrize(
    ("hints", "first", "given", "found"),
    [
        (READS, "", "pipeline", ["warning"]),
        ("", "", "pipeline", ["information"]),
        (READS, 'if (pipeline.some((one) => "$out" in one)) throw new Error();', "pipeline", []),
        (READS, "assertOnlyReads(pipeline);", "pipeline", []),
        (READS, "log(pipeline);", "pipeline", ["warning"]),
        (READS, "", "[{ $match: { stage } }]", []),
        (READS, "", "known", []),
    ],
)
def test_aggregations(hints: str, first: str, given: str, found: list[str]) -> None:
    assert told("file:///notes.ts", PIPELINE.format(hints=hints, first=first, given=given)) == found
