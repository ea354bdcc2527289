"""Servers as they are published, what an SDK's own client gets to see of them, and what a scan lists beside that."""

from __future__ import annotations

import functools
import json
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

from tests.outside.servers import Scan
from tests.protocol import sdks


class Published(NamedTuple):
    """``package`` of a registry ("python", "npm"). ``program``: its name, or the file of a package that Node.js runs.
    ``words`` start it over standard streams; ``endpoints``: how it listens instead, (transport, words, path), "PORT"
    standing for a port of its own. ``environment``: what it wants to start, none of it true."""

    registry: str
    package: str
    program: str
    words: tuple[str, ...] = ()
    endpoints: tuple[tuple[str, tuple[str, ...], str], ...] = ()
    environment: tuple[tuple[str, str], ...] = ()


HTTP, SSE = "streamable-http", "sse"
OFFICIAL = "@modelcontextprotocol/server-"
PUBLISHED = (
    Published("python", "mcp-server-time", "mcp-server-time"),
    Published("python", "mcp-server-fetch", "mcp-server-fetch"),
    Published("python", "mcp-server-git", "mcp-server-git"),
    Published("python", "mcp-server-calculator", "mcp-server-calculator"),
    Published(
        "python", "excel-mcp-server", "excel-mcp-server", ("stdio",),
        ((HTTP, ("streamable-http", "--port", "PORT"), "/mcp"),),
    ),
    Published(
        "python", "markitdown-mcp", "markitdown-mcp", (),
        ((HTTP, ("--http", "--port", "PORT"), "/mcp"), (SSE, ("--http", "--port", "PORT"), "/sse")),
    ),
    Published(
        "python", "wikipedia-mcp", "wikipedia-mcp", (),
        ((HTTP, ("--transport", "http", "--port", "PORT"), "/mcp"), (SSE, ("--transport", "sse", "--port", "PORT"), "/sse")),
    ),
    Published("python", "duckduckgo-mcp-server", "duckduckgo-mcp-server"),
    Published(
        "npm", f"{OFFICIAL}everything", "dist/index.js", (),
        ((HTTP, ("streamableHttp",), "/mcp"), (SSE, ("sse",), "/sse")), (("PORT", "PORT"),),
    ),
    Published("npm", f"{OFFICIAL}filesystem", "dist/index.js", (".",)),
    Published("npm", f"{OFFICIAL}memory", "dist/index.js"),
    Published("npm", f"{OFFICIAL}sequential-thinking", "dist/index.js"),
    Published(
        "npm", "@upstash/context7-mcp", "dist/index.js", (), ((HTTP, ("--transport", "http", "--port", "PORT"), "/mcp"),),
    ),
    Published(
        "npm", "@notionhq/notion-mcp-server", "bin/cli.mjs", (),
        ((HTTP, ("--transport", "http", "--port", "PORT", "--unsafe-disable-auth"), "/mcp"),), (("NOTION_TOKEN", "ntn_none"),),
    ),
    Published("npm", "tavily-mcp", "build/index.js", (), (), (("TAVILY_API_KEY", "tvly-none"),)),
)  # fmt: skip


@functools.cache
def installed(server: Published) -> Path:
    """Where a server is installed, alone: no two need agree on an SDK. Skips the test where it cannot be."""
    name = f"{'typescript' if server.registry == 'npm' else 'python'} {server.package}"
    folder = f"published-{server.package.replace('/', '-').removeprefix('@')}"
    sdks.SDKS[name] = (folder, [server.package])
    return sdks.environment(name)


def command(server: Published, words: tuple[str, ...]) -> list[str]:
    home = installed(server)
    if server.registry == "npm":
        return ["node", str(home / "node_modules" / server.package / server.program), *words]
    return [str(home / "bin" / server.program), *words]


CLIENT = """
import asyncio, json, os, sys
from mcp import ClientSession, StdioServerParameters
from mcp.client.sse import sse_client
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamablehttp_client

def opened(kind, words):
    if kind == "stdio":
        parameters = StdioServerParameters(command=words[0], args=words[1:], env=dict(os.environ))
        return stdio_client(parameters, open(os.devnull, "w"))
    return sse_client(words[0]) if kind == "sse" else streamablehttp_client(words[0])

async def main():
    async with opened(sys.argv[1], sys.argv[2:]) as streams:
        async with ClientSession(streams[0], streams[1]) as session:
            offered = (await session.initialize()).capabilities
            found = {
                "tools": (await session.list_tools()).tools if offered.tools else [],
                "prompts": (await session.list_prompts()).prompts if offered.prompts else [],
                "resources": (await session.list_resources()).resources if offered.resources else [],
            }
            dumped = {k: [e.model_dump(mode="json", by_alias=True, exclude_none=True) for e in v] for k, v in found.items()}
            print(json.dumps(dumped))

asyncio.run(main())
"""
_PATIENCE = 120.0
"""Seconds until a client that waits is ended: so long nothing that works takes."""


def as_a_client_sees_it(
    kind: str, words: list[str], folder: Path, **environment: str
) -> dict[str, list[dict[str, Any]]]:
    """What the client of the official SDK lists, over one transport. Fails where it does not."""
    python = sdks.environment("mcp 1") / "bin" / "python"
    done = subprocess.run(
        [str(python), "-c", CLIENT, kind, *words], cwd=folder, env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True, text=True, check=False, timeout=_PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


_SPOKEN = {
    "stray-output", "broken-message", "answer-to-nobody", "uninvited-request", "unanswered-request", "ended-early",
    "refused-list", "endless-pages", "changing-list", "outlives-its-client", "takes-too-much", "refused-entry",
}  # fmt: skip
"""Rules about the conversation: nothing of it is wrong where a client of the SDK is content."""


def alike(found: Scan, wanted: dict[str, list[dict[str, Any]]]) -> None:
    """A scan has listed what a client lists, in the same order and with the same words, and nothing was wrong."""
    for kind, name in (("tools", "name"), ("prompts", "name"), ("resources", "uri")):
        listed = [e for m in found.of("received") for e in (m.get("result") or {}).get(kind) or ()]
        ours = {entry[name]: entry for entry in listed}
        assert list(ours) == [entry[name] for entry in wanted[kind]]
        for entry in wanted[kind]:
            for key in ("description", "inputSchema", "outputSchema", "arguments", "annotations"):
                assert _plain(ours[entry[name]].get(key)) == _plain(entry.get(key)), (entry[name], key)
    assert wanted["tools"]
    assert not _SPOKEN & set(found.said), found.said


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items() if each is not None}
    return [_plain(each) for each in value] if isinstance(value, list) else value
