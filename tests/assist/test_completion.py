"""What is offered at the cursor, drawn as ``|``."""

from __future__ import annotations

import pytest

from mcp_lsp.assist.writing import Completion, completions
from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import dependencies
from mcp_lsp.syntax import Document

MCP_1 = 'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n'
MCP_2 = 'from mcp.server import MCPServer\nmcp = MCPServer("x")\n'
FASTMCP = 'from fastmcp import FastMCP\nmcp = FastMCP("x")\n'
TS_1 = (
    'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
    'const server = new McpServer({ name: "x", version: "1" });\n'
)
TS_2 = (
    'import { McpServer } from "@modelcontextprotocol/server";\n'
    'const server = new McpServer({ name: "x", version: "1" });\n'
)
MANIFESTS = {
    MCP_1: {"requirements.txt": "mcp==1.30.0"},
    MCP_2: {"requirements.txt": "mcp==2.3.0"},
    FASTMCP: {"requirements.txt": "fastmcp==3.4.10"},
    TS_1: {"package.json": '{"dependencies": {"@modelcontextprotocol/sdk": "1.32.2"}}'},
    TS_2: {"package.json": '{"dependencies": {"@modelcontextprotocol/server": "2.4.0"}}'},
}


def offered(head: str, drawn: str) -> tuple[str, list[Completion]]:
    offset = len(head) + drawn.index("|")
    text = head + drawn.replace("|", "", 1)
    script = head in (TS_1, TS_2)
    name, language = ("file:///server.ts", "typescript") if script else ("file:///server.py", "python")
    # As while typing: the text was whole before.
    analysis = Analysis(Document(name, text, language), dependencies(MANIFESTS.get(head, {})))
    return text, completions(analysis.document, analysis.module, analysis.servers, offset)


def labels(head: str, drawn: str) -> list[str]:
    return [one.label for one in offered(head, drawn)[1]]


def chosen(head: str, drawn: str, label: str) -> str:
    """The text behind the head after choosing a label."""
    text, found = offered(head, drawn)
    (one,) = [each for each in found if each.label == label]
    return (text[: one.span.start] + one.text + text[one.span.end :])[len(head) :]


PING = "\ndef ping(host: str) -> str:\n    return host\n"


@pytest.mark.parametrize(
    ("head", "yes", "no"),
    [
        (MCP_1, ["structured_output=", "annotations="], ["tags=", "output_schema="]),
        (MCP_2, ["structured_output=", "meta="], ["tags=", "timeout="]),
        (FASTMCP, ["tags=", "timeout=", "output_schema="], ["structured_output=", "enabled="]),
    ],
)
def test_keywords_of_a_decorator_are_those_of_the_sdk(head: str, yes: list[str], no: list[str]) -> None:
    for drawn in ("@mcp.tool(|)" + PING, "@mcp.tool(de|", '@mcp.tool(name="a", |)' + PING):
        found = labels(head, drawn)
        assert set(yes) <= set(found)
        assert not set(no) & set(found)
    assert "name=" not in labels(head, '@mcp.tool(name="a", |)' + PING)


def test_nothing_is_offered_where_a_value_stands() -> None:
    assert labels(MCP_1, "@mcp.tool(name=|)" + PING) == []
    assert labels(MCP_1, 'x = "|"') == []
    assert labels(MCP_1, "print(|)") == []
    assert labels("", "@app.tool(|)") == []


def test_keywords_of_the_constructor() -> None:
    assert "stateless_http=" in labels(MCP_1, "other = FastMCP(|)")
    assert "stateless_http=" not in labels(MCP_2, "other = MCPServer(|)")
    assert "middleware=" in labels(MCP_2, 'other = MCPServer("x", mid|')


@pytest.mark.parametrize(
    ("head", "drawn", "becomes"),
    [
        (FASTMCP, '@mcp.tool(annotations={"re|"})', '@mcp.tool(annotations={"readOnlyHint"})'),
        (FASTMCP, "@mcp.tool(annotations={|})", '@mcp.tool(annotations={"readOnlyHint": })'),
        (MCP_1, "@mcp.tool(annotations=ToolAnnotations(|", "@mcp.tool(annotations=ToolAnnotations(readOnlyHint="),
        (TS_1, 'server.registerTool("x", { annotations: { re| } }', None),
    ],
)
def test_hints(head: str, drawn: str, becomes: str | None) -> None:
    wanted = becomes or 'server.registerTool("x", { annotations: { readOnlyHint:  } }'
    label = "readOnlyHint=" if "ToolAnnotations" in drawn else "readOnlyHint"
    assert chosen(head, drawn, label) == wanted


def test_hints_of_version_2_are_called_otherwise() -> None:
    assert "read_only_hint=" in labels(MCP_2, "@mcp.tool(annotations=ToolAnnotations(|")
    assert "readOnlyHint=" not in labels(MCP_2, "@mcp.tool(annotations=ToolAnnotations(|")


