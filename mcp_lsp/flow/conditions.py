"""Tests: what is known of a choice where a test came out true, and where it came out false.

A test counts for what it means. Facts are about the choice that is tested (`Taint.ids`), and say what the test says of
it: one of a set, a full match, inside a root, no leading dash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Attr, Compare, Expr, Index, Logic, Not
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.testing import in_tests

from .evaluate import ev
from .guards import NOWHERE, Facts, Guards, guard, kinds, settled
from .patterns import joined_with
from .state import ELSEWHERE, WINDOWS, State, apart, meet, together, truth
from .taints import merged
from .values import Const, Seq, Value, all_taints, constant, joined

if TYPE_CHECKING:
    from .frame import Frame


def facts(f: Frame, value: Value, kind: str, detail: str, node: Expr) -> dict[object, Guards]:
    """``kind`` holds of every choice in ``value``. What a path was put together from lies inside a root where it is put
    together so again, not by itself: ``resolve(root, name)`` says nothing of ``readFile(name)``."""
    found: dict[object, Guards] = {}
    for taint in value.taints:
        if taint.aspect != "test":
            reach = taint.same
            if kind in ("denied", "form"):  # what is refused, or taken apart, speaks of what the value was made from
                reach = _made_from(taint.ids) if kind == "form" else len(taint.ids)
            said = guard(kind, detail, f.spot(node))
            if kind == "confined" and taint.near > reach:
                farther = guard("joined", detail, f.spot(node)) if taint.before else said
                for key in taint.ids[-taint.near : -reach]:
                    if farther is said or key not in found:
                        found[key] = farther
            for key in taint.ids[-reach:]:
                found[key] = said
                if kind in _ABSENT and type(key) is tuple and key[1:2] == ("unescaped",):
                    found.update(dict.fromkeys(key[2][0], said))
            if kind in _FORMS:
                whole, by = taint.divided
                if form := joined_with(by, kind, detail):
                    found.update(dict.fromkeys(whole, guard("pattern", form, f.spot(node))))
    return found


_ABSENT = frozenset(("no-dotdot", "not-dots", "excludes"))
_FORMS = frozenset(("pattern", "identifier"))
"""What says of each word of a text of which form the text is."""


def _made_from(ids: tuple[object, ...]) -> int:
    """How many of the last ids are the same piece of syntax: what calls what (``node.func``) is not all of it."""
    for back, key in enumerate(reversed(ids), 1):
        if type(key) is tuple and len(key) == 2 and key[1] in _PARTS:
            return back
    return len(ids)


_PARTS = frozenset(("func", "args", "keywords", "left", "right", "operand", "slice", "id", "attr"))


def outcome(value: Value, yes: Facts | None = None, no: Facts | None = None, *others: Value) -> Value:
    """The outcome of a test of ``value``: nothing a model chose is in it, but it depends on that."""
    taints = tuple(t if t.aspect == "test" else t.about("test") for t in value.taints[:4])
    for other in others:
        taints = merged(taints, tuple(t if t.aspect == "test" else t.about("test") for t in all_taints(other)[:4]))
    return Value(taints, None, "", yes or None, no or None)


def payload(value: Value) -> bool:
    """Whether a choice is in it (not only something that depends on one)."""
    return any(taint.aspect != "test" for taint in value.taints)


def chosen_root(value: Value, s: State) -> bool:
    """Whether a model chose what something is measured against, and nothing limits that choice."""
    return any(t.aspect != "test" and not settled(s.guards(t)) for t in value.taints)


def negated(value: Value) -> Value:
    known = truth(value)
    if known is not None:
        return Value((), Const((not known,)), "", value.no, value.yes)
    if value.name in (WINDOWS, ELSEWHERE):
        return Value((), value.shape, ELSEWHERE if value.name == WINDOWS else WINDOWS)
    return Value(
        tuple(t if t.aspect == "test" else t.about("test") for t in value.taints),
        None,
        "",
        value.no or _empty(value),
        value.yes or filled(value),
    )


def _empty(value: Value) -> Facts | None:
    """What holds where a value is falsy: then there is nothing in it."""
    found: dict[object, Guards] = {}
    for taint in value.taints:
        if not taint.aspect and not taint.before and not taint.after:
            found[taint.ids[-1]] = _NOTHING
    return found or None


def filled(value: Value) -> dict[object, Guards] | None:
    """What holds where a value is truthy: a path none of the segments of which is empty begins with no slash."""
    found: dict[object, Guards] = {}
    for taint in value.taints:
        whole, by = taint.divided
        if "/" in by and taint.split:
            found.update(dict.fromkeys(whole, _RELATIVE))
    return found or None


def no_facts(value: Value) -> Facts | None:
    return value.no if value.no is not None else _empty(value)


def yes_facts(value: Value) -> Facts | None:
    return value.yes if value.yes is not None else filled(value)


_NOTHING: Guards = (frozenset((("empty", "", NOWHERE),)),)
_RELATIVE: Guards = (frozenset((("not-absolute", "", NOWHERE),)),)


_ASKS = frozenset((Compare, Attr, Index))


def branch(f: Frame, e: Expr, s: State) -> tuple[State | None, State | None, bool]:
    """The state where ``e`` is true, where it is false, and whether that depends on nothing a model chose."""
    kind = type(e)
    if kind is Not:
        assert isinstance(e, Not)
        yes, no, configured = branch(f, e.value, s)
        return no, yes, configured
    if kind is Logic:
        assert isinstance(e, Logic)
        if e.op == "and" and not _begins_with_octet(f, e, s):
            yes, no, configured = branch(f, e.left, s)
            if yes is None:
                return None, no, configured
            yes, other, more = branch(f, e.right, yes)
            return yes, _switched(no, other, configured, more), configured and more
        if e.op == "or":
            yes, no, configured = branch(f, e.left, s)
            if no is None:
                return yes, None, configured
            other, no, more = branch(f, e.right, no)
            return _switched(yes, other, configured, more), no, configured and more
    f.unawaited = e
    value = ev(f, e, s)
    known = truth(value)
    tested = in_tests(e) if kind in _ASKS else None
    if tested is not None:  # a server that serves is in no test
        known = not tested
    if known is True:
        s.learn(value.yes)
        return s, None, False
    if known is False:
        s.learn(value.no)
        return None, s, False
    no = s.copy()
    s.learn(yes_facts(value))
    no.learn(no_facts(value))
    if value.name in (WINDOWS, ELSEWHERE):
        s.vars[WINDOWS], no.vars[WINDOWS] = constant(value.name == WINDOWS), constant(value.name != WINDOWS)
    # An answer may hold no choice and still be about one.
    return s, no, not (value.taints or value.yes or value.no)


def _switched(one: State | None, other: State | None, configured: bool, more: bool) -> State | None:
    """Where two parts of a condition end alike. Where one of them is a switch of whoever runs the server, what the
    other found out holds for both: ``if (ROOT && !inside(path)) throw``. What it found out before the switch was asked,
    and let through all the same, does not: ``entry && entry.expires > now``."""
    met = meet(one, other, configured is not more)
    if configured is more or met is None or one is None or other is None:
        return met
    return State(met.vars, dict(other.facts if configured else one.facts))


def logic(f: Frame, e: Logic, s: State) -> Value:
    left = ev(f, e.left, s)
    known = truth(left)
    if e.op == "??":
        if left.constants == (None,):
            return ev(f, e.right, s)
        right = ev(f, e.right, s)
        return left if _is_path(left) else joined(left, right)
    is_and = e.op == "and"
    if known is not None and known is not is_and:
        return left
    if known is not None:
        s.learn(left.yes if is_and else left.no)
        return ev(f, e.right, s)
    learnt = yes_facts(left) if is_and else no_facts(left)
    inner = s
    if learnt:
        inner = s.copy()
        inner.learn(learnt)
    right = ev(f, e.right, inner)
    f.ended = False  # whether the right side is reached depends on the left
    if is_and:
        yes = together(yes_facts(left), yes_facts(right))
        if _octet_by_octet(left, right):
            no = together(left.no, right.no)
        else:
            no = apart(no_facts(left), together(left.yes, no_facts(right)) if right.no or left.yes else no_facts(right))
        taints = merged(tuple(t if t.aspect == "test" else t.about("test") for t in left.taints), right.taints)
        return Value(taints, right.shape, right.name, yes, no)
    yes = apart(left.yes, together(left.no, right.yes))
    no = together(no_facts(left), no_facts(right))
    value = joined(left, right)
    return Value(value.taints, value.shape, value.name, yes, no, value.tail)


def _octet_by_octet(left: Value, right: Value) -> bool:
    """Whether both sides ask for the same range of addresses, ``a === 172 && b >= 16 && b <= 31``: where that is false,
    an address is not in it. Each of the ways to be outside of it would say the same."""
    found = [fact for guards in (left.no or {}).values() for way in guards for fact in way]
    if not found or not all(kind == "private-literal" and _OCTETS.fullmatch(detail) for kind, detail, _ in found):
        return False
    return bool(right.taints) and all(isinstance(taint.ids[-1], tuple) for taint in right.taints)  # parts of it


def _begins_with_octet(f: Frame, e: Expr, s: State) -> bool:
    """Whether the first part compares an octet with the first one of a reserved range."""
    while isinstance(e, Logic):
        e = e.left
    if not isinstance(e, Compare) or not isinstance(e.right, code.Const) or e.right.value not in _FIRST:
        return False
    return any(taint.aspect == "octet" for taint in ev(f, e.left, s.copy()).taints)


_FIRST = (100, 169, 172, 192, 198, 203)
_OCTETS = pattern(r"\d+\.(?:, \d+\.)*")


def _is_path(value: Value) -> bool:
    """Whether functions of paths made it on every way, so that it is there: ``real ?? absolute``."""
    return bool(value.taints) and value.shape is None and all(kinds(taint.guards) & _MADE for taint in value.taints)


_MADE = frozenset(("resolved", "normalised"))


def chosen(value: Value, first: Value, second: Value, yes: State, no: State) -> Value:
    """``test ? first : second`` as a test itself."""
    known, other = truth(first), truth(second)
    positive: Facts | None = None
    negative: Facts | None = None
    for one, state, is_known in ((first, yes, known), (second, no, other)):
        if is_known is not False:
            found = together(state.facts, one.yes)
            positive = found if positive is None else apart(positive, found)
        if is_known is not True:
            found = together(state.facts, no_facts(one))
            negative = found if negative is None else apart(negative, found)
    return Value(value.taints, value.shape, value.name, positive, negative, value.tail)


def any_of(items: Value) -> Value:
    """``any(...)``: false means that each is false."""
    shape = items.shape
    one = shape.any if type(shape) is Seq else items
    return Value(tuple(t if t.aspect == "test" else t.about("test") for t in one.taints), None, "", one.yes, one.no)


def all_of(items: Value) -> Value:
    shape = items.shape
    one = shape.any if type(shape) is Seq else items
    return Value(tuple(t if t.aspect == "test" else t.about("test") for t in one.taints), None, "", one.yes, None)
