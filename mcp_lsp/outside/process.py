"""A server as a process: started with little, watched while it runs, and gone afterwards with all that it started.

What it writes comes in lines that are cut at a limit; what it does too much of ends it. Everything it left behind is
ended too: by its process group, by the namespace it has where the system offers one, and by a mark in its environment.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import secrets
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from mcp_lsp import scratch
from mcp_lsp_analyzers.record import NamedTuple, dataclass, field

from . import jail
from .consent import Consent
from .limits import Limits

_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SYSTEMROOT", "SystemRoot", "COMSPEC", "PATHEXT", "WINDIR")
"""Variables a program needs to run at all; none of them is a secret."""
_MARK = "MCP_LSP_SCAN"
_CHUNK = 65536
_TAIL = 8_000
"""Bytes of what was written to standard error that are kept: the reason stands at the end, where there is one."""
_LOOK = 0.05
"""Seconds between two looks at how many processes there are."""


class CouldNotStart(Exception):
    """The message is the reason, for the user."""


@dataclass(frozen=True, slots=True)
class Start:
    """What is started, and with what. ``folder``: its working directory. ``environment``: the only variables it gets
    beside the few it needs to run. ``network``, ``write``: what is not taken away from it."""

    command: tuple[str, ...]
    folder: str
    environment: Mapping[str, str] = field(default_factory=dict)
    network: bool = False
    write: bool = False
    confine: bool = True


class Line(NamedTuple):
    """A line of standard output without its end. ``cut``: it was longer than the limit, and this is its beginning."""

    data: bytes
    cut: bool = False


class Ended(NamedTuple):
    """``how``: "by itself", "when its input ended", "it was asked to", "it was killed". ``left``: how many processes of
    its own it left behind, which then were ended."""

    how: str
    code: int | None
    left: int = 0


class Process:
    """A running server. Use it in a ``with`` statement: whatever happens inside, nothing of it is left after."""

    def __init__(self, start: Start, consent: Consent, limits: Limits) -> None:
        """Raises `NotAgreed` and `CouldNotStart`."""
        consent.to_start(start.command)
        self.limits = limits
        self.excess: dict[str, Any] | None = None
        self.confinement: tuple[str, ...] = ()
        self.errors = b""
        self._mark = secrets.token_hex(16)
        self._home = scratch.folder("home")
        self._lines: queue.Queue[Line | None] = queue.Queue(maxsize=256)
        self._outgoing: queue.Queue[bytes | None] = queue.Queue()
        self._over = threading.Event()
        self._closing = threading.Event()
        self._end: Ended | None = None
        try:
            self._process = self._started(start)
        except BaseException:
            shutil.rmtree(self._home, ignore_errors=True)
            raise
        self._threads = [
            threading.Thread(target=work, daemon=True)
            for work in (self._read_output, self._read_errors, self._write, self._watch)
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    # ------------------------------------------------------------ talking

    def send(self, line: bytes) -> None:
        self._outgoing.put(line + b"\n")

    def receive(self, seconds: float) -> Line | None:
        """The next line; ``None`` where there is none in time, or there will be none any more (see `over`)."""
        try:
            return self._lines.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            return None

    @property
    def over(self) -> bool:
        """Whether nothing comes any more: it closed its output, ended, or was ended."""
        return self._over.is_set() and self._lines.empty()

    @property
    def home(self) -> str:
        """Its temporary home: what it may write to, and what goes with it."""
        return self._home

    # ------------------------------------------------------------ ending

    def end(self, reads: bool = True) -> Ended:
        """End it as a client does (its input ends, then it is asked to, then it is killed), and all that it left. Where
        somebody has interrupted the scan, it is killed at once: they wait. ``reads``: whether the end of its input
        means anything to it; what listens on a port looks at none."""
        if self._end is not None:
            return self._end
        hurried = isinstance(sys.exc_info()[1], KeyboardInterrupt)
        process, grace = self._process, 0.0 if hurried else self.limits.grace
        how, code = "by itself", self._waited(0.0 if not self._over.is_set() else min(grace, 1.0))
        if code is None:
            self._outgoing.put(None)
            how, code = "when its input ended", self._waited(grace if reads else 0.0)
        if code is None and self.excess is None:
            self._signal(getattr(signal, "SIGTERM", None))
            how, code = "it was asked to", self._waited(grace)
        if code is None:
            how = "it was killed"
            self._kill()
            code = self._waited(self.limits.grace)
        left = len(self._others())
        self._closing.set()
        self._kill()
        self._outgoing.put(None)
        for thread in self._threads:
            thread.join(timeout=2.0)
        for stream in (process.stdin, process.stdout, process.stderr):
            with contextlib.suppress(OSError, ValueError):
                if stream is not None:
                    stream.close()
        shutil.rmtree(self._home, ignore_errors=True)
        self._end = Ended(how, code, left)
        return self._end

    def _waited(self, seconds: float) -> int | None:
        # Lines that nobody reads any more must not keep it from ending.
        until = self.limits.clock() + seconds
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return self._process.wait(min(max(until - self.limits.clock(), 0.0), 0.05))
            with contextlib.suppress(queue.Empty):
                while True:
                    self._lines.get_nowait()
            if self.limits.clock() >= until:
                return None

    def _signal(self, number: int | None) -> None:
        with contextlib.suppress(OSError, ProcessLookupError):
            if os.name == "posix" and number is not None:
                os.killpg(self._process.pid, number)
            else:
                self._process.terminate()

    def _kill(self) -> None:
        """Everything that belongs to it. A few rounds: what is being started while it is looked for is found next."""
        if os.name != "posix":
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(self._process.pid)], capture_output=True, check=False, timeout=10
            )
            return
        for _ in range(20):
            self._signal(signal.SIGKILL)
            if self._process.poll() is None:
                with contextlib.suppress(OSError):
                    self._process.kill()
            others = self._others()
            for pid in others:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            if not others:
                return

    def _others(self) -> list[int]:
        """Processes of it besides the one we started, as far as the system tells: those with its mark."""
        return [pid for pid in _marked(self._mark) if pid != self._process.pid]

    # ------------------------------------------------------------ how

    def _started(self, start: Start) -> subprocess.Popen[bytes]:
        environment = self._environment(start)
        if not os.path.isdir(start.folder):
            raise CouldNotStart(f"{start.folder}: no such folder")
        program = shutil.which(start.command[0], path=environment.get("PATH"))
        if program is None and os.path.exists(os.path.join(start.folder, start.command[0])):
            program = os.path.join(start.folder, start.command[0])
        if program is None:
            raise CouldNotStart(f"there is no program {start.command[0]}")
        command = [program, *start.command[1:]]
        try:
            if os.name != "posix":
                group = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
                return subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                    cwd=start.folder, env=environment, creationflags=group,
                )  # fmt: skip
            return self._jailed(command, start, environment)
        except OSError as error:
            raise CouldNotStart(f"{start.command[0]}: {error.strerror}") from None

    def _jailed(self, command: list[str], start: Start, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        limits = self.limits
        read, write = os.pipe()
        spec = {
            "report": write, "network": start.network, "confine": start.confine,
            "write": [self._home, *([start.folder] if start.write else [])],
            "memory": limits.memory, "cpu": limits.cpu, "processes": limits.processes, "file": limits.file,
        }  # fmt: skip
        try:
            process = subprocess.Popen(
                [sys.executable, "-I", "-S", jail.__file__, json.dumps(spec), *command],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=start.folder,
                env=environment, start_new_session=True, close_fds=True, pass_fds=(write,),
            )  # fmt: skip
        except BaseException:
            os.close(read)
            raise
        finally:
            os.close(write)
        with open(read, "rb") as report:  # ends when the server is in place
            said = [json.loads(line) for line in report]
        failed = next((each["failed"] for each in said if "failed" in each), None)
        self.confinement = tuple(next((each["achieved"] for each in said if "achieved" in each), ()))
        if failed is not None:
            process.communicate()
            raise CouldNotStart(failed)
        return process

    def _environment(self, start: Start) -> dict[str, str]:
        home = self._home
        inside = {
            "HOME": home, "USERPROFILE": home, "APPDATA": home, "LOCALAPPDATA": home, "TMPDIR": home, "TEMP": home,
            "TMP": home, "XDG_CONFIG_HOME": f"{home}/.config", "XDG_CACHE_HOME": f"{home}/.cache",
            "XDG_DATA_HOME": f"{home}/.local/share", "XDG_STATE_HOME": f"{home}/.local/state", "XDG_RUNTIME_DIR": home,
        }  # fmt: skip
        quiet = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1", "NO_COLOR": "1", "NO_UPDATE_NOTIFIER": "1"}
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        return {**kept, **inside, **quiet, **start.environment, _MARK: self._mark}

    def _read_output(self) -> None:
        try:
            for line in _lines(self._process.stdout, self.limits.line, self.limits.output):
                self._put(line)
        except OverflowError:
            self._too_much("output", self.limits.output)
        self._over.set()
        self._put(None)  # whoever waits for a line need not wait any longer

    def _put(self, line: Line | None) -> None:
        while not self._closing.is_set():
            with contextlib.suppress(queue.Full):
                self._lines.put(line, timeout=0.2)
                return

    def _read_errors(self) -> None:
        total = 0
        stream = self._process.stderr
        while stream is not None:
            try:
                data = os.read(stream.fileno(), _CHUNK)
            except (OSError, ValueError):
                return
            if not data:
                return
            total += len(data)
            self.errors = (self.errors + data)[-_TAIL:]
            if total > self.limits.errors:
                self._too_much("errors", self.limits.errors)
                return

    def _write(self) -> None:
        stream = self._process.stdin
        while stream is not None:
            data = self._outgoing.get()
            try:
                if data is None:
                    stream.close()
                    return
                stream.write(data)
                stream.flush()
            except (OSError, ValueError):
                return

    def _watch(self) -> None:
        """Nobody else counts what the kernel does not: the processes of a server together."""
        while self._process.poll() is None and not self._closing.is_set():
            count = len(_below(self._process.pid))
            if count > self.limits.processes:
                self._too_much("processes", self.limits.processes)
                return
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_LOOK)

    def _too_much(self, of: str, limit: int) -> None:
        self.excess = self.excess or {"of": of, "limit": limit}
        self._kill()
        self._over.set()


def _lines(stream: Any, longest: int, most: int) -> Iterator[Line]:
    """The lines of a pipe, each at most ``longest`` bytes; of longer ones the beginning. The last may have no end.
    Raises ``OverflowError`` after ``most`` bytes."""
    held: list[bytes] = []
    size, total, skipping = 0, 0, False
    while True:
        try:
            data = os.read(stream.fileno(), _CHUNK)
        except (OSError, ValueError):
            data = b""
        if not data:
            break
        total += len(data)
        if total > most:
            raise OverflowError
        *whole, rest = data.split(b"\n")
        for part in whole:
            if not skipping:
                yield Line(b"".join((*held, part)).rstrip(b"\r"))
            held, size, skipping = [], 0, False
        if rest and not skipping:
            held.append(rest)
            size += len(rest)
        if size > longest:
            yield Line(b"".join(held)[:longest], cut=True)
            held, size, skipping = [], 0, True
    if held:
        yield Line(b"".join(held))


def _marked(mark: str) -> Iterator[int]:
    wanted = f"{_MARK}={mark}".encode()
    for pid in _pids():
        with contextlib.suppress(OSError), open(f"/proc/{pid}/environ", "rb") as file:
            if wanted in file.read():
                yield pid


def _below(parent: int) -> set[int]:
    """All processes below one, by the parents the kernel tells."""
    parents: dict[int, int] = {}
    for pid in _pids():
        with contextlib.suppress(OSError, ValueError, IndexError), open(f"/proc/{pid}/stat", "rb") as file:
            parents[pid] = int(file.read().rpartition(b")")[2].split()[1])
    found = {parent}
    while more := {pid for pid, above in parents.items() if above in found and pid not in found}:
        found |= more
    return found - {parent}


def _pids() -> list[int]:
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []
