"""The other files of a project, read when an import leads to them and kept as long as they stay the same on disk.

Nothing is walked and nothing is read in advance: a server's handlers lead to the few files they use. An open document
takes the place of the file on disk.
"""

from __future__ import annotations

import contextlib
import os
import posixpath
from collections.abc import Callable, Iterable, Iterator

from mcp_lsp import read, syntax
from mcp_lsp.digest import digest
from mcp_lsp.uri import from_path as uri_of
from mcp_lsp.uri import normal
from mcp_lsp.uri import to_path as path_of
from mcp_lsp_analyzers.code import Import
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.scope import Module

from .aliases import aliases, package_entries, package_paths, workspaces
from .content import content
from .imports import Aliases, Paths

_PYTHON = (".py", ".pyw", ".pyi")
LARGEST = 1_000_000
"""Bytes of an imported file that is still followed: larger ones are bundles and generated tables."""


class Trail(NamedTuple):
    """What a file's facts may have come from. ``imports``: (uri, module, name, path), the path ``None`` where an import
    leads to no file of the folder; ``texts``: uris of files. ``beside``: those of which it was asked what else there is
    beside them, with the files that are there."""

    imports: list[tuple[str, str, str | None, str | None]]
    texts: list[str]
    beside: list[tuple[str, list[str]]]


MOST = 40
"""Files of a folder that are read to see whether the routes beside a file ask who is calling."""
_MOST_FOLDERS = 50
"""Folders of one folder that may be distributions of their own: where there are more, it holds other things."""


