"""Work that is done aside, in another process (see `aside`), and how the client follows it and stops it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

import mcp_lsp

if TYPE_CHECKING:
    from .session import Session

JSON = dict[str, Any]
HOME = os.path.dirname(os.path.dirname(os.path.abspath(mcp_lsp.__file__)))
"""Where this package stands: the working directory of what is started, so that no other folder's modules count."""
CANCELLED, FAILED = -32800, -32803
GRACE = 0.15
"""Seconds in which a process that is not wanted any more may put away what it has started."""

LINGER = 10.0
"""Seconds in which a process that is to come to an end may say what it has found."""

_TOLD = b"now: "
"""How lines begin that say how far it is (`mcp_lsp.cli.line`)."""


class Errand:
    """A process that answers line by line. ``heard`` gets each line, ``done`` at the end the exit status and what was
    written to standard error; ``told`` what is said there of how far it is. All on the thread that runs the server, and
    none after `stop`."""

    def __init__(
        self,
        session: Session,
        command: list[str],
        wish: str,
        heard: Callable[[str], None],
        done: Callable[[int, str], None],
        cwd: str = HOME,
        told: Callable[[str], None] | None = None,
    ) -> None:
        self._session, self._heard, self._done, self._told = session, heard, done, told
        self._stopped = False
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd,
        )  # fmt: skip
        session.errands.append(self)
        threading.Thread(target=self._follow, args=(wish,), name="errand", daemon=True).start()

    def stop(self) -> None:
        """End it now. What it has started itself it may end first, for a moment."""
        self._stopped = True
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
            late = threading.Timer(GRACE, self.process.kill)
            late.daemon = True
            late.start()
        if self in self._session.errands:
            self._session.errands.remove(self)

    def hurry(self) -> None:
        """Let it come to an end, and say what it has; for `LINGER`, and not a moment longer."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            late = threading.Timer(LINGER, self.process.kill)
            late.daemon = True
            late.start()

    def _follow(self, wish: str) -> None:
        process = self.process
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        said: list[bytes] = []
        listening = threading.Thread(target=self._listen, args=(process.stderr, said), daemon=True)
        listening.start()
        try:
            process.stdin.write(wish.encode("utf-8", "surrogatepass"))
            process.stdin.close()
        except OSError:
            pass  # it died: reading from it says so
        for line in process.stdout:
            self._tell(lambda line=line: self._heard(line.decode("utf-8", "surrogatepass")))  # type: ignore[misc]
        status = process.wait()
        listening.join()
        process.stdout.close()
        process.stderr.close()
        text = b"".join(said).decode("utf-8", "replace").strip()
        self._tell(lambda: self._finish(status, text))

    def _listen(self, stream: IO[bytes], said: list[bytes]) -> None:
        for line in stream:
            if self._told is not None and line.startswith(_TOLD):
                text = line[len(_TOLD) :].decode("utf-8", "replace").strip()
                self._tell(lambda text=text: self._told(text))  # type: ignore[misc]
            else:
                said.append(line)

    def _tell(self, what: Callable[[], None]) -> None:
        def tell() -> None:
            if not self._stopped:
                what()

        self._session.post(tell)

    def _finish(self, status: int, text: str) -> None:
        if self in self._session.errands:
            self._session.errands.remove(self)
        self._done(status, text)


def aside(
    session: Session,
    do: str,
    heard: Callable[[JSON], None],
    done: Callable[[str], None],
    far: Callable[[int, int, str], None] | None,
    **more: Any,
) -> Errand:
    """Let `mcp_lsp.lsp.aside` look at the files of the workspace. ``heard`` gets its answers, ``done`` at the end "" or
    what went wrong, ``far`` how far it is (as `Progress.report`)."""
    around = session.surroundings
    wish = {
        "do": do,
        "folders": around.folders,
        "given": around.given,
        "client": list(session.client),
        "open": {
            uri: (opened.language_id, opened.document.version, opened.document.text)
            for uri, opened in session.documents.items()
        },
        **more,
    }
    wrong: list[str] = []
    total = at = 0

    def line(text: str) -> None:
        nonlocal total, at
        said = json.loads(text)
        if "error" in said:
            wrong.append(said["error"])
        total = said.get("total", total)
        if "uri" in said:
            at += 1
            if far is not None:
                far(at, total, "files")
        heard(said)

    command = [sys.executable, "-m", "mcp_lsp.lsp.aside"]

    def over(status: int, text: str) -> None:
        if status:
            wrong.append(text.rpartition("\n")[2] or f"exit status {status}")
        done("; ".join(wrong))

    return Errand(session, command, json.dumps(wish) + "\n", line, over)
