"""What listens on every network interface without being told to, and where else the address may stand."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text


def told(uri: str, text: str) -> list[str]:
    found = [d for d in check_text(uri, text) if d.rule.id == "MCP402"]
    assert all(text[d.finding.place.span.start :] for d in found if d.finding.place.span is not None)
    return [d.rule.id for d in found]


PYTHON = "from aiohttp import web\nfrom mcp.server.fastmcp import FastMCP\n{}\n"


@pytest.mark.parametrize(
    ("code", "open_to_all"),
    [
        ("web.run_app(app)", True),
        ("web.run_app(app, port=8080)", True),
        ('web.run_app(app, host="127.0.0.1")', False),
        ('web.run_app(app, path="/run/notes.sock")', False),
        ("web.run_app(app, **given)", False),
        ('site = web.TCPSite(runner, "0.0.0.0", 8080)', True),
        ("site = web.TCPSite(runner)", True),
        ('site = web.TCPSite(runner, "localhost", 8080)', False),
        ("site = web.TCPSite(runner, host, 8080)", False),
        ("import waitress\nwaitress.serve(app)", True),
        ('from waitress import serve\nserve(app, listen="0.0.0.0:8080")', True),
        ('from waitress import serve\nserve(app, listen="127.0.0.1:8080")', False),
        ('import asyncio\nserver = asyncio.start_server(answer, "0.0.0.0", 8888)', True),
        ('import asyncio\nserver = asyncio.start_server(answer, "127.0.0.1", 8888)', False),
        ('def go(server):\n    server.add_insecure_port(f"[::]:{port}")', True),
        ('def go(server):\n    server.add_insecure_port(f"127.0.0.1:{port}")', False),
    ],
)
def test_servers_of_python(code: str, open_to_all: bool) -> None:
    assert bool(told("file:///service.py", PYTHON.format(code))) is open_to_all


TYPESCRIPT = """
import {{ serve }} from "@hono/node-server";
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
{}
"""


@pytest.mark.parametrize(
    ("code", "open_to_all"),
    [
        ("serve({ fetch: app.fetch, port: 3000 });", True),
        ('serve({ fetch: app.fetch, port: 3000, hostname: "127.0.0.1" });', False),
        ("serve({ fetch: app.fetch, hostname });", False),
        ("serve({ ...options });", False),
        ("Bun.serve({ port: 3000, fetch: answer });", True),
        ('Bun.serve({ port: 3000, hostname: "localhost", fetch: answer });', False),
        ('Bun.serve({ unix: "/run/notes.sock", fetch: answer });', False),
        ("Deno.serve({ port: 8000 }, answer);", True),
        ('Deno.serve({ port: 8000, hostname: "127.0.0.1" }, answer);', False),
    ],
)
def test_servers_of_javascript(code: str, open_to_all: bool) -> None:
    assert bool(told("file:///service.ts", TYPESCRIPT.format(code))) is open_to_all


PASSING_ON = """
import express from "express";
import {{ StreamableHTTPServerTransport }} from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import {{ store }} from "./store.js";

const app = express();

app.post("/mcp", async (req, res) => {{
  const transport = new StreamableHTTPServerTransport({{ allowedHosts: HOSTS }});
  {};
}});

app.listen(3000);
"""


@pytest.mark.parametrize(
    ("code", "open_to_all"),
    [
        ("await store.run(req.headers.authorization, () => transport.handleRequest(req, res))", True),
        ("const given = req.headers.authorization; await store.run({ given }, () => 1)", True),
        ("if (!req.headers.authorization) return res.status(401).end()", False),
        ("if (req.headers.authorization !== expected) return", False),
        ("await verify(req.headers.authorization)", False),
        ("const who = req.headers.authorization; if (!known(who)) throw new Error(who)", False),
    ],
)
def test_a_credential_that_is_only_sent_on_asks_nobody(code: str, open_to_all: bool) -> None:
    assert bool(told("file:///service.ts", PASSING_ON.format(code))) is open_to_all


def test_who_refuses_may_stand_elsewhere_in_the_file() -> None:
    text = PASSING_ON.format("await store.run(req.headers.authorization, () => 1)")
    refusing = "\nexport function refuse(res) {\n  res.status(401).end();\n}\n"
    assert told("file:///service.ts", text)
    assert not told("file:///service.ts", text + refusing)
