"""Values that hold variables of the environment, of which most are credentials of something."""

from __future__ import annotations

import itertools

from ..code import Attr, Call, Comprehension, Dict, Expr, Function, Index, Name, last_name
from ..expressions import spelled
from ..identifier import words
from ..walk import sites
from .carrying import COVERED
from .values import origins


def of_environment(value: Expr | None, function: Function | None, depth: int = 0) -> bool:
    """Whether a value has variables of the environment that nobody wrote down one by one: all of it, those that have
    something in their names."""
    if value is None or depth > 2:
        return False
    for origin in origins(value, function):
        if spelled(origin) in _ENVIRONMENTS:
            return True
        if isinstance(origin, Call) and last_name(origin.callee) in ("reduce", "fromEntries", "dict", "assign"):
            if any(_picks(site.node) for site in sites(origin, function.unit if function else None, function)):  # type: ignore[arg-type]
                return True
        elif isinstance(origin, Comprehension) and origin.kind == "dict":
            if any(_picks(clause[1]) or spelled(clause[1]) in _ENVIRONMENTS for clause in origin.clauses):
                return True
        elif isinstance(origin, Dict) and any(of_environment(p.value, function, depth + 1) for p in origin.pairs):
            return True
    return False


_ENVIRONMENTS = ("process.env", "os.environ")


def _picks(node: object) -> bool:
    """``process.env[name]``, ``Object.entries(process.env)``, ``os.environ.items()``"""
    if isinstance(node, Index):
        return spelled(node.value) in _ENVIRONMENTS and isinstance(node.index, Name)
    if not isinstance(node, Call) or last_name(node.callee) not in ("entries", "items"):
        return False
    held = node.callee.value if isinstance(node.callee, Attr) else None
    return any(spelled(one) in _ENVIRONMENTS for one in (held, *(arg.value for arg in node.args)) if one is not None)


def set_for_a_program(name: str) -> bool:
    """Whether a value of this name is the environment of a program: ``env_vars``, ``serverEnv``."""
    said = words(name)
    if not COVERED.isdisjoint(said) or said[-1:] in (("names",), ("keys",), ("name",), ("count",)):
        return False
    return any(pair in _SETTINGS for pair in itertools.pairwise(said))


_SETTINGS = (("env", "vars"), ("env", "variables"), ("environment", "variables"), ("env", "dict"))
