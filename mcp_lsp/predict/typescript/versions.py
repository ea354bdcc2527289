"""Which SDK and which zod list a server's definitions, as far as lock files, manifests and imports tell.

A range means what is installed from it today: the newest version that it admits. Where nothing is said of zod, it is
the one that the SDK brings.
"""

from __future__ import annotations

import re

from mcp_lsp.read.manifests import Dependencies
from mcp_lsp.read.manifests import Version as Said
from mcp_lsp_analyzers.model import Sdk
from mcp_lsp_analyzers.record import NamedTuple

from .zod import NEWEST, Version

THREE = Version(3, 25)
NEWEST_SDK = {1: 32, 2: 4}
"""Newest minors of the official SDK in November 2026."""

# First minors of SDK 1 (read in the released packages 1.12.0 to 1.32.2): 1.13 lists titles, 1.17 `properties` of tools
# without parameters, 1.18 `_meta`, 1.20 shows the input side of pipes, 1.23 takes zod 4, 1.24 lists `execution`, 1.25
# what zod 4 says of a prompt's arguments.
TITLES, EMPTY, META, PIPES, ZOD4, EXECUTION, DESCRIBED = 13, 17, 18, 20, 23, 24, 25


class Versions(NamedTuple):
    """``zods``: the versions of zod that may be meant; more than one where nothing decides."""

    major: int
    minor: int
    zods: tuple[Version, ...]

    def has(self, since: int) -> bool:
        """Whether SDK 1 is new enough; SDK 2 has what 1 has."""
        return self.major > 1 or self.minor >= since


def versions(sdk: Sdk, dependencies: Dependencies) -> Versions:
    npm = dependencies.npm
    major = sdk.major or 1
    package = "@modelcontextprotocol/server" if major == 2 else "@modelcontextprotocol/sdk"
    minor = _minor(npm.get(package), NEWEST_SDK.get(major, 0))
    zod = npm.get("zod")
    if zod is None:
        if major == 2 or (npm and minor >= ZOD4):
            return Versions(major, minor, (NEWEST,))
        return Versions(major, minor, (THREE,) if npm else (NEWEST, THREE))
    if zod.major == 3:
        return Versions(major, minor, (Version(3, _minor(zod, THREE.minor)),))
    if zod.major == 4 or "4" in re.findall(r"(?<![\d.])\d+", zod.text):
        return Versions(major, minor, (Version(4, _minor(zod, NEWEST.minor)),))
    return Versions(major, minor, (NEWEST, THREE))


def _minor(said: Said | None, newest: int) -> int:
    if said is None:
        return newest
    exact = re.fullmatch(r"[v=]*\s*\d+\.(\d+)\.\d+[\w.+-]*", said.text.strip())
    pinned = exact or re.fullmatch(r"~\s*\d+\.(\d+)[\w.+-]*|\d+\.(\d+)(?:\.[xX*])?", said.text.strip())
    return newest if pinned is None else int(next(group for group in pinned.groups() if group is not None))
