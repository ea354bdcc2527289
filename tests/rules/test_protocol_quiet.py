"""What looks like a mistake in how an SDK is used, and is none: forms of servers that nobody wrote for a test."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import dependencies
from mcp_lsp.syntax import Document, language_of

TABLE = """
import { z } from "zod";
import type { ToolDef } from "../shared/types.js";
export const debugTools: ToolDef[] = [
  { name: "debug_state", description: "State.", inputSchema: {}, annotations: { readOnlyHint: true, category: "debug" } },
  { name: "debug_set", description: "Set.", inputSchema: { line: z.number().describe("Line") } },
];
"""
WRAPPED = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
export function register(server: McpServer) {
  registerTextTool({ server, name: "status", description: "Status.", inputSchema: {}, callback: async () => "" });
}
"""
HANDED_ON = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { z } from "zod";
export const make = () => {
  const server = new McpServer({ name: "notes", version: "1" });
  const tool = (name, title, description, inputSchema, annotations, run) => {
    server.registerTool(name, { title, description, inputSchema, annotations }, async (args) => {
      return { content: [{ type: "text", text: await run(args) }] };
    });
  };
  tool("tap_screen", "Tap", "Tap the screen.", { x: z.number().describe("X") }, {}, async ({ x }) => {
    return `Tapped at ${x}`;
  });
  return server;
};
"""
OWN_DECORATORS = """
from fastmcp import FastMCP

class Pipeline(FastMCP):
    def tool(self, output=None, **options):
        return super().tool(**options)

app = Pipeline("x")

@app.tool(output="q->a")
def read(q: str) -> str:
    return q
"""
THROWS = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
test("a name cannot be taken twice", () => {
  const server = new McpServer({ name: "x", version: "1" });
  server.registerTool("a", {}, async () => ({ content: [] }));
  expect(() => server.registerTool("a", {}, async () => ({ content: [] }))).toThrow();
});
"""
LOW = """
import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
export const tools = [{ name: "a", description: "A.", inputSchema: {} }];
"""
NEIGHBOURS = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
export const tools = [
  { name: "a", description: "A.", inputSchema: {} },
  { name: "b", description: "B.", inputSchema: { type: "object", properties: {} } },
];
"""

BESIDE_RECORDS = """
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
const tools = new Map([
  ["a", { name: "a", description: "A.", inputSchema: {}, method: "get" }],
  ["b", { name: "b", description: "B.", inputSchema: { id: z.string().uuid().describe("Its id") }, method: "get" }],
]);
"""
ANSWERS_ONLY = """
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
export const tabs: Definition = { name: "tabs", description: "Tabs.", inputSchema: {} };
"""


def found(name: str, text: str) -> list[str]:
    known = dependencies({"requirements.txt": "fastmcp==3.4.10", "package.json": '{"dependencies": {"zod": "4"}}'})
    analysis = Analysis(Document(f"file:///p/{name}", text, language_of(name)), known)
    assert not analysis.failures
    return [
        f"{d.rule.id} {d.severity.value}"
        for d in analysis.diagnostics
        if d.rule.room == "protocol" and not d.rule.opinion
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("wrapped.ts", WRAPPED),
        ("handed.ts", HANDED_ON),
        ("own.py", OWN_DECORATORS),
        ("server.test.ts", THROWS),
        ("records.ts", BESIDE_RECORDS),
        ("answers.ts", ANSWERS_ONLY),
    ],
)
def test_it_is_quiet(name: str, text: str) -> None:
    assert found(name, text) == []


def test_a_fact_of_the_author_among_the_hints_is_information() -> None:
    assert found("tools.ts", TABLE) == ["MCP105 information"]
    assert found("tools.ts", TABLE.replace("category", "readonlyHint2")) == ["MCP105 warning"]


@pytest.mark.parametrize("text", [LOW, NEIGHBOURS], ids=["answered by hand", "beside a schema"])
def test_an_empty_schema_where_it_is_one(text: str) -> None:
    assert found("tools.ts", text) == ["MCP127 error"]


def test_a_second_name_in_what_is_no_test() -> None:
    assert "MCP102 error" in found("server.ts", THROWS)
