"""Which pages may call a service and read its answers: origins that are named, and those that only look like it."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

HEAD = """
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import cors from "cors";
"""


KEPT = "const origin = req.headers.origin;\n"


def found(name: str, source: str, uri: str = "file:///src/serve.ts") -> list[str]:
    return [d.message for d in check_text(uri, HEAD + source if uri.endswith("ts") else source) if d.rule.name == name]


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ("", 1),
        ("{}", 1),
        ('{ methods: ["POST"] }', 1),
        ('{ origin: "*", exposedHeaders: ["mcp-session-id"] }', 1),
        ("{ origin: true }", 1),
        ('{ origin: process.env.ORIGIN || "*" }', 1),
        ('{ origin: ["*"] }', 1),
        ('{ origin: "https://notes.example" }', 0),
        ("{ origin: (origin, done) => done(null, KNOWN.has(origin)) }", 0),
        ("{ origin: false }", 0),
        ('{ origin: "*", credentials: false }', 0),
        ("{ ...options }", 0),
        ("options", 0),
    ],
)
def test_what_the_middleware_is_told(options: str, count: int) -> None:
    assert len(found("answers-for-any-origin", f"export const app = use(cors({options}));\n")) == count


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('res.setHeader("Access-Control-Allow-Origin", "*");', 1),
        ('res.writeHead(200, { "access-control-allow-origin": "*" });', 1),
        ('res.headers["Access-Control-Allow-Origin"] = "*";', 1),
        ('res.setHeader("Access-Control-Allow-Origin", req.headers.origin);', 1),
        ('res.setHeader("Access-Control-Allow-Origin", req.headers.origin || "*");', 1),
        (KEPT + 'if (origin) {\n  res.setHeader("Access-Control-Allow-Origin", origin);\n}', 1),
        (KEPT + 'if (KNOWN.has(origin)) {\n  res.setHeader("Access-Control-Allow-Origin", origin);\n}', 0),
        (
            KEPT
            + 'const ours = KNOWN.has(origin) ? origin : OWN;\nres.setHeader("Access-Control-Allow-Origin", ours);',
            0,
        ),
        (KEPT + 'const ours = isOurs(origin) ? origin : OWN;\nres.setHeader("Access-Control-Allow-Origin", ours);', 0),
        ('const all = process.env.ORIGIN || "*";\nres.setHeader("Access-Control-Allow-Origin", all);', 1),
        ('const one = process.env.ORIGIN || OWN;\nres.setHeader("Access-Control-Allow-Origin", one);', 0),
        ('res.setHeader("Access-Control-Allow-Origin", "http://localhost:6274");', 0),
        ('res.setHeader("Access-Control-Allow-Headers", "*");', 0),
    ],
)
def test_what_an_answer_says(body: str, count: int) -> None:
    assert len(found("answers-for-any-origin", f"export function answer(req, res) {{\n{body}\n}}\n")) == count


@pytest.mark.parametrize(
    ("origin", "credentials", "severity"),
    [
        ("req.headers.origin", '"true"', "WARNING"),
        ('req.headers.origin ?? ""', '"true"', "WARNING"),
        ('"*"', '"true"', "INFORMATION"),  # which browsers refuse
        ("req.headers.origin", '"false"', "INFORMATION"),
    ],
)
def test_whoever_asks_with_credentials(origin: str, credentials: str, severity: str) -> None:
    source = f"""
    export function answer(req, res) {{
      res.setHeader("Access-Control-Allow-Origin", {origin});
      res.setHeader("Access-Control-Allow-Credentials", {credentials});
    }}
    """
    told = check_text("file:///src/serve.ts", HEAD + source)
    assert [d.severity.name for d in told if d.rule.name == "answers-for-any-origin"] == [severity]


def test_it_is_said_once_of_a_function() -> None:
    source = """
    export function answer(req, res) {
      res.setHeader("Access-Control-Allow-Origin", "*");
      if (req.method === "OPTIONS") {
        res.setHeader("Access-Control-Allow-Origin", "*");
      }
    }
    """
    assert len(found("answers-for-any-origin", source)) == 1


def test_compiled_middleware() -> None:
    source = """
    "use strict";
    var __importDefault = (this && this.__importDefault) || function (mod) { return mod; };
    const mcp_js_1 = require("@modelcontextprotocol/sdk/server/mcp.js");
    const cors_1 = __importDefault(require("cors"));
    app.use((0, cors_1.default)());
    """
    assert len(found("answers-for-any-origin", source, "file:///dist/serve.js")) == 1


@pytest.mark.parametrize(
    ("before", "count"),
    [
        ("", 1),
        ('const allowedHosts = getConfig("NOTES_ALLOWED_HOSTS").split(",");\nuse(allowedHosts);\n', 1),
        ('if (!config.allowedHosts.includes(new URL(page).hostname)) throw new Error("no");\n', 1),
        ("export const options = { allowedHosts: [`localhost:${port}`] };\n", 0),
        ("app.use((req, res, next) => (KNOWN.has(req.headers.host) ? next() : res.status(403).end()));\n", 0),
    ],
)
def test_hosts_that_are_asked_are_not_those_by_which_a_server_is_called(before: str, count: int) -> None:
    source = before + "export const transport = new StreamableHTTPServerTransport({ sessionIdGenerator });\n"
    assert len(found("transport-without-host-check", source)) == count


@pytest.mark.parametrize(("credentials", "count"), [("", 1), (", allow_credentials=False", 0)])
def test_origins_that_somebody_has_thought_of(credentials: str, count: int) -> None:
    source = f"""
