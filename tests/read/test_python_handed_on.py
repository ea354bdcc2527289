"""Functions and methods that are handed to a server by way of a variable, a table, a declared type, a decorator."""

from __future__ import annotations

from mcp_lsp.read import servers
from tests.read.test_python_across_files import HIGH, LOW, Files, check

NOTES = {
    "notes.py": """
        from mcp.server.fastmcp import FastMCP

        class Files:
            def read_note(self, path: str) -> str: ...

        class Notes(FastMCP):
            def __init__(self, folder):
                super().__init__("notes")
                self.files = Files() if folder is not None else None

            @property
            def shelf(self) -> Files | None: ...

            def find(self, text: str) -> str: ...
        """
}
IMPORTS = "from notes import Notes\nfrom typing import Optional\n"


def test_a_method_of_the_server_that_a_parameter_is_declared_to_be() -> None:
    for declared in ("Notes", "Notes | None", "Optional[Notes]"):
        source = f"{IMPORTS}def register(notes: {declared}):\n    notes.tool(notes.find, name='find_note')\n"
        check({"server.py": source, **NOTES}, "find_note -> Notes.find in notes.py")


def test_a_method_of_what_the_server_holds() -> None:
    for held in ("files", "shelf"):
        source = f"{IMPORTS}def register(notes: Notes):\n    notes.tool(notes.{held}.read_note)\n"
        check({"server.py": source, **NOTES}, "read_note -> Files.read_note in notes.py")


def test_a_method_of_which_only_the_name_is_known() -> None:
    check({"server.py": f"{HIGH}def register(found):\n    mcp.tool(found.ping, name='call')\n"}, "call")
    check({"server.py": f"{HIGH}def register(found):\n    mcp.tool(found.ping)\n"})
    # What is made of it is a decorator with a name.
    check({"server.py": f"{HIGH}def register(found):\n    as_tool = mcp.tool(found.ping)\n"})


def test_one_of_two_functions() -> None:
    source = """
        def rows(): ...
        def table(): ...
        def register(config):
            chosen = table if config.table else rows
            mcp.tool(chosen, name="list")
        """
    check({"server.py": HIGH + _flush_left(source)}, "list -> table")


def test_a_table_of_functions() -> None:
    source = """
        class Notes(FastMCP):
            def register(self):
                entries = {"a": {"function": self.add}, "b": {"function": self.drop}}
                for name, entry in entries.items():
                    made = Tool.from_function(entry["function"])
                    self.add_tool(made)
            def add(self, text: str) -> str: ...
            def drop(self, text: str) -> str: ...
        """
    tools = "from fastmcp.tools import Tool\nfrom fastmcp import FastMCP\n"
    check({"server.py": tools + _flush_left(source)}, "add -> Notes.add", "drop -> Notes.drop")


def test_a_table_of_functions_that_list_functions() -> None:
    source = """
        from mcp.server.fastmcp.tools import Tool

        def add(text: str): ...
        def drop(text: str): ...
        def adding(): return [(add, "add", "Adds.", False)]
        def dropping(): return [(drop, "drop", "Drops.", True)]
        LISTERS = {"add": adding, "drop": dropping}

        def harmless(functions):
            return [(function, name, says, reads) for function, name, says, reads in functions if reads]

        def main(kinds, careful):
            for kind in kinds:
                lister = LISTERS[kind]
                functions = lister()
                if careful:
                    functions = harmless(functions)
                for function, name, says, *_ in functions:
                    mcp.add_tool(Tool.from_function(function, name=name, description=says))
        """
    check({"server.py": HIGH + _flush_left(source)}, "add -> add", "drop -> drop")


def test_a_function_that_is_named_where_it_is_registered() -> None:
    source = """
        def made(scope):
            def stub(): ...
            return stub

        def register(scopes):
            for scope in scopes:
                one = made(scope)
                one.__name__ = NAME
                mcp.tool()(one)
        """
    check(
        {"server.py": HIGH + _flush_left(source).replace("NAME", "f'{scope}_info'")}, " -> stub"
    )  # judged, and not listed
    check({"server.py": HIGH + _flush_left(source).replace("NAME", "'scope_info'")}, "scope_info -> stub")


def test_a_tool_that_a_decorator_is_given() -> None:
    source = """
        from registry import described

        class Notes:
            @described(Tool(name="read_note", inputSchema={"properties": {"path": {"type": "string"}}}))
            def read(self, path: str): ...

            @described(Tool(name="drop_note", inputSchema={"properties": {"path": {"type": "string"}}}))
            def drop(self, **given): ...
        """
    files = Files({"server.py": LOW + _flush_left(source)})
    (server,) = servers(files.modules["server.py"], modules=files).servers
    functions = [(tool.name, tool.function and tool.function.name, tool.arguments) for tool in server.tools]
    assert functions == [("read_note", "read", (("path", "path"),)), ("drop_note", "drop", (("given", "*"),))]


def _flush_left(source: str) -> str:
    return "\n".join(line[8:] for line in source.split("\n"))
