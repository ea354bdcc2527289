"""What is offered in manifests and clients' lists of servers, with the cursor drawn as ``|``, and what pointing says."""

from __future__ import annotations

import pytest

from mcp_lsp.assist.writing import Completion, members
from mcp_lsp.check import Analysis
from mcp_lsp.syntax import Document, language_of


def offered(name: str, drawn: str) -> tuple[str, list[Completion]]:
    text = drawn.replace("|", "", 1)
    analysis = Analysis(Document(f"file:///p/{name}", text, language_of(name)))
    assert analysis.reading is not None
    subjects = analysis.reading.subjects
    return text, members.completions(analysis.document, drawn.index("|"), analysis.module, subjects)


def labels(name: str, drawn: str) -> list[str]:
    return [one.label for one in offered(name, drawn)[1]]


def chosen(name: str, drawn: str, label: str) -> str:
    text, found = offered(name, drawn)
    (one,) = [each for each in found if each.label == label]
    return text[: one.span.start] + one.text + text[one.span.end :]


@pytest.mark.parametrize(
    ("name", "drawn", "first", "never"),
    [
        ("server.json", "{|", "$schema", "mcpServers"),
        ("server.json", '{ "packages": [{ "|', "registryType", "name"),
        ("server.json", '{ "packages": [{}, { "transport": {|} }] }', "type", "identifier"),
        ("server.json", '{ "packages": [{ "environmentVariables": [{ "name": "A", | }] }] }', "description", "name"),
        ("server.json", '{ "remotes": [{ "variables": { "host": { | } } }] }', "description", "type"),
        ("manifest.json", '{ "manifest_version": "0.4", | }', "$schema", "manifest_version"),
        ("manifest.json", '{ "server": { "mcp_config": { "platform_overrides": { "win32": { | } } } } }', "command", "darwin"),
        ("manifest.json", '{ "manifest_version": "0.4", "user_config": { "key": { | } } }', "type", "key"),
        (".mcp.json", "{|}", "mcpServers", "servers"),
        (".vscode/mcp.json", "{|}", "servers", "mcpServers"),
        (".cursor/mcp.json", '{ "mcpServers": { "notes": { "command": "npx", | } } }', "type", "command"),
        (".vscode/mcp.json", '{ "servers": { "notes": { "command": "npx", "|" } } }', "type", "disabled"),
    ],
)  # fmt: skip
def test_members_that_fit(name: str, drawn: str, first: str, never: str) -> None:
    found = labels(name, drawn)
    assert found[:1] == [first]
    assert never not in found


@pytest.mark.parametrize(
    ("name", "drawn", "values"),
    [
        ("server.json", '{ "packages": [{ "transport": { "type": "|" } }] }', ["stdio", "streamable-http", "sse"]),
        ("server.json", '{ "packages": [{ "environmentVariables": [{ "isSecret": | }] }] }', ["true", "false"]),
        ("manifest.json", '{ "manifest_version": "0.4", "server": { "type": "|" } }', ["python", "node", "binary", "uv"]),
        ("manifest.json", '{ "manifest_version": "0.4", "compatibility": { "platforms": ["win32", "|"] } }', ["darwin", "win32", "linux"]),
        (".mcp.json", '{ "mcpServers": { "notes": { "type": "|" } } }', ["stdio", "http", "sse"]),
        (".mcp.json", '{ "mcpServers": { "notes": { "args": ["|"] } } }', []),
        (".vscode/mcp.json", '{ "inputs": [{ "id": "key" }], "servers": { "n": { "env": { "A": "${input:|" } } } }', ["key"]),
        ("manifest.json", '{ "manifest_version": "0.4", "server": { "mcp_config": { "args": ["${user_config.|}"] } }, "user_config": { "folder": {} } }', ["folder"]),
        ("package.json", '{ "|" }', []),
        ("manifest.json", '{ "name": "an extension", "permissions": [], | }', []),
    ],
)  # fmt: skip
def test_values_that_fit(name: str, drawn: str, values: list[str]) -> None:
    assert labels(name, drawn) == values


@pytest.mark.parametrize(
    ("drawn", "label", "becomes"),
    [
        ("{|}", "name", '{"name": ""}'),
        ('{ "na|" }', "name", '{ "name": "" }'),
        ('{ "na|": "x" }', "name", '{ "name": "x" }'),
        ('{ "pac|', "packages", '{ "packages": []'),
        ('{ "pac|\n  "name": "x" }', "packages", '{ "packages": []\n  "name": "x" }'),
        ('{ "packages": [{ "transport": { "type": | } }] }', "stdio", '{ "packages": [{ "transport": { "type": "stdio" } }] }'),
        ('{ "packages": [{ "transport": { "type": "s|" } }] }', "sse", '{ "packages": [{ "transport": { "type": "sse" } }] }'),
        ('{ "packages": [{ "transport": { "type": st| } }] }', "stdio", '{ "packages": [{ "transport": { "type": "stdio" } }] }'),
    ],
)  # fmt: skip
def test_what_choosing_writes(drawn: str, label: str, becomes: str) -> None:
    assert chosen("server.json", drawn, label) == becomes


def test_nothing_is_offered_in_a_comment() -> None:
    assert labels(".mcp.json", "{ // m| \n }") == []
    assert labels(".mcp.json", "|{}") == []


@pytest.mark.parametrize(
    ("name", "drawn", "said"),
    [
        ("server.json", '{ "ver|sion": "1" }', "`version`: one exact version of the server"),
        ("server.json", '{ "version": "1|" }', "`version`: one exact version of the server"),
        ("server.json", '{ "packages": [{ "transport": { "type": "std|io" } }] }', "One of `stdio`, `streamable-http`, `sse`"),
        ("server.json", '{ "packages": [{ "identi|fier": "x" }] }', "Needed in `server.json`, schema 2025-12-11"),
        ("manifest.json", '{ "manifest_version": "0.4", "user_config": { "key": { "sensi|tive": true } } }', "shown as dots"),
        (".mcp.json", '{ "mcpServers": { "notes": { "com|mand": "npx" } } }', "No shell reads it"),
        (".vscode/mcp.json", '{ "servers": { "notes": { "env|File": "npx" } } }', "`mcp.json` of VS Code"),
        ("server.json", '{ "of my o|wn": 1 }', ""),
        ("requirements.txt", "m|cp", ""),
    ],
)  # fmt: skip
def test_what_pointing_says(name: str, drawn: str, said: str) -> None:
    document = Document(f"file:///p/{name}", drawn.replace("|", "", 1), language_of(name))
    shown = members.hover(document, drawn.index("|"))
    assert said in shown[0] if said and shown is not None else shown is None
