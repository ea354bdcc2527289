"""Methods of the classes that a class is made of, asked for by ``super``: they are called on the instance itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import Attr, Call, Expr, Function, Name

from .members import mro
from .state import State
from .values import Func, Value

if TYPE_CHECKING:
    from .frame import Frame


def is_super(e: Expr) -> bool:
    """``super()`` of Python, ``super`` of JavaScript."""
    if type(e) is Call:
        e = e.callee
    return type(e) is Name and e.id == "super"


def method(f: Frame, callee: Expr, s: State) -> Value | None:
    """What ``super().run``, ``super.run`` and ``super`` (of JavaScript: the constructor) are; ``None``: nothing that is
    known."""
    if type(callee) is Attr:
        if not is_super(callee.value):
            return None
        name = callee.name
    elif f.run.language == "node" and is_super(callee):
        name = "constructor"
    else:
        return None
    own = f.own_class()
    if own is None:
        return None
    for cls, scope in mro(own, f.scope)[1:]:
        for local in inside.members(cls).get(name, ()):
            if isinstance(local.node, Function):
                bound = f.name(instance(f), s)
                return Value((), Func(local.node, scope, None if local.node.is_static else bound))
    return None


def instance(f: Frame) -> str:
    """What the instance is called in a method, or in a function inside of one."""
    function = f.function
    while function is not None and function.cls is None:
        function = function.parent
    if f.run.language == "python" and function is not None and function.params:
        return function.params[0].name or "self"
    return "self"


__all__ = ["instance", "is_super", "method"]
