"""Manifests, configurations and prompts under analysis: named as an editor names them, edited, allowed by comments."""

from __future__ import annotations

import json

import pytest

from mcp_lsp import syntax
from mcp_lsp.assist.fixes import applied, render
from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import Dependencies, Version
from mcp_lsp.syntax import Change


def analysed(file: str, text: str, dependencies: Dependencies | None = None) -> Analysis:
    uri = f"file:///project/{file}"
    return Analysis(syntax.Document(uri, text, syntax.language_of(uri, "json")), dependencies)


def found(analysis: Analysis) -> list[str]:
    text = analysis.document.text
    assert not analysis.failures
    return [
        f"{d.rule.name}: {text[span.start : span.end]}"
        for d in analysis.diagnostics
        if (span := d.finding.place.span) is not None
    ]


CLIENT = '{"mcpServers": {"notes": {"command": "npx", "args": ["-y", "@example/notes"]}}}'


def test_an_edit_gives_what_a_fresh_reading_gives() -> None:
    analysis = analysed(".mcp.json", CLIENT)
    assert found(analysis) == ["server-without-a-version: @example/notes"]
    at = CLIENT.index('notes"]') + len("notes")
    for i, char in enumerate("@1.2.3"):
        analysis.change([Change(at + i, at + i, char)])
        assert found(analysis) == found(analysed(".mcp.json", analysis.document.text))
    assert found(analysis) == []


def test_the_fix_takes_the_version_of_the_lock_file() -> None:
    known = Dependencies(npm={"@example/notes": Version(1, "1.4.2", "package-lock.json")})
    analysis = analysed("mcp.json", CLIENT, known)
    (diagnostic,) = analysis.diagnostics
    assert diagnostic.finding.fix is not None
    assert analysis.module is not None
    changes = render(diagnostic.finding.fix, analysis.document, analysis.module)
    assert changes is not None
    assert applied(CLIENT, changes) == CLIENT.replace("@example/notes", "@example/notes@1.4.2")


@pytest.mark.parametrize(
    ("command", "arguments", "moves"),
    [
        ("npx", ["-y", "@scope/name"], True),
        ("npx", ["-y", "@scope/name@latest"], True),
        ("npx", ["-y", "name@^1.2.0"], True),
        ("npx", ["-y", "@scope/name@1.2.3"], False),
        ("npx", ["-y", "--package=name", "run"], True),
        ("npx", ["-y", "-p", "name@1.0.0", "run"], False),
        ("npx", ["./build/index.js"], False),
        ("npx.cmd", ["-y", "name"], True),
        ("cmd", ["/c", "npx", "-y", "name"], True),
        ("pnpm", ["dlx", "name"], True),
        ("pnpm", ["run", "start"], False),
        ("uvx", ["name"], True),
        ("uvx", ["name==1.2.3"], False),
        ("uvx", ["name@1.2.3"], False),
        ("uvx", ["--from", "git+https://example.com/a.git", "a"], True),
        ("uvx", ["--from", "git+https://example.com/a.git@0123456789abcdef", "a"], False),
        ("uv", ["tool", "run", "name"], True),
        ("uv", ["run", "server.py"], False),
        ("uv", ["--directory", "/x", "run", "name"], False),
        ("docker", ["run", "-i", "--rm", "-e", "KEY", "ghcr.io/example/name"], True),
        ("docker", ["run", "-i", "ghcr.io/example/name:latest"], True),
        ("docker", ["run", "-i", "localhost:5000/name:1.2"], False),
        ("docker", ["run", "-i", "name@sha256:0123"], False),
        ("docker", ["compose", "up"], False),
        ("node", ["name"], False),
        ("npx", ["${PACKAGE}"], False),
        ("npx", [], False),
    ],
)
def test_which_servers_have_no_version(command: str, arguments: list[str], moves: bool) -> None:
    text = json.dumps({"mcpServers": {"a": {"command": command, "args": arguments}}})
    assert any(line.startswith("server-without-a-version") for line in found(analysed("mcp.json", text))) is moves


def test_comments_allow_what_they_name() -> None:
    assert found(analysed("Dockerfile", "# mcp-lsp: ignore[image-that-moves] rebuilt daily\nFROM node:latest\n")) == []
    assert (
        found(analysed("requirements.txt", "mcp  # mcp-lsp: ignore[dependency-without-upper-bound] a sample\n")) == []
    )


def test_what_a_lock_file_decides_is_not_reported() -> None:
    text = '{"dependencies": {"zod": "*"}}'
    assert found(analysed("package.json", text)) == ["dependency-without-upper-bound: *"]
    known = Dependencies(npm={"zod": Version(3, "3.25.0", "package-lock.json")})
    assert found(analysed("package.json", text, known)) == []


def test_secrets_are_found_by_form_and_by_name() -> None:
    text = (
        '{"mcpServers": {"a": {"command": "a", "env": {"GITHUB_TOKEN": "ghp_q8Zt2LmX4vKc7RbN1sWd5FyH9jPa3GuE6oTi",'
        ' "X_API_KEY": "q7Vd2mZp9sKx4Lw8"}}}}'
    )
    assert "credential-in-client-configuration: q7Vd2mZp9sKx4Lw8" in found(analysed("mcp.json", text))
    assert any(line.startswith("secret-in-source: ghp_") for line in found(analysed("mcp.json", text)))


def test_a_workflow_may_pipe_a_download_and_is_told() -> None:
    text = "jobs:\n  a:\n    steps:\n      - run: curl -fsSL https://get.example.com/x | sh\n"
    (diagnostic,) = analysed(".github/workflows/ci.yml", text).diagnostics
    assert diagnostic.severity.value == "information"
