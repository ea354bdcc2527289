"""Web sockets of a service: whoever looks at the page that opens one, or asks for something it cannot know, is let be."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

HEAD = """\
from typing import Annotated
from fastapi import Depends, FastAPI, WebSocket
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")
app = FastAPI()


"""


def told(route: str) -> bool:
    return any(d.rule.id == "MCP450" for d in check_text("file:///service.py", HEAD + route))


OPEN = """@app.websocket("/changes")
async def changes(socket: WebSocket, lang: str = "en"):
    await socket.accept()
    await socket.send_json({"kept": await socket.receive_json()})
"""


def test_a_socket_that_looks_at_nothing() -> None:
    assert told(OPEN)
    assert told("def serve(app):\n" + "".join(f"    {line}\n" for line in OPEN.splitlines()))


@pytest.mark.parametrize(
    ("line", "other"),
    [
        (
            "    await socket.accept()",
            "    if not known(socket.headers.get('origin')): return\n    await socket.accept()",
        ),
        ("    await socket.accept()", "    authenticate(socket)\n    await socket.accept()"),
        ('lang: str = "en"', "token: str"),
        ('lang: str = "en"', "caller=Depends(known)"),
        ('lang: str = "en"', "caller: Annotated[str, Depends(known)]"),
        ('"/changes")', '"/changes", dependencies=[known])'),
        ('@app.websocket("/changes")', '@app.get("/changes")'),
    ],
)
def test_one_that_tells_pages_apart(line: str, other: str) -> None:
    assert line in OPEN
    assert not told(OPEN.replace(line, other))


def test_a_check_of_hosts_tells_no_pages_apart() -> None:
    assert told("app.add_middleware(TrustedHostMiddleware, allowed_hosts=['localhost'])\n\n\n" + OPEN)
    assert told(OPEN.replace("    await socket.accept()", "    note(socket.client.host)\n    await socket.accept()"))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("new WebSocketServer({ server: http });", True),
        ("new WebSocketServer({ server: http, verifyClient: known });", False),
        ("new WebSocketServer({ noServer: true });", False),  # whoever hands the connection over looks
        ("new WebSocketServer(options);", False),
        ("new StreamableHTTPTransport();", True),
        ("new StreamableHTTPTransport({ enableDnsRebindingProtection: true, allowedHosts: HOSTS });", False),
    ],
)
def test_sockets_and_transports_of_other_libraries(code: str, told: bool) -> None:
    head = (
        'import { StreamableHTTPTransport } from "@hono/mcp";\n'
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
        'import { WebSocketServer } from "ws";\n'
    )
    found = check_text("file:///serve.ts", f"{head}export const made = {code}\n")
    assert ("MCP403" in [d.rule.id for d in found]) is told


SERVICE = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { WebSocketServer } from "ws";

export class Pages {
  start() {
    this.sockets = new WebSocketServer({ server: this.http });
  }

  stop() {
    this.http.close(() => {
      OTHER = new WebSocketServer({ server: this.http });
    });
  }
}
"""


@pytest.mark.parametrize(("other", "found"), [("this.sockets", [1]), ("this.others", [0, 0]), ("const local", [0, 0])])
def test_what_is_made_again_is_told_once(other: str, found: list[int]) -> None:
    """``found``: of each finding, how many places are said to be the same."""
    diagnostics = check_text("file:///serve.ts", SERVICE.replace("OTHER", other))
    assert [len(d.finding.related) for d in diagnostics if d.rule.id == "MCP403"] == found
