"""TypeScript source in; the servers, tools, prompts and resources that it declares out, one line for each."""

# The tables below hold programs, one to a line: they read better wide.
# ruff: noqa: ISC004, PT018

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.read import module, servers
from mcp_lsp.read.manifests import Dependencies, Version
from mcp_lsp.read.typescript import bodies, sight
from mcp_lsp.syntax import Document, parse
from mcp_lsp_analyzers.code import Function, Import
from mcp_lsp_analyzers.model import Parameter, Prompt, Resource, Server, Tool
from mcp_lsp_analyzers.place import Place, Text
from mcp_lsp_analyzers.scope import Module

SDK = 'import { McpServer, ResourceTemplate } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
LOW = (
    'import { Server } from "@modelcontextprotocol/sdk/server/index.js";\n'
    "import { CallToolRequestSchema, ListToolsRequestSchema, ListPromptsRequestSchema, ListResourcesRequestSchema, "
    'ReadResourceRequestSchema, GetPromptRequestSchema } from "@modelcontextprotocol/sdk/types.js";\n'
)
ZOD = 'import { z } from "zod";\n'
SERVER = 'const server = new McpServer({ name: "demo", version: "1.0.0" });\n'


def read(source: str, language: str = "typescript", uri: str = "file:///src/a.ts", npm: str = "") -> tuple[Server, ...]:
    dependencies = Dependencies({}, {name: Version(1, "1.0.0", "package.json") for name in npm.split()})
    return servers(module(parse(Document(uri, source, language))), dependencies).servers


def check(
    source: str, *expected: str, language: str = "typescript", npm: str = "", uri: str = "file:///src/a.ts"
) -> None:
    """Every tool, prompt and resource as a line: name, parameters, what is known of the handler."""
    found = read(textwrap.dedent(source), language, uri, npm)
    assert [shown(x) for s in found for x in (*s.tools, *s.prompts, *s.resources)] == list(expected)


def shown(x: Tool | Prompt | Resource) -> str:
    kind = type(x).__name__.lower()
    name = x.name + ("" if not isinstance(x, Tool) or x.name_complete else "?")
    if isinstance(x, Resource):
        name = f"{x.name} {x.uri.value}" + ("" if x.uri.complete else "?")
    line = f"{kind} {name}({', '.join(parameter(p) for p in x.parameters)}"
    line += ")" if not isinstance(x, Tool) or x.parameters_known else ", ...)"
    if x.title is not None:
        line += f" <{said(x.title)}>"
    if x.description is not None:
        line += f" {said(x.description)!r}"
    if isinstance(x, Tool) and x.annotations is not None:
        hints = ", ".join(f"{h.name}={h.value}" for h in x.annotations.hints)
        line += f" [{hints}{'' if x.annotations.complete else ', ...'}]"
    if x.function is not None:
        line += f" -> {x.function.name}({', '.join(f'{a}={b}' for a, b in x.arguments)})"
    if isinstance(x, Tool) and x.branch:
        line += f" if {', '.join(x.branch)}"
    return line


def said(text: Text) -> str:
    return text.value + ("" if text.complete else "…")


def parameter(p: Parameter) -> str:
    t = p.type
    kind = "|".join(sorted(t.kinds)) if t.choices is None else "|".join(repr(c) for c in t.choices)
    if t.items is not None:
        kind += f" of {'|'.join(sorted(t.items.kinds))}"
    if t.format:
        kind += f":{t.format}"
    if t.pattern is not None:
        kind += f" /{t.pattern}/"
    line = f"{p.name}{'' if p.required else '?'}: {kind}{' closed' if t.closed and t.choices is None else ''}"
    return line + (f" {said(p.description)!r}" if p.description is not None else "")


