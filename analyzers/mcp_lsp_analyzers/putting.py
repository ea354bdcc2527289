# ruff: noqa: SIM905  (names are easier to read as words)
"""Where something is put into a table that was made elsewhere: ``handlers.set("ping", ping)``, ``TOOLS[name] = tool``,
``registry.register(Ping())``, ``registerAll(registry)``, ``@registry.tool("ping")``.

Order and paths are ignored, as in `inside`. Kept per unit: an edit looks at the unit it is in, and no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .code import (
    Arg,
    Assign,
    Attr,
    Await,
    Block,
    Call,
    Class,
    ClassValue,
    Const,
    Define,
    DefineClass,
    Dict,
    Do,
    Expr,
    Function,
    If,
    Index,
    Items,
    Join,
    Lambda,
    Loop,
    Match,
    Name,
    Nested,
    Return,
    Spread,
    Stmt,
    Str,
    Try,
    Unit,
    With,
)
from .identifier import words
from .inside import class_around, meaning
from .once import once, once_each
from .record import NamedTuple
from .walk import sites


class Put(NamedTuple):
    """A statement that may put something in. What is decorated is handed to its decorator by a statement of its own.
    ``function``: in which it stands; ``unit``: to which its offsets are relative. ``given``: what may be put in;
    empty where that is told anyway."""

    node: Stmt
    unit: Unit
    function: Function | None
    given: tuple[Expr, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether only what the function is given is put in, or what it worked out: the statement alone says nothing
        of it."""
        return bool(self.given) and not _told(self.given, self.function)


Puts = dict[str, list[Put]]


@once
def puts(unit: Unit) -> Puts:
    """The statements of a unit by what they may put something into: the name of a variable (``handlers``), of a field
    (``self.handlers``), of a function that is called for it (``register()``, ``self.register()``), and of a variable of
    which only a text or a number is set (``state=``). Without those of its nested units."""
    found: Puts = {}
    _collect(unit.statements, unit, None, found)
    return found


def around(units: Iterable[Unit], key: str, word: str) -> tuple[Put, ...]:
    """What units, and those nested in them, put in under ``key``, which contains ``word``."""
    found: list[Put] = []
    waiting: list[tuple[Unit, Function | None]] = []
    waiting += [(unit, None) for unit in units][::-1]
    while waiting:
        unit, function = waiting.pop()
        if word in unit.key:  # the text of a file is searched in no time, what it says is not
            found += _within(puts(unit).get(key, ()), function)
            waiting += _nested(unit, function)[::-1]
    return tuple(found)


def _within(found: Iterable[Put], function: Function | None) -> Iterable[Put]:
    """What stands directly in a nested unit stands in the function around it."""
    return found if function is None else [one._replace(function=one.function or function) for one in found]


def _nested(unit: Unit, function: Function | None) -> list[tuple[Unit, Function | None]]:
    """The units nested in one, and the function in which each stands."""
    if not unit.nested:
        return []
    around = {site.node.unit: site.function for site in sites(unit.statements, unit, nested=False, kinds=(Nested,))}  # type: ignore[attr-defined]
    return [(inner, around.get(inner) or function) for inner in unit.nested]


def of_class(cls: Class, key: str) -> tuple[Put, ...]:
    """What methods of a class put into their own instance under ``key`` (``self.handlers``, ``self.register()``)."""
    return _own(cls).get(key, ())


@once_each
def _own(cls: Class) -> dict[str, tuple[Put, ...]]:
    found: dict[str, tuple[Put, ...]] = {}
    waiting: list[tuple[Unit, Function | None]] = [(cls.unit, None)]
    for unit, function in waiting:
        for key, each in puts(unit).items():
            if key.startswith("self."):
                mine = tuple(one for one in _within(each, function) if class_around(one.function) is cls)
                found[key] = (*found.get(key, ()), *mine)
        waiting += _nested(unit, function)
    return found


@once_each
def keepers(cls: Class) -> frozenset[str]:
    """The methods of a class that keep what they are given in a table of the instance: ``register``."""
    waiting = [key for key in _own(cls) if not key.endswith("()")]
    found: dict[str, None] = {}
    for key in waiting:
        for put in of_class(cls, key):
            method = outermost(put.function)
            if method is not None and len(method.params) > _own_ones(method) and method.name not in found:
                found[method.name] = None
                waiting.append(f"self.{method.name}()")
    return frozenset(name for name in found if not _KEEPS.isdisjoint(words(name)[:2]))


