"""Tables that are made empty and filled by statements elsewhere: handlers of a server in a map, tools in a registry.

``const handlers = new Map(); handlers.set("ping", ping)``, ``registry.register(Ping())``, ``@tool("ping")``: what each
of these does to the table is worked out, in no order (see `putting`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from mcp_lsp_analyzers import inside, putting
from mcp_lsp_analyzers.bindings import Binding
from mcp_lsp_analyzers.code import Attr, Call, Class, Define, Do, Expr, Function, Lambda, Name
from mcp_lsp_analyzers.once import once_each
from mcp_lsp_analyzers.putting import Put
from mcp_lsp_analyzers.scope import Scope
from mcp_lsp_analyzers.seen import Seen

from . import declared
from .evaluate import block, ev
from .state import State
from .values import Any, Cls, Func, Obj, Rec, Seq, Value, joined, perhaps, switch

if TYPE_CHECKING:
    from .frame import Frame
    from .looking import Known

_MOST = 48
Fill = Callable[[Value, Scope], Value]


class Filling:
    """What is being filled: statements of this file, and functions that they call, see the variable of this name."""

    __slots__ = ("name", "uri")

    def __init__(self, uri: str, name: str) -> None:
        self.uri = uri
        self.name = name


def open_to_more(value: Value) -> bool:
    """Whether a value is a table that is empty, or one of things that are called: something may be put in."""
    shape = value.shape
    if value.taints or value.name:
        return False
    if type(shape) is Rec:
        return not shape.fields or any(type(one.shape) in _CALLED for one in shape.fields.values())
    return type(shape) is Seq and not shape.items and shape.rest is None


_CALLED = (Func, Cls, Obj, Any)


def any_entry(table: Rec, name: str) -> Value | None:
    """What stands under a name in a table that is only known to hold some things; not what every table can do."""
    rest = table.rest
    return None if name in _OF_TABLES and rest is not None and not rest.taints else rest


_OF_TABLES = frozenset(
    ("get", "set", "has", "delete", "add", "keys", "values", "entries", "items", "update", "forEach")
)


def as_declared(f: Frame, value: Value, annotation: Expr | None, scope: Scope) -> Value:
    """An empty table of which only its annotation says what is in it: ``tools: dict[str, Tool] = {}``."""
    if annotation is None or not open_to_more(value) or (type(value.shape) is Rec and value.shape.fields):
        return value
    if type(value.shape) is Rec:
        rest = value.shape.rest
        if rest is None or (rest.shape is None and not rest.taints):
            held = f.annotated(declared.values(annotation), scope)
            return Value((), Rec({}, held)) if type(held.shape) is Obj else value
        return value
    held = f.annotated(declared.items(annotation), scope)
    return Value((), Seq((), held)) if type(held.shape) is Obj else value


# ---------------------------------------------------------------- variables of a file


def module_level(f: Frame, binding: Binding, scope: Scope, value: Value) -> Value:
    """A variable of a file with what is put into it there, and in the files around that import it."""
    if not (open_to_more(value) or _registry(value)):
        return _switched(value) if _has_switches(value) and _is_set(binding.name, scope) else value
    for at, put in _of_binding(binding, scope, value):
        value = _after(f, at, put, binding.name, value, scope)
    return value


def shared(value: Value) -> Value:
    """A variable as other files have it: any of them may set what is in it."""
    return _switched(value) if _has_switches(value) else value


def _has_switches(value: Value) -> bool:
    shape = value.shape
    return type(shape) is Rec and not value.taints and any(map(switch, shape.fields.values()))


def _is_set(name: str, scope: Scope) -> bool:
    return any(scope.puts(scope.module, key) for key in (name, f"{name}="))


def _switched(value: Value) -> Value:
    """A table into which something is put later: what is on in it, and what off, is not known."""
    assert isinstance(value.shape, Rec)
    fields = {name: perhaps(one) if switch(one) else one for name, one in value.shape.fields.items()}
    return Value((), Rec(fields, value.shape.rest, value.shape.perhaps), value.name)


def _registry(value: Value) -> bool:
    """Whether a value is an instance of a class of which some method keeps in a table what it is given."""
    return type(value.shape) is Obj and not value.taints and bool(putting.keepers(value.shape.cls))


def _keeps(put: Put, name: str, value: Value) -> bool:
    """Whether a statement may put something into a value: of an instance, by what keeps what it is given."""
    if put.passes:
        return False
    if type(value.shape) is not Obj or not isinstance(put.node, Do) or not isinstance(put.node.value, Call):
        return True
    callee = put.node.value.callee
    callee = callee.callee if isinstance(callee, Call) else callee
    if isinstance(callee, Attr) and isinstance(callee.value, Name) and callee.value.id == name:
        return callee.name in putting.keepers(value.shape.cls)
    return True


def _of_binding(binding: Binding, scope: Scope, value: Value) -> list[tuple[Scope, Put]]:
    name = binding.name
    found: list[tuple[Scope, Put]] = []
    mine = scope.puts(scope.module, name)
    callers = {name}
    for put in mine:
        if (put.function is None or not inside.meaning(name, put.function)) and _keeps(put, name, value):
            found.append((scope, put))
        keeper = putting.outermost(put.function)
        if keeper is not None and keeper.params and keeper.cls is None:
            names = (keeper.name, *keeper.unit.binds) if not keeper.name else (keeper.name,)
            callers.update(f"{one}()" for one in names if one)
    for caller in sorted(callers - {name}):
        found += [(scope, put) for put in scope.puts(scope.module, caller) if not put.passes]
    modules = scope.modules
    for module in () if modules is None else modules.beside(scope.module.uri):
        at = scope.inside(module)
        for caller in sorted(callers):
            word = caller.removesuffix("()")
            if word not in module.names or not module.puts(caller):
                continue
            here = at.find(word)
            imported = at.follow(here.imported) if here is not None and here.imported is not None else None
            if imported is not None and imported.module.uri == scope.module.uri:
                found += [(at, put) for put in at.puts(module, caller) if _keeps(put, name, value)]
    return found[:_MOST]


# ---------------------------------------------------------------- variables of a function, fields


def of_variable(f: Frame, function: Function, name: str, value: Value) -> Value:
    """A variable of a function around, with what is put into it there."""
    if not (open_to_more(value) or _registry(value)):
        return value
    holder, puts = _of_variable(f, function, name)

    def fill(value: Value, scope: Scope) -> Value:
        for put in puts[:_MOST]:
            if _keeps(put, name, value):
                value = _after(f, scope, put, name, value)
        return value

    return _looked(f, (holder, "filled", name), f.scope, value, fill) if puts else value


def _looked(f: Frame, thing: tuple[Class | Function | None, str, str], scope: Scope, value: Value, fill: Fill) -> Value:
    """What a table is filled with, worked out once in a reading; as it is where that leads back to itself."""
    run, looking = f.run, f.run.looking
    if looking.stops(thing):
        return value
    if type(value.shape) is not Obj:
        return _kept(f, thing, scope, value, fill)
    key = (thing, id(scope.seen), scope.module, value.shape)
    known = run.looked.get(key)
    kept = known.found if known is not None and looking.holds(known) else looking.partly(key)
    if kept is not None:
        return kept[1]  # type: ignore[no-any-return]
    looking.begin(thing, names=1)
    value = fill(value, scope)
    known = looking.found(key, (scope.seen, value))
    if known is not None:
        run.looked[key] = known
    return value


def _kept(f: Frame, thing: tuple[Class | Function | None, str, str], scope: Scope, value: Value, fill: Fill) -> Value:
    """An empty table with what is put into it, worked out once as long as the names in that mean the same."""
    run, looking, of = f.run, f.run.looking, thing[0]
    kept: dict[object, object] = {} if of is None else of.unit.kept
    key = (thing, run.taught, type(value.shape))
    found = kept.get(key)
    if found is not None:
        record, whole = cast("tuple[Seen, Known]", found)
        if record.modules is scope.modules and record.holds(scope.module) and looking.holds(whole):
            f.scope.seen.add(record)
            return cast("Value", whole.found)
    partly = looking.partly(key)
    if partly is not None:
        f.scope.seen.add(partly[0])
        return cast("Value", partly[1])
    looking.begin(thing, names=1)
    own = scope.fresh()
    record, value = own.seen, fill(value, own)
    f.scope.seen.add(record)
    known = looking.found(key, (record, value))
    if known is not None:
        kept[key] = (record, known._replace(found=value))
    return value


def _of_variable(f: Frame, function: Function, name: str) -> tuple[Function | None, list[Put]]:
    """The function that a variable is of; statements that put something into it, and calls of functions beside it that
    do so with what they are given."""
    bound = inside.meaning(name, function)
    holder = bound[0].function if bound else None
    found: list[Put] = []
    waiting = [name]
    for key in waiting:
        for put in f.scope.puts_around(function, key):
            found.append(put)
            keeper = put.function
            while keeper is not None and keeper.parent is not holder:
                keeper = keeper.parent
            called = "" if keeper is None or holder is None else _called(keeper, inside.variables(holder))
            if called and called not in waiting:
                waiting.append(called)
    return holder, found


def _called(function: Function, locals: inside.Locals) -> str:
    """How a function is called that is given something, which may be the value of a variable."""
    if not function.params:
        return ""
    name = function.name
    if not name:
        names = (n for n, ls in locals.items() if isinstance(ls[0].node, Lambda) and ls[0].node.function is function)
        name = next(names, "")
    return name and f"{name}()"


def of_field(f: Frame, cls: Class, scope: Scope, name: str, value: Value, annotation: Expr | None = None) -> Value:
    """A field of an instance, with what the methods of its class put into it, or what its annotation says of it."""
    if not (open_to_more(value) or _registry(value)):
        return value
    known = _known_fields(cls)
    found = known.get(name)
    if found is None:
        found = known[name] = _of_members(cls, name)
    keys, puts = found
    if f.function is not None and f.own_class() is cls:
        for key in keys:
            f.scope.puts_around(f.function, key)
    value = _of_part(f, cls, scope, name, "self", [(scope, put) for put in puts], value)
    return as_declared(f, value, annotation, scope)


def of_class_itself(f: Frame, cls: Class, scope: Scope, name: str, value: Value) -> Value:
    """A field of a class (``Registry.tools``), with what is put into it where the class is known."""
    binding = scope.find(cls.name) if open_to_more(value) else None
    if binding is None or binding.cls is not cls:
        return value
    return _of_part(f, cls, scope, name, cls.name, _of_binding(binding, scope, value), value)


def _of_part(
    f: Frame, cls: Class, scope: Scope, name: str, root: str, puts: list[tuple[Scope, Put]], value: Value
) -> Value:
    def fill(value: Value, scope: Scope) -> Value:
        for at, put in puts:
            whole = _after(f, scope.inside(at.module), put, root, Value((), Obj(cls, scope, {name: value})))
            if type(whole.shape) is Obj:
                value = whole.shape.fields.get(name, value)
        return value

    return _looked(f, (cls, "filled", name), scope, value, fill) if puts else value


@once_each
def _known_fields(cls: Class) -> dict[str, tuple[list[str], list[Put]]]:
    """What `_of_members` found: a field is read in many places, and what is put into it is the same for all."""
    return {}


def _of_members(cls: Class, name: str) -> tuple[list[str], list[Put]]:
    """Statements that put something into a field, and calls of the methods that do so with what they are given; under
    which keys they were found."""
    found: list[Put] = []
    waiting = [f"self.{name}"]
    for key in waiting:
        for put in putting.of_class(cls, key):
            if not put.passes:
                found.append(put)
            method = putting.outermost(put.function)
            if method is not None and method.name in putting.keepers(cls) and f"self.{method.name}()" not in waiting:
                waiting.append(f"self.{method.name}()")
    return waiting, found[:_MOST]


# ---------------------------------------------------------------- what a statement does


def _after(f: Frame, scope: Scope, put: Put, root: str, value: Value, home: Scope | None = None) -> Value:
    """What ``root`` of the file of ``home``, which was ``value``, is after a statement."""
    from .frame import Frame as Reading

    run = f.run
    frame = Reading(run, scope, put.function, put.unit)
    frame.lazy = True
    before, run.filling = run.filling, Filling((home or scope).module.uri, root)
    state = State({root: value}, {})
    if not _decorating(frame, put, state):
        state = block(frame, [put.node], state) or state
    run.filling = before
    after = state.vars.get(root, value)
    return value if after is value else joined(value, after)


def _decorating(f: Frame, put: Put, s: State) -> bool:
    """``@tool("ping")``: what the function in the one called does with what it decorates."""
    call = put.node.value if isinstance(put.node, Do) else None
    if not isinstance(call, Call) or not isinstance(call.callee, Call) or not isinstance(call.args[0].value, Name):
        return False
    made = ev(f, call.callee.callee, s)
    shape = made.shape
    if type(shape) is not Func:
        return True
    inner = [one.function for one in shape.function.body if isinstance(one, Define)]
    for one in inner:
        if one.params:
            scope = f.within(shape.scope)
            vars = {**s.vars, one.params[0].name: ev(f, call.args[0].value, s)}
            if shape.bound is not None and shape.function.params:
                vars[shape.function.params[0].name] = shape.bound
            frame = type(f)(f.run, scope, one, one.unit)
            frame.lazy = True
            after = block(frame, one.body, State(vars, {}))
            _taken_back(f, call.callee.callee, shape, frame, after, s)
    return True


def _taken_back(f: Frame, callee: object, func: Func, inner: Frame, after: State | None, s: State) -> None:
    """What the function inside changed, seen from where it was asked for."""
    ends = [left.state for left in inner.left]
    for end in (*ends, *([after] if after is not None else [])):
        for name in inner.mutated:
            value = end.vars.get(name)
            if value is None:
                continue
            if func.bound is not None and func.function.params and name == func.function.params[0].name:
                root = callee
                while not isinstance(root, Name):
                    root = getattr(root, "value", None)
                    if root is None:
                        return
                s.vars[root.id] = value
            elif name in s.vars:
                s.vars[name] = value
