"""Holes: what stands for the choices in the arguments of a function while it is read, and how they are filled in."""

from __future__ import annotations

from collections.abc import Iterable

from .guards import CARRIED, FREE, Guards, both, by_itself, kinds, settled
from .links import absolute, followed
from .state import State
from .taints import HOLES, Hole, Step, Taint, is_closed
from .values import Any, Besides, Checks, Cls, Const, Func, Obj, Rec, Seq, Shape, Space, Value

_CARRIED = frozenset(("resolved", "basename", "quoted", "escaped", "confined", "joined", "choices"))


class Holes:
    """The choices in the arguments of one call, and the holes that stand for them."""

    __slots__ = ("_by_key", "guards", "taints")

    def __init__(self) -> None:
        self.taints: list[Taint] = []
        self.guards: list[Guards] = []
        self._by_key: dict[object, int] = {}

    def fill(self, value: Value, s: State, depth: int = 0) -> tuple[object, Value]:
        """The shape of a value, and the value with holes."""
        taints, shape, name = value.taints, value.shape, value.name
        if not taints and shape is None:
            if value.yes is not None or value.no is not None:
                value = Value((), None, name, None, None, value.tail)
            return (name, value.tail) if name or value.tail else None, value
        marks: list[object] = []
        holes: list[Taint] = []
        for taint in taints:
            if taint.aspect == "test":
                continue
            number = self._number(taint, s)
            if number is None:
                continue
            carried = frozenset((*kinds(self.guards[number]), settled(self.guards[number]))) & _CARRIED
            marks.append((number, taint.before, taint.after, taint.aspect, carried))
            guards: Guards = (frozenset((kind, "", CARRIED) for kind in carried),) if carried else FREE
            hole = HOLES[number]
            holes.append(Taint(hole, (), (hole,), 1, taint.before, taint.after, taint.aspect, guards))
        key, inner = self._shape(shape, s, depth)
        return (tuple(marks), key, name, value.tail), Value(tuple(holes), inner, name, None, None, value.tail)

    def _number(self, taint: Taint, s: State) -> int | None:
        key = (taint.origin, taint.path, taint.ids, taint.before, taint.after, taint.aspect, taint.guards)
        number = self._by_key.get(key)
        if number is None:
            number = len(self.taints)
            if number >= len(HOLES):
                return None
            self._by_key[key] = number
            self.taints.append(taint)
            self.guards.append(s.guards(taint))
        return number

    def _shape(self, shape: Shape | None, s: State, depth: int) -> tuple[object, Shape | None]:
        kind = type(shape)
        if shape is None:
            return None, None
        if kind is Const:
            assert isinstance(shape, Const)
            return ("c", tuple((type(v), v) for v in shape.values)), shape
        if kind is Besides:
            assert isinstance(shape, Besides)
            return ("b", shape.values), shape
        if kind is Func:
            assert isinstance(shape, Func)
            # What it encloses stays behind: that is looked at where it was made (`_enclosed`).
            if (shape.bound is None or depth > 2) and not shape.given:
                return ("f", shape.function), Func(shape.function, shape.scope)
            key, inner = self.fill(shape.bound, s, depth + 1) if shape.bound is not None else (None, None)
            given = [(k, *self.fill(v, s, depth + 1), n) for k, v, n in shape.given]
            function = Func(shape.function, shape.scope, inner, None, tuple((k, v, n) for k, _, v, n in given))
            return ("f", shape.function, key, tuple((k, mark) for k, mark, _, _ in given)), function
        if kind is Cls:
            assert isinstance(shape, Cls)
            return ("k", shape.cls), shape
        if kind is Space:
            assert isinstance(shape, Space)
            return ("s", shape.scope.module.uri), shape
        if depth > 4:
            return "…", None
        if kind is Obj:
            assert isinstance(shape, Obj)
            if not shape.fields:
                return ("o", shape.cls), shape
            keys, fields = self._fields(shape.fields, s, depth)
            return ("o", shape.cls, keys), Obj(shape.cls, shape.scope, fields)
        if kind is Rec:
            assert isinstance(shape, Rec)
            keys, fields = self._fields(shape.fields, s, depth)
            rest_key, rest = self.fill(shape.rest, s, depth + 1) if shape.rest is not None else ("-", None)
            return ("r", keys, rest_key, shape.perhaps), Rec(fields, rest, shape.perhaps)
        if kind is Seq:
            assert isinstance(shape, Seq)
            made = [self.fill(one, s, depth + 1) for one in shape.items]
            rest_key, rest = self.fill(shape.rest, s, depth + 1) if shape.rest is not None else ("-", None)
            key = ("l", tuple(k for k, _ in made), rest_key, shape.ended, shape.option)
            return key, Seq(tuple(v for _, v in made), rest, shape.ended, shape.option)
        if kind is Any:
            assert isinstance(shape, Any)
            parts = [self._shape(one, s, depth + 1) for one in shape.shapes]
            return ("a", tuple(k for k, _ in parts)), Any(tuple(v for _, v in parts))  # type: ignore[misc]
        if kind is Checks:
            assert isinstance(shape, Checks)
            inner_key, held = self._shape(shape.inner, s, depth)
            each = [(how, *self._shape(func, s, depth + 1)) for how, func in shape.each]
            made_of = tuple((how, func) for how, _, func in each if isinstance(func, Func))
            return ("z", inner_key, tuple((how, mark) for how, mark, _ in each)), Checks(held, made_of)
        return "?", None

    def _fields(self, fields: dict[str, Value], s: State, depth: int) -> tuple[object, dict[str, Value]]:
        made = {name: self.fill(value, s, depth + 1) for name, value in fields.items()}
        return tuple((n, k) for n, (k, _) in made.items()), {n: v for n, (_, v) in made.items()}

    # -------------------------------------------------------- filled in

    def ids(self, key: object) -> Iterable[object]:
        """What an identity inside the function is outside."""
        if type(key) is Hole:
            taint = self.taints[key.number]
            return taint.ids[-taint.same :]
        if _made_of_another(key):
            first = tuple(self.ids(key[0]))  # type: ignore[index]
            return ((first[-1], *key[1:]),) if first else ()  # type: ignore[index]
        return ()

    def taint(self, inner: Taint) -> Taint | None:
        """A hole's taint with the choice that stands there at this call."""
        hole = inner.origin
        if type(hole) is not Hole:
            return inner
        outer = self.taints[hole.number]
        closed = outer.origin.closed
        if closed and any(is_closed(closed, (*outer.path, *inner.path[:i]), name) for i, name in enumerate(inner.path)):
            return None
        ids = (*outer.ids, *(self._outside(i) for i in inner.ids[1:]))[-12:]
        same = outer.same + inner.same - 1 if inner.same >= len(inner.ids) else inner.same
        near = outer.near + inner.near - 1 if inner.near >= len(inner.ids) else inner.near
        begun = outer.begun + inner.begun - 1 if inner.begun >= len(inner.ids) else inner.begun
        path = (*outer.path, *inner.path)[:4]
        guards = both(outer.guards, without_carried(inner.guards))
        steps = chained(inner.steps, outer.steps)
        return Taint(
            outer.origin,
            path,
            ids,
            min(same, 10),
            inner.before,
            inner.after,
            inner.aspect,
            guards,
            steps,
            min(near, 10),
            min(begun, 10),
        )

    def _outside(self, key: object) -> object:
        if _made_of_another(key):
            for outer in self.ids(key):
                return outer
        return key

    def value(self, value: Value, depth: int = 0) -> Value:
        taints, shape = value.taints, value.shape
        if not taints and shape is None and value.yes is None and value.no is None:
            return value
        filled = tuple(t for one in taints if (t := self.taint(one)) is not None)
        return Value(
            filled, self.shape(shape, depth), value.name, self.facts(value.yes), self.facts(value.no), value.tail
        )  # fmt: skip

    def shape(self, shape: Shape | None, depth: int) -> Shape | None:
        kind = type(shape)
        if shape is None or kind in (Const, Besides, Cls, Space):
            return shape
        if depth > 6:
            return None
        if kind is Seq:
            assert isinstance(shape, Seq)
            items = tuple(self.value(one, depth + 1) for one in shape.items)
            rest = None if shape.rest is None else self.value(shape.rest, depth + 1)
            return Seq(items, rest, shape.ended, shape.option)
        if kind is Rec:
            assert isinstance(shape, Rec)
            fields = {n: self.value(v, depth + 1) for n, v in shape.fields.items()}
            rest = None if shape.rest is None else self.value(shape.rest, depth + 1)
            return Rec(fields, rest, shape.perhaps)
        if kind is Obj:
            assert isinstance(shape, Obj)
            if not shape.fields:
                return shape
            return Obj(shape.cls, shape.scope, {n: self.value(v, depth + 1) for n, v in shape.fields.items()})
        if kind is Func:
            assert isinstance(shape, Func)
            bound = None if shape.bound is None else self.value(shape.bound, depth + 1)
            around = shape.around
            if around is not None:
                kept = (
                    {n: v for n, v in around.items() if v.taints or v.shape is not None or v.name} if depth < 2 else {}
                )
                around = {n: self.value(v, depth + 4) for n, v in kept.items()}
            given = tuple((k, self.value(v, depth + 1), n) for k, v, n in shape.given)
            return Func(shape.function, shape.scope, bound, around, given)
        if kind is Any:
            assert isinstance(shape, Any)
            return Any(tuple(self.shape(one, depth + 1) for one in shape.shapes))  # type: ignore[misc]
        return shape

    def facts(self, facts: object) -> dict[object, Guards] | None:
        if not facts:
            return None
        found: dict[object, Guards] = {}
        for key, guards in facts.items():  # type: ignore[attr-defined]
            if type(key) is Hole and absolute(self.taints[key.number]):
                guards = by_itself(guards)
            if type(key) is Hole and followed(self.taints[key.number]):
                guards = _with_links(guards)
            for outer in self.ids(key):
                found[outer] = both(found[outer], guards) if outer in found else guards
            if type(key) is Hole:
                taint = self.taints[key.number]
                for kinds_, kind, reach in _farther(taint) if len(taint.ids) > taint.same else ():
                    part = tuple(frozenset((kind, d, spot) for k, d, spot in way if k in kinds_) for way in guards)
                    if reach > taint.same and all(part):
                        for outer in taint.ids[-reach : -taint.same]:
                            found[outer] = both(found[outer], part) if outer in found else part
        return found or None


