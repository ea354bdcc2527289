"""Functions beside the tools that clients reach: requests, tokens of callers."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp import syntax
from mcp_lsp.check import Analysis, check_text


def said(source: str, name: str = "story.py") -> list[str]:
    found = check_text(f"file:///mcp/{name}", textwrap.dedent(source))
    return [d.finding.message for d in found if d.rule.room == "handlers"]


def test_a_form_is_chosen_by_whoever_sends_it() -> None:
    story = """
        import httpx
        from starlette.requests import Request

        class Consent:
            async def post(self, request: Request):
                form = await request.form()
                return await self.look(str(form.get("url")))

            async def look(self, url: str):
                GUARD
                async with httpx.AsyncClient() as client:
                    return await client.get(f"{url}/api/config")
        """
    assert said(story.replace("GUARD", "")) == ['`request.form["url"]` chooses which host is contacted']
    assert said(story.replace("GUARD", "if url not in HOSTS: raise ValueError(url)")) == []
    assert said(story.replace("GUARD", "").replace('form.get("url")', "request.base_url")) == []


def test_a_request_that_is_passed_on_whole() -> None:
    story = """
        import "@modelcontextprotocol/sdk/server/mcp.js";
        const call = (input: Request) => fetch(input);
        export class Client {
          async send(request: Request): Promise<Response> {
            return await call(SENT);
          }
        }
        """
    assert said(story.replace("SENT", "request"), "story.ts") == []
    assert said(story.replace("SENT", "request.clone()"), "story.ts") == []
    told = ["`request.target` chooses which host is contacted"]
    assert said(story.replace("SENT", "(await request.json()).target"), "story.ts") == told


def test_a_token_that_names_a_file() -> None:
    story = """
        from pathlib import Path
        from fastmcp.server.auth import TokenVerifier

        class Sessions(TokenVerifier):
            async def verify_token(self, token: str):
                GUARD
                path = self.folder / f"{token}.session"
                if not path.is_file():
                    return None
                return token
        """
    assert said(story.replace("GUARD", "")) == ["`token` can lead out of the folder it is joined to"]
    assert said(story.replace("GUARD", "if not token.isalnum(): return None")) == []


def test_routes_by_their_paths() -> None:
    story = """
        import subprocess
        from fastapi import Depends, FastAPI

        app = FastAPI()

        @app.get("/logs/{name}")
        def logs(name: KIND, user: str = Depends(current)):
            return subprocess.getoutput(f"journalctl -u {name} --user {user}")
        """
    assert said(story.replace("KIND", "str")) == ["`name` becomes part of a shell command"]
    assert said(story.replace("KIND", "int")) == []
    story = """
        import { execSync } from "child_process";
        import { Server } from "@modelcontextprotocol/sdk/server/index.js";
        export function serve(app) {
          app.post("/logs", async (req, res) => {
            const { unit } = req.body;
            res.send(execSync(`journalctl -u ${unit} ${req.method}`));
          });
        }
        """
    assert said(story, "story.ts") == ['`req.body["unit"]` becomes part of a shell command']
    quoted = story.replace("const { unit } = req.body;", "const unit = Number(req.body.unit);")
    assert said(quoted, "story.ts") == []


def test_services_of_other_kinds_are_left_alone() -> None:
    story = textwrap.dedent(
        """
        import os

        def view(request: Request):
            os.system(request.form["x"])
        """
    )
    assert check_text("file:///shop/views.py", story) == []
    assert said(story) == ['`request.form["x"]` is run as a shell command']


def test_what_answers_for_all_tools_and_resources() -> None:
    story = """
        import sqlite3
        import subprocess
        from mcp.server import Server

        app = Server("x")
        database = sqlite3.connect("x")

        class Run:
            def execute(self, arguments):
                PATH
                return subprocess.getoutput("ls " + path)

        TOOLS = {"run": Run()}

        @app.list_tools()
        async def list_tools():
            return [tool.definition() for tool in TOOLS.values()]

        @app.call_tool()
        async def call_tool(name: str, arguments: dict):
            return TOOLS[name].execute(arguments)

        @app.read_resource()
        async def read_resource(uri):
            table = str(uri)[8:].split("/")[0]
            return database.execute(f"SELECT * FROM {table} LIMIT 100").fetchall()
        """
    assert sorted(said(story.replace("PATH", 'path = arguments["path"]'))) == [
        '`arguments["path"]` becomes part of a shell command',
        "`uri` becomes part of an SQL statement",
    ]
    assert said(story.replace("PATH", 'path = str(int(arguments["path"]))')) == [
        "`uri` becomes part of an SQL statement"
    ]


def test_a_number_by_default_where_the_schema_is_not_seen() -> None:
    story = """
        from mcp.server import Server

        app = Server("x")

        @app.list_tools()
        async def list_tools():
            return [tool.definition() for tool in TOOLS.values()]

        @app.call_tool()
        async def call_tool(name: str, arguments: dict):
            return rows(arguments)

        def rows(arguments):
            limit = arguments.get("limit", DEFAULT)
            return database.execute(f"SELECT * FROM notes LIMIT {limit}")
        """
    assert said(story.replace("DEFAULT", "100")) == []
    assert said(story.replace("DEFAULT", '"100"')) == ['`arguments["limit"]` becomes part of an SQL statement']


def test_a_method_that_answers_for_tools_nobody_lists_here() -> None:
    story = """
        import os
        from mcp.server import Server
        from mcp.types import Tool

        class Notes:
            def __init__(self, registry):
                self.server = Server("notes")
                self.registry = registry
                self.server.list_tools()(self.list_tools)
                self.server.call_tool()(self.call_tool)

            async def list_tools(self):
                return [Tool(name=one.name, inputSchema=one.schema) for one in self.registry.all()]

            async def call_tool(self, name, arguments):
                os.system(arguments["command"])
                return await self.registry.call(name, arguments)
        """
    assert said(story) == ['`arguments["command"]` is run as a shell command']
    analysis = Analysis(syntax.Document("file:///mcp/story.py", _long(story), "python"))
    found = [d.finding.message for d in analysis.diagnostics if d.rule.room == "handlers"]
    assert found == ['`arguments["command"]` is run as a shell command']
    at = analysis.document.text.index('["command"]')
    analysis.change([syntax.Change(at, at + len('["command"]'), '["line"]')])
    found = [d.finding.message for d in analysis.diagnostics if d.rule.room == "handlers"]
    assert found == ['`arguments["line"]` is run as a shell command']
    assert [why for server in analysis.servers for _, why in server.unread] == []


def _long(story: str) -> str:
    """With methods enough that each is kept on its own."""
    more = "".join(
        f"\n    def other{i}(self, x):\n        y = x + {i}\n        z = y * 2\n        return z\n" for i in range(40)
    )
    return textwrap.dedent(story) + more


def test_what_was_sent_is_a_global_of_the_framework() -> None:
    story = """
        import subprocess
        from flask import Flask, jsonify, request

        app = Flask(__name__)

        @app.route("/api/scan", methods=["POST"])
        def scan():
            params = request.json
            command = COMMAND
            return jsonify(subprocess.run(command, shell=True))

        @app.route("/health")
        def health():
            return jsonify({"ok": True})
        """
    assert said(story.replace("COMMAND", "f\"nmap {params.get('target', '')}\"")) == [
        '`request.json["target"]` becomes part of a shell command'
    ]
    assert said(story.replace("COMMAND", '"nmap localhost"')) == []


def test_a_decorator_of_the_project_that_makes_tools() -> None:
    story = """
        import subprocess
        from .registry import register_tool

        @register_tool("ping", "Pings.", {"type": "object"})
        async def ping(arguments: dict, ctx) -> str:
            return subprocess.getoutput(f"ping {arguments['host']}")

        @register_tool
        async def trace(host: str, hops: int, context) -> str:
            return subprocess.getoutput(f"trace -m {hops} {host} {context}")

        @timed
        async def helper(host: str) -> str:
            return subprocess.getoutput(f"ping {host}")
        """
    assert said(story) == [
        '`arguments["host"]` becomes part of a shell command',
        "`host` becomes part of a shell command",
    ]


def test_a_tool_that_a_server_knows_is_told_once() -> None:
    story = """
        import subprocess
        from mcp.server.fastmcp import FastMCP

        mcp = FastMCP("x")

        @mcp.tool()
        async def ping(host: str) -> str:
            return subprocess.getoutput(f"ping {host}")
        """
    assert said(story) == ["`host` becomes part of a shell command"]


def test_a_function_in_the_description_of_a_tool() -> None:
    story = """
        import subprocess
        from .tools import ToolDefinition, tool, answered

        def definitions(config) -> list[ToolDefinition]:
            def ping(host: str, count: int) -> str:
                return subprocess.getoutput(f"ping -c {count} {host}")

            def unused(host: str) -> str:
                return subprocess.getoutput(f"ping {host}")

            return [ToolDefinition(fn=ping, description="Pings.")]

        def trace_tool(ctx):
            async def run(params: dict):
                return subprocess.getoutput(f"traceroute {params['host']}")

            return tool(name="trace", execute=answered(run, "trace"))
        """
    assert said(story) == [
        "`host` becomes part of a shell command",
        '`params["host"]` becomes part of a shell command',
    ]


def test_what_a_framework_puts_in_is_not_sent() -> None:
    story = """
        from typing import Annotated
        from pathlib import Path
        from fastapi import APIRouter, Depends

        router = APIRouter()

        class Settings:
            home: str

        def settings() -> Settings:
            return Settings()

        SettingsDep = Annotated[Settings, Depends(settings)]

        @router.get("/notes/{name}")
        async def note(name: str, settings: TYPE) -> str:
            return Path(settings.home).read_text()
        """
    assert said(story.replace("TYPE", "SettingsDep")) == []
    assert said(story.replace("TYPE", "Annotated[Settings, Depends(settings)]")) == []
    assert said(story.replace("TYPE", "Settings")) == ["`settings` chooses which file is read"]


def test_the_request_of_a_client_goes_out() -> None:
    story = """
        import "@modelcontextprotocol/sdk/server/mcp.js";
        export class Http {
          async NAME(request: HttpRequest): Promise<Response> {
            return await fetch(request.url);
          }
        }
        """
    assert said(story.replace("NAME", "make"), "story.ts") == []
    told = ["`request.url` chooses which host is contacted"]
    assert said(story.replace("NAME", "makeshift"), "story.ts") == told
    assert said(story.replace("NAME", "post"), "story.ts") == told


@pytest.mark.parametrize(
    ("listed", "more"),
    [
        ("return OWN + TOOLS", True),
        ("return [*OWN, *TOOLS]", True),
        ("return [*OWN, *more.TOOLS]", True),
        ("found = list(OWN)\n    found.extend(more.listed())\n    return found", True),
        ("found = OWN\n    found += TOOLS\n    return found", True),
        ("return [*OWN, *(one.definition() for one in TOOLS)]", True),
        ("return types.ListToolsResult(tools=OWN + TOOLS)", True),
        ("return OWN", False),
        ("return [*OWN, *OWN]", False),
    ],
)
def test_tools_that_other_files_define_beside_those_of_a_file(listed: str, more: bool) -> None:
    story = """
        import subprocess
        import mcp.types as types
        from mcp.server import Server
        from . import more
        from .more import TOOLS, run

        app = Server("x")
        OWN = [types.Tool(name="ping", description="Ping a host", inputSchema={"type": "object"})]

        @app.list_tools()
        async def list_tools():
            LISTED

        @app.call_tool()
        async def call_tool(name: str, arguments: dict):
            if name == "ping":
                return subprocess.getoutput("ping " + arguments["host"])
            return subprocess.getoutput(name + arguments["words"])
        """
    text = textwrap.dedent(story).replace("LISTED", listed)
    found = [d.finding.message for d in check_text("file:///mcp/story.py", text) if d.rule.id == "MCP301"]
    host, words = '`arguments["host"]` becomes part', '`arguments["words"]` becomes part'
    assert [any(one.startswith(start) for one in found) for start in (host, words)] == [True, more]


@pytest.mark.parametrize("path", ["", "/", "/harvest", "/{folder}"])
def test_a_route_below_the_path_of_its_router(path: str) -> None:
    story = f"""
        from pathlib import Path
        from fastapi import APIRouter
        from pydantic import BaseModel

        router = APIRouter(prefix="/api/harvest")

        class Asked(BaseModel):
            folder: str

        @router.post("{path}")
        async def harvest(asked: Asked):
            return Path(asked.folder).read_text()
        """
    assert said(story) == ["`asked` chooses which file is read"]
    assert said(story.replace("@router.post(", "@router.task(")) == []


@pytest.mark.parametrize(
    "made",
    [
        "export const made = () => (req, res, next) => { BODY };",
        "export function made() { return function (req, res) { BODY }; }",
        "export const made = (name) => async (request, response) => { const req = request; const res = response; BODY };",
        "module.exports = { notes: async (req, res) => { BODY } };",
        "exports.notes = async (req, res) => { BODY };",
        "const notes = async (req, res) => { BODY };",
        "function notes(req, res) { BODY }",
        "export const made = () => wrapped(async (req: Request, res: Response) => { BODY });",
        "export class Notes { read = async (req: Request, res: Response) => { BODY }; }",
        "export const routes = [{ path: '/notes', handler: (req: express.Request) => { BODY } }];",
    ],
)
def test_a_function_that_answers_requests_wherever_it_is_put(made: str) -> None:
    story = 'import { readFileSync } from "node:fs"; import "@modelcontextprotocol/sdk/server/mcp.js";\n' + made
    read = 'readFileSync("/srv/notes/" + req.query.name)'
    assert said(story.replace("BODY", read), "story.ts") == [
        f'`{"request" if "(request" in made else "req"}.query["name"]` can lead out of the folder it is joined to'
    ]
    assert said(story.replace("BODY", read.replace("req.query.name", '"index"')), "story.ts") == []


@pytest.mark.parametrize(
    "made",
    [
        "export const made = () => (row, res) => { BODY };",
        "export const made = () => (req) => { BODY };",
        "bus.each((req, res) => { BODY });",
        "export const made = () => (req: Row, res: Row) => { BODY };",
        "export class Client { send(req, res) { BODY } }",
    ],
)
def test_what_is_no_request_by_name_or_type(made: str) -> None:
    story = 'import { readFileSync } from "node:fs"; import "@modelcontextprotocol/sdk/server/mcp.js";\n' + made
    name = "row" if "(row" in made else "req"
    assert said(story.replace("BODY", f'readFileSync("/srv/notes/" + {name}.query.name)'), "story.ts") == []
