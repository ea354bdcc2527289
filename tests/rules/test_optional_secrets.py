"""Secrets that are asked for only where one is configured, in short functions and in long ones."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text
from mcp_lsp_analyzers.wiring import checks_caller

HEAD = """
import { timingSafeEqual } from "node:crypto";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

export const server = new McpServer({ name: "notes", version: "1.0.0" });

"""
ASKS = """
  const known = (req, res) => {
    if (!config.NOTES_TOKEN) {
      return %s;
    }
    const expected = config.NOTES_TOKEN;
    const kept = Buffer.from(expected, "utf8");
    const given = Buffer.from(req.headers.authorization ?? "", "utf8");
    if (given.length !== kept.length || !timingSafeEqual(given, kept)) {
      res.status(401).end();
      return false;
    }
    return true;
  };
"""


@pytest.mark.parametrize("lines", [0, 120])
@pytest.mark.parametrize(("answer", "count"), [("true", 1), ("false", 0)])
def test_in_a_long_function(lines: int, answer: str, count: int) -> None:
    rest = "".join(f'  app.get("/notes/{n}", (req, res) => res.json([{n}]));\n' for n in range(lines))
    source = f"{HEAD}export function start(app, config) {{\n{ASKS % answer}{rest}  app.use(known);\n}}\n"
    found = check_text("file:///src/start.ts", source)
    assert [d.rule.name for d in found].count("authentication-that-may-be-left-out") == count


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("const result = await validateRemoteAuth(context);", True),
        ("validate_http_bind_auth_policy(host=host)", True),
        ("enforceHttpAuthPosture({ bindHost })", True),
        ("const url = buildAuthUrl(host);", False),
    ],
)
def test_what_asks_who_is_calling(text: str, asks: bool) -> None:
    assert checks_caller(text) is asks
