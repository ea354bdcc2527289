"""What a name means: module bindings, import aliases, and dotted names of things from outside.

Every look-up goes through a `Scope`, which writes down what it saw. Whatever was computed from a scope stays valid as
long as `Scope.holds`: that is how an edit in one declaration leaves the others alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .code import (
    Assign,
    Attr,
    Await,
    Call,
    Class,
    Define,
    DefineClass,
    Export,
    Expr,
    Function,
    If,
    Import,
    Name,
    Stmt,
    Try,
    Unit,
    With,
    flat,
)


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


@dataclass(slots=True, eq=False)
class Module:
    """One source file as it is now: its units in order. ``language`` is "python", "typescript" or "javascript".

    ``names`` maps each module-level name to the unit that binds it last. ``broken``: some unit has a syntax error.
    """

    uri: str
    language: str
    units: list[Unit]
    names: dict[str, Unit] = field(default_factory=dict)

    def binding(self, name: str) -> Binding | None:
        unit = self.names.get(name)
        return None if unit is None else bindings(unit).get(name)

    @property
    def broken(self) -> bool:
        return any(unit.broken for unit in self.units)


def bindings(unit: Unit) -> dict[str, Binding]:
    """What a unit's statements bind at their own level, into ``if``, ``try`` and ``with`` but not into functions."""
    found = unit.kept.get("bindings")
    if found is None:
        found = {}
        _bind(unit.statements, unit, found)
        unit.kept["bindings"] = found
    return found  # type: ignore[return-value]


def _bind(statements: Iterable[Stmt], unit: Unit, into: dict[str, Binding]) -> None:
    for statement, nested in flat(list(statements)):
        home = nested or unit
        if isinstance(statement, Import):
            if statement.local:
                into[statement.local] = Binding(statement.local, home, imported=statement)
        elif isinstance(statement, Define):
            into[statement.function.name] = Binding(statement.function.name, home, function=statement.function)
        elif isinstance(statement, DefineClass):
            into[statement.cls.name] = Binding(statement.cls.name, home, cls=statement.cls)
        elif isinstance(statement, Assign):
            if statement.value is not None and not statement.op:
                for name, path in _targets(statement.target):
                    into[name] = Binding(name, home, value=statement.value, path=path)
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


def _targets(target: Expr, path: tuple[str, ...] = ()) -> Iterable[tuple[str, tuple[str, ...]]]:
    from .code import Default, Dict, Items, Spread, Str

    if isinstance(target, Name):
        yield target.id, path
    elif isinstance(target, Default):
        yield from _targets(target.target, path)
    elif isinstance(target, Spread):
        yield from _targets(target.value, path)
    elif isinstance(target, Items):
        for i, item in enumerate(target.items):
            yield from _targets(item, (*path, str(i)))
    elif isinstance(target, Dict):
        for pair in target.pairs:
            key = pair.key.value if isinstance(pair.key, Str) else "*"
            yield from _targets(pair.value, (*path, key))


class Scope:
    """Looks names up in a module and remembers which unit answered each."""

    __slots__ = ("module", "seen")

    def __init__(self, module: Module) -> None:
        self.module = module
        self.seen: dict[str, Unit | None] = {}

    def find(self, name: str) -> Binding | None:
        self.seen[name] = self.module.names.get(name)
        return self.module.binding(name)

    def holds(self, module: Module) -> bool:
        """Whether every name looked up here still means the same unit in ``module``."""
        names = module.names
        return all(names.get(name) is unit for name, unit in self.seen.items())

    def dotted(self, expr: Expr, local: dict[str, str] | None = None) -> str | None:
        """The name of what an expression refers to, through import aliases and simple assignments.

        ``sp.run`` after ``import subprocess as sp`` is "subprocess.run"; ``exec`` after ``import {exec} from
        "node:child_process"`` is "child_process.exec"; ``c.get`` after ``c = httpx.Client()`` at module level is
        "httpx.Client().get"; a builtin or unknown global is its own name; a function or class of this file is its bare
        name. Relative imports keep their module as written: "./run.js:execute", ".run:execute". ``local`` maps names
        of the function at hand to dotted names already known and shadows the module. ``None``: not a name at all.
        """
        return self._dotted(expr, local or {}, 0)

    def _dotted(self, expr: Expr, local: dict[str, str], depth: int) -> str | None:
        if depth > 12:
            return None
        if isinstance(expr, Name):
            if expr.id in local:
                return local[expr.id]
            binding = self.find(expr.id)
            if binding is None or binding.function or binding.cls:
                return expr.id
            if binding.imported:
                return imported(binding.imported)
            if binding.value is not None:
                base = self._dotted(binding.value, {}, depth + 1)
                return None if base is None else ".".join((base, *binding.path))
            return expr.id
        if isinstance(expr, Attr):
            base = self._dotted(expr.value, local, depth + 1)
            return None if base is None else f"{base}.{expr.name}"
        if isinstance(expr, Await):
            return self._dotted(expr.value, local, depth + 1)
        if isinstance(expr, Call):
            base = self._dotted(expr.callee, local, depth + 1)
            if base in ("require", "__import__", "importlib.import_module") and expr.args:
                from .code import Str

                first = expr.args[0].value
                if isinstance(first, Str):
                    return module_name(first.value)
            if base in ("util.promisify", "promisify") and expr.args:
                return self._dotted(expr.args[0].value, local, depth + 1)
            return None if base is None else f"{base}()"
        return None


def imported(statement: Import) -> str:
    """The dotted name an import binds."""
    module = module_name(statement.module)
    if statement.name in (None, "*", "default"):
        return module
    separator = ":" if statement.module.startswith(".") or statement.module.startswith("/") else "."
    return f"{module}{separator}{statement.name}"


def module_name(module: str) -> str:
    """A module as sinks name it: "node:fs/promises" is "fs.promises"; relative and scoped names stay as written."""
    if module.startswith("node:"):
        module = module[5:]
    return "fs.promises" if module == "fs/promises" else module
