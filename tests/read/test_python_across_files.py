"""Files of a project in; the tools that one of them declares out, each with the file in which its handler stands."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.project.imports import Paths
from mcp_lsp.read import Reading, module, servers
from mcp_lsp.syntax import Change, Document, parse
from mcp_lsp_analyzers.code import Import
from mcp_lsp_analyzers.scope import Module

ROOT = "file:///"


class Files:
    """The files of a project, in memory."""

    def __init__(self, sources: dict[str, str]) -> None:
        self.modules = {name: self._read(name, source) for name, source in sources.items()}

    def _read(self, name: str, source: str) -> Module:
        return module(parse(Document(ROOT + name, textwrap.dedent(source), "python")))

    def write(self, name: str, source: str) -> None:
        self.modules[name] = self._read(name, source)

    def find(self, uri: str, statement: Import) -> Module | None:
        path = Paths.of(self.modules).python(uri[len(ROOT) :], statement.module, statement.name)
        return None if path is None else self.modules[path]

    def current(self, uri: str) -> Module | None:
        return self.modules.get(uri[len(ROOT) :])


def shown(reading: Reading) -> list[str]:
    found = []
    for server in reading.servers:
        for item in (*server.tools, *server.prompts, *server.resources):
            where = "" if item.home is None else f" in {item.home.uri[len(ROOT) :]}"
            function = item.function
            owner = f"{function.cls.name}." if function is not None and function.cls is not None else ""
            found.append(item.name + ("" if function is None else f" -> {owner}{function.name}{where}"))
    return found


def check(sources: dict[str, str], *expected: str) -> None:
    """What the first of these files declares."""
    files = Files(sources)
    first = next(iter(files.modules.values()))
    assert shown(servers(first, modules=files)) == list(expected)


HIGH = "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('demo')\n"
LOW = "from mcp.server import Server\nfrom mcp.types import Tool\nserver = Server('low')\n"


@pytest.mark.parametrize(
    ("register", "expected"),
    [
        ("import tools\nmcp.tool(name='x')(tools.ping)", "x -> ping in tools.py"),
        ("import tools as t\nmcp.tool()(t.ping)", "ping -> ping in tools.py"),
        ("from tools import ping\nmcp.add_tool(ping)", "ping -> ping in tools.py"),
        ("from tools import ping as p\nmcp.add_tool(p, name='x')", "x -> ping in tools.py"),
        ("from tools import ALL\nfor f in ALL:\n    mcp.add_tool(f)", "ping -> ping in tools.py"),
        ("from tools import NAME\n@mcp.tool(name=NAME)\ndef f(): ...", "the-name -> f"),
        ("from tools import Names\n@mcp.tool(name=Names.PING)\ndef f(): ...", "enum-name -> f"),
        ("from tools import Names\n@mcp.tool(name=Names.PING.value)\ndef f(): ...", "enum-name -> f"),
        ("from tools import Box\nbox = Box()\nmcp.add_tool(box.run)", "run -> Box.run in tools.py"),
        ("from tools import Sub\nmcp.add_tool(Sub().run)", "run -> Box.run in tools.py"),
        ("from elsewhere import ping\nmcp.add_tool(ping)", "ping"),
    ],
)
def test_a_handler_or_a_name_in_another_file(register: str, expected: str) -> None:
    tools = """\
        NAME = "the-name"
        class Names:
            PING = "enum-name"
        def ping(host: str): ...
        ALL = [ping]
        class Box:
            def run(self, x: int): ...
        class Sub(Box): ...
        """
    check({"server.py": f"{HIGH}{register}\n", "tools.py": tools}, expected)


def test_a_description_is_that_of_the_function_where_it_stands() -> None:
    files = Files({"server.py": f"{HIGH}import t\nmcp.add_tool(t.f)\n", "t.py": 'def f(a: str):\n    """Do it."""\n'})
    (tool,) = servers(files.modules["server.py"], modules=files).servers[0].tools
    assert tool.description is not None
    assert (tool.description.value, tool.description.place.uri) == ("Do it.", "file:///t.py")
    assert tool.place.uri == "file:///server.py"
    assert [(p.name, p.place.uri) for p in tool.parameters] == [("a", "file:///t.py")]


@pytest.mark.parametrize(
    "decorator",
    [
        "def tool(f):\n    return mcp.tool()(f)\n",
        "def tool(f):\n    return mcp.tool(f)\n",
        "def tool(f):\n    mcp.add_tool(f)\n    return f\n",
    ],
)
def test_a_decorator_of_another_file(decorator: str) -> None:
    check(
        {"api.py": "from .rpc import tool\n@tool\ndef ping(): ...\ndef other(): ...\n", "rpc.py": HIGH + decorator},
        "ping -> ping",
    )


def test_a_decorator_of_another_file_that_registers_nothing() -> None:
    check({"api.py": "from .rpc import tool\n@tool\ndef ping(): ...\n", "rpc.py": "def tool(f):\n    return f\n"})


def test_a_server_of_another_file_is_known_by_what_it_is() -> None:
    use = "from {} import app\n@app.tool()\ndef ping(): ...\n"
    check({"a.py": use.format("one"), "one.py": "from fastmcp import FastMCP\napp = FastMCP('x')\n"}, "ping -> ping")
    check({"a.py": "import mcp\n" + use.format("two"), "two.py": "from flask import Flask\napp = Flask('x')\n"})


def test_a_class_of_servers_in_another_file() -> None:
    check(
        {
            "a.py": "from own import Mine\nserver = Mine('x')\n@server.tool()\ndef ping(): ...\n",
            "own.py": "from fastmcp import FastMCP\nclass Mine(FastMCP): ...\n",
        },
        "ping -> ping",
    )


TOOLS = """\
    class Base:
        def __init__(self):
            self.name = self.get_name()
        def get_name(self): ...
        async def execute(self, arguments: dict): ...
    class Ping(Base):
        def get_name(self):
            return "ping"
    class Read(Base):
        name = "read"
        async def execute(self, arguments: dict): ...
    class Write(Base):
        @property
        def name(self):
            return "write"
    class Named:
        def __init__(self, name):
            self.name = name
        def run(self, arguments): ...
    def chosen(tools):
        return {k: v for k, v in tools.items() if k}
    def everything():
        return [Ping(), Named("n")]
    """


@pytest.mark.parametrize(
    ("lister", "expected"),
    [
        (
            (
                "ALL = {'ping': Ping(), 'read': Read()}\nALL = chosen(ALL)\n@server.list_tools()\nasync def lt():\n"
                "    found = []\n    for t in ALL.values():\n        found.append(Tool(name=t.name, inputSchema={}))\n"
                "    return found\n"
            ),
            ["ping -> Base.execute in tools.py", "read -> Read.execute in tools.py"],
        ),
        (
            (
                "@server.list_tools()\nasync def lt():\n"
                "    return [Tool(name=t.name, inputSchema={}) for t in (Write(), Named('n'))]\n"
            ),
            ["write -> Base.execute in tools.py", "n -> Named.run in tools.py"],
        ),
        (
            (
                "@server.list_tools()\nasync def lt():\n"
                "    return [Tool(name=t.get_name(), inputSchema={}) for t in [Ping()]]\n"
            ),
            ["ping -> Base.execute in tools.py"],
        ),
        (
            (
                "@server.list_tools()\nasync def lt():\n"
                "    return [Tool(name=t.name, inputSchema={}) for t in everything()]\n"
            ),
            ["ping -> Base.execute in tools.py", "n -> Named.run in tools.py"],
        ),
    ],
)
def test_tools_that_are_instances_of_classes_of_another_file(lister: str, expected: list[str]) -> None:
    check({"server.py": f"{LOW}from tools import *\nfrom tools import Ping, Read, Write, Named, chosen, everything\n"
           f"{lister}", "tools.py": TOOLS}, *expected)  # fmt: skip


def test_another_file_that_changes_is_read_again() -> None:
    files = Files({"server.py": f"{HIGH}from t import NAME, ping\n@mcp.tool(name=NAME)\ndef f(): ...\n"
                   "mcp.add_tool(ping)\n", "t.py": "NAME = 'a'\ndef ping(): ...\n"})  # fmt: skip
    first = files.modules["server.py"]
    reading = servers(first, modules=files)
    assert shown(reading) == ["a -> f", "ping -> ping in t.py"]
    tools = reading.servers[0].tools
    files.write("t.py", "NAME = 'b'\ndef ping(): ...\n")
    reading = servers(first, None, reading, files)
    assert shown(reading) == ["b -> f", "ping -> ping in t.py"]
    assert reading.servers[0].tools[0] is not tools[0]
    again = servers(first, None, reading, files)
    assert [a is b for a, b in zip(again.servers[0].tools, reading.servers[0].tools, strict=True)] == [True, True]


def test_a_name_that_is_bound_again_by_way_of_itself() -> None:
    before = f"{HIGH}def a(): ...\ndef b(): ...\nALL = [a]\nALL = list(ALL)\nfor f in ALL:\n    mcp.add_tool(f)\n"
    analysis = Analysis(Document(ROOT + "s.py", before, "python"))
    assert [t.name for s in analysis.servers for t in s.tools] == ["a"]
    at = before.index("[a]") + 1
    analysis.change([Change(at, at + 1, "a, b")])
    assert [t.name for s in analysis.servers for t in s.tools] == ["a", "b"]


def test_a_finding_in_a_handler_of_another_file_is_told_where_the_tool_is_declared() -> None:
    files = Files({"server.py": f"{HIGH}import t\nmcp.add_tool(t.f)\n",
                   "t.py": "import os\ndef f(host: str):\n    os.system('ping ' + host)\n"})  # fmt: skip
    source = f"{HIGH}import t\nmcp.add_tool(t.f)\n"
    analysis = Analysis(Document(ROOT + "server.py", source, "python"), modules=files)
    found = [d for d in analysis.diagnostics if d.rule.name == "shell-command-from-argument"]
    assert [(d.uri, d.finding.fix) for d in found] == [("file:///server.py", None)]
    assert source[found[0].finding.place.span.start :].startswith("t.f")  # type: ignore[union-attr]
    assert found[0].finding.related[0].place.uri == "file:///t.py"


CHOSEN = """
from tools import get_tools, hidden

