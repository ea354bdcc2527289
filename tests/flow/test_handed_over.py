"""Functions that get what somebody sent without a registration that names a tool; interfaces on the way."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text
from tests.flow.stories import TYPESCRIPT, handlers

MCP = 'import { Server } from "@modelcontextprotocol/sdk/server/index.js";\n'
RUN = "execSync(`ls ${GIVEN}`)"


def said(source: str, given: str = "args.dir") -> list[str]:
    text = MCP + 'import { execSync } from "node:child_process";\n' + source.replace("RUN", RUN).replace("GIVEN", given)
    found = check_text("file:///mcp/story.ts", textwrap.dedent(text))
    return [d.finding.message for d in found if d.rule.id == "MCP301"]


@pytest.mark.parametrize(
    "handed",
    [
        (
            "server.setRequestHandler(CallToolRequestSchema, log.wrap('call', timed(async (request) => "
            "{ const args = request.params.arguments; RUN; })));"
        ),
        (
            "class App { constructor() { this.server.setRequestHandler(CallToolRequestSchema, this.call.bind(this)); }\n"
            "  async call({ params: { arguments: args } }) { RUN; } }"
        ),
        "handlers.set('ls', async (args) => { RUN; });",
        "this.tools.register(type({ name: 'ls' }), async ({ arguments: args }) => { RUN; });",
        (
            "const table = new Map([['ls', ls]]); async function ls(args) { RUN; }\n"
            "server.setRequestHandler(CallToolRequestSchema, async (r) => table.get(r.params.name)(r.params.arguments));"
        ),
        "socket.on('message', (data) => { const args = JSON.parse(data); RUN; });",
        "lines.on('line', (line) => { const args = JSON.parse(line).params; RUN; });",
        "http.createServer((req, res) => { const args = JSON.parse(req.body); RUN; });",
        "Bun.serve({ async fetch(request) { const args = await request.json(); RUN; } });",
        "app.post('/ls', list); function list(req, res) { const args = req.body; RUN; }",
    ],
)
def test_what_is_handed_over_is_called_with_what_was_sent(handed: str) -> None:
    assert len(said(handed)) == 1


@pytest.mark.parametrize(
    "handed",
    [
        "process.on('message', (args) => { RUN; });",
        "worker.on('message', (args) => { RUN; });",
        "cache.set('ls', (args) => { RUN; });",
        "bus.on('done', (args) => { RUN; });",
        "net.createServer((args) => { RUN; });",
        "server.setRequestHandler(ListToolsRequestSchema, async (args) => { RUN; });",
        "handlers.set('ls', async (args) => { execFileSync('ls', ['--', args.dir]); });",
    ],
)
def test_what_the_program_says_to_itself_is_not(handed: str) -> None:
    assert said(handed) == []


TOOLS = (
    TYPESCRIPT
    + """
    import type { Client, Made } from "./types";

    export function register(server: McpServer, TAKEN) {
      server.tool("ls", { dir: z.string() }, async ({ dir }) => {
        await USED.list(dir);
        return { content: [] };
      });
    }
    """
)
OTHERS = {
    "types.ts": """
        export interface Client { list(dir: string): Promise<void> }
        export type Made = () => Client;
        export interface Deps { client: Client }
        """,
    "fly.ts": """
        import { exec } from "node:child_process";
        import type { Client } from "./types";
        export class Fly implements Client { async list(dir: string) { exec(`ls ${dir}`); } }
        """,
}


@pytest.mark.parametrize(
    ("taken", "used"),
    [
        ("client: Client", "client"),
        ("make: () => Client", "make()"),
        ("make: Made", "make()"),
        ("deps: { client: Client }", "deps.client"),
        ("{ client }: { client: Client }", "client"),
    ],
)
def test_an_interface_is_what_is_made_of_it(taken: str, used: str) -> None:
    (handler,) = handlers(TOOLS.replace("TAKEN", taken).replace("USED", used), "typescript", OTHERS)
    (one,) = handler.flows
    assert (one.source.name, one.sink.kind, one.sink.place.uri) == ("dir", "shell", "file:///fly.ts")


def test_a_prefix_confines_nothing_where_dots_are_taken_out_as_text() -> None:
    story = """
        import fs from "node:fs/promises"; import path from "node:path";
        handlers.set("read", async (args) => fs.readFile(PATH));
        """
    for path, found in (
        ("path.join('/srv', `note-${args.id}`)", 1),
        ("path.resolve('/srv', `note-${args.id}`)", 1),
        ("`/srv/note-${args.id}`", 0),
    ):
        told = check_text("file:///mcp/story.ts", MCP + textwrap.dedent(story.replace("PATH", path)))
        assert len([d for d in told if d.rule.id == "MCP305"]) == found, path


@pytest.mark.parametrize(
    ("parsed", "found"),
    [
        ("parse(req.url).pathname", 1),
        ("new URL(req.url, 'http://localhost').pathname", 0),
        ("decodeURIComponent(new URL(req.url, 'http://localhost').pathname)", 1),
    ],
)
def test_the_path_of_a_request_as_it_came(parsed: str, found: int) -> None:
    story = f"""
        import {{ parse }} from "node:url"; import fs from "node:fs"; import path from "node:path";
        http.createServer((req, res) => {{ fs.readFile(path.join("/srv", {parsed}), () => {{}}); }});
        """
    told = check_text("file:///mcp/story.ts", MCP + textwrap.dedent(story))
    assert len([d for d in told if d.rule.id == "MCP305"]) == found


def test_a_statement_given_to_what_is_only_declared() -> None:
    story = (
        TYPESCRIPT
        + """
        import type { Database } from "./types";
        export function register(server: McpServer, database: Database) {
          server.tool("a", { name: z.string() }, async ({ name }) => {
            await database.executeSql("x", { query: `select * from t where name = '${name}'` });
            return { content: [] };
          });
        }
        """
    )
    declared = {"types.ts": "export interface Database { executeSql(id: string, o: { query: string }): Promise<void> }"}
    (handler,) = handlers(story, "typescript", declared)
    assert [one.sink.kind for one in handler.flows] == ["sql"]


LIFESPAN = """
    class State:
        async def page(self, url: str) -> str:
            return (await httpx.AsyncClient().get(url)).text


    import httpx
    from mcp.server import MCPServer
    from mcp.server.fastmcp import Context, FastMCP
    from mcp.server.session import ServerSession

    StateContext = Context[ServerSession, State]


    def state(ctx: StateContext) -> State:
        return ctx.request_context.lifespan_context


    mcp = FastMCP("story")


    @mcp.tool()
    async def read(url: str, ctx: CONTEXT) -> str:
        return await CALL
