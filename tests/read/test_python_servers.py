"""Python source in; the servers, tools, prompts and resources that it declares out, one line for each."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.read import module, servers
from mcp_lsp.read.manifests import Dependencies, Version
from mcp_lsp.syntax import Document, parse
from mcp_lsp_analyzers.model import Parameter, Prompt, Resource, Server, Tool
from mcp_lsp_analyzers.place import Place, Text

V1 = "from mcp.server.fastmcp import FastMCP, Context\nmcp = FastMCP('demo')\n"
V2 = "from mcp.server import MCPServer\nfrom mcp.server.mcpserver import Context\nmcp = MCPServer('demo')\n"
FAST = "from fastmcp import FastMCP, Context\nmcp = FastMCP('demo')\n"
LOW = "from mcp.server import Server\nfrom mcp import types\nserver = Server('low')\n"


def read(source: str, python: str = "", uri: str = "file:///src/a.py") -> tuple[Server, ...]:
    """``python``: what the project depends on: "mcp 1"."""
    words = python.split()
    known = {n: Version(int(v), v, "pyproject.toml") for n, v in zip(words[::2], words[1::2], strict=True)}
    return servers(module(parse(Document(uri, source, "python"))), Dependencies(known, {})).servers


def check(source: str, *expected: str, python: str = "", uri: str = "file:///src/a.py") -> None:
    """Every tool, prompt and resource as a line: name, parameters, description, hints, handler."""
    found = read(textwrap.dedent(source), python, uri)
    assert [shown(x) for s in found for x in (*s.tools, *s.prompts, *s.resources)] == list(expected)


def shown(x: Tool | Prompt | Resource) -> str:
    kind = type(x).__name__.lower()
    name = x.name + ("" if not isinstance(x, Tool) or x.name_complete else "?")
    if isinstance(x, Resource):
        name = f"{x.name} {x.uri.value}" + ("" if x.uri.complete else "?")
    line = f"{kind} {name}({', '.join(parameter(p) for p in x.parameters)}"
    line += ")" if not isinstance(x, Tool) or x.parameters_known else ", ...)"
    if x.title is not None:
        line += f" <{said(x.title)}>"
    if x.description is not None:
        line += f" {said(x.description)!r}"
    if isinstance(x, Tool) and x.annotations is not None:
        hints = ", ".join(f"{h.name}={h.value}" for h in x.annotations.hints)
        line += f" [{hints}{'' if x.annotations.complete else ', ...'}]"
    if x.function is not None:
        line += f" -> {x.function.name}({', '.join(a if a == b else f'{a}={b}' for a, b in x.arguments)})"
    if isinstance(x, Tool) and x.branch:
        line += f" if {', '.join(x.branch)}"
    return line


def said(text: Text) -> str:
    return text.value + ("" if text.complete else "…")


def parameter(p: Parameter) -> str:
    t = p.type
    kind = "|".join(sorted(t.kinds)) if t.choices is None else "|".join(repr(c) for c in t.choices)
    if t.items is not None:
        kind += f" of {'|'.join(sorted(t.items.kinds))}"
    kind += (f":{t.format}" if t.format else "") + (f" /{t.pattern}/" if t.pattern is not None else "")
    line = f"{p.name}{'' if p.required else '?'}: {kind}{' closed' if t.closed and t.choices is None else ''}"
    return line + (f" {said(p.description)!r}" if p.description is not None else "")


# ---------------------------------------------------------------- decorators


@pytest.mark.parametrize(
    ("decorated", "expected"),
    [
        ("@mcp.tool()\ndef a(): 'D'", "tool a() 'D' -> a()"),
        ("@mcp.tool\nasync def a(): ...", "tool a() -> a()"),
        ("@mcp.tool('b')\ndef a(): ...", "tool b() -> a()"),
        ("@mcp.tool(name='b', title='T', description='D')\ndef a(): 'x'", "tool b() <T> 'D' -> a()"),
        ("@other\n@mcp.tool()\n@retry(3)\ndef a(): ...", "tool a() -> a()"),
        ("mcp.tool()(a)\ndef a(): ...", "tool a() -> a()"),
        ("mcp.tool(name='b')(a)\ndef a(): ...", "tool b() -> a()"),
        ("mcp.tool(lambda x: x, name='b')", "tool b(x: any) -> (x)"),
        ("from .x import a\nmcp.tool(a, name='b')", "tool b(, ...)"),
        ("from . import x\nmcp.tool()(x.search)", "tool search(, ...)"),
        ("def a(): ...\nmcp.add_tool(a, name='b')", "tool b() -> a()"),
        (
            "def a(): ...\nfrom fastmcp.tools import Tool\nmcp.add_tool(Tool.from_function(a, name='b'))",
            "tool b() -> a()",
        ),
        ("def a(): ...\nt = Tool.from_function(a, name='b')\nmcp.add_tool(t)", "tool b() -> a()"),
        ("def a(): ...\nm2 = FastMCP('x', tools=[a])", "tool a() -> a()"),
        ("from fastmcp.tools import tool\n@tool\ndef a(): ...", "tool a() -> a()"),
        ("from fastmcp.tools import tool\n@tool('b')\ndef a(): ...\nmcp.add_tool(a)", "tool b() -> a()"),
        ("class K:\n  def m(self, x): ...\nk = K()\nmcp.add_tool(k.m)", "tool m(x: any) -> m(x)"),
        ("if flag:\n  @mcp.tool()\n  def a(): ...", "tool a() -> a()"),
        ("try:\n  @mcp.tool()\n  def a(): ...\nexcept E: pass", "tool a() -> a()"),
        (
            "from functools import partial\ndef a(x): ...\nmcp.tool(partial(a, 1), name='b')",
            "tool b(x: any, ...) -> a(x)",
        ),
        ("def reg(f): return f\nmcp.tool()(reg)", "tool reg(f: any) -> reg(f)"),
        ("@mcp.prompt()\ndef p(topic: str): 'D'", "prompt p(topic: string) 'D' -> p(topic)"),
        ("@mcp.prompt('q', description='D')\ndef p(): ...", "prompt q() 'D' -> p()"),
        ("def p(x): ...\nmcp.add_prompt(Prompt.from_function(p, name='q'))", "prompt q(x: any) -> p(x)"),
        ("@mcp.resource('a://b')\ndef r(): 'D'", "resource r a://b() 'D' -> r()"),
        (
            "@mcp.resource('a://{x}/{y*}{?z}', name='n')\ndef r(x: str, y, z='1'): ...",
            "resource n a://{x}/{y*}{?z}(x: string, y: any, z?: any) -> r(x, y, z)",
        ),
        ("from x import TextResource\nmcp.add_resource(TextResource(uri='a://b', name='n'))", "resource n a://b()"),
    ],
)
def test_registrations(decorated: str, expected: str) -> None:
    check(FAST + decorated, expected)


def test_loops_over_what_is_written_out() -> None:
    check(
        FAST + "def a(): ...\ndef b(): ...\nfor fn in (a, b):\n  mcp.add_tool(fn)\n",
        "tool a() -> a()", "tool b() -> b()",
    )  # fmt: skip
    check(
        FAST + "def a(): ...\ndef b(): ...\nALL = [a, b]\ndef main():\n  for fn in ALL:\n    mcp.tool()(fn)\n",
        "tool a() -> a()", "tool b() -> b()",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("get_it.__name__", "get_it"),
        ("f'my_{get_it.__name__}'", "my_get_it"),
        ("get_it.__name__.replace('_', '-')", "get-it"),
        ("get_it.__name__.removeprefix('get_').upper()", "IT"),
        ("get_it.__name__.replace(A, B)", "get_it?"),
        ("'get_it'.replace('_')", "get_it?"),
    ],
)
def test_names_made_of_the_name_of_a_function(name: str, expected: str) -> None:
    source = f"{FAST}def get_it(): ...\n"
    check(f"{source}mcp.tool(name={name})(get_it)\n", f"tool {expected}() -> get_it()")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def register(add_tool):\n    add_tool(a, name='b')", ["tool b() -> a()"]),
        ("add_tool = mcp.add_tool\nadd_tool(a)", ["tool a() -> a()"]),
        ("def register(add_tool):\n    add_tool(load(1))", []),
        ("def add_tool(f): ...\nadd_tool(a)", []),
        ("def register(append):\n    append(a)", []),
    ],
)
def test_methods_of_a_server_that_are_handed_over(source: str, expected: list[str]) -> None:
    check(f"{FAST}def a(): ...\n{source}\n", *expected)


def test_names_made_of_the_names_of_functions_in_a_loop() -> None:
    check(
        FAST + "def a(): ...\ndef b(): ...\nfor fn in (a, b):\n  mcp.tool(name=fn.__name__)(fn)\n",
        "tool a() -> a()", "tool b() -> b()",
    )  # fmt: skip


# ---------------------------------------------------------------- which server


SERVERS = """\
from mcp.server.fastmcp import FastMCP
x = FastMCP('n')
@x.tool()
def a(): ...
---
import mcp.server.fastmcp as m
x = m.FastMCP('n')
@x.tool()
def a(): ...
---
try:
  from fastmcp import FastMCP
