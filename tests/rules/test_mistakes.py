"""The ranked list of what authors of servers get wrong: which rule finds each of them, in its shortest form, and under
which SDKs. That it goes wrong there, and what mends it, is shown with the real SDKs in `tests/protocol`."""

from __future__ import annotations

from textwrap import dedent
from typing import NamedTuple

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import dependencies
from mcp_lsp.syntax import Document, language_of
from mcp_lsp_analyzers import registry

HEADS = {
    "mcp 1": ('from mcp.server.fastmcp import Context, FastMCP\nmcp = FastMCP("x")\n', "mcp==1.30.0"),
    "mcp 2": ('from mcp.server.mcpserver import Context, MCPServer\nmcp = MCPServer("x")\n', "mcp==2.3.0"),
    "fastmcp 2": ('from fastmcp import Context, FastMCP\nmcp = FastMCP("x")\n', "fastmcp==2.14.7"),
    "fastmcp 3": ('from fastmcp import Context, FastMCP\nmcp = FastMCP("x")\n', "fastmcp==3.4.10"),
    "fastmcp 4": ('from fastmcp import Context, FastMCP\nmcp = FastMCP("x")\n', "fastmcp==4.1.6"),
}
SCRIPTS = {
    "ts 1": (
        (
            'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
            'import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";\nimport { z } from "zod";\n'
            'const server = new McpServer({ name: "x", version: "1" });\n'
        ),
        '{"dependencies": {"@modelcontextprotocol/sdk": "1.32.2", "zod": "^3.25.0", "dotenv": "^17.0.0"}}',
    ),
    "ts 2": (
        (
            'import { McpServer } from "@modelcontextprotocol/server";\n'
            'import { StdioServerTransport } from "@modelcontextprotocol/server/stdio";\nimport { z } from "zod";\n'
            'const server = new McpServer({ name: "x", version: "1" });\n'
        ),
        '{"dependencies": {"@modelcontextprotocol/server": "2.4.0", "zod": "^4.2.0", "dotenv": "^17.0.0"}}',
    ),
}
PY, TS = tuple(HEADS), tuple(SCRIPTS)
RUN = '\nif __name__ == "__main__":\n    mcp.run()\n'
CONNECT = "\nawait server.connect(new StdioServerTransport());\n"
TOOL = "@mcp.tool()\ndef f() -> str:\n"


class Mistake(NamedTuple):
    """``number``: in the ranked list. ``where``: the SDKs under which it is one; of the others none finds it."""

    number: int
    rule: str
    source: str
    where: tuple[str, ...]


