"""Diagnostics of files that are not open, for clients that wish for them (``diagnosticMode``: "workspace").

A request is answered when there is something to be said: VS Code asks again two seconds after each answer, for ever, so
one that would only say "as before" is kept until something changes. Files are looked at aside.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mcp_lsp.uri import normal, to_path

from .errands import CANCELLED, Errand, aside
from .progress import Late

if TYPE_CHECKING:
    from .session import Session

JSON = dict[str, Any]
PART = 20
"""Files told at once, where the client takes an answer in parts."""


class Everywhere:
    """What was last found in each file that is not open, by normal uri."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, tuple[str, list[JSON]]] = {}  # by uri: result id, diagnostics
        self._stale = True  # everything is to be looked at again
        self._closed: set[str] = set()  # paths of files that are to be looked at again, if not everything is
        self._looking: Errand | None = None
        self._shown: Late | None = None  # how far that is
        self._asked: Any = None  # id of the request that waits for something to be said
        self._has: dict[str, str] = {}  # what its client has already, by uri
        self._token: Any = None
        self._part: list[str] = []
        self._told: set[str] = set()

    def pulled(self, id: Any, params: Mapping[str, Any]) -> None:
        """Answer `workspace/diagnostic`, now or later."""
        if self._asked is not None:
            self._answer()
        previous = params.get("previousResultIds") or ()
        self._asked, self._token = id, params.get("partialResultToken")
        self._has = {normal(one["uri"]): str(one["value"]) for one in previous}
        self._part, self._told = [], set()
        self._session.held[id] = self._cancelled
        if not self._session.client.everywhere:
            self._answer()
        elif self._stale or self._closed or self._looking is not None:
            self.look()
        elif self._news():
            self._part = self._news()
            self._answer()

    def changed(self, closed: str = "") -> None:
        """Something on disk is not what it was; or only that a document was ``closed``, which was not looked at while
        it was open."""
        path, uri = (to_path(closed), normal(closed)) if closed else (None, "")
        if closed and not self._session.client.pulls:
            self._known.pop(uri, None)  # it was told of none when the document was closed
        if not closed:
            self._stale = True
        elif path is not None and os.path.isfile(path):
            self._closed.add(path)
        elif uri in self._known:  # closed because the file is gone
            self._found(uri, [])
            self._answer_news()
        if self._session.client.everywhere and (self._asked is not None or not self._session.client.pulls):
            self.look()

    def look(self) -> None:
        """Look at all files again, aside, or only at those that were closed."""
        if self._looking is not None and not self._stale:
            return
        if self._looking is not None:
            self._looking.stop()
        if self._shown is not None:
            self._shown.end()
        only = None if self._stale else tuple(self._closed)
        self._stale = False
        self._closed.clear()
        seen: set[str] = set()

        def heard(said: JSON) -> None:
            uri = said.get("uri")
            if uri is None or normal(uri) in self._open():
                return
            seen.add(uri)
            items = said.get("items", [])
            if items or uri in self._known:
                self._found(uri, items)

        def done(wrong: str) -> None:
            self._looking = None
            shown.end()
            if wrong:
                self._session.log(f"the workspace could not be looked at: {wrong}")
            elif only is None:
                for uri in [uri for uri in self._known if uri not in seen and normal(uri) not in self._open()]:
                    self._found(uri, [])
            self._answer_news()
            if self._closed:
                self.look()

        shown = self._shown = Late(self._session, "Looking at the workspace")
        self._looking = aside(self._session, "diagnostics", heard, done, shown.report, only=only)

    # ------------------------------------------------------------ how

    def _open(self) -> set[str]:
        return {normal(uri) for uri in self._session.documents}

    def _found(self, uri: str, items: list[JSON]) -> None:
        digest = hashlib.blake2b(json.dumps(items, sort_keys=True).encode("utf-8", "surrogatepass"), digest_size=8)
        result = digest.hexdigest()
        before = self._known.get(uri)
        if before is not None and before[0] == result:
            return
        self._known[uri] = (result, items)
        if not self._session.client.pulls:
            self._session.notify("textDocument/publishDiagnostics", {"uri": uri, "diagnostics": items})
        elif self._asked is not None and self._token is not None and self._has.get(uri) != result:
            self._part.append(uri)
            if len(self._part) >= PART:
                self._session.notify("$/progress", {"token": self._token, "value": {"items": self._reports()}})

    def _news(self) -> list[str]:
        """The files of which the waiting client has something else, or has nothing though there is something."""
        opened = self._open()
        return [
            uri
            for uri, (result, items) in self._known.items()
            if uri not in opened and self._has.get(uri) != result and (items or uri in self._has or uri in self._told)
        ]

    def _answer_news(self) -> None:
        """Answer the request that waits, where there is something to be said now."""
        if self._asked is not None and self._news():
            self._part = [uri for uri in self._news() if uri not in self._told]
            self._answer()

    def _reports(self) -> list[JSON]:
        self._told.update(self._part)
        part, self._part = self._part, []
        return [
            {"kind": "full", "uri": uri, "version": None, "resultId": self._known[uri][0], "items": self._known[uri][1]}
            for uri in part
        ]

    def _answer(self) -> None:
        id, self._asked = self._asked, None
        self._session.held.pop(id, None)
        self._session.result(id, {"items": self._reports()})

    def _cancelled(self) -> None:
        id, self._asked = self._asked, None
        self._session.held.pop(id, None)
        self._session.error(id, CANCELLED, "cancelled")
