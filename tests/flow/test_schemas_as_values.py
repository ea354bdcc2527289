"""Schemas of zod as values: what one lets through, wherever it stands and whatever it is checked with."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text
from mcp_lsp_analyzers.handlers import judging
from tests.flow.stories import TYPESCRIPT, handlers

SERVER = """
    import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
    import { execSync } from "node:child_process";
    import { shape, Wanted } from "./shapes.js";

    const server = new McpServer({ name: "story", version: "1.0.0" });

    server.registerTool("show", { description: "Show.", inputSchema: SCHEMA }, async (GIVEN) => {
      execSync(`show ${WORD}`);
      return { content: [] };
    });
    """

SHAPES = """
    import { z } from "zod";
    import { plain } from "./words.js";

    export const shape = { word: FIELD };
    export const Wanted = z.object({ word: FIELD }).strict();
    """

WORDS = "export function plain(word: string): boolean {\n  return /^\\w+$/.test(word);\n}\n"


def told(schema: str, field: str, given: str = "{ word }", word: str = "word") -> bool:
    """Whether a tool of one file, with its schema in another, hands a shell whatever it is given."""
    text = SERVER.replace("SCHEMA", schema).replace("GIVEN", given).replace("WORD", word)
    (handler,) = handlers(text, "typescript", {"shapes.ts": SHAPES.replace("FIELD", field), "words.ts": WORDS})
    return any(judging.shell(flow) is not judging.Verdict.SAFE for flow in handler.flows)


@pytest.mark.parametrize(
    ("field", "open_"),
    [
        ("z.string()", True),
        ("z.string().min(1).describe('a word')", True),
        ("z.string().regex(/^\\w+$/)", False),
        ("z.string().regex(/\\w+/)", True),
        ("z.enum(['a', 'b']).optional()", False),
        ("z.number().int()", False),
        ("z.number().or(z.string())", True),
        ("z.string().refine(plain, 'no')", False),
        ("z.string().refine((word) => plain(word))", False),
        ("z.string().refine((word) => word.length < 9)", True),
        ("z.string().transform((word) => word.replace(/[^a-z]/g, ''))", False),
        ("z.string().transform((word) => word.trim())", True),
        ("z.string().superRefine((word, ctx) => { if (!plain(word)) { ctx.addIssue({ code: 'custom' }); } })", False),
        ("z.string().superRefine((word, ctx) => { if (!word) { ctx.addIssue({ code: 'custom' }); } })", True),
    ],
)
def test_a_schema_of_another_file_counts_by_what_it_lets_through(field: str, open_: bool) -> None:
    assert told("shape", field) is open_
    assert told("Wanted", field) is open_
    assert told("Wanted.shape", field, "args", "args.word") is open_
    assert told("{ word: Wanted.shape.word }", field) is open_


@pytest.mark.parametrize(
    ("made", "open_"),
    [
        ("z.object({ word: z.string().regex(/^\\w+$/) }).extend({ other: z.string() })", False),
        ("z.object({ other: z.string() }).extend({ word: z.string() })", True),
        ("z.object({ word: z.string() }).extend({ other: z.string() })", True),
        ("z.object({ word: z.string(), other: z.string() }).omit({ other: true })", True),
        ("z.object({ word: z.number(), other: z.string() }).pick({ word: true })", False),
        ("z.object({ word: z.string() }).refine((all) => /^\\w+$/.test(all.word))", False),
        ("z.object({ word: z.string() }).refine((all) => all.word !== 'x')", True),
        ("z.union([z.object({ word: z.enum(['a', 'b']) }), z.object({ other: z.string() })])", False),
        ("z.discriminatedUnion('of', [z.object({ of: z.literal('x'), word: z.number() }), z.object({})])", False),
        ("z.union([z.object({ word: z.number() }), z.object({ word: z.string().optional() })])", True),
        ("z.union([z.object({ word: z.string().regex(/^a$/) }), z.object({ word: z.string() })])", True),
        ("z.union([z.object({ word: z.number() }), z.record(z.string())])", True),
        ("z.union([z.object({ word: z.number() }), ...others])", True),
    ],
)
def test_a_schema_is_put_together_and_parsed(made: str, open_: bool) -> None:
    text = (
        'import { Server } from "@modelcontextprotocol/sdk/server/index.js";\n'
        'import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";\n'
        'import { execSync } from "node:child_process";\nimport { z } from "zod";\n'
        'const server = new Server({ name: "story", version: "1.0.0" }, {});\n'
        f"const Wanted = {made};\n"
        "server.setRequestHandler(CallToolRequestSchema, async (request) => {\n"
        '  switch (request.params.name) {\n    case "show": {\n'
        "      const { word } = Wanted.parse(request.params.arguments);\n"
        "      execSync(`show ${word}`);\n      return { content: [] };\n    }\n  }\n});\n"
    )
    (handler,) = handlers(text, "typescript")
    assert any(judging.shell(flow) is not judging.Verdict.SAFE for flow in handler.flows) is open_


@pytest.mark.parametrize(
    ("helper", "asked"),
    [
        ("function check(schema: any, args: any) { return schema.parse(args); }", "check(Wanted, args)"),
        (
            (
                "function check(schema: any, args: any) {\n  try {\n    return [true, schema.parse(args ?? {})] as const;\n"
                '  } catch (error) {\n    return [false, "no"] as const;\n  }\n}'
            ),
            "check(Wanted, args)[1]",
        ),
        (
            (
                "function check(schema: any, args: any) {\n  const found = schema.safeParse(args);\n"
                '  if (!found.success) throw new Error("no");\n  return { data: found.data };\n}'
            ),
            "check(Wanted, args).data",
        ),
    ],
)
@pytest.mark.parametrize(
    ("made", "open_"),
    [
        ("z.object({ word: z.string().refine((word) => /^\\w+$/.test(word)) })", False),
        ("z.intersection(z.object({ other: z.string() }), z.object({ word: z.string().regex(/^\\w+$/) }))", False),
        ("z.object({ word: z.string().refine((word) => word.length > 0) })", True),
    ],
)
def test_a_schema_is_handed_to_what_parses(helper: str, asked: str, made: str, open_: bool) -> None:
    text = (
        'import { Server } from "@modelcontextprotocol/sdk/server/index.js";\n'
        'import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";\n'
        'import { execSync } from "node:child_process";\nimport { z } from "zod";\n'
        'const server = new Server({ name: "story", version: "1.0.0" }, {});\n'
        f"const Wanted = {made};\n{helper}\n"
        "function held(schema: any, run: any) { return async (args: any) => run(schema.parse(args)); }\n"
        "const again = held(Wanted, async (args: any) => execSync(`again ${args.word}`));\n"
        f"function show(args: any) {{ const {{ word }} = {asked}; return execSync(`show ${{word}}`); }}\n"
        "server.setRequestHandler(CallToolRequestSchema, async (request) => {\n"
        "  const { name, arguments: args } = request.params;\n"
        '  switch (name) {\n    case "show": return show(args);\n    case "again": return again(args);\n  }\n});\n'
    )
    found = {
        handler.of.name: [judging.shell(flow) is not judging.Verdict.SAFE for flow in handler.flows]
        for handler in handlers(text, "typescript")
    }
    assert found == {"show": [True] if open_ else [False], "again": [True] if open_ else [False]}


HANDED_ON = """
import { z as it } from "FROM";

const Target = it.discriminatedUnion("type", [
  it.object({ type: it.literal("active") }),
  it.object({ type: it.literal("periodic"), period: PERIOD }).describe("A note of a day"),
]);

server.registerTool("note", { inputSchema: it.object({ target: Target.describe("Which") }) }, async (input) => {
  const { target } = input;
  await fetch(`https://api.example.com/periodic/${target.period}/`);
  return { content: [] };
});
"""


@pytest.mark.parametrize("package", ["zod", "zod/v4", "@example/mcp-core", "./schemas.js"])
def test_the_schemas_of_zod_are_known_wherever_they_come_from(package: str) -> None:
    story = TYPESCRIPT + HANDED_ON.replace("FROM", package)
    for period, told in (('it.enum(["daily", "weekly"])', False), ("it.string()", True)):
        found = check_text("file:///story.ts", story.replace("PERIOD", period))
        assert any(d.rule.id == "MCP311" for d in found) is told
