"""Which file of the project an import means: pure look-ups over the set of known paths; nothing is opened or executed.

Python: relative imports, packages, ``src`` layouts, several roots. TypeScript and JavaScript: relative paths with or
without ending (``./run.js`` may be ``run.ts``), ``index`` files, ``paths`` and ``baseUrl`` of tsconfig, ``imports`` and
names of the project's own packages.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ENDINGS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
# A compiled import names the file that will be there after the build; TypeScript resolves it to its source.
_SOURCES = {".js": (".ts", ".tsx", ".js", ".jsx"), ".jsx": (".tsx", ".jsx"), ".mjs": (".mts", ".mjs"),
            ".cjs": (".cts", ".cjs")}  # fmt: skip
_SOURCE_ROOTS = ("src", "lib", "python", "app", "packages")


@dataclass(frozen=True)
class Aliases:
    """Names a folder's configuration gives to paths. ``patterns``: (pattern with at most one ``*``, targets), targets
    relative to ``folder``; ``packages``: package name -> entry path."""

    folder: str = ""
    patterns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    base: str | None = None


@dataclass
class Paths:
    """All source files of a project by path (posix, relative to its root), indexed for look-ups.

    ``packages`` maps names of the project's own npm packages to candidate entry paths.
    """

    paths: frozenset[str]
    aliases: tuple[Aliases, ...] = ()
    packages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._tails: dict[str, list[str]] = {}
        for path in self.paths:
            if path.endswith((".py", ".pyi")):
                self._tails.setdefault(_module_tail(path), []).append(path)

    @classmethod
    def of(cls, paths: Iterable[str]) -> Paths:
        return cls(frozenset(paths))

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
        for candidate in (f"{stem}.py", f"{stem}/__init__.py", f"{stem}.pyi"):
            normal = posixpath.normpath(candidate)
            if normal in self.paths:
                return normal
        return None

    def _absolute(self, importer: str, parts: list[str]) -> str | None:
        if not parts:
            return None
        tail = "/".join(parts)
        best: tuple[bool, int, str] | None = None
        for path in self._tails.get(parts[-1], ()):
            stem = _stem(path)
            if stem != tail and not stem.endswith("/" + tail):
                continue
            root = stem[: -len(tail)].rstrip("/")
            if not _is_root(root, importer):
                continue
            # A folder that is a package itself is a root only for scripts run from inside it; the nearest root wins.
            rank = (posixpath.join(root, "__init__.py") not in self.paths, len(root), path)
            if best is None or rank > best:
                best = rank
        return best[2] if best else None

    # ------------------------------------------------------------ TypeScript and JavaScript

    def typescript(self, importer: str, module: str) -> str | None:
        """The file that ``import … from "module"`` reads. ``None``: a package, or nothing of this project."""
        if module.startswith("."):
            return self._file(posixpath.join(posixpath.dirname(importer), module))
        for aliases in sorted(self.aliases, key=lambda a: -len(a.folder)):
            if aliases.folder and not importer.startswith(aliases.folder + "/"):
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
        if path in self.paths:
            return path
        stem, ending = posixpath.splitext(path)
        for source in _SOURCES.get(ending, ()):
            if stem + source in self.paths:
                return stem + source
        for ending in ENDINGS:
            if path + ending in self.paths:
                return path + ending
        for ending in ENDINGS:
            if f"{path}/index{ending}" in self.paths:
                return f"{path}/index{ending}"
        return None


def _stem(path: str) -> str:
    stem = posixpath.splitext(path)[0]
    return posixpath.dirname(stem) if posixpath.basename(stem) == "__init__" else stem


def _module_tail(path: str) -> str:
    return posixpath.basename(_stem(path))


def _is_root(root: str, importer: str) -> bool:
    """Whether absolute imports of ``importer`` may start at ``root``: above it, or a source folder beside it."""
    if not root or importer.startswith(root + "/"):
        return True
    parent, name = posixpath.split(root)
    return name in _SOURCE_ROOTS and (not parent or importer.startswith(parent + "/"))


def _matched(pattern: str, module: str) -> str | None:
    before, star, after = pattern.partition("*")
    if not star:
        return "" if pattern == module else None
    if module.startswith(before) and module.endswith(after) and len(module) >= len(before) + len(after):
        return module[len(before) : len(module) - len(after)]
    return None
