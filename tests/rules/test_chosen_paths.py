"""Paths that a tool takes whole, and those that were meant to stay in a folder."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import registry

RULE = registry.by_name()["path-from-argument"]
PYTHON = """
import os
import re
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")
FOLDER = os.environ["FOLDER"]


@mcp.tool()
def save(name: str) -> str:
    FIND
    with open(path, "w") as file:
        return file.name
"""
TYPESCRIPT = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const server = new McpServer({ name: "notes", version: "1.0.0" });
const FOLDER = process.env.FOLDER!;
server.registerTool("save", { description: "Saves.", inputSchema: { name: z.string() } }, async ({ name }) => {
  await writeFile(FIND, "");
  return { content: [] };
});
"""


def check(text: str, find: str) -> list[str]:
    ending, language = ("py", "python") if text is PYTHON else ("ts", "typescript")
    document = Document(f"file:///server.{ending}", text.replace("FIND", find), language)
    return [f"{d.severity.value}: {d.message}" for d in Analysis(document, rules=[RULE]).diagnostics]


LEADS_OUT = ["error: `name` can lead out of the folder it is joined to"]
CHOOSES = ["warning: `name` chooses which file is written"]
IS_ABSOLUTE = "path = name\n    if not os.path.isabs(path):\n        path = os.path.join(FOLDER, path)"
REFUSED = "if os.path.isabs(name):\n        raise ValueError(name)\n    path = os.path.join(FOLDER, name)"


@pytest.mark.parametrize(
    ("text", "find", "found"),
    [
        (PYTHON, "path = name", CHOOSES),
        (PYTHON, 'path = "/" + name', CHOOSES),
        (PYTHON, 'path = "/srv/" + name', LEADS_OUT),
        (PYTHON, "path = os.path.join(FOLDER, name)", LEADS_OUT),
        (PYTHON, IS_ABSOLUTE, CHOOSES),
        (PYTHON, f"{IS_ABSOLUTE}\n    path = os.path.abspath(path)", CHOOSES),
        (PYTHON, REFUSED, LEADS_OUT),
        (TYPESCRIPT, "path.isAbsolute(name) ? name : path.join(FOLDER, name)", CHOOSES),
        (TYPESCRIPT, "path.join(FOLDER, name)", LEADS_OUT),
    ],
)
def test_what_is_joined_only_where_it_is_not_absolute_may_be_any_file(text: str, find: str, found: list[str]) -> None:
    assert check(text, find) == found


@pytest.mark.parametrize(
    ("text", "find", "safe"),
    [
        (PYTHON, "path = os.path.join(FOLDER, 'n-' + re.sub(r'[^a-z0-9.-]', '_', name) + '.md')", True),
        (PYTHON, "path = os.path.join(FOLDER, re.sub(r'[^a-z0-9./-]', '_', name))", False),
        (PYTHON, "path = os.path.join(FOLDER, re.sub(r'[^a-z0-9.-]', '/', name))", False),
        (TYPESCRIPT, "path.join(FOLDER, `${name.replace(/[^a-z0-9.-]/g, '_')}.md`)", True),
        (TYPESCRIPT, "path.join(FOLDER, `${name.replace(/[^a-z0-9.\\-]/g, '/')}.md`)", False),
    ],
)
def test_what_takes_the_place_of_other_characters_is_no_end_of_a_range(text: str, find: str, safe: bool) -> None:
    assert bool(check(text, find)) is not safe
