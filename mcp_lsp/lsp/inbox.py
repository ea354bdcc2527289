"""What comes from the client, and what other threads want to have done: one queue, and one wait for all of it."""

from __future__ import annotations

import contextlib
import os
import queue
import select
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Union


class Broken(Exception):
    """The client sent something that is no message, so where the next one begins is not known."""


Waiting = Union[bytes, Broken, Callable[[], None], None]
"""What waits for the server: a message, the end of all sense, something to be called, the end of the stream."""


class Messages:
    """The messages in a stream of bytes that come in pieces of any size."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._searched = 0
        self._length: int | None = None  # as the header that is being read says
        self._body = False  # whether the header is over

    def add(self, data: bytes) -> None:
        self._buffer += data

    def next(self) -> bytes | None:
        """The next message that is there as a whole. Raises `Broken`."""
        while not self._body:
            end = self._buffer.find(b"\n", self._searched)
            if end < 0:
                self._searched = len(self._buffer)
                if self._searched > _LONGEST:
                    raise Broken("a header that does not end")
                return None
            self._header(self._take(end + 1).strip())
        assert self._length is not None
        if len(self._buffer) < self._length:
            return None
        body = self._take(self._length)
        self._length, self._body = None, False
        return body

    def _header(self, line: bytes) -> None:
        if not line:
            if self._length is None:
                raise Broken("a header without Content-Length")
            self._body = True
            return
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            if not value.strip().isdigit():
                raise Broken(f"a Content-Length that is no number: {value[:40]!r}")
            self._length = int(value)

    def _take(self, length: int) -> bytes:
        taken = bytes(self._buffer[:length])
        del self._buffer[:length]
        self._searched = 0
        return taken


_LONGEST = 1 << 16  # bytes of one header line; real ones have some dozens
_PIECE = 1 << 16


class Threaded:
    """Reads on a thread of its own: where nothing else can wait for a stream and for a moment at once (Windows).

    ``stream`` is unbuffered: the thread still waits for it when the process ends, and must not hold the lock that a
    buffered one has.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._waiting: queue.SimpleQueue[Waiting] = queue.SimpleQueue()
        self.put = self._waiting.put
        threading.Thread(target=self._read, name="reader", daemon=True).start()

    def get(self, patience: float | None = None) -> Waiting:
        """What came first. Raises `queue.Empty` where nothing comes within ``patience`` seconds."""
        return self._waiting.get(timeout=patience)

    def empty(self) -> bool:
        return self._waiting.empty()

    def _read(self) -> None:
        messages = Messages()
        try:
            while data := self._stream.read(_PIECE):
                messages.add(data)
                while (body := messages.next()) is not None:
                    self.put(body)
        except (OSError, ValueError):
            pass
        except Broken as broken:
            self.put(broken)
        self.put(None)


class Polled:
    """Reads on the thread that asks: a key does not wait until two threads have taken turns.

    Only `put` may be called by other threads. ``descriptor``: of a pipe, a socket or a terminal.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._messages = Messages()
        self._waiting: deque[Waiting] = deque()
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLIN)
        self._poll.register(self._woken, select.POLLIN)

    def put(self, item: Callable[[], None]) -> None:
        self._waiting.append(item)
        with contextlib.suppress(BlockingIOError):  # it was woken thousands of times and has not looked yet
            os.write(self._wake, b"\0")

    def get(self, patience: float | None = None) -> Waiting:
        """What came first. Raises `queue.Empty` where nothing comes within ``patience`` seconds."""
        end = None if patience is None else time.monotonic() + patience
        while not self._waiting:
            left = None if end is None else end - time.monotonic()
            self._look(None if left is None else max(0.0, left * 1000))
            if not self._waiting and left is not None and left <= 0:
                raise queue.Empty
        return self._waiting.popleft()

    def empty(self) -> bool:
        """Whether nothing is there; what has come by now is read."""
        if not self._waiting:
            self.take()
        return not self._waiting

    def take(self) -> None:
        """Read what has come, so that whoever sends it need not wait."""
        self._look(0)

    def _look(self, milliseconds: float | None) -> None:
        for descriptor, _ in self._poll.poll(milliseconds):
            if descriptor == self._woken:
                os.read(self._woken, _PIECE)
            else:
                self._read()

    def _read(self) -> None:
        try:
            data = os.read(self._descriptor, _PIECE)
            self._messages.add(data)
            while (body := self._messages.next()) is not None:
                self._waiting.append(body)
        except OSError:
            data = b""
        except Broken as broken:
            self._waiting.append(broken)
            data = b""
        if not data:
            self._poll.unregister(self._descriptor)
            self._waiting.append(None)


Inbox = Union[Threaded, Polled]


def inbox(stream: Any) -> Inbox:
    """For an unbuffered stream."""
    try:
        return Polled(stream.fileno()) if hasattr(select, "poll") else Threaded(stream)
    except OSError:  # no file of the system's
        return Threaded(stream)