except ImportError:
  from mcp.server.fastmcp import FastMCP
x = FastMCP('n')
@x.tool
def a(): ...
---
from fastmcp import FastMCP
x: FastMCP = FastMCP(name='n')
@x.tool
def a(): ...
---
from fastmcp import FastMCP
x = FastMCP[State]('n')
@x.tool
def a(): ...
---
from fastmcp import FastMCP
def build():
  s = FastMCP('n')
  @s.tool
  def a(): ...
  return s
---
from fastmcp import FastMCP
def build():
  s = FastMCP('n')
  return s
app = build()
@app.tool
def a(): ...
---
from fastmcp import FastMCP
async def build():
  return FastMCP('n')
async def main():
  s = await build()
  @s.tool
  def a(): ...
---
from fastmcp import FastMCP
class K:
  def __init__(self):
    self.mcp = FastMCP('n')
    self.go()
  def go(self):
    @self.mcp.tool()
    def a(): ...
---
from fastmcp import FastMCP
class K(FastMCP):
  def go(self):
    def a(): ...
    self.tool(a)
---
from fastmcp import FastMCP
class K(FastMCP):
  def __init__(self):
    self.tool(self.a)
  def a(self): ...
server = K('n')
---
from fastmcp import FastMCP
x = FastMCP('n')
def register(mcp):
  @mcp.tool()
  def a(): ...
