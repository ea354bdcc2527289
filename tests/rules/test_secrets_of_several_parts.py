"""A secret that is made of several numbers that can be foretold is told once."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

HEAD = "import random\nfrom mcp.server.fastmcp import FastMCP\n\n\n"
LIST = "def make():\n    password = [\n        random.choice('abc'),\n        random.choice('012'),\n    ]\n    return password\n"
ADDED = "def make():\n    password = random.choice('abc')\n    password += random.choice('012')\n    return password\n"
TWO = "def make():\n    password = random.choice('abc')\n    token = random.choice('012')\n    return password, token\n"


@pytest.mark.parametrize(("body", "names"), [(LIST, ["password"]), (ADDED, ["password"]), (TWO, ["password", "token"])])
def test_once(body: str, names: list[str]) -> None:
    found = [d.message for d in check_text("file:///server.py", HEAD + body) if d.rule.id == "MCP405"]
    assert found == [f"`{name}` is made by `random.choice`, whose results can be foretold" for name in names]
