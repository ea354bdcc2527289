"""Tokens that are good for another service, and whoever asks whom they are for."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

PYTHON = """
from mcp.server.fastmcp import FastMCP


async def {name}(token: str):
    answer = await client.get("{address}", headers={{"Authorization": f"Bearer {{token}}"}})
    {more}
    return Caller(answer.json()) if answer.is_success else None
"""


def told(uri: str, text: str) -> int:
    return [d.rule.name for d in check_text(uri, text)].count("token-good-for-another-service")


@pytest.mark.parametrize(
    ("name", "address", "more", "count"),
    [
        ("verify_token", "https://idp.example.com/oauth2/v3/userinfo", "pass", 1),
        ("authenticate_request", "https://api.example.com/user", "pass", 1),
        ("verify_token", "https://api.example.com/notes", "pass", 0),
        ("get_profile", "https://idp.example.com/userinfo", "pass", 0),
        ("verify_token", "https://idp.example.com/userinfo", "assert claims(token)['aud'] == OURS", 0),
        ("verify_token", "https://idp.example.com/userinfo", "check(answer, AZURE_CLIENT_ID)", 0),
    ],
)
def test_whom_a_token_is_for(name: str, address: str, more: str, count: int) -> None:
    assert told("file:///auth.py", PYTHON.format(name=name, address=address, more=more)) == count


@pytest.mark.parametrize(
    ("token", "count"),
    [("req.headers.authorization.slice(7)", 1), ("await stored()", 0)],
)
def test_whose_token_it_is(token: str, count: int) -> None:
    text = f"""
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";

export const authMiddleware = async (req, res, next) => {{
  const token = {token};
  const answer = await fetch(`${{ISSUER}}/me`, {{ headers: {{ Authorization: `Bearer ${{token}}` }} }});
  if (!answer.ok) return res.status(401).end();
  next();
}};
"""
    assert told("file:///auth.ts", text) == count
