"""Services as compilers and bundlers write them: what they listen on, and who is let in, is told as in their source."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

HEAD = """
    "use strict";
    const express_1 = __importDefault(require("express"));
    const cors_1 = __importDefault(require("cors"));
    const hono_1 = require("hono");
    const node_server_1 = require("@hono/node-server");
    const express_js_1 = require("@modelcontextprotocol/sdk/server/express.js");
    const mcp_js_1 = require("@modelcontextprotocol/sdk/server/mcp.js");
    const streamableHttp_js_1 = require("@modelcontextprotocol/sdk/server/streamableHttp.js");
    """
ROUTES = """
    app.post("/mcp", async (req, res) => {
        const server = new mcp_js_1.McpServer({ name: "notes", version: "1.0.0" });
        const transport = new streamableHttp_js_1.StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
        await server.connect(transport);
        await transport.handleRequest(req, res, req.body);
    });
    app.listen(3000, "127.0.0.1");
    """


def told(*parts: str) -> set[str]:
    """The warnings about who reaches a service, by rule."""
    found = check_text("file:///dist/index.js", "".join(map(textwrap.dedent, (HEAD, *parts))))
    return {d.rule.id for d in found if d.rule.id in ("MCP402", "MCP403", "MCP404")}


@pytest.mark.parametrize("call", ["(0, node_server_1.serve)", "node_server_1.serve"])
def test_a_server_that_is_started_by_an_imported_function(call: str) -> None:
    story = "const app = new hono_1.Hono();\nCALL({ fetch: app.fetch, hostname: 'HOST' });".replace("CALL", call)
    assert told(story.replace("HOST", "0.0.0.0")) == {"MCP402"}
    assert told(story.replace("HOST", "127.0.0.1")) == set()


def test_origins_that_a_default_import_admits() -> None:
    story = """
    const app = (0, express_1.default)();
    app.use(express_1.default.json());
    app.use((0, cors_1.default)({ origin: "*", credentials: CREDENTIALS }));
    """
    assert "MCP404" in told(story.replace("CREDENTIALS", "true"), ROUTES)
    assert "MCP404" not in told(story.replace("CREDENTIALS", "false"), ROUTES)


def test_an_app_that_looks_at_hosts_by_itself() -> None:
    assert told("const app = (0, express_js_1.createMcpExpressApp)();", ROUTES) == set()
    assert told("const app = (0, express_1.default)();", ROUTES) == {"MCP403"}


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ('const auth = { key: process.env.SERVICE_KEY ?? "" };', False),
        ("let auth = keys();", False),
        ("const app = make({ auth: 1 }); app.auth = requireAuth();", True),
    ],
)
def test_a_variable_called_auth_asks_nobody(line: str, asks: bool) -> None:
    story = f"{line}\n(0, node_server_1.serve)({{ fetch: app.fetch, hostname: '0.0.0.0' }});"
    assert told(story) == (set() if asks else {"MCP402"})
