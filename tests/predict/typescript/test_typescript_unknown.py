"""What cannot be known of a definition in TypeScript is marked, with the reason; nothing is guessed."""

from __future__ import annotations

import textwrap

from mcp_lsp import read, syntax
from mcp_lsp.predict import Sources, definition, listing
from mcp_lsp.read.manifests import NOTHING, Dependencies, Version
from mcp_lsp_analyzers.definition import Definition

HEAD = """\
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
const server = new McpServer({ name: "demo", version: "1" });
"""
NEW = Dependencies({}, {"zod": Version(4, "4.6.7", "package-lock.json")})


def predicted(source: str, dependencies: Dependencies = NEW) -> Definition:
    document = syntax.Document("file:///a.ts", HEAD + textwrap.dedent(source), "typescript")
    (server,) = read.servers(read.module(syntax.parse(document)), dependencies).servers
    return definition(server.tools[0], server, Sources(dependencies))


def listed(source: str) -> Definition:
    """The one tool that a server lists."""
    document = syntax.Document("file:///a.ts", HEAD + textwrap.dedent(source), "typescript")
    (server,) = read.servers(read.module(syntax.parse(document)), NEW).servers
    (only,) = listing(server, Sources(NEW)).tools
    return only


def unknown(source: str, dependencies: Dependencies = NEW) -> dict[str, str]:
    return {u.pointer: u.reason for u in predicted(source, dependencies).unknown}


def test_a_schema_of_another_package() -> None:
    assert unknown(
        """
        import { Shared } from "elsewhere";
        server.registerTool("t", { inputSchema: { a: z.string(), b: Shared } }, async () => ({ content: [] }));
        """
    ) == {
        "/inputSchema/properties/b": "it comes from outside of the project",
        "/inputSchema/required": "it comes from outside of the project",
    }


def test_a_description_from_the_environment() -> None:
    found = predicted(
        "server.registerTool('t', { title: 'T', description: process.env.TEXT ?? 'd' }, async () => ({ content: [] }));"
    )
    assert [u.pointer for u in found.unknown] == ["/description"]
    assert found.entry["title"] == "T"


def test_a_schema_that_refers_to_itself() -> None:
    """zod 4 writes it as a definition, zod 3 as a reference to where it stands first (`fresh3.mjs` in the shapes)."""
    source = """
        const Node: any = z.object({ name: z.string(), children: z.lazy(() => z.array(Node)) });
        server.registerTool("t", { inputSchema: { a: Node } }, async () => ({ content: [] }));
        """
    assert unknown(source) == {}
    three = Dependencies({}, {"zod": Version(3, "3.25.76", "package-lock.json")})
    assert unknown(source, three) == {}


def test_what_zod_4_cannot_represent_makes_the_whole_list_fail() -> None:
    assert unknown("server.registerTool('t', { inputSchema: { a: z.date() } }, async () => ({ content: [] }));") == {
        "/inputSchema": "the whole list fails: Date cannot be represented in JSON Schema"
    }


def test_a_refinement_of_zod_3_decides_what_may_be_left_out() -> None:
    old = Dependencies({}, {"zod": Version(3, "3.25.76", "package-lock.json")})
    source = """
        server.registerTool("t", { inputSchema: { a: z.string().optional().refine(check) } }, async () => ({}));
        """
    assert unknown(source, old) == {"/inputSchema/required": "code decides whether it may be left out"}


def test_where_nothing_tells_the_version_of_zod_only_what_both_list_is_known() -> None:
    found = predicted("server.registerTool('t', { inputSchema: { a: z.string() } }, async () => ({}));", NOTHING)
    assert found.entry["inputSchema"]["properties"] == {"a": {"type": "string"}}
    assert [u.pointer for u in found.unknown] == ["/inputSchema/additionalProperties"]


def test_a_variable_that_is_set_twice() -> None:
    found = unknown(
        """
        function setup(wide: boolean) {
          let shape: any = { a: z.string() };
          if (wide) shape = { a: z.string(), b: z.number() };
          server.registerTool("t", { inputSchema: shape }, async () => ({ content: [] }));
        }
        """
    )
    assert list(found) == ["/inputSchema"]


