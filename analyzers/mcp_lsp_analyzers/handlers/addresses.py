"""Addresses that a tool argument chooses: requests the server makes on behalf of whoever chose it."""

from __future__ import annotations

from collections.abc import Iterator

from ..fix import AllowList, Fix
from ..flow import Handler
from ..model import Endpoint
from ..rule import Example, Finding, Severity, rule
from . import hosts
from .judging import Verdict
from .telling import Case, cases, finding, named, spelled


@rule(
    "MCP306",
    severity=Severity.WARNING,
    references=(
        "CWE-918", "MCP05:2025", "LLM05:2025", "LLM10:2026", "ASI02:2026", "SAFE-T1104", "CoSAI MCP-T8", "MCTS-T-1003",
    ),
    bad='''
    import httpx


    @mcp.tool()
    async def fetch(url: str) -> str:
        """Fetch a page."""
        async with httpx.AsyncClient() as client:
            answer = await client.get(url)
            #                         ^^^ `url` chooses which host is contacted
        return answer.text
    ''',
    good='''
    import httpx
    from urllib.parse import urlsplit

    HOSTS = frozenset({"example.com", "www.example.com"})


    @mcp.tool()
    async def fetch(url: str) -> str:
        """Fetch a page of ours."""
        if urlsplit(url).hostname not in HOSTS:
            raise ValueError("no page of ours")
        async with httpx.AsyncClient() as client:
            answer = await client.get(url)
        return answer.text


    @mcp.tool()
    async def weather(city: str) -> str:
        """The weather in a city."""
        async with httpx.AsyncClient() as client:
            answer = await client.get("https://weather.example.com/v1/now", params={"city": city})
        return answer.text
    ''',
    typescript=Example(
        bad='''
        import { z } from "zod";

        const shape = { url: z.string().url() };

        server.registerTool("fetch", { description: "Fetch.", inputSchema: shape }, async ({ url }) => {
          return fetch(url).then(async (answer) => ({ content: [{ type: "text", text: await answer.text() }] }));
          //           ^^^ `url` chooses which host is contacted
        });
        ''',
        good='''
        import { z } from "zod";

        const HOSTS = new Set(["example.com"]);

        const shape = { url: z.string().url() };

        server.registerTool("fetch", { description: "Fetch.", inputSchema: shape }, async ({ url }) => {
          if (!HOSTS.has(new URL(url).hostname)) {
            throw new Error("not one of our pages");
          }
          const answer = await fetch(url, { redirect: "error" });
          return { content: [{ type: "text", text: await answer.text() }] };
        });
        ''',
    ),
)  # fmt: skip
def url_from_argument(handler: Handler) -> Iterator[Finding]:
    """A tool argument chooses which host the server contacts.

    The server stands where the model does not: beside cloud metadata at `169.254.169.254`, services that listen on
    `localhost`, an intranet. A page the model read can have it fetch those and hand over what they say.

    Admit hosts from a list, compared with the host of the parsed URL. Where any page may be fetched, resolve the host,
    refuse private, loopback and link-local addresses, connect to the address that was checked, and check again on each
    redirect. Looking at the host as it is written is not enough: any name can resolve to a private address. Put a slash
    behind a fixed host: `https://example.com` goes on to be another with `@elsewhere` or `.elsewhere` behind it.
    """
    for case in cases(handler, ("url",), hosts.url):
        whole = case.flow.source.name.removesuffix(".clone")
        if (whole, "*") in handler.of.arguments and case.flow.source.kind == "request":
            continue  # a whole request is passed on to where it was sent, or is one that a client makes
        message = named(case.names, "chooses which host is contacted", "choose which host is contacted")
        if hosts.goes_on(case.flow):
            said = "can go on with the name of the host, and make it another"
            message = named(case.names, said, said)
        if hosts.sent_on(case.flow):
            said = "checked, and redirects are followed to wherever they lead"
            message = named(case.names, f"is {said}", f"are {said}")
        yield finding(case, message, None, _fix(case))


def _fix(case: Case) -> Fix | None:
    name = spelled(case)
    if name is None or case.flow.steps or case.flow.how != "whole":
        return None
    return Fix("Admit only known hosts", AllowList(case.flow.sink.place, name, "hosts"))


@rule(
    "MCP311",
    severity=Severity.INFORMATION,
    references=("CWE-22", "MCP05:2025", "LLM05:2025", "LLM10:2026", "ASI02:2026", "CoSAI MCP-T3"),
    bad='''
    import httpx

    API = "https://tickets.example.com/api"


    @mcp.tool()
    async def ticket(key: str) -> str:
        """A ticket by its key."""
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"{API}/tickets/{key}")
            #                         ^^^^^^^^^^^^^^^^^^^^^^ `key` can lead to another path of the same host
        return answer.text
    ''',
    good='''
    import httpx
    from urllib.parse import quote

    API = "https://tickets.example.com/api"


    @mcp.tool()
    async def ticket(key: str) -> str:
        """A ticket by its key."""
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"{API}/tickets/{quote(key, safe='')}")
        return answer.text


    @mcp.tool()
    async def comments(number: int, author: str) -> str:
        """Comments on a ticket."""
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"{API}/comments/{number}", params={"author": author})
        return answer.text
    ''',
    typescript=Example(
        bad='''
        import { z } from "zod";

        const shape = { key: z.string() };

        server.registerTool("ticket", { description: "A ticket.", inputSchema: shape }, async ({ key }) => {
          const answer = await fetch(`https://tickets.example.com/api/tickets/${key}`);
          //                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `key` can lead to another path …
          return { content: [{ type: "text", text: await answer.text() }] };
        });
        ''',
        good='''
        import { z } from "zod";

        const shape = { key: z.string(), project: z.string().regex(/^[A-Z]+$/) };

        server.registerTool("ticket", { description: "A ticket.", inputSchema: shape }, async ({ key, project }) => {
          const path = `${project}/tickets/${encodeURIComponent(key)}`;
          const answer = await fetch(`https://tickets.example.com/api/${path}`);
          return { content: [{ type: "text", text: await answer.text() }] };
        });
        ''',
    ),
)  # fmt: skip
def url_path_from_argument(handler: Handler) -> Iterator[Finding]:
    """A tool argument can lead to another path of the host that is contacted.

    `../../users/1` in the place of a key is resolved before the request is sent: it goes to another endpoint, with the
    credentials of the server. A `?` or `#` in it cuts off what stands behind.

    Encode what is put into a path (`quote(key, safe="")`, `encodeURIComponent(key)`), give it as a parameter of the
    query, or admit only the characters such keys have.
    """
    if handler.tool is None and not isinstance(handler.of, Endpoint):
        return
    for case in cases(handler, ("url",), hosts.way):
        if case.verdict is Verdict.OPEN and case.flow.source.kind == "argument":
            message = "can lead to another path of the same host"
            yield finding(case, named(case.names, message, message))
