"""Files that are written whole or not at all: a full disk or a killed process leaves what stood there before.

The text goes into a file beside, which then takes the other's name. What people set up for a file stays: its mode, its
owner where that may be set, and the link that leads to it. Where a new file cannot take the place of the old one, it is
written into as it is: a device or a pipe, a file with other names, one in a folder that nothing can be put into.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat


def write(path: str, data: bytes) -> None:
    """Make ``data`` the content of a file. Raises ``OSError``."""
    target = os.path.realpath(path)
    before: os.stat_result | None = None
    with contextlib.suppress(FileNotFoundError):
        before = os.stat(target)
    if before is not None:
        if not stat.S_ISREG(before.st_mode) or before.st_nlink > 1:
            _into(target, data)
            return
        _may_be_written(target)  # one that may not be is not replaced either
    folder, name = os.path.split(target)
    beside = os.path.join(folder, f".{name[:200]}.{secrets.token_hex(4)}")
    try:
        new = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except PermissionError:
        if before is None:
            raise
        _into(target, data)
        return
    try:
        with open(new, "wb") as file:
            file.write(data)
        if before is not None:
            _like(beside, before)
        os.replace(beside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def writable(path: str) -> None:
    """Raises ``OSError`` where `write` would, as far as that can be told without writing anything."""
    target = os.path.realpath(path)
    try:
        _may_be_written(target)
    except FileNotFoundError:
        folder = os.path.dirname(target)
        os.stat(folder)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES)) from None


def _may_be_written(target: str) -> None:
    os.close(os.open(target, os.O_WRONLY))


def _into(target: str, data: bytes) -> None:
    with open(target, "wb") as file:
        file.write(data)


def _like(beside: str, before: os.stat_result) -> None:
    """Give a new file the owner and the mode of the one whose place it takes."""
    if os.name == "posix":
        with contextlib.suppress(PermissionError):
            os.chown(beside, before.st_uid, before.st_gid)
    os.chmod(beside, stat.S_IMODE(before.st_mode))
