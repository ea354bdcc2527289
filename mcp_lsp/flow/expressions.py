"""What expressions give: one function for each kind, from the expression and the state to a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import (
    Attr,
    Await,
    Binary,
    Bind,
    Call,
    Choice,
    ClassValue,
    Compare,
    Comprehension,
    Default,
    Dict,
    Expr,
    Index,
    Items,
    Join,
    Lambda,
    Logic,
    Name,
    Not,
    Opaque,
    Pair,
    Regex,
    Spread,
    Str,
    Yield,
    last_name,
)
from mcp_lsp_analyzers.code import Const as ConstExpr
from mcp_lsp_analyzers.expressions import spelled

from .assignments import assign
from .calls import call
from .commandline import called_for
from .comparisons import compare, membership
from .conditions import branch, chosen, logic, negated
from .evaluate import EV, ev
from .joining import concatenated, formatted, path_joined
from .lists import put
from .matching import shared
from .members import element, item, member
from .patterns import Pattern
from .state import State, baked, meet, truth
from .taints import Taint, merged
from .values import NONE, UNKNOWN, Cls, Const, Func, Rec, Seq, Value, all_taints, constant, joined, named, some, string

if TYPE_CHECKING:
    from .frame import Frame
    from .guards import Guards


def _name(f: Frame, e: Name, s: State) -> Value:
    found = s.vars.get(e.id)
    return found if found is not None else f.name(e.id, s)


def _str(f: Frame, e: Str, s: State) -> Value:
    return string(e.value)


def _const(f: Frame, e: ConstExpr, s: State) -> Value:
    return NONE if e.value is None else Value((), Const((e.value,)))


def _regex(f: Frame, e: Regex, s: State) -> Value:
    return Value((), Const((Pattern(e.pattern, e.flags),)), "RegExp")


def _join(f: Frame, e: Join, s: State) -> Value:
    if e.tag is not None:
        return _tagged(f, e, s)
    return concatenated(f, e, [(part, ev(f, part, s)) for part in e.parts])


_RAW_TAGS = frozenset(
    ("raw", "dedent", "outdent", "stripIndent", "stripIndents", "oneLine", "unsafe", "html", "css", "gql")
)


def _tagged(f: Frame, e: Join, s: State) -> Value:
    """A tag gets the literal parts and the values apart: most bind them (``sql`...` ``) or quote them (``$`...` ``)."""
    assert e.tag is not None
    tag = ev(f, e.tag, s)
    parts = [(part, ev(f, part, s)) for part in e.parts]
    name = last_name(e.tag)
    if name in _RAW_TAGS:
        return concatenated(f, e, parts)
    return named(tag.name) if tag.name else UNKNOWN


def _flat(e: Expr, into: list[Expr]) -> None:
    """The operands of a chain of ``+``."""
    while isinstance(e, Binary) and e.op == "+":
        into.append(e.right)
        e = e.left
    into.append(e)


def _binary(f: Frame, e: Binary, s: State) -> Value:
    op = e.op
    if op == "+":
        operands: list[Expr] = []
        _flat(e, operands)
        operands.reverse()
        parts = [(o, ev(f, o, s)) for o in operands]
        if any(type(v.shape) is Seq for _, v in parts):
            return _lists(parts)
        return concatenated(f, e, parts)
    left = ev(f, e.left, s)
    right = ev(f, e.right, s)
    if op == "%" and (type(e.left) in (Str, Join) or left.taints or left.string is not None):
        return formatted(f, e, left, right)
    if op == "/" and f.run.language == "python" and (left.taints or right.taints or left.name == "pathlib.Path"):
        return path_joined(f, e, [left, right], "pathlib.Path")
    if op == "|" and (type(left.shape) is Rec or type(right.shape) is Rec):
        return joined(left, right)
    if op == "-" and type(left.shape) is Seq and type(right.shape) is Seq:
        rest = membership(f, e, left.shape.any, right, e.left, e.right)  # ``set(names) - KNOWN``: empty where all are
        return Value(left.taints, left.shape, "", None, rest.yes)
    if op == "&" and f.run.language == "python" and (all_taints(left) or all_taints(right)):
        return shared(f, e, left, right)  # ``REFUSED & set(text)``
    if op == "*" and type(left.shape) is Seq:
        return Value((), Seq((), left.shape.any))
    return UNKNOWN


def _lists(parts: list[tuple[Expr, Value]]) -> Value:
    found: Seq | None = None
    for _, value in parts:
        found = put(found or Seq(()), value, many=True)
    return Value((), found)


def _attr(f: Frame, e: Attr, s: State) -> Value:
    base = ev(f, e.value, s)
    shape = base.shape
    if type(shape) is Rec and shape.rest is None and e.name not in shape.fields and f.run.language == "node":
        if shape.fields and not base.taints and not base.name:
            return NONE  # an option that is not given
    return member(f, base, e.name, e, s)


def _index(f: Frame, e: Index, s: State) -> Value:
    base = ev(f, e.value, s)
    index = constant(-1) if _is_last(e) else ev(f, e.index, s)
    if type(e.index) is Opaque and base.taints and base.shape is None and _is_first(f, e.index):
        return Value(tuple(t.first() for t in base.taints if t.aspect != "test"))
    found = item(f, base, index, e)
    if index.taints and found.yes and f.run.language == "python":
        s.learn(found.yes)  # a key that is not there raises
    return found


def _is_last(e: Index) -> bool:
    """``words[words.length - 1]``"""
    index = e.index
    if type(index) is not Binary or index.op != "-" or type(index.right) is not ConstExpr or index.right.value != 1:
        return False
    size = index.left
    return type(size) is Attr and size.name == "length" and spelled(size.value) == spelled(e.value) != ""


def _is_first(f: Frame, bounds: Opaque) -> bool:
    """``text[:1]``"""
    return f.unit.key[bounds.start : bounds.end].replace(" ", "") in (":1", "0:1")


def _items(f: Frame, e: Items, s: State) -> Value:
    found = Seq(())
    for one in e.items:
        if isinstance(one, Spread):
            found = put(found, ev(f, one.value, s), many=True)
        else:
            value = ev(f, one, s)
            first = not found.items and found.rest is None
            found = put(found, called_for(value, one) if first else value)
    return Value((), found)


def _dict(f: Frame, e: Dict, s: State) -> Value:
    fields: dict[str, Value] = {}
    rest: Value | None = None
    for pair in e.pairs:
        value = ev(f, pair.value, s)
        if pair.key is None:
            shape = value.shape
            if value.taints:
                value = Value(tuple(t.derived(pair) for t in value.taints))
            if type(shape) is Rec:  # beside what is known of it (``args or {}``) it may be a choice as a whole
                fields.update(shape.fields)
                if shape.rest is not None:
                    value = joined(value, shape.rest) if value.taints else shape.rest
                elif not value.taints:
                    continue
            rest = value if rest is None else joined(rest, value)
            continue
        key = pair.key.value if type(pair.key) is Str else ev(f, pair.key, s).string
        if key is None:
            rest = value if rest is None else joined(rest, value)
        else:
            fields[key] = value
    return Value((), Rec(fields, rest))


def _spread(f: Frame, e: Spread, s: State) -> Value:
    return ev(f, e.value, s)


def _await(f: Frame, e: Await, s: State) -> Value:
    return ev(f, e.value, s)


def _yield(f: Frame, e: Yield, s: State) -> Value:
    if e.value is not None:
        value = ev(f, e.value, s)
        value = s.on(value)
        f.yielded = value if f.yielded is None else joined(f.yielded, value)
    return UNKNOWN


def _bind(f: Frame, e: Bind, s: State) -> Value:
    value = ev(f, e.value, s)
    assign(f, e.target, value, s, e.value)
    return value


def _lambda(f: Frame, e: Lambda, s: State) -> Value:
    return Value((), Func(e.function, f.scope, None, s.vars))


def _class(f: Frame, e: ClassValue, s: State) -> Value:
    return Value((), Cls(e.cls, f.scope))


def _default(f: Frame, e: Default, s: State) -> Value:
    return ev(f, e.value, s)


def _opaque(f: Frame, e: Opaque, s: State) -> Value:
    found: tuple[Taint, ...] = ()
    for inner in e.inside:
        value = ev(f, inner, s)
        found = merged(found, tuple(t.derived(e) for t in value.taints if t.aspect != "test"))
    return Value(found) if found else UNKNOWN


def _comprehension(f: Frame, e: Comprehension, s: State) -> Value:
    inner = s.copy()
    left_out: dict[object, Guards] | None = None
    items: set[object] = set()
    for target, iterable, conditions_ in e.clauses:
        value = ev(f, iterable, inner)
        one = element(value)
        items.update(key for taint in one.taints for key in taint.ids)
        assign(f, target, one, inner, iterable)
        for condition in conditions_:
            yes, no, _ = branch(f, condition, inner)
            if yes is None:
                return Value((), Seq(()))
            if no is not None and len(e.clauses) == len(conditions_) == 1:
                left_out = {key: guards for key, guards in no.facts.items() if s.facts.get(key) != guards}
            inner = yes
    if isinstance(e.element, Pair):
        if e.element.key is not None:
            ev(f, e.element.key, inner)
        return Value((), Rec({}, baked(ev(f, e.element.value, inner), inner, s)))
    # ``[name for name in names if not known(name)]``: where nothing is in it, what is left out of it holds for all.
    # ``[root for root in ROOTS if inside(path, root)]``: where something is in it, it is so of the path.
    kept = {key: guards for key, guards in inner.facts.items() if s.facts.get(key) != guards and key not in items}
    one = baked(ev(f, e.element, inner), inner, s)
    left = any(conditions_ for _, _, conditions_ in e.clauses)
    return Value((), Seq((), some(one) if left else one), "", kept or None, left_out or None)


def _compare(f: Frame, e: Compare, s: State) -> Value:
    begins = _begins(e)
    if begins is not None:
        return ev(f, begins, s) if e.op in ("==", "is") else negated(ev(f, begins, s))
    return compare(f, e, ev(f, e.left, s), ev(f, e.right, s))


def _begins(e: Compare) -> Call | None:
    """``path.indexOf(root) === 0`` asks whether it begins with that."""
    call, zero = e.left, e.right
    if not isinstance(call, Call) or not isinstance(zero, ConstExpr) or zero.value != 0 or zero.value is False:
        return None
    callee = call.callee
    if e.op not in _SAME or not isinstance(callee, Attr) or callee.name not in ("indexOf", "find", "index"):
        return None
    if len(call.args) != 1 or call.args[0].spread:
        return None
    named_so = Attr(callee.start, callee.end, callee.value, "startswith", callee.name_start)
    return Call(call.start, call.end, named_so, call.args)


_SAME = frozenset(("==", "!=", "is", "is not"))


def _logic(f: Frame, e: Logic, s: State) -> Value:
    return logic(f, e, s)


def _not(f: Frame, e: Not, s: State) -> Value:
    return negated(ev(f, e.value, s))


def _choice(f: Frame, e: Choice, s: State) -> Value:
    yes, no, _ = branch(f, e.test, s)
    if yes is None or no is None:
        state = yes or no
        if state is None:
            return UNKNOWN
        value = ev(f, e.then if no is None else e.otherwise, state)
    else:
        first = ev(f, e.then, yes)
        second = ev(f, e.otherwise, no)
        f.ended = False
        value = joined(baked(first, yes, no), baked(second, no, yes))
        told = truth(first) is not truth(second)  # ``ok ? null : "refused"``
        if told or first.yes or second.yes or first.no or second.no:
            value = chosen(value, first, second, yes, no)
        state = meet(yes, no) or s
    s.vars, s.facts = state.vars, state.facts
    return value


EV.update({
    Name: _name, Str: _str, ConstExpr: _const, Regex: _regex, Join: _join, Attr: _attr, Index: _index, Call: call,
    Binary: _binary, Compare: _compare, Logic: _logic, Not: _not, Choice: _choice, Items: _items, Dict: _dict,
    Default: _default, Spread: _spread, Await: _await, Yield: _yield, Bind: _bind, Lambda: _lambda, ClassValue: _class,
    Comprehension: _comprehension, Opaque: _opaque,
})  # fmt: skip
