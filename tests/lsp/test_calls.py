"""A tool called from an editor: its form, the question before anything is started, the answer, and sheets for editors
that have no form. The server is one of a few lines, which speaks the protocol and counts how often it was started."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mcp_lsp.uri import from_path, to_path
from tests.cli.test_scan import SDK
from tests.lsp.client import PATIENCE, SERVER, Client, ServerError, capabilities, running

pytestmark = pytest.mark.slow

TEXT = """import pathlib, sys, time
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("desk")
here = pathlib.Path(__file__)


@mcp.tool()
def greet(name: str, times: int = 1) -> str:
    \"\"\"Greet somebody by name.\"\"\"
    if name == "nobody":
        return "failed"
    if name == "forever":
        with open(here.with_name("alive"), "w"):
            time.sleep(600)
    return name * times


@mcp.tool()
def hello() -> str:
    \"\"\"Say hello.\"\"\"
    return "hello"


if __name__ == "__main__":
    mcp.run()
"""
ONCE, ALWAYS = "Start it", "Start it, and do not ask again"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The server of an author, beside what stands in for its SDK."""
    for name, text in (("__init__", ""), ("server/__init__", ""), ("server/fastmcp", SDK)):
        path = tmp_path / "mcp" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (tmp_path / "mcp-lsp.toml").write_text(f"command = [{sys.executable!r}, 'server.py']\n")
    file = tmp_path / "server.py"
    file.write_text(TEXT)
    return file


def start(file: Path, editor: str, says: str = ONCE, **options: Any) -> Iterator[Client]:
    """A client in which the user answers every question so."""
    with running(SERVER) as client:
        client.initialize(
            capabilities(editor),
            workspaceFolders=[{"uri": file.parent.as_uri(), "name": "x"}],
            initializationOptions=options or None,
        )
        client.answers["workspace/configuration"] = lambda params: [None] * len(params["items"])
        client.answers["window/showMessageRequest"] = lambda params: {"title": says}
        client.answers["window/showDocument"] = lambda params: {"success": True}
        client.open(file.as_uri(), file.read_text())
        yield client


@pytest.fixture
def vscode(file: Path) -> Iterator[Client]:
    yield from start(file, "vscode")


@pytest.fixture
def helix(file: Path) -> Iterator[Client]:
    yield from start(file, "helix")


def order(client: Client, command: str, **given: Any) -> Any:
    return client.request("workspace/executeCommand", {"command": f"mcp-lsp.{command}", "arguments": [given]})


def asked(client: Client) -> list[str]:
    return [m["params"]["message"] for m in client.messages if m["method"] == "window/showMessageRequest"]


def shown(client: Client) -> list[tuple[str, Any]]:
    """The documents that the client was told to show, by name, with what stands in them."""
    uris = [m["params"]["uri"] for m in client.messages if m["method"] == "window/showDocument"]
    return [(path.name, json.loads(path.read_text())) for path in (Path(to_path(uri) or "") for uri in uris)]


# ---------------------------------------------------------------- what is filled in


def test_the_form_of_a_tool(vscode: Client, file: Path) -> None:
    form = order(vscode, "tool", uri=file.as_uri(), tool="greet")
    assert (form["name"], form["description"], form["whole"]) == ("greet", "Greet somebody by name.", True)
    schema = form["inputSchema"]
    assert {name: each["type"] for name, each in schema["properties"].items()} == {"name": "string", "times": "integer"}
    assert (schema["required"], schema["properties"]["times"]["default"]) == (["name"], 1)
    assert isinstance(form["example"]["name"], str), "arguments that fit, to begin with"
    assert (form["readOnly"], form["destructive"]) == (None, None)


def test_the_form_of_a_file_that_is_not_open(vscode: Client, file: Path) -> None:
    other = file.with_name("other.py")
    other.write_text(TEXT.replace("greet", "welcome"))
    assert order(vscode, "tool", uri=other.as_uri(), tool="welcome")["name"] == "welcome"
    with pytest.raises(ServerError, match="no tool greet"):
        order(vscode, "tool", uri=other.as_uri(), tool="greet")


# ---------------------------------------------------------------- the call


