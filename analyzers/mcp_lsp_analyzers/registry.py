"""All rules, found by importing every module of every room. There is no list to extend: a new file is enough."""

from __future__ import annotations

import functools
import importlib
import os
from types import MappingProxyType

from . import rule as _rule

ROOMS = (
    "protocol", "metadata", "handlers", "auth", "capabilities", "supply_chain", "drift", "runtime", "readiness",
)  # fmt: skip


@functools.cache
def rules() -> tuple[_rule.Rule, ...]:
    """Every rule, by id. Raises ``ValueError`` where an id or a name is used twice."""
    package = __name__.rpartition(".")[0]
    for room in ROOMS:
        home = importlib.import_module(f"{package}.{room}")
        for name in _modules(home.__path__[0]):
            importlib.import_module(f"{home.__name__}.{name}")
    found = sorted(_rule.RULES, key=lambda r: r.id)
    for key in ("id", "name"):
        values = [getattr(r, key) for r in found]
        twice = sorted({v for v in values if values.count(v) > 1})
        if twice:
            raise ValueError(f"rule {key} used twice: {', '.join(twice)}")
    return tuple(found)


def _modules(folder: str) -> list[str]:
    try:
        # A fifth of the time that pkgutil takes, which loads inspect.
        names = os.listdir(folder)
    except OSError:  # inside a zip file
        import pkgutil

        return sorted(module.name for module in pkgutil.iter_modules([folder]))
    return sorted(name[:-3] for name in names if name.endswith(".py") and name != "__init__.py")


@functools.cache
def by_name() -> MappingProxyType[str, _rule.Rule]:
    """Rules by id and by name."""
    return MappingProxyType({key: r for r in rules() for key in (r.id, r.name)})
