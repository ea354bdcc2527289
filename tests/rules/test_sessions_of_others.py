"""Sessions that a request names: whose they are, and where somebody asks that."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

HEAD = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nimport { hash, verify } from "./auth.js";\n\n'


def told(check: str, look: str = "sessions.get(id)") -> bool:
    source = f"""
export class Endpoint {{
  async answer(req, res) {{
    const auth = await verify(req.headers.authorization);
    const clientId = auth.clientId;
    const id = req.headers["mcp-session-id"];
    const session = {look};
    if (!session) return res.writeHead(404).end();
    {check}
    await session.transport.handleRequest(req, res, {{ userId: auth.userId }});
  }}
}}
"""
    return any(d.rule.id == "MCP458" for d in check_text("file:///src/a.ts", HEAD + source))


@pytest.mark.parametrize(
    "check",
    [
        "",
        "log(clientId, auth.userId);",
        "if (clientId === undefined) return res.writeHead(401).end();",
        'if (auth.identity === "") return res.writeHead(401).end();',
    ],
)
def test_who_asks_is_known_and_compared_with_nobody(check: str) -> None:
    assert told(check)


@pytest.mark.parametrize(
    "check",
    [
        "if (session.clientId !== clientId) return res.writeHead(403).end();",
        "if (session.tokenHash !== hash(req.headers.authorization)) return res.writeHead(403).end();",
        "if (!timingSafeEqual(session.principal, auth.principal)) return res.writeHead(403).end();",
        "if (!checkOwnership(req, session)) return res.writeHead(403).end();",
        "assertSameUser(session, auth);",
    ],
)
def test_whose_it_is_gets_asked(check: str) -> None:
    assert not told(check)


def test_sessions_by_other_ways() -> None:
    assert told("", "this.sessions.get(id) ?? null")
    assert told("", "sessions[id]")
    assert not told("", "sessions.get(`${clientId}:${id}`)")
    assert not told("", "users.get(clientId)")
    assert not told("", "sessionsLastSeen.get(id)")
    assert not told("", "analyticsSessions.get(id)")
    assert told("", "activeSessions.get(id)")
    assert told("", "servers.get(id)")


def test_each_place_is_told_of_once() -> None:
    taken = 'const session = sessions.get(req.headers["mcp-session-id"]); await session.handleRequest(req, res);'
    routes = "".join(
        f'  app.{verb}("/mcp", requireAuth, async (req, res) => {{ {taken} }});\n' for verb in ("get", "post", "delete")
    )
    source = (
        f"{HEAD}export function serve(app, requireAuth) {{\n  const secret = process.env.authorization;\n{routes}}}\n"
    )
    found = [d for d in check_text("file:///src/a.ts", source) if d.rule.id == "MCP458"]
    assert [len(d.finding.related) for d in found] == [2]
