"""Work on many files: diagnostics of the whole workspace, orders with progress, and how they are stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.client import SERVER, Client, ServerError, capabilities, insertion, running

pytestmark = pytest.mark.slow

TOOL = '''from mcp.server.fastmcp import FastMCP

mcp = FastMCP("x")


@mcp.tool()
def greet(name: str) -> str:
    """Greet somebody by name."""
    print(name)
    print("done")
    return name
'''
CLEAN = "x = 1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "a project é"
    folder.mkdir()
    for name in ("one.py", "two.py"):
        (folder / name).write_text(TOOL)
    (folder / "three.py").write_text(CLEAN)
    (folder / "mcp-lsp.toml").write_text('select = ["MCP103"]\n')
    return folder


def start(folder: Path, editor: str = "vscode", **options: Any) -> Iterator[Client]:
    with running(SERVER) as client:
        client.initialize(
            capabilities(editor),
            workspaceFolders=[{"uri": folder.as_uri(), "name": "x"}],
            initializationOptions=options or None,
        )
        client.answers["workspace/configuration"] = lambda params: [None] * len(params["items"])
        yield client


@pytest.fixture
def client(folder: Path) -> Iterator[Client]:
    yield from start(folder)


@pytest.fixture
def everywhere(folder: Path) -> Iterator[Client]:
    """A client that wants diagnostics of all files."""
    yield from start(folder, diagnosticMode="workspace")


def order(client: Client, command: str, **given: Any) -> Any:
    return client.request("workspace/executeCommand", {"command": f"mcp-lsp.{command}", "arguments": [given]})


def found(report: dict[str, Any], folder: Path) -> dict[str, int]:
    """File name -> number of diagnostics."""
    base = folder.as_uri() + "/"
    return {item["uri"].removeprefix(base): len(item["items"]) for item in report["items"]}


# ---------------------------------------------------------------- the workspace's diagnostics


def test_what_is_not_open_is_reported_where_the_client_wishes_it(everywhere: Client, folder: Path) -> None:
    assert found(everywhere.request("workspace/diagnostic", {"previousResultIds": []}), folder) == {
        "one.py": 2,
        "two.py": 2,
    }


def test_nobody_is_promised_diagnostics_of_all_files_who_did_not_wish_for_them(folder: Path) -> None:
    for options, promised in (({}, False), ({"settings": {"diagnosticMode": "workspace"}}, True)):
        with running(SERVER) as client:
            told = client.initialize(capabilities("vscode"), initializationOptions=options)
            assert told["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"] is promised


def test_a_request_waits_until_there_is_something_new_to_be_said(everywhere: Client, folder: Path) -> None:
    first = everywhere.request("workspace/diagnostic", {"previousResultIds": []})
    known = [{"uri": item["uri"], "value": item["resultId"]} for item in first["items"]]
    waiting = everywhere.send("workspace/diagnostic", {"previousResultIds": known})
    uri = (folder / "four.py").as_uri()
    (folder / "four.py").write_text(TOOL)
    everywhere.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 1}]})
    assert found(everywhere.response(waiting), folder) == {"four.py": 2}
    known += [{"uri": uri, "value": "an older one"}]
    waiting = everywhere.send("workspace/diagnostic", {"previousResultIds": known})
    assert found(everywhere.response(waiting), folder) == {"four.py": 2}


def test_a_waiting_request_can_be_cancelled_and_another_takes_its_place(everywhere: Client, folder: Path) -> None:
    first = everywhere.request("workspace/diagnostic", {"previousResultIds": []})
    known = [{"uri": item["uri"], "value": item["resultId"]} for item in first["items"]]
    waiting = everywhere.send("workspace/diagnostic", {"previousResultIds": known})
    everywhere.notify("$/cancelRequest", {"id": waiting})
    assert everywhere.outcome(waiting) == -32800
    waiting = everywhere.send("workspace/diagnostic", {"previousResultIds": known})
    other = everywhere.send("workspace/diagnostic", {"previousResultIds": []})
    assert everywhere.response(waiting) == {"items": []}
    assert len(everywhere.response(other)["items"]) == 2
    everywhere.end()


def test_what_is_closed_is_reported_again_as_it_stands_on_disk(everywhere: Client, folder: Path) -> None:
    uri = (folder / "one.py").as_uri()
    everywhere.open(uri, CLEAN)
    first = everywhere.request("workspace/diagnostic", {"previousResultIds": []})
    known = [{"uri": item["uri"], "value": item["resultId"]} for item in first["items"]]
    waiting = everywhere.send("workspace/diagnostic", {"previousResultIds": known})
    everywhere.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert found(everywhere.response(waiting), folder) == {"one.py": 2}


def test_what_is_open_is_not_said_twice(everywhere: Client, folder: Path) -> None:
    everywhere.open((folder / "one.py").as_uri(), TOOL)
    assert found(everywhere.request("workspace/diagnostic", {"previousResultIds": []}), folder) == {"two.py": 2}


def test_an_answer_comes_in_parts_where_the_client_takes_them(folder: Path) -> None:
    for i in range(45):
        (folder / f"more_{i}.py").write_text(TOOL)
    for client in start(folder, diagnosticMode="workspace"):
        last = client.request("workspace/diagnostic", {"previousResultIds": [], "partialResultToken": "part"})
        said = [m["params"] for m in client.messages if m["method"] == "$/progress"]
        parts = [each["value"] for each in said if each["token"] == "part"]
        assert [len(part["items"]) for part in parts] == [20, 20]
        assert len(last["items"]) == 7
        everything = {**found(parts[0], folder), **found(parts[1], folder), **found(last, folder)}
        assert len(everything) == 47


def test_a_client_that_is_told_is_told_of_all_files(folder: Path) -> None:
    for client in start(folder, "emacs", diagnosticMode="workspace"):
        for name in ("one.py", "two.py"):
            uri = (folder / name).as_uri()
            told = client.wait("textDocument/publishDiagnostics", lambda params, uri=uri: params["uri"] == uri)
            assert len(told["diagnostics"]) == 2


def test_a_client_that_is_told_is_told_again_what_is_found_in_a_file_that_was_closed(folder: Path) -> None:
    uri = (folder / "one.py").as_uri()

    def told(client: Client) -> int:
        return len(client.wait("textDocument/publishDiagnostics", lambda said: said["uri"] == uri)["diagnostics"])

    for client in start(folder, "emacs", diagnosticMode="workspace"):
        assert told(client) == 2
        client.open(uri, TOOL)
        assert told(client) == 2
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        assert [told(client), told(client)] == [0, 2], "as a document it has none, as a file of the workspace it has"


def test_a_file_that_is_closed_because_it_is_gone_has_no_findings_left(everywhere: Client, folder: Path) -> None:
    uri = (folder / "one.py").as_uri()
    first = everywhere.request("workspace/diagnostic", {"previousResultIds": []})
    known = [{"uri": item["uri"], "value": item["resultId"]} for item in first["items"]]
    everywhere.open(uri, TOOL)
    waiting = everywhere.send("workspace/diagnostic", {"previousResultIds": known})
    (folder / "one.py").unlink()
    everywhere.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert found(everywhere.response(waiting), folder) == {"one.py": 0}


# ---------------------------------------------------------------- orders


def test_a_folder_that_is_gone_is_a_reason_and_leaves_no_progress_behind(client: Client, folder: Path) -> None:
    gone = folder.parent / "gone"
    added = {"added": [{"uri": gone.as_uri(), "name": "gone"}], "removed": [{"uri": folder.as_uri(), "name": "f"}]}
    client.notify("workspace/didChangeWorkspaceFolders", {"event": added})
    with pytest.raises(ServerError, match=r"-32803: .*gone: No such file or directory"):
        order(client, "report")
    client.wait("$/progress", lambda said: said["value"]["kind"] == "end")


def test_one_rule_is_fixed_in_all_files_open_or_not(client: Client, folder: Path) -> None:
    uri = (folder / "one.py").as_uri()
    client.open(uri, TOOL)
    client.change(uri, 2, insertion(0, 0, "# not saved\n"))
    applied: list[Any] = []

    def apply(params: Any) -> Any:
        applied.append(params)
        return {"applied": True}

    client.answers["workspace/applyEdit"] = apply
    assert order(client, "fixEverywhere", rule="output-on-stdout") == {"files": 2, "applied": True}
    (params,) = applied
    assert params["label"] == "Fix all output-on-stdout"
    changed = {c["textDocument"]["uri"]: c for c in params["edit"]["documentChanges"]}
    assert changed.keys() == {uri, (folder / "two.py").as_uri()}
    assert changed[uri]["textDocument"]["version"] == 2
    lines = [[e["range"]["start"]["line"] for e in c["edits"]] for c in changed.values()]
    assert max(lines[0]) == max(lines[1]) + 1, "each on the text as it is in the editor"
    assert (folder / "two.py").read_text() == TOOL, "the editor changes the files"


def test_checking_the_workspace_shows_its_progress(client: Client, folder: Path) -> None:
    told = order(client, "check")
    assert told == {"files": 3, "found": {"MCP103": 4}}
    steps = [m["params"]["value"] for m in client.messages if m["method"] == "$/progress"]
    assert (steps[0]["kind"], steps[0]["title"], steps[0]["cancellable"]) == ("begin", "Checking the workspace", True)
    assert [step["kind"] for step in steps[1:-1]] == ["report"] * (len(steps) - 2)
    assert steps[-1] == {"kind": "end", "message": "4 findings in 3 files"}


def test_others_are_answered_while_an_order_is_carried_out(client: Client, folder: Path) -> None:
    for i in range(30):
        (folder / f"more_{i}.py").write_text(TOOL * 5)
    uri = (folder / "one.py").as_uri()
    client.open(uri, TOOL)
    id = client.send("workspace/executeCommand", {"command": "mcp-lsp.check", "arguments": [{}]})
    at = {"textDocument": {"uri": uri}, "position": {"line": 8, "character": 6}}
    assert "standard output" in client.request("textDocument/hover", at)["contents"]["value"]
    assert len(client.pull(uri)["items"]) == 2
    assert client.response(id)["files"] == 33, "it came last"


@pytest.mark.parametrize("how", ["request", "progress"])
def test_an_order_is_stopped_and_its_process_with_it(how: str, client: Client, folder: Path) -> None:
    for i in range(300):
        (folder / f"more_{i}.py").write_text(TOOL * 5)
    id = client.send("workspace/executeCommand", {"command": "mcp-lsp.check", "arguments": [{}]})
    report = client.wait("$/progress", lambda params: params["value"]["kind"] == "report")
    if how == "request":
        client.notify("$/cancelRequest", {"id": id})
    else:
        client.notify("window/workDoneProgress/cancel", {"token": report["token"]})
    assert client.outcome(id) == -32800
    assert report["value"]["percentage"] < 50
    client.request("shutdown")
    assert not [m for m in client.messages if m["method"] == "$/progress"][-1]["params"]["value"].get("percentage")


def test_the_servers_of_all_files_are_listed_as_they_are_now(client: Client, folder: Path) -> None:
    uri = (folder / "one.py").as_uri()
    client.open(uri, TOOL.replace("greet", "hail"))
    one, two = order(client, "servers")
    assert (one["uri"], one["name"], one["items"][0]["name"]) == (uri, "x", "hail")
    assert (two["items"][0]["kind"], two["items"][0]["name"]) == ("tool", "greet")
    assert two["found"] == {"warning": 1, "information": 1}, "one function prints twice"
    assert two["items"][0]["range"]["start"]["line"] == 6


def test_how_things_stand_with_a_document(client: Client, folder: Path) -> None:
    uri = (folder / "one.py").as_uri()
    assert order(client, "status", uri=uri) is None, "it is not open"
    client.open(uri, TOOL)
    told = order(client, "status", uri=uri)
    assert told.pop("milliseconds") >= 0
    assert told == {"rules": 1, "findings": 2, "servers": 1, "tools": 1, "scan": None}


def test_the_report_is_one_page(client: Client, folder: Path) -> None:
    page = order(client, "report")["html"]
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert "MCP103" in page


def test_an_order_that_nobody_knows(client: Client) -> None:
    with pytest.raises(ServerError, match="no command"):
        order(client, "dance")


# ---------------------------------------------------------------- starting a server

SERVER_OF_ITS_AUTHOR = """import json, pathlib, sys
pathlib.Path(__file__).with_suffix(".started").touch()
from mcp.server.fastmcp import FastMCP
"""


def test_nothing_is_started_without_a_yes_to_exactly_that(client: Client, folder: Path) -> None:
    file = folder / "one.py"
    file.write_text(SERVER_OF_ITS_AUTHOR + TOOL)
    client.answers["window/showMessageRequest"] = lambda params: {"title": "Cancel"}
    with pytest.raises(ServerError, match="not started"):
        order(client, "scan", uri=file.as_uri())
    (asked,) = [m["params"] for m in client.messages if m["method"] == "window/showMessageRequest"]
    assert "this would run code of the project" in asked["message"]
    assert "one.py" in asked["message"]
    assert [action["title"] for action in asked["actions"]] == [
        "Start it",
        "Start it, and do not ask again",
        "Cancel",
    ]
    assert not file.with_suffix(".started").exists()


def test_nothing_of_a_workspace_without_trust_is_started(folder: Path) -> None:
    for client in start(folder, trusted=False):
        for name in ("scan", "call"):
            with pytest.raises(ServerError, match="not trusted"):
                order(client, name, uri=(folder / "one.py").as_uri(), tool="greet")
        assert not [m for m in client.messages if m["method"] == "window/showMessageRequest"]
