// What is listed differently, or exists only, under zod 4.
import { McpServer } from "SDK";
import { z } from "ZOD";

const server = new McpServer({ name: "zod4", version: "1.0.0" });
const done = async () => ({ content: [] });
const Point = z.object({ x: z.number() });

server.registerTool("forms", { inputSchema: { a: z.email(), b: z.url(), c: z.uuid(), d: z.ipv4(), e: z.iso.date(), f: z.base64(), g: z.uuidv4() } }, done);
server.registerTool("iso", { inputSchema: { a: z.iso.datetime(), b: z.iso.datetime({ offset: true }), c: z.iso.time(), d: z.iso.duration() } }, done);
server.registerTool("numbers", { inputSchema: { a: z.int(), b: z.int32(), c: z.float64(), d: z.int().min(0) } }, done);
server.registerTool("meta_words", { inputSchema: { a: z.string().meta({ title: "T", examples: ["a"], description: "d" }), b: z.string().meta({ title: "T" }).describe("d") } }, done);
server.registerTool("literals", { inputSchema: { a: z.literal(["a", "b"]), b: z.literal(["a", 1]), c: z.literal(null) } }, done);
server.registerTool("enum_object", { inputSchema: { a: z.enum({ A: "a", B: "b" }) } }, done);
server.registerTool("objects", { inputSchema: { a: z.strictObject({ b: z.string() }), c: z.looseObject({ d: z.string() }) } }, done);
server.registerTool("partial_record", { inputSchema: { a: z.partialRecord(z.enum(["a", "b"]), z.number()) } }, done);
server.registerTool("catch", { inputSchema: { a: z.number().catch(3), b: z.string().prefault("p"), c: z.string().readonly() } }, done);
server.registerTool("preprocess", { inputSchema: { a: z.preprocess((x) => x, z.number()), b: z.preprocess((x) => x, z.number().optional()) } }, done);
server.registerTool("stringbool", { inputSchema: { a: z.stringbool(), b: z.nonoptional(z.string().optional()) } }, done);
server.registerTool("refined_root", { inputSchema: Point.refine(() => true) }, done);
server.registerTool("folded", { inputSchema: { a: Point.and(z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])) } }, done);
server.registerTool("numbered", { inputSchema: { a: z.record(z.number(), z.string()), b: z.file() } }, done);
server.registerTool("coerced", { inputSchema: { a: z.coerce.string(), b: z.coerce.boolean() } }, done);
server.registerTool("options", { inputSchema: { a: z.string({ description: "opt" }) } }, done);
server.registerTool("nested_default", { inputSchema: { a: z.object({ b: z.string().default("x") }).default({ b: "y" }), c: z.string().default("x").nullable() } }, done);
server.registerTool("output_default", { outputSchema: { a: z.string().default("x"), b: z.string().transform((x) => Number(x)).pipe(z.number()) } }, done);

export { server };
