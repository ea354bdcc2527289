"""Following expressions to what they stand for: constants, parts of object literals, functions, texts.

Everything is looked up through a `Sight`, which keeps the record by which a result is known to hold after an edit.
"""

from __future__ import annotations

from typing import Union

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import (
    Attr,
    Await,
    Bind,
    Call,
    Choice,
    Class,
    Const,
    Dict,
    Expr,
    Function,
    Import,
    Index,
    Items,
    Lambda,
    Logic,
    Name,
    Param,
    Str,
    Unit,
    last_name,
)
from mcp_lsp_analyzers.inside import Local, standing
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.scope import Module, Modules, Scope, module_name

from .bodies import returns, surrounding

FAR = 16
MOST_ENTERED = 2000
"""Functions that are looked into for one unit: in a bundle, they return what each other returns without end."""
"""Names, members and calls followed one after the other. Real chains have four or five; circles have no end."""


MAKES = pattern(r"^(?:define|create|make|build|register)|[Tt]ool$")


class Where(NamedTuple):
    """What surrounds an expression: names in it are looked up here. ``given``: variables of loops and arguments of
    calls that are known here, but not to the function as such."""

    unit: Unit
    function: Function | None = None
    cls: Class | None = None
    given: dict[str, At] | None = None

    def also(self, given: dict[str, At]) -> Where:
        return self._replace(given={**self.given, **given} if self.given else given)


class At(NamedTuple):
    """An expression (or function, class, import, parameter that a name led to) and its surroundings."""

    node: Union[Expr, Function, Class, Import, Param]
    where: Where


