"""What compilers make of a server (published packages are JavaScript), modules that are loaded where they are needed, and
functions that are kept, wrapped and called by a name: the choice of a model arrives all the same."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text
from tests.flow.test_words_of_programs import everything

COMPILED = """
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    const index_js_1 = require("@modelcontextprotocol/sdk/server/index.js");
    const mcp_js_1 = require("@modelcontextprotocol/sdk/server/mcp.js");
    const types_js_1 = require("@modelcontextprotocol/sdk/types.js");
    const child_process_1 = require("child_process");
    const zod_1 = require("zod");
    const server = new mcp_js_1.McpServer({ name: "story", version: "1.0.0" });
    """
WRITTEN = """
    import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
    import { z } from "zod";
    import { execFileSync, execSync } from "node:child_process";
    const server = new McpServer({ name: "story", version: "1.0.0" });
    """
LOW = """
    import { Server } from "@modelcontextprotocol/sdk/server/index.js";
    import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";
    import { execSync } from "node:child_process";
    const server = new Server({ name: "story", version: "1.0.0" }, { capabilities: { tools: {} } });
    """


def said(head: str, story: str, name: str = "story.js") -> list[str]:
    """The errors and warnings about flows, by rule."""
    found = check_text(f"file:///{name}", textwrap.dedent(head) + textwrap.dedent(story))
    return sorted({d.rule.id for d in found if d.rule.room == "handlers" and d.severity.value != "information"})


@pytest.mark.parametrize(
    "handler",
    [
        # TypeScript 5.5 and later hand the parameters on to the generator that has the body.
        "(_a) => __awaiter(void 0, [_a], void 0, function* ({ file }) { COMMAND })",
        "(_a, extra_1) => __awaiter(void 0, [_a, extra_1], void 0, function* ({ file }, extra) { COMMAND })",
        "(...args_1) => __awaiter(void 0, [...args_1], void 0, function* ({ file }, more = 1) { COMMAND })",
        "({ file }) => __awaiter(void 0, void 0, void 0, function* () { COMMAND })",
    ],
)
def test_asynchronous_functions_as_typescript_compiles_them(handler: str) -> None:
    story = f"server.tool('show', 'Show.', {{ file: zod_1.z.string() }}, {handler});"
    assert said(COMPILED, story.replace("COMMAND", "(0, child_process_1.execSync)(`cat ${file}`);")) == ["MCP301"]
    assert said(COMPILED, story.replace("COMMAND", "(0, child_process_1.execSync)(`cat notes`);")) == []


@pytest.mark.parametrize(
    "call",
    [
        "await (0, child_process_1.execSync)(`cat ${file}`);",
        "const text = await (0, run)(`cat ${file}`);",
        "await (run)(`cat ${file}`).catch(() => null);",
    ],
)
def test_a_call_behind_await_and_parentheses(call: str) -> None:
    story = f"""
    const run = child_process_1.execSync;
    server.tool("show", "Show.", {{ file: zod_1.z.string() }}, async ({{ file }}) => {{ {call} }});
    """
    assert said(COMPILED, story) == ["MCP301"]


@pytest.mark.parametrize(
    "loaded",
    [
        'const cp = _interop_require_wildcard(require("child_process"));',
        'const cp = __toESM(require("child_process"), 1);',
        'const cp = require("child_process");',
        'const cp = _interopDefaultLegacy(require("child_process")).default;',
    ],
)
def test_modules_as_bundlers_load_them(loaded: str) -> None:
    story = """
    server.tool("show", "Show.", { file: zod_1.z.string() }, async ({ file }) => { cp.execSync(`cat ${file}`); });
    """
    assert said(COMPILED, textwrap.dedent(story) + loaded) == ["MCP301"]


@pytest.mark.parametrize(
    "call",
    [
        'require("child_process").execSync(`cat ${file}`);',
        '(await import("node:child_process")).execSync(`cat ${file}`);',
        'import("child_process").then(({ exec }) => exec(`cat ${file}`));',
        'const run = (await import("util")).promisify((await import("child_process")).exec); await run(`cat ${file}`);',
    ],
)
def test_modules_that_are_loaded_where_they_are_needed(call: str) -> None:
    story = f"""
    server.tool("show", "Show.", {{ file: z.string() }}, async ({{ file }}) => {{ {call} return {{ content: [] }}; }});
    """
    assert said(WRITTEN, story, "story.ts") == ["MCP301"]


@pytest.mark.parametrize("body", ["() => LOADED", "function () { return LOADED; }", "() => { return LOADED; }"])
@pytest.mark.parametrize("loaded", ['__importStar(require("child_process"))', 'require("node:child_process")'])
@pytest.mark.parametrize(
    "call",
    [
        "const { execSync } = await MODULE; execSync(`cat ${file}`);",
        "const cp = await MODULE; cp.execSync(`cat ${file}`);",
        "(await MODULE).execSync(`cat ${file}`);",
        "await MODULE.then(({ execSync }) => execSync(`cat ${file}`));",
    ],
)
def test_modules_that_are_loaded_later_as_compilers_write_them(call: str, loaded: str, body: str) -> None:
    call = call.replace("MODULE", f"Promise.resolve().then({body.replace('LOADED', loaded)})")
    story = f"""
    server.tool("show", "Show.", {{ file: zod_1.z.string() }}, async ({{ file }}) => {{ {call} return {{ content: [] }}; }});
    """
    assert said(COMPILED, story) == ["MCP301"]
    assert said(COMPILED, story.replace("cat ${file}", "cat notes")) == []


def test_a_promise_that_loads_nothing_is_no_module() -> None:
    story = """
    const run = () => ({ execSync: (line) => line.length });
    server.tool("show", "Show.", { file: zod_1.z.string() }, async ({ file }) => {
      const { execSync } = await Promise.resolve().then(() => run());
      return { content: [{ type: "text", text: execSync(file) }] };
    });
    """
    assert said(COMPILED, story) == []


def test_arguments_that_are_called_request() -> None:
    story = """
    server.registerTool("show", { description: "Show.", inputSchema: { file: z.string() } }, async (request) => {
      return { content: [{ type: "text", text: execSync(`cat ${request.file}`).toString() }] };
    });
    """
    assert said(WRITTEN, story, "story.ts") == ["MCP301"]
    assert said(WRITTEN, story.replace("request.file", "request.toString.length"), "story.ts") == []


WRAPPED = """
const wrap = (run) => async (given) => { try { return await run(given); } catch (e) { return null; } };
const safe = wrap(show);
"""
BOUND = """
class Tools {
  table = { show: this.show.bind(this) };
  show(given) { return show(given); }
  call(name, given) { return this.table[name](given); }
}
const tools = new Tools();
"""


@pytest.mark.parametrize(
    ("kept", "call"),
    [
        ('const tools = new Map();\ntools.set("show", { description: "Show.", handler: show });', "tools.get(name).handler(args)"),
        (WRAPPED, "safe(args)"),
        (BOUND, "tools.call(name, args)"),
    ],
)  # fmt: skip
def test_functions_that_are_kept_and_called_by_a_name(kept: str, call: str) -> None:
    story = f"""
