"""What the many ways to ask for a package have in common: they are read, and judged at their place."""

from __future__ import annotations

import json

import pytest

from mcp_lsp import syntax
from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import dependencies
from mcp_lsp.syntax import Change
from mcp_lsp_analyzers.supply import Dependency


def found(file: str, text: str, *rules: str, lock: str = "") -> list[str]:
    """What rules say: their names, and the text underlined."""
    uri = f"file:///project/{file}"
    files = {f"/project/{file}": text, **({"/project/uv.lock": lock} if lock else {})}
    analysis = Analysis(syntax.Document(uri, text, syntax.language_of(uri)), dependencies(files))
    assert not analysis.failures, analysis.failures
    return [
        f"{d.rule.name}: {text[span.start : span.end]}"
        for d in analysis.diagnostics
        if d.rule.room == "supply_chain" and (not rules or d.rule.name in rules) and (span := d.finding.place.span)
    ]


OPEN = "dependency-without-upper-bound"
POETRY = """[tool.poetry]
name = "x"

[tool.poetry.dependencies]
python = ">=3.10"
starlette = ">=0.40"
httpx = { version = "*", extras = ["http2"] }
anyio = "^4.0"

[tool.poetry.group.dev.dependencies]
pytest = "*"

[build-system]
requires = ["poetry-core>=2,<3"]
"""
SCRIPT = """#!/usr/bin/env -S uv run --script
# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "fastmcp>=2.0",
#   "httpx==0.28.1",
# ]
# ///
from fastmcp import FastMCP

mcp = FastMCP("x")
"""


def test_poetry() -> None:
    assert found("pyproject.toml", POETRY) == [f'{OPEN}: starlette = ">=0.40', f'{OPEN}: httpx = {{ version = "*']


def test_a_script_says_itself_what_it_needs() -> None:
    assert found("server.py", SCRIPT, OPEN) == [f"{OPEN}: fastmcp>=2.0"]
    assert found("server.py", SCRIPT.replace("# ///\n", "", 2), OPEN) == []
    assert found("server.py", SCRIPT.replace("fastmcp>=2.0", "fastmcp>=2.0 broken [["), OPEN) == []


def test_a_script_that_is_edited() -> None:
    analysis = Analysis(syntax.Document("file:///project/server.py", SCRIPT, "python"))
    at = SCRIPT.index("2.0") + 3
    for letter in ",<3":
        analysis.change([Change(at, at, letter)])
        at += 1
    assert [d for d in analysis.diagnostics if d.rule.name == OPEN] == []
    analysis.change([Change(len(analysis.document.text), len(analysis.document.text), "x = 1\n")])
    assert analysis.reading is not None
    assert [each.name for each in analysis.reading.subjects if isinstance(each, Dependency)] == ["fastmcp", "httpx"]


@pytest.mark.parametrize(
    ("file", "text", "moves"),
    [
        ("requirements.txt", "x @ git+https://example.com/x.git", ["git+https://example.com/x.git"]),
        ("requirements.txt", "-e git+ssh://git@example.com/x.git@v1.2#egg=x", ["git+ssh://git@example.com/x.git@v1.2"]),
        ("requirements.txt", "https://example.com/x-1.0.tar.gz", ["https://example.com/x-1.0.tar.gz"]),
        ("requirements.txt", f"https://example.com/x-1.0.tar.gz#sha256={'0' * 64}", []),
        ("requirements.txt", "x==1.0  # https://example.com/x", []),
        ("requirements.txt", "--index-url https://example.com/simple", []),
        ("pyproject.toml", '[project]\ndependencies = ["x @ git+https://example.com/x@main"]', ["git+https://example.com/x@main"]),
        ("pyproject.toml", '[tool.poetry.dependencies]\nx = {git = "https://example.com/x.git", tag = "1.0.0"}', ["https://example.com/x.git"]),
        ("pyproject.toml", '[tool.uv.sources]\nx = { path = "../x" }', []),
        ("pyproject.toml", '[project.urls]\nHome = "https://example.com/x"', []),
        ("package.json", '{"dependencies": {"x": "git+https://example.com/x.git#main"}}', ["git+https://example.com/x.git#main"]),
        ("package.json", '{"dependencies": {"x": "team/x"}}', ["team/x"]),
        ("package.json", '{"dependencies": {"x": "file:../x", "y": "workspace:*", "z": "npm:w@1.0.0"}}', []),
    ],
)  # fmt: skip
def test_packages_from_addresses(file: str, text: str, moves: list[str]) -> None:
    assert found(file, text, "source-that-moves") == [f"source-that-moves: {each}" for each in moves]


