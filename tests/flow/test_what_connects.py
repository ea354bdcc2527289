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
from urllib.parse import urlparse

import aiohttp
import httpx
import requests
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


class Polite(httpx.AsyncBaseTransport):
    def __init__(self):
        self.inner = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request):
        if private(request.url.host):
            return httpx.Response(403, request=request)
        return await self.inner.handle_async_request(request)


class Half(httpx.AsyncHTTPTransport):
    async def handle_async_request(self, request):
        if request.method == "GET" and private(request.url.host):
            raise httpx.ConnectError("no")
        return await super().handle_async_request(request)


class Telling(httpx.AsyncHTTPTransport):
    async def handle_async_request(self, request):
        if private(request.url.host):
            print("private", request.url)
        return await super().handle_async_request(request)


class OneOfTwo(httpx.HTTPTransport, httpx.AsyncHTTPTransport):
    def handle_request(self, request):
        if private(request.url.host):
            raise httpx.ConnectError("no")
        return super().handle_request(request)

    async def handle_async_request(self, request):
        return await super().handle_async_request(request)


class Strict(aiohttp.abc.AbstractResolver):
    def __init__(self):
        self.inner = aiohttp.DefaultResolver()

    async def resolve(self, host, port=0, family=socket.AF_INET):
        found = await self.inner.resolve(host, port, family)
        for one in found:
            if not public(one["host"]):
                raise OSError("no")
        return found


class Open(aiohttp.DefaultResolver):
    async def resolve(self, host, port=0, family=socket.AF_INET):
        found = await super().resolve(host, port, family)
        print([public(one["host"]) for one in found])
        return found


def private(host):
    return any(ipaddress.ip_address(found[4][0]).is_private for found in socket.getaddrinfo(host, None))


async def look(request):
    check_host(str(request.url))


def check_host(url):
    if private(urlparse(url).hostname):
        raise ValueError("no")


async def validate_url(request):
    return request.url.host != ""


async def is_safe(request):
    validate_address(str(request.url))


def validate_address(url):
    try:
        return not private(urlparse(url).hostname)
    except OSError:
        return False


async def answered(response):
    if response.has_redirect_location and private(response.next_request.url.host):
        raise ValueError("no")


async def note(request):
    print(request.url)


class Adapter(requests.adapters.HTTPAdapter):
    def send(self, request, **kwargs):
        if private(urlparse(request.url).hostname):
            raise ValueError("no")
        return super().send(request, **kwargs)


class Patient(requests.adapters.HTTPAdapter):
    def send(self, request, **kwargs):
        kwargs["timeout"] = 10
        return super().send(request, **kwargs)


def session():
    session = requests.Session()
    session.mount("http://", Adapter())
    session.mount("https://", Adapter())
    return session


def made():
    return httpx.AsyncClient(transport=Guarded())


class Pages:
    def __init__(self):
        self.client = httpx.AsyncClient(transport=Guarded())
        self.other = httpx.AsyncClient(transport=Retrying())
        self.third = requests.Session()
        self.fourth = requests.Session()
        for scheme in ("http://", "https://"):
            self.third.mount(scheme, Adapter())
            self.fourth.mount(scheme, Patient())

    async def one(self, url):
        return await self.client.get(url)

    async def two(self, url):
        return await self.other.get(url)

    def three(self, url):
        return self.third.get(url)

    def four(self, url):
        return self.fourth.get(url)


pages = Pages()


@mcp.tool()
async def page(url: str) -> str:
    """
RESOLVED = """\
c = aiohttp.TCPConnector(resolver=RESOLVER())
async with aiohttp.ClientSession(connector=c) as s:
    async with s.get(url) as answer:
        return await answer.text()
