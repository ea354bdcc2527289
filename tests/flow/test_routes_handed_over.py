"""Functions that answer requests because they are handed to something that routes them, and what arrives in them."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

_PYTHON = """
import json
import subprocess
from urllib.parse import parse_qs, urlparse
{head}

async def look(request):
    body = await request.json()
    return subprocess.getoutput("ls " + body["path"])

class Desk:
    async def look(self, request):
        body = await request.json()
        return subprocess.getoutput("ls " + body["path"])

desk = Desk()
{routes}
"""

_NODE = """
import {{ execSync }} from "child_process";
import http from "http";
{head}
function look(request) {{ return execSync("ls " + request.body.path); }}
{routes}
"""


def told(text: str, name: str) -> bool:
    """Whether something that a client sends reaches a shell."""
    return any(d.rule.id == "MCP301" for d in check_text(f"file:///mcp/{name}", text))


@pytest.mark.parametrize(
    ("head", "routes"),
    [
        ("from starlette.routing import Route", 'routes = [Route("/look", look, methods=["POST"])]'),
        ("from starlette.routing import Route", 'routes = [Route("/look", endpoint=look)]'),
        ("from starlette.routing import Route", 'routes = [Route("/look", endpoint=desk.look)]'),
        ("from starlette.applications import Starlette", 'app = Starlette()\napp.add_route("/look", look)'),
        ("from aiohttp import web", 'app = web.Application()\napp.router.add_post("/look", look)'),
        ("from aiohttp import web", 'app = web.Application()\napp.router.add_route("POST", "/look", desk.look)'),
        ("from aiohttp import web", 'app = web.Application()\napp.add_routes([web.post("/look", look)])'),
        ("from fastapi import FastAPI", 'app = FastAPI()\napp.add_api_route("/look", look, methods=["POST"])'),
        ("from .web import routes", 'routes.add("POST", "/look", desk.look)'),
    ],
)
def test_routes_of_python(head: str, routes: str) -> None:
    assert told(_PYTHON.format(head=head, routes=routes), "story.py")


@pytest.mark.parametrize(
    "routes",
    ["routes = [look]", 'app.add_note("/look", look)', 'Route("look", look)', 'routes.add("SEND", "/look", look)'],
)
def test_what_is_handed_to_something_else(routes: str) -> None:
    assert not told(_PYTHON.format(head="import mcp", routes=routes), "story.py")


@pytest.mark.parametrize(
    "body",
    [
        'self.look(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["path"])',
        'self.look(parse_qs(urlparse(self.path).query)["path"][0])',
        'self.look(parse_qs(urlparse(self.path).query).get("path", [""])[0])',
        'self.look(self.sent()["path"])',
        'self.look(self.headers.get("X-Path"))',
    ],
)
@pytest.mark.parametrize("base", ["BaseHTTPRequestHandler", "SimpleHTTPRequestHandler", "Handler"])
def test_a_handler_of_the_server_that_python_has(body: str, base: str) -> None:
    story = f"""
        import json
        import subprocess
        from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler
        from urllib.parse import parse_qs, urlparse
        from .local import Handler

        class Desk({base}):
            def do_POST(self):
                {body}

            def sent(self):
                return json.loads(self.rfile.read())

            def look(self, path):
                subprocess.getoutput("ls " + path)
        """
    assert told(textwrap.dedent(story), "story.py") == base.endswith("HTTPRequestHandler")


def test_a_socket_of_a_route() -> None:
    story = """
        import subprocess
        from fastapi import FastAPI, WebSocket

        app = FastAPI()

        @app.websocket("/look")
        async def look(socket: WebSocket):
            await socket.accept()
            sent = await socket.receive_json()
            subprocess.getoutput("ls " + sent["path"])
        """
    assert told(textwrap.dedent(story), "story.py")


@pytest.mark.parametrize(
    ("head", "routes"),
    [
        ('import Fastify from "fastify";', 'Fastify().route({ method: "POST", url: "/look", handler: look });'),
        (
            'import Fastify from "fastify";',
            'Fastify().route({ method: "POST", url: "/look", handler: async (request, reply) => look(request) });',
        ),
        ('import express from "express";', 'express.Router().route("/look").post(look);'),
        ('import express from "express";', 'express.Router().route("/look").post((req, res) => res.send(look(req)));'),
        ('import express from "express";', 'express().use("/look", look);'),
        ('import { routes } from "./web";', 'routes.add("POST", "/look", look);'),
        ("", "export default { async fetch(request, env) { return look(request); } };"),
        ("", "export default { fetch: async (request) => look({ body: await request.json() }) };"),
    ],
)
def test_routes_of_node(head: str, routes: str) -> None:
    assert told(_NODE.format(head=head, routes=routes), "story.ts")


@pytest.mark.parametrize(
    "read",
    [
        'let sent = ""; req.on("data", (chunk) => { sent += chunk; }); req.on("end", () => run(JSON.parse(sent)));',
        'let sent = ""; req.on("data", (chunk) => { sent += chunk; }).on("end", () => run(JSON.parse(sent)));',
        (
            'const sent = []; req.on("data", (chunk) => sent.push(chunk));'
            ' req.on("end", () => run(JSON.parse(Buffer.concat(sent).toString())));'
        ),
        "const sent = []; for await (const chunk of req) sent.push(chunk); run(JSON.parse(Buffer.concat(sent)));",
        'let sent = ""; for await (const chunk of req) sent += chunk; run(JSON.parse(sent));',
        (
            'const sent = await new Promise((resolve) => { let all = ""; req.on("data", (c) => { all += c; });'
            ' req.on("end", () => resolve(all)); }); run(JSON.parse(sent));'
        ),
    ],
)
def test_the_body_of_a_request_piece_by_piece(read: str) -> None:
    run = 'function run(sent) { execSync("ls " + sent.path); }\n'
    served = f"http.createServer(async (req, res) => {{ {read} }});"
    assert told(_NODE.format(head=run, routes=served), "story.ts")
    assert not told(_NODE.format(head=run, routes=served.replace("createServer", "createAgent")), "story.ts")