register(x)
---
from fastmcp import FastMCP
def register(host: FastMCP):
  @host.tool()
  def a(): ...
---
from fastmcp import FastMCP
def register(host: 'FastMCP | None'):
  @host.tool()
  def a(): ...
---
def register_tools(mcp):
  @mcp.tool()
  def a(): ...
---
from .server import mcp
@mcp.tool()
def a(): ...
---
from ..app import jira_mcp
@jira_mcp.tool
def a(): ...
---
import mcp
from .app import server
@server.tool()
def a(): ...
---
from fastmcp import FastMCP
from . import base
@base.mcp.tool
def a(): ...
---
from mcp.server.mcpserver import MCPServer
def make(ns=''):
  m = MCPServer('n', lifespan=life)
  @m.tool()
  @reports
  def a(): ...
  return m
---
from acme_mcp import AcmeMCPServer
x = AcmeMCPServer('n')
@x.tool()
def a(): ...
---
def main():
  global mcp
  from fastmcp import FastMCP
  mcp = FastMCP('n')
  @mcp.tool
  def a(): ...
"""


@pytest.mark.parametrize("source", SERVERS.split("---\n"))
def test_a_server_is_known_however_it_gets_there(source: str) -> None:
    found = read(source)
    assert [tool.name for server in found for tool in server.tools] == ["a"]
    assert len([server for server in found if server.tools]) == 1


LOOK_ALIKES = """\
from langchain_core.tools import tool
@tool
def a(): ...
---
from pydantic_ai import Agent
agent = Agent('m')
@agent.tool
def a(ctx): ...
@agent.tool_plain
def b(): ...
---
import mcp
from pydantic_ai import Agent
server = Agent('m')
@server.tool
def a(ctx): ...
---
from mcp import ClientSession
from .agents import my_agent
@my_agent.tool
def a(): ...
---
from smolagents import tool
import mcp
@tool
def a(): ...
---
import pytest
@pytest.fixture
def tool(): ...
@pytest.mark.tool
def a(): ...
---
import click
@click.group()
def app(): ...
@app.command()
def tool(): ...
---
import mcp
class Fake:
  def tool(self):
    return lambda f: f
mcp_fake = Fake()
@mcp_fake.tool()
def a(): ...
---
from flask import Flask
import mcp
app = Flask(__name__)
@app.tool('/x')
def a(): ...
---
from mcp import ClientSession
async def main(session):
  tools = await session.list_tools()
  return await session.call_tool('a', {})
---
from langchain.tools import Tool
t = Tool(name='a', description='b', func=print)
---
TOOLS = [{'name': 'a', 'description': 'b', 'input_schema': {'type': 'object'}}]
---
from mcp import types
def convert(t):
  return types.Tool(name=t['name'], inputSchema=t['schema'])
---
class registry:
  def tool(f): return f
