"""Where a function or a class holds all tools of a file, a keystroke in one of them leaves the others as they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mcp_lsp import syntax
from mcp_lsp.check import Analysis
from mcp_lsp.read.typescript.walk import Walk

PYTHON = '''\
    @mcp.tool()
    def tool_{n}(host: str, count: int = 3) -> str:
        """Ask a host, number {n}."""
        if count > 10:
            raise ValueError("too many")
        lines = client.ask(f"ping {{host}} -c {{count}}")
        return helper_{n}(lines)

    def helper_{n}(lines):
        return "".join(lines)

'''
PYTHON_HEAD = "from mcp.server.fastmcp import FastMCP\n\n\ndef register(mcp: FastMCP, client) -> None:\n"
TYPESCRIPT = """\
  server.registerTool(
    "tool_{n}",
    {{ description: "Ask a host, number {n}", inputSchema: {{ host: z.string(), count: z.number() }} }},
    async ({{ host, count }}) => {{
      if (count > 10) {{
        throw new Error("too many");
      }}
      const lines = await client.ask(`ping ${{host}} -c ${{count}}`);
      return {{ content: [{{ type: "text" as const, text: lines.join("") }}] }};
    }},
  );

"""
TYPESCRIPT_HEAD = """\
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

export function register(server: McpServer, client: Client) {
"""
METHOD = """\
  private async handle{n}(args: any) {{
    const {{ host, count }} = args;
    if (count > 10) {{
      throw new Error("too many");
    }}
    const lines = await this.client.ask(`ping ${{host}} -c ${{count}}`);
    return {{ content: [{{ type: "text", text: lines.join("") }}] }};
  }}

"""
DEFINITION = """\
        {{
          name: "tool_{n}",
          description: "Ask a host, number {n}",
          inputSchema: {{ type: "object", properties: {{ host: {{ type: "string" }}, count: {{ type: "number" }} }} }},
        }},
"""
CLASS_HEAD = """\
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

class Asker {
  private server: Server;

  constructor(private client: Client) {
    this.server = new Server({ name: "asker", version: "1" }, { capabilities: { tools: {} } });
    this.setup();
  }

  private setup() {
    this.server.setRequestHandler(ListToolsRequestSchema, async () => ({
      tools: [
"""
CLASS_CALL = """\
      ],
    }));
    this.server.setRequestHandler(CallToolRequestSchema, async (request) => {
      switch (request.params.name) {
"""


def python(tools: int) -> Analysis:
    text = PYTHON_HEAD + "".join(PYTHON.format(n=n) for n in range(tools))
    return Analysis(syntax.Document("file:///x.py", text, "python"))


def function(tools: int) -> Analysis:
    text = TYPESCRIPT_HEAD + "".join(TYPESCRIPT.format(n=n) for n in range(tools)) + "}\n"
    return Analysis(syntax.Document("file:///x.ts", text, "typescript"))


def methods(tools: int) -> Analysis:
    """Its class is used at the end of the file: what it means changes with each key."""
    numbers = range(tools)
    cases = [
        f'        case "tool_{n}":\n          return await this.handle{n}(request.params.arguments);\n' for n in numbers
    ]
    text = CLASS_HEAD + "".join(DEFINITION.format(n=n) for n in numbers) + CLASS_CALL + "".join(cases)
    text += "      }\n    });\n  }\n\n" + "".join(METHOD.format(n=n) for n in numbers)
    text += "}\n\nconst server = new Asker(new Client());\n"
    return Analysis(syntax.Document("file:///x.ts", text, "typescript"))


@pytest.mark.parametrize(
    ("make", "mark", "typed"),
    [
        (python, "        lines = client", "        seen = 1\n"),
        (python, "\n        lines = client", '\n        seen = ask(lines, {"a": f"{not lines}, {lines!r}"})'),
        (function, "      const lines", "      const seen = 1;\n"),
        (methods, "    const lines", "    const seen = 1;\n"),
    ],
)
def test_tools_beside_the_one_that_is_edited_stay_as_they_are(
    make: Callable[[int], Analysis], mark: str, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    analysis = make(30)
    walked: list[str] = []
    run = Walk.run

    def running(walk: Walk) -> None:
        walked.append(walk.unit.key)
        run(walk)

    monkeypatch.setattr(Walk, "run", running)
    at = analysis.document.text.index(mark, len(analysis.document.text) * 3 // 4)
    for i, char in enumerate(typed):
        analysis.change([syntax.Change(at + i, at + i, char)])
        assert analysis.counted["items"] <= 1
        assert analysis.counted["handlers"] <= 1
    # For each key what is around the edit, and what was edited.
    assert len(walked) <= 3 * len(typed), [key[:40] for key in walked]
    assert len(analysis.handlers) == 30


@pytest.mark.parametrize(
    ("old", "new"), [("client)", "client: Client)"), ("mcp: FastMCP, client", "client, mcp: FastMCP")]
)
def test_all_are_looked_at_again_where_the_head_of_that_function_changes(old: str, new: str) -> None:
    analysis = python(30)
    at = analysis.document.text.index(old)
    analysis.change([syntax.Change(at, at + len(old), new)])
    assert analysis.counted["handlers"] == 30
