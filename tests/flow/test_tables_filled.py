"""Tables that are made empty and filled elsewhere: by statements of the file, of its functions, of other files, by
decorators, by the methods of a class. What is found in them is what was put in."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp import flow, read, syntax
from mcp_lsp_analyzers import putting
from mcp_lsp_analyzers.scope import Scope
from tests.flow.stories import Files, handlers, module

_PYTHON = """
import subprocess
import mcp.types as types
from mcp.server import Server
{before}

class Ping:
    name = "ping"

    def run(self, arguments):
        return subprocess.run("ping " + arguments["host"], shell=True)

def ping(arguments):
    return subprocess.run("ping " + arguments["host"], shell=True)

{table}
server = Server("story")

@server.list_tools()
async def listed():
    return [types.Tool(name="ping", description="Ping a host once", inputSchema={{"type": "object"}})]

@server.call_tool()
async def called(name: str, arguments: dict):
    return {call}
"""

_TYPESCRIPT = """
import {{ Server }} from "@modelcontextprotocol/sdk/server/index.js";
import {{ CallToolRequestSchema, ListToolsRequestSchema }} from "@modelcontextprotocol/sdk/types.js";
import {{ execSync }} from "child_process";
const server = new Server({{ name: "story", version: "1.0.0" }}, {{ capabilities: {{ tools: {{}} }} }});

class Ping {{
  name = "ping";
  async run(args: any) {{ return execSync("ping " + args.host); }}
}}
async function ping(args: any) {{ return execSync("ping " + args.host); }}

{table}
server.setRequestHandler(ListToolsRequestSchema, async () => ({{
  tools: [{{ name: "ping", description: "Ping a host once", inputSchema: {{ type: "object", properties: {{}} }} }}],
}}));
server.setRequestHandler(CallToolRequestSchema, async (request) => {{
  const {{ name, arguments: args }} = request.params;
  return {call};
}});
"""

_REGISTRY = """
class Registry:
    def __init__(self):
        self._tools = {}

    def register(self, tool):
        self._tools[tool.name] = tool

    def tool(self, name):
        def wrap(function):
            self._tools[name] = function
            return function
        return wrap

    def add(self, *tools):
        for tool in tools:
            self.register(tool)

    def find(self, name):
        return self._tools.get(name)

