"""Everything inside a piece of `code`, in the order of the text: for rules and flows that look for one kind of node."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Collection, Iterable
from typing import Any, cast

from . import record
from .code import Const, Define, Function, Lambda, Name, Nested, Regex, Str, Unit
from .record import NamedTuple

_DEEPEST = 200


class Site(NamedTuple):
    """A node with the unit its offsets are relative to and the function around it (``None``: the module)."""

    node: object
    unit: Unit
    function: Function | None


_Plain = tuple[object, Unit, "Function | None"]


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

    What is found in nested units is kept with them: name the ``kinds`` wherever a long function is walked.
    """
    opened = nested and kinds is None
    leaves = _LEAVES if kinds is None else _LEAVES.intersection(kinds)
    key = id(root), id(unit), id(function), functions, opened, leaves
    known = _walks.get(key)
    if known is None:
        if len(_walks) >= _MOST:
            _walks.clear()
        known = _walks[key] = (root, unit, function), _walked(root, unit, function, functions, opened, leaves)
    found, parts = known[1]
    if kinds is None:
        return [Site(*each) for each in found]
    if nested and parts:
        return _picked(found, functions, frozenset(kinds))
    return [Site(*each) for each in found if type(each[0]) in kinds]


def _walked(
    root: object, unit: Unit, function: Function | None, functions: bool, opened: bool, leaves: frozenset[type]
) -> tuple[list[_Plain], bool]:
    """What was found, and whether nested units are in it, which were not ``opened``."""
    found: list[_Plain] = []
    _Walk(found, functions, opened, leaves).into(root, unit, function, 0)
    return found, not opened and Nested in {type(node) for node, _, _ in found}


def forget() -> None:
    """Of what was walked nothing is kept any longer: code is about to change."""
    _walks.clear()


def body(function: Function, *kinds: type) -> list[Site]:
    """What stands in a function itself, without the functions inside of it; of these ``kinds``, where any are named."""
    return sites(function.body, function.unit, function, functions=False, kinds=kinds or None)


def holds(outer: Site, unit: Unit, start: int, end: int) -> bool:
    """Whether a node holds what stands from ``start`` to ``end`` of a unit, which may be a part of its own in it."""
    node = outer.node
    if outer.unit is unit:
        return bool(node.start <= start and end <= node.end)  # type: ignore[attr-defined]
    inner = sites(node, outer.unit, outer.function, nested=False, kinds=(Nested,))
    return any(_leads(one.node.unit, unit) for one in inner)  # type: ignore[attr-defined]


def _leads(unit: Unit, to: Unit) -> bool:
    return unit is to or any(_leads(inner, to) for inner in unit.nested)


def _picked(found: list[_Plain], functions: bool, kinds: frozenset[type]) -> list[Site]:
    picked: list[Site] = []
    for node, home, around in found:
        kind = type(node)
        if kind is Nested:
            picked += _of_nested(node.unit, around, functions, kinds)  # type: ignore[attr-defined]
        elif kind in kinds:
            picked.append(Site(node, home, around))
    return picked


def _of_nested(unit: Unit, around: Function | None, functions: bool, kinds: frozenset[type]) -> list[Site]:
    """What was found in a nested unit, which stays the same while its text does; what stands directly in it stands in
    the function ``around`` it, which does not."""
    key = "walked", functions, kinds
    picked = cast("list[Site] | None", unit.kept.get(key))
    if picked is None:
        found, _ = _walked(unit.statements, unit, None, functions, False, _LEAVES & kinds)
        picked = unit.kept[key] = _picked(found, functions, kinds)
    return [Site(node, home, inner or around) for node, home, inner in picked]


class Nodes:
    """Nodes as themselves: two that say the same are two."""

    def __init__(self, nodes: Iterable[object] = ()) -> None:
        self._nodes = {id(node): node for node in nodes}

    def add(self, node: object) -> None:
        self._nodes[id(node)] = node

    def __contains__(self, node: object) -> bool:
        return id(node) in self._nodes


class _Walk:
    """One walk, with these ``leaves`` only: most of what it sees are names and literals that nobody asked for."""

    __slots__ = ("found", "functions", "nested", "skipped")

    def __init__(self, found: list[_Plain], functions: bool, nested: bool, leaves: frozenset[type]) -> None:
        self.found = found
        self.functions = functions
        self.nested = nested
        self.skipped = _PLAIN | (_LEAVES - leaves)

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
        if kind not in self.skipped:
            self.found.append((node, unit, function))
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


_MOST = 32
"""Walks that are kept: the rules about one handler come one after the other, and each walks through it."""
_Key = tuple[int, int, int, bool, bool, "frozenset[type]"]
_walks: dict[_Key, tuple[object, tuple[list[_Plain], bool]]] = {}  # with what must live as long as its id stands for it

_PLAIN: frozenset[type] = frozenset((type(None), str, int, bool, float, bytes, complex))
_LEAVES: frozenset[type] = frozenset((Name, Str, Const, Regex))


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
