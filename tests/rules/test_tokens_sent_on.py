"""A caller's token that is sent on: by way of the request, and as the SDKs hand it to a tool."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.syntax import Document, language_of
from mcp_lsp_analyzers import registry

MCP = """
from mcp.server.fastmcp import FastMCP
from mcp.server.auth.middleware.auth_context import get_access_token
import httpx
mcp = FastMCP("notes")
@mcp.tool()
async def notes() -> str:
    token = get_access_token()
    BODY
"""
FASTMCP = """
from fastmcp import FastMCP
from fastmcp.server.dependencies import get_access_token
IMPORT
import httpx
mcp = FastMCP("notes")
@mcp.tool
async def notes() -> str:
    token = get_access_token()
    BODY
"""
TYPESCRIPT = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
const server = new McpServer({ name: "notes", version: "1" });
server.registerTool("notes", {}, async (extra) => {
  BODY
});
"""


def check(head: str, body: str) -> list[str]:
    """What stands below the findings."""
    text, name = head.replace("BODY", body), "server.ts" if head is TYPESCRIPT else "server.py"
    rule = registry.by_name()["token-passed-through"]
    analysis = Analysis(Document(f"file:///{name}", text, language_of(name)), rules=[rule])
    assert not analysis.failures
    spans = [diagnostic.finding.place.span for diagnostic in analysis.diagnostics]
    return [text[span.start : span.end] for span in spans if span is not None]


SENT = 'return httpx.get("https://api.example", headers={"Authorization": VALUE}).text'


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ('f"Bearer {token.token}"', True),
        ('"Bearer " + token.token', True),
        ('f"Bearer {get_access_token().token}"', True),
        ('f"Bearer {token.client_id}"', False),
        ('f"Bearer {KEY}"', False),
    ],
)
def test_the_token_that_the_sdk_found(value: str, found: bool) -> None:
    assert check(MCP, SENT.replace("VALUE", value)) == ([value] if found else [])


def test_through_a_variable() -> None:
    assert check(MCP, 'given = token.token\n    headers = {"authorization": f"Bearer {given}"}') == [
        'f"Bearer {given}"'
    ]


def test_under_another_name() -> None:
    text = MCP.replace("import get_access_token", "import get_access_token as caller").replace(
        "= get_access_token", "= caller"
    )
    assert len(check(text, SENT.replace("VALUE", "token.token"))) == 1


def test_who_issued_it_may_see_it() -> None:
    text = SENT.replace("VALUE", "token.token").replace("api.example", "login.example/userinfo")
    assert check(MCP, text) == []


def test_a_proxy_of_fastmcp_answers_with_the_token_of_the_other_service() -> None:
    own = "from fastmcp.server.auth.providers.github import GitHubProvider"
    verifies = "from fastmcp.server.auth.providers.jwt import JWTVerifier"
    text = SENT.replace("VALUE", 'f"Bearer {token.token}"')
    assert [len(check(FASTMCP.replace("IMPORT", each), text)) for each in (own, verifies)] == [0, 1]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("`Bearer ${extra.authInfo.token}`", True),
        ("`Bearer ${extra.authInfo?.token}`", True),
        ("`Bearer ${KEY}`", False),
    ],
)
def test_in_typescript(value: str, found: bool) -> None:
    body = f'return await fetch("https://api.example", {{ headers: {{ Authorization: {value} }} }});'
    assert check(TYPESCRIPT, body) == ([value] if found else [])
