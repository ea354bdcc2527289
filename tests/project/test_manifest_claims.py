"""What a manifest says of a project, against what the project is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mcp_lsp.assist.fixes import applied, render
from mcp_lsp.check import Analysis
from mcp_lsp.project.dependencies import Projects
from mcp_lsp.project.index import Index
from mcp_lsp.syntax import Document, language_of
from mcp_lsp_analyzers import registry

SERVER = """
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("notes")
@mcp.tool()
def read_note(id: str) -> str: ...
"""
SCRIPT = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
const server = new McpServer({ name: "notes", version: "1" });
server.registerTool("read_note", { description: "Reads." }, async () => ({ content: [] }));
"""
PYPROJECT = '[project]\nname = "notes-server"\nversion = "1.3.0"\n'
PACKAGE = '{ "name": "notes", "version": "1.3.0", "mcpName": "io.github.me/notes" }'
BUNDLE = """{ "manifest_version": "0.4", "name": "notes", "version": "VERSION",
  "server": { "type": "KIND", "entry_point": "ENTRY", "mcp_config": { "command": "x", "args": ["${user_config.folder}"] } },
  "user_config": { "folder": {} }, "tools": [{ "name": "TOOL" }] }"""
ENTRY = """{ "$schema": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
  "name": "NAME", "version": "2.0.0",
  "packages": [{ "registryType": "npm", "identifier": "notes", "version": "VERSION" },
               { "registryType": "npm", "identifier": "other", "version": "9.9.9" }] }"""


def analysed(name: str, text: str, files: dict[str, str], folder: Path) -> Analysis:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    document = Document((folder / name).as_uri(), text, language_of(name))
    known = Projects(str(folder)).dependencies(str(folder))
    return Analysis(document, known, rules=[registry.by_name()["MCP143"]], modules=Index(str(folder)))


def said(*given: object) -> list[str]:
    analysis = analysed(*given)  # type: ignore[arg-type]
    assert not analysis.failures
    return [d.message for d in analysis.diagnostics]


def bundle(version: str = "1.3.0", kind: str = "python", entry: str = "server.py", tool: str = "read_note") -> str:
    return BUNDLE.replace("VERSION", version).replace("KIND", kind).replace("ENTRY", entry).replace("TOOL", tool)


def test_a_bundle_that_is_true(tmp_path: Path) -> None:
    assert said("manifest.json", bundle(), {"server.py": SERVER, "pyproject.toml": PYPROJECT}, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (bundle(version="1.2.9"), "version 1.2.9 here, and 1.3.0 in pyproject.toml"),
        (bundle(tool="get_note"), "`server.py` registers no tool `get_note`"),
        (
            bundle().replace('"folder": {}', '"file": {}'),
            "nobody is asked for `folder`: the server gets the text as it is written here",
        ),
    ],
)
def test_a_bundle_that_is_not(text: str, message: str, tmp_path: Path) -> None:
    assert said("manifest.json", text, {"server.py": SERVER, "pyproject.toml": PYPROJECT}, tmp_path) == [message]


def test_a_bundle_of_what_was_built_is_compared_with_its_source(tmp_path: Path) -> None:
    text = bundle(kind="node", entry="dist/index.js", tool="get_note")
    files = {"src/index.ts": SCRIPT, "package.json": PACKAGE}
    assert said("manifest.json", text, files, tmp_path) == ["`src/index.ts` registers no tool `get_note`"]


@pytest.mark.parametrize(
    "server",
    ["", SERVER.replace("@mcp.tool()", "@mcp.tool(name=computed())"), "from other import mcp\n"],
    ids=["none", "computed", "elsewhere"],
)
def test_nothing_is_said_of_tools_that_are_not_known(server: str, tmp_path: Path) -> None:
    files = {"server.py": server, "pyproject.toml": PYPROJECT}
    assert said("manifest.json", bundle(tool="get_note"), files, tmp_path) == []


def test_a_manifest_of_something_else_says_nothing(tmp_path: Path) -> None:
    text = '{ "manifest_version": 3, "name": "an extension", "version": "1", "permissions": [] }'
    assert said("manifest.json", text, {"package.json": PACKAGE}, tmp_path) == []


def test_an_entry_of_the_registry(tmp_path: Path) -> None:
    text = ENTRY.replace("NAME", "io.github.you/notes").replace("VERSION", "1.2.9")
    files = {"package.json": PACKAGE}
    assert sorted(said("server.json", text, files, tmp_path)) == [
        "`package.json` is published as `io.github.me/notes`: the registry refuses another name",
        "version 1.2.9 here, and 1.3.0 in package.json",
    ]
    right = ENTRY.replace("NAME", "io.github.me/notes").replace("VERSION", "1.3.0")
    assert said("server.json", right, files, tmp_path) == []


