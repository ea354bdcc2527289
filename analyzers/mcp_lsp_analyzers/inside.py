"""What names mean inside a function or a class: variables of a function wherever they are set, members of a class.

Order and paths are ignored: this is what a nested function sees of the function around it, and a method of its class.
Kept per unit, so that an edit in one statement of a long function looks at that statement again and no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Union

from . import walk
from .code import (
    Assign,
    Attr,
    Await,
    Bind,
    Block,
    Class,
    Default,
    Define,
    DefineClass,
    Dict,
    Do,
    Expr,
    Function,
    If,
    Import,
    Items,
    Loop,
    Match,
    Name,
    Nested,
    Param,
    Spread,
    Stmt,
    Str,
    Try,
    Unit,
    With,
)
from .once import once, once_each
from .record import NamedTuple


class Local(NamedTuple):
    """One way in which a name gets its meaning. ``kind``: "parameter", "function", "class", "import", "value" (``node``
    is the expression, ``path`` where the name stands in what it gives), "item" (an item of it), "given" (``with``).
    ``function``: where the expression is to be understood. ``unit``: where it stands."""

    kind: str
    node: Union[Param, Function, Class, Import, Expr]
    unit: Unit
    function: Function | None
    path: tuple[str, ...] = ()
    annotation: Expr | None = None
    constant: bool = False


def standing(meanings: tuple[Local, ...]) -> tuple[object, ...]:
    """Equal after an edit, if a name means the same and that stands where it stood. For each meaning its unit, which is
    another as soon as anything in it is; or of what stands in the head of a container, that head. A parameter of a
    function around all tools stays what it is while one of these is edited."""
    found: list[object] = []
    for _, node, unit, *_ in meanings:
        head = _offset(unit.nested[0]) if unit.nested else 0
        found.append(unit.key[:head] if node.end <= head else unit)
    return tuple(found)


def _offset(inner: Unit) -> int:
    return inner.kept["offset"]  # type: ignore[return-value]


@once
def own_text(unit: Unit) -> str:
    """The text of a declaration without that of the parts that are kept one by one: what stands between them."""
    texts, at = [], 0
    for inner in unit.nested:
        start = _offset(inner)
        texts.append(unit.key[at:start])
        at = start + len(inner.key)
    return "\n".join([*texts, unit.key[at:]])


Locals = dict[str, tuple[Local, ...]]


@once_each
def variables(function: Function) -> Locals:
    """What each name that a function binds can mean."""
    found: Locals = {}
    for param in function.params:
        for name, path in targets(param.target):
            _add(found, name, Local("parameter", param, function.unit, function, path))
    _collect(function.body, function.unit, function, found)
    return found


def bound_between(name: str, inner: Function | None, outer: Function) -> bool:
    """Whether a name is bound in a function, or in one inside of it from which it is asked for."""
    while inner is not None:
        if variables(inner).get(name):
            return True
        if inner is outer:
            return False
        inner = inner.parent
    return False


def meaning(name: str, function: Function | None) -> tuple[Local, ...]:
    """What a name means in a function: what that binds itself, or else the nearest one around it; empty: nothing."""
    while function is not None:
        found = variables(function).get(name)
        if found:
            return found
        function = function.parent
    return ()


@once_each
def set_within(function: Function) -> frozenset[str]:
    """The names that functions inside of a function set, of variables of their own or of its."""
    return frozenset(
        site.node.target.id
        for site in walk.sites(function.body, function.unit, function, kinds=(Assign,))
        if isinstance(site.node, Assign) and isinstance(site.node.target, Name) and site.function is not function
    )


@once_each
def says_this(function: Function) -> bool:
    """Whether a function says ``this``, itself or in an arrow inside of it."""
    names = walk.sites(function.body, function.unit, function, kinds=(Name,))
    return any(site.node.id == "self" for site in names)  # type: ignore[attr-defined]


def class_around(function: Function | None) -> Class | None:
    """The class in a method of which something stands, if it stands in one."""
    while function is not None and function.cls is None:
        function = function.parent
    return None if function is None else function.cls


@once_each
def members(cls: Class) -> Locals:
    """What each attribute of an instance can mean: methods, fields, and what methods assign to ``self``."""
    found: Locals = {}
    for statement in cls.body:
        for name, local in _kept_members(statement, cls.unit, cls.name):
            _add(found, name, local)
    return found


def member(function: Function | None, name: str) -> tuple[Local, ...]:
    """What an attribute of the instance can mean in a method, or in a function inside of one."""
    cls = class_around(function)
    return () if cls is None else members(cls).get(name, ())


def _kept_members(statement: Stmt, unit: Unit, cls: str) -> list[tuple[str, Local]]:
    """The members that one statement of a class makes; of a nested unit, as long as that is the same."""
    if not isinstance(statement, Nested):
        return list(_members_of(statement, unit, cls))
    key = ("members", cls)
    kept = statement.unit.kept.get(key)
    if kept is None:
        kept = [m for s, where in _with_units([statement], unit) for m in _members_of(s, where, cls)]
        statement.unit.kept[key] = kept
    return kept  # type: ignore[return-value]


def _add(found: Locals, name: str, local: Local) -> None:
    before = found.get(name, ())
    if len(before) < 8:
        found[name] = (*before, local)


def _with_units(statements: Iterable[Stmt], unit: Unit) -> Iterator[tuple[Stmt, Unit]]:
    for statement in statements:
        if isinstance(statement, Nested):
            yield from _with_units(statement.unit.statements, statement.unit)
        elif isinstance(statement, Block):
            yield from _with_units(statement.body, unit)
        else:
            yield statement, unit


def _collect(statements: Iterable[Stmt], unit: Unit, function: Function, found: Locals) -> None:
    for s in statements:
        kind = type(s)
        if kind is Assign:
            assert isinstance(s, Assign)
            if not s.op and s.value is not None:
                for name, path in targets(s.target):
                    _add(found, name, Local("value", s.value, unit, function, path, s.annotation, s.constant))
        elif kind is Define:
            assert isinstance(s, Define)
            _add(found, s.function.name, Local("function", s.function, unit, function))
        elif kind is If:
            assert isinstance(s, If)
            _collect(s.then, unit, function, found)
            _collect(s.otherwise, unit, function, found)
        elif kind is Nested:
            assert isinstance(s, Nested)
            key = "variables"
            inner = s.unit.kept.get(key)
            if inner is None:
                inner = {}
                _collect(s.unit.statements, s.unit, function, inner)
                s.unit.kept[key] = inner
            for name, locals in inner.items():  # type: ignore[attr-defined]
                for local in locals:
                    _add(found, name, local if local.function is function else local._replace(function=function))
        elif kind is Block:
            assert isinstance(s, Block)
            _collect(s.body, unit, function, found)
        elif kind is Try:
            assert isinstance(s, Try)
            _collect(s.body, unit, function, found)
            for catch in s.catches:
                _collect(catch.body, unit, function, found)
            _collect(s.otherwise, unit, function, found)
            _collect(s.last, unit, function, found)
        elif kind is With:
            assert isinstance(s, With)
            for value, target in s.items:
                if target is not None:
                    for name, path in targets(target):
                        _add(found, name, Local("given", value, unit, function, path))
            _collect(s.body, unit, function, found)
        elif kind is Loop:
            assert isinstance(s, Loop)
            if s.target is not None and s.iterable is not None:
                for name, path in targets(s.target):
                    _add(found, name, Local("item", s.iterable, unit, function, path))
            _collect(s.body, unit, function, found)
            _collect(s.otherwise, unit, function, found)
        elif kind is Match:
            assert isinstance(s, Match)
            for case in s.cases:
                _collect(case.body, unit, function, found)
        elif kind is DefineClass:
            assert isinstance(s, DefineClass)
            _add(found, s.cls.name, Local("class", s.cls, unit, function))
        elif kind is Import:
            assert isinstance(s, Import)
            if s.local:
                _add(found, s.local, Local("import", s, unit, function))
        elif kind is Do:
            assert isinstance(s, Do)
            if isinstance(s.value, Bind):
                for name, path in targets(s.value.target):
                    _add(found, name, Local("value", s.value.value, unit, function, path))


def _members_of(s: Stmt, unit: Unit, cls: str) -> Iterator[tuple[str, Local]]:
    if isinstance(s, Define):
        yield s.function.name, Local("function", s.function, unit, None)
        for target, value, where in _fields_set(s.function.body, unit, ("self", cls)):
            yield target.name, Local("value", value, where, s.function)
    elif isinstance(s, Assign) and isinstance(s.target, Name):
        if s.value is not None or s.annotation is not None:
            value = s.value if s.value is not None else s.target
            yield s.target.id, Local("value", value, unit, None, (), s.annotation, s.constant)
    elif isinstance(s, DefineClass):
        yield s.cls.name, Local("class", s.cls, unit, None)
    elif isinstance(s, If):
        for inner in (*s.then, *s.otherwise):
            yield from _members_of(inner, unit, cls)


def _fields_set(statements: Iterable[Stmt], unit: Unit, owners: tuple[str, str]) -> Iterator[tuple[Attr, Expr, Unit]]:
    """What is assigned to attributes of the instance, or of its class by name: ``Store.instance = new Store()``."""
    for s, where in _with_units(statements, unit):
        if isinstance(s, Assign):
            target = s.target
            if isinstance(target, Attr) and isinstance(target.value, Name) and target.value.id in owners:
                if s.value is not None and not s.op:
                    yield target, s.value, where
        elif isinstance(s, Do):
            value: Expr = s.value
            if isinstance(value, Await):
                value = value.value
            if isinstance(value, Bind) and isinstance(value.target, Attr) and isinstance(value.target.value, Name):
                if value.target.value.id in owners:
                    yield value.target, value.value, where
        elif isinstance(s, If):
            yield from _fields_set(s.then, where, owners)
            yield from _fields_set(s.otherwise, where, owners)
        elif isinstance(s, Try):
            yield from _fields_set(s.body, where, owners)
            for catch in s.catches:
                yield from _fields_set(catch.body, where, owners)
        elif isinstance(s, (With, Loop)):
            yield from _fields_set(s.body, where, owners)


def targets(target: Expr, path: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names a target binds, and where in the value each stands."""
    if isinstance(target, Name):
        yield target.id, path
    elif isinstance(target, Default):
        yield from targets(target.target, path)
    elif isinstance(target, Spread):
        yield from targets(target.value, (*path, "*"))
    elif isinstance(target, Items):
        for i, item in enumerate(target.items):
            yield from targets(item, (*path, str(i)))
    elif isinstance(target, Dict):
        for pair in target.pairs:
            key = pair.key.value if isinstance(pair.key, Str) else "*"
            yield from targets(pair.value, (*path, key))
