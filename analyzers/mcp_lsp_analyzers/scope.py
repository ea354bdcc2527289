"""What a name means: module bindings, import aliases, and dotted names of things from outside.

Every look-up goes through a `Scope`, which writes down what it saw. Whatever was computed from a scope stays valid as
long as `Scope.holds`: that is how an edit in one declaration leaves the others alone.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Protocol, TypeVar, cast

from . import inside, putting
from .bindings import Binding, bindings
from .code import Attr, Await, Call, Export, Expr, Function, Import, Name, Str, Unit, flat
from .inside import Local
from .once import once
from .putting import Put
from .record import NamedTuple, dataclass, field
from .window import Having

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Module:
    """One source file as it is now: its units in order. ``language`` is "python", "typescript" or "javascript".

    ``names`` maps each module-level name to the unit that binds it last. ``broken``: some unit has a syntax error.
    ``sources``: what each unit was read from, and ``containers`` the units that have others nested in them, for the
    reader to see after an edit what stayed.
    """

    uri: str
    language: str
    units: list[Unit]
    names: dict[str, Unit] = field(default_factory=dict)
    sources: Sequence[object] = ()
    containers: Sequence[Unit] = ()
    kept: dict[object, object] = field(default_factory=dict)  # what later stages computed from this state of it
    columns: dict[object, Having[Any]] = field(default_factory=dict)  # the same of all its states: see `having`

    def binding(self, name: str) -> Binding | None:
        unit = self.names.get(name)
        return None if unit is None else bindings(unit).get(name)

    def having(self, look: Callable[[Unit], T]) -> list[tuple[Unit, T]]:
        """The units in which ``look`` finds something, each with that. It looks once at each, and after an edit at
        those that came. It must look at nothing but a unit."""
        column = self.columns.get(look)
        if column is None:
            column = self.columns[look] = Having(look)
        column.update(self.units)
        return column.found

    def puts(self, name: str) -> tuple[Put, ...]:
        """What is put in somewhere under a name (see `putting.puts`)."""
        key = ("puts", name)
        found = self.kept.get(key)
        if found is None:
            found = self.kept[key] = putting.around(self.units, name, name.removesuffix("()").removesuffix("="))
        return found  # type: ignore[return-value]

    @property
    def broken(self) -> bool:
        return any(unit.broken for unit in self.units)

    @property
    def imports(self) -> list[Import]:
        """All imports outside of functions and classes, also those under a condition."""
        return [statement for _, own in self.having(_imports) for statement in own]

    @property
    def exports(self) -> dict[str, tuple[str, str | None]]:
        """Exported name -> (local or foreign name, module it is re-exported from)."""
        found: dict[str, tuple[str, str | None]] = {}
        for unit in self.units:
            for names, module in _exports(unit):
                for name, exported in names:
                    if exported != "*" or name != "*":
                        found[exported] = (name, module)
        return found

    @property
    def stars(self) -> list[tuple[str, str]]:
        """Modules all of whose names are re-exported (``export * from``) or imported (``from m import *``)."""
        found = []
        for unit in self.units:
            found += [("*", module) for names, module in _exports(unit) if module and ("*", "*") in names]
            found += [("*", s.module) for s in _imports(unit) if s.local == "*"]
        return found


@once
def _imports(unit: Unit) -> list[Import]:
    return [s for s, _ in flat(unit.statements) if isinstance(s, Import)]


@once
def _exports(unit: Unit) -> list[tuple[list[tuple[str, str]], str | None]]:
    return [(s.names, s.module) for s, _ in flat(unit.statements) if isinstance(s, Export)]


def _last(uri: str) -> str:
    """The module name of a file: "run" for ``…/run.py``, the package for ``…/run/__init__.py``."""
    parts = uri.rsplit("/", 2)
    stem = parts[-1].rpartition(".")[0]
    return parts[-2] if stem == "__init__" and len(parts) > 1 else stem


class Modules(Protocol):
    """The other files of a project, as far as they were read. Asked by `Scope.follow` only."""

    def find(self, uri: str, statement: Import) -> Module | None:
        """The file that an import in ``uri`` reads; ``None`` where it is not a file of the project."""

    def current(self, uri: str) -> Module | None:
        """A file as it is now."""

    def beside(self, uri: str) -> Iterable[Module]:
        """The other files of its language in the folder of a file, and those of the folder above."""


class Found(NamedTuple):
    """Where a followed import ends. ``binding`` is ``None`` where the import means the whole module."""

    module: Module
    binding: Binding | None


class Scope:
    """Looks names up in a module and remembers which unit answered each, in this file and in others."""

    __slots__ = ("around", "elsewhere", "far", "home", "module", "modules", "put", "seen")

    def __init__(self, module: Module, modules: Modules | None = None) -> None:
        self.module = module
        self.modules = modules
        self.home = (
            module.uri
        )  # ``seen`` and ``around`` are about this file, ``elsewhere`` and ``far`` about all others
        self.seen: dict[str, Unit | None] = {}
        self.elsewhere: dict[tuple[str, str], Unit | None] = {}
        # Names that functions around bind, and members: see `inside.standing`.
        self.around: dict[tuple[Function, str], tuple[object, ...]] = {}
        self.far: dict[tuple[str, Function, str], tuple[object, ...]] = {}
        self.put: dict[tuple[str, str], tuple[object, ...]] = {}  # what is put in under names of files

    def inside(self, module: Module) -> Scope:
        """The same record of look-ups, seen from another file."""
        if module is self.module:
            return self
        other = Scope(module, self.modules)
        other.home = self.home
        other.seen = self.seen
        other.elsewhere = self.elsewhere
        other.around = self.around
        other.far = self.far
        other.put = self.put
        return other

    def fresh(self) -> Scope:
        """The same file with an empty record."""
        return Scope(self.module, self.modules)

    def saw(self, other: Scope) -> None:
        """What was looked up there counts as looked up here."""
        if other.put:
            self.put.update(other.put)
        if other.home == self.home:
            self.seen.update(other.seen)
            self.around.update(other.around)
            self.elsewhere.update(other.elsewhere)
            self.far.update(other.far)
            return
        for name, unit in other.seen.items():
            self.elsewhere[other.home, name] = unit
        for (function, name), units in other.around.items():
            self.far[other.home, function, name] = units
        for key, unit in other.elsewhere.items():
            if key[0] == self.home:
                self.seen[key[1]] = unit
            else:
                self.elsewhere[key] = unit
        for (uri, function, name), units in other.far.items():
            if uri == self.home:
                self.around[function, name] = units
            else:
                self.far[uri, function, name] = units

    def enclosing(self, function: Function, name: str) -> tuple[Local, ...]:
        """What a name that ``function`` does not bind itself means in the functions around it; empty: nothing."""
        found = inside.meaning(name, function.parent)
        self._stood(function, name, found)
        return found

    def member(self, function: Function, name: str) -> tuple[Local, ...]:
        """What an attribute of ``self`` means in a method, or in a function inside of one."""
        found = inside.member(function, name)
        self._stood(function, "." + name, found)
        return found

    def puts(self, module: Module, name: str) -> tuple[Put, ...]:
        """What a file puts in under one of its names: into a variable, by calls of a function."""
        found = module.puts(name)
        self.put[module.uri, name] = putting.standing(found)
        return found

    def puts_around(self, function: Function, name: str) -> tuple[Put, ...]:
        """What is put into a variable of a function around ``function``, or into a member of the instance (``self.x``)
        by the methods of its class."""
        found = putting.seen_from(function, name)
        self._note_around(function, "+" + name, putting.standing(found))
        return found

    def _stood(self, function: Function, name: str, found: tuple[Local, ...]) -> None:
        self._note_around(function, name, inside.standing(found))

    def _note_around(self, function: Function, name: str, standing: tuple[object, ...]) -> None:
        if _alone(function):
            return
        if self.module.uri == self.home:
            self.around[function, name] = standing
        else:
            self.far[self.module.uri, function, name] = standing

    def exported(self, module: Module, name: str) -> Found | None:
        """What other files get when they import ``name`` from ``module``."""
        return self._exported(module, name, 0)

    def follow(self, statement: Import, name: str | None = None) -> Found | None:
        """What an import (or ``name`` of the module it imports whole) stands for in its own file, through re-exports.

        ``None``: not in this project, or not found there.
        """
        return self._follow(self.module.uri, statement, name, 0)

    def _follow(self, uri: str, statement: Import, name: str | None, depth: int) -> Found | None:
        if self.modules is None or depth > 8:
            return None
        module = self.modules.find(uri, statement)
        if module is None:
            return None
        wanted = name if statement.name in (None, "*") else statement.name
        if wanted is None:
            return Found(module, None)
        if statement.name == _last(module.uri) and statement.name in module.names:
            package = self.modules.find(uri, Import(0, 0, statement.module, None, ""))
            if package is not None and package is not module and "__getattr__" not in package.names:
                # ``from .tools import search``: what the package hands on, or else the file, never what is in that.
                handed = None if package.uri == uri else self._exported(package, wanted, depth + 1)
                return handed or Found(module, None)
        found = self._exported(module, wanted, depth)
        if found is None and statement.name not in (None, "*", "default") and statement.name == _last(module.uri):
            found = Found(module, None)  # from package import submodule
        if found is None and wanted == "default" and "default" not in module.names:
            return Found(module, None)  # a CommonJS module imported as a default
        return found if name is None or name == wanted else self._member(found, name, depth)

    def _member(self, found: Found | None, name: str, depth: int) -> Found | None:
        if found is None or found.binding is not None:
            return None
        return self._exported(found.module, name, depth + 1)

    def _exported(self, module: Module, name: str, depth: int) -> Found | None:
        exported = module.exports.get(name)
        if exported is not None and exported[1] is None:
            name = exported[0]
        self._note(module, name)
        binding = module.binding(name)
        if binding is not None:
            if binding.imported is None:
                return Found(module, binding)
            return self._follow(module.uri, binding.imported, None, depth + 1)
        sources = [exported] if exported is not None else [(name, m) for _, m in module.stars]
        for foreign, source in sources:
            if source is not None:
                whole = foreign == "*"
                statement = Import(0, 0, source, None if whole else foreign, name)
                found = self._follow(module.uri, statement, None, depth + 1)
                if found is not None:
                    return found
        return None

    def find(self, name: str) -> Binding | None:
        self._note(self.module, name)
        found = self.module.binding(name)
        return self._of_star(name) if found is None and "*" in self.module.names else found

    def _of_star(self, name: str) -> Binding | None:
        """What ``from module import *`` brings, the last one that has such a name."""
        self._note(self.module, "*")
        for statement in reversed(self.module.imports):
            if statement.local == "*":
                one = Import(statement.start, statement.end, statement.module, name, name)
                if self.follow(one) is not None:
                    return Binding(name, self.module.names["*"], imported=one)
        return None

    def _note(self, module: Module, name: str) -> None:
        if module.uri == self.home:
            self.seen[name] = module.names.get(name)
        else:
            self.elsewhere[module.uri, name] = module.names.get(name)

    def still_holds(self, module: Module, changed: AbstractSet[str], others: bool) -> bool:
        """`holds` for a scope that held before an edit, in little time: ``changed`` are the names of the module that
        mean other units now; ``others`` says whether other files may have changed too."""
        if not self.seen.keys().isdisjoint(changed):
            return False
        if others and (self.elsewhere or self.far):
            return self.holds(module)
        return self._stands(module) and self._filled(module)

    def holds(self, module: Module) -> bool:
        """Whether every name looked up here still means the same unit in ``module``."""
        names = module.names
        for name, unit in self.seen.items():
            if names.get(name) is not unit:
                return False
        for (uri, name), unit in self.elsewhere.items():
            other = self.modules.current(uri) if self.modules else None
            if other is None or other.names.get(name) is not unit:
                return False
        return (
            self._stands(module)
            and self._filled(module)
            and all(units == _around(function, name) for (_, function, name), units in self.far.items())
        )

    def _filled(self, module: Module) -> bool:
        for (uri, name), put in self.put.items():
            of = module if uri == module.uri else self.modules.current(uri) if self.modules else None
            if of is None or putting.standing(of.puts(name)) != put:
                return False
        return True

    def _stands(self, module: Module) -> bool:
        # Many handlers in one function around them ask for the same names.
        known = cast("dict[object, tuple[object, ...]]", module.kept.setdefault("around", {}))
        for (function, name), units in self.around.items():
            key = (function if name.startswith((".", "+")) else function.parent, name)
            now = known.get(key)
            if now is None:
                now = known[key] = _around(function, name)
            if now != units:
                return False
        return True

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
                first = expr.args[0].value
                if isinstance(first, Str):
                    return module_name(first.value)
            if base in ("util.promisify", "promisify") and expr.args:
                return self._dotted(expr.args[0].value, local, depth + 1)
            return None if base is None else f"{base}()"
        return None


def _alone(function: Function) -> bool:
    """Whether all that stands around a function is in its own unit, and so stays what it is as long as that."""
    around: Function | None = function
    while around is not None:
        if around.unit is not function.unit or (around.cls is not None and around.cls.unit is not function.unit):
            return False
        around = around.parent
    return True


def _around(function: Function, name: str) -> tuple[object, ...]:
    if name.startswith("+"):
        return putting.standing(putting.seen_from(function, name[1:]))
    found = inside.member(function, name[1:]) if name.startswith(".") else inside.meaning(name, function.parent)
    return inside.standing(found)


def imported(statement: Import) -> str:
    """The dotted name an import binds."""
    return _imported(statement.module, statement.name)


@functools.lru_cache(maxsize=4096)
def _imported(of: str, name: str | None) -> str:
    module = module_name(of)
    if name in (None, "*", "default"):
        return module
    return f"{module}{':' if of.startswith(('.', '/')) else '.'}{name}"


def module_name(module: str) -> str:
    """A module as sinks name it: "node:fs/promises" is "fs.promises"; relative and scoped names stay as written."""
    if module.startswith("node:"):
        module = module[5:]
    return "fs.promises" if module == "fs/promises" else module
