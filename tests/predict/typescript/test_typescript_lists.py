"""Servers that answer ``tools/list`` themselves: what they list is found where it is put together."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp import read, syntax
from mcp_lsp.predict import Sources, definition
from mcp_lsp.read.manifests import Dependencies, Version
from mcp_lsp_analyzers.code import Import
from mcp_lsp_analyzers.definition import Definition
from mcp_lsp_analyzers.scope import Module

HEAD = """\
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { ListToolsRequestSchema, CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";
const server = new Server({ name: "low", version: "1" }, { capabilities: { tools: {} } });
"""
ANSWER = """\
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  switch (request.params.name) {
    case "read": return run("read");
    case "write": return run("write");
  }
});
"""
TOOLS = """\
import { z } from "zod";
const schema = z.object({ path: z.string() });
const PATH = "Where";
export const READ = {
  name: "read",
  description: PATH,
  inputSchema: { type: "object", properties: { path: { type: "string" } } },
};
export const WRITE = { name: "write", description: "Writes", inputSchema: { type: "object" }, schema };
export const ALL = [READ, WRITE];
"""
READ = {
    "name": "read",
    "description": "Where",
    "inputSchema": {"type": "object", "properties": {"path": {"type": "string"}}},
}


class Files:
    def __init__(self, sources: dict[str, str]) -> None:
        self.modules = {
            name: read.module(syntax.parse(syntax.Document(f"file:///{name}", text, "typescript")))
            for name, text in sources.items()
        }

    def find(self, uri: str, statement: Import) -> Module | None:
        return self.modules.get(statement.module.removeprefix("./").replace(".js", ".ts"))

    def current(self, uri: str) -> Module | None:
        return self.modules.get(uri.removeprefix("file:///"))

    def beside(self, uri: str) -> tuple[Module, ...]:
        return ()


def predicted(server: str) -> dict[str, Definition]:
    files = Files({"server.ts": HEAD + textwrap.dedent(server) + ANSWER, "tools.ts": TOOLS})
    dependencies = Dependencies({}, {"zod": Version(3, "3.25.76", "package-lock.json")})
    (found,) = read.servers(files.modules["server.ts"], dependencies, None, files).servers
    return {tool.name: definition(tool, found, Sources(dependencies, files)) for tool in found.tools}


@pytest.mark.parametrize(
    "listed",
    [
        "tools: [READ, WRITE]",
        "tools: ALL",
        "tools: [...ALL]",
        "tools: [READ].concat([WRITE])",
        "tools: readonly ? [READ] : ALL",
        "tools: ALL.filter((tool) => allowed(tool.name))",
        "tools: Object.values({ READ, WRITE })",
    ],
)
def test_a_list_of_what_another_file_defines(listed: str) -> None:
    found = predicted(
        f"""
        import {{ ALL, READ, WRITE }} from "./tools.js";
        server.setRequestHandler(ListToolsRequestSchema, async () => ({{ {listed} }}));
        """
    )
    assert found["read"].complete
    assert found["read"].entry == READ


def test_everything_that_another_file_exports() -> None:
    found = predicted(
        """
        import * as tools from "./tools.js";
        server.setRequestHandler(ListToolsRequestSchema, async () => {
          return { tools: Object.values(tools) };
        });
        """
    )
    assert found["read"].entry == READ


def test_a_list_that_is_mapped_means_names_where_they_were_written() -> None:
    found = predicted(
        """
        import { ALL } from "./tools.js";
        import { zodToJsonSchema } from "zod-to-json-schema";
        const PATH = "not this one";
        const schema = "nor this one";
        server.setRequestHandler(ListToolsRequestSchema, async () => ({
          tools: ALL.map((tool) => ({ name: tool.name, description: tool.description, inputSchema: zodToJsonSchema(tool.schema) })),
        }));
        """
    )
    assert found["read"].entry["description"] == "Where"
    assert found["write"].entry["inputSchema"]["properties"] == {"path": {"type": "string"}}
    assert found["write"].complete


def test_what_is_answered_for_and_not_listed_is_said_to_be_so() -> None:
    found = predicted(
        """
        import { READ } from "./tools.js";
        server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: [READ] }));
        """
    )
    assert [u.reason for u in found["write"].unknown] == ["no list that is seen here names it"]


def test_a_definition_whose_registration_is_elsewhere_is_shown_as_it_stands() -> None:
    files = Files({"tools.ts": TOOLS.replace("export const ALL", "const x")})
    dependencies = Dependencies({}, {"@modelcontextprotocol/sdk": Version(1, "1.32.2", "package-lock.json")})
    servers = read.servers(files.modules["tools.ts"], dependencies, None, files).servers
    (tool, *_), server = servers[0].tools, servers[0]
    found = definition(tool, server, Sources(dependencies, files))
    assert found.entry == READ
    assert [u.pointer for u in found.unknown] == ["/*"]
