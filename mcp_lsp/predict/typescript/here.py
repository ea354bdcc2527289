"""Where an expression of TypeScript stands, and what stands behind it, in this file and in others of the project.

The readers' own look-ups end at the border of a file and write down what they saw; a prediction is made once, on
request, so it writes nothing down and goes on into the other file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Union

from mcp_lsp.predict.touched import touched, touched_in
from mcp_lsp.predict.values import RUN_TIME, json
from mcp_lsp.read.typescript.bodies import returns
from mcp_lsp.read.typescript.sight import At, Sight, Where
from mcp_lsp_analyzers.code import (
    Attr,
    Call,
    Choice,
    Class,
    Const,
    Dict,
    Expr,
    Function,
    If,
    Import,
    Index,
    Items,
    Lambda,
    Logic,
    Name,
    Pair,
    Param,
    Return,
    Spread,
    Str,
    Try,
    Unit,
)
from mcp_lsp_analyzers.definition import Missing
from mcp_lsp_analyzers.scope import Found, Module, Modules, Scope

from .conditions import decided

Node = Union[Expr, Function, Class, Import, Param]

FAR = 24
"""Steps to follow from name to name, over files; circles have no end."""


TEXTS: dict[str, Callable[[str], str]] = {
    "trim": str.strip, "trimStart": str.lstrip, "trimEnd": str.rstrip, "toString": str, "toLowerCase": str.lower,
    "toUpperCase": str.upper,
}  # fmt: skip


class World:
    """The files of one prediction. ``library`` gives the JSON of calls that only a schema library knows."""

    def __init__(self, module: Module, modules: Modules | None) -> None:
        self.scope = Scope(module, modules)
        self.sights: dict[str, Sight] = {}
        self.homes: dict[int, Sight] = {}  # the file of each unit
        self._unsettled: dict[str, set[str]] = {}
        self.library: Callable[[Call, Here], Any] = lambda call, here: Missing(RUN_TIME)

    def sight(self, module: Module) -> Sight:
        found = self.sights.get(module.uri)
        if found is None:
            found = self.sights[module.uri] = Sight(module, module.units[0], modules=self.scope.modules)
            found.scope = self.scope.inside(module)
            self._settle(module.units, found)
        return found

    def unsettled(self, module: Module) -> set[str]:
        """The names of a file that are set in several of its statements, or in none but conditional ones."""
        found = self._unsettled.get(module.uri)
        if found is None:
            found = self._unsettled[module.uri] = set()
            seen: set[str] = set()
            for unit in module.units:
                found.update(name for name in unit.binds if name in seen)
                seen.update(unit.binds)
                if any(isinstance(statement, (If, Try)) for statement in unit.statements):
                    found.update(unit.binds)
        return found

    def _settle(self, units: list[Unit], sight: Sight) -> None:
        for unit in units:
            self.homes[id(unit)] = sight
            self._settle(unit.nested, sight)

    def here(self, module: Module, where: Where) -> Here:
        return Here(self, self.sight(module), where)


class Here:
    """The surroundings of an expression; a `mcp_lsp.predict.values.Sight`."""

    __slots__ = ("sight", "where", "world")

    def __init__(self, world: World, sight: Sight, where: Where) -> None:
        self.world = world
        self.sight = sight
        self.where = where

    def at(self, where: Where) -> Here:
        return Here(self.world, self.sight, where)

    # ------------------------------------------------------------ following

    def follow(self, node: Node, far: int = 0) -> tuple[Node, Here]:
        """What an expression stands for, over files; itself where nothing more is known."""
        if far > FAR:
            return node, self
        root = node
        while isinstance(root, Attr):
            root = root.value
        if isinstance(root, Name) and root.id != "self" and self._unsettled(root.id):
            return node, self
        given = self._given(node, far)
        if given is not None:
            return given
        found = self.sight.resolve(At(node, self.where))
        if found is None:
            return node, self
        here, node = self.at(found.where), found.node
        if isinstance(node, (Choice, Logic)):
            chosen = decided(node, here)
            return (node, here) if chosen is None else here.follow(chosen, far + 1)
        if isinstance(node, Import):
            return here.abroad(node, None, far) or (node, here)
        if isinstance(node, Attr):
            return here._member(node.value, node.name, far) or (node, here)
        if isinstance(node, Index):
            key = json(node.index, here)
            if isinstance(key, (str, int)):
                return here._member(node.value, str(key), far) or (node, here)
        return node, here

    def _unsettled(self, name: str) -> bool:
        """Whether a name is set in several places, under a condition, or changed: then it means what it was last."""
        local = self.sight.local(name, self.where.function)
        if local:
            home = local[0].function
            return len(local) > 1 or (home is not None and name in touched_in(home, False))
        if self.where.given is not None and name in self.where.given:
            return False
        module = self.sight.scope.module
        if name in self.world.unsettled(module):
            return True
        binding = self.sight.scope.find(name)
        return binding is not None and binding.value is not None and touched(module, name)

    def _given(self, node: Node, far: int) -> tuple[Node, Here] | None:
        """What a parameter stands for, or a member of it, where what it is given comes from another file."""
        root = node
        while isinstance(root, Attr):
            root = root.value
        if not isinstance(root, Name) or self.where.given is None or root.id not in self.where.given:
            return None
        at = self.where.given[root.id]
        home = self.world.homes.get(id(at.where.unit), self.sight)
        if home is self.sight:
            return None
        if isinstance(node, Attr):
            return self._member(node.value, node.name, far) or (node, self)
        return Here(self.world, home, at.where).follow(at.node, far + 1)

    def _member(self, value: Expr, name: str, far: int) -> tuple[Node, Here] | None:
        base, home = self.follow(value, far + 1)
        if isinstance(base, Import):
            return home.abroad(base, name, far + 1)
        if isinstance(base, Items) and name.isdigit() and int(name) < len(base.items):
            if not any(isinstance(item, Spread) for item in base.items):
                return home.follow(base.items[int(name)], far + 1)
        if isinstance(base, Dict):
            found = home.sight.entry(At(base, home.where), name)
            if found is not None:
                return home.at(found.where).follow(found.node, far + 1)
            for pair in reversed(base.pairs):  # spreads of what other files export
                if pair.key is None:
                    inner, there = home.follow(pair.value, far + 1)
                    if isinstance(inner, Dict):
                        entry = there.sight.entry(At(inner, there.where), name)
                        if entry is not None:
                            return there.at(entry.where).follow(entry.node, far + 1)
        return None

    def abroad(self, statement: Import, name: str | None, far: int = 0) -> tuple[Node, Here] | None:
        whole = statement.name in (None, "*")
        if whole and name is None:
            return None
        found = self.sight.scope.follow(statement, name if whole else None)
        entered = None if found is None else self._entered(found, far)
        if entered is None or whole or name is None:
            return entered
        node, here = entered
        return here._member(node, name, far + 1) if not isinstance(node, (Function, Class, Import, Param)) else None

    def _entered(self, found: Found, far: int) -> tuple[Node, Here] | None:
        binding = found.binding
        if binding is None or (binding.value is not None and touched(found.module, binding.name)):
            return None
        sight = self.world.sight(found.module)
        here = Here(self.world, sight, Where(binding.unit))
        if binding.function is not None or binding.cls is not None:
            return binding.function or binding.cls, here  # type: ignore[return-value]
        if binding.value is None:
            return None
        start = sight.step(At(binding.value, here.where), binding.path)
        return None if start is None else here.at(start.where).follow(start.node, far + 1)

    def results(self, call: Call) -> list[tuple[Expr, Here]]:
        """What a call of a function of the project returns, with its parameters set."""
        function, home = self.follow(call.callee)
        if not isinstance(function, Function) or call.new or function.is_async or function.is_generator:
            return []
        if not _single(function):
            return []
        args = [At(arg.value, self.where) for arg in call.args]
        if not any(arg.spread for arg in call.args):
            own = Where(function.unit, function, home.where.cls)
            for param in function.params[len(args) :]:
                if param.default is None:
                    break
                args.append(At(param.default, own))
        given = home.sight.results(function, home.where, args)
        return [
            (at.node, home.at(at.where)) for at in given if not isinstance(at.node, (Function, Class, Import, Param))
        ]

    # ------------------------------------------------------------ values

    def behind(self, expr: Expr) -> tuple[Expr, Here]:
        node, here = self.follow(expr)
        for _ in range(FAR):
            if not isinstance(node, Call):
                break
            given = here.results(node)
            if len(given) != 1:
                break
            node, here = given[0][1].follow(given[0][0])
        if isinstance(node, Attr) and node.name in ("options", "enum", "Enum", "Values"):
            listed = here.world.library(Call(node.start, node.end, node, []), here)
            at = node.start, node.end
            if isinstance(listed, list) and all(isinstance(word, str) for word in listed):
                strings: list[Expr] = [Str(*at, word) for word in listed]
                return Items(*at, "list", strings), here
            if isinstance(listed, dict) and all(isinstance(word, (str, int)) for word in listed.values()):
                return Dict(*at, [Pair(*at, Str(*at, key), _literal(at, word)) for key, word in listed.items()]), here
        if isinstance(node, Attr) and node.name == "length":
            whole = json(node.value, here)
            if isinstance(whole, (str, list)):
                units = len(whole.encode("utf-16-le", "surrogatepass")) // 2 if isinstance(whole, str) else len(whole)
                return Const(node.start, node.end, units), here
        if isinstance(node, Attr) and isinstance(node.value, Attr) and node.value.name in ("enum", "Enum", "Values"):
            named, there = here.behind(node.value)
            for pair in named.pairs if isinstance(named, Dict) else ():
                if isinstance(pair.key, Str) and pair.key.value == node.name:
                    return pair.value, there
        if isinstance(node, Dict):
            kept = [pair for pair in node.pairs if not here.dropped(pair)]
            if len(kept) < len(node.pairs):
                node = Dict(node.start, node.end, kept)
        if isinstance(node, (Function, Class, Import, Param)):
            return expr, here
        return node, here

    def dropped(self, pair: Pair) -> bool:
        """Whether JSON leaves a member out: it is ``undefined``, or a function."""
        return pair.key is not None and self.undefined(pair.value)

    def undefined(self, expr: Expr) -> bool:
        if isinstance(expr, (Str, Dict, Items, Lambda)):
            return isinstance(expr, Lambda)
        node, here = self.follow(expr)
        if isinstance(node, Const) and node.value is None:
            return here.where.unit.key[node.start : node.end] != "null"
        return isinstance(node, (Function, Class))

    def called(self, call: Call) -> object:
        callee = call.callee
        if isinstance(callee, Name) and callee.id == "String" and len(call.args) == 1 and not call.new:
            value = json(call.args[0].value, self)
            whole = isinstance(value, (str, int)) and not isinstance(value, bool)
            return str(value) if whole else value if isinstance(value, Missing) else Missing(RUN_TIME)
        if isinstance(callee, Attr) and not call.new:
            if isinstance(callee.value, Name) and callee.value.id == "Object" and len(call.args) == 1:
                return self._object(callee.name, call.args[0].value)
            known = self._text(callee, [json(arg.value, self) for arg in call.args])
            if known is not None:
                return known
            if callee.name == "map" and len(call.args) == 1:
                return self._mapped(callee.value, call.args[0].value)
        return self.world.library(call, self)

    def _object(self, method: str, expr: Expr) -> object:
        value = json(expr, self)
        if method == "freeze" or isinstance(value, Missing):
            return value
        if isinstance(value, dict) and "*" not in value:
            return (
                list(value) if method == "keys" else list(value.values()) if method == "values" else Missing(RUN_TIME)
            )
        return Missing(RUN_TIME)

    def _text(self, callee: Attr, args: list[Any]) -> object:
        """What a method of a string, or the joining of a list, gives; ``None``: it is another method."""
        if callee.name not in ("join", "concat", "repeat") and callee.name not in TEXTS:
            return None
        value = json(callee.value, self)
        if callee.name == "concat" and isinstance(value, str) and all(isinstance(word, str) for word in args):
            return value + "".join(args)
        if callee.name == "repeat" and isinstance(value, str) and len(args) == 1 and args[0] in range(1000):
            return value * args[0]
        if callee.name == "join" and isinstance(value, list) and all(isinstance(word, str) for word in value):
            return str(args[0] if args and isinstance(args[0], str) else ",").join(value) if _joins(args) else None
        if isinstance(value, str) and not args and callee.name in TEXTS:
            return TEXTS[callee.name](value)
        return value if isinstance(value, Missing) else None

    def _mapped(self, values: Expr, mapper: Expr) -> object:
        """``[...].map(x => ...)`` over a list that is written out."""
        listed, home = self.follow(values)
        function, there = self.follow(mapper)
        if not isinstance(listed, Items) or not isinstance(function, Function) or not _single(function):
            return Missing(RUN_TIME)
        made: list[Any] = []
        for item in listed.items:
            given = there.sight.results(function, there.where, [At(item, home.where)])
            node = given[0].node if len(given) == 1 else None
            if node is None or isinstance(item, Spread) or isinstance(node, (Function, Class, Import, Param)):
                return Missing(RUN_TIME)
            made.append(json(node, there.at(given[0].where)))
        return made


def _single(function: Function) -> bool:
    """Whether a function returns one thing whatever happens."""
    return bool(function.body) and isinstance(function.body[-1], Return) and len(returns(function)) == 1


def _literal(at: tuple[int, int], value: str | int) -> Expr:
    return Str(*at, value) if isinstance(value, str) else Const(*at, value)


def _joins(args: list[Any]) -> bool:
    return not args or isinstance(args[0], str)
