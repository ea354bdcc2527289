"""What ``mcp-lsp inspect`` shows of servers."""

from __future__ import annotations

import json
from textwrap import dedent

from tests.cli.conftest import Run

SERVER = '''\
import os

from mcp.server.fastmcp import FastMCP
from mcp.types import ToolAnnotations
from shapes import Size

mcp = FastMCP("shop", instructions="Sells books.")


@mcp.tool(annotations=ToolAnnotations(readOnlyHint=True))
def find(title: str, size: Size | None = None, limit: int = int(os.environ["LIMIT"])) -> list[str]:
    """Find books.

    Args:
        title: As on the cover.
    """
    return []


@mcp.prompt()
def advertise(book: str, tone: str = "kind") -> str:
    """Praise a book."""
    return book


@mcp.resource("shop://books/{isbn}")
def book(isbn: str) -> str:
    return isbn
'''
SHAPES = "from pydantic import BaseModel\n\n\nclass Size(BaseModel):\n    pages: int\n"
FILES = {"shop/server.py": SERVER, "shop/shapes.py": SHAPES, "shop/requirements.txt": "mcp==1.30.0\n"}


def test_a_person_reads_tools_with_arguments_and_cost(run: Run) -> None:
    ran = run("inspect", "shop", files=FILES)
    assert ran.code == 0
    assert ran.out == (
        "shop/server.py: shop (mcp 1): 1 tool of about 116 tokens, 1 prompt, 1 template\n"
        "  instructions: Sells books.\n"
        "  find(title: string, size?: Size | null, limit?: integer) -> {result: string[]}  ≥116 tokens\n"
        "      Find books. Args: title: As on the cover.\n"
        "      readOnlyHint: true\n"
        "      not known: /inputSchema/properties/limit/default: it is computed at run time\n"
        "  prompt advertise(book, tone?)\n"
        "      Praise a book.\n"
        "  template shop://books/{isbn}\n"
    )


def test_what_hides_from_a_person_is_shown(run: Run) -> None:
    told = SERVER.replace("Find books.", "Find books.\u200b\U000e0041")
    out = run("inspect", "shop", files={**FILES, "shop/server.py": told}).out
    assert "Find books.<U+200B><U+E0041>" in out


def test_a_program_reads_the_entries_of_the_listing(run: Run) -> None:
    said = run("inspect", "shop", "--output-format", "json", files=FILES).json
    assert said["unknown"] == [
        {
            "pointer": "/servers/0/tools/0/inputSchema/properties/limit/default",
            "reason": "it is computed at run time",
        }
    ]
    (server,) = said["servers"]
    assert {key: server[key] for key in ("path", "sdk", "instructions")} == {
        "path": "shop/server.py",
        "sdk": "mcp 1",
        "instructions": "Sells books.",
    }
    assert server["tools"] == [
        {
            "name": "find",
            "description": "Find books.\n\nArgs:\n    title: As on the cover.\n",
            "inputSchema": {
                "$defs": {
                    "Size": {
                        "properties": {"pages": {"title": "Pages", "type": "integer"}},
                        "required": ["pages"],
                        "title": "Size",
                        "type": "object",
                    }
                },
                "properties": {
                    "title": {"title": "Title", "type": "string"},
                    "size": {"anyOf": [{"$ref": "#/$defs/Size"}, {"type": "null"}], "default": None},
                    "limit": {"title": "Limit", "type": "integer"},
                },
                "required": ["title"],
                "title": "findArguments",
                "type": "object",
            },
            "outputSchema": {
                "properties": {"result": {"items": {"type": "string"}, "title": "Result", "type": "array"}},
                "required": ["result"],
                "title": "findOutput",
                "type": "object",
            },
            "annotations": {"readOnlyHint": True},
        }
    ]
    assert [prompt["arguments"] for prompt in server["prompts"]] == [
        [{"name": "book", "required": True}, {"name": "tone", "required": False}]
    ]
    assert server["resources"] == []
    assert server["resourceTemplates"] == [
        {"uriTemplate": "shop://books/{isbn}", "name": "book", "mimeType": "text/plain", "description": ""}
    ]


def test_the_version_of_the_sdk_and_of_python_count(run: Run) -> None:
    server = 'from fastmcp import FastMCP\nmcp = FastMCP("m")\n@mcp.tool\ndef get_all():\n    """Get.\n    All."""\n'

    def tool(requirement: str, *options: str) -> dict[str, object]:
        files = {"server.py": server, "requirements.txt": requirement}
        found: dict[str, object] = run("inspect", "--output-format", "json", *options, files=files).json["servers"][0]
        return found["tools"][0]  # type: ignore[index,no-any-return]

    schema = {"properties": {}, "type": "object"}
    assert tool("fastmcp==2.14.7")["inputSchema"] == schema
    assert tool("fastmcp==3.4.10")["inputSchema"] == {**schema, "additionalProperties": False}
    assert "title" not in tool("fastmcp==3.4.10")
    assert tool("fastmcp==4.1.2")["title"] == "Get All"
    server = server.replace("from fastmcp", "from mcp.server.fastmcp").replace("@mcp.tool", "@mcp.tool()")
    assert tool("mcp==1.30.0", "--python", "3.12")["description"] == "Get.\n    All."
    assert tool("mcp==1.30.0")["description"] == "Get.\nAll."


