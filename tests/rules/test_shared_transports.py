"""Transports and servers that are made once for all clients, and what tells them from those made for each request."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

HEAD = """
import express from "express";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const app = express();
const server = new McpServer({ name: "notes", version: "1.0.0" });
"""
ROUTE = 'app.post("/mcp", async (req, res) => {{ {body} }});\n'
HANDLED = "await transport.handleRequest(req, res, req.body);"


def told(source: str) -> list[str]:
    found = check_text("file:///src/serve.ts", HEAD + source)
    return [d.finding.detail for d in found if d.rule.name == "session-shared-by-all-clients"]


@pytest.mark.parametrize(
    ("made", "count"),
    [
        ("new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })", 1),
        ("new StreamableHTTPServerTransport({ enableJsonResponse: true })", 1),
        ("new StreamableHTTPServerTransport()", 1),
        ("new StreamableHTTPServerTransport({ sessionIdGenerator: () => randomUUID() })", 0),
        ("new StreamableHTTPServerTransport({ sessionIdGenerator: sessions })", 0),
        ("new StreamableHTTPServerTransport({ ...options })", 0),
        ("new StreamableHTTPServerTransport(options)", 0),
        ("makeTransport({ sessionIdGenerator: undefined })", 0),
    ],
)
def test_one_transport_for_all(made: str, count: int) -> None:
    assert told(f"const transport = {made};\n" + ROUTE.format(body=HANDLED)) == ["handleRequest"] * count
    inside = f"export async function start() {{\nconst transport = {made};\n{ROUTE.format(body=HANDLED)}}}\n"
    assert told(inside) == ["handleRequest"] * count


def test_one_for_each_request() -> None:
    made = "const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });"
    assert told(ROUTE.format(body=f"{made} {HANDLED}")) == []


def test_where_it_is_made_is_shown() -> None:
    made = "const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });\n"
    found = check_text("file:///src/serve.ts", HEAD + made + ROUTE.format(body=HANDLED))
    [told] = [d for d in found if d.rule.name == "session-shared-by-all-clients"]
    assert [one.message for one in told.finding.related] == ["where it is made"]


@pytest.mark.parametrize(
    ("made", "count"),
    [
        ("start() {{ this.transport = {new}; http.createServer((req, res) => {{ {handled} }}); }}", 1),
        ("start() {{ http.createServer((req, res) => {{ this.transport = {new}; {handled} }}); }}", 0),
        ("constructor() {{ this.transport = {new}; }} async answer(req, res) {{ {handled} }}", 1),
        ("async answer(req, res) {{ this.transport = {new}; {handled} }}", 0),
    ],
)
def test_one_kept_in_an_object(made: str, count: int) -> None:
    new = "new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })"
    body = made.format(new=new, handled="this.transport.handleRequest(req, res);")
    assert told(f"class Notes {{ {body} }}\n") == ["handleRequest"] * count


SHARED = ("session-shared-by-all-clients", "server-shared-by-sessions")


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("{route}", SHARED[1]),
        ('import {{ server as shared }} from "./server.js";\n{shared}', SHARED[0]),
        ("function start() {{ const shared = new McpServer({{ name: 'a', version: '1' }}); {shared} }}", SHARED[0]),
    ],
)
def test_one_server_is_told_of_once(source: str, rule: str) -> None:
    made = "const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => randomUUID() });"
    body = f"{made} await server.connect(transport); {HANDLED}"
    route, shared = ROUTE.format(body=body), ROUTE.format(body=body.replace("server.", "shared."))
    found = check_text("file:///src/serve.ts", HEAD + source.format(route=route, shared=shared))
    assert [d.rule.name for d in found if d.rule.name in SHARED] == [rule]