def prepared(less: bool, asked: set):
    every = get_tools(less)
    names = {one.__name__ for one in every}
    left = [one for one in every if one.__name__ not in hidden]
    final = [wrapped(one) if one.__name__ in asked else one for one in left]
    return final, names
"""
GIVEN = """
from reading import look, search

READING = [look, search]
WRITING = (lambda: None,)
hidden = set()

def write(): ...

def get_tools(less):
    tools = list(READING)
    if not less:
        tools.extend([write])
    MORE
    return tools
"""
READING = "def look(): ...\ndef search(): ...\ndef more(): ...\n"
LOOK, SEARCH, WRITE = "look -> look in reading.py", "search -> search in reading.py", "write -> write in tools.py"
MORE = "more -> more in reading.py"


@pytest.mark.parametrize(
    ("loop", "expected"),
    [
        ("final, names = prepared(True, set())\nfor tool in final:\n    mcp.add_tool(tool)", [LOOK, SEARCH, WRITE]),
        ("for tool in prepared(True, set())[0]:\n    mcp.add_tool(tool)", []),
        ("for tool in get_tools(less=False):\n    mcp.tool()(tool)", [LOOK, SEARCH, WRITE]),
        ("def main():\n    tools = [look]\n    tools.append(search)\n    for tool in tools:\n        mcp.add_tool(tool)",
         [LOOK, SEARCH]),
        ("def main():\n    tools = [more]\n    tools += get_tools(1)\n    for tool in tools:\n        mcp.add_tool(tool)",
         [MORE, LOOK, SEARCH, WRITE]),
        ("for tool in ([look] if FEW else [search]):\n    mcp.add_tool(tool)", [LOOK, SEARCH]),
    ],
)  # fmt: skip
def test_a_list_that_functions_put_together(loop: str, expected: list[str]) -> None:
    first = (
        "from chosen import prepared\nfrom tools import get_tools\nfrom reading import look, more, search\n"
        + HIGH
        + loop
    )
    files = {"server.py": first, "chosen.py": CHOSEN, "tools.py": GIVEN.replace("MORE", ""), "reading.py": READING}
    check(files, *expected)


def test_a_list_that_functions_put_together_is_read_again() -> None:
    first = (
        "from chosen import prepared\n" + HIGH + "final, _ = prepared(True, ())\nfor t in final:\n    mcp.add_tool(t)\n"
    )
    files = Files({"server.py": first, "chosen.py": CHOSEN, "tools.py": GIVEN, "reading.py": READING})
    module_of = files.modules["server.py"]
    reading = servers(module_of, modules=files)
    assert shown(reading) == [LOOK, SEARCH, WRITE]
    files.write("tools.py", GIVEN.replace("MORE", "tools.append(more)").replace("search\n\n", "search, more\n\n"))
    reading = servers(module_of, None, reading, files)
    assert shown(reading) == [LOOK, SEARCH, WRITE, MORE]
    files.write("tools.py", GIVEN.replace("[look, search]", "[search]"))
    assert shown(servers(module_of, None, reading, files)) == [SEARCH, WRITE]


def test_prompts_and_resources_that_are_written_out_for_another_file() -> None:
    check(
        {
            "prompts.py": """
            from mcp.types import Prompt, Resource
            PROMPTS = {"a": Prompt(name="a", description="A."), "b": Prompt(name="b", description="B.")}
            RESOURCES = [Resource(uri="notes://all", name="all"), Resource(uri=f"notes://{one}", name=one)]
            def answer(name):
                return Prompt(name="made", description="Made of what was asked for.")
            """,
        },
        "a",
        "b",
        "all",
    )
