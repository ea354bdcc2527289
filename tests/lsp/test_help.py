"""What is offered about a rule beside a fix: mending all of its findings, accepting them, doing without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import pytest

from mcp_lsp.assist.turning_off import turned_off
from tests.lsp.client import SERVER, Client, ServerError, capabilities, running

pytestmark = pytest.mark.slow

SERVER_TEXT = '''#!/usr/bin/env python3
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("x")


@mcp.tool()
def greet(name: str) -> str:
    """Greet somebody by name."""
    print(name)
    print("done")
    return name
'''
Choose = Callable[..., dict[str, str]]


@pytest.fixture
def choose(tmp_path: Path) -> Iterator[Choose]:
    """Choose an action on the first `print` of a file; gives the files of the folder after it, by name."""
    with running(SERVER) as client:
        client.initialize(capabilities("vscode"), workspaceFolders=[{"uri": tmp_path.as_uri(), "name": "x"}])
        client.answers["workspace/configuration"] = lambda params: [None] * len(params["items"])

        def choose(title: str, name: str = "server.py", text: str = SERVER_TEXT) -> dict[str, str]:
            uri = (tmp_path / name).as_uri()
            (tmp_path / name).write_text(text)
            client.open(uri, text)
            return _chosen(client, uri, text, title, tmp_path)

        yield choose


def _chosen(client: Client, uri: str, text: str, title: str, folder: Path) -> dict[str, str]:
    line = text[: text.index("print")].count("\n")
    where = {"start": {"line": line, "character": 6}, "end": {"line": line, "character": 6}}
    params = {"textDocument": {"uri": uri}, "range": where, "context": {"diagnostics": []}}
    offered = client.request("textDocument/codeAction", params)
    (action,) = [one for one in offered if one["title"] == title]
    edit = client.request("codeAction/resolve", action)["edit"]
    texts = {path.name: path.read_text() for path in folder.iterdir()}
    for change in edit["documentChanges"]:
        if change.get("kind") == "create":
            texts[_name(change["uri"])] = ""
            continue
        name = _name(change["textDocument"]["uri"])
        texts[name] = _edited(texts[name], change["edits"])
    return texts


def _name(uri: str) -> str:
    return Path(unquote(urlparse(uri).path)).name


def _edited(text: str, edits: list[dict[str, Any]]) -> str:
    lines = text.splitlines(keepends=True)

    def offset(place: dict[str, int]) -> int:
        return sum(map(len, lines[: place["line"]])) + place["character"]

    for edit in sorted(edits, key=lambda edit: offset(edit["range"]["start"]), reverse=True):
        text = text[: offset(edit["range"]["start"])] + edit["newText"] + text[offset(edit["range"]["end"]) :]
    return text


def test_all_findings_of_a_rule_in_a_file_are_mended(choose: Choose) -> None:
    after = choose("Fix all output-on-stdout in this file")["server.py"]
    assert after.count("file=sys.stderr") == 2
    assert "import sys" in after


def test_a_rule_is_allowed_in_a_file_below_what_has_to_stand_first(choose: Choose) -> None:
    after = choose("Allow output-on-stdout in this file, with a reason")["server.py"]
    first, second, *_ = after.split("\n")
    assert first == "#!/usr/bin/env python3"
    assert second == "# mcp-lsp: ignore-file[output-on-stdout] why this is all right"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("mcp-lsp.toml", None, 'ignore = ["output-on-stdout"]\n'),
        ("mcp-lsp.toml", "", 'ignore = ["output-on-stdout"]\n'),
        ("mcp-lsp.toml", 'ignore = ["MCP2"]  # noisy\n', 'ignore = ["MCP2", "output-on-stdout"]  # noisy\n'),
        (
            "pyproject.toml",
            '[project]\nname = "x"\n',
            '[project]\nname = "x"\n\n[tool.mcp-lsp]\nignore = ["output-on-stdout"]\n',
        ),
    ],
)
def test_a_rule_is_turned_off(name: str, before: str | None, after: str, choose: Choose, tmp_path: Path) -> None:
    if before is not None:
        (tmp_path / name).write_text(before)
    assert choose("Turn output-on-stdout off in the project's settings")[name] == after


def test_who_has_no_settings_file_and_makes_none_is_told_so(tmp_path: Path) -> None:
    with running(SERVER) as client:
        plain = capabilities("vscode")
        plain["workspace"]["workspaceEdit"]["resourceOperations"] = []
        client.initialize(plain, workspaceFolders=[{"uri": tmp_path.as_uri(), "name": "x"}])
        client.answers["workspace/configuration"] = lambda params: [None] * len(params["items"])
        uri = (tmp_path / "server.py").as_uri()
        client.open(uri, SERVER_TEXT)
        with pytest.raises(ServerError, match=r"mcp-lsp\.toml does not exist"):
            _chosen(client, uri, SERVER_TEXT, "Turn output-on-stdout off in the project's settings", tmp_path)


# ---------------------------------------------------------------- settings, edited


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[tool.mcp-lsp]\nignore = ["x"]\n'),
        ("[tool.mcp-lsp]\nselect = []\n", '[tool.mcp-lsp]\nignore = ["x"]\nselect = []\n'),
        ("[tool.mcp-lsp]", '[tool.mcp-lsp]\nignore = ["x"]\n'),
        ("[tool.mcp-lsp]\nignore = []\n[other]\n", '[tool.mcp-lsp]\nignore = ["x"]\n[other]\n'),
        (
            "[tool.mcp-lsp]\nignore = [\n  'a', # not ]\n  \"b\",\n]\n",
            '[tool.mcp-lsp]\nignore = [\n  \'a\', # not ]\n  "b", "x",\n]\n',
        ),
        ("[other]\nignore = []\n", '[other]\nignore = []\n\n[tool.mcp-lsp]\nignore = ["x"]\n'),
        ('[tool.mcp-lsp]\nignore = ["x"]\n', None),
        ("[tool.mcp-lsp\n", None),
        ("[tool]\nmcp-lsp = { ignore = [] }\n", None),
    ],
)
def test_everything_else_stays_as_it_was_written(before: str, after: str | None) -> None:
    change = turned_off(before, "x", pyproject=True)
    made = None if change is None else before[: change.start] + change.text + before[change.end :]
    assert made == after


@pytest.mark.parametrize(
    ("name", "text", "over", "said"),
    [
        ("a.py", "x = 1  # mcp-lsp: ignore[secret-in-source] made up\n", "secret-in", "MCP401"),
        ("a.py", "x = 1  # mcp-lsp: ignore[output-on-stdout, MCP401] made up\n", "MCP401", "secret-in-source"),
        ("a.ts", "// mcp-lsp: ignore-file[secret-in-source] made up\n", "secret-in", "MCP401"),
        ("pyproject.toml", '[tool.mcp-lsp]\nignore = ["secret-in-source"]\n', "secret-in", "MCP401"),
        ("a.py", "x = 'secret-in-source'\n", "secret-in", None),
    ],
)
def test_a_rule_that_is_named_shows_its_page(name: str, text: str, over: str, said: str | None, tmp_path: Path) -> None:
    """Where it is allowed or chosen: who reads `ignore[…]` in somebody's code asks what that is."""
    with running(SERVER) as client:
        client.initialize(capabilities("vscode"), workspaceFolders=[{"uri": tmp_path.as_uri(), "name": "x"}])
        client.answers["workspace/configuration"] = lambda params: [None] * len(params["items"])
        uri = (tmp_path / name).as_uri()
        client.open(uri, text, {"py": "python", "ts": "typescript"}.get(name[-2:], "toml"))
        before = text[: text.index(over)]
        at = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2]) + 2}
        shown = client.request("textDocument/hover", {"textDocument": {"uri": uri}, "position": at})
        if said is None:
            assert shown is None
        else:
            assert said in shown["contents"]["value"]
            where = shown["range"]
            line = text.split("\n")[where["start"]["line"]]
            assert line[where["start"]["character"] : where["end"]["character"]].startswith(over)


# ---------------------------------------------------------------- how it is shown

OLD = """import { McpServer } from "@modelcontextprotocol/server";

const server = new McpServer({ name: "notes", version: "1.0.0" });
server.tool("ping", "Answer pong.", async () => ({ content: [] }));
"""


@pytest.mark.parametrize(("shows", "tags"), [(True, [2]), (False, None)])
def test_what_the_sdk_has_no_more_is_struck_through(shows: bool, tags: list[int] | None, tmp_path: Path) -> None:
    can = capabilities("vscode")
    if not shows:
        for how in ("publishDiagnostics", "diagnostic"):
            can["textDocument"][how].pop("tagSupport", None)
    with running(SERVER) as client:
        client.initialize(can, workspaceFolders=[{"uri": tmp_path.as_uri(), "name": "x"}])
        client.answers["workspace/configuration"] = lambda params: [None] * len(params["items"])
        uri = (tmp_path / "server.ts").as_uri()
        client.open(uri, OLD, "typescript")
        (item,) = [item for item in client.pull(uri)["items"] if item["code"] == "MCP118"]
        assert item.get("tags") == tags
