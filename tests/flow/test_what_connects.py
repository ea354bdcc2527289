"""Addresses that are looked at where the connection is made: by a transport, a hook, an agent, a look-up of names."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import registry

RULE = registry.by_name()["url-from-argument"]
PYTHON = """\
import ipaddress
import socket

import aiohttp
import httpx
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("pages")


class Guarded(httpx.AsyncHTTPTransport):
    async def handle_async_request(self, request):
        for found in socket.getaddrinfo(request.url.host, None):
            if ipaddress.ip_address(found[4][0]).is_private:
                raise httpx.ConnectError("no")
        return await super().handle_async_request(request)


class Retrying(httpx.AsyncHTTPTransport):
    async def handle_async_request(self, request):
        return await super().handle_async_request(request)


class Resolver(aiohttp.DefaultResolver):
    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [one for one in await super().resolve(host, port, family) if public(one["host"])]


def public(address):
    return ipaddress.ip_address(address).is_global


async def look(request):
    validate_url(str(request.url))


async def note(request):
    print(request.url)


def made():
    return httpx.AsyncClient(transport=Guarded())


class Pages:
    def __init__(self):
        self.client = httpx.AsyncClient(transport=Guarded())
        self.other = httpx.AsyncClient(transport=Retrying())

    async def one(self, url):
        return await self.client.get(url)

    async def two(self, url):
        return await self.other.get(url)


pages = Pages()


@mcp.tool()
async def page(url: str) -> str:
    """
RESOLVED = """\
c = aiohttp.TCPConnector(resolver=Resolver())
async with aiohttp.ClientSession(connector=c) as s:
    async with s.get(url) as answer:
        return await answer.text()
"""
TYPESCRIPT = """\
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import axios from "axios";
import https from "node:https";
import dns from "node:dns";
import ipaddr from "ipaddr.js";
import { Agent } from "undici";
import { useAgent, RequestFilteringHttpsAgent } from "request-filtering-agent";

const server = new McpServer({ name: "pages", version: "1.0.0" });
const PRIVATE = ["private", "loopback"];
const safeAddress = (address: string) => ipaddr.parse(address).range() === "unicast";
const guarded = new Agent({
  connect: {
    lookup: (host, options, done) =>
      dns.lookup(host, options, (error, address) => done(isPrivateIp(address) ? new Error("no") : error, address)),
  },
});
const patient = new Agent({ connect: { timeout: 10 } });
const client = axios.create({ httpsAgent: new RequestFilteringHttpsAgent() });

server.registerTool("page", { inputSchema: { url: z.string() } }, async ({ url }) => {
  BODY
  return { content: [] };
});
"""


def check(language: str, body: str) -> list[str]:
    """What is said of a tool that fetches the page a model chose in this way."""
    source = PYTHON + body.replace("\n", "\n    ") if language == "python" else TYPESCRIPT.replace("BODY", body)
    document = Document(f"file:///pages.{'py' if language == 'python' else 'ts'}", source, language)
    return [str(one.message) for one in Analysis(document, rules=[RULE]).diagnostics]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "python",
            "async with httpx.AsyncClient(transport=Guarded(), follow_redirects=True) as c:\n    await c.get(url)",
        ),
        ("python", "async with httpx.AsyncClient(event_hooks={'request': [look]}) as c:\n    await c.get(url)"),
        ("python", "async with made() as c:\n    await c.get(url)"),
        ("python", "await pages.one(url)"),
        ("python", RESOLVED),
        ("typescript", "await fetch(url, { dispatcher: guarded });"),
        ("typescript", "await axios.get(url, { httpAgent: useAgent(url), httpsAgent: useAgent(url) });"),
        ("typescript", "const agent = useAgent(url); await axios.get(url, { httpsAgent: agent });"),
        ("typescript", "await client.get(url);"),
    ],
)
def test_what_connects_looks_where_to(language: str, body: str) -> None:
    assert check(language, body) == []


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("python", "async with httpx.AsyncClient(transport=Retrying()) as c:\n    await c.get(url)"),
        ("python", "async with httpx.AsyncClient(event_hooks={'request': [note]}) as c:\n    await c.get(url)"),
        ("python", "async with httpx.AsyncClient(verify=Guarded()) as c:\n    await c.get(url)"),
        ("python", "await pages.two(url)"),
        ("typescript", "await fetch(url, { dispatcher: patient });"),
        ("typescript", "await axios.get(url, { httpsAgent: new https.Agent({ keepAlive: true }) });"),
    ],
)
def test_what_connects_does_not_look(language: str, body: str) -> None:
    assert check(language, body) == ["`url` chooses which host is contacted"]
