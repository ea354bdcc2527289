"""Lists and objects with something put in."""

from __future__ import annotations

from collections.abc import Iterable

from .guards import NOWHERE
from .members import element
from .taints import merged
from .values import UNKNOWN, Obj, Rec, Seq, Value, joined


def put(seq: Seq, value: Value, many: bool = False) -> Seq:
    """A list with a value (``many``: all items of it) put in at its end.

    An item behind "--" cannot be taken for an option, and one behind an option that ends in no "=" may be its value:
    that is a guard of the choices in it.
    """
    if many:
        shape = value.shape
        if type(shape) is Seq and not value.taints:
            found = seq
            for one in shape.items:
                found = put(found, one)
            if shape.rest is not None:
                rest = _placed(found, shape.rest)
                found = Seq(found.items, rest if found.rest is None else joined(found.rest, rest), found.ended, "")
            return found
        if shape is None and not value.taints:
            return Seq(seq.items, seq.rest or UNKNOWN, seq.ended, "")
        value = element(value)
        rest = _placed(seq, value)
        return Seq(seq.items, rest if seq.rest is None else joined(seq.rest, rest), seq.ended, "")
    text = value.string
    ended = seq.ended or text in ("--", "--end-of-options")
    option = text if text is not None and text.startswith("-") and text != "--" and "=" not in text else ""
    if value.taints:
        value = _placed(seq, value)
    if seq.rest is None:
        return Seq((*seq.items, value), None, ended, option)
    return Seq(seq.items, joined(seq.rest, value), ended, option)


def row(values: Iterable[Value], rest: Value | None = None) -> Seq:
    """A list of these, put in one after the other."""
    found = Seq(())
    for value in values:
        found = put(found, value)
    return found if rest is None else put(found, Value((), Seq((), rest)), many=True)


def _placed(seq: Seq, value: Value) -> Value:
    if not value.taints or not (seq.ended or seq.option):
        return value
    fact = ("not-option", "--") if seq.ended else ("option-value", seq.option)
    taints = tuple(t.under(tuple(way | {(*fact, NOWHERE)} for way in t.guards)) for t in value.taints)
    return Value(taints, value.shape, value.name)


def with_field(base: Value, name: str, value: Value, weak: bool = False) -> Value:
    """A value with an entry or field set."""
    shape = base.shape
    if type(shape) is Obj:
        old = shape.fields.get(name)
        fields = {**shape.fields, name: joined(old, value) if weak and old is not None else value}
        return Value(base.taints, Obj(shape.cls, shape.scope, fields), base.name)
    if type(shape) is Rec:
        fields = {**shape.fields, name: value}
        perhaps = shape.perhaps if weak else shape.perhaps - {name}
        return Value(base.taints, Rec(fields, shape.rest, perhaps), base.name)
    if shape is None:
        return Value(base.taints, Rec({name: value}, UNKNOWN), base.name)
    return base


def with_some_field(base: Value, value: Value) -> Value:
    """A value with some entry set, it is not known which."""
    shape = base.shape
    if type(shape) is Rec:
        rest = value if shape.rest is None else joined(shape.rest, value)
        return Value(base.taints, Rec(shape.fields, rest, shape.perhaps), base.name)
    if type(shape) is Seq:
        return Value(
            base.taints, Seq(shape.items, value if shape.rest is None else joined(shape.rest, value)), base.name
        )
    if shape is None:
        return Value(merged(base.taints, ()), Rec({}, value), base.name)
    return base