# ---------------------------------------------------------------- the official SDK


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('server.tool("a", async () => {})', "tool a() -> ()"),
        ('server.tool("a", async (extra) => {})', "tool a() -> ()"),
        ('server.tool("a", "Does it", async () => {})', "tool a() 'Does it' -> ()"),
        ('server.tool("a", { q: z.string() }, async ({ q }) => {})', "tool a(q: string) -> (q=q)"),
        ('server.tool("a", "Does it", { q: z.string() }, async ({ q: x }) => {})', "tool a(q: string) 'Does it' -> (x=q)"),
        ('server.tool("a", "Does it", { readOnlyHint: true }, async () => {})',
         "tool a() 'Does it' [readOnlyHint=True] -> ()"),
        ('server.tool("a", "Does it", { q: "a string" }, async (args) => {})',
         "tool a() 'Does it' [q=a string] -> ()"),
        ('server.tool("a", "Does it", {}, { readOnlyHint: true }, async () => {})',
         "tool a() 'Does it' [readOnlyHint=True] -> ()"),
        ('server.tool("a", "Does it", { q: z.string() }, { title: "A" }, async (args, extra) => {})',
         "tool a(q: string) 'Does it' [title=A] -> (args=*)"),
        ('server.tool("a", "Does it", Shape.shape, handle)', "tool a(q: string) 'Does it' -> handle(args=*)"),
        ('server.registerTool("a", { description: "Does it", inputSchema: { q: z.string() } }, handle)',
         "tool a(q: string) 'Does it' -> handle(args=*)"),
        ('server.registerTool("a", { title: "A", inputSchema: Shape, outputSchema: {}, annotations: HINTS }, handle)',
         "tool a(q: string) <A> [readOnlyHint=False, destructiveHint=None] -> handle(args=*)"),
        ('server.registerTool("a", { description: "Does it" }, async (args, extra) => {})',
         "tool a() 'Does it' -> ()"),
        ('server.registerTool(NAMES.first, { description: `${INTRO} it` }, handle)', "tool first() 'Does it' -> handle()"),
        ('server.registerTool(Kind.B, { description: ["Does", "it"].join(" ") }, handle)',
         "tool second() 'Does it' -> handle()"),
        ('server.registerTool(`${process.env.P}_a`, { description: "Does " + "it" }, handle)',
         "tool _a?() 'Does it' -> handle()"),
        ('server.registerTool(given ?? "a", { description: given }, handle)', "tool a() '…' -> handle()"),
        ('server.experimental.tasks.registerToolTask("a", { inputSchema: {} }, handle)',
         "tool a() -> handle(args=*)"),
        ('registerAppTool(server, "a", { description: "Does it", inputSchema: { q: z.string() } }, handle)',
         "tool a(q: string) 'Does it' -> handle(args=*)"),
        ('server.tool("a", wrap(async ({ q }) => {}))', "tool a() -> ()"),
        ('server.tool("a", { q: z.string() }, wrap("a", async ({ q }) => {}))', "tool a(q: string) -> (q=q)"),
        ('server.prompt("a", async () => {})', "prompt a() -> ()"),
        ('server.prompt("a", "Says it", { q: z.string().optional() }, ({ q }) => {})',
         "prompt a(q?: string) 'Says it' -> (q=q)"),
        ('server.registerPrompt("a", { title: "A", description: "Says it", argsSchema: { q: completable(z.string()'
         '.describe("what"), () => []) } }, ({ q }) => {})',
         "prompt a(q: string 'what') <A> 'Says it' -> (q=q)"),
        ('server.resource("a", "x://a", async (uri) => {})', "resource a x://a() -> ()"),
        ('server.resource("a", new ResourceTemplate("x://{id}/{part}", { list: undefined }), async (uri, { id }) => {})',
         "resource a x://{id}/{part}(id: string, part: string) -> (uri=*, id=id)"),
        ('server.registerResource("a", "x://a", { title: "A", description: "It", mimeType: "t" }, async (uri) => {})',
         "resource a x://a() <A> 'It' -> ()"),
    ],
)  # fmt: skip
def test_registrations(call: str, expected: str) -> None:
    constants = """
    const NAMES = { first: "first" } as const;
    enum Kind { A = "x", B = "second" }
    const INTRO = "Does";
    const Shape = z.object({ q: z.string() });
    const HINTS = { readOnlyHint: false, destructiveHint: isIt() };
    async function handle(args) {}
    """
    check(SDK + ZOD + SERVER + textwrap.dedent(constants) + call, expected)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("z.string()", "q: string"),
        ('z.string().min(1).describe("what")', "q: string 'what'"),
        ("z.string().optional()", "q?: string"),
        ('z.string().default("x").describe("what")', "q?: string 'what'"),
        ("z.string().nullable()", "q: null|string"),
        ("z.string().nullish()", "q?: null|string"),
        ("z.number().int().positive()", "q: integer closed"),
        ("z.coerce.number()", "q: number closed"),
        ("z.boolean()", "q: boolean closed"),
        ('z.enum(["a", "b"])', "q: 'a'|'b'"),
        ("z.enum(CHOICES)", "q: 'a'|'b'"),
        ("z.nativeEnum(Kind)", "q: 'x'|'y'"),
        ('z.literal("a")', "q: 'a'"),
        ('z.union([z.literal("a"), z.literal("b")])', "q: 'a'|'b'"),
        ("z.union([z.string(), z.number()])", "q: number|string"),
        ("z.string().or(z.array(z.string()))", "q: array|string of string"),
        ("z.array(z.string()).optional()", "q?: array of string"),
        ("z.string().array()", "q: array of string"),
        ("z.object({ a: z.string() })", "q: object"),
        ("z.record(z.string())", "q: object"),
        ("z.any()", "q: any"),
        ("z.unknown().optional()", "q?: any"),
        ("z.string().url()", "q: string:uri"),
        ("z.url()", "q: string:uri"),
        ("z.string().uuid()", "q: string closed"),
        ("z.uuid()", "q: string closed"),
        ("z.iso.datetime()", "q: string closed"),
        (r"z.string().regex(/^[a-z]+$/)", "q: string /^[a-z]+$/"),
        ("z.preprocess((x) => x, z.number().optional())", "q?: number closed"),
        ("z.lazy(() => Kept)", "q: string 'kept'"),
        ("Kept", "q: string 'kept'"),
        ("Kept.optional()", "q?: string 'kept'"),
        ('Kept.describe("mine")', "q: string 'mine'"),
        ("made()", "q: string 'made'"),
        ("imported.optional()", "q?: any"),
        ("v.pipe(v.string(), v.description('what'))", "q: string 'what'"),
        ("v.optional(v.number())", "q?: number closed"),
        ("Type.Optional(Type.String({ description: 'what' }))", "q?: string 'what'"),
        ('z.string().meta({ description: "what" })', "q: string 'what'"),
    ],
)
def test_values(schema: str, expected: str) -> None:
    constants = """
    import { imported } from "./other.js";
    const CHOICES = ["a", "b"] as const;
    enum Kind { X = "x", Y = "y" }
    const Kept = z.string().describe("kept");
    function made() { return z.string().describe("made"); }
    """
    source = SDK + ZOD + SERVER + textwrap.dedent(constants)
    check(
        source + f'server.registerTool("a", {{ inputSchema: {{ q: {schema} }} }}, () => {{}})',
        f"tool a({expected}) -> ()",
    )


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{}", ""),
        ("undefined", ""),
        ("z.object({ q: z.string() }).strict()", "q: string"),
        ("z.object({ q: z.string() }).extend({ r: z.number() })", "q: string, r: number closed"),
        ("Base.merge(z.object({ r: z.string() })).passthrough()", "q: string, r: string"),
        ("Base.partial()", "q?: string"),
        ("Base.extend({ r: z.string() }).omit({ q: true })", "r: string"),
        ("Base.extend({ r: z.string() }).pick({ q: true }).shape", "q: string"),
        ("Base.refine(ok)", "q: string"),
        ("z.preprocess(fix, Base)", "q: string"),
        ("{ ...Base.shape, r: z.string() }", "q: string, r: string"),
        ("{ ...shape, r: z.string() }", "q: string, r: string"),
        ("{ ...imported, r: z.string() }", "r: string, ..."),
        ("imported", ", ..."),
        ("z.union([Base, Base])", ", ..."),
        ("zodToJsonSchema(Base)", "q: string"),
        ("z.toJSONSchema(Base) as any", "q: string"),
        ("made()", "q: string"),
        ('fromJsonSchema({ type: "object", properties: { q: { type: "string" } }, required: ["q"] })', "q: string"),
        ('{ type: "object", properties: { q: { type: "string", description: "what" } } }', "q?: string 'what'"),
        ('{ type: "object", properties: { q: { enum: ["a", "b"] }, r: { type: ["string", "null"] } }, required: ["q"] }',
         "q: 'a'|'b', r?: null|string"),
        ('{ type: "object", properties: { q: { type: "array", items: { type: "integer" } } }, required: NEEDED }',
         "q: array of integer closed"),
        ('{ type: "object", properties: { q: { type: "string", pattern: "^a$", format: "uri" } } }',
         "q?: string:uri /^a$/"),
        ('{ type: "object", properties: { q: { anyOf: [{ type: "string" }, { type: "number" }] } } }',
         "q?: number|string"),
        ('{ type: "object" }', ""),
        ("v.object({ q: v.string() })", "q: string"),
        ('type({ q: "string", "r?": "number" })', "q: string, r?: number closed"),
        ("Type.Object({ q: Type.String() })", "q: string"),
    ],
)  # fmt: skip
def test_schemas(schema: str, expected: str) -> None:
    constants = """
    import { imported } from "./other.js";
    const Base = z.object({ q: z.string() });
    const shape = { q: z.string() };
    const NEEDED = ["q"];
    const made = () => Base;
    """
    source = SDK + ZOD + SERVER + textwrap.dedent(constants)
    wanted = f"tool a({expected.removeprefix(', ')}" if expected != ", ..." else "tool a(, ..."
    found = read(source + f'server.registerTool("a", {{ inputSchema: {schema} }}, (x) => {{}})')
    assert shown(found[0].tools[0]).startswith(wanted + ")")