def test_a_function_with_two_answers() -> None:
    found = unknown(
        """
        const size = (wide: boolean) => { if (wide) return z.number(); return z.string(); };
        server.registerTool("t", { inputSchema: { a: size(true) } }, async () => ({ content: [] }));
        """
    )
    assert "/inputSchema/properties/a" in found


def test_what_is_spread_from_outside_may_add_anything() -> None:
    found = unknown(
        """
        import { common } from "elsewhere";
        server.registerTool("t", { inputSchema: { ...common, a: z.string() } }, async () => ({ content: [] }));
        """
    )
    assert set(found) == {"/inputSchema/properties/*", "/inputSchema/required"}


def test_a_low_level_server_lists_its_literal() -> None:
    document = syntax.Document(
        "file:///a.ts",
        textwrap.dedent(
            """
            import { Server } from "@modelcontextprotocol/sdk/server/index.js";
            import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
            import { z } from "zod";
            import { zodToJsonSchema } from "zod-to-json-schema";
            const server = new Server({ name: "low", version: "1" }, { capabilities: { tools: {} } });
            const Args = z.object({ path: z.string() });
            const limit = 5;
            server.setRequestHandler(ListToolsRequestSchema, async () => ({
              tools: [
                {
                  name: "read",
                  description: `At most ${limit} files`,
                  inputSchema: zodToJsonSchema(Args),
                  handler: async () => {},
                  title: undefined,
                },
              ],
            }));
            """
        ),
        "typescript",
    )
    dependencies = Dependencies({}, {"zod": Version(3, "3.25.76", "package-lock.json")})
    (server,) = read.servers(read.module(syntax.parse(document)), dependencies).servers
    found = definition(server.tools[0], server, Sources(dependencies))
    assert found.entry == {
        "name": "read",
        "description": "At most 5 files",
        "inputSchema": {
            "type": "object",
            "properties": {"path": {"type": "string"}},
            "required": ["path"],
            "additionalProperties": False,
            "$schema": "http://json-schema.org/draft-07/schema#",
        },
    }
    assert found.complete


def test_a_schema_that_is_set_under_a_condition() -> None:
    found = unknown(
        """
        let size: any;
        if (process.env.WIDE) { size = z.number(); } else { size = z.string(); }
        let twice: any = z.string();
        twice = z.number();
        server.registerTool("t", { inputSchema: { a: size, b: twice } }, async () => ({ content: [] }));
        """
    )
    assert set(found) == {"/inputSchema/properties/a", "/inputSchema/properties/b", "/inputSchema/required"}


def test_checks_in_the_form_of_zod_mini() -> None:
    found = unknown(
        "server.registerTool('t', { inputSchema: { a: z.string().check(z.property('length', z.number())) } }, async () => ({}));"
    )
    assert "/inputSchema/properties/a" in found


def test_schemas_of_valibot_and_arktype_are_not_guessed() -> None:
    """fastmcp 4.20 lists them by `xsschema` in ways of their own (run with valibot 1.5 and arktype 2.2): a record of
    valibot takes nothing at all once listed, a loose object is closed, a default of arktype is left out."""
    source = """
        import { FastMCP } from "fastmcp";
        import * as v from "valibot";
        import { type } from "arktype";
        const own = new FastMCP({ name: "x", version: "1.0.0" });
        own.addTool({ name: "v", parameters: v.object({ a: v.record(v.string(), v.number()) }), execute: async () => "" });
        own.addTool({ name: "a", parameters: type({ a: "string", n: "number = 3" }), execute: async () => "" });
    """
    document = syntax.Document("file:///a.ts", textwrap.dedent(source), "typescript")
    known = Dependencies({}, {"fastmcp": Version(4, "4.20.16", "package-lock.json")})
    (server,) = read.servers(read.module(syntax.parse(document)), known).servers
    tools = listing(server, Sources(known)).tools
    assert [tool.entry for tool in tools] == [{"name": "v"}, {"name": "a"}]
    assert [[each.pointer for each in tool.unknown] for tool in tools] == [["/inputSchema"], ["/inputSchema"]]