def test_a_hint_is_true_or_false() -> None:
    assert labels(FASTMCP, '@mcp.tool(annotations={"readOnlyHint": |})') == ["True", "False"]
    assert labels(TS_1, 'server.registerTool("x", { annotations: { readOnlyHint: | } }') == ["true", "false"]


def test_a_hint_that_is_there_is_not_offered_again() -> None:
    assert "readOnlyHint" not in labels(FASTMCP, '@mcp.tool(annotations={"readOnlyHint": True, "|"})')


@pytest.mark.parametrize("drawn", ["x = Field(|)", "def f(a: Annotated[str, Field(ge=1, |"])
def test_arguments_of_field(drawn: str) -> None:
    assert {"description=", "pattern=", "max_length="} <= set(labels("", drawn))


def test_members_of_a_registration() -> None:
    assert labels(TS_1, 'server.registerTool("x", { title: "X", | }') == [
        "description", "inputSchema", "outputSchema", "annotations", "_meta",
    ]  # fmt: skip
    assert "icons" in labels(TS_2, 'server.registerTool("x", {|}')
    assert "argsSchema" in labels(TS_1, 'server.registerPrompt("x", {|}')
    assert "mimeType" in labels(TS_1, 'server.registerResource("x", "a://b", {|}')
    assert labels(TS_1, 'server.registerTool("x", {}, async () => ({ | }))') == []


@pytest.mark.parametrize(
    ("head", "drawn", "becomes"),
    [
        (
            MCP_1,
            '@mcp.resource("notes://{|")\ndef f(note: str, ctx: Context):\n    pass\n',
            '@mcp.resource("notes://{note}")\ndef f(note: str, ctx: Context):\n    pass\n',
        ),
        (
            MCP_1,
            '@mcp.resource("notes://{|}")\ndef f(note: str):\n    pass\n',
            '@mcp.resource("notes://{note}")\ndef f(note: str):\n    pass\n',
        ),
        (
            TS_1,
            'server.registerResource("n", new ResourceTemplate("n://{|", {}), {}, async (uri, { note }) => 1);',
            'server.registerResource("n", new ResourceTemplate("n://{note}", {}), {}, async (uri, { note }) => 1);',
        ),
    ],
)
def test_variables_of_a_template(head: str, drawn: str, becomes: str) -> None:
    assert labels(head, drawn) == ["note"]
    assert chosen(head, drawn, "note") == becomes


def test_parameters_out_of_a_template() -> None:
    drawn = '@mcp.resource("notes://{folder}/{note}")\ndef f(folder: str, |'
    assert chosen(MCP_1, drawn, "note") == '@mcp.resource("notes://{folder}/{note}")\ndef f(folder: str, note: str'
    assert labels(MCP_1, drawn) == ["note"]


def test_methods_of_the_protocol() -> None:
    assert "tools/call" in labels(TS_2, 'server.setRequestHandler("|"')
    assert "CallToolRequestSchema" in labels(TS_1, "server.setRequestHandler(|)")
    assert "notifications/progress" in labels(TS_2, 'server.setNotificationHandler("|"')
    assert chosen(TS_2, 'server.setRequestHandler("tools/|"', "tools/list") == 'server.setRequestHandler("tools/list"'


def test_transports() -> None:
    assert labels(MCP_1, 'mcp.run(transport="|")') == ["stdio", "streamable-http", "sse"]
    assert "http" in labels(FASTMCP, 'mcp.run("|")')


def test_rules_in_a_suppression() -> None:
    drawn = "x = 1  # mcp-lsp: ignore[output-on-stdout, she|"
    assert chosen("", drawn, "shell-command-from-argument").endswith("[output-on-stdout, shell-command-from-argument")
    assert "output-on-stdout" not in labels("", drawn)
    assert labels("", "x = 1  # mcp-lsp: ignore[output-on-stdout] |") == []
    assert "output-on-stdout" in labels(TS_1, "// mcp-lsp: ignore[|")


def test_declarations_use_the_name_of_the_server() -> None:
    head = 'from mcp.server.fastmcp import FastMCP\nnotes = FastMCP("x")\n'
    written = chosen(head, "mcp|", "mcp_tool")
    assert written.startswith("@notes.tool()\ndef ${1:")
    assert "mcp_prompt" in labels(TS_1, "|")
    assert labels(MCP_1, "x = mcp|") == []
    assert labels("", "mcp|") == []


def test_what_belongs_into_a_handler_is_offered_there() -> None:
    assert "mcp_error" in labels(MCP_1, "@mcp.tool()\ndef f() -> str:\n    |")
    in_a_handler = labels(TS_1, 'server.registerTool("x", {}, async () => {\n  |\n});')
    assert "mcp_error" in in_a_handler
    assert "mcp_tool" not in in_a_handler