"""


@pytest.mark.parametrize("context", ["Context[State]", "Context[ServerSession, State]", "StateContext"])
@pytest.mark.parametrize(
    "call",
    ["ctx.request_context.lifespan_context.page(url)", "ctx.lifespan_context.page(url)", "state(ctx).page(url)"],
)
def test_what_the_lifespan_made_is_reached_through_the_context(context: str, call: str) -> None:
    (handler,) = handlers(textwrap.dedent(LIFESPAN).replace("CONTEXT", context).replace("CALL", call))
    assert [(one.source.name, one.sink.kind) for one in handler.flows] == [("url", "url")]


WORKSPACE = """
    import os
    from mcp.types import TextContent


    class Workspace:
        def __init__(self, root: str) -> None:
            self.root = root

        def names(self) -> list[str]:
            return os.listdir(self.root)


    class Wanted:
        def __init__(self, folder: str) -> None:
            self.folder = folder


    @tool("list", "Names of all notes.")
    async def names(workspace: Workspace, wanted: Wanted) -> list[TextContent]:
        return [TextContent(type="text", text=str([*workspace.names(), *os.listdir(wanted.folder)]))]
"""


def test_a_parameter_for_something_that_acts_is_put_in_by_who_registers() -> None:
    found = check_text("file:///mcp/story.py", textwrap.dedent(WORKSPACE))
    said = [d.finding.message for d in found if d.rule.id == "MCP305"]
    assert said == ["`wanted` chooses which file is read"]


TWICE = """
    import { execSync, exec } from "node:child_process";
    import fetchCookie from "fetch-cookie";
    const again = (act) => (what, more) => { try { return act(what, more); } catch { return act(what, more); } };
    const list = (dir) => () => execSync(`ls ${dir}`);
    const noted = (act) => (what) => { note(act, what); };
    MADE
    server.registerTool("ls", { inputSchema: { dir: z.string() } }, async ({ dir }) => { USED; });
