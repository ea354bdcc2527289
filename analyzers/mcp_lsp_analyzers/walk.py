"""Everything inside a piece of `code`, in the order of the text: for rules and flows that look for one kind of node."""

from __future__ import annotations

import functools
from collections.abc import Hashable, Iterator
from typing import NamedTuple

from . import record
from .code import Define, Function, Lambda, Nested, Unit

_DEEPEST = 200


class Site(NamedTuple):
    """A node with the unit its offsets are relative to and the function around it (``None``: the module)."""

    node: object
    unit: Unit
    function: Function | None


def sites(
    root: object, unit: Unit, function: Function | None = None, *, functions: bool = True, nested: bool = True
) -> Iterator[Site]:
    """``root`` (a node, or a list of them) and every node inside; a stack instead of recursion, for code of any depth.

    Not ``functions``: what stands in functions inside of ``root`` is left out (they are given themselves). Not
    ``nested``: nested units are given themselves, as `Nested`, and not opened.
    """
    waiting: list[tuple[object, Unit, Function | None, int]] = [(root, unit, function, 0)]
    while waiting:
        node, home, around, depth = waiting.pop()
        if isinstance(node, (list, tuple)):
            waiting += [(part, home, around, depth + 1) for part in reversed(node) if not isinstance(part, (str, int))]
            continue
        if depth > _DEEPEST or not record.is_dataclass(node):
            continue
        if isinstance(node, Nested) and nested:
            waiting += [(s, node.unit, around, depth + 1) for s in reversed(node.unit.statements)]
            continue
        yield Site(node, home, around)
        inner = around
        if isinstance(node, Nested):
            continue
        if isinstance(node, (Define, Lambda)):
            inner = node.function
            parts: list[object] = [*inner.decorators, *inner.params]
            if functions:
                parts += inner.body
        else:
            parts = [getattr(node, name) for name in _fields(type(node))]  # type: ignore[arg-type]
        waiting += [(part, home, inner, depth + 1) for part in reversed(parts) if part is not None]


def body(function: Function) -> Iterator[Site]:
    """What stands in a function itself, without the functions inside of it."""
    return sites(function.body, function.unit, function, functions=False)


@functools.cache
def _fields(kind: Hashable) -> tuple[str, ...]:
    if not record.is_dataclass(kind):
        return ()
    left_out = {"start", "end", "unit", "parent", "cls_of", "name", "id", "kind", "op", "pieces", "doc"}
    return tuple(f.name for f in record.fields(kind) if f.name not in left_out)
