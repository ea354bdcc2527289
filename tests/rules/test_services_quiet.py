"""Right services that look like wrong ones to a quick eye: what rules about services must not say."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

PYTHON = "from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('demo')\n\n"
TYPESCRIPT = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n\n'


def check(name: str, source: str, uri: str) -> list[str]:
    head = PYTHON if uri.endswith(".py") else TYPESCRIPT
    return [d.message for d in check_text(uri, head + textwrap.dedent(source)) if d.rule.name == name]


FLOW = 'export const request = { response_type: "token", client_id: "notes" };\n'


def test_what_a_test_asks_for_is_to_be_refused() -> None:
    assert len(check("outdated-oauth-flow", FLOW, "file:///src/authorize.ts")) == 1
    assert check("outdated-oauth-flow", FLOW, "file:///src/authorize.test.ts") == []


@pytest.mark.parametrize(
    ("looked", "count"), [("sql", 1), ("statement.text", 1), ("toolName", 0), ("request.method", 0)]
)
def test_names_of_tools_are_no_statements(looked: str, count: int) -> None:
    source = f"""
        export function isMutating(sql: string, toolName: string, statement: any, request: any): boolean {{
          return /^(create|update|delete)/i.test({looked});
        }}
        """
    assert len(check("read-only-by-words", source, "file:///src/a.ts")) == count


@pytest.mark.parametrize(("key", "count"), [("access_token", 1), ("confirmation_token", 0), ("next_page_token", 0)])
def test_tokens_that_are_made_for_the_model(key: str, count: int) -> None:
    source = f"""
        import json


        @mcp.tool()
        def start() -> str:
            \"\"\"Start.\"\"\"
            token = make()
            return json.dumps({{"{key}": token}})
        """
    assert len(check("credential-in-answer", source, "file:///src/a.py")) == count


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        (
            "pyproject.toml",
            '[project]\nname = "a"\n[project.optional-dependencies]\n{} = ["mypy>=1"]\n',
            "dev test-ci docs",
        ),
        ("requirements-{}.txt", "mypy>=1\n", "dev test docs"),
        (
            "pyproject.toml",
            '[project]\nname = "a"\n[project.optional-dependencies]\n{} = ["mypy>=1"]\n',
            "!s3 !devices",
        ),
        ("requirements-{}.txt", "mypy>=1\n", "!prod"),
    ],
)
def test_tools_for_development_may_be_the_newest(file: str, text: str, said: str) -> None:
    for name in said.split():
        inside = name.lstrip("!")
        found = check_text(f"file:///src/{file.format(inside)}", text.format(inside))
        assert ["MCP604"] * name.startswith("!") == [d.rule.id for d in found if d.rule.id == "MCP604"], name
