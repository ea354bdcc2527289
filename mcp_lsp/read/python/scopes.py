"""What a name means where it stands in Python: enclosing functions, ``self``, the module, with every look-up recorded.

A look-up in the module is recorded by a `Scope`. A look-up in a function that is a container of nested units is
recorded too (`Lookups.local`), because the container is another object after every edit, and what was read in one of
its parts stays valid as long as the names mean the same parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.bindings import bindings
from mcp_lsp_analyzers.code import (
    Arg,
    Assign,
    Attr,
    Await,
    Call,
    Choice,
    Class,
    Define,
    Expr,
    Function,
    Index,
    Logic,
    Name,
    Param,
    Stmt,
    Unit,
)
from mcp_lsp_analyzers.once import once_each
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.scope import Scope, imported

from .known import Known, Lookups, bind, bound, earlier
from .statements import inside

if TYPE_CHECKING:
    from .sdk import File

# Aliases of aliases, factories that call factories: nobody writes more, and cycles end here.
DEEP = 12

# What nearly every file imports, and no project has a module of: not looked for on disk.
_OUTSIDE = frozenset({
    "mcp", "mcp_types", "fastmcp", "pydantic", "typing_extensions", "typing", "os", "sys", "json", "re", "logging",
    "asyncio", "pathlib", "dataclasses", "collections", "functools", "contextlib", "datetime", "time", "enum", "abc",
    "subprocess", "httpx", "requests",
})  # fmt: skip


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
        self._names: dict[str, list[Known]] = {}
        self._attributes: dict[str, list[Known]] = {}

    @property
    def label(self) -> str:
        thing = self.function or self.cls
        return "" if thing is None else thing.name

    def find(self, name: str) -> list[Known]:
        bound = self.bound.get(name)
        if bound is not None:
            return [bound]
        found = self._names.get(name)
        if found is None:
            env = self._inside()
            params = self.function.params if self.function is not None else ()
            given = [Known(self.unit, env, param=param) for param in params if param.name == name]
            found = self._names[name] = given[-1:] + self._bound(name, env)
        return found

    def _inside(self) -> Env:
        return Env(self.env.file, (*self.env.frames, self), self.unit, self.env.lookups)

    def _bound(self, name: str, env: Env) -> list[Known]:
        thing = self.function or self.cls
        names: dict[str, list[Known]] = {}
        if thing is not None:
            bind(_binding(thing).get(name, ()), env, names)
        return names.get(name, [])

    def attribute(self, name: str) -> list[Known]:
        """What ``self.name`` is in this class: assigned in a method or in the class itself."""
        found = self._attributes.get(name)
        if found is None:
            assert self.cls is not None
            env = self._inside()
            found = self._attributes[name] = [
                Known(home, env.within(method, method.unit).at(home), value)
                for method, value, home in _assigned(self.cls).get(name, ())
            ]
            found += self._bound(name, env)
        return found

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


@once_each
def _binding(thing: Function | Class) -> dict[str, list[tuple[Stmt, Unit]]]:
    """The statements of a function or class that bind a name, under it."""
    found: dict[str, list[tuple[Stmt, Unit]]] = {}
    for statement, unit in inside(thing.body, thing.unit):
        for name in set(bound(statement)):
            found.setdefault(name, []).append((statement, unit))
    return found


@once_each
def _assigned(cls: Class) -> dict[str, list[tuple[Function, Expr, Unit]]]:
    """What methods of a class assign to attributes of its instances, under their names, and in which unit."""
    found: dict[str, list[tuple[Function, Expr, Unit]]] = {}
    for statement, _ in inside(cls.body, cls.unit):
        if isinstance(statement, Define):
            for name, value, unit in _to_itself(statement.function):
                found.setdefault(name, []).append((statement.function, value, unit))
    return found


@once_each
def _to_itself(method: Function) -> list[tuple[str, Expr, Unit]]:
    """The attributes of its first parameter that a method assigns to: what, and in which unit."""
    found = []
    first = method.params[0].name if method.params else ""
    for statement, unit in inside(method.body, method.unit):
        if isinstance(statement, Assign) and isinstance(statement.target, Attr) and not statement.op:
            of = statement.target.value
            if isinstance(of, Name) and of.id == first and statement.value is not None:
                found.append((statement.target.name, statement.value, unit))
    return found


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
        lookups = self.lookups if known.env.file is self.file else known.env.lookups
        env = Env(known.env.file, known.env.frames, known.unit, lookups)
        env.hidden = self.hidden | known.env.hidden | {known}
        return env

    @property
    def scope(self) -> Scope:
        """Looks names of the module up, and notes it with the other look-ups."""
        seen = self.lookups.seen
        return Scope(self.file.module, seen.modules, seen)

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
        binding = self.scope.find(name)
        if binding is None:
            return None
        home = Env(self.file, (), binding.unit, self.lookups)
        known = Known(
            binding.unit, home, binding.value, binding.function, binding.cls, binding.imported, index=binding.path
        )
        if self.hidden and any(h.value is not None and h.value is known.value for h in self.hidden):
            return self._earlier(name, binding.unit)
        return known

    def _earlier(self, name: str, unit: Unit) -> Known | None:
        """What a name of the module was before ``unit`` bound it again (``TOOLS = chosen(TOOLS)``)."""
        found = earlier(self.file.module, name, unit)
        self.lookups.earlier[name, unit] = found
        binding = bindings(found).get(name) if found is not None else None
        if found is None or binding is None:
            return None
        home = Env(self.file, (), found, self.lookups)
        return Known(found, home, binding.value, binding.function, binding.cls, binding.imported, index=binding.path)

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
                return inherited(frame, name, self)
        return None

    def meant(self, expr: Expr) -> Known | None:
        """What a name stands for, or a name of an imported module (``tools.ping``), followed to the file where it is
        defined. What leads out of the project stays the import that it is; ``None`` where nothing is known."""
        if isinstance(expr, Name):
            known = self.find(expr.id)
            return known if known is None or known.imported is None else self.follow(known) or known
        if isinstance(expr, Attr) and isinstance(expr.value, Name):
            whole = self.find(expr.value.id)
            return None if whole is None or whole.imported is None else self.follow(whole, expr.name)
        return None

    def follow(self, known: Known, name: str | None = None) -> Known | None:
        """What an import, or ``name`` of the module that it imports, is in its own file. ``None``: not of this project,
        or not found there."""
        statement, scope = known.imported, self.scope
        if statement is None or scope.modules is None or statement.module.partition(".")[0] in _OUTSIDE:
            return None
        found = scope.follow(statement, name)
        if found is None or found.binding is None or found.module.uri == scope.seen.home:
            return None
        binding = found.binding
        if binding.imported is not None:
            return None
        lookups = Lookups(scope.seen, 0)
        home = Env(self.file.other(found.module), (), binding.unit, lookups)
        return Known(binding.unit, home, binding.value, binding.function, binding.cls, index=binding.path)

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


def bases(frame: Frame, env: Env) -> list[Frame]:
    """The classes that a class derives from, as far as they are in this project."""
    found = []
    for written in frame.cls.bases if frame.cls is not None else ():
        known = env.meant(written.value if isinstance(written, Index) else written)  # Tool[Arguments]
        if known is not None and known.cls is not None and known.cls is not frame.cls:
            found.append(Frame(known.env, known.unit, None, known.cls))
    return found


def member(cls: Frame, name: str) -> Known | None:
    """What an attribute of a class, or of its instances, is: assigned last in it, else in a class it derives from."""
    found = cls.attribute(name)
    return found[-1] if found else inherited(cls, name, cls.env)


def inherited(cls: Frame, name: str, env: Env, depth: int = 0) -> Known | None:
    for base in bases(cls, env) if depth < DEEP else ():
        found = base.attribute(name)
        known = found[-1] if found else inherited(base, name, base.env, depth + 1)
        if known is not None:
            return known
    return None
