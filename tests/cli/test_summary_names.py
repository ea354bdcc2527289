"""What the summary lists of each server: real names, and nothing of which only a part is known."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

HEAD = "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('s')\ndef f(): ...\n"


@pytest.mark.parametrize(
    ("source", "tools"),
    [
        ("mcp.add_tool(f, name='whole')", ["whole"]),
        ("mcp.add_tool(f, name=prefix + '_part')", []),
        ("mcp.add_tool(f, name='Part' + suffix)", []),
        ("mcp.add_tool(f, name=f'Part{suffix}')", []),
        ("for i in range(2):\n    mcp.add_tool(f, name=f'n_{i}')", ["n_0", "n_1"]),
        ("import os\nmcp.add_tool(f, name=os.getenv('NAME', 'default'))", ["default"]),
    ],
)
def test_tools_of_a_server(run: Run, source: str, tools: list[str]) -> None:
    ran = run("check", "--output-format", "json", "s.py", files={"s.py": f"{HEAD}{source}\n"})
    assert [server["tools"] for server in ran.json["summary"]["servers"]] == [tools]
    told = [(one["path"], one["reason"]) for one in ran.json["summary"]["not_listed"]]
    assert tools or told == [("s.py", "line 4: the name of this tool is only known at run time")]


def test_a_handler_whose_name_is_made_elsewhere_is_not_listed(run: Run) -> None:
    source = (
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
        'const server = new McpServer({ name: "s", version: "1" });\n'
        "export function add(name: string) { server.tool(name, {}, async () => ({ content: [] })); }\n"
    )
    ran = run("check", "--output-format", "json", "s.ts", files={"s.ts": source})
    assert [server["tools"] for server in ran.json["summary"]["servers"]] == [[]]


def test_a_tool_of_another_file_is_listed_once_where_it_is_registered(run: Run) -> None:
    files = {"server.py": "import tools\n" + HEAD + "mcp.tool(name='x')(tools.ping)\n", "tools.py": "def ping(): ...\n"}
    ran = run("check", "--output-format", "json", ".", files=files)
    assert [(s["path"], s["tools"]) for s in ran.json["summary"]["servers"]] == [("server.py", ["x"])]
