"""What is answered and not offered, required and not described, asked and not passed on: where the rules stay silent."""

from __future__ import annotations

from textwrap import dedent

import pytest

from mcp_lsp.assist.fixes import applied, render
from mcp_lsp.check import Analysis
from mcp_lsp.syntax import Document, language_of
from mcp_lsp_analyzers import registry


def check(rule: str, source: str, name: str = "server.ts") -> list[tuple[str, str]]:
    """What stands below each finding, and the whole text with its fix ("" without one)."""
    text = dedent(source).lstrip("\n")
    analysis = Analysis(Document(f"file:///{name}", text, language_of(name)), rules=[registry.by_name()[rule]])
    assert not analysis.failures
    found = []
    for diagnostic in analysis.diagnostics:
        span, fix, fixed = diagnostic.finding.place.span, diagnostic.finding.fix, ""
        assert span is not None
        if fix is not None and analysis.module is not None:
            sdk = analysis.servers[0].sdk if analysis.servers else None
            changes = render(fix, analysis.document, analysis.module, sdk)
            assert changes is not None
            fixed = applied(text, changes)
        found.append((text[span.start : span.end], fixed))
    return found


# ---------------------------------------------------------------- what is offered

LOW = """
import {{ Server }} from "@modelcontextprotocol/sdk/server/index.js";
import {{ ListToolsRequestSchema, ListPromptsRequestSchema }} from "@modelcontextprotocol/sdk/types.js";
const server = new Server({{ name: "x", version: "1" }}{given});
server.setRequestHandler(ListToolsRequestSchema, async () => ({{ tools: [] }}));
{more}
"""


@pytest.mark.parametrize(
    ("given", "becomes"),
    [
        ("", ", { capabilities: { tools: {} } }"),
        (", {}", ", { capabilities: { tools: {} } }"),
        (", { capabilities: {} }", ", { capabilities: { tools: {} } }"),
        (", { capabilities: { prompts: {} } }", ", { capabilities: { prompts: {}, tools: {} } }"),
        (', { instructions: "i" }', ', { instructions: "i", capabilities: { tools: {} } }'),
    ],
)
def test_what_a_constructor_leaves_out_is_offered(given: str, becomes: str) -> None:
    ((marked, fixed),) = check("capability-not-offered", LOW.format(given=given, more=""))
    assert marked == "ListToolsRequestSchema"
    assert f'version: "1" }}{becomes});' in fixed


@pytest.mark.parametrize(
    ("given", "more"),
    [
        (", { capabilities: { tools: {} } }", ""),
        (", { capabilities: { tools: { listChanged: true } } }", ""),
        (", options", ""),
        (", { ...options }", ""),
        (", { capabilities: { ...offered } }", ""),
        (", { capabilities: offered }", ""),
        ("", "server.registerCapabilities({ tools: {} });"),
    ],
)
def test_what_may_be_offered_is_not_told(given: str, more: str) -> None:
    assert check("capability-not-offered", LOW.format(given=given, more=more)) == []


def test_another_server_is_another_server() -> None:
    other = (
        'const other = new Server({ name: "y", version: "1" }, { capabilities: { prompts: {} } });\n'
        "other.setRequestHandler(ListPromptsRequestSchema, async () => ({ prompts: [] }));"
    )
    given = ", { capabilities: { tools: {} } }"
    assert check("capability-not-offered", LOW.format(given=given, more=other)) == []


def test_in_a_class() -> None:
    source = """
        import { Server } from "@modelcontextprotocol/sdk/server/index.js";
        import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
        class Notes {
          constructor() {
            this.server = new Server({ name: "x", version: "1" }, { capabilities: {} });
            this.server.setRequestHandler(ListToolsRequestSchema, async () => ({
              tools: [{ name: "list", description: "d", inputSchema: { type: "object" } }],
            }));
          }
        }
    """
    assert [marked for marked, _ in check("capability-not-offered", source)] == ["ListToolsRequestSchema"]
    assert check("capability-not-offered", source.replace("capabilities: {}", "capabilities: { tools: {} }")) == []


PYTHON = """
from mcp.server.lowlevel import Server
from mcp.types import ServerCapabilities, Tool
server = Server("x")
@server.list_tools()
async def list_tools():
    return [Tool(name="f", description="F", inputSchema={"type": "object"})]
OFFERED
"""


@pytest.mark.parametrize(
    ("offered", "becomes"),
    [
        ("ServerCapabilities()", "ServerCapabilities(tools=ToolsCapability())"),
        ("ServerCapabilities(prompts=P)", "ServerCapabilities(prompts=P, tools=ToolsCapability())"),
        ("ServerCapabilities(tools=T)", None),
        ("ServerCapabilities(**given)", None),
        ("server.get_capabilities(NotificationOptions(), {})", None),
    ],
)
def test_capabilities_written_out(offered: str, becomes: str | None) -> None:
    found = check("capability-not-offered", PYTHON.replace("OFFERED", f"offered = {offered}"), "server.py")
    assert bool(found) is (becomes is not None)
    if becomes is not None:
        assert f"offered = {becomes}\n" in found[0][1]
        assert "ToolsCapability" in found[0][1].split("server = ")[0]


# ---------------------------------------------------------------- what is required

TOOL = """
import {{ Server }} from "@modelcontextprotocol/sdk/server/index.js";
const tools = [{{ name: "read", description: "d", inputSchema: {{ type: "object", {schema} }} }}];
"""


