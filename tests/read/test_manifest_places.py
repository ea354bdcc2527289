"""Manifests, configurations and build files: what they name, exactly where they name it."""

from __future__ import annotations

import pytest

from mcp_lsp import read, syntax
from mcp_lsp_analyzers.place import Place, Text
from mcp_lsp_analyzers.supply import Action, Dependency, Image, Launch, Script


def said(file: str, text: str) -> list[str]:
    """Each subject as ``kind: the text it underlines``."""
    uri = f"file:///{file}"
    document = syntax.Document(uri, text, syntax.language_of(file))
    found = read.servers(read.module(syntax.parse(document)))

    def under(place: Place) -> str:
        span = place.span
        assert span is not None
        return text[span.start : span.end]

    lines = []
    for subject in found.subjects:
        if isinstance(subject, Dependency):
            lines.append(f"{subject.use}: {under(subject.named)} {subject.requirement}".rstrip())
            assert under(subject.place).endswith(subject.requirement)
        elif isinstance(subject, Image):
            lines.append(f"image: {under(subject.reference.place)}")
        elif isinstance(subject, Action):
            lines.append(f"action: {under(subject.reference.place)}")
        elif isinstance(subject, Script):
            lines.append(f"{subject.where}: {under(subject.text.place).strip()}")
        elif isinstance(subject, Launch):
            named = [subject.command, *subject.arguments, subject.url, *(value for _, value in subject.environment)]
            parts = [text.value for text in named if text is not None]
            lines.append(f"{under(subject.place)}: {' '.join(parts)}")
        elif isinstance(subject, Text):
            lines.append(f"text: {under(subject.place)}")
    return lines


def test_requirements() -> None:
    text = """
# comment
mcp[cli]==1.9.0  # pinned
httpx >= 0.28, <1 ; python_version > "3.9"
uvicorn
-r base.txt
git+https://example.com/a.git
local @ file:///x
--index-url https://example.com/simple
"""
    assert said("requirements.txt", text) == [
        "runtime: mcp ==1.9.0",
        "runtime: httpx >= 0.28, <1",
        "runtime: uvicorn",
        "runtime: local @ file:///x",
    ]


def test_pyproject() -> None:
    text = """
[build-system]
requires = ["hatchling>=1"]

[project]
name = "notes"
description = "mcp>=1 is not a dependency here"
dependencies = [
    "mcp[cli]>=1.9,<2",
    'anyio',
]

[project.optional-dependencies]
web = ["starlette>=0.40 ; python_version > '3.9'"]

[dependency-groups]
dev = ["pytest", {include-group = "lint"}]
"""
    assert said("pyproject.toml", text) == [
        "runtime: mcp >=1.9,<2",
        "runtime: anyio",
        "runtime: starlette >=0.40",
        "development: pytest",
        "build: hatchling >=1",
    ]
    assert said("pyproject.toml", "[project\n") == []


def test_package_json() -> None:
    text = """{
      "dependencies": {"zod": "^3.25.0", "shared": "workspace:*"}, "devDependencies": {"vite": "7"},
      "scripts": {"build": "tsc", "postinstall": "node setup.js"}
    }"""
    found = said("package.json", text)
    assert [line for line in found if "install" not in line] == [
        "runtime: zod ^3.25.0",
        "runtime: shared workspace:*",
        "development: vite 7",
    ]
    assert [line for line in found if "install" in line] == ['install: "node setup.js"']


def test_dockerfile() -> None:
    text = """ARG BASE=node:22
FROM --platform=linux/amd64 ${BASE} AS build
RUN npm ci && \\
    npm run build
FROM build AS test
from scratch
COPY --from=build /app /app
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/
"""
    assert said("Dockerfile", text) == [
        "image: ${BASE}",
        "image: ghcr.io/astral-sh/uv:0.9",
        "image: npm ci && \\\n    npm run build",
    ] or said("Dockerfile", text) == [
        "image: ${BASE}",
        "image: npm ci && \\\n    npm run build",
        "image: ghcr.io/astral-sh/uv:0.9",
    ]


def test_workflow() -> None:
    text = """jobs:
  a:
    steps:
      - uses: actions/checkout@v5
      - uses: ./own
      - name: x
        run: |
          echo one
          echo two
      - run: echo three
        env: {A: b}
"""
    assert said(".github/workflows/ci.yml", text) == [
        "action: actions/checkout@v5",
        "workflow: echo one\n          echo two",
        "workflow: echo three",
    ]


@pytest.mark.parametrize("file", ["mcp.json", ".cursor/mcp.json", "claude_desktop_config.json"])
def test_a_clients_servers(file: str) -> None:
    text = """{
      // as editors keep it
      "mcpServers": {
        "notes": {"command": "npx", "args": ["-y", "notes@1"], "env": {"KEY": "https://a//b"},},
        "far": {"url": "https://example.com/mcp", "headers": {"Authorization": "Bearer x"}}, /* end */
      },
    }"""
    assert said(file, text) == ["notes: npx -y notes@1 https://a//b", "far: https://example.com/mcp Bearer x"]


def test_shell_commands_of_a_client() -> None:
    text = '{"servers": {"a": {"command": "bash", "args": ["-c", "curl x | sh"]}}}'
    assert said("mcp.json", text) == ["a: bash -c curl x | sh", 'launch: "-c"', 'launch: "curl x | sh"']


def test_prompts_are_read_by_paragraph() -> None:
    assert said("SKILL.md", "# Notes\nUse them.\n\n- one\n- two\n") == [
        "text: # Notes\nUse them.",
        "text: - one\n- two",
    ]


@pytest.mark.parametrize("file", ["package.json", "mcp.json", "pyproject.toml", "requirements.txt", "Dockerfile",
                                  ".github/workflows/a.yml", "SKILL.md"])  # fmt: skip
@pytest.mark.parametrize("text", ["", "{", "[", "\0", '{"mcpServers": []}', '{"mcpServers": {"a": 1}}', "FROM", "uses:",
                                  '{"dependencies": 3, "scripts": []}', "[project]\ndependencies = 3", "\r\n\r\n"])  # fmt: skip
def test_anything_can_be_read(file: str, text: str) -> None:
    said(file, text)
