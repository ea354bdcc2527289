"""What the client knows of the diagnostics: told when they change, and looked at again when something else did.

An edit is judged at once, in its own document. What it means for other files, and what the disk, the settings or an
opened buffer mean for everybody, is looked at when nothing came for a while.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mcp_lsp.uri import below, normal, to_path

from .catching import Catching
from .ready import Ready

if TYPE_CHECKING:
    from .documents import Open
    from .scanned import Scan
    from .session import Session

PAUSE = 0.12
"""Seconds without an edit after which a file that is half-typed is looked at as a whole."""
HESITATION = 0.8
"""Seconds without an edit after which it is said what a half-written declaration lacks: between two words one pauses
for less, and Helix, which is told nothing unasked, asks for the last time a second after an edit."""
LOOK = 2.0
"""Seconds after which the disk is looked at again for changed settings: Neovim on Linux never tells of them."""


class Telling:
    """The open documents and what is to be done about them. ``documents``: by uri, as the client writes it."""

    def __init__(self, session: Session) -> None:
        self.documents: dict[str, Open] = {}
        self._session = session
        self._dirty: dict[str, None] = {}  # documents whose diagnostics are to be pushed
        self._edited: dict[str, None] = {}  # documents edited since the last pause
        self._settled: dict[str, Open] = {}  # what a pause that was interrupted has changed
        # Files that say something else than they did, for those that use them; whether they are other files altogether.
        self._stirred: dict[str, bool] = {}
        self._looked = self._touched = 0.0
        self._ready = Ready()
        self._catching = Catching(session)
        self.took = 0.0  # seconds, for judging the last edit
        self._unsettled = False  # what is in memory since a document came or went is not yet settled
        self._scans: dict[str, Scan] = {}  # what the last scan of each folder found, by normal uri
        self.saves: dict[str, int] = {}  # how often a document was saved, by normal uri

    # ------------------------------------------------------------ what happens to documents

    def open(self, item: Any) -> None:
        from .documents import OPENING, Open, opened

        session, document = self._session, opened(item)
        if session.surroundings.stale():
            self.reload()
        index = session.surroundings.index(document.uri)
        before = None if index is None else index.document(document.uri)
        self.documents[document.uri] = Open(
            document, session.surroundings, session.client, session.log, str(item.get("languageId") or ""), OPENING
        )
        if self._scans:
            from .scanned import attach

            attach(self.documents[document.uri], self._scans)
        session.complain()
        self._unsettled = True
        if self.documents[document.uri].late:
            self._edited[document.uri] = None  # the rest comes in pauses
        if before is None or before.text != document.text:
            self._stir(document.uri, anew=True)
        self._push(document.uri)

    def change(self, item: Any, content: Any) -> None:
        document = self.documents.get(item["uri"])
        if document is None:
            self._session.log(f"a change of {item['uri']}, which is not open")
            return
        began = self._session.clock()
        try:
            document.change(content, item.get("version"))
        finally:  # changes before one that made no sense were made
            self.took = self._session.clock() - began
            self._edited[document.uri] = None
            self._stir(document.uri)
            self._push(document.uri)

    def close(self, uri: str) -> None:
        if self.documents.pop(uri, None) is None:
            return
        self._edited.pop(uri, None)
        self._settled.pop(uri, None)
        self._dirty.pop(uri, None)
        index = self._session.surroundings.index(uri)
        if index is not None:
            index.closed(uri)
        self._unsettled = True
        self._stir(uri, anew=True)
        if not self._session.client.pulls:
            self._session.notify("textDocument/publishDiagnostics", {"uri": uri, "diagnostics": []})
        self._session.moved(closed=uri)

    def save(self, uri: str) -> None:
        self.saves[normal(uri)] = self.saves.get(normal(uri), 0) + 1
        if self._session.surroundings.stale():
            self.reload()
        elif self._session.surroundings.read(uri):
            self.moved()
        document = self.documents.get(uri)
        if document is not None and (document.hesitated() | document.settle()):
            self._changed([document])
        self._session.moved()

    def scanned(self, folder: str, scans: dict[str, Scan]) -> None:
        """Show what a scan found instead of what the one before did in the same workspace folder."""
        from .scanned import attach

        here = [document for document in self.documents.values() if below(to_path(document.uri) or "", folder)]
        others = {uri: scan for uri, scan in self._scans.items() if not below(to_path(uri) or "", folder)}
        self._scans = {**others, **scans}
        self._changed([document for document in here if attach(document, self._scans)])

    def _stir(self, uri: str, anew: bool = False) -> None:
        uri = normal(uri)
        self._stirred[uri] = anew or self._stirred.get(uri, False)
        self._touched = self._session.clock()

    # ------------------------------------------------------------ diagnostics

    def diagnostic(self, id: Any, params: Any) -> None:
        """Answer `textDocument/diagnostic`."""
        output = self._session.output
        if self._session.clock() - self._looked > LOOK:
            self.look()
        document = self.documents.get(params["textDocument"]["uri"])
        if document is not None and document.held and self._hesitates:
            document.hesitated()
        items, result = b"", ""
        if document is not None:
            document.report()
            document.told = True
            result = document.result
            if params.get("previousResultId") == result:
                output.body(
                    b'{"jsonrpc":"2.0","id":%b,"result":{"kind":"unchanged","resultId":"%b"}}'
                    % (json.dumps(id).encode(), result.encode())
                )
                return
            items = b",".join(document.items)
        known = f',"resultId":"{result}"' if result else ""
        head = f'{{"jsonrpc":"2.0","id":{json.dumps(id)},"result":{{"kind":"full"{known},"items":['
        output.body(head.encode(), items, b"]}}")

    def _push(self, uri: str) -> None:
        if not self._session.client.pulls:
            self._dirty[uri] = None

    def push(self) -> None:
        """Send the diagnostics of what was edited; called when no further message waits."""
        for uri in self._dirty:
            document = self.documents.get(uri)
            if document is not None and (document.report() or not document.told):
                document.told = True
                version = document.document.version if self._session.client.versions else None
                known = "" if version is None else f',"version":{version}'
                head = (
                    f'{{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{{"uri":{json.dumps(uri)}'
                )
                self._session.output.body(f'{head}{known},"diagnostics":['.encode(), b",".join(document.items), b"]}}")
        self._dirty.clear()

    def _changed(self, documents: Iterable[Open]) -> None:
        """Diagnostics may be others though the client did not change the text: have them asked for again."""
        documents = list(documents)
        self._edited.update({document.uri: None for document in documents if document.late})
        if not self._session.client.pulls:
            for document in documents:
                self._push(document.uri)
            return
        different = [document for document in documents if document.report()]
        if different and self._session.client.refreshes:
            self._session.request("workspace/diagnostic/refresh", None)

    # ------------------------------------------------------------ pauses

    @property
    def patience(self) -> float | None:
        """How long to wait for a message before `pause`; ``None`` where nothing is to be done then."""
        if self._edited or self._stirred:
            return max(0.0, self._touched + PAUSE - self._session.clock())
        if self._early:
            return 0.0
        if self._unready:
            return PAUSE
        if self._held:
            return max(0.0, self._touched + HESITATION - self._session.clock())
        return LOOK if self.documents and not self._session.client.watches else None

    def pause(self) -> None:
        """Nothing came for a while: look at what was edited as a whole, and at what it means for other files."""
        from .memory import collect, settle_down

        if not self._edited and not self._stirred:
            if part := self._early or self._unready:
                self._ready.load(part, self._session)
                return
            if held := self._held:
                self._changed([document for document in held if document.hesitated()])
                return
            self.look()
            if not self._session.client.watches:
                self.moved()
            return
        edited = [document for uri in self._edited if (document := self.documents.get(uri))]
        self._edited.clear()
        waiting = self._session.waiting
        self._settled.update({document.uri: document for document in edited if document.settle(waiting)})
        late = [document for document in edited if document.late]
        self._catching.look(late)
        if late:
            self._edited.update({document.uri: None for document in late})  # at once, unless a message has come
            return
        changed = [each for uri, each in self._settled.items() if self.documents.get(uri) is each]
        self._settled.clear()
        stirred, self._stirred = self._stirred, {}
        others = [document for document in self.documents.values() if document.follow(stirred, waiting)]
        self._changed({each.uri: each for each in (*changed, *others)}.values())
        self.look()
        if self._unsettled:
            self._unsettled = False
            settle_down()  # not before the first diagnostics are out: it looks at everything that is loaded
        else:
            collect()

    @property
    def _held(self) -> list[Open]:
        """Documents of which not all is said, because somebody types there."""
        return [document for document in self.documents.values() if document.held]

    @property
    def _hesitates(self) -> bool:
        return self._session.clock() - self._touched >= HESITATION

    @property
    def _early(self) -> str:
        """What is still to be loaded for a first document, until there is one."""
        return "" if self.documents else self._ready.early(self._session.client.folders[:1])

    @property
    def _unready(self) -> str:
        """What is still to be loaded for a first hover, once the first diagnostics are out."""
        return self._ready.next(each.document.language or "" for each in self.documents.values())

    def look(self) -> None:
        """Whether settings or manifests changed on disk."""
        self._looked = self._session.clock()
        if not self._session.loaded:
            return
        if self._session.surroundings.stale():
            self.reload()

    def moved(self) -> None:
        """Files that are not open may have changed on disk: judge again what uses them."""
        from .documents import OPENING

        roots = self._session.surroundings.refresh()
        others = [document for document in self.documents.values() if document.root in roots]
        for document in others:
            document.analyse(OPENING)
        self._changed(others)
        self._session.moved()

    def reload(self) -> None:
        """Read settings and manifests again and judge everything open by them."""
        from .documents import OPENING

        self._session.surroundings.forget()
        for document in self.documents.values():
            document.analyse(OPENING)
        self._session.complain()
        self._changed(self.documents.values())
        for what in self._session.client.shown_anew:  # another SDK lists other things
            self._session.request(f"workspace/{what}/refresh", None)
        self._session.moved()
