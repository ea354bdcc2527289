"""The server as a process: reading, pausing, ending with its client."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any

from . import memory
from .inbox import Broken, Inbox, Polled, Waiting, inbox
from .session import Session
from .wire import Output, guarded_output

if TYPE_CHECKING:
    from .diary import Diary

WATCH = 2.0
"""Seconds between looks at whether the client's process is still there."""


def run(diary: Diary | None = None) -> int:
    memory.begin()
    parent = os.getppid()
    source = inbox(getattr(sys.stdin.buffer, "raw", sys.stdin.buffer))
    stream = guarded_output(source.take if isinstance(source, Polled) else None)
    output = Output(stream) if diary is None else diary.output(stream)
    session = Session(output, _version())
    watch: threading.Thread | None = None
    waiting: deque[Waiting] = deque()
    session.post = source.put
    session.waiting = lambda: bool(waiting) or not source.empty()
    try:
        while session.status is None:
            _fetch(source, waiting, session)
            if not waiting:
                session.pause()
                session.push()
                continue
            body = waiting.popleft()
            if diary is not None:
                diary.received(body)
            _one(body, session)
            if not waiting and source.empty():
                if session.patience == 0.0:
                    session.pause()
                session.push()
                memory.answered()
            if watch is None and session.client.process is not None:
                watch = threading.Thread(
                    target=_watch, args=(parent, session.client.process), name="watch", daemon=True
                )
                watch.start()
    except (BrokenPipeError, KeyboardInterrupt):
        session.closed()
    finally:
        session.end()
    return session.status or 0


def _fetch(source: Inbox, waiting: deque[Waiting], session: Session) -> None:
    """Take all messages that are there; wait for one, or for the session's patience to end, where none is."""
    if not waiting:
        try:
            waiting.append(_next(source, session))
        except queue.Empty:
            return
    while not source.empty():
        waiting.append(source.get())
    if len(waiting) > 1:
        for body in waiting:
            # A request that was cancelled before its turn is not worked on.
            if isinstance(body, bytes) and b'"$/cancelRequest"' in body:
                _cancel(body, session)


def _next(source: Inbox, session: Session) -> Waiting:
    patience = session.patience
    if memory.due() and (patience is None or patience > memory.LULL):
        try:
            return source.get(memory.LULL)
        except queue.Empty:
            memory.sweep()
    return source.get(session.patience)


def _cancel(body: bytes, session: Session) -> None:
    try:
        message = json.loads(body)
        if message.get("method") == "$/cancelRequest":
            session.cancelled.add(message["params"]["id"])
    except (ValueError, KeyError, TypeError, AttributeError):
        pass


def _one(body: Waiting, session: Session) -> None:
    if body is None:
        session.closed()
        return
    if callable(body):
        body()  # something that was done aside has come to an end
        return
    if isinstance(body, Broken):
        session.broken(str(body))
        return
    try:
        message: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        session.unreadable(f"not JSON: {error}")
        return
    session.receive(message)


def _watch(parent: int, process: int) -> None:
    """End when the client's process is gone, however it went: a pipe that somebody else inherited stays open."""
    from mcp_lsp import scratch

    time.sleep(WATCH)
    scratch.sweep()  # while nobody waits for anything any more
    while os.getppid() == parent and _lives(process):
        time.sleep(WATCH)
    scratch.leave()
    os._exit(1)


def _lives(process: int) -> bool:
    if sys.platform == "win32":
        return _lives_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it is somebody else's
    return True


def _lives_on_windows(process: int) -> bool:
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - exists on Windows only
    handle = kernel.OpenProcess(0x00100000, False, process)  # SYNCHRONIZE
    if not handle:
        return False
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == 0x102)  # WAIT_TIMEOUT: it has not ended
    finally:
        kernel.CloseHandle(handle)


def _version() -> str:
    from mcp_lsp import __version__

    return __version__
