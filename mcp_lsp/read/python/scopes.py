"""What a name means where it stands in Python: enclosing functions, ``self``, the module, with every look-up recorded.

A look-up in the module is recorded by its `Scope`. A look-up in a function that is a container of nested units is
recorded too (`Lookups.local`), because the container is another object after every edit, and what was read in one of
its parts stays valid as long as the names mean the same parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import (
    Arg,
    Assign,
    Attr,
    Await,
    Block,
    Call,
    Choice,
    Class,
    Define,
    DefineClass,
    Expr,
    Function,
    If,
    Import,
    Items,
    Logic,
    Loop,
    Match,
    Name,
    Nested,
    Param,
    Spread,
    Stmt,
    Try,
    Unit,
    With,
)
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.scope import Scope, imported

if TYPE_CHECKING:
    from .sdk import File

# Aliases of aliases, factories that call factories: nobody writes more, and cycles end here.
DEEP = 12


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


class Lookups:
    """What was looked up while one unit was read. ``outer``: how many functions and classes stand around the unit."""

    __slots__ = ("local", "outer", "scope")

    def __init__(self, scope: Scope, outer: int) -> None:
        self.scope = scope
        self.outer = outer
        self.local: dict[tuple[int, str], object] = {}

    def holds(self, env: Env) -> bool:
        """Whether the same names mean the same where the unit stands now."""
        frames = env.frames
        if len(frames) != self.outer:
            return False
        if env.file.steady:
            if all(frame.same() for frame in frames):
                return True
        elif not self.scope.holds(env.file.module):
            return False
        return all(frames[i].token(name) == token for (i, name), token in self.local.items())

    def add(self, other: Lookups) -> None:
        self.scope.seen.update(other.scope.seen)
        for key, token in other.local.items():
            if key[0] < self.outer:
                self.local[key] = token


class Frame:
    """A function or class around the code at hand. ``bound``: parameters with the arguments of one call, or (in a frame
    that is neither) the variables of a loop with what they are in one round."""

    __slots__ = ("_attributes", "_names", "_same", "_tokens", "bound", "cls", "depth", "env", "function", "unit")

    def __init__(self, env: Env, unit: Unit, function: Function | None, cls: Class | None) -> None:
        self.env = env  # what is around it
        self.unit = unit
        self.function = function
        self.cls = cls
        self.bound: dict[str, Known] = {}
        self.depth = len(env.frames)
        self._tokens: dict[str, object] = {}
        self._same: bool | None = None
        self._names: dict[str, list[Known]] | None = None
        self._attributes: dict[str, list[Known]] | None = None

    @property
    def label(self) -> str:
        thing = self.function or self.cls
        return "" if thing is None else thing.name

    def find(self, name: str) -> list[Known]:
        bound = self.bound.get(name)
        if bound is not None:
            return [bound]
        if self._names is None:
            self._names = {}
            env = Env(self.env.file, (*self.env.frames, self), self.unit, self.env.lookups)
            if self.function is not None:
                for param in self.function.params:
                    if param.name:
                        self._names[param.name] = [Known(self.unit, env, param=param)]
            thing = self.function or self.cls
            if thing is not None:
                bind(thing.body, env, self._names)
        return self._names.get(name, [])

    def attribute(self, name: str) -> list[Known]:
        """What ``self.name`` is in this class: assigned in a method or in the class itself."""
        if self._attributes is None:
            self._attributes = {}
            assert self.cls is not None
            env = Env(self.env.file, (*self.env.frames, self), self.unit, self.env.lookups)
            for statement, unit in inside(self.cls.body, self.unit):
                if isinstance(statement, Define):
                    method = statement.function
                    first = method.params[0].name if method.params else ""
                    within = env.within(method, unit)
                    for inner, home in inside(method.body, unit):
                        if isinstance(inner, Assign) and isinstance(inner.target, Attr) and not inner.op:
                            target = inner.target.value
                            if isinstance(target, Name) and target.id == first and inner.value is not None:
                                known = Known(home, within.at(home), inner.value)
                                self._attributes.setdefault(inner.target.name, []).append(known)
            bind(self.cls.body, env, self._attributes)
        return self._attributes.get(name, [])

    def token(self, name: str) -> object:
        """What identifies the meaning of a name here, over edits that do not change it."""
        token = self._tokens.get(name)
        if token is None:
            token = self._tokens[name] = self._token(name)
        return token

    @property
    def path(self) -> tuple[str, ...]:
        return (*self.env.path, self.label)

    def same(self) -> bool:
        """Whether every name looked up here when this function or class was read last means the same now. Asked once
        for each of its many parts, which need not compare one by one then."""
        if self._same is None:
            file, path = self.env.file, self.path
            tokens = file.tokens.setdefault(path, {})
            self._same = bool(tokens) and file.visited.setdefault(path, self) is self and self._only()
            for name, token in tokens.items():
                now = self.token(name)
                self._same = self._same and now == token
                tokens[name] = now
        return self._same

    def _only(self) -> bool:
        """Whether no other function or class of the file has this path."""
        return self.depth > 0 or self.env.file.module.names.get(self.label) is self.unit

    def _token(self, name: str) -> object:
        found = self.attribute(name[5:]) if name.startswith("self.") else self.find(name)
        return tuple([known.unit if known.unit is not self.unit else self._source(known) for known in found])

    def _source(self, known: Known) -> object:
        thing = known.param or known.value or known.imported
        if thing is None:
            return (known.function or known.cls) and "defined"
        return self.unit.key[thing.start : thing.end]


class Env:
    """The surroundings of an expression: the functions and classes around it, outermost first, and its unit."""

    __slots__ = ("file", "frames", "hidden", "lookups", "unit")

    def __init__(self, file: File, frames: tuple[Frame, ...], unit: Unit, lookups: Lookups) -> None:
        self.file = file
        self.frames = frames
        self.unit = unit
        self.lookups = lookups
        self.hidden: frozenset[Known] = frozenset()

    def within(self, thing: Function | Class, unit: Unit) -> Env:
        """Inside a function or class that stands here."""
        function = thing if isinstance(thing, Function) else None
        cls = thing if isinstance(thing, Class) else None
        env = Env(self.file, (*self.frames, Frame(self, unit, function, cls)), unit, self.lookups)
        return env

    def at(self, unit: Unit) -> Env:
        if unit is self.unit:
            return self
        env = Env(self.file, self.frames, unit, self.lookups)
        env.hidden = self.hidden
        return env

    def beside(self, known: Known) -> Env:
        """Where a value is read: what it is assigned to is not yet bound there (``x = wrap(x)``)."""
        env = Env(known.env.file, known.env.frames, known.unit, self.lookups)
        env.hidden = self.hidden | {known}
        return env

    @property
    def path(self) -> tuple[str, ...]:
        return tuple([frame.label for frame in self.frames if frame.label])

    def place(self, pointer: str, node: Expr | Stmt | Param | Arg | Span) -> Place:
        return Place(self.file.uri, pointer, Span(node.start, node.end), self.unit.anchor)

    def find(self, name: str) -> Known | None:
        last = len(self.frames) - 1
        for i in range(last, -1, -1):
            frame = self.frames[i]
            if frame.cls is not None and i != last:
                continue  # a class is no scope for what stands in its methods
            found = frame.find(name)
            if i < self.lookups.outer:
                self._record(i, frame, name)
            for known in reversed(found):
                if known not in self.hidden:
                    return known
        binding = self.lookups.scope.find(name)
        if binding is None:
            return None
        home = Env(self.file, (), binding.unit, self.lookups)
        known = Known(
            binding.unit, home, binding.value, binding.function, binding.cls, binding.imported, index=binding.path
        )
        hidden = any(h.value is not None and h.value is known.value for h in self.hidden)
        return None if hidden else known

    def _record(self, i: int, frame: Frame, name: str) -> None:
        token = frame.token(name)
        self.lookups.local[i, name] = token
        self.file.tokens.setdefault(frame.path, {})[name] = token

    def own(self, name: str) -> Known | None:
        """What ``self.name`` is, ``self`` being the first parameter of the method around."""
        for i in range(len(self.frames) - 1, -1, -1):
            frame = self.frames[i]
            if frame.cls is not None:
                found = frame.attribute(name)
                if i < self.lookups.outer:
                    self._record(i, frame, "self." + name)
                for known in reversed(found):
                    if known not in self.hidden:
                        return known
                return self._inherited(frame, name, 0)
        return None

    def _inherited(self, frame: Frame, name: str, depth: int) -> Known | None:
        assert frame.cls is not None
        for base in frame.cls.bases if depth < DEEP else ():
            known = self.find(base.id) if isinstance(base, Name) else None
            if known is not None and known.cls is not None:
                outer = Frame(known.env, known.unit, None, known.cls)
                for found in reversed(outer.attribute(name)):
                    return found
                inherited = self._inherited(outer, name, depth + 1)
                if inherited is not None:
                    return inherited
        return None

    def cls(self) -> Frame | None:
        """The innermost class around."""
        return next((frame for frame in reversed(self.frames) if frame.cls is not None), None)

    def is_self(self, expr: Expr) -> bool:
        """Whether an expression is the instance (or class) whose method is around."""
        if not isinstance(expr, Name):
            return False
        for i in range(len(self.frames) - 1, 0, -1):
            function, cls = self.frames[i].function, self.frames[i - 1].cls
            if function is not None and cls is not None:
                return bool(function.params) and function.params[0].name == expr.id and not function.is_static
        return False

    def dotted(self, expr: Expr, depth: int = 0) -> str | None:
        """The name of what an expression refers to: "mcp.server.fastmcp.FastMCP"; a class or function of this file is
        its bare name, a relative import keeps its dots (".app:mcp"). ``None``: not a name, or a parameter."""
        if depth > DEEP:
            return None
        if isinstance(expr, Name):
            known = self.find(expr.id)
            if known is None or known.function is not None or known.cls is not None:
                return expr.id
            if known.imported is not None:
                return imported(known.imported)
            if known.value is None or known.iterated or known.index:
                return None
            return self.beside(known).dotted(known.value, depth + 1)
        if isinstance(expr, Attr):
            base = self.dotted(expr.value, depth + 1)
            return None if base is None else f"{base}.{expr.name}"
        if isinstance(expr, Await):
            return self.dotted(expr.value, depth + 1)
        if isinstance(expr, Call):
            base = self.dotted(expr.callee, depth + 1)
            return None if base is None else f"{base}()"
        if isinstance(expr, Choice):
            return self.dotted(expr.then, depth + 1)
        if isinstance(expr, Logic):
            return self.dotted(expr.left, depth + 1)
        return None


def bind(body: list[Stmt], env: Env, names: dict[str, list[Known]]) -> None:
    """What the statements of a function or class bind, in order."""
    for statement, unit in inside(body, env.unit):
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


def inside(statements: Iterable[Stmt], unit: Unit) -> Iterator[tuple[Stmt, Unit]]:
    """All statements of a body with the unit they stand in, into blocks but not into functions and classes."""
    for statement in statements:
        if isinstance(statement, Nested):
            yield from inside(statement.unit.statements, statement.unit)
        elif isinstance(statement, Block):
            yield from inside(statement.body, unit)
        else:
            yield statement, unit
            for body in bodies(statement):
                yield from inside(body, unit)


def bodies(statement: Stmt) -> list[list[Stmt]]:
    """The blocks of a compound statement."""
    if isinstance(statement, If):
        return [statement.then, statement.otherwise]
    if isinstance(statement, Loop):
        return [statement.body, statement.otherwise]
    if isinstance(statement, Try):
        handlers = [catch.body for catch in statement.catches]
        return [*handlers, statement.body, statement.otherwise, statement.last]
    if isinstance(statement, With):
        return [statement.body]
    if isinstance(statement, Match):
        return [case.body for case in statement.cases]
    return []
