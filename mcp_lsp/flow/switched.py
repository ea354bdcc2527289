"""What settings switch off: a value that is checked on one way, and comes past the check where nothing is set up."""

from __future__ import annotations

from .guards import kinds
from .taints import Taint
from .values import Value

_ENOUGH = frozenset(
    (
        "confined",
        "basename",
        "choices",
        "number",
        "identifier",
        "host-allowed",
        "private-refused",
    )
)
"""Checks that let nothing harmful through by themselves."""


def unchecked_left_out(value: Value, others: list[Value]) -> Value:
    """``value`` without the choices that all ``others`` have behind a check only. Which it is depends on nothing that a
    model chose: ``if ROOT is None: return path``, else the path that was found to be inside of ``ROOT``."""
    if not value.taints or not others:
        return value
    checked: dict[object, bool] = {}
    for other in others:
        for taint in other.taints:
            if taint.aspect != "test":
                key = (taint.origin, taint.path)
                checked[key] = checked.get(key, True) and _checked(taint)
    left = tuple(t for t in value.taints if t.aspect or _checked(t) or not checked.get((t.origin, t.path), False))
    if len(left) == len(value.taints):
        return value
    return Value(left, value.shape, value.name, value.yes, value.no, value.tail)


def _checked(taint: Taint) -> bool:
    return not _ENOUGH.isdisjoint(kinds(taint.guards))


__all__ = ["unchecked_left_out"]
