"""One thing that a name stands for in Python, what was looked up to know it, and what the statements of a body bind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import (
    Arg,
    Assign,
    Call,
    Class,
    Define,
    DefineClass,
    Expr,
    Function,
    Import,
    Items,
    Loop,
    Name,
    Param,
    Spread,
    Stmt,
    Unit,
    With,
    last_name,
)
from mcp_lsp_analyzers.scope import Module
from mcp_lsp_analyzers.seen import Seen

if TYPE_CHECKING:
    from .scopes import Env


class Known:
    """One thing a name stands for, and the surroundings in which its value is to be read."""

    __slots__ = ("cls", "env", "function", "imported", "index", "iterated", "param", "rest", "unit", "value", "wrapped")

    def __init__(
        self,
        unit: Unit,
        env: Env,
        value: Expr | None = None,
        function: Function | None = None,
        cls: Class | None = None,
        imported: Import | None = None,
        param: Param | None = None,
        iterated: bool = False,
        index: tuple[str, ...] = (),
    ) -> None:
        self.unit = unit
        self.env = env
        self.value = value
        self.function = function
        self.cls = cls
        self.imported = imported
        self.param = param
        self.iterated = iterated
        """The name takes each item of ``value``."""
        self.index = index
        """The part of ``value`` that a destructuring target takes."""
        self.rest: list[tuple[Arg, Env]] | None = None
        """For a ``**`` parameter of a function that is read with the arguments of one call: what it receives."""
        self.wrapped = False
        """A function that is handed out inside another one (``partial(f)``): its parameters may be others."""

    @property
    def start(self) -> int:
        thing = self.value or self.function or self.cls or self.imported or self.param
        return -1 if thing is None else thing.start

    @property
    def poses(self) -> bool:
        """Whether the function takes its name, text and parameters over from another one: ``@functools.wraps(f)``."""
        decorators = self.function.decorators if self.function is not None else []
        return any(isinstance(each, Call) and last_name(each.callee) == "wraps" for each in decorators)

    def inside_another(self) -> Known:
        """The function as one that is handed out inside another."""
        handed = Known(self.unit, self.env, function=self.function)
        handed.wrapped = True
        return handed


class Lookups:
    """What was looked up while one unit was read. ``outer``: how many functions and classes stand around the unit;
    ``path``: their names, which servers made in them are told apart by."""

    __slots__ = ("earlier", "local", "outer", "path", "seen")

    def __init__(self, seen: Seen, outer: int, path: tuple[str, ...] = ()) -> None:
        self.seen = seen
        self.outer = outer
        self.path = path
        self.local: dict[tuple[int, str], object] = {}
        self.earlier: dict[tuple[str, Unit], Unit | None] = {}

    def holds(self, env: Env) -> bool:
        """Whether the same names mean the same where the unit stands now."""
        frames = env.frames
        if len(frames) != self.outer:
            return False
        if env.file.steady:
            for frame in frames:
                if not frame.same():
                    break
            else:
                return True
        elif not self.seen.holds(env.file.module):
            return False
        elif any(earlier(env.file.module, *key) is not unit for key, unit in self.earlier.items()):
            return False
        if self.path != env.path:
            return False
        return all(frames[i].token(name) == token for (i, name), token in self.local.items())

    def add(self, other: Lookups) -> None:
        self.seen.add(other.seen)
        self.earlier.update(other.earlier)
        for key, token in other.local.items():
            if key[0] < self.outer:
                self.local[key] = token


def earlier(module: Module, name: str, unit: Unit) -> Unit | None:
    """The unit that binds a name of the module last before ``unit``."""
    found = None
    for other in module.units:
        if other is unit:
            break
        if name in other.binds:
            found = other
    return found


def bind(statements: Iterable[tuple[Stmt, Unit]], env: Env, names: dict[str, list[Known]]) -> None:
    """What the statements of a function or class bind, in order; each with its unit, without those inside of it."""
    for statement, unit in statements:
        home = env.at(unit)
        if isinstance(statement, Assign):
            if statement.value is not None and not statement.op:
                _target(statement.target, home, statement.value, False, names)
            elif statement.annotation is not None and isinstance(statement.target, Name):
                # A field without a value: what it is, is said by its annotation.
                param = Param(statement.start, statement.end, statement.target, statement.annotation)
                names.setdefault(statement.target.id, []).append(Known(unit, home, param=param))
        elif isinstance(statement, Define):
            function = statement.function
            names.setdefault(function.name, []).append(Known(unit, home, function=function))
        elif isinstance(statement, DefineClass):
            names.setdefault(statement.cls.name, []).append(Known(unit, home, cls=statement.cls))
        elif isinstance(statement, Import):
            names.setdefault(statement.local, []).append(Known(unit, home, imported=statement))
        elif isinstance(statement, With):
            for value, target in statement.items:
                if target is not None:
                    _target(target, home, value, False, names)
        elif isinstance(statement, Loop):
            if statement.target is not None and statement.iterable is not None:
                _target(statement.target, home, statement.iterable, True, names)


def bound(statement: Stmt) -> Iterator[str]:
    """The names that `bind` finds in a statement."""
    if isinstance(statement, Assign):
        yield from _named(statement.target)
    elif isinstance(statement, Define):
        yield statement.function.name
    elif isinstance(statement, DefineClass):
        yield statement.cls.name
    elif isinstance(statement, Import):
        yield statement.local
    elif isinstance(statement, With):
        for _, target in statement.items:
            yield from _named(target)
    elif isinstance(statement, Loop):
        yield from _named(statement.target)


def _named(target: Expr | None) -> Iterator[str]:
    if isinstance(target, Name):
        yield target.id
    elif isinstance(target, Items):
        for item in target.items:
            yield from _named(item)
    elif isinstance(target, Spread):
        yield from _named(target.value)


def _target(
    target: Expr, env: Env, value: Expr, iterated: bool, names: dict[str, list[Known]], index: tuple[str, ...] = ()
) -> None:
    if isinstance(target, Name):
        known = Known(env.unit, env, value, iterated=iterated, index=index)
        names.setdefault(target.id, []).append(known)
    elif isinstance(target, Items):
        for i, item in enumerate(target.items):
            _target(item, env, value, iterated, names, (*index, str(i)))
    elif isinstance(target, Spread):
        _target(target.value, env, value, iterated, names, (*index, "*"))
