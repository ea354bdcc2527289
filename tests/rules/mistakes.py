"""The ranked list of what authors of servers get wrong, each in its shortest form that can be run.

What `test_mistakes` finds in it without running anything, `tests/protocol/test_mended_mistakes.py` mends and runs with
the real SDKs; that the unmended form goes wrong is shown beside that, in the other files there.
"""

from __future__ import annotations

from typing import NamedTuple

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
MCP, FASTMCP = PY[:2], PY[2:]
RUN = '\nif __name__ == "__main__":\n    mcp.run()\n'
CONNECT = "\nawait server.connect(new StdioServerTransport());\n"
TOOL = "@mcp.tool()\ndef f() -> str:\n"
TEXT = '{ content: [{ type: "text", text: "x" }] }'
ASK = """
from starlette.testclient import TestClient
with TestClient(app, base_url="http://HOST") as client:
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    headers = {"accept": "application/json, text/event-stream", "authorization": "Bearer x"}
    message = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
    print(client.post("/mcp", json=message, headers=headers).status_code)
"""
LOCALLY, FROM_OUTSIDE = ASK.replace("HOST", "127.0.0.1:8000"), ASK.replace("HOST", "your-host.example.com")
LISTED = {"ts 1": "ListToolsRequestSchema", "ts 2": '"tools/list"'}
LOW = {
    "ts 1": (
        'import { Server } from "@modelcontextprotocol/sdk/server/index.js";\n'
        'import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";\n'
        'const low = new Server({ name: "x", version: "1" }, { capabilities: { tools: {} } });\n'
        "low.setRequestHandler(ListToolsRequestSchema, async () => ({ tools }));\n"
    ),
    "ts 2": (
        'import { Server } from "@modelcontextprotocol/server";\n'
        'const low = new Server({ name: "x", version: "1" }, { capabilities: { tools: {} } });\n'
        'low.setRequestHandler("tools/list", async () => ({ tools }));\n'
    ),
}
CONNECT_LOW = "\nawait low.connect(new StdioServerTransport());\n"


class Mistake(NamedTuple):
    """``number``: in the ranked list. ``where``: the SDKs under which it is one; of the others none finds it.

    The rule's own fix mends it; where there is none, ``why`` says so, and ``mended`` is what an author writes instead.
    ``tail``: what starts the server. ``calls``: the tools called of the mended one, none of which may fail, with their
    arguments. ``prints``: where the whole is a program that ends, what it prints when all is well. ``run``: the SDKs
    with which the mended form is run, where these are not all of ``where``.

    ``shows``: how the form as it is goes wrong with the real SDK, one of the words of `SHOWN`, with what it is about
    behind a colon; or where else that is shown, or why it is not, in a sentence. ``provoke``: the call that shows it.
    ``silent``: SDKs under which the same source does not go wrong, which is run as well."""

    number: int
    rule: str
    source: str
    where: tuple[str, ...]
    mended: str = ""
    why: str = ""
    tail: str | None = None
    calls: tuple[tuple[str, dict[str, object]], ...] = (("f", {}),)
    prints: str = ""
    run: tuple[str, ...] | None = None
    shows: str = ""
    provoke: tuple[str, dict[str, object]] = ("f", {})
    silent: tuple[str, ...] = ()


SHOWN = {
    "stray": "lines on standard output that are no messages",
    "start": "the server does not start",
    "start or call": "the server does not start, or the call fails",
    "start or list": "the server does not start, or cannot be listed",
    "call": "the call fails",
    "list": "`tools/list` fails",
    "read": "`resources/read` fails",
    "success": "the client is told that all went well",
    "unasked": "the client is told that all went well, though its user said no",
    "refused": "the SDK's own client refuses the whole list",
    "root": "the listed schema has it at its root, which the APIs of Anthropic, OpenAI and Bedrock refuse",
    "verbs": "the listed parameter takes `GET` and `POST`: no hint is true of the tool, and directories refuse it",
    "hidden": "the model does not get the text",
    "told": "the client is told no instructions",
    "required": "the model has to fill a parameter that is not its own",
    "undescribed": "the listed parameter has no description",
    "unhinted": "the listed tool has no hints: clients take it for any other that changes something",
    "name": "the listed name is one that clients refuse",
    "lost": "a tool is not listed, or the server does not start",
    "nullable": "the listed parameter may be null",
    "size": "the listed description is longer than 8,000 characters",
    "answers": "the program does not print what it should",
}
"""How a mistake shows with the real SDK."""
CHOICE = "what was meant is for the author to say"
STRUCTURE = "code has to move to another place, and which parts of it only its author knows"

