"""What expressions give: one function for each kind, from the expression and the state to a value."""

from __future__ import annotations

from mcp_lsp_analyzers.code import (
    Attr, Await, Binary, Bind, Call, Choice, ClassValue, Compare, Comprehension, Const as ConstExpr, Default, Dict, Expr,
    Index, Items, Join, Lambda, Logic, Name, Not, Opaque, Pair, Regex, Spread, Str, Yield,
)  # fmt: skip

from . import conditions
from .assignments import assign
from .calls import call
from .evaluate import EV, ev
from .frame import Frame
from .members import element, entry, item, member, narrowed, put
from .patterns import Pattern
from .state import State, meet
from .values import (
    HOLE, NONE, UNKNOWN, Cls, Const, Func, Rec, Seq, Taint, Value, all_taints, constant, joined, merged, named, once,
)  # fmt: skip

# ---------------------------------------------------------------- names and literals


def _name(f: Frame, e: Name, s: State) -> Value:
    found = s.vars.get(e.id)
    return found if found is not None else f.name(e.id, s)


def _str(f: Frame, e: Str, s: State) -> Value:
    return Value((), Const((e.value,)))


def _const(f: Frame, e: ConstExpr, s: State) -> Value:
    return NONE if e.value is None else Value((), Const((e.value,)))


def _regex(f: Frame, e: Regex, s: State) -> Value:
    return Value((), Const((Pattern(e.pattern, e.flags),)), "RegExp")


# ---------------------------------------------------------------- text put together


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
    name = e.tag.name if isinstance(e.tag, Attr) else e.tag.id if isinstance(e.tag, Name) else ""
    if name in _RAW_TAGS:
        return concatenated(f, e, parts)
    return named(tag.name) if tag.name else UNKNOWN


def concatenated(f: Frame, node: Expr, parts: list[tuple[Expr, Value]]) -> Value:
    """Text made of these, end to end: what stands before and behind each choice is kept."""
    texts: list[str] = []
    tainted = False
    known = True
    for part, value in parts:
        if value.taints:
            tainted = True
        text = part.value if type(part) is Str else value.string
        if text is None:
            shape = value.shape
            if (
                type(shape) is Const
                and not value.taints
                and len(shape.values) == 1
                and type(shape.values[0]) in (int, float)
            ):
                text = str(shape.values[0])
            else:
                known = False
                text = HOLE
                if not value.taints and shape is not None and all_taints(value):
                    tainted = True
        texts.append(text)
    if known:
        return Value((), Const(("".join(texts),)))
    tail = texts[-1][-1:] if texts else ""
    tail = tail if tail in "/\\" else ""
    if not tainted:
        return Value((), None, "", None, None, tail or (parts[-1][1].tail if parts else ""))
    before = ""
    found: tuple[Taint, ...] = ()
    last = len(texts) - 1
    behind = [False] * (last + 1)
    for i in range(last - 1, -1, -1):
        behind[i] = behind[i + 1] or bool(texts[i + 1])
    for i, (_, value) in enumerate(parts):
        for taint in value.taints or (all_taints(value) if texts[i] == HOLE else ()):
            if taint.aspect != "test":
                found = merged(found, (taint.within(node, before, behind[i]),))
        before += texts[i]
        if len(before) > 160:
            before = before[:160]
    return Value(once(found), None, "", None, None, tail)


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
    if op == "*" and type(left.shape) is Seq:
        return Value((), Seq((), left.shape.any))
    return UNKNOWN


def _lists(parts: list[tuple[Expr, Value]]) -> Value:
    found: Seq | None = None
    for _, value in parts:
        found = put(found or Seq(()), value, many=True)
    return Value((), found)


def formatted(f: Frame, node: Expr, template: Value, values: Value) -> Value:
    """``"... %s" % values`` and ``"... {}".format(...)``: where each stands is read off a literal template."""
    text = template.string
    found: tuple[Taint, ...] = ()
    shape = values.shape
    items = list(shape.items) if type(shape) is Seq and shape.rest is None else None
    if text is not None and items is None and type(shape) is not Rec:
        items = [values]
    if text is not None and items is not None and "%(" not in text:
        pieces = _percent(text)
        before = ""
        for i, piece in enumerate(pieces):
            before += piece
            if i < len(items) and i < len(pieces) - 1:
                after = any(pieces[i + 1 :])
                for taint in all_taints(items[i]):
                    found = merged(found, (taint.within(node, before, after),))
                before += items[i].string or HOLE
        return Value(found)
    for taint in (*all_taints(template), *all_taints(values)):
        found = merged(found, (taint.within(node, (text or HOLE).partition("%")[0] or HOLE, True),))
    return Value(found)


def _percent(text: str) -> list[str]:
    """The literal pieces around the conversions of a ``%`` template."""
    pieces, i, start = [], 0, 0
    current = ""
    while (i := text.find("%", start)) >= 0:
        current += text[start:i]
        j = i + 1
        while j < len(text) and text[j] in "#0- +.123456789*lhL":
            j += 1
        if j < len(text) and text[j] == "%":
            current += "%"
        else:
            pieces.append(current)
            current = ""
        start = j + 1
    pieces.append(current + text[start:])
    return pieces


