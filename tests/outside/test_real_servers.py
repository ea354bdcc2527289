"""Real servers over standard streams, of every SDK and as they are published: what a scan lists is what an SDK's own
client gets to see, and nothing is found that is not so. Environments are made once, from the package registries."""

from __future__ import annotations

from pathlib import Path

import pytest

from mcp_lsp.outside import stdio
from mcp_lsp.outside.consent import starting
from mcp_lsp.outside.process import Start
from mcp_lsp.outside.record import Record
from tests.outside.real import PUBLISHED, Published, alike, as_a_client_sees_it, command
from tests.outside.servers import PATIENT, seen
from tests.protocol import sdks

pytestmark = pytest.mark.long

PYTHON = '''
{imported}

mcp = FastMCP("shop", instructions="Sells books.")


@mcp.tool()
def find(title: str, limit: int = 3) -> list[str]:
    """Find books."""
    return []


@mcp.prompt()
def praise(book: str) -> str:
    """Praise a book."""
    return book


@mcp.resource("shop://books/{{isbn}}")
def book(isbn: str) -> str:
    """A book."""
    return isbn


mcp.run()
'''
OFFICIAL = "from mcp.server.fastmcp import FastMCP"
SCRIPT_1 = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { z } from "zod";
"""
SCRIPT_2 = """
import { McpServer } from "@modelcontextprotocol/server";
import { StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import * as z from "zod";
"""
SCRIPT = """
const server = new McpServer({ name: "shop", version: "1.0.0" });
server.registerTool("find", { description: "Find books.", inputSchema: SCHEMA }, async () => ({ content: [] }));
await server.connect(new StdioServerTransport());
"""
SOURCES = {
    "mcp 1": PYTHON.format(imported=OFFICIAL),
    "mcp 2": PYTHON.format(imported="from mcp.server import MCPServer as FastMCP"),
    "fastmcp 2": PYTHON.format(imported="from fastmcp import FastMCP"),
    "fastmcp 3": PYTHON.format(imported="from fastmcp import FastMCP"),
    "fastmcp 4": PYTHON.format(imported="from fastmcp import FastMCP"),
    "typescript 1": SCRIPT_1 + SCRIPT.replace("SCHEMA", "{ title: z.string() }"),
    "typescript 2": SCRIPT_2 + SCRIPT.replace("SCHEMA", "z.object({ title: z.string() })"),
}


def compared(command: list[str], folder: Path, **environment: str) -> None:
    record = Record()
    start = Start(tuple(command), str(folder), environment)
    stdio.listed(start, starting(start.command), record, PATIENT)
    alike(seen(record.text), as_a_client_sees_it("stdio", command, folder, **environment))


@pytest.mark.parametrize("sdk", SOURCES)
def test_servers_of_every_sdk(sdk: str, tmp_path: Path) -> None:
    words, folder = sdks.command(sdk, SOURCES[sdk], tmp_path)
    compared(words, folder)


@pytest.mark.parametrize("server", PUBLISHED, ids=lambda server: server.package)
def test_published_servers(server: Published, tmp_path: Path) -> None:
    compared(command(server, server.words), tmp_path, **dict(server.environment))
