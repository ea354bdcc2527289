"""Apps of frameworks beside the tools: who looks at the name by which they were called."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text


def severities(text: str, uri: str) -> list[str]:
    return [d.severity.value for d in check_text(uri, text) if d.rule.name == "own-server-without-host-check"]


FLASK = """
from flask import Flask, abort, request
from .mcp_tools import tools


class Panel:
    def __init__(self):
        self.app = Flask(__name__)

    def serve(self, port: int) -> None:
        {before}
        self.app.run({given})
"""
CHECK = """@self.app.before_request
        def check():
            if request.host not in (f"127.0.0.1:{port}", f"localhost:{port}"):
                abort(403)
"""


@pytest.mark.parametrize(
    ("before", "given", "expected"),
    [
        ("pass", "port=port", ["information"]),
        ("pass", 'host="127.0.0.1", port=port', ["information"]),
        ("pass", 'host="0.0.0.0", port=port', []),  # which is told of by another rule
        (CHECK, "port=port", []),
        ("print(request.host)", "port=port", ["information"]),
        ("self.app.before_request(check_auth(request))", "port=port", []),
    ],
)
def test_flask(before: str, given: str, expected: list[str]) -> None:
    text = FLASK.replace("{before}", before).replace("{given}", given)
    assert severities(text, "file:///src/panel.py") == expected


FASTAPI = """
import uvicorn
from fastapi import FastAPI

from .mcp_tools import tools


def create() -> FastAPI:
    app = FastAPI()
    {middleware}
    return app


def main(host: str) -> None:
    uvicorn.run("notes.app:create", factory=True, host=host)
"""


@pytest.mark.parametrize(
    ("middleware", "expected"),
    [
        ("app.state.tools = tools", ["information"]),
        ("app.add_middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)", []),
    ],
)
def test_fastapi(middleware: str, expected: list[str]) -> None:
    assert severities(FASTAPI.format(middleware=middleware), "file:///src/app.py") == expected


EXPRESS = """
import express from "express";
import {{ tools }} from "./mcp.js";

const app = express();
app.use(express.json());
{before}
app.post("/run", (req, res) => res.json(tools.run(req.body)));
const server = app.listen(8000, "127.0.0.1");
"""


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", ["information"]),
        ("app.use((req, res, next) => (NAMES.has(req.hostname) ? next() : res.sendStatus(403)));", []),
        ('app.use((req, res, next) => (req.headers.host === "localhost:8000" ? next() : res.sendStatus(403)));', []),
        ("app.use((req, res, next) => { console.error(req.hostname); next(); });", ["information"]),
        ('app.get("/callback", (req, res) => { res.end("well"); server.close(); });', ["information"]),
    ],
)
def test_express(before: str, expected: list[str]) -> None:
    assert severities(EXPRESS.format(before=before), "file:///src/panel.ts") == expected


WAITING = """
import express from "express";
import { keep } from "./mcp.js";

export function signIn() {
  const app = express();
  app.use(express.urlencoded({ extended: true }));
  const server = app.listen(8000, "127.0.0.1");
  app.get("/callback", (req, res) => { keep(req.query.code); res.end("well"); server.close(); });
}
"""


def test_an_app_that_reads_no_bodies() -> None:
    text = EXPRESS.format(before="").replace("app.use(express.json());", "")
    assert severities(text, "file:///src/panel.ts") == []


def test_a_server_that_waits_for_one_answer() -> None:
    assert severities(WAITING, "file:///src/login.ts") == []
    assert severities(WAITING.replace("server.close();", ""), "file:///src/login.ts") == ["information"]


RAW = """
import {{ createServer }} from "node:http";
import {{ state }} from "./mcp.js";

export function serve(port: number) {{
  const server = createServer(async (req, res) => {{
    {first}
    res.end(JSON.stringify(state()));
  }});
  server.listen({where});
}}
"""


@pytest.mark.parametrize(
    ("first", "where", "expected"),
    [
        ("", 'port, "127.0.0.1"', ["information"]),
        ("", "port, HOST", ["information"]),
        ("", "port", []),
        ("if (!known(req.headers.host)) return;", "port, HOST", []),
        ("const code = new URL(req.url).searchParams.get('code'); onCallback(code);", "port, HOST", []),
    ],
)
def test_a_server_of_node(first: str, where: str, expected: list[str]) -> None:
    assert severities(RAW.format(first=first, where=where), "file:///src/panel.ts") == expected
