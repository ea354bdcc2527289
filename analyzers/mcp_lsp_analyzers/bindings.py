"""What the statements of a unit bind at its own level: imports, functions, classes, values."""

from __future__ import annotations

from collections.abc import Iterable

from .code import (
    Assign,
    Attr,
    Class,
    Define,
    DefineClass,
    DefineType,
    Export,
    Expr,
    Function,
    If,
    Import,
    Index,
    Name,
    Stmt,
    Try,
    Unit,
    With,
    as_type,
    flat,
    heir,
)
from .inside import targets
from .once import once
from .record import dataclass


@dataclass(slots=True, eq=False)
class Binding:
    """One thing a module-level name stands for: exactly one field beside ``unit`` is set. ``value`` with ``path``: the
    name is destructured out of the value (``const {a} = v`` has path ("a",))."""

    name: str
    unit: Unit
    imported: Import | None = None
    function: Function | None = None
    cls: Class | None = None
    value: Expr | None = None
    path: tuple[str, ...] = ()
    annotation: Expr | None = None


@once
def bindings(unit: Unit) -> dict[str, Binding]:
    """What a unit's statements bind at their own level, into ``if``, ``try`` and ``with`` but not into functions."""
    found: dict[str, Binding] = {}
    _bind(unit.statements, unit, found)
    return found


def _bind(statements: Iterable[Stmt], unit: Unit, into: dict[str, Binding]) -> None:
    for statement, nested in flat(list(statements)):
        home = nested or unit
        if isinstance(statement, Import):
            if statement.local:
                into[statement.local] = Binding(statement.local, home, imported=statement)
        elif isinstance(statement, Define):
            into[statement.function.name] = Binding(statement.function.name, home, function=statement.function)
        elif isinstance(statement, DefineClass):
            into[statement.cls.name] = binding = Binding(statement.cls.name, home, cls=statement.cls)
            for base in (*statement.cls.bases, *statement.cls.promises):
                word = base.value if isinstance(base, Index) else base
                if isinstance(word, (Name, Attr)):
                    into[heir(word.id if isinstance(word, Name) else word.name)] = binding
        elif isinstance(statement, DefineType):
            into[as_type(statement.name)] = Binding(statement.name, home, cls=statement.cls, value=statement.value)
        elif isinstance(statement, Assign):
            if statement.value is not None and not statement.op:
                for name, path in targets(statement.target):
                    into[name] = Binding(name, home, value=statement.value, path=path, annotation=statement.annotation)
        elif isinstance(statement, Export):
            if statement.value is not None:
                into["default"] = Binding("default", home, value=statement.value)
        elif isinstance(statement, If):
            _bind(statement.otherwise, home, into)
            _bind(statement.then, home, into)
        elif isinstance(statement, Try):
            for catch in statement.catches:
                _bind(catch.body, home, into)
            _bind(statement.body, home, into)
        elif isinstance(statement, With):
            _bind(statement.body, home, into)