from mcp.server.fastmcp import FastMCP
from starlette.middleware.cors import CORSMiddleware

app = FastMCP("notes").streamable_http_app()
app.add_middleware(CORSMiddleware, allow_origins=["*"]{credentials})
"""
    assert len(found("answers-for-any-origin", source, "file:///src/serve.py")) == count


@pytest.mark.parametrize(
    ("setting", "count"),
    [
        ('process.env.ORIGIN || "*"', 1),
        ('process.env.ORIGIN ?? "http://localhost:6274"', 0),
        ('"*"', 1),
        ("process.env.ORIGIN", 0),
    ],
)
def test_a_setting_of_the_file_that_means_any_origin_by_itself(setting: str, count: int) -> None:
    answer = 'export function answer(req, res) {\n  res.header("Access-Control-Allow-Origin", ALLOWED);\n}\n'
    assert len(found("answers-for-any-origin", f"const ALLOWED = {setting};\n\n{answer}")) == count


@pytest.mark.parametrize(
    ("origins", "count"),
    [
        ('os.getenv("NOTES_ORIGINS", "*").split(",")', 1),
        ('[one.strip() for one in os.environ.get("NOTES_ORIGINS", "*").split(",")]', 1),
        ('os.getenv("NOTES_ORIGINS", "http://localhost:6274").split(",")', 0),
        ('os.getenv("NOTES_ORIGINS", "").split(",")', 0),
    ],
)
def test_a_setting_in_python_that_means_any_origin_by_itself(origins: str, count: int) -> None:
    source = f"""
import os

from mcp.server.fastmcp import FastMCP
from starlette.middleware.cors import CORSMiddleware

ORIGINS = {origins}

mcp = FastMCP("notes")
app = mcp.streamable_http_app()
app.add_middleware(CORSMiddleware, allow_origins=ORIGINS)
"""
    assert len(found("answers-for-any-origin", source, "file:///serve.py")) == count


SERVICE = """
from aiohttp import web
from flask_cors import CORS
from mcp.server.fastmcp import FastMCP
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware


class Transport:
    def __init__(self, origins=None, known=("https://notes.example",)):
        self.origins = {kept}

    def app(self):
        return {made}