"""
ASKED = "const asking = axios.create(); asking.interceptors.request.use(ASKED); await asking.get(url);"
TYPESCRIPT = """\
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import axios from "axios";
import http from "node:http";
import https from "node:https";
import dns from "node:dns";
import ipaddr from "ipaddr.js";
import isPrivateIp from "private-ip";
import got from "got";
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
const listing = new Agent({
  connect: {
    lookup(hostname, options, callback) {
      dns.lookup(hostname, { all: true }, (err, addresses) => {
        if (err) return callback(err);
        for (const entry of addresses) {
          if (!safeAddress(entry.address)) {
            callback(new Error(`no: ${entry.address}`), "", 0);
            return;
          }
        }
        callback(null, addresses[0].address, addresses[0].family);
      });
    },
  },
});
const telling = new Agent({
  connect: {
    lookup(hostname, options, callback) {
      dns.lookup(hostname, options, (err, address, family) => {
        if (!safeAddress(address)) console.warn(address);
        callback(err, address, family);
      });
    },
  },
});
const turned = new Agent({
  connect: {
    lookup: (host, options, done) =>
      dns.lookup(host, options, (error, address) => done(safeAddress(address) ? new Error("no") : error, address)),
  },
});
const passing = new Agent({
  connect: {
    lookup(hostname, options, callback) {
      if (options.family === 6) return dns.lookup(hostname, options, callback);
      dns.lookup(hostname, options, (err, address, family) => {
        if (!safeAddress(address)) return callback(new Error("no"));
        callback(err, address, family);
      });
    },
  },
});
function refuse(url) {
  if (isPrivateIp(new URL(url).hostname)) throw new Error("no");
}
function validateUrl(url) {
  console.log(new URL(url).hostname);
}
class Guarded extends https.Agent {
  createConnection(options, oncreate) {
    if (isPrivateIp(options.host)) throw new Error("no");
    return super.createConnection(options, oncreate);
  }
}
class Told extends https.Agent {
  createConnection(options, oncreate) {
    if (isPrivateIp(options.host)) {
      oncreate(new Error("no"));
      return undefined;
    }
    return super.createConnection(options, oncreate);
  }
}
class Counting extends https.Agent {
  createConnection(options, oncreate) {
    this.private = isPrivateIp(options.host);
    return super.createConnection(options, oncreate);
  }
}
function agentFor(wanted) {
  return new Agent({ connect: { lookup: wanted } });
}
function lookUp(hostname, options, callback) {
  dns.lookup(hostname, options, (error, address, family) => {
    if (error) callback(error);
    else if (isPrivateIp(address)) callback(new Error("no"));
    else callback(null, address, family);
  });
}
function bothWith(lookup) {
  return { http: new http.Agent({ lookup }), https: new https.Agent({ lookup }) };
}
function agents() {
  const lookup = lookUp;
  return { http: new http.Agent({ lookup }), https: new https.Agent({ lookup }) };
}
function half() {
  return { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ lookup: lookUp }) };
}
let kept = null;
function keptAgents() {
  if (!kept) {
    kept = (async () => {
      const mod = await import("node:https");
      return { httpsAgent: new mod.Agent({ lookup: lookUp }) };
    })();
  }
  return kept;
}
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
        ("python", "async with httpx.AsyncClient(transport=Polite()) as c:\n    await c.get(url)"),
        ("python", "c = httpx.AsyncClient(mounts={'all://': Guarded()})\nawait c.get(url)"),
        ("python", "s = requests.Session()\ns.mount('http://', Adapter())\ns.get(url)"),
        ("python", "session().get(url)"),
        ("python", "s = session()\ns.get(url)"),
        ("python", "pages.three(url)"),
        ("python", RESOLVED.replace("RESOLVER", "Resolver")),
        ("python", RESOLVED.replace("RESOLVER", "Strict")),
        ("typescript", "await fetch(url, { dispatcher: guarded });"),
        ("typescript", ASKED.replace("ASKED", "(config) => { refuse(config.url); return config; }")),
        ("typescript", "await fetch(url, { dispatcher: listing });"),
        ("typescript", "await fetch(url, { dispatcher: agentFor(lookUp) });"),
        ("typescript", "await axios.get(url, { httpsAgent: new https.Agent({ lookup: lookUp }) });"),
        ("typescript", "await axios.get(url, { httpsAgent: new Guarded({ keepAlive: true }) });"),
        ("typescript", "const agent = new Told(); await axios.get(url, { httpAgent: agent, httpsAgent: agent });"),
        ("typescript", "await got(url, { hooks: { beforeRequest: [(options) => refuse(options.url.href)] } });"),
        ("typescript", "await axios.get(url, { httpAgent: useAgent(url), httpsAgent: useAgent(url) });"),
        ("typescript", "const agent = useAgent(url); await axios.get(url, { httpsAgent: agent });"),
        ("typescript", "await client.get(url);"),
        (
            "typescript",
            "const made = agents(); await axios.get(url, { httpAgent: made.http, httpsAgent: made.https });",
        ),
        ("typescript", "const made = agents(); await axios.get(url, { ...(made ? { httpAgent: made.http } : {}) });"),
        ("typescript", "const options = { httpsAgent: agents().https }; await axios.get(url, { ...options });"),
        ("typescript", "const made = await keptAgents(); await axios.get(url, { ...made });"),
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
        ("python", "async with httpx.AsyncClient(transport=Half()) as c:\n    await c.get(url)"),
        ("python", "async with httpx.AsyncClient(transport=Telling()) as c:\n    await c.get(url)"),
        ("python", "async with httpx.AsyncClient(transport=OneOfTwo()) as c:\n    await c.get(url)"),
        ("python", "async with httpx.AsyncClient(event_hooks={'request': [validate_url]}) as c:\n    await c.get(url)"),
        ("python", "async with httpx.AsyncClient(event_hooks={'request': [is_safe]}) as c:\n    await c.get(url)"),
        ("python", "async with httpx.AsyncClient(event_hooks={'response': [answered]}) as c:\n    await c.get(url)"),
        ("python", "s = requests.Session()\ns.mount('http://', Patient())\ns.get(url)"),
        ("python", "s = requests.Session()\nt = requests.Session()\nt.mount('http://', Adapter())\ns.get(url)"),
        ("python", "pages.four(url)"),
        ("python", RESOLVED.replace("RESOLVER", "Open")),
        ("typescript", "await fetch(url, { dispatcher: patient });"),
        ("typescript", ASKED.replace("ASKED", "(config) => { validateUrl(config.url); return config; }")),
        (
            "typescript",
            ASKED.replace("ASKED", "(it) => { refuse(it.url); return it; }").replace(".request", ".response"),
        ),
        ("typescript", "await fetch(url, { dispatcher: telling });"),
        ("typescript", "await fetch(url, { dispatcher: turned });"),
        ("typescript", "await fetch(url, { dispatcher: passing });"),
        ("typescript", "await axios.get(url, { httpsAgent: new Counting({ keepAlive: true }) });"),
        ("typescript", "await axios.get(url, { beforeRedirect: (options) => refuse(options.href) });"),
        ("typescript", "await got(url, { hooks: { beforeRequest: [(options) => validateUrl(options.url.href)] } });"),
        ("typescript", "await axios.get(url, { httpsAgent: new https.Agent({ keepAlive: true }) });"),
        ("typescript", "const made = half(); await axios.get(url, { httpAgent: made.http });"),
        ("typescript", "await axios.get(url, { ...(url.length > 9 ? { httpsAgent: agents().https } : {}) });"),
        ("typescript", "const made = bothWith(dns.lookup); await axios.get(url, { httpAgent: made.http });"),
        (
            "typescript",
            "const made = { http: new http.Agent(), https: guarded }; await fetch(url, { agent: made.http });",
        ),
    ],
)
def test_what_connects_does_not_look(language: str, body: str) -> None:
    assert check(language, body) == ["`url` chooses which host is contacted"]
