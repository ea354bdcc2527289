"""What a keystroke makes the interpreter do must not grow with the file: counted as calls of Python functions.

Loops in C over all declarations (copying a list, comparing slices) are left uncounted and are cheap; one call for each
declaration in each of a dozen stages is what makes a large file slow.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from types import FrameType

import pytest

from mcp_lsp import syntax
from mcp_lsp.check import Analysis
from mcp_lsp.project.index import Index
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.record import replace
from mcp_lsp_analyzers.rule import Finding, Rule

PYTHON = """\
@mcp.tool()
def tool_{n}(host: str, count: int = 3) -> str:
    \"\"\"Ask a host, number {n}.\"\"\"
    if count > 10:
        raise ValueError("too many")
    done = subprocess.run(f"ping {{host}} -c {{count}}", shell=True)
    lines = [line.strip() for line in str(done).splitlines()]
    return helper_{n}(lines)


def helper_{n}(lines):
    return "".join(lines)


"""
TYPESCRIPT = """\
server.registerTool(
  "tool_{n}",
  {{ description: "Ask a host, number {n}", inputSchema: {{ host: z.string(), count: z.number() }} }},
  async ({{ host, count }}) => {{
    if (count > 10) {{
      throw new Error("too many");
    }}
    const done = execSync(`ping ${{host}} -c ${{count}}`);
    const lines = String(done).split("\\n").map((line) => line.trim());
    return helper{n}(lines);
  }},
);

function helper{n}(lines: string[]) {{
  return {{ content: [{{ type: "text" as const, text: lines.join("") }}] }};
}}

"""
HEADS = {
    "python": "import subprocess\nfrom mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('x')\n\n\n",
    "typescript": (
        'import { execSync } from "node:child_process";\nimport { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
        'import { z } from "zod";\n\nconst server = new McpServer({ name: "x", version: "1" });\n\n'
    ),
}


def calls(language: str, tools: int, typed: str, project: Path) -> int:
    """Calls of Python functions for typing a text into the middle of a server, one character at a time."""
    part = PYTHON if language == "python" else TYPESCRIPT
    text = HEADS[language] + "".join(part.format(n=n) for n in range(tools))
    file = project / f"x.{'py' if language == 'python' else 'ts'}"
    document = syntax.Document(file.as_uri(), text, language)
    analysis = Analysis(document, modules=Index(str(project)), root=str(project))
    at = text.index("lines = ", len(text) // 2)
    at = text.rindex("\n", 0, at)
    count = 0

    def counting(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        if event == "call":
            count += 1

    for i, char in enumerate(typed):
        before = sys.getprofile()
        gc.disable()  # others that run in this process may have asked to be called when it collects
        sys.setprofile(counting)
        try:
            analysis.change([syntax.Change(at + i, at + i, char)])
        finally:
            sys.setprofile(before)
            gc.enable()
    assert analysis.counted["segments"] == 1
    return count


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("python", "\n    seen = [helper(x) for x in (1, 2)]"),
        ("typescript", "\n    const seen = [1, 2].map((x) => `${x}!`);"),
    ],
)
def test_a_keystroke_costs_the_same_in_a_large_file(language: str, typed: str, tmp_path: Path) -> None:
    small, large = calls(language, 25, typed, tmp_path), calls(language, 125, typed, tmp_path)
    more = (large - small) / (len(typed) * 200)  # two declarations for each of a hundred tools
    assert more < 0.25, f"{more:.2f} calls for each keystroke and each declaration that is not edited"


def calls_of_rules(language: str, typed: str) -> dict[str, float]:
    """Calls of Python functions that each rule makes for a keystroke."""
    found: dict[str, float] = {}

    def counted(rule: Rule) -> Rule:
        def check(subject: object) -> list[Finding]:
            def counting(frame: FrameType, event: str, argument: object) -> None:
                if event == "call":
                    found[rule.id] = found.get(rule.id, 0) + 1 / len(typed)

            before = sys.getprofile()
            sys.setprofile(counting)
            try:
                return list(rule.check(subject))
            finally:
                sys.setprofile(before)

        return replace(rule, check=check)

    part = PYTHON if language == "python" else TYPESCRIPT
    text = HEADS[language] + "".join(part.format(n=n) for n in range(50))
    uri = f"file:///x.{'py' if language == 'python' else 'ts'}"
    analysis = Analysis(syntax.Document(uri, text, language), rules=[counted(rule) for rule in registry.rules()])
    found.clear()
    at = text.rindex("\n", 0, text.index("lines = ", len(text) // 2))
    for i, char in enumerate(typed):
        analysis.change([syntax.Change(at + i, at + i, char)])
    return found


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("python", "\n    seen = [helper(x) for x in (1, 2)]"),
        ("typescript", "\n    const seen = [1, 2].map((x) => x);"),
    ],
)
def test_no_rule_costs_much_of_a_keystroke(language: str, typed: str) -> None:
    found = calls_of_rules(language, typed)
    assert found
    dear = {rule: round(calls) for rule, calls in found.items() if calls > 200}
    assert dear == {}, "a rule should first look for what is rare (see `words` in rule.py)"
    assert sum(found.values()) < 1000
