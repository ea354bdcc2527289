"""The source files under some paths, and everything there that will not be looked at, with the reason.

Silence means looked at: whatever a user would expect to be checked and is not ends up in ``skipped`` (unreadable,
linked away, of no language read here) or ``excluded`` (by settings, by ``.gitignore``, or built from sources that are
there).
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Sequence

from mcp_lsp.patterns import Patterns
from mcp_lsp.settings import Settings
from mcp_lsp.syntax import Undecodable, decode, language_of
from mcp_lsp.uri import below
from mcp_lsp_analyzers.record import NamedTuple, dataclass, field

from .configuration import Configuration
from .content import TooLarge, content

NO_LANGUAGE = "not Python, TypeScript or JavaScript"
_NEVER_SOURCE = {".git", ".hg", ".svn", ".jj", "__pycache__"}  # not worth a line in a report
_BUILT = ("dist", "build", "out", "lib")
# Enough to recognise a build by its sources; a build of more files has more of the same.
_SAMPLE = 300


class File(NamedTuple):
    """``path`` is absolute. ``named``: given by the user, not found in a folder. ``target``: which of the paths."""

    path: str
    settings: Settings
    target: int
    named: bool


class Skipped(NamedTuple):
    path: str
    reason: str


@dataclass
class Files:
    """``missing`` are given paths that are not there or could not be opened."""

    files: list[File] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    excluded: list[Skipped] = field(default_factory=list)
    missing: list[Skipped] = field(default_factory=list)


class Unreadable(Exception):
    """A file that is no text to analyse; the message is the reason."""


def find(paths: Sequence[str], configuration: Configuration, folder: str) -> Files:
    """All source files under ``paths``, which are relative to ``folder``, each once, in the order of the paths and by
    name within. Raises `SettingsError`."""
    found = Files()
    seen: set[str] = set()
    for i, given in enumerate(paths):
        path = os.path.normpath(os.path.join(folder, given))
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            found.missing.append(Skipped(path, _reason(error, path)))
            continue
        if stat.S_ISDIR(mode):
            _Walk(found, configuration, i, seen, path).run()
        elif not stat.S_ISREG(mode):
            found.missing.append(Skipped(path, "not a regular file"))
        elif path not in seen:
            seen.add(path)
            if language_of(path) is None:
                found.skipped.append(Skipped(path, NO_LANGUAGE))
            else:
                found.files.append(File(path, configuration.at(os.path.dirname(path)), i, True))
    return found


def read(path: str, limit: int) -> tuple[bytes, str]:
    """A file's bytes and text. Raises `Unreadable` with the reason."""
    try:
        data = content(path, limit)
    except TooLarge as error:
        raise Unreadable(too_large(error.size, limit)) from None
    except (OSError, ValueError) as error:
        raise Unreadable(_reason(error, path)) from None
    return data, text_of(data)


def text_of(data: bytes) -> str:
    """The text in some bytes. Raises `Unreadable`."""
    # UTF-16 is full of zero bytes and starts with a mark; nothing else that is source has one.
    if b"\0" in data[:8192] and data[:2] not in (b"\xff\xfe", b"\xfe\xff") and data[:4] != b"\0\0\xfe\xff":
        raise Unreadable("a binary file")
    try:
        return decode(data)
    except Undecodable as error:
        raise Unreadable(str(error)) from None


def too_large(size: int, limit: int) -> str:
    return f"larger than {limit:,} bytes ({size:,}); the setting max-file-size raises the limit"


def _reason(error: Exception, path: str) -> str:
    if isinstance(error, OSError):
        if error.errno == errno.ELOOP:
            return "a symbolic link that leads back to itself"
        if error.errno == errno.EINVAL:
            return str(error.strerror)
        if isinstance(error, (FileNotFoundError, NotADirectoryError)):
            return "a symbolic link to nothing" if os.path.islink(path) else "no such file or folder"
        return f"cannot be read: {error.strerror}"
    return "no path: it holds a null character" if "\0" in path else f"cannot be read: {error}"