def test_the_version_is_put_right(tmp_path: Path) -> None:
    text = ENTRY.replace("NAME", "io.github.me/notes").replace("VERSION", "1.2.9")
    analysis = analysed("server.json", text, {"package.json": PACKAGE}, tmp_path)
    (diagnostic,) = analysis.diagnostics
    assert diagnostic.finding.fix is not None
    assert analysis.module is not None
    changes = render(diagnostic.finding.fix, analysis.document, analysis.module)
    assert changes is not None
    assert applied(text, changes) == text.replace("1.2.9", "1.3.0")


def test_a_package_that_is_called_otherwise_now(tmp_path: Path) -> None:
    text = ENTRY.replace("NAME", "io.github.me/notes").replace("VERSION", "1.3.0")
    text = text.replace('"notes", "version"', '"notes-old", "version"').replace(
        '{ "registryType": "npm", "identifier": "other"', '{ "registryType": "oci", "identifier": "other"'
    )
    files = {"package.json": PACKAGE}
    assert said("server.json", text, files, tmp_path) == [
        "`package.json` is published as the package `notes`, not `notes-old`"
    ]
    # Which of two packages it is, and whether it is this project's at all, is not guessed.
    assert said("server.json", text.replace('"oci"', '"npm"'), files, tmp_path) == []
    assert said("server.json", text.replace("io.github.me", "io.github.you"), files, tmp_path) == []


def test_versions_that_went_together_go_on_together(tmp_path: Path) -> None:
    text = ENTRY.replace("NAME", "io.github.me/notes").replace("VERSION", "1.2.9").replace("2.0.0", "1.2.9")
    files = {"package.json": PACKAGE}
    assert said("server.json", text, files, tmp_path) == ["version 1.2.9 here, and 1.3.0 in package.json"]
    assert '"version": "1.2.9"' not in mended("server.json", text, files, tmp_path)


@pytest.mark.parametrize(("starts", "count"), [("", 0), (' "bin": "index.js",', 1)], ids=["nothing", "a program"])
def test_the_root_of_workspaces_is_not_what_is_published(starts: str, count: int, tmp_path: Path) -> None:
    text = ENTRY.replace("NAME", "io.github.me/notes").replace("VERSION", "1.2.9").replace("2.0.0", "1.2.9")
    root = PACKAGE.replace("{", '{ "workspaces": ["server", "shared"],' + starts, 1)
    assert len(said("server.json", text, {"package.json": root}, tmp_path)) == count


# ---------------------------------------------------------------- variables of the environment

READS = """
import os
from notes.store import keys
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("notes")
HOME, LEVEL = os.environ["HOME"], os.getenv("LOG_LEVEL", "info")
os.environ["NOTES_SET"] = "1"
URL = os.environ["NOTES_URL"]
@mcp.tool()
def read_note(id: str) -> str: ...
"""
STORE = 'import os\ndef keys() -> str:\n    return os.getenv("NOTES_TOKEN") or os.getenv("OTHER_TOKEN", "none")\n'
STARTED = PYPROJECT + '[project.scripts]\nnotes-server = "notes.server:main"\n'
OF_PYPI = """{ "name": "io.github.me/notes", "version": "2.0.0",
  "packages": [{ "registryType": "pypi", "identifier": "notes-server", "version": "1.3.0" }] }"""
PROJECT = {
    "pyproject.toml": STARTED,
    "src/notes/server.py": READS,
    "src/notes/store.py": STORE,
    "src/notes/__init__.py": "",
}
NOBODY = "and nobody who installs the server is asked for it"


def mended(name: str, text: str, files: dict[str, str], folder: Path) -> str:
    """The manifest after all fixes."""
    for _ in range(6):
        analysis = analysed(name, text, files, folder)
        fixes = [d.finding.fix for d in analysis.diagnostics if d.finding.fix is not None]
        if not fixes:
            return text
        assert analysis.module is not None
        changes = render(fixes[0], analysis.document, analysis.module)
        assert changes is not None
        text = applied(text, changes)
    raise AssertionError(text)


def test_variables_that_an_entry_does_not_name(tmp_path: Path) -> None:
    assert said("server.json", OF_PYPI, PROJECT, tmp_path) == [
        f"`src/notes/server.py` reads `NOTES_URL`, {NOBODY}",
        f"`src/notes/store.py` reads `NOTES_TOKEN`, {NOBODY}",
    ]
    now = json.loads(mended("server.json", OF_PYPI, PROJECT, tmp_path))
    assert sorted(now["packages"][0]["environmentVariables"], key=lambda v: str(v["name"])) == [
        {"name": "NOTES_TOKEN", "isSecret": True},
        {"name": "NOTES_URL", "isRequired": True},
    ]


