"""What a scan found, beside the diagnostics of the text, until the text is another one."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mcp_lsp.lsp.scanned import Scan, Scanned
from mcp_lsp.syntax import Change, Document
from tests.cli.test_scan import SDK, SERVER
from tests.lsp.client import SERVER as LANGUAGE_SERVER
from tests.lsp.client import Client, ServerError, capabilities, insertion, running

pytestmark = pytest.mark.slow

TEXT = "one = 1\ntwo = 2\nthree = 3\nfour = 4\n"


class Opened:
    """As much of an open document as is needed."""

    links = False
    analysis = None

    def __init__(self, text: str) -> None:
        self.document = Document("file:///x.py", text, "python")


def finding(line: int, start: int = 1, end: int = 4, lines: int = 1) -> dict[str, Any]:
    place = {"start": {"line": line, "column": start}, "end": {"line": line + lines - 1, "column": end}}
    return {
        "code": "MCP801",
        "severity": "warning",
        "message": f"line {line}",
        "fingerprint": str(line),
        "range": place,
    }


def after(*changes: Change, lines: int = 1) -> dict[str, int]:
    """Which findings stand in which line (from 1), one on each line before."""
    opened = Opened(TEXT)
    found = tuple(finding(line, lines=lines) for line in range(1, 6 - lines))
    scanned = Scanned(Scan(TEXT, found, "12:03"), opened)  # type: ignore[arg-type]
    for change in changes:
        opened.document = opened.document.edited([change], None)
        scanned.edited(change)
    items = [json.loads(item) for item in scanned.items(opened.document, "utf-16")]
    assert {item["source"] for item in items} <= {"mcp-lsp scan, 12:03"}
    return {item["message"]: item["range"]["start"]["line"] + 1 for item in items}


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ([], {"line 1": 1, "line 2": 2, "line 3": 3, "line 4": 4}),
        ([Change(9, 10, "x")], {"line 1": 1, "line 3": 3, "line 4": 4}),  # in line 2
        ([Change(15, 15, " ")], {"line 1": 1, "line 3": 3, "line 4": 4}),  # behind it
        ([Change(15, 15, "\n")], {"line 1": 1, "line 2": 2, "line 3": 4, "line 4": 5}),  # a new line below it
        ([Change(8, 8, "zero = 0\n")], {"line 1": 1, "line 2": 3, "line 3": 4, "line 4": 5}),  # one above it
        ([Change(0, 8, "")], {"line 3": 2, "line 4": 3}),  # line 1 goes, line 2 moves up to where it began
        ([Change(3, 20, "")], {"line 4": 2}),  # lines 1 to 3 become one
        ([Change(0, 0, "a\nb\n"), Change(12, 13, "y")], {"line 1": 3, "line 3": 5, "line 4": 6}),
        ([Change(0, len(TEXT), TEXT)], {}),
    ],
)
def test_a_finding_goes_with_the_first_edit_of_its_line(changes: list[Change], left: dict[str, int]) -> None:
    assert after(*changes) == left


def test_a_finding_of_two_lines_goes_with_each() -> None:
    assert after(Change(9, 10, "x"), lines=2) == {"line 3": 3}


def test_a_place_that_is_not_there_is_within_the_text() -> None:
    opened = Opened("x\n")
    scanned = Scanned(Scan("x\n", (finding(40, 80, 90),), "12:03"), opened)  # type: ignore[arg-type]
    (item,) = scanned.items(opened.document, "utf-16")
    assert json.loads(item)["range"]["start"]["line"] <= 1


# ---------------------------------------------------------------- in a session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    for name, text in (("mcp/__init__.py", ""), ("mcp/server/__init__.py", ""), ("mcp/server/fastmcp.py", SDK)):
        (tmp_path / "sdk" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "sdk" / name).write_text(text)
    folder.mkdir()
    source = SERVER.replace("from mcp", f"import sys\nsys.path.insert(0, {str(tmp_path / 'sdk')!r})\nfrom mcp", 1)
    (folder / "server.py").write_text(
        source.replace("    mcp.run()", "    getattr(sys, 'std' + 'out').write('Ready\\n')\n    mcp.run()")
    )
    (folder / "requirements.txt").write_text("mcp==1.30.0\n")
    words = [sys.executable, str(folder / "server.py")]
    (folder / "mcp-lsp.toml").write_text(f"command = {json.dumps(words)}\n")
    return folder


@pytest.fixture
def client(folder: Path) -> Iterator[Client]:
    with running(LANGUAGE_SERVER) as client:
        folders = [{"uri": folder.as_uri(), "name": "x"}]
        options = {"followsStatus": True}
        client.initialize(capabilities("vscode"), workspaceFolders=folders, initializationOptions=options)
        client.answers["workspace/configuration"] = lambda params: [None] * len(params["items"])
        client.answers["window/showMessageRequest"] = lambda params: {"title": "Start it"}
        yield client


def scan(client: Client, uri: str, **given: Any) -> Any:
    return client.request("workspace/executeCommand", {"command": "mcp-lsp.scan", "arguments": [{"uri": uri, **given}]})


def shown(client: Client, uri: str) -> list[tuple[int, str]]:
    """(line from 0, source) of what only the running server showed."""
    items = client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]
    return [(item["range"]["start"]["line"], item["source"]) for item in items if "scan" in item["source"]]


def standing(client: Client, uri: str) -> tuple[str, int] | None:
    """State and findings of the last scan, as the status item of an editor asks for them."""
    asked = {"command": "mcp-lsp.status", "arguments": [{"uri": uri}]}
    said = client.request("workspace/executeCommand", asked)["scan"]
    if said is None:
        return None
    assert re.fullmatch(r"\d\d:\d\d", said.pop("at"))
    return said["state"], said["findings"]


def test_how_a_scan_stands_is_told_whenever_that_changes(client: Client, folder: Path) -> None:
    uri = (folder / "server.py").as_uri()
    client.open(uri, (folder / "server.py").read_text())
    assert standing(client, uri) is None
    asked = {"command": "mcp-lsp.scan", "arguments": [{"uri": uri}]}
    id = client.send("workspace/executeCommand", asked)
    client.wait("mcp-lsp/status")
    report = client.response(id)
    client.wait("mcp-lsp/status")
    assert standing(client, uri) == ("done", len(report["diagnostics"]))
    (folder / "mcp-lsp.toml").write_text(f"command = {json.dumps([sys.executable, '-c', 'pass'])}\n")
    scan(client, uri)
    assert standing(client, uri) == ("failed", len(scan(client, uri)["diagnostics"])), "it could not be asked"


def test_findings_of_a_scan_are_diagnostics_that_age(client: Client, folder: Path) -> None:
    file = folder / "server.py"
    uri, text = file.as_uri(), file.read_text()
    line = text.split("\n").index("    getattr(sys, 'std' + 'out').write('Ready\\n')")
    client.open(uri, text)
    assert shown(client, uri) == []
    report = scan(client, uri)
    assert report["live"][0]["reached"], report
    ((at, source),) = shown(client, uri)
    assert (at, re.fullmatch(r"mcp-lsp scan, \d\d:\d\d", source) is not None) == (line, True)
    client.change(uri, 2, insertion(0, 0, "# above\n"))
    assert [each[0] for each in shown(client, uri)] == [line + 1]
    client.change(uri, 3, insertion(line + 1, 4, "x = "))
    assert shown(client, uri) == []
    assert scan(client, uri, html=True)["html"].lstrip().lower().startswith("<!doctype html>")
    assert shown(client, uri) == [], "the text that was scanned is the one on disk"
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    client.open(uri, text)
    assert [each[0] for each in shown(client, uri)] == [line], "what was scanned is opened again"


# ---------------------------------------------------------------- stopped, and on save

HANGS = """    for line in sys.stdin:
        message = __import__("json").loads(line)
        if message["method"] == "initialize":
            hello = {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}}, "serverInfo": {"name": "slow"}}
            print(__import__("json").dumps({"jsonrpc": "2.0", "id": message["id"], "result": hello}), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nothing there can be asked to come to an end")
@pytest.mark.parametrize("how", ["request", "progress"])
def test_a_scan_that_is_stopped_shows_what_it_found_until_then(client: Client, folder: Path, how: str) -> None:
    file = folder / "server.py"
    text = file.read_text().replace("    mcp.run()\n", HANGS)
    file.write_text(text)
    uri = file.as_uri()
    client.open(uri, text)
    assert shown(client, uri) == []
    id = client.send("workspace/executeCommand", {"command": "mcp-lsp.scan", "arguments": [{"uri": uri}]})
    said = client.wait("$/progress", lambda params: "Asking tools/list" in params["value"].get("message", ""))
    if how == "request":
        client.notify("$/cancelRequest", {"id": id})
    else:
        client.notify("window/workDoneProgress/cancel", {"token": said["token"]})
    with contextlib.suppress(ServerError):  # it is answered at once, with what is there by then
        assert client.response(id)["live"][0]["reached"]
    ((at, source),) = shown_at_last(client, uri)
    assert text.split("\n")[at].endswith("write('Ready\\n')")
    assert source.endswith(", stopped")
    told = standing(client, uri)
    assert told is not None
    assert told[0] == "stopped"


def shown_at_last(client: Client, uri: str) -> list[tuple[int, str]]:
    while not (found := shown(client, uri)):
        client.wait("workspace/diagnostic/refresh")
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="nothing there can be asked to come to an end")
def test_what_was_scanned_before_a_file_was_saved_is_not_shown_in_what_was_saved(client: Client, folder: Path) -> None:
    file = folder / "server.py"
    text = file.read_text().replace("    mcp.run()\n", HANGS)
    file.write_text(text)
    uri = file.as_uri()
    client.open(uri, text)
    id = client.send("workspace/executeCommand", {"command": "mcp-lsp.scan", "arguments": [{"uri": uri}]})
    client.wait("$/progress", lambda params: "Asking tools/list" in params["value"].get("message", ""))
    client.change(uri, 2, insertion(0, 0, "# above\n"))
    file.write_text("# above\n" + text)
    save(client, uri)
    client.notify("$/cancelRequest", {"id": id})
    with contextlib.suppress(ServerError):
        client.response(id)
    while (told := standing(client, uri)) is None or told[1] == 0:
        client.wait("mcp-lsp/status")
    assert shown(client, uri) == []


