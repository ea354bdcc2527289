"""What holds at one point of a function: the values of its variables, and the guards passed on every way there."""

from __future__ import annotations

from mcp_lsp_analyzers.pattern import pattern

from .guards import FREE, Facts, Guards, both, common, stronger
from .patterns import Pattern
from .switched import unchecked_left_out
from .taints import HOLE, Taint
from .values import Besides, Const, Obj, Rec, Seq, Shape, Value, all_taints, joined


class State:
    """``vars``: variables of the function; ``facts``: guards by what they constrain. Owned by one path: copied where
    paths part."""

    __slots__ = ("facts", "vars")

    def __init__(self, vars: dict[str, Value], facts: dict[object, Guards]) -> None:
        self.vars = vars
        self.facts = facts

    def copy(self) -> State:
        return State(self.vars.copy(), self.facts.copy())

    def learn(self, facts: Facts | None) -> None:
        """From here on, these hold too."""
        if facts:
            mine = self.facts
            for key, guards in facts.items():
                known = mine.get(key)
                mine[key] = guards if known is None else both(known, guards)

    def on(self, value: Value) -> Value:
        """A value that is handed on from here, with what constrains the choices in it."""
        return Value(tuple([t.under(self.guards(t)) for t in value.taints]), value.shape, value.name)

    def guards(self, taint: Taint) -> Guards:
        """Everything that constrains a choice here."""
        found = taint.guards
        facts = self.facts
        if facts:
            for key in taint.ids:
                known = facts.get(key)
                if known is not None:
                    found = both(found, known)
        return found


WINDOWS, ELSEWHERE = "\0windows", "\0elsewhere"
"""Names of tests whether this is Windows, or not; of the variable that holds the outcome."""


_ERROR = pattern(r"(?:.+\.)?[A-Z]\w*")


def truth(value: Value) -> bool | None:
    """Whether a value is true; ``None`` where that depends."""
    if value.name.endswith("Error") and value.shape is None and _ERROR.fullmatch(value.name) is not None:
        return True
    if value.taints:
        if value.shape is None and not value.name and all(_has_text(taint) for taint in value.taints):
            return True  # ``f"invalid name {name}"`` is never empty
        return None
    shape = value.shape
    if type(shape) is Const:
        if value.name and not any(isinstance(v, Pattern) for v in shape.values):
            return None  # one of the constants, or what goes by that name
        found = {bool(v) for v in shape.values}
        return found.pop() if len(found) == 1 else None
    return True if type(shape) is Besides and "" in shape.values and None in shape.values else None


def filled(value: Value) -> bool | None:
    """Whether a value is true, or a list with something in it: ``errors`` where one was found, and where none was."""
    shape = value.shape
    if type(shape) is Seq and not value.taints and not value.name:
        return True if shape.items else False if shape.rest is None else None
    return truth(value)


def _has_text(taint: Taint) -> bool:
    return taint.aspect != "test" and taint.before.strip(HOLE) != ""


def meet(a: State | None, b: State | None, configured: bool = False) -> State | None:
    """Where two paths come together. ``configured``: which one is taken depends on nothing a model chose; then a guard
    on one of them is a guard, because the author meant it to be switched off by whoever runs the server."""
    if a is None or b is None:
        return a or b
    if a is b:
        return a
    if a.facts == b.facts:
        facts = a.facts
    elif configured:
        both_ways = {key: stronger(guards, b.facts[key]) for key, guards in a.facts.items() if key in b.facts}
        facts = {key: guards for key, guards in {**a.facts, **b.facts, **both_ways}.items() if guards != FREE}
    else:
        facts = common(a.facts, b.facts)
    mine, others = a.vars, b.vars
    if mine == others:
        return State(mine, facts)
    variables: dict[str, Value] = {}
    for name, value in mine.items():
        other_value = others.get(name)
        if other_value is None or other_value is value:
            variables[name] = value
        else:
            variables[name] = _met(value, other_value, a, b, configured)
    for name, value in others.items():
        if name not in mine:
            variables[name] = value
    return State(variables, facts)


