"""The wire: what is answered to what, in which order, and that nothing but messages is ever on it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from tests.lsp.client import NEEDLES, PATIENCE, Client, ServerError, capabilities, insertion, position, running

URI = "file:///nowhere/server.py"


@pytest.fixture
def client() -> Iterator[Client]:
    with running(NEEDLES) as client:
        yield client


@pytest.fixture
def alone() -> Iterator[Client]:
    """A client whose server is a process of its own."""
    with running(NEEDLES, alone=True) as client:
        yield client


def messages(report: dict) -> list[tuple[str, int, int]]:  # type: ignore[type-arg]
    """What a report says: message, line, character."""
    return [(i["message"], *i["range"]["start"].values()) for i in report["items"]]


# ---------------------------------------------------------------- beginning and end


def test_before_initialize_nothing_is_answered_but_it(client: Client) -> None:
    client.notify("textDocument/didOpen", {})
    with pytest.raises(ServerError) as error:
        client.pull(URI)
    assert error.value.code == -32002
    told = client.initialize(capabilities("vscode"))
    assert told["serverInfo"]["name"] == "mcp-lsp"
    with pytest.raises(ServerError) as error:
        client.request("initialize", {"capabilities": {}})
    assert error.value.code == -32600


def test_an_orderly_end_has_status_0(alone: Client) -> None:
    alone.initialize(capabilities("vscode"))
    assert alone.end() == 0


def test_after_shutdown_requests_are_refused(client: Client) -> None:
    client.initialize(capabilities("vscode"))
    client.request("shutdown")
    with pytest.raises(ServerError) as error:
        client.pull(URI)
    assert error.value.code == -32600


def test_exit_without_shutdown_has_status_1(alone: Client) -> None:
    alone.initialize(capabilities("vscode"))
    alone.notify("exit")
    assert alone.process.wait(20) == 1


def test_the_end_of_the_stream_is_the_end_of_the_server(alone: Client) -> None:
    alone.initialize(capabilities("vscode"))
    assert alone.process.stdin is not None
    alone.process.stdin.close()
    assert alone.process.wait(20) == 1


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.long
def test_the_server_ends_when_its_client_is_killed_though_the_pipe_stays_open() -> None:
    script = (
        "import subprocess, time\n"
        # The server's standard error is the editor's standard output: it ends when both are gone.
        f"server = subprocess.Popen({NEEDLES!r}, stdin=0, stdout=subprocess.PIPE, stderr=1)\n"
        "print(server.pid, flush=True)\n"
        "server.stdout.readline()\n"
        "print('answered', flush=True)\n"
        "time.sleep(600)\n"
    )
    reading, writing = os.pipe()
    with subprocess.Popen([sys.executable, "-c", script], stdin=reading, stdout=subprocess.PIPE, text=True) as editor:
        assert editor.stdout is not None
        server = int(editor.stdout.readline())
        body = (
            b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":%d,"capabilities":{}}}' % editor.pid
        )
        os.write(writing, b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        assert editor.stdout.readline() == "answered\n"
        editor.send_signal(signal.SIGKILL)
        late = threading.Timer(PATIENCE, os.kill, (server, signal.SIGKILL))
        late.start()
        assert editor.stdout.read() == ""
        assert late.is_alive()
        late.cancel()


# ---------------------------------------------------------------- what is not right


def test_what_is_not_json_is_said_to_be_so(client: Client) -> None:
    client.initialize(capabilities("vscode"))
    client.raw(b'{"jsonrpc": "2.0", ')
    client.raw(b"[1, 2]")
    client.raw(b"[" * 100_000)
    client.open(URI, 'x = "a_needle_in_a_haystack"\n')
    with pytest.raises(AssertionError, match="-32700"):
        client.pull(URI)


def test_a_header_that_is_none_ends_the_conversation(alone: Client) -> None:
    alone.initialize(capabilities("vscode"))
    assert alone.process.stdin is not None
    alone.process.stdin.write(b"Content-Length: many\r\n\r\n")
    alone.process.stdin.flush()
    assert alone.process.wait(20) == 1


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("textDocument/diagnostic", {}),
        ("textDocument/diagnostic", None),
        ("textDocument/hover", {"textDocument": {"uri": URI}}),
        ("textDocument/codeAction", {"textDocument": 3}),
    ],
)
def test_parameters_of_the_wrong_shape_are_answered(client: Client, method: str, params: object) -> None:
    client.initialize(capabilities("vscode"))
    with pytest.raises(ServerError) as error:
        client.request(method, params)
    assert error.value.code == -32602


def test_an_unknown_method_is_answered(client: Client) -> None:
    client.initialize(capabilities("vscode"))
    with pytest.raises(ServerError) as error:
        client.request("textDocument/moniker", {})
    assert error.value.code == -32601


def test_notifications_that_make_no_sense_are_logged_and_survived(client: Client) -> None:
    client.initialize(capabilities("vscode"))
    client.change("file:///not/open.py", 2, insertion(0, 0, "x"))
    client.notify("textDocument/didOpen", {"textDocument": {}})
    client.notify("workspace/didChangeWatchedFiles", {"changes": 3})
    client.notify("something/else", {})
    client.notify("$/something", {})
    client.open(URI, 'x = "a_needle_in_a_haystack"\n')
    assert messages(client.pull(URI)) == [("a needle", 0, 7)]
    logged = [m["params"]["message"] for m in client.messages if m["method"] == "window/logMessage"]
    assert "a change of file:///not/open.py, which is not open" in logged
    assert not [m for m in client.messages if m["method"] == "window/showMessage"]


def test_a_message_in_a_message_is_data(client: Client) -> None:
    client.initialize(capabilities("neovim"), initializationOptions={"settings": {}})
    inner = {"jsonrpc": "2.0", "method": "initialize", "params": {}}
    client.notify("workspace/didChangeConfiguration", {"settings": {"other": inner}})
    with pytest.raises(ServerError):
        client.request("codeAction/resolve", {"title": "x", "data": inner})


# ---------------------------------------------------------------- standard output


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_what_a_rule_prints_does_not_reach_the_client(unbuffered: str, capfd: pytest.CaptureFixture[str]) -> None:
    with running(NEEDLES, env={"PYTHONUNBUFFERED": unbuffered}) as client:
        client.initialize(capabilities("vscode"))
        client.open(URI, 'x = "shout_it_out_very_loud"\ny = "a_needle_in_a_haystack"\n')
        assert messages(client.pull(URI)) == [("a needle", 1, 7)]
        assert client.end() == 0
        assert client.garbage == b""
    said = capfd.readouterr().err
    assert "printed by a rule" in said
    assert "written by a rule" in said
    assert "said by a child" in said


def test_a_rule_that_fails_leaves_the_others_alone_and_is_logged_once(client: Client) -> None:
    client.initialize(capabilities("vscode"))
    client.open(URI, 'x = "a_needle,a_crash_and_burn"\n')
    assert messages(client.pull(URI)) == [("a needle", 0, 7)]
    client.change(URI, 2, insertion(0, 5, "! "))
    assert messages(client.pull(URI)) == [("a needle", 0, 9)]
    logged = [m["params"]["message"] for m in client.messages if m["method"] == "window/logMessage"]
    assert len(logged) == 1
    assert "MCP002" in logged[0]
    assert "this rule is broken" in logged[0]


# ---------------------------------------------------------------- diagnostics


def test_a_report_is_unchanged_as_long_as_it_is(client: Client) -> None:
    client.initialize(capabilities("vscode"))
    client.open(URI, 'x = "a_needle_in_a_haystack"\n\ny = 1\n')
    first = client.pull(URI)
    assert client.pull(URI, first["resultId"]) == {"kind": "unchanged", "resultId": first["resultId"]}
    client.change(URI, 2, insertion(2, 5, "0"))
    assert client.pull(URI, first["resultId"])["kind"] == "unchanged"
    client.change(URI, 3, insertion(0, 0, "\n"))
    moved = client.pull(URI, first["resultId"])
    assert messages(moved) == [("a needle", 1, 7)]
    client.change(URI, 4, {"text": "z = 3\n"})
    assert client.pull(URI, moved["resultId"])["items"] == []


def test_a_document_that_is_not_open_or_of_no_language_has_no_diagnostics(client: Client) -> None:
    client.initialize(capabilities("vscode"))
    assert client.pull("file:///not/open.py")["items"] == []
    client.open("file:///a/notes.md", "a needle", "markdown")
    assert client.pull("file:///a/notes.md")["items"] == []
    client.open("untitled:Untitled-1", 'x = "a_needle_in_a_haystack"', "python")
    assert messages(client.pull("untitled:Untitled-1")) == [("a needle", 0, 7)]


def test_a_cancelled_request_is_answered_as_such_and_the_next_one_as_usual(client: Client) -> None:
    client.initialize(capabilities("vscode"))
    client.open(URI, 'x = "a_needle_in_a_haystack"\n' * 3000)
    ids = []
    for version in range(2, 12):
        client.change(URI, version, insertion(1, 0, "# "))
        ids.append(client.send("textDocument/diagnostic", {"textDocument": {"uri": URI}}))
        if len(ids) > 1:
            client.notify("$/cancelRequest", {"id": ids[-2]})
    codes = [client.outcome(id) for id in ids[:-1]]
    assert -32800 in codes
    assert set(codes) <= {-32800, None}
    assert len(client.response(ids[-1])["items"]) == 2999


def test_what_a_diagnostic_holds(client: Client) -> None:
    client.initialize(capabilities("vscode"))
    client.open(URI, 'x = "a_needle_in_a_haystack"\n', version=7)
    (item,) = client.pull(URI)["items"]
    fingerprint = item["data"].pop("fingerprint")
    assert len(fingerprint) == 16
    assert item == {
        "range": {"start": position(0, 7), "end": position(0, 13)},
        "severity": 2,
        "code": "MCP001",
        "codeDescription": {"href": "https://cwe.mitre.org/data/definitions/78.html"},
        "source": "mcp-lsp",
        "message": "a needle",
        "tags": [1],
        "relatedInformation": [
            {
                "location": {"uri": URI, "range": {"start": position(0, 4), "end": position(0, 28)}},
                "message": "in this string",
            }
        ],
        "data": {"rule": "needle", "version": 7},
    }
