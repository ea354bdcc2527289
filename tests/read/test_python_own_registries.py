"""Servers that keep their tools, prompts and resources in tables of their own and list them by hand."""

from __future__ import annotations

import pytest

from mcp_lsp.read import servers
from mcp_lsp.read.manifests import Dependencies, Version
from tests.read.test_python_across_files import Files, shown
from tests.read.test_python_servers import check

KEEPS = """\
def tool(name, **options):
    \"""Mark a function as an MCP tool.\"""
    def decorate(function):
        {keeps}
        return function
    return decorate
"""
USES = """\
from registry import tool

@tool("ping_host", title="Ping")
async def ping(host: str) -> str:
    \"""Pings.\"""
    return host
"""
PROJECT = Dependencies({"mcp": Version(1, "1", "pyproject.toml")}, {})


def declared(registry: str, uses: str = USES, project: Dependencies = PROJECT) -> list[str]:
    files = Files({"registry.py": registry, "tools.py": uses})
    return shown(servers(files.modules["tools.py"], project, None, files))


@pytest.mark.parametrize(
    "keeps", ["setattr(function, '_tool', (name, options))", "function.told = name", "TOOLS[name] = function"]
)
def test_a_decorator_of_the_project_that_keeps_what_it_is_told(keeps: str) -> None:
    assert declared(KEEPS.format(keeps=keeps)) == ["ping_host -> ping"]


def test_a_decorator_of_a_package_that_is_about_the_protocol() -> None:
    keeps = KEEPS.format(keeps="TOOLS.add(function)").replace("an MCP tool", "a tool").replace("name, **", "**")
    files = {"notes_mcp/registry.py": keeps, "notes/registry.py": keeps, "notes_mcp/__init__.py": ""}
    uses = "from notes_mcp.registry import tool\n@tool(action='read')\ndef ping(host: str): ..."

    def found(source: str) -> list[str]:
        project = Files({**files, "tools.py": source})
        return shown(servers(project.modules["tools.py"], PROJECT, None, project))

    assert found(uses) == ["ping -> ping"]
    assert found(uses.replace("notes_mcp", "notes")) == []


def test_a_model_that_is_told_is_what_the_function_takes_as_one() -> None:
    check(
        """
        import mcp
        from pydantic import BaseModel

        class Asked(BaseModel):
            host: str

        def tool(input_model):
            def decorate(function):
                function._mcp_tool = input_model
                return function
            return decorate

        @tool(input_model=Asked)
        async def ping(args: Asked):
            "Pings"
        """,
        "tool ping(host: string) 'Pings' -> ping(args=*)",
    )


def test_decorators_that_make_no_tools_of_this_protocol() -> None:
    keeps = KEEPS.format(keeps="function.told = name")
    assert declared(keeps.replace("MCP", "agent")) == []
    assert declared(KEEPS.format(keeps="print(name)")) == []
    assert declared(keeps, project=Dependencies({}, {})) == []
    assert declared(keeps, USES.replace('@tool("ping_host", title="Ping")', "@tool")) == []
    assert declared(keeps.replace("def tool(", "def tool_timer("), USES.replace("tool", "tool_timer")) == []


def test_a_schema_that_is_told_is_what_the_function_takes_as_one() -> None:
    check(
        """
        import mcp

        def tool(name, input_schema):
            def decorate(function):
                function._mcp_tool = name, input_schema
                return function
            return decorate

        @tool("ping", input_schema={"type": "object", "properties": {"host": {"type": "string"}}})
        async def ping(context, params):
            "Pings"
        """,
        "tool ping(host?: string) 'Pings' -> ping(params=*)",
    )


SCHEMA = "{'type': 'object', 'properties': {'host': {'type': 'string'}}}"
TOLD = f"""\
registry.register_tool(name='ping', description='D', handler=ping, input_schema={SCHEMA})
---
registry.register_tool('ping', 'D', {SCHEMA}, ping)
---
registry.register(name='ping', description='D', inputSchema={SCHEMA}, handler=ping)
---
tools.add_read_tool('ping', description='D', parameters={SCHEMA}, fn=ping)
"""


