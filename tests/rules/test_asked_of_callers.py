"""What services ask of whoever calls, and tell them: whose a thing is, a credential that is only kept, facts, schemes."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

PYTHON = "from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('demo')\n\n"
TYPESCRIPT = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n\n'


def count(name: str, source: str, uri: str = "file:///src/a.py") -> int:
    head = PYTHON if uri.endswith(".py") else TYPESCRIPT
    return sum(d.rule.name == name for d in check_text(uri, head + textwrap.dedent(source)))


@pytest.mark.parametrize(
    ("held", "then", "after", "found"),
    [
        ("key", "KEY.set(key)", "pass", 1),
        ("key", "request.state.key = key", "pass", 1),
        ("key", "KEY.set(key)", "raise HTTPException(401)", 0),
        ("key", "log.info('with a key')", "pass", 0),
        ("request.url", "KEY.set(key)", "pass", 0),
    ],
)
def test_a_credential_that_is_only_kept(held: str, then: str, after: str, found: int) -> None:
    source = f"""
        async def dispatch(request, call_next):
            key = request.headers.get("x-api-key")
            if {held}:
                {then}
            else_ = 1
            {after}
            return await call_next(request)
        """
    assert count("authentication-that-lets-everyone-through", source) == found


@pytest.mark.parametrize(
    ("then", "found"), [("req.apiKey = apiKey;", 1), ("req.apiKey = apiKey; } else { refuse(res);", 0)]
)
def test_a_credential_that_is_only_kept_in_typescript(then: str, found: int) -> None:
    source = f"""
        export function keep(req, res, next) {{
          const apiKey = req.headers["x-api-key"];
          if (apiKey) {{ {then} }}
          next();
        }}
        """
    assert count("authentication-that-lets-everyone-through", source, "file:///src/a.ts") == found


@pytest.mark.parametrize(
    ("name", "params", "body", "found"),
    [
        ("get_task", "task_id, session_id", "return self.rows.get(task_id)", 1),
        ("delete_memory", "memory_id, user_id=None", "self.rows.delete(memory_id)", 1),
        ("get_task", "task_id, session_id", "return self.rows[task_id]", 1),
        ("get_task", "task_id, session_id", "return self.rows.get(task_id, session_id)", 0),
        ("get_task", "task_id, session_id", "raise NotImplementedError", 0),
        ("get_task", "task_id, session_id", "log.info(task_id)", 0),
        ("get_session", "session_id", "return self.rows.get(session_id)", 0),
        ("create_task", "task_id, session_id", "self.rows.add(task_id)", 0),
        ("get_task", "name, session_id", "return self.rows.get(name)", 0),
        ("get_block", "chain_id, session_id", "return self.rows.get(chain_id)", 0),
        ("get_account", "account_id, user_id", "return self.rows.get(account_id)", 1),
        ("get_user_note", "user_id, note_id", "return self.rows.get(note_id)", 1),
    ],
)
def test_whose_a_thing_is(name: str, params: str, body: str, found: int) -> None:
    source = f"class Rows:\n    def {name}(self, {params}):\n        {body}\n"
    assert count("owner-that-nobody-asks-about", source) == found


@pytest.mark.parametrize(
    ("address", "then", "found"),
    [
        ("uri", "throw new Error('no');", 1),
        ("uri", "return false;", 1),
        ("uri", "return uri;", 0),
        ('uri.startsWith("#") || uri', "return false;", 0),
        ('uri.startsWith("mailto:") || uri', "return false;", 0),
        ('uri.startsWith("data:") || uri', "return false;", 1),
        ("uri.toLowerCase()", "return false;", 0),
        ("new URL(uri).href", "return false;", 0),
        ("small", "return false;", 0),
    ],
)
def test_a_scheme_that_is_refused(address: str, then: str, found: int) -> None:
    source = f"""
        export function valid(uri: string) {{
          const small = uri.trim().toLowerCase();
          if ({address}.startsWith("javascript:")) {{ {then} }}
          return true;
        }}
        """
    assert count("scheme-refused-as-written", source, "file:///src/a.ts") == found


@pytest.mark.parametrize(
    ("decorator", "params", "answer", "found"),
    [
        ('app.get("/health")', "", '{"a": platform.version(), "b": sys.version}', 1),
        ('app.get("/health")', "", '{"a": str(settings.data_dir), "b": sys.version}', 1),
        ('app.get("/health")', "", '{"a": platform.version(), "b": psutil.cpu_percent()}', 0),
        ('app.get("/health")', "user=Depends(require_admin)", '{"a": platform.version(), "b": sys.version}', 0),
        (
            'app.get("/health", dependencies=[Depends(check_token)])',
            "",
            '{"a": platform.version(), "b": sys.version}',
            0,
        ),
        ("mcp.tool()", "", '{"a": platform.version(), "b": sys.version}', 0),
        ('app.post("/health")', "", 'JSONResponse({"a": platform.version(), "b": sys.version})', 1),
    ],
)
def test_what_a_route_tells_of_the_computer(decorator: str, params: str, answer: str, found: int) -> None:
    source = f"import platform\nimport sys\n\n\n@{decorator}\ndef health({params}):\n    return {answer}\n"
    assert count("computer-described-to-everybody", source) == found


@pytest.mark.parametrize(
    ("before", "answer", "found"),
    [
        ("", "res.json({ a: os.hostname(), b: process.version });", 1),
        ("", "const told = { a: os.hostname(), b: process.version }; res.status(200).json(told);", 1),
        ("", "const told = {}; told['a'] = os.hostname(); told['b'] = process.version; res.send(told);", 1),
        ("", "spawn('ls', [], { cwd: process.cwd(), env: process.env }); res.json({ ok: true });", 0),
        ("", "log.info({ cwd: process.cwd(), a: process.version }); res.json({ ok: true });", 0),
        ("signedIn(), guardRoute,", "res.json({ a: os.hostname(), b: process.version });", 0),
    ],
)
def test_what_is_answered_of_the_computer(before: str, answer: str, found: int) -> None:
    source = f"""
        import express from "express";
        import os from "node:os";

        const app = express();
        app.get("/health", {before} (req, res) => {{ {answer} }});
        """
    assert count("computer-described-to-everybody", source, "file:///src/a.ts") == found


ROUTES = """
import {{ Router }} from "express";