def path_joined(f: Frame, node: Expr, parts: list[Value], name: str = "", absolute: bool = True) -> Value:
    """Path segments put together. ``absolute``: a later segment that is absolute throws away those before it, so that a
    choice there may be the whole path (not so in JavaScript's ``path.join``)."""
    found: tuple[Taint, ...] = ()
    text = ""
    last = len(parts) - 1
    for i, part in enumerate(parts):
        values = [part]
        if type(part.shape) is Seq:
            values = [part.shape.any]
        for value in values:
            for taint in all_taints(value):
                if taint.aspect == "test":
                    continue
                if len(parts) == 1:
                    found = merged(found, (taint.same_as(node),))
                elif i == 0:
                    found = merged(found, (taint.folder(node, "", True),))
                else:
                    before = text if not absolute or not text else HOLE + "/" if text.startswith(HOLE) else text
                    found = merged(found, (taint.within(node, before, i < last),))
        known = part.string
        text += (known if known is not None else HOLE).rstrip("/") + "/"
    if not found and all(p.string is not None for p in parts) and not name:
        return constant("/".join(p.string or "" for p in parts))
    return Value(once(found), None, name)


# ---------------------------------------------------------------- parts of things


def _attr(f: Frame, e: Attr, s: State) -> Value:
    return member(f, ev(f, e.value, s), e.name, e, s)


def _index(f: Frame, e: Index, s: State) -> Value:
    base = ev(f, e.value, s)
    index = ev(f, e.index, s)
    found = item(f, base, index, e)
    if index.taints and found.yes and f.run.language == "python":
        s.learn(found.yes)  # a key that is not there raises
    return found


def _items(f: Frame, e: Items, s: State) -> Value:
    found = Seq(())
    for one in e.items:
        if isinstance(one, Spread):
            found = put(found, ev(f, one.value, s), many=True)
        else:
            found = put(found, ev(f, one, s))
    return Value((), found)


def _dict(f: Frame, e: Dict, s: State) -> Value:
    fields: dict[str, Value] = {}
    rest: Value | None = None
    for pair in e.pairs:
        value = ev(f, pair.value, s)
        if pair.key is None:
            shape = value.shape
            if type(shape) is Rec:
                fields.update(shape.fields)
                value = shape.rest or UNKNOWN
                if shape.rest is None:
                    continue
            elif value.taints:
                value = Value(tuple(t.derived(pair) for t in value.taints))
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
        ev(f, e.value, s)
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
    for target, iterable, conditions_ in e.clauses:
        value = ev(f, iterable, inner)
        assign(f, target, element(value), inner, iterable)
        for condition in conditions_:
            yes, _, _ = conditions.branch(f, condition, inner)
            if yes is None:
                return Value((), Seq(()))
            inner = yes
    if isinstance(e.element, Pair):
        if e.element.key is not None:
            ev(f, e.element.key, inner)
        return Value((), Rec({}, baked(ev(f, e.element.value, inner), inner, s)))
    return Value((), Seq((), baked(ev(f, e.element, inner), inner, s)))


def baked(value: Value, inner: State, outer: State) -> Value:
    """A value that leaves a path takes along what was checked of it there."""
    if not value.taints or inner.facts == outer.facts:
        return value
    taints = tuple(t.under(inner.guards(t)) for t in value.taints)
    return Value(taints, value.shape, value.name, value.yes, value.no, value.tail)


# ---------------------------------------------------------------- tests


def _compare(f: Frame, e: Compare, s: State) -> Value:
    return conditions.compare(f, e, ev(f, e.left, s), ev(f, e.right, s))


def _logic(f: Frame, e: Logic, s: State) -> Value:
    return conditions.logic(f, e, s)


def _not(f: Frame, e: Not, s: State) -> Value:
    return conditions.negated(ev(f, e.value, s))


def _choice(f: Frame, e: Choice, s: State) -> Value:
    yes, no, _ = conditions.branch(f, e.test, s)
    if yes is None or no is None:
        state = yes or no
        if state is None:
            return UNKNOWN
        value = ev(f, e.then if no is None else e.otherwise, state)
    else:
        first = ev(f, e.then, yes)
        second = ev(f, e.otherwise, no)
        f.ended = False
        value = joined(baked(first, yes, s), baked(second, no, s))
        if first.yes or second.yes or first.no or second.no:
            value = conditions.chosen(value, first, second, yes, no)
        state = meet(yes, no) or s
    s.vars, s.facts = state.vars, state.facts
    return value


EV.update({
    Name: _name, Str: _str, ConstExpr: _const, Regex: _regex, Join: _join, Attr: _attr, Index: _index, Call: call,
    Binary: _binary, Compare: _compare, Logic: _logic, Not: _not, Choice: _choice, Items: _items, Dict: _dict,
    Default: _default, Spread: _spread, Await: _await, Yield: _yield, Bind: _bind, Lambda: _lambda, ClassValue: _class,
    Comprehension: _comprehension, Opaque: _opaque,
})  # fmt: skip