def test_a_schema_that_contains_itself_has_an_end() -> None:
    source = """
    const Node = z.object({ a: z.lazy(() => Node), b: z.array(Node).optional(), c: z.lazy(() => Node.partial()) });
    server.registerTool("a", { inputSchema: Node }, () => {});
    """
    check(SDK + ZOD + SERVER + textwrap.dedent(source), "tool a(a: object, b?: array of object, c: object) -> ()")


# ---------------------------------------------------------------- places and texts


def spelled(source: str, place: Place) -> str:
    assert place.span is not None
    return source[place.span.start : place.span.end]


def test_places() -> None:
    source = (
        "// é😀\n" + SDK + ZOD + SERVER + "const WORDS = `Reads\\u200b ${'a'} file`;\n"
        'const P = z.string().describe("Where\\tto");\n'
        'server.registerTool("read", { title: "Read", description: WORDS, annotations: { readOnlyHint: true },\n'
        '  inputSchema: { path: P, mode: z.enum(["r", "w"]).default("r") } }, async ({ path }) => {});\n'
    )
    (server,) = read(source)
    (tool,) = server.tools
    assert tool.title and tool.description and tool.annotations
    path, mode = tool.parameters
    assert path.description
    places = {
        '"read"': tool.place,
        '"Read"': tool.title.place,
        "`Reads\\u200b ${'a'} file`": tool.description.place,
        "\\u200b": tool.description.at(5, 6),
        "a": tool.description.at(7, 8),
        "file": tool.description.at(9, 13),
        "readOnlyHint: true": tool.annotations.hints[0].place,
        "path": path.place,
        "\\t": path.description.at(5, 6),
        "mode": mode.place,
    }
    assert {wanted: spelled(source, place) for wanted, place in places.items()} == {wanted: wanted for wanted in places}
    assert tool.description.value == "Reads\u200b a file"
    assert [(t.role, t.value, spelled(source, t.place)) for t in mode.texts] == [
        ("enum value", "r", '"r"'), ("enum value", "w", '"w"'), ("default value", "r", '"r"'),
    ]  # fmt: skip
    assert spelled(source, tool.declared).startswith("server.registerTool(")
    assert spelled(source, server.place).startswith("new McpServer(")


def test_pointers_are_those_of_a_listing() -> None:
    source = """
    server.registerTool("a/b", { title: "T", description: "D", annotations: { readOnlyHint: true },
      inputSchema: { q: z.object({ r: z.string().describe("R") }), s: z.enum(["x"]).describe("S") } }, () => {});
    server.prompt("p", { q: z.string().describe("Q") }, () => {});
    server.resource("n", "x://{id}", () => {});
    """
    (server,) = read(SDK + ZOD + 'const server = new McpServer({ name: "d" }, { instructions: "I" });\n' + source)
    (tool,), (prompt,), (resource,) = server.tools, server.prompts, server.resources
    assert tool.title and tool.description and tool.annotations and server.instructions
    q, s = tool.parameters
    assert s.description and prompt.parameters[0].description
    assert [
        x.place.pointer
        for x in (
            server, server.instructions, tool, tool.title, tool.description, tool.annotations.hints[0], q, *q.texts, s,
            s.description, *s.texts, prompt, prompt.parameters[0], prompt.parameters[0].description, resource,
            resource.uri, resource.parameters[0],
        )
    ] == [
        "/serverInfo/name", "/instructions", "/tools/a~1b", "/tools/a~1b/title", "/tools/a~1b/description",
        "/tools/a~1b/annotations/readOnlyHint", "/tools/a~1b/inputSchema/properties/q",
        "/tools/a~1b/inputSchema/properties/q/properties/r/description", "/tools/a~1b/inputSchema/properties/s",
        "/tools/a~1b/inputSchema/properties/s/description", "/tools/a~1b/inputSchema/properties/s/enum", "/prompts/p",
        "/prompts/p/arguments/q", "/prompts/p/arguments/q/description", "/resources/n", "/resources/n/uri",
        "/resources/n/parameters/id",
    ]  # fmt: skip


