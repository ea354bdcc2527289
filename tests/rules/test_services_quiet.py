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


@pytest.mark.parametrize(
    ("source", "uri", "count"),
    [
        ('server.start({ httpStream: { port: 8080, host: "0.0.0.0" } });', "file:///src/a.ts", 1),
        ('server.start({ httpStream: { port: 8080, host: "127.0.0.1" } });', "file:///src/a.ts", 0),
        ('config.bind = ["0.0.0.0:8000"]', "file:///src/a.py", 1),
        ('config.bind = ["127.0.0.1:8000"]', "file:///src/a.py", 0),
    ],
)
def test_where_a_server_is_told_to_listen(source: str, uri: str, count: int) -> None:
    assert len(check("listening-everywhere-without-authentication", source, uri)) == count


@pytest.mark.parametrize(("pattern", "count"), [('".*"', 1), (r'r"https://[a-z]+\.notes\.example"', 0)])
def test_origins_as_an_expression(pattern: str, count: int) -> None:
    source = f"app.add_middleware(CORSMiddleware, allow_origin_regex={pattern}, allow_credentials=True)"
    assert len(check("any-origin-with-credentials", source, "file:///src/a.py")) == count


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


@pytest.mark.parametrize(
    ("route", "count"),
    [("/notes/{name}", 1), ("/llms.txt", 0), ("/forgot-password", 0), ("/providers", 0), ("/{name}.json", 1)],
)
def test_documents_and_the_way_in_are_for_everybody(route: str, count: int) -> None:
    source = f"""
        from fastapi import APIRouter, Depends

        from .login import require_user

        router = APIRouter()


        @router.get("/notes", dependencies=[Depends(require_user)])
        def notes() -> list[str]:
            return []


        @router.get("/tags", dependencies=[Depends(require_user)])
        def tags() -> list[str]:
            return []


        @router.get("{route}")
        def one(name: str) -> None:
            print(name)
        """
    assert len(check("route-left-out-of-authentication", source, "file:///src/notes.py")) == count


@pytest.mark.parametrize(
    ("token", "uses", "count"),
    [
        ("await create_access_token(user)", 'return claims["sub"]', 0),
        ("await read_access_token(user)", 'return claims["sub"]', 1),
        ("request.token", 'return await verify(token, keys[claims["iss"]])', 0),
        ("request.token", 'return keys[claims["iss"]]', 1),
        ("request.token", 'return await verify(token, keys[claims["iss"]]) or claims["sub"]', 1),
    ],
)
def test_a_token_that_was_just_made_or_is_checked_afterwards(token: str, uses: str, count: int) -> None:
    source = f"""
        import jwt


        async def sign_in(user, request):
            token = {token}
            claims = jwt.decode(token, options={{"verify_signature": False}})
            {uses}
        """
    assert len(check("token-not-checked", source, "file:///src/a.py")) == count


def test_a_token_that_was_just_made_beside_something_else() -> None:
    source = """
        import jwt


        async def sign_in(user):
            token, lifetime = await create_access_token(user)
            return jwt.decode(token, options={"verify_signature": False})["jti"], lifetime
        """
    assert check("token-not-checked", source, "file:///src/a.py") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("<body><p>{request.url.path}</p>", 1),
        ("<form action='/sign-in'>{request.url.path}", 1),
        ("Path: {request.url.path}, body: <body too large>", 0),
    ],
)
def test_words_in_angle_brackets_are_no_page(text: str, count: int) -> None:
    source = f"""
        from starlette.requests import Request


        def shown(request: Request) -> str:
            return f"{text}"
        """
    assert len(check("html-without-escaping", source, "file:///src/a.py")) == count


@pytest.mark.parametrize(("field", "count"), [("statusText", 1), ("bodyScript", 0), ("additionalStyles", 0)])
def test_a_script_that_a_page_is_given_is_no_text(field: str, count: int) -> None:
    source = f"""
        export function page(options: PageOptions): string {{
          const {{ {field} = "" }} = options;
          return `<!DOCTYPE html><html><body><p>${{{field}}}</p></body></html>`;
        }}
        """
    assert len(check("html-without-escaping", source, "file:///src/a.ts")) == count


