"""What comes from the client, in pieces of any size, beside what threads have done; and a client that does not read."""

from __future__ import annotations

import io
import json
import os
import queue
import select
import subprocess
import threading
from collections.abc import Iterator

import pytest

from mcp_lsp.lsp.inbox import Broken, Inbox, Messages, Polled, Threaded, Waiting
from tests.lsp.client import PATIENCE, SERVER, capabilities

SENT = b"Content-Length: 4\r\nContent-Type: x\r\n\r\n{  }content-length:2\n\n[]Content-Length: 9\r\n\r\n{"

polling = pytest.mark.skipif(not hasattr(select, "poll"), reason="this system has no poll: messages come by a thread")


class Drip(io.RawIOBase):
    def __init__(self, data: bytes, size: int) -> None:
        self.data, self.size = data, size

    def read(self, size: int = -1) -> bytes:
        head, self.data = self.data[: self.size], self.data[self.size :]
        return head


def dripping(data: bytes, size: int, polled: bool) -> Iterator[Waiting]:
    """What an inbox gives until the stream ends."""
    if not polled:
        source: Inbox = Threaded(Drip(data, size))
        yield from iter(lambda: source.get(20), None)
        return
    out, into = os.pipe()
    source = Polled(out)
    while data:
        os.write(into, data[:size])
        data = data[size:]
        while not source.empty():
            if (got := source.get()) is None:
                return
            yield got
    os.close(into)
    yield from iter(lambda: source.get(20), None)


@pytest.mark.parametrize("polled", [False, pytest.param(True, marks=polling)])
@pytest.mark.parametrize("size", [1, 3, 40, 1000])
def test_whatever_the_pieces_are(size: int, polled: bool) -> None:
    assert list(dripping(SENT, size, polled)) == [b"{  }", b"[]"]


@pytest.mark.parametrize("polled", [False, pytest.param(True, marks=polling)])
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"Content-Length: 2\r\n\r\n{}Content-Length: two\r\n\r\n", "no number"),
        (b"Content-Length: 2\r\n\r\n{}\r\n\r\n", "without Content-Length"),
        (b"Content-Length: 2\r\n\r\n{}" + b"x" * 70_000, "does not end"),
    ],
)
def test_what_is_no_message(sent: bytes, said: str, polled: bool) -> None:
    message, broken = dripping(sent, 4096, polled)
    assert message == b"{}"
    assert isinstance(broken, Broken)
    assert said in str(broken)


@polling
def test_threads_are_heard_while_it_waits() -> None:
    out, _into = os.pipe()
    source = Polled(out)
    assert source.empty()
    with pytest.raises(queue.Empty):
        source.get(0.0)
    told: list[int] = []
    thread = threading.Timer(0.05, lambda: source.put(lambda: told.append(1)))
    thread.start()
    said = source.get(20)
    assert callable(said)
    said()
    assert told == [1]
    thread.join()
    for _ in range(100_000):  # more than the pipe that wakes it holds
        source.put(lambda: None)
    assert sum(1 for _ in range(100_000) if source.get(20)) == 100_000
    assert source.empty()


@pytest.mark.slow
def test_a_client_that_writes_everything_before_it_reads() -> None:
    """3 MB of requests, and more of answers than any pipe holds: neither waits for the other for ever."""
    text = START + "".join(TOOL.format(n) for n in range(400))
    item = {"uri": "file:///w/a.py", "languageId": "python", "version": 1, "text": text}
    start = {"processId": None, "rootUri": None, "capabilities": capabilities("vscode")}
    sent = [told("initialize", start, 0), told("initialized", {}), told("textDocument/didOpen", {"textDocument": item})]
    padding = "x" * 30_000
    asked = {"textDocument": {"uri": "file:///w/a.py"}, "workDoneToken": padding}
    sent += [told("textDocument/diagnostic", asked, n) for n in range(1, 101)]
    sent += [told("shutdown", None, 101), told("exit", None)]
    with subprocess.Popen(SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        watchdog = threading.Timer(PATIENCE, server.kill)  # what is written then has no reader, and fails
        watchdog.start()
        for message in sent:
            server.stdin.write(message)
        server.stdin.flush()
        answers = Messages()
        answers.add(server.stdout.read())
        watchdog.cancel()
        found = [json.loads(body) for body in iter(answers.next, None)]
    full = [each["result"]["items"] for each in found if each.get("id") in range(1, 101)]
    assert len(full) == 100
    assert {sum(each["code"] == "MCP301" for each in items) for items in full} == {400}
    assert server.returncode == 0


START = "import os\nfrom mcp.server.fastmcp import FastMCP\nmcp = FastMCP('x')\n"
TOOL = """
@mcp.tool()
def ask_{}(host: str) -> str:
    '''Ask a host.'''
    return os.popen("ping " + host).read()
"""


def told(method: str, params: object, id: int | None = None) -> bytes:
    message = {"jsonrpc": "2.0", "method": method, "params": params, **({} if id is None else {"id": id})}
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
