"""What is switched off where tests are set up is switched off for nobody else."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

TEXT = 'process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";\nimport "@modelcontextprotocol/sdk/server/mcp.js";\n'


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("jest.config.ts", []),
        ("jest.setup-after-env.ts", []),
        ("vitest.config.mts", []),
        ("playwright.config.js", []),
        ("src/config.ts", ["MCP413"]),
        ("src/jester.ts", ["MCP413"]),
    ],
)
def test_certificates(name: str, found: list[str]) -> None:
    assert [d.rule.id for d in check_text(f"file:///p/{name}", TEXT) if d.rule.id == "MCP413"] == found
