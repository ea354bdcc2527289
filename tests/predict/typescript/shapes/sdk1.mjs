// The forms of registration that only SDK 1 has.
import { McpServer, ResourceTemplate } from "SDK";
import { z } from "ZOD";

const server = new McpServer({ name: "sdk1", version: "1.0.0" });
const done = async () => ({ content: [] });

server.tool("bare", done);
server.tool("described", "Says what it does", done);
server.tool("with_shape", { q: z.string() }, done);
server.tool("with_both", "d", { q: z.string() }, done);
server.tool("with_hints", "d", { q: z.string() }, { readOnlyHint: true }, done);
server.tool("hints_only", "d", { readOnlyHint: true, title: "T" }, done);
server.tool("no_parameters", "d", {}, done);
server.tool("not_a_schema", "d", { q: "string" }, done);
server.registerTool("union_root", { inputSchema: z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]) }, done);
server.registerTool("icons_dropped", { description: "d", icons: [{ src: "x" }] }, done);
server.registerTool("output_union", { outputSchema: z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]) }, done);
for (const name of ["first", "second"]) server.registerTool(`${name}_of_loop`, { description: name, inputSchema: { a: z.string() } }, done);
server.prompt("plain", () => ({ messages: [] }));
server.prompt("described", "d", () => ({ messages: [] }));
server.prompt("with_arguments", { a: z.string().describe("x"), b: z.string().default("y") }, () => ({ messages: [] }));
server.prompt("with_both", "d", { a: z.string().optional() }, () => ({ messages: [] }));
server.resource("plain", "r://plain", async () => ({ contents: [] }));
server.resource("told", "r://told", { mimeType: "text/plain", description: "d" }, async () => ({ contents: [] }));
server.resource("template", new ResourceTemplate("r://{a}/{b}", { list: undefined }), async () => ({ contents: [] }));

export { server };
