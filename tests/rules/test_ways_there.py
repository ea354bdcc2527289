"""What is told beside a finding: each way on which something chosen gets to one position."""

from __future__ import annotations

import textwrap

from mcp_lsp.check import check_text
from tests.flow.stories import PYTHON, TYPESCRIPT


def beside(uri: str, story: str) -> list[str]:
    found = [one.finding for one in check_text(uri, story) if one.rule.id == "MCP301"]
    assert len(found) == 1
    return [related.message for related in found[0].related]


def test_several_functions_that_build_one_command() -> None:
    story = PYTHON + textwrap.dedent("""
        import subprocess

        def run(line: str) -> str:
            return subprocess.getoutput(line)

        def listed(folder: str) -> str:
            line = f"ls {folder}"
            return run(line)

        def counted(file: str, sign: str) -> str:
            line = f"grep -c {sign} {file}"
            return run(line)

        @mcp.tool()
        def look(folder: str, file: str, sign: str) -> str:
            return listed(folder) + counted(file, sign)
        """)
    told = [message for message in beside("file:///story.py", story) if "part of" in message]
    assert told == ["becomes part of `line`", "`sign` becomes part of `line` here as well"]


def test_one_place_is_told_once() -> None:
    story = TYPESCRIPT + textwrap.dedent("""
        import { exec } from "node:child_process";

        server.registerTool("look", { inputSchema: { a: z.string(), b: z.string() } }, async ({ a, b }) => {
          const line = `ls ${a} ${b}`;
          exec(line);
          return { content: [] };
        });
        """)
    told = [message for message in beside("file:///story.ts", story) if "part of" in message]
    assert told == ["becomes part of `line`"]
