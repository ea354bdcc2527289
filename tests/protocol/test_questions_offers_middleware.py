"""Questions that cannot be asked, what is answered and not offered, middleware that keeps answers: with the real SDKs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.protocol import test_python_mistakes as python
from tests.protocol import test_typescript_mistakes as typescript
from tests.protocol.sdks import LIST, call, run, serve
from tests.rules.mistakes import FASTMCP, HEADS, RUN

pytestmark = pytest.mark.long

FORM = """\
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal, Optional
from pydantic import BaseModel, Field
class Mood(str, Enum):
    GOOD = "good"
class Address(BaseModel):
    street: str
class Order(BaseModel):
    field: KIND
@mcp.tool()
async def f(ctx: Context) -> str:
    answer = await ctx.elicit("Where to?", Order)
    return answer.action
"""
EVERY = ("mcp 1", "mcp 2", *FASTMCP)
REFUSED = {
    "Address": EVERY,
    "Address | None = None": EVERY,
    "list[Address]": EVERY,
    "list[int]": EVERY,
    "dict[str, str]": EVERY,
    "tuple[str, str]": EVERY,
    "Any": EVERY,
    "list[str]": EVERY[1:],
    "Mood": EVERY[:2],
    "list[Mood]": EVERY[:2],
    "Literal['a', 'b']": EVERY[:1],
    "list[Literal['a', 'b']]": EVERY[:1],
    "str | None = None": FASTMCP,
    "Optional[int] = None": FASTMCP,
    "Annotated[str, Field(max_length=9)]": (),
    "list[str] = Field(json_schema_extra={'items': {'type': 'string', 'enum': ['a']}})": (),
    "Annotated[list[str], Field(json_schema_extra={'items': {'type': 'string', 'enum': ['a']}})]": (),
    "bool": (),
}


@pytest.mark.parametrize("sdk", EVERY)
def test_questions_are_refused_where_the_rule_says_so(sdk: str, tmp_path: Path) -> None:
    for kind, refused in REFUSED.items():
        text = HEADS[sdk][0] + FORM.replace("KIND", kind) + RUN
        told = bool(python.analysed(text, sdk, "question-that-cannot-be-asked").diagnostics)
        assert told is (sdk in refused), kind
        assert serve(sdk, text, tmp_path, call("f"), asked=True).failed(1) is told, kind


PROPERTIES = {
    '{ type: "object", properties: {} }': True,
    '{ type: "array", items: { type: "string" } }': True,
    '{ type: ["string", "null"] }': True,
    '{ type: "string", format: "uuid" }': True,
    '{ type: "string", format: "email" }': False,
    '{ type: "array", items: { type: "string", enum: ["a"] } }': False,
    '{ type: "string", enum: ["a"] }': False,
    '{ type: "boolean" }': False,
}
CLIENT = {
    "typescript 1": (
        'import { Client } from "@modelcontextprotocol/sdk/client/index.js";\n'
        'import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";\n'
        'import { ElicitRequestSchema as ASKED } from "@modelcontextprotocol/sdk/types.js";\n'
    ),
    "typescript 2": (
        'import { Client } from "@modelcontextprotocol/client";\n'
        'import { InMemoryTransport } from "@modelcontextprotocol/server";\nconst ASKED = "elicitation/create";\n'
    ),
}
ASK = """
const [here, there] = InMemoryTransport.createLinkedPair();
await server.connect(there);
const client = new Client({ name: "t", version: "1" }, { capabilities: { elicitation: { form: {} } } });
client.setRequestHandler(ASKED, async () => ({ action: "decline" }));
await client.connect(here);
console.log((await client.callTool({ name: "f", arguments: {} })).content[0].text === "decline" ? "asked" : "refused");
process.exit(0);
"""


@pytest.mark.parametrize("sdk", typescript.EVERY)
def test_clients_refuse_questions_where_the_rule_says_so(sdk: str, tmp_path: Path) -> None:
    for written, refused in PROPERTIES.items():
        question = f'{{ message: "q", requestedSchema: {{ type: "object", properties: {{ a: {written} }} }} }}'
        tool = (
            'server.registerTool("f", {}, async () => {\n'
            f"  const answer = await server.server.elicitInput({question});\n"
            '  return { content: [{ type: "text", text: answer.action }] };\n});\n'
        )
        text = typescript.HEADS[sdk] + CLIENT[sdk] + tool + ASK
        assert bool(typescript.analysed(text, sdk, "question-that-cannot-be-asked").diagnostics) is refused, written
        assert run(sdk, text, tmp_path).strange[0] == ("refused" if refused else "asked"), written


# ---------------------------------------------------------------- what is offered

LOW = """\
import asyncio
from mcp.server.lowlevel import Server
from mcp.server.models import InitializationOptions
from mcp.server.stdio import stdio_server
from mcp.types import ServerCapabilities, Tool
server = Server("x")
@server.list_tools()
async def list_tools():
    return [Tool(name="f", description="F", inputSchema={"type": "object"})]
