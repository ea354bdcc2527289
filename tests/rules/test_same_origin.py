"""Origins that are compared with the host of the same request, and checks that know their hosts."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

PYTHON = """
from urllib.parse import urlparse
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")


def own(request, host):
    origin = request.headers.get("origin")
    {body}
"""
TYPESCRIPT = """
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
const server = new McpServer({{ name: "notes", version: "1.0.0" }});

export function own(req, res, next) {{
  const origin = req.headers.origin;
  {body}
}}
"""


def told(uri: str, text: str) -> list[str]:
    return [d.severity.value for d in check_text(uri, text) if d.rule.name == "origin-compared-with-host"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('return urlparse(origin).netloc == request.headers["host"]', ["warning"]),
        ("return urlparse(origin).hostname == request.url.hostname", ["warning"]),
        ("name = urlparse(origin).hostname\n    return name == request.headers.get('host')", ["warning"]),
        ("return urlparse(origin).hostname == host", []),  # a host that may be what is configured
        ("return origin in ORIGINS", []),
        ("return not origin or origin == ALLOWED", []),
        (
            "if request.headers.get('host') in HOSTS: return urlparse(origin).netloc == request.headers['host']",
            [],
        ),
        (
            "if request.headers['authorization'] == KEY: return urlparse(origin).netloc == request.headers['host']",
            ["information"],
        ),
    ],
)
def test_in_python(body: str, found: list[str]) -> None:
    assert told("file:///own.py", PYTHON.format(body=body)) == found


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("return new URL(origin).host === req.headers.host;", 1),
        ("return origin === `http://${req.headers.host}`;", 1),
        ('const host = (req.headers.host ?? "").split(":")[0];\n  return new URL(origin).hostname !== host;', 1),
        (
            "let name;\n  try { name = new URL(origin).host; } catch { return false; }\n  return name === req.headers.host;",
            1,
        ),
        ("return new URL(origin).host === config.host;", 0),
        ("return allowed.includes(new URL(origin).host);", 0),
        ("if (!names.has(req.headers.host)) return false;\n  return new URL(origin).host === req.headers.host;", 0),
        (
            'if (req.headers.host !== "localhost:3000") return false;\n  return new URL(origin).host === req.headers.host;',
            0,
        ),
        ('if (req.headers.host === "") return false;\n  return new URL(origin).host === req.headers.host;', 1),
        ("return req.headers.origin === undefined;", 0),
    ],
)
def test_in_typescript(body: str, count: int) -> None:
    assert len(told("file:///own.ts", TYPESCRIPT.format(body=body))) == count


@pytest.mark.parametrize(
    ("parameters", "count"), [("originHeader, hostHeader", 1), ("origin, host", 0), ("origin, allowedHosts", 0)]
)
def test_what_a_function_is_handed(parameters: str, count: int) -> None:
    first, second = parameters.split(", ")
    body = (
        f"export const same = ({parameters}) => new URL({first}).hostname === new URL(`http://${{{second}}}`).hostname;"
    )
    assert len(told("file:///own.ts", TYPESCRIPT.format(body="next();") + body + "\n")) == count
