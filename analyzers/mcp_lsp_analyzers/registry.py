"""All rules, found by importing every module of every room. There is no list to extend: a new file is enough.

Other packages offer rules by entry points (`plug_in`); a package is imported when somebody's settings name it.
"""

from __future__ import annotations

import functools
import importlib
import os
import re
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


GROUP = "mcp_lsp.rules"
"""The group of entry points that lead to modules with rules of other packages."""

_plugged: set[str] = set()


def plug_in(name: str) -> None:
    """Import the module with rules that an installed package offers as ``name``: its rules are those of a room of that
    name from now on. Raises ``ValueError`` where there is none, or its rules cannot be used."""
    if name in _plugged:
        return
    from importlib.metadata import entry_points  # for the few projects that name one

    offered = {each.name: each for each in entry_points(group=GROUP)}
    if name not in offered:
        there = f"; there are {', '.join(sorted(offered))}" if offered else ", and none offers any"
        raise ValueError(f'no installed package offers rules as "{name}"{there}')
    known = rules()
    try:
        offered[name].load()
        added = _rule.RULES[len(known) :]
        _fit(known, added)
    except Exception as error:
        del _rule.RULES[len(known) :]
        said = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
        raise ValueError(f"{name}: {said}") from None
    for each in added:
        object.__setattr__(each, "room", name.replace("-", "_"))
    _plugged.add(name)
    rules.cache_clear()
    by_name.cache_clear()


def _fit(known: tuple[_rule.Rule, ...], added: list[_rule.Rule]) -> None:
    from . import taxonomy

    taken = {key for each in known for key in (each.id, each.name)}
    for each in added:
        if not re.fullmatch(r"(?!MCP)[A-Z]{2,12}[0-9]{3,4}", each.id):
            raise ValueError(
                f"{each.id} is no id of a rule of yours: capitals other than MCP and three digits, as ACME001"
            )
        if twice := taken & {each.id, each.name}:
            raise ValueError(f"{' and '.join(sorted(twice))} of {each.id} stands for another rule already")
        for reference in each.references:
            try:
                taxonomy.title(reference)
            except KeyError:
                raise ValueError(
                    f"{each.id}: {reference} is in none of the taxonomies; CWE-20 is one way to cite"
                ) from None
        taken |= {each.id, each.name}


@functools.cache
def by_name() -> MappingProxyType[str, _rule.Rule]:
    """Rules by id and by name."""
    return MappingProxyType({key: r for r in rules() for key in (r.id, r.name)})