async def main():
    async with stdio_server() as (read, write):
        options = InitializationOptions(server_name="x", server_version="1", capabilities=ServerCapabilities())
        await server.run(read, write, options)
asyncio.run(main())
"""


def test_tools_that_are_not_offered(tmp_path: Path) -> None:
    text = LOW
    (found,) = python.analysed(text, "mcp 1", "capability-not-offered").diagnostics
    analysis = python.analysed(text, "mcp 1", "capability-not-offered")
    fix = found.finding.fix
    assert fix is not None
    assert analysis.module is not None
    changes = python.render(fix, analysis.document, analysis.module, analysis.servers[0].sdk)
    assert changes is not None
    good = python.applied(text, changes)
    assert not python.analysed(good, "mcp 1", "capability-not-offered").diagnostics
    offered = [serve("mcp 1", each, tmp_path, LIST).result(0)["capabilities"] for each in (text, good)]
    assert [("tools" in each) for each in offered] == [False, True]


SCRIPTS = {
    "typescript 1": (
        'import { Server } from "@modelcontextprotocol/sdk/server/index.js";\n'
        'import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";\n'
        'import { ListToolsRequestSchema as TOOLS } from "@modelcontextprotocol/sdk/types.js";\n'
    ),
    "typescript 2": (
        'import { Server } from "@modelcontextprotocol/server";\n'
        'import { StdioServerTransport } from "@modelcontextprotocol/server/stdio";\n'
    ),
}


@pytest.mark.parametrize("given", ["", ", {}", ", { capabilities: {} }", ", { capabilities: { prompts: {} } }"])
@pytest.mark.parametrize("sdk", typescript.EVERY)
def test_a_handler_for_what_is_not_offered(sdk: str, given: str, tmp_path: Path) -> None:
    request = "ListToolsRequestSchema" if sdk == "typescript 1" else '"tools/list"'
    source = (
        f'const server = new Server({{ name: "x", version: "1" }}{given});\n'
        f'server.setRequestHandler({request}, async () => ({{ tools: [{{ name: "f", inputSchema: {{ type: "object" }} }}] }}));\n'
    )
    head = SCRIPTS[sdk].replace(" as TOOLS", "")
    bad, good = typescript.bad_and_fixed("capability-not-offered", sdk, source, head=head)
    assert "does not support tools" in serve(sdk, bad, tmp_path).errors
    assert [tool["name"] for tool in serve(sdk, good, tmp_path, LIST).result(1)["tools"]] == ["f"]


# ---------------------------------------------------------------- middleware

MIDDLEWARE = """\
from fastmcp.server.middleware import Middleware
class Log(Middleware):
    async def on_call_tool(self, context, call_next):
        BODY
mcp.add_middleware(Log())
@mcp.tool()
def f() -> str:
    return "here"
"""


@pytest.mark.parametrize("sdk", FASTMCP)
@pytest.mark.parametrize(
    "body",
    [
        "await call_next(context)",
        "await call_next(context)\n        done = 1",
        "answer = await call_next(context)",
        "return call_next(context)",
    ],
)
def test_middleware_that_keeps_the_answer(sdk: str, body: str, tmp_path: Path) -> None:
    bad, good = python.bad_and_fixed("answer-not-passed-on", sdk, MIDDLEWARE.replace("BODY", body))
    assert serve(sdk, bad, tmp_path, call("f")).failed(1)
    assert serve(sdk, good, tmp_path, call("f")).text(1) == "here"
