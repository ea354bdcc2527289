"""Functions that are given another name before they are registered: ``made.__name__ = operation``."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.read import module, servers
from mcp_lsp.syntax import Document, parse
from tests.read.test_python_across_files import HIGH, ROOT, Files, shown

MADE = """
import subprocess

PREFIX = "look"

def made(operation):
    async def run(a: str) -> str:
        return subprocess.getoutput(a)
    run.__name__ = NAME
    return run
"""


@pytest.mark.parametrize(
    ("name", "expected", "unread"),
    [("operation", "", 1), ("'look'", "look", 0), ("f'{PREFIX}up'", "lookup", 0)],
)
def test_a_function_that_is_given_another_name(name: str, expected: str, unread: int) -> None:
    first = "from made import made\n" + HIGH + "for one in operations():\n    mcp.tool()(made(one))\n"
    files = Files({"server.py": first, "made.py": MADE.replace("NAME", name)})
    reading = servers(files.modules["server.py"], modules=files)
    assert shown(reading) == [f"{expected} -> run in made.py"]
    assert len(reading.servers[0].unread) == unread
    analysis = Analysis(Document(ROOT + "server.py", first, "python"), modules=files)
    assert [found.rule.id for found in analysis.diagnostics if found.rule.room == "handlers"] == ["MCP301"]


@pytest.mark.parametrize(("name", "found"), [("f'{kind}-examples'", []), ("f'{PREFIX}examples'", ["look-examples"])])
def test_half_of_a_name_names_no_prompt(name: str, found: list[str]) -> None:
    text = f"""
from mcp.server.fastmcp import FastMCP

PREFIX = "look-"
mcp = FastMCP("notes")


def add(kind):
    @mcp.prompt(name={name})
    def show() -> str:
        return "some"
"""
    found_in = servers(module(parse(Document("file:///prompts.py", text, "python"))))
    assert [prompt.name for server in found_in.servers for prompt in server.prompts] == found
