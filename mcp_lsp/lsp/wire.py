"""The stream to the client: messages as bytes, and nothing else ever on it."""

from __future__ import annotations

import io
import os
import select
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from typing_extensions import Buffer

HEADER = b"Content-Length: %d\r\n\r\n"


def guarded_output(meanwhile: Callable[[], object] | None = None) -> BinaryIO:
    """The stream to the client. From here on file descriptor 1 is standard error, for ``print``, for C code and for
    child processes alike: nothing but messages can reach the client. ``meanwhile``: what is called again and again
    while the client takes nothing, which may be because it waits for us to read."""
    sys.stdout.flush()
    _widen(1)
    stream = io.FileIO(os.dup(1), "wb") if meanwhile is None else _Outlet(os.dup(1), meanwhile)
    output = io.BufferedWriter(stream, _REPORT)
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


class _Outlet(io.FileIO):
    """Where the client takes nothing, writing waits in small steps."""

    def __init__(self, descriptor: int, meanwhile: Callable[[], object]) -> None:
        super().__init__(descriptor, "wb")
        self._meanwhile = meanwhile
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLOUT)

    def write(self, data: Buffer) -> int:
        part = memoryview(data)
        if not self._empty(len(part)):
            part = part[:_AT_ONCE]
            while not self._poll.poll(_STEP):
                self._meanwhile()
        return super().write(part)

    def _empty(self, size: int) -> bool:
        """Whether so many bytes can be written without waiting, because nothing is left of what was written before."""
        try:
            import fcntl
            import termios

            capacity = fcntl.fcntl(self.fileno(), fcntl.F_GETPIPE_SZ)
            left = fcntl.ioctl(self.fileno(), termios.FIONREAD, bytes(4))
        except (ImportError, AttributeError, OSError):
            return False
        return left == bytes(4) and size <= capacity


_AT_ONCE = 512  # bytes that can be written wherever a poll says that something can (POSIX: PIPE_BUF)
_STEP = 10  # milliseconds


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
