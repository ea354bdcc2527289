"""Outcomes kept from one run to the next: a file is checked again only when something its outcome came from changed.

What an outcome comes from: the file's text, its settings, the versions its project depends on, this program, and for
every import that was followed where it led (also that it led nowhere) and the text that was found there. All of it is
compared before a kept outcome is used.

Kept in the user's own cache folder and never inside the project: a repository could bring kept outcomes that call it
clean. They are JSON, so that reading them runs nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from typing import Any

from mcp_lsp import __version__
from mcp_lsp.digest import digest
from mcp_lsp.read.manifests import Dependencies
from mcp_lsp.settings import Settings
from mcp_lsp.uri import from_path
from mcp_lsp_analyzers.record import dataclass, field

from . import files
from .index import Index
from .outcome import Edit, Fix, Found, Line, NotAnalysed, Outcome, Region, Related, Seen

VARIABLE = "MCP_LSP_CACHE_DIR"
"""Environment variable that names another folder."""

_FORMAT = 1
_DAYS = 30  # after so many days without being used, an entry is removed
_SWEEP = 7  # how often that is looked after
_DAY = 86_400
_PARTS, _BLOCK = 256, 4096
_MOST = 256 * 2**20
"""Bytes on disk that all entries may take up, about: what was not used for longest goes first. Each part, a folder, has
its share, and is looked at after one in `_OFTEN` of its entries was written."""
_OFTEN = 64


def home() -> str:
    """The folder where everything is kept."""
    given = os.environ.get(VARIABLE)
    if given:
        return os.path.abspath(given)
    import platformdirs

    return platformdirs.user_cache_dir("mcp-lsp", appauthor=False)


@dataclass
class Cache:
    """``folder``: where outcomes are kept. ``run``: what all outcomes of a run have in common, as text."""

    folder: str
    run: str
    _known: dict[int, tuple[object, str]] = field(default_factory=dict)  # texts of settings and dependencies by id

    def kept(
        self, path: str, settings: Settings, found: Dependencies, index: Index, approved: str = ""
    ) -> Outcome | None:
        """What checking the file gave before; ``None`` where it may give something else now. ``approved``: a digest of
        what it was compared with. What other packages' rules gave is not kept: nobody knows when they change."""
        if settings.plugins:
            return None
        try:
            with open(self._entry(path), "rb") as file:
                entry = json.loads(file.read())
                written = os.fstat(file.fileno()).st_mtime
            data, _ = files.read(path, settings.max_file_size)
            if entry["key"] != self._key(data, settings, found, approved):
                return None
            if not index.leads(entry["imports"]):
                return None
            if any(index.siblings(other) != beside for other, beside in entry["beside"]):
                return None
            for other, digest in entry["texts"]:
                if index.digest(other) != digest:
                    return None
            if time.time() - written > _DAY:
                os.utime(self._entry(path))  # it is of use
            return _outcome(entry["outcome"])
        except (files.Unreadable, OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return None  # not there, or not ours: the file is checked, and the entry written anew

    def keep(
        self,
        path: str,
        data: bytes,
        settings: Settings,
        found: Dependencies,
        index: Index,
        approved: str,
        of: Outcome,
    ) -> None:
        """Remember an outcome. What cannot be written is not remembered."""
        if of.failures or not of.analysed:
            return
        trail = index.trail(from_path(path))
        entry = {
            "key": self._key(data, settings, found, approved),
            "imports": trail.imports,
            "beside": trail.beside,
            "texts": [(uri, index.digest(uri)) for uri in trail.texts],
            "outcome": of,
        }
        target = self._entry(path)
        part = f"{target}.{os.getpid()}"
        with contextlib.suppress(OSError, ValueError):
            os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
            with open(part, "w", encoding="utf-8", errors="surrogatepass") as file:
                file.write(json.dumps(entry, separators=(",", ":")))  # `json.dump` takes five times as long
            os.replace(part, target)
            if int(os.path.basename(target)[2:4], 16) % _OFTEN == 0:
                _bound(os.path.dirname(target))

    # ------------------------------------------------------------ how

    def _entry(self, path: str) -> str:
        name = digest(f"{self.run}\0{path}".encode("utf-8", "surrogatepass"))
        return os.path.join(self.folder, name[:2], name)

    def _key(self, data: bytes, settings: Settings, found: Dependencies, approved: str) -> str:
        return digest(data, self._text(settings), self._text(found), approved.encode())

    def _text(self, of: object) -> bytes:
        known = self._known.get(id(of))
        if known is None or known[0] is not of:
            known = self._known[id(of)] = (of, repr(of))
        return known[1].encode("utf-8", "surrogatepass")


def opened(folder: str, root: str, edits: bool) -> Cache | None:
    """The outcomes of runs from a working ``folder``, with imports followed in ``root``; ``None`` where this program is
    not known well enough to tell it from another version."""
    stamp = _program()
    if stamp is None:
        return None
    where = os.path.join(home(), "check")
    _sweep(where)
    return Cache(where, "\0".join((str(_FORMAT), stamp, folder, root, str(edits))))


def _program() -> str | None:
    """Tells one state of this program from another: its version, and when each of its files was written."""
    import mcp_lsp_analyzers

    newest = count = 0
    for package in (__file__, mcp_lsp_analyzers.__file__):
        if package is None or not os.path.isfile(package):
            return None
        top = os.path.dirname(package)
        waiting = [os.path.dirname(top) if package == __file__ else top]
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name != "__pycache__":
                            waiting.append(entry.path)
                    elif entry.name.endswith(".py"):
                        newest = max(newest, entry.stat().st_mtime_ns)
                        count += 1
    return f"{__version__} {newest} {count} {sys.version}"


def _sweep(folder: str) -> None:
    """Remove what was not written for long, now and then."""
    stamp = os.path.join(folder, "swept")
    now = time.time()
    try:
        if now - os.stat(stamp).st_mtime < _SWEEP * _DAY:
            return
    except OSError:
        pass
    with contextlib.suppress(OSError):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with open(stamp, "w"):
            pass
        for part in os.scandir(folder):
            if part.is_dir(follow_symlinks=False):
                for entry in os.scandir(part.path):
                    if now - entry.stat(follow_symlinks=False).st_mtime > _DAYS * _DAY:
                        os.unlink(entry.path)


def _bound(part: str) -> None:
    """Remove what was not used for longest, until a part takes up its share."""
    entries = []
    for entry in os.scandir(part):
        status = entry.stat(follow_symlinks=False)
        entries.append((status.st_mtime, -(-status.st_size // _BLOCK) * _BLOCK, entry.path))
    size = sum(each[1] for each in entries)
    for _, taken, path in sorted(entries):
        if size <= _MOST // _PARTS:
            break
        with contextlib.suppress(FileNotFoundError):  # another run does the same
            os.unlink(path)
        size -= taken


# ---------------------------------------------------------------- from JSON


def _outcome(of: list[Any]) -> Outcome:
    path, found, servers, not_analysed, _, *rest = of
    return Outcome(
        path,
        tuple([_found(each) for each in found]),
        tuple([Seen(*each[:2], *map(tuple, each[2:])) for each in servers]),
        tuple([NotAnalysed(*each) for each in not_analysed]),
        (),
        *rest,
    )


def _found(of: list[Any]) -> Found:
    code, name, severity, message, region, references, related, fingerprint, fix, thing, lines = of
    ways = [Related(_region(*where), said, None if line is None else Line(*line)) for where, said, line in related]
    return Found(
        code,
        name,
        severity,
        message,
        _region(*region),
        tuple(references),
        tuple(ways),
        fingerprint,
        None if fix is None else _fix(*fix),
        thing,
        tuple([Line(*line) for line in lines]),
    )


def _region(path: str, start: list[int], end: list[int]) -> Region:
    return Region(path, (start[0], start[1]), (end[0], end[1]))


def _fix(title: str, safe: bool, edits: list[Any] | None) -> Fix:
    return Fix(title, safe, None if edits is None else tuple([Edit(_region(*where), text) for where, text in edits]))