registry = Registry()
"""

_NODE_REGISTRY = """
class Registry {
  private tools = new Map<string, any>();
  register(tool: any) { this.tools.set(tool.name, tool); }
  registerAll(tools: any[]) { tools.forEach((tool) => this.register(tool)); }
  find(name: string) { return this.tools.get(name); }
}
const registry = new Registry();
"""


def told(text: str, language: str, others: dict[str, str] | None = None) -> set[str]:
    found = handlers(text, language, others)
    return {flow.sink.kind for handler in found for flow in handler.flows}


@pytest.mark.parametrize(
    ("table", "call"),
    [
        ('TOOLS = {}\nTOOLS["ping"] = ping\n', "TOOLS[name](arguments)"),
        ("TOOLS = {}\nfor tool in (Ping(), other()):\n    TOOLS[tool.name] = tool\n", "TOOLS[name].run(arguments)"),
        ('TOOLS = {}\nTOOLS.update({"ping": Ping()})\n', "TOOLS.get(name).run(arguments)"),
        ("TOOLS = []\nTOOLS.append(Ping())\n", "next(t for t in TOOLS if t.name == name).run(arguments)"),
        (
            "TOOLS = {}\ndef add(tool):\n    TOOLS[tool.name] = tool\nadd(Ping())\n",
            "TOOLS[name].run(arguments)",
        ),
        (
            "TOOLS = {}\ndef add(tool):\n    TOOLS[tool.name] = tool\ndef setup():\n    add(Ping())\n",
            "TOOLS[name].run(arguments)",
        ),
        (
            (
                "TOOLS = {}\ndef tool(function):\n    TOOLS[function.__name__] = function\n    return function\n"
                "@tool\ndef look(arguments):\n    return ping(arguments)\n"
            ),
            "TOOLS[name](arguments)",
        ),
        (
            (
                "TOOLS = {}\ndef tool(name):\n    def wrap(function):\n        TOOLS[name] = {'run': function}\n"
                "        return function\n    return wrap\n@tool('look')\ndef look(arguments):\n    return ping(arguments)\n"
            ),
            "TOOLS[name]['run'](arguments)",
        ),
        (_REGISTRY + "registry.register(Ping())\n", "registry.find(name).run(arguments)"),
        (_REGISTRY + "registry.add(Ping())\n", "registry.find(name).run(arguments)"),
        (
            _REGISTRY + "def setup(registry):\n    registry.register(Ping())\nsetup(registry)\n",
            "registry.find(name).run(arguments)",
        ),
        (
            _REGISTRY + '@registry.tool("look")\ndef look(arguments):\n    return ping(arguments)\n',
            "registry.find(name)(arguments)",
        ),
        (
            (
                "class Registry:\n    tools = {}\n    @classmethod\n    def register(cls, tool):\n"
                "        cls.tools[tool.name] = tool\nRegistry.register(Ping())\n"
            ),
            "Registry.tools[name].run(arguments)",
        ),
        (
            (
                "class Registry:\n    tools = {}\n    @classmethod\n    def register(cls, name):\n        def wrap(kind):\n"
                "            cls.tools[name] = kind\n            return kind\n        return wrap\n"
                '@Registry.register("look")\nclass Look(Ping):\n    pass\n'
            ),
            "Registry.tools[name]().run(arguments)",
        ),
        ("TOOLS: dict[str, Ping] = {}\n", "TOOLS[name].run(arguments)"),
    ],
)
def test_a_table_of_a_python_file(table: str, call: str) -> None:
    assert told(_PYTHON.format(before="", table=table, call=call), "python") == {"shell"}


@pytest.mark.parametrize(
    ("table", "call"),
    [
        ('const tools = new Map<string, any>();\ntools.set("ping", ping);', "tools.get(name)!(args)"),
        ("const tools: any = {};\ntools.ping = new Ping();", "tools[name].run(args)"),
        ('const tools: Record<string, any> = {};\ntools["ping"] = { run: ping };', "tools[name].run(args)"),
        (
            "const tools = new Map();\nfor (const tool of [new Ping()]) { tools.set(tool.name, tool); }",
            "tools.get(name).run(args)",
        ),
        (
            "const tools = new Map();\n[new Ping()].forEach((tool) => tools.set(tool.name, tool));",
            "tools.get(name).run(args)",
        ),
        (
            (
                "const tools = new Map();\nfunction add(name: string, run: (args: any) => Promise<any>) {"
                ' tools.set(name, run); }\nadd("ping", async (args) => ping(args));'
            ),
            "tools.get(name)(args)",
        ),
        (
            "const tools: any[] = [];\nconst add = (tool: any) => { tools.push(tool); };\nadd(new Ping());",
            "tools.find((tool) => tool.name === name).run(args)",
        ),
        (_NODE_REGISTRY + "registry.register(new Ping());", "registry.find(name).run(args)"),
        (_NODE_REGISTRY + "registry.registerAll([new Ping()]);", "registry.find(name).run(args)"),
        (
            _NODE_REGISTRY + "async function main() { try { registry.register(new Ping()); } catch {} }",
            "registry.find(name).run(args)",
        ),
        (
            _NODE_REGISTRY + "function setup(to: Registry) { to.register(new Ping()); }\nsetup(registry);",
            "registry.find(name).run(args)",
        ),
        ("const tools = Object.fromEntries([new Ping()].map((tool) => [tool.name, tool]));", "tools[name].run(args)"),
    ],
)
def test_a_table_of_a_typescript_file(table: str, call: str) -> None:
    assert told(_TYPESCRIPT.format(table=table, call=call), "typescript") == {"shell"}


_LONG = "\n".join(f"  private count{n} = {n};" for n in range(100)) + "\n  private async"
"""What makes a class so long that its parts are kept one by one."""

_NODE_CLASS = """
import {{ Server }} from "@modelcontextprotocol/sdk/server/index.js";
import {{ CallToolRequestSchema, ListToolsRequestSchema }} from "@modelcontextprotocol/sdk/types.js";
import {{ execSync }} from "child_process";

