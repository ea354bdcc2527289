"""What the client's user orders by name (`workspace/executeCommand`): work on many files, done aside, with progress.

Each can be stopped, by cancelling the request or its progress: the process that does the work is ended then, so that
nothing of it goes on.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from mcp_lsp.uri import to_path
from mcp_lsp_analyzers import registry

from .calls import Calls
from .errands import CANCELLED, FAILED, GRACE, HOME, Errand, aside
from .progress import Progress
from .starts import Starts
from .tree import servers

if TYPE_CHECKING:
    from .session import Session

JSON = dict[str, Any]
_INTERRUPTED = 130
"""The exit status of a scan that was stopped, and says what it found until then."""


class Orders:
    """One order at a time is the user's business; several at once do not disturb each other."""

    def __init__(self, session: Session) -> None:
        self._session = session
        starts = Starts(session, lambda: Order(session))
        self.saved, self._standing = starts.saved, starts.standing
        calls = Calls(session, starts.started)
        self._known: dict[str, Callable[[Order, JSON], None]] = {
            "mcp-lsp.fixEverywhere": self._fix_everywhere,
            "mcp-lsp.check": self._check,
            "mcp-lsp.servers": self._servers,
            "mcp-lsp.report": self._report,
            "mcp-lsp.scan": starts.scan,
            "mcp-lsp.tool": calls.form,
            "mcp-lsp.call": calls.call,
            "mcp-lsp.status": self._status,
        }

    def execute(self, id: Any, params: Mapping[str, Any]) -> None:
        """Answer `workspace/executeCommand` when the work is done. The argument of all commands is one object."""
        name, arguments = params["command"], params.get("arguments") or [{}]
        known = self._known.get(name)
        if known is None:
            self._session.error(id, -32602, f"no command {name}")
            return
        given = arguments[0] if isinstance(arguments[0], Mapping) else {}
        known(Order(self._session, id, params.get("workDoneToken")), dict(given))

    # ------------------------------------------------------------ without starting anything

    def _fix_everywhere(self, order: Order, given: JSON) -> None:
        """Make all safe fixes of one ``rule`` (of all, where it is "") in all files, open or not."""
        from .actions import fixed
        from .convert import edits

        session, rule = self._session, str(given.get("rule", ""))
        found: dict[str, tuple[int | None, list[JSON]]] = {}
        before = {}
        for opened in session.documents.values():
            before[opened.uri] = opened.document.version
            changes = fixed(opened, rule)
            if changes:
                found[opened.uri] = (opened.document.version, edits(opened.document, changes, opened.encoding))

        def heard(said: JSON) -> None:
            if said.get("edits"):
                found[said["uri"]] = (None, said["edits"])

        def done() -> None:
            if {opened.uri: opened.document.version for opened in session.documents.values()} != before:
                order.fail("the text was changed meanwhile; try again")
                return
            count = len(found)
            if not found or not session.client.applies:
                order.finish({"files": count, "applied": False}, "nothing is left that can be fixed safely")
                return
            edit: JSON = {
                "documentChanges": [
                    {"textDocument": {"uri": uri, "version": version}, "edits": changes}
                    for uri, (version, changes) in found.items()
                ]
            }
            if not session.client.versioned:
                edit = {"changes": {uri: changes for uri, (_, changes) in found.items()}}
            label = f"Fix all {rule}" if rule else "Fix all that is safe to fix"
            session.request(
                "workspace/applyEdit",
                {"label": label, "edit": edit},
                lambda answer: order.finish(
                    {"files": count, "applied": bool(answer and answer.get("applied"))}, f"{count} files"
                ),
            )

        order.follow(f"Fixing {rule}" if rule else "Fixing", "fixes", heard, done, rule=rule)

    def _check(self, order: Order, given: JSON) -> None:
        """Count what is found in all files of the workspace, open or not."""
        counts: dict[str, int] = {}
        files = 0

        def count(items: list[JSON]) -> None:
            for item in items:
                counts[str(item["code"])] = counts.get(str(item["code"]), 0) + 1

        def heard(said: JSON) -> None:
            nonlocal files
            if "items" in said:
                files += 1
                count(said["items"])

        def done() -> None:
            for opened in self._session.documents.values():
                opened.report()
                count(json.loads(b"[" + b",".join(opened.items) + b"]"))
            everything = files + len(self._session.documents)
            found = sum(counts.values())
            order.finish({"files": everything, "found": counts}, f"{found} findings in {everything} files")

        order.follow("Checking the workspace", "diagnostics", heard, done)

    def _servers(self, order: Order, given: JSON) -> None:
        """The servers of all files, with what they offer (see `tree.servers`); of open documents as they are now."""
        found: list[JSON] = []

        def add(uri: str, some: list[JSON]) -> None:
            found.extend({"uri": uri, **each} for each in some if each["items"])

        for opened in self._session.documents.values():
            add(opened.uri, servers(opened))
        order.follow(
            "", "servers", lambda said: add(said["uri"], said["servers"]) if "servers" in said else None,
            lambda: order.finish(sorted(found, key=lambda each: (each["uri"], each["range"]["start"]["line"]))),
        )  # fmt: skip

    def _status(self, order: Order, given: JSON) -> None:
        """How things stand with a document: ``rules`` that judge it, ``findings``, ``servers`` and their ``tools``, the
        ``milliseconds`` that the last edit took, and the ``scan`` of its folder's server (``state``, ``at``,
        ``findings``, see `starts.Standing`; ``None``: nothing was scanned)."""
        opened = self._session.documents.get(str(given.get("uri", "")))
        analysis = None if opened is None else opened.analysis
        if opened is None or analysis is None:
            order.finish(None)
            return
        settings = self._session.surroundings.settings(opened.uri)
        scan = self._standing(to_path(opened.uri) or "")
        order.finish(
            {
                "rules": len(settings.rules_for(opened.uri, registry.rules())),
                "findings": len(analysis.diagnostics),
                "servers": len(analysis.servers),
                "tools": sum(len(server.tools) for server in analysis.servers),
                "milliseconds": round(self._session.telling.took * 1000, 1),
                "scan": None if scan is None else scan._asdict(),
            }
        )

    def _report(self, order: Order, given: JSON) -> None:
        """The report of `mcp-lsp check` on the workspace as it stands on disk, as one page of HTML."""
        folders = self._session.surroundings.folders
        if not folders:
            order.fail("no folder is open")
            return
        command = ["check", "--output-format", "html", "--exit-zero", *folders]
        order.run("Writing the report", command, folders[0], lambda said: order.finish({"html": said}))


