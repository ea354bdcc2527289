"""Words that are looked for before an expression are in whatever the expression finds."""

from __future__ import annotations

import pytest

from mcp_lsp.flow import hiding
from mcp_lsp_analyzers.gates import tells_mode


@pytest.mark.parametrize(
    "name", ["read_only", "READONLY", "allowsWrites", "mutations_enabled", "WRITABLE", "canModifyIt"]
)
def test_names_of_a_mode(name: str) -> None:
    assert tells_mode(f"if self.{name}:")


@pytest.mark.parametrize(
    "name",
    ["disabledTools", "ENABLED_TOOL", "allowed_tools", "blockedTool", "denied_tools", "hiddenTools", "excluded_tools",
     "toolIsAllowed", "tool_enabled", "toolDisabled", "non_destructive", "DESTRUCTIVE_ONLY"],
)  # fmt: skip
def test_names_for_tools_that_are_left_out(name: str) -> None:
    assert hiding._tells_tools(f"if self.{name}:")


@pytest.mark.parametrize("name", ["only", "tools", "enabled", "changes"])
def test_other_names(name: str) -> None:
    assert not tells_mode(name)
    assert not hiding._tells_tools(name)