class Index:
    """Modules of one folder by uri; what `mcp_lsp_analyzers.scope.Scope.follow` asks.

    ``loaded`` counts files read, for tests and statistics.
    """

    def __init__(self, root: str) -> None:
        self.root = os.path.abspath(root)
        self.loaded = 0
        self._wide: set[str] = set()  # the files of which it was asked what else there is beside them
        self._files: dict[str, bool] = {}
        self._modules: dict[str, Module | None] = {}
        self._trees: dict[str, syntax.Tree] = {}
        self._stamps: dict[str, tuple[int, int]] = {}
        self._open: dict[str, tuple[syntax.Document, Module]] = {}
        self._lent: dict[str, tuple[syntax.Tree, Module]] = {}
        self._found: dict[tuple[str, str, str | None, bool], str | None] = {}
        self._asked: dict[str, dict[tuple[str, str | None], str | None]] = {}
        self._listings: dict[tuple[str, str], list[str]] = {}
        self._siblings: dict[tuple[str, str], list[str]] = {}
        self._digests: dict[str, str | None] = {}
        self._relatives: dict[str, str | None] = {}
        self._aliases: dict[str, tuple[Aliases, ...]] = {}
        self._packages: dict[str, tuple[str, ...]] | None = None
        self._homes: tuple[str, ...] | None = None
        self._parts: tuple[Aliases, ...] = ()  # what these packages call their files
        self._beat: Callable[[], None] | None = None  # called before a file is read; may interrupt
        self._begun = 0  # files that were read before that was said

    def limit(self, beat: Callable[[], None] | None) -> None:
        """See `mcp_lsp.check.allowance.Limited`."""
        self._beat = beat
        self._begun = self.loaded

    # ------------------------------------------------------------ Modules, as scopes ask for them

    def find(self, uri: str, statement: Import) -> Module | None:
        """The file that an import in ``uri`` reads; ``None`` where it is not a file of this folder."""
        found = self.locate(uri, statement.module, statement.name)
        return None if found is None else self.current(uri_of(posixpath.join(self.root, found)))

    def locate(self, uri: str, module: str, name: str | None) -> str | None:
        """The path, relative to the folder, of the file that ``from module import name`` in ``uri`` reads."""
        path = self._relative(uri)
        if path is None:
            return None
        found = self._located(path, module, name)
        self._asked.setdefault(normal(uri), {})[module, name] = found
        return found

    def leads(self, imports: Iterable[tuple[str, str, str | None, str | None]]) -> bool:
        """Whether imports, as `trail` gave them, still lead where they did. Nothing of it is noted."""
        before, path, python, folder = "", None, False, ""
        for uri, module, name, led in imports:
            if uri != before:
                before, path = uri, self._relative(uri)
                python, folder = (path or "").endswith(_PYTHON), posixpath.dirname(path or "")
            if path is None:
                found = None
            else:
                found = self._found.get((folder, module, name if python else None, python), path)
                if found is path:  # not known yet
                    found = self._located(path, module, name)
            if found != led:
                return False
        return True

    def _located(self, path: str, module: str, name: str | None) -> str | None:
        python = path.endswith(_PYTHON)
        # What an import means is the same for all files of a folder.
        key = (posixpath.dirname(path), module, name if python else None, python)
        if key not in self._found:
            outside = not python and not module.startswith((".", "@", "#", "~")) and not self._may_be_own(path)
            self._found[key] = None if outside else self._resolve(path, module, key[2], python=python)
        return self._found[key]

    def current(self, uri: str) -> Module | None:
        """A file as it is now; read from disk once, see `refresh`."""
        return self._current(normal(uri))

    def _current(self, uri: str) -> Module | None:
        if uri in self._open:
            return self._open[uri][1]
        if uri not in self._modules:
            self._modules[uri] = self._load(uri)
        return self._modules[uri]

    def beside(self, uri: str) -> Iterator[Module]:
        """The other files of its language in the folder of a file, and those of the folder above; not those of large
        folders, which hold other things than the parts of a service."""
        uri = normal(uri)
        self._wide.add(uri)
        for other in self.siblings(uri):
            if (module := self._current(other)) is not None:
                yield module

    def siblings(self, uri: str) -> list[str]:
        """The uris of the files `beside` a file, whether they can be read or not."""
        path = self._relative(uri)
        if path is None:
            return []
        ending = os.path.splitext(path)[1]
        here = posixpath.dirname(path)
        folders = dict.fromkeys((here, posixpath.dirname(here)))
        return [other for folder in folders for other in self._uris(folder, ending) if other != uri]

    def _uris(self, folder: str, ending: str) -> list[str]:
        """The files of a folder that is not large, as they were listed first or at the last `refresh`."""
        key = (folder, ending)
        if key not in self._listings:
            self._listings[key] = self._listed(folder, ending)
        if key not in self._siblings:
            names = self._listings[key]
            some = names if len(names) <= MOST else []
            self._siblings[key] = [normal(uri_of(posixpath.join(self.root, folder, name))) for name in some]
        return self._siblings[key]

    def document(self, uri: str) -> syntax.Document | None:
        """The text a module was read from."""
        uri = normal(uri)
        if uri in self._open:
            return self._open[uri][0]
        known = self._trees.get(uri)
        return None if known is None else known.document

    @contextlib.contextmanager
    def lent(self, document: syntax.Document) -> Iterator[tuple[syntax.Tree, Module] | None]:
        """What a document was parsed to and read as, for imports that lead to it meanwhile: all that is found out about
        its declarations is found out once. It stays where one does, or did before; ``None`` where the file says
        something else than the document."""
        uri = normal(document.uri)
        module, tree = self._modules.get(uri), self._trees.get(uri)
        if uri != document.uri or uri in self._open or document.language in syntax.PLAIN:
            yield None
        elif module is not None and tree is not None:
            yield (tree, module) if tree.document.text == document.text else None
        else:
            tree = syntax.parse(document)
            found = self._lent[uri] = tree, read.module(tree)
            try:
                yield found
            finally:
                del self._lent[uri]

    def trail(self, uri: str) -> Trail:
        """Everything that was asked on behalf of a file, and of the files this led to."""
        uri = normal(uri)
        imports, texts, waiting, beside = [], {uri: None}, [uri], []
        while waiting:
            at = waiting.pop()
            if at in self._wide:
                beside.append((at, self.siblings(at)))
                new = [other for other in beside[-1][1] if other not in texts]
                texts.update(dict.fromkeys(new))
                waiting += new
            for (module, name), found in self._asked.get(at, {}).items():
                imports.append((at, module, name, found))
                led = None if found is None else uri_of(posixpath.join(self.root, found))
                if led is not None and led not in texts:
                    texts[led] = None
                    waiting.append(led)
        return Trail(imports, list(texts)[1:], beside)

    def used(self, uri: str) -> set[str]:
        """The files that what is known of a file may come from, by normal uri."""
        trail = self.trail(uri)
        found = {uri, *trail.texts}  # also those that were just forgotten
        return found | self._modules.keys() | self._open.keys() if trail.beside else found

    def digest(self, uri: str) -> str | None:
        """Tells one content of a file from another; ``None`` where there is nothing to be read."""
        if uri not in self._digests:
            path = path_of(uri)
            try:
                with open(path or "", "rb") as file:
                    self._digests[uri] = digest(file.read(LARGEST + 1))
            except OSError:
                self._digests[uri] = None
        return self._digests[uri]

    # ------------------------------------------------------------ what happens to it

    def opened(self, document: syntax.Document, module: Module) -> None:
        """A document is open (or was edited): it is what the file now says."""
        uri = normal(document.uri)
        if uri not in self._open:
            self._forget(uri)
        self._open[uri] = (document, module)

    def closed(self, uri: str) -> None:
        uri = normal(uri)
        self._open.pop(uri, None)
        self._forget(uri)

    def read(self, uri: str) -> bool:
        """Whether a file was read from disk."""
        return normal(uri) in self._stamps

    def refresh(self) -> bool:
        """Look at the disk again: forget files that changed, and which files there are. Whether anything changed."""
        changed = [uri for uri, stamp in self._stamps.items() if _stamp(path_of(uri)) != stamp]
        for uri in changed:
            self._forget(uri)
        missing = [path for path, there in self._files.items() if there != self._is_file(path)]
        listed = [key for key, names in self._listings.items() if names != self._listed(*key)]
        # What there was is kept up to date and not forgotten: nobody may ask again before the next look.
        self._files.update({path: not self._files[path] for path in missing})
        self._listings.update({key: self._listed(*key) for key in listed})
        self._siblings.clear()
        self._found.clear()
        self._digests.clear()
        self._aliases.clear()
        self._packages = self._homes = None
        return bool(changed or missing or listed)

    # ------------------------------------------------------------ how

    def _relative(self, uri: str) -> str | None:
        if uri not in self._relatives:
            path = path_of(uri)
            relative = ".." if path is None else os.path.relpath(path, self.root).replace(os.sep, "/")
            self._relatives[uri] = None if relative == ".." or relative.startswith("../") else relative
        return self._relatives[uri]

    def _is_file(self, path: str) -> bool:
        return not path.startswith("../") and os.path.isfile(os.path.join(self.root, path))

    def _listed(self, folder: str, ending: str) -> list[str]:
        try:
            return sorted(n for n in os.listdir(os.path.join(self.root, folder)) if n.endswith(ending))
        except OSError:
            return []

    def _contains(self, path: str) -> bool:
        there = self._files.get(path)
        if there is None:
            there = self._files[path] = self._is_file(path)
        return there

    def _resolve(self, path: str, module: str, name: str | None, *, python: bool) -> str | None:
        if python:
            return Paths(self._contains, homes=self._distributions()).python(path, module, name)
        if module.startswith("."):
            return Paths(self._contains).typescript(path, module)
        packages = self._own_packages()
        return Paths(self._contains, (*self._aliases_for(path), *self._parts), packages).typescript(path, module)

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
            self._parts = tuple(a for f in folders if (a := package_paths(f, self._text)) is not None)
        return self._packages

    def _distributions(self) -> tuple[str, ...]:
        """The folders of Python distributions below the root, where it holds several (``packages/core``)."""
        if self._homes is None:
            found: list[str] = []
            for folder in self._folders("")[:_MOST_FOLDERS]:
                for home in (folder, *self._folders(folder)[:_MOST_FOLDERS]):
                    if any(self._is_file(posixpath.join(home, name)) for name in ("pyproject.toml", "setup.py")):
                        found.append(home)
            self._homes = tuple(found)
        return self._homes

    def _folders(self, folder: str) -> list[str]:
        home = os.path.join(self.root, folder)
        with contextlib.suppress(OSError), os.scandir(home) as entries:
            names = [entry.name for entry in entries if not entry.name.startswith((".", "node_modules"))]
            return [posixpath.join(folder, n) for n in sorted(names) if os.path.isdir(os.path.join(home, n))]
        return []

    def _text(self, path: str) -> str | None:
        try:
            return syntax.decode(content(os.path.join(self.root, path), LARGEST))
        except (OSError, ValueError, syntax.Undecodable):
            return None

    def _load(self, uri: str) -> Module | None:
        path = path_of(uri)
        language = syntax.language_of(uri)
        if path is None or language is None:
            return None
        if self._beat is not None and self.loaded > self._begun:
            self._beat()
        stamp = _stamp(path)
        self._stamps[uri] = stamp
        if stamp[1] > LARGEST:
            return None
        try:
            text = syntax.decode(content(path, LARGEST))
        except (OSError, ValueError, syntax.Undecodable):
            return None
        self.loaded += 1
        tree, module = self._lent.get(uri, (None, None))
        if tree is None or module is None or tree.document.text != text:
            tree = syntax.parse(syntax.Document(uri, text, language))
            module = read.module(tree)
        self._trees[uri] = tree
        return module

    def _forget(self, uri: str) -> None:
        self._modules.pop(uri, None)
        self._trees.pop(uri, None)
        self._stamps.pop(uri, None)


def _stamp(path: str | None) -> tuple[int, int]:
    """(modification time in nanoseconds, size); (0, 0) where there is no such file."""
    try:
        status = os.stat(path or "")
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)
