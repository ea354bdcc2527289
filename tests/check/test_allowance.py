"""A keystroke does not wait for handlers that take long: what was said of them stands, at its place, until a pause."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from mcp_lsp import syntax
from mcp_lsp.check import Analysis, allowance, services
from mcp_lsp.flow import wiring
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.passage import Passage
from mcp_lsp_analyzers.record import replace
from mcp_lsp_analyzers.rule import Finding, Rule
from mcp_lsp_analyzers.scope import Module

BRANCHES = "".join(
    f"""
  if (name === "tool_{n}") {{
    const given = String(input.value);
    const first = given.trim();
    const second = first + ".";
    const third = second + ".";
    const fourth = third + ".";
    const said = execSync(`echo ${{given}}`);
    return {{ content: [{{ type: "text", text: String(said) + fourth }}] }};
  }}
"""
    for n in range(12)
)
TOOLS = ", ".join(
    f'{{ name: "tool_{n}", inputSchema: {{ type: "object", properties: {{ value: {{ type: "string" }} }} }} }}'
    for n in range(12)
)
SERVER = f"""import {{ Server }} from "@modelcontextprotocol/sdk/server/index.js";
import {{ CallToolRequestSchema, ListToolsRequestSchema }} from "@modelcontextprotocol/sdk/types.js";
import {{ execSync }} from "node:child_process";

const server = new Server({{ name: "x", version: "1" }}, {{ capabilities: {{ tools: {{}} }} }});
server.setRequestHandler(ListToolsRequestSchema, async () => ({{ tools: [{TOOLS}] }}));
server.setRequestHandler(CallToolRequestSchema, async (request) => {{
  const {{ name, arguments: input }} = request.params;
{BRANCHES}
  throw new Error("unknown");
}});
"""


def shells(analysis: Analysis) -> list[str]:
    """The text under each finding of a shell command."""
    text = analysis.document.text
    found = [d.finding.place.span for d in analysis.diagnostics if d.rule.id == "MCP301"]
    return [text[span.start : span.end] for span in found if span is not None]


def test_opening_a_file_does_not_wait_for_all_handlers() -> None:
    document = syntax.Document("file:///server.ts", SERVER, "typescript")
    analysis = Analysis(document, allowance=0.0)
    assert analysis.counted["handlers"] == 0
    assert shells(analysis) == []
    assert [tool.name for tool in analysis.servers[0].tools] == [f"tool_{n}" for n in range(12)]
    at = SERVER.index("const first", SERVER.index('"tool_5"', SERVER.index("request.params")))
    analysis.change([syntax.Change(at, at, " ")], allowance=1000.0)
    assert analysis.counted["handlers"] == 0, "who types does not wait for them either"
    pauses = 0
    while analysis.late:
        analysis.settle(1e-9, catching=True)
        assert analysis.counted["handlers"] <= 1, "one after the other, as long as there is time"
        pauses += 1
    assert pauses == 12
    whole = Analysis(analysis.document)
    assert shells(analysis) == shells(whole) == ["`echo ${given}`"] * 12
    assert [str(d) for d in analysis.diagnostics] == [str(d) for d in whole.diagnostics]


def test_one_function_for_all_tools_is_not_looked_at_again_for_each_key() -> None:
    analysis = Analysis(syntax.Document("file:///server.ts", SERVER, "typescript"))
    assert shells(analysis) == ["`echo ${given}`"] * 12
    at = SERVER.index("const first", SERVER.index('"tool_5"', SERVER.index("request.params")))
    for i, char in enumerate("// typed\n"):
        analysis.change([syntax.Change(at + i, at + i, char)], allowance=0.0)
        assert analysis.counted["handlers"] == 0
        assert shells(analysis) == ["`echo ${given}`"] * 12
    assert analysis.late
    assert analysis.settle()
    assert not analysis.late


def test_a_finding_whose_text_is_gone_is_not_shown_meanwhile() -> None:
    analysis = Analysis(syntax.Document("file:///server.ts", SERVER, "typescript"))
    at = SERVER.index("execSync(`echo", SERVER.index('"tool_5"', SERVER.index("request.params")))
    analysis.change([syntax.Change(at, at + len("execSync"), "String")], allowance=0.0)
    assert shells(analysis) == ["`echo ${given}`"] * 11
    analysis.settle()
    assert shells(analysis) == ["`echo ${given}`"] * 11


@pytest.mark.parametrize("allowance", [None, 1000.0])
def test_where_there_is_time_everything_is_looked_at(allowance: float | None) -> None:
    analysis = Analysis(syntax.Document("file:///server.ts", SERVER, "typescript"))
    at = SERVER.index("const first")
    analysis.change([syntax.Change(at, at, "// typed\n")], allowance=allowance)
    assert analysis.counted["handlers"] == 12
    assert not analysis.late


def test_a_pause_works_in_slices_and_comes_to_an_end() -> None:
    analysis = Analysis(syntax.Document("file:///server.ts", SERVER, "typescript"))
    at = SERVER.index("const first")
    analysis.change([syntax.Change(at, at, "// typed\n")], allowance=0.0)
    slices = 0
    while analysis.late:
        analysis.settle(1e-9, catching=True)  # less than any handler takes
        assert analysis.counted["handlers"] == 1
        slices += 1
    assert slices == 12
    assert shells(analysis) == ["`echo ${given}`"] * 12
    assert not analysis.settle()


def test_what_takes_too_long_at_a_keystroke_is_tried_once_and_not_for_each_handler(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = "".join(f"    step_{n}()\n" for n in range(40))
    tools = "".join(f"@mcp.tool()\ndef tool_{n}(value: str):\n{calls}    os.system(value)\n\n\n" for n in range(4))
    text = 'import os\nfrom mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("x")\n\n\n'
    analysis = Analysis(syntax.Document("file:///server.py", text, "python"))
    monkeypatch.setattr(allowance, "LONGEST", -1.0)  # nothing is quick enough
    analysis.change([syntax.Change(len(text), len(text), tools)], allowance=0.002)
    assert analysis.counted["handlers"] == 1
    assert analysis.late
    assert not [d for d in analysis.diagnostics if d.rule.id == "MCP301"]
    analysis.settle()
    assert len([d for d in analysis.diagnostics if d.rule.id == "MCP301"]) == 4


CLASSES = """\
import httpx
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("hosts")