class Sight:
    """Look-ups made for one unit. ``home``: the function and class in which the unit stands; ``looked``: names that
    were looked up there, and what answered (`inside.standing`). ``scope`` has those of the module."""

    __slots__ = ("away", "defined", "entered", "home", "looked", "scope", "tables", "unit")

    def __init__(
        self,
        module: Module,
        unit: Unit,
        function: Function | None = None,
        cls: Class | None = None,
        modules: Modules | None = None,
    ) -> None:
        self.scope = Scope(module, modules)
        self.entered = 0  # functions that were looked into for what they return
        self.away = 0  # files between this one and the one that asked
        self.tables = False  # whether tables of other files are read: where what they hold is registered or listed
        self.defined: list[Dict] = []  # what was read in them, and is told of in its own file
        self.unit = unit
        self.home = (function, cls)
        self.looked: dict[str, tuple[object, ...]] = {}

    # ------------------------------------------------------------ names

    def local(self, name: str, function: Function | None) -> tuple[Local, ...]:
        while function is not None and function is not self.home[0]:
            found = inside.variables(function).get(name)
            if found:
                return found
            function = function.parent
        if function is None:
            return ()
        found = surrounding(name, function, None)
        self.looked[name] = standing(found)
        return found

    def member(self, name: str, where: Where) -> tuple[Local, ...]:
        """What ``this.name`` means."""
        function = where.function
        while function is not None and function.cls is None:
            if function is self.home[0]:
                found = surrounding("." + name, function, self.home[1])
                self.looked["." + name] = standing(found)
                return found
            function = function.parent
        cls = where.cls if function is None else function.cls
        if cls is None:
            return ()
        found = inside.members(cls).get(name, ())
        if cls is self.home[1]:
            self.looked["." + name] = standing(found)
        return found

    def named(self, name: Name, where: Where) -> At | None:
        if where.given is not None and name.id in where.given:
            return where.given[name.id]
        found = self.local(name.id, where.function)
        if found:
            local = found[-1] if found[0].kind == "value" and not found[0].constant and len(found) > 1 else found[0]
            return self._local(local, where)
        binding = self.scope.find(name.id)
        if binding is None:
            return None
        there = Where(binding.unit)
        if binding.imported is not None:
            return At(binding.imported, there)
        if binding.function is not None:
            return At(binding.function, there)
        if binding.cls is not None:
            return At(binding.cls, there)
        if binding.value is not None:
            return self.step(At(binding.value, there), binding.path)
        return None

    def _local(self, local: Local, where: Where) -> At | None:
        given = where.given if local.function is where.function else None
        there = Where(local.unit, local.function, where.cls, given)
        if local.kind == "item":
            return None
        if local.kind == "parameter" and local.path:
            return None
        return self.step(At(local.node, there), local.path)

    # ------------------------------------------------------------ values

    def resolve(self, at: At | None, far: int = 0) -> At | None:
        """What an expression stands for, as far as it can be followed; ``None`` where a name leads nowhere."""
        while at is not None and far < FAR:
            far += 1
            node, where = at
            after: At | None
            if isinstance(node, Name):
                after = self.named(node, where)
                if after is None:
                    return at
                at = after
                continue
            if isinstance(node, Attr):
                if isinstance(node.value, Name) and node.value.id == "self":
                    found = self.member(node.name, where)
                    local = next((x for x in found if x.node is not node and not _only_declares(x, node.name)), None)
                    if local is not None:
                        after = self.step(At(local.node, Where(local.unit, local.function, where.cls)), local.path)
                        if after is not None:
                            at = after
                            continue
                    return at
                base = self.resolve(At(node.value, where), far)
                after = None if base is None else self.entry(base, node.name, far)
                if after is None:
                    if base is not None and isinstance(base.node, Dict) and _all_known(base.node):
                        return At(Const(node.start, node.end, None), where)
                    return at
                at = after
                continue
            if isinstance(node, Index):
                key = self.constant(At(node.index, where), far)
                base = self.resolve(At(node.value, where), far) if isinstance(key, str) else None
                after = None if base is None else self.entry(base, str(key), far)
                if after is None:
                    return at
                at = after
                continue
            if isinstance(node, (Await, Bind)):
                at = At(node.value, where)
                continue
            if isinstance(node, Lambda):
                return At(node.function, where)
            if isinstance(node, Call) and node.args:
                callee = node.callee
                # ``Object.freeze(x)``; ``ToolSchema.parse({...})`` gives what it is given, or nothing at all.
                if isinstance(callee, Attr) and callee.name in ("freeze", "parse"):
                    if callee.name == "freeze" or isinstance(node.args[0].value, Dict):
                        at = At(node.args[0].value, where)
                        continue
            return at
        return at

    def step(self, at: At | None, path: tuple[str, ...]) -> At | None:
        """What is destructured out of a value."""
        for key in path:
            base = self.resolve(at)
            if base is None:
                return None
            if isinstance(base.node, Items) and key.isdigit():
                items = base.node.items
                at = At(items[int(key)], base.where) if int(key) < len(items) else None
            elif key != "*":
                at = self.entry(base, key)
                if at is None and isinstance(base.node, Dict) and _all_known(base.node):
                    at = At(Const(base.node.end, base.node.end, None), base.where)
            elif isinstance(base.node, Dict):
                at = base  # what is left of it
            else:
                return None
        return at

    def entry(self, base: At, name: str, far: int = 0) -> At | None:
        """A member of an object literal (of one that is handed to ``defineTool`` too), or of a class."""
        if isinstance(base.node, Call) and not base.node.new and len(base.node.args) == 1:
            callee, only = base.node.callee, base.node.args[0].value
            word = last_name(callee)
            if isinstance(only, Dict) and MAKES.search(word):
                base = At(only, base.where)
        if isinstance(base.node, Class):
            found = inside.members(base.node).get(name, ())
            return At(found[0].node, Where(found[0].unit, found[0].function, base.node)) if found else None
        if not isinstance(base.node, Dict):
            return None
        for pair in reversed(base.node.pairs):
            key = pair.key
            if key is None:
                spread = self.resolve(At(pair.value, base.where), far + 1) if far < FAR else None
                made = self.returned(spread) if spread is not None and isinstance(spread.node, Call) else []
                for each in made or ([spread] if spread is not None else []):
                    found_there = self.entry(self.resolve(each, far) or each, name, far + 1)
                    if found_there is not None:
                        return found_there
            elif isinstance(key, Str):
                if key.value == name:
                    return At(pair.value, base.where)
            elif far < FAR and self.constant(At(key, base.where), far + 1) == name:
                return At(pair.value, base.where)
        return None

    def entries(self, base: At, far: int = 0) -> tuple[list[tuple[Expr, At]], bool]:
        """The pairs of an object literal with its spreads opened, and whether that is all of them."""
        found: list[tuple[Expr, At]] = []
        complete = True
        if not isinstance(base.node, Dict) or far > FAR:
            return found, False
        for pair in base.node.pairs:
            if pair.key is not None:
                found.append((pair.key, At(pair.value, base.where)))
                continue
            for value in self.choices(At(pair.value, base.where)):
                more, all_of_it = self.entries(value, far + 1)
                found += more
                complete = complete and all_of_it
        return found, complete

    def choices(self, at: At) -> list[At]:
        """``a ? x : y`` and ``a && x`` give x and y: everything that may come of an expression."""
        found = self.resolve(at)
        if found is None:
            return []
        node, where = found
        if isinstance(node, Choice):
            return [*self.choices(At(node.then, where)), *self.choices(At(node.otherwise, where))]
        if isinstance(node, Logic):
            if node.op == "and":
                return self.choices(At(node.right, where))
            return [*self.choices(At(node.left, where)), *self.choices(At(node.right, where))]
        if isinstance(node, Call):
            given = self.returned(found)
            if given:
                return given
        if isinstance(node, (Const,)) and node.value in (None, False):
            return []
        return [found]

    def constant(self, at: At, far: int = 0) -> object:
        """The value of a literal that an expression stands for, in this file or another; ``None`` where it is none."""
        if isinstance(at.node, Str):
            return at.node.value
        found = self.resolve(at, far + 1)
        if found is not None and isinstance(found.node, (Str, Const)):
            return found.node.value
        if found is not None and self.scope.modules is not None and isinstance(found.node, (Import, Attr)):
            return self._imported(found)
        return None

    def _imported(self, at: At) -> object:
        """A constant of another file: ``NAMES.echo`` after ``import { NAMES } from "./names.js"``."""
        path: tuple[str, ...] = ()
        inner: At | None = at
        while inner is not None and isinstance(inner.node, Attr):
            path = (inner.node.name, *path)
            inner = (
                self.resolve(At(inner.node.value, at.where))
                if isinstance(inner.node.value, Name)
                else At(inner.node.value, at.where)
            )
        node = None if inner is None else inner.node
        if not isinstance(node, Import) or self.away > 3:
            return None
        whole = node.name in (None, "*")
        there = self.scope.follow(node, path[0] if whole and path else None)
        if there is None or there.binding is None or there.binding.value is None:
            return None
        other = Sight(there.module, there.binding.unit)
        other.scope, other.away = self.scope.inside(there.module), self.away + 1
        start = At(there.binding.value, Where(there.binding.unit))
        found = other.step(start, (*there.binding.path, *(path[1:] if whole else path)))
        return None if found is None else other.constant(found)

    # ------------------------------------------------------------ functions

    def function(self, at: At | None) -> At | None:
        """The function that an expression stands for: by name, ``this.f.bind(this)``, ``wrap(async () => …)``."""
        for _ in range(6):
            found = self.resolve(at)
            if found is None or isinstance(found.node, Function):
                return found
            node, where = found
            if isinstance(node, Class):
                return None
            if not isinstance(node, Call):
                return None
            if isinstance(node.callee, Attr) and node.callee.name in ("bind", "call", "apply"):
                at = At(node.callee.value, where)
                continue
            inner = [arg.value for arg in node.args if not arg.spread]
            lambdas = [value for value in inner if isinstance(value, Lambda)]
            if lambdas:
                return At(lambdas[-1].function, where)
            for value in reversed(inner):
                if isinstance(value, (Name, Attr, Call)):
                    made = self.resolve(At(value, where))
                    if made is not None and isinstance(made.node, Function):
                        return made
            return None
        return None

    def returned(self, at: At) -> list[At]:
        """What a call of a function of this file gives, its parameters being what the call gives them."""
        node = at.node
        if not isinstance(node, Call) or node.new:
            return []
        callee = self.resolve(At(node.callee, at.where))
        if callee is None or not isinstance(callee.node, Function):
            return []
        return self.results(callee.node, callee.where, [At(arg.value, at.where) for arg in node.args])

    def results(self, function: Function, where: Where, args: list[At]) -> list[At]:
        """What a function returns for these arguments."""
        depth = len(where.given) if where.given is not None else 0
        if depth > 24 or self.entered >= MOST_ENTERED:
            return []
        self.entered += 1
        given: dict[str, At] = {}
        for param, arg in zip(function.params, args):  # noqa: B905 (calls leave arguments out)
            self.bind(param.target, arg, given)
        inner = Where(function.unit, function, where.cls, {**(where.given or {}), **given})
        return [At(value, inner._replace(unit=unit)) for value, unit in returns(function)]

    def bind(self, target: Expr, value: At, into: dict[str, At]) -> None:
        """What the variables of a target stand for."""
        for name, path in inside.targets(target):
            found = self.step(value, path)
            if found is not None:
                into[name] = found