_KEEPS = frozenset(
    "register add set use define tool tools handle handler on mount install append push provide bind command route "
    "include plugin attach subscribe".split()
)
"""How methods are called that keep something to be found again; others note what happened, and remember it."""


def _own_ones(method: Function) -> int:
    return 1 if method.params and method.params[0].name in ("self", "cls") else 0


def outermost(function: Function | None) -> Function | None:
    """The function of a file, or the method, in which a function stands."""
    while function is not None and function.parent is not None and function.cls is None:
        function = function.parent
    return function


def seen_from(function: Function, name: str) -> tuple[Put, ...]:
    """What is put into a variable of a function around, or into a member of the instance (``self.x``)."""
    if not name.startswith("self."):
        return of_variable(function, name)
    cls = class_around(function)
    return () if cls is None else of_class(cls, name)


def of_variable(function: Function, key: str) -> tuple[Put, ...]:
    """What is put into a variable of a function around ``function``, or by calls of one made there (``register()``)."""
    name = key.removesuffix("()")
    bound = meaning(name, function)
    if not bound or bound[0].function is None:
        return ()
    found = around((bound[0].function.unit,), key, name)
    return tuple(one for one in found if one.function is not None and meaning(name, one.function) == bound)


def standing(found: Iterable[Put]) -> tuple[object, ...]:
    """Equal after an edit, if the same is put in."""
    return tuple(one.unit for one in found)


# ---------------------------------------------------------------- what a statement is about


def _collect(statements: Iterable[Stmt], unit: Unit, function: Function | None, found: Puts) -> None:
    for s in statements:
        kind = type(s)
        if kind is Do or kind is Return:
            value = s.value  # type: ignore[union-attr]
            if value is not None:
                _expression(value, unit, function, found)
        elif kind is Assign:
            assert isinstance(s, Assign)
            if s.value is not None and not s.op:
                key = "" if isinstance(s.target, Name) else _into(s.target, 1)
                if key and type(s.value) not in _PLAIN:
                    _add(found, key, Put(s, unit, function, (s.value,)))
                elif key and not key.startswith("self."):
                    _add(found, f"{key}=", Put(s, unit, function, (s.value,)))
                _functions(s.value, unit, found)
        elif kind is Define:
            assert isinstance(s, Define)
            _decorated(s.function.decorators, s.function, unit, function, found)
            _collect(s.function.body, unit, s.function, found)
        elif kind is DefineClass:
            assert isinstance(s, DefineClass)
            _decorated(s.cls.decorators, s.cls, unit, function, found)
            _collect(s.cls.body, unit, function, found)
        elif kind is Loop:
            assert isinstance(s, Loop)
            inner: Puts = {}
            _collect(s.body, unit, function, inner)
            for key, each in inner.items():
                over = () if s.iterable is None else (s.iterable,)
                _add(found, key, *(_with(one, s, unit, function, over) for one in each))
        else:
            for part in _parts(s):
                _collect(part, unit, function, found)


def _parts(s: Stmt) -> Iterator[list[Stmt]]:
    if isinstance(s, If):
        yield s.then
        yield s.otherwise
    elif isinstance(s, Try):
        yield s.body
        for catch in s.catches:
            yield catch.body
        yield s.otherwise
        yield s.last
    elif isinstance(s, (With, Block)):
        yield s.body
    elif isinstance(s, Match):
        for case in s.cases:
            yield case.body


_PLAIN = (Str, Const, Join)


def _expression(e: Expr, unit: Unit, function: Function | None, found: Puts) -> None:
    while isinstance(e, Await):
        e = e.value
    if not isinstance(e, Call):
        _functions(e, unit, found)
        return
    each = e.callee.name in _EACH if isinstance(e.callee, Attr) else False
    put = Put(Do(e.start, e.end, e), unit, function, tuple(arg.value for arg in e.args))
    for arg in e.args:
        if isinstance(arg.value, Lambda):
            inner: Puts = {}
            _collect(arg.value.function.body, unit, arg.value.function, inner)
            over = (e.callee.value,) if isinstance(e.callee, Attr) else ()
            for key, ones in inner.items():
                mine = arg.value.function if each else None
                _add(found, key, *(_with(one, put.node, unit, function, over, mine) for one in ones))
        elif isinstance(arg.value, Name):
            _add(found, arg.value.id, put)
    if not all(type(arg.value) in _PLAIN for arg in e.args):
        _add(found, _into(e.callee, 0), put)


