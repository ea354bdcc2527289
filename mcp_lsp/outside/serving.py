"""A server that we start and then reach over HTTP: it is waited for until it listens, and ended with the block."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from .consent import Consent
from .limits import Limits
from .process import CouldNotStart, Process, Start
from .record import Record

_EVERY = 0.05
"""Seconds between two looks at whether it listens."""
_TOLD = 400
"""Characters of its last line that are told where it never listened."""


@contextlib.contextmanager
def listening(
    start: Start,
    url: str,
    consent: Consent,
    limits: Limits,
    record: Record,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[bool]:
    """Whether the server listens at an address of this computer; why not is in the record. Raises `NotAgreed`."""
    consent.to_start(start.command)
    consent.to_reach(url)
    if _answers(url):
        record.add("unreachable", f"something listens at {url} already; end it, or leave --command out to ask that")
        yield False
        return
    try:
        process = Process(start, consent, limits)
    except CouldNotStart as error:
        record.add("unreachable", str(error))
        yield False
        return
    with process:
        over = threading.Event()
        drain = threading.Thread(target=_drain, args=(process, over), daemon=True)
        drain.start()
        try:
            said = _waited(process, url, limits, pause)
            if said:
                record.add("unreachable", said)
            else:
                achieved = list(process.confinement)
                record.add("started", {"transport": "streamable-http", "command": list(start.command), "url": url,
                                       "confined": achieved})  # fmt: skip
            yield not said
        finally:
            process.end(reads=False)
            over.set()
            drain.join(timeout=2.0)
    if process.errors:
        record.add("stderr", process.errors.decode("utf-8", "replace"))
    if process.excess is not None:
        record.add("excess", process.excess)


def _waited(process: Process, url: str, limits: Limits, pause: Callable[[float], None]) -> str:
    """Why it does not listen; nothing where it does."""
    until = limits.clock() + limits.start
    while not _answers(url):
        if process.over or process.excess is not None:
            process.end()
            last = process.errors.decode("utf-8", "replace").strip().rpartition("\n")[2][-_TOLD:]
            return f"it ended before it listened at {url}" + (f": {last}" if last else "")
        if limits.clock() >= until:
            return f"it did not listen at {url} within {limits.start:g} seconds"
        pause(_EVERY)
    return ""


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), timeout=1.0).close()
    except OSError:
        return False
    return True


def _drain(process: Process, over: threading.Event) -> None:
    """What it prints is nobody's message, and must not hold it up."""
    while not over.is_set() and not process.over:
        process.receive(0.2)
