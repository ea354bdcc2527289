"""Temporary folders, gone with the process that made them; where that was killed, with the next one that looks.

Each process has one folder among the system's temporary files, and holds a lock in it for as long as it lives. A folder
with a lock that nobody holds is left over. Numbers of processes would not do: another container may share the files and
not the processes.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import sys
import tempfile

_PREFIX, _LOCK = "mcp-lsp-", "lock"
_own: tuple[int, str, int] | None = None  # process, folder, what holds the lock


def folder(kind: str) -> str:
    """A new, empty folder that only this user may enter. It goes with the process, if nobody removes it before."""
    return tempfile.mkdtemp(prefix=f"{kind}-", dir=_home())


def leave() -> None:
    """Remove everything that this process has made here."""
    global _own
    if _own is not None and _own[0] == os.getpid():  # a fork has its parent's memory, and not its folders
        _, home, lock = _own
        _own = None
        with contextlib.suppress(OSError):
            os.close(lock)
        shutil.rmtree(home, ignore_errors=True)


def sweep() -> None:
    """Remove what processes of this user left that were killed."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(tempfile.gettempdir()):
            if entry.name.startswith(_PREFIX) and entry.is_dir(follow_symlinks=False) and _left(entry.path):
                shutil.rmtree(entry.path, ignore_errors=True)


# ---------------------------------------------------------------- how


def _home() -> str:
    global _own
    if _own is None or _own[0] != os.getpid():
        sweep()
        home = tempfile.mkdtemp(prefix=_PREFIX)
        # Nobody is to find a lock that is not held yet.
        new = os.path.join(home, f"{_LOCK}.new")
        held = os.open(new, os.O_CREAT | os.O_RDWR, 0o600)
        _hold(held)
        with contextlib.suppress(OSError):  # Windows renames nothing that is open; nobody can remove it there either
            os.rename(new, os.path.join(home, _LOCK))
        _own = (os.getpid(), home, held)
        atexit.register(leave)
    return _own[1]


def _left(home: str) -> bool:
    """Whether a folder is one of ours that nobody holds."""
    if hasattr(os, "getuid") and os.stat(home).st_uid != os.getuid():
        return False
    for name in (_LOCK, f"{_LOCK}.new") if sys.platform == "win32" else (_LOCK,):
        try:
            lock = os.open(os.path.join(home, name), os.O_RDWR)
        except OSError:
            continue
        try:
            _hold(lock)
        except OSError:
            return False
        finally:
            os.close(lock)
        return True
    return False


if sys.platform == "win32":

    def _hold(lock: int) -> None:
        """Raises ``OSError`` where another process holds it."""
        import msvcrt

        msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
else:

    def _hold(lock: int) -> None:
        """Raises ``OSError`` where another process holds it."""
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
