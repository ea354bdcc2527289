"""Coroutines of an author's own that a handler calls and does not wait for, and what only looks like them."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import dependencies
from mcp_lsp.syntax import Change, Document
from mcp_lsp_analyzers import registry

RULE = registry.by_name()["coroutine-never-awaited"]
HEADS = {
    "mcp==1.30.0": "from mcp.server.fastmcp import FastMCP\n",
    "mcp==2.3.0": "from mcp.server import MCPServer as FastMCP\n",
    "fastmcp==3.4.10": "from fastmcp import FastMCP\n",
}
SOURCE = """
mcp = FastMCP("x")

async def save(text): ...
def note(text): ...
@background
async def later(text): ...
save_all = wrapped(save)

class Notes:
    async def keep(self, text): ...
    def write(self, text): ...

    async def tool(self, text: str) -> str:
        INSIDE
        return text

@mcp.tool()
async def f(text: str) -> str:
    BODY
    return text

@mcp.prompt()
async def p(text: str) -> str:
    return save(text)

async def nobody_calls_it():
    save("x")
"""


def analysis(requirement: str, body: str, inside: str = "pass") -> Analysis:
    text = HEADS[requirement] + SOURCE.replace("BODY", body).replace("INSIDE", inside)
    text += "notes = Notes()\nmcp.add_tool(notes.tool)\n" if inside != "pass" else ""
    return Analysis(
        Document("file:///server.py", text, "python"), dependencies({"requirements.txt": requirement}), rules=[RULE]
    )


def told(found: Analysis) -> list[str]:
    return [diagnostic.finding.message for diagnostic in found.diagnostics]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("save(text)", ["`save` is not awaited, so it never runs"]),
        ("if text:\n        save(text)", ["`save` is not awaited, so it never runs"]),
        ("async def own(): ...\n    own()", []),  # a function of its own may be anything by now
        ("await save(text)", []),
        ("kept = save(text)\n    await kept", []),
        ("asyncio.create_task(save(text))", []),
        ("note(text)", []),
        ("later(text)", []),
        ("save_all(text)", []),
        ("save = note\n    save(text)", []),
    ],
)
def test_a_call_that_is_a_statement(body: str, expected: list[str]) -> None:
    assert told(analysis("mcp==1.30.0", body)) == expected


@pytest.mark.parametrize("requirement", HEADS)
def test_a_coroutine_that_a_tool_returns(requirement: str) -> None:
    assert told(analysis(requirement, "return save(text)")) == [
        "`save` is not awaited, so the tool answers a coroutine"
    ]


@pytest.mark.parametrize(("requirement", "found"), [("mcp==1.30.0", 1), ("mcp==2.3.0", 1), ("fastmcp==3.4.10", 0)])
def test_a_coroutine_that_a_tool_returns_which_is_none(requirement: str, found: int) -> None:
    body = "return text\n\n@mcp.tool()\ndef g(text: str) -> str:\n    return save(text)\n\ndef h(text):\n    pass"
    assert len(told(analysis(requirement, body))) == found


def test_methods() -> None:
    assert told(analysis("mcp==1.30.0", "pass", "self.keep(text)")) == ["`keep` is not awaited, so it never runs"]
    assert told(analysis("mcp==1.30.0", "pass", "self.write(text)")) == []
    assert told(analysis("mcp==1.30.0", "pass", "await self.keep(text)")) == []


def test_what_becomes_a_coroutine_or_no_longer_is_one() -> None:
    found = analysis("mcp==1.30.0", "save(text)")
    assert len(told(found)) == 1
    at = found.document.text.index("async def save")
    found.change([Change(at, at + len("async "), "")])
    assert told(found) == []
    found.change([Change(at, at, "async ")])
    assert len(told(found)) == 1
