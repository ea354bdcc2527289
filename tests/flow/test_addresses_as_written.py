"""Hosts that are no address as they are written: their names are refused, and whatever they resolve to is not asked."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text
from tests.flow.stories import PYTHON, TYPESCRIPT

PYTHON_STORY = """
import ipaddress
import httpx
from urllib.parse import urlparse

class Refused(Exception):
    pass

class Misread(ValueError):
    pass

def look(url: str) -> None:
    host = urlparse(url).hostname
    NAMES
    try:
        address = ipaddress.ip_address(host)
        EARLY
    except CAUGHT:
        return
    if address.is_private:
        raise Refused(host)

@mcp.tool()
def fetch(url: str) -> str:
    look(url)
    return httpx.get(url).text
"""
REFUSED = 'if host in ("localhost", "metadata.google.internal"): raise Refused(host)'
INSIDE = "if address.is_private: raise {}(host)"


def told(text: str, uri: str) -> bool:
    return any(d.rule.id == "MCP306" for d in check_text(uri, text))


@pytest.mark.parametrize(
    ("names", "early", "caught", "enough"),
    [
        (REFUSED, "pass", "ValueError", True),
        ("pass", "pass", "ValueError", False),
        (REFUSED, "pass", "Exception", False),
        (REFUSED, INSIDE.format("Refused"), "ValueError", True),
        (REFUSED, INSIDE.format("ValueError"), "ValueError", False),
        (REFUSED, INSIDE.format("Misread"), "ValueError", False),
    ],
)
def test_a_host_that_cannot_be_read_as_an_address(names: str, early: str, caught: str, enough: bool) -> None:
    story = PYTHON_STORY.replace("NAMES", names).replace("EARLY", early).replace("CAUGHT", caught)
    assert told(PYTHON + story, "file:///story.py") is not enough


TYPESCRIPT_STORY = """
import { isIP, isIPv6 } from "node:net";

const NAMES = ["localhost", "metadata.google.internal"];
const isPrivate4 = (ip: string) => /^(10\\.|127\\.|192\\.168\\.|169\\.254\\.)/.test(ip);
const isPrivate6 = (ip: string) => ip === "::1" || ip.startsWith("fe80:") || ip.startsWith("fc") || ip.startsWith("fd");

function look(url: string) {
  const host = new URL(url).hostname.toLowerCase();
  BODY
}

server.registerTool("fetch", { inputSchema: { url: z.string() } }, async ({ url }) => {
  look(url);
  await fetch(url);
  return { content: [] };
});
"""
FOUR = "if (isIP(host) === 4) { if (isPrivate4(host)) throw new Error(); }"
SIX = "else if (isIP(host) === 6) { if (isPrivate6(host)) throw new Error(); }"
NAMED = "if (NAMES.includes(host)) throw new Error();"


@pytest.mark.parametrize(
    ("body", "enough"),
    [
        (f"{FOUR} {SIX} else {NAMED}", True),
        (f"{FOUR} {SIX}", False),
        (f"if (isIP(host)) throw new Error(); {NAMED}", True),
        (f"if (isIP(host) !== 0) throw new Error(); {NAMED}", True),
        ("if (isIP(host)) throw new Error();", False),
        (f"if (isIPv6(host)) throw new Error(); {NAMED}", False),
        (f"if (!isIP(host)) throw new Error(); {NAMED}", False),
    ],
)
def test_a_host_of_no_version(body: str, enough: bool) -> None:
    story = textwrap.dedent(TYPESCRIPT_STORY).replace("BODY", body)
    assert told(TYPESCRIPT + story, "file:///story.ts") is not enough


BEHIND = [
    ("https://example.com", "", True),
    ("http://localhost:", "", True),
    ("https://example.com/", "", False),
    ("https://example.com?page=", "", False),
    ("https://api.", "", True),
    ("https://example.com", 'STARTS("/")', False),
    ("https://example.com", 'STARTS("/pages/")', False),
    ("https://example.com", 'STARTS("p")', True),
    ("https://example.com", "MATCHES", False),
]


@pytest.mark.parametrize(("before", "asked", "chosen"), BEHIND)
def test_what_stands_behind_a_host_makes_it_another(before: str, asked: str, chosen: bool) -> None:
    test = asked.replace("STARTS", "not rest.startswith").replace("MATCHES", r"not re.fullmatch(r'/[\w/]+', rest)")
    check = f"if {test}:\n        raise ValueError(rest)" if test else "pass"
    source = f"""
import re
import httpx

@mcp.tool()
def fetch(rest: str) -> str:
    {check}
    return httpx.get(f"{before}{{rest}}").text
"""
    assert told(PYTHON + source, "file:///story.py") is chosen


@pytest.mark.parametrize(("before", "asked", "chosen"), BEHIND)
def test_what_stands_behind_a_host_makes_it_another_in_typescript(before: str, asked: str, chosen: bool) -> None:
    test = asked.replace("STARTS", "!rest.startsWith").replace("MATCHES", r"!/^\/[\w/]+$/.test(rest)")
    check = f"if ({test}) throw new Error(rest);" if test else ""
    source = f"""
const HOST = process.env.HOST || "{before}";

server.registerTool("fetch", {{ description: "Fetch.", inputSchema: {{ rest: z.string() }} }}, async ({{ rest }}) => {{
  {check}
  const answer = await fetch(`${{HOST}}${{rest}}`);
  return {{ content: [{{ type: "text", text: await answer.text() }}] }};
}});
"""
    assert told(TYPESCRIPT + source, "file:///story.ts") is chosen


@pytest.mark.parametrize("path", ["`/${rest}`", 'rest.startsWith("/") ? rest : "/" + rest'])
def test_a_slash_that_is_put_between_ends_the_host(path: str) -> None:
    source = f"""
server.registerTool("fetch", {{ description: "Fetch.", inputSchema: {{ rest: z.string() }} }}, async ({{ rest }}) => {{
  const path = {path};
  const answer = await fetch(`https://example.com${{path}}`);
  return {{ content: [{{ type: "text", text: await answer.text() }}] }};
}});
"""
    assert not told(TYPESCRIPT + source, "file:///story.ts")
