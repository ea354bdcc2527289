"""The settings that VS Code offers are those the server knows, and the extension says of each where it may be set."""

import json
import runpy

from conftest import EDITORS

MANIFEST = EDITORS / "vscode" / "package.json"


def test_settings_are_fresh() -> None:
    script = MANIFEST.with_name("write_settings.py")
    written = runpy.run_path(str(script))["written"]()
    assert written == json.loads(MANIFEST.read_text()), "stale; run: python editors/vscode/write_settings.py"


def test_what_starts_a_program_is_restricted() -> None:
    manifest = json.loads(MANIFEST.read_text())
    finding, checking = manifest["contributes"]["configuration"]
    starts = set(finding["properties"]) - {"mcp-lsp.trace.server", "mcp-lsp.diagnosticMode"}
    assert set(manifest["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"]) == starts
    assert not starts & set(checking["properties"])


def test_every_setting_says_what_it_is() -> None:
    for part in json.loads(MANIFEST.read_text())["contributes"]["configuration"]:
        for name, declared in part["properties"].items():
            assert declared.get("markdownDescription"), name
            assert declared.get("scope") in {"resource", "window", "machine"}, name
