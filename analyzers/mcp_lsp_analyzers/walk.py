"""Everything inside a piece of `code`, in the order of the text: for rules and flows that look for one kind of node."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Collection
from typing import Any

from . import record
from .code import Const, Define, Function, Lambda, Name, Nested, Regex, Str, Unit
from .record import NamedTuple

_DEEPEST = 200


class Site(NamedTuple):
    """A node with the unit its offsets are relative to and the function around it (``None``: the module)."""

    node: object
    unit: Unit
    function: Function | None


def sites(
    root: object,
    unit: Unit,
    function: Function | None = None,
    *,
    functions: bool = True,
    nested: bool = True,
    kinds: Collection[type] | None = None,
) -> list[Site]:
    """``root`` (a node, or a list of them) and every node inside, of these ``kinds``. Deeper than 200 nothing is found.

    Not ``functions``: what stands in functions inside of ``root`` is left out (they are given themselves). Not
    ``nested``: nested units are given themselves, as `Nested`, and not opened.
    """
    found: list[Site] = []
    _Walk(found, functions, nested, kinds).into(root, unit, function, 0)
    return found


def body(function: Function) -> list[Site]:
    """What stands in a function itself, without the functions inside of it."""
    return sites(function.body, function.unit, function, functions=False)


class _Walk:
    """One walk. Most of what it sees are names and literals that nobody asked for, so these are told first."""

    __slots__ = ("found", "functions", "kinds", "nested", "skipped")

    def __init__(self, found: list[Site], functions: bool, nested: bool, kinds: Collection[type] | None) -> None:
        self.found = found
        self.functions = functions
        self.nested = nested
        self.kinds = None if kinds is None else frozenset(kinds)
        self.skipped = _PLAIN if self.kinds is None else _PLAIN | (_LEAVES - self.kinds)

    def into(self, node: object, unit: Unit, function: Function | None, depth: int) -> None:
        kind: Any = type(node)
        if kind is list or kind is tuple:
            skipped = self.skipped
            for part in node:  # type: ignore[attr-defined]
                if type(part) not in skipped:
                    self.into(part, unit, function, depth)
            return
        parts = _parts(kind)
        if parts is None or depth > _DEEPEST:
            return
        if kind is Nested and self.nested:
            self.into(node.unit.statements, node.unit, function, depth + 1)  # type: ignore[attr-defined]
            return
        if self.kinds is None or kind in self.kinds:
            self.found.append(Site(node, unit, function))
        if kind is Define or kind is Lambda:
            inner: Function = node.function  # type: ignore[attr-defined]
            self.into(inner.decorators, unit, inner, depth + 1)
            self.into(inner.params, unit, inner, depth + 1)
            if self.functions:
                self.into(inner.body, unit, inner, depth + 1)
        elif kind is not Nested:
            skipped = self.skipped
            for part in parts(node):
                if type(part) not in skipped:
                    self.into(part, unit, function, depth + 1)


_PLAIN = frozenset((type(None), str, int, bool, float, bytes, complex))
_LEAVES = frozenset((Name, Str, Const, Regex))


@functools.cache
def _parts(kind: Any) -> Callable[[object], tuple[object, ...]] | None:
    """What gives the parts of a node that can hold others; ``None`` for what is no node."""
    if not record.is_dataclass(kind):
        return None
    left_out = {"start", "end", "unit", "parent", "cls_of", "name", "id", "kind", "op", "pieces", "doc"}
    names = [f.name for f in record.fields(kind) if f.name not in left_out]
    if not names:
        return lambda _: ()
    get = operator.attrgetter(*names)
    return get if len(names) > 1 else lambda node: (get(node),)
