"""Work on many files in several processes, results in order. A process that dies costs the file it was at, no more.

Not ``multiprocessing.Pool``, which waits for ever for the result of a process that died, and not
``concurrent.futures``, which then gives up on everything.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar, Union

from mcp_lsp_analyzers.record import NamedTuple

T = TypeVar("T")

# A forked process is there after 4 ms and shares what is loaded; a spawned one loads everything again.
FORK_FROM = 50
SPAWN_FROM = 200
# Files sent to a process at once. Two such parts are always on their way, so that no process waits for its next.
_PART = 4


class Died(NamedTuple):
    """The process that worked on this died. ``how``: "exit code 3", "signal 11"."""

    how: str


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def method() -> str:
    """How to start processes. On macOS, system libraries do not survive a fork."""
    return "fork" if sys.platform == "linux" else "spawn"


def worthwhile(count: int, jobs: int) -> bool:
    """Whether more than one process pays for ``count`` files."""
    return jobs > 1 and count >= (FORK_FROM if method() == "fork" else SPAWN_FROM)


def run(work: Callable[[int], T], count: int, jobs: int, how: str | None = None) -> Iterator[Union[T, Died]]:
    """``work(0)``, ``work(1)``, ... up to ``count``, in that order, computed by ``jobs`` processes.

    ``work`` must not raise. Where processes are spawned, it must be picklable.
    """
    import multiprocessing  # 15 ms that a run over a few files does not need

    context: Any = multiprocessing.get_context(how or method())
    return _Pool(context, work, count, jobs).results()


class _Worker:
    def __init__(self, context: Any, work: Callable[[int], object], others: list[Any]) -> None:
        self.connection, theirs = context.Pipe()
        # A forked process inherits the ends that lead to its siblings, and would keep them open after their death.
        inherited = [self.connection, *others] if context.get_start_method() == "fork" else []
        self.process = context.Process(target=_serve, args=(theirs, work, inherited), daemon=True)
        self.process.start()
        theirs.close()
        self.open: deque[int] = deque()  # sent and not answered, in the order in which they are worked on

    def send(self, part: list[int]) -> None:
        self.open.extend(part)
        self.connection.send(part)


def _serve(connection: Any, work: Callable[[int], object], inherited: list[Any]) -> None:
    for other in inherited:
        other.close()
    try:
        while True:
            for i in connection.recv():
                connection.send((i, work(i)))
    except (EOFError, OSError, KeyboardInterrupt):
        # The parent is gone or done. No clean-up of ours is needed, and none of theirs is ours to run.
        os._exit(0)


class _Pool(Generic[T]):
    def __init__(self, context: Any, work: Callable[[int], T], count: int, jobs: int) -> None:
        self.context = context
        self.work = work
        self.count = count
        self.waiting = deque(range(count))
        self.done: dict[int, Union[T, Died]] = {}
        self.workers: list[_Worker] = []
        self.jobs = min(jobs, count)

    def results(self) -> Iterator[Union[T, Died]]:
        from multiprocessing.connection import wait

        try:
            for _ in range(self.jobs):
                self._start()
            for i in range(self.count):
                while i not in self.done:
                    by_connection = {worker.connection: worker for worker in self.workers}
                    for ready in wait(list(by_connection)):
                        self._receive(by_connection[ready])
                yield self.done.pop(i)
        finally:
            for worker in self.workers:
                worker.connection.close()
                worker.process.join(1)
                if worker.process.is_alive():
                    worker.process.terminate()

    def _start(self) -> None:
        worker = _Worker(self.context, self.work, [other.connection for other in self.workers])
        self.workers.append(worker)
        self._feed(worker)
        self._feed(worker)

    def _feed(self, worker: _Worker) -> None:
        part = [self.waiting.popleft() for _ in range(min(_PART, len(self.waiting)))]
        if part:
            with contextlib.suppress(OSError):  # it died: reading from it says so
                worker.send(part)

    def _receive(self, worker: _Worker) -> None:
        try:
            i, result = worker.connection.recv()
        except (EOFError, OSError):
            self._buried(worker)
            return
        worker.open.remove(i)
        self.done[i] = result
        if len(worker.open) <= _PART:
            self._feed(worker)

    def _buried(self, worker: _Worker) -> None:
        """A process died: its file is lost, what else was sent to it goes to others."""
        self.workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        code = worker.process.exitcode
        how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        if worker.open:
            self.done[worker.open.popleft()] = Died(how)
        self.waiting.extendleft(reversed(worker.open))
        if self.waiting:
            self._start()
