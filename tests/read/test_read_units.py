"""Reading after an edit equals reading afresh, keeps what did not change, and lowers one unit only."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcp_lsp import read
from mcp_lsp.read.python import lower as lowering
from mcp_lsp.read.python import scan as scanning
from mcp_lsp.read.reading import Reading
from mcp_lsp.syntax import Change, Document, Tree, edit, parse, settle
from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Function, Nested, Unit
from mcp_lsp_analyzers.place import Anchor, Place
from mcp_lsp_analyzers.scope import Module

pytestmark = pytest.mark.slow

HANDLER = '''
    @server.tool(name="tool_{i}", annotations=READ)
    async def tool_{i}(path: Annotated[str, Field(description="path é {i}")], mode: Mode = Mode.A) -> str:
        """Do {i}.

        Args:
            mode: how 😀
        """
        if not path:
            raise ValueError(f"no {{path}}")
        data = await fetch(path, timeout=3)
        return helper(data, "literal of {i}")
'''
FACTORY = (
    '''# é
from typing import Annotated
from mcp.server import MCPServer

PREFIX = "p_"

class Mode(str, Enum):
    A = "a"

def helper(x, y):
    return x + y

def create(name="n"):
    """Make it."""
    server = MCPServer(name, instructions="be nice")
    READ = {"readOnlyHint": True}
'''
    + "".join(HANDLER.replace("{i}", str(i)).replace("{{", "{").replace("}}", "}") for i in range(9))
    + """
    for fn in (helper,):
        server.add_tool(fn, name=PREFIX + "h")
    return server

app = create()

@app.prompt()
def ask(topic: str):
    return f"about {topic}"

if __name__ == "__main__":
    app.run()
"""
)
LOW = (
    """from mcp.server import Server
from mcp import types

server = Server("low")
ONE = types.Tool(name="one", inputSchema={"type": "object"})

@server.list_tools()
async def listed():
    return [
        ONE,
"""
    + "".join(
        f'        types.Tool(\n            name="t{i}",\n            description="d{i}",\n'
        f'            inputSchema={{"properties": {{"x{i}": {{"type": "string"}}}}}},\n        ),\n'
        for i in range(12)
    )
    + """    ]

class Store:
    def __init__(self):
        self.data = {}

    def get(self, key):
        return self.data[key]

@server.call_tool()
async def call(name, arguments):
"""
    + "".join(
        f'    {"if" if i == 0 else "elif"} name == "t{i}":\n        a = arguments["x{i}"]\n        b = a + "y"\n'
        f"        c = run(b)\n        d = c\n        e = d\n        return e\n"
        for i in range(14)
    )
    + """    else:
        raise ValueError(name)
