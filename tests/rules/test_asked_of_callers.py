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
    ],
)
def test_what_a_route_tells_of_the_computer(decorator: str, params: str, answer: str, found: int) -> None:
    source = f"import platform\nimport sys\n\n\n@{decorator}\ndef health({params}):\n    return {answer}\n"
    assert count("computer-described-to-everybody", source) == found
