"""What rules about a server look for in the declarations of its file: once in each, and not with every key.

A rule about a `Server` runs whenever anything of it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from ..code import Index, Name, Unit, last_name
from ..model import Server
from ..scope import Module

T = TypeVar("T")


def found(module: Module | None, look: Callable[[Unit], Sequence[T]]) -> list[tuple[Unit, Sequence[T]]]:
    """The top-level declarations in which ``look`` finds something, with that."""
    return [] if module is None else module.having(look)


def class_of(server: Server) -> str:
    """The name of the class a server is made of, as the SDK has it: what it is called, or was before an ``as``."""
    if server.constructed is None:
        return ""
    callee = server.constructed[0].callee
    if isinstance(callee, Index):
        callee = callee.value
    return word(server.module, callee)


def word(module: Module | None, name: object) -> str:
    """The last word of a name, as it is called where it is imported from; "" for what is no name."""
    binding = module.binding(name.id) if module is not None and isinstance(name, Name) else None
    statement = binding.imported if binding is not None else None
    return (statement.name if statement is not None and statement.name != "*" else None) or last_name(name)
