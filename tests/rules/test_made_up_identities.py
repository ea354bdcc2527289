"""Who a caller is said to be where nobody is known."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

STORY = """
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")


def {name}(request):
    known = sessions.get(request)
    if known:
        return known
    {otherwise}
"""
ADMIN = 'return {"user_id": "local-user", "role": "admin"}'


def told(uri: str, text: str) -> int:
    return [d.rule.name for d in check_text(uri, text)].count("identity-for-whoever-has-none")


@pytest.mark.parametrize(
    ("name", "otherwise", "count"),
    [
        ("get_current_user", ADMIN, 1),
        ("authenticate_request", ADMIN, 1),
        ("resolve_identity", 'return User(id="default", is_admin=True)', 1),
        ("get_current_user", 'return {"user_id": "local-user", "scopes": ["*"]}', 1),
        ("get_current_user", 'return {"user_id": "anonymous", "role": "admin"}', 0),
        ("get_current_user", 'return {"user_id": "local-user", "role": "viewer"}', 0),
        ("get_current_user", 'return {"user_id": "local-user", "scopes": []}', 0),
        ("get_current_user", 'return {"user_id": "local-user"}', 0),
        ("get_current_user", 'return {"user_id": request.user, "role": "admin"}', 0),
        ("get_current_user", 'raise PermissionError("who is calling?")', 0),
        ("create_user", ADMIN, 0),
        ("example", ADMIN, 0),
    ],
)
def test_in_python(name: str, otherwise: str, count: int) -> None:
    assert told("file:///who.py", STORY.format(name=name, otherwise=otherwise)) == count


@pytest.mark.parametrize(
    ("head", "count"),
    [
        ("export const checkAuth = async (req) =>", 1),
        ("export async function getAuthContext(req)", 1),
        ("export const sample = async (req) =>", 0),
    ],
)
def test_in_typescript(head: str, count: int) -> None:
    body = '{ if (req.user) { return req.user; } return { uid: "local-user", tier: "enterprise" }; }'
    text = f'import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";\n\n{head} {body}\n'
    assert told("file:///who.ts", text) == count
    assert told("file:///who.test.ts", text) == 0


def test_what_never_knows_anybody() -> None:
    text = STORY.replace("    if known:\n        return known\n", "").format(name="get_current_user", otherwise=ADMIN)
    assert told("file:///who.py", text) == 0


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("if (apiKey) { rights = await rightsOf(apiKey); } else { isSuperAdmin = true; }", 1),
        ("if (!context.userId) { caller.isAdmin = true; }", 1),
        ("if (apiKey) { isAdmin = true; } else { isAdmin = false; }", 0),  # whoever has the key
        ("if (!apiKey) { isAdmin = false; }", 0),
        ("if (!apiKey) { isReady = true; }", 0),
        ("if (!tables.length) { isAdmin = true; }", 0),  # it is not about who is calling
    ],
)
def test_rights_for_whoever_is_not_known(code: str, count: int) -> None:
    head = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
    text = f"{head}export async function start(apiKey, context, caller, tables) {{\n  {code}\n}}\n"
    assert told("file:///start.ts", text) == count
