"""The ways in which a server that is started gets everything that is in the environment."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text


def told(uri: str, text: str) -> int:
    return sum(d.rule.id == "MCP443" for d in check_text(uri, text))


PYTHON = "import os\n\nfrom mcp import StdioServerParameters\n\n\n"


@pytest.mark.parametrize(
    ("made", "count"),
    [
        ("env = {}\n    env.update(os.environ)", 1),
        ("env = {}\n    for name, value in os.environ.items():\n        env[name] = value", 1),
        (
            "env = {}\n    for name, value in os.environ.items():\n        if name in KEPT:\n            env[name] = value",
            0,
        ),
        ("env = {name: value for name, value in os.environ.items()}", 1),
        ("env = {name: value for name, value in os.environ.items() if name in KEPT}", 0),
        ("env = {}\n    env.update(given.env)", 0),
    ],
)
def test_in_python(made: str, count: int) -> None:
    text = f"{PYTHON}def start(given):\n    {made}\n    return StdioServerParameters(command=given.command, env=env)\n"
    assert told("file:///src/start.py", text) == count


@pytest.mark.parametrize(
    ("made", "count"),
    [
        (
            "let env; env = {}; for (const [k, v] of Object.entries(process.env)) { if (v !== undefined) { env[k] = v; } }",
            1,
        ),
        (
            "let env; env = {}; for (const [k, v] of Object.entries(process.env)) { if (KEPT.includes(k)) { env[k] = v; } }",
            0,
        ),
        ("const env = {}; Object.assign(env, process.env, given.env);", 1),
        ("const env = {}; Object.assign(env, given.env);", 0),
        ("const env = Object.fromEntries(Object.entries(process.env).filter(([, v]) => v !== undefined));", 1),
        ("const env = Object.fromEntries(Object.entries(process.env).filter(([k]) => KEPT.has(k)));", 0),
    ],
)
@pytest.mark.parametrize(
    "start",
    [
        "return new StdioClientTransport({ command: given.command, env });",
        "const how: StdioServerParameters = { command: given.command, env }; return begin(how);",
    ],
)
def test_in_typescript(made: str, start: str, count: int) -> None:
    head = 'import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";\n'
    assert told("file:///src/start.ts", f"{head}export function start(given) {{ {made} {start} }}\n") == count
