"""``getattr(tools, f"handle_{name}")``: which methods a name that is put together may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .effects import derived
from .evaluate import EFFECTS
from .members import member, method_names
from .taints import HOLE
from .values import Any, Cls, Obj, Space, Value, joined

if TYPE_CHECKING:
    from .calls import At


_MOST = 40


def attribute(at: At) -> Value:
    """An attribute by its name: that one where the name is known, any that begins like it where that is."""
    base, name = at.args.value(0), at.args.value(1)
    known = name.string
    if known is not None and type(base.shape) in (Obj, Cls, Space, Any):
        found = member(at.f, base, known, at.call, at.s)
        return joined(found, at.args.value(2)) if len(at.args.plain) > 2 else found
    start = _beginning(name)
    if type(base.shape) is Obj and start:
        method = _any_method(at, base, start)
        if method is not None:
            return method
    return derived(at)


def _beginning(name: Value) -> str:
    """The text every name that is meant begins with."""
    starts = {taint.before.partition(HOLE)[0] for taint in name.taints if taint.aspect != "test"}
    return starts.pop() if len(starts) == 1 else ""


def _any_method(at: At, base: Value, start: str) -> Value | None:
    shape = base.shape
    assert isinstance(shape, Obj)
    found: Value | None = None
    names = [name for name in method_names(at.f, shape.cls, shape.scope) if name.startswith(start)]
    for name in names[:_MOST]:
        one = member(at.f, base, name, at.call, at.s)
        found = one if found is None else joined(found, one)
    return found


EFFECTS["attribute"] = attribute
