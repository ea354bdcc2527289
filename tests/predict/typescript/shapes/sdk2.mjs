// What only SDK 2 takes.
import { McpServer, ResourceTemplate, fromJsonSchema } from "SDK";
import { z } from "ZOD";

const server = new McpServer({ name: "sdk2", version: "1.0.0" });
const done = async () => ({ content: [] });

server.registerTool("icons", { description: "d", icons: [{ src: "https://example.com/a.png", mimeType: "image/png" }] }, done);
server.registerTool("json_schema", { inputSchema: fromJsonSchema({ type: "object", properties: { a: { type: "string" } }, required: ["a"] }) }, done);
server.registerTool("union_root", { inputSchema: z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]) }, done);
server.registerTool("discriminated_root", { inputSchema: z.discriminatedUnion("t", [z.object({ t: z.literal("a") }), z.object({ t: z.literal("b") })]) }, done);
server.registerTool("output_union", { outputSchema: z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]) }, done);
server.registerTool("output_list", { outputSchema: z.array(z.string()) }, done);
server.registerPrompt("arguments", { argsSchema: z.object({ a: z.string().describe("x"), b: z.string().default("y"), c: z.string().describe("z").optional() }) }, () => ({ messages: [] }));
server.registerPrompt("told", { icons: [{ src: "x" }], _meta: { a: 1 } }, () => ({ messages: [] }));
server.registerResource("cached", "c://x", { description: "d", cacheHint: { ttlMs: 1000, scope: "private" } }, async () => ({ contents: [] }));
server.registerResource("listed", new ResourceTemplate("t://{a}", { list: undefined }), { title: "L" }, async () => ({ contents: [] }));

export { server };
