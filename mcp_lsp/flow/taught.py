"""Calls of functions that the project's settings speak of: they are taken at their word and not read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.taught import Taught

from . import sinking
from .conditions import facts
from .guards import guard
from .taints import Origin, Taint, merged
from .values import UNKNOWN, Func, Obj, Value, all_taints

if TYPE_CHECKING:
    from .calls import At

GUARD = "taught"
"""The kind of guard a sanitizer of the settings is; its detail lists the kinds of position it is good for."""


def apply(at: At, target: Value, taught: Taught) -> Value | None:
    """What a call gives by the settings; ``None`` where they do not speak of it."""
    names = list(_names(at, target))
    known = False
    for name, apis in taught.sinks:
        if _among(name, names):
            known = True
            for api in apis:
                sinking.noted(at, api, name)
    for name, kinds in taught.sanitizers:
        if _among(name, names):
            return _cleaned(at, " ".join(sorted(kinds)))
    for name in taught.sources:
        if _among(name, names):
            call = at.call
            place = Place(at.f.scope.module.uri, "", Span(call.start, call.end), at.f.unit.anchor)
            origin = Origin(f"{name.rpartition('.')[2]}()", "argument", place)
            return Value((Taint(origin, (), (origin,)),))
    return UNKNOWN if known else None


def covers(detail: str, kind: str) -> bool:
    """Whether a sanitizer is good for a kind of position."""
    return kind in detail.split(" ")


def _cleaned(at: At, kinds: str) -> Value:
    """What comes back is safe, and so is what was given: it would have raised otherwise."""
    taints: tuple[Taint, ...] = ()
    for value, _ in (*at.args.plain, *at.args.keys.values()):
        at.s.learn(facts(at.f, value, GUARD, kinds, at.call))
        fact = guard(GUARD, kinds, at.f.spot(at.call))
        taints = merged(taints, tuple(t.derived(at.call, fact) for t in all_taints(value) if t.aspect != "test"))
    return Value(taints)


def _among(name: str, names: list[str]) -> bool:
    return any(full == name or full.endswith("." + name) for full in names)


def _names(at: At, target: Value) -> Iterator[str]:
    """The qualified names of what is called: that of an import, and that of the function in the project."""
    for name in (target.name, at.name):
        if name:
            yield name.replace("()", "").replace("/", ".").replace(":", ".").lstrip(".")
    shape = target.shape
    if isinstance(shape, Func):
        function = shape.function
        path = shape.scope.module.uri.rpartition(".")[0].replace("/", ".")
        for part in (".__init__", ".index"):
            path = path.removesuffix(part)
        inside = [function.cls.name] if function.cls is not None else []
        yield ".".join((path, *inside, function.name))
    elif isinstance(at.base.shape, Obj) and at.method:
        yield f"{at.base.shape.cls.name}.{at.method}"