def test_each_folder_has_a_scan_of_its_own(client: Client, folder: Path) -> None:
    second = folder.parent / "second"
    shutil.copytree(folder, second)
    settings = second / "mcp-lsp.toml"
    settings.write_text(settings.read_text().replace(str(folder), str(second)))
    added = {"added": [{"uri": second.as_uri(), "name": "y"}], "removed": []}
    client.notify("workspace/didChangeWorkspaceFolders", {"event": added})
    uris = [(each / "server.py").as_uri() for each in (folder, second)]
    for uri, each in zip(uris, (folder, second), strict=True):
        client.open(uri, (each / "server.py").read_text())
        scan(client, uri)
    assert [len(shown(client, uri)) for uri in uris] == [1, 1]


def save(client: Client, uri: str) -> None:
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})


def test_a_scan_on_save_where_settings_say_so(client: Client, folder: Path) -> None:
    file = folder / "server.py"
    uri, text = file.as_uri(), file.read_text()
    client.open(uri, text)
    save(client, uri)
    assert shown(client, uri) == [], "nothing is scanned that nobody wants to be"
    settings = folder / "mcp-lsp.toml"
    settings.write_text(settings.read_text() + "scan-on-save = true\n")
    save(client, uri)
    asked = client.wait("window/showMessageRequest")
    assert "after each save" in asked["message"]
    assert len(shown_at_last(client, uri)) == 1
    other = folder / "other.py"
    other.write_text("x = 1\n")
    client.open(other.as_uri(), "x = 1\n")
    save(client, other.as_uri())
    assert str(file.name) in client.wait("window/showMessageRequest")["message"], "the server is the one scanned last"


def test_a_no_to_a_scan_on_save_is_a_no_for_all_saves(client: Client, folder: Path) -> None:
    client.answers["window/showMessageRequest"] = lambda params: {"title": "Cancel"}
    settings = folder / "mcp-lsp.toml"
    settings.write_text(settings.read_text() + "scan-on-save = true\n")
    uri = (folder / "server.py").as_uri()
    client.open(uri, (folder / "server.py").read_text())
    save(client, uri)
    client.wait("window/showMessageRequest")
    save(client, uri)
    with pytest.raises(ServerError, match="not started"):
        scan(client, uri)
    assert len([m for m in client.messages if m["method"] == "window/showMessageRequest"]) == 1, "only the order asked"
