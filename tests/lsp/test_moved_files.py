"""Files that get another name: what starts them, in clients' configurations and manifests, changes with them."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.client import capabilities, running

LAID_OUT = {
    "pyproject.toml": '[project]\nname = "notes"\n',
    "src/notes/server.py": "x = 1\n",
    "src/index.ts": "export {};\n",
    ".vscode/mcp.json": """\
{
  // how to try it
  "servers": { "é": { "command": "python", "args": ["${workspaceFolder}/src/notes/server.py:mcp", "server.py"] } }
}
""",
    "manifest.json": """\
{ "server": { "type": "python", "entry_point": "./src/notes/server.py",
  "mcp_config": { "command": "node", "args": ["-m", "notes.server", "${__dirname}/dist/index.js"] } } }
""",
}
CONFIGURATIONS = [".vscode/mcp.json", "manifest.json"]


def moved(folder: Path, old: str, new: str, unsaved: dict[str, str] | None = None) -> dict[str, list[str]]:
    """What stands in each configuration instead of what did, once its editor has renamed a file."""
    for name, text in LAID_OUT.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    with running() as client:
        can = copy.deepcopy(capabilities("vscode"))
        can["workspace"]["fileOperations"] = {"dynamicRegistration": True, "willRename": True}
        told = client.initialize(can, workspaceFolders=[{"uri": folder.as_uri(), "name": "x"}])
        (files, folders) = told["capabilities"]["workspace"]["fileOperations"]["willRename"]["filters"]
        assert (files["pattern"]["matches"], folders["pattern"]["matches"]) == ("file", "folder")
        for name, text in (unsaved or {}).items():
            client.open((folder / name).as_uri(), text, "json")
        files = [{"oldUri": (folder / old).as_uri(), "newUri": (folder / new).as_uri()}]
        answer = client.request("workspace/willRenameFiles", {"files": files})
        client.end()
    found: dict[str, list[str]] = {}
    for change in answer["documentChanges"] if answer else ():
        name = change["textDocument"]["uri"].removeprefix(folder.as_uri() + "/")
        lines = {**LAID_OUT, **(unsaved or {})}[name].split("\n")
        for edit in change["edits"]:
            start, end = edit["range"]["start"], edit["range"]["end"]
            old = lines[start["line"]][start["character"] : end["character"]]
            found.setdefault(name, []).append(f"{old} -> {edit['newText']}")
    return found


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        (
            "src/notes/server.py",
            "src/notes/main.py",
            [
                ["${workspaceFolder}/src/notes/server.py:mcp -> ${workspaceFolder}/src/notes/main.py:mcp"],
                ["./src/notes/server.py -> ./src/notes/main.py", "notes.server -> notes.main"],
            ],
        ),
        (
            "src/notes",
            "src/papers/ü",
            [
                ["${workspaceFolder}/src/notes/server.py:mcp -> ${workspaceFolder}/src/papers/ü/server.py:mcp"],
                ["./src/notes/server.py -> ./src/papers/ü/server.py", "notes.server -> papers.ü.server"],
            ],
        ),
        # A module outside `src` is imported by nobody knows what name.
        (
            "src/notes/server.py",
            "server.py",
            [
                ["${workspaceFolder}/src/notes/server.py:mcp -> ${workspaceFolder}/server.py:mcp"],
                ["./src/notes/server.py -> ./server.py"],
            ],
        ),
        ("src/index.ts", "src/main.ts", [[], ["${__dirname}/dist/index.js -> ${__dirname}/dist/main.js"]]),
        ("src/index.ts", "lib/index.ts", [[], []]),
        ("src/other.ts", "src/more.ts", [[], []]),
    ],
)
def test_what_starts_a_file_changes_with_its_name(old: str, new: str, changes: list[list[str]], tmp_path: Path) -> None:
    wanted: dict[str, Any] = {name: some for name, some in zip(CONFIGURATIONS, changes, strict=True) if some}
    assert moved(tmp_path, old, new) == wanted


def test_a_folder_that_moves_with_all_that_is_in_it_changes_nothing(tmp_path: Path) -> None:
    assert moved(tmp_path, "", "../elsewhere") == {}


def test_what_is_open_is_edited_as_it_is_in_the_editor(tmp_path: Path) -> None:
    unsaved = {"manifest.json": '\n\n{ "server": { "entry_point": "src/index.ts" } }\n'}
    assert moved(tmp_path, "src/index.ts", "src/b.ts", unsaved) == {"manifest.json": ["src/index.ts -> src/b.ts"]}


def test_an_editor_that_does_not_ask_is_told_nothing() -> None:
    with running() as client:
        told = client.initialize(capabilities("helix"))
        assert "fileOperations" not in told["capabilities"]["workspace"]
        client.end()
