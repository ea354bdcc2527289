"""What a target gets: names, fields, entries, and the parts that a destructuring pattern takes."""

from __future__ import annotations

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import Attr, Default, Dict, Expr, Index, Items, Name, Spread, Str

from .evaluate import ev
from .frame import Frame
from .lists import with_field, with_some_field
from .matched import numbered
from .members import element, item, member
from .state import State
from .values import UNKNOWN, Seq, Value, constant, joined, perhaps, switch


def assign(f: Frame, target: Expr, value: Value, s: State, node: Expr) -> None:
    """Give ``target`` a value; ``node`` is where that value was made."""
    kind = type(target)
    if kind is Name:
        assert isinstance(target, Name)
        within = switch(value) and f.function is not None and target.id in inside.set_within(f.function)
        s.vars[target.id] = perhaps(value) if within else value
    elif kind is Attr:
        assert isinstance(target, Attr)
        base = ev(f, target.value, s)
        _back(f, target.value, with_field(base, target.name, value), s)
    elif kind is Index:
        assert isinstance(target, Index)
        base = ev(f, target.value, s)
        key = ev(f, target.index, s).string
        _back(f, target.value, with_some_field(base, value) if key is None else with_field(base, key, value), s)
    elif kind is Items:
        assert isinstance(target, Items)
        for i, one in enumerate(target.items):
            if isinstance(one, Spread):
                rest = value
                if type(value.shape) is Seq:
                    rest = Value(value.taints, Seq(value.shape.items[i:], value.shape.rest))
                assign(f, one.value, rest, s, node)
            elif type(value.shape) is Seq:
                assign(f, one, item(f, value, constant(i), node), s, node)
            else:
                assign(f, one, numbered(element(value), i, node), s, node)
    elif kind is Dict:
        assert isinstance(target, Dict)
        for pair in target.pairs:
            if pair.key is None:
                assign(f, pair.value, value, s, node)
            elif isinstance(pair.key, Str):
                assign(f, pair.value, member(f, value, pair.key.value, pair.value, s), s, node)
            else:
                assign(f, pair.value, UNKNOWN, s, node)
    elif kind is Default:
        assert isinstance(target, Default)
        other = ev(f, target.value, s)
        assign(f, target.target, value if value is not UNKNOWN and not other.taints else joined(value, other), s, node)
    elif kind is Spread:
        assert isinstance(target, Spread)
        assign(f, target.value, value, s, node)


def _back(f: Frame, target: Expr, value: Value, s: State) -> None:
    """Something in ``target`` was changed in place: from here on it is ``value``."""
    if isinstance(target, Name):
        f.mutated.add(target.id)
        s.vars[target.id] = value
    elif isinstance(target, Attr):
        base = ev(f, target.value, s)
        if base.shape is not None or isinstance(target.value, Name):
            _back(f, target.value, with_field(base, target.name, value), s)
    elif isinstance(target, Index):
        base = ev(f, target.value, s)
        key = ev(f, target.index, s).string
        if key is not None and base.shape is not None:
            _back(f, target.value, with_field(base, key, value), s)


changed = _back
