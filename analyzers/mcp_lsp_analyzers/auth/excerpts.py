"""How much of a text is shown, where a part of it is."""

from __future__ import annotations

from ..code import Call, Const, Expr, Index, Opaque, last_name

MUCH = 12
"""Characters: as many leave little of a secret to guess. Fewer tell one from another, which is what they are for."""


def length_shown(value: Expr) -> Expr | None:
    """How much of a text is taken from its beginning: ``[:20]``, ``[0:20]``, ``slice(0, 20)``."""
    if isinstance(value, Index) and isinstance(value.index, Opaque) and value.index.kind == "slice":
        ends = value.index.inside
        open_ended = len(ends) == 1 and ends[0].start > value.index.start
        return ends[-1] if open_ended or (len(ends) == 2 and _from_zero(ends[0])) else None
    if isinstance(value, Call) and last_name(value.callee) in SLICES:
        return value.positional(1) if _from_zero(value.positional(0)) else None
    return None


SLICES = ("slice", "substring", "substr")


def _from_zero(start: Expr | None) -> bool:
    return isinstance(start, Const) and start.value == 0


def few(length: Expr | None) -> bool:
    return isinstance(length, Const) and isinstance(length.value, (int, float)) and length.value < MUCH


def last_few(start: Expr | None) -> bool:
    """``[-4:]``, ``slice(-4)``"""
    if isinstance(start, Opaque) and len(start.inside) == 1:
        return start.kind.startswith("unary") and few(start.inside[0])
    return isinstance(start, Const) and isinstance(start.value, (int, float)) and -MUCH < start.value < 0
