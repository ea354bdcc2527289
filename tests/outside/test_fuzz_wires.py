"""What came over a wire: what was written in time is read, and what never ends does not hold us."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from mcp_lsp.outside.fuzz.wires import MOST, Flowing, Reply
from mcp_lsp.outside.limits import Limits
from mcp_lsp.outside.record import Record
from mcp_lsp.outside.speech import Received

ANSWER = b'{"jsonrpc": "2.0", "id": 1, "result": {}}'


class Stream(Flowing):
    """A wire that is its own channel. Its time is over while ``coming`` is first waited for."""

    kind, waits, late, over = "stdio", True, False, False

    def __init__(self, coming: Iterator[bytes | None]) -> None:
        self.now, self.read = 0.0, 0
        self.coming = coming
        self.limits, self.record = Limits(clock=lambda: self.now), Record()

    def send(self, message: dict[str, Any]) -> None: ...

    def receive(self, seconds: float) -> Received | None:
        self.now, self.read = 10_000.0, self.read + 1
        data = next(self.coming, None)
        return None if data is None else Received(data)

    def answered(self) -> str:
        return self._awaited(self, 0.0, [1], lambda: Reply("ended"))[0].kind


@pytest.mark.parametrize(
    ("coming", "kind"),
    [
        ([None, ANSWER], "result"),
        ([None, b'{"jsonrpc": "2.0", "id": '], "broken"),
        ([None, b"a word", ANSWER], "result"),
        ([None, None, ANSWER], "silence"),
    ],
)
def test_what_was_written_in_time_is_read_after_it(coming: list[bytes | None], kind: str) -> None:
    assert Stream(iter(coming)).answered() == kind


def test_a_stream_without_an_end_is_left() -> None:
    stream = Stream(iter(lambda: b"a word", None))
    assert stream.answered() == "silence"
    assert stream.read <= MOST + 1
