"""An address that was checked, and where redirects from it lead: where they are followed as far as the code says, and
where any host of others is contacted."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import registry

RULE = registry.by_name()["url-from-argument"]
SERVER = """\
import aiohttp
import httpx
import ipaddress
import re
import requests
import socket
import urllib.request
from urllib.parse import urlsplit
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("pages")
BASE = "https://docs.example.com"
HOSTS = frozenset({"example.com", "www.example.com"})


@mcp.tool()
async def page(url: str) -> str:
    """
PUBLIC = """\
if not ipaddress.ip_address(socket.gethostbyname(urlsplit(url).hostname)).is_global:
    raise ValueError("no page of others")
"""


def check(fetch: str, admitted: str = PUBLIC) -> list[str]:
    """What is said of a tool that admits the pages of some hosts and fetches one in this way."""
    source = SERVER + (admitted + fetch).replace("\n", "\n    ")
    return [
        str(one.message) for one in Analysis(Document("file:///pages.py", source, "python"), rules=[RULE]).diagnostics
    ]


@pytest.mark.parametrize(
    "fetch",
    [
        "return httpx.get(url, follow_redirects=True).text",
        "async with httpx.AsyncClient(follow_redirects=True) as client:\n    return (await client.get(url)).text",
        "client = httpx.AsyncClient()\nreturn (await client.get(url, follow_redirects=True)).text",
        "return requests.get(url, allow_redirects=True).text",
        "return requests.get(url, timeout=10, stream=True).text",
        "with requests.Session() as session:\n    return session.get(url).text",
        "async with aiohttp.ClientSession() as session:\n    return await (await session.get(url)).text()",
        "return urllib.request.urlopen(url).read()",
    ],
)
def test_redirects_are_followed_as_the_code_or_its_client_says(fetch: str) -> None:
    assert check(fetch) == ["`url` is checked, and redirects are followed to wherever they lead"]


@pytest.mark.parametrize(
    "fetch",
    [
        "return httpx.get(url).text",
        "return httpx.get(url, follow_redirects=False).text",
        "client = httpx.AsyncClient(follow_redirects=True)\nreturn await client.get(url, follow_redirects=False)",
        "client = httpx.AsyncClient(event_hooks={'response': [look]})\nreturn await client.get(url, follow_redirects=True)",
        "return requests.get(url, allow_redirects=False).text",
        "return requests.get(url, **options).text",
        "async with aiohttp.ClientSession() as session:\n    return await session.get(url, allow_redirects=False)",
        "async with aiohttp.ClientSession(connector=guarded) as session:\n    return await session.get(url)",
        "session = requests.Session()\nsession.mount('https://', guarded)\nreturn session.get(url).text",
    ],
)
def test_redirects_that_are_not_followed_or_that_are_looked_at(fetch: str) -> None:
    assert check(fetch) == []


@pytest.mark.parametrize(
    "admitted",
    [
        'if urlsplit(url).hostname not in HOSTS:\n    raise ValueError("no page of ours")\n',
        'if not url.startswith(f"{BASE}/"):\n    raise ValueError("no page of ours")\n',
        'if not re.match(r"^https://([a-z0-9-]+\\.)*example\\.com/", url):\n    return ""\n',
        'if not re.match(r"https://[a-z0-9-]+\\.example\\.com/", url):\n    return ""\n',
    ],
)
def test_where_hosts_that_are_known_send_others_is_theirs_to_choose(admitted: str) -> None:
    assert check("return httpx.get(url, follow_redirects=True).text", admitted) == []


@pytest.mark.parametrize(
    "admitted",
    [
        'if not url.startswith("https://"):\n    return ""\n',
        'if not re.match(r"^https://.*example\\.com/", url):\n    return ""\n',
        'if not re.match(r"^https://([a-z0-9-]+\\.)*example\\.com", url):\n    return ""\n',
        'if not re.match(r"^https://([^/]+\\.)*example\\.com/", url):\n    return ""\n',
    ],
)
def test_what_makes_no_host_known(admitted: str) -> None:
    assert check("return httpx.get(url).text", admitted) == ["`url` chooses which host is contacted"]


NODE = """\
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
import axios from "axios";
import got from "got";
import ipaddr from "ipaddr.js";
import {{ lookup }} from "node:dns/promises";
import {{ z }} from "zod";

const server = new McpServer({{ name: "pages", version: "1" }});
const still = axios.create({{ maxRedirects: 0 }});

async function page(url: string, init: RequestInit) {{
  const {{ address }} = await lookup(new URL(url).hostname);
  if (ipaddr.parse(address).range() !== "unicast") throw new Error("no page of others");
  {before}
  return await {fetch};
}}

server.registerTool("page", {{ description: "A page.", inputSchema: {{ url: z.string() }} }}, async ({{ url }}) => {{
  return {{ content: [{{ type: "text", text: String(await page(url, settings)) }}] }};
}});
"""


def told(fetch: str, before: str = "") -> int:
    source = NODE.format(fetch=fetch, before=before)
    found = Analysis(Document("file:///pages.ts", source, "typescript"), rules=[RULE]).diagnostics
    return sum("redirects are followed" in str(one.message) for one in found)


@pytest.mark.parametrize(
    "fetch",
    [
        "fetch(url)",
        "fetch(url, { headers: { accept: 'text/html' } })",
        "fetch(url, { redirect: 'follow' })",
        "axios.get(url)",
        "axios.get(url, { timeout: 1000, maxRedirects: 5 })",
        "got(url)",
    ],
)
def test_clients_of_node_follow_redirects(fetch: str) -> None:
    assert told(fetch) == 1


@pytest.mark.parametrize(
    ("fetch", "before"),
    [
        ("fetch(url, { redirect: 'manual' })", ""),
        ("fetch(url, { redirect: 'error', headers: {} })", ""),
        ("fetch(url, options)", "const options = { method: 'GET', redirect: 'manual' };"),
        ("fetch(url, init)", ""),
        ("fetch(url, { ...init, headers: {} })", ""),
        ("fetch(url, { dispatcher: guarded })", ""),
        ("axios.get(url, { maxRedirects: 0 })", ""),
        ("still.get(url)", ""),
        ("got(url, { followRedirect: false })", ""),
    ],
)
def test_clients_of_node_that_are_told_not_to(fetch: str, before: str) -> None:
    assert told(fetch, before) == 0