# ---------------------------------------------------------------- servers


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (SDK + SERVER, "demo typescript-sdk 1 high"),
        ('import { McpServer } from "npm:@modelcontextprotocol/sdk@^1.20/server/mcp.js"; new McpServer({ name: "x" })',
         "x typescript-sdk 1 high"),
        ('import { FastMCP } from "../FastMCP.js"; new FastMCP({ name: "x" })', "x fastmcp-ts high"),
        (LOW + "const s = new Server({ name: NAME, version }, { capabilities: {} }); const NAME = `x`;",
         "x typescript-sdk 1 low"),
        ('import { McpServer } from "@modelcontextprotocol/server"; new McpServer({ name: "x" })',
         "x typescript-sdk 2 high"),
        ('import { FastMCP } from "fastmcp"; const s = new FastMCP({ name: "x", version: "1.0.0" })', "x fastmcp-ts high"),
        ('import { MCPServer } from "mcp-framework"; new MCPServer({ name: "x" })', "x mcp-framework high"),
        ('import { MCPServer } from "mcp-use/server"; const s = new MCPServer({ name: "x" })', "x mcp-use high"),
        ('const mcp_js_1 = require("@modelcontextprotocol/sdk/server/mcp.js");'
         ' const s = new mcp_js_1.McpServer({ name: "x" });', "x typescript-sdk 1 high"),
        (SDK + 'class Mine extends McpServer { constructor() { super({ name: "x" }, {}) } }', "x typescript-sdk 1 high"),
        ('import { createMcpHandler } from "mcp-handler";'
         'createMcpHandler((server) => { server.tool("a", () => {}) }, { serverInfo: { name: "x" } })',
         "x typescript-sdk high streamable-http"),
        ('import { createLegacyMcpHandler } from "agents/mcp"; import { McpServer } from "@modelcontextprotocol/server";'
         'const make = () => new McpServer({ name: "x" }); createLegacyMcpHandler(make())',
         "x typescript-sdk 2 high streamable-http"),
        ('import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";'
         'createMcpHandler((ctx) => new McpServer({ name: "x" }))', "x typescript-sdk 2 high streamable-http"),
        (SDK + SERVER + "server.connect(new StdioServerTransport());", "demo typescript-sdk 1 high stdio"),
        (SDK + SERVER + "if (a) new SSEServerTransport('/m', res); else new StreamableHTTPServerTransport({});",
         "demo typescript-sdk 1 high sse streamable-http"),
        ('import { FastMCP } from "fastmcp"; const s = new FastMCP({ name: "x" }); s.start({ transportType: "stdio" })',
         "x fastmcp-ts high stdio"),
    ],
)  # fmt: skip
def test_servers(source: str, expected: str) -> None:
    (server,) = read(source)
    assert f"{server.name} {server.sdk} {server.sdk.api} {' '.join(sorted(server.transports))}".strip() == expected


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("function show() { serveStdio(() => server); }", ""),
        ("function show() { serveStdio(() => server); }\nvoid show;", ""),
        ("function show() { serveStdio(() => server); }\nshow();", "stdio"),
        ("export function show() { serveStdio(() => server); }", "stdio"),
        ("const show = () => serveStdio(() => server);\nprocess.once('x', show);", "stdio"),
        ("serveStdio(() => server);", "stdio"),
        ("const [near, far] = InMemoryTransport.createLinkedPair();\nawait server.connect(far);", "memory"),
    ],
)
def test_a_function_that_nobody_calls_starts_nothing(after: str, expected: str) -> None:
    source = 'import { serveStdio } from "@modelcontextprotocol/server/stdio";\n' + SDK + SERVER + after
    (server,) = read(source)
    assert " ".join(sorted(server.transports)) == expected


def test_the_version_comes_from_the_project() -> None:
    found = servers(
        module(
            parse(
                Document("file:///a.ts", 'import { FastMCP } from "fastmcp"; new FastMCP({ name: "x" })', "typescript")
            )
        ),
        Dependencies({}, {"fastmcp": Version(3, "3.1.0", "package-lock.json")}),
    ).servers
    assert (found[0].sdk.major, found[0].sdk.evidence) == (3, "package-lock.json")


def test_instructions() -> None:
    source = SDK + 'new McpServer({ name: "x" }, { instructions: "Use " + `me`, capabilities: {} });'
    (server,) = read(source)
    assert server.instructions and server.instructions.value == "Use me"
    assert spelled(source, server.instructions.at(4, 6)) == "me"


def test_each_server_has_its_own_tools() -> None:
    source = """
    const a = new McpServer({ name: "a" }), b = new McpServer({ name: "b" });
    a.tool("one", () => {});
    b.tool("two", () => {});
    function both(first: McpServer, second: McpServer) { first.tool("three", () => {}); second.tool("four", () => {}); }
    both(b_server, a_server);
    const a_server = a, b_server = b;
    """
    found = read(SDK + textwrap.dedent(source))
    assert {s.name: [t.name for t in s.tools] for s in found} == {"a": ["one", "four"], "b": ["two", "three"]}