def test_a_tool_is_called_and_answers(vscode: Client, file: Path) -> None:
    answer = order(vscode, "call", uri=file.as_uri(), tool="greet", arguments={"name": "Ada", "times": 2})
    assert answer["result"]["content"] == [{"type": "text", "text": "AdaAda"}]
    assert answer["ready"] > 0 < answer["milliseconds"]
    (question,) = asked(vscode)
    assert "this would run code of the project" in question
    assert "server.py" in question
    assert (question.count("mcp-lsp: "), "--live" in question) == (1, False), "as a question, not as on a command line"
    assert shown(vscode) == [], "it has a form of its own"


def test_a_tool_that_fails_says_so_in_its_answer(vscode: Client, file: Path) -> None:
    answer = order(vscode, "call", uri=file.as_uri(), tool="greet", arguments={"name": "nobody"})
    assert answer["result"]["isError"] is True


def test_what_is_not_known_to_the_server_is_said(vscode: Client, file: Path) -> None:
    with pytest.raises(ServerError, match="no tool greeet"):
        order(vscode, "call", uri=file.as_uri(), tool="greeet")
    with pytest.raises(ServerError, match="no name of a tool"):
        order(vscode, "call", uri=file.as_uri(), tool="--no-confine", arguments={})


def test_more_than_usual_takes_an_agreement_of_its_own(file: Path) -> None:
    for client in start(file, "vscode", says=ALWAYS):
        given = {"uri": file.as_uri(), "tool": "hello", "arguments": {}}
        for _ in range(2):
            order(client, "call", **given)
        assert len(asked(client)) == 1, "it was to ask no more"
        order(client, "call", **given, network=True)
        assert len(asked(client)) == 2
        assert ["without the network" in each for each in asked(client)] == [True, False]
        order(client, "call", **given, env=["PATH"])
        assert "with your variables PATH" in asked(client)[-1]


def test_without_a_yes_nothing_is_called(file: Path) -> None:
    for client in start(file, "vscode", says="Cancel"):
        with pytest.raises(ServerError, match="not started"):
            order(client, "call", uri=file.as_uri(), tool="hello")


def test_a_client_that_cannot_ask_starts_nothing_and_is_answered(file: Path) -> None:
    for client in start(file, "vscode"):

        def refuse(params: Any) -> Any:
            raise NotImplementedError

        client.answers["window/showMessageRequest"] = refuse
        with pytest.raises(ServerError, match="not started"):
            order(client, "call", uri=file.as_uri(), tool="hello")


@pytest.mark.parametrize("command", ["call", "scan"])
def test_a_second_click_is_no_second_wish(command: str, file: Path) -> None:
    """Somebody clicks twice, before the question of the first click is there to be answered."""
    for client in start(file, "vscode"):
        given = {"uri": file.as_uri(), "tool": "hello", "arguments": {}}
        ordered = {"command": f"mcp-lsp.{command}", "arguments": [given]}
        again = 0

        def ask(params: Any, client: Client = client, ordered: Any = ordered) -> Any:
            nonlocal again
            again = again or client.send("workspace/executeCommand", ordered)
            return {"title": ONCE}

        client.answers["window/showMessageRequest"] = ask
        first = client.send("workspace/executeCommand", ordered)
        client.wait("window/showMessageRequest")
        with pytest.raises(ServerError, match="was ordered a moment ago"):
            client.response(again)
        client.response(first)
        assert len(asked(client)) == 0, "no question but the one that was waited for"
        client.request("workspace/executeCommand", ordered)  # over by now, so it is another wish
        assert len(asked(client)) == 1


# ---------------------------------------------------------------- editors without a form


def offered(client: Client, uri: str, line: int, character: int) -> dict[str, Any]:
    """The orders that the editor offers there, by title."""
    at = {"line": line, "character": character}
    given = {"textDocument": {"uri": uri}, "range": {"start": at, "end": at}, "context": {"diagnostics": []}}
    found = client.request("textDocument/codeAction", given)
    return {each["title"]: each["command"] for each in found if each["kind"] == "source.mcp-lsp"}