def _with(
    one: Put, s: Stmt, unit: Unit, function: Function | None, over: tuple[Expr, ...], inner: Function | None = None
) -> Put:
    """What stands directly in a loop (in the function that is called for each item) is done by the whole of it."""
    return one if one.function is not (inner or function) else Put(s, unit, function, over if one.passes else ())


def _told(parts: Iterable[Expr], function: Function | None, depth: int = 0) -> bool:
    """Whether code names what it puts in: something made there, a function, a variable of the file. What comes in as an
    argument, and what is worked out, is not told."""
    for e in parts:
        while isinstance(e, (Await, Spread)):
            e = e.value
        if isinstance(e, (Lambda, ClassValue)):
            return True
        if isinstance(e, Name):
            if function is None or _local(e.id, function, depth):
                return True
        elif isinstance(e, Attr):
            if _told((e.value,), function, depth):
                return True
        elif isinstance(e, Call):
            callee = e.callee
            name = callee.name if isinstance(callee, Attr) else callee.id if isinstance(callee, Name) else ""
            if (e.new or name[:1].isupper() or name in ("bind", "partial")) and name not in _DATA:
                return True
            if function is None or (depth < 3 and _told([arg.value for arg in e.args], function, depth + 1)):
                return True
        elif isinstance(e, Items):
            if _told(e.items, function, depth if function is None else _NO_LOCALS):
                return True
        elif isinstance(e, Dict):
            if _told([pair.value for pair in e.pairs], function, depth if function is None else _NO_LOCALS):
                return True
    return False


_NO_LOCALS = 3  # of a record that a function makes, what it only worked out is data
_DATA = frozenset(("Date", "Map", "Set", "Array", "Error", "URL", "Object", "String", "Number", "Path", "Decimal"))


def _local(name: str, function: Function, depth: int) -> bool:
    found = meaning(name, function)
    if not found or name == "self":
        return True
    if depth > 2:
        return False
    return any(
        one.kind in ("function", "class", "import")
        or (one.kind in ("value", "item") and _told((one.node,), one.function, depth + 1))  # type: ignore[arg-type]
        for one in found
    )


_EACH = frozenset(("forEach", "map"))


def _functions(e: Expr, unit: Unit, found: Puts) -> None:
    """What functions do that are values: ``const register = (tool) => tools.set(tool.name, tool)``."""
    if isinstance(e, Lambda):
        _collect(e.function.body, unit, e.function, found)
    elif isinstance(e, Call):
        for arg in e.args:
            if isinstance(arg.value, Lambda):
                _collect(arg.value.function.body, unit, arg.value.function, found)


def _decorated(
    decorators: list[Expr], thing: Function | Class, unit: Unit, function: Function | None, found: Puts
) -> None:
    if thing.parent is not None or (isinstance(thing, Function) and thing.cls is not None):
        return
    start, end = thing.name_start, thing.name_start + len(thing.name)
    for one in decorators:
        callee = one.callee if isinstance(one, Call) else one
        call = Call(one.start, one.end, one, [Arg(start, end, Name(start, end, thing.name))])
        _add(found, _into(callee, 0), Put(Do(one.start, one.end, call), unit, function))


def _into(e: Expr, least: int) -> str:
    """Under which name something is put into ``e``, or into what the method or function ``e`` belongs to; at ``least``
    so many steps lead to a part of that."""
    steps: list[str] = []
    while not isinstance(e, Name):
        if not isinstance(e, (Attr, Index)):
            return ""
        steps.append(e.name if isinstance(e, Attr) else "")
        e = e.value
    if e.id != "self":
        return f"{e.id}()" if not steps else e.id if len(steps) >= least else ""
    if not steps:
        return ""
    return f"self.{steps[-1]}" if len(steps) > 1 else "" if least else f"self.{steps[-1]}()"


_MOST = 64


def _add(found: Puts, key: str, *each: Put) -> None:
    if key:
        mine = found.setdefault(key, [])
        for one in each:
            if len(mine) < _MOST and (not mine or mine[-1].node is not one.node):
                mine.append(one)


__all__ = ["Put", "Puts", "around", "of_class", "of_variable", "puts", "standing"]