def identity(sight: Sight, at: At) -> object:
    """What a name is known by: the literal it comes from; put together in a loop, it is a new one each time."""
    found = sight.resolve(at)
    if found is None:
        return at.node
    return found.node if isinstance(found.node, Str) or not found.where.given else object()


def _only_declares(local: Local, name: str) -> bool:
    """A field without a value (``private server: Server``) stands for what is assigned to it elsewhere, and not for
    what its name means outside of the class."""
    return isinstance(local.node, Name) and local.node.id == name and local.function is None


def _all_known(node: Dict) -> bool:
    return all(isinstance(pair.key, Str) for pair in node.pairs)


def origin(sight: Sight, at: At) -> str:
    """The dotted name of what is called or extended, where it comes from outside: "zod.z.object"; else as written."""
    node, where = at
    names: list[str] = []
    while True:
        if isinstance(node, Attr):
            names.append(node.name)
            node = node.value
        elif isinstance(node, Call):
            names.append("()")
            node = node.callee
        elif isinstance(node, Await):
            node = node.value
        else:
            break
    if not isinstance(node, Name):
        return ""
    found = sight.named(node, where) if node.id != "self" else None
    base = node.id
    if found is not None and isinstance(found.node, Import):
        statement = found.node
        base = module_name(statement.module)
        if statement.name not in (None, "*", "default"):
            base = f"{base}:{statement.name}"
    return ".".join([base, *reversed(names)])
