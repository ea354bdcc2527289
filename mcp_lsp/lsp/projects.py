"""What decides how a document is judged besides its text: settings, dependencies, other files. Watched by looking."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from mcp_lsp import settings as _settings
from mcp_lsp.project.configuration import FILES, LARGEST, Configuration
from mcp_lsp.project.content import content
from mcp_lsp.project.dependencies import Projects
from mcp_lsp.project.index import Index
from mcp_lsp.project.recorded import NAMES as RECORDS
from mcp_lsp.project.recorded import Beyond, Recorded
from mcp_lsp.read.manifests import MANIFESTS, Dependencies, is_manifest
from mcp_lsp.settings import Settings, SettingsError
from mcp_lsp.syntax import Undecodable, decode, language_of
from mcp_lsp.uri import below, to_path, upward
from mcp_lsp_analyzers.record import replace

NOTHING = Dependencies()


class Surroundings:
    """Settings, dependencies and modules for documents; everything is read again after `stale` said so.

    ``problems`` are settings that cannot be meant, in words, since they were last asked for; ``given`` what the editor
    sets, by folder.
    """

    def __init__(self) -> None:
        self.folders: tuple[str, ...] = ()
        self.problems: list[str] = []
        self.given: dict[str, Mapping[str, Any]] = {}  # by folder; "" for all
        self._indices: dict[str, Index] = {}
        self._stamps: dict[str, object] = {}
        self.forget()

    def forget(self) -> None:
        """Read everything again when it is next asked for."""
        self._configuration = Configuration()
        self._projects: dict[str, Projects] = {}
        self._recorded = Recorded()
        self._stamps = {folder: _stamp(folder) for folder in self._stamps}
        for index in self._indices.values():
            index.refresh()

    def stale(self) -> bool:
        """Whether a settings file, manifest or lock file changed on disk since it was read. Some clients never say."""
        return any(_stamp(folder) != stamp for folder, stamp in self._stamps.items())

    def move(self, folders: tuple[str, ...]) -> None:
        """Other workspace folders: which files belong together is found out again."""
        self.folders = folders
        self.given = {folder: table for folder, table in self.given.items() if not folder or folder in folders}
        self._indices.clear()
        self._stamps.clear()

    def read(self, uri: str) -> bool:
        """Whether a file was read from disk for another's sake."""
        return any(index.read(uri) for index in self._indices.values())

    def refresh(self) -> set[str]:
        """Look at the other files again. The folders in which one that was asked for came, went or was written."""
        return {index.root for index in self._indices.values() if index.refresh()}

    def give(self, table: object, folder: str = "") -> bool:
        """Settings from the editor, for a workspace folder or everywhere. Whether anything is different now."""
        found = table if isinstance(table, Mapping) else {}
        inner = found.get("mcp-lsp")
        found = inner if isinstance(inner, Mapping) else found
        # What an editor does not set, some send as null; what belongs to the client has a name of its own.
        cleaned = {key: value for key, value in found.items() if value is not None and key not in _OF_CLIENTS}
        if self.given.get(folder, {}) == cleaned:
            return False
        self.given[folder] = cleaned
        return True

    # ------------------------------------------------------------ for one document

    def beyond(self, uri: str, settings: Settings) -> Beyond | None:
        """What is different in a document from what was approved. Never raises, see ``problems``."""
        path = to_path(uri)
        if path is None:
            return None
        try:
            return self._recorded.beyond(path, settings, self.dependencies(uri), self.index(uri))
        except SettingsError as error:
            self._complain(str(error))
            return None

    def settings(self, uri: str) -> Settings:
        """The project's settings, with what the editor sets over them. Never raises, see ``problems``."""
        path = to_path(uri)
        found = Settings()
        if path is not None:
            self._watch(path)
            try:
                found = self._configuration.at(os.path.dirname(path))
            except SettingsError as error:
                self._complain(str(error))
        table = self.given.get(self.folder(path) or "") or self.given.get("")
        if not table:
            return found
        try:
            given = _settings.from_table(dict(table), "the editor's settings")
        except SettingsError as error:
            self._complain(str(error))
            return found
        names = _settings.names()
        return replace(found, **{names[key].name: getattr(given, names[key].name) for key in table})

    def settings_file(self, uri: str) -> tuple[str, str | None]:
        """The settings file that decides about a document, with its text. Where there is none, the ``pyproject.toml``
        of its folder, or the ``mcp-lsp.toml`` that could stand there, whose text is ``None``."""
        path = to_path(uri) or ""
        try:
            decided = self._configuration.at(os.path.dirname(path)).root
        except SettingsError:
            decided = ""
        home = decided or self.folder(path) or os.path.dirname(path)
        for name in FILES:
            at = os.path.join(home, name)
            try:
                text = decode(content(at, LARGEST))
            except (OSError, ValueError, Undecodable):
                continue
            if not decided or name != "pyproject.toml" or "mcp-lsp" in text:
                return at, text
        return os.path.join(home, FILES[0]), None

    def dependencies(self, uri: str) -> Dependencies:
        path = to_path(uri)
        if path is None:
            return NOTHING
        self._watch(path)
        root = self.folder(path) or os.path.dirname(path)
        return self._projects.setdefault(root, Projects(root)).dependencies(os.path.dirname(path))

    def index(self, uri: str) -> Index | None:
        """The other files of the folder that a document belongs to."""
        path = to_path(uri)
        if path is None:
            return None
        root = self.folder(path) or os.path.dirname(path)
        if root not in self._indices:
            self._indices[root] = Index(root)
        return self._indices[root]

    @property
    def configuration(self) -> Configuration:
        """The settings files of all folders, as they were last read."""
        return self._configuration

    def excluded(self, uri: str, settings: Settings) -> bool:
        """Whether a file is one that the settings leave out (an installed package, say, that somebody reads)."""
        path = to_path(uri)
        if path is None:
            return False
        root = settings.root or self.folder(path)
        if not root or not below(path, root):
            return False
        return settings.excluded.matches(os.path.relpath(path, root).replace(os.sep, "/"))

    # ------------------------------------------------------------ how

    def folder(self, path: str | None) -> str | None:
        """The innermost workspace folder around a path."""
        around = [folder for folder in self.folders if path is not None and below(path, folder)]
        return max(around, key=len, default=None)

    def _complain(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def _watch(self, path: str) -> None:
        for folder in upward(os.path.dirname(path)):
            if folder in self._stamps:
                break
            self._stamps[folder] = _stamp(folder)
            if os.path.exists(os.path.join(folder, ".git")):
                break


_MANIFESTS = (
    *(name for name in MANIFESTS if name != "METADATA"),  # of installed packages, which nobody edits
    *(f"*{what}*.{ending}" for what in ("requirements", "constraints") for ending in ("txt", "in")),
    "pnpm-workspace.yaml", "tsconfig*.json", "jsconfig*.json",
)  # fmt: skip
WATCHED = (
    f"**/{{{','.join(dict.fromkeys((*FILES, *RECORDS, *_MANIFESTS)))}}}",
    "**/*.{py,pyw,ts,mts,cts,tsx,js,mjs,cjs,jsx}",
)
"""What decides how open documents are judged, as glob patterns of LSP: settings, manifests and what was recorded of the
project (by a command in a terminal, say), and other sources."""


def is_source(uri: str) -> bool:
    """Whether a changed file matters only to those that import it; ``setup.py`` is a manifest as well."""
    source = language_of(uri) in ("python", "typescript", "tsx", "javascript")
    return source and not is_manifest(uri.rpartition("/")[2])


_OF_CLIENTS = frozenset({"path", "interpreter", "importStrategy", "trace", "diagnosticMode"})


def _stamp(folder: str) -> object:
    """Changes when a file that matters comes, goes or is written."""
    try:
        with os.scandir(folder) as entries:
            found = []
            for entry in entries:
                if entry.name in FILES or entry.name in RECORDS or is_manifest(entry.name):
                    status = entry.stat()
                    found.append((entry.name, status.st_mtime_ns, status.st_size))
            return sorted(found)
    except OSError:
        return None
