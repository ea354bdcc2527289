"""What a server that answers ``tools/list`` itself answers with: the entry of one name among what its handler returns,
through lists of other files, conditions, filters and mappings."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp.predict.values import json
from mcp_lsp.read.typescript.bodies import returns
from mcp_lsp.read.typescript.sight import At, Where
from mcp_lsp.read.typescript.visiting import Visitor
from mcp_lsp_analyzers.code import (
    Attr,
    Call,
    Choice,
    Class,
    Dict,
    Expr,
    Function,
    Import,
    Items,
    Logic,
    Name,
    Nested,
    Param,
    Spread,
    Str,
    Unit,
    last_name,
)
from mcp_lsp_analyzers.definition import Kind
from mcp_lsp_analyzers.scope import Module

from .here import Here, Node, World

# What is asked -> (the name of its schema in SDK 1, its method, the member of the answer, what tells entries apart).
ASKED: dict[Kind, tuple[str, str, str, str]] = {
    "tool": ("ListToolsRequestSchema", "tools/list", "tools", "name"),
    "prompt": ("ListPromptsRequestSchema", "prompts/list", "prompts", "name"),
    "resource": ("ListResourcesRequestSchema", "resources/list", "resources", "uri"),
}
DEEPEST = 12


def entry(kind: Kind, name: str, module: Module, world: World) -> tuple[Dict, Here] | None:
    """The object literal that is listed under a name."""
    schema, method, member, key = ASKED[kind]
    for call, here in _handlers(module, world, schema, method):
        found = here.sight.function(At(call.args[1].value, here.where))
        if found is None or not isinstance(found.node, Function):
            continue
        function = found.node
        for value, unit in returns(function):
            there = here.at(Where(unit, function, found.where.cls, found.where.given))
            answer, home = there.follow(value)
            listed = home.sight.entry(At(answer, home.where), member) if isinstance(answer, Dict) else None
            for node, at in elements(listed.node, home.at(listed.where)) if listed is not None else ():
                if isinstance(node, Dict):
                    told = at.sight.entry(At(node, at.where), key)
                    if told is not None and not isinstance(told.node, NO_VALUES):
                        if json(told.node, at.at(told.where)) == name:
                            return node, at
    return None


NO_VALUES = (Function, Class, Import, Param)


def elements(expr: Node, here: Here, depth: int = 0) -> Iterator[tuple[Node, Here]]:
    """What may be in a list."""
    node, home = here.follow(expr)
    if depth > DEEPEST:
        return
    if isinstance(node, Items):
        for item in node.items:
            if isinstance(item, Spread):
                yield from elements(item.value, home, depth + 1)
            else:
                yield home.follow(item)
    elif isinstance(node, Choice):
        yield from elements(node.then, home, depth + 1)
        yield from elements(node.otherwise, home, depth + 1)
    elif isinstance(node, Logic):
        yield from elements(node.left, home, depth + 1)
        yield from elements(node.right, home, depth + 1)
    elif isinstance(node, Call):
        yield from _called(node, home, depth)


def _called(call: Call, here: Here, depth: int) -> Iterator[tuple[Node, Here]]:
    callee = call.callee
    if isinstance(callee, Attr):
        args = [arg.value for arg in call.args]
        if isinstance(callee.value, Name) and callee.value.id == "Object" and callee.name == "values" and args:
            yield from _values(args[0], here)
            return
        if callee.name in ("filter", "sort", "slice", "toSorted", "concat", "reverse"):
            yield from elements(callee.value, here, depth + 1)
            for arg in args if callee.name == "concat" else ():
                yield from elements(arg, here, depth + 1)
            return
        if callee.name in ("map", "flatMap") and args:
            function, home = here.follow(args[0])
            if isinstance(function, Function):
                for node, at in elements(callee.value, here, depth + 1):
                    for given in home.sight.results(function, home.where, [At(node, at.where)]):
                        yield home.at(given.where).follow(given.node)
            return
    for value, home in here.results(call):
        yield from elements(value, home, depth + 1)


def _values(expr: Expr, here: Here) -> Iterator[tuple[Node, Here]]:
    """``Object.values`` of an object literal, or of everything that a file exports."""
    node, home = here.follow(expr)
    if isinstance(node, Dict):
        for pair in node.pairs:
            if pair.key is not None:
                yield home.follow(pair.value)
    elif isinstance(node, Import) and node.name in (None, "*"):
        found = home.sight.scope.follow(node)
        for name in found.module.exports if found is not None else ():
            member = home.abroad(node, name)
            if member is not None:
                yield member


# ---------------------------------------------------------------- handlers


def _handlers(module: Module, world: World, schema: str, method: str) -> Iterator[tuple[Call, Here]]:
    for unit in module.units:
        finder = _Finder(unit, schema, method)
        finder.statements(unit.statements)
        for call, where in finder.found:
            yield call, world.here(module, where)


class _Finder(Visitor):
    """Finds ``setRequestHandler(ListToolsRequestSchema, ...)``."""

    def __init__(self, unit: Unit, schema: str, method: str) -> None:
        self.found: list[tuple[Call, Where]] = []
        self._where = Where(unit)
        self._asked = (schema, method)

    def nested(self, s: Nested) -> None:
        before, self._where = self._where, self._where._replace(unit=s.unit)
        self.statements(s.unit.statements)
        self._where = before

    def in_function(self, function: Function) -> None:
        before, self._where = self._where, self._where._replace(function=function)
        super().in_function(function)
        self._where = before

    def in_class(self, cls: Class) -> None:
        before, self._where = self._where, self._where._replace(cls=cls)
        super().in_class(cls)
        self._where = before

    def call(self, node: Call) -> None:
        super().call(node)
        if isinstance(node.callee, Attr) and node.callee.name == "setRequestHandler" and len(node.args) > 1:
            first = node.args[0].value
            word = last_name(first)
            if word == self._asked[0] or (isinstance(first, Str) and first.value == self._asked[1]):
                self.found.append((node, self._where))
