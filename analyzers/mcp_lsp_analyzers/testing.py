"""Which files are tests, and which branches only tests take: what is written there stands for something and is nothing
itself."""

from __future__ import annotations

import functools
import re

from .code import Attr, Compare, Expr, Index, Str

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


def in_tests(condition: Expr) -> bool | None:
    """Whether a condition holds in tests and nowhere else (``process.env.NODE_ENV === "test"``, ``"pytest" in
    sys.modules``), or everywhere but there. ``None``: it is about something else."""
    if isinstance(condition, Compare):
        if condition.op in ("in", "not in"):
            about = isinstance(condition.left, Str) and condition.left.value in _RUNNERS
            return condition.op == "in" if about else None
        about = _variable(condition.left) == "NODE_ENV" and condition.op in ("==", "!=")
        tested = about and isinstance(condition.right, Str) and condition.right.value == "test"
        return condition.op == "==" if tested else None
    return True if _variable(condition) in _RUNNERS else None


_RUNNERS = frozenset(("VITEST", "VITEST_WORKER_ID", "JEST_WORKER_ID", "PYTEST_CURRENT_TEST", "pytest"))


def _variable(expr: Expr) -> str:
    """The variable of the environment that is read, or another member of that name."""
    if isinstance(expr, Attr):
        return expr.name if expr.name.isupper() else ""
    return expr.index.value if isinstance(expr, Index) and isinstance(expr.index, Str) else ""
