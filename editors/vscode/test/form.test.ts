import assert from "node:assert/strict";
import { test } from "node:test";
import { argumentsOf, escaped, fields, MORE, page, shown, type Field, type Tool } from "../src/form";

const tool = (properties: object, more: object = {}, known: Partial<Tool> = {}): Tool => ({
  name: "find",
  title: "",
  description: "",
  inputSchema: { type: "object", properties, ...more },
  readOnly: null,
  destructive: null,
  example: {},
  whole: true,
  ...known,
});
const only = (property: object, more: object = {}): Field => fields(tool({ it: property }, more))[0]!;

test("each argument has the field of its type", () => {
  const kinds = (property: object, more: object = {}): string => only(property, more).kind;
  assert.equal(kinds({ type: "string" }), "text");
  assert.equal(kinds({ type: "integer" }), "integer");
  assert.equal(kinds({ type: "boolean" }), "boolean");
  assert.equal(kinds({ enum: ["a", 1] }), "choice");
  assert.equal(kinds({ const: "a" }), "choice");
  assert.equal(kinds({ type: "array", items: {} }), "json");
  assert.equal(kinds({}), "json");
  assert.equal(kinds({ anyOf: [{ type: "integer" }, { type: "null" }] }), "integer");
  assert.equal(kinds({ type: ["string", "null"] }), "text");
  assert.equal(kinds({ anyOf: [{ type: "integer" }, { type: "string" }] }), "json");
  assert.equal(kinds({ $ref: "#/$defs/Size" }, { $defs: { Size: { enum: ["s", "m"] } } }), "choice");
  assert.equal(kinds({ $ref: "#/$defs/Me" }, { $defs: { Me: { $ref: "#/$defs/Me" } } }), "json");
});

test("a field begins with its default, and a required one with an example", () => {
  const [name, times] = fields(tool({ name: { type: "string" }, times: { type: "integer", default: 2 } }, { required: ["name"] }, { example: { name: "Ada", times: 7 } }));
  assert.deepEqual([name?.initial, name?.required, times?.initial, times?.required], ["Ada", true, "2", false]);
  assert.equal(only({ type: "string", default: null }).initial, "");
});

test("where not all is known, more can be given", () => {
  assert.deepEqual(fields(tool({}, {}, { whole: false })).map((one) => one.name), [MORE]);
  const all = fields(tool({ a: { type: "string" } }, {}, { whole: false }));
  assert.deepEqual(argumentsOf(all, { a: "x", [MORE]: '{"b": [1]}' }), { arguments: { a: "x", b: [1] } });
  assert.deepEqual(argumentsOf(all, { [MORE]: "[]" }), { wrong: { [MORE]: "is not a JSON object" } });
});

test("what is written becomes arguments", () => {
  const all = fields(tool({ name: { type: "string" }, times: { type: "integer" }, loud: { type: "boolean" }, tags: { type: "array" } }, { required: ["name"] }));
  assert.deepEqual(argumentsOf(all, { name: "1", times: "3", loud: "true", tags: '["a"]' }), { arguments: { name: "1", times: 3, loud: true, tags: ["a"] } });
  assert.deepEqual(argumentsOf(all, { name: "", times: "" }), { arguments: { name: "" } }, "an empty text is a text");
  const [times] = fields(tool({ times: { type: "integer" } }, { required: ["times"] }));
  assert.deepEqual(argumentsOf([times!], { times: " " }), { wrong: { times: "is required" } });
  assert.deepEqual(argumentsOf(all, { name: "x", times: "1.5", tags: "[" }), { wrong: { times: "is not a whole number", tags: "is not JSON" } });
  assert.deepEqual(argumentsOf(fields(tool({ text: { type: "string" } })), { text: "" }), { arguments: {} }, "left out");
});

test("an argument may be named as anything of an object is", () => {
  const all = fields(tool(JSON.parse('{"__proto__": {"type": "string"}, "constructor": {"type": "string"}}') as object));
  const told = argumentsOf(all, JSON.parse('{"__proto__": "a", "constructor": "b"}') as Record<string, string>);
  assert.deepEqual(Object.keys("arguments" in told ? told.arguments : {}).sort(), ["__proto__", "constructor"]);
});

test("nothing that an author writes becomes part of the page", () => {
  const evil = '"><script>alert(1)</script>';
  const written = page(tool({ [evil]: { enum: [evil], description: evil, default: evil } }, {}, { name: evil, title: evil, description: evil }), "n");
  assert.equal(written.split("<script").length, 2, "the page's own");
  assert.ok(written.includes("default-src 'none'"));
  assert.ok(!/script-src[^"]*unsafe/.test(written));
  assert.equal(escaped("<&>\"'"), "&#60;&#38;&#62;&#34;&#39;");
});

test("an answer is shown with its time, texts as they are", () => {
  const content = [{ type: "text", text: "<b>hello</b>" }, { type: "image", data: "A".repeat(5000) }];
  const told = shown({ result: { content, structuredContent: { n: 1 } }, milliseconds: 12, ready: 640 });
  assert.deepEqual([told.said, told.failed], ["Answered after 12 ms; its server was ready after 640 ms.", false]);
  assert.equal(told.parts[0], "<b>hello</b>");
  assert.ok(told.parts[1]!.length < 2200 && told.parts[1]!.includes("5000 characters"));
  assert.equal(told.parts[2], '{\n  "n": 1\n}');
  assert.equal(shown({ result: { isError: true, content: [] }, milliseconds: 1, ready: 1 }).failed, true);
  assert.equal(shown({ error: { code: -32602 }, milliseconds: 1, ready: 1 }).failed, true);
});