function show(given) {{ return execSync(`cat ${{given.file}}`); }}
{kept}
server.setRequestHandler(CallToolRequestSchema, async (request) => {{
  const {{ name, arguments: args }} = request.params;
  return {call};
}});
"""
    assert said(LOW, story) == ["MCP301"]
    assert said(LOW, story.replace("given.file", "Number(given.file)")) == []


def test_a_command_line_that_is_split_at_spaces() -> None:
    story = """
    import { execaCommand } from "execa";
    server.tool("log", "Log.", { ref: z.string() }, async ({ ref }) => { await execaCommand(`git log ${ref}`OPTIONS); });
    """
    assert said(WRITTEN, story.replace("OPTIONS", ""), "story.ts") == ["MCP303"]
    assert said(WRITTEN, story.replace("OPTIONS", ", { shell: true }"), "story.ts") == ["MCP301"]


@pytest.mark.parametrize(
    ("head", "own"), [("class Store {", "Store"), ("class Store {", "this"), ("var Store = class _Store {", "_Store")]
)
def test_a_single_instance_that_a_method_keeps_in_its_class(head: str, own: str) -> None:
    story = """
        import fs from "fs/promises";
        import { z } from "zod";

        HEAD
          static instance;
          static getInstance() {
            if (!OWN.instance) {
              OWN.instance = new NEW();
            }
            return OWN.instance;
          }
          read(file) {
            return fs.readFile(file.trim(), "utf8");
          }
        }

        const store = Store.getInstance();

        server.tool("read", { file: z.string() }, async ({ file }) => {
          return { content: [{ type: "text", text: await store.read(file) }] };
        });
        """
    made = "Store" if own == "this" else own
    text = story.replace("HEAD", head).replace("OWN", own).replace("NEW", made)
    assert everything(text) == ["MCP305"]
