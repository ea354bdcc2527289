"""What an editing session keeps in memory: as much after hundreds of edits as after the first few, counted in objects."""

from __future__ import annotations

import collections
import gc
import io
import queue
from typing import Any, Union

import pytest

from mcp_lsp.lsp import documents, loop, memory
from mcp_lsp.lsp.session import Session
from mcp_lsp.lsp.wire import Output
from tests.bench.bench_lsp import python, typescript

pytestmark = pytest.mark.slow

URI = "file:///nowhere/server"


class Sitting:
    """A document that is open in a client which pulls diagnostics, in this process."""

    def __init__(self, text: str, language: str) -> None:
        self.uri = f"{URI}.{'py' if language == 'python' else 'ts'}"
        self.text = text
        self.session = Session(Output(io.BytesIO()), "0")
        self.version = 0
        diagnostics = {"textDocument": {"diagnostic": {}}}
        self.request("initialize", {"processId": None, "rootUri": None, "capabilities": diagnostics})
        item = {"uri": self.uri, "languageId": language, "version": 0, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def request(self, method: str, params: Any) -> None:
        self.session.receive({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})

    def notify(self, method: str, params: Any) -> None:
        self.session.receive({"jsonrpc": "2.0", "method": method, "params": params})

    def type(self, marker: str, words: str) -> None:
        """Write words before a marker in the middle, a character at a time, and take them out again."""
        lines = self.text.split("\n")
        line = next(i for i in range(len(lines) // 2, len(lines)) if lines[i].strip().startswith(marker))
        column = lines[line].index(marker)
        for i, char in enumerate(words):
            self.change(line, column + i, column + i, char)
        self.change(line, column, column + len(words), "")

    def change(self, line: int, start: int, end: int, text: str) -> None:
        self.version += 1
        where = {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}
        item = {"uri": self.uri, "version": self.version}
        self.notify(
            "textDocument/didChange", {"textDocument": item, "contentChanges": [{"range": where, "text": text}]}
        )
        self.request("textDocument/diagnostic", {"textDocument": {"uri": self.uri}})


def counted() -> collections.Counter[str]:
    gc.unfreeze()
    gc.collect()
    found = collections.Counter(type(each).__name__ for each in gc.get_objects())
    for name in ("ReferenceType", "builtin_function_or_method"):
        del found[name]  # what `isinstance` of Python's own abstract classes remembers of types
    return found


def check(sitting: Sitting, marker: str) -> None:
    words = 'seen(host, {"a": [1]}); '
    for _ in range(2):
        sitting.type(marker, words)
    sitting.session.pause()
    before = counted()
    for _ in range(12):
        sitting.type(marker, words)
    sitting.session.pause()
    after = counted()
    try:
        grown = {name: n - before[name] for name, n in after.items() if n - before[name] > 5}
        assert grown == {}
    finally:
        memory.settle_down()


@pytest.fixture(params=[0.0, 1000.0], ids=["no time", "all the time"], autouse=True)
def speed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which every handler waits for the pause, and one on which none does: between them the clock decides
    what is looked at, and with it which constants are remembered (a cache of limited size) before the count begins."""
    monkeypatch.setattr(documents, "ALLOWANCE", request.param)
    monkeypatch.setattr(documents, "SLICE", 1000.0)


def test_three_hundred_edits_of_python_leave_nothing_behind() -> None:
    check(Sitting(python(400), "python"), "lines = []")


def test_three_hundred_edits_of_typescript_leave_nothing_behind() -> None:
    check(Sitting(typescript(400), "typescript"), "const lines")


def test_who_types_at_once_and_never_pauses_leaves_nothing_behind_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_answers", 0)
    memory.begin()
    sitting = Sitting(python(60), "python")
    for _ in range(3):
        sitting.type("lines = []", "one = 1; ")
        memory.answered()
    assert not gc.isenabled(), "the first diagnostics do not wait for that"
    for _ in range(20):
        memory.answered()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


def test_what_is_left_behind_waits_for_a_lull_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[int] = []
    monkeypatch.setattr(gc, "collect", collected.append)
    monkeypatch.setattr(gc, "isenabled", lambda: True)
    for young, due, now in ((1_000, False, 0), (3_000, True, 0), (19_000, True, 0), (21_000, True, 1)):
        monkeypatch.setattr(gc, "get_count", lambda young=young: (young, 0, 0))
        collected.clear()
        memory.answered()
        assert (memory.due(), len(collected)) == (due, now)


def test_a_message_that_comes_at_once_is_not_kept_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    class Source:
        def __init__(self, *messages: bytes | None) -> None:
            self.messages, self.asked = list(messages), list[Union[float, None]]()

        def get(self, patience: float | None = None) -> Any:
            self.asked.append(patience)
            if (message := self.messages.pop(0)) is None:
                raise queue.Empty
            return message

    swept: list[bool] = []
    monkeypatch.setattr(memory, "due", lambda: not swept)
    monkeypatch.setattr(memory, "sweep", lambda: swept.append(True))
    monkeypatch.setattr(Session, "patience", 1.0)
    session = Session(Output(io.BytesIO()), "0")
    source: Any = Source(b"key")
    assert (loop._next(source, session), swept, source.asked) == (b"key", [], [memory.LULL])
    source = Source(None, b"key")
    assert (loop._next(source, session), swept, source.asked) == (b"key", [True], [memory.LULL, 1.0])
