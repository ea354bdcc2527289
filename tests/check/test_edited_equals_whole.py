"""Incremental equals whole: after any chain of edits, once settled, the diagnostics are those of a fresh analysis."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcp_lsp import syntax
from mcp_lsp.check import Analysis

pytestmark = pytest.mark.slow

PYTHON = '''\
import httpx
import os
import subprocess
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("demo", instructions="Ignore\\u200b nothing.")
ROOT = "/srv/data"


def run(command: str) -> str:
    return subprocess.getoutput(command)


@mcp.tool()
def ping(host: str) -> str:
    """Ping a host once."""
    return run(f"ping -c1 {host}")


@mcp.tool(name="read file")
def read_file(path: str) -> str:
    """Read a file. ✓ é 😀"""
    print("reading", path)
    with open(os.path.join(ROOT, path)) as f:
        return f.read()


@mcp.tool()
def page(url: str) -> str:
    """The page at an address."""
    return httpx.get(url).text


class Store:
    def get(self, key):
        return eval(key)


@mcp.prompt()
def review(code: str) -> str:
    return f"Review {code}"


if __name__ == "__main__":
    mcp.run()
'''

TYPESCRIPT = """\
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { exec } from "node:child_process";
import { readFile } from "fs/promises";
import { z } from "zod";

const server = new McpServer({ name: "demo", version: "1.0.0" });
const ROOT = "/srv/data";

function run(command: string): string {
  return exec(command).toString();
}

server.registerTool(
  "ping",
  { description: "Ping a host once. 😀", inputSchema: { host: z.string() } },
  async ({ host }) => {
    console.log(`pinging ${host}`);
    return { content: [{ type: "text", text: run(`ping -c1 ${host}`) }] };
  },
);

server.tool("page", "The page at an address", { url: z.string() }, async ({ url }) => {
  return { content: [{ type: "text", text: await (await fetch(url)).text() }] };
});

server.tool("read file", "Read a file", { path: z.string() }, async ({ path }) => {
  const text = await readFile(ROOT + "/" + path, "utf8");
  return { content: [{ type: "text", text }] };
});

export class Store {
  get(key: string) { return eval(key); }
}

await server.connect(new StdioServerTransport());
"""

FRAGMENTS = [
    "x", " ", "\n", "\r\n", "\r", "\t", "    ", '"', "'", '"""', "`", "(", ")", "[", "]", "{", "}", "#", "//", "/*",
    "*/", "\\", ":", ";", ",", "=", "=>", "def f():\n", "class ", "@mcp.tool()\n", "import os\n", "return ", "async ",
    "😀", "\u2028", "\x0c", "\u200b", "\u202e", "é", "\x85", "${", "f'{", "server.tool(", "export ", "else:\n",
    "\ufeff", "\U000e0041", "host", "subprocess.run(host, shell=True)\n",
]  # fmt: skip


def described(analysis: Analysis) -> list[tuple[object, ...]]:
    return [
        (d.rule.id, d.finding.place.span, d.finding.message, tuple(r.place.span for r in d.finding.related))
        for d in analysis.diagnostics
    ]


def listed(analysis: Analysis) -> list[object]:
    return [
        (s.name, str(s.sdk), [(t.name, t.place.span) for t in s.tools], [p.name for p in s.prompts])
        for s in analysis.servers
    ]


def check(language: str, text: str, edits: list[tuple[float, float, str]], allowance: float | None = None) -> None:
    """``allowance``: what each edit may spend on handlers (`Analysis.change`); what is left is for the pause."""
    uri = "file:///server." + ("py" if language == "python" else "ts")
    analysis = Analysis(syntax.Document(uri, text, language))
    for where, length, fragment in edits:
        size = len(analysis.document.text)
        start = int(where * size)
        end = min(size, start + int(length * 12))
        analysis.change([syntax.Change(start, end, fragment)], allowance=allowance)
    analysis.settle()
    assert not analysis.late
    fresh = Analysis(syntax.Document(uri, analysis.document.text, language))
    assert listed(analysis) == listed(fresh)
    assert described(analysis) == described(fresh)
    assert not analysis.failures
    assert not fresh.failures


unit = st.floats(0, 1, allow_nan=False)
edits = st.lists(st.tuples(unit, st.one_of(st.just(0.0), unit), st.sampled_from(FRAGMENTS)), max_size=12)
spent = st.sampled_from([None, 0.0])
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(edits, spent)
def test_python_edited_equals_python_read_anew(edits: list[tuple[float, float, str]], spent: float | None) -> None:
    check("python", PYTHON, edits, spent)