@pytest.mark.parametrize(
    ("schema", "marked", "becomes"),
    [
        ('properties: { noteId: {} }, required: ["note_id"]', '"note_id"', 'required: ["noteId"]'),
        ('properties: { a: {} }, required: ["a", "folder"]', '"folder"', 'required: ["a"]'),
        ('properties: { a: {} }, required: ["folder", "a"]', '"folder"', 'required: ["a"]'),
        ('properties: { a: {} }, required: ["folder"]', '"folder"', "required: []"),
        ('properties: { a: { type: "object", properties: { b: {} }, required: ["ccc"] } }', '"ccc"', "required: []"),
    ],
)
def test_what_is_required_and_not_there(schema: str, marked: str, becomes: str) -> None:
    ((found, fixed),) = check("required-without-property", TOOL.format(schema=schema))
    assert found == marked
    assert becomes in fixed


@pytest.mark.parametrize(
    "schema",
    [
        'properties: { a: {} }, required: ["a"]',
        'properties: { ...common, a: {} }, required: ["folder"]',
        'properties, required: ["folder"]',
        'properties: { a: {} }, ...common, required: ["folder"]',
        "properties: { a: {} }, required: names",
        'properties: { [key]: {} }, required: ["folder"]',
        'properties: {}, patternProperties: { "^f": {} }, required: ["folder"]',
    ],
)
def test_what_may_be_there_is_not_told(schema: str) -> None:
    assert check("required-without-property", TOOL.format(schema=schema)) == []


# ---------------------------------------------------------------- what is asked

FORM = """
from HOME import Context, FastMCP
from typing import Literal, Optional
from pydantic import BaseModel
from .moods import Weather
mcp = FastMCP("x")
class Address(BaseModel):
    street: str
class Order(BaseModel):
    field: KIND
@mcp.tool()
async def f(ctx: Context) -> str:
    answer = await ctx.elicit("Where to?", Order)
    return answer.action
"""


@pytest.mark.parametrize(
    ("home", "kind", "told"),
    [
        ("mcp.server.fastmcp", "Address", True),
        ("mcp.server.fastmcp", "list[Address]", True),
        ("mcp.server.fastmcp", "str | None = None", False),
        ("fastmcp", "str | None = None", True),
        ("fastmcp", "Optional[str] = None", True),
        ("mcp.server.fastmcp", "list[str]", False),
        ("fastmcp", "list[str]", True),
        ("mcp.server.fastmcp", "Weather", False),  # of another file: it may be a name for a text
        ("fastmcp", "list[Weather]", False),
        ("fastmcp", "list[str] = Field(json_schema_extra=CHOICES)", False),  # what it lists is not the annotation's
        ("fastmcp", "Annotated[list[str], Field(json_schema_extra=CHOICES)]", False),
        ("fastmcp", "list[str] = Field(description='F')", True),
        ("mcp.server.fastmcp", "Address = Field(json_schema_extra=CHOICES)", True),
    ],
)
def test_fields_of_a_question(home: str, kind: str, told: bool) -> None:
    source = FORM.replace("HOME", home).replace("KIND", kind)
    found = [marked for marked, _ in check("question-that-cannot-be-asked", source, "server.py")]
    assert found == ([kind.partition(" = ")[0]] if told else [])


def test_a_class_that_nobody_asks_for_may_have_anything() -> None:
    source = (
        FORM.replace("HOME", "fastmcp").replace("KIND", "Address").replace('"Where to?", Order', '"Where to?", str')
    )
    assert check("question-that-cannot-be-asked", source, "server.py") == []


# ---------------------------------------------------------------- middleware

LOG = """
from fastmcp.server.middleware import Middleware
class Log(Middleware):
    async def NAME(self, context, call_next):
        BODY
"""


@pytest.mark.parametrize(
    ("body", "becomes"),
    [
        ("await call_next(context)", "return await call_next(context)"),
        ("call_next(context)", "await call_next(context)"),
        ("return call_next(context)", "return await call_next(context)"),
        ("answer = await call_next(context)\n        log()", "log()\n        return answer"),
    ],
)
def test_middleware_that_keeps_the_answer(body: str, becomes: str) -> None:
    source = LOG.replace("NAME", "on_call_tool").replace("BODY", body)
    fixed = check("answer-not-passed-on", source, "server.py")[0][1]
    assert becomes in fixed


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("on_call_tool", "return await call_next(context)"),
        ("on_call_tool", "answer = await call_next(context)\n        return answer"),
        ("on_call_tool", "raise Refused()"),
        ("on_call_tool", "task = create_task(call_next(context))\n        return await task"),
        ("on_call_tool", "waiting = call_next(context)\n        return await waiting"),
        ("on_call_tool", "waiting = call_next(context)\n        return await wait_for(waiting, 3)"),
        ("on_notification", "await call_next(context)"),
        (
            "on_call_tool",
            "if allowed():\n            return await call_next(context)\n        await call_next(context)",
        ),
    ],
)
def test_middleware_that_answers_is_not_told(name: str, body: str) -> None:
    assert check("answer-not-passed-on", LOG.replace("NAME", name).replace("BODY", body), "server.py") == []


def test_a_function_that_is_not_async_hands_the_coroutine_on() -> None:
    source = LOG.replace("NAME", "on_call_tool").replace("async ", "").replace("BODY", "return call_next(context)")
    assert check("answer-not-passed-on", source, "server.py") == []
