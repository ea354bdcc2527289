"""One `Unit` per segment, read again only where its text changed: what the lowerers of both languages share.

What a language provides (``read/python/lower.py``, ``read/typescript/lower.py``):

```python
def lower(segment: Segment, nest: Nest) -> Unit
```

The unit's ``key`` is ``segment.text``, its ``anchor`` is ``segment.anchor``, ``broken`` is ``segment.broken`` (a nested
unit: whether its node has an error), and ``binds`` is ``tuple(scope.bindings(unit))`` (nested units: left empty). It
never raises: what the grammar does not understand becomes `Opaque` and ``Block(broken=True)`` with everything inside
lowered, and nesting deeper than a bound becomes `Opaque`.

Inside a statement that is `long`, every block that `nests` becomes nested units, one per statement; a smaller one may
become one nested unit of several statements (`nests_whole`). A docstring stays in the container, and so does everything
that ends up in a field of the container itself (parameters, decorators). For each such block the lowerer calls
``nest.units(parent, spans)`` once, with the (start, end) of all statements relative to ``parent``'s anchor, and gets
a `Slot` for each: ``slot.unit`` is the unit of before where the same text stood there (``slot.kept``), its anchor
already moved; otherwise a new empty `Unit`, to be filled in, with ``slot.nest`` in place of ``nest`` for the containers
inside it. The lowerer puts ``Nested(start, end, slot.unit)`` into the block (offsets relative to the parent);
``parent.nested`` is filled here.

A kept unit's functions must know the container as it is now. So the lowerer calls ``child(unit, thing)`` for every
function and class that stands in a nested unit and not in a function or class of it, and for every nested unit in such
a place, and ``adopt(slot.unit, function, cls)`` with the enclosing function and class for every kept slot.
"""

from __future__ import annotations

import importlib
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Union, cast

from mcp_lsp_analyzers.code import Class, Function, Unit
from mcp_lsp_analyzers.place import Anchor
from mcp_lsp_analyzers.scope import Module
from mcp_lsp_analyzers.window import window

from ..syntax import PLAIN

if TYPE_CHECKING:
    from ..syntax import Segment, Tree

# A statement with more lines than this is a container, whose parts are kept one by one.
LONG = 80
# Blocks with fewer lines are read as a whole even there: keeping their statements would cost more than it saves.
SHORT = 8
# Blocks with fewer lines than this are not even kept as one.
FEW = 2


def module(tree: Tree, previous: Module | None = None) -> Module:
    """The file as it is now. Units of unchanged segments are the objects they were; ``previous`` may be any earlier
    state of the same file and only saves work."""
    language = tree.document.language or ""
    if language in PLAIN:
        from .plain import unit as whole

        return Module(tree.document.uri, language, [whole(language, tree.document.text, tree.segments[0].anchor)], {})
    segments = tree.segments
    if previous is not None and previous.sources is segments:
        return previous
    old = previous.units if previous is not None else []
    first, last = window(previous.sources, segments) if previous is not None else (0, 0)
    stop = len(segments) - last
    come = [cast("Union[Unit, None]", segment.kept.get("unit")) for segment in segments[first:stop]]
    gone = old[first : len(old) - last]
    if None in come:
        lower = _lowerer(language)
        alive = set(map(id, come))
        nest = Nest([inner for unit in gone if id(unit) not in alive for inner in unit.nested])
        for i, unit in enumerate(come):
            if unit is None:
                segment = segments[first + i]
                come[i] = segment.kept["unit"] = unit = _lowered(segment, nest, lower)
                unit.kept["start"] = unit.anchor.start
    read = cast("list[Unit]", come)
    units = [*old[:first], *read, *old[len(old) - last :]]
    containers = previous.containers if previous is not None else ()
    if any(unit.nested for unit in gone) or any(unit.nested for unit in read):
        containers = [unit for unit in units if unit.nested]
    for unit in containers:
        if unit.anchor.start != unit.kept["start"]:
            _move(unit)
    names = _names(units, gone, read, previous)
    columns = previous.columns if previous is not None else {}
    family = _FAMILY.get(language, language)
    return Module(tree.document.uri, family, units, names, segments, containers, columns=columns)