def test_a_field_without_a_value_is_no_variable_of_its_name() -> None:
    source = f"""
        {SDK}
        const server = new McpServer({{ name: "outer", version: "1" }});
        class Notes {{
          private server: McpServer;
          constructor() {{
            this.server = new McpServer({{ name: "notes", version: "1" }});
            this.server.registerTool("read_note", {{}}, async () => ({{ content: [] }}));
          }}
        }}
        server.registerTool("ping", {{}}, async () => ({{ content: [] }}));
    """
    assert [(server.name, [tool.name for tool in server.tools]) for server in read(source)] == [
        ("outer", ["ping"]),
        ("notes", ["read_note"]),
    ]


@pytest.mark.parametrize(
    "source",
    [
        SERVER + 'server.tool("a", () => {});',
        'export function createServer() { const server = new McpServer({ name: "x" }); server.tool("a", () => {}); }',
        'async function main() { const s = new McpServer({ name: "x" }); if (on) { s.tool("a", () => {}); } }',
        'export function register(server: McpServer) { server.tool("a", () => {}); }',
        'export const register = (mcp: McpServer): void => void mcp.tool("a", () => {});',
        'class A extends McpAgent { server = new McpServer({ name: "x" }); async init() { this.server.tool("a", () => {}); } }',
        "class A { private server: McpServer; constructor() { this.server = new McpServer({}); this.set(); }"
        ' set() { this.server.tool("a", () => {}); } }',
        'class A extends McpServer { constructor() { super({ name: "x" }); this.tool("a", () => {}); } }',
        'const make = () => new McpServer({ name: "x" }); const server = make(); server.tool("a", () => {});',
        'new McpServer({ name: "x" }).tool("a", () => {});',
    ],
)
def test_wherever_the_server_comes_from(source: str) -> None:
    check(SDK + source, "tool a() -> ()")


# ---------------------------------------------------------------- tables


@pytest.mark.parametrize(
    "source",
    [
        "for (const tool of tools) server.registerTool(tool.name, { description: tool.description, "
        "inputSchema: tool.inputSchema }, tool.handler);",
        "tools.forEach((tool) => { server.tool(tool.name, tool.description, tool.inputSchema, tool.handler); });",
        "for (const { name, handler, ...rest } of tools) server.registerTool(name, rest, handler);",
        "Object.values(record).forEach((t) => server.registerTool(t.name, t, t.handler));",
        "for (const [, t] of Object.entries(record)) server.registerTool(t.name, { description: t.description, "
        "inputSchema: t.inputSchema }, t.handler);",
        "server.addTool(tools[0]); server.addTool(two);",
    ],
)
def test_a_table_that_is_registered(source: str) -> None:
    table = """
    async function first(args) {}
    const two = { name: "two", description: "Two", inputSchema: { r: z.number() }, handler: async ({ r }) => {} };
    const tools = [{ name: "one", description: "One", inputSchema: { q: z.string() }, handler: first }, two];
    const record = { one: tools[0], two };
    """
    check(
        SDK + ZOD + SERVER + textwrap.dedent(table) + source,
        "tool one(q: string) 'One' -> first(args=*)",
        "tool two(r: number closed) 'Two' -> (r=r)",
    )


def test_a_table_of_another_file_is_said_to_be_unread() -> None:
    source = SDK + 'import { tools } from "./tools.js";\n' + SERVER
    (server,) = read(source + "for (const t of tools) server.registerTool(t.name, t.config, t.handler);")
    assert [t.name for t in server.tools] == []
    assert len(server.unread) == 1
    (server,) = read(source + "for (const t of tools) server.registerTool(t.name, t.config, (args) => t.run(args));")
    assert [(t.name, t.name_complete, t.parameters_known) for t in server.tools] == [("", False, False)]


# ---------------------------------------------------------------- low-level servers

LISTED = [
    "tool one(q: string 'what') 'One' [readOnlyHint=True] -> (request.params.arguments=*, request.params.name=) if one",
    "tool two() -> (request.params.arguments=*, request.params.name=) if two",
]


@pytest.mark.parametrize(
    "listing",
    [
        "async () => ({ tools: [ONE, { name: 'two', inputSchema: { type: 'object' } }] })",
        "async () => { const tools = [ONE]; return { tools: [...tools, TWO] }; }",
        "() => ({ tools: all })",
        "() => { if (x) { return { tools: all }; } return { tools: [] }; }",
        "() => ({ tools: all.filter((t) => allowed(t)) })",
        "() => ({ tools: Object.values({ a: ONE, b: TWO }) })",
        "() => ({ tools: [ONE, ...(enabled ? [TWO] : [])] })",
        "() => ({ tools: listed() })",
        "() => ({ tools: definitions.map((d) => ({ name: d.id, description: d.text, inputSchema: d.schema, "
        "annotations: d.hints })) })",
        "() => ({ tools: definitions.map(({ id, text, schema, hints }) => ({ name: id, description: text, "
        "inputSchema: schema, annotations: hints })) })",
        "list",
        "list.bind(null)",
    ],
)
def test_listed_tools(listing: str) -> None:
    source = """
    const schema = { type: "object", properties: { q: { type: "string", description: "what" } }, required: ["q"] };
    const ONE: Tool = { name: "one", description: "One", inputSchema: schema, annotations: { readOnlyHint: true } };
    const TWO = { name: "two", inputSchema: { type: "object" as const } };
    const all = [ONE, TWO];
    const definitions = [
      { id: "one", text: "One", schema, hints: { readOnlyHint: true } },
      { id: "two", schema: { type: "object" } },
    ];
    function listed() { return all; }
    async function list() { return { tools: all }; }
    const server = new Server({ name: "x", version: "1" }, { capabilities: { tools: {} } });
    server.setRequestHandler(CallToolRequestSchema, async (request) => { switch (request.params.name) {} });
    """
    check(LOW + textwrap.dedent(source) + f"server.setRequestHandler(ListToolsRequestSchema, {listing});", *LISTED)


