"""Right services that look like wrong ones to a quick eye: what rules about services must not say."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

PYTHON = "from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('demo')\n\n"
TYPESCRIPT = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n\n'


def check(name: str, source: str, uri: str) -> list[str]:
    head = PYTHON if uri.endswith(".py") else TYPESCRIPT
    return [d.message for d in check_text(uri, head + textwrap.dedent(source)) if d.rule.name == name]


FLOW = 'export const request = { response_type: "token", client_id: "notes" };\n'


def test_what_a_test_asks_for_is_to_be_refused() -> None:
    assert len(check("outdated-oauth-flow", FLOW, "file:///src/authorize.ts")) == 1
    assert check("outdated-oauth-flow", FLOW, "file:///src/authorize.test.ts") == []


@pytest.mark.parametrize(
    ("looked", "count"), [("sql", 1), ("statement.text", 1), ("toolName", 0), ("request.method", 0)]
)
def test_names_of_tools_are_no_statements(looked: str, count: int) -> None:
    source = f"""
        export function isMutating(sql: string, toolName: string, statement: any, request: any): boolean {{
          return /^(create|update|delete)/i.test({looked});
        }}
        """
    assert len(check("read-only-by-words", source, "file:///src/a.ts")) == count


@pytest.mark.parametrize(("key", "count"), [("access_token", 1), ("confirmation_token", 0), ("next_page_token", 0)])
def test_tokens_that_are_made_for_the_model(key: str, count: int) -> None:
    source = f"""
        import json


        @mcp.tool()
        def start() -> str:
            \"\"\"Start.\"\"\"
            token = make()
            return json.dumps({{"{key}": token}})
        """
    assert len(check("credential-in-answer", source, "file:///src/a.py")) == count


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        (
            "pyproject.toml",
            '[project]\nname = "a"\n[project.optional-dependencies]\n{} = ["mypy>=1"]\n',
            "dev test-ci docs",
        ),
        ("requirements-{}.txt", "mypy>=1\n", "dev test docs"),
        (
            "pyproject.toml",
            '[project]\nname = "a"\n[project.optional-dependencies]\n{} = ["mypy>=1"]\n',
            "!s3 !devices",
        ),
        ("requirements-{}.txt", "mypy>=1\n", "!prod"),
    ],
)
def test_tools_for_development_may_be_the_newest(file: str, text: str, said: str) -> None:
    for name in said.split():
        inside = name.lstrip("!")
        found = check_text(f"file:///src/{file.format(inside)}", text.format(inside))
        assert ["MCP604"] * name.startswith("!") == [d.rule.id for d in found if d.rule.id == "MCP604"], name


@pytest.mark.parametrize(
    ("listens", "count"),
    [
        (
            'import { setupServer } from "msw/node";\nconst app = setupServer();\napp.listen({ onUnhandled: "error" });',
            0,
        ),
        ('import http from "node:http";\nconst app = http.createServer();\napp.listen({ path: "/run/a.sock" });', 0),
        ('import http from "node:http";\nconst app = http.createServer();\napp.listen({ port: 3000 });', 1),
    ],
)
def test_what_listens_on_no_address(listens: str, count: int) -> None:
    assert len(check("listening-everywhere-without-authentication", listens, "file:///src/a.ts")) == count


@pytest.mark.parametrize(("name", "count"), [("apiToken", 1), ("hasToken", 0), ("needsPassword", 0)])
def test_whether_there_is_a_secret_is_no_secret(name: str, count: int) -> None:
    source = f"""
        export function connect({name}: unknown) {{
          console.error(`connecting: ${{{name}}}`);
        }}
        """
    assert len(check("secret-in-log", source, "file:///src/a.ts")) == count


@pytest.mark.parametrize(
    ("gives", "count"),
    [
        ("return { token: answer.token };", 0),
        ("return name;", 1),
    ],
)
def test_the_name_under_which_a_service_makes_a_token(gives: str, count: int) -> None:
    source = f"""
        export async function createToken(client: Client) {{
          const name = `admin-${{Math.random().toString(36).slice(2, 8)}}`;
          const body = {{ label: name }};
          const answer = await client.post("/tokens", body);
          {gives}
        }}
        """
    assert len(check("guessable-secret", source, "file:///src/a.ts")) == count


@pytest.mark.parametrize(
    ("reads", "count"),
    [
        ('return claims.get("exp", 0) < time.time()', 0),
        ('return "exp" in claims and claims["exp"] < time.time()', 0),
        ('return claims["exp"] < time.time() or claims["sub"] == "admin"', 1),
        ("return claims", 1),
    ],
)
def test_how_long_a_token_holds_may_be_asked_of_anybody(reads: str, count: int) -> None:
    source = f"""
        import time

        import jwt


        def expired(token: str):
            claims = jwt.decode(token, options={{"verify_signature": False}})
            {reads}
        """
    assert len(check("token-not-checked", source, "file:///src/a.py")) == count


def test_what_is_done_with_an_answer_sends_nothing() -> None:
    source = """
        import axios from "axios";

        server.registerTool(
          "columns",
          { description: "Lists columns. Works offline." },
          async () => {
            const answer = await axios.get("http://localhost:8086/schema");
            return { content: [{ type: "text", text: String(answer.data.columns.find(Boolean)) }] };
          },
        );
        """
    assert check("description-denies-effect", source, "file:///src/a.ts") == []


def test_what_users_can_do_is_no_promise() -> None:
    source = """
        import axios from "axios";

        server.registerTool(
          "update",
          { description: "Update a schema. You can only add columns, not change them." },
          async () => {
            await axios.put("https://db.example/schema");
            return { content: [] };
          },
        );
        """
    assert check("description-denies-effect", source, "file:///src/a.ts") == []


@pytest.mark.parametrize(
    ("answers", "count"),
    [
        ('console.error("asked"); res.writeHead(405).end(JSON.stringify({ error: "Method not allowed." }));', 0),
        ('res.status(405).json({ error: "Method not allowed." });', 0),
        ("res.status(200).json(notes.all());", 1),
        (
            "if (!sessions.has(req.query.id)) res.status(404).end(); else sessions.get(req.query.id).handle(req, res);",
            1,
        ),
    ],
)
def test_a_route_that_refuses_everybody_need_not_ask(answers: str, count: int) -> None:
    source = f"""
        import express from "express";

        const server = new McpServer({{ name: "notes", version: "1.0.0" }});
        const app = express();
        app.post("/mcp", requireUser, async (req, res) => {{ res.json([]); }});
        app.post("/notes", requireUser, async (req, res) => {{ res.json([]); }});
        app.get("/mcp", async (req, res) => {{
          {answers}
        }});
        """
    assert len(check("route-left-out-of-authentication", source, "file:///src/a.ts")) == count


@pytest.mark.parametrize(
    ("log", "count"), [("logging.getLogger(__name__).info", 1), ("log.info", 1), ("cache.info", 0), ("make().info", 0)]
)
def test_what_is_a_log(log: str, count: int) -> None:
    source = f"""
        import logging


        def connect(api_key: str) -> None:
            {log}("connecting with %s", api_key)
        """
    assert len(check("secret-in-log", source, "file:///src/a.py")) == count
