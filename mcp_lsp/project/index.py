"""The other files of a project, read when an import leads to them and kept as long as they stay the same on disk.

Nothing is walked and nothing is read in advance: a server's handlers lead to the few files they use. An open document
takes the place of the file on disk.
"""

from __future__ import annotations

import os
import posixpath

from mcp_lsp import read, syntax
from mcp_lsp.uri import from_path as uri_of
from mcp_lsp.uri import to_path as path_of
from mcp_lsp_analyzers.code import Import
from mcp_lsp_analyzers.scope import Module

from .aliases import aliases, package_entries, workspaces
from .imports import Aliases, Paths

LARGEST = 1_000_000
"""Bytes of an imported file that is still followed: larger ones are bundles and generated tables."""


class Index:
    """Modules of one folder by uri; what `mcp_lsp_analyzers.scope.Scope.follow` asks.

    ``loaded`` counts files read, for tests and statistics.
    """

    def __init__(self, root: str) -> None:
        self.root = os.path.abspath(root)
        self.loaded = 0
        self._files: dict[str, bool] = {}
        self._modules: dict[str, Module | None] = {}
        self._documents: dict[str, syntax.Document] = {}
        self._stamps: dict[str, tuple[int, int]] = {}
        self._open: dict[str, tuple[syntax.Document, Module]] = {}
        self._found: dict[tuple[str, str, str | None], str | None] = {}
        self._aliases: dict[str, tuple[Aliases, ...]] = {}
        self._packages: dict[str, tuple[str, ...]] | None = None

    # ------------------------------------------------------------ Modules, as scopes ask for them

    def find(self, uri: str, statement: Import) -> Module | None:
        """The file that an import in ``uri`` reads; ``None`` where it is not a file of this folder."""
        path = self._relative(uri)
        if path is None:
            return None
        python = path.endswith((".py", ".pyw", ".pyi"))
        if not python and not statement.module.startswith((".", "@", "#", "~")) and not self._may_be_own(path):
            return None
        key = (path, statement.module, statement.name if python else None)
        if key not in self._found:
            self._found[key] = self._resolve(*key, python=python)
        found = self._found[key]
        return None if found is None else self.current(uri_of(posixpath.join(self.root, found)))

    def current(self, uri: str) -> Module | None:
        """A file as it is now; read from disk once, see `refresh`."""
        if uri in self._open:
            return self._open[uri][1]
        if uri not in self._modules:
            self._modules[uri] = self._load(uri)
        return self._modules[uri]

    def document(self, uri: str) -> syntax.Document | None:
        """The text a module was read from."""
        if uri in self._open:
            return self._open[uri][0]
        return self._documents.get(uri)

    # ------------------------------------------------------------ what happens to it

    def opened(self, document: syntax.Document, module: Module) -> None:
        """A document is open (or was edited): it is what the file now says."""
        self._open[document.uri] = (document, module)

    def closed(self, uri: str) -> None:
        self._open.pop(uri, None)
        self._forget(uri)

    def refresh(self) -> bool:
        """Look at the disk again: forget files that changed, and which files there are. Whether anything changed."""
        changed = [uri for uri, stamp in self._stamps.items() if _stamp(path_of(uri)) != stamp]
        for uri in changed:
            self._forget(uri)
        missing = [path for path, there in self._files.items() if there != self._is_file(path)]
        self._files.clear()
        self._found.clear()
        self._aliases.clear()
        self._packages = None
        return bool(changed or missing)

    # ------------------------------------------------------------ how

    def _relative(self, uri: str) -> str | None:
        path = path_of(uri)
        if path is None:
            return None
        relative = os.path.relpath(path, self.root).replace(os.sep, "/")
        return None if relative.startswith("../") else relative

    def _is_file(self, path: str) -> bool:
        return not path.startswith("../") and os.path.isfile(os.path.join(self.root, path))

    def _contains(self, path: str) -> bool:
        there = self._files.get(path)
        if there is None:
            there = self._files[path] = self._is_file(path)
        return there

    def _resolve(self, path: str, module: str, name: str | None, *, python: bool) -> str | None:
        if python:
            return Paths(self._contains).python(path, module, name)
        if module.startswith("."):
            return Paths(self._contains).typescript(path, module)
        return Paths(self._contains, self._aliases_for(path), self._own_packages()).typescript(path, module)

    def _may_be_own(self, path: str) -> bool:
        return bool(self._own_packages()) or any(a.base is not None or a.patterns for a in self._aliases_for(path))

    def _aliases_for(self, path: str) -> tuple[Aliases, ...]:
        folder = posixpath.dirname(path)
        if folder not in self._aliases:
            found: list[Aliases] = []
            at = folder
            while True:
                found += aliases(at, self._text)
                if not at:
                    break
                at = posixpath.dirname(at)
            self._aliases[folder] = tuple(found)
        return self._aliases[folder]

    def _own_packages(self) -> dict[str, tuple[str, ...]]:
        if self._packages is None:
            folders: list[str] = []
            for pattern in workspaces(self._text)[:50]:
                home = pattern.split("*")[0].rstrip("/")
                if "*" not in pattern:
                    folders.append(pattern)
                elif os.path.isdir(os.path.join(self.root, home)):
                    folders += [
                        posixpath.join(home, n) for n in sorted(os.listdir(os.path.join(self.root, home)))[:500]
                    ]
            self._packages = dict(e for f in folders if (e := package_entries(f, self._text)))
        return self._packages

    def _text(self, path: str) -> str | None:
        try:
            with open(os.path.join(self.root, path), "rb") as file:
                return syntax.decode(file.read(LARGEST))
        except (OSError, syntax.Undecodable):
            return None

    def _load(self, uri: str) -> Module | None:
        path = path_of(uri)
        language = syntax.language_of(uri)
        if path is None or language is None:
            return None
        stamp = _stamp(path)
        self._stamps[uri] = stamp
        if stamp[1] > LARGEST:
            return None
        try:
            with open(path, "rb") as file:
                text = syntax.decode(file.read())
        except (OSError, syntax.Undecodable):
            return None
        self.loaded += 1
        document = syntax.Document(uri, text, language)
        self._documents[uri] = document
        return read.module(syntax.parse(document))

    def _forget(self, uri: str) -> None:
        self._modules.pop(uri, None)
        self._documents.pop(uri, None)
        self._stamps.pop(uri, None)


def _stamp(path: str | None) -> tuple[int, int]:
    """(modification time in nanoseconds, size); (0, 0) where there is no such file."""
    try:
        status = os.stat(path or "")
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)
