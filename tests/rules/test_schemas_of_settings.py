"""Addresses that the schema of a service's settings gives where nobody says otherwise."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

SCHEMA = """
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
import {{ z }} from "zod";

const settings = z.object({{
  {name}: z.string().describe("Where to listen.").default("{host}"),
}});
"""


@pytest.mark.parametrize(
    ("name", "host", "found"),
    [("HTTP_HOST", "0.0.0.0", 1), ("HTTP_HOST", "127.0.0.1", 0), ("REDIS_HOST", "0.0.0.0", 0)],
)
def test_what_a_schema_gives(name: str, host: str, found: int) -> None:
    said = [d.rule.id for d in check_text("file:///settings.ts", SCHEMA.format(name=name, host=host))]
    assert said.count("MCP402") == found
