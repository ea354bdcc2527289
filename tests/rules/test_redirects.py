"""An address that was checked, and where redirects from it lead: only where the code itself says to follow them, and
where any host of others is contacted."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import registry

RULE = registry.by_name()["url-from-argument"]
SERVER = """\
import httpx
import ipaddress
import re
import requests
import socket
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
    ],
)
def test_redirects_are_followed_as_the_code_says(fetch: str) -> None:
    assert check(fetch) == ["`url` is checked, and redirects are followed to wherever they lead"]


@pytest.mark.parametrize(
    "fetch",
    [
        "return httpx.get(url).text",
        "return httpx.get(url, follow_redirects=False).text",
        "client = httpx.AsyncClient(follow_redirects=True)\nreturn await client.get(url, follow_redirects=False)",
        "client = httpx.AsyncClient(event_hooks={'response': [look]})\nreturn await client.get(url, follow_redirects=True)",
        "return requests.get(url).text",
    ],
)
def test_redirects_that_nothing_is_said_of_or_that_are_looked_at(fetch: str) -> None:
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