@pytest.mark.parametrize(
    ("handler", "expected"),
    [
        ("async (request) => {}", "-> (request.params.arguments=*, request.params.name=) if a"),
        ("async ({ params }) => {}", "-> (params.arguments=*, params.name=) if a"),
        ("async ({ params: { name, arguments: args } }) => {}", "-> (name=, args=*) if a"),
        ("async ({ params: { name, arguments: { q } } }) => {}", "-> (name=, q=q) if a"),
        ("this.call.bind(this)", "-> call(r.params.arguments=*, r.params.name=) if a"),
        ("(r) => this.call(r)", "-> (r.params.arguments=*, r.params.name=) if a"),
    ],
)
def test_the_handler_of_all_calls(handler: str, expected: str) -> None:
    source = """
    class A {
      private server = new Server({ name: "x" }, {});
      run() {
        this.server.setRequestHandler("tools/list", async () => ({ tools: [{ name: "a", inputSchema: {} }] }));
        this.server.setRequestHandler("tools/call", HANDLER);
      }
      async call(r) {}
    }
    """
    check(LOW + textwrap.dedent(source).replace("HANDLER", handler), f"tool a() {expected}")


def test_tools_that_are_defined_elsewhere_are_known_by_their_branches() -> None:
    source = """
    import { oneTool, twoTool } from "./tools.js";
    server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: [oneTool, twoTool] }));
    server.setRequestHandler(CallToolRequestSchema, async (request) => {
      const { name, arguments: args } = request.params;
      if (name === "one") { return one(args); }
      switch (name) { case TWO: case "three": return two(args); default: throw new Error(); }
    });
    const TWO = "two";
    """
    given = "(request.params.arguments=*, request.params.name=)"
    check(
        LOW + 'const server = new Server({ name: "x" }, {});' + textwrap.dedent(source),
        *(f"tool {name}(, ...) [, ...] -> {given} if {name}" for name in ("one", "two", "three")),
        f"tool ?(, ...) [, ...] -> {given} if one, three, two",  # whatever else is listed: none of these
    )


@pytest.mark.parametrize(
    ("pushed", "complete"),
    [('{ name: "a", inputSchema: {} }', True), ("{ name: short(key), inputSchema: {} }", False), ("made(key)", False)],
)
def test_tools_that_are_pushed_onto_a_list(pushed: str, complete: bool) -> None:
    source = f"""
import {{ Server }} from "@modelcontextprotocol/sdk/server/index.js";
const server = new Server({{ name: "x", version: "1" }}, {{ capabilities: {{ tools: {{}} }} }});
server.setRequestHandler(ListToolsRequestSchema, async () => {{
  const tools: Tool[] = [];
  Object.keys(api).forEach((key) => {{ tools.push({pushed}); }});
  return {{ tools }};
}});
"""
    (server,) = read(source)
    assert [tool.name for tool in server.tools if tool.name_complete] == (["a"] if complete else [])
    assert bool(server.unread) is not complete


def test_tools_that_are_only_known_at_run_time_leave_their_handler() -> None:
    source = """
    const server = new Server({ name: "x" }, {});
    server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: await fetchTools() }));
    server.setRequestHandler(CallToolRequestSchema, async function call(request) { return run(request.params); });
    """
    check(LOW + textwrap.dedent(source), "tool ?(, ...) [, ...] -> call(request.params.arguments=*)")


def test_prompts_and_resources_of_a_low_level_server() -> None:
    source = """
    const server = new Server({ name: "x" }, {});
    server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: [
      { name: "p", description: "P", arguments: [{ name: "q", description: "what", required: true }, { name: "r" }] } ] }));
    server.setRequestHandler(GetPromptRequestSchema, async (request) => {});
    server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: [{ uri: "x://a", name: "A" }] }));
    server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }) => {});
    """
    check(
        LOW + textwrap.dedent(source),
        "prompt p(q: string 'what', r?: string) 'P' -> (request.params.arguments=*, request.params.name=)",
        "resource A x://a() -> (uri=uri)",
    )


