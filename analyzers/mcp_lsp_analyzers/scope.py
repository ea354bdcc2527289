"""What a name means: module bindings, import aliases, and dotted names of things from outside.

Every look-up goes through a `Scope`, which writes down what it saw. Whatever was computed from a scope stays valid as
long as `Seen.holds`: that is how an edit in one declaration leaves the others alone.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

from . import inside, putting
from .bindings import Binding, bindings
from .code import Attr, Await, Call, Export, Expr, Function, Import, Name, Str, Unit, flat
from .inside import Local
from .once import once
from .putting import Put
from .record import NamedTuple, dataclass, field
from .seen import Seen
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
        found = self.kept.get("exports")
        if found is None:
            each = (one for _, own in self.having(_exports) for one in own)
            found = self.kept["exports"] = {
                exported: (name, module)
                for names, module in each
                for name, exported in names
                if exported != "*" or name != "*"
            }
        return found  # type: ignore[return-value]

    @property
    def stars(self) -> tuple[str, ...]:
        """Modules all of whose names are re-exported (``export * from``) or imported (``from m import *``)."""
        return tuple([module for _, own in self.having(_stars) for module in own])


@once
def _imports(unit: Unit) -> list[Import]:
    return [s for s, _ in flat(unit.statements) if isinstance(s, Import)]


@once
def _stars(unit: Unit) -> list[str]:
    handed_on = [module for names, module in _exports(unit) if module and ("*", "*") in names]
    return handed_on + [statement.module for statement in _imports(unit) if statement.local == "*"]


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
    """Looks names up in a module and remembers in ``seen`` which unit answered each, in this file and in others."""

    __slots__ = ("module", "modules", "seen")

    def __init__(self, module: Module, modules: Modules | None = None, seen: Seen | None = None) -> None:
        self.module = module
        self.modules = modules
        self.seen = Seen(module.uri, modules) if seen is None else seen

    def inside(self, module: Module) -> Scope:
        """The same record of look-ups, seen from another file."""
        return self if module is self.module else Scope(module, self.modules, self.seen)

    def fresh(self) -> Scope:
        """The same file with an empty record."""
        return Scope(self.module, self.modules)

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
        self.seen.put[module.uri, name] = putting.standing(found)
        return found

    def puts_around(self, function: Function, name: str) -> tuple[Put, ...]:
        """What is put into a variable of a function around ``function``, or into a member of the instance (``self.x``)
        by the methods of its class."""
        found = putting.seen_from(function, name)
        self.seen.stood(self.module.uri, function, "+" + name, putting.standing(found))
        return found

    def _stood(self, function: Function, name: str, found: tuple[Local, ...]) -> None:
        self.seen.stood(self.module.uri, function, name, inside.standing(found))

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
        if exported is not None:
            foreign, source = exported
            if source is None:
                return None
            statement = Import(0, 0, source, None if foreign == "*" else foreign, name)
            return self._follow(module.uri, statement, None, depth + 1)
        for source in reversed(self._stars(module)):
            found = self._follow(module.uri, Import(0, 0, source, name, name), None, depth + 1)
            if found is not None:
                return found
        return None

    def _stars(self, module: Module) -> tuple[str, ...]:
        """The modules a name may come from that a file does not bind itself; it may come from others after an edit."""
        stars = self.seen.stars[module.uri] = module.stars
        return stars

    def find(self, name: str) -> Binding | None:
        self._note(self.module, name)
        found = self.module.binding(name)
        if found is None:
            self._note(self.module, "*")
            return self._of_star(name) if "*" in self.module.names else None
        return found

    def _of_star(self, name: str) -> Binding | None:
        """What ``from module import *`` brings, the last one that has such a name."""
        self._stars(self.module)
        for statement in reversed(self.module.imports):
            if statement.local == "*":
                one = Import(statement.start, statement.end, statement.module, name, name)
                if self.follow(one) is not None:
                    return Binding(name, self.module.names["*"], imported=one)
        return None

    def _note(self, module: Module, name: str) -> None:
        seen = self.seen
        if module.uri == seen.home:
            seen.names[name] = module.names.get(name)
        else:
            seen.elsewhere[module.uri, name] = module.names.get(name)

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
