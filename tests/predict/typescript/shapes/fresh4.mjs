// A second round of what zod 4 has anew.
import { McpServer } from "SDK";
import { z } from "ZOD";

const server = new McpServer({ name: "fresh4", version: "1.0.0" });
const done = async () => ({ content: [] });
const Money = z.object({ amount: z.number().meta({ description: "In cents", examples: [100] }), currency: z.literal(["EUR", "USD"]).default("EUR") });
const Color = z.enum({ Red: "red", Blue: "blue" });
const Shape = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("circle"), r: z.number().positive() }),
  z.looseObject({ kind: z.literal("box"), w: z.number(), h: z.number().optional() }),
]);
const Comment = z.object({ text: z.string(), get replies() { return z.array(Comment).optional(); } });
const Left = z.object({ name: z.string(), get right() { return Right.optional(); } });
const Right = z.object({ n: z.int(), get left() { return z.nullable(Left); } });

server.registerTool("money", { inputSchema: Money.extend({ note: z.string().optional() }) }, done);
server.registerTool("money_twice", { inputSchema: { from: Money, to: Money.describe("Where it goes") } }, done);
server.registerTool("colors", { inputSchema: { a: Color, b: Color.exclude(["Red"]).optional(), c: z.literal(Color.enum.Blue), d: z.enum([Color.enum.Red, "green"]) } }, done);
server.registerTool("shapes", { inputSchema: { shape: Shape, list: z.array(Shape).default([]) } }, done);
server.registerTool("comments", { inputSchema: { comment: Comment } }, done);
server.registerTool("mutual", { inputSchema: { left: Left } }, done);
server.registerTool("addresses", { inputSchema: { a: z.ipv4(), b: z.cidrv6(), c: z.hostname(), d: z.mac(), e: z.guid(), f: z.uuidv7(), g: z.xid(), h: z.ksuid(), i: z.cuid() } }, done);
server.registerTool("texts", { inputSchema: { a: z.email({ pattern: z.regexes.html5Email }), b: z.url({ protocol: /^https$/ }), c: z.string().lowercase(), d: z.string().uppercase().max(4), e: z.hex(), f: z.hash("sha256"), g: z.string().slugify() } }, done);
server.registerTool("dates", { inputSchema: { a: z.iso.datetime({ precision: 3 }), b: z.iso.date().optional().describe("Day"), c: z.iso.duration().default("PT1H"), d: z.iso.time({ precision: 0 }) } }, done);
server.registerTool("integers", { inputSchema: { a: z.int().multipleOf(5), b: z.int32().positive(), c: z.uint32().max(10), d: z.float64().gt(0), e: z.number().int().safe() } }, done);
server.registerTool("templates", { inputSchema: { a: z.templateLiteral([z.number(), z.enum(["px", "em"])]), b: z.templateLiteral(["user-", z.string()]).optional() } }, done);
server.registerTool("bools", { inputSchema: { a: z.stringbool({ truthy: ["yes"], falsy: ["no"] }), b: z.stringbool().optional().describe("Maybe") } }, done);
server.registerTool("metas", { inputSchema: { a: z.string().meta({ title: "A", format: "x-own", "x-extra": [1] }), b: z.array(z.string().meta({ description: "One" })).meta({ description: "All" }), c: z.string().describe("first").meta({ title: "C" }), d: z.string().meta({ description: "d" }).optional(), e: z.number().meta({ examples: [1, 2] }).default(1) } }, done);
server.registerTool("registered", { inputSchema: { a: z.string().register(z.globalRegistry, { description: "From the registry", title: "A" }), b: z.number().optional().register(z.globalRegistry, { description: "n" }) } }, done);
server.registerTool("from_json", { inputSchema: { a: z.fromJSONSchema({ type: "string", minLength: 2 }), b: z.number() } }, done);
server.registerTool("optionals", { inputSchema: { a: z.exactOptional(z.string()), b: z.optional(z.int()).describe("b"), c: z.nullish(z.string()), d: z.nonoptional(z.string().nullish()), e: z._default(z.string(), "x"), f: z.prefault(z.string().min(1), "y") } }, done);
server.registerTool("partials", { inputSchema: { a: Money.partial({ currency: true }), b: Money.required(), c: z.strictObject(Money.shape).omit({ amount: true }), d: Money.keyof(), e: z.object({ ...Money.shape, currency: z.string() }) } }, done);
server.registerTool("records", { inputSchema: { a: z.record(z.templateLiteral(["x-", z.string()]), z.string()), b: z.looseRecord(z.string().regex(/^a/), z.number()), c: z.record(z.int(), z.string()), d: z.partialRecord(z.enum(["p", "q"]), z.boolean()).optional(), e: z.record(z.literal(["m", "n"]), z.string()) } }, done);
server.registerTool("unions", { inputSchema: { a: z.xor([z.object({ a: z.string() }), z.object({ b: z.string() })]), b: z.union([z.int(), z.literal("all")]).default("all"), c: z.nullable(z.union([z.string(), z.int()])) } }, done);
server.registerTool("readonlys", { inputSchema: { a: z.array(z.string()).readonly(), b: z.object({ c: z.string() }).readonly().describe("Fixed"), d: z.string().readonly().optional() } }, done);
server.registerTool("codecs", { inputSchema: { a: z.codec(z.iso.datetime(), z.date(), { decode: (s) => new Date(s), encode: (d) => d.toISOString() }), b: z.pipe(z.string(), z.transform((s) => s.length)) } }, done);
server.registerTool("pre_and_post", { inputSchema: { a: z.preprocess((v) => v, z.int().optional()), b: z.preprocess(JSON.parse, z.object({ c: z.string() })).describe("JSON"), d: z.string().trim().toLowerCase().min(1), e: z.string().overwrite((s) => s).regex(/^x/) } }, done);
server.registerTool("coercions", { inputSchema: { a: z.coerce.number().int().min(1).default(1), b: z.coerce.boolean().optional(), c: z.coerce.string().max(3), d: z.coerce.number().optional().describe("n") } }, done);
server.registerTool("default_forms", { inputSchema: { a: z.array(z.int()).default(() => [1, 2]), b: z.object({ x: z.int().default(1), y: z.int().default(2) }).prefault({}), c: z.object({ x: z.int() }).default({ x: 3 }), d: z.string().default("a").optional(), e: z.string().optional().default("b"), f: z.int().default(-1).nullable() } }, done);
server.registerTool("checked", { inputSchema: { a: z.string().check(z.length(3)), b: z.number().check(z.positive(), z.int()), c: z.array(z.string()).check(z.minLength(1), z.overwrite((v) => v)) } }, done);
server.registerTool("root_meta", { inputSchema: z.object({ a: z.string() }).meta({ title: "Root", description: "All of it", examples: [{ a: "x" }] }) }, done);
server.registerTool("root_strict", { inputSchema: z.strictObject({ a: z.string(), b: z.int().optional() }).refine((v) => v.a) }, done);
server.registerTool("root_loose", { inputSchema: z.looseObject({ a: z.string() }).describe("Loose") }, done);
server.registerTool("root_safe", { inputSchema: z.object({ a: z.string() }).refine(() => true).safeExtend({ b: z.number() }) }, done);
server.registerTool("root_catchall", { inputSchema: z.object({ a: z.string() }).catchall(z.int()) }, done);
server.registerTool("root_piped", { inputSchema: z.object({ a: z.string() }).transform((v) => v) }, done);
server.registerTool("output_codecs", { outputSchema: z.object({ a: z.coerce.number(), b: z.string().default("x"), c: z.string().optional(), d: z.stringbool(), e: z.readonly(z.array(z.string())), f: z.strictObject({ g: z.string().catch("x") }) }) }, done);

export { server };
