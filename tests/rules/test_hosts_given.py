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


_SETTINGS = """
from dataclasses import dataclass
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("story")


@dataclass
class Config:
    {name}: str = "{value}"
"""


@pytest.mark.parametrize(
    ("name", "value", "instead"),
    [
        ("listen_addr", "0.0.0.0:8443", '"127.0.0.1:8443"'),
        ("bind", "[::]:80", '"127.0.0.1:80"'),
        ("server_address", "0.0.0.0", '"127.0.0.1"'),
        ("listen_addr", "127.0.0.1:8443", None),
        ("database_address", "0.0.0.0:5432", None),
        ("allowed", "0.0.0.0:1", None),
    ],
)
def test_an_address_with_its_port_may_mean_every_interface(name: str, value: str, instead: str | None) -> None:
    found = check_text("file:///mcp/service.py", _SETTINGS.format(name=name, value=value))
    told = [d.finding for d in found if d.rule.id == "MCP402"]
    written = [edit.text for one in told if one.fix is not None for edit in one.fix.change.edits]  # type: ignore[union-attr]
    assert written == ([] if instead is None else [instead])


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ('auth_mode: str = "bearer"', False),
        ("MCP_API_KEY: str | None = None", False),
        ("require_auth: bool = True", False),
        ("notes_api_key: str | None = None", True),
        ("auth_header: str = 'x'", True),
        ("", True),
    ],
)
def test_settings_beside_which_somebody_is_asked(other: str, told: bool) -> None:
    source = f"""
import mcp
from dataclasses import dataclass


@dataclass
class Settings:
    host: str = "0.0.0.0"
    {other or "port: int = 80"}
"""
    found = [d.rule.id for d in check_text("file:///settings.py", source)]
    assert ("MCP402" in found) is told