def _met(x: Value, y: Value, a: State, b: State, configured: bool = False) -> Value:
    """A variable that is true after one path and false after the other tells later which path was taken, so does a
    list that is empty after one. A choice that is in it after one path got there behind the guards of that path."""
    if a.facts != b.facts:
        x, y = _own(x, y, a), _own(y, x, b)
    if configured and x.taints and y.taints:
        x, y = unchecked_left_out(x, [y]), unchecked_left_out(y, [x])
    value = joined(x, y)
    if a.facts == b.facts and x.yes is None and y.yes is None and x.no is None and y.no is None:
        return value
    first, second = filled(x), filled(y)
    if first is None and second is None:
        return value
    yes: dict[object, Guards] | None = None
    no: dict[object, Guards] | None = None
    for one, state, known in ((x, a, first), (y, b, second)):
        if known is not False:
            found = _all(state.facts, one.yes)
            yes = found if yes is None else common(yes, found)
        if known is not True:
            found = _all(state.facts, one.no)
            no = found if no is None else common(no, found)
    return Value(value.taints, value.shape, value.name, yes or None, no or None, value.tail)


def _own(value: Value, other: Value, state: State) -> Value:
    if not state.facts:
        return value
    shape = value.shape
    listed = type(shape) is Seq and shape is not other.shape
    if not value.taints and not listed:
        return value
    return _behind(value, {t.ids for t in all_taints(other)}, state, listed)


def _behind(value: Value, theirs: set[tuple[object, ...]], state: State, listed: bool) -> Value:
    """A value with the guards of its path on what is on no other path; ``listed``: on what is in a list as well."""
    taints, shape = value.taints, value.shape
    if not all(t.ids in theirs for t in taints):
        taints = tuple(t if t.ids in theirs or t.aspect == "test" else t.under(state.guards(t)) for t in taints)
    if listed and type(shape) is Seq and not all(t.ids in theirs for t in all_taints(value)):
        items = tuple(_behind(item, theirs, state, False) for item in shape.items)
        rest = None if shape.rest is None else _behind(shape.rest, theirs, state, False)
        shape = Seq(items, rest, shape.ended, shape.option)
    if taints is value.taints and shape is value.shape:
        return value
    return Value(taints, shape, value.name, value.yes, value.no, value.tail)


def _all(facts: Facts, more: Facts | None) -> dict[object, Guards]:
    found = dict(facts)
    if more:
        for key, guards in more.items():
            found[key] = both(found[key], guards) if key in found else guards
    return found


def apart(facts: Facts | None, others: Facts | None) -> Facts | None:
    """What holds in either case: ``a or b`` being true."""
    return (common(facts, others) or None) if facts and others else None


def together(facts: Facts | None, others: Facts | None) -> Facts | None:
    """What holds where both hold: ``a and b`` being true."""
    if not facts or not others:
        return facts or others
    return _all(facts, others)


def baked(value: Value, inner: State, outer: State) -> Value:
    """A value that leaves a path takes along what was checked there of it, or of a part of it (``return a, b``)."""
    if inner.facts == outer.facts:
        return value
    return _under(value, inner, _DEEP)


_DEEP = 2
_PARTS = 8


def _under(value: Value, inner: State, deep: int) -> Value:
    shape = _parts_under(value.shape, inner, deep - 1) if deep else value.shape
    if not value.taints and shape is value.shape:
        return value
    taints = tuple(t.under(inner.guards(t)) for t in value.taints)
    return Value(taints, shape, value.name, value.yes, value.no, value.tail)


def _parts_under(shape: Shape | None, inner: State, deep: int) -> Shape | None:
    if type(shape) is Seq and len(shape.items) <= _PARTS:
        items = tuple(_under(item, inner, deep) for item in shape.items)
        if any(mine is not item for mine, item in zip(items, shape.items, strict=True)):
            return Seq(items, shape.rest, shape.ended, shape.option)
    elif isinstance(shape, (Rec, Obj)) and len(shape.fields) <= _PARTS:
        fields = {name: _under(field, inner, deep) for name, field in shape.fields.items()}
        if any(fields[name] is not field for name, field in shape.fields.items()):
            if isinstance(shape, Obj):
                return Obj(shape.cls, shape.scope, fields)
            return Rec(fields, shape.rest, shape.perhaps)
    return shape
