"""Handlers that stand in another file, or that a call gives: a function in their place that hands on what it is given.

``server.tool("stop", shape, stopSandbox)`` with an imported ``stopSandbox`` reads as ``(args) => stopSandbox(args)``,
``server.tool("lint", shape, createLinter(root))`` as ``(args) => createLinter(root)(args)``: what happens then is for
whoever follows calls.
"""

from __future__ import annotations

from typing import cast

from mcp_lsp_analyzers.code import Arg, Attr, Call, Function, Import, Index, Name, Param, Return

from .sight import At, Sight


def handler(sight: Sight, at: At | None, parameter: str) -> Function | None:
    """The function that ``at`` stands for, here or elsewhere; ``parameter``: what its argument is called."""
    found = sight.function(at)
    if found is not None and isinstance(found.node, Function):
        return found.node
    while at is not None and isinstance(at.node, Name) and at.node.id in (at.where.given or ()):
        at = (at.where.given or {})[at.node.id]  # what a call of a function that registers gives it
    if at is None or at.where.given is not None or not isinstance(at.node, (Name, Attr, Call)):
        return None
    if not _leads_away(sight, at):
        return None
    kept = cast("dict[object, Function]", at.where.unit.kept.setdefault("handlers elsewhere", {}))
    key = (at.node, at.where.function, parameter)
    made = kept.get(key)
    if made is None:
        made = kept[key] = _handing_on(at, parameter)
    return made


def _leads_away(sight: Sight, at: At) -> bool:
    """Whether an expression begins with an imported name, or with a variable that does, or calls a function."""
    node = at.node
    where = at.where
    for _ in range(8):
        if isinstance(node, (Attr, Index)):
            node = node.value
        elif isinstance(node, Call):
            node = node.callee
        elif isinstance(node, Import):
            return True
        elif isinstance(node, Function):
            return isinstance(at.node, Call)
        elif isinstance(node, Name):
            after = sight.named(node, where)
            if after is None or after.node is node:
                return False
            node, where = after
        else:
            return False
    return False


def _handing_on(at: At, parameter: str) -> Function:
    node = at.node
    assert isinstance(node, (Name, Attr, Call))
    start, end = node.start, node.end
    function = Function(
        start, end, "", start, [Param(start, end, Name(start, end, parameter))], [], at.where.unit,
        parent=at.where.function, arrow=True,
    )  # fmt: skip
    call = Call(start, end, node, [Arg(start, end, Name(start, end, parameter))])
    function.body.append(Return(start, end, call))
    return function
