"""Addresses out of a request that browsers are sent to: the ways in which they are read, sent and looked at."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

PYTHON = """\
from fastapi import FastAPI
from mcp.server.fastmcp import FastMCP
from starlette.responses import RedirectResponse, Response

mcp = FastMCP("pages")
app = FastAPI()
KNOWN = {"https://a.example.com/back"}


"""
TYPESCRIPT = """\
import express from "express";
import { Hono } from "hono";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

const server = new McpServer({ name: "pages", version: "1.0.0" });
const app = express();
const hono = new Hono();
const clients = new Map<string, { redirectUris: string[] }>();

function isOurs(next: string) {
  return next.startsWith("/") && !next.startsWith("//");
}

"""
EXPRESS = "app.get('/done', (req, res) => {{\n  {}\n}});\n"
STARLETTE = "async def done(request):\n    uri = request.query_params.get('redirect_uri')\n    {}\n"


def found(uri: str, text: str) -> int:
    return sum(one.rule.id == "MCP411" for one in check_text(uri, text))


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (
            "const u = new URL(req.query.redirect_uri as string); u.searchParams.set('code', 'x'); res.redirect(u.href);",
            1,
        ),
        ("const u = new URL(String(req.query.next)); res.redirect(302, u.toString());", 1),
        ("const { next } = req.query; res.redirect(`${next}?code=1`);", 1),
        ("const next = req.query.next as string; if (next && next.startsWith('/')) res.redirect(next);", 1),
        ("const uri = String(req.query.uri); if (uri.startsWith('javascript:')) return; res.redirect(uri);", 1),
        ("const uri = req.query.uri; if (typeof uri !== 'string') return; res.redirect(uri);", 1),
        ("res.writeHead(302, { Location: String(req.query.redirect_uri) }); res.end();", 1),
        ("res.setHeader('Location', req.query.redirect_uri); res.status(302).end();", 1),
        ("if (!req.session.user) return; res.redirect(req.query.next);", 1),
        ("const next = String(req.query.next); res.redirect(isOurs(next) ? next : '/');", 0),
        (
            "const u = new URL(String(req.query.next)); if (u.origin !== 'https://a.example.com') return; res.redirect(u);",
            0,
        ),
        ("const { uri, id } = req.query; if (!clients.get(id).uris.includes(uri)) return; res.redirect(uri);", 0),
        ("res.writeHead(302, { Location: '/home' }); res.end(req.query.redirect_uri);", 0),
        ("res.setHeader('Content-Type', req.query.type); res.end();", 0),
        ("res.redirect(`/notes?next=${req.query.next}`);", 0),
    ],
)
def test_what_express_does(body: str, count: int) -> None:
    assert found("file:///serve.ts", TYPESCRIPT + EXPRESS.format(body)) == count


def test_what_hono_does() -> None:
    sent = "hono.get('/done', (c) => c.redirect(c.req.query('next') ?? '/'));\n"
    assert found("file:///serve.ts", TYPESCRIPT + sent) == 1


@pytest.mark.parametrize(
    ("function", "count"),
    [
        (STARLETTE.format("return RedirectResponse(uri)"), 1),
        (STARLETTE.format("if uri not in KNOWN:\n        return None\n    return RedirectResponse(uri)"), 0),
        (STARLETTE.format("if uri is None:\n        return None\n    return RedirectResponse(uri + '?code=1')"), 1),
        (STARLETTE.format("if uri.startswith(('http://', 'https://')):\n        return RedirectResponse(uri)"), 1),
        (STARLETTE.format("if uri.startswith('https://a.example.com/'):\n        return RedirectResponse(uri)"), 0),
        (STARLETTE.format("return Response(status_code=302, headers={'Location': uri})"), 1),
        (STARLETTE.format("check_uri(uri)\n    return RedirectResponse(uri)"), 0),
        (
            "@app.get('/done')\nasync def done(redirect_uri: str):\n    return RedirectResponse(redirect_uri + '?a=1')\n",
            1,
        ),
        ("@app.get('/done')\nasync def done(name: str):\n    return RedirectResponse(name)\n", 0),
        ("async def done(redirect_uri: str):\n    return RedirectResponse(redirect_uri)\n", 0),
    ],
)
def test_what_starlette_and_fastapi_do(function: str, count: int) -> None:
    assert found("file:///serve.py", PYTHON + function) == count
