"""Where Python code stands while its definition is predicted: surroundings rebuilt on request, names and values.

The reader keeps no surroundings (they would keep every earlier state of the file alive), so they are put together again
from the module as it is now: a few frames for one tool.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mcp_lsp.read.python.known import Known, Lookups
from mcp_lsp.read.python.scopes import DEEP, Env, Frame
from mcp_lsp.read.python.sdk import File, roots
from mcp_lsp.read.python.statements import inside
from mcp_lsp.read.python.values import attribute, part_of
from mcp_lsp_analyzers.code import (
    Assign,
    Attr,
    Call,
    Class,
    Define,
    DefineClass,
    Expr,
    Function,
    Import,
    Index,
    Join,
    Name,
    Nested,
    Return,
    Stmt,
    Str,
    Unit,
)
from mcp_lsp_analyzers.definition import Missing
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.scope import Module
from mcp_lsp_analyzers.seen import Seen

from .. import values
from ..touched import touched, touched_in
from .texts import cleaned

if TYPE_CHECKING:
    from .. import Sources


def file_of(module: Module, sources: Sources) -> File:
    """What is known of a file as a whole."""
    file = File(module, sources.dependencies, frozenset().union(*(roots(unit) for unit in module.units)))
    file.modules = sources.modules
    return file


def around_function(function: Function, file: File) -> Env:
    """The surroundings of a function: what its decorators, annotations and defaults are read in."""
    return _at(_outer(function), file, function.unit)


def around(node: Expr, unit: Unit, file: File) -> Env:
    """The surroundings of an expression somewhere in the file."""
    chain: list[tuple[Function | Class, Unit]] = []
    top = _top(unit, file.module)
    if top is not None:
        _path(top.statements, top, unit, node, chain)
    return _at(chain, file, unit)


def _at(chain: list[tuple[Function | Class, Unit]], file: File, unit: Unit) -> Env:
    env = Env(file, (), unit, Lookups(Seen(file.uri, file.modules), 0))
    for thing, home in chain:
        env = env.within(thing, home)
    return env.at(unit)


def _outer(function: Function) -> list[tuple[Function | Class, Unit]]:
    chain: list[tuple[Function | Class, Unit]] = []
    cls: Class | None = function.cls
    parent: Function | None = function.parent
    while cls is not None or parent is not None:
        if cls is not None:
            chain.append((cls, cls.unit))
            parent = cls.parent
            cls = None
        elif parent is not None:
            chain.append((parent, parent.unit))
            cls, parent = parent.cls, parent.parent
    return chain[::-1]


def _top(unit: Unit, module: Module) -> Unit | None:
    """The top-level unit that a unit stands in."""
    start = unit.anchor.start
    found = None
    for top in module.units:
        if top.anchor.start > start:
            break
        found = top
    return found


def _path(body: list[Stmt], home: Unit, unit: Unit, node: Expr, chain: list[tuple[Function | Class, Unit]]) -> bool:
    """The functions and classes whose bodies hold the node, outermost first."""
    at = unit.anchor.start + node.start
    for statement, where in inside(body, home):
        thing = (
            statement.function
            if isinstance(statement, Define)
            else statement.cls
            if isinstance(statement, DefineClass)
            else None
        )
        if thing is None or not thing.body:
            continue
        base = where.anchor.start
        if base + _start(thing.body[0], where) <= at < base + thing.end:
            chain.append((thing, where))
            _path(thing.body, where, unit, node, chain)
            return True
    return False


def _start(statement: Stmt, home: Unit) -> int:
    return statement.unit.anchor.start - home.anchor.start if isinstance(statement, Nested) else statement.start


# ---------------------------------------------------------------- names


class Meaning(NamedTuple):
    """What a name of a type or function stands for; exactly one of ``cls``, ``value`` and ``outside`` is there, none
    where nothing is known. ``outside``: its full name in another package, or that of a builtin."""

    cls: Frame | None = None
    value: tuple[Expr, Env] | None = None
    outside: str = ""
    function: Known | None = None


def meaning(expr: Expr, env: Env) -> Meaning:
    known = env.meant(expr) if isinstance(expr, (Name, Attr)) else None
    if known is not None:
        if known.cls is not None:
            return Meaning(cls=Frame(known.env, known.unit, None, known.cls))
        if known.function is not None:
            return Meaning(function=known)
        if known.value is not None:
            if known.iterated or known.index:
                return Meaning()
            return Meaning(value=(known.value, env.beside(known)))
        if known.param is not None:
            return Meaning()
    if isinstance(expr, Attr) and known is None and isinstance(expr.value, (Name, Attr)):
        inner = meaning(expr.value, env)
        if inner.cls is not None:
            return _member_class(inner.cls, expr.name)
    dotted = env.dotted(expr) if isinstance(expr, (Name, Attr)) else None
    # What the project itself has, and was not found there, is nothing that another package says.
    return Meaning() if dotted is None or dotted.startswith(".") or "()" in dotted else Meaning(outside=dotted)


def _member_class(cls: Frame, name: str) -> Meaning:
    """``Outer.Inner``."""
    for known in reversed(cls.attribute(name)):
        if known.cls is not None:
            return Meaning(cls=Frame(known.env, known.unit, None, known.cls))
    return Meaning()


def annotations_are_text(module: Module) -> bool:
    """``from __future__ import annotations``: what looks at annotations before they are read sees text."""
    return any(
        isinstance(statement, Import) and statement.module == "__future__" and statement.name == "annotations"
        for unit in module.units
        for statement in unit.statements
    )


def last(dotted: str) -> str:
    return dotted.rpartition(".")[2]


# ---------------------------------------------------------------- values


class PythonSight:
    """How Python looks names up for `values.json`."""

    __slots__ = ("env", "far")

    def __init__(self, env: Env, far: int = 0) -> None:
        self.env = env
        self.far = far  # functions of the project that were called on the way here

    def behind(self, expr: Expr) -> tuple[Expr, PythonSight]:
        value, env = behind(expr, self.env)
        return value, self if env is self.env else PythonSight(env, self.far)

    def called(self, call: Call) -> object:
        found = called(call, self.env)
        answer = answered(call, self.env) if isinstance(found, Missing) and self.far < DEEP else None
        return found if answer is None else values.json(answer[0], PythonSight(answer[1], self.far + 1))


def behind(expr: Expr, env: Env) -> tuple[Expr, Env]:
    """What an expression is made of behind names, as far as only one thing can be meant."""
    for _ in range(DEEP):
        found: tuple[Expr, Env] | None = None
        if isinstance(expr, Name):
            found = _value(expr, env)
        elif isinstance(expr, Attr):
            found = None if env.is_self(expr.value) or _changed(expr, env) else attribute(expr, env)
        elif isinstance(expr, Index):
            base, home = behind(expr.value, env)
            key = values.json(expr.index, PythonSight(env))
            found = part_of(base, home, key) if isinstance(key, (str, int)) else None
        if found is None:
            break
        expr, env = found
    return expr, env


def _changed(expr: Attr, env: Env) -> bool:
    """Whether what an attribute is of is a class or value of this file that is changed later."""
    root: Expr = expr
    while isinstance(root, Attr):
        root = root.value
    return (
        isinstance(root, Name) and env.file.module.names.get(root.id) is not None and touched(env.file.module, root.id)
    )


def _value(name: Name, env: Env) -> tuple[Expr, Env] | None:
    known = env.meant(name)
    if known is None or known.value is None or known.iterated or not _once(name, known, env):
        return None
    found: tuple[Expr, Env] | None = known.value, env.beside(known)
    for part in known.index:
        found = part_of(found[0], found[1], part) if found is not None else None
    return found


def _once(name: Name, known: Known, env: Env) -> bool:
    """Whether a name is set in one place only: otherwise which value it has depends on the way there."""
    if known.env.frames and known.env.file is env.file:
        for frame in reversed(env.frames):
            found = frame.find(name.id) if frame.cls is None or frame is env.frames[-1] else []
            if found:
                home = frame.function
                changed = home is not None and name.id in touched_in(home, True)
                return not changed and len([one for one in found if one not in env.hidden]) < 2
    own = known.env.file.module
    if own.names.get(name.id) is not known.unit:
        return True  # it came under another name, by an import
    return times(own, name.id) < 2 and not touched(own, name.id)


def times(module: Module, name: str) -> int:
    """How often a module sets a name, by whatever way."""
    count = 0
    for unit in module.units:
        if name in unit.binds:
            for statement, _ in inside(unit.statements, unit):
                if isinstance(statement, Assign) and isinstance(statement.target, Name):
                    count += statement.target.id == name and (statement.value is not None)
                elif isinstance(statement, Define):
                    count += statement.function.name == name
                elif isinstance(statement, DefineClass):
                    count += statement.cls.name == name
    return count


def called(call: Call, env: Env) -> Any:
    """The JSON that a call of the standard library or of a string gives, as far as it does not depend on the run."""
    callee = call.callee
    if isinstance(callee, Attr) and callee.name in ("strip", "lstrip", "rstrip", "upper", "lower", "title", "format"):
        base = json(callee.value, env)
        if isinstance(base, str) and not call.args and callee.name != "format":
            return getattr(base, callee.name)()
        return Missing(values.RUN_TIME)
    if isinstance(callee, Attr) and callee.name in ("model_json_schema", "schema") and not call.args:
        cls = meaning(callee.value, env).cls
        if cls is not None:
            from .asked import schema_of  # needs what needs this

            return schema_of(cls)
    meant = meaning(callee, env)
    name = meant.outside
    first = call.args[0].value if len(call.args) == 1 and not call.args[0].spread else None
    if name in ("inspect.cleandoc", "textwrap.dedent") and first is not None:
        base = json(first, env)
        if isinstance(base, str):
            return cleaned(base) if name == "inspect.cleandoc" else textwrap.dedent(base)
        return base if isinstance(base, Missing) else Missing(values.RUN_TIME)
    if name == "dict" and all(arg.name is not None for arg in call.args):
        return {arg.name: json(arg.value, env) for arg in call.args}
    if name in ("list", "tuple", "set", "frozenset") and not call.args:
        return []
    if name in ("list", "tuple") and first is not None:
        base = json(first, env)
        return base if isinstance(base, list) else Missing(values.RUN_TIME)
    if name in ("pathlib.Path", "pathlib.PurePath", "Path") and first is not None:
        base = json(first, env)
        return _path_text(base) if isinstance(base, str) else Missing(values.RUN_TIME)
    if name in ("datetime.date", "datetime.datetime") and call.args:
        return _moment(name, call, env)
    return Missing(values.RUN_TIME)


def answered(call: Call, env: Env) -> tuple[Expr, Env] | None:
    """What a function of the project returns that takes nothing and does nothing else."""
    known = None if call.args or not isinstance(call.callee, Name) else meaning(call.callee, env).function
    function = known.function if known is not None else None
    if known is None or function is None or function.params or function.decorators or function.is_async:
        return None
    own = list(inside(function.body, function.unit))
    statement, unit = own[0] if len(own) == 1 else (None, function.unit)
    if not isinstance(statement, Return) or statement.value is None:
        return None
    return statement.value, known.env.within(function, known.unit).at(unit)


def _path_text(text: str) -> str:
    from pathlib import PurePosixPath

    return str(PurePosixPath(text))


def _moment(name: str, call: Call, env: Env) -> Any:
    import datetime

    parts = [json(arg.value, env) for arg in call.args if arg.name is None and not arg.spread]
    if len(parts) != len(call.args) or not all(isinstance(part, int) for part in parts):
        return Missing(values.RUN_TIME)
    try:
        made = datetime.date(*parts) if name == "datetime.date" else datetime.datetime(*parts)
    except (ValueError, TypeError):
        return Missing("it is no date")
    return made.isoformat()


def json(expr: Expr, env: Env) -> Any:
    return values.json(expr, PythonSight(env))


def text_of(doc: Str | Join | None, unit: Unit) -> str | None:
    """A docstring as the compiler sees it: an f-string and bytes are none."""
    if not isinstance(doc, Str) or doc.bytes:
        return None
    prefix = unit.key[doc.start : doc.start + 2].lower()
    return None if "f" in prefix.partition('"')[0].partition("'")[0] else doc.value


def statements(cls: Frame) -> Iterator[tuple[Stmt, Unit]]:
    """The statements of a class with the units they stand in."""
    assert cls.cls is not None
    yield from inside(cls.cls.body, cls.unit)


__all__ = [
    "DEEP", "Meaning", "PythonSight", "annotations_are_text", "around", "around_function", "behind", "file_of", "json",
    "last", "meaning", "statements", "text_of", "times",
]  # fmt: skip
