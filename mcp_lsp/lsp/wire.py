"""The stream to the client: messages in and out as bytes, and nothing else ever on it."""

from __future__ import annotations

import io
import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import Any, BinaryIO, Union

HEADER = b"Content-Length: %d\r\n\r\n"


class Broken(Exception):
    """The client sent something that is no message, so where the next one begins is not known."""


Waiting = Union[bytes, Broken, Callable[[], None], None]
"""What waits for the server: a message, the end of all sense, something to be called, the end of the stream."""


def guarded_output() -> BinaryIO:
    """The stream to the client. From here on file descriptor 1 is standard error, for ``print``, for C code and for
    child processes alike: nothing but messages can reach the client."""
    sys.stdout.flush()
    _widen(1)
    output = io.BufferedWriter(io.FileIO(os.dup(1), "wb"), _REPORT)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return output


def _widen(descriptor: int) -> None:
    """Let a pipe hold a whole report. One of 64 KiB, as Linux makes them, is filled by some hundred diagnostics, and
    the server waits for the client to empty it: up to some milliseconds where that is not running."""
    try:
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _REPORT)
    except (ImportError, AttributeError, OSError):
        pass  # another system, no pipe, or more than a user may have


_REPORT = 1 << 20


class Output:
    """Writes messages. Only the thread that runs the server may use it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def body(self, *parts: bytes) -> None:
        """Send one message, given in parts."""
        self._stream.write(HEADER % sum(map(len, parts)))
        for part in parts:
            self._stream.write(part)
        self._stream.flush()

    # What pygls asks of a transport.

    def write(self, data: bytes) -> None:
        self._stream.write(data)
        self._stream.flush()

    def close(self) -> None:
        self._stream.close()


class Input:
    """Reads messages on a thread of its own, so that waiting for the client and waiting for a pause are one wait.

    ``None`` in the queue is the end of the stream. ``stream`` is unbuffered: the thread still waits for it when the
    process ends, and must not hold the lock that a buffered one has.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._buffer = bytearray()
        self.messages: queue.SimpleQueue[Waiting] = queue.SimpleQueue()
        threading.Thread(target=self._read, name="reader", daemon=True).start()

    def _read(self) -> None:
        try:
            while (body := self._message()) is not None:
                self.messages.put(body)
        except (OSError, ValueError):
            pass
        except Broken as broken:
            self.messages.put(broken)
        self.messages.put(None)

    def _message(self) -> bytes | None:
        length = None
        while (line := self._line()) != b"":
            if line is None:
                return None
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length":
                if not value.strip().isdigit():
                    raise Broken(f"a Content-Length that is no number: {value[:40]!r}")
                length = int(value)
        if length is None:
            raise Broken("a header without Content-Length")
        while len(self._buffer) < length:
            if not self._more():
                return None
        return self._take(length)

    def _line(self) -> bytes | None:
        """A line of a header without its end; ``None`` at the end of the stream."""
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > _LONGEST:
                raise Broken("a header that does not end")
            if not self._more():
                return None
        return self._take(end + 1).strip()

    def _more(self) -> bool:
        data = self._stream.read(1 << 16)
        self._buffer += data or b""
        return bool(data)

    def _take(self, length: int) -> bytes:
        taken = bytes(self._buffer[:length])
        del self._buffer[:length]
        return taken


_LONGEST = 1 << 16  # bytes of one header line; real ones have some dozens
