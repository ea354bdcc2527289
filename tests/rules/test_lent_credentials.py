"""Requests that are carried out with the server's own credential, and those that only look like it."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

PYTHON = """
import os
from mcp.server.fastmcp import FastMCP
from starlette.requests import Request

OWN_TOKEN = os.environ["NOTES_TOKEN"]


def client(request: Request, settings):
    brought = request.headers.get("authorization", "")
    name = request.headers.get("x-name")
    {}
"""


def told(uri: str, source: str) -> int:
    return [d.rule.name for d in check_text(uri, source)].count("own-credential-for-whoever-brings-none")


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("return brought or OWN_TOKEN", 1),
        ("return connect(token=brought or settings.api_token)", 1),
        ("token = brought if brought else os.getenv('NOTES_TOKEN')\n    return token", 1),
        ("return request.headers.get('x-api-key') or os.environ['NOTES_API_KEY']", 1),
        ("return brought or ''", 0),
        ("return brought", 0),
        ("return name or OWN_TOKEN", 0),  # it is no credential that they bring
        ("return brought or settings.default_name", 0),
        ("return settings.api_token or OWN_TOKEN", 0),  # nobody brings either
        ("return brought or request.headers.get('x-api-key')", 0),
    ],
)
def test_in_python(code: str, count: int) -> None:
    assert told("file:///client.py", PYTHON.format(code)) == count


TYPESCRIPT = """
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";

export function client(req, config) {{
  const token = req.headers.authorization?.split(" ")[1];
  {}
}}
"""


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("return connect({ accessToken: token || config.accessToken });", 1),
        ("return connect(token ?? process.env.NOTES_TOKEN);", 1),
        ("const used = token ? token : process.env.NOTES_TOKEN; return used;", 1),
        ("return connect(token ?? null);", 0),
        ("return connect(req.query.page ?? process.env.NOTES_TOKEN);", 0),
        ("return connect(token || req.headers['x-api-key']);", 0),
    ],
)
def test_in_typescript(code: str, count: int) -> None:
    assert told("file:///client.ts", TYPESCRIPT.format(code)) == count
