"""What of a page a caller chose: not what the server makes itself, nor what a parsed URL encodes."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

PAGE = """
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";

export async function page(request: Request) {{
  {before}
  return new Response(`<!DOCTYPE html><html><body><form action="${{{hole}}}"></form></body></html>`);
}}
"""


@pytest.mark.parametrize(
    ("before", "hole", "found"),
    [
        ("", 'new URL(request.url).searchParams.get("next")', 1),
        ("const url = new URL(request.url);", "url.pathname", 0),
        ("", "new URL(request.url).pathname", 0),
        ("const { nextPage } = await request.json();", "nextPage", 1),
        ("const { csrfToken } = await request.json();", "csrfToken", 0),
    ],
)
def test_what_of_a_page_a_caller_chose(before: str, hole: str, found: int) -> None:
    text = PAGE.format(before=before, hole=hole)
    said = [d.message for d in check_text("file:///page.ts", text) if d.rule.id == "MCP410"]
    assert len(said) == found, said


SENT = """
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
import express from "express";
import url from "node:url";

app.get("/callback", (req, res) => {{
  const {{ error, error_description }} = req.query;
  const query = url.parse(req.url, true).query;
  {sent}
}});
"""


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("res.status(400).send(`failed: ${error_description || error}`);", 1),
        ("res.send(`failed: ${query.error}`);", 1),
        ('res.type("text").send(`failed: ${error}`);', 0),
        ('res.setHeader("Content-Type", "text/plain"); res.send(`failed: ${error}`);', 0),
        ("res.send(`failed: ${escapeHtml(error)}`);", 0),
        ("res.send(`failed: ${tries}`);", 0),
        ("socket.send(`failed: ${error}`);", 0),
        ("res.end(`<html><p>${query.error}</p></html>`);", 1),
    ],
)
def test_what_express_sends_is_a_page(sent: str, found: int) -> None:
    said = [d.message for d in check_text("file:///page.ts", SENT.format(sent=sent)) if d.rule.id == "MCP410"]
    assert len(said) == found, said


WHOLE = """
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";

function page(ok: boolean, message?: string, ids: string[] = []): string {{
  const data = {data};
  return `<!DOCTYPE html><html><body>${{ok ? `<p>Done</p>` : `<p>${{{shown}}}</p>`}}
    <script>opener.postMessage(${{data}});</script></body></html>`;
}}
"""


@pytest.mark.parametrize(
    ("shown", "data", "found"),
    [
        ('message || "?"', '"{}"', 1),
        ("escapeHtml(message)", '"{}"', 0),
        ("escapeHtml(message)", "JSON.stringify({ ok, message })", 1),
        ("escapeHtml(message)", "JSON.stringify({ ok })", 0),
        ("escapeHtml(message)", 'JSON.stringify({ ok, message }).replace(/</g, "\\\\u003c")', 0),
        ("message", "JSON.stringify({ ok, message })", 2),
    ],
)
def test_parts_of_a_page_and_scripts_in_it(shown: str, data: str, found: int) -> None:
    text = WHOLE.format(shown=shown, data=data)
    said = [d.message for d in check_text("file:///page.ts", text) if d.rule.id == "MCP410"]
    assert len(said) == found, said


ANSWERED = """
from fastmcp import FastMCP
from starlette.responses import HTMLResponse, RedirectResponse

mcp = FastMCP("notes")
PAGE = "<html><body><p>{{error}}</p></body></html>"
LINE = "failed: {{error}}"


@mcp.custom_route("/callback", methods=["GET"])
async def callback(request):
    error = request.query_params.get("error")
    try:
        await finish(request.query_params["code"])
    except ValueError as failed:
        return HTMLResponse({failure})
    return {answer}