def test_variables_of_an_entry_of_the_first_editions(tmp_path: Path) -> None:
    text = OF_PYPI.replace("registryType", "registry_type").replace('"1.3.0"', '"1.3.0", "environment_variables": []')
    now = json.loads(mended("server.json", text, PROJECT, tmp_path))
    assert now["packages"][0]["environment_variables"] == [
        {"name": "NOTES_URL", "is_required": True},
        {"name": "NOTES_TOKEN", "is_secret": True},
    ]
    assert "environmentVariables" not in now["packages"][0]
    document = Document((tmp_path / "server.json").as_uri(), json.dumps(now), "registry")
    assert [d.rule.id for d in Analysis(document).diagnostics if "secret" in d.message] == []


def test_variables_that_a_bundle_does_not_give(tmp_path: Path) -> None:
    files = {**PROJECT, "server.py": READS}
    text = bundle().replace('"folder": {}', '"folder": {}, "url": { "title": "Address" }')
    text = text.replace('"args":', '"env": { "NOTES_URL": "${user_config.url}" }, "args":')
    assert said("manifest.json", text, files, tmp_path) == [f"`src/notes/store.py` reads `NOTES_TOKEN`, {NOBODY}"]
    now = json.loads(mended("manifest.json", text, files, tmp_path))
    assert now["server"]["mcp_config"]["env"]["NOTES_TOKEN"] == "${user_config.notes_token}"
    assert now["user_config"]["notes_token"]["sensitive"] is True


def test_what_is_put_into_a_manifest_stands_on_a_line_of_its_own_where_the_rest_does(tmp_path: Path) -> None:
    lines = json.dumps(json.loads(OF_PYPI), indent=2)
    now = mended("server.json", lines, PROJECT, tmp_path)
    assert json.dumps(json.loads(now), indent=2) != lines
    line = '      "environmentVariables": [{"name": "NOTES_URL", "isRequired": true}, '
    assert f'"version": "1.3.0",\n{line}{{"name": "NOTES_TOKEN", "isSecret": true}}]\n    }}' in now
    text = bundle().replace('"folder": {}', '"folder": {}, "url": { "title": "Address" }')
    text = text.replace('"args":', '"env": { "NOTES_URL": "${user_config.url}" }, "args":')
    now = mended("manifest.json", json.dumps(json.loads(text), indent=2), {**PROJECT, "server.py": READS}, tmp_path)
    assert '\n    "notes_token": {"type": "string", "title": "Notes Token",' in now
    assert ',\n        "NOTES_TOKEN": "${user_config.notes_token}"\n' in now


def test_variables_of_a_script(tmp_path: Path) -> None:
    reads = (
        SCRIPT + "const key = process.env.NOTES_API_KEY, mode = process.env.NODE_ENV, port = process.env.PORT ?? 80;\n"
    )
    files = {"package.json": PACKAGE.replace("}", ', "bin": { "notes": "dist/index.js" } }'), "src/index.ts": reads}
    text = ENTRY.replace("NAME", "io.github.me/notes").replace("VERSION", "1.3.0")
    assert said("server.json", text, files, tmp_path) == [f"`src/index.ts` reads `NOTES_API_KEY`, {NOBODY}"]
    passed = text.replace('"1.3.0" }', '"1.3.0", "runtimeArguments": [{ "value": "-e NOTES_API_KEY={key}" }] }')
    assert said("server.json", passed, files, tmp_path) == []


def test_a_tool_that_was_renamed_is_put_right(tmp_path: Path) -> None:
    files = {"server.py": SERVER, "pyproject.toml": PYPROJECT}
    assert mended("manifest.json", bundle(tool="read_notes"), files, tmp_path) == bundle()


def test_a_name_is_put_right(tmp_path: Path) -> None:
    text = ENTRY.replace("NAME", "io.github.you/notes").replace("VERSION", "1.3.0")
    now = mended("server.json", text, {"package.json": PACKAGE}, tmp_path)
    assert now == text.replace("io.github.you", "io.github.me")


@pytest.mark.parametrize("version", ["{{VERSION}}", "$VERSION", "${npm_package_version}", "<version>", "__VERSION__"])
def test_a_template_claims_nothing(version: str, tmp_path: Path) -> None:
    text = ENTRY.replace("NAME", "io.github.me/notes").replace("VERSION", version)
    assert said("server.json", text, {"package.json": PACKAGE}, tmp_path) == []


@pytest.mark.parametrize(
    ("there", "here", "same"),
    [
        ("2.0.0rc2", "2.0.0-rc.2", True),
        ("2.0.0b1", "2.0.0-beta.1", True),
        ("2.0.0", "2.0.0+build.7", True),
        ("2.0.0rc2", "2.0.0-rc.3", False),
        ("2.0.0rc2", "2.0.0", False),
    ],
)
def test_one_version_as_two_ecosystems_write_it(tmp_path: Path, there: str, here: str, same: bool) -> None:
    project = PYPROJECT.replace("1.3.0", there)
    found = said("manifest.json", bundle(here), {"server.py": SERVER, "pyproject.toml": project}, tmp_path)
    assert (found == []) == same
