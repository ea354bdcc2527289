# ruff: noqa: SIM905  (names are easier to read and to extend as words)
"""Schemas as values: what zod and its likes let through of a choice, wherever in the project a schema stands.

A schema that a tool is registered with, imported from another file, is read here like any other value; so is one whose
``parse`` a handler calls. What functions of the project check in it (``refine``, ``superRefine``, ``transform``) counts
by what it means, as everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Expr

from .evaluate import EFFECTS, ev
from .frame import Frame
from .guards import guard
from .members import element, entry
from .patterns import Pattern
from .state import State
from .validated import held, when_made
from .values import UNKNOWN, Checks, Cls, Const, Func, Obj, Rec, Seq, Value, all_taints, constant

if TYPE_CHECKING:
    from mcp_lsp_analyzers.model import Held
    from mcp_lsp_analyzers.scope import Scope

    from .calls import At
    from .values import Shape


def schema(at: At) -> Value:
    """A step in the making of a zod schema: what it lists, and what it is held to, are kept."""
    if at.method in _PARSING and at.args.tainted:
        found = parsed(at)
        if found is not None:
            return found
    given, base = at.args.value(0), at.base.shape
    if at.method in _OBJECTS:
        return Value((), given.shape if type(given.shape) is Rec else None, at.name)
    if at.method in _MORE:
        return Value((), _more(_listed(at.base), _listed(given)), at.name)
    if at.method == "intersection":
        return Value((), _more(_listed(given), _listed(at.args.value(1))), at.name)
    if at.method in ("pick", "omit"):
        mine, keys = _listed(at.base), _listed(given)
        if mine is None or keys is None:
            return Value((), None, at.name)
        picked = at.method == "pick"
        return Value((), Rec({n: v for n, v in mine.fields.items() if (n in keys.fields) is picked}), at.name)
    if at.method in _UNIONS and at.args.plain:
        return Value((), _either(at.args.plain[-1 if at.method == "discriminatedUnion" else 0][0]), at.name)
    if at.method == "array":
        return Value((), Seq((), given if at.args.plain else Value((), base, at.base.name)), at.name)
    if at.method == "regex":
        return Value((), given.shape, at.name)
    if at.method in _CHECKING:
        if type(given.shape) is not Func:
            return Value((), base, at.name)
        each = base.each if isinstance(base, Checks) else ()
        return Value((), Checks(_inner(base), (*each, (_CHECKING[at.method], given.shape))), at.name)
    return Value((), base, at.name)


_UNIONS = frozenset(("union", "discriminatedUnion"))
_PARSING = frozenset(("parse", "parseAsync", "safeParse", "safeParseAsync"))
_OBJECTS = frozenset(("object", "strictObject", "looseObject", "interface"))
_MORE = frozenset(("extend", "safeExtend", "merge", "augment", "and"))
_CHECKING = {"refine": "refine", "superRefine": "superRefine", "transform": "transform", "overwrite": "transform"}


def _listed(one: Value) -> Rec | None:
    """The fields of a schema of an object."""
    shape = _inner(one.shape)
    return shape if isinstance(shape, Rec) else None


def _inner(shape: Shape | None) -> Shape | None:
    return shape.inner if isinstance(shape, Checks) else shape


def _more(a: Rec | None, b: Rec | None) -> Rec | None:
    return None if a is None or b is None else Rec({**a.fields, **b.fields})


def _either(options: Value) -> Rec | None:
    """The fields of objects of which one is given: what two of them name is held to what both of them close."""
    listed = [_listed(one) for one in options.shape.items] if type(options.shape) is Seq else []
    if not listed or (type(options.shape) is Seq and options.shape.rest is not None):
        return None
    fields: dict[str, Value] = {}
    for one in listed:
        if one is None:
            return None
        for name, field in one.fields.items():
            if name in fields and not (_closed(fields[name]) and _closed(field)):
                field = Value((), None, "zod.any")
            fields[name] = field
    return Rec(fields)


def _closed(one: Value) -> bool:
    words = frozenset(one.name.split("."))
    return bool(words & _CLOSED and not words & _OPEN)


def parsed(at: At) -> Value | None:
    """``schema.parse(arguments)``: what the schema lists, without what it closes; ``Model.model_validate(…)``."""
    value = at.args.value(0)
    if not all_taints(value):
        return None
    shape = at.base.shape
    if at.base.name.startswith("zod"):
        value = admitted(at.f, at.base, value, at.call)
    elif type(shape) is Cls:
        value = when_made(at.f, Value(value.taints, Obj(shape.cls, shape.scope, {})), at.call, at.s)
    if at.method.startswith("safeParse"):
        return Value((), Rec({"data": value, "success": UNKNOWN, "error": UNKNOWN}))
    return value


def of_tool(f: Frame, what: Held, scope: Scope) -> Value | None:
    """The schema that a tool is registered with; ``None`` where that is not known to be one."""
    frame = Frame(f.run, scope, what.function, what.unit)
    frame.lazy = True
    value = ev(frame, what.schema, State({}, {}))
    if type(value.shape) is Rec and not value.name:
        if any(one.name.startswith("zod") for one in value.shape.fields.values()):
            return value  # ``{ name: z.string() }``
        return None
    return value if value.name.startswith("zod") and _listed(value) is not None else None


_CLOSED = frozenset(
    """
    number boolean enum nativeEnum literal uuid guid date bigint int datetime time duration ip ipv4 ipv6 cuid cuid2 ulid
    uuidv4 uuidv7 stringbool null undefined never
    """.split()
)
_OPEN = frozenset(("or", "union", "record", "any", "unknown", "pipe", "preprocess", "transform", "catch"))


def admitted(f: Frame, one: Value, value: Value, node: Expr) -> Value:
    """What a schema lets through of a value."""
    shape = one.shape
    if _closed(one):
        return UNKNOWN
    if not _URLS.isdisjoint(one.name.split(".")):
        fact = guard("scheme", "url", f.spot(node))
        value = Value(tuple(t.same_as(node, fact) for t in value.taints), value.shape, value.name)
    checks: tuple[tuple[str, Func], ...] = ()
    if isinstance(shape, Checks):
        checks = shape.each
        shape = shape.inner
    if type(shape) is Rec:
        fields = {name: admitted(f, part, entry(f, value, constant(name), node), node) for name, part in
                  shape.fields.items()}  # fmt: skip
        value = Value((), Rec(fields))
    elif type(shape) is Seq and shape.rest is not None:
        value = Value((), Seq((), admitted(f, shape.rest, element(value), node)))
    elif type(shape) is Const and isinstance(shape.values[0], Pattern) and shape.values[0].whole:
        pattern = shape.values[0]
        fact = guard("pattern", ("(?i)" if "i" in pattern.flags else "") + pattern.pattern, f.spot(node))
        value = Value(tuple(t.same_as(node, fact) for t in value.taints))
    for how, func in checks:
        value = held(f, value, func, node, how)
    return value


_URLS = frozenset(("url", "httpUrl"))


EFFECTS.update({"schema": schema, "parsed": parsed})  # fmt: skip
