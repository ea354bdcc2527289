"""Versions compared as their ecosystem compares them: PEP 440 for Python, Semantic Versioning for npm."""

from __future__ import annotations

import functools
import re
from typing import Any

_SEMVER = re.compile(r"[v=\s]*(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+.*)?")


@functools.lru_cache(maxsize=8192)
def key(ecosystem: str, version: str) -> Any:
    """Something that sorts as the version does among those of its ecosystem; ``None`` for what is no version."""
    if ecosystem == "python":
        from packaging.version import InvalidVersion, Version

        try:
            return Version(version)
        except InvalidVersion:
            return None
    match = _SEMVER.fullmatch(version.strip())
    if match is None:
        return None
    # A version with a suffix comes before the one without; of two suffixes numbers come before words.
    parts = tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in (match[4] or "").split(".") if p)
    return (tuple(int(n or 0) for n in match.group(1, 2, 3)), not parts, parts)


def admits(ecosystem: str, requirement: str, version: str) -> bool:
    """Whether a requirement lets a version in, as far as its lower bound goes; what cannot be read does."""
    if ecosystem == "python":
        from packaging.specifiers import InvalidSpecifier, SpecifierSet

        try:
            return SpecifierSet(requirement).contains(version, prereleases=True)
        except InvalidSpecifier:
            pass  # Poetry's carets, addresses
    lowest = re.search(r"(?:>=|\^|~>?|==?|^)\s*v?(\d+(?:\.\d+)*[\w.+-]*)", requirement.strip())
    if lowest is None or "||" in requirement:
        return True
    low, own = key(ecosystem, lowest[1]), key(ecosystem, version)
    return low is None or own is None or bool(low <= own)


def exact(ecosystem: str, requirement: str) -> str:
    """The one version a requirement names; "" where it names none, or several."""
    if ecosystem == "python":
        # Poetry writes an exact version without an operator.
        match = re.fullmatch(r"\s*(?:={2,3})?\s*(\d[\w.+!-]*)\s*(?:,.*)?", requirement)
    else:
        match = re.fullmatch(r"\s*[=v]?\s*(\d+\.\d+\.\d+[\w.+-]*)\s*", requirement)
    return match[1] if match and key(ecosystem, match[1]) is not None else ""
