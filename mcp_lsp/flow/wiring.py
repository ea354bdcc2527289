"""The calls of a file by which servers are served: all functions, not only what a handler or the start leads to."""

from __future__ import annotations

import functools
from collections.abc import Hashable, Iterator

from mcp_lsp_analyzers import record as dataclasses
from mcp_lsp_analyzers.code import Attr, Call, Define, Function, Import, Lambda, Nested, Unit, flat
from mcp_lsp_analyzers.flow import Call as Called
from mcp_lsp_analyzers.model import Sdk
from mcp_lsp_analyzers.scope import Module, Scope
from mcp_lsp_analyzers.wiring import Wiring, checks_caller, checks_host, interesting

from .startup import named

_DEEPEST = 200


def wiring(module: Module, sdk: Sdk | None, previous: Wiring | None = None) -> Wiring | None:
    """How the file serves, ``None`` where nothing in it looks like it. ``previous`` is given back while it holds."""
    calls: list[Called] = []
    for unit in module.units:
        calls += _calls(unit, module)
    if not calls:
        return None
    words = [_words(unit) for unit in module.units]
    host, caller = any(h for h, _ in words), any(c for _, c in words)
    if (
        previous is not None
        and (previous.sdk, previous.checks_host, previous.checks_caller) == (sdk, host, caller)
        and list(previous.calls) == calls
    ):
        return previous
    imports = frozenset(s.module for unit in module.units for s, _ in flat(unit.statements) if isinstance(s, Import))
    return Wiring(module.uri, module.language, sdk, imports, tuple(calls), host, caller)


def _words(unit: Unit) -> tuple[bool, bool]:
    kept = unit.kept.get("wiring words")
    if kept is None:
        kept = (checks_host(unit.key), checks_caller(unit.key))
        unit.kept["wiring words"] = kept
    return kept  # type: ignore[return-value]


class _Kept:
    """The calls of one unit and the names they were resolved with; ``scope`` is ``None`` before the first time."""

    __slots__ = ("calls", "interesting", "scope")

    def __init__(self, interesting: bool) -> None:
        self.interesting = interesting
        self.scope: Scope | None = None
        self.calls: list[Called] = []


def _calls(unit: Unit, module: Module) -> list[Called]:
    kept = unit.kept.get("wiring")
    if not isinstance(kept, _Kept):
        kept = unit.kept["wiring"] = _Kept(interesting(unit.key))
    if not kept.interesting:
        return kept.calls
    if kept.scope is None or unit.nested or not kept.scope.holds(module):
        kept.scope = scope = Scope(module)
        kept.calls = [
            Called(_target(call, function, scope), call, home, module.uri, "/wiring", "startup")
            for call, home, function in _within(unit, None)
        ]
    return kept.calls


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
