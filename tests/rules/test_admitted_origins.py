"""Functions that are asked for each origin whether its pages may call with credentials."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

HEAD = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import cors from "cors";
import express from "express";

const app = express();
"""


def told(options: str) -> bool:
    return any(
        d.rule.id == "MCP404" for d in check_text("file:///src/a.ts", f"{HEAD}app.use(cors({{ {options} }}));\n")
    )


@pytest.mark.parametrize(
    "origin",
    [
        "(origin, answer) => answer(null, true)",
        "(origin, answer) => { if (!origin) return answer(null, true); answer(null, origin); }",
        "(origin) => origin",
        '(origin) => origin || "*"',
        '(origin) => { if (!KNOWN) { return origin || "*"; } return KNOWN.includes(origin) ? origin : null; }',
        "(origin, answer) => { if (!strict) return answer(null, true); answer(null, KNOWN.includes(origin)); }",
    ],
)
def test_any_origin(origin: str) -> None:
    assert told(f"origin: {origin}, credentials: true")
    assert not told(f"origin: {origin}")


@pytest.mark.parametrize(
    "origin",
    [
        "(origin, answer) => answer(null, KNOWN.includes(origin))",
        "(origin, answer) => { if (!origin) return answer(null, true); answer(null, false); }",
        "(origin, answer) => { if (!KNOWN.includes(origin)) return answer(new Error()); answer(null, true); }",
        "(origin, answer) => { if (!origin || KNOWN.has(origin)) { answer(null, true); } else { answer(null, false); } }",
        "(origin, answer) => { const known = KNOWN.has(origin); if (known) answer(null, true); else answer(null, false); }",
        "(origin) => (KNOWN.includes(origin) ? origin : null)",
        "(origin) => (isLocal(origin) ? origin : undefined)",
        "(origin) => { if (!KNOWN) return null; return KNOWN.includes(origin) ? origin : null; }",
        "() => KNOWN[0]",
    ],
)
def test_origins_that_are_looked_at(origin: str) -> None:
    assert not told(f"origin: {origin}, credentials: true")
