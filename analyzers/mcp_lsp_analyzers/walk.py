"""Everything inside a piece of `code`, in the order of the text: for rules and flows that look for one kind of node."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterable
from typing import Any, cast

from . import record
from .code import Const, Define, Function, Lambda, Name, Nested, Str, Unit
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

    A declaration is walked once for all who ask for it and for the bodies of its functions. What is found in nested
    units is kept with them: name the ``kinds`` wherever a long function is walked.
    """
    leaves = kinds is None or not _LEAVES.isdisjoint(kinds)
    walk, first, last = _walked(root, unit, function, leaves)
    found = walk.sites[first:last] if functions else walk.outside(first, last)
    if nested and walk.nests:
        return _opened(found, functions, kinds)
    return found if kinds is None else [site for site in found if type(site[0]) in kinds]


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


def forget() -> None:
    """Of what was walked nothing is kept any longer: code is about to change."""
    _walks.clear()


def _walked(root: object, unit: Unit, function: Function | None, leaves: bool) -> tuple[_Walk, int, int]:
    """A walk through ``root``, or through the unit in which it is the body of ``function``, and where in that."""
    if function is not None and root is function.body and unit is function.unit:
        walk = _kept(unit.statements, unit, None, leaves)
        if function in walk.bodies:
            return walk, *walk.bodies[function]
    walk = _kept(root, unit, function, leaves)
    return walk, 0, len(walk.sites)


def _kept(root: object, unit: Unit, function: Function | None, leaves: bool) -> _Walk:
    key = id(root), id(unit), id(function)
    walk = _walks.get(key)
    if walk is None or (leaves and not walk.leaves):
        if len(_walks) >= _MOST:
            _walks.clear()
        walk = _walks[key] = _Walk(root, unit, function, leaves)
    return walk


def _opened(found: list[Site], functions: bool, kinds: Collection[type] | None) -> list[Site]:
    """What was found of these kinds, with what stands in a nested unit in its place."""
    opened: list[Site] = []
    for site in found:
        kind = type(site[0])
        if kind is Nested:
            inner: Unit = site[0].unit  # type: ignore[attr-defined]
            if kinds is None:
                opened += sites(inner.statements, inner, site[2], functions=functions)
            else:
                opened += _of_nested(inner, site[2], functions, frozenset(kinds))
        elif kinds is None or kind in kinds:
            opened.append(site)
    return opened


def _of_nested(unit: Unit, around: Function | None, functions: bool, kinds: frozenset[type]) -> list[Site]:
    """What was found in a nested unit, which stays the same while its text does; what stands directly in it stands in
    the function ``around`` it, which does not."""
    key = "walked", functions, kinds
    found = cast("list[Site] | None", unit.kept.get(key))
    if found is None:
        found = unit.kept[key] = sites(unit.statements, unit, functions=functions, kinds=kinds)
    return [Site(node, home, inner or around) for node, home, inner in found]


class Nodes:
    """Nodes as themselves: two that say the same are two."""

    def __init__(self, nodes: Iterable[object] = ()) -> None:
        self._nodes = {id(node): node for node in nodes}

    def add(self, node: object) -> None:
        self._nodes[id(node)] = node

    def __contains__(self, node: object) -> bool:
        return id(node) in self._nodes


class _Walk:
    """Every node of ``root``, nested units unopened (``nests``: there are such). Names and literals, which most nodes
    are, only where somebody asked for such ``leaves``. ``bodies``: from where to where those of functions go, each
    before those in it."""

    __slots__ = ("_of", "bodies", "leaves", "nests", "sites")

    def __init__(self, root: object, unit: Unit, function: Function | None, leaves: bool) -> None:
        self._of = root, unit, function  # which live as long as their ids stand for them
        self.leaves = leaves
        self.sites: list[Site] = []
        self.bodies: dict[Function, tuple[int, int]] = {}
        self.nests = False
        _into((root,), unit, function, 0, self, _PLAIN if leaves else _PLAIN | _LEAVES)

    def outside(self, first: int, last: int) -> list[Site]:
        """What of it does not stand in functions inside of it."""
        found: list[Site] = []
        at = first
        for start, end in self.bodies.values():
            if first < start < last and start >= at:
                found += self.sites[at:start]
                at = end
        return found + self.sites[at:last]


def _into(
    parts: Iterable[object], unit: Unit, function: Function | None, depth: int, walk: _Walk, skipped: frozenset[type]
) -> None:
    sites = walk.sites
    for part in parts:
        kind: Any = type(part)
        if kind in skipped:
            continue
        if kind is list or kind is tuple:
            if part:
                _into(part, unit, function, depth, walk, skipped)  # type: ignore[arg-type]
            continue
        inside: Any = _INSIDE.get(kind, _inside)
        if inside is _inside:
            inside = _INSIDE[kind] = _inside(kind)
        if inside is None or depth > _DEEPEST:
            continue
        sites.append(_tuple(Site, (part, unit, function)))
        if kind is Define or kind is Lambda:
            inner: Function = part.function  # type: ignore[attr-defined]
            _into((inner.decorators, inner.params), unit, inner, depth + 1, walk, skipped)
            start = len(sites)
            walk.bodies[inner] = start, start
            _into(inner.body, unit, inner, depth + 1, walk, skipped)
            walk.bodies[inner] = start, len(sites)
        elif kind is Nested:
            walk.nests = True
        elif inside is not _alone:
            _into(inside(part), unit, function, depth + 1, walk, skipped)


_MOST = 256
"""Walks that are kept, about as many as there are declarations: rules about one come one after the other."""
_walks: dict[tuple[int, int, int], _Walk] = {}

_PLAIN: frozenset[type] = frozenset((type(None), str, int, bool, float, bytes, complex))
_LEAVES: frozenset[type] = frozenset((Name, Str, Const))
_WORDS = frozenset(("str", "int", "bool", "object", "None", "list", "tuple"))
"""What the types of fields are made of that hold no nodes."""

_INSIDE: dict[type, Callable[[object], Iterable[object]] | None] = {}
_tuple = tuple.__new__


def _inside(kind: Any) -> Callable[[object], Iterable[object]] | None:
    """What gives the parts of a node that can hold others; ``None`` for what is no node."""
    if not record.is_dataclass(kind):
        return None
    fields = [(field.name, kind.__annotations__[field.name]) for field in record.fields(kind)]
    names = [
        name
        for name, annotation in fields
        if name not in ("unit", "parent", "doc") and not _WORDS.issuperset(re.findall(r"\w+", annotation))
    ]
    if not names:
        return _alone
    get = operator.attrgetter(*names)
    return get if len(names) > 1 else lambda node: (get(node),)


def _alone(_: object) -> Iterable[object]:
    return ()
