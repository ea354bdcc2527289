// Schemas as authors compose them, a third round of forms that were not looked at before.
import { McpServer, ResourceTemplate } from "SDK";
import { z } from "ZOD";
import Ranked, { AuditTrail, DESCRIPTIONS, Levels, Limit, listOf, optionalText, Pagination, Sizes } from "./parts.mjs";
import * as parts from "./parts.mjs";

const server = new McpServer({ name: "fresh", version: "1.0.0" });
const done = async () => ({ content: [] });

const Base = z.object({ id: z.string(), tags: z.array(z.string()).default([]) });
const Timed = z.object({ from: z.string().datetime({ offset: true }), to: z.string().datetime().optional() });
const Both = Base.merge(Timed);
const Event = z.discriminatedUnion("type", [
  Base.extend({ type: z.literal("created"), at: z.string() }),
  Base.pick({ id: true }).extend({ type: z.literal("deleted"), hard: z.boolean().default(false) }),
  z.object({ type: z.enum(["moved", "copied"]), to: z.string().min(1) }).strict(),
]);
const READ = { readOnlyHint: true, openWorldHint: false };
const FLAGS = { verbose: z.boolean().optional(), quiet: z.boolean().default(false).describe("Say nothing") };
const isLarge = true;
const UNITS = ["mm", "cm", ...["m"]];
const makeRange = (low, high) => z.number().min(low).max(high);
function describedObject(shape, description) {
  return z.object(shape).describe(description);
}
const withFlags = (shape) => z.object({ ...shape, ...FLAGS });

