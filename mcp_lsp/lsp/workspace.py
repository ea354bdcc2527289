"""The symbols of all files of a workspace: read when somebody searches, and again where one changed."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from mcp_lsp import read, syntax
from mcp_lsp.project.content import content
from mcp_lsp.project.files import find
from mcp_lsp.settings import SettingsError
from mcp_lsp.uri import from_path
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import NamedTuple

from .showing import flat

if TYPE_CHECKING:
    from .session import Session

LONG = 1.0
"""Seconds that one search may read new files for; the next one goes on where it stopped. Editors ask at each letter."""
WALK = 5.0
"""Seconds for which the list of files of a folder is taken to be what it was."""
ABOUT = pattern(r"mcp|tool", re.IGNORECASE)


class _Seen(NamedTuple):
    stamp: tuple[int, int]
    symbols: list[types.SymbolInformation]


class Workspace:
    """The symbols of all files of the workspace's folders, read when somebody searches, and again when they changed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seen: dict[str, _Seen] = {}
        self._files: dict[str, tuple[float, list[str]]] = {}

    def search(self, query: str) -> list[types.SymbolInformation]:
        """What has the letters of the query in this order, as editors filter it themselves."""
        wanted = query.casefold()
        return [symbol for symbol in self._all() if _in_order(wanted, symbol.name.casefold())]

    def _all(self) -> Iterator[types.SymbolInformation]:
        session = self._session
        encoding = session.client.encoding
        for opened in session.documents.values():
            if opened.analysis is not None:
                yield from flat(opened.analysis.servers, opened.document, encoding)
        until = time.monotonic() + LONG
        for folder in session.surroundings.folders:
            for path in self.paths(folder):
                if from_path(path) in session.documents:
                    continue
                before = self._seen.get(path)
                if before is None or time.monotonic() < until:
                    before = self._read(path, before, encoding) if time.monotonic() < until else before
                yield from before.symbols if before is not None else ()

    def paths(self, folder: str) -> list[str]:
        """All files below a folder that are looked at, as they were some seconds ago at most."""
        at, known = self._files.get(folder, (0.0, []))
        if not known or time.monotonic() - at > WALK:
            try:
                found = find([folder], self._session.surroundings.configuration, folder)
            except SettingsError:
                return known
            known = [file.path for file in found.files]
            self._files[folder] = (time.monotonic(), known)
        return known

    def _read(self, path: str, before: _Seen | None, encoding: str) -> _Seen | None:
        try:
            status = os.stat(path)
            stamp = (status.st_mtime_ns, status.st_size)
            if before is not None and before.stamp == stamp:
                return before
            text = syntax.decode(content(path, self._session.surroundings.settings(from_path(path)).max_file_size))
        except (OSError, ValueError, syntax.Undecodable):
            return None
        symbols: list[types.SymbolInformation] = []
        uri = from_path(path)
        language = syntax.language_of(uri)
        if language is not None and ABOUT.search(text):
            document = syntax.Document(uri, text, language)
            around = self._session.surroundings
            module = read.module(syntax.parse(document))
            servers = read.servers(module, around.dependencies(uri), None, around.index(uri)).servers
            symbols = list(flat(servers, document, encoding))
        found = self._seen[path] = _Seen(stamp, symbols)
        return found


def _in_order(letters: str, name: str) -> bool:
    """Whether all letters stand in a name, in their order. Not a pattern of ``.*``: names are any file's, and one of
    sixty equal letters would be tried in a million million ways."""
    rest = iter(name)
    return all(letter in rest for letter in letters)
