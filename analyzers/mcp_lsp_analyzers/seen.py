"""What was looked up to find something out, and whether it would be the same now.

It says which unit answered each name, and holds no state of a file: whoever keeps it through many edits does not keep
what the file was like before each.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, cast

from . import inside, putting
from .code import Function, Unit

if TYPE_CHECKING:
    from .scope import Module, Modules


class Seen:
    """``names`` and ``around`` are about the file ``home``, ``elsewhere`` and ``far`` about all others. ``around`` and
    ``far``: names that functions around bind, and members (see `inside.standing`); ``put``: what is put in under names
    of files; ``stars``: which files have all of their names handed on by a file."""

    __slots__ = ("around", "elsewhere", "far", "home", "modules", "names", "put", "stars")

    def __init__(self, home: str, modules: Modules | None = None) -> None:
        self.home = home
        self.modules = modules
        self.names: dict[str, Unit | None] = {}
        self.elsewhere: dict[tuple[str, str], Unit | None] = {}
        self.around: dict[tuple[Function, str], tuple[object, ...]] = {}
        self.far: dict[tuple[str, Function, str], tuple[object, ...]] = {}
        self.put: dict[tuple[str, str], tuple[object, ...]] = {}
        self.stars: dict[str, tuple[str, ...]] = {}

    def stood(self, uri: str, function: Function, name: str, standing: tuple[object, ...]) -> None:
        """What stands around a function of a file under a name: ``.`` before a member, ``+`` before what is filled."""
        if _alone(function):
            return
        if uri == self.home:
            self.around[function, name] = standing
        else:
            self.far[uri, function, name] = standing

    def add(self, other: Seen) -> None:
        """What was looked up there counts as looked up here."""
        if other.put:
            self.put.update(other.put)
        if other.stars:
            self.stars.update(other.stars)
        if other.home == self.home:
            self.names.update(other.names)
            self.around.update(other.around)
            self.elsewhere.update(other.elsewhere)
            self.far.update(other.far)
            return
        for name, unit in other.names.items():
            self.elsewhere[other.home, name] = unit
        for (function, name), units in other.around.items():
            self.far[other.home, function, name] = units
        for key, unit in other.elsewhere.items():
            if key[0] == self.home:
                self.names[key[1]] = unit
            else:
                self.elsewhere[key] = unit
        for (uri, function, name), units in other.far.items():
            if uri == self.home:
                self.around[function, name] = units
            else:
                self.far[uri, function, name] = units

    def still_holds(self, module: Module, changed: AbstractSet[str], others: bool) -> bool:
        """`holds` for what held before an edit, in little time: ``changed`` are the names of the module that mean other
        units now; ``others`` says whether other files may have changed too."""
        if not self.names.keys().isdisjoint(changed):
            return False
        if others and (self.elsewhere or self.far):
            return self.holds(module)
        return self._stands(module) and self._filled(module)

    def holds(self, module: Module) -> bool:
        """Whether every name looked up here still means the same unit in ``module``."""
        names = module.names
        for name, unit in self.names.items():
            if names.get(name) is not unit:
                return False
        for (uri, name), unit in self.elsewhere.items():
            other = self.modules.current(uri) if self.modules else None
            if other is None or other.names.get(name) is not unit:
                return False
        return (
            self._stands(module)
            and self._filled(module)
            and all(self._now(uri, module) == stars for uri, stars in self.stars.items())
            and all(units == _around(function, name) for (_, function, name), units in self.far.items())
        )

    def _now(self, uri: str, module: Module) -> tuple[str, ...]:
        """What `Module.stars` of a file is now."""
        of = module if uri == module.uri else self.modules.current(uri) if self.modules else None
        return () if of is None else of.stars

    def _filled(self, module: Module) -> bool:
        for (uri, name), put in self.put.items():
            of = module if uri == module.uri else self.modules.current(uri) if self.modules else None
            if of is None or putting.standing(of.puts(name)) != put:
                return False
        return True

    def _stands(self, module: Module) -> bool:
        # Many handlers in one function around them ask for the same names.
        known = cast("dict[object, tuple[object, ...]]", module.kept.setdefault("around", {}))
        for (function, name), units in self.around.items():
            key = (function if name.startswith((".", "+")) else function.parent, name)
            now = known.get(key)
            if now is None:
                now = known[key] = _around(function, name)
            if now != units:
                return False
        return True


def _alone(function: Function) -> bool:
    """Whether all that stands around a function is in its own unit, and so stays what it is as long as that."""
    around: Function | None = function
    while around is not None:
        if around.unit is not function.unit or (around.cls is not None and around.cls.unit is not function.unit):
            return False
        around = around.parent
    return True


def _around(function: Function, name: str) -> tuple[object, ...]:
    if name.startswith("+"):
        return putting.standing(putting.seen_from(function, name[1:]))
    found = inside.member(function, name[1:]) if name.startswith(".") else inside.meaning(name, function.parent)
    return inside.standing(found)
