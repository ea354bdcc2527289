"""What settings switch off: a value that is checked on one way, and comes past the check where nothing is set up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Stmt

from .guards import kinds
from .taints import Taint
from .values import Value

if TYPE_CHECKING:
    from .frame import Frame
    from .state import State

_ENOUGH = frozenset(
    (
        "confined",
        "joined",
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


def side(
    f: Frame, body: list[Stmt], st: State, block: Callable[[Frame, list[Stmt], State], State | None], switched: bool
) -> State | None:
    """One side of an ``if``. Where it was switched on and goes on all the same, a choice decided about what left it on
    the way: ``if VERBOSE: if plain(name): return name`` says nothing of the names that come after it."""
    breaks, continues = (f.breaks[-1], f.continues[-1]) if f.breaks and f.continues else ([], [])
    given, broken, continued = len(f.left), len(breaks), len(continues)
    after = block(f, body, st)
    if switched and after is not None:
        f.left[given:] = [way._replace(since=None) for way in f.left[given:]]
        breaks[broken:] = [(state, False) for state, _ in breaks[broken:]]
        continues[continued:] = [(state, False) for state, _ in continues[continued:]]
    return after


__all__ = ["side", "unchecked_left_out"]
