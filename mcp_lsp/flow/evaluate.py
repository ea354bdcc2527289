"""Where expressions and statements find what evaluates them: the kinds are spread over several modules that need one
another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .state import State
from .values import Value

if TYPE_CHECKING:
    from mcp_lsp_analyzers.code import Expr, Stmt

    from .frame import Frame

EV: dict[type, Callable[[Frame, Any, State], Value]] = {}
EFFECTS: dict[str, Callable[[Any], Value | None]] = {}
"""What known functions and methods do, by the word for it in `library`: from the call (`calls.At`) to a value, or
``None`` where it does not apply."""
EXEC: dict[type, Callable[[Frame, Any, State], State | None]] = {}


def ev(f: Frame, e: Expr, s: State) -> Value:
    """The value of an expression. ``s`` is changed by what happens in it."""
    return EV[type(e)](f, e, s)


def block(f: Frame, statements: Sequence[Stmt], s: State | None) -> State | None:
    """What holds behind these statements; ``None``: nobody gets there. ``s`` is used up."""
    for statement in statements:
        if s is None:
            return None
        s = EXEC[type(statement)](f, statement, s)
    return s
