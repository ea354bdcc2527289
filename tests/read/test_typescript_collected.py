"""Tools that are kept in tables, sets and classes of a project's own before they are registered."""

from __future__ import annotations

import pytest

from tests.read.test_typescript_own_words import SDK, said

SERVER = 'const server = new McpServer({ name: "notes", version: "1" });\n'
TABLE = """
const tools = {
  find: { description: "Finds.", inputSchema: { text: z.string() }, handler: async ({ text }) => find(text) },
  drop: { description: "Drops.", inputSchema: { id: z.string() }, handler: async ({ id }) => drop(id) },
};
"""
BOTH = [("find", ["text"], "Finds."), ("drop", ["id"], "Drops.")]


@pytest.mark.parametrize(
    "loop",
    [
        "for (const t in tools) { const tool = tools[t]; server.registerTool(t, tool, wrap(tool.handler)); }",
        "for (const t of Object.keys(tools)) { const one = tools[t]; server.registerTool(t, one, wrap(one.handler)); }",
    ],
)
def test_the_keys_of_a_table(loop: str) -> None:
    assert said(SDK + TABLE + SERVER + loop) == BOTH


def test_the_indexes_of_a_list_are_no_names() -> None:
    source = 'const names = ["find"];\nfor (const i in names) server.registerTool(i, { title: i }, run);'
    assert said(SDK + SERVER + source) == []


LIST = """
const find = { name: "find", description: "Finds.", inputSchema: { text: z.string() }, run: async ({ text }) => text };
const drop = { name: "drop", description: "Drops.", inputSchema: { id: z.string() }, run: async ({ id }) => id };
const all = [find, drop];
function chosen(config) {
  if (!config.names) return new Set<Tool>(all);
  const some = new Set<Tool>();
  config.names.forEach((name) => some.add(all.find((one) => one.name === name)));
  return some;
}
for (const one of chosen(config)) server.registerTool(one.name, one, (args) => one.run(args));
"""


def test_a_set_of_tools() -> None:
    assert said(SDK + SERVER + LIST) == BOTH


ASKED = """
export const findTool: Tool = {
  name: "find",
  description: "Finds.",
  arguments: ASKED,
  invoke: async (client, req) => client.find(req),
};
"""


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("findShape", [("find", ["text"], "Finds.")]),
        ("z.object({ text: z.string() })", [("find", ["text"], "Finds.")]),
        ('[{ name: "text", required: true }]', []),
        ('{ text: "a" }', []),
        ("given", []),
    ],
)
def test_what_a_tool_takes_by_the_word_of_the_protocol(asked: str, found: list[object]) -> None:
    source = f"{SDK}const findShape = z.object({{ text: z.string() }});\nconst given = [];\n"
    assert said(source + ASKED.replace("ASKED", asked)) == found


def test_what_is_said_of_a_tool_by_a_function() -> None:
    source = """
    function described(options) {
      return { name: "find", description: "Finds.", schema: z.object({ text: z.string() }) };
    }
    export function add(server: McpServer, enabled, options) {
      server.tool({ ...described(options), enabled }, async ({ text }) => run(text));
    }
    """
    assert said(SDK + source) == [("find", ["text"], "Finds.")]


@pytest.mark.parametrize(
    ("method", "names"), [("executeInternal", ["find"]), ("runQuery", ["find"]), ("runs", []), ("recount", [])]
)
def test_a_class_whose_base_calls_what_it_does(method: str, names: list[str]) -> None:
    source = f"""import {{ ApiTool }} from "./api-tool";
    export class FindTool extends ApiTool {{
      name = "find";
      getDescription(): string {{ return "Finds."; }}
      protected async {method}(input) {{ return this.api.find(input); }}
    }}"""
    assert [name for name, _, _ in said(SDK + source)] == names
