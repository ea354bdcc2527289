"""What is found out about a declaration is found out once and kept with it. A declaration whose text did not change is
the same object after an edit; one in which anything changed, also in a part of it, is another."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

from .code import Class, Function, Unit

T = TypeVar("T")
D = TypeVar("D", bound="Function | Class")

_NOTHING = object()


def once(find: Callable[[Unit], T]) -> Callable[[Unit], T]:
    """``find`` looks at nothing but a declaration. What it finds is kept under what is given back here."""

    @functools.wraps(find)
    def known(unit: Unit) -> T:
        found = unit.kept.get(known, _NOTHING)
        if found is _NOTHING:
            found = unit.kept[known] = find(unit)
        return found  # type: ignore[return-value]

    return known


def once_each(find: Callable[[D], T]) -> Callable[[D], T]:
    """``find`` looks at nothing but a function or a class."""

    @functools.wraps(find)
    def known(of: D) -> T:
        kept, key = of.unit.kept, (find, of)
        found = kept.get(key, _NOTHING)
        if found is _NOTHING:
            found = kept[key] = find(of)
        return found  # type: ignore[return-value]

    return known