class Ping {{
  name = "ping";
  async run(args: any) {{ return execSync("ping " + args.host); }}
}}
class Desk {{
  private server = new Server({{ name: "story", version: "1.0.0" }}, {{ capabilities: {{ tools: {{}} }} }});
  private tools = {table};
  constructor() {{
    {fill}
    this.serve();
  }}
  private register(tool: any) {{ this.tools.set(tool.name, tool); }}
  private async ping(args: any) {{ return execSync("ping " + args.host); }}
  private serve() {{
    this.server.setRequestHandler(ListToolsRequestSchema, async () => ({{
      tools: [{{ name: "ping", description: "Ping a host once", inputSchema: {{ type: "object", properties: {{}} }} }}],
    }}));
    this.server.setRequestHandler(CallToolRequestSchema, async (request) => {{
      const {{ name, arguments: args }} = request.params;
      return {call};
    }});
  }}
}}
"""


@pytest.mark.parametrize(
    ("table", "fill", "call"),
    [
        ("new Map<string, any>()", 'this.tools.set("ping", new Ping());', "this.tools.get(name).run(args)"),
        ("new Map<string, any>()", "this.register(new Ping());", "this.tools.get(name).run(args)"),
        ("new Map<string, any>()", 'this.tools.set("ping", this.ping.bind(this));', "this.tools.get(name)(args)"),
        ("{} as any", 'this.tools["ping"] = (args: any) => this.ping(args);', "this.tools[name](args)"),
        ("[] as any[]", "this.tools.push(new Ping());", "this.tools.find((one) => one.name === name).run(args)"),
    ],
)
def test_a_table_of_a_class(table: str, fill: str, call: str) -> None:
    assert told(_NODE_CLASS.format(table=table, fill=fill, call=call), "typescript") == {"shell"}


@pytest.mark.parametrize(
    ("fill", "call"),
    [
        ('self.tools["ping"] = Ping()', "self.tools[name].run(arguments)"),
        ("self.register(Ping())", "self.tools[name].run(arguments)"),
        ('self.tools.update({"ping": self.ping})', "self.tools[name](arguments)"),
        ("self.load()", "self.tools[name].run(arguments)"),
        ("[self.register(tool) for tool in (Ping(),)]", "self.tools[name].run(arguments)"),
    ],
)
def test_a_table_of_a_python_class(fill: str, call: str) -> None:
    story = f"""
        import subprocess
        import mcp.types as types
        from mcp.server import Server

        class Ping:
            name = "ping"

            def run(self, arguments):
                return subprocess.run("ping " + arguments["host"], shell=True)

        class Desk:
            def __init__(self):
                self.server = Server("story")
                self.tools = {{}}
                {fill}
                self.serve()

            def register(self, tool):
                self.tools[tool.name] = tool

            def load(self):
                for tool in (Ping(),):
                    self.tools[tool.name] = tool

            def ping(self, arguments):
                return Ping().run(arguments)

            def serve(self):
                @self.server.list_tools()
                async def listed():
                    return [types.Tool(name="ping", description="Ping", inputSchema={{"type": "object"}})]

                @self.server.call_tool()
                async def called(name: str, arguments: dict):
                    return {call}
        """
    assert told(textwrap.dedent(story), "python") == {"shell"}


@pytest.mark.parametrize(
    "fill",
    [
        'const tools = new Map();\n  tools.set("ping", new Ping());',
        "const tools = new Map();\n  const add = (tool: any) => { tools.set(tool.name, tool); };\n  add(new Ping());",
        "const tools = new Map();\n  function add(tool: any) { tools.set(tool.name, tool); }\n  add(new Ping());",
        "const tools: any = {};\n  tools.ping = new Ping();",
    ],
)
def test_a_table_of_the_function_that_makes_the_server(fill: str) -> None:
    call = "tools.ping.run(args)" if "any = {}" in fill else "tools.get(name).run(args)"
    head, _, rest = _TYPESCRIPT.format(table="", call=call).partition("const server =")
    made, _, rest = rest.partition("server.set")
    text = f"{head}{made.partition(';')[2]}\nexport function create() {{\n  const server ={made.partition(';')[0]};\n"
    assert told(f"{text}  {fill}\n  server.set{rest}}}\n", "typescript") == {"shell"}


def test_what_other_files_put_in() -> None:
    registry = "TOOLS = {}\ndef tool(name):\n    def wrap(function):\n        TOOLS[name] = function\n"
    registry += "        return function\n    return wrap\n"
    look = "import subprocess\nfrom registry import tool\n@tool('look')\ndef look(arguments):\n"
    look += "    return subprocess.run('dig ' + arguments['host'], shell=True)\n"
    text = _PYTHON.format(before="from registry import TOOLS\nimport look", table="", call="TOOLS[name](arguments)")
    assert told(text, "python", {"registry.py": registry, "look.py": look}) == {"shell"}
    assert (
        told(text, "python", {"registry.py": registry, "look.py": look.replace("from registry", "from other")}) == set()
    )


def test_what_other_files_register() -> None:
    registry = _NODE_REGISTRY.replace("class Reg", "export class Reg").replace("const reg", "export const reg")
    setup = 'import { registry } from "./registry.js";\nimport { execSync } from "child_process";\n'
    setup += "class Look { name = 'ping'; run(args: any) { return execSync('dig ' + args.host); } }\n"
    setup += "export function setup() { registry.register(new Look()); }\n"
    table = 'import { registry } from "./registry.js";\nimport { setup } from "./setup.js";\nsetup();'
    text = _TYPESCRIPT.format(table=table, call="registry.find(name).run(args)")
    assert told(text, "typescript", {"registry.ts": registry, "setup.ts": setup}) == {"shell"}


@pytest.mark.parametrize(
    "table",
    [
        "TOOLS = {}\nOTHERS = {}\nOTHERS['ping'] = ping\n",
        "TOOLS = {}\ndef add(TOOLS):\n    TOOLS['ping'] = ping\n",
        "TOOLS = {}\ndef add(tool):\n    tool.TOOLS['x'] = tool\nadd(ping)\n",
        "TOOLS = {}\nTOOLS['ping'] = len\n",
    ],
)
def test_what_is_put_in_elsewhere_is_not_in_it(table: str) -> None:
    assert told(_PYTHON.format(before="", table=table, call="TOOLS[name](arguments)"), "python") == set()


@pytest.mark.parametrize(
    ("language", "text", "before", "after"),
    [
        ("python", _PYTHON.format(before="", table='TOOLS = {}\nTOOLS["ping"] = len\n', call="TOOLS[name](arguments)"),
         '"] = len', '"] = ping'),
        ("typescript", _TYPESCRIPT.format(table='const tools = new Map();\ntools.set("ping", print);',
                                          call="tools.get(name)(args)"), ', print)', ', ping)'),
        ("typescript", _NODE_CLASS.format(table="new Map()", fill='this.tools.set("ping", print);',
                                          call="this.tools.get(name)(args)").replace("  private async", _LONG),
         ", print)", ", this.ping)"),
    ],
)  # fmt: skip
def test_what_is_found_depends_on_what_is_put_in(language: str, text: str, before: str, after: str) -> None:
    uri = "file:///story.py" if language == "python" else "file:///story.ts"
    document = syntax.Document(uri, text, language)
    tree = syntax.parse(document)
    here = read.module(tree)
    files = Files({uri: here})
    (server,) = read.servers(here, None, None, files).servers
    scope = Scope(here, files)
    assert flow.handler(server.tools[0], server, here, scope).flows == ()
    at = text.index(before)
    changes = [syntax.Change(at, at + len(before), after)]
    there = read.module(syntax.edit(tree, changes, document.edited(changes, 2)), here)
    assert not scope.seen.holds(there)
    assert told(text.replace(before, after), language) == {"shell"}


def test_a_put_of_another_name_leaves_it_as_it_is() -> None:
    text = _PYTHON.format(before="", table="TOOLS = {}\nTOOLS['ping'] = ping\nREST = {}\nREST['b'] = 1\n",
                          call="TOOLS[name](arguments)")  # fmt: skip
    document = syntax.Document("file:///story.py", text, "python")
    tree = syntax.parse(document)
    here = read.module(tree)
    (server,) = read.servers(here).servers
    scope = Scope(here)
    assert flow.handler(server.tools[0], server, here, scope).flows
    at = text.index("= 1")
    changes = [syntax.Change(at, at + 3, "= 22")]
    assert scope.seen.holds(read.module(syntax.edit(tree, changes, document.edited(changes, 2)), here))


def test_tables_that_lead_to_one_another() -> None:
    fill = """
      const first: any = {}; const second: any = {};
      function one() { first.one = new Ping(); first.other = new Wrap(second); }
      function other() { second.one = new Wrap(first); }
    """
    text = _TYPESCRIPT.format(table="export function create() {{", call="first.one.run(args)")
    head, _, rest = text.partition("{{")
    assert told(f"{head}{{{fill}{rest}}}\n", "typescript") == {"shell"}


@pytest.mark.parametrize(
    ("method", "kept"), [("register", True), ("addTool", True), ("info", False), ("record", False)]
)
def test_what_is_noted_is_not_looked_for(method: str, kept: bool) -> None:
    text = module(
        "file:///log.ts", f"class Log {{ entries: any[] = []; {method}(one: any) {{ this.entries.push(one); }} }}"
    )
    cls = text.binding("Log")
    assert cls is not None
    assert cls.cls is not None
    assert bool(putting.keepers(cls.cls)) == kept


def test_data_that_a_function_works_out_is_not_followed() -> None:
    text = "const kept = new Map();\nasync function load(file) { const one = await read(file);\n"
    text += "kept.set(file, { one, at: new Date() }); kept.set(file, () => one); kept.set(file, new One(file)); }\n"
    found = module("file:///kept.ts", text).puts("kept")
    assert [put.passes for put in found] == [True, False, False]
