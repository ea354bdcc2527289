"""What runs when a server's module is imported and started: calls at module level, in ``main``, behind ``__main__``.

A plain walk without values: which functions of the file are called, and what they call in turn. Kept per unit.
"""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import (
    Assign,
    Attr,
    Await,
    Binary,
    Bind,
    Block,
    Call,
    Choice,
    Compare,
    Comprehension,
    Const,
    Default,
    Define,
    DefineClass,
    Dict,
    Do,
    Export,
    Expr,
    Function,
    If,
    Index,
    Items,
    Join,
    Lambda,
    Logic,
    Loop,
    Match,
    Name,
    Nested,
    Not,
    Opaque,
    Raise,
    Return,
    Spread,
    Stmt,
    Str,
    Try,
    Unit,
    With,
    Yield,
    last_name,
)  # fmt: skip
from mcp_lsp_analyzers.flow import Call as Called
from mcp_lsp_analyzers.flow import Startup
from mcp_lsp_analyzers.model import Server
from mcp_lsp_analyzers.once import once, once_each
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.scope import Module, Scope, imported

from .library import canonical, returned


class Found(NamedTuple):
    """A call in a statement: where it stands, and whether only behind ``if __name__ == "__main__"``."""

    expr: Call
    unit: Unit
    main: bool


def startup(server: Server, unit: Unit, module: Module, scope: Scope) -> Startup:
    """What one module-level unit has called before the server serves."""
    found: list[Called] = []
    pointer = server.place.pointer
    seen: set[Function] = set()
    for one in calls(unit):
        _follow(one, "startup" if one.main else "import", (), None, module, scope, pointer, seen, found)
    return Startup(server, tuple(found), unit)


def _follow(
    one: Found,
    when: str,
    via: tuple[str, ...],
    function: Function | None,
    module: Module,
    scope: Scope,
    pointer: str,
    seen: set[Function],
    found: list[Called],
) -> None:
    target, called = named(one.expr.callee, function, scope, 0)
    found.append(Called(target, one.expr, one.unit, module.uri, pointer, when, via))
    for inner in called or _handed(one.expr, function, scope):
        if inner not in seen and len(via) < 6 and len(found) < 2000:
            seen.add(inner)
            later = "startup" if when == "startup" or via or inner.name in _MAINS else when
            for call in body_calls(inner):
                _follow(call, later, (*via, inner.name), inner, module, scope, pointer, seen, found)


_MAINS = frozenset(("main", "run", "start", "serve", "server", "bootstrap", "init", "cli", "startServer", "runServer"))


def _handed(call: Call, function: Function | None, scope: Scope) -> list[Function]:
    """``asyncio.run(main())`` calls `main` itself; ``anyio.run(main)`` and ``main().catch(…)`` are handed it."""
    callee = call.callee
    word = last_name(callee)
    if word not in _AT_ONCE:
        return []
    found = []
    for arg in call.args:
        if isinstance(arg.value, Lambda):
            found.append(arg.value.function)
        elif isinstance(arg.value, Name):
            found += named(arg.value, function, scope, 0)[1]
    return found


_AT_ONCE = frozenset(("run", "then", "catch", "finally", "Promise", "forEach", "map", "filter", "reduce", "flatMap"))
"""Calls that call what they are handed before anything is served; others keep it (handlers, listeners)."""


def named(callee: Expr, function: Function | None, scope: Scope, depth: int) -> tuple[str, list[Function]]:
    """The dotted name of what is called, and the function of the file it is."""
    if depth > 8:
        return "", []
    if isinstance(callee, Await):
        return named(callee.value, function, scope, depth + 1)
    if isinstance(callee, Lambda):
        return "", [callee.function]
    if isinstance(callee, Name):
        for one in inside.meaning(callee.id, function):
            if one.kind == "function":
                assert isinstance(one.node, Function)
                return callee.id, [one.node]
            if one.kind in ("value", "given") and not one.path and one.node is not callee:
                return named(one.node, one.function, scope, depth + 1)  # type: ignore[arg-type]
            if one.kind == "import":
                return canonical(imported(one.node)), []  # type: ignore[arg-type]
            return callee.id, []
        binding = scope.find(callee.id)
        if binding is None:
            return callee.id, []
        if binding.function is not None:
            return callee.id, [binding.function]
        if binding.cls is not None:
            return callee.id, []
        if binding.imported is not None:
            return canonical(imported(binding.imported)), []
        if binding.value is not None and not binding.path:
            return named(binding.value, None, scope, depth + 1)
        return callee.id, []
    if isinstance(callee, Attr):
        held = _field(callee, function)
        if held is not None:
            name, functions = named(held.node, held.function, scope, depth + 1)  # type: ignore[arg-type]
            if name or functions:
                return name, functions
        name, _ = named(callee.value, function, scope, depth + 1)
        return (canonical(f"{name}.{callee.name}") if name else ""), []
    if isinstance(callee, Call):
        name, functions = named(callee.callee, function, scope, depth + 1)
        if name in ("util.promisify", "promisify", "pify") and callee.args:
            return named(callee.args[0].value, function, scope, depth + 1)
        return ("" if functions else returned(name)), []
    return "", []


