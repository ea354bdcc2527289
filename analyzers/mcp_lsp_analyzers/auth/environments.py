"""Values that hold variables of the environment, of which most are credentials of something."""

from __future__ import annotations

import itertools

from ..code import Attr, Call, Choice, Comprehension, Dict, Expr, Function, Index, Items, Join, Name, last_name
from ..expressions import spelled
from ..identifier import words
from ..walk import sites
from .called import COVERED
from .values import name_of, origins


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
        elif isinstance(origin, Call) and last_name(origin.callee) == "join" and len(origin.args) == 1:
            if _pairs(origin.args[0].value):
                return True
        elif isinstance(origin, Comprehension) and origin.kind == "dict":
            if any(_picks(clause[1]) or spelled(clause[1]) in _ENVIRONMENTS for clause in origin.clauses):
                return True
        elif isinstance(origin, Dict) and any(of_environment(p.value, function, depth + 1) for p in origin.pairs):
            return True
    return False


_ENVIRONMENTS = ("process.env", "os.environ")


def _pairs(given: Expr) -> bool:
    """Whether it lists names together with values: ``f"{k}={v}" for k, v in os.environ.items()``."""
    if not isinstance(given, Comprehension):
        return False
    target, listed, _ = given.clauses[0]
    if not isinstance(target, Items) or len(target.items) != 2 or not _picks(listed):
        return False
    value = name_of(target.items[1])
    shown = [given.element.then, given.element.otherwise] if isinstance(given.element, Choice) else [given.element]
    whole = [part for one in shown if isinstance(one, Join) for part in one.parts]
    return any(isinstance(part, Name) and part.id == value for part in whole)


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
