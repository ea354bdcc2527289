"""Secrets that are compared with what a caller sent, however that was taken out of the request."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

HEAD = """
import { timingSafeEqual } from "node:crypto";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

export const server = new McpServer({ name: "notes", version: "1.0.0" });

"""


@pytest.mark.parametrize(
    ("given", "compared", "count"),
    [
        ("req.headers.authorization.substring(7)", "given !== expectedToken", 1),
        ('header.replace("Bearer ", "").trim()', "given === expectedToken", 1),
        ('header.split(" ")[1]', "given !== expectedToken", 1),
        ("header", "given !== `Bearer ${expectedToken}`", 1),
        ("header.slice(7)", "given !== kept.length", 0),
        ("header.slice(7)", "!timingSafeEqual(Buffer.from(given), Buffer.from(expectedToken))", 0),
        ("settings.slice(7)", "given !== expectedToken", 0),
    ],
)
def test_what_is_compared(given: str, compared: str, count: int) -> None:
    source = f"""{HEAD}export function ask(req, res, next) {{
  const header = req.headers.authorization;
  const expectedToken = process.env.NOTES_TOKEN;
  const given = {given};
  if ({compared}) {{
    res.status(401).end();
    return;
  }}
  next();
}}
"""
    found = check_text("file:///src/ask.ts", source)
    assert [d.rule.name for d in found].count("secret-compared-in-varying-time") == count


@pytest.mark.parametrize(
    ("name", "compared", "count"),
    [
        ("isAuthorized", "headerValue === `Bearer ${config.authToken}`", 1),
        ("verifyCaller", "headerValue !== config.authToken", 1),
        ("isAuthorized", "headerValue === config.scheme", 0),
        ("isAuthorized", "name === config.authToken", 0),
        ("isRepeated", "headerValue === config.authToken", 0),
    ],
)
def test_what_a_function_is_given_to_judge(name: str, compared: str, count: int) -> None:
    source = f"{HEAD}export function {name}(headerValue: string, name: string, config) {{\n  return {compared};\n}}\n"
    found = check_text("file:///src/ask.ts", source)
    assert [d.rule.name for d in found].count("secret-compared-in-varying-time") == count
