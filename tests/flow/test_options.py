"""Objects of options: functions in them, choices spread into them, and what a schema says of their entries."""

from __future__ import annotations

import pytest

from tests.flow.stories import check, handlers

TOOL = "export class Tool { async run({ name, callback }) { return { name, result: await callback() }; } }\n"


def test_a_function_in_an_object_of_options_is_called_with_what_it_encloses() -> None:
    check(
        """
        import fs from "node:fs";
        import { Tool } from "./tool.js";

        const tool = new Tool();

        server.tool("read", { name: z.string() }, async ({ name }) => {
          return tool.run({ name: "read", callback: async () => fs.readFileSync("/srv/" + name) });
          //                                                                    ^^^^^^^^^^^^^^ name → path-read
        });
        """,
        "typescript",
        {"tool.ts": TOOL},
    )


def test_a_function_in_a_dictionary_of_options_is_called_with_what_it_encloses() -> None:
    check(
        """
        from tool import logged

        @mcp.tool()
        def read(name: str) -> str:
            return logged({"name": "read", "callback": lambda: open("/srv/" + name)})
            #                                                       ^^^^^^^^^^^^^^ name → path-read
        """,
        others={"tool.py": "def logged(options):\n    return options['callback']()\n"},
    )


def test_what_may_be_empty_is_spread_beside_defaults() -> None:
    check(
        """
        import os

        @mcp.tool()
        def run(args: dict | None = None) -> None:
            merged = {"mode": "fast", **(args or {})}
            os.system(merged["program"])
            #         ^^^^^^^^^^^^^^^^^ args → shell
        """,
    )
    check(
        """
        import { execSync } from "node:child_process";

        server.tool("run", { args: z.record(z.string()) }, async ({ args }) => {
          const merged = { mode: "fast", ...(args ?? {}) };
          execSync(merged.program);
          //       ^^^^^^^^^^^^^^ args → shell
        });
        """,
        "typescript",
    )


@pytest.mark.parametrize(
    ("schema", "used", "found"),
    [
        ('z.object({ mode: z.enum(["a", "b"]) })', "given.mode", 0),
        ('z.object({ mode: z.enum(["a", "b"]) }).strict().optional()', "given.mode", 0),
        ('z.array(z.object({ mode: z.enum(["a", "b"]) }))', "given[0].mode", 0),
        ("z.object({ limits: z.object({ depth: z.number().int() }) })", "given.limits.depth", 0),
        (
            'z.discriminatedUnion("of", [z.object({ of: z.literal("x"), n: z.number() }), z.object({ m: z.null() })])',
            "given.n",
            0,
        ),
        ('z.object({ mode: z.enum(["a", "b"]), name: z.string() })', "given.name", 1),
        ('z.object({ mode: z.enum(["a", "b"]) }).passthrough()', "given.more", 1),
        ('z.object({ mode: z.enum(["a", "b"]) }).extend({ mode: z.string() })', "given.mode", 1),
        ("z.union([z.object({ n: z.number() }), z.object({ n: z.string() })])", "given.n", 1),
        ("z.union([z.object({ n: z.number() }), z.record(z.string())])", "given.n", 1),
        ("z.object({ limits: z.object({ depth: z.string() }), depth: z.number() })", "given.limits.depth", 1),
    ],
)
@pytest.mark.parametrize("call", ["execSync(`ls ${GIVEN}`)", "run({ given })"])
def test_entries_that_cannot_carry_a_payload(schema: str, used: str, found: int, call: str) -> None:
    text = (
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
        'import { execSync } from "node:child_process";\nimport { z } from "zod";\n'
        'const server = new McpServer({ name: "s", version: "1" });\n'
        "function run({ given }) { execSync(`ls ${GIVEN}`); }\n"
        f'server.registerTool("t", {{ inputSchema: {{ given: {schema} }} }}, async ({{ given }}) => {{ {call}; }});\n'
    ).replace("GIVEN", used)
    (handler,) = handlers(text, "typescript")
    assert len(handler.flows) == found


def test_entries_of_all_arguments_as_one_object() -> None:
    check(
        """
        import { execSync } from "node:child_process";

        const inputSchema = { page: z.object({ size: z.number(), name: z.string() }) };

        server.registerTool("t", { inputSchema }, async (args) => {
          execSync("ls -" + args.page.size);
          execSync("ls -" + args.page.name);
          //       ^^^^^^^^^^^^^^^^^^^^^^^ args["page"] → shell
        });
        """,
        "typescript",
    )
