"""Values that were found out before an edit lead to what names mean after it."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.syntax import Change, Document

PYTHON = """import os
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("a")


def helper(command):
    return command


{between}


@mcp.tool()
def ping(host: str) -> str:
    \"\"\"Ping a host.\"\"\"
    return {call}
"""
SCRIPT = """import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
import {{ execSync }} from "node:child_process";
import {{ z }} from "zod";

const server = new McpServer({{ name: "a", version: "1" }});

function helper(command: string) {{
  return command;
}}

{between}

server.registerTool("ping", {{ description: "Pings.", inputSchema: {{ host: z.string() }} }}, async ({{ host }}) => {{
  return {{ content: [{{ type: "text", text: {call} }}] }};
}});
"""
SERVICE = """class Service:
    def run(self, command):
        return helper(command)


service = Service()"""
HEIR = """class Base:
    def run(self, command):
        return helper(command)


class Service(Base):
    pass


made = {"service": Service()}"""


def said(analysis: Analysis) -> list[object]:
    return [
        (each.rule.id, each.message, [one.message for one in each.finding.related])
        for each in analysis.diagnostics
        if each.rule.room == "handlers"
    ]


@pytest.mark.parametrize(
    ("language", "between", "call"),
    [
        ("python", "run = lambda command: helper(command)", "run(host)"),
        ("python", SERVICE, "service.run(host)"),
        ("python", HEIR, 'made["service"].run(host)'),
        ("typescript", "const run = (command: string) => helper(command);", "run(host)"),
        ("typescript", "const table = { run: (command: string) => helper(command) };", "table.run(host)"),
        (
            "typescript",
            "class Service {\n  run(command: string) {\n    return helper(command);\n  }\n}\nconst service = new Service();",
            "service.run(host)",
        ),
    ],
)
def test_a_function_that_a_value_leads_to_is_the_one_after_the_edit(language: str, between: str, call: str) -> None:
    text = (PYTHON if language == "python" else SCRIPT).format(between=between, call=call)
    word = "os.system(command)" if language == "python" else "execSync(command)"
    analysis = Analysis(Document("file:///server", text, language))
    assert not said(analysis)
    start = text.index("return command") + len("return ")
    changes = [Change(start, start + len("command"), word)]
    analysis.change(changes)
    analysis.settle()
    whole = Analysis(Document("file:///server", analysis.document.text, language))
    assert said(analysis) == said(whole)
    assert any(rule == "MCP301" for rule, *_ in said(whole))  # type: ignore[misc]


@pytest.mark.parametrize(
    ("language", "between", "call"),
    [
        ("python", 'TABLE = {}\nTABLE["run"] = lambda command: os.system(command)', 'TABLE["run"](host)'),
        ("python", 'TABLE = {}\nTABLE.update({"run": lambda command: os.system(command)})', 'TABLE["run"](host)'),
        (
            "typescript",
            "const TABLE = new Map();\nTABLE.set('run', (command: string) => execSync(command));",
            "TABLE.get('run')(host)",
        ),
    ],
)
def test_a_statement_that_puts_something_into_a_table_and_binds_no_name(language: str, between: str, call: str) -> None:
    bad = (PYTHON if language == "python" else SCRIPT).format(between=between, call=call)
    word = "os.system(" if language == "python" else "execSync("
    good = bad.replace(word, "helper(")
    analysis = Analysis(Document("file:///server", bad, language))
    start = bad.index(word)
    assert any(rule == "MCP301" for rule, *_ in said(analysis))  # type: ignore[misc]
    analysis.change([Change(start, start + len(word), "helper(")])
    assert said(analysis) == said(Analysis(Document("file:///server", good, language))) == []
    analysis.change([Change(start, start + len("helper("), word)])
    assert said(analysis) == said(Analysis(Document("file:///server", bad, language)))
