"""Comparisons that whoever asks can leave out, and those that only look like it."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

PYTHON = """
from mcp.server.fastmcp import FastMCP


async def token(request):
    form = await request.form()
    entry = codes.pop(form["code"])
    {given} = form.get("{given}")
    {test}
        raise ValueError("invalid_grant")
    return token_for(entry)
"""
TYPESCRIPT = """
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";

export function callback(req, res, expectedState: string, entry: Entry) {{
  const {{ state, code_verifier }} = req.query;
  {test} {{
    return res.status(400).send("no");
  }}
  return res.json(tokenFor(req.query.code));
}}
"""


def told(uri: str, text: str) -> list[str]:
    found = check_text(uri, text)
    return [d.severity.name for d in found if d.rule.name == "compared-only-where-given"]


@pytest.mark.parametrize(
    ("given", "test", "expected"),
    [
        ("redirect_uri", "if redirect_uri and redirect_uri != entry.redirect_uri:", ["INFORMATION"]),
        ("redirect_uri", "if redirect_uri is not None and entry['redirect_uri'] != redirect_uri:", ["INFORMATION"]),
        ("client_id", "if client_id and client_id != entry.client_id:", ["INFORMATION"]),
        ("code_verifier", "if code_verifier and digest(code_verifier) != entry.code_challenge:", ["WARNING"]),
        ("state", "if state and not hmac.compare_digest(state, entry.state):", ["WARNING"]),
        ("state", "if state:\n      if state != entry.state:", ["WARNING"]),
        ("redirect_uri", "if redirect_uri != entry.redirect_uri:", []),
        ("redirect_uri", "if not redirect_uri or redirect_uri != entry.redirect_uri:", []),
        # it is refused where it is missing
        ("state", "if not state:\n        raise ValueError('state')\n    if state and state != entry.state:", []),
        # nothing was kept to compare it with
        ("state", "if entry.state and state != entry.state:", []),
        ("state", "if state and state != 'open':", []),
        ("name", "if name and name != entry.name:", []),
        ("state", "if state and state != entry.colour:", []),
    ],
)
def test_what_a_request_may_leave_out(given: str, test: str, expected: list[str]) -> None:
    assert told("file:///oauth.py", PYTHON.format(given=given, test=test)) == expected


@pytest.mark.parametrize(
    ("test", "count"),
    [
        ("if (state && state !== expectedState)", 1),
        ("if (state !== undefined && state !== req.session.state)", 1),
        ("if (code_verifier && sha256(code_verifier) !== entry.codeChallenge)", 1),
        ("if (!state || state !== expectedState)", 0),
        ("if (state && state !== previous)", 0),
    ],
)
def test_what_a_request_may_leave_out_in_typescript(test: str, count: int) -> None:
    assert len(told("file:///oauth.ts", TYPESCRIPT.format(test=test))) == count


def test_a_state_may_be_that_of_an_issue() -> None:
    text = """
from mcp.server.fastmcp import FastMCP


def shown(issue, state: str | None) -> bool:
    if state and state != issue.state:
        return False
    return True
"""
    assert told("file:///issues.py", text) == []
