"""Python: tools in tables that are put together of others, or looked up by what only the program knows."""

from __future__ import annotations

import pytest

from mcp_lsp.read import module
from mcp_lsp.read.manifests import dependencies
from mcp_lsp.syntax import Document, parse
from tests.read.test_python_across_files import Files, servers, shown

MCP = dependencies({"requirements.txt": "mcp==1.20.0"})

OF_SCOPES = """
from mcp.server.fastmcp import FastMCP
from tools import ping, pong, post

server = FastMCP("x")
TABLE = {"read": [ping], "all": [pong, post]}


def main(scopes: str):
    for scope in scopes.split(","):
        if scope not in TABLE:
            continue
        for tool in TABLE[scope]:
            server.add_tool(tool)
    server.run()
"""
TOOLS = """
def ping(a: str) -> str: ...
def pong(a: str) -> str: ...
def post(a: str) -> str: ...
"""


def names(files: dict[str, str], file: str = "a.py") -> list[str]:
    found = Files(files)
    return [each.split(" ")[0] for each in shown(servers(found.modules[file], modules=found))]


def unread(source: str) -> list[str]:
    found = Files({"a.py": source})
    return [why for server in servers(found.modules["a.py"], modules=found).servers for _, why in server.unread]


def test_lists_that_are_looked_up_by_a_word_of_the_command_line() -> None:
    assert names({"a.py": OF_SCOPES, "tools.py": TOOLS}) == ["ping", "pong", "post"]


def test_a_list_that_is_looked_up_by_a_word_that_is_known() -> None:
    chosen = OF_SCOPES.replace("TABLE[scope]", 'TABLE["all"]')
    assert names({"a.py": chosen, "tools.py": TOOLS}) == ["pong", "post"]


TABLE = """
from mcp.server.lowlevel import Server
from mcp.types import Tool
from more import MORE

server = Server("x")
KEPT = {"save": {"description": "Saves.", "input_schema": {"type": "object"}}} if ASKED else {}
TABLE = {**MORE, **KEPT, "ping": {"description": "Pings.", "input_schema": {"type": "object"}}}


@server.list_tools()
async def list_tools() -> list[Tool]:
    return [
        Tool(name=name, description=one["description"], inputSchema=one["input_schema"])
        for name, one in TABLE.items()
    ]
"""
MORE = 'MORE = {"find": {"description": "Finds.", "input_schema": {"type": "object"}}}\n'


def test_a_table_that_others_are_spread_in() -> None:
    assert sorted(names({"a.py": TABLE, "more.py": MORE})) == ["find", "ping", "save"]


def test_a_table_that_spreads_itself_ends() -> None:
    assert names({"a.py": TABLE, "more.py": "from a import TABLE\nMORE = {**TABLE}\n"})


def test_servers_made_of_something_else_are_known_and_said_to_offer_more() -> None:
    head = "from fastmcp import FastMCP\n"
    why = "what this server offers is made of a description of an API when it runs"
    assert unread(f'{head}mcp = FastMCP.from_openapi(openapi_spec=spec, client=client, name="x")\n') == [why]
    assert unread(f"{head}def make():\n    return FastMCP.from_fastapi(app=app)\n") == [why]
    provided = "from fastmcp.server.openapi import OpenAPIProvider\np = OpenAPIProvider(openapi_spec=s)\n"
    assert unread(f'{head}{provided}mcp = FastMCP("x", providers=[p])\n') == [why]
    other = "what this server offers is what another server offers when it runs"
    assert unread(f'{head}mcp = FastMCP.as_proxy("https://example.com/mcp")\n') == [other]
    assert unread(f'{head}mcp = FastMCP("x", providers=[])\n') == []


CLASS = """
from base import Tool


class PingTool(BASE):
    def __init__(self, client) -> None:
        super().__init__(name="ping_host", description="Pings.", input_schema=Asked, FUNCTION)

    async def ping(self, props: Asked) -> dict: ...
"""


@pytest.mark.parametrize(
    ("base", "function", "found"),
    [
        ("Tool[Asked]", "function=self.ping", [("ping_host", False, (("props", "*"),))]),
        ("BaseTool", "handler=self.ping", [("ping_host", False, (("props", "*"),))]),
        ("Tool[Asked]", "function=elsewhere", []),
        ("Tool[Asked]", "title='Ping'", []),
        ("Widget", "function=self.ping", []),
        ("langchain_core.tools.BaseTool", "func=self.ping", []),
    ],
)
def test_a_class_for_one_tool_that_hands_all_to_its_base(base: str, function: str, found: list[object]) -> None:
    source = "import langchain_core.tools\n" + CLASS.replace("BASE", base).replace("FUNCTION", function)
    read = module(parse(Document("file:///a.py", source, "python")))
    tools = [tool for server in servers(read, MCP).servers for tool in server.tools]
    assert [(tool.name, tool.parameters_known, tool.arguments) for tool in tools] == found
    assert not [tool for server in servers(read).servers for tool in server.tools], "no project about MCP"


BUILD = """
def add_tool_to(server, name: str, run) -> None:
    server.add_tool(run, name=name)
"""
BUILDS = """
from mcp.server.fastmcp import FastMCP
from build import add_tool_to

server = FastMCP("x")


def run(a: str) -> str: ...


add_tool_to(server, "ping", run)
"""


@pytest.mark.parametrize(("file", "found"), [("a.py", ["ping"]), ("test_a.py", [])])
def test_what_a_test_asks_other_files_to_register_is_not_read_there(file: str, found: list[str]) -> None:
    assert names({file: BUILDS, "build.py": BUILD}, file) == found
