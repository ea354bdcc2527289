"""What a project's settings say of its own functions counts as if it stood in the tables."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

import pytest

from mcp_lsp import syntax
from mcp_lsp.check import Analysis
from mcp_lsp.project.index import Index
from mcp_lsp.settings import SettingsError, from_table
from mcp_lsp.uri import from_path

HEAD = {
    "py": "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('x')\n",
    "ts": (
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nimport { z } from "zod";\n'
        'const server = new McpServer({ name: "x", version: "1" });\n'
    ),
}


def found(tmp_path, text: str, settings: Mapping[str, object], **others: str) -> list[tuple[str, str]]:
    """(rule, marked text) of the errors and warnings that rules about handlers have for a server."""
    ending = "ts" if "server." in text else "py"
    for name, content in others.items():
        path = tmp_path / f"{name.replace('__', '/')}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(content))
    full = HEAD[ending] + dedent(text)
    document = syntax.Document(
        from_path(str(tmp_path / f"main.{ending}")), full, {"py": "python", "ts": "typescript"}[ending]
    )
    analysis = Analysis(document, None, from_table(settings, "test"), modules=Index(str(tmp_path)))
    assert analysis.failures == []
    spans = [(d, d.finding.place.span) for d in analysis.diagnostics if d.rule.id.startswith("MCP3")]
    return [(d.rule.id, full[s.start : s.end]) for d, s in spans if s is not None]


def test_a_sink_outside_of_the_project(tmp_path) -> None:
    text = """
    from acme import shell

    @mcp.tool()
    def run(line: str, times: int) -> str:
        return shell.run_line(line, times)
    """
    assert found(tmp_path, text, {}) == []
    assert found(tmp_path, text, {"sinks": {"acme.shell.run_line": "shell 0"}}) == [("MCP301", "line")]
    assert found(tmp_path, text, {"sinks": {"acme.shell.run_line": "shell 1"}}) == []


def test_a_sink_in_another_file_of_the_project(tmp_path) -> None:
    text = """
    from store.db import Warehouse

    warehouse = Warehouse()

    @mcp.tool()
    def find(name: str) -> str:
        return warehouse.raw(statement="SELECT " + name)
    """
    db = "class Warehouse:\n    def raw(self, statement):\n        return self.link.send(statement)\n"
    taught = {"sinks": {"store.db.Warehouse.raw": "sql 0|statement"}}
    assert found(tmp_path, text, {}, store__db=db) == []
    assert [rule for rule, _ in found(tmp_path, text, taught, store__db=db)] == ["MCP307"]


PATHS = "def inside(path):\n    return path.strip()\n"


@pytest.mark.parametrize("kinds", [["path"], ["path-read"], ["all"], "path"])
def test_a_sanitizer_that_gives_back_what_is_safe(tmp_path, kinds: object) -> None:
    text = """
    from acme.paths import inside

    @mcp.tool()
    def show(name: str) -> str:
        return open(inside("/srv/" + name)).read()
    """
    assert found(tmp_path, text, {}, acme__paths=PATHS) == [("MCP305", 'inside("/srv/" + name)')]
    assert found(tmp_path, text, {"sanitizers": {"acme.paths.inside": kinds}}, acme__paths=PATHS) == []
    assert found(tmp_path, text, {"sanitizers": {"acme.paths.inside": ["sql"]}}, acme__paths=PATHS) != []


def test_a_sanitizer_that_raises(tmp_path) -> None:
    text = """
    from acme.paths import check

    @mcp.tool()
    def show(name: str, other: str) -> str:
        check(name)
        return open("/srv/" + name).read() + open("/srv/" + other).read()
    """
    assert found(tmp_path, text, {"sanitizers": {"check": ["path"]}}) == [("MCP305", '"/srv/" + other')]


def test_a_sanitizer_inside_a_helper(tmp_path) -> None:
    text = """
    from acme.paths import inside

    def read(name):
        return open(inside("/srv/" + name)).read()

    @mcp.tool()
    def show(name: str) -> str:
        return read(name)
    """
    assert len(found(tmp_path, text, {}, acme__paths=PATHS)) == 1
    assert found(tmp_path, text, {"sanitizers": {"acme.paths.inside": ["path"]}}, acme__paths=PATHS) == []


def test_a_source(tmp_path) -> None:
    text = """
    import os
    from acme import inbox

    @mcp.tool()
    def work() -> str:
        return os.popen("do " + inbox.next_message()).read()
    """
    assert found(tmp_path, text, {}) == []
    assert found(tmp_path, text, {"sources": ["inbox.next_message"]}) == [("MCP301", '"do " + inbox.next_message()')]


def test_typescript(tmp_path) -> None:
    text = """
    import { runLine } from "./lib/shell";

    server.registerTool("run", { inputSchema: { line: z.string() } }, async ({ line }) => ({
      content: [{ type: "text", text: runLine(line) }],
    }));
    """
    shell = "export function runLine(line: string): string { return native(line); }\n"
    assert found(tmp_path, text, {}, lib__shell=shell) == []
    assert found(tmp_path, text, {"sinks": {"lib.shell.runLine": "shell 0"}}, lib__shell=shell) == [("MCP301", "line")]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"sinks": {"a.b": "shel 0"}}, 'there is no kind "shel"'),
        ({"sinks": {"a.b": "shell"}}, "names no position"),
        ({"sinks": {"a.b": "shell first"}}, '"first" is no position'),
        ({"sinks": ["a.b"]}, "expected a table"),
        ({"sanitizers": {"a.b": ["paths"]}}, 'there is no kind "paths"'),
        ({"sources": "a.b"}, "expected a list of names"),
    ],
)
def test_what_cannot_be_meant_is_refused(settings: Mapping[str, object], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        from_table(settings, "mcp-lsp.toml")
