"""Bodies of requests that are put together by hand, with a limit and without one."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

TYPESCRIPT = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

export const server = new McpServer({ name: "notes", version: "1.0.0" });

"""
PYTHON = "from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('notes')\n\n\n"


def told(uri: str, source: str) -> int:
    return [d.rule.name for d in check_text(uri, source)].count("request-of-any-length")


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('req.on("data", (chunk) => { whole += chunk; });', 1),
        ('req.on("data", (chunk) => { whole += chunk.toString(); });', 1),
        ('req.on("data", (chunk: Buffer) => chunks.push(chunk));', 1),
        ('req.on("data", (chunk) => { size += chunk.length; if (size > MAX_BODY) return; whole += chunk; });', 0),
        (
            'if (Number(req.headers["content-length"]) > MOST) return; req.on("data", (chunk) => { whole += chunk; });',
            0,
        ),
        ('req.on("data", (chunk) => { whole += chunk; if (whole.length > 1e6) req.destroy(); });', 0),
        ('req.on("data", (chunk) => hash.update(chunk));', 0),
        ('req.on("end", (chunk) => { whole += chunk; });', 0),
        ('answer.on("data", (chunk) => { whole += chunk; });', 0),
        ('const req = https.get(url); req.on("data", (chunk) => { whole += chunk; });', 0),
    ],
)
def test_in_typescript(body: str, count: int) -> None:
    asked = "" if "const req" in body else "req, "
    source = f"{TYPESCRIPT}export function take({asked}url, answer, whole, chunks) {{\n  {body}\n}}\n"
    assert told("file:///src/take.ts", source) == count


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("async for chunk in request.stream():\n        whole += chunk", 1),
        ("async for chunk in request.stream():\n        chunks.append(chunk)", 1),
        ("async for chunk in request.stream():\n        whole += chunk\n        if len(whole) > most: return", 0),
        ("async for chunk in answer.stream():\n        whole += chunk", 0),
        ("async for chunk in request.stream():\n        await send(chunk)", 0),
    ],
)
def test_in_python(body: str, count: int) -> None:
    source = f"{PYTHON}async def take(request, answer, chunks, most):\n    whole = b''\n    {body}\n"
    assert told("file:///src/take.py", source) == count
