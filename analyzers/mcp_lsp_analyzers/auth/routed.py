"""The functions of a declaration that answer the requests for a path: decorated with it, or given beside it."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Call, Define, Expr, Function, Lambda, Str, Unit
from ..passage import Passage
from ..pattern import pattern
from ..record import NamedTuple
from ..routes import path_of
from .values import name_of


class Routed(NamedTuple):
    """``guards``: what is asked before. ``unit``: in which the path stands."""

    method: str
    path: Str
    guards: list[Expr]
    function: Function
    unit: Unit


def routed(passage: Passage) -> Iterator[Routed]:
    """``@app.get("/notes/{id}")``, ``router.get("/notes/:id", requireUser, async (req, res) => { … })``"""
    for site in passage.of(Define, Call):
        node = site.node
        if isinstance(node, Define):
            decorators = node.function.decorators
            for decorator in decorators:
                if isinstance(decorator, Call) and (path := path_of(decorator)) is not None:
                    guards = [other for other in decorators if other is not decorator]
                    yield Routed(name_of(decorator.callee), path, guards, node.function, site.unit)
                    break
        elif isinstance(node, Call) and (path := path_of(node)) is not None and len(node.args) > 1:
            *guards, last = [arg.value for arg in node.args[1:]]
            if isinstance(last, Lambda):
                yield Routed(name_of(node.callee), path, guards, last.function, site.unit)


def asks(guards: list[Expr]) -> bool:
    """Whether one of these asks who is calling, by what it is called."""
    return any(ASKS.search(name_of(guard.callee if isinstance(guard, Call) else guard)) for guard in guards)


ASKS = pattern(r"(?i)require|auth|guard|ensure|verify|protect|log_?in|current_?user")
