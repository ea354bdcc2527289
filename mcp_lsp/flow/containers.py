"""Functions and methods of lists, sets and dictionaries: what comes out, and what is changed in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Attr, Name

from .assignments import changed
from .effects import subject
from .evaluate import EFFECTS
from .guards import NOWHERE, both, guard
from .lists import put, with_field, with_some_field
from .members import element, entry, item, known_key
from .taints import merged
from .values import NONE, UNKNOWN, Func, Rec, Seq, Value, all_taints, constant, joined, some

if TYPE_CHECKING:
    from .calls import At


def items(at: At) -> Value:
    """The items of all arguments (or of the receiver), in another container."""
    values = [at.base] if at.base.taints or at.base.shape is not None else [v for v, _ in at.args.plain]
    if len(values) == 1:
        value = values[0]
        shape = value.shape
        if type(shape) is Seq:
            return Value(value.taints, shape, "words" if value.name == "words" else "")
        if (type(shape) is Rec and at.method in ("values", "values_")) or at.name == "Object.values":
            found = shape.rest or UNKNOWN if type(shape) is Rec else element(value)
            for part in shape.fields.values() if type(shape) is Rec else ():
                found = joined(found, part)
            return Value((), Seq((), found))
        inner = element(value)
        if value.taints:
            return Value((), Seq((), inner))
        return Value((), Seq((), inner)) if inner is not UNKNOWN else UNKNOWN
    if at.name in ("zip", "itertools.zip_longest"):
        return Value((), Seq((), Value((), Seq(tuple(element(v) for v in values)))))
    if at.name == "enumerate":
        return Value((), Seq((), Value((), Seq((UNKNOWN, element(values[0]) if values else UNKNOWN)))))
    found = UNKNOWN
    for value in values:
        found = joined(found, element(value)) if found is not UNKNOWN else element(value)
    return Value((), Seq((), found))


def next_(at: At) -> Value:
    """``next((root for root in ROOTS if inside(path, root)), None)``: where there is one, it is so."""
    items = at.args.value(0)
    if len(at.args.plain) < 2:
        at.s.learn(items.yes)  # it raises where there is none
        return element(items)
    found = joined(element(items), at.args.value(1))
    if at.args.value(1).constants != (None,) or not (items.yes or items.no):
        return found
    return Value(found.taints, found.shape, found.name, items.yes, items.no, found.tail)


def dictionary(at: At) -> Value:
    fields = {name: value for name, (value, _) in at.args.keys.items()}
    base = at.args.value(0) if at.args.plain else UNKNOWN
    if type(base.shape) is Rec:
        return Value(base.taints, Rec({**base.shape.fields, **fields}, base.shape.rest))
    if base.taints and not fields:
        return base
    return Value(base.taints, Rec(fields, at.args.more[0] if at.args.more else None))


def table(at: At) -> Value:
    """``new Map([["list", list]])``: an object with these entries."""
    given = at.args.value(0)
    if not at.args.plain:
        return Value((), Rec({}))
    if type(given.shape) is not Seq or given.taints:
        return items(at) if at.args.tainted else UNKNOWN
    fields: dict[str, Value] = {}
    rest = None if given.shape.rest is None else _second(given.shape.rest)
    for pair in given.shape.items:
        parts = pair.shape.items if type(pair.shape) is Seq else ()
        key = parts[0].string if len(parts) == 2 else None
        if key is None:
            return items(at)
        fields[key] = parts[1]
    return Value((), Rec(fields, rest))


def _second(pair: Value) -> Value:
    shape = pair.shape
    return shape.items[1] if type(shape) is Seq and len(shape.items) == 2 else element(pair)


def keys(at: At) -> Value:
    value = subject(at)
    if type(value.shape) is Rec and value.shape.rest is None:
        return Value((), Seq(tuple(constant(name) for name in value.shape.fields)))
    if value.taints:
        return Value((), Seq((), Value(tuple(t.derived(at.call) for t in value.taints if t.aspect != "test"))))
    return UNKNOWN


def entries(at: At) -> Value:
    """Pairs of name and value."""
    value = subject(at)
    shape = value.shape
    found: Value = UNKNOWN
    names: Value = UNKNOWN
    if type(shape) is Rec:
        found = shape.rest or UNKNOWN
        for part in shape.fields.values():
            found = joined(found, part)
        if value.taints:
            names = Value(tuple(t.derived(at.call) for t in value.taints))
    elif value.taints:
        found = Value(tuple(t.derived(at.call) for t in value.taints if t.aspect != "test"))
        names = found
    return Value((), Seq((), Value((), Seq((names, found)))))


def assign(at: At) -> Value:
    found = at.args.value(0)
    for value, node in at.args.plain[1:]:
        found = joined(found, value)
        del node
    if at.args.plain:
        changed(at.f, at.args.plain[0][1], found, at.s)
    return found


def append(at: At) -> Value | None:
    callee = at.call.callee
    if not isinstance(callee, Attr):
        return None
    base, shape = at.base, at.base.shape
    if type(shape) is not Seq:
        if (
            shape is not None
            or base.taints
            or base.name not in ("", "Set", "Array", "collections.deque")
            or not at.args.tainted
        ):
            if base.taints:
                taints = base.taints
                for value, _ in at.args.plain:
                    taints = merged(taints, all_taints(value))
                changed(at.f, callee.value, Value(taints), at.s)
            runs = any(type(value.shape) is Func for value, _ in at.args.plain)  # ``queue.add(async () => …)``
            return None if (shape is not None or runs) and not base.taints else UNKNOWN
        shape = Seq((), UNKNOWN)
    for value, node in at.args.plain:
        if value.taints and isinstance(callee.value, Name):
            message, spot = f"becomes an item of `{callee.value.id}`", at.f.spot(node)
            # What was checked of it before holds of the item, wherever the list goes from here.
            taints = tuple(t.with_step(message, spot).under(at.s.guards(t)) for t in value.taints)
            value = Value(taints, value.shape, value.name)
        if at.method in ("unshift", "appendleft"):
            shape = Seq((value, *shape.items), shape.rest, shape.ended)
        elif shape.rest is not None and not (shape.items or shape.ended or shape.option):
            shape = Seq((joined(shape.rest, value),), joined(shape.rest, value))  # something is in it now
        else:
            shape = put(shape, value)
    if at.args.rest is not None:
        shape = put(shape, Value((), Seq((), at.args.rest[0])), many=True)
    changed(at.f, callee.value, Value(base.taints, shape), at.s)
    return UNKNOWN


def extend(at: At) -> Value | None:
    callee = at.call.callee
    if not isinstance(callee, Attr) or not at.args.plain:
        return None
    value = at.args.value(0)
    shape = at.base.shape
    if type(shape) is Rec or (type(value.shape) is Rec and shape is None):
        changed(at.f, callee.value, joined(at.base, value), at.s)
    elif type(shape) is Seq or (shape is None and not at.base.taints and not at.base.name):
        base = shape if type(shape) is Seq else Seq((), UNKNOWN)
        changed(at.f, callee.value, Value(at.base.taints, put(base, value, many=True)), at.s)
    else:
        return None
    return UNKNOWN


def insert(at: At) -> Value | None:
    callee = at.call.callee
    shape = at.base.shape
    if not isinstance(callee, Attr) or type(shape) is not Seq:
        return None
    values = [v for v, _ in at.args.plain[1 if at.method == "insert" else 2 :]]
    where = at.args.value(0).constants
    if where == (0,):
        new = Seq((*values, *shape.items), shape.rest, shape.ended)
    else:
        rest = shape.any
        for value in values:
            rest = joined(rest, value)
        new = Seq(shape.items[:1], rest)
    changed(at.f, callee.value, Value(at.base.taints, new), at.s)
    return UNKNOWN


def arguments(at: At) -> Value:
    """``signature(function).bind(*args, **kwargs)``: what arrives by name, and to be handed on."""
    names = {name: value for name, (value, _) in at.args.keys.items()}
    given = Value((), Rec(names, at.args.more[0] if at.args.more else None))
    plain = Value((), Seq(tuple(value for value, _ in at.args.plain)))
    return Value((), Rec({"arguments": given, "kwargs": given, "args": plain}))


def set_(at: At) -> Value | None:
    callee = at.call.callee
    if isinstance(callee, Attr) and len(at.args.plain) == 2 and type(at.base.shape) is Rec:
        key, value = at.args.value(0).string, at.args.value(1)
        put_in = with_some_field(at.base, value) if key is None else with_field(at.base, key, value)
        changed(at.f, callee.value, put_in, at.s)
        return at.base
    return None


def get(at: At) -> Value | None:
    if not at.args.plain:  # the last of the words of a text is one of them, and not any
        return item(at.f, at.base, constant(-1), at.call) if at.base.name == "words" else element(at.base)
    if type(at.base.shape) is Seq:
        return item(at.f, at.base, at.args.value(0), at.call)
    key = at.args.value(0)
    if key.taints and not at.base.taints:
        by_default = len(at.args.plain) > 1
        if type(at.base.shape) is not Rec and (at.base.shape is not None or by_default):
            return None
        found = entry(at.f, at.base, key, at.call)
        if by_default:
            return joined(found, at.args.value(1)) if found.shape is not None else None
        return known_key(at.f, joined(found, NONE) if found.shape is not None else found, key, at.call)
    found = entry(at.f, at.base, key, at.call)
    if len(at.args.plain) > 1:
        other = at.args.value(1)
        if found.taints and any(type(c) in (int, float, bool) for c in other.constants or ()):
            # A number by default is one in the schema, which may not be seen from here.
            fact = guard("number-default", "", NOWHERE)
            taints = tuple(t.under(both(t.guards, fact)) for t in found.taints)
            found = Value(taints, found.shape, found.name, found.yes, found.no, found.tail)
        found = joined(found, other)
    return found


def part(at: At) -> Value | None:
    """``items.slice(1)``, ``items.at(-1)``, ``items.concat(more)``; of a text, they give what was made of it."""
    shape = at.base.shape
    if type(shape) is not Seq:
        return EFFECTS["derived"](at)
    if at.method == "at":
        return item(at.f, at.base, at.args.value(0), at.call)
    if at.method == "slice":
        start = at.args.value(0).constants or (0,)
        if len(at.args.plain) < 2 and len(start) == 1 and isinstance(start[0], int) and start[0] >= 0:
            rest = shape.rest if start[0] == 0 or shape.rest is None else some(shape.rest)
            return Value(at.base.taints, Seq(shape.items[start[0] :], rest))
        return Value(at.base.taints, Seq((), some(shape.any)))
    for value, _ in at.args.plain:
        shape = put(shape, value, many=type(value.shape) is Seq)
    return Value(at.base.taints, shape)


EFFECTS.update({
    "part": part,
    "items": items, "next": next_, "dictionary": dictionary, "table": table, "keys": keys, "entries": entries,
    "assign": assign, "append": append, "extend": extend, "insert": insert, "set": set_, "entry": get,
    "arguments": arguments,
})  # fmt: skip