def whole(module: Module) -> Module:
    """The file with each declaration read in one piece, for what looks at all of one and does not come back."""
    if not module.containers:
        return module
    lower, nest = _lowerer(module.language), Nest(whole=True)
    read = [
        _lowered(cast("Segment", source), nest, lower) if unit.nested else unit
        for unit, source in zip(module.units, module.sources, strict=True)
    ]
    return Module(module.uri, module.language, read, {name: unit for unit in read for name in unit.binds})


def _lowered(segment: Segment, nest: Nest, lower: Callable[[Segment, Nest], Unit]) -> Unit:
    start = segment.anchor.start
    nest.mended = sorted([start + at for at in segment.mends]) if segment.broken else []
    segment.anchor.torn = segment.broken
    try:
        return lower(segment, nest)
    except Exception as error:
        # A mistake of a lowerer costs the declaration it was at, and is told: see `failures`.
        unit = Unit(segment.text, segment.anchor, broken=True)
        unit.kept["failure"] = f"{type(error).__name__}: {error}"
        return unit


def failures(module: Module) -> list[tuple[Unit, str]]:
    """The declarations that could not be read through a fault of the reader, with what went wrong."""
    return module.having(_failure)


def _failure(unit: Unit) -> str:
    return cast("str", unit.kept.get("failure", ""))


def too_deep(module: Module) -> list[tuple[Unit, int]]:
    """The declarations in which something is nested too deeply to be followed, with where (relative to its anchor)."""
    found = []
    waiting = list(reversed(module.units))
    while waiting:
        unit = waiting.pop()
        if "deep" in unit.kept:
            found.append((unit, cast("int", unit.kept["deep"])))
        waiting += reversed(unit.nested)
    return found


_FAMILY = {"tsx": "typescript"}


def _lowerer(language: str) -> Callable[[Segment, Nest], Unit]:
    # One language is enough for most files, and each brings its grammar's worth of code.
    name = ".python.lower" if language == "python" else ".typescript.lower"
    return importlib.import_module(name, __package__).lower  # type: ignore[no-any-return]


def _names(units: list[Unit], gone: list[Unit], come: list[Unit], previous: Module | None) -> dict[str, Unit]:
    """Each name and the unit that binds it last; after an edit in one unit, only what that unit binds is looked at."""
    if previous is not None and len(gone) == len(come):
        if not come:
            return previous.names
        if all(a.binds == b.binds for a, b in zip(gone, come, strict=True)):
            names = previous.names.copy()
            for old, new in zip(gone, come, strict=True):
                for name in new.binds:
                    if names[name] is old:
                        names[name] = new
            return names
    return {name: unit for unit in units for name in unit.binds}


def _move(unit: Unit) -> None:
    start = unit.anchor.start
    unit.kept["start"] = start
    for inner in unit.nested:
        inner.anchor.start = start + cast("int", inner.kept["offset"])
        if inner.nested:
            _move(inner)


# ---------------------------------------------------------------- nested units


def long(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]``, a statement, is a container of nested units."""
    return end - start > LONG * 6 and text.count("\n", start, end) >= LONG


def nests(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]``, a block of a long statement, is split into nested units, one per statement."""
    return text.count("\n", start, end) >= SHORT


def nests_whole(text: str, start: int, end: int) -> bool:
    """Whether it is at least one nested unit, as each of the many branches of a function that answers for all tools."""
    return text.count("\n", start, end) >= FEW


class Slot:
    """Where one nested unit goes. ``kept``: ``unit`` was read before and stands here unchanged."""

    __slots__ = ("kept", "nest", "unit")

    def __init__(self, unit: Unit, kept: bool, nest: Nest) -> None:
        self.unit = unit
        self.kept = kept
        self.nest = nest