@registry.tool
def a(): ...
---
def tool(f): return f
@tool
def a(): ...
---
x = 1
x.tool(lambda: 1)
"""


@pytest.mark.parametrize("source", LOOK_ALIKES.split("---\n"))
def test_what_only_looks_like_a_tool(source: str) -> None:
    assert [tool.name for server in read(source, "mcp 1") for tool in server.tools] == []


def test_values_of_the_protocol_in_a_test_are_no_declarations() -> None:
    source = "from mcp import types\nT = types.Tool(name='a', inputSchema={})\n"
    assert [tool.name for s in read(source) for tool in s.tools] == ["a"]
    assert read(source, uri="file:///tests/test_client.py") == ()


@pytest.mark.parametrize(
    ("source", "python", "expected"),
    [
        (V1, "", ("demo", "mcp 1 high imports")),
        (V1, "mcp 2", ("demo", "mcp 2 high pyproject.toml")),
        (V2, "", ("demo", "mcp 2 high imports")),
        (FAST, "", ("demo", "fastmcp high imports")),
        (FAST, "fastmcp 3 mcp 1", ("demo", "fastmcp 3 high pyproject.toml")),
        ("# /// script\n# dependencies = ['fastmcp>=2,<3']\n# ///\n" + FAST, "", ("demo", "fastmcp 2 high script")),
        (LOW + "@server.list_tools()\nasync def f(): ...", "", ("low", "mcp 1 low imports")),
        (
            "from mcp.server.lowlevel import Server\nserver = Server('low', on_list_tools=f)\n",
            "",
            ("low", "mcp 2 low imports"),
        ),
        ("def register(mcp):\n  @mcp.tool\n  def a(): ...", "fastmcp 4", ("mcp", "fastmcp 4 high pyproject.toml")),
        ("from mcp.server import FastMCP\nthing = FastMCP()\n", "", ("thing", "mcp 1 high imports")),
    ],
)
def test_sdks(source: str, python: str, expected: tuple[str, str]) -> None:
    (server,) = read(source, python)
    assert (server.name, f"{server.sdk} {server.sdk.api} {server.sdk.evidence}") == expected


def test_a_server_whose_decorator_is_exchanged_has_ways_of_its_own() -> None:
    source = f"{V1}mcp.tool = checked(mcp.tool)\n@mcp.tool(permission='read')\ndef a(): ...\n"
    assert [server.heir for server in read(source)] == [True]
    assert [server.heir for server in read(source.replace("mcp.tool = ", "tool = "))] == [False]


@pytest.mark.parametrize(
    "source",
    [
        "from acme_mcp import MCPApp\napp = MCPApp('a')\n@app.tool\ndef a(): ...",
        "from acme_mcp.server import MCPServer\napp = MCPServer('a')\n@app.tool\ndef a(): ...",
        "import acme_mcp\ndef make(app: acme_mcp.MCPApp):\n  @app.tool\n  def a(): ...",
        "import acme_mcp\nx = y = acme_mcp.MCPApp('a')\n@x.tool\ndef a(): ...",
    ],
)
def test_servers_of_other_packages_follow_no_version_of_an_sdk(source: str) -> None:
    (server,) = read(source, "mcp 1")
    assert [tool.name for tool in server.tools] == ["a"]
    assert server.sdk.family == "unknown"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from mcp.server.fastmcp import FastMCP\nm = FastMCP('n', 'Be nice')", "Be nice"),
        ("from mcp.server import MCPServer\nm = MCPServer('n', 'A title')", None),
        ("from mcp.server import MCPServer\nm = MCPServer('n', 'T', 'D', 'Be nice')", "Be nice"),
        ("from fastmcp import FastMCP\nX = '''\\\n a\n'''\nm = FastMCP('n', instructions=X.strip())", "a"),
        ("from mcp.server import Server\nm = Server('n', instructions='I' + 'J')", "IJ"),
    ],
)
def test_instructions(source: str, expected: str | None) -> None:
    (server,) = read(source)
    assert (server.instructions and server.instructions.value) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("mcp.run()", {"stdio"}),
        ("if __name__ == '__main__':\n  mcp.run(transport='sse')", {"sse"}),
        (
            "def main(t='http'):\n  if t:\n    mcp.run('streamable-http')\n  else:\n    mcp.run()",
            {"streamable-http", "stdio"},
        ),
        ("mcp.run(transport=os.environ.get('T', 'stdio'))", {"stdio"}),
        ("mcp.run(transport=args.transport)", set()),
        ("asyncio.run(mcp.run_async(transport='http'))", {"streamable-http"}),
        ("anyio.run(mcp.run_stdio_async)", {"stdio"}),
        ("app = mcp.http_app()\napp2 = mcp.sse_app()", {"streamable-http", "sse"}),
        ("subprocess.run(['a'])", set()),
    ],
)
def test_transports(source: str, expected: set[str]) -> None:
    (server,) = read(FAST + source)
    assert server.transports == expected


def test_transport_of_a_low_level_server() -> None:
    source = LOW + "async def main():\n  async with stdio_server() as (r, w):\n    await server.run(r, w, o)\n"
    assert read("from mcp.server.stdio import stdio_server\n" + source)[0].transports == {"stdio"}


# ---------------------------------------------------------------- names and texts


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("class N(str, Enum):\n  A = 'aa'\n@mcp.tool(name=N.A.value)\ndef f(): ...", "tool aa() -> f()"),
        ("class N:\n  A = 'aa'\n@mcp.tool(name=N.A)\ndef f(): ...", "tool aa() -> f()"),
        ("P = 'x_'\n@mcp.tool(name=P + 'a')\ndef f(): ...", "tool x_a() -> f()"),
        ("P = 'x_'\n@mcp.tool(name=f'{P}a')\ndef f(): ...", "tool x_a() -> f()"),
        ("def make(ns: str = ''):\n  @mcp.tool(name=ns + 'a')\n  def f(): ...", "tool a?() -> f()"),
        ("@mcp.tool(name=config.name)\ndef f(): ...", "tool f?() -> f()"),
        ("@mcp.tool(**config)\ndef f(): ...", "tool f?() -> f()"),
        ("M = {'name': 'a', 'description': 'D'}\n@mcp.tool(**M)\ndef f(): ...", "tool a() 'D' -> f()"),
        ("D = {'a': 'one'}\n@mcp.tool(description=D['a'])\ndef f(): ...", "tool f() 'one' -> f()"),
        ("@mcp.tool(description=settings.text)\ndef f(): 'doc'", "tool f() '…' -> f()"),
        ("@mcp.tool(description=f'a {x} b')\ndef f(): ...", "tool f() 'a  b…' -> f()"),
        ("@mcp.tool(description=dedent('''\\\n    a\n      b'''))\ndef f(): ...", "tool f() 'a\\n  b' -> f()"),
        ("@mcp.tool(description='{} b'.format(x))\ndef f(): ...", "tool f() '{} b…' -> f()"),
        ("@mcp.tool(description=', '.join(['a', 'b']))\ndef f(): ...", "tool f() 'a, b' -> f()"),
        ("def g(): 'G'\n@mcp.tool(description=g.__doc__)\ndef f(): ...", "tool f() 'G' -> f()"),
        ("@mcp.tool(description=None)\ndef f(): 'doc'", "tool f() 'doc' -> f()"),
        ("@mcp.tool()\ndef f():\n  f'no doc'", "tool f() -> f()"),
        ("@mcp.tool(annotations={'readOnlyHint': True})\ndef f(): ...", "tool f() [readOnlyHint=True] -> f()"),
        (
            "R = ToolAnnotations(title='T', destructiveHint=False)\n@mcp.tool(annotations=R)\ndef f(): ...",
            "tool f() [title=T, destructiveHint=False] -> f()",
        ),
        (
            "def w(d=True): return ToolAnnotations(destructiveHint=d)\n@mcp.tool(annotations=w(d=False))\ndef f(): ...",
            "tool f() [destructiveHint=False] -> f()",
        ),
        ("@mcp.tool(annotations=make())\ndef f(): ...", "tool f() [, ...] -> f()"),
        (
            "def add(a):\n  hints = None\n  if a:\n    hints = {'readOnlyHint': a}\n  @mcp.tool(annotations=hints)\n  def f(): ...",
            "tool f() [, ...] -> f()",
        ),
        ("@mcp.tool(annotations=ToolAnnotations(**x))\ndef f(): ...", "tool f() [, ...] -> f()"),
    ],
)
def test_names_and_texts(source: str, expected: str) -> None:
    check(V1 + source, expected)


def test_hints_are_named_as_they_go_over_the_wire() -> None:
    source = "@mcp.tool(annotations=ToolAnnotations(read_only_hint=True))\ndef f(): ..."
    check(V2 + source, "tool f() [readOnlyHint=True] -> f()")
    # The first version passes an unknown spelling through.
    check(V1 + source, "tool f() [read_only_hint=True] -> f()")


DOCUMENTED = '''
@mcp.tool()
def f(path: str, depth: int = 1, mode: str = "x"):
    """Walk a tree.

    More of it.

    Args:
        path: where to
            begin
        depth (int): how far

    Returns:
        everything
    """
'''


@pytest.mark.parametrize(
    ("sdk", "python", "expected"),
    [
        (V1, "", ["    Args:\n        path", None, None, None]),
        (FAST, "fastmcp 2", ["Args:\n    path: where", None, None, None]),
        (FAST, "fastmcp 3", ["Walk a tree.\n\nMore of it.", "where to\nbegin", "how far", None]),
        (FAST, "fastmcp 4", ["Walk a tree.\n\nMore of it.", "where to\nbegin", "how far", None]),
    ],
)
def test_docstrings_by_sdk(sdk: str, python: str, expected: list[str | None]) -> None:
    source = sdk + DOCUMENTED
    ((server),) = read(source, python)
    (tool,) = server.tools
    assert tool.description is not None
    if python in ("fastmcp 3", "fastmcp 4"):
        assert tool.description.value == expected[0]
    else:
        assert str(expected[0]) in tool.description.value
    assert [p.description and p.description.value for p in tool.parameters] == expected[1:]
    for text in (tool.description, *(p.description for p in tool.parameters)):
        if text is not None:
            spelled(text, source)


@pytest.mark.parametrize(
    ("doc", "expected"),
    [
        (
            "Do.\n\n    Parameters\n    ----------\n    a : int\n        one\n        two\n    b\n        three\n",
            "one\ntwo|three",
        ),
        ("Do.\n\n    :param a: one\n      two\n    :param str b: three\n    :returns: x\n", "one\ntwo|three"),
        ("Do.\n\n    Args:\n        a: one\n\n        b: three\n    ", "one|three"),
    ],
)
def test_docstring_styles(doc: str, expected: str) -> None:
    source = FAST + f'@mcp.tool\ndef f(a, b):\n    """{doc}"""\n'
    (tool,) = read(source, "fastmcp 4")[0].tools
    assert tool.description is not None
    assert tool.description.value == "Do."
    assert "|".join(p.description.value for p in tool.parameters if p.description) == expected


# ---------------------------------------------------------------- parameters


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("a, b: str, c: int = 1", "a: any, b: string, c?: integer closed"),
        ("d: bool | None = None", "d?: boolean|null closed"),
        ("a: list[str], b: dict, c: Optional[float]", "a: array of string, b: object, c: null|number closed"),
        ("a: Literal['x', 'y'] = 'x', b: Literal[1, None] = 1", "a?: 'x'|'y', b?: '1'|'None'"),
        ("a: Color, b: Path, c: bytes", "a: 'red'|'2', b: string:path, c: string:bytes"),
        ("d: UUID, e: AnyUrl", "d: string:uuid closed, e: string:uri"),
        ("a: Annotated[str, Field(description='A', pattern='^x$')]", "a: string /^x$/ 'A'"),
        ("a: str = Field(description='A'), b: int = Field(default=3, ge=1)", "a: string 'A', b?: integer closed"),
        ("a: str = Field(..., description='A' 'B')", "a: string 'AB'"),
        ("a: Named, b: 'Named | None' = None", "a: string 'a name', b?: null|string 'a name'"),
        ("ctx: Context, a: str", "a: string"),
        ("a: str, ctx: Context | None = None", "a: string"),
        ("a: str, ctx: 'Context[S, T]' = None", "a: string"),
        ("ctx", "ctx: any"),
        ("a: str, db=Depends(get_db)", "a: string"),
        ("a: Annotated[str, Resolve(x)], b: str", "b: string"),
        ("a: Model", "a: object"),
        ("*, a: str", "a: string"),
        ("a: Unknown = None", "a?: any"),
    ],
)  # fmt: skip
def test_parameters(parameters: str, expected: str) -> None:
    source = (
        "class Color(str, Enum):\n  RED = 'red'\n  B = 2\n"
        "Named = Annotated[str, Field(description='a name')]\nclass Model(BaseModel):\n  x: int\n"
    )
    (tool,) = read(V1 + source + f"@mcp.tool()\ndef f({parameters}): ...")[0].tools
    assert ", ".join(parameter(p) for p in tool.parameters) == expected


def test_a_plain_text_in_annotated_describes_in_fastmcp_only() -> None:
    source = "@mcp.tool()\ndef f(a: Annotated[str, 'text']): ..."
    check(FAST + source, "tool f(a: string 'text') -> f(a)")
    check(V1 + source, "tool f(a: string) -> f(a)")


def test_a_context_of_the_other_sdk_is_an_argument() -> None:
    source = V1.replace(", Context", "") + "from fastmcp import Context\n@mcp.tool()\ndef f(c: Context): ..."
    check(source, "tool f(c: any) -> f(c)", python="mcp 1")


def test_self_is_an_argument_where_the_sdk_takes_it_for_one() -> None:
    source = "class K:\n  @mcp.tool()\n  def f(self, a): ...\n  @mcp.tool()\n  @staticmethod\n  def g(a): ..."
    check(V1 + source, "tool f(self: any, a: any) -> f(self, a)", "tool g(a: any) -> g(a)")
    check(FAST + source, "tool f(a: any) -> f(a)", "tool g(a: any) -> g(a)")


def test_further_texts_that_a_model_reads() -> None:
    source = V1 + textwrap.dedent(
        '''
        class Kind(Enum):
            A = "alpha"
        class Inner(BaseModel):
            """About inner."""
            q: Annotated[str, Field(description="deep", title="Q")] = "z"
            k: Kind = Kind.A
        @mcp.tool()
        def f(m: Inner, s: str = "dflt", l: Literal["one"] = "one"): ...
        '''
    )
    (tool,) = read(source)[0].tools
    texts = {text.value: text.role for p in tool.parameters for text in p.texts}
    assert texts == {
        "About inner.": "parameter description",
        "deep": "parameter description",
        "Q": "parameter title",
        "z": "default value",
        "alpha": "enum value",
        "dflt": "default value",
        "one": "enum value",
    } | {"one": texts["one"]}
    for p in tool.parameters:
        for text in p.texts:
            spelled(text, source)


# ---------------------------------------------------------------- low-level servers


def test_low_level_version_1() -> None:
    check(
        LOW
        + textwrap.dedent(
            """
            class Names(str, Enum):
                B = "bb"
            EXTRA = [types.Tool(name="c", description="C", inputSchema={"type": "object"})]
            class Args(BaseModel):
                path: Annotated[str, Field(description="where")]
            SCHEMAS = {"d": "about d", "e": "about e"}
            @server.list_tools()
            async def list_tools():
                more = [types.Tool(name=n, description=d, inputSchema={}) for n, d in SCHEMAS.items()]
                return [
                    types.Tool(
                        name="a", description="A",
                        inputSchema={
                            "type": "object",
                            "properties": {
                                "x": {"type": "string", "description": "an x", "enum": ["p", "q"]},
                                "n": {"type": ["integer", "null"], "default": 3},
                                "l": {"type": "array", "items": {"type": "string", "format": "uri"}},
                            },
                            "required": ["x"],
                        },
                        annotations=types.ToolAnnotations(readOnlyHint=True),
                    ),
                    types.Tool(name=Names.B, inputSchema=Args.model_json_schema()),
                    *EXTRA,
                    *more,
                ]
            @server.call_tool()
            async def call(name: str, arguments: dict): ...
            @server.list_prompts()
            async def prompts():
                return [types.Prompt(name="p", description="P", arguments=[
                    types.PromptArgument(name="t", description="T", required=True)])]
            @server.get_prompt()
            async def get(name, arguments): ...
            @server.list_resources()
            async def resources():
                return [types.Resource(uri=AnyUrl("a://b"), name="r"), types.Resource(uri=make(), name="x")]
            @server.read_resource()
            async def read(uri): ...
            """
        ),
        "tool c() 'C' -> call(arguments=*, name=) if c",
        "tool d() 'about d' -> call(arguments=*, name=) if d",
        "tool e() 'about e' -> call(arguments=*, name=) if e",
        "tool a(x: 'p'|'q' 'an x', n?: integer|null closed, l?: array of string) 'A' [readOnlyHint=True]"
        " -> call(arguments=*, name=) if a",
        "tool bb(path: string 'where') -> call(arguments=*, name=) if bb",
        "prompt p(t: any 'T') 'P' -> get(arguments=*, name=)",
        "resource r a://b() -> read(uri=*)",
    )


def test_low_level_version_2() -> None:
    check(
        """
        from mcp.server.lowlevel import Server
        import mcp_types as types
        async def listed(ctx, params):
            return types.ListToolsResult(tools=[types.Tool(name="a", input_schema={"type": "object"})])
        async def called(ctx, params): ...
        server = Server("low", on_list_tools=listed, on_call_tool=called)
        """,
        "tool a() -> called(params.arguments=*, params.name=) if a",
    )


def test_low_level_handlers_by_request() -> None:
    check(
        LOW
        + textwrap.dedent(
            """
            async def listed(r): return [types.Tool(name="a", inputSchema={})]
            async def called(r): ...
            server.request_handlers[types.ListToolsRequest] = listed
            server.request_handlers[types.CallToolRequest] = called
            """
        ),
        "tool a() -> called(r.params.arguments=*, r.params.name=) if a",
    )


def test_a_class_for_each_tool() -> None:
    check(
        """
        from mcp.types import Tool
        class Handler:
            def __init__(self, tool_name):
                self.name = tool_name
        PING = "ping"
        class Ping(Handler):
            def __init__(self):
                super().__init__(PING)
            def describe(self):
                return Tool(name=self.name, description="D", inputSchema={"type": "object"})
            def run_tool(self, args): ...
        """,
        "tool ping() 'D' -> run_tool(args=*) if ping",
    )


def test_tables_of_the_protocol_in_dictionaries() -> None:
    check(
        """
        import mcp
        TOOLS = [
            {"name": "a", "description": "A", "inputSchema": {"properties": {"x": {"type": "string"}}}},
        ]
        """,
        "tool a(x?: string) 'A' if a",
    )


# ---------------------------------------------------------------- home-made decorators


HELPERS = """\
def my_tool(name, **kw):
  return mcp.tool(name=name, description='D', **kw)