MISTAKES = [
    Mistake(1, "output-on-stdout", TOOL + "    print('x')\n    return ''" + RUN, ("mcp 1", "fastmcp 2", "fastmcp 3")),
    Mistake(1, "output-on-stdout", 'server.registerTool("f", {}, async () => { console.log("x"); return { content: [] }; });' + CONNECT, TS),
    Mistake(2, "banner-on-stdout", 'import dotenv from "dotenv";\ndotenv.config();' + CONNECT, TS),
    Mistake(4, "api-of-another-major", 'server.tool("f", "d", async () => ({ content: [] }));', ("ts 2",)),
    Mistake(4, "api-of-another-major", 'other = FastMCP("y", port=1)\n@other.tool()\ndef f() -> str: ...', ("mcp 2", "fastmcp 3", "fastmcp 4")),
    Mistake(4, "field-of-another-major", "async def f():\n    return [t.inputSchema for t in await mcp.list_tools()]", ("mcp 2",)),
    Mistake(4, "instructions-as-title", 'other = MCPServer("notes", "Use search before you read, and never guess an id.")\n@other.tool()\ndef f() -> str: ...', ("mcp 2",)),
    Mistake(5, "destructive-tool-without-hint", "import shutil\n@mcp.tool()\ndef delete_all(path: str) -> str:\n    shutil.rmtree('/srv/x')\n    return ''", PY),
    Mistake(6, "failure-returned-as-success", TOOL + "    try:\n        return open('x').read()\n    except OSError as e:\n        return f'Error: {e}'", PY),
    Mistake(7, "hidden-exception-text", TOOL + "    raise ValueError('no such city')", ("mcp 2",)),
    Mistake(8, "refused-schema", 'const tools = [{ name: "f", inputSchema: { type: "object", anyOf: [{ required: ["a"] }] } }];', TS),
    Mistake(9, "refused-schema", 'const tools = [{ name: "f", inputSchema: {} }];', TS),
    Mistake(9, "refused-schema", 'const tools = [{ name: "f", inputSchema: { type: "object", required: null } }];', TS),
    Mistake(10, "wrong-kind-of-schema", 'server.registerTool("f", { inputSchema: { type: "object", properties: {} } }, async () => ({ content: [] }));', TS),
    Mistake(10, "wrong-kind-of-schema", 'server.registerTool("f", { inputSchema: { d: z.date() } }, async ({ d }) => ({ content: [] }));', ("ts 2",)),
    Mistake(11, "result-against-output-schema", 'server.registerTool("f", { outputSchema: { a: z.string() } }, async () => ({ content: [] }));', TS),
    Mistake(12, "blocking-call-in-async-handler", "import time\n@mcp.tool()\nasync def f() -> str:\n    time.sleep(3)\n    return ''", PY),
    Mistake(13, "child-on-protocol-channel", "import subprocess\n" + TOOL + "    subprocess.run(['ls'])\n    return ''" + RUN, ("mcp 1", "fastmcp 2", "fastmcp 3")),
    Mistake(14, "context-in-schema", "@mcp.tool()\ndef f(ctx) -> str: ...", PY),
    Mistake(15, "parameter-without-description", '@mcp.tool()\ndef f(a: str) -> str:\n    """Does."""', PY),
    Mistake(15, "parameter-described-in-docstring", '@mcp.tool()\ndef f(a: str) -> str:\n    """Does.\n\n    Args:\n        a: what\n    """', ("mcp 1", "mcp 2", "fastmcp 2")),
    Mistake(16, "confirmation-that-fails-open", "@mcp.tool()\nasync def f(ctx: Context) -> str:\n    try:\n        await ctx.elicit('Sure?', bool)\n    except Exception:\n        pass\n    return 'deleted'", PY),
    Mistake(18, "registration-after-connect", CONNECT + 'server.registerTool("f", {}, async () => ({ content: [] }));', TS),
    Mistake(19, "mounted-without-lifespan", "from starlette.applications import Starlette\nfrom starlette.routing import Mount\napp = Starlette(routes=[Mount('/', app=mcp.streamable_http_app())])", ("mcp 1", "mcp 2")),
    Mistake(20, "host-refused-after-deployment", "import uvicorn\nuvicorn.run(mcp.streamable_http_app(), host='0.0.0.0')", ("mcp 1", "mcp 2")),
    Mistake(21, "invalid-tool-name", "@mcp.tool(name='read note')\ndef f() -> str: ...", PY),
    Mistake(22, "decorator-without-parentheses", "@mcp.tool\ndef f() -> str: ...", ("mcp 1", "mcp 2")),
    Mistake(22, "decorated-function-called", "@mcp.tool\ndef f() -> str: ...\ndef g() -> str:\n    return f()", ("fastmcp 2",)),
    Mistake(22, "wrapper-without-wraps", "def w(fn):\n    def inner(*a, **k):\n        return fn(*a, **k)\n    return inner\n@mcp.tool()\n@w\ndef f() -> str: ...", PY),
    Mistake(22, "decorator-above-registration", "import tenacity\n@tenacity.retry()\n@mcp.tool()\ndef f() -> str: ...", PY),
    Mistake(23, "duplicate-tool-name", "@mcp.tool(name='a')\ndef f() -> str: ...\n@mcp.tool(name='a')\ndef g() -> str: ...", PY),
    Mistake(24, "template-unlike-function", "@mcp.resource('a://{x}')\ndef f(y: str) -> str: ...", PY),
    Mistake(25, "server-run-inside-event-loop", "import asyncio\nasync def main():\n    mcp.run()\nasyncio.run(main())", PY),
    Mistake(27, "body-read-before-transport", 'import express from "express";\nimport { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";\nconst app = express();\napp.use(express.json());\napp.post("/messages", async (req, res) => { await transport.handlePostMessage(req, res); });', TS),
    Mistake(29, "result-against-output-schema", "import json\n@mcp.tool()\ndef f() -> dict[str, int]:\n    return json.dumps({})", PY),
    Mistake(30, "parameter-no-call-can-fill", "@mcp.tool()\ndef f(**kw) -> str: ...", PY),
    Mistake(31, "reading-and-writing-in-one-tool", "from typing import Literal\n@mcp.tool()\ndef f(method: Literal['GET', 'POST']) -> str: ...", PY),
    Mistake(32, "audience-not-checked", "from mcp.server.auth.settings import AuthSettings\ns = AuthSettings(issuer_url='https://a.b', resource_server_url='https://c.d')", ("mcp 1", "mcp 2")),
    Mistake(33, "secret-required-at-import", "import os\nKEY = os.getenv('KEY')\nif not KEY:\n    raise ValueError('KEY')\n" + TOOL + "    return ''", PY),
    Mistake(35, "task-without-support", "@mcp.tool(task=True)\ndef f() -> str: ...", ("fastmcp 2", "fastmcp 3", "fastmcp 4")),
    Mistake(35, "task-without-support", "@mcp.tool(task=True)\nasync def f() -> str: ...", ("fastmcp 4",)),
]  # fmt: skip