# ---------------------------------------------------------------- walking


class _Ignored(NamedTuple):
    """``.gitignore`` patterns and the absolute folder they speak for."""

    folder: str
    patterns: Patterns


class _Walk:
    """One folder given by the user, walked without recursion: trees may be deeper than Python's stack."""

    def __init__(self, found: Files, configuration: Configuration, target: int, seen: set[str], root: str) -> None:
        self.found = found
        self.configuration = configuration
        self.target = target
        self.seen = seen
        self.root = root
        self.real = os.path.realpath(root)

    def run(self) -> None:
        # Entries are taken from the end, so that folders come in order, each before its next sibling.
        stack: list[tuple[str, tuple[_Ignored, ...]]] = [(self.root, _above(self.root))]
        while stack:
            folder, ignored = stack.pop()
            try:
                with os.scandir(folder) as scan:
                    entries = sorted(scan, key=lambda entry: entry.name)
            except OSError as error:
                self.found.skipped.append(Skipped(folder, _reason(error, folder)))
                continue
            settings = self.configuration.at(folder)
            names = {entry.name for entry in entries}
            if settings.respect_gitignore:
                if ".git" in names:
                    ignored = _start(folder)
                elif ignored and ".gitignore" in names:
                    ignored = (*ignored, *_patterns(folder, ".gitignore", folder))
            built = _built(folder, entries, names)
            below = []
            for entry in entries:
                if self._is_folder(entry):
                    if not self._left_out(entry, True, settings, ignored, built):
                        below.append((entry.path, ignored))
                elif _compiled(entry.name, names):
                    self.found.excluded.append(Skipped(entry.path, "built from the source beside it"))
                elif language_of(entry.path) is not None:
                    self._file(entry, settings, ignored)
            stack += reversed(below)

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        try:
            return entry.is_dir(follow_symlinks=True)
        except OSError as error:
            if language_of(entry.path) is None:
                self.found.skipped.append(Skipped(entry.path, _reason(error, entry.path)))
            return False

    def _left_out(
        self,
        entry: os.DirEntry[str],
        folder: bool,
        settings: Settings,
        ignored: tuple[_Ignored, ...],
        built: dict[str, str],
    ) -> bool:
        reason = ""
        if settings.excluded.says(_below(entry.path, settings.root or self.root), folder):
            reason = "excluded by settings" if settings.source else "excluded by default"
        elif _ignores(entry.path, folder, ignored):
            reason = "named by .gitignore"
        elif folder and entry.name in built:
            reason = built[entry.name]
        if reason:
            if entry.name not in _NEVER_SOURCE and not entry.name.endswith("_cache"):
                self.found.excluded.append(Skipped(entry.path, reason))
            return True
        if folder and entry.is_symlink():
            # What it leads to inside the folder is visited under its own name; outside is for the user to name.
            real = os.path.realpath(entry.path)
            if not below(real, self.real):
                self.found.skipped.append(Skipped(entry.path, "a symbolic link out of the folder, not followed"))
            else:
                self.found.excluded.append(Skipped(entry.path, "a symbolic link to a folder that is looked at itself"))
            return True
        return False

    def _file(self, entry: os.DirEntry[str], settings: Settings, ignored: tuple[_Ignored, ...]) -> None:
        if re.search(r"\.d\.[cm]?ts$", entry.name):
            return  # declarations only: nothing runs
        if self._left_out(entry, False, settings, ignored, {}):
            return
        if entry.is_symlink():
            try:
                mode = os.stat(entry.path).st_mode
            except OSError as error:
                self.found.skipped.append(Skipped(entry.path, _reason(error, entry.path)))
                return
            real = os.path.realpath(entry.path)
            if real != self.real and below(real, self.real) and language_of(real) is not None:
                return  # visited under its own name
            regular = stat.S_ISREG(mode)
        else:
            regular = entry.is_file(follow_symlinks=False)
        if not regular:
            self.found.skipped.append(Skipped(entry.path, "not a regular file"))
        elif entry.path not in self.seen:
            self.seen.add(entry.path)
            self.found.files.append(File(entry.path, settings, self.target, False))


