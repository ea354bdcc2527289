"""Which file of the project an import means: look-ups by path alone; nothing is opened or executed.

Python: relative imports, packages, ``src`` layouts, several roots. TypeScript and JavaScript: relative paths with or
without ending (``./run.js`` may be ``run.ts``), ``index`` files, ``paths`` and ``baseUrl`` of tsconfig, ``imports`` and
names of the project's own packages.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping

from mcp_lsp_analyzers.record import dataclass, field

ENDINGS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
# A compiled import names the file that will be there after the build; TypeScript resolves it to its source.
_SOURCES = {".js": (".ts", ".tsx", ".js", ".jsx"), ".jsx": (".tsx", ".jsx"), ".mjs": (".mts", ".mjs"),
            ".cjs": (".cts", ".cjs")}  # fmt: skip
_SOURCE_ROOTS = ("src", "lib", "python")


@dataclass(frozen=True)
class Aliases:
    """Names a folder's configuration gives to paths. ``patterns``: (pattern with at most one ``*``, targets), targets
    and ``base`` relative to ``folder``; ``within``: the folder whose files mean it so."""

    folder: str = ""
    patterns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    base: str | None = None
    within: str = ""


@dataclass
class Paths:
    """Look-ups of imports by path (posix, relative to the project's root). ``contains`` says whether a path is a file
    of the project; ``packages`` maps names of the project's own npm packages to candidate entry paths; ``homes`` are
    the folders of its own Python distributions.
    """

    contains: Callable[[str], bool]
    aliases: tuple[Aliases, ...] = ()
    packages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    homes: tuple[str, ...] = ()

    @classmethod
    def of(cls, paths: Iterable[str]) -> Paths:
        return cls(frozenset(paths).__contains__)

    # ------------------------------------------------------------ Python

    def python(self, importer: str, module: str, name: str | None = None) -> str | None:
        """The file that ``from module import name`` (or ``import module``) reads: the submodule ``name`` if there is
        one, else the module. ``None``: not a file of this project."""
        dots = len(module) - len(module.lstrip("."))
        parts = [p for p in module[dots:].split(".") if p]
        if dots:
            folder = posixpath.dirname(importer)
            for _ in range(dots - 1):
                folder = posixpath.dirname(folder)
            home = posixpath.join(folder, *parts)
            if name:
                found = self._python_file(posixpath.join(home, name))
                if found:
                    return found
            return self._python_file(home)
        if name:
            found = self._absolute(importer, [*parts, name])
            if found:
                return found
        return self._absolute(importer, parts)

    def _python_file(self, stem: str) -> str | None:
        for candidate in (f"{stem}/__init__.py", f"{stem}.py", f"{stem}.pyi"):
            normal = posixpath.normpath(candidate)
            if self.contains(normal):
                return normal
        return None

    def _absolute(self, importer: str, parts: list[str]) -> str | None:
        if not parts:
            return None
        tail = "/".join(parts)
        inside = None  # of a folder that is a package itself: a root only for scripts that are run from inside it
        for root in _roots(posixpath.dirname(importer)):
            found = self._python_file(posixpath.join(root, tail))
            if found and not self.contains(posixpath.join(root, "__init__.py")):
                return found
            inside = inside or found
        return inside or self._of_another(parts)

    def _of_another(self, parts: list[str]) -> str | None:
        """A file of a package that another distribution of the project holds."""
        for home in self.homes:
            for root in (*(posixpath.join(home, name) for name in _SOURCE_ROOTS), home):
                if self.contains(posixpath.join(root, parts[0], "__init__.py")):
                    return self._python_file(posixpath.join(root, *parts))
        return None

    # ------------------------------------------------------------ TypeScript and JavaScript

    def typescript(self, importer: str, module: str) -> str | None:
        """The file that ``import … from "module"`` reads. ``None``: a package, or nothing of this project."""
        if module.startswith("."):
            return self._file(posixpath.join(posixpath.dirname(importer), module))
        for aliases in sorted(self.aliases, key=lambda a: -len(a.within)):
            if aliases.within and not importer.startswith(aliases.within + "/"):
                continue
            for pattern, targets in aliases.patterns:
                matched = _matched(pattern, module)
                if matched is None:
                    continue
                for target in targets:
                    found = self._file(posixpath.join(aliases.folder, target.replace("*", matched, 1)))
                    if found:
                        return found
            if aliases.base is not None:
                found = self._file(posixpath.join(aliases.folder, aliases.base, module))
                if found:
                    return found
        for entry in self.packages.get(module, ()):
            found = self._file(entry)
            if found:
                return found
        return None

    def _file(self, path: str) -> str | None:
        path = posixpath.normpath(path)
        if self.contains(path):
            return path
        stem, ending = posixpath.splitext(path)
        for source in _SOURCES.get(ending, ()):
            if self.contains(stem + source):
                return stem + source
        for ending in ENDINGS:
            if self.contains(path + ending):
                return path + ending
        for ending in ENDINGS:
            if self.contains(f"{path}/index{ending}"):
                return f"{path}/index{ending}"
        return None


def _roots(folder: str) -> Iterator[str]:
    """Where absolute imports of a file in ``folder`` may start: at or above it, or in a source folder beside those."""
    while True:
        yield folder
        for name in _SOURCE_ROOTS:
            yield posixpath.join(folder, name)
        if not folder:
            return
        folder = posixpath.dirname(folder)


def _matched(pattern: str, module: str) -> str | None:
    before, star, after = pattern.partition("*")
    if not star:
        return "" if pattern == module else None
    if module.startswith(before) and module.endswith(after) and len(module) >= len(before) + len(after):
        return module[len(before) : len(module) - len(after)]
    return None
