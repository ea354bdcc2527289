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


EARLY_STORY = """
import dns from "node:dns/promises";
import net from "node:net";

function isPrivate(ip) {
  if (ip.includes(":")) {
    return ip === "::1" || ip.startsWith("fe80:") || ip.startsWith("fc") || ip.startsWith("fd");
  }
  const found = ip.match(/^(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)$/);
  if (!found) return false;
  OCTETS
  return RANGES;
}

async function look(host) {
  if (host === "localhost") throw new Error();
  WRITTEN
  EARLY
  for (const one of await dns.lookup(host, { all: true })) {
    if (isPrivate(one.address)) throw new Error();
  }
}

server.registerTool("fetch", { inputSchema: { url: z.string() } }, async ({ url }) => {
  await look(new URL(url).hostname);
  await fetch(url, { redirect: "manual" });
  return { content: [] };
});
"""
BY_NUMBER = "const a = Number(found[1]); const b = Number(found[2]);"
IN_TURN = "const [, a, b] = found.map(Number);"
LATER = "const [a, b] = found.slice(1).map(Number);"
ALL = "a === 10 || a === 127 || a === 0 || (a === 169 && b === 254) || (a === 192 && b === 168)"
WRITTEN = "if (isPrivate(host)) throw new Error();"
FORM = r"if (/^(\d{1,3}\.){3}\d{1,3}$/.test(host) || host.includes(':')) return;"


@pytest.mark.parametrize(
    ("octets", "ranges", "written", "early", "enough"),
    [
        (BY_NUMBER, ALL, WRITTEN, FORM, True),
        (IN_TURN, ALL, WRITTEN, FORM, True),
        (LATER, ALL, WRITTEN, FORM, True),
        (LATER, ALL, WRITTEN, "if (net.isIP(host)) return;", True),
        (LATER, ALL, f"if (net.isIP(host)) {{ {WRITTEN} }}", FORM, True),
        (LATER, ALL, "", FORM, False),
        (LATER, "a === 224", WRITTEN, FORM, False),
        (LATER, ALL, "", r"if (/^(\d{1,3}\.){3}\d{1,3}$/.test(host)) return;", False),
    ],
)
def test_what_is_an_address_as_it_is_written_is_not_looked_up(
    octets: str, ranges: str, written: str, early: str, enough: bool
) -> None:
    story = EARLY_STORY.replace("OCTETS", octets).replace("RANGES", ranges)
    story = story.replace("WRITTEN", written).replace("EARLY", early)
    assert told(TYPESCRIPT + story, "file:///story.ts") is not enough


LOOKED_UP = {
    "python": """
import asyncio
import ipaddress
import socket
import httpx
from urllib.parse import urlparse

def private(info) -> bool:
    return ipaddress.ip_address(info[4][0]).is_private

def refuse(infos) -> None:
    if any(private(info) for info in infos):
        raise ValueError("no")

async def look(host: str) -> None:
    try:
        FOUND
    except CAUGHT:
        return
    if any(private(info) for info in infos):
        raise ValueError("no")

@mcp.tool()
async def fetch(url: str) -> str:
    await look(urlparse(url).hostname)
    return httpx.get(url).text
""",
    "typescript": """
import dns from "node:dns/promises";
import ipaddr from "ipaddr.js";

let resolver = null;
const isPrivate = (one) => ipaddr.parse(one.address).range() !== "unicast";

function refuse(infos) {
  if (infos.some(isPrivate)) throw new Error();
}

async function look(host) {
  let infos;
  try {
    FOUND
  } catch {
    return;
  }
  if (infos.some(isPrivate)) throw new Error();
}

server.registerTool("fetch", { inputSchema: { url: z.string() } }, async ({ url }) => {
  await look(new URL(url).hostname);
  await fetch(url, { redirect: "manual" });
  return { content: [] };
});
""",
}
ADDRESSES = "infos = socket.getaddrinfo(host, None)"
IN_A_THREAD = "infos = await asyncio.to_thread(socket.getaddrinfo, host, None)"
LOOK_UP = "infos = await dns.lookup(host, { all: true });"
BUILT_IN = "const mod = await import('node:dns'); infos = await mod.promises.lookup(host, { all: true });"


@pytest.mark.parametrize(
    ("language", "found", "caught", "enough"),
    [
        ("python", ADDRESSES, "socket.gaierror", True),
        ("python", ADDRESSES, "(socket.gaierror, UnicodeError)", True),
        ("python", ADDRESSES, "Exception", True),
        ("python", IN_A_THREAD, "OSError", True),
        ("python", f"{ADDRESSES}; refuse(infos)", "socket.gaierror", True),
        ("python", f"{ADDRESSES}; refuse(infos)", "Exception", False),
        ("python", f"{ADDRESSES}; refuse(infos)", "(socket.gaierror, ValueError)", False),
        ("python", "infos = ours(host)", "socket.gaierror", False),
        ("typescript", LOOK_UP, "", True),
        ("typescript", BUILT_IN, "", True),
        ("typescript", f"infos = resolver ? await resolver(host) : []; if (!resolver) {{ {LOOK_UP} }}", "", True),
        ("typescript", f"{LOOK_UP} refuse(infos);", "", False),
        ("typescript", f"{LOOK_UP} if (infos.some(isPrivate)) throw new Error();", "", False),
        ("typescript", LOOK_UP.replace("lookup", "resolve4"), "", False),
    ],
)
def test_a_host_that_is_looked_up_in_vain(language: str, found: str, caught: str, enough: bool) -> None:
    story = LOOKED_UP[language].replace("FOUND", found).replace("CAUGHT", caught)
    head, uri = (PYTHON, "file:///story.py") if language == "python" else (TYPESCRIPT, "file:///story.ts")
    assert told(head + story, uri) is not enough


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


@pytest.mark.parametrize(("scheme", "enough"), [("raw:", True), ("data:", True), ("http:", False), ("file:", False)])
def test_what_names_no_host_is_not_looked_up(scheme: str, enough: bool) -> None:
    python = f"""
import ipaddress
import socket
import httpx
from urllib.parse import urlparse

@mcp.tool()
def fetch(url: str) -> str:
    if not str(url).startswith(("{scheme}", "{scheme}//")):
        for info in socket.getaddrinfo(urlparse(url).hostname, None):
            if ipaddress.ip_address(info[4][0]).is_private:
                raise ValueError("no")
    return httpx.get(url).text
"""
    typescript = f"""
import dns from "node:dns/promises";
import ipaddr from "ipaddr.js";

server.registerTool("fetch", {{ inputSchema: {{ url: z.string() }} }}, async ({{ url }}) => {{
  if (!url.startsWith("{scheme}")) {{
    const found = await dns.lookup(new URL(url).hostname);
    if (ipaddr.parse(found.address).range() !== "unicast") throw new Error("no");
  }}
  await fetch(url, {{ redirect: "manual" }});
  return {{ content: [] }};
}});
"""
    assert told(PYTHON + python, "file:///story.py") is not enough
    assert told(TYPESCRIPT + typescript, "file:///story.ts") is not enough