# ---------------------------------------------------------------- definitions known by their shape


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('export const aTool: Tool = { name: "a", description: "A", inputSchema: { type: "object", properties: {} } };',
         "tool a() 'A'"),
        ('export const a = { name: "a", description: "A", inputSchema: zodToJsonSchema(S) } as const satisfies Tool;'
         "const S = z.object({ q: z.string() });", "tool a(q: string) 'A'"),
        ('import { defineTool } from "./tool.js"; export const x = defineTool({ name: "a", description: "A", '
         "schema: { q: z.string() }, handler: async (request) => {} });",
         "tool a(q: string) 'A' -> (request=*, request.params=*)"),
        ('import { Tool } from "./tool.js"; export const x: Tool = { name: "a", description: "A", '
         "parameters: z.object({ q: z.string() }), execute: run }; async function run(ctx, params) {}",
         "tool a(q: string) 'A' -> run(params=*)"),
        ('import type { ToolSchema } from "./tool.js"; const schema: ToolSchema = { name: "a", description: "A", '
         "inputSchema: z.object({ q: z.string() }) }; export default { capability: 'x', schema, handle };"
         "async function handle(context, params) {}", "tool a(q: string) 'A' -> handle(params=*)"),
        ('import { Tool } from "./tool.js"; export const make = (ctx): Tool => ({ name: "a", description: say(ctx), '
         "inputSchema: z.object({}), execute: async () => {} }); const say = (ctx) => `A`;", "tool a() 'A' -> ()"),
        ('import { ToolDefinition } from "./t.js"; export const x: ToolDefinition = { method: "do_it", name: "Do it", '
         'description: "A", inputSchema: z.object({}) };', "tool do_it() <Do it> 'A'"),
        ('import { tool } from "@x/mcp-utils"; export const tools = { do_it: tool({ description: async () => "A", '
         "parameters: z.object({ q: z.string() }), execute: async ({ q }) => {} }) };",
         "tool do_it(q: string) 'A' -> (q=q)"),
        ('import { MCPTool } from "mcp-framework"; export default class A extends MCPTool<I> { name = "a"; '
         'description = "A"; schema = { q: { type: z.string(), description: "what" } }; async execute(input) {} }',
         "tool a(q: string 'what') 'A' -> execute(input=*)"),
        ('import { ToolBase } from "./tool.js"; export class A extends ToolBase { public name = "a"; '
         'protected description = "A"; protected argsShape = { q: z.string() }; protected async execute({ q }) {} }',
         "tool a(q: string) 'A' -> execute(q=q)"),
        ('import { Tool } from "@rekog/mcp-nest"; @Injectable() export class A { @Tool({ name: "a", description: "A", '
         "parameters: z.object({ q: z.string() }) }) async run({ q }, context) {} }",
         "tool a(q: string) 'A' -> run(q=q)"),
        ('import { FastMCP } from "fastmcp"; const s = new FastMCP({ name: "x" }); s.addTool({ name: "a", '
         'description: "A", annotations: { title: "T" }, parameters: z.object({ q: z.string() }), execute: async (args) => {} });',
         "tool a(q: string) 'A' [title=T] -> (args=*)"),
        ('import { MCPServer } from "mcp-use/server"; const s = new MCPServer({ name: "x" }); '
         's.tool({ name: "a", description: "A", schema: z.object({ q: z.string() }) }, async ({ q }) => {});',
         "tool a(q: string) 'A' -> (q=q)"),
        ('import { type ToolMetadata } from "xmcp"; export const schema = { q: z.string() }; '
         'export const metadata: ToolMetadata = { name: "a", description: "A" }; '
         "export default async function run({ q }) {}", "tool a(q: string) 'A' -> run(q=q)"),
        ('import { createSdkMcpServer, tool } from "@anthropic-ai/claude-agent-sdk"; createSdkMcpServer({ name: "x", '
         'tools: [tool("a", "A", { q: z.string() }, async (args) => {})] });', "tool a(q: string) 'A' -> (args=*)"),
    ],
)  # fmt: skip
def test_shapes(source: str, expected: str) -> None:
    check(ZOD + source, expected)


def test_resources_and_prompts_of_fastmcp() -> None:
    source = """
    import { FastMCP } from "fastmcp";
    const server = new FastMCP({ name: "x", version: "1.0.0" });
    server.addPrompt({ name: "p", description: "P", arguments: [{ name: "q", description: "what", required: true }],
      load: async ({ q }) => "" });
    server.addResource({ uri: "file:///x", name: "X", async load() { return { text: "" } } });
    server.addResourceTemplate({ uriTemplate: "file:///{name}.log", name: "L",
      arguments: [{ name: "name", description: "which", required: true }], load: async (args) => ({}) });
    """
    check(
        source,
        "prompt p(q: string 'what') 'P' -> (q=q)",
        "resource X file:///x() -> load()",
        "resource L file:///{name}.log(name: string 'which') -> (args=*)",
    )


@pytest.mark.parametrize(
    "source",
    [
        # no word of MCP
        'const a = { name: "a", description: "A", parameters: { type: "object", properties: {} } };',
        'app.tool("a", "b", () => {}); router.resource("x", "y", () => {});',
        # what clients hand to a model
        'import OpenAI from "openai"; const tools = [{ type: "function", function: { name: "a", description: "A", '
        'parameters: { type: "object", properties: {} } } }];',
        'import Anthropic from "@anthropic-ai/sdk"; const t: Anthropic.Tool = { name: "a", description: "A", '
        'input_schema: { type: "object", properties: {} } };',
        'import { tool } from "ai"; export const tools = { weather: tool({ description: "W", parameters: z.object({}), '
        "execute: async () => {} }) };",
        'import * as vscode from "vscode"; vscode.lm.registerTool("a", new A());',
        'import { Client } from "@modelcontextprotocol/sdk/client/index.js"; const { tools } = await client.listTools();'
        " const mine = tools.map((t) => ({ name: t.name, description: t.description, input_schema: t.inputSchema }));",
        # neither prompts, arguments nor parameters are tools
        SDK + 'const p = { name: "a", description: "A", arguments: [{ name: "b", description: "c" }] };',
        SDK + 'const column = { name: "a", description: "A", type: "string" };',
        # fixtures
        SDK
        + 'it("lists", () => { expect(r).toEqual([{ name: "a", description: "A", inputSchema: { type: "object" } }]) });',
        "",
        "export {};",
    ],
)
def test_nothing_is_invented(source: str) -> None:
    check(ZOD + source)


def test_a_test_file_has_no_tools_by_shape() -> None:
    source = 'export const t = { name: "a", description: "A", inputSchema: { type: "object" } };'
    check(source, "tool a() 'A'")
    check(source, uri="file:///src/a.test.ts")


def test_the_project_is_evidence() -> None:
    source = ZOD + 'export const t = { name: "a", description: "A", schema: z.object({}), handler: async () => {} };'
    check(source)
    check(source, "tool a() 'A' -> ()", npm="@modelcontextprotocol/sdk")