server.registerTool("merged", { inputSchema: Both.shape }, done);
server.registerTool("merged_omitted", { inputSchema: Both.omit({ to: true, tags: true }).shape }, done);
server.registerTool("partial_required", { inputSchema: Both.partial().required({ id: true }).shape }, done);
server.registerTool("overridden", { inputSchema: Base.extend({ id: z.number().int(), tags: z.string().optional() }).shape }, done);
server.registerTool("events", { inputSchema: { event: Event, history: z.array(Event).max(5).optional() } }, done);
server.registerTool("event_or_text", { inputSchema: { event: z.union([Event, z.string().max(10)]).nullable() } }, done);
server.registerTool("caught", { inputSchema: { a: z.string().catch("x"), b: z.enum(["a", "b"]).catch("a").describe("Either"), c: z.number().int().catch(1).optional() } }, done);
server.registerTool("piped", { inputSchema: { a: z.string().pipe(z.coerce.number()), b: z.coerce.string().pipe(z.string().email()), c: z.string().transform(Number).pipe(z.number().int().min(1)).describe("Count") } }, done);
server.registerTool("preprocessed", { inputSchema: { a: z.preprocess((v) => (v === "" ? undefined : v), z.string().optional()), b: z.preprocess((v) => v, z.enum(["x", "y"])).default("x") } }, done);
server.registerTool("native_enums", { inputSchema: { size: z.nativeEnum(Sizes), level: z.nativeEnum(Levels).optional(), other: z.nativeEnum({ A: "a", B: 2 }).default("a") } }, done);
server.registerTool("tuple_rest", { inputSchema: { a: z.tuple([z.string(), z.number()]).rest(z.boolean()), b: z.tuple([z.string()]).rest(z.string().min(1)).optional() } }, done);
server.registerTool("tuple_bare", { inputSchema: { a: z.tuple([]), b: z.tuple([z.literal("set"), z.string(), z.string().optional()]) } }, done);
server.registerTool("catchalls", { inputSchema: { a: z.object({ x: z.string() }).catchall(z.number()), b: z.object({}).catchall(z.union([z.string(), z.boolean()])), c: z.object({ y: z.string() }).catchall(z.string().optional()).optional() } }, done);
server.registerTool("unknown_keys", { inputSchema: { a: Base.passthrough(), b: Base.strict().describe("Exact"), c: Base.strip(), d: Base.strict().passthrough() } }, done);
server.registerTool("strict_root", { inputSchema: Base.strict() }, done);
server.registerTool("passthrough_root", { inputSchema: Base.passthrough() }, done);
server.registerTool("and_chain", { inputSchema: { a: Base.and(Timed).and(z.object({ n: z.number() })), b: z.intersection(Base, z.record(z.string(), z.string())) } }, done);
server.registerTool("keyed", { inputSchema: { a: Both.keyof(), b: z.array(Base.keyof()).optional(), c: z.record(Base.keyof(), z.string()) } }, done);
server.registerTool("sub_shapes", { inputSchema: { id: Both.shape.id.describe("The id"), tags: Both.shape.tags, at: Timed.shape.to.unwrap() } }, done);
server.registerTool("lazy_tree", { inputSchema: { node: z.lazy(() => Node).describe("Root") } }, done);
server.registerTool("from_factory", { inputSchema: { n: makeRange(1, 10), m: makeRange(0, 1).default(0.5).describe("Share"), o: describedObject({ a: z.string() }, "An object") } }, done);
server.registerTool("from_factory_root", { inputSchema: withFlags({ path: z.string() }).shape }, done);
server.registerTool("from_factory_object", { inputSchema: withFlags({ path: z.string() }) }, done);
server.registerTool("spreads", { inputSchema: { ...FLAGS, ...Base.shape, ...Base.pick({ id: true }).partial().shape, extra: z.any() } }, done);
server.registerTool("spread_condition", { inputSchema: { a: z.string(), ...(isLarge ? { b: z.number() } : {}), ...(isLarge && { c: z.number() }) } }, done);
server.registerTool("imported_names", { inputSchema: { ...Pagination, trail: AuditTrail.optional(), all: listOf(AuditTrail, "All of them") } }, done);
server.registerTool("imported_default", { inputSchema: Ranked.extend({ label: optionalText() }).shape }, done);
server.registerTool("imported_namespace", { description: parts.DESCRIPTIONS.archive, inputSchema: { limit: parts.Limit, size: z.enum(Object.values(parts.Sizes)), text: parts.optionalText("A note"), mode: z.enum(parts.MODES) } }, done);
server.registerTool("described_table", { description: DESCRIPTIONS["prune"], inputSchema: { limit: Limit.describe(`At most ${50}`) } }, done);
for (const one of [{ name: "table_one", text: "The first.", schema: { a: z.string() } }, { name: "table_two", text: DESCRIPTIONS.prune, schema: { b: Limit } }]) {
  server.registerTool(one.name, { description: one.text, inputSchema: one.schema }, done);
}
for (const [name, description] of Object.entries({ first_of: "First.", second_of: "Second." })) {
  server.registerTool(name, { description, inputSchema: { unit: z.enum(UNITS) } }, done);
}
["red", "blue"].forEach((color) => {
  server.registerTool(`paint_${color}`, { description: `Paints ${color}.`, inputSchema: { [color]: z.boolean() } }, done);
});
server.registerTool("computed_keys", { inputSchema: { ["a" + "b"]: z.string(), [`c_${1}`]: z.number().optional(), "with-dash": z.boolean(), 7: z.string() } }, done);
server.registerTool("checks", { inputSchema: { a: z.string().startsWith("http").endsWith("/").max(99), b: z.string().length(5), c: z.string().includes("@"), d: z.string().nonempty(), e: z.string().regex(/^[A-Z]{2}$/i), f: z.string().min(2).min(4) } }, done);
server.registerTool("number_checks", { inputSchema: { a: z.number().gt(0).lt(10), b: z.number().multipleOf(0.25), c: z.number().nonnegative().finite(), d: z.number().negative(), e: z.number().nonpositive().int(), f: z.number().safe(), g: z.number().min(1).min(5).max(9).max(7) } }, done);
server.registerTool("array_checks", { inputSchema: { a: z.array(z.string()).length(3), b: z.string().array().min(1), c: z.string().optional().array(), d: z.array(z.array(z.number()).min(2)).nonempty(), e: z.string().array().array().optional() } }, done);
server.registerTool("bare_types", { inputSchema: { a: z.null(), b: z.any().describe("What you want"), c: z.unknown().optional(), d: z.never().optional(), e: z.literal(false), f: z.boolean().nullable().default(null) } }, done);
server.registerTool("nullish_chain", { inputSchema: { a: z.string().nullish().describe("d"), b: z.string().nullish().default("x"), c: z.number().nullable().optional().default(3), d: z.optional(z.nullable(z.array(z.string()))), e: z.string().optional().nullish() } }, done);
server.registerTool("literal_unions", { inputSchema: { a: z.union([z.literal("x"), z.literal("y")]).optional().describe("xy"), b: z.literal("x").or(z.literal(2)).or(z.null()), c: z.union([z.enum(["a"]), z.literal("b")]) } }, done);
server.registerTool("refined_root", { inputSchema: Both.refine((v) => v.from !== v.to, "same") }, done);
server.registerTool("super_refined", { inputSchema: { a: z.object({ min: z.number(), max: z.number() }).superRefine((v, ctx) => v.min > v.max && ctx.addIssue("x")).describe("A range"), b: z.string().superRefine(() => {}).optional() } }, done);
server.registerTool("annotated", { title: "Annotated", annotations: { ...READ, title: "Other", idempotentHint: !isLarge }, inputSchema: {} }, done);
server.registerTool("text_methods", { description: "  spaced  ".trim() + " and " + ["a", "b"].map((x) => x.toUpperCase()).join(", ") + ".", inputSchema: { a: z.enum(UNITS).describe(`One of: ${UNITS.join(", ")}`) } }, done);
server.registerTool("concise", { description: `${"One".concat(" two")} ${"x".repeat(3)} ${String(5)} ${[1, 2].length}` }, done);
server.registerTool("outputs", { inputSchema: { q: z.string() }, outputSchema: { hits: z.array(Event), total: z.number().int().nonnegative(), next: z.string().nullish(), by: z.record(z.string(), z.array(Base)) } }, done);
server.registerTool("output_object", { outputSchema: Both.extend({ state: z.enum(["on", "off"]).default("on"), count: z.coerce.number() }) }, done);

const Node = z.object({ value: z.string(), more: z.array(z.string()).optional() });

server.registerPrompt("review", { title: "Review", description: DESCRIPTIONS.prune, argsSchema: { code: z.string().min(1).describe("The code"), style: z.enum(["short", "long"]).optional(), lines: z.string().regex(/\d+/).optional().describe("How many") } }, () => ({ messages: [] }));
server.registerPrompt("spread_prompt", { argsSchema: { ...{ a: z.string().describe("A") }, b: optionalText("B") } }, () => ({ messages: [] }));
server.registerResource("templated", new ResourceTemplate("notes://{folder}/{+path}{?rev}", { list: undefined, complete: { folder: () => [] } }), { title: `${"No"}tes`, description: DESCRIPTIONS.archive, mimeType: "text/markdown" }, async () => ({ contents: [] }));
server.registerResource("annotated_resource", "notes://all", { description: "d", annotations: { audience: ["user"], priority: 0.5 }, size: 12 }, async () => ({ contents: [] }));

export { server };
