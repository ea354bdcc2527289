"""What a field of an instance is: assigned in its class, given to its constructor, or returned by a property."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers.code import (
    Assign,
    Attr,
    Binary,
    Call,
    Dict,
    Expr,
    Function,
    Index,
    Name,
    Return,
    last_name,
)

from .known import Known
from .scopes import DEEP, Env, Frame, bases, member
from .statements import inside

Where = tuple[Expr, Env]


def class_behind(value: Expr, env: Env) -> Frame | None:
    """The class of this project that a value is, or is an instance of."""
    known = env.meant(value.callee if isinstance(value, Call) else value)
    if known is None or known.cls is None:
        return None
    return Frame(known.env, known.unit, None, known.cls)


def declared(known: Known) -> Where | None:
    """The type that a parameter, a field or a property is declared with; of ``Notes | None`` the first part."""
    said = known.param.annotation if known.param is not None else None
    if known.function is not None and any(isinstance(d, Name) for d in known.function.decorators):
        said = known.function.returns
    while isinstance(said, (Binary, Index)):
        optional = isinstance(said, Index) and last_name(said.value) in ("Optional", "Annotated")
        said = said.left if isinstance(said, Binary) else said.index if optional else None
    return None if said is None else (said, known.env)


def field(value: Expr, env: Env, name: str) -> Where | None:
    """``value.name``, where ``value`` is a class or the call that makes an instance."""
    if isinstance(value, Call):  # made with this field
        given = value.keyword(name)
        if given is not None:
            return given, env
    cls = class_behind(value, env)
    if cls is None:
        return None
    made = _constructed(cls, value, env, name) if isinstance(value, Call) else None
    if made is not None:
        return made
    known = member(cls, name)
    if known is None:
        return None
    if known.function is not None:
        is_property = any(isinstance(d, Name) and d.id.endswith("property") for d in known.function.decorators)
        return answer(known, cls) if is_property else None
    return None if known.value is None or known.index else _own(known.value, known.env.beside(known), cls)


def answer(known: Known, cls: Frame | None = None, depth: int = 0) -> Where | None:
    """What a method always returns; ``cls`` is the class of its instance. ``None`` where that depends."""
    function = known.function
    if function is None or depth > DEEP:
        return None
    found = [
        (statement.value, unit)
        for statement, unit in inside(function.body, function.unit)
        if isinstance(statement, Return) and statement.value is not None
    ]
    if len(found) != 1:
        return None
    home = known.env.within(function, known.unit)
    return _own(found[0][0], home.at(found[0][1]), cls, depth + 1)


def given_back(known: Known, call: Call, env: Env) -> Where:
    """The table that a function writes out for what it is given in one call; the call where it writes out none."""
    said = None if known.wrapped else answer(known)
    if said is None or not isinstance(said[0], Dict):
        return call, env
    return said[0], called_with(known, call, env).at(said[1].unit)


def _own(value: Expr, env: Env, cls: Frame | None, depth: int = 0) -> Where | None:
    """A value of a class that may be overridden in the class of the instance: ``self.get_name()``, ``self.NAME``."""
    inner = value.callee if isinstance(value, Call) and not value.args else value
    if cls is not None and isinstance(inner, Attr) and env.is_self(inner.value):
        known = member(cls, inner.name)
        if known is not None and known.function is not None and inner is not value:
            return answer(known, cls, depth)
        if known is not None and known.value is not None and inner is value and known.value is not value:
            return known.value, known.env.beside(known)
    return value, env


def _constructed(cls: Frame, call: Call, env: Env, name: str) -> Where | None:
    """What the constructor makes of the arguments of one call."""
    init = member(cls, "__init__")
    if init is None or init.function is None:
        at = _position(cls, name)
        positional = [arg.value for arg in call.args if arg.name is None and not arg.spread]
        return (positional[at], env) if 0 <= at < len(positional) else None
    return _set(init, init.function, called_with(init, call, env), name) if call.args else None


def _set(init: Known, function: Function, inner: Env, name: str) -> Where | None:
    for statement, unit in inside(function.body, init.unit):
        if isinstance(statement, Assign) and isinstance(statement.target, Attr) and statement.value is not None:
            if statement.target.name == name and isinstance(statement.value, Name):
                known = inner.at(unit).find(statement.value.id)
                if known is not None and known.value is not None:
                    return known.value, inner.beside(known)
    return None


def _position(cls: Frame, name: str) -> int:
    """The position of a field among the arguments of a data class; -1 where it has none."""
    names = _fields(cls, 0)
    return names.index(name) if name in names else -1


def _fields(cls: Frame, depth: int) -> list[str]:
    found: list[str] = []
    for base in bases(cls, cls.env) if depth < DEEP else ():
        found += _fields(base, depth + 1)
    for statement, _ in inside(cls.cls.body if cls.cls is not None else [], cls.unit):
        if isinstance(statement, Assign) and isinstance(statement.target, Name) and statement.annotation is not None:
            found.append(statement.target.id)
    return list(dict.fromkeys(found))


def called_with(known: Known, call: Expr | None, env: Env) -> Env:
    """Inside a function of this project, its parameters standing for the arguments of one call."""
    function = known.function
    assert function is not None
    inner = known.env.within(function, known.unit)
    frame: Frame = inner.frames[-1]
    params = list(function.params)
    if function.cls is not None and not function.is_static and params:
        params = params[1:]
    args = list(call.args) if isinstance(call, Call) else []
    positional = [arg for arg in args if arg.name is None and not arg.spread]
    named = {arg.name: arg for arg in args if arg.name is not None}
    for param in params:
        name = param.name
        if param.kind == "*":
            positional = []
        elif param.kind == "**":
            rest = Known(env.unit, env)
            rest.rest = [(arg, env) for arg in named.values()] + [(arg, env) for arg in args if arg.spread == "**"]
            frame.bound[name] = rest
        elif param.kind != "=" and positional:
            arg = positional.pop(0)
            frame.bound[name] = Known(env.unit, env, arg.value)
        elif name in named:
            frame.bound[name] = Known(env.unit, env, named.pop(name).value)
        elif param.default is not None:
            frame.bound[name] = Known(known.unit, known.env, param.default)
    return inner


def fields(cls: Frame, env: Env) -> Iterator[tuple[str, Assign, Env]]:
    """The fields of a class, in order: ``x: int``, ``x = 1``."""
    assert cls.cls is not None
    inner = cls.env.within(cls.cls, cls.unit)
    for statement, unit in inside(cls.cls.body, cls.unit):
        if isinstance(statement, Assign) and isinstance(statement.target, Name):
            yield statement.target.id, statement, inner.at(unit)