def test_one_tool_however_often_it_is_found() -> None:
    source = """
    const echo = { name: "echo", description: "E", inputSchema: { type: "object", properties: {} } };
    const also = { name: "also", description: "A", inputSchema: { type: "object", properties: {} }, handler: () => {} };
    const server = new Server({ name: "x" }, {});
    server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: [echo, also] }));
    server.setRequestHandler(CallToolRequestSchema, async ({ params }) => { if (params.name === "echo") {} });
    """
    check(
        LOW + textwrap.dedent(source),
        "tool echo() 'E' -> (params.arguments=*, params.name=) if echo",
        "tool also() 'A' -> ()",
    )


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("export async function execInPod(manager, input) {}", "-> execInPod(input=*)"),
        ("export const handleExecInPod = async (input) => {}", "-> (input=*)"),
        ("async function start(manager: M, what: { pod: string; command?: string[] }) {}", "-> start(what=*)"),
        ("function start(m: M, { pod, command: c }: I) {}", "-> start(pod=pod, c=command)"),
        ("function other(input: { pod: string; more: string }) {}", ""),
        ("function a(input: { pod: string }) {} function b(input: { pod: string }) {}", ""),
        ("function log(message: string) {}", ""),
    ],
)
def test_the_function_beside_a_definition(function: str, expected: str) -> None:
    source = """
    export const execInPodSchema = { name: "exec_in_pod", description: "E", inputSchema: { type: "object", properties: {
      pod: { type: "string" }, command: { type: "array" } }, required: ["pod"] } } as const;
    """
    line = "tool exec_in_pod(pod: string, command?: array) 'E'"
    check(textwrap.dedent(source) + function, f"{line} {expected}".strip())


def test_two_registrations_of_one_name_are_two() -> None:
    check(SDK + SERVER + 'server.tool("a", () => {}); server.tool("a", () => {});', "tool a() -> ()", "tool a() -> ()")


def test_compiled_code() -> None:
    source = """
    "use strict";
    var __importDefault = (this && this.__importDefault) || function (mod) { return mod; };
    Object.defineProperty(exports, "__esModule", { value: true });
    exports.server = void 0;
    const mcp_js_1 = require("@modelcontextprotocol/sdk/server/mcp.js");
    const zod_1 = require("zod");
    exports.server = new mcp_js_1.McpServer({ name: "x", version: "1" });
    exports.server.tool("a", "A", { q: zod_1.z.string().describe("what") }, async ({ q }) => { return (0, run_1.run)(q); });
    """
    check(source, "tool a(q: string 'what') 'A' -> (q=q)", language="javascript")


# ---------------------------------------------------------------- other files


class Project:
    """Files of a project by name, as `Scope.follow` asks for them."""

    def __init__(self, files: dict[str, str]) -> None:
        self.read = {f"file:///src/{name}": module(parse(Document(f"file:///src/{name}", text, "typescript")))
                     for name, text in files.items()}  # fmt: skip

    def find(self, uri: str, statement: Import) -> Module | None:
        return self.read.get("file:///src/" + statement.module.removeprefix("./").replace(".js", ".ts"))

    def current(self, uri: str) -> Module | None:
        return self.read.get(uri)


@pytest.mark.parametrize(
    ("imports", "name"),
    [
        ('import { NAMES } from "./names.js"', "NAMES.echo"),
        ('import { ECHO } from "./names.js"', "ECHO"),
        ('import { ECHO as it } from "./again.js"', "it"),
        ('import * as names from "./names.js"', "names.Kind.Echo"),
        ('import { echoTool } from "./names.js"', "echoTool.name"),
    ],
)
def test_names_that_stand_in_other_files(imports: str, name: str) -> None:
    project = Project(
        {
            "names.ts": 'export const ECHO = "echo"; export const NAMES = { echo: ECHO } as const;'
            'export enum Kind { Echo = "echo" } export const echoTool = { name: NAMES.echo };',
            "again.ts": 'export { ECHO } from "./names.js";',
        }
    )
    source = f"{SDK}{imports};\n{SERVER}server.registerTool({name}, {{}}, () => {{}});"
    found = servers(module(parse(Document("file:///src/a.ts", source, "typescript"))), None, None, project).servers
    assert [(t.name, t.name_complete, spelled(source, t.place)) for t in found[0].tools] == [("echo", True, name)]


def test_functions_that_return_what_each_other_return_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    entered = 0
    before = bodies.returns

    def counting(function: Function) -> object:
        nonlocal entered
        entered += 1
        return before(function)

    monkeypatch.setattr(sight, "returns", counting)
    source = (
        "function f(x: string) { return [...g(x), ...g(x), ...g(x), x]; }\n"
        "function g(x: string) { return [...f(x), ...f(x), ...f(x)]; }\n"
        'const low = new Server({ name: "low", version: "1" }, {});\n'
        'low.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: f("a") }));\n'
    )
    (server,) = read(f'import {{ Server }} from "@modelcontextprotocol/sdk/server/index.js";\n{source}')
    assert server.unread
    assert 0 < entered <= sight.MOST_ENTERED


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ('defineMcpTool({ description: "D", inputSchema: { q: z.string() }, handler: async ({ q }) => q })',
         "tool list-notes(q: string) 'D' -> (q=q)"),
        ('defineMcpTool({ name: "list", description: "D", inputSchema: z.object({ q: z.string() }), handler: run })',
         "tool list(q: string) 'D'"),
        ('defineMcpPrompt({ name: "ask", description: "D", inputSchema: { q: z.string() }, handler: async ({ q }) => q })',
         "prompt ask(q: string) 'D' -> (q=q)"),
        ('defineMcpResource({ description: "D", uri: "notes://all", handler: () => "" })',
         "resource list-notes notes://all() 'D' -> ()"),
    ],
)  # fmt: skip
def test_definitions_that_are_called_as_their_file_is(declared: str, expected: str) -> None:
    uri = "file:///server/mcp/tools/listNotes.ts"
    check(f"{ZOD}/** Notes. */\nexport default {declared};", expected, uri=uri, npm="@nuxtjs/mcp-toolkit")


def test_definitions_that_say_no_name_and_are_not_what_their_file_is() -> None:
    source = 'const told = defineMcpTool({ description: "D", handler: () => "" });'
    check(source, uri="file:///server/mcp/tools/list.ts", npm="@nuxtjs/mcp-toolkit")
    check('export default defineMcpResource({ file: "README.md" });', npm="@nuxtjs/mcp-toolkit")
