"""Which files are tests: what is written there stands for something and is nothing itself."""

from __future__ import annotations

import functools
import re

_FOLDERS = r"(?:^|/)(?:tests?|__tests__|testing|fixtures?|__fixtures__|mocks?|__mocks__|testdata|spec)/"
_NAMES = r"(?:^|/)(?:test_[^/]*|[^/]*_test|conftest)\.py$|\.(?:test|spec)\.[cm]?[jt]sx?$|/__(?:tests|mocks)__/[^/]*$"
_NAMES += r"|(?:^|/)(?:jest|vitest|karma|cypress|playwright|wdio)\.[\w.-]*[cm]?[jt]s$"  # what runs them


@functools.lru_cache(maxsize=64)
def is_test(file: str) -> bool:
    """Whether a file is one by its path inside the project. (A whole checkout may stand below "tests".)"""
    return re.search(f"{_FOLDERS}|{_NAMES}", file) is not None


@functools.lru_cache(maxsize=64)
def named_as_test(uri: str) -> bool:
    """Whether a file is one by its own name, wherever its project begins."""
    return re.search(_NAMES, uri) is not None
