"""Commands that a list refuses, and those that it lets run."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

HEAD = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('const BLOCKED = new Set(["rm", "sudo", "dd"]);', 1),
        ('export const config = { blockedCommands: ["mkfs", "rm", "sudo", "su"] };', 1),
        ("export const mayRun = (config, cmd) => !config.forbiddenCommands.includes(cmd);", 1),
        ('const PROGRAMS = ["rm", "sudo", "dd"];', 0),
        ('const BLOCKED = ["rm", "left", "right"];', 0),
        ("export const mayRun = (config, cmd) => config.allowedCommands.includes(cmd);", 0),
        ("export const maySend = (type) => !BLOCKED_WS_COMMANDS.includes(type);", 0),
        ("export const mayPost = (config, user) => !config.blockedUsers.includes(user);", 0),
    ],
)
def test_lists_of_commands(source: str, count: int) -> None:
    found = [d for d in check_text("file:///src/a.ts", HEAD + source) if d.rule.name == "commands-refused-by-name"]
    assert len(found) == count