@my_tool('a')
---
def my_tool(name):
  def deco(fn):
    @wraps(fn)
    def w(*a, **k): return fn(*a, **k)
    mcp.tool(name=name, description='D')(w)
    return fn
  return deco
@my_tool(name='a')
---
class Registry:
  def __init__(self, server: FastMCP): self.server = server
  def reader(self, title): return self._add(title, True)
  def _add(self, title, ro):
    def deco(fn):
      return self.server.tool(name=title, description='D')(fn)
    return deco
registry = Registry(mcp)
@registry.reader('a')
---
def add(fn=None, *, name=None):
  mcp.add_tool(fn, name=name, description='D')
  return fn
@add(name='a')
"""


@pytest.mark.parametrize("helper", HELPERS.split("---\n"))
def test_home_made_decorators(helper: str) -> None:
    check(FAST + helper.strip() + "\ndef f(x: str): ...", "tool a(x: string) 'D' -> f(x)")


def test_decorators_of_other_files_that_make_tools() -> None:
    check(
        "import mcp\nfrom .definitions import acme_mcp_tool\n@acme_mcp_tool(description='D')\ndef f(): ...",
        "tool f() 'D' -> f()",
    )
    check(
        "import mcp\nfrom .definitions import acme_mcp_prompt\n@acme_mcp_prompt(description='D')\ndef f(): ...",
        "prompt f() 'D' -> f()",
    )
    check(
        "from .audit import audited_tool\nclass K:\n  def __init__(self, mcp):\n"
        "    audited_tool(mcp, 'create')(self.create)\n  def create(self, x: str): ...",
        "tool create(x: string) -> create(x)",
    )


# ---------------------------------------------------------------- places


def spelled(text: Text, source: str) -> None:
    """Every piece of a text that maps character for character is what stands in the source."""
    assert text.pieces
    for piece in text.pieces:
        span = piece.place.span
        assert span is not None
        if span.end - span.start == piece.end - piece.start:
            assert source[span.start : span.end] == text.value[piece.start : piece.end]


def test_places() -> None:
    source = textwrap.dedent(
        '''
        # é
        from fastmcp import FastMCP
        server = FastMCP("né", instructions="be nice")

        @server.tool("p-name", annotations={"readOnlyHint": True})
        async def ping(host: Annotated[str, Field(description="the host")], n=1) -> str:
            """Ping é a host.

            Args:
                n: how often
            """
            return ""

        @server.resource("a://{x}")
        def r(x): ...
        '''
    )
    (server,) = read(source, "fastmcp 4")
    (tool,), (resource,) = server.tools, server.resources

    def at(place: Place | None) -> tuple[str, str]:
        assert place is not None
        span = place.span
        assert span is not None
        return place.pointer, source[span.start : span.end]

    assert at(server.place) == ("/serverInfo/name", '"né"')
    assert at(server.instructions and server.instructions.place) == ("/instructions", '"be nice"')
    assert at(tool.place) == ("/tools/p-name", '"p-name"')
    assert at(tool.declared)[1].startswith("@server.tool(")
    assert at(tool.declared)[1].endswith("n=1) -> str:")
    host, n = tool.parameters
    below = "/tools/p-name/inputSchema/properties"
    assert at(host.place) == (f"{below}/host", "host")
    assert at(host.description and host.description.place) == (f"{below}/host/description", '"the host"')
    assert tool.description is not None
    assert at(tool.description.at(5, 6)) == ("/tools/p-name/description", "é")
    assert n.description is not None
    assert at(n.description.at(0, 3)) == (f"{below}/n/description", "how")
    assert tool.annotations is not None
    assert at(tool.annotations.hints[0].place) == ("/tools/p-name/annotations/readOnlyHint", '"readOnlyHint"')
    assert at(resource.place) == ("/resources/r", "r")
    assert at(resource.uri.place) == ("/resources/r/uri", '"a://{x}"')
    for text in (tool.description, host.description, n.description, resource.uri, server.instructions):
        assert text is not None
        spelled(text, source)


def test_what_cannot_be_read_is_said() -> None:
    (server,) = read(FAST + "for t in load():\n  mcp.add_tool(t)\nmcp.tool(name=load())(load)\n")
    assert not server.tools
    assert {why for _, why in server.unread} == {
        "what is added as a tool here is only known at run time",
        "the name of this tool is only known at run time",
    }


# ---------------------------------------------------------------- code that is read more than once


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "def add(server, fn):\n    server.add_tool(fn)\nadd(mcp, a)\nadd(mcp, b)",
            ["tool a() -> a()", "tool b() -> b()"],
        ),
        (
            "def add(fn, *, name):\n    mcp.tool(name=name)(fn)\nfor f in [a, b]:\n    add(f, name='x')",
            ["tool x() -> a()", "tool x() -> b()"],
        ),
        (
            "def add(word):\n    @mcp.resource(f'word://{word}')\n    def read(): ...\nfor w in ['x', 'y']:\n    add(w)",
            ["resource read word://x() -> read()", "resource read word://y() -> read()"],
        ),
        (
            "def everything(server):\n    @server.tool()\n    def c(): ...\neverything(mcp)",
            ["tool c() -> c()"],
        ),
        (
            "def outer(fns):\n    for f in fns:\n        inner(f)\ndef inner(f):\n    mcp.add_tool(f)\nouter([a, b])",
            ["tool a() -> a()", "tool b() -> b()"],
        ),
        ("def add(f):\n    add(f)\n    mcp.add_tool(f)\nadd(a)", ["tool a() -> a()"]),
        ("for i in range(2):\n    mcp.add_tool(a, name=f't{i}')", ["tool t0() -> a()", "tool t1() -> a()"]),
        ("for i in range(n):\n    mcp.add_tool(a, name=f't{i}')", ["tool t?() -> a()"]),
    ],
)
def test_functions_that_register_what_they_are_given(source: str, expected: list[str]) -> None:
    check(f"{V1}def a(): ...\ndef b(): ...\n{source}\n", *expected)


@pytest.mark.parametrize(
    ("tools", "said"),
    [
        ("[convert(tool) for tool in made]", ["the tools listed here are only made when the server runs"]),
        ("[types.Tool(name=name, inputSchema={}) for name in names]", []),
        ("load()", []),
    ],
)
def test_tools_that_a_package_makes_are_said_to_be_unread(tools: str, said: list[str]) -> None:
    source = f"""\
