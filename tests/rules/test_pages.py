"""What of a page a caller chose: not what the server makes itself, nor what a parsed URL encodes."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

PAGE = """
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";

export async function page(request: Request) {{
  {before}
  return new Response(`<!DOCTYPE html><html><body><form action="${{{hole}}}"></form></body></html>`);
}}
"""


@pytest.mark.parametrize(
    ("before", "hole", "found"),
    [
        ("", 'new URL(request.url).searchParams.get("next")', 1),
        ("const url = new URL(request.url);", "url.pathname", 0),
        ("", "new URL(request.url).pathname", 0),
        ("const { nextPage } = await request.json();", "nextPage", 1),
        ("const { csrfToken } = await request.json();", "csrfToken", 0),
    ],
)
def test_what_of_a_page_a_caller_chose(before: str, hole: str, found: int) -> None:
    text = PAGE.format(before=before, hole=hole)
    said = [d.message for d in check_text("file:///page.ts", text) if d.rule.id == "MCP410"]
    assert len(said) == found, said
