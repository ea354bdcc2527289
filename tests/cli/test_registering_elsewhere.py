"""Tools that are registered by a function of the project, which is given what they are called: where they are called."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

REGISTER = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const MORE = { caller: z.string().describe("Who asks.") };

export function addTool(server: McpServer, name: string, config: { description: string; inputSchema: any }, run: any) {
  const shape = { ...config.inputSchema, ...MORE };
  server.registerTool(name, { description: config.description, inputSchema: shape }, async (args: any) => run(args));
}
"""
CALLS = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { exec } from "node:child_process";
import { z } from "zod";
IMPORT

export function add(server: McpServer) {
  CALLED(server, "list", { description: "Lists.", inputSchema: { folder: z.string() } }, async ({ folder }) => {
    exec("ls " + folder);
    return { content: [] };
  });
}
"""
LOOP = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { addTool } from "./register.js";
import { TABLE } from "./table.js";

export function addAll(server: McpServer) {
  for (const one of TABLE) addTool(server, one.name, one, one.run);
}
"""


def listed(found: object) -> dict[str, list[str]]:
    return {server["path"]: server["tools"] for server in found["summary"]["servers"]}  # type: ignore[index]


@pytest.mark.parametrize(
    ("imported", "called"),
    [
        ('import { addTool } from "./register.js";', "addTool"),
        ('import { addTool as addOne } from "./register.js";', "addOne"),
        ('import * as register from "./register.js";', "register.addTool"),
        ('import { addTool } from "./all.js";', "addTool"),
    ],
)
def test_a_function_of_another_file(run: Run, imported: str, called: str) -> None:
    ran = run(
        "check", ".", "--output-format", "json", "--select", "shell-command-from-argument",
        files={
            "register.ts": REGISTER,
            "all.ts": 'export * from "./register.js";\n',
            "one.ts": CALLS.replace("IMPORT", imported).replace("CALLED", called),
        },
    )  # fmt: skip
    assert listed(ran.json)["one.ts"] == ["list"]
    assert [(found["path"], found["range"]["start"]["line"]) for found in ran.json["diagnostics"]] == [("one.ts", 9)]
    assert ran.json["not_analysed"] == []


def test_a_function_of_the_same_file(run: Run) -> None:
    text = REGISTER + CALLS.partition("IMPORT")[2].replace("CALLED", "addTool")
    ran = run("check", ".", "--output-format", "json", "--select", "MCP301", files={"one.ts": text})
    assert listed(ran.json) == {"one.ts": ["list"]}
    assert ran.json["not_analysed"] == []


def test_what_names_nothing_is_not_read(run: Run) -> None:
    ran = run("check", ".", "--output-format", "json", files={"register.ts": REGISTER, "loop.ts": LOOP})
    assert listed(ran.json)["loop.ts"] == []
    assert [each["path"] for each in ran.json["summary"]["not_listed"]] == ["loop.ts"]


def test_a_function_for_something_else(run: Run) -> None:
    other = REGISTER.replace("McpServer", "ApiServer").replace("@modelcontextprotocol/sdk/server/mcp.js", "api")
    ran = run(
        "check", ".", "--output-format", "json", "--select", "MCP301",
        files={
            "register.ts": other,
            "one.ts": CALLS.replace("IMPORT", 'import { addTool } from "./register.js";').replace("CALLED", "addTool"),
        },
    )  # fmt: skip
    assert not any(listed(ran.json).values())


DECORATOR = """
import functools
from fastmcp import FastMCP

mcp = FastMCP("notes")


def create_tool(name: str):
    def decorate(function):
        @functools.wraps(function)
        async def guarded(*args, **kwargs):
            return await function(*args, **kwargs)

        return mcp.local_provider.add_tool(guarded)

    return decorate
"""
DECORATED = """
import subprocess
from notes import create_tool


@create_tool("list_notes")
async def list_notes(folder: str) -> str:
    return subprocess.getoutput("ls " + folder)
"""


def test_a_decorator_of_another_file_that_adds_to_the_provider_of_a_server(run: Run) -> None:
    ran = run(
        "check", ".", "--output-format", "json", "--select", "MCP301",
        files={"notes.py": DECORATOR, "tools.py": DECORATED},
    )  # fmt: skip
    assert listed(ran.json)["tools.py"] == ["list_notes"]
    assert [found["path"] for found in ran.json["diagnostics"]] == ["tools.py"]


TABLE = """
import { z } from "zod";

const shared = { schema: { folder: z.string() } };
export const commands = {
  preview: { ...shared, description: "Shows what would change.", handler: async () => ({ content: [] }) },
  "bad name!": { description: "Is called badly.", schema: {}, handler: async () => ({ content: [] }) },
};
export const listed = [{ name: "one", description: "The first." }, { name: "two", description: "The second." }];
export default commands;
"""
ROUNDS = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import everything, { commands, listed } from "./table.js";

