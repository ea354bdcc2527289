"""Masking by names of fields: which lists are judged, and what they are found to forget."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text


def forgotten(uri: str, text: str) -> list[str]:
    return [d.finding.detail for d in check_text(uri, text) if d.rule.id == "MCP452"]


PYTHON = "from mcp.server.fastmcp import FastMCP\n\n"


@pytest.mark.parametrize(
    ("names", "test", "expected"),
    [
        ('{"password", "secret", "api_key"}', "k in NAMES", ["token"]),
        ('{"password", "secret", "api_key", "token"}', "k in NAMES", []),
        ('{"password", "secret", "api_key", "access_token"}', "any(n in k for n in NAMES)", ["token"]),
        ('{"password", "secret", "key", "access_token"}', "any(n in k for n in NAMES)", ["token"]),
        ('{"passw", "secret", "key", "tok"}', "any(n in k for n in NAMES)", []),
        ('{"password", "secret", "api_key"}', 'k in NAMES or k.endswith("token")', []),
        ('{"password", "secret", "api_key"}', "k in NAMES or is_special(k)", ["token"]),
        ('{"password", "secret", "api_key"}', "k in NAMES or re.search(more, k)", []),
        ('{"runners_token", "import_url"}', "k in NAMES", []),
        ('{"access_token", "refresh_token", "password"}', "k in NAMES", []),
        ("read_names()", "k in NAMES", []),
    ],
)
def test_in_python(names: str, test: str, expected: list[str]) -> None:
    function = f"def mask_fields(data):\n    return {{k: '***' if {test} else v for k, v in data.items()}}\n"
    assert forgotten("file:///server.py", f"{PYTHON}NAMES = {names}\n\n\n{function}") == expected


@pytest.mark.parametrize(
    ("names", "test", "expected"),
    [
        ('new Set(["password", "secret", "token"])', "NAMES.has(k)", ["api_key"]),
        ('["password", "secret", "token", "apikey"]', "NAMES.some((n) => k.toLowerCase().includes(n))", []),
        ('["password", "secret", "token"]', "NAMES.some((n) => k.toLowerCase().includes(n))", ["api_key"]),
        ("/password|secret|token/i", "NAMES.test(k)", ["api_key"]),
        ("/password|secret|token|key/i", "NAMES.test(k)", []),
        (
            '["password", "secret", "token", "apikey", "client_secret"]',
            "NAMES.some((n) => k.toLowerCase().includes(n))",
            ["api_key"],
        ),
        ('["password", "secret", "token", "api_key"]', "NAMES.some((n) => k.toLowerCase().includes(n))", []),
        ("[/password/i, /secret/i, /key/i]", "NAMES.some((n) => n.test(k))", ["token"]),
    ],
)
def test_in_typescript(names: str, test: str, expected: list[str]) -> None:
    head = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
    function = (
        f"export function redact(data) {{ for (const k of Object.keys(data)) {{ if ({test}) data[k] = '***'; }} }}\n"
    )
    assert forgotten("file:///server.ts", f"{head}const NAMES = {names};\n{function}") == expected


def test_names_kept_in_the_class() -> None:
    text = (
        f"{PYTHON}class Scrubber:\n    NAMES = ('password', 'secret', 'api_key')\n\n"
        "    def scrub(self, data):\n        return {k: v for k, v in data.items() if k not in self.NAMES}\n"
    )
    assert forgotten("file:///server.py", text) == ["token"]


def test_a_list_of_headers() -> None:
    head = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
    text = f"{head}const SENSITIVE_HEADERS = ['authorization', 'secret', 'password'];\nexport const redact = 1;\n"
    function = "export function redactFields(data) { return Object.keys(data).filter((k) => !SENSITIVE_HEADERS.includes(k)); }\n"
    assert forgotten("file:///server.ts", text + function) == []
    assert forgotten("file:///server.ts", (text + function).replace("SENSITIVE_HEADERS", "HIDDEN")) == ["token"]


def test_separators_that_are_taken_away_first() -> None:
    head = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
    names = 'const NAMES = ["password", "secret", "token", "apikey", "client_secret"];\n'
    test = 'NAMES.some((n) => k.toLowerCase().replace(/[-_]/g, "").includes(n))'
    text = f"{head}{names}export function isSecretKey(k) {{ return {test}; }}\n"
    assert forgotten("file:///server.ts", text) == []
    assert forgotten("file:///server.ts", text.replace('.replace(/[-_]/g, "")', "")) == ["api_key"]


@pytest.mark.parametrize(
    ("function", "called", "expected"),
    [
        ("sanitizeData", "SENSITIVE_KEYS", ["token"]),
        ("sanitizeData", "UNWANTED", []),
        ("describeData", "SENSITIVE_KEYS", []),
        ("redactData", "SENSITIVE_KEYS", ["token"]),
    ],
)
def test_what_cleans_by_names_that_are_called_secret(function: str, called: str, expected: list[str]) -> None:
    head = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
    text = (
        f"{head}const {called} = /^(password|body|attachments)$/i;\n"
        f"export function {function}(data) {{ for (const k of Object.keys(data)) {{ if ({called}.test(k)) data[k] = '***'; }} }}\n"
    )
    assert forgotten("file:///server.ts", text) == expected


def test_names_of_oauth_alone() -> None:
    names = 'SECRET_FIELDS = {"access_token", "refresh_token", "client_secret", "code", "password"}'
    function = "def redact_form(data):\n    return {k: '***' if k in SECRET_FIELDS else v for k, v in data.items()}\n"
    assert forgotten("file:///server.py", f"{PYTHON}{names}\n\n\n{function}") == []
