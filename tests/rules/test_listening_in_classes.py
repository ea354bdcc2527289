"""Servers kept in a field of a class, and addresses that are put together of the `Host` header."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

STORY = """
import express from "express";
import http from "node:http";
import {{ StreamableHTTPServerTransport }} from "@modelcontextprotocol/sdk/server/streamableHttp.js";

export class Service {{
  private app;

  constructor() {{
    this.app = {made};
  }}

  async answer(req, res) {{
    {first}
    const transport = new StreamableHTTPServerTransport({{ sessionIdGenerator: undefined }});
    await transport.handleRequest(req, res);
  }}

  start(port: number): void {{
    this.app.listen({where});
  }}
}}
"""


def said(made: str = "express()", first: str = "", where: str = 'port, "127.0.0.1"') -> list[str]:
    found = check_text("file:///service.ts", STORY.format(made=made, first=first, where=where))
    return sorted(d.rule.id for d in found if d.rule.id in ("MCP402", "MCP403"))


@pytest.mark.parametrize("made", ["express()", "http.createServer(this.answer)"])
def test_a_field_is_what_it_was_set_to(made: str) -> None:
    assert said(made, where="port, () => undefined") == ["MCP402", "MCP403"]
    assert said(made) == ["MCP403"]


def test_something_else_in_a_field_listens_to_something_else() -> None:
    assert said("emitter()", where="port, () => undefined") == ["MCP403"]


@pytest.mark.parametrize(
    ("first", "found"),
    [
        ('const url = new URL(req.url ?? "/", `http://${req.headers.host}`);', ["MCP403"]),
        ('const url = new URL(req.url, `https://${req.headers.host || "localhost"}/`);', ["MCP403"]),
        ('const url = new URL(req.url, "http://" + req.headers.host);', ["MCP403"]),
        ("if (req.headers.host !== HOST) return;", []),
        ("const url = new URL(req.url, `http://${HOST}`); if (req.headers.origin) return;", []),
    ],
)
def test_taking_an_address_apart_checks_nothing(first: str, found: list[str]) -> None:
    assert said(first=first) == found


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ('{ name: "notes", transport: { port: 3000, host: "0.0.0.0" } }', ["MCP402"]),
        ('{ port: 3000, host: process.env.HOST ?? "0.0.0.0" }', ["MCP402"]),
        ('{ transport: { port: 3000, host: "127.0.0.1" } }', []),
        ('{ images: { host: "0.0.0.0" } }', []),  # no port beside it
        ('{ logLimit: 50, serverHost: process.env.SERVER_HOST || "0.0.0.0" }', ["MCP402"]),
        ('{ logLimit: 50, imageHost: process.env.IMAGE_HOST || "0.0.0.0" }', []),
    ],
)
def test_the_host_beside_a_port_in_settings(settings: str, expected: list[str]) -> None:
    text = (
        f'import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";\nexport const defaults = {settings};\n'
    )
    found = check_text("file:///defaults.ts", text)
    assert [d.rule.id for d in found if d.rule.id == "MCP402"] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("const oauth2Client = new OAuth2Client(id, secret);", ["MCP402"]),  # it asks somebody else who we are
        ("app.use(bearerAuth({ token }));", []),
    ],
)
def test_a_client_of_somebody_elses_authorization_asks_no_caller(line: str, expected: list[str]) -> None:
    text = (
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nimport http from "node:http";\n'
        f"{line}\nconst server = http.createServer();\nserver.listen(3000);\n"
    )
    assert [d.rule.id for d in check_text("file:///signin.ts", text) if d.rule.id == "MCP402"] == expected


SIGNING_IN = """
import http from "node:http";
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";

export function waitForCode(port: number): Promise<string> {{
  return new Promise((resolve, reject) => {{
    const server = http.createServer((req, res) => {{
      res.end("Close this window.");
      {answered};
      resolve(req.url);
    }});
    setTimeout(() => server.close(), 60_000);
    server.listen(port);
  }});
}}
"""


@pytest.mark.parametrize(
    ("answered", "severity"),
    [("server.close()", "information"), ("count += 1", "warning"), ("other.close()", "warning")],
)
def test_what_waits_for_one_answer_is_marked(answered: str, severity: str) -> None:
    found = check_text("file:///setup.ts", SIGNING_IN.format(answered=answered))
    assert [d.severity.value for d in found if d.rule.id == "MCP402"] == [severity]


@pytest.mark.parametrize(
    ("listens", "found"),
    [
        ("this.server.listen(this.port, () => done());", ["MCP402"]),
        ('this.server.listen(this.port, "127.0.0.1", () => done());', []),
        ("this.channel.listen(this.port, () => done());", []),
    ],
)
def test_a_field_that_is_set_more_than_once(listens: str, found: list[str]) -> None:
    text = f"""
import {{ createServer }} from "http";
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";

export class Service {{
  private server?: Server;

  start(): Promise<void> {{
    return new Promise((done) => {{
      this.server = createServer(this.app);
      {listens}
    }});
  }}

  stop(): void {{
    this.server = undefined;
  }}
}}
"""
    diagnostics = check_text("file:///service.ts", text)
    assert [d.rule.id for d in diagnostics if d.rule.id == "MCP402"] == found
