"""Loops over a list that is written out, which refuse what one of its items is found in: each turn says what it says.

``for (const one of [";", "|", …]) if (text.includes(one)) throw …``
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Do, If, Loop, Raise, Return, Stmt, flat

from .assignments import assign
from .state import State
from .values import Seq, Value, constant

if TYPE_CHECKING:
    from .frame import Frame

_MOST = 40


def written_out(s: Loop, items: Value) -> tuple[Value, ...]:
    """The items, where the loop does nothing but look at each and leave; none where it does more."""
    shape = items.shape
    text = items.string
    each = tuple(constant(c) for c in text) if text is not None else shape.items if type(shape) is Seq else ()
    if not 1 < len(each) <= _MOST or s.target is None or s.keys or s.otherwise or items.taints:
        return ()
    if (type(shape) is Seq and shape.rest is not None) or any(one.constants is None for one in each):
        return ()
    return each if _refuses(s.body) else ()


def _refuses(body: list[Stmt]) -> bool:
    tests = [statement for statement, _ in flat(body)]
    if not tests or not all(type(one) is If and not one.otherwise for one in tests):
        return False
    return all(
        type(inner) in (Raise, Return, Do) for one in tests if isinstance(one, If) for inner, _ in flat(one.then)
    )


def turns(
    f: Frame, s: Loop, each: tuple[Value, ...], st: State, block: Callable[[Frame, list[Stmt], State], State | None]
) -> State | None:
    """What holds after every turn."""
    assert s.target is not None
    for one in each:
        assign(f, s.target, one, st, s.iterable or s.target)
        after = block(f, s.body, st)
        if after is None:
            return None
        st = after
    return st


__all__ = ["turns", "written_out"]
