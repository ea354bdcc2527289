"""How a server is started, as its project's files say."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from mcp_lsp.project import starting

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="paths are written as on POSIX")


def ways(folder: Path, at: str = "", servers: tuple[str, ...] = (), **files: str) -> list[str]:
    """The commands, with the folder left out; where each comes from behind a bar."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    found = starting.ways(
        str(folder / at) if at else str(folder),
        [str(folder / s) for s in servers],
        lambda p: os.path.relpath(p, folder),
    )
    return [f"{' '.join(way.command)} | {way.said}".replace(f"{folder}/", "") for way in found]


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)


def test_a_file(tmp_path: Path) -> None:
    assert ways(tmp_path, "server.py", server_dot_py="") == ["python3 server.py | the file server.py"]
    assert ways(tmp_path, "a.mjs", a_dot_mjs="") == ["node a.mjs | the file a.mjs"]


def test_a_file_of_a_package_runs_as_a_module(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").touch()
    found = ways(tmp_path, "shop/server.py", shop__server_dot_py="", pyproject_dot_toml="")
    assert found == ["python3 -m shop.server | the file shop/server.py"]


def test_of_a_file_that_is_compiled_runs_what_was_made_of_it(tmp_path: Path) -> None:
    files = {"package_dot_json": "{}", "src__server_dot_ts": ""}
    assert ways(tmp_path, "src/server.ts", **files) == [
        "node --experimental-strip-types --no-warnings src/server.ts | the file src/server.ts"
    ]
    assert ways(tmp_path, "src/server.ts", dist__server_dot_js="") == [
        "node dist/server.js | what is built of src/server.ts"
    ]


def test_the_environment_of_the_project_runs_it(tmp_path: Path) -> None:
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    assert ways(tmp_path, "server.py", server_dot_py="", pyproject_dot_toml="") == [
        ".venv/bin/python server.py | the file server.py"
    ]


def test_a_configuration_counts_where_it_names_the_project_itself(tmp_path: Path) -> None:
    configured = {
        "mcpServers": {
            "others": {"command": "npx", "args": ["-y", "@somebody/else"]},
            "own": {
                "command": "python",
                "args": ["${workspaceFolder}/server.py", "--fast"],
                "env": {"A": "b", "C": "${input:c}"},
            },
        }
    }
    (tmp_path / ".mcp.json").write_text("// ours\n" + json.dumps(configured))
    found = ways(tmp_path, servers=("server.py",), server_dot_py="")
    assert found == ['python server.py --fast | "own" in .mcp.json', "python3 server.py | the file server.py"]
    way = next(starting.ways(str(tmp_path), [str(tmp_path / "server.py")]))
    assert way.environment == (("A", "b"),)


def test_scripts(tmp_path: Path) -> None:
    project = '[project]\nname = "shop"\nscripts = { shop = "shop.server:main" }\n'
    (found,) = ways(tmp_path, pyproject_dot_toml=project)
    assert found.startswith("python3 -c import sys; sys.path[:0] = ")
    assert found.endswith("from shop.server import main; main() | the script shop in pyproject.toml")


def test_scripts_of_a_package(tmp_path: Path) -> None:
    package = json.dumps({"name": "shop", "bin": {"shop": "dist/index.js"}, "scripts": {"start": "node dist/index.js"}})
    assert ways(tmp_path, package_dot_json=package, dist__index_dot_js="") == [
        "node dist/index.js | bin shop in package.json",
        "npm run --silent start | the script start in package.json",
    ]


def test_nothing_says_so(tmp_path: Path) -> None:
    assert ways(tmp_path, notes_dot_txt="") == []


@pytest.mark.parametrize("text", ["[project", "{", "[[[[", "\x00", "[project]\nscripts = 3", "[]", "null"])
def test_files_that_are_broken_say_nothing(tmp_path: Path, text: str) -> None:
    assert ways(tmp_path, pyproject_dot_toml=text, package_dot_json=text, mcp_dot_json=text) == []


ENTRY = {
    "$schema": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
    "name": "io.example/notes",
    "packages": [
        {
            "registryType": "pypi", "identifier": "notes-server", "version": "1.2.0",
            "packageArguments": [
                {"type": "named", "name": "--folder", "value": "/notes"},
                {"type": "named", "name": "--limit", "default": 5},
                {"type": "named", "name": "--colour"},
                {"type": "positional", "valueHint": "language", "isRequired": True},
                {"type": "positional", "value": "{folder}"},
            ],
            "environmentVariables": [
                {"name": "MODE", "default": "quiet"}, {"name": "KEY", "isSecret": True, "isRequired": True}, {"name": "REST"},
            ],
        },
        {"registryType": "npm", "identifier": "@a/notes", "version": "1.2.0", "runtimeArguments": [{"type": "positional", "value": "-y"}]},
        {"registryType": "npm", "identifier": "notes", "runtimeHint": "bunx", "transport": {"type": "streamable-http", "url": "http://localhost:8080/mcp"}},
        {"registryType": "oci", "identifier": "example/notes:1.2", "version": "1.2", "environmentVariables": [{"name": "MODE", "value": "x"}]},
        {"registryType": "mcpb", "identifier": "x"},
    ],
    "remotes": [
        {"type": "streamable-http", "url": "https://notes.example.com/mcp", "headers": [{"name": "X-Key", "isRequired": True}]},
        {"type": "sse", "url": "https://{tenant}.example.com/sse"},
    ],
}  # fmt: skip


def test_an_entry_for_the_registry(tmp_path: Path) -> None:
    path = tmp_path / "server.json"
    path.write_text(json.dumps(ENTRY))
    found = list(starting.ways(str(path), (), lambda p: os.path.relpath(p, tmp_path)))
    assert [(" ".join(way.command), way.url, way.said, way.environment) for way in found] == [
        (
            "uvx notes-server==1.2.0 --folder /notes --limit 5", "",
            "the pypi package in server.json (it wants language, {folder}, KEY)", (("MODE", "quiet"),),
        ),
        ("npx -y @a/notes@1.2.0", "", "the npm package in server.json", ()),
        ("bunx notes", "http://localhost:8080/mcp", "the npm package in server.json", ()),
        ("docker run -i --rm -e MODE example/notes:1.2", "", "the oci package in server.json", (("MODE", "x"),)),
        ("", "https://notes.example.com/mcp", "a remote in server.json (it wants X-Key)", ()),
    ]  # fmt: skip


def test_the_source_goes_before_what_was_published_of_it(tmp_path: Path) -> None:
    files = {"server_dot_py": "", "server_dot_json": json.dumps(ENTRY)}
    assert [way.split(" | ")[1] for way in ways(tmp_path, "", ("server.py",), **files)][:2] == [
        "the file server.py", "the pypi package in server.json (it wants language, {folder}, KEY)",
    ]  # fmt: skip


def test_what_is_no_entry_names_no_way(tmp_path: Path) -> None:
    for text in ("{", "[]", '{"name": "x"}', '{"name": "a/b", "packages": "x", "remotes": [1]}'):
        (tmp_path / "server.json").write_text(text)
        assert list(starting.ways(str(tmp_path / "server.json"), ())) == []


@pytest.mark.parametrize("broken", [5, "run", None, {"a": 1}])
def test_a_configuration_of_another_shape_starts_nothing_else(broken: object, tmp_path: Path) -> None:
    configured = {"mcpServers": {"own": {"command": "notes", "args": broken, "env": 7, "cwd": 8}, "no": 9}}
    (tmp_path / ".mcp.json").write_text(json.dumps(configured))
    project = '[project]\nname = "notes"\n'
    assert ways(tmp_path, pyproject_dot_toml=project) == ['notes | "own" in .mcp.json']
