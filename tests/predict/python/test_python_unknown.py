"""What the source of a Python server does not tell is marked with its place and a reason, and never guessed."""

from __future__ import annotations

from typing import Any

import pytest

from mcp_lsp import read, syntax
from mcp_lsp.predict import Sources, definition, listing
from mcp_lsp.read.manifests import Dependencies, Version
from mcp_lsp_analyzers.definition import Definition

HEAD = "from mcp.server.fastmcp import FastMCP\nfrom pydantic import BaseModel, Field\n\nmcp = FastMCP('m')\n"


def check(source: str, head: str = HEAD, package: str = "mcp", major: int = 1, version: str = "") -> Definition:
    """The first tool of a server."""
    document = syntax.Document("file:///server.py", head + source, "python")
    dependencies = Dependencies({package: Version(major, version or str(major), "uv.lock")}, {})
    server = read.servers(read.module(syntax.parse(document)), dependencies).servers[0]
    return definition(server.tools[0], server, Sources(dependencies))


def unknown(found: Definition) -> dict[str, str]:
    return {one.pointer: one.reason for one in found.unknown}


OPEN = {"/inputSchema/$defs/*": "a type that is not known may have definitions"}


def test_the_decorator_called_on_a_function_hides_nothing() -> None:
    loop = "def f(a: int) -> str: ...\ndef register(mcp: FastMCP):\n    for fn in (f,):\n        "
    assert unknown(check(loop + "mcp.tool(name=fn.__name__)(fn)\n")) == {}
    assert "/inputSchema" in unknown(check(loop + "mcp.tool(name=fn.__name__)(other(fn))\n"))


CASES: list[tuple[str, dict[str, str]]] = [
    (
        "import pandas\n@mcp.tool()\ndef f(frame: pandas.DataFrame, n: int): ...\n",
        {"/inputSchema/properties/frame": "`pandas.DataFrame` is a type of another package"} | OPEN,
    ),
    (
        "class Plain: ...\n@mcp.tool()\ndef f(a: Plain): ...\n",
        {"/inputSchema/properties/a": "`Plain` is no type with a schema"},
    ),
    (
        "import os\n@mcp.tool(description=os.environ['D'])\ndef f(): ...\n",
        {"/description": "it is computed at run time"},
    ),
    (
        "N = 1\nif N:\n    N = 2\n@mcp.tool()\ndef f(n: int = N): ...\n",
        {"/inputSchema/properties/n/default": "`N` is only known at run time"},
    ),
    (
        "def limit(f):\n    def inner(): ...\n    return inner\n@mcp.tool()\n@limit\ndef f(a: int) -> int:\n    'Said.'\n",
        {
            "/inputSchema": "what `@limit` makes of the function is not known",
            "/outputSchema": "what `@limit` makes of the function is not known",
        },
    ),
    (
        "from base import Parent\nclass Model(Parent):\n    a: int\n@mcp.tool()\ndef f(model: Model): ...\n",
        {"/inputSchema/properties/model": "`Model` derives from a class of another package"} | OPEN,
    ),
    (
        "class Model(BaseModel):\n    a: int = Field(**OPTIONS)\n@mcp.tool()\ndef f(model: Model): ...\n",
        {"/inputSchema/$defs/Model/properties/a": "it is computed at run time"} | OPEN,
    ),
    (
        "@mcp.tool(**OPTIONS)\ndef f(): ...\n",
        dict.fromkeys(
            ("/description", "/title", "/annotations", "/icons", "/_meta", "/outputSchema"),
            "what else is given here is only known at run time",
        )
        | {"/name": "its name is computed at run time"},
    ),
]


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_what_is_not_known_is_marked(source: str, expected: dict[str, str]) -> None:
    assert unknown(check(source)) == expected


def test_what_is_known_beside_it_is_there() -> None:
    found = check("import pandas\n@mcp.tool()\ndef f(frame: pandas.DataFrame, n: int = 1):\n    'Sum.'\n")
    assert found.entry == {
        "name": "f",
        "description": "Sum.",
        "inputSchema": {
            "properties": {"n": {"default": 1, "title": "N", "type": "integer"}},
            "required": ["frame"],
            "title": "fArguments",
            "type": "object",
        },
    }


