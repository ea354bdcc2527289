"""What stands in a unit; after an edit, only what it can have changed is walked through again."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import cast

from mcp_lsp_analyzers.code import Class, Function, Unit
from mcp_lsp_analyzers.inside import standing, targets
from mcp_lsp_analyzers.scope import Module, Modules

from .bodies import surrounding
from .entries import Declared, Inner, Kept, constants
from .evidence import About
from .sight import Sight
from .walk import MENTIONS, Walk

Key = tuple[object, object, str]


class Finder:
    """One pass over a file. ``changed``: the names of the module that mean something else than before; ``None``: any
    may, and so may what other files have."""

    __slots__ = ("about", "abroad", "changed", "memory", "module", "modules", "seen")

    def __init__(self, module: Module, about: About, modules: Modules | None, changed: AbstractSet[str] | None) -> None:
        self.module = module
        self.modules = modules
        self.abroad = False  # something of another file was looked up
        self.about = about
        self.changed = changed
        self.memory: dict[Key, tuple[object, ...]] = {}
        self.seen: set[str] = set()  # names of the module that were looked up in this pass

    def found(self, unit: Unit, inner: Inner | None = None) -> list[Declared]:
        """What stands in a unit, its nested units included, in order."""
        kept = self._kept(unit, inner)
        self.seen |= kept.seen
        self.abroad = self.abroad or kept.abroad
        return kept.all

    def _kept(self, unit: Unit, inner: Inner | None) -> Kept:
        kept = cast("Kept | None", unit.kept.get("mcp"))
        function, cls = (inner.function, inner.cls) if inner is not None else (None, None)
        around = _around(inner)
        if (
            kept is not None
            and kept.record.modules is self.modules
            and kept.about is self.about
            and kept.around == around
        ):
            if self.changed is not None and self.changed.isdisjoint(kept.seen):
                if self._same(kept.looked, function, cls):
                    return kept
            elif not kept.record.holds(self.module):
                kept = None
            if kept is not None and not self._same(kept.stood, function, cls):
                kept = None
        else:
            kept = None
        if kept is None:
            sight = Sight(self.module, unit, function, cls, self.modules)
            kept = Kept(sight.scope.seen, sight.looked, self.about, around)
            if MENTIONS.search(unit.key) is not None:
                Walk(self.module, unit, self.about, kept, sight, inner).run()
            unit.kept["mcp"] = kept
        self._gather(kept, function, cls)
        return kept

    def _gather(self, kept: Kept, function: Function | None, cls: Class | None) -> None:
        everything: list[Declared] = []
        record = kept.record
        looked, seen, abroad = dict(kept.stood), set(record.names), bool(record.elsewhere)
        for entry in kept.entries:
            if not isinstance(entry, Inner):
                everything.append(entry)
                continue
            below = self._kept(entry.unit, entry)
            everything += below.all
            seen |= below.seen
            abroad = abroad or below.abroad
            for name in below.looked:
                if name not in looked:
                    looked[name] = self._standing(name, function, cls)
        kept.all, kept.seen, kept.abroad = everything, seen, abroad
        kept.looked = looked if function is not None or cls is not None else {}

    def _same(self, looked: dict[str, tuple[object, ...]], function: Function | None, cls: Class | None) -> bool:
        for name, there in looked.items():  # noqa: SIM110 (asked for each part of a function around all tools)
            if self._standing(name, function, cls) != there:
                return False
        return True

    def _standing(self, name: str, function: Function | None, cls: Class | None) -> tuple[object, ...]:
        key = (function, cls, name)
        there = self.memory.get(key)
        if there is None:
            there = self.memory[key] = standing(surrounding(name, function, cls))
        return there


_PLAIN = {
    (a, b): ((), (), False, a, b) for a in (True, False) for b in (True, False)
}  # what `_around` gives outside of loops and tests


def _around(inner: Inner | None) -> tuple[object, ...]:
    """What of the surroundings a nested unit is read by, beside the names it looks up."""
    if inner is None:
        return ()
    if not inner.loops and not inner.tested:
        return _PLAIN[inner.function is None, inner.cls is None]
    loops = tuple(
        (
            at.where.unit.key[at.node.start : at.node.end],
            # The anchor as well: a unit that is read again at each edit leaves places in the old one behind.
            *((unit.key[s.start : s.end], unit.anchor) for s, unit in constants(body, at.where.unit)),
        )
        for _, at, body in inner.loops
    )
    names = tuple(name for target, _, _ in inner.loops for name, _ in targets(target))
    return (loops, names, inner.tested, inner.function is None, inner.cls is None)