"""
)
SOURCES = {"factory": FACTORY, "low": LOW}
SNIPPETS = [
    "x", '"', "'''", "\n", "    ", "(", ")", "]", ":", "@", "#", "é", "😀", "\u2028", "\x0c", "\r\n", "\\", "{", "}",
    "=", "\n@server.tool()\ndef new(a): 'D'\n", "\n    @server.tool()\n    def new(a): 'D'\n", "name=", "READ = {}\n",
    "def f", "PREFIX = 'q_'\n", "server", "return ", "pass\n", "class K:\n", "  # mcp-lsp: ignore[x] y\n",
]  # fmt: skip


class File:
    """A file that is edited: what an editor keeps of it."""

    def __init__(self, source: str) -> None:
        self.document = Document("file:///a.py", source, "python")
        self.tree: Tree = parse(self.document)
        self.module: Module = read.module(self.tree)
        self.reading: Reading = read.servers(self.module)

    def change(self, start: int, end: int, text: str) -> None:
        change = Change(start, end, text)
        self.document = self.document.edited([change], None)
        self.tree = edit(self.tree, [change], self.document)
        self._read()

    def settle(self) -> None:
        self.tree = settle(self.tree)
        self._read()

    def _read(self) -> None:
        self.module = read.module(self.tree, self.module)
        self.reading = read.servers(self.module, None, self.reading)

    def shown(self) -> object:
        return [shown_unit(u) for u in self.module.units], sorted(self.module.names), plain(self.reading.servers)

    def literals(self) -> object:
        return sorted((x.name, x.text.value, x.text.place.span) for x in self.reading.literals)


def shown_unit(unit: Unit) -> object:
    """A unit with nested units where they stand and absolute offsets, whatever was kept of it."""
    return unit.anchor.start, unit.key, unit.broken, unit.binds, plain(unit.statements, unit.anchor.start), unit.notes


def plain(x: object, base: int = 0) -> object:
    if isinstance(x, Nested):
        return "nested", plain(x.unit.statements, x.unit.anchor.start), [s.start for s in x.unit.strings]
    if isinstance(x, Place):
        return x.pointer, x.span
    if isinstance(x, (Unit, Module, Anchor)):
        return type(x).__name__
    if isinstance(x, frozenset):
        return sorted(map(str, x))
    if isinstance(x, (list, tuple)):
        return [plain(item, base) for item in x]
    if dataclasses.is_dataclass(x) and not isinstance(x, type):
        fields: list[object] = [type(x).__name__]
        for f in dataclasses.fields(x):
            value = getattr(x, f.name)
            if f.name in ("cls", "parent"):
                value = value and value.name if not isinstance(x, code.DefineClass) else value
            elif f.name in ("start", "end", "name_start") and isinstance(value, int):
                value += base
            elif f.name == "pieces" and isinstance(x, code.Str):
                value = [(a, b, c + base, d + base) for a, b, c, d in value]
            elif isinstance(value, Function):
                value = value.name if not isinstance(x, (code.Define, code.Lambda)) else value
            elif f.name == "constructed":
                value = value is not None
            fields.append(plain(value, base))
        return fields
    return x


def functions(units: list[Unit]) -> Iterator[Function]:
    for unit in units:
        yield from _functions(unit.statements)


def _functions(x: object) -> Iterator[Function]:
    if isinstance(x, Function):
        yield x
    if isinstance(x, Nested):
        yield from _functions(x.unit.statements)
    elif isinstance(x, (list, tuple)):
        for item in x:
            yield from _functions(item)
    elif dataclasses.is_dataclass(x) and not isinstance(x, (Unit, type)):
        for f in dataclasses.fields(x):
            if f.name not in ("unit", "parent") and (f.name != "cls" or isinstance(x, code.DefineClass)):
                yield from _functions(getattr(x, f.name))


@pytest.mark.parametrize("name", sorted(SOURCES))
@given(data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_edited_equals_fresh(name: str, data: st.DataObject) -> None:
    edited_equals_fresh(name, data)


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(SOURCES))
@given(data=st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_edited_equals_fresh_many_times(name: str, data: st.DataObject) -> None:
    edited_equals_fresh(name, data)


def edited_equals_fresh(name: str, data: st.DataObject) -> None:
    file = File(SOURCES[name])
    for _ in range(data.draw(st.integers(1, 6))):
        text = file.document.text
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.sampled_from([0, 0, 0, 1, 2, 7, 60])))
        file.change(start, end, data.draw(st.sampled_from(SNIPPETS)))
    file.settle()
    fresh = File(file.document.text)
    assert file.shown() == fresh.shown()
    assert file.literals() == fresh.literals()
    # What was kept belongs to the containers that are there now.
    alive = {id(f) for f in functions(file.module.units)}
    assert all(f.parent is None or id(f.parent) in alive for f in functions(file.module.units))


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_typing_and_taking_back(name: str) -> None:
    chance = random.Random(7)
    file = File(SOURCES[name])
    for _ in range(60):
        at = chance.randrange(len(file.document.text))
        word = chance.choice(SNIPPETS)
        for i, char in enumerate(word):  # as a person types
            file.change(at + i, at + i, char)
        file.change(at, at + len(word), "")
    file.settle()
    assert file.document.text == SOURCES[name]
    assert file.shown() == File(SOURCES[name]).shown()


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_prefixes(name: str) -> None:
    source = SOURCES[name]
    for end in range(0, len(source), 13):
        file = File(source[:end])
        assert "".join(unit.key for unit in file.module.units) == source[:end]


def test_what_is_found_in_the_sources() -> None:
    (server,) = File(FACTORY).reading.servers
    assert [t.name for t in server.tools] == [*(f"tool_{i}" for i in range(9)), "p_h"]
    assert [p.name for p in server.prompts] == ["ask"]
    assert server.transports == {"stdio"}
    (low,) = File(LOW).reading.servers
    assert [t.name for t in low.tools] == ["one", *(f"t{i}" for i in range(12))]
    assert {t.function.name for t in low.tools if t.function} == {"call"}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The texts that were lowered and scanned."""
    seen: dict[str, list[str]] = {"filled": [], "walked": []}
    from mcp_lsp.read.python import blocks

    fill, walk = blocks.fill, scanning._Walk.statements

    def filled(c: object, nodes: object) -> None:
        seen["filled"].append(c.unit.key)  # type: ignore[attr-defined]
        fill(c, nodes)  # type: ignore[arg-type]

    def walked(self: object, body: object, env: object) -> None:
        seen["walked"].append(env.unit.key)  # type: ignore[attr-defined]
        walk(self, body, env)  # type: ignore[arg-type]

    monkeypatch.setattr(blocks, "fill", filled)
    monkeypatch.setattr(lowering, "fill", filled)
    monkeypatch.setattr(scanning._Walk, "statements", walked)
    return seen


