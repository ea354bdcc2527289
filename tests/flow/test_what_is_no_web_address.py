"""Addresses of which only those of the web are checked, and lists of single addresses that are refused."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

_NODE = """
    import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
    import ipaddr from "ipaddr.js";
    import {{ lookup }} from "node:dns/promises";
    import {{ z }} from "zod";

    const server = new McpServer({{ name: "story", version: "1.0.0" }});

    async function admit(address: URL) {{
      for (const one of await lookup(address.hostname, {{ all: true }})) {{
        if (ipaddr.parse(one.address).range() !== "unicast") throw new Error("no page of ours");
      }}
    }}

    server.registerTool("show", {{ inputSchema: {{ given: z.string() }} }}, async ({{ given }}) => {{
      const url = new URL(given);
      {body}
      return {{ content: [] }};
    }});
    """

_PYTHON = """
    import ipaddress
    import socket
    from urllib.parse import urlparse
    from urllib.request import urlopen

    import requests
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("story")
    BLOCKED = load()

    def admit(host: str) -> None:
        for found in socket.getaddrinfo(host, 443):
            if not ipaddress.ip_address(found[4][0]).is_global:
                raise ValueError("no page of ours")

    @mcp.tool()
    def show(url: str) -> str:
        parts = urlparse(url)
        {body}
    """


def _severities(text: str, language: str, body: str) -> list[str]:
    text = textwrap.dedent(text).format(body=body.replace("\n", "\n  " if language == "typescript" else "\n    "))
    name = "server.py" if language == "python" else "server.ts"
    return [d.severity.name for d in check_text(f"file:///{name}", text, language) if d.rule.id == "MCP306"]


_FETCH = 'await fetch(url, { redirect: "manual" });'


@pytest.mark.parametrize(
    "body",
    [
        'if (url.protocol === "http:" || url.protocol === "https:") await admit(url);\n' + _FETCH,
        'if (url.protocol !== "http:" && url.protocol !== "https:") {} else { await admit(url); }\n' + _FETCH,
        'if (["http:", "https:"].includes(url.protocol)) await admit(url);\n' + _FETCH,
        'const web = new Set(["http:", "https:"]);\nif (web.has(url.protocol)) { await admit(url); }\n' + _FETCH,
    ],
)
def test_only_addresses_of_the_web_are_checked_in_node(body: str) -> None:
    assert _severities(_NODE, "typescript", body) == []


@pytest.mark.parametrize(
    "body",
    [
        'if (url.protocol === "https:") await admit(url);\n' + _FETCH,
        'if (url.protocol === "http:" || url.protocol === "ftp:") await admit(url);\n' + _FETCH,
    ],
)
def test_others_of_the_web_get_through_in_node(body: str) -> None:
    assert _severities(_NODE, "typescript", body) == ["WARNING"]


_GET = "requests.get(url, allow_redirects=False)"


@pytest.mark.parametrize(
    ("scheme", "fetch", "found"),
    [
        ('parts.scheme in ("http", "https")', _GET, []),
        ('parts.scheme == "http" or parts.scheme == "https"', _GET, []),
        ('parts.scheme == "http"', _GET, ["WARNING"]),
        ('parts.scheme in ("http", "https")', "urlopen(url)", ["WARNING"]),
    ],
)
def test_only_addresses_of_the_web_are_checked(scheme: str, fetch: str, found: list[str]) -> None:
    body = f"if {scheme}:\n    admit(parts.hostname)\n{fetch}"
    assert _severities(_PYTHON, "python", body) == found


_RESOLVED = "address = socket.gethostbyname(parts.hostname)\n"


@pytest.mark.parametrize(
    ("refused", "found"),
    [
        ('address in ("127.0.0.1", "169.254.169.254")', ["INFORMATION"]),
        ('address == "169.254.169.254"', ["INFORMATION"]),
        ('address in ["169.254.169.254"] or ipaddress.ip_address(address).is_private', []),
        ('any(ipaddress.ip_address(address) in ipaddress.ip_network(n) for n in ("10.0.0.0/8", "127.0.0.0/8"))', []),
        ("address in BLOCKED", []),
        ('address == "example"', ["WARNING"]),
    ],
)
def test_single_addresses_are_no_network(refused: str, found: list[str]) -> None:
    body = f'{_RESOLVED}if {refused}:\n    raise ValueError("no page of ours")\n{_GET}'
    assert _severities(_PYTHON, "python", body) == found
