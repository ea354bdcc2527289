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
        ('const secret = req.headers["x-notes-access-key-secret"];', True),
        ('const token = req.header("X-Notes-Token");', True),
        ('token = request.headers.get("x-notes-api-key")', True),
        ('headers["x-notes-token"] = token', False),
        ('const kept = req.headers["x-idempotency-key"];', False),
        ("app.addHook(createAuthHook(config));", True),
        ('const scheme = { type: "apiKey", name: "X-API-Key", in: "header" };', False),
    ],
)
def test_what_asks_who_is_calling(text: str, asks: bool) -> None:
    assert checks_caller(text) is asks


MOUNTED = """
import express from "express";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

export const server = new McpServer({ name: "notes", version: "1.0.0" });
const token = process.env.NOTES_TOKEN;

function known(req, res, next) {
  if (TEST) {
    res.status(401).end();
    return;
  }
  next();
}

export function start() {
  const app = express();
  MOUNT;
  app.listen(3000, HOST);
}
"""
OPEN = "token && req.headers.authorization !== token"
CLOSED = "!token || req.headers.authorization !== token"


@pytest.mark.parametrize(
    ("test", "mount", "host", "count"),
    [
        (OPEN, "app.use(known)", '"0.0.0.0"', 1),
        (OPEN, 'app.use("/mcp", known)', '"0.0.0.0"', 1),
        (OPEN, "app.use(known)", '"127.0.0.1"', 0),
        (OPEN, "app.use(known)", 'process.env.HOST ?? "0.0.0.0"', 0),
        (OPEN, "app.use(express.json())", '"0.0.0.0"', 0),
        (CLOSED, "app.use(known)", '"0.0.0.0"', 0),
        (CLOSED, "if (token) { app.use(known); }", '"0.0.0.0"', 1),
        (CLOSED, "if (ready) { app.use(known); }", '"0.0.0.0"', 0),
    ],
)
def test_the_network_reaches_what_asks_only_where_a_secret_is_set(test: str, mount: str, host: str, count: int) -> None:
    source = MOUNTED.replace("TEST", test).replace("MOUNT", mount).replace("HOST", host)
    said = [d.message for d in check_text("file:///src/start.ts", source) if d.rule.id == "MCP437"]
    assert said == ["every network interface is reached, also where `token` is not set"] * count
