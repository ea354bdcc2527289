"""The bytes of a file that is one: opening a pipe waits for a writer for ever, and a device may have no end."""

from __future__ import annotations

import errno
import os
import stat


class TooLarge(OSError):
    """More bytes than wanted. ``size`` says how many there are."""

    def __init__(self, path: str, size: int) -> None:
        super().__init__(errno.EFBIG, f"too large ({size:,} bytes)", path)
        self.size = size


def content(path: str, most: int) -> bytes:
    """All bytes of a regular file. Raises ``OSError`` for what is none, and `TooLarge`; ``ValueError`` for a path that
    no system has."""
    status = os.stat(path)
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "not a regular file", path)
    if status.st_size > most:
        raise TooLarge(path, status.st_size)
    with open(path, "rb") as file:
        data = file.read(most + 1)  # a file of the kernel's has size 0 and any length
    if len(data) > most:
        raise TooLarge(path, len(data))
    return data
