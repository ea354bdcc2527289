"""Editors that cannot be driven here: their files are held to what these editors read, and it is said what was not run."""

import json
import re
import sys
from typing import Any

import pytest
from conftest import EDITORS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LANGUAGES = {"Python", "TypeScript", "TSX", "JavaScript"}


def sublime() -> dict[str, Any]:
    text = (EDITORS / "sublime" / "LanguageServers.sublime-settings").read_text()
    return json.loads(re.sub(r"(?m)^\s*//.*$", "", text))  # type: ignore[no-any-return]


def jetbrains(name: str) -> Any:
    return json.loads((EDITORS / "jetbrains" / "mcp-lsp" / name).read_text())


def zed() -> dict[str, Any]:
    return tomllib.loads((EDITORS / "zed" / "extension.toml").read_text())


def test_sublime_starts_the_server_for_what_it_reads() -> None:
    ((name, client),) = sublime().items()
    assert (name, client["enabled"], client["command"]) == ("mcp-lsp", True, ["mcp-lsp", "lsp"])
    scopes = set(client["selector"].split(" | "))
    assert {"source.python", "source.ts", "source.tsx", "source.js", "source.jsx", "source.json"} <= scopes


def test_jetbrains_starts_the_server_for_what_it_reads() -> None:
    template = jetbrains("template.json")
    assert template["id"] == "mcp-lsp"
    assert set(template["programArgs"]) == {"default", "windows"}
    assert {each.split()[-1] for each in template["programArgs"].values()} == {"lsp"}
    told = {mapping["languageId"] for mapping in template["fileTypeMappings"]}
    assert {"python", "typescript", "typescriptreact", "javascript"} <= told
    assert jetbrains("initializationOptions.json") == jetbrains("clientSettings.json") == {}


def test_zed_starts_the_server_for_what_it_reads() -> None:
    extension = zed()
    assert (extension["id"], extension["schema_version"]) == ("mcp-lsp", 1)
    assert set(extension["language_servers"]["mcp-lsp"]["languages"]) >= LANGUAGES
    source = (EDITORS / "zed" / "src" / "mcp_lsp.rs").read_text()
    assert 'vec!["lsp".into()]' in source
    cargo = tomllib.loads((EDITORS / "zed" / "Cargo.toml").read_text())
    assert cargo["lib"]["crate-type"] == ["cdylib"], "Zed loads it as WebAssembly"


@pytest.mark.long
@pytest.mark.parametrize(
    ("editor", "why"),
    [
        (
            "Zed",
            "has no way to be driven without a screen and a graphics card; its extension was held to the API's source",
        ),
        (
            "IntelliJ with LSP4IJ",
            "is not packaged where it can be fetched from; its template was held to LSP4IJ's page",
        ),
        ("Sublime Text with LSP", "is not free to be fetched and driven here; its settings were held to LSP's page"),
    ],
)
def test_a_session_in(editor: str, why: str) -> None:
    pytest.skip(f"{editor} {why}. Nothing was run in it")
