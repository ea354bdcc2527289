"""The author's server started, after a yes to exactly what is shown: scanned when that is ordered, or on save.

A scan that is stopped still says what it found until then: its findings are shown, as those of a scan that was stopped.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from mcp_lsp import scratch
from mcp_lsp.uri import to_path
from mcp_lsp_analyzers.record import NamedTuple

if TYPE_CHECKING:
    from .orders import Order
    from .session import Session

JSON = dict[str, Any]
YES, ALWAYS, NO = "Start it", "Start it, and do not ask again", "Cancel"
_TWICE = "it was ordered a moment ago, and is not over yet"


class Standing(NamedTuple):
    """How things stand with the scan of a folder's server. ``state``: "running", "done", "stopped" (it may have found
    something until then) or "failed" (it could not be asked); ``at``: since when, on the wall clock."""

    state: str
    at: str
    findings: int = 0


class Starts:
    """``order``: makes one that nobody asked for."""

    def __init__(self, session: Session, order: Callable[[], Order]) -> None:
        self._session, self._order = session, order
        # What may be started without another question, and what may not on save; until the session ends.
        self._agreed: set[str] = set()
        self._refused: set[str] = set()
        self._last: dict[str, str] = {}  # by workspace folder, the file that was scanned last
        self._standing: dict[str, Standing] = {}  # by workspace folder
        self._ordered: set[tuple[str, ...]] = set()  # what is asked about or runs because somebody ordered it
        self._saving: Order | None = None
        self._asking = False  # whether a question about a save waits for its answer: one is enough

    def scan(self, order: Order, given: JSON) -> None:
        """Start the server of a file, ask it everything, and judge that with its source. What only the running server
        showed becomes diagnostics (`scanned`). ``html``: answer with the whole report as a page."""
        self._scan(order, given, on_save=False)

    def saved(self, uri: str) -> None:
        """A file was saved: scan its server, else the one of its folder that was scanned last, where settings say so.
        One that is still running is stopped: what it was asked about is not there any more."""
        session = self._session
        path = to_path(uri) or ""
        opened = session.documents.get(uri)
        if not session.client.trusted or opened is None or not session.surroundings.settings(uri).scan_on_save:
            return
        folder = session.surroundings.folder(path) or os.path.dirname(path)
        serves = opened.analysis is not None and opened.analysis.servers
        target = uri if serves else self._last.get(folder)
        if target is None or self._asking:
            return
        if self._saving is not None and not self._saving.over:
            self._saving.drop()
        self._saving = self._order()
        self._scan(self._saving, {"uri": target}, on_save=True)

    def _scan(self, order: Order, given: JSON, on_save: bool) -> None:
        from . import scanned

        session = self._session
        path = to_path(str(given.get("uri", ""))) or ""
        if not on_save and ("scan", path) in self._ordered:
            order.fail(_TWICE)
            return
        folder = session.surroundings.folder(path) or os.path.dirname(path)
        kept = scratch.folder("scan") if given.get("html") else ""
        page = os.path.join(kept, "scan.html") if kept else ""
        saves = dict(session.telling.saves)

        def ended(_: str) -> None:
            if kept and not order.stopped:
                shutil.rmtree(kept, ignore_errors=True)
            if (now := self.standing(path)) is not None and now.state == "running":
                self._stands(folder, "stopped" if order.stopped else "failed")

        def done(said: str) -> None:
            report = json.loads(said)
            reached = any(one["reached"] for one in report.get("live") or ())
            state = "stopped" if order.stopped else "done" if reached else "failed"
            self._stands(folder, state, len(report.get("diagnostics", [])))
            scans = scanned.by_file(report, folder, scanned.now() + (", stopped" if order.stopped else ""))
            # Where a file was saved since the scan began, its places are those of a text that is gone.
            anew = {uri for uri, times in session.telling.saves.items() if saves.get(uri) != times and uri in scans}
            late = scanned.stale(scans, session.documents.values()) + len(anew)
            session.telling.scanned(folder, {uri: scan for uri, scan in scans.items() if uri not in anew})
            self._last[folder] = str(given["uri"])
            more = f"; {late} files were changed since they were scanned, and show none" if late else ""
            early = " before it was stopped" if order.stopped else ""
            message = f"{len(report.get('diagnostics', []))} findings{early}{more}"
            if not kept:
                order.finish(report, message)
                return
            with open(page, encoding="utf-8") as written:
                html = written.read()
            shutil.rmtree(kept, ignore_errors=True)
            order.finish({"html": html}, message)

        more = [
            "--output-format",
            "json",
            "--exit-zero",
            "--tell-progress",
            *([f"--report=html={page}"] if page else []),
        ]
        order.ended = ended
        self.started(order, given, ["scan"], [], more, done, on_save)

    def standing(self, path: str) -> Standing | None:
        """How the scan stands of the server of a file's folder; ``None`` where there was none."""
        return self._standing.get(self._session.surroundings.folder(path) or os.path.dirname(path))

    def _stands(self, folder: str, state: str, findings: int = 0) -> None:
        from . import scanned

        self._standing[folder] = Standing(state, scanned.now(), findings)
        if self._session.client.follows:
            self._session.notify("mcp-lsp/status", None)

    def started(
        self,
        order: Order,
        given: JSON,
        verb: list[str],
        words: list[str],
        more: list[str],
        done: Callable[[str], None],
        on_save: bool = False,
    ) -> None:
        """Say what would be started, and start it once the user agreed to exactly that. ``on_save``: nobody
        ordered it, and a no counts for all later saves."""
        path = to_path(str(given.get("uri", "")))
        if not self._session.client.trusted:
            order.fail("nothing of a workspace that is not trusted is started")
            return
        if not path or not os.path.isfile(path):
            order.fail("the file is not on disk")
            return
        folder = self._session.surroundings.folder(path) or os.path.dirname(path)
        command = [*verb, path, *words]
        if not on_save and not self._first(order, tuple(command)):
            order.fail(_TWICE)
            return

        def told(_: int, wrong: str) -> None:
            lines = [line.removeprefix("mcp-lsp: ").strip() for line in wrong.split("\n")]
            if not lines[0].startswith("this would "):
                order.fail(lines[0])
                return
            what = "\n".join(line for line in lines if not line.startswith("add "))

            def answer(chosen: Any) -> None:
                self._asking = self._asking and not on_save
                said = chosen.get("title") if isinstance(chosen, Mapping) else None
                if said not in (YES, ALWAYS):
                    if on_save:
                        self._refused.add(what)
                    order.fail("not started")
                if order.over:  # perhaps cancelled while the question was there
                    return
                if said == ALWAYS:
                    self._agreed.add(what)
                scans = verb == ["scan"]
                if scans:
                    self._stands(folder, "running")
                title = f"{verb[0].capitalize()}ning" if scans else f"Calling {words[0]}"
                agreed = [*command, *more, "--live", "--i-understand"]
                # A tool that says it failed has answered; a server that could not be asked is a report as well.
                order.run(title, agreed, folder, done, fine=(0, 3) if scans else (0, 1), partial=scans)

            if what in self._agreed:
                answer({"title": YES})
            elif on_save and what in self._refused:
                order.fail("not started")
            else:
                actions = [{"title": title} for title in (YES, ALWAYS, NO)]
                said = f"{what}\nafter each save (the setting scan-on-save)" if on_save else what
                self._asking = self._asking or on_save
                asked = {"type": 2, "message": f"mcp-lsp: {said}", "actions": actions}
                self._session.request("window/showMessageRequest", asked, answer)

        order.run("", command, folder, lambda said: order.fail("nobody was asked"), told)

    def _first(self, order: Order, what: tuple[str, ...]) -> bool:
        """Whether nobody else has ordered the same who still waits for it: a second click is no second wish."""
        if what in self._ordered:
            return False
        self._ordered.add(what)
        ended = order.ended

        def over(message: str) -> None:
            self._ordered.discard(what)
            ended(message)

        order.ended = over
        return True
