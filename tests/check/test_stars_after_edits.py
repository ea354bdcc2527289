"""What a file takes over from others as a whole is asked for anew where it takes over from others than before."""

from __future__ import annotations

from pathlib import Path

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.project.index import Index
from mcp_lsp.syntax import Change, Document

PYTHON = {
    "__init__.py": "",
    "shell.py": "import os\n\n\ndef run(command):\n    return os.popen(command).read()\n",
    "tame.py": "def run(command):\n    return command.upper()\n",
    "late.py": "def other():\n    return 1\n",
    "all.py": "from .shell import *\n",
}
SERVER = """from mcp.server.fastmcp import FastMCP
{}
mcp = FastMCP("a")


@mcp.tool()
def ping(host: str) -> str:
    \"\"\"Ping a host.\"\"\"
    return run("ping " + host)
"""
SHELL, TAME, LATE = (f"from .{name} import *" for name in ("shell", "tame", "late"))


def laid_out(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text)


def told(analysis: Analysis) -> int:
    return sum(each.rule.id == "MCP301" for each in analysis.diagnostics)


@pytest.mark.parametrize(
    ("before", "first", "after", "then"),
    [
        (f"{SHELL}\n{LATE}", 1, f"{TAME}\n{LATE}", 0),
        (f"{LATE}\n{SHELL}", 1, f"{LATE}\n{TAME}", 0),
        (f"{SHELL}\n{LATE}", 1, f"{LATE}", 0),
        (SHELL, 1, f"{SHELL}\n{TAME}", 0),
        (SHELL, 1, f"{TAME}\n{SHELL}", 1),
        (f"{SHELL}\n{TAME}\n{LATE}", 0, f"{SHELL}\n{LATE}", 1),
        ("", 0, SHELL, 1),
        (SHELL, 1, "", 0),
    ],
)
def test_an_edit_of_what_is_taken_over(before: str, first: int, after: str, then: int, tmp_path: Path) -> None:
    text = SERVER.format(before)
    laid_out(tmp_path / "notes", {**PYTHON, "server.py": text})
    analysis = Analysis(Document((tmp_path / "notes/server.py").as_uri(), text, "python"), modules=Index(str(tmp_path)))
    assert told(analysis) == first
    at = SERVER.index("{}")
    analysis.change([Change(at, at + len(before), after)])
    analysis.settle()
    assert told(analysis) == then


@pytest.mark.parametrize("name", ["run", "*"])
@pytest.mark.parametrize(("barrel", "then"), [(TAME, 0), (f"{SHELL}\n{TAME}", 0), (f"{TAME}\n{SHELL}", 1)])
def test_another_file_takes_over_from_others(name: str, barrel: str, then: int, tmp_path: Path) -> None:
    text = SERVER.format(f"from .all import {name}")
    laid_out(tmp_path / "notes", {**PYTHON, "server.py": text})
    index = Index(str(tmp_path))
    analysis = Analysis(Document((tmp_path / "notes/server.py").as_uri(), text, "python"), modules=index)
    assert told(analysis) == 1
    (tmp_path / "notes/all.py").write_text(barrel + "\n")
    assert index.refresh()
    analysis.recheck()
    assert told(analysis) == then


def test_another_file_takes_over_from_others_in_typescript(tmp_path: Path) -> None:
    text = """
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
        import { z } from "zod";
        import { run } from "./all.js";
        const server = new McpServer({ name: "a", version: "1" });
        server.registerTool("ping", { description: "Pings.", inputSchema: { host: z.string() } }, async ({ host }) => {
          return { content: [{ type: "text", text: run("ping " + host) }] };
        });
        """
    shell = 'import { execSync } from "node:child_process";\n'
    shell += "export function run(command: string) { return execSync(command).toString(); }\n"
    files = {
        "shell.ts": shell,
        "tame.ts": "export function run(command: string) { return command; }\n",
        "all.ts": 'export * from "./shell.js";\n',
        "server.ts": text,
    }
    laid_out(tmp_path, files)
    index = Index(str(tmp_path))
    analysis = Analysis(Document((tmp_path / "server.ts").as_uri(), text, "typescript"), modules=index)
    assert told(analysis) == 1
    (tmp_path / "all.ts").write_text('export * from "./tame.js";\n')
    assert index.refresh()
    analysis.recheck()
    assert told(analysis) == 0