MISTAKES = [
    Mistake(1, "output-on-stdout", TOOL + "    print('x')\n    return ''", ("mcp 1", "fastmcp 2", "fastmcp 3"), shows="stray", silent=("mcp 2", "fastmcp 4")),
    Mistake(1, "output-on-stdout", f'server.registerTool("f", {{}}, async () => {{ console.log("x"); return {TEXT}; }});', TS, shows="stray"),
    Mistake(2, "banner-on-stdout", f'import dotenv from "dotenv";\ndotenv.config();\nserver.registerTool("f", {{}}, async () => ({TEXT}));', TS, shows="stray"),
    Mistake(4, "api-of-another-major", f'server.tool("f", "d", async () => ({TEXT}));', ("ts 2",), shows="start"),
    Mistake(4, "api-of-another-major", 'other = MCPServer("y", port=1)\n@other.tool()\ndef f() -> str:\n    return ""', ("mcp 2",), tail="\nif __name__ == '__main__':\n    other.run(transport='stdio')\n", shows="start"),
    Mistake(4, "api-of-another-major", 'other = FastMCP("y", port=1)\n@other.tool()\ndef f() -> str:\n    return ""', ("mcp 2", "fastmcp 3", "fastmcp 4"), tail="\nif __name__ == '__main__':\n    other.run()\n", run=("fastmcp 3", "fastmcp 4"), shows="start", silent=("mcp 1", "fastmcp 2")),
    Mistake(4, "field-of-another-major", "@mcp.tool()\nasync def f() -> str:\n    return str([t.inputSchema for t in await mcp.list_tools()])", ("mcp 2",), shows="call", silent=("mcp 1",)),
    Mistake(4, "instructions-as-title", 'other = MCPServer("notes", "Use search before you read, and never guess an id.")\n@other.tool()\ndef f() -> str:\n    return ""', ("mcp 2",), tail="\nif __name__ == '__main__':\n    other.run()\n", shows="told"),
    Mistake(5, "destructive-tool-without-hint", "import shutil\n@mcp.tool()\ndef delete_all(path: str) -> str:\n    shutil.rmtree('/srv/x', ignore_errors=True)\n    return ''", PY, calls=(("delete_all", {"path": "a"}),), shows="unhinted"),
    Mistake(6, "failure-returned-as-success", "@mcp.tool()\ndef f(path: str) -> str:\n    try:\n        return open(path).read()\n    except OSError as e:\n        return f'Error: {e}'", PY, calls=(("f", {"path": "/dev/null"}),), shows="success", provoke=("f", {"path": "/no/such/file"})),
    Mistake(7, "hidden-exception-text", "@mcp.tool()\ndef f(city: str) -> str:\n    if city == 'X':\n        raise ValueError('no such city')\n    return city", ("mcp 2",), calls=(("f", {"city": "a"}),), shows="hidden: no such city", provoke=("f", {"city": "X"}), silent=("mcp 1", "fastmcp 2", "fastmcp 3", "fastmcp 4")),
    Mistake(8, "refused-schema", 'const tools = [{ name: "f", inputSchema: { type: "object", anyOf: [{ required: ["a"] }] } }];', TS, tail="low", calls=(), shows="root: anyOf"),
    Mistake(9, "refused-schema", 'const tools = [{ name: "f", inputSchema: {} }];', TS, tail="low", calls=(), shows="refused"),
    Mistake(9, "refused-schema", 'const tools = [{ name: "f", inputSchema: { type: "object", required: null } }];', TS, tail="low", calls=(), shows="refused"),
    Mistake(10, "wrong-kind-of-schema", f'server.registerTool("f", {{ inputSchema: {{ type: "object", properties: {{ a: {{ type: "string", enum: ["x"] }}, n: {{ type: "integer", minimum: 1 }} }}, required: ["a"] }} }}, async () => ({TEXT}));', TS, calls=(("f", {"a": "x"}),), shows="start or list"),
    Mistake(10, "wrong-kind-of-schema", f'server.registerTool("f", {{ inputSchema: z.object({{ d: z.date() }}) }}, async ({{ d }}) => ({TEXT}));', ("ts 2",), calls=(("f", {"d": "2026-11-20T12:00:00Z"}),), shows="start or list"),
    Mistake(11, "result-against-output-schema", f'server.registerTool("f", {{ outputSchema: z.object({{ a: z.string() }}) }}, async () => ({TEXT}));', TS, shows="call"),
    Mistake(11, "result-against-output-schema", 'server.registerTool("f", { outputSchema: z.object({ a: z.string() }) }, async () => {\n  const found = { a: "x" };\n  return { content: [{ type: "text", text: JSON.stringify(found) }] };\n});', TS, shows="call"),
    Mistake(12, "blocking-call-in-async-handler", "import time\n@mcp.tool()\nasync def f() -> str:\n    time.sleep(3)\n    return ''", PY, shows="In test_python_mistakes.py: a second call is answered after the first."),
    Mistake(13, "child-on-protocol-channel", "import subprocess\n" + TOOL + "    subprocess.run(['echo', 'x'])\n    return ''", ("mcp 1", "fastmcp 2", "fastmcp 3"), shows="stray", silent=("mcp 2", "fastmcp 4")),
    Mistake(13, "child-on-protocol-channel", f'import {{ spawnSync }} from "node:child_process";\nserver.registerTool("f", {{}}, async () => {{ spawnSync("echo", ["x"], {{ stdio: "inherit" }}); return {TEXT}; }});', TS, shows="stray"),
    Mistake(14, "context-in-schema", "@mcp.tool()\nasync def f(ctx) -> str:\n    await ctx.info('x')\n    return ''", PY, shows="required: ctx"),
    Mistake(15, "parameter-without-description", '@mcp.tool()\ndef f(a: str) -> str:\n    """Does."""\n    return a', PY, mended='from typing import Annotated\nfrom pydantic import Field\n@mcp.tool()\ndef f(a: Annotated[str, Field(description="The note")]) -> str:\n    """Does."""\n    return a', why="nobody has written yet what it is", calls=(("f", {"a": "x"}),), shows="undescribed: a"),
    Mistake(15, "parameter-described-in-docstring", '@mcp.tool()\ndef f(a: str) -> str:\n    """Does.\n\n    Args:\n        a: what\n    """\n    return a', ("mcp 1", "mcp 2", "fastmcp 2"), calls=(("f", {"a": "x"}),), shows="undescribed: a", silent=("fastmcp 3", "fastmcp 4")),
    Mistake(16, "confirmation-that-fails-open", "from pydantic import BaseModel\nclass Sure(BaseModel):\n    sure: bool\n@mcp.tool()\nasync def f(ctx: Context) -> str:\n    try:\n        await ctx.elicit('Sure?', Sure)\n    except Exception:\n        pass\n    return 'deleted'\n@mcp.tool()\ndef g() -> str:\n    return ''", PY, calls=(("g", {}),), shows="unasked"),
    Mistake(16, "confirmation-that-fails-open", f'server.registerTool("f", {{}}, async () => {{\n  await server.server.elicitInput({{ message: "Sure?", requestedSchema: {{ type: "object", properties: {{}} }} }});\n  return {TEXT};\n}});\nserver.registerTool("g", {{}}, async () => ({TEXT}));', TS, calls=(("g", {}),), shows="unasked"),
    Mistake(18, "registration-after-connect", CONNECT + f'server.registerTool("f", {{}}, async () => ({TEXT}));', TS, tail="", shows="start"),
    Mistake(19, "mounted-without-lifespan", "from starlette.applications import Starlette\nfrom starlette.routing import Mount\napp = Starlette(routes=[Mount('/', app=mcp.streamable_http_app())])", MCP, tail=LOCALLY, prints="200", shows="answers"),
    Mistake(19, "mounted-without-lifespan", "from starlette.applications import Starlette\nfrom starlette.routing import Mount\napp = Starlette(routes=[Mount('/', app=mcp.http_app())])", FASTMCP, tail=LOCALLY, prints="200", shows="answers"),
    Mistake(20, "host-refused-after-deployment", "import sys, uvicorn\napp = mcp.streamable_http_app()\nif 'serve' in sys.argv:\n    uvicorn.run(app, host='0.0.0.0')", MCP, tail=FROM_OUTSIDE, prints="200", shows="answers"),
    Mistake(21, "invalid-tool-name", "@mcp.tool(name='read note')\ndef f() -> str:\n    return ''", PY, calls=(("read_note", {}),), shows="name"),
    Mistake(22, "decorator-without-parentheses", "@mcp.tool\ndef f() -> str:\n    return ''", MCP, shows="start", silent=("fastmcp 2", "fastmcp 3", "fastmcp 4")),
    Mistake(22, "decorated-function-called", "@mcp.tool\ndef g() -> str:\n    return ''\n@mcp.tool\ndef f() -> str:\n    return g()", ("fastmcp 2",), shows="call", silent=("fastmcp 3", "fastmcp 4")),
    Mistake(22, "wrapper-without-wraps", "def w(fn):\n    def inner(*a, **k):\n        return fn(*a, **k)\n    return inner\n@mcp.tool()\n@w\ndef f() -> str:\n    return ''", PY, shows="lost: f"),
    Mistake(22, "decorator-above-registration", "import functools\ndef retry(fn):\n    @functools.wraps(fn)\n    def inner():\n        return fn()\n    return inner\n@retry\n@mcp.tool()\ndef f() -> str:\n    return ''", PY, shows="In test_python_mistakes.py: what the decorator adds is not in the answer."),
    Mistake(23, "duplicate-tool-name", "@mcp.tool(name='a')\ndef f() -> str:\n    return ''\n@mcp.tool(name='a')\ndef g() -> str:\n    return ''", PY, calls=(("a", {}), ("g", {})), shows="lost: 2"),
    Mistake(23, "duplicate-tool-name", TOOL + "    return ''\n" + TOOL + "    return 'x'", PY, mended=TOOL + "    return ''\n" + TOOL.replace(" f", " g") + "    return 'x'", why=CHOICE, calls=(("f", {}), ("g", {})), shows="lost: 2"),
    Mistake(24, "template-unlike-function", "@mcp.resource('a://{x}')\ndef f(y: str) -> str:\n    return y", PY, calls=(), shows="start"),
    Mistake(24, "template-unlike-function", 'server.registerResource("n", "a://{x}", {}, async (uri) => ({ contents: [{ uri: uri.href, text: "x" }] }));', TS, calls=(), shows="read"),
    Mistake(25, "server-run-inside-event-loop", TOOL + "    return ''\nimport asyncio\nasync def main():\n    mcp.run()\nasyncio.run(main())", PY, tail="", shows="start"),
    Mistake(26, "nullable-parameter", "@mcp.tool()\ndef f(a: str | None = None) -> str:\n    return a or ''", PY, shows="nullable: a"),
    # Version 2 has this transport in a package of its own, which passes the body by itself.
    Mistake(27, "body-read-before-transport", 'import express from "express";\nimport { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";\nconst app = express();\nlet transport;\napp.use(express.json());\napp.get("/sse", async (req, res) => { transport = new SSEServerTransport("/messages", res); await server.connect(transport); });\napp.post("/messages", async (req, res) => { await transport.handlePostMessage(req, res); });', TS, tail='\nimport { Client } from "@modelcontextprotocol/sdk/client/index.js";\nimport { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";\nconst web = app.listen(0, "127.0.0.1", async () => {\n  const client = new Client({ name: "t", version: "1" });\n  const url = new URL(`http://127.0.0.1:${web.address().port}/sse`);\n  await client.connect(new SSEClientTransport(url)).then(() => console.log("connected"), () => {});\n  process.exit(0);\n});\n', prints="connected", run=("ts 1",), shows="answers"),
    Mistake(28, "oversized-definition", f'@mcp.tool()\ndef f() -> str:\n    """{"Reads a note. " * 800}"""\n    return ""', PY, mended='@mcp.tool()\ndef f() -> str:\n    """Reads a note."""\n    return ""', why="what a model can do without is for the author to say", shows="size"),
    Mistake(29, "result-against-output-schema", "import json\n@mcp.tool()\ndef f() -> dict[str, int]:\n    return json.dumps({'a': 1})", PY, shows="call"),
    Mistake(30, "parameter-no-call-can-fill", "@mcp.tool()\ndef f(**kw) -> str:\n    return ''", PY, shows="start or call"),
    Mistake(30, "parameter-no-call-can-fill", "@mcp.tool()\ndef f(_a: str) -> str:\n    return _a", MCP, calls=(("f", {"a": "x"}),), shows="start", silent=("fastmcp 2", "fastmcp 3", "fastmcp 4")),
    Mistake(31, "reading-and-writing-in-one-tool", "from typing import Literal\n@mcp.tool()\ndef f(method: Literal['GET', 'POST']) -> str:\n    return method", PY, mended=TOOL + "    return 'GET'\n" + TOOL.replace(" f", " g") + "    return 'POST'", why=STRUCTURE, calls=(("f", {}), ("g", {})), shows="verbs: method"),
    Mistake(32, "audience-not-checked", "from mcp.server.auth.settings import AuthSettings\nfrom mcp.server.auth.provider import AccessToken\nsettings = AuthSettings(issuer_url='https://login.example.com', resource_server_url='https://notes.example.com/mcp')\nclass Verifier:\n    async def verify_token(self, token):\n        return AccessToken(token=token, client_id='c', scopes=[], resource='https://notes.example.com/mcp')\nkind = type(mcp)\napp = kind('y', auth=settings, token_verifier=Verifier()).streamable_http_app()", MCP, tail=LOCALLY, prints="200", shows="In test_python_mistakes_at_start.py: a token for another server is taken."),
    Mistake(33, "secret-required-at-import", "import os\nKEY = os.getenv('NO_SUCH_KEY')\nif not KEY:\n    raise ValueError('NO_SUCH_KEY')\n" + TOOL + "    return KEY\n" + TOOL.replace(" f", " g") + "    return ''", PY, calls=(("g", {}),), shows="start"),
    Mistake(35, "task-without-support", "@mcp.tool(task=True)\ndef f() -> str:\n    return ''", FASTMCP, run=("fastmcp 2",), shows="start"),
    Mistake(35, "task-without-support", "@mcp.tool(task=True)\nasync def f() -> str:\n    return ''", ("fastmcp 4",), shows="start", silent=()),
]  # fmt: skip

