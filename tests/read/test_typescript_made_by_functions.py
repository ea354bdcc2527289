"""Tools that functions of a project make of what they are given, and tables of them that are known by their types."""

from __future__ import annotations

import pytest

from tests.read.test_typescript_own_words import said, tools

OWN = 'import { z } from "zod";\nimport { MAKER } from "../made.js";\n'


def own(maker: str, source: str) -> str:
    return OWN.replace("MAKER", maker) + source


@pytest.mark.parametrize("maker", ["defineTool", "createTool", "defineReadTool"])
def test_a_name_and_a_definition(maker: str) -> None:
    source = f"""export const me = {maker}("users-me", {{
      description: "Who asks.",
      inputSchema: z.object({{ fields: z.array(z.string()) }}),
      handler: async (client, {{ fields }}) => client.me(fields),
    }});"""
    assert said(own(maker, source)) == [("users-me", ["fields"], "Who asks.")]
    here = f"const {maker} = (name: string, one: object) => ({{ name, ...one }});\n"
    assert said(here + source) == [("users-me", ["fields"], "Who asks.")]
    assert said(f'import {{ {maker} }} from "@openai/agents";\n{source}') == []


@pytest.mark.parametrize(
    ("name", "found"), [("NAME", ["find-notes"]), ("NAMES.find", ["find"]), ("other", []), ("`n-${x}`", [])]
)
def test_a_name_that_is_a_constant(name: str, found: list[str]) -> None:
    source = f"""const NAME = "find-notes";
    const NAMES = {{ find: "find" }};
    export const find = defineReadTool({name}, "Finds notes.", {{ q: z.string() }}, async ({{ q }}) => search(q));"""
    assert [tool.name for tool in tools(own("defineReadTool", source))] == found


@pytest.mark.parametrize(
    ("name", "config", "run", "found"),
    [
        ("NAME", "told", "run", [("find-notes", ["q"], "Finds notes.")]),
        (
            '"find"',
            '{ title: "Find", description: "Finds.", inputSchema: shape }',
            "async () => 1",
            [("find", ["q"], "Finds.")],
        ),
        ("other", "told", "run", []),
        ("NAME", "{ ...told, description: undefined }", "{}", []),
        ("NAME", '{ title: "Find", inputSchema: shape }', "run", []),
        ("NAME", '{ description: "Finds." }', "run", []),
    ],
)
def test_a_name_a_definition_and_what_answers(name: str, config: str, run: str, found: list[object]) -> None:
    source = f"""const NAME = "find-notes";
    const shape = {{ q: z.string() }};
    const told = {{ title: "Find", description: "Finds notes.", inputSchema: shape }};
    const run: Callback<typeof shape> = async ({{ q }}) => search(q);
    export const find = createTool({name}, {config}, {run});"""
    assert said(own("createTool", source)) == found


@pytest.mark.parametrize(
    ("maker", "keys", "found"),
    [
        ("NotesTool", "execute: (client) => async () => client.list(),", ["list_notes"]),
        ("notesTool", "handler: async () => list(),", ["list_notes"]),
        ("declareTool", "factory: makeHandler,", ["list_notes"]),
        ("NotesTool", "", []),
        ("NotesPage", "execute: (client) => async () => client.list(),", []),
    ],
)
def test_a_function_that_is_called_for_what_it_makes(maker: str, keys: str, found: list[str]) -> None:
    source = f"""const list = {maker}({{
      method: "list_notes", name: "List notes", description: "Names all notes.", {keys}
    }});"""
    assert [tool.name for tool in tools(own(maker, source))] == found


@pytest.mark.parametrize(
    ("declared", "opens", "closes", "found"),
    [
        ("const all: Record<string, Tool> =", "{ a:", "}", ["a"]),
        ("const all: Tool[] =", "[", "]", ["a"]),
        ("const all: Array<NotesToolDefinition> =", "[", "]", ["a"]),
        ("const all = (): Record<string, Tool> => { return", "{ a:", "} }", ["a"]),
        ("const all: Record<string, Command> =", "{ a:", "}", []),
        ("const all: ChatCompletionTool[] =", "[", "]", []),
        ("const all =", "{ a:", "}", []),
    ],
)
def test_a_table_by_its_type(declared: str, opens: str, closes: str, found: list[str]) -> None:
    one = (
        '{ method: "a", name: "The A", description: PROMPT, parameters: given as unknown as z.ZodObject<any>, actions }'
    )
    source = f'import {{ PROMPT, given }} from "./texts.js";\n{declared} {opens} {one} {closes};'
    assert [tool.name for tool in tools(source)] == found


@pytest.mark.parametrize(
    ("declared", "found"), [("Tool", ["a"]), ("Tool<typeof Query>", ["a"]), ("Command", []), ("ToolResult", [])]
)
def test_one_tool_by_its_type(declared: str, found: list[str]) -> None:
    source = f"""import {{ Tool, made }} from "./tools.js";
    const Query = made({{ of: "notes" }});
    export const a: {declared} = {{ name: "a", description: "Finds notes.", parameters: Query }};"""
    assert [tool.name for tool in tools(source)] == found