"""


@pytest.mark.parametrize(
    ("kept", "made", "count"),
    [
        ('origins or ["*"]', "Middleware(CORSMiddleware, allow_origins=self.origins)", 1),
        ('["*"] if origins is None else origins', "Middleware(CORSMiddleware, allow_origins=self.origins)", 1),
        ("origins or []", "Middleware(CORSMiddleware, allow_origins=self.origins)", 0),
        ("known", "Middleware(CORSMiddleware, allow_origins=self.origins)", 0),
        ("origins", "CORS(served)", 1),
        ("origins", 'CORS(served, origins="*")', 1),
        ("origins", 'CORS(served, origins=["https://notes.example"])', 0),
        ("origins", "CORS(served, **self.origins)", 0),
    ],
)
def test_origins_that_may_be_any(kept: str, made: str, count: int) -> None:
    source = SERVICE.format(kept=kept, made=made)
    assert len(found("answers-for-any-origin", source, "file:///serve.py")) == count


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ("{ origin: true }", 1),
        ('{ origin: "*", credentials: true }', 1),
        ('{ origin: ["https://notes.example"] }', 0),
        ("{ origin: (origin, done) => done(null, KNOWN.has(origin)) }", 0),
    ],
)
def test_what_fastify_is_told(options: str, count: int) -> None:
    source = f'import cors from "@fastify/cors";\nawait fastify.register(cors, {options});\n'
    assert len(found("answers-for-any-origin", source, "file:///src/serve.ts")) == count


ABOUT = "import os\n\nfrom mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('notes')\n"


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ('CORS_ORIGINS = os.getenv("NOTES_CORS_ORIGINS", "*").split(",")', 1),
        ('CORS_ALLOW_ORIGINS = os.environ.get("ORIGINS") or "*"', 1),
        ('class Settings(Base):\n    cors_origins: list[str] = Field(default=["*"])', 1),
        ('class Settings(Base):\n    cors_origins: list[str] = ["*"]', 1),
        ('CORS_ORIGINS = os.getenv("NOTES_CORS_ORIGINS", "http://localhost:8000").split(",")', 0),
        ('CORS_ORIGINS = os.getenv("NOTES_CORS_ORIGINS")', 0),
        ('CORS_HEADERS = os.getenv("NOTES_CORS_HEADERS", "*")', 0),
        ('ORIGINS = os.getenv("NOTES_ORIGINS", "*")', 0),
        ('from starlette.middleware.cors import CORSMiddleware\n\nCORS_ORIGINS = ["*"]', 0),
    ],
)
def test_a_setting_that_means_any_origin_unless_something_is_set(line: str, count: int) -> None:
    assert len(found("answers-for-any-origin", f"{ABOUT}{line}\n", "file:///settings.py")) == count


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ('export const settings = { corsOrigins: process.env.ORIGINS || "*" };', 1),
        ('export const settings = { corsOrigins: process.env.ORIGINS ? split(process.env.ORIGINS) : ["*"] };', 1),
        ('export const settings = { corsOrigins: process.env.ORIGINS || "http://localhost:6274" };', 0),
    ],
)
def test_a_setting_in_an_object(line: str, count: int) -> None:
    head = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
    texts = [d.rule.name for d in check_text("file:///src/settings.ts", head + line + "\n")]
    assert texts.count("answers-for-any-origin") == count


@pytest.mark.parametrize(
    ("origins", "credentials", "count"),
    [
        ('os.getenv("ORIGINS", "*").split(",")', "True", 1),
        ("ORIGINS", "True", 1),
        ("ORIGINS", "bool(os.getenv('CREDENTIALS'))", 0),
        ('os.getenv("ORIGINS", "https://notes.example").split(",")', "True", 0),
    ],
)
def test_credentials_that_go_along_where_nothing_is_set(origins: str, credentials: str, count: int) -> None:
    source = (
        f'{ABOUT}from starlette.middleware.cors import CORSMiddleware\n\nORIGINS = os.getenv("ORIGINS", "*").split(",")\n'
        "app = mcp.streamable_http_app()\n"
        f"app.add_middleware(CORSMiddleware, allow_origins={origins}, allow_credentials={credentials})\n"
    )
    told = [d for d in check_text("file:///serve.py", source) if d.rule.name == "answers-for-any-origin"]
    assert [d.severity.name for d in told] == ["WARNING"] * count
