"""Tables of tools that a function is given something for, and names of tools that are members of an enumeration."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp import read, syntax


def names(source: str) -> list[str]:
    module = read.module(syntax.parse(syntax.Document("file:///src/a.py", textwrap.dedent(source), "python")))
    return sorted(tool.name for server in read.servers(module).servers for tool in server.tools)


TABLE = """
    from mcp import types
    from mcp.server import Server

    def definitions(extra):
        found = TABLE
        return found

    class Notes:
        def __init__(self):
            self.server = Server("notes")
            self.tools = definitions(list_more)
            self.server.list_tools()(self.list_all)

        async def list_all(self):
            found = []
            for name, (_, says) in self.tools.items():
                if name in self.chosen:
                    found.append(types.Tool(name=name, description=says, inputSchema={}))
            return found
    """


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ('{"add": (add, "Adds."), "drop": (drop, "Drops.")}', ["add", "drop"]),
        ("load(extra)", []),
    ],
)
def test_a_table_of_a_function_with_arguments(table: str, found: list[str]) -> None:
    assert names(TABLE.replace("TABLE", table)) == found


@pytest.mark.parametrize("name", ["one.value", "Names.ADD.value"])
def test_a_member_that_a_variable_stands_for(name: str) -> None:
    source = f"""
        from enum import Enum
        from mcp.server.fastmcp import FastMCP

        class Names(str, Enum):
            ADD = "add"

        def register(server: FastMCP, chosen):
            async def add(text: str) -> str: ...

            for one, function in [(Names.ADD, add)]:
                if one in chosen:
                    server.add_tool(function, name={name}, description="Adds.")
        """
    assert names(source) == ["add"]


MADE = """
    from mcp import types
    from mcp.server import Server

    server = Server("notes")

    def entry(name, says="Adds."):
        BODY

    TOOLS = [entry("add"), entry(name="drop", says="Drops.")]

    @server.list_tools()
    async def list_all():
        return [types.Tool(name=each["name"], description=each["says"], inputSchema={}) for each in TOOLS]
    """


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('return {"name": name, "says": says}', ["add", "drop"]),
        ('return {"title": name}', []),
        ("return load(name)", []),
    ],
)
def test_entries_that_a_function_writes_out(body: str, found: list[str]) -> None:
    assert names(MADE.replace("BODY", body)) == found