ELSEWHERE = {
    3: "sdk-without-upper-bound, in test_protocol_versions.py and tests/protocol: the requirement stands in another file",
    17: "server-shared-by-sessions, in its examples and tests/protocol: a function has to make the server, which is "
    "another shape of the file",
    34: "server-that-cannot-start, in its examples and tests/protocol: the mistake stands in a client's configuration",
}

TITLES = (
    "standard output of a stdio server", "dotenv greets on standard output", "the SDK without an upper bound",
    "the API of another major", "hints missing", "failures returned as success", "exception text hidden from the model",
    "`anyOf` at the root of a schema", "invalid pieces of a schema", "the wrong kind of schema",
    "`outputSchema` without structured content", "blocking calls in async handlers", "a child inherits the channel",
    "the context in the schema", "parameters without description", "a confirmation that fails open",
    "one server for all sessions", "registration after connect", "mounted without lifespan", "host refused after deployment",
    "tool names that clients refuse", "decorators used wrongly", "duplicate names", "URI template against parameters",
    "run inside a running loop", "parameters that may be null", "the body read before the transport",
    "oversized definitions", "JSON encoded twice", "parameters that no call can fill", "reading and writing in one tool",
    "audience not checked", "secrets required at import", "configurations that start nothing", "tasks without support",
)  # fmt: skip
_ELSEWHERE_RUN = {
    3: ("mcp 1 code under mcp 2", "In test_python_mistakes.py: the server starts under 1 and not under 2."),
    17: ("ts 1", "In test_typescript_mistakes.py: the second client gets no connection."),
    34: ("the client of mcp 1", "In test_made_mistakes.py: the client of the SDK starts nothing."),
}