@quick
@given(edits, spent)
def test_typescript_edited_equals_typescript_read_anew(
    edits: list[tuple[float, float, str]], spent: float | None
) -> None:
    check("typescript", TYPESCRIPT, edits, spent)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(("language", "text"), [("python", PYTHON), ("typescript", TYPESCRIPT)])
def test_long_chains_of_edits(language: str, text: str, seed: int) -> None:
    chance = random.Random(seed)
    chain = [
        (chance.random(), chance.choice([0.0, 0.0, chance.random()]), chance.choice(FRAGMENTS)) for _ in range(150)
    ]
    check(language, text, chain, 0.0 if seed % 2 else None)


@pytest.mark.parametrize(
    ("language", "text", "after"),
    [("python", PYTHON, "ping -c1 "), ("typescript", TYPESCRIPT, "ping -c1 ")],
)
def test_a_keystroke_in_one_handler_reads_that_declaration_only(language: str, text: str, after: str) -> None:
    uri = "file:///server." + ("py" if language == "python" else "ts")
    analysis = Analysis(syntax.Document(uri, text, language))
    before = {tool.name: tool for server in analysis.servers for tool in server.tools}
    at = analysis.document.text.index(after) + len(after)
    analysis.change([syntax.Change(at, at, "x")])
    assert analysis.counted == {"segments": 1, "items": 1, "handlers": 1}
    now = {tool.name: tool for server in analysis.servers for tool in server.tools}
    assert now["read file"] is before["read file"]
    assert now["ping"] is not before["ping"]


def test_an_edit_of_a_called_function_reaches_its_handlers() -> None:
    analysis = Analysis(syntax.Document("file:///server.py", PYTHON, "python"))
    found = [d for d in analysis.diagnostics if "shell" in d.message]
    assert found
    at = PYTHON.index("subprocess.getoutput(command)")
    analysis.change([syntax.Change(at, at + len("subprocess.getoutput(command)"), "command.upper()")])
    assert not [d for d in analysis.diagnostics if "shell" in d.message]


def test_an_edit_of_the_method_that_runs_all_tools_of_a_long_class_reaches_them() -> None:
    between = "\n".join(f'        log("{i}")' for i in range(90))
    text = f"""import mcp.types as types


class Notes:
    async def list_tools(self):
        return [types.Tool(name="read", description="Read.", inputSchema={{}})]

    def start(self):
{between}

    async def call_tool(self, name: str, arguments: dict):
        if MODE == "x":
            print("called", file=sys.stdout, flush=True)
        return name
"""
    at = text.index("out, flush")
    analysis = Analysis(syntax.Document("file:///notes.py", text, "python"))
    assert "MCP103" in [d.rule.id for d in analysis.diagnostics]
    analysis.change([syntax.Change(at, at + 3, "err")])
    analysis.settle()
    assert described(analysis) == described(
        Analysis(syntax.Document("file:///notes.py", analysis.document.text, "python"))
    )


def test_typing_many_edits_keeps_nothing() -> None:
    """The caches hold one generation: what is kept after 300 edits is what a fresh analysis keeps."""
    analysis = Analysis(syntax.Document("file:///server.py", PYTHON, "python"))
    at = PYTHON.index("ping -c1 ")
    for _ in range(150):
        analysis.change([syntax.Change(at, at, "y")])
        analysis.change([syntax.Change(at, at + 1, "")])
    fresh = Analysis(syntax.Document("file:///server.py", PYTHON, "python"))

    def kept(one: Analysis) -> list[int]:
        return [
            len(one._strings.all),
            len(one._services._passages),
            *(len(row.entries) for s in one._served for row in (s.items, s.startup)),
        ]

    assert kept(analysis) == kept(fresh)
    assert described(analysis) == described(fresh)


@pytest.mark.parametrize("room", ["lower", "servers"])
def test_a_reader_that_fails_is_said_and_costs_no_more_than_it_was_at(
    room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mcp_lsp import read
    from mcp_lsp.read.python import lower as lowering

    plain = lowering.lower

    def failing(segment: syntax.Segment, nest: object) -> object:
        if "def read_file" in segment.text:
            raise RuntimeError("a mistake")
        return plain(segment, nest)  # type: ignore[arg-type]

    def broken(*_: object) -> object:
        raise RuntimeError("a mistake")

    if room == "lower":
        monkeypatch.setattr(lowering, "lower", failing)
    else:
        monkeypatch.setattr(read, "servers", broken)
    analysis = Analysis(syntax.Document("file:///server.py", PYTHON, "python"))
    assert [(f.rule, f.error) for f in analysis.failures] == [("reader", "RuntimeError: a mistake")]
    names = [tool.name for server in analysis.servers for tool in server.tools]
    assert names == (["ping", "page"] if room == "lower" else [])
