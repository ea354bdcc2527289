"""What a tool does is the same whatever was asked before: in any order of the tools, and of the files of a project."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.project.files import File
from mcp_lsp.project.index import Index
from mcp_lsp.project.outcome import Outcome
from mcp_lsp.project.run import Job, Work
from mcp_lsp.settings import Settings
from mcp_lsp.syntax import Document

SERVER = """import os
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("a")
"""

# What leads back to the tool itself.
BACK = (
    """
def helper(command: str) -> str:
    return one(command)
""",
    """
@mcp.tool()
def one(command: str) -> str:
    os.system(command)
    return helper(command)
""",
    """
@mcp.tool()
def two(command: str) -> str:
    return helper(command)
""",
)

# Functions that call each other, with what differs in its shape.
RING = (
    """
def even(command, n):
    return odd(command, n - 1) if n else command


def odd(command, n):
    return even(command, n - 1) if n else "ls"
""",
    """
@mcp.tool()
def one(command: str, n: int) -> str:
    return os.system(even(odd(command, n), n))
""",
    """
@mcp.tool()
def two(command: str, n: int) -> str:
    return os.system(odd(command, n))
""",
    """
@mcp.tool()
def three(command: str, n: int) -> str:
    return os.system(even(command, n))
""",
)

# More functions one in another than are followed.
DEEP = (
    "\n\n".join(f"def f{i}(command):\n    return f{i + 1}(command)\n" for i in range(18))
    + "\n\ndef f18(command):\n    return os.system(command)\n",
    *(
        f"""
@mcp.tool()
def from_{i}(command: str) -> str:
    return f{i}(command)
"""
        for i in (0, 3, 8)
    ),
)

SCRIPT = """import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { execSync } from "node:child_process";
import { z } from "zod";

const server = new McpServer({ name: "a", version: "1" });
"""

# Who fulfils a promise is a function of its own.
PROMISED = (
    """
function later(command: string, done: (value: string) => void) {
  done(command);
}
""",
    *(
        f"""
server.registerTool("{name}", {{ description: "Runs.", inputSchema: {{ host: z.string() }} }}, async ({{ host }}) => {{
  const command = await new Promise<string>((resolve) => {{ later(host, resolve); }});
  execSync(command);
  return {{ content: [] }};
}});
"""
        for name in ("one", "two")
    ),
)


def flows(analysis: Analysis) -> dict[str, list[object]]:
    assert not analysis.failures
    return {
        handler.of.name: [
            (
                flow.source,
                flow.sink.call,
                flow.how,
                [(guard.kind, guard.detail) for guard in flow.guards],
                [step.message for step in flow.steps],
            )
            for flow in handler.flows
        ]
        for handler in analysis.handlers
    }


def named(found: dict[str, list[object]]) -> dict[str, list[object]]:
    """Without where sources stand, which is elsewhere in another order."""
    return {
        name: [(one[0].name, *one[1:]) for one in ways]  # type: ignore[index]
        for name, ways in found.items()
    }


@pytest.mark.parametrize(
    ("head", "parts", "language", "silent"),
    [
        (SERVER, BACK, "python", set()),
        (SERVER, RING, "python", set()),
        (SERVER, DEEP, "python", {"from_0", "from_3"}),
        (SCRIPT, PROMISED, "typescript", set()),
    ],
    ids=["back", "ring", "deep", "promised"],
)
def test_in_any_order_of_the_tools(head: str, parts: tuple[str, ...], language: str, silent: set[str]) -> None:
    found = []
    for order in permutations(parts):
        document = Document(f"file:///server.{language}", head + "\n".join(order), language)
        found.append(named(flows(Analysis(document))))
    assert all(each == found[0] for each in found)
    assert {name for name, ways in found[0].items() if not ways} == silent


@pytest.mark.parametrize("parts", [BACK, RING, DEEP], ids=["back", "ring", "deep"])
def test_in_any_order_of_the_files(parts: tuple[str, ...], tmp_path: Path) -> None:
    """Each tool stands in a file of its own, and the functions in one that imports them all."""
    shared, *tools = parts
    names = [f"part_{i}" for i in range(len(tools))]
    asked = ", ".join(re.findall(r"def (\w+)", shared))
    own = [re.findall(r"def (\w+)", tool)[0] for tool in tools]
    back = "".join(f"from {name} import {tool}\n" for name, tool in zip(names, own, strict=True))
    (tmp_path / "shared.py").write_text(f"import os\n{back}\n{shared}")
    for name, tool in zip(names, tools, strict=True):
        (tmp_path / f"{name}.py").write_text(f"{SERVER}from shared import {asked}\n{tool}")
    folder = str(tmp_path)
    files = [File(str(path), Settings(), 0, True) for path in sorted(tmp_path.iterdir())]

    def outcomes(order: tuple[int, ...]) -> list[Outcome]:
        work = Work(Job(folder, folder), files, index=Index(folder))
        found = {i: work(i) for i in order}
        return [found[i] for i in range(len(files))]

    alone = [Work(Job(folder, folder), files)(i) for i in range(len(files))]
    assert any(found.code == "MCP301" for each in alone for found in each.found)
    for order in permutations(range(len(files))):
        assert outcomes(order) == alone
