"""Which literals are credentials, and what of them is underlined."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import registry

RULE = registry.by_name()["secret-in-source"]


def check(source: str, uri: str = "file:///app/server.py", root: str = "/app") -> list[str]:
    """Each finding as ``underlined: message``."""
    language = "python" if uri.endswith(".py") else "typescript"
    found = Analysis(Document(uri, source, language), rules=[RULE], root=root).diagnostics
    lines = []
    for diagnostic in found:
        span = diagnostic.finding.place.span
        assert span is not None
        assert source[span.start : span.end] not in diagnostic.message, "a message is copied into logs"
        lines.append(f"{source[span.start : span.end]}: {diagnostic.message}")
    return lines


@pytest.mark.parametrize(
    ("secret", "what"),
    [
        ("sk-ant-api03-Xw4mT9bQ2LkP7sRd1VfH6nYc3ZgJ8uEa", "`sk-ant-…` is an Anthropic API key"),
        ("sk-proj-abc123def456ghi789jkl012mno345pqr678", "`sk-proj-…` is an OpenAI API key"),
        ("github_pat_11ABCDEFG0aBcD3fGh1jKl_m2n4p6q8r0s1t3u5v7w9x0y2z4A6b8C0d2E4f", "`github_pat_…` is a GitHub token"),
        ("gho_q8Zt2LmX4vKc7RbN1sWd5FyH9jPa3GuE6oTi", "`gho_…` is a GitHub token"),
        ("AKIAQ4J7XWZ2MNB5VTRL", "`AKIA…` is an AWS access key id"),
        ("xoxb-2938475610-8374652910-QwErTyUiOpAsDfGh", "`xoxb-…` is a Slack token"),
        ("glpat-q8Zt2LmX4vKc7RbN1sWd", "`glpat-…` is a GitLab token"),
        ("AIzaSyB7kQ2mX9vL4pR6tW8yE1uI3oA5sD0fGhJ", "`AIza…` is a Google API key"),
        ("hf_QwErTyUiOpAsDfGhJkLzXcVbNmQaZwSx", "`hf_…` is a Hugging Face token"),
        ("sk_live_51Nx7QcTGj8ZkHytYqEGBwZf", "`sk_live_…` is a Stripe key"),
    ],
)
def test_issuers_are_told_by_their_forms(secret: str, what: str) -> None:
    assert check(f'KEY = "{secret}"\n') == [f"{secret}: {what} in the source code"]
    assert check(f'header = "Authorization: Bearer {secret}"\n') == [f"{secret}: {what} in the source code"]


def test_only_the_password_of_an_address_is_underlined() -> None:
    assert check('DB = "postgresql+asyncpg://app:Vt7-kQ92@db.example.net:5432/x"\n') == [
        "Vt7-kQ92: a password in a URL in the source code"
    ]


def test_private_keys_need_a_body() -> None:
    body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\\nMzEfYyjiWA4R4"
    assert check(f'KEY = "-----BEGIN PRIVATE KEY-----\\n{body}"\n')
    assert check('if text.startswith("-----BEGIN PRIVATE KEY-----"):\n    pass\n') == []


@pytest.mark.parametrize(
    "source",
    [
        'PREFIX = "sk-ant-api03-"',
        'EXAMPLE = "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
        'KEY = "AKIAIOSFODNN7EXAMPLE"',
        'KEY = "sk-your-api-key-goes-here-your-api-key"',
        'KEY = "sk-12345678901234567890123456789012"',
        'example_key = "ghp_q8Zt2LmX4vKc7RbN1sWd5FyH9jPa3GuE6oTi"',
        'PATTERN = r"ghp_[A-Za-z0-9]{36}"',
        'DB = "postgresql://postgres:postgres@localhost/x"',
        'DB = "postgresql://app:s3cr3t-Vt7@db:5432/x"',
        'DB = "postgresql://user:password@db.example.net/x"',
        'DB = f"postgresql://app:{password}@db.example.net/x"',
        'URL = "https://api.example.com/v1/users/me@example.com"',
        'JWT = "eyJhbGciOiJIUzI1NiIsInR5cCI6.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4ifQ.SflKxwRJSMeKKF2QT4fwp"',
        'digest = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"',
        'words = "task-manager risk-assessment-for-everything-that-is-long"',
    ],
)
def test_placeholders_and_ordinary_strings_are_no_secrets(source: str) -> None:
    assert check(source + "\n") == []


def test_test_files_may_hold_keys() -> None:
    source = 'KEY = "ghp_q8Zt2LmX4vKc7RbN1sWd5FyH9jPa3GuE6oTi"\n'
    assert check(source)
    assert check(source, "file:///app/tests/conftest.py") == []
    assert check(source, "file:///app/test_server.py") == []
    assert check(source, "file:///app/src/server.test.ts") == []
    assert check(source, "file:///app/tests/keys.py") == []
    assert check(source, "file:///app/contest/server.py")


def test_a_checkout_below_a_folder_called_tests_is_no_test() -> None:
    source = 'KEY = "ghp_q8Zt2LmX4vKc7RbN1sWd5FyH9jPa3GuE6oTi"\n'
    assert check(source, "file:///srv/tests/app/server.py", "/srv/tests/app")
    assert check(source, "file:///srv/tests/app/fixtures/keys.py", "/srv/tests/app") == []
