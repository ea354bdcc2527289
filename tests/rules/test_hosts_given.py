"""Servers whose transport is chosen when they start: a host is for HTTP only."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

_CHOSEN = """
import argparse
from fastmcp import FastMCP

mcp = FastMCP("story")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--transport", default="stdio")
    args = parser.parse_args()
    mcp.run({given})
"""


@pytest.mark.parametrize(
    ("given", "rules"),
    [
        ('transport=args.transport, host="localhost", port=8000', ["MCP403"]),
        ("transport=args.transport", []),
        ('transport="stdio"', []),
    ],
)
def test_who_gives_a_host_serves_over_http(given: str, rules: list[str]) -> None:
    found = check_text("file:///service.py", _CHOSEN.format(given=given))
    assert sorted(d.rule.id for d in found if d.rule.id in ("MCP402", "MCP403")) == rules