from adk.tools import FunctionTool, convert
from mcp import types
from mcp.server.lowlevel import Server
from .tools import load

made = [FunctionTool(run)]
listed = {tools}
app = Server("x")

@app.list_tools()
async def list_tools():
    return listed
"""
    assert [why for server in read(source) for _, why in server.unread] == said


def test_a_class_of_another_library_is_no_server() -> None:
    assert not read("from deepeval.test_case import MCPServer\nserver = MCPServer(name='x', available_tools=[])\n")


def test_what_is_added_by_a_function_is_said_to_be_unread_only_where_nobody_calls_it() -> None:
    helper = f"{V1}def a(): ...\ndef add(f):\n    mcp.add_tool(f)\n"
    assert [why for s in read(helper) for _, why in s.unread] == [
        "what is added as a tool here is only known at run time"
    ]
    assert [why for s in read(helper + "add(a)\n") for _, why in s.unread] == []


def test_a_low_level_server_that_a_function_returns() -> None:
    check(
        "from mcp.server.lowlevel import Server\nimport mcp.types as types\n"
        "ALL = [types.Prompt(name='greet', description='D')]\n"
        "def build():\n    async def lp(ctx, params): return types.ListPromptsResult(prompts=ALL)\n"
        "    async def gp(ctx, params): ...\n    return Server('x', on_list_prompts=lp, on_get_prompt=gp)\n",
        "prompt greet() 'D' -> gp(params.arguments=*, params.name=)",
    )


def test_a_list_of_definitions_of_the_project_s_own_class() -> None:
    source = (
        "from .definitions import ToolDefinition\ndef make(config):\n    def build(target: str): ...\n"
        "    return [ToolDefinition(fn=build, description='Build.'), ToolDefinition(fn=other, description='D')]\n"
    )
    check(source, "tool build(target: string) 'Build.' -> build(target)", python="mcp 1")
    check(source)
    check(source.replace(".definitions", "langchain.tools"), python="mcp 1")


def test_a_decorator_kept_under_a_name() -> None:
    check(
        """
        from mcp.server.fastmcp import FastMCP

        class Runner:
            def __init__(self):
                self.app = FastMCP("runner")
                as_tool = self.app.tool(name="run_it")

                @as_tool
                def run(command: str) -> str:
                    "Runs it."
                    return command
        """,
        "tool run_it(command: string) 'Runs it.' -> run(command)",
    )
