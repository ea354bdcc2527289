"""What a server is judged by may stand in any declaration of its file: it is judged again when one of them changes."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import dependencies
from mcp_lsp.syntax import Change, Document

SOURCE = """\
import os
from mcp.server.fastmcp import Context, FastMCP
from pydantic import BaseModel

mcp = FastMCP("x", instructions="Ask first.")
KEY = os.getenv("A_KEY")
if not KEY:
    print("no key")


class Address(BaseModel):
    street: str


class Order(BaseModel):
    field: str


@mcp.tool()
async def f(ctx: Context) -> str:
    answer = await ctx.elicit("Where to?", Order)
    return answer.action
"""


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ('print("no key")', 'raise ValueError("no key")', "secret-required-at-import"),
        ("field: str", "field: Address", "question-that-cannot-be-asked"),
    ],
)
def test_a_declaration_that_changes(before: str, after: str, rule: str) -> None:
    known = dependencies({"requirements.txt": "mcp==1.30.0"})
    analysis = Analysis(Document("file:///server.py", SOURCE, "python"), known)
    assert rule not in {found.rule.name for found in analysis.diagnostics}
    server = analysis.servers[0]
    at = SOURCE.index(before)
    analysis.change([Change(at, at + len(before), after)])
    analysis.settle()
    assert analysis.servers[0] is server
    assert rule in {found.rule.name for found in analysis.diagnostics}
    analysis.change([Change(at, at + len(after), before)])
    analysis.settle()
    assert rule not in {found.rule.name for found in analysis.diagnostics}


SERVICE = """\
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const ALLOWED = process.env.ORIGIN || "http://localhost:6274";

export function answer(req, res) {
  res.header("Access-Control-Allow-Origin", ALLOWED);
}
"""


def test_what_a_declaration_takes_from_another_is_looked_up_again() -> None:
    analysis = Analysis(Document("file:///serve.ts", SERVICE, "typescript"))
    before, after, rule = '"http://localhost:6274"', '"*"', "answers-for-any-origin"
    for old, new, told in ((before, after, True), (after, before, False)):
        assert (rule in {found.rule.name for found in analysis.diagnostics}) is not told
        at = SERVICE.index(before)
        analysis.change([Change(at, at + len(old), new)])
        analysis.settle()
        assert (rule in {found.rule.name for found in analysis.diagnostics}) is told