def test_a_saved_listing_is_shown_as_it_is(run: Run) -> None:
    entry = {"name": "x", "inputSchema": {"type": "object", "properties": {"a": {"type": "null"}}}, "_meta": {"k": [1]}}
    ran = run(
        "inspect", "a.tools.json", "--output-format", "json", files={"a.tools.json": json.dumps({"tools": [entry]})}
    )
    assert ran.json["servers"][0]["tools"] == [entry]
    assert ran.json["unknown"] == []


def test_a_folder_without_servers_and_a_path_that_is_missing(run: Run) -> None:
    ran = run("inspect", files={"a.py": "x = 1\n"})
    assert (ran.code, ran.out) == (1, "No MCP server found.\n")
    ran = run("inspect", "b.py")
    assert ran.code == 2
    assert "b.py" in ran.err
    ran = run("inspect", "--python", "three")
    assert (ran.code, ran.err) == (2, 'mcp-lsp: --python: "three" is no version of Python, such as 3.12\n')


MOUNTED = """\
from fastmcp import FastMCP
from fastmcp.server import create

main = FastMCP("main")
jira = FastMCP("jira")
other = FastMCP("other")


@jira.tool
def search() -> str: ...


@jira.tool(enabled=False)
def wipe() -> str: ...


@other.tool
def ping() -> str: ...


main.mount(jira, prefix="jira")
main.mount(other, prefix=create())
"""


def test_what_another_server_lists_otherwise_is_said(run: Run) -> None:
    ran = run(
        "inspect", "x.py", "--output-format", "json", files={"x.py": MOUNTED, "requirements.txt": "fastmcp==2.14.7"}
    )
    told = json.loads(ran.out)
    jira, other = (next(i for i, s in enumerate(told["servers"]) if s["name"] == name) for name in ("jira", "other"))
    assert [tool["name"] for tool in told["servers"][jira]["tools"]] == ["search"]
    assert {
        "pointer": f"/servers/{jira}/*",
        "reason": "`wipe` is registered with enabled=False, and listed once something enables it",
    } in told["unknown"]
    assert {
        "pointer": f"/servers/{jira}/*",
        "reason": 'it is mounted as "jira" on another server, which lists its tools as `jira_…`',
    } in told["unknown"]
    assert {
        "pointer": f"/servers/{other}/*",
        "reason": "it is mounted on another server, under a name that is computed",
    } in told["unknown"]


def test_a_server_that_only_mounts_others_is_not_shown_as_empty(run: Run) -> None:
    ran = run("inspect", "x.py", files={"x.py": MOUNTED, "requirements.txt": "fastmcp==2.14.7"})
    main = next(part for part in ran.out.split("\n\n") if ": main (" in part)
    assert main.split("\n") == [
        "x.py: main (fastmcp 2): no tools known",
        "  not known: it lists as `jira_…` what a server has that is mounted on it",
        "  not known: it lists what a server has that is mounted on it",
    ]


def test_nor_is_one_that_a_function_makes(run: Run) -> None:
    made = """
    from fastmcp import FastMCP
    from .jira import jira_server

    def create() -> FastMCP:
        main = FastMCP("main")
        main.mount(jira_server(), namespace="jira")
        return main
    """
    ran = run("inspect", "x.py", files={"x.py": dedent(made), "requirements.txt": "fastmcp==3.4.10"})
    assert ran.out.split("\n")[:2] == [
        "x.py: main (fastmcp 3): no tools known",
        "  not known: it lists as `jira_…` what a server has that is mounted on it",
    ]


TABLE = """\
import { load } from "./load.js";
export const TOOLS = load("tools.json");
"""
LOOP = """\
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { TOOLS } from "./table.js";
const server = new McpServer({ name: "x", version: "1" });
for (const tool of TOOLS) {
  server.registerTool(tool.name, { description: tool.description }, async (given) => tool.run(given));
}
"""


def test_a_loop_over_a_table_elsewhere_is_no_tool_without_a_name(run: Run) -> None:
    ran = run("inspect", "server.ts", "--output-format", "json", files={"server.ts": LOOP, "table.ts": TABLE})
    (server,) = ran.json["servers"]
    assert server["tools"] == []
    assert ran.json["unknown"] == [
        {"pointer": "/servers/0/*", "reason": "the name of what is registered here is not in this file"}
    ]
    text = run("inspect", "server.ts", files={"server.ts": LOOP, "table.ts": TABLE}).out
    assert "no tools known" in text
