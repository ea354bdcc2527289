"""The conversation: what is on the way of a keystroke is answered here, at once; the rest is the desk's business.

`initialize` is answered before anything of the analysis is loaded, and pygls and lsprotocol (0.2 s to load) are not
loaded before the first message that needs them: settings, folders and files that changed are told of before the first
diagnostics are asked for, and need neither.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from .client import DESK, Client, capabilities, folders_of
from .telling import Telling
from .wire import Output

if TYPE_CHECKING:
    from .desk import Desk
    from .documents import Open
    from .errands import Errand
    from .everywhere import Everywhere
    from .orders import Orders
    from .projects import Surroundings

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS, INTERNAL_ERROR = -32700, -32600, -32601, -32602, -32603
NOT_INITIALIZED, CANCELLED = -32002, -32800

Answer = Callable[[Any], None]


class Session:
    """State of one client's session. ``status`` is the exit status once it is over."""

    def __init__(self, output: Output, version: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.client = Client()
        self.cancelled: set[object] = set()
        self.status: int | None = None
        self.output = output
        self.clock = clock
        self._version = version
        self._params: Mapping[str, Any] | None = None
        self._surroundings: Surroundings | None = None
        self._desk: Desk | None = None
        self._everywhere: Everywhere | None = None
        self._orders: Orders | None = None
        self._shut = False
        self._posted: list[Callable[[], None]] = []
        self.post: Callable[[Callable[[], None]], None] = self._posted.append  # called on the server's thread, soon
        self.waiting: Callable[[], bool] | None = None  # whether a message waits for its turn
        self.errands: list[Errand] = []  # work that is done aside
        self.held: dict[object, Callable[[], None]] = {}  # requests that are answered later, with how to stop them
        self.cancels: dict[object, Callable[[], None]] = {}  # the same by token of their progress
        self.tokens = 0  # of progress, made so far
        self._waiting: dict[str, Answer] = {}
        self._asked = 0
        self._logged: set[str] = set()
        self.telling = Telling(self)
        self._hot: dict[str, Callable[[Any], None]] = {
            "initialized": self._initialized,
            "textDocument/didOpen": self._did_open,
            "textDocument/didChange": self._did_change,
            "textDocument/didClose": self._did_close,
            "textDocument/didSave": self._did_save,
            "workspace/didChangeConfiguration": self._configured,
            "workspace/didChangeWatchedFiles": self._watched,
            "workspace/didChangeWorkspaceFolders": self._folders,
            "$/cancelRequest": self._cancel,
            "window/workDoneProgress/cancel": self._stop,
            "$/setTrace": self._ignore,
            "exit": self._exit,
        }

    # ------------------------------------------------------------ messages

    def receive(self, message: Any) -> None:
        """Handle one message. Never raises; what goes wrong is answered, or logged."""
        if not isinstance(message, dict):
            self.error(None, INVALID_REQUEST, "not a message")
            return
        method, id = message.get("method"), message.get("id")
        params = message.get("params")
        try:
            if method is None:
                self._answered(message)
            elif id is None:
                self._notified(method, params, message)
            else:
                self._requested(id, method, params, message)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            # Nearly always parameters of another shape than the protocol's.
            self._failed(id, INVALID_PARAMS, f"{method}: {_said(error)}", error)
        except Exception as error:
            self._failed(id, INTERNAL_ERROR, f"{method}: {_said(error)}", error)

    def _notified(self, method: str, params: Any, message: dict[str, Any]) -> None:
        if self._params is None and method != "exit":
            return
        handler = self._hot.get(method)
        if handler is not None:
            if not self._shut or method == "exit":
                handler(params)
        elif not method.startswith("$/"):
            self.log(f"ignoring {method}")

    def _requested(self, id: Any, method: str, params: Any, message: dict[str, Any]) -> None:
        if id in self.cancelled:
            self.cancelled.discard(id)
            self.error(id, CANCELLED, "cancelled")
        elif method == "initialize":
            self._initialize(id, params)
        elif self._params is None:
            self.error(id, NOT_INITIALIZED, "the server is not initialized")
        elif method == "shutdown":
            self._shut = True
            self.result(id, None)
        elif self._shut:
            self.error(id, INVALID_REQUEST, "the server is shutting down")
        elif method == "textDocument/diagnostic":
            self.telling.diagnostic(id, params)
        elif method == "workspace/diagnostic":
            self.everywhere.pulled(id, params)
        elif method == "workspace/executeCommand":
            self.orders.execute(id, params)
        elif method in DESK:
            self.desk.receive(message)
        else:
            self.error(id, METHOD_NOT_FOUND, f"no method {method}")

    def _answered(self, message: dict[str, Any]) -> None:
        answer = self._waiting.pop(str(message.get("id")), None)
        if answer is None:
            return
        if "error" in message:
            self.log(f"the client refused: {message['error']}")
        # Whoever waits is told so: an order would never be answered otherwise.
        answer(message.get("result"))

    def unreadable(self, what: str) -> None:
        """A message that is none."""
        self.error(None, PARSE_ERROR, what)

    def broken(self, what: str) -> None:
        """The stream cannot be read any further."""
        self.unreadable(what)
        self.status = 1

    def closed(self) -> None:
        """The client went away without a word."""
        if self.status is None:
            self.status = 0 if self._shut else 1

    # ------------------------------------------------------------ beginning and end

    def _initialize(self, id: Any, params: Mapping[str, Any]) -> None:
        if self._params is not None:
            self.error(id, INVALID_REQUEST, "initialized already")
            return
        self.client = Client.of(params)
        self._params = params
        self.result(
            id,
            {"capabilities": capabilities(self.client), "serverInfo": {"name": "mcp-lsp", "version": self._version}},
        )

    def _initialized(self, _: Any) -> None:
        from . import documents  # noqa: F401 - loads the analysis while the client prepares its first document

        self.moved()
        if self.client.watches:
            self._register_watchers()
        if self.client.configuration:
            self.ask_settings()

    def _exit(self, _: Any) -> None:
        self.status = 0 if self._shut else 1

    def _cancel(self, params: Any) -> None:
        """By now the request was answered, one way or the other, unless it is one that is held."""
        self.cancelled.discard(params["id"])
        stop = self.held.get(params["id"])
        if stop is not None:
            stop()

    def _stop(self, params: Any) -> None:
        stop = self.cancels.get(params["token"])
        if stop is not None:
            stop()

    def end(self) -> None:
        """Nothing outlives the session."""
        for errand in tuple(self.errands):
            errand.stop()

    def _ignore(self, _: Any) -> None:
        pass

    # ------------------------------------------------------------ documents

    @property
    def surroundings(self) -> Surroundings:
        """Loads the analysis, when first asked for."""
        if self._surroundings is None:
            from .projects import Surroundings

            self._surroundings = Surroundings()
            self._surroundings.folders = self.client.folders
            assert self._params is not None
            options = self._params.get("initializationOptions")
            if isinstance(options, Mapping):
                self._surroundings.give(options.get("settings", options))
        return self._surroundings

    @property
    def everywhere(self) -> Everywhere:
        """The diagnostics of files that are not open."""
        if self._everywhere is None:
            from .everywhere import Everywhere

            self._everywhere = Everywhere(self)
        return self._everywhere

    def moved(self, closed: str = "") -> None:
        """What files that are not open mean may have changed, or of one, which is not open any more, is to be said."""
        if self.client.everywhere:
            self.everywhere.changed(closed)

    @property
    def orders(self) -> Orders:
        """What the client's user orders by name."""
        if self._orders is None:
            from .orders import Orders

            self._orders = Orders(self)
        return self._orders

    @property
    def loaded(self) -> bool:
        """Whether anything was analysed yet."""
        return self._surroundings is not None

    @property
    def documents(self) -> dict[str, Open]:
        """The open documents by uri."""
        return self.telling.documents

    def _did_open(self, params: Any) -> None:
        self.telling.open(params["textDocument"])

    def _did_change(self, params: Any) -> None:
        self.telling.change(params["textDocument"], params["contentChanges"])

    def _did_close(self, params: Any) -> None:
        self.telling.close(params["textDocument"]["uri"])

    def _did_save(self, params: Any) -> None:
        uri = params["textDocument"]["uri"]
        self.telling.save(uri)
        if uri in self.documents and self.surroundings.settings(uri).scan_on_save:
            self.orders.saved(uri)

    # ------------------------------------------------------------ what is around them

    def _configured(self, params: Any) -> None:
        if self.client.configuration:
            self.ask_settings()
        elif self.give(params["settings"]):
            self.reload()

    def _watched(self, params: Any) -> None:
        from .projects import is_source

        if all(is_source(change["uri"]) for change in params["changes"]):
            self.telling.moved()
        else:
            self.reload()

    def _folders(self, params: Any) -> None:
        event = params["event"]
        self.move([folder["uri"] for folder in event["added"]], [folder["uri"] for folder in event["removed"]])

    @property
    def patience(self) -> float | None:
        """How long to wait for a message before `pause`; ``None`` where nothing is to be done then."""
        return self.telling.patience

    def pause(self) -> None:
        while self._posted:
            self._posted.pop(0)()
        self.telling.pause()

    def push(self) -> None:
        self.telling.push()

    def reload(self) -> None:
        self.telling.reload()

    def give(self, table: object, folder: str = "") -> bool:
        """Settings from the editor."""
        return self.surroundings.give(table, folder)

    def move(self, added: list[str], removed: list[str]) -> None:
        """Workspace folders come and go."""
        gone = set(folders_of(removed))
        folders = [folder for folder in self.surroundings.folders if folder not in gone]
        folders += [folder for folder in folders_of(added) if folder not in folders]
        self.client = self.client._replace(folders=tuple(folders))
        self.surroundings.move(self.client.folders)
        self.reload()
        if self.client.configuration:
            self.ask_settings()

    def ask_settings(self) -> None:
        """Ask the client for its settings, for each workspace folder."""
        from mcp_lsp.uri import from_path

        folders = self.client.folders
        items: list[dict[str, str]] = [{"section": "mcp-lsp"}]
        items += [{"scopeUri": from_path(folder), "section": "mcp-lsp"} for folder in folders]

        def answer(result: Any) -> None:
            if isinstance(result, list):
                new = [folder for folder, table in zip(("", *folders), result) if self.give(table, folder)]  # noqa: B905
                if new:
                    self.reload()

        self.request("workspace/configuration", {"items": items}, answer)

    def _register_watchers(self) -> None:
        from .projects import WATCHED

        options = {"watchers": [{"globPattern": pattern} for pattern in WATCHED]}
        registration = {"id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": options}
        self.request("client/registerCapability", {"registrations": [registration]})

    def complain(self) -> None:
        """Say what is wrong with the settings, each thing once."""
        problems, self.surroundings.problems = self.surroundings.problems, []
        for problem in problems:
            if problem not in self._logged:
                self._logged.add(problem)
                self.notify("window/showMessage", {"type": 1, "message": f"mcp-lsp: {problem}"})

    # ------------------------------------------------------------ sending

    @property
    def desk(self) -> Desk:
        """Loads pygls, when first asked for."""
        if self._desk is None:
            from .desk import Desk

            assert self._params is not None
            self._desk = Desk(self, self.output, self._params)
        return self._desk

    def request(self, method: str, params: Any, answer: Answer | None = None) -> None:
        self._asked += 1
        id = f"mcp-lsp-{self._asked}"
        if answer is not None:
            self._waiting[id] = answer
        message = {"jsonrpc": "2.0", "id": id, "method": method}
        self._send(message if params is None else {**message, "params": params})

    def notify(self, method: str, params: Any) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def log(self, text: str) -> None:
        """A line in the client's log, each text once."""
        if text not in self._logged:
            if len(self._logged) > 1000:
                self._logged.clear()
            self._logged.add(text)
            self.notify("window/logMessage", {"type": 2, "message": text})

    def fail(self, message: Mapping[str, Any], code: int, text: str) -> None:
        """A message could not be worked on: a request is answered, a notification logged."""
        if message.get("id") is not None:
            self.error(message["id"], code, text)
        else:
            self.log(text)

    def result(self, id: Any, result: Any) -> None:
        self._send({"jsonrpc": "2.0", "id": id, "result": result})

    def error(self, id: Any, code: int, text: str) -> None:
        self._send({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": text}})

    def _failed(self, id: Any, code: int, text: str, error: Exception) -> None:
        if id is not None:
            self.error(id, code, text)
        self.log(text)

    def _send(self, message: dict[str, Any]) -> None:
        self.output.body(json.dumps(message, separators=(",", ":")).encode())


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
