"""A run over many files needs no more memory than its largest one: of a file that was checked, only what was found
stays."""

from __future__ import annotations

import gc
from pathlib import Path

from mcp_lsp.assist import fixes
from mcp_lsp.check import Analysis
from mcp_lsp.project.files import File
from mcp_lsp.project.run import Job, Work
from mcp_lsp.settings import Settings
from mcp_lsp_analyzers.code import Unit

SERVERS = {
    "one.py": '''
import subprocess
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("one")


@mcp.tool()
def ping(host: str) -> str:
    """Ping a host."""
    return subprocess.getoutput(f"ping -c1 {host}")
''',
    "two.ts": """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { execSync } from "node:child_process";
import { z } from "zod";

const server = new McpServer({ name: "two", version: "1.0.0" });
server.registerTool("ping", { description: "Ping a host", inputSchema: { host: z.string() } }, async ({ host }) => ({
  content: [{ type: "text", text: execSync(`ping -c1 ${host}`).toString() }],
}));
""",
    "three.json": '{"mcpServers": {"one": {"command": "npx", "args": ["-y", "one"]}}}',
}


def test_nothing_of_a_checked_file_stays(tmp_path: Path) -> None:
    for name, text in SERVERS.items():
        (tmp_path / name).write_text(text)
    folder = str(tmp_path)
    files = [File(str(tmp_path / name), Settings(), 0, True) for name in SERVERS]
    work = Work(Job(folder, folder, fixes.render), files)
    enabled = gc.isenabled()
    gc.collect()
    gc.disable()  # as for a run; what others left alone is older than this
    try:
        for i in range(len(files)):
            work(i)  # loads what stays for the whole run
        before = [each for each in gc.get_objects() if type(each) in (Analysis, Unit)]
        outcomes = [work(i) for i in range(len(files))]
        after = [each for each in gc.get_objects() if type(each) in (Analysis, Unit)]
    finally:
        if enabled:
            gc.enable()
    assert all(any(found.code == "MCP301" and found.fix for found in each.found) for each in outcomes[:2])
    assert len(after) == len(before)
