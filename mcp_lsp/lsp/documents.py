"""The open documents: each with its analysis and with what the client was last told about it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mcp_lsp import syntax
from mcp_lsp.check import Analysis
from mcp_lsp.syntax import Document
from mcp_lsp.uri import normal

from . import convert, fragments
from .client import Client
from .projects import Surroundings

if TYPE_CHECKING:
    from mcp_lsp.assist.definitions import Definitions

    from .scanned import Scanned

SMALL = 400
"""Lines up to which the whole file is looked at with every keystroke: it takes about as long as the rest."""
ALLOWANCE = 0.002
"""Seconds that a keystroke may spend on the data flow of handlers; what takes longer waits for a pause."""
SLICE = 0.03
"""Seconds that a pause works on what is late before it looks whether somebody types again."""

OPENING = 1.5
"""Seconds of the processor's that opening a file may spend on the data flow of handlers before there is a first answer:
enough for ten thousand lines of tools, whose first answer is whole then; some handlers lead through a hundred other
files, which are read for it."""

_SESSION = os.getpid()  # result ids of an earlier server must not look like ours
Log = Callable[[str], None]


class Open:
    """One open document. ``analysis`` is ``None`` for what is not analysed, and after a failure of ours."""

    def __init__(
        self,
        document: Document,
        surroundings: Surroundings,
        client: Client,
        log: Log,
        language_id: str = "",
        allowance: float | None = None,
    ) -> None:
        self.language_id = language_id
        self.document = document
        self.analysis: Analysis | None = None
        self.result = ""  # id of the last report
        self.items: list[bytes] = []
        self.told = False  # whether the client has ``items``
        self.scanned: Scanned | None = None  # what a scan found in this text, as far as it still stands
        self.rendered: dict[object, Any] = {}
        self._motion = fragments.Motion()
        self._report = fragments.Report()
        self._reports = 0
        self._client = client
        self._log = log
        self._surroundings = surroundings
        self._definitions: Definitions | None = None
        self._style = fragments.Style(client.encoding, client.related, client.links, client.tags, self.elsewhere)
        self.analyse(allowance)

    @property
    def uri(self) -> str:
        return self.document.uri

    @property
    def encoding(self) -> str:
        """In which the client counts characters."""
        return self._client.encoding

    @property
    def links(self) -> bool:
        """Whether the client opens the page of a rule."""
        return self._client.links

    def analyse(self, allowance: float | None = None) -> None:
        """Read and judge everything anew; ``allowance``: see `Analysis`."""
        self.analysis = self._definitions = None
        document, around = self.document, self._surroundings
        if document.language is None:
            return
        settings = around.settings(document.uri)
        if around.excluded(document.uri, settings) or len(document.text) > settings.max_file_size:
            return
        try:
            index = around.index(document.uri)
            known = around.dependencies(document.uri)
            beyond = around.beyond(document.uri, settings)
            root = index.root if index else ""
            self.analysis = Analysis(
                document, known, settings, modules=index, root=root, beyond=beyond, allowance=allowance
            )
        except Exception as error:
            self._failed(error)
        self._published()

    @property
    def definitions(self) -> Definitions | None:
        """What the servers of this text list, for whoever asks: nothing of it is computed before."""
        if self.analysis is None:
            return None
        if self._definitions is None or self._definitions.servers is not self.analysis.servers:
            from mcp_lsp.assist.definitions import Definitions  # loads what predicts; not needed while one types
            from mcp_lsp.predict import Sources

            sources = Sources(self._surroundings.dependencies(self.uri), self._surroundings.index(self.uri))
            self._definitions = Definitions(self.analysis.servers, sources, self.analysis.module, self._definitions)
        return self._definitions

    def settings_file(self) -> tuple[str, str | None]:
        """The settings file that decides about this document, or would, with its text; ``None`` where there is none."""
        return self._surroundings.settings_file(self.uri)

    def again(self) -> Analysis:
        """A second analysis of the same text, to try something out on."""
        around = self._surroundings
        settings, index = around.settings(self.uri), around.index(self.uri)
        return Analysis(
            self.document, around.dependencies(self.uri), settings, modules=index, root=index.root if index else ""
        )

    def change(self, content: Sequence[Mapping[str, Any]], version: int | None) -> None:
        before = self.document
        document, changes = convert.changed(before, content, version, self._client.encoding)
        if self.scanned is not None:
            for change in changes:
                self.scanned.edited(change)
        for change in changes[:1]:
            self._motion.edit(before, change)
        if len(changes) > 1:
            self._motion.restart()
        if self.analysis is None:
            self.document = document
            if document.language is not None:
                self.analyse()  # after a failure of ours the next text may do
            return
        try:
            self.analysis.change(changes, version, ALLOWANCE)
            self.document = self.analysis.document
            if not self.analysis.settled and self.document.lines.count <= SMALL:
                self.analysis.settle(ALLOWANCE)
        except Exception as error:
            self.document = document
            self._failed(error)
            self.analyse()
        self._published()

    @property
    def late(self) -> bool:
        """Whether more is to be looked at in the next pause."""
        return self.analysis is not None and self.analysis.late

    @property
    def held(self) -> bool:
        """Whether something is not said yet because somebody types there."""
        return self.analysis is not None and self.analysis.held

    def hesitated(self) -> bool:
        """Nobody types any more: say what was not said for that. Whether there was something."""
        return self.analysis is not None and self.analysis.hesitated()

    def settle(self, waiting: Callable[[], bool] | None = None) -> bool:
        """Let the whole file decide, and look at what is late until somebody is ``waiting``. Whether anything can have
        changed."""
        if self.analysis is None:
            return False
        try:
            changed = self.analysis.settle(SLICE, catching=True, waiting=waiting)
        except Exception as error:
            self._failed(error)
            self.analyse()
            changed = True
        self._published()
        return changed

    @property
    def root(self) -> str | None:
        """The folder whose other files this one may use."""
        index = self._surroundings.index(self.uri)
        return None if index is None else index.root

    def follow(self, stirred: Mapping[str, bool], waiting: Callable[[], bool] | None = None) -> bool:
        """Look again at what came from other files, where these are among the ``stirred`` (by normal uri; whether they
        are others altogether, and not only edited). Whether they are."""
        index = self._surroundings.index(self.uri)
        if self.analysis is None or index is None:
            return False
        own = normal(self.uri)
        used = {uri for uri in index.used(own) if uri in stirred} - {own}
        if not used:
            return False
        self._definitions = None
        if any(stirred[uri] for uri in used):
            self.analyse(OPENING)
            return True
        try:
            self.analysis.recheck(SLICE, waiting)
        except Exception as error:
            self._failed(error)
            self.analyse()
        return True

    def report(self) -> bool:
        """Write the diagnostics out. Whether they differ from those of before."""
        items: list[bytes] = []
        if self.analysis is not None:
            items = self._report.items(self.analysis, self._style, self._motion, self.document.version)
        if self.scanned is not None:
            items = [*items, *self.scanned.items(self.document, self.encoding)]
        if self.result and items == self.items:
            return False
        self.items = items
        self.told = False
        self._reports += 1
        self.result = f"{_SESSION}.{self._reports}"
        return True

    # ------------------------------------------------------------ how

    def _published(self) -> None:
        """Let the other files of the project see this text, and say what of ours failed."""
        if self.analysis is None:
            return
        index = self._surroundings.index(self.uri)
        if index is not None and self.analysis.module is not None:
            index.opened(self.analysis.document, self.analysis.module)
        for failure in self.analysis.failures:
            self._log(f"{failure.rule} failed on {failure.pointer or self.uri}: {failure.error}")

    def _failed(self, error: Exception) -> None:
        self.analysis = None
        at = error.__traceback__
        while at is not None and at.tb_next is not None:
            at = at.tb_next
        where = f" ({at.tb_frame.f_code.co_filename}:{at.tb_lineno})" if at is not None else ""
        self._log(f"analysing {self.uri} failed: {type(error).__name__}: {error}{where}")

    def elsewhere(self, uri: str) -> Document | None:
        """Another file of the project, as it was last read."""
        index = self._surroundings.index(self.uri)
        return None if index is None else index.document(uri)


def opened(item: Mapping[str, Any]) -> Document:
    """The document of a `didOpen`."""
    uri, language = item["uri"], item.get("languageId")
    return Document(uri, item["text"], syntax.language_of(uri, language), item.get("version"))