class Order:
    """One request to do something, until it is answered; without ``id`` nobody asked, and nobody is answered."""

    def __init__(self, session: Session, id: Any = None, token: Any = None) -> None:
        self._session, self._id, self._token = session, id, token
        self._errand: Errand | None = None
        self._progress: Progress | None = None
        self._partial = False
        self.over = self.stopped = False
        self.ended: Callable[[str], None] = lambda _: None  # told the last word on it, when it is over
        if id is not None:
            session.held[id] = self.cancel

    def follow(self, title: str, do: str, heard: Callable[[JSON], None], done: Callable[[], None], **more: Any) -> None:
        """Have something done to all files, see `aside`."""
        self._begin(title)
        far = None if self._progress is None else self._progress.report
        self._errand = aside(self._session, do, heard, lambda wrong: self.fail(wrong) if wrong else done(), far, **more)

    def run(
        self,
        title: str,
        words: list[str],
        folder: str,
        done: Callable[[str], None],
        failed: Callable[[int, str], None] | None = None,
        fine: tuple[int, ...] = (0,),
        partial: bool = False,
    ) -> None:
        """Run a command of `mcp-lsp` in a folder; ``done`` gets all it wrote, where its status is a ``fine`` one,
        ``failed`` the status and what it said was wrong. ``partial``: what it says where it is stopped is worth having;
        ``done`` gets that too, though perhaps after the order was answered."""
        self._begin(title)
        self._partial = partial and os.name == "posix"  # elsewhere nobody can ask it to come to an end
        written: list[str] = []
        main = f"import sys; sys.path.insert(0, {HOME!r}); from mcp_lsp.cli import main; sys.exit(main())"
        safe = ["-P"] if sys.version_info >= (3, 11) else ["-I"]
        command = [sys.executable, *safe, "-c", main, *words]

        def over(status: int, said: str) -> None:
            if self.stopped and (status not in (*fine, _INTERRUPTED) or not written):
                self._give_up()
            elif self.stopped or status in fine:
                done("".join(written))
            elif failed is not None:
                failed(status, said)
            else:
                self.fail(said or f"exit status {status}")

        told = None if self._progress is None else self._progress.say
        try:
            self._errand = Errand(self._session, command, "", written.append, over, folder, told)
        except OSError as error:  # the folder is gone, say
            self.fail(f"{error.filename or folder}: {error.strerror}")

    def finish(self, result: Any, message: str = "") -> None:
        if not self.over:
            self._end(message)
            if self._id is not None:
                self._session.result(self._id, result)

    def fail(self, why: str) -> None:
        self._refuse(FAILED, why)

    def cancel(self) -> None:
        """The client does not want it any more. What was found so far, it may still get, if that is there at once."""
        first, self.stopped = not self.stopped, True
        if self._partial and first and self._errand is not None:
            self._errand.hurry()
            late = threading.Timer(GRACE, lambda: self._session.post(self._give_up))
            late.daemon = True
            late.start()
            return
        if self._errand is not None:
            self._errand.stop()
        self._give_up()

    def drop(self) -> None:
        """It is of no use any more, whatever was found."""
        self._partial = False
        self.cancel()

    # ------------------------------------------------------------ how

    def _give_up(self) -> None:
        self._refuse(CANCELLED, "cancelled")

    def _refuse(self, code: int, why: str) -> None:
        if not self.over:
            self._end(why)
            if self._id is not None:
                self._session.error(self._id, code, why)

    def _begin(self, title: str) -> None:
        if title and self._progress is None:
            self._progress = Progress(self._session, title, self._token, self.cancel)

    def _end(self, message: str) -> None:
        self.over = True
        self._session.held.pop(self._id, None)
        if self._progress is not None:
            self._progress.end(message)
        self.ended(message)
