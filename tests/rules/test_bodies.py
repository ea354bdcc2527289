"""When a transport finds the body of a request read already: what was run against both SDKs answers 400."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

HEAD = """
import express from "express";
import { createMcpExpressApp } from "@modelcontextprotocol/express";
import { NodeStreamableHTTPServerTransport } from "@modelcontextprotocol/node";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
"""
PARSED = "const app = express();\napp.use(express.json());\n"
RAW = "const app = express();\n"
READY = "const app = createMcpExpressApp();\n"


def told(app: str, route: str) -> list[str]:
    found = check_text("file:///server.ts", HEAD + app + route + "\n")
    return [d.finding.message for d in found if d.rule.id == "MCP126"]


def given(method: str, arguments: str, owner: str = "transport") -> str:
    return f'app.{method}("/mcp", async (req, res) => {{ await {owner}.handleRequest({arguments}); }});'


@pytest.mark.parametrize(
    ("app", "route", "reader"),
    [
        (PARSED, given("post", "req, res"), "express.json"),
        (READY, given("post", "req, res"), "createMcpExpressApp"),
        (PARSED, given("post", "req, res", "sessions[id].transport"), "express.json"),
        (PARSED, given("post", "req, res, req.body"), ""),
        (RAW, given("post", "req, res"), ""),
        (PARSED, given("get", "req, res"), ""),
        (PARSED, given("delete", "req, res"), ""),
        (PARSED, given("post", "req, res", "pages"), ""),
    ],
)
def test_the_body_has_to_be_passed_on(app: str, route: str, reader: str) -> None:
    assert told(app, route) == ([f"`{reader}()` has read the body already: pass `req.body`"] if reader else [])