@pytest.mark.parametrize(
    ("name", "count"), [("REQUESTED_SCOPE", 1), ("DEFAULT_SCOPES", 1), ("_ALL_PERMISSIONS_SCOPE", 0)]
)
def test_the_name_of_the_scope_for_everything(name: str, count: int) -> None:
    assert len(check("scope-for-everything", f'{name} = "*"\n', "file:///src/a.py")) == count


@pytest.mark.parametrize(("name", "count"), [("api_token", 1), ("chars_per_token", 0)])
def test_how_many_characters_a_token_has(name: str, count: int) -> None:
    source = f"""
        import logging


        def estimate({name}) -> None:
            logging.info("estimating with %s", {name})
        """
    assert len(check("secret-in-log", source, "file:///src/a.py")) == count


@pytest.mark.parametrize(
    ("words", "count"), [('["insert", "update", "delete", "create"]', 1), ('["update", "create", "delete"]', 0)]
)
def test_what_is_done_to_anything_is_no_word_of_a_statement(words: str, count: int) -> None:
    source = f"""
        export const writeOperations = {words};
        """
    assert len(check("read-only-by-words", source, "file:///src/a.ts")) == count


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("postgresql://app:Vt7-kQ92-wZx@db.notes.dev/notes", 1),
        ("https://admin:Vt7-kQ92-wZx@api.example.com/notes", 0),
        ("redis://default:abc123@redis-1.cloud.notes.dev/0", 0),
    ],
)
def test_passwords_of_documentation(address: str, count: int) -> None:
    assert len(check("secret-in-source", f'STORE = "{address}"\n', "file:///src/a.py")) == count


@pytest.mark.parametrize(("field", "count"), [("role", 1), ("databaseName", 0)])
def test_the_default_of_a_field_is_about_that_field(field: str, count: int) -> None:
    source = f"""
        import {{ z }} from "zod";

        const server = new McpServer({{ name: "users", version: "1.0.0" }});
        const shape = {{ roles: z.array(z.object({{ {field}: z.string().default("admin") }})) }};
        server.registerTool("add_user", {{ description: "Add a user.", inputSchema: shape }}, async () => ({{ content: [] }}));
        """
    assert len(check("harmful-default", source, "file:///src/a.ts")) == count


@pytest.mark.parametrize(
    ("call", "count"),
    [
        ("exec(`open ${JSON.stringify(url)}`);", 1),
        ('exec(`cmd.exe /c start "" "${url}"`);', 1),
        ("execSync(`xdg-open '${url}'`);", 1),
        ("exec(`openssl version ${flag}`);", 0),
        ("exec(`open ${file}`);", 0),
        ("pattern.exec(`open ${url}`.slice(5));", 0),
        ('if (new URL(url).protocol === "https:") exec(`open "${url}"`);', 0),
        ('execFile("open", [url]);', 0),
        ('if (mac) exec(`open "${url}"`); else exec(`xdg-open "${url}"`);', 1),
    ],
)
def test_addresses_that_a_shell_opens(call: str, count: int) -> None:
    source = f"""
        import {{ exec, execFile, execSync }} from "node:child_process";

        export function openBrowser(url: string, file: string, flag: string, pattern: RegExp): void {{
          {call}
        }}
        """
    assert len(check("address-opened-unchecked", source, "file:///src/a.ts")) == count


@pytest.mark.parametrize(
    ("call", "count"),
    [
        ('exec(`open "${url}"`)', 1),
        ('const command = `open "${url}"`; exec(command)', 1),
        ('spawn("cmd", ["/c", "start", "", url])', 1),
        ('spawn("cmd", ["/c", "echo", url])', 0),
        ('spawn("xdg-open", [url])', 0),
    ],
)
def test_what_opens_an_address_through_a_shell(call: str, count: int) -> None:
    source = f"""
        import {{ exec, spawn }} from "node:child_process";

        export function show(url: string) {{
          {call};
        }}
        """
    assert len(check("address-opened-unchecked", source, "file:///src/a.ts")) == count


