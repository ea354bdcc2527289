"""Real servers over HTTP, of every SDK and as they are published: a scan lists what an SDK's own client gets to see over
the same transport, from a server that it starts and then reaches."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from mcp_lsp.outside import network, probes, serving
from mcp_lsp.outside.consent import Consent, origin
from mcp_lsp.outside.process import Start
from mcp_lsp.outside.record import Record
from mcp_lsp_analyzers.record import replace
from tests.outside.real import HTTP, PUBLISHED, SSE, Published, alike, as_a_client_sees_it, command
from tests.outside.servers import PATIENT, Scan, seen
from tests.protocol import sdks

pytestmark = pytest.mark.long

PYTHON = '''
import sys
{imported}

mcp = FastMCP("shop"{made})


@mcp.tool()
def find(title: str, limit: int = 3) -> list[str]:
    """Find books."""
    return []


@mcp.prompt()
def praise(book: str) -> str:
    """Praise a book."""
    return book


@mcp.resource("shop://books")
def books() -> str:
    """All books."""
    return "none"


mcp.run(transport=sys.argv[1]{run})
'''
IMPORTED = {
    "mcp 1": "from mcp.server.fastmcp import FastMCP",
    "mcp 2": "from mcp.server import MCPServer as FastMCP",
}
WHERE = ", host='127.0.0.1', port=int(sys.argv[2])"
MADE = """
  const server = new McpServer({ name: "shop", version: "1.0.0" });
  server.registerTool("find", { description: "Find books.", inputSchema: SCHEMA }, async () => ({ content: [] }));
  return server;
"""
SESSIONS = """
  const id = req.headers["mcp-session-id"];
  let transport = open.get(id);
  if (!transport) {
    if (id) return void res.writeHead(404).end();
    transport = new TRANSPORT({
      sessionIdGenerator: randomUUID, onsessioninitialized: (id) => open.set(id, transport),
      onsessionclosed: (id) => open.delete(id),
    });
    await made().connect(transport);
  }
"""
TYPESCRIPT_1 = (
    """
import { createServer } from "node:http";
import { randomUUID } from "node:crypto";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";
import { z } from "zod";

const [kind, port] = process.argv.slice(2);
const open = new Map();
const made = () => {"""
    + MADE.replace("SCHEMA", "{ title: z.string() }")
    + """};

async function events(req, res) {
  const url = new URL(req.url, "http://127.0.0.1");
  if (req.method === "GET" && url.pathname === "/sse") {
    const transport = new SSEServerTransport("/messages", res);
    open.set(transport.sessionId, transport);
    return made().connect(transport);
  }
  const transport = open.get(url.searchParams.get("sessionId"));
  if (req.method === "POST" && transport) return transport.handlePostMessage(req, res);
  res.writeHead(404).end();
}

async function messages(req, res) {"""
    + SESSIONS.replace("TRANSPORT", "StreamableHTTPServerTransport")
    + """
  await transport.handleRequest(req, res);
}

createServer(kind === "sse" ? events : messages).listen(Number(port), "127.0.0.1");
"""
)
TYPESCRIPT_2 = (
    """
import { createServer } from "node:http";
import { randomUUID } from "node:crypto";
import { McpServer, WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/server";
import * as z from "zod";

const [, port] = process.argv.slice(2);
const open = new Map();
const made = () => {"""
    + MADE.replace("SCHEMA", "z.object({ title: z.string() })")
    + """};

createServer(async (req, res) => {
  const parts = [];
  for await (const part of req) parts.push(part);"""
    + SESSIONS.replace("TRANSPORT", "WebStandardStreamableHTTPServerTransport")
    + """
  const body = ["GET", "HEAD"].includes(req.method) ? undefined : Buffer.concat(parts);
  const headers = Object.entries(req.headers).filter(([, value]) => typeof value === "string");
  const request = new Request(`http://127.0.0.1${req.url}`, { method: req.method, headers, body });
  const answer = await transport.handleRequest(request);
  res.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body) for await (const part of answer.body) res.write(part);
  res.end();
}).listen(Number(port), "127.0.0.1");
"""
)


def source(sdk: str) -> str:
    if sdk.startswith("typescript"):
        return TYPESCRIPT_1 if sdk == "typescript 1" else TYPESCRIPT_2
    made, run = (WHERE, "") if sdk == "mcp 1" else ("", WHERE)
    return PYTHON.format(imported=IMPORTED.get(sdk, "from fastmcp import FastMCP"), made=made, run=run)


def free() -> str:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return str(found.getsockname()[1])


def compared(kind: str, words: list[str], url: str, folder: Path, **environment: str) -> Scan:
    start = Start(tuple(words), str(folder), environment, network=True, write=True)
    record, consent = Record(), Consent(start.command, frozenset({origin(url)}))
    # A server with open connections may wait for these before it ends, and nothing of it is wanted by then.
    with serving.listening(start, url, consent, replace(PATIENT, grace=1), record) as there:
        assert there, record.text
        wanted = as_a_client_sees_it(kind, [url], folder)
        channel = network.listed(url, {}, consent, record, PATIENT)
        probes.probe(url, {}, consent, record, PATIENT, channel)
    found = seen(record.text)
    assert [each["transport"] for each in found.of("started")][-1] == kind
    alike(found, wanted)
    return found


@pytest.mark.parametrize(
    ("sdk", "kind"),
    [
        *((sdk, kind) for sdk in ("mcp 1", "mcp 2", "fastmcp 2", "fastmcp 3", "fastmcp 4") for kind in (HTTP, SSE)),
        ("typescript 1", HTTP), ("typescript 1", SSE), ("typescript 2", HTTP),
    ],
)  # fmt: skip
def test_endpoints_of_every_sdk(sdk: str, kind: str, tmp_path: Path) -> None:
    port = free()
    words, folder = sdks.command(sdk, source(sdk), tmp_path)
    path = "sse" if kind == SSE else "mcp"
    compared(kind, [*words, kind, port], f"http://127.0.0.1:{port}/{path}", folder)


@pytest.mark.parametrize(
    ("server", "way"),
    [(server, way) for server in PUBLISHED for way in range(len(server.endpoints))],
    ids=lambda each: each.package if isinstance(each, Published) else str(each),
)
def test_published_endpoints(server: Published, way: int, tmp_path: Path) -> None:
    port, (kind, words, path) = free(), server.endpoints[way]
    started = command(server, tuple(port if word == "PORT" else word for word in words))
    environment = {name: port if value == "PORT" else value for name, value in server.environment}
    compared(kind, started, f"http://127.0.0.1:{port}{path}", tmp_path, **environment)
