"""Servers at an address that is a setting, and who is asked there."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

RUN = """
import uvicorn
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")


def main(host: str, port: int) -> None:
    app = mcp.streamable_http_app()
    {first}
    uvicorn.run(app, host={host}, port=port)
"""
SERVE = """
import {{ StreamableHTTPServerTransport }} from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import {{ createApp }} from "./app.js";

export function serve({takes}) {{
  const app = createApp();
  app.post("/mcp", async (req, res) => {{
    const transport = new StreamableHTTPServerTransport({{ sessionIdGenerator: undefined }});
    await transport.handleRequest(req, res, req.body);
  }});
  {listens}
}}
"""


def said(uri: str, text: str) -> list[str]:
    return [d.rule.id for d in check_text(uri, text) if d.rule.id in ("MCP402", "MCP445")]


@pytest.mark.parametrize(
    ("host", "first", "found"),
    [
        ("host", "pass", ["MCP445"]),
        ("'127.0.0.1'", "pass", []),
        ("'0.0.0.0'", "pass", ["MCP402"]),
        ("host", "app = auth_middleware(app, KEY)", []),
        (
            "host",
            "app.add_middleware(CORSMiddleware, allow_headers=[\n" + " " * 40 + "'Authorization',\n])",
            ["MCP445"],
        ),
    ],
)
def test_in_python(host: str, first: str, found: list[str]) -> None:
    assert said("file:///server.py", RUN.format(host=host, first=first)) == found


@pytest.mark.parametrize(
    ("listens", "found"),
    [
        ("app.listen(PORT, host, () => undefined);", ["MCP445"]),
        ("app.listen({ port: PORT, host });", ["MCP445"]),
        ('app.listen(PORT, "127.0.0.1", () => undefined);', []),
        ("app.listen(PORT, () => undefined);", ["MCP402"]),  # whoever made it: it listens on a port
        ("app.listen(CHANNEL, () => undefined);", []),
        ("worker.listen(PORT, () => undefined);", []),
    ],
)
def test_in_typescript(listens: str, found: list[str]) -> None:
    assert said("file:///serve.ts", SERVE.format(takes="host: string", listens=listens)) == found


BY_HAND = """
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")


class Panel(BaseHTTPRequestHandler):
    def {answers}(self) -> None:
        {first}
        act(self.rfile.read(10))


def main(args) -> None:
    ThreadingHTTPServer(({host}, args.port), Panel).serve_forever()
"""


@pytest.mark.parametrize(
    ("answers", "first", "host", "found"),
    [
        ("do_POST", "pass", "args.host", ["MCP445"]),
        ("do_POST", "pass", "'127.0.0.1'", []),
        ("do_GET", "pass", "args.host", []),
        ("do_POST", "if self.headers.get('Authorization') != KEY: return", "args.host", []),
    ],
)
def test_servers_written_by_hand(answers: str, first: str, host: str, found: list[str]) -> None:
    assert said("file:///panel.py", BY_HAND.format(answers=answers, first=first, host=host)) == found


@pytest.mark.parametrize(
    ("first", "found"),
    [
        ("const token = extractBearerToken(req);\n    if (!token) { res.status(401).json({}); return; }", []),
        ("const token = extractBearerToken(settings);\n    console.error(token);", ["MCP402"]),
        ("const token = await getAccessToken();\n    if (!token) { res.status(401).json({}); return; }", ["MCP402"]),
    ],
)
def test_who_has_to_bring_a_token_of_their_own(first: str, found: list[str]) -> None:
    text = SERVE.format(takes="", listens="app.listen(PORT, () => undefined);")
    text = text.replace("const transport", f"{first}\n    const transport")
    assert said("file:///serve.ts", text) == found


@pytest.mark.parametrize(
    ("listens", "found"),
    [
        ("app.listen(PORT);", ["MCP402"]),
        ("app.listen(PORT, callback);", ["MCP402"]),
        ("server.listen(PORT);", []),  # of whatever kind it is
        ("app.listen(PORT, address);", ["MCP445"]),
    ],
)
def test_what_is_called_when_it_is_ready(listens: str, found: list[str]) -> None:
    assert said("file:///serve.ts", SERVE.format(takes="callback, address", listens=listens)) == found


SETTINGS = """
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")


def main(config) -> None:
    mcp.settings.host = {host}
    {runs}
"""


@pytest.mark.parametrize(
    ("host", "runs", "found"),
    [
        ("config.host", 'mcp.run(transport="streamable-http")', ["MCP445"]),
        ("config.host", "serve(mcp.sse_app())", ["MCP445"]),
        ("config.host", 'mcp.run(transport="stdio")', []),
        ('"127.0.0.1"', 'mcp.run(transport="streamable-http")', []),
        ("config.host", 'require_auth(config)\n    mcp.run(transport="streamable-http")', []),
    ],
)
def test_a_host_that_is_set_before_it_runs(host: str, runs: str, found: list[str]) -> None:
    assert said("file:///server.py", SETTINGS.format(host=host, runs=runs)) == found