@pytest.mark.parametrize("told", TOLD.split("---\n"))
def test_a_table_of_tools_that_is_told_of_them(told: str) -> None:
    source = f"from registry import registry, tools\ndef ping(p): ...\n{told}"
    check(source, "tool ping(host?: string) 'D' -> ping(p=*)", python="mcp 1")
    check(source)


def test_a_table_of_something_else() -> None:
    check("from x import registry\ndef f(p): ...\nregistry.register('ping', 'D', f)", python="mcp 1")
    check(f"from x import registry\nregistry.register('ping', 'D', {SCHEMA})", python="mcp 1")


LISTED = """\
async def handle_prompts_list(params):
    prompts = [{"name": "look", "description": "D", "arguments": [{"name": "at", "required": True}]}]
    return {"prompts": prompts}


def handle_resources_list(params):
    return {"resources": [{"uri": "notes://all", "name": "notes", "mimeType": "text/plain"}]}
"""


def test_prompts_and_resources_that_are_listed_by_hand() -> None:
    check(LISTED, "prompt look(at: any) 'D'", "resource notes notes://all()")


def test_lists_that_are_none_of_this_protocol() -> None:
    check(LISTED.replace("_list(", "_used("))
    check(LISTED.replace('"required"', '"label"').replace("mimeType", "kind"))
    check(LISTED, uri="file:///tests/test_a.py")


FILE = """
resource_uri = "notes://all"

async def ping(host: str) -> str:
    "Pings"
    return host

export = ping
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tools/net/ping.py", ["tool ping_net(host: string) 'Pings' -> ping(host)"]),
        ("tools/look.py", ["tool look(host: string) 'Pings' -> ping(host)"]),
        ("prompts/look.py", ["prompt look(host: string) 'Pings' -> ping(host)"]),
        ("resources/look.py", ["resource look notes://all() 'Pings' -> ping(host)"]),
        ("lib/look.py", []),
        ("tests/tools/look.py", []),
    ],
)
def test_a_file_that_is_a_tool(path: str, expected: list[str]) -> None:
    check(FILE, *expected, uri=f"file:///src/{path}")


def test_a_file_of_tools_that_exports_no_function() -> None:
    check(FILE.replace("export = ping", "export = 1"), uri="file:///src/tools/ping.py")
    check(FILE.replace("resource_uri", "uri"), uri="file:///src/resources/ping.py")


def test_a_table_of_resources_that_is_told_of_them() -> None:
    source = (
        "class Server:\n  def fill(self):\n    self.table.register_static_resource(uri='notes://all', name='notes')\n"
    )
    check(source, "resource notes notes://all()", python="mcp 1")
    check(source)
    check(source.replace("notes://all", "all"), python="mcp 1")
    check(source.replace("register_static_resource", "forget_resource"), python="mcp 1")


def test_tools_that_are_put_into_a_list_one_by_one() -> None:
    told = "def listed(asked):\n  tools = []\n  if asked:\n    tools.append({'name': 'ping', 'description': 'D', 'inputSchema': {}})\n"
    check(told, "tool ping() 'D' if ping")
    check(told.replace("tools", "others"))


def test_what_is_done_to_entities() -> None:
    source = (
        "from enrichmcp import EnrichMCP\napp = EnrichMCP(title='Notes')\n@app.{0}\nasync def note(name: str):\n  'D'\n"
    )
    check(source.format("retrieve()"), "tool note(name: string) 'D' -> note(name)")
    check(source.format("delete(description='E')"), "tool note(name: string) 'E' -> note(name)")
    check(source.format("entity()"))
    check(source.replace("enrichmcp", "flask").format("retrieve()"))
