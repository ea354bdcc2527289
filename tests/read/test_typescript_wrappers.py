"""TypeScript tools registered in roundabout ways in; their names out."""

# The tables below hold programs, one to a line: they read better wide.
# ruff: noqa: ISC004

from __future__ import annotations

import pytest

from mcp_lsp.read import module, servers
from mcp_lsp.read.manifests import Dependencies, Version
from mcp_lsp.syntax import Document, parse

SDK = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nimport { z } from "zod";\n'
SERVER = 'const server = new McpServer({ name: "demo", version: "1.0.0" });\n'
CORE = 'import { tool, resource, prompt, z } from "@acme/mcp-core";\n'


def check(source: str, *expected: str, npm: str = "@modelcontextprotocol/sdk") -> None:
    """Every named tool, prompt and resource, with the function that does its work."""
    known = Dependencies({}, {npm: Version(1, "1.0.0", "package.json")})
    found = servers(module(parse(Document("file:///src/a.ts", source, "typescript"))), known).servers
    lines = []
    for server in found:
        for item in (*server.tools, *server.prompts, *server.resources):
            if item.name:
                params = "" if item.function is None else ", ".join(p.name or "{}" for p in item.function.params)
                lines.append(f"{type(item).__name__.lower()} {item.name}({params})")
    assert lines == list(expected)


WRAPPER = (
    "const tool = (name: string, text: string, shape: any, run: (a: any) => Promise<string>) => {\n"
    "  server.registerTool(name, { description: text, inputSchema: shape }, async (given: any) => ({\n"
    '    content: [{ type: "text", text: await run(given) }],\n  }));\n};\n'
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            WRAPPER + 'tool("ping", "Ping.", { host: z.string() }, async ({ host }) => host);\n'
            'tool("pong", "Pong.", {}, async (x) => x);',
            ["tool ping({})", "tool pong(x)"],
        ),
        (
            "function add(def: Def) {\n  server.tool(def.name, def.description, def.shape, def.run);\n}\n"
            'add({ name: "ping", description: "P", shape: {}, run: async (a) => a });',
            [],  # one argument: what looks like a definition is read by its shape alone
        ),
        (
            "class Tools {\n  constructor(private server: McpServer) {}\n"
            "  private add(name: string, shape: any, run: any) { this.server.tool(name, shape, run); }\n"
            '  all() { this.add("ping", { a: z.string() }, async (x: any) => x); }\n}',
            ["tool ping(x)"],
        ),
        (
            "function start() {\n  const server = new McpServer({ name: 's', version: '1' });\n"
            "  const reg = (n: string, r: any) => { server.tool(n, r); };\n  reg('ping', async (e: any) => e);\n}",
            ["tool ping(e)"],
        ),
        ("const log = (name: string, x: any) => console.log(name, x);\nlog('ping', async (x: any) => x);", []),
        (
            "const tool = server.tool.bind(server);\ntool('ping', 'Ping.', { a: z.string() }, async ({ a }) => a);",
            ["tool ping({})"],
        ),
        (
            "const original = server.registerTool.bind(server);\n"
            "const register = (name: string, config: any, run: any) => original(name, config, run);\n"
            "register('ping', { description: 'Ping.' }, async (x: any) => x);",
            ["tool ping(x)"],
        ),
        ("const tool = console.log.bind(console);\ntool('ping', 'tool', async (x: any) => x);", []),
        (
            "function make(root: string) {\n  return async ({ a }: { a: string }) => root + a;\n}\n"
            "server.registerTool('ping', { description: 'Ping.' }, make('/srv'));",
            ["tool ping(args)"],
        ),
    ],
)
def test_a_function_that_registers_what_it_is_given(source: str, expected: list[str]) -> None:
    check(SDK + SERVER + source, *expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "export const a = tool('get_note', { description: 'D', input: z.object({ p: z.string() }),\n"
            "  async handler(input, ctx) { return input; } });",
            ["tool get_note(input, ctx)"],
        ),
        (
            "export const a = resource('notes://{id}', { name: 'note', description: 'D', params: z.object({}),\n"
            "  async handler(params) { return params; } });",
            ["resource note(params)"],
        ),
        (
            "export const a = prompt('review', { description: 'D', args: z.object({}), generate: (args) => [] });",
            ["prompt review(args)"],
        ),
        ("export const a = resource('notes://all', { name: 'n', description: 'D', generate: (args) => [] });", []),
        ("export const a = tool('not', { title: 'no handler' });", []),
    ],
)
def test_definitions_by_the_functions_of_a_framework(source: str, expected: list[str]) -> None:
    check(CORE + source, *expected)


def test_the_same_by_a_client_s_library_is_no_server_s_tool() -> None:
    check('import { tool } from "ai";\nexport const a = tool("x", { description: "D", execute: async (a) => a });')


@pytest.mark.parametrize(
    "source",
    [
        "const api = [{ method: 'get', parameters: [{ name: 'body', description: 'D', type: 'Body', schema: S }] }];",
        "list.push({ name: 'confirm', in: 'Query', required: false, description: 'D', schema: { type: 'boolean' } });",
    ],
)
def test_parameters_of_an_api_are_no_tools(source: str) -> None:
    check(SDK + source)


def test_a_function_of_the_project_that_makes_a_tool_of_its_parts() -> None:
    check(
        'import { createNotesTool } from "@/tools/create.js";\nimport { createOtherTool } from "other-framework";\n'
        "const shape = { id: z.string() };\n"
        'createNotesTool("show", "Shows a note.", shape, async (given: { id: string }) => read(given.id));\n'
        'createNotesTool("drop", "Drops a note.", shape, async (one) => drop(one.id), (user) => user.admin);\n'
        'createOtherTool("else", "Something else.", shape, async (given) => drop(given.id));\n'
        'createNotesTool("nothing", "no function", shape);\n',
        "tool show(given)",
        "tool drop(one)",
    )


def test_a_class_that_says_its_name_in_a_method() -> None:
    check(
        'import { McpTool } from "@example/provider-api";\n'
        "export class AssignTool extends McpTool {\n"
        '  getName(): string { return "assign"; }\n'
        '  getConfig() { return { description: "Assigns.", inputSchema: { user: z.string() } }; }\n'
        "  async exec(input) { return run(input.user); }\n}\n",
        "tool assign(input)",
    )
