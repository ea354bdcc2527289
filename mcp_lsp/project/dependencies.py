"""What a folder's project depends on: manifests and lock files found from the source upward, and what is installed."""

from __future__ import annotations

import os
import re

from mcp_lsp.read import manifests
from mcp_lsp.read.manifests import Dependencies
from mcp_lsp.syntax import Undecodable, decode
from mcp_lsp.uri import below, upward
from mcp_lsp_analyzers.pattern import pattern

from .content import content

LARGEST = 20_000_000
"""Bytes of a lock file that is still read. The largest seen in public MCP repositories has 2 MB."""

_NPM = (
    "@modelcontextprotocol/sdk", "@modelcontextprotocol/server", "@modelcontextprotocol/client",
    "@modelcontextprotocol/core", "@modelcontextprotocol/node", "@modelcontextprotocol/express",
    "@modelcontextprotocol/hono", "fastmcp", "mcp-framework", "xmcp", "mcp-use", "@rekog/mcp-nest", "zod",
)  # fmt: skip
"""Installed packages whose version decides what a line means; others are known by manifest and lock file."""

_PYTHON = pattern(r"(?:mcp|mcp_types|fastmcp|pydantic|starlette|httpx)-[^-]+\.dist-info", re.IGNORECASE)


class Projects:
    """Dependencies by folder. ``root``: manifests above it do not count, unless there are none within.

    Nothing is remembered about a folder's files longer than this object lives: make a new one when they change.
    """

    def __init__(self, root: str = "") -> None:
        self._root = root
        self._levels: dict[str, dict[str, str]] = {}
        self._found: dict[tuple[str, ...], Dependencies] = {}
        self._by_folder: dict[str, Dependencies] = {}

    def dependencies(self, folder: str) -> Dependencies:
        """What code in an absolute folder may import, and in which version."""
        found = self._by_folder.get(folder)
        if found is None:
            key = tuple(at for at in self._upward(folder) if self._level(at))
            found = self._found.get(key)
            if found is None:
                files: dict[str, str] = {}
                for at in key:
                    files.update(self._level(at))
                found = self._found[key] = manifests.dependencies(files) if files else manifests.NOTHING
            self._by_folder[folder] = found
        return found

    def _upward(self, folder: str) -> list[str]:
        """The folders whose manifests count, nearest first: up to the working copy's root, else up to ``root``, else
        up to the first that has any."""
        above = list(upward(folder))
        for i, at in enumerate(above):
            if os.path.exists(os.path.join(at, ".git")):
                return above[: i + 1]
        for i, at in enumerate(above):
            seen_any = any(self._level(each) for each in above[: i + 1])
            if seen_any and not (self._root and below(os.path.dirname(at), self._root)):
                return above[: i + 1]
        return above

    def _level(self, folder: str) -> dict[str, str]:
        """The manifests standing in one folder and what is installed there, by path."""
        level = self._levels.get(folder)
        if level is None:
            level = self._levels[folder] = dict(_texts(folder))
        return level


def _texts(folder: str) -> list[tuple[str, str]]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    found = []
    for name in names:
        if manifests.is_manifest(name):
            path = os.path.join(folder, name)
            text = _read(path)
            if text is not None:
                found.append((path, text))
    if "node_modules" in names:
        for package in _NPM:
            path = os.path.join(folder, "node_modules", package, "package.json")
            text = _read(path)
            if text is not None:
                found.append((path, text))
    unpacked = [name for name in names if name.endswith(".dist-info")]
    if len(unpacked) == 1:  # a wheel was unpacked here; where there are several, packages are installed
        path = os.path.join(folder, unpacked[0], "METADATA")
        text = _read(path)
        if text is not None:
            found.append((path, text))
    for name in (".venv", "venv", "env"):
        if name in names:
            found += [(path, "") for path in _installed(os.path.join(folder, name))]
    return found


def environment_of(program: str) -> tuple[Dependencies, tuple[int, int]] | None:
    """What is installed beside an interpreter, and its version; ``None`` for a program that is no environment's Python.
    What runs with it is decided by this, whatever the project's manifests ask for."""
    folder = os.path.dirname(os.path.dirname(program))
    found = _installed(folder) if os.path.isabs(program) else []
    version = next(
        (m for path in found if (m := re.search(r"[/\\]python(\d+)\.(\d+)[/\\]site-packages[/\\]", path))), None
    )
    if version is None:
        return None
    return manifests.dependencies(dict.fromkeys(found, "")), (int(version[1]), int(version[2]))


def _installed(environment: str) -> list[str]:
    """The ``dist-info`` folders of a virtual environment, by name; nothing in it is imported or run."""
    libraries = [os.path.join(environment, "Lib", "site-packages")]
    try:
        lib = os.path.join(environment, "lib")
        libraries += [os.path.join(lib, name, "site-packages") for name in sorted(os.listdir(lib))]
    except OSError:
        pass
    found = []
    for library in libraries:
        try:
            found += [os.path.join(library, name) for name in sorted(os.listdir(library)) if _PYTHON.fullmatch(name)]
        except OSError:
            continue
    return found


def _read(path: str) -> str | None:
    try:
        return decode(content(path, LARGEST))
    except (OSError, ValueError, Undecodable):
        return None
