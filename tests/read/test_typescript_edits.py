"""What is read after an edit equals what is read of the same text anew, and only what the edit touched is read."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterator

import pytest

from mcp_lsp.read import Reading, module, servers
from mcp_lsp.syntax import Change, Document, Tree, edit, parse, settle
from mcp_lsp_analyzers import code as c
from mcp_lsp_analyzers.model import Server, Text, parts
from mcp_lsp_analyzers.scope import Module
from tests.read.test_typescript_lower import every
from tests.read.test_typescript_lower import shown as code_shown
from tests.read.test_typescript_servers import LOW, SDK, SERVER, ZOD, shown

pytestmark = pytest.mark.slow

TOOL = """\
server.registerTool("tool_%d", { title: `T${%d}`, description: WORDS, inputSchema: { path: P, n: z.number() } },
  async ({ path, n }) => {
    const full = `${ROOT}/${path}`;
    // é 😀
    if (n > 1) {
      return { content: [{ type: "text", text: await run(full) }] };
    }
    const parts = full.split("/");
    return { content: [{ type: "text", text: parts.join("\\n") }] };
  });
"""
HIGH = (
    SDK + ZOD + SERVER + 'const P = z.string().describe("Where");\nconst WORDS = "Does it";\nconst ROOT = "/srv";\n'
    "/** Runs. */\nasync function run(path: string) { return path; }\n" + "".join(TOOL % (i, i) for i in range(4))
)
FACTORY = (
    SDK
    + ZOD
    + 'const WORDS = "Does it";\nexport function createServer() {\n  const P = z.string().describe("Where");\n'
    + textwrap.indent(SERVER + "".join(TOOL % (i, i) for i in range(9)), "  ")
    + "  for (const t of [{ name: 'a' }, { name: 'b' }]) {\n    const label = `${t.name}_x`;\n"
    + "\n" * 8
    + "    server.tool(label, 'It', async () => {});\n  }\n  return server;\n}\n"
)
LISTED = LOW + textwrap.dedent(
    """
    const schema = { type: "object", properties: { q: { type: "string", description: "What" } } };
    const one = { name: "one", description: "One", inputSchema: schema };
    const two = { name: "two", inputSchema: schema };
    const server = new Server({ name: "x" }, { instructions: "Use it" });
    server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: [one, two] }));
    server.setRequestHandler(CallToolRequestSchema, async (request) => {
      switch (request.params.name) {
        case "one": return run(request.params.arguments.q);
        default: throw new Error("no");
      }
    });
    class Agent extends McpAgent {
      server = new McpServer({ name: "y" });
      async init() { this.server.tool("three", { q: z.string() }, async ({ q }) => run(q)); }
    }
    """
)
BESIDE = textwrap.dedent(
    """
    const pod = { type: "string", description: "Which" };
    export const execInPodSchema = {
      name: "exec_in_pod", description: "E", inputSchema: { type: "object", properties: { pod }, required: ["pod"] },
    } as const;
    export async function execInPod(manager: Manager, input: { pod: string }) {
      return manager.run(`exec ${input.pod}`);
    }
    """
)
SOURCES = {"beside": BESIDE, "high": HIGH, "factory": FACTORY, "listed": LISTED}
PIECES = [
    "x", '"', "`", "{", "}", "(", ")", ";", "\n", "\n\n", " ", "é", "😀", "\u2028", "/", "*/", "/**", "${", ",", "=>",
    "tool", '.tool("n", () => {})', "const WORDS = 1;\n", "server", "// mcp-lsp: ignore\n", "\r\n",
]  # fmt: skip


class Open:
    """A document being edited."""

    def __init__(self, text: str) -> None:
        self.document = Document("file:///src/a.ts", text, "typescript", 0)
        self.tree: Tree = parse(self.document)
        self.module: Module = module(self.tree)
        self.reading: Reading = servers(self.module)

    def type(self, *changes: Change) -> None:
        document = self.document.edited(changes, (self.document.version or 0) + 1)
        self.tree = edit(self.tree, changes, document)
        self.document = document
        self.read()

    def read(self) -> None:
        self.module = module(self.tree, self.module)
        self.reading = servers(self.module, None, self.reading)

    def settle(self) -> None:
        self.tree = settle(self.tree)
        self.read()


def said(found: Module, reading: Reading) -> list[str]:
    """Everything that was read, with its places in the document."""
    lines = []
    for unit in found.units:
        lines += [f"{unit.anchor.start} {code_shown(s)}" for s in unit.statements]
        for x in every(unit.statements):
            if isinstance(x, c.Unit):
                lines.append(f"unit {x.anchor.start} {x.key!r} {x.notes} {x.broken}")
    for server in reading.servers:
        lines.append(f"server {server.name} {server.sdk} {server.sdk.api} {server.place.span} {len(server.unread)}")
        if server.instructions:
            lines.append(f"  {where(server.instructions)}")
        for item in (*server.tools, *server.prompts, *server.resources):
            lines.append(f"  {shown(item)} {item.place.span} {item.declared.span}")
            lines += [f"    {where(x)}" for x in parts(item) if isinstance(x, Text)]
    return lines


def where(text: Text) -> str:
    return f"{text.role} {text.value!r} {text.place.span} {[p.place.span for p in text.pieces]}"


def everything(found: Module) -> set[int]:
    return {id(x) for unit in found.units for x in every(unit.statements)}


def stands(function: c.Function, alive: set[int]) -> bool:
    """Whether a handler is a function of the file, or hands on to an expression of it."""
    if id(function) in alive:
        return True
    given = function.body[0]
    return isinstance(given, c.Return) and isinstance(given.value, c.Call) and id(given.value.callee) in alive


@pytest.mark.parametrize("name", sorted(SOURCES))
@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(i, marks=pytest.mark.long) for i in range(2, 30))])
def test_after_edits_everything_is_as_if_read_anew(name: str, seed: int) -> None:
    chance = random.Random(f"{name}{seed}")
    opened = Open(SOURCES[name])
    for _ in range(30):
        opened.type(*edits(chance, opened.document.text))
        if chance.random() < 0.5:
            opened.settle()
            fresh = Open(opened.document.text)
            assert said(opened.module, opened.reading) == said(fresh.module, fresh.reading)
        alive = everything(opened.module)
        for server in opened.reading.servers:
            assert server.module is opened.module
            items = (*server.tools, *server.prompts, *server.resources)
            assert [i.name for i in items if i.function is not None and not stands(i.function, alive)] == []


def edits(chance: random.Random, text: str) -> Iterator[Change]:
    for _ in range(chance.choice((1, 1, 1, 2))):
        start = chance.randrange(len(text) + 1)
        length = chance.choice((0, 0, 0, 1, 1, 5, 60))
        piece = chance.choice(PIECES) if length == 0 or chance.random() < 0.3 else ""
        end = min(start + length, len(text))
        yield Change(start, end, piece)
        text = text[:start] + piece + text[end:]


def tools(servers: tuple[Server, ...]) -> dict[str, int]:
    return {tool.name: id(tool) for server in servers for tool in server.tools}


@pytest.mark.parametrize(
    ("name", "at", "typed", "again"),
    [
        ("high", "const parts", "const more = 1;\n    ", {"tool_0"}),
        ("high", '"Does it"', '"Else" + ', {"tool_0", "tool_1", "tool_2", "tool_3"}),
        ("high", "return path", "log(path); ", set()),
        ("high", '"/srv"', '"/x" + ', set()),
        ("high", "/** Runs", "// a comment\n", set()),
        ("beside", "return manager", "log(1); ", {"exec_in_pod"}),
        ("factory", "const parts", "const more = 1;\n    ", {"tool_0"}),
        ("factory", "return server", "start();\n  ", set()),
        ("factory", '"Where"', '"Else" + ', {f"tool_{i}" for i in range(9)}),
    ],
)
def test_only_what_an_edit_touches_is_recognised_again(name: str, at: str, typed: str, again: set[str]) -> None:
    opened = Open(SOURCES[name])
    before = tools(opened.reading.servers)
    kept = opened.reading  # so that no new tool can have the identity of an old one
    start = opened.document.text.index(at)
    opened.type(Change(start, start, typed))
    after = tools(opened.reading.servers)
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} == again
    del kept


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_every_prefix_is_recognised(name: str) -> None:
    source = SOURCES[name]
    for end in range(0, len(source), 23):
        servers(module(parse(Document("file:///src/a.ts", source[:end], "typescript"))))


CASE = """\
      case "tool_%d": {
        const from = args.from;
        const to = find(from, %d);
        return { content: [{ type: "text", text: to }] };
      }
"""


def test_only_one_of_many_short_cases_is_read_again() -> None:
    cases = "".join(CASE % (i, i) for i in range(30))
    source = f"server.setRequestHandler(X, async (request) => {{\n  switch (name) {{\n{cases}  }}\n}});\n"
    file = Open(source)
    before = {unit.key: unit for unit in inside(file.module.units)}
    at = source.index("find(from, 17") + 4
    file.type(Change(at, at, "x"))
    again = [unit.key for unit in inside(file.module.units) if before.get(unit.key) is not unit]
    assert [text.count("const from") for text in again] == [30, 30, 1]


def inside(units: list[c.Unit]) -> Iterator[c.Unit]:
    for unit in units:
        yield unit
        yield from inside(unit.nested)