def test_a_schema_that_is_written_out_is_the_schema() -> None:
    head = "from mcp.server import Server\nfrom mcp.types import Tool\nserver = Server('s')\n"
    found = check(
        "NAMES = ['a', 'b']\n"
        "@server.list_tools()\nasync def tools():\n"
        "    return [Tool(name='pick', description='Pick ' 'one', inputSchema={'type': 'object',\n"
        "        'properties': {'name': {'enum': [*NAMES, 'c']}, 'at': now()}})]\n",
        head,
    )
    assert found.entry == {
        "name": "pick",
        "description": "Pick one",
        "inputSchema": {"type": "object", "properties": {"name": {"enum": ["a", "b", "c"]}}},
    }
    assert unknown(found) == {"/inputSchema/properties/at": "it is computed at run time"}


def test_a_model_gives_the_schema_of_a_low_level_tool() -> None:
    head = (
        "from mcp.server import Server\nfrom mcp import types\nfrom pydantic import BaseModel\nserver = Server('s')\n"
    )
    found = check(
        "class Pick(BaseModel):\n    'Picks.'\n    name: str\n"
        "@server.list_tools()\nasync def tools():\n"
        "    return [types.Tool(name='pick', inputSchema=Pick.model_json_schema())]\n",
        head,
    )
    expected: dict[str, Any] = {
        "description": "Picks.",
        "properties": {"name": {"title": "Name", "type": "string"}},
        "required": ["name"],
        "title": "Pick",
        "type": "object",
    }
    assert found.entry == {"name": "pick", "inputSchema": expected}
    assert found.complete


def test_an_edit_elsewhere_is_seen() -> None:
    """A tool stays the same object while a model in another declaration changes: it is looked at again each time."""
    before = HEAD + "class M(BaseModel):\n    a: int\n\n@mcp.tool()\ndef f(m: M): ...\n"
    after = before.replace("a: int", "a: str")
    schemas = []
    reading = module = tree = None
    for text in (before, after):
        document = syntax.Document("file:///server.py", text, "python")
        tree = syntax.parse(document)
        module = read.module(tree, module)
        reading = read.servers(module, None, reading)
        schemas.append(listing(reading.servers[0], Sources()).tools[0].get("/inputSchema/$defs/M/properties/a/type"))
    assert schemas == ["integer", "string"]


NEW = "from mcp.server.mcpserver import MCPServer\nfrom mcp.types import InputRequiredResult\nfrom pydantic import BaseModel\n"


def test_what_is_filled_in_leaves_no_trace() -> None:
    """Read off mcp 2.3: a resolved argument is none, and neither is its model a definition."""
    found = check(
        "from typing import Annotated\nfrom mcp.server.mcpserver import Resolve\nmcp = MCPServer('m')\n"
        "class Stock(BaseModel):\n    copies: int\n"
        "def look_up() -> Stock: ...\n"
        "@mcp.tool()\ndef order(title: str, stock: Annotated[Stock, Resolve(look_up)]): ...\n",
        NEW,
        major=2,
    )
    assert found.complete
    assert found.get("/inputSchema") == {
        "properties": {"title": {"title": "Title", "type": "string"}},
        "required": ["title"],
        "title": "orderArguments",
        "type": "object",
    }


def test_a_question_to_the_client_is_no_result() -> None:
    found = check("mcp = MCPServer('m')\n@mcp.tool()\ndef ask() -> str | InputRequiredResult: ...\n", NEW, major=2)
    assert found.get("/outputSchema/properties") == {"result": {"title": "Result", "type": "string"}}


def test_what_an_extension_adds_is_marked() -> None:
    found = check(
        "from mcp.server.apps import Apps\nmcp = MCPServer('m')\napps = Apps()\n"
        "@apps.tool(resource_uri='ui://a')\ndef show() -> str: ...\n",
        NEW,
        major=2,
    )
    assert unknown(found) == {"/*": "what an extension adds is not followed"}


def test_releases_of_one_major_differ() -> None:
    """Read off fastmcp 2.13.3, 2.14.7, 3.1.1 and 3.2.4."""
    source = (
        "class M(BaseModel):\n    a: int\n"
        "@mcp.tool\ndef f(m: M) -> int:\n    '''Do.\n\n    Args:\n        m: The M.\n    '''\n"
    )
    head = "from fastmcp import FastMCP\nfrom pydantic import BaseModel\nmcp = FastMCP('m')\n"

    def under(version: str) -> tuple[Any, Any, bool]:
        found = check(source, head, "fastmcp", int(version[0]), version)
        referred = found.get("/inputSchema/properties/m/$ref") is not None
        return found.get("/description"), found.get("/inputSchema/properties/m/description"), referred

    whole = "Do.\n\nArgs:\n    m: The M."
    assert under("2.13.3") == (whole, None, True)
    assert under("2.14.7") == (whole, None, False)
    assert under("3.1.1") == (whole, None, False)
    assert under("3.2.4") == ("Do.", "The M.", False)
