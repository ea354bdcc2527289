"""The calls of a file by which servers are served: all functions, not only what a handler or the start leads to."""

from __future__ import annotations

import functools
from collections.abc import Hashable, Iterator
from collections.abc import Set as AbstractSet

from mcp_lsp.read.units import Column
from mcp_lsp_analyzers import record as dataclasses
from mcp_lsp_analyzers.code import Attr, Call, Define, Function, Import, Lambda, Nested, Unit, flat
from mcp_lsp_analyzers.flow import Call as Called
from mcp_lsp_analyzers.model import Sdk
from mcp_lsp_analyzers.scope import Module, Scope
from mcp_lsp_analyzers.wiring import Wiring, checks_caller, checks_host, interesting

from .startup import named

_DEEPEST = 200


class Wires:
    """What is known of one file's serving, kept up to date over edits."""

    def __init__(self) -> None:
        self._column = Column(_Wire)
        self._watched: set[str] = set()  # the names that were looked up, or more
        self._imports: frozenset[str] = frozenset()
        self._last: Wiring | None = None

    def wiring(self, module: Module, sdk: Sdk | None, changed: AbstractSet[str]) -> Wiring | None:
        """How the file serves, ``None`` where nothing in it looks like it; the same object as before while it holds.
        ``changed``: the names that mean another unit than they did the last time."""
        gone, come = self._column.update(module.units)
        wires = self._column.values
        if not self._watched.isdisjoint(changed):
            for wire in wires:
                if wire.scope is not None and not wire.scope.holds(module):
                    wire.scope = None
                    come.append(wire)
        for wire in come:
            if wire.interesting and wire.scope is None:
                wire.resolve(module)
                if wire.scope is not None:
                    self._watched.update(wire.scope.seen)
        calls = [call for wire in wires if wire.calls for call in wire.calls]
        if not calls:
            self._last = None
            return None
        if {wire.imports for wire in gone} != {wire.imports for wire in come}:
            self._imports = frozenset().union(*(wire.imports for wire in wires))
        host, caller = any(wire.host for wire in wires), any(wire.caller for wire in wires)
        last = self._last
        if (
            last is None
            or (last.sdk, last.imports, last.checks_host, last.checks_caller) != (sdk, self._imports, host, caller)
            or list(last.calls) != calls
        ):
            self._last = Wiring(module.uri, module.language, sdk, self._imports, tuple(calls), host, caller)
        return self._last


class _Wire:
    """What one unit has to do with serving. ``scope`` has the names that ``calls`` were resolved with."""

    __slots__ = ("caller", "calls", "host", "imports", "interesting", "scope", "unit")

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.interesting, self.host, self.caller = _words(unit)
        self.imports = frozenset(s.module for s, _ in flat(unit.statements) if isinstance(s, Import))
        self.scope: Scope | None = None
        self.calls: list[Called] = []

    def resolve(self, module: Module) -> None:
        self.scope = scope = Scope(module)
        self.calls = [
            Called(_target(call, function, scope), call, home, module.uri, "/wiring", "startup")
            for call, home, function in _within(self.unit, None)
        ]


def _words(unit: Unit) -> tuple[bool, bool, bool]:
    """Whether a unit has words that serve, look at the host, look at the caller. The parts of a long one are not read
    again as long as they stay the same."""
    kept = unit.kept.get("wiring words")
    if kept is None:
        texts, at = [], 0
        for inner in unit.nested:
            start: int = inner.kept["offset"]  # type: ignore[assignment]
            texts.append(unit.key[at:start])
            at = start + len(inner.key)
        texts.append(unit.key[at:])
        inners = [_words(inner) for inner in unit.nested]
        kept = tuple(
            any(own(text) for text in texts) or any(inner[i] for inner in inners)
            for i, own in enumerate((interesting, checks_host, checks_caller))
        )
        unit.kept["wiring words"] = kept
    return kept  # type: ignore[return-value]


def _target(call: Call, function: Function | None, scope: Scope) -> str:
    """The dotted name, or ``.method`` of something that is not known."""
    target = named(call.callee, function, scope, 0)[0]
    return target or (f".{call.callee.name}" if isinstance(call.callee, Attr) else "")


def _within(unit: Unit, function: Function | None) -> Iterator[tuple[Call, Unit, Function | None]]:
    """Every call in a unit with the function around it; a stack instead of recursion, for code of any depth."""
    waiting: list[tuple[object, Unit, Function | None, int]] = [
        (s, unit, function, 0) for s in reversed(unit.statements)
    ]
    while waiting:
        node, home, around, depth = waiting.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(node, Nested):
            if not _words(node.unit)[0]:
                continue
            waiting += [(s, node.unit, around, depth + 1) for s in reversed(node.unit.statements)]
            continue
        if isinstance(node, Call):
            yield node, home, around
        inner = around
        if isinstance(node, tuple):
            parts: list[object] = list(node)
        elif isinstance(node, (Define, Lambda)):
            inner = node.function
            parts = [*node.function.decorators, *node.function.params, *node.function.body]
        else:
            parts = [getattr(node, name) for name in _fields(type(node))]  # type: ignore[arg-type]
        for part in reversed(parts):
            if isinstance(part, (list, tuple)):
                waiting += [(p, home, inner, depth + 1) for p in reversed(part) if not isinstance(p, (str, int))]
            elif dataclasses.is_dataclass(part):
                waiting.append((part, home, inner, depth + 1))


@functools.cache
def _fields(kind: Hashable) -> tuple[str, ...]:
    if not dataclasses.is_dataclass(kind):
        return ()
    left_out = {"start", "end", "unit", "parent", "cls_of", "name", "id", "kind", "op", "pieces"}
    return tuple(f.name for f in dataclasses.fields(kind) if f.name not in left_out)