def _with_links(guards: Guards) -> Guards:
    """Found to be inside a root by a function that was given a path whose links were followed."""
    return tuple(frozenset(("confined", "links", f[2]) if f[0] == "confined" else f for f in way) for way in guards)


def _made_of_another(key: object) -> bool:
    """Whether an identity is that of an entry, the first word, or the words of another thing."""
    return type(key) is tuple and (len(key) == 2 or (len(key) == 4 and key[1] == "word"))


def _farther(taint: Taint) -> tuple[tuple[tuple[str, ...], str, int], ...]:
    """What is known of more than the newest form: to be a root is to be inside it."""
    return (
        (("confined", "choices"), "joined" if taint.before else "confined", taint.near),
        (("joined",), "joined", taint.near),
        (("denied",), "denied", len(taint.ids)),
        (("form",), "form", len(taint.ids)),
    )


def without_carried(guards: Guards) -> Guards:
    if guards == FREE:
        return guards
    return tuple(frozenset(fact for fact in way if fact[2] is not CARRIED) for way in guards)


def chained(inner: Step | None, outer: Step | None) -> Step | None:
    """Steps inside a function behind those that led to the call."""
    if inner is None:
        return outer
    steps: list[Step] = []
    step: Step | None = inner
    while step is not None and len(steps) < 12:
        steps.append(step)
        step = step.before
    for one in reversed(steps):
        outer = Step(one.message, one.spot, outer)
    return outer
