"""Addresses in what came along encoded with a request: whoever made the request wrote them, unless a signature says
otherwise."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text


def told(uri: str, text: str) -> bool:
    return any(d.rule.id == "MCP411" for d in check_text(uri, text))


TYPESCRIPT = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { store, verifyState, unsealed } from "./own.js";

function unpack(text: string) {
  const json = Buffer.from(text, "base64url").toString("utf8");
  return JSON.parse(json);
}

function opened(text: string) {
  if (hmac(text.slice(64)) !== text.slice(0, 64)) throw new Error("forged");
  return JSON.parse(atob(text));
}
"""


@pytest.mark.parametrize(
    ("made", "found"),
    [
        ('JSON.parse(Buffer.from(req.query.state, "base64").toString())', True),
        ("JSON.parse(atob(req.query.state))", True),
        ("JSON.parse(decodeURIComponent(req.query.state))", True),
        ("unpack(req.query.state)", True),
        ("opened(req.query.state)", False),
        ("unsealed(req.query.state)", False),
        ("await verifyState(req.query.state)", False),
        ("await store.get(req.query.state)", False),
        ("JSON.parse(atob(SETTINGS))", False),
    ],
)
def test_in_typescript(made: str, found: bool) -> None:
    whole = f"const state = {made}; res.redirect(`${{state.redirectUri}}?code=${{req.query.code}}`);"
    apart = f"const {{ redirectUri }} = {made}; const url = new URL(redirectUri); res.redirect(url.toString());"
    for taken in (whole, apart):
        assert told("file:///src/a.ts", f"{TYPESCRIPT}export async function back(req, res) {{ {taken} }}\n") == found


@pytest.mark.parametrize(
    "check",
    [
        "if (!KNOWN.includes(state.redirectUri)) throw new Error();",
        "assertRegistered(state.redirectUri);",
    ],
)
def test_addresses_that_are_looked_at(check: str) -> None:
    taken = f"const state = JSON.parse(atob(req.query.state)); {check} res.redirect(state.redirectUri);"
    assert not told("file:///src/a.ts", f"{TYPESCRIPT}export async function back(req, res) {{ {taken} }}\n")


def test_another_member() -> None:
    taken = "const state = JSON.parse(atob(req.query.state)); res.redirect(`/done?as=${state.name}`);"
    assert not told("file:///src/a.ts", f"{TYPESCRIPT}export async function back(req, res) {{ {taken} }}\n")


@pytest.mark.parametrize(
    ("made", "found"),
    [
        ('json.loads(base64.urlsafe_b64decode(request.query_params["state"]))', True),
        ('json.loads(base64.b64decode(request.query_params.get("state")).decode())', True),
        ('serializer.loads(request.query_params["state"])', False),
        ('jwt.decode(request.query_params["state"], KEY, algorithms=["HS256"])', False),
        ('states.pop(request.query_params["state"])', False),
    ],
)
def test_in_python(made: str, found: bool) -> None:
    head = "import base64\nimport json\n\nfrom mcp.server.fastmcp import FastMCP\nfrom starlette.responses import RedirectResponse\n"
    text = f"{head}\n\nasync def back(request):\n    state = {made}\n    return RedirectResponse(f\"{{state['redirect_uri']}}?code=1\")\n"
    assert told("file:///server.py", text) == found