"""


@pytest.mark.parametrize(
    ("made", "used", "kinds"),
    [
        ("const run = again(execSync);", "run(`ls ${dir}`)", ["shell"]),
        ("let fetch = again(fetch_);", "fetch(dir)", []),
        ("import nodeFetch from 'node-fetch'; let fetch = again(nodeFetch);", "await fetch(dir)", ["url"]),
        ("import nodeFetch from 'node-fetch'; const fetch = fetchCookie(nodeFetch, jar);", "await fetch(dir)", ["url"]),
        ("", "again(execSync)(`ls ${dir}`)", ["shell"]),
        ("", "list(dir)()", ["shell"]),
        ("", "list('.')()", []),
        ("const run = noted(execSync);", "run(`ls ${dir}`)", []),
    ],
)
def test_a_function_that_is_made_around_what_a_library_gives_does_that(made: str, used: str, kinds: list[str]) -> None:
    (handler,) = handlers(TYPESCRIPT + textwrap.dedent(TWICE).replace("MADE", made).replace("USED", used), "typescript")
    assert sorted({one.sink.kind for one in handler.flows}) == kinds


TABLE = """
    import subprocess
    class Quiet:
        def install(self, package: str) -> None:
            note(package)
    class Loud(Quiet):
        def install(self, package: str) -> None:
            subprocess.run(f"loudly install {package}", shell=True)
    KINDS = {"quiet": Quiet, "loud": Loud}
    @mcp.tool()
    def install(package: str, kind: str) -> str:
        MADE
        return "done"
"""


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ("KINDS.get(kind, Quiet)().install(package)", True),
        ("KINDS.get(kind, Loud)().install(*([package, kind] if kind == 'two' else [package]))", True),
        ("{'quiet': Quiet}.get(kind, Loud)().install(package)", True),
        ("{'quiet': Quiet}.get(kind, Quiet)().install(package)", False),
        ("subprocess.run({'a': 'ls', 'b': 'df'}.get(kind, 'pwd'), shell=True)", False),
        ("subprocess.run({'a': 'ls', 'b': 'df'}.get(kind, kind), shell=True)", True),
    ],
)
def test_a_table_with_something_for_what_it_does_not_know(made: str, told: bool) -> None:
    text = "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('x')\n" + textwrap.dedent(TABLE).replace("MADE", made)
    (handler,) = handlers(text)
    assert [one.sink.kind for one in handler.flows] == (["shell"] if told else [])


MADE = """
    import { execSync } from "node:child_process";
    class Shell { list(args) { return execSync(`ls ${args.dir}`); } note(args) { return args.dir; } }
    MADE
    server.registerTool("ls", { inputSchema: { dir: z.string() } }, async (args) => { USED; });
"""


@pytest.mark.parametrize(
    ("made", "used"),
    [
        ("const by = (shell) => (args) => shell.list(args);", "by(new Shell())(args)"),
        ("function by(deps) { return (args) => deps.shell.list(args); }", "by({ shell: new Shell() })(args)"),
        ("function by(shell) { function run(args) { return shell.list(args); } return run; }", "by(new Shell())(args)"),
        (
            "function by(shell) { const own = shell; return { go: (args) => own.list(args) }; }",
            "by(new Shell()).go(args)",
        ),
        ("const by = (each) => (args) => each.list(args);", "by({ list: (a) => execSync(`ls ${a.dir}`) })(args)"),
        (
            (
                "const ALL = [['ls', (shell) => (args) => shell.list(args)]];\n"
                "const made = (shell) => Object.fromEntries(ALL.map(([name, by]) => [name, by(shell)]));\n"
                "const TABLE = made(new Shell());"
            ),
            "TABLE[args.name](args)",
        ),
    ],
)
def test_a_function_that_is_made_around_an_object_acts_upon_it(made: str, used: str) -> None:
    for what, kinds in (("list", ["shell"]), ("note", [])):
        text = textwrap.dedent(MADE).replace("MADE", made.replace(".list(", f".{what}(")).replace("USED", used)
        (handler,) = handlers(TYPESCRIPT + text.replace("by({ list:", f"by({{ {what}:"), "typescript")
        expected = ["shell"] if "by({ list:" in used else kinds
        assert sorted({one.sink.kind for one in handler.flows}) == expected


def test_a_python_function_that_is_made_around_an_object_acts_upon_it() -> None:
    story = """
        import subprocess
        from mcp.server.fastmcp import FastMCP

        mcp = FastMCP("ls")

        class Shell:
            def list(self, folder):
                return subprocess.getoutput(f"ls {folder}")

            def note(self, folder):
                return folder

        def made(shell):
            def run(folder):
                return shell.list(folder)
            return run

        TABLE = {"ls": made(Shell())}

        @mcp.tool()
        def ls(folder: str) -> str:
            return TABLE["ls"](folder)
        """
    found = check_text("file:///mcp/story.py", textwrap.dedent(story))
    assert [d.rule.id for d in found if d.rule.room == "handlers"] == ["MCP301"]
    found = check_text("file:///mcp/story.py", textwrap.dedent(story).replace("shell.list", "shell.note"))
    assert [d.rule.id for d in found if d.rule.room == "handlers"] == []
