"""A language client of raw JSON, without pygls: sees exactly what the server writes, and says what it likes."""

from __future__ import annotations

import atexit
import json
import os
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SERVER = [sys.executable, "-P", "-m", "mcp_lsp", "lsp"] if sys.version_info >= (3, 11) else [
    sys.executable, "-m", "mcp_lsp", "lsp"
]  # fmt: skip
NEEDLES = [sys.executable, str(HERE / "server_of_needles.py")]
PATIENCE = 120.0  # seconds until a test gives up; nothing waits that long when all is well

JSON = dict[str, Any]


def capabilities(editor: str) -> JSON:
    """What an editor said of itself in `initialize`."""
    return json.loads((HERE / "clients" / f"{editor}.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


class ServerError(Exception):
    def __init__(self, error: JSON) -> None:
        super().__init__(f"{error['code']}: {error['message']}")
        self.code = error["code"]


def cradled(command: list[str]) -> int | None:
    """The port of a cradle (see `cradle`) that makes such servers; ``None`` where processes cannot fork."""
    if not hasattr(os, "fork") or command not in (SERVER, NEEDLES):
        return None
    key = tuple(command)
    if key not in _CRADLES:
        words = [sys.executable, str(HERE / "cradle.py"), *(command[1:] if command == NEEDLES else ())]
        cradle = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert cradle.stdin is not None
        assert cradle.stdout is not None
        atexit.register(cradle.stdin.close)  # its sign to end
        _CRADLES[key] = (cradle, int(cradle.stdout.readline()))
    return _CRADLES[key][1]


_CRADLES: dict[tuple[str, ...], tuple[subprocess.Popen[bytes], int]] = {}


class Client:
    """``messages``: everything the server said without being asked, in order. ``answers``: what this client replies to
    the server's requests, by method."""

    def __init__(
        self,
        command: list[str] = SERVER,
        env: Mapping[str, str] | None = None,
        cwd: Any = None,
        quiet: bool = False,
        alone: bool = False,
    ) -> None:
        port = None if env or cwd or quiet or alone else cradled(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: socket.socket | None = None
        self._to: Any
        self._from: Any
        if port is not None:
            self._connection = socket.create_connection(("127.0.0.1", port))
            self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._to, self._from = self._connection.makefile("wb"), self._connection.makefile("rb")
        else:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL if quiet else None,
                cwd=cwd,
                env={**os.environ, **(env or {})},
            )
            self._to, self._from = self._process.stdin, self._process.stdout
        self.messages: list[JSON] = []
        self.answers: dict[str, Callable[[Any], Any]] = {}
        self.garbage = b""
        self._incoming: queue.Queue[JSON | None] = queue.Queue()
        self._id = 0
        threading.Thread(target=self._read, daemon=True).start()

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The server's process, where it was started ``alone``."""
        assert self._process is not None, "this one is a fork: start it alone"
        return self._process

    # ------------------------------------------------------------ talking

    def request(self, method: str, params: Any = None) -> Any:
        return self.response(self.send(method, params))

    def send(self, method: str, params: Any = None) -> int:
        """Send a request without waiting for its response."""
        self._id += 1
        self.write({"jsonrpc": "2.0", "id": self._id, "method": method, "params": params})
        return self._id

    def response(self, id: int) -> Any:
        while True:
            message = self._next()
            if message.get("id") == id and "method" not in message:
                if "error" in message:
                    raise ServerError(message["error"])
                return message["result"]
            self._take(message)

    def outcome(self, id: int) -> int | None:
        """The code of the error with which a request was answered; ``None`` where it was not refused."""
        try:
            self.response(id)
        except ServerError as error:
            return error.code  # type: ignore[no-any-return]
        return None

    def notify(self, method: str, params: Any = None) -> None:
        self.write({"jsonrpc": "2.0", "method": method, "params": params})

    def wait(self, method: str, wanted: Callable[[Any], bool] = lambda params: True) -> Any:
        """The parameters of the first message of this kind that has not been waited for."""
        while True:
            for i, message in enumerate(self.messages):
                if message["method"] == method and wanted(message.get("params")):
                    del self.messages[i]
                    return message.get("params")
            self._take(self._next())

    def write(self, message: Any) -> None:
        self.raw(json.dumps(message).encode())

    def raw(self, body: bytes) -> None:
        self._to.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._to.flush()

    # ------------------------------------------------------------ what editors do

    def initialize(self, capabilities: JSON, **params: Any) -> JSON:
        result = self.request("initialize", {"processId": os.getpid(), "capabilities": capabilities, **params})
        self.notify("initialized", {})
        return result  # type: ignore[no-any-return]

    def open(self, uri: str, text: str, language: str = "python", version: int = 1) -> None:
        item = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, uri: str, version: int, *changes: JSON) -> None:
        self.notify(
            "textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": changes}
        )

    def pull(self, uri: str, previous: str | None = None) -> JSON:
        params: JSON = {"textDocument": {"uri": uri}}
        if previous is not None:
            params["previousResultId"] = previous
        return self.request("textDocument/diagnostic", params)  # type: ignore[no-any-return]

    def end(self) -> int | None:
        """Leave in an orderly way. Returns the exit status of a server that was started ``alone``."""
        self.request("shutdown")
        self.notify("exit")
        while self._incoming.get(timeout=PATIENCE) is not None:
            pass
        return None if self._process is None else self._process.wait(PATIENCE)

    def close(self) -> None:
        """Be gone, and the server with it."""
        if self._connection is not None:
            self._connection.shutdown(socket.SHUT_RDWR)
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE)
        for stream in (self._to, self._from):
            with suppress(OSError):
                stream.close()

    # ------------------------------------------------------------ how

    def _next(self) -> JSON:
        message = self._incoming.get(timeout=PATIENCE)
        assert message is not None, "the server has ended"
        return message

    def _take(self, message: JSON) -> None:
        if "method" not in message:
            raise AssertionError(f"an answer to no question: {message}")
        if "id" in message:
            answer = self.answers.get(message["method"], lambda params: None)
            try:
                told = {"result": answer(message.get("params"))}
            except NotImplementedError:
                told = {"error": {"code": -32601, "message": "this client knows nothing of it"}}
            self.write({"jsonrpc": "2.0", "id": message["id"], **told})
        self.messages.append(message)

    def _read(self) -> None:
        try:
            while (body := self._body()) is not None:
                self._incoming.put(json.loads(body))
        except (OSError, ValueError):
            pass  # the connection was closed, or what came was cut
        self._incoming.put(None)

    def _body(self) -> bytes | None:
        length = 0
        while (line := self._from.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
            else:
                self.garbage += line
        return self._from.read(length) if length else None  # type: ignore[no-any-return]


@contextmanager
def running(*args: Any, **kwargs: Any) -> Iterator[Client]:
    """A client whose server is gone afterwards, whatever happened."""
    client = Client(*args, **kwargs)
    try:
        yield client
    finally:
        client.close()


def position(line: int, character: int) -> JSON:
    return {"line": line, "character": character}


def insertion(line: int, character: int, text: str) -> JSON:
    at = position(line, character)
    return {"range": {"start": at, "end": at}, "text": text}