def page() -> str:
    """docs/mistakes.md."""
    lines = [
        "# What authors get wrong, and where it is found",
        "",
        "The 35 mistakes that do the most damage, by how often they are reported. Each is found under the SDKs named here and",
        "under no other (`tests/rules/test_mistakes.py`). With the real SDKs of these versions, the form as it is goes wrong in",
        "the way that stands here (`tests/protocol/test_made_mistakes.py`), and once mended the server lists its tools and",
        "answers (`test_mended_mistakes.py`). Where it stands under *also run*, the same source does not go wrong, and nothing",
        "is said. Versions: mcp 1.30.0 and 2.3.0, fastmcp 2.14.7, 3.4.10 and 4.1.6, TypeScript SDK (ts) 1.32.2 and 2.4.0.",
        "",
        "| # | mistake | rule | found under | how it goes wrong there | also run |",
        "|---|---|---|---|---|---|",
    ]
    rows: list[tuple[int, str, str, str, str]] = []
    for mistake in MISTAKES:
        kind, _, about = mistake.shows.partition(":")
        told = f"run: {SHOWN[kind]}" if kind in SHOWN else mistake.shows
        told += f" (`{about.strip()}`)" if kind in SHOWN and about and not about.strip().isdigit() else ""
        ran = mistake.run
        told += f" (run with {', '.join(ran)})" if ran is not None and kind in SHOWN else ""
        rows.append((mistake.number, mistake.rule, ", ".join(mistake.where), told, ", ".join(mistake.silent)))
    rows += [(n, ELSEWHERE[n].partition(",")[0], *_ELSEWHERE_RUN[n], "") for n in ELSEWHERE]
    for number, rule, where, told, silent in sorted(dict.fromkeys(rows)):
        lines.append(f"| {number} | {TITLES[number - 1]} | {rule} | {where} | {told} | {silent} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    from pathlib import Path

    Path("docs/mistakes.md").write_text(page(), encoding="utf-8")