def test_a_keystroke_in_one_handler_reads_that_handler_only(counted: dict[str, list[str]]) -> None:
    flat = "from fastmcp import FastMCP\nmcp = FastMCP('n')\n" + "".join(
        f"@mcp.tool\ndef t{i}(x: str):\n    'D'\n    return x\n\n" for i in range(300)
    )
    file = File(flat)
    tools = file.reading.servers[0].tools
    counted["filled"].clear()
    counted["walked"].clear()
    at = file.document.text.index("return x", file.document.text.index("def t150"))
    file.change(at + 8, at + 8, "y")
    assert len(counted["filled"]) == 1
    assert {text.count("@mcp.tool") for text in counted["walked"]} == {1}
    after = file.reading.servers[0].tools
    assert [a is b for a, b in zip(tools, after, strict=True)].count(False) == 1


def test_a_keystroke_in_a_factory_reads_one_statement_of_it(counted: dict[str, list[str]]) -> None:
    file = File(FACTORY)
    tools = file.reading.servers[0].tools
    counted["filled"].clear()
    counted["walked"].clear()
    at = file.document.text.index("literal of 4")
    file.change(at, at, "x")
    # The factory's own frame, and the handler.
    assert [text.count("@server.tool") for text in counted["filled"]] == [9, 1]
    after = file.reading.servers[0].tools
    assert [t.name for t in after if t not in tools] == ["tool_4"]


def test_a_keystroke_in_one_of_many_branches_reads_that_branch(counted: dict[str, list[str]]) -> None:
    file = File(LOW)
    counted["filled"].clear()
    at = file.document.text.index('arguments["x7"]')
    file.change(at + 11, at + 11, "x")
    # The function that answers for all tools and its ``if``, without what is in the branches, and one branch.
    assert [text.count("= arguments[") for text in counted["filled"]] == [14, 14, 1]


def test_what_a_name_means_decides_what_is_read_again() -> None:
    file = File(FACTORY)
    before = {t.name: t for t in file.reading.servers[0].tools}
    at = file.document.text.index('"p_"')
    file.change(at + 1, at + 2, "q")
    after = {t.name: t for t in file.reading.servers[0].tools}
    assert "q_h" in after
    assert "p_h" not in after
    at = file.document.text.index('"readOnlyHint": True')
    file.change(at + 16, at + 20, "False")
    (server,) = file.reading.servers
    assert all(t.annotations.hints[0].value is False for t in server.tools if t.annotations)
    assert before["tool_1"].annotations is not None


def test_an_edit_above_moves_everything_and_reads_nothing(counted: dict[str, list[str]]) -> None:
    source = FACTORY.replace("# é\n", "# é\nother = 1\n\n")
    file = File(source)
    (server,) = file.reading.servers
    counted["filled"].clear()
    file.change(source.index("1\n"), source.index("1\n"), "100\n\nmore = ")
    file.settle()
    (moved,) = file.reading.servers
    assert moved is server
    assert moved.module is file.module
    assert all("other" in text or "more" in text for text in counted["filled"])
    for tool in moved.tools:
        span = tool.place.span
        assert span is not None
        assert tool.name in file.document.text[span.start : span.end] or tool.name == "p_h"
