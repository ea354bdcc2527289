"""HTTP servers written by hand: what they answer, and by what they know who asks."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

SERVER = """
import json
from http.server import BaseHTTPRequestHandler

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")


class {name}(BaseHTTPRequestHandler):
    def do_{method}(self) -> None:
        {first}
        asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        {rest}
        self.send_response(200)
        self.end_headers()
"""


@pytest.mark.parametrize(
    ("name", "method", "first", "rest", "severities"),
    [
        ("Panel", "POST", "pass", "apply(asked)", ["information"]),
        ("Panel", "POST", "pass", 'self.wfile.write(b\'{"jsonrpc": "2.0"}\')', ["warning"]),
        ("McpHandler", "POST", "pass", "apply(asked)", ["warning"]),
        ("UnixSocketMcpHandler", "POST", "pass", "apply(asked)", []),
        ("Panel", "POST", 'self.send_header("X-Made-By", "Notes-MCP-Panel")', "apply(asked)", ["information"]),
        ("Panel", "POST", 'asked = self.path == "/mcp"', "apply(asked)", ["warning"]),
        ("Panel", "GET", "pass", "apply(asked)", []),
        ("Panel", "POST", 'if self.headers.get("Host") not in NAMES: return', "apply(asked)", []),
        ("Panel", "POST", 'if self.headers.get("Authorization") != KEY: return', "apply(asked)", []),
        ("Panel", "POST", 'if self.headers["X-Notes-Token"] != KEY: return', "apply(asked)", []),
        ("Panel", "POST", 'if self.headers.get("Origin"): self.send_error(403)', "apply(asked)", []),
        ("Panel", "POST", 'log(self.headers.get("User-Agent"))', 'apply(asked["token"])', ["information"]),
    ],
)
def test_what_is_posted(name: str, method: str, first: str, rest: str, severities: list[str]) -> None:
    found = check_text("file:///src/panel.py", SERVER.format(name=name, method=method, first=first, rest=rest))
    assert [d.severity.value for d in found if d.rule.name == "own-server-without-host-check"] == severities