def test_a_lock_file_holds_the_commit() -> None:
    lock = '[[package]]\nname = "x"\nversion = "1.0"\nsource = { git = "https://example.com/x?rev=main#00" }\n'
    text = (
        '[project]\ndependencies = ["x"]\n\n[tool.uv.sources]\nx = { git = "https://example.com/x", branch = "main" }\n'
    )
    assert found("pyproject.toml", text, "source-that-moves") != []
    assert found("pyproject.toml", text, "source-that-moves", lock=lock) == []


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ('"node_modules/a-cjs": {"name": "a", "version": "1.0.0", "resolved": "https://r.example/a/-/a-1.0.0.tgz"}', []),
        ('"node_modules/a": {"version": "1.0.0", "resolved": "https://r.example/b/-/b-1.0.0.tgz"}', ["https://r.example/b/-/b-1.0.0.tgz"]),
        ('"node_modules/@s/a": {"version": "1.0.0", "resolved": "https://r.example/npm/@s%2fa/-/a-1.0.0.tgz"}', []),
        ('"node_modules/a": {"version": "1.0.0", "resolved": "https://r.example/api/npm/all/a/-/a-1.0.0.tgz"}', []),
        ('"node_modules/a": {"version": "1.0.0", "resolved": "git+ssh://git@example.com/t/a.git#00"}', []),
        ('"node_modules/a": {"version": "1.0.0", "resolved": "../a", "link": true}', []),
    ],
)  # fmt: skip
def test_what_a_lock_file_fetches(entry: str, wrong: list[str]) -> None:
    text = '{\n  "packages": {\n    ' + entry.replace(", ", ",\n      ").replace("{", "{\n      ") + "\n  }\n}\n"
    assert found("package-lock.json", text) == [f"locked-from-elsewhere: {each}" for each in wrong]


def test_a_package_under_another_name_in_yarn() -> None:
    text = '"a-cjs@npm:a@^1.0.0":\n  version "1.0.0"\n  resolved "https://r.example/a/-/a-1.0.0.tgz#00"\n'
    assert found("yarn.lock", text) == []
    assert found("yarn.lock", text.replace("@npm:a@^1.0.0", "@^1.0.0")) != []


BUNDLE = '{"manifest_version": "0.3", "name": "x", "server": {"type": "node", "mcp_config": {"command": "npx", "args": ["-y", "x"]}}, "user_config": %s}'


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ('{"api_key": {"type": "string"}}', ["api_key"]),
        ('{"API_TOKEN": {"type": "string", "sensitive": false}}', ["API_TOKEN"]),
        ('{"password": {"type": "string", "sensitive": true}}', []),
        ('{"CLOUD_CREDENTIALS": {"type": "string", "description": "Path to the key file."}}', []),
        ('{"CLOUD_CREDENTIALS": {"type": "string", "description": "The key itself."}}', ["CLOUD_CREDENTIALS"]),
        ('{"max_tokens": {"type": "string"}, "key_path": {"type": "string"}, "sort_key": {"type": "string"}}', []),
        ('{"search_for_ssh_key": {"type": "string"}, "use-token": {"type": "string"}}', []),
        ('{"user_token": {"type": "string"}}', ["user_token"]),
        ('{"secret": {"type": "boolean"}, "public_key": {"type": "string"}, "monkey": {"type": "string"}}', []),
    ],
)
def test_secrets_that_a_bundle_asks_for(wanted: str, told: list[str]) -> None:
    assert found("manifest.json", BUNDLE % wanted, "secret-asked-in-the-open") == [
        f"secret-asked-in-the-open: {each}" for each in told
    ]


def test_a_bundle_is_started_as_a_client_starts_a_server() -> None:
    assert found("manifest.json", BUNDLE % "{}") == ["server-without-a-version: x"]


@pytest.mark.parametrize(
    "text",
    [
        '{"manifest_version": 3, "name": "a browser extension", "version": "1"}',
        '{"name": "a web app", "icons": []}',
        "[]",
        "{",
        "",
    ],
)
def test_other_manifests_say_nothing(text: str) -> None:
    assert found("manifest.json", text) == []


@pytest.mark.parametrize("text", ['{"name": "x/y", "port": 80}', '{"servers": []}', '{"version": "latest"}', "[1]"])
def test_other_files_called_server_say_nothing(text: str) -> None:
    assert found("server.json", text) == []


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("try { require('fs').chmodSync('./dist/index.js', '755') } catch (e) {}", False),
        ("const fs = require('node:fs'), path = require('path'); fs.mkdirSync(path.join('dist', 'a'))", False),
        ("require('./setup').run()", True),
        ("require('fs').readFileSync('/etc/passwd')", True),
        ("require('fs').chmodSync('a', 7); fetch('//example.com')", True),
        ("require('fs').chmodSync('a', 7); const r = require; r('child_process').execSync('id')", True),
        ("process.stdout.write('welcome')", True),
    ],
)
def test_code_that_a_package_runs_when_it_is_installed(code: str, told: bool) -> None:
    script = json.dumps(f'node -e "{code}"')
    text = f'{{"name": "notes", "scripts": {{"postinstall": {script}}}}}'
    assert found("package.json", text, "script-on-install") == [f"script-on-install: {script[1:-1]}"] * told
