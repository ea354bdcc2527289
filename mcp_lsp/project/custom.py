"""Rules that a project brings for what its models read, written in YARA or as Sigma rules (`sigma`). YARA-X runs them:
they are data, name no file, and end after a second, so that a repository that brings its own can neither run nor stop
anything.

https://virustotal.github.io/yara-x/docs/api/python/ (yara-x 1.x; the extra ``yara``).
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
from collections.abc import Iterator
from typing import Any

from mcp_lsp.settings import SettingsError
from mcp_lsp_analyzers.metadata.custom import Match
from mcp_lsp_analyzers.place import Text
from mcp_lsp_analyzers.rule import Severity

from . import sigma
from .content import content

ENDINGS = (".yar", ".yara", *sigma.ENDINGS)
ROLE = "role"
"""The global by which a rule asks what a text is, one of `mcp_lsp_analyzers.place.ROLES`."""
LARGEST = 1_000_000
"""Bytes of one file of rules."""
MOST = 200
"""Files of one folder."""
SECONDS = 1
"""After so long a text is given up on: a regular expression can take minutes, also in YARA-X."""
LONGEST = 100_000
"""Characters of a text that are looked at."""


class Custom:
    """The rules of some files, compiled when they are first needed. What it is known by is its sources' digest."""

    def __init__(self, sources: tuple[tuple[str, str], ...], seconds: int = SECONDS) -> None:
        self._sources = sources
        self._seconds = seconds
        self._digest = hashlib.sha256(repr(sources).encode("utf-8", "surrogatepass")).hexdigest()

    def __repr__(self) -> str:
        return f"Custom({self._digest})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Custom) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return int(self._digest[:12], 16)

    def __call__(self, text: Text) -> Iterator[Match]:
        """The rules that a text matches, each once, at the first place. Raises where one takes too long."""
        import yara_x

        value = text.value[:LONGEST]
        data = value.encode("utf-8", "surrogatepass")
        scanner = yara_x.Scanner(_compiled(self._sources))
        scanner.set_timeout(self._seconds)
        scanner.set_global(ROLE, text.role)
        for found in scanner.scan(data).matching_rules:
            places = [(m.offset, m.offset + m.length) for p in found.patterns for m in p.matches]
            start, end = min(places, default=(0, 0))
            about = dict(found.metadata)
            severity = about.get("severity")
            yield Match(
                str(about.get(sigma.NAME, found.identifier)),
                str(about.get("description", "")),
                len(data[:start].decode("utf-8", "ignore")),
                len(data[:end].decode("utf-8", "ignore")),
                Severity(severity) if severity in [each.value for each in Severity] else None,
            )


def custom(paths: tuple[str, ...], root: str, source: str) -> Custom:
    """The rules in some files, and in the files of some folders, relative to ``root``. ``source``: the settings file,
    for messages. Raises `SettingsError`."""
    where = f"{source}: custom-rules"
    files = [file for path in paths for file in _files(os.path.join(root, path), path, where)]
    with_sigma = any(file.endswith(sigma.ENDINGS) for file in files)
    for module in ("yara_x", "sigma") if with_sigma else ("yara_x",):
        _installed(module, "sigma" if with_sigma else "yara", where)
    sources = []
    for file in files:
        name = os.path.relpath(file, root).replace(os.sep, "/")
        try:
            text = content(file, LARGEST).decode("utf-8")
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not UTF-8, or too large"
            raise SettingsError(f"{where}: {name}: {reason}") from None
        try:
            sources.append((name, sigma.as_yara(text) if file.endswith(sigma.ENDINGS) else text))
        except ValueError as error:
            raise SettingsError(f"{where}: {name}: {error}") from None
    try:
        _compiled(tuple(sources))
    except ValueError as error:
        raise SettingsError(f"{where}: {error}") from None
    return Custom(tuple(sources))


def _installed(module: str, extra: str, where: str) -> None:
    """Both are heavy, and extras."""
    if importlib.util.find_spec(module) is None:
        raise SettingsError(f"{where}: needs {module}; pip install 'mcp-lsp[{extra}]' brings it")


def _files(path: str, given: str, where: str) -> list[str]:
    if os.path.isdir(path):
        found = sorted(name for name in os.listdir(path) if name.endswith(ENDINGS))
        if len(found) > MOST:
            raise SettingsError(f"{where}: {given}: more than {MOST} files")
        return [os.path.join(path, name) for name in found]
    if not path.endswith(ENDINGS):
        raise SettingsError(f'{where}: "{given}" is neither a folder nor a file of rules ({", ".join(ENDINGS)})')
    return [path]


@functools.lru_cache(maxsize=8)
def _compiled(sources: tuple[tuple[str, str], ...]) -> Any:
    """Raises ``ValueError`` with the first line of what is wrong: the others repeat the file, whatever it is."""
    import yara_x

    compiler = yara_x.Compiler()
    compiler.enable_includes(False)
    compiler.define_global(ROLE, "")
    for name, text in sources:
        compiler.new_namespace(name)
        try:
            compiler.add_source(text)
        except yara_x.CompileError as error:
            said = str(error).split("\n")
            line = next((part.partition("line:")[2].strip() for part in said if "-->" in part), "")
            place = name if name.endswith(sigma.ENDINGS) else f"{name}:{line}"
            raise ValueError(f"{place}: {said[0]}") from None
    return compiler.build()
