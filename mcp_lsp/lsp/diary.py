"""What was said in a conversation and when, for whoever has to find out why an editor shows what it shows.

Off unless asked for: a line for each message takes longer than a keystroke's work.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, BinaryIO, TextIO

import mcp_lsp

from .inbox import Broken
from .wire import Output


class Diary:
    """Lines in ``stream``: when, who (``>`` the client, ``<`` the server), what, how large, and for an answer how long
    it took. With ``trace`` the message itself follows, and with it the text of open files."""

    def __init__(self, stream: TextIO, trace: bool = False, clock: Callable[[], float] = time.time) -> None:
        self._stream = stream
        self._trace = trace
        self._clock = clock
        self._asked: dict[object, tuple[str, float]] = {}
        self._write(f"mcp-lsp {mcp_lsp.__version__} starts", b"")

    def received(self, body: object) -> None:
        """A message of the client is about to be worked on; ``None``: it hung up. Other things that wait for their
        turn are no messages."""
        if body is None:
            self._write("> end of the stream", b"")
        elif isinstance(body, Broken):
            self._write(f"> broken: {body}", b"")
        elif isinstance(body, bytes):
            message = _message(body)
            method, id = message.get("method"), message.get("id")
            if method is not None and id is not None:
                self._asked[str(id)] = (str(method), self._clock())
            what = f"{method or 'answer'}{'' if id is None else f' ({id})'}{_about(message)}"
            self._write(f"> {what}, {len(body):,} bytes", body)

    def output(self, stream: BinaryIO) -> Output:
        """The stream to the client, with everything on it noted down."""
        return _Noted(stream, self)

    def sent(self, body: bytes) -> None:
        message = _message(body)
        method, id = message.get("method"), message.get("id")
        what = f"{method}{_about(message)}" if method else f"answer ({id})"
        asked = None if method else self._asked.pop(str(id), None)
        if asked is not None:
            what = f"{asked[0]} ({id}) answered after {(self._clock() - asked[1]) * 1000:.1f} ms"
        if "error" in message:
            what += f" with an error: {message['error']}"
        self._write(f"< {what}, {len(body):,} bytes", body)

    def _write(self, line: str, body: bytes) -> None:
        now = self._clock()
        stamp = time.strftime("%H:%M:%S", time.localtime(now)) + f".{int(now * 1000) % 1000:03d}"
        self._stream.write(f"{stamp} {line}\n")
        if self._trace and body:
            self._stream.write(f"    {body.decode('utf-8', 'backslashreplace')}\n")
        self._stream.flush()


class _Noted(Output):
    def __init__(self, stream: BinaryIO, diary: Diary) -> None:
        super().__init__(stream)
        self._diary = diary

    def body(self, *parts: bytes) -> None:
        self._diary.sent(b"".join(parts))
        super().body(*parts)

    def write(self, data: bytes) -> None:
        self._diary.sent(data.partition(b"\r\n\r\n")[2])
        super().write(data)


def _message(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {"method": "not JSON"}
    return found if isinstance(found, dict) else {"method": "no message"}


def _about(message: dict[str, Any]) -> str:
    """The document that a message is about."""
    params = message.get("params")
    document = params.get("textDocument") if isinstance(params, dict) else None
    return f" {document['uri']}" if isinstance(document, dict) and isinstance(document.get("uri"), str) else ""
