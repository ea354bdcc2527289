"""What is shown of a definition: words, costs, where pointing means it, and how much of it an edit computes again."""

from __future__ import annotations

import pytest

from mcp_lsp.assist import definitions
from mcp_lsp.assist.definitions import Cost, Definitions
from mcp_lsp.check import Analysis
from mcp_lsp.predict import Sources
from mcp_lsp.syntax import Change, Document
from mcp_lsp_analyzers.definition import Definition, Unknown

SCRIPT = """\
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod/v4";
const LIMIT = z.number().max(10);
const server = new McpServer({ name: "s", version: "1" });
server.registerTool("first", { description: "One", inputSchema: { a: LIMIT } }, async () => ({ content: [] }));
server.registerTool("second", { description: "Two", inputSchema: { a: LIMIT } }, async () => ({ content: [] }));
"""
PYTHON = '''\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("s")
LIMIT = 10


@mcp.tool()
def first(a: int = LIMIT) -> str:
    """One"""
    return "x"


@mcp.tool()
def second(a: int = LIMIT) -> str:
    """Two"""
    return "x"
'''


def cost(entry: dict[str, object], *unknown: str) -> Cost:
    return definitions.cost(Definition("tool", entry, tuple(Unknown(pointer, "it is") for pointer in unknown)))


def test_a_token_is_four_characters_of_what_the_model_is_given() -> None:
    assert cost({"name": "a"}) == Cost(3, True)  # {"name":"a"}
    assert cost({"name": "a", "outputSchema": {"type": "object"}, "annotations": {}}) == Cost(3, True)
    assert cost({"name": "é" * 100}).tokens == cost({"name": "e" * 100}).tokens


@pytest.mark.parametrize(
    ("pointer", "whole"), [("/description", False), ("/inputSchema/required", False), ("/*", False), ("/_meta", True)]
)
def test_what_is_not_known_makes_the_cost_a_lower_bound(pointer: str, whole: bool) -> None:
    assert cost({"name": "a"}, pointer).whole == whole
    assert str(cost({"name": "a"}, pointer)) == ("≈3 tokens" if whole else "≥3 tokens")


def pointed(text: str, language: str) -> dict[str, str]:
    """For each word between ``‹›``: which item pointing at it means."""
    plain, marks = "", []
    for i, part in enumerate(text.replace("›", "‹").split("‹")):
        if i % 2:
            marks.append((part, len(plain)))
        plain += part
    analysis = Analysis(Document("file:///a", plain, language))
    known = Definitions(analysis.servers, Sources())
    found = {word: known.at(offset + 1) for word, offset in marks}
    return {word: item[0].name if item is not None else "" for word, item in found.items()}


def test_pointing_at_a_name_or_a_registration() -> None:
    first, second = 'registerTool("first"', 'server.registerTool("second"'
    script = SCRIPT.replace(first, 'registerTool("‹first›"').replace(second, '‹server.regis›terTool("second"')
    script = script.replace("content: [] }));\n‹", "‹content›: [] }));\n‹")
    assert pointed(script, "typescript") == {"first": "first", "server.regis": "second", "content": ""}


def test_pointing_at_a_decorator() -> None:
    python = PYTHON.replace("@mcp.tool()\ndef first", "‹@mcp.tool›()\ndef ‹first›").replace('"x"', '"‹x›"', 1)
    assert pointed(python, "python") == {"@mcp.tool": "first", "first": "first", "x": ""}


def recomputed(text: str, language: str, old: str, new: str) -> int:
    """How many of two definitions are computed again after an edit."""
    analysis = Analysis(Document("file:///a", text, language))
    before = Definitions(analysis.servers, Sources(), analysis.module)
    for server in before.servers:
        before.total(server)
    assert before.computed == 2
    at = text.index(old)
    analysis.change([Change(at, at + len(old), new)])
    after = Definitions(analysis.servers, Sources(), analysis.module, before)
    for server in after.servers:
        after.total(server)
    fresh = Definitions(analysis.servers, Sources(), analysis.module)
    for server in after.servers:
        for item in server.items:
            assert after.of(item, server).entry == fresh.of(item, server).entry
    return after.computed


@pytest.mark.parametrize(("text", "language"), [(SCRIPT, "typescript"), (PYTHON, "python")])
def test_an_edit_in_one_tool_leaves_the_definitions_of_others_alone(text: str, language: str) -> None:
    assert recomputed(text, language, "Two", "Two of them") == 1
    assert recomputed(text, language, "10", "11") == 2


def test_a_fence_is_longer_than_those_in_a_description() -> None:
    analysis = Analysis(Document("file:///a", SCRIPT.replace('"One"', '"See ```js and ````"'), "typescript"))
    known = Definitions(analysis.servers, Sources())
    (server,) = known.servers
    text = definitions.hover(server.tools[0], server, known.of(server.tools[0], server), True)
    assert "\n`````json\n" in text