def test_an_editor_without_lenses_offers_it_at_the_name(helix: Client, file: Path) -> None:
    line = TEXT[: TEXT.index("greet")].count("\n")
    command = offered(helix, file.as_uri(), line, 5)["Call greet"]
    assert list(offered(helix, file.as_uri(), TEXT[: TEXT.index("FastMCP(")].count("\n"), 8)) == ["Scan this server"]
    assert offered(helix, file.as_uri(), line + 4, 5) == {}

    helix.request("workspace/executeCommand", {"command": command["command"], "arguments": command["arguments"]})
    ((name, sheet),) = shown(helix)
    assert (name, sheet["tool"], sorted(sheet["arguments"])) == ("greet.mcp-call.json", "greet", ["name", "times"])
    assert asked(helix) == [], "nothing is started yet"

    uri = next(m["params"]["uri"] for m in helix.messages if m["method"] == "window/showDocument")
    helix.open(uri, json.dumps({**sheet, "arguments": {"name": "Bob"}}), "json")
    command = offered(helix, uri, 0, 0)["Call this tool"]
    helix.request("workspace/executeCommand", {"command": command["command"], "arguments": command["arguments"]})
    name, answer = shown(helix)[-1]
    assert name == "greet.answer.json"
    assert answer["result"]["content"][0]["text"] == "Bob"


def test_a_tool_without_arguments_needs_no_sheet(helix: Client, file: Path) -> None:
    order(helix, "call", uri=file.as_uri(), tool="hello", show=True)
    ((name, answer),) = shown(helix)
    assert (name, answer["result"]["content"][0]["text"]) == ("hello.answer.json", "hello")


@pytest.mark.parametrize(
    ("text", "said"), [("{", "cannot be read"), ("[]", "a sheet is an object"), ('{"arguments": {}}', "not on disk")]
)
def test_a_sheet_that_is_none(text: str, said: str, helix: Client, file: Path) -> None:
    sheet = file.with_name("x.mcp-call.json")
    sheet.write_text(text)
    with pytest.raises(ServerError, match=said):
        order(helix, "call", uri=from_path(str(sheet)))


def test_nothing_is_offered_without_trust(file: Path) -> None:
    for client in start(file, "helix", trusted=False):
        line = TEXT[: TEXT.index("greet")].count("\n")
        assert offered(client, file.as_uri(), line, 5) == {}


# ---------------------------------------------------------------- stopped


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="sees that a process has ended by a pipe that it held")
def test_a_call_that_is_cancelled_leaves_nothing_behind(vscode: Client, file: Path) -> None:
    """The author's server hangs in a tool, with a pipe open; with the order it is ended."""
    os.mkfifo(file.with_name("alive"))
    seen: queue.SimpleQueue[str] = queue.SimpleQueue()

    def watch() -> None:
        with open(file.with_name("alive")) as pipe:
            seen.put("there")
            pipe.read()
        seen.put("gone")

    threading.Thread(target=watch, daemon=True).start()
    given = {"uri": file.as_uri(), "tool": "greet", "arguments": {"name": "forever"}, "write": True}
    id = vscode.send("workspace/executeCommand", {"command": "mcp-lsp.call", "arguments": [given]})
    vscode.wait("$/progress", lambda params: params["value"].get("title") == "Calling greet")
    assert seen.get(timeout=PATIENCE) == "there"
    vscode.notify("$/cancelRequest", {"id": id})
    assert vscode.outcome(id) == -32800
    assert seen.get(timeout=PATIENCE) == "gone"


def test_a_yes_that_comes_too_late_starts_nothing(file: Path) -> None:
    for client in start(file, "vscode"):
        given = {"uri": file.as_uri(), "tool": "hello", "arguments": {}}
        id = client.send("workspace/executeCommand", {"command": "mcp-lsp.call", "arguments": [given]})

        def late(params: Any, id: int = id, client: Client = client) -> Any:
            client.notify("$/cancelRequest", {"id": id})
            return {"title": ONCE}

        client.answers["window/showMessageRequest"] = late
        assert client.outcome(id) == -32800
        client.request("shutdown")
        titles = [m["params"]["value"].get("title") for m in client.messages if m["method"] == "$/progress"]
        assert "Calling hello" not in titles