def _below(path: str, folder: str) -> str:
    relative = path[len(folder) :] if path.startswith(folder) else path
    return relative.replace(os.sep, "/").lstrip("/")


def _ignores(path: str, folder: bool, ignored: tuple[_Ignored, ...]) -> bool:
    for level in reversed(ignored):
        verdict = level.patterns.says(_below(path, level.folder), folder)
        if verdict is not None:
            return verdict
    return False


def _above(folder: str) -> tuple[_Ignored, ...]:
    """What the folders above a folder of a git working copy ignore; nothing outside one."""
    levels = []
    at = folder
    while True:
        parent = os.path.dirname(at)
        if parent == at:
            return ()
        at = parent
        levels.append(at)
        if os.path.exists(os.path.join(at, ".git")):
            break
    if os.path.exists(os.path.join(folder, ".git")):
        return ()
    found = _start(levels.pop())
    for level in reversed(levels):
        found += _patterns(level, ".gitignore", level)
    return (*found, *_patterns(folder, ".gitignore", folder))


def _start(root: str) -> tuple[_Ignored, ...]:
    """What the root of a working copy ignores. Never empty, so that it is known to be one."""
    own = _patterns(os.path.join(root, ".git", "info"), "exclude", root) or (_Ignored(root, Patterns(())),)
    return (*own, *_patterns(root, ".gitignore", root))


def _patterns(folder: str, name: str, root: str) -> tuple[_Ignored, ...]:
    try:
        lines = os.fsdecode(content(os.path.join(folder, name), 1_000_000)).split("\n")
    except (OSError, ValueError):
        return ()
    found = Patterns(lines)
    return (_Ignored(root, found),) if found else ()


# ---------------------------------------------------------------- what a build left behind


def _built(folder: str, entries: Sequence[os.DirEntry[str]], names: set[str]) -> dict[str, str]:
    """Sub-folders that hold what was built from sources which are there too. A published package has only the build:
    there it is what runs, and is looked at."""
    candidates = [name for name in _BUILT if name in names]
    if not candidates or not ({"package.json", "tsconfig.json", "pyproject.toml", "setup.py"} & names):
        return {}
    found = {}
    sources: set[str] | None = None
    for name in candidates:
        path = os.path.join(folder, name)
        if name == "build" and os.path.isdir(os.path.join(path, "lib")) and {"setup.py", "pyproject.toml"} & names:
            found[name] = "a Python build"
            continue
        outputs = set(_stems(path, (".js", ".mjs", ".cjs")))
        if not outputs:
            continue
        if sources is None:
            sources = set(_stems(os.path.join(folder, "src"), (".ts", ".tsx", ".mts", ".cts")))
            sources |= {e.name.split(".")[0] for e in entries if re.search(r"(?<!\.d)\.[cm]?tsx?$", e.name)}
        if 2 * len(outputs & sources) >= len(outputs):
            found[name] = "built from sources beside it"
    return found


_SOURCES = {".js": (".ts", ".tsx"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}


def _compiled(name: str, names: set[str]) -> bool:
    """Whether a file is what a compiler made of one of TypeScript in the same folder."""
    stem, ending = os.path.splitext(name)
    return any(f"{stem}{source}" in names for source in _SOURCES.get(ending, ()))


def _stems(folder: str, endings: tuple[str, ...]) -> Iterator[str]:
    """First parts of the names of some files below ``folder`` with one of the endings."""
    stack, left = [folder], _SAMPLE
    while stack and left > 0:
        try:
            with os.scandir(stack.pop()) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            left -= 1
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "node_modules":
                    stack.append(entry.path)
            elif entry.name.endswith(endings) and not entry.name.endswith((".d.ts", ".d.mts", ".d.cts")):
                yield entry.name.split(".")[0]