@pytest.mark.parametrize(
    ("param", "count"), [("verify_jwt: bool", 0), ("check_token=False", 0), ("jwt: str", 1), ("api_token=None", 1)]
)
def test_a_parameter_that_says_yes_or_no_is_no_secret(param: str, count: int) -> None:
    source = f"""
        import logging


        def deploy({param}) -> None:
            logging.info("deploying with %s", {param.partition(":")[0].partition("=")[0]})
        """
    assert len(check("secret-in-log", source, "file:///src/a.py")) == count


@pytest.mark.parametrize(
    ("writes", "told", "count"),
    [
        ("console.log", "Add this to your .env file:", 0),
        ("console.log", "Connected as:", 1),
        ("console.error", "Add this to your .env file:", 1),
        ("logger.info", "Add this to your .env file:", 1),
    ],
)
def test_what_somebody_at_a_terminal_is_given_to_keep(writes: str, told: str, count: int) -> None:
    source = f"""
        export function setUp() {{
          const apiKey = generate();
          {writes}("{told}");
          {writes}(`NOTES_KEY=${{apiKey}}`);
        }}
        """
    assert len(check("secret-in-log", source, "file:///src/a.ts")) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('if (host === "localhost" || host.startsWith("192.168.")) { throw new Error("private"); }', 1),
        ('if (host.startsWith("192.168.")) { throw new Error("private"); }', 0),
        ('if (["10.", "192.168.", "169.254."].some((one) => host.startsWith(one))) { throw new Error("no"); }', 0),
        (r"const blocked = [/^localhost$/, /^10\./, /^192\.168\./];", 1),
        (r"const blocked = [/^localhost$/, /^10\./, /^192\.168\./, /^169\.254\./];", 0),
        (r"if (/^(10\.|192\.168\.)/.test(host)) { throw new Error('private'); }", 1),
        (r"const allowedHosts = [/^10\./, /^192\.168\./];", 0),
    ],
)
def test_ranges_that_are_written_out(source: str, count: int) -> None:
    body = f"export function refuse(host: string) {{\n  {source}\n}}\n"
    assert len(check("private-addresses-with-gaps", body, "file:///src/a.ts")) == count


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("const writePattern = /\\b(?:insert|update|delete|drop)\\b/i;", 1),
        ("const tablePattern = /\\b(?:insert|update|delete|drop)\\b/i;", 0),
        ("const writePattern = /\\b(?:insert|overwrite)\\b/i;", 0),
        ("const writePattern = /insert(?: or update| and delete)? into/i;", 0),
    ],
)
def test_words_kept_in_an_expression(written: str, count: int) -> None:
    assert len(check("read-only-by-words", written + "\n", "file:///src/a.ts")) == count


@pytest.mark.parametrize(
    ("used", "count"),
    [
        ("sqlparse.format(sql, strip_comments=True)", 1),
        ("sqlparse.parse(sql)[0].get_type()", 0),
    ],
)
def test_a_parser_that_only_takes_comments_out(used: str, count: int) -> None:
    source = f"""
        import sqlparse

        FORBIDDEN = ["INSERT", "UPDATE", "DELETE", "DROP"]


        def kind(sql: str) -> str:
            return {used}
        """
    assert len(check("read-only-by-words", source, "file:///src/a.py")) == count


@pytest.mark.parametrize(
    ("name", "count"),
    [("QUEUE_TOKEN", 1), ("localQueueToken", 0), ("EMULATOR_TOKEN", 0), ("LOCALE_TOKEN", 1), ("QUEUE_LOCAL_TOKEN", 1)],
)
def test_what_opens_ones_own_computer(name: str, count: int) -> None:
    source = f'const {name} = "eyJVc2Vy1SQi2iJk3WZhd4x5VXNlciJ9";\n'
    assert len(check("credential-written-out", source, "file:///src/a.ts")) == count


