"""Addresses that are put together from the parts of another one: what is checked of the whole holds for each part."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

_PYTHON = """
    import ipaddress
    import socket
    from urllib.parse import urljoin, urlparse, urlsplit, urlunparse, urlunsplit

    import requests
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("story")

    def admit(address: str) -> None:
        for found in socket.getaddrinfo(urlparse(address).hostname, 443):
            if not ipaddress.ip_address(found[4][0]).is_global:
                raise ValueError("no page of ours")

    @mcp.tool()
    def show(url: str, path: str) -> str:
        parts = urlparse(url)
        address = {address}
        {check}
        return requests.get(address, allow_redirects=False).text
    """

_NODE = """
    import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
    import ipaddr from "ipaddr.js";
    import {{ lookup }} from "node:dns/promises";
    import {{ z }} from "zod";

    const server = new McpServer({{ name: "story", version: "1.0.0" }});

    async function admit(address: string) {{
      const {{ hostname }} = new URL(address);
      for (const one of await lookup(hostname, {{ all: true }})) {{
        if (ipaddr.parse(one.address).range() !== "unicast") throw new Error("no page of ours");
      }}
    }}

    const shape = {{ url: z.string(), path: z.string() }};

    server.registerTool("show", {{ inputSchema: shape }}, async ({{ url, path }}) => {{
      const parts = new URL(url);
      const address = {address};
      {check}
      const answer = await fetch(address, {{ redirect: "error" }});
      return {{ content: [{{ type: "text", text: await answer.text() }}] }};
    }});
    """

_IN_PYTHON = [
    'urlunparse((parts.scheme, parts.netloc, "/robots.txt", "", "", ""))',
    'urlunparse([parts.scheme, parts.netloc, path, "", "", ""])',
    'urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, ""))',
    'urlunparse(parts._replace(path="/robots.txt"))',
    'parts._replace(path="/robots.txt").geturl()',
    'f"{parts.scheme}://{parts.netloc}/robots.txt"',
    'urljoin(url, "/robots.txt")',
]
_IN_NODE = [
    "`${parts.protocol}//${parts.host}/robots.txt`",
    'new URL("/robots.txt", url).href',
    'new URL("/robots.txt", url)',
    "new URL(`/notes/${path}`, parts).toString()",
    "`${parts.origin}/robots.txt`",
    "`${url.trim().replace(/\\/+$/, '')}/robots.txt`",
]


def _told(text: str, language: str, **parts: str) -> set[str]:
    text = textwrap.dedent(text).format(**parts)
    name = "server.py" if language == "python" else "server.ts"
    return {d.rule.id for d in check_text(f"file:///{name}", text, language) if d.rule.id in ("MCP306", "MCP311")}


@pytest.mark.parametrize("address", _IN_PYTHON)
def test_the_whole_is_checked(address: str) -> None:
    assert "MCP306" in _told(_PYTHON, "python", address=address, check="")
    assert "MCP306" not in _told(_PYTHON, "python", address=address, check="admit(address)")


@pytest.mark.parametrize("address", _IN_NODE)
def test_the_whole_is_checked_in_node(address: str) -> None:
    assert "MCP306" in _told(_NODE, "typescript", address=address, check="")
    assert "MCP306" not in _told(_NODE, "typescript", address=address, check="await admit(address);")


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ('urlunparse(("https", "api.example.com", path, "", "", ""))', {"MCP311"}),
        ('urlunsplit(("https", "api.example.com", "/notes/" + path, "", ""))', {"MCP311"}),
        ('urlunsplit(("https", "api.example.com", "/notes", path, ""))', set()),
        ('urlunsplit(("https", path, "/notes", "", ""))', {"MCP306"}),
        ('urlunsplit((path, "api.example.com", "/notes", "", ""))', {"MCP306"}),
    ],
)
def test_where_in_the_whole_a_part_stands(address: str, found: set[str]) -> None:
    assert _told(_PYTHON, "python", address=address, check="") == found


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ('new URL("/notes", "https://api.example.com")', set()),
        ('new URL("https://api.example.com/notes", url)', set()),
        ('new URL(path, "https://api.example.com")', {"MCP306"}),
    ],
)
def test_which_of_two_names_the_host_in_node(address: str, found: set[str]) -> None:
    assert _told(_NODE, "typescript", address=address, check="") == found