ELSEWHERE = {
    3: "sdk-without-upper-bound, in test_protocol_versions.py and tests/protocol",
    17: "server-shared-by-sessions, in its examples and tests/protocol",
    26: "optional parameters as anyOf with null: seen in the hover; a matter of single clients, so no rule",
    28: "oversized-definition, below",
    34: "rules about clients' configurations, in tests of the supply chain",
}


def found(mistake: Mistake, sdk: str) -> bool:
    head, manifest = {**HEADS, **SCRIPTS}[sdk]
    name = "server.ts" if sdk in SCRIPTS else "server.py"
    known = dependencies({"package.json" if sdk in SCRIPTS else "requirements.txt": manifest})
    text = head + dedent(mistake.source) + "\n"
    rule = registry.by_name()[mistake.rule]
    analysis = Analysis(Document(f"file:///{name}", text, language_of(name)), known, rules=[rule])
    assert not analysis.failures
    return bool(analysis.diagnostics)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.number}-{m.rule}")
def test_where_it_is_a_mistake(mistake: Mistake) -> None:
    every = TS if set(mistake.where) & set(TS) else PY
    assert tuple(sdk for sdk in every if found(mistake, sdk)) == mistake.where


def test_each_of_the_list_is_looked_at() -> None:
    assert {mistake.number for mistake in MISTAKES} | ELSEWHERE.keys() == set(range(1, 36))


@pytest.mark.parametrize(("tools", "size", "rules"), [(1, 7_000, 0), (1, 9_000, 1), (40, 3_000, 1), (20, 3_000, 0)])
def test_how_much_is_much(tools: int, size: int, rules: int) -> None:
    words = "Reads a note. " * (size // 14)
    text = HEADS["mcp 1"][0] + "".join(f'@mcp.tool()\ndef f{n}() -> str:\n    """{words}"""\n' for n in range(tools))
    rule = registry.by_name()["oversized-definition"]
    assert len(Analysis(Document("file:///server.py", text, "python"), rules=[rule]).diagnostics) == rules