class Client:
    def __init__(self, verify: bool = True, token: str = "") -> None:
        self.token = token

    async def get(self, path: str) -> str:
        return await httpx.AsyncClient(verify=False).get(path)


class Service:
    def __init__(self) -> None:
        self.client = Client(verify=False)

    async def get(self, path: str) -> str:
        return await httpx.AsyncClient(verify=False).get(path)
"""


def test_long_declarations_that_use_the_edited_one_are_left_for_a_pause_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(services, "_QUICK", -1.0)  # everything counts as long
    judged = []

    def counted(rule: Rule) -> Rule:
        def check(passage: Passage) -> Iterable[Finding]:
            judged.append(passage.unit.key[:12])
            return rule.check(passage)

        return replace(rule, check=check) if Passage in rule.judges else rule

    rules = [counted(rule) for rule in registry.rules()]
    analysis = Analysis(syntax.Document("file:///server.py", CLASSES, "python"), rules=rules)
    said = [str(d) for d in analysis.diagnostics]
    assert sum("MCP4" in one for one in said) >= 2, said
    at = CLASSES.index("        self.token")
    judged.clear()
    for i, char in enumerate("        a = 1\n"):
        analysis.change([syntax.Change(at + i, at + i, char)], allowance=0.0)
        assert judged == []
        spans = [d.finding.place.span for d in analysis.diagnostics]
        text = analysis.document.text
        assert any(span is not None and span.start > text.index("class Service") for span in spans), "said before"
    assert analysis.late
    analysis.settle()
    assert {"class Client", "class Servic"} <= set(judged)
    whole = Analysis(analysis.document)
    assert [(d.rule.id, d.finding.place.span) for d in analysis.diagnostics] == [
        (d.rule.id, d.finding.place.span) for d in whole.diagnostics
    ]


SERVING = """\
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

export class Bridge {
  async open() {
    const server = new McpServer({ name: "x", version: "1" });
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await server.connect(transport);
  }
}
"""


def test_other_files_are_not_asked_at_each_key_in_what_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counted(module: Module, modules: object) -> bool:
        asked.append(module.uri)
        return True

    monkeypatch.setattr(wiring, "hosts_elsewhere", counted)
    analysis = Analysis(syntax.Document("file:///bridge.ts", SERVING, "typescript"))
    assert len(asked) == 1
    at = SERVING.index("    await")
    for i, char in enumerate("    \n   "):
        analysis.change([syntax.Change(at + i, at + i, char)], allowance=0.0)
    assert len(asked) == 1
    assert analysis.late
    analysis.settle()
    assert len(asked) == 2
    assert not analysis.late
    where = analysis.document.text.index("    const transport")
    more = "    const other = new StreamableHTTPServerTransport({});\n"
    analysis.change([syntax.Change(where, where, more)], allowance=0.0)
    assert len(asked) == 3, "something else serves now"
