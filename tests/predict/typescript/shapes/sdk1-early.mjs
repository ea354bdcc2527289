// What the SDK 1.18 lists, which knows neither zod 4 nor tasks, and takes raw shapes only.
import { McpServer } from "SDK";
import { z } from "ZOD";

const server = new McpServer({ name: "early", version: "1.0.0" });
const done = async () => ({ content: [] });
const Point = z.object({ x: z.number() });

server.registerTool("options", { inputSchema: { a: z.string({ description: "opt" }), b: z.number({ description: "n" }).int() } }, done);
server.registerTool("record_one", { inputSchema: { a: z.record(z.number()) } }, done);
server.registerTool("dates", { inputSchema: { a: z.date(), b: z.coerce.date() } }, done);
server.registerTool("bigint", { inputSchema: { a: z.bigint() } }, done);
server.registerTool("set_map", { inputSchema: { a: z.set(z.string()), b: z.map(z.string(), z.number()) } }, done);
server.registerTool("addresses", { inputSchema: { a: z.string().ip(), b: z.string().ip({ version: "v4" }), c: z.string().base64() } }, done);
server.registerTool("catch", { inputSchema: { a: z.number().catch(3) } }, done);
server.registerTool("preprocess", { inputSchema: { a: z.array(z.preprocess((x) => x, z.number())) } }, done);
server.registerTool("two_formats", { inputSchema: { a: z.string().email().url() } }, done);
server.registerTool("unions", { inputSchema: { a: z.union([z.enum(["a"]), z.enum(["b"])]), b: z.union([z.any(), z.string().min(1)]) } }, done);
server.registerTool("coerced", { inputSchema: { a: z.coerce.string(), b: z.coerce.boolean() } }, done);
server.registerTool("undefined_member", { inputSchema: { a: z.union([z.string(), z.undefined()]) } }, done);
server.registerTool("told_on", { inputSchema: { a: z.string().describe("d").nullable(), b: z.string().describe("d").or(z.number()) } }, done);

server.registerTool("nothing", { title: "T", description: "d", _meta: { a: 1 } }, done);
server.registerTool("pipe", { inputSchema: { a: z.string().transform((x) => Number(x)).pipe(z.number()) } }, done);
server.registerTool("empty", { inputSchema: {} }, done);
server.tool("hints", "d", { q: z.string() }, { readOnlyHint: true }, done);

export { server };
