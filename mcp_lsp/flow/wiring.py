"""The calls of a file by which servers are served: all functions, not only what a handler or the start leads to."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator

from mcp_lsp_analyzers.code import Call, Define, Function, Import, Lambda, Nested, Unit, flat
from mcp_lsp_analyzers.flow import Call as Called
from mcp_lsp_analyzers.model import Sdk
from mcp_lsp_analyzers.scope import Module, Scope
from mcp_lsp_analyzers.wiring import INTERESTING, Wiring

from .startup import named

_DEEPEST = 200


def wiring(module: Module, sdk: Sdk | None, text: str, previous: Wiring | None = None) -> Wiring | None:
    """How the file serves, ``None`` where nothing in it looks like it. ``previous`` is given back while it holds."""
    calls: list[Called] = []
    for unit in module.units:
        calls += _calls(unit, module)
    if not calls:
        return None
    if previous is not None and previous.sdk == sdk and list(previous.calls) == calls:
        return previous
    imports = frozenset(s.module for unit in module.units for s, _ in flat(unit.statements) if isinstance(s, Import))
    return Wiring(module.uri, module.language, sdk, imports, tuple(calls), text)


def _calls(unit: Unit, module: Module) -> list[Called]:
    kept = unit.kept.get("wiring")
    if kept is None:
        interesting = INTERESTING.search(unit.key) is not None
        kept = unit.kept["wiring"] = [interesting, None, []]
    if not kept[0]:  # type: ignore[index]
        return []
    _, scope, found = kept  # type: ignore[misc]
    if scope is None or unit.nested or not scope.holds(module):
        scope = Scope(module)
        found = []
        for call, home, function in _within(unit, None):
            target = named(call.callee, function, scope, 0)[0]
            found.append(Called(target, call, home, module.uri, "/wiring", "startup"))
        unit.kept["wiring"] = [True, scope, found]
    return found  # type: ignore[no-any-return]


def _within(unit: Unit, function: Function | None) -> Iterator[tuple[Call, Unit, Function | None]]:
    """Every call in a unit with the function around it; a stack instead of recursion, for code of any depth."""
    waiting: list[tuple[object, Unit, Function | None, int]] = [(s, unit, function, 0) for s in reversed(unit.statements)]
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
        if isinstance(node, (Define, Lambda)):
            inner = node.function
            parts: list[object] = [*node.function.decorators, *node.function.params, *node.function.body]
        else:
            parts = [getattr(node, name) for name in _fields(type(node))]
        for part in reversed(parts):
            if isinstance(part, (list, tuple)):
                waiting += [(p, home, inner, depth + 1) for p in reversed(part) if not isinstance(p, (str, int))]
            elif dataclasses.is_dataclass(part):
                waiting.append((part, home, inner, depth + 1))


@functools.cache
def _fields(kind: type) -> tuple[str, ...]:
    if not dataclasses.is_dataclass(kind):
        return ()
    left_out = {"start", "end", "unit", "parent", "cls_of", "name", "id", "kind", "op", "pieces"}
    return tuple(f.name for f in dataclasses.fields(kind) if f.name not in left_out)