export function routes(db) {{
  const router = Router();
  router.get("/tasks", requireAgent, (req, res) => res.json(db.all({siblings})));
  router.post("{path}", {guard} async (req, res) => {{
    {body}
  }});
  return router;
}}
"""


@pytest.mark.parametrize(
    ("siblings", "path", "guard", "body", "found"),
    [
        ("req.agent.id", "/tasks/:id/claim", "requireAgent,", "res.json(db.claim(req.params.id));", 1),
        ("req.agent.id", "/tasks/:taskId", "requireAgent,", "res.json(db.claim(req.params.taskId));", 1),
        ("req.agent.id", "/tasks/:id/claim", "requireAgent,", "res.json(db.claim(req.params.id, req.agent.id));", 0),
        ("req.agent.id", "/tasks/:id/claim", "requireAgent,", "if (callerOwns(req)) res.json(db.claim(1));", 0),
        ("req.agent.id", "/tasks/:id/claim", "requireAdmin,", "res.json(db.claim(req.params.id));", 0),
        ("req.agent.id", "/tasks/:id/claim", "", "res.json(db.claim(req.params.id));", 0),
        ("req.agent.id", "/tasks/:page", "requireAgent,", "res.json(db.claim(req.params.page));", 0),
        ("1", "/tasks/:id/claim", "requireAgent,", "res.json(db.claim(req.params.id));", 0),
    ],
)
def test_whose_a_thing_is_that_a_route_names(siblings: str, path: str, guard: str, body: str, found: int) -> None:
    source = ROUTES.format(siblings=siblings, path=path, guard=guard, body=body)
    assert count("owner-that-nobody-asks-about", source, "file:///src/a.ts") == found


@pytest.mark.parametrize(
    ("path", "user", "body", "found"),
    [
        ("/notes/{note_id}", "user=Depends(get_current_user)", "return rows[note_id]", 1),
        ("/notes/{note_id}", "user: Annotated[User, Depends(current_user)]", "return rows[note_id]", 1),
        ("/notes/{note_id}", "user=Depends(get_current_user)", "return rows[user.id, note_id]", 0),
        ("/notes/{note_id}", "user=Depends(get_current_admin_user)", "return rows[note_id]", 0),
        ("/notes", "user=Depends(get_current_user)", "return rows", 0),
    ],
)
def test_a_caller_who_is_known_and_not_asked_about(path: str, user: str, body: str, found: int) -> None:
    source = f"""
        @router.get("{path}")
        async def note(note_id: str, {user}):
            {body}
        """
    assert count("owner-that-nobody-asks-about", source) == found


@pytest.mark.parametrize(
    ("parameter", "ending", "found"),
    [
        ("fallbackToken", "fallbackToken || undefined", 1),
        ("fallbackToken", "undefined", 0),
        ("token", "token", 0),
        ("options", "process.env.NOTES_TOKEN", 1),
    ],
)
def test_what_is_given_at_the_end(parameter: str, ending: str, found: int) -> None:
    source = f"""
        export function bearer(req, {parameter}) {{
          const header = req.headers["authorization"];
          if (header && header.startsWith("Bearer ")) {{
            return header.slice(7);
          }}
          return {ending};
        }}
        """
    assert count("own-credential-for-whoever-brings-none", source, "file:///src/a.ts") == found


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("!apiKey && !bearerToken", 1),
        ("!apiKey && !bearerToken && mode !== 'oauth'", 1),
        ("!apiKey && !bearerToken && mode === 'none'", 0),
        ("!apiKey && allowOpen", 0),
    ],
)
def test_several_secrets_that_are_not_set(test: str, found: int) -> None:
    source = f"""
        const apiKey = process.env.API_KEY;
        const bearerToken = process.env.BEARER_TOKEN;

        export function allowed(req) {{
          if (apiKey && req.headers["x-api-key"] === apiKey) return true;
          if ({test}) {{
            return true;
          }}
          return false;
        }}
        """
    assert count("authentication-that-may-be-left-out", source, "file:///src/a.ts") == found


@pytest.mark.parametrize(
    ("test", "then", "found"),
    [
        ("claims.audience is None", "return", 1),
        ("not claims.get('aud')", "return True", 1),
        ("claims.audience is None", "raise Refused()", 0),
        ("claims.audience is None", "return False", 0),
        ("not claims.get('aud')", "return None", 1),
        ("not claims.get('aud')", "return claims", 1),
        ("not claims.get('aud')", "return Refusal('no audience')", 0),
        ("settings.audience is None", "return", 0),
        ("claims.name is None", "return", 0),
    ],
)
def test_a_claim_that_is_missing(test: str, then: str, found: int) -> None:
    source = f"""
        def verify_audience(claims, expected):
            if {test}:
                {then}
            if claims.audience != expected:
                raise Refused()
        """
    assert count("failure-lets-callers-in", source) == found


def test_a_claim_that_is_missing_from_what_is_given_back() -> None:
    source = """
        def verify_token(claims, expected):
            if not claims.get("aud"):
                return None
            if claims["aud"] != expected:
                raise Refused()
            return claims
        """
    assert count("failure-lets-callers-in", source) == 0