"""


@pytest.mark.parametrize(
    ("failure", "answer", "rules"),
    [
        ("'no'", "HTMLResponse('<html><p>%s</p></html>' % error)", ["MCP410"]),
        ("'no'", "HTMLResponse('<html><p>%s: %s</p></html>' % ('no', error))", ["MCP410"]),
        ("'no'", "HTMLResponse('<html><p>%s</p></html>' % html.escape(error))", []),
        ("'no'", "HTMLResponse('<b>' + error + '</b>')", ["MCP410"]),
        ("'no'", "PlainTextResponse('<b>' + error + '</b>')", []),
        ("'no'", "HTMLResponse(PAGE.format(error=error))", ["MCP410"]),
        ("'no'", "HTMLResponse(PAGE.format(error=html.escape(error)))", []),
        ("'no'", "HTMLResponse(PAGE.replace('{error}', error))", ["MCP410"]),
        ("'no'", "HTMLResponse(PAGE.replace('{error}', 'unknown'))", []),
        ("'no'", "TextResponse(LINE.format(error=error))", []),
        ("f'<html><p>{failed}</p></html>'", "None", ["MCP410"]),
        ("f'<html><p>{str(failed)}</p></html>'", "None", ["MCP410"]),
        ("f'<html><p>{html.escape(str(failed))}</p></html>'", "None", []),
        ("f'<html><p>{count}</p></html>'", "None", []),
        ("'no'", "RedirectResponse(request.query_params.get('next'))", ["MCP411"]),
        ("'no'", "RedirectResponse(home(request.query_params.get('next')))", []),
    ],
)
def test_what_python_answers(failure: str, answer: str, rules: list[str]) -> None:
    text = ANSWERED.format(failure=failure, answer=answer)
    said = [d.rule.id for d in check_text("file:///serve.py", text) if d.rule.id in ("MCP410", "MCP411")]
    assert said == rules


@pytest.mark.parametrize(
    ("uri", "text", "found"),
    [
        ("serve.py", "@app.get('/hi')\ndef hi(name: str):\n    return HTMLResponse(f'<b>{name}</b>')\n", 1),
        ("serve.py", "@app.get('/hi')\ndef hi(count: int):\n    return HTMLResponse(f'<b>{count}</b>')\n", 0),
        ("serve.py", "def hi(name: str):\n    return HTMLResponse(f'<b>{name}</b>')\n", 0),
        ("serve.ts", "app.get('/hi', (c) => c.html(`<b>${c.req.query('name')}</b>`));\n", 1),
        ("serve.ts", "app.get('/hi', (c) => c.html(`<b>${escapeHtml(c.req.query('name'))}</b>`));\n", 0),
        ("serve.ts", "app.get('/hi', (c) => c.text(`<b>${c.req.query('name')}</b>`));\n", 0),
    ],
)
def test_what_routes_are_asked(uri: str, text: str, found: int) -> None:
    head = "from fastmcp import FastMCP\n" if uri.endswith("py") else "import { FastMCP } from 'fastmcp';\n"
    assert sum(d.rule.id == "MCP410" for d in check_text(f"file:///{uri}", head + text)) == found


@pytest.mark.parametrize(("module", "found"), [("hono/html", 0), ("lit", 0), ("common-tags", 1), ("./tags", 1)])
def test_templates_that_escape(module: str, found: int) -> None:
    text = f"""
    import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
    import {{ html }} from "{module}";
    export const layout = (title: string) => html`<!doctype html><html><title>${{title}}</title></html>`;
    """
    said = [d.message for d in check_text("file:///page.ts", text) if d.rule.id == "MCP410"]
    assert len(said) == found, said


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ('${raw(`<script>location.href = "${next}"</script>`)}', 1),
        ("${raw(`<p>${next}</p>`)}", 1),
        ("${raw(`<p>${escapeHtml(next)}</p>`)}", 0),
        ("${raw(`<p style='width: ${width}px'></p>`)}", 0),
        ("${next}", 0),
    ],
)
def test_what_a_template_that_escapes_is_told_to_put_in_as_it_is(part: str, found: int) -> None:
    text = f"""
    import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
    import {{ html, raw }} from "hono/html";
    export const sentOn = (next: string, width: number) => html`<div>{part}</div>`;
    """
    said = [d.message for d in check_text("file:///page.ts", text) if d.rule.id == "MCP410"]
    assert len(said) == found, said
