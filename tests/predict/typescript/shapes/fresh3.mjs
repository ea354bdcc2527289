// What zod 3 lists in its own way, or has and zod 4 has no more.
import { McpServer } from "SDK";
import { z } from "ZOD";

const server = new McpServer({ name: "fresh3", version: "1.0.0" });
const done = async () => ({ content: [] });
const Person = z.object({ name: z.string(), home: z.object({ street: z.string(), no: z.number().int() }).optional(), tags: z.array(z.string()) });
const Category = z.lazy(() => z.object({ name: z.string(), children: z.array(Category) }));
const Part = z.object({ name: z.string(), parts: z.lazy(() => z.array(Part)), whole: z.lazy(() => Part).optional() });

server.registerTool("deep_partial", { inputSchema: Person.deepPartial().shape }, done);
server.registerTool("deep_partial_inside", { inputSchema: { person: Person.deepPartial().optional() } }, done);
server.registerTool("sets_and_maps", { inputSchema: { a: z.set(z.string()), b: z.map(z.string(), z.number()), c: z.set(z.number()).min(1).max(3).optional() } }, done);
server.registerTool("dates", { inputSchema: { a: z.date(), b: z.coerce.date().optional().describe("When"), c: z.date().min(new Date("2020-01-01")) } }, done);
server.registerTool("big", { inputSchema: { a: z.bigint(), b: z.coerce.bigint().optional() } }, done);
server.registerTool("recursive", { inputSchema: { category: Category } }, done);
server.registerTool("recursive_inside", { inputSchema: { part: Part, other: Part.optional() } }, done);
server.registerTool("recursive_root", { inputSchema: Part }, done);
server.registerTool("formats", { inputSchema: { a: z.string().email().describe("Mail"), b: z.string().url().optional(), c: z.string().ip(), d: z.string().ip({ version: "v4" }), e: z.string().cuid(), f: z.string().ulid(), g: z.string().date(), h: z.string().time(), i: z.string().duration(), j: z.string().base64(), k: z.string().emoji(), l: z.string().nanoid(), m: z.string().jwt(), n: z.string().cidr() } }, done);
server.registerTool("records", { inputSchema: { a: z.record(z.number()), b: z.record(z.string().uuid(), z.string()), c: z.record(z.enum(["a", "b"]), z.object({ x: z.string() })).optional() } }, done);
server.registerTool("refined", { inputSchema: { a: Person.refine(() => true).describe("A person"), b: z.string().refine(() => true).transform((s) => s).optional() } }, done);
server.registerTool("nothing", { inputSchema: { a: z.undefined(), b: z.void(), c: z.nan(), d: z.never().optional() } }, done);
server.registerTool("read_only", { inputSchema: { a: z.array(z.string()).readonly(), b: Person.readonly() } }, done);
server.registerTool("errors", { inputSchema: { a: z.string({ required_error: "needed" }), b: z.number({ invalid_type_error: "no" }).min(1, "low"), c: z.enum(["a"], { errorMap: () => ({ message: "x" }) }), d: z.string({ description: "told" }) } }, done);

export { server };