def _field(attr: Attr, function: Function | None) -> inside.Local | None:
    """What a field is set to, seen from a method of the class: ``this.app`` after ``this.app = express()``."""
    if not (isinstance(attr.value, Name) and attr.value.id == "self"):
        return None
    cls = inside.class_around(function)
    if cls is None:
        return None
    given = [one for one in inside.members(cls).get(attr.name, ()) if one.kind == "value"]
    return next((one for one in given if isinstance(one.node, (Call, Await)) and not one.path), None)


# ---------------------------------------------------------------- which calls stand where


@once
def calls(unit: Unit) -> list[Found]:
    """The calls of a module-level unit that run when it is imported, or behind ``__main__``."""
    return list(_in_block(unit.statements, unit, False))


@once_each
def body_calls(function: Function) -> list[Found]:
    return list(_in_block(function.body, function.unit, False))


def _in_block(statements: list[Stmt], unit: Unit, main: bool) -> Iterator[Found]:
    for s in statements:
        yield from _in_statement(s, unit, main)


def _in_statement(s: Stmt, unit: Unit, main: bool) -> Iterator[Found]:
    if isinstance(s, Nested):
        yield from _in_block(s.unit.statements, s.unit, main)
        return
    if isinstance(s, If):
        yield from _in(s.test, unit, main)
        yield from _in_block(s.then, unit, main or _is_main(s.test))
        yield from _in_block(s.otherwise, unit, main)
        return
    if isinstance(s, (Define, DefineClass)):
        for decorator in s.function.decorators if isinstance(s, Define) else s.cls.decorators:
            yield from _in(decorator, unit, main)
        if isinstance(s, DefineClass):
            for inner in s.cls.body:
                if not isinstance(inner, Define):
                    yield from _in_statement(inner, unit, main)
        return
    for e in _expressions(s):
        yield from _in(e, unit, main)
    for block in _blocks(s):
        yield from _in_block(block, unit, main)


def _is_main(test: Expr) -> bool:
    if isinstance(test, Compare):
        sides = (test.left, test.right)
        return any(isinstance(e, Name) and e.id == "__name__" for e in sides) or any(
            isinstance(e, Attr) and e.name in ("main", "url") for e in sides
        )
    return isinstance(test, Attr) and test.name == "main"


def _expressions(s: Stmt) -> list[Expr]:
    if isinstance(s, Do):
        return [s.value]
    if isinstance(s, Assign):
        return [s.value] if s.value is not None else []
    if isinstance(s, (Return, Raise, Export)):
        return [s.value] if s.value is not None else []
    if isinstance(s, Loop):
        return [e for e in (s.iterable, s.test) if e is not None]
    if isinstance(s, With):
        return [e for e, _ in s.items]
    if isinstance(s, Match):
        return [s.subject]
    return []


def _blocks(s: Stmt) -> list[list[Stmt]]:
    if isinstance(s, Loop):
        return [s.body, s.otherwise]
    if isinstance(s, (With, Block)):
        return [s.body]
    if isinstance(s, Try):
        return [s.body, *(c.body for c in s.catches), s.otherwise, s.last]
    if isinstance(s, Match):
        return [c.body for c in s.cases]
    return []


def _in(e: Expr, unit: Unit, main: bool) -> Iterator[Found]:
    kind = type(e)
    if kind in _LEAVES:
        return
    if isinstance(e, Call):
        yield from _in(e.callee, unit, main)
        for arg in e.args:
            yield from _in(arg.value, unit, main)
        yield Found(e, unit, main)
        return
    for inner in _inside(e):
        yield from _in(inner, unit, main)


_LEAVES = frozenset((Name, Str, Const, Lambda))


def _inside(e: Expr) -> list[Expr]:
    if isinstance(e, (Attr, Not, Await, Spread)):
        return [e.value]
    if isinstance(e, (Binary, Compare, Logic)):
        return [e.left, e.right]
    if isinstance(e, Join):
        return e.parts
    if isinstance(e, Items):
        return e.items
    if isinstance(e, Dict):
        return [p.value for p in e.pairs]
    if isinstance(e, Choice):
        return [e.test, e.then, e.otherwise]
    if isinstance(e, Index):
        return [e.value, e.index]
    if isinstance(e, (Bind, Default)):
        return [e.value]
    if isinstance(e, Yield):
        return [e.value] if e.value is not None else []
    if isinstance(e, Comprehension):
        parts: list[Expr] = [i for _, i, _ in e.clauses]
        element = e.element
        parts += [element.value] if hasattr(element, "key") else [element]  # type: ignore[union-attr,list-item]
        return parts
    if isinstance(e, Opaque):
        return e.inside
    return []