const server = new McpServer({ name: "x", version: "1.0.0" });
ROUND
"""


@pytest.mark.parametrize(
    ("round", "names"),
    [
        (
            (
                "Object.entries(commands).forEach(([key, command]) => {\n"
                "  server.tool(`do-${key}`, command.description, command.schema, async (args) => command.handler(args));\n});"
            ),
            ["do-preview", "do-bad name!"],
        ),
        (
            (
                "for (const [aLongName12, command] of Object.entries(everything)) {\n"
                "  server.tool(aLongName12, command.description, command.schema, command.handler);\n}"
            ),
            ["preview", "bad name!"],
        ),
        (
            (
                "for (const { name, description } of listed) {\n"
                "  server.tool(name, description, async () => ({ content: [] }));\n}"
            ),
            ["one", "two"],
        ),
    ],
)
def test_a_table_of_another_file(run: Run, round: str, names: list[str]) -> None:
    files = {"table.ts": TABLE, "server.ts": ROUNDS.replace("ROUND", round)}
    ran = run("check", ".", "--output-format", "json", "--select", "MCP101", files=files)
    assert listed(ran.json)["server.ts"] == names
    wrong = [found for found in ran.json["diagnostics"] if found["path"] == "server.ts"]
    assert len(wrong) == sum("!" in name for name in names)
    assert not any(found["fix"] for found in wrong), "it is not written here"


DEFINED = """
export const look = { name: "look", description: "Looks.", inputSchema: { type: "object", properties: {} }, run };
export const find = { name: "find", description: "Finds.", inputSchema: { type: "object", properties: {} }, run };
export const all = [look, find];
"""
SHAPELESS = """
import { schemaOf, said } from "./said";
export default (context) => [
  { method: "look_up", name: "Look up", description: said(context), parameters: schemaOf(context), actions: {} },
  { method: "send_on", name: "Send on", description: said(context), parameters: schemaOf(context), actions: {} },
];
export const listed = { tools: [{ name: "other", title: "Other", inputSchema: schemaOf() }] };
"""
LISTING = """
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { exec } from "node:child_process";
import * as tools from "./defined.js";
import * as only from "./only.js";
import table from "./index.js";
import { all } from "./defined.js";
import given from "./shapeless.js";
import { made } from "nowhere";

DECLARES
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  if (request.params.name === "look") return look();
  return handlers[request.params.name](exec(request.params.arguments.a));
});
"""
LOOPED = "const high = new McpServer({ name: 'x', version: '1.0.0' });\nconst { server } = high;\nfor (const tool of OVER) {\n  high.tool(tool.name, tool.description, tool.inputSchema, tool.run);\n}"
ANSWERED = "const server = new Server({ name: 'x', version: '1.0.0' }, {});\nserver.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: OVER }));"


@pytest.mark.parametrize(
    ("declares", "here", "whole"),
    [
        (LOOPED.replace("OVER", "Object.values(table)"), [], True),
        (LOOPED.replace("OVER", "all"), [], True),
        (LOOPED.replace("OVER", "given({}).filter((tool) => allowed(tool))").replace("tool.name", "tool.method"),
         ["look_up", "send_on"], True),
        (LOOPED.replace("OVER", "made"), [], False),
        (ANSWERED.replace("OVER", "all"), [], True),
        (ANSWERED.replace("OVER", "[...all, ...Object.values(table)]"), [], True),
        (ANSWERED.replace("OVER", "Object.values(only)"), [], True),
        (ANSWERED.replace("OVER", "[...all, ...made]"), [], False),
        (ANSWERED.replace("OVER", "[...all, { name: 'here', description: 'H.', inputSchema: { type: 'object' } }]"),
         ["here"], True),
        (ANSWERED.replace("({ tools: OVER })", "only.nothing()"), [], False),
    ],
)  # fmt: skip
def test_what_other_files_define_is_told_there(run: Run, declares: str, here: list[str], whole: bool) -> None:
    files = {
        "package.json": '{"dependencies": {"@modelcontextprotocol/sdk": "1.32.2"}}',
        "defined.ts": DEFINED,
        "only.ts": DEFINED.replace("export const all", "const all"),
        "index.ts": 'import { look, find } from "./defined.js";\nexport default { look, find };\n',
        "shapeless.ts": SHAPELESS,
        "server.ts": LISTING.replace("DECLARES", declares),
    }
    ran = run("check", ".", "--output-format", "json", "--select", "MCP301", files=files)
    names = [name for name in listed(ran.json)["server.ts"] if name != "look"]  # known by the branch as well
    assert names == here
    assert listed(ran.json)["defined.ts"] == ["look", "find"]
    assert [each["path"] for each in ran.json["summary"]["not_listed"]] == ([] if whole else ["server.ts"])
    if "ListTools" in declares:
        assert [found["path"] for found in ran.json["diagnostics"]] == ["server.ts"], "what it does with all others"


MAKERS = """
import { createBoardTool } from "./board.js";
import { noteTool } from "./note.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

export function register(server: McpServer, api: Api) {
  const tools = [createBoardTool(api), noteTool];
  for (const tool of tools) {
    (server as any).tool(tool.name, tool.description, tool.schema, async (args: any) => tool.handler(args));
  }
}
"""
BOARD = """
import { BoardSchema } from "./schemas.js";

export function createBoardTool(api: Api) {
  return {
    name: "get_board",
    description: "Gives one board.",
    schema: BoardSchema.shape,
    handler: async ({ id }: Board) => api.board(id),
  };
}
"""


def test_objects_that_functions_of_other_files_make(run: Run) -> None:
    note = BOARD.replace("export function createBoardTool(api: Api) {\n  return", "export const noteTool =")
    note = note.replace("get_board", "get_note").replace("};\n}\n", "};\n")
    ran = run("check", ".", "--output-format", "json", files={"all.ts": MAKERS, "board.ts": BOARD, "note.ts": note})
    assert sorted(name for names in listed(ran.json).values() for name in names) == ["get_board", "get_note"]


UNSEEN = """
from mcp.server.lowlevel import Server

from known import everything

server = Server("x")


@server.list_tools()
async def list_tools():
    return everything.list_tools()
"""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", ["nothing can be seen of what this server offers"]),
        ('from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("y")\n\n\n@mcp.tool()\ndef a(): ...\n', []),
    ],
)
def test_that_nothing_can_be_seen_is_said(run: Run, more: str, said: list[str]) -> None:
    ran = run("check", ".", "--output-format", "json", files={"server.py": UNSEEN, "more.py": more or "x = 1\n"})
    assert [each["reason"] for each in ran.json["summary"]["not_listed"]] == said
