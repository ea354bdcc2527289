"""What a function hands back on its ways out, and what is known where that turns out to be true, or false."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Function

from . import declared
from .conditions import no_facts
from .guards import Guards, common, stronger
from .state import State, baked, filled, together
from .switched import unchecked_left_out
from .values import UNKNOWN, Obj, Rec, Seq, Shape, Value, joined

if TYPE_CHECKING:
    from .frame import Left

Facts = dict[object, Guards]


def returned(left: list[Left], known: Facts) -> tuple[Value, Facts]:
    """What comes back on any way out, and what holds then: on all ways, and by whether it is true."""
    if not left:
        return UNKNOWN, {}
    value: Value | None = None
    after: Facts | None = None
    pending: list[Facts] = []
    free = State({}, known)
    given = [baked(one.value, one.state, free) for one in left]
    for i, one in enumerate(left):
        facts = one.state.facts
        mine = given[i]
        others = [(given[j], way.configured) for j, way in enumerate(left) if j != i and given[j].taints]
        if one.configured or all(configured for _, configured in others):
            mine = unchecked_left_out(mine, [other for other, _ in others])
        value = mine if value is None else joined(value, mine)
        if one.since is not None:
            pending.append(_found_since(one.since, facts))
        else:
            after = facts if after is None else common(after, facts)
    if after is None:
        after = left[0].state.facts
    for facts in pending:
        after = _stronger(after, facts)
    assert value is not None
    yes, no = _either_way([(one.value, one) for one in left])
    value = Value(value.taints, _by_part(value, left), value.name, yes or None, no or None, value.tail)
    return value, after or {}


def _either_way(ways: list[tuple[Value, Left]]) -> tuple[Facts | None, Facts | None]:
    """What holds where one of these values is true, and where it is false."""
    yes: Facts | None = None
    no: Facts | None = None
    for value, one in sorted(ways, key=lambda way: way[1].configured):
        is_true = True if one.made and value is one.value else filled(value)
        if is_true is not False:
            found = dict(together(one.state.facts, value.yes) or {})
            yes = found if yes is None else _either(yes, found, one)
        if is_true is not True:
            found = dict(together(one.state.facts, no_facts(value)) or {})
            no = found if no is None else _either(no, found, one)
    return yes, no


def _either(known: Facts, found: Facts, one: Left) -> Facts:
    return common(known, found) if one.since is None else _stronger(known, _found_since(one.since, found))


def _found_since(before: Mapping[object, Guards], facts: Facts) -> Facts:
    """What was found out on a way that only the settings decide on, since they were asked."""
    return {key: guards for key, guards in facts.items() if before.get(key) != guards}


_PARTS = 8


def _by_part(value: Value, left: list[Left]) -> Shape | None:
    """``return False, "not there"`` … ``return True, ""``: what holds by whether a part of the answer is true."""
    shape = value.shape
    if len(left) < 2 or type(shape) not in (Seq, Rec, Obj) or not any(one.state.facts for one in left):
        return shape
    if type(shape) is Seq and shape.rest is None and len(shape.items) <= _PARTS:
        items = tuple(_answered(item, list(_items(i, left))) for i, item in enumerate(shape.items))
        return Seq(items, None, shape.ended, shape.option)
    if isinstance(shape, (Rec, Obj)) and len(shape.fields) <= _PARTS:
        fields = {name: _answered(field, list(_fields(name, left))) for name, field in shape.fields.items()}
        if isinstance(shape, Obj):
            return Obj(shape.cls, shape.scope, fields)
        return Rec(fields, shape.rest, shape.perhaps)
    return shape


def _items(position: int, left: list[Left]) -> Iterator[tuple[Value, Left]]:
    for one in left:
        shape = one.value.shape
        yield (shape.items[position] if type(shape) is Seq and position < len(shape.items) else UNKNOWN), one


def _fields(name: str, left: list[Left]) -> Iterator[tuple[Value, Left]]:
    for one in left:
        shape = one.value.shape
        yield (shape.fields.get(name, UNKNOWN) if isinstance(shape, (Rec, Obj)) else UNKNOWN), one


def _answered(part: Value, ways: list[tuple[Value, Left]]) -> Value:
    found = {filled(value) for value, _ in ways}
    if part.yes is not None or part.no is not None or True not in found or False not in found:
        return part
    yes, no = _either_way(ways)
    return Value(part.taints, part.shape, part.name, yes or None, no or None, part.tail)


def _stronger(a: Facts, b: Facts) -> Facts:
    """A way out that only the settings decide on does not undo a check on the other."""
    found = dict(a)
    for key, guards in b.items():
        found[key] = stronger(found[key], guards) if key in found else guards
    return found


def generated(function: Function, yielded: Value | None, value: Value) -> Value:
    """What a call gives: of a generator each of the things that it yields, of a context manager the one."""
    if yielded is None or not function.is_generator:
        return value
    if any((declared.name(d) or "").endswith("contextmanager") for d in function.decorators):
        return yielded
    return Value((), Seq((), yielded))
