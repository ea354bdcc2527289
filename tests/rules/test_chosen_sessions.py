"""Under whose id a session is begun."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

PYTHON = """
from mcp.server.fastmcp import FastMCP


def verify(request):
    return hmac.compare_digest(request.headers["authorization"], TOKEN)


async def begin({params}):
    {before}
    session_id = {value}
    sessions[session_id] = Session()
    return session_id
"""
ASKED = 'asked = request.headers.get("mcp-session-id")'


def told(uri: str, text: str) -> int:
    return [d.rule.name for d in check_text(uri, text)].count("session-id-chosen-by-the-caller")


@pytest.mark.parametrize(
    ("params", "before", "value", "count"),
    [
        ("request", ASKED, "asked or str(uuid.uuid4())", 1),
        ("request", ASKED, "asked if asked else secrets.token_urlsafe(32)", 1),
        ("request", ASKED, "uuid4().hex", 0),
        ("request", ASKED, 'asked or ""', 0),
        ("session_id", "known = sessions.get(session_id)", "session_id or str(uuid.uuid4())", 1),
        # nothing is looked for among the sessions: what a tool's argument is called so
        ("session_id", "pass", "session_id or str(uuid.uuid4())", 0),
    ],
)
def test_under_which_id_a_session_is_begun(params: str, before: str, value: str, count: int) -> None:
    assert told("file:///server.py", PYTHON.format(params=params, before=before, value=value)) == count


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ('req.headers["mcp-session-id"] || randomUUID()', 1),
        ('req.headers["mcp-session-id"] ?? crypto.randomUUID()', 1),
        ("randomUUID()", 0),
        ('req.headers["x-request-id"] ?? randomUUID()', 0),
    ],
)
def test_under_which_id_a_session_is_begun_in_typescript(value: str, count: int) -> None:
    text = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n\n'
    text += f"export function begin(req) {{\n  const sessionId = {value};\n  return open(sessionId);\n}}\n"
    assert told("file:///server.ts", text) == count


def test_a_table_by_numbers_is_no_table_of_sessions() -> None:
    assert told("file:///table.py", "from mcp.server.fastmcp import FastMCP\n\nSESSIONS = {1: asked or uuid4()}\n") == 0