@pytest.mark.parametrize(
    ("looked", "count"),
    [
        ("await doesDomainResolveToPrivateIP(host)", 0),
        ("await hostnameResolvesToInternal(host)", 0),
        ("(await resolveAll(host)).some(isPrivate)", 0),
        ("await isOnList(host)", 1),
        ("Promise.resolve(host)", 1),
        ("path.resolve(host)", 1),
    ],
)
def test_a_name_that_is_resolved_beside_it(looked: str, count: int) -> None:
    source = f"""
        import {{ isIP }} from "node:net";
        import {{ isPrivate }} from "./ranges.js";

        export async function isSafe(url: string) {{
          const host = new URL(url).hostname;
          if (isIP(host) && isPrivate(host)) {{
            return false;
          }}
          return !({looked});
        }}
        """
    assert len(check("hosts-as-written", source, "file:///src/a.ts")) == count


KEPT = """
    import jwt


    class {cls}:
        def __init__(self, token: str) -> None:
            self.token = token

        def organisation(self, given: str) -> str:
            claims = jwt.decode({token}, options={{"verify_signature": False}})
            return claims["org"]
    """


@pytest.mark.parametrize(
    ("cls", "token", "count"),
    [
        ("NotesClient", "self.token", 0),
        ("OAuthSession", 'self.token["access_token"]', 0),
        ("NotesClient", "given", 1),
        ("NotesVerifier", "self.token", 1),
    ],
)
def test_a_client_reads_the_token_that_it_sends_along(cls: str, token: str, count: int) -> None:
    assert len(check("token-not-checked", KEPT.format(cls=cls, token=token), "file:///src/a.py")) == count


TEMPLATE = """
    from jinja2 import Environment
    from starlette.responses import HTMLResponse


    def rendered(text: str, values: dict):
        made = Environment(autoescape=False)
        return {given}
    """


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ("made.from_string(text).render(values)", 0),
        ("HTMLResponse(made.from_string(text).render(values))", 1),
        ('made.get_template("page.txt").render(values)', 1),
        ("made", 1),
    ],
)
def test_templates_of_which_no_page_is_made(given: str, count: int) -> None:
    assert len(check("templates-without-escaping", TEMPLATE.format(given=given), "file:///src/a.py")) == count


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ("insecure ? { rejectUnauthorized: false } : undefined", 0),
        ("{ port: 443, ...(insecure && { rejectUnauthorized: false }) }", 0),
        ("{ rejectUnauthorized: false }", 1),
        ("given || { rejectUnauthorized: false }", 1),
        ("given ?? { rejectUnauthorized: false }", 1),
    ],
)
def test_a_check_of_certificates_that_is_left_to_who_runs_it(options: str, count: int) -> None:
    for statement in (f"const options = {options};", f"connect({options});"):
        source = f"export function open(insecure: boolean, given: any) {{\n  {statement}\n}}\n"
        assert len(check("certificate-not-checked", source, "file:///src/a.ts")) == count


GIVEN = """
    const server = new McpServer({{ name: "forms", version: "1" }});
    server.tool("submit", {{ form_token: z.string() }}, async (input, extra) => {{
      const formToken = await resolve({resolved});
      return {{ content: [{{ type: "text", text: `sent to ${{{shown}}}` }}] }};
    }});
    """


@pytest.mark.parametrize(
    ("resolved", "shown", "count"),
    [
        ("input.form_token", "input.form_token", 0),
        ("input.form_token", "formToken", 0),
        ("input.password", "formToken", 1),
        ("config.form_token", "formToken", 1),
        ("input.form_token", "extra.token", 1),
        ("input.form_token", "config.form_token", 1),
    ],
)
def test_what_the_model_gave_itself(resolved: str, shown: str, count: int) -> None:
    source = 'import { z } from "zod";\n' + textwrap.dedent(GIVEN.format(resolved=resolved, shown=shown))
    assert len(check("credential-in-answer", source, "file:///src/a.ts")) == count