class Nest:
    """The nested units that a unit had before an edit, to be used again where their text stands again.

    ``mended``: offsets in the document where the text was read as if something else stood there (see `Segment`). What
    is read there depends on more than its own text, so it is never used again. ``whole``: nothing is to be nested.
    """

    __slots__ = ("_indices", "_last", "_old", "mended", "whole")

    def __init__(self, old: Sequence[Unit] = (), mended: Sequence[int] = (), whole: bool = False) -> None:
        self.mended = mended
        self.whole = whole
        self._old: list[Unit | None] = list(old)
        self._indices: dict[str, list[int]] = {}
        self._last = -1  # the last one used
        for i in range(len(old) - 1, -1, -1):
            self._indices.setdefault(old[i].key, []).append(i)

    def units(self, parent: Unit, spans: Sequence[tuple[int, int]], broken: Sequence[bool] | None = None) -> list[Slot]:
        """A slot for each statement of one block of ``parent``. ``broken``: which have an error in them; they are read
        again, because what the grammar makes of an error depends on what stands around it."""
        key, base = parent.key, parent.anchor.start
        found = [self._find(key[start:end]) for start, end in spans]
        if broken is not None:
            found = [None if bad else index for index, bad in zip(found, broken, strict=True)]
        touched = {i for i, (a, b) in enumerate(spans) if self._touched(base + a, base + b)} if self.mended else set()
        if touched:
            found = [None if i in touched else index for i, index in enumerate(found)]
        slots = []
        for i, (start, end) in enumerate(spans):
            index = found[i]
            old = None if index is None else self._old[index]
            if index is None or old is None or old.broken or "mended" in old.kept:
                earlier = self._replaced(found, i) if self._indices else []
                unit = Unit(key[start:end], Anchor(base + start))
                if i in touched:
                    unit.kept["mended"] = True
                slots.append(Slot(unit, False, Nest(earlier, self.mended)))
            else:
                unit = old
                self._old[index] = None
                self._last = index
                unit.anchor.start = base + start
                if unit.nested:
                    _move(unit)
                slots.append(Slot(unit, True, self))
            unit.kept["offset"] = start
            unit.kept["start"] = base + start
            parent.nested.append(unit)
        return slots

    def _touched(self, start: int, end: int) -> bool:
        at = bisect_left(self.mended, start)
        return at < len(self.mended) and self.mended[at] < end

    def _find(self, key: str) -> int | None:
        indices = self._indices.get(key)
        if not indices:
            return None
        index = indices.pop()
        if not indices:
            del self._indices[key]
        return index

    def _replaced(self, found: list[int | None], i: int) -> list[Unit]:
        """The parts of what stood between the neighbours of a new statement: most likely its own earlier form."""
        first = self._last + 1
        after = next((index for index in found[i + 1 : i + 9] if index is not None), None)
        stop = first + 1 if after is None or after < first else after
        parts: list[Unit] = []
        for index in range(first, min(stop, len(self._old))):
            unit = self._old[index]
            if unit is not None and index not in found:
                parts += unit.nested
                self._old[index] = None
                self._last = index
        return parts


def child(unit: Unit, thing: Union[Function, Class, Unit]) -> None:
    """Remember what stands directly in a nested unit, and so points to the unit's container."""
    cast("list[Union[Function, Class, Unit]]", unit.kept.setdefault("children", [])).append(thing)


def closure(unit: Unit, function: Function) -> None:
    """Remember a lambda in the same way: it is no method, even where it stands directly in a class."""
    cast("list[Function]", unit.kept.setdefault("closures", [])).append(function)


def adopt(unit: Unit, function: Function | None, cls: Class | None) -> None:
    """Point what stands in a kept nested unit to the container it stands in now."""
    for thing in cast("list[Union[Function, Class, Unit]]", unit.kept.get("children", ())):
        if isinstance(thing, Unit):
            adopt(thing, function, cls)
        elif isinstance(thing, Function):
            thing.parent = function
            thing.cls = cls
        else:
            thing.parent = function
    for inner in cast("list[Function]", unit.kept.get("closures", ())):
        inner.parent = function
