"""What is known of a value while a function is read: which choices of a model are in it, and what else it may be.

Everything here is immutable once made. A `Value` joins what may reach one expression on different paths; a `Taint` is
one way in which something a model chose is inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, Optional, Union

if TYPE_CHECKING:
    from mcp_lsp_analyzers.code import Class, Expr, Function, Unit
    from mcp_lsp_analyzers.place import Place
    from mcp_lsp_analyzers.scope import Scope

# ---------------------------------------------------------------- where something stands


class Spot(NamedTuple):
    """A place without the name of the thing it belongs to: that is known only where a handler's facts are put together."""

    uri: str
    unit: Unit
    start: int
    end: int


NOWHERE = Spot("", None, 0, 0)  # type: ignore[arg-type]  # of a guard that has no place of its own
CARRIED = Spot("", None, -1, -1)  # type: ignore[arg-type]  # of a guard that a caller's value has anyway


class Step(NamedTuple):
    """A hand-over, with those before it."""

    message: str
    spot: Spot
    before: Optional[Step]


# ---------------------------------------------------------------- guards

Fact = tuple[str, str, Spot]
"""Kind of guard, its detail, and where it stands."""

Guards = tuple[frozenset[Fact], ...]
"""Which guards hold, by path: one set for each way to get here, without those that another way makes redundant (a set
that contains another one). ``(frozenset(),)``: some way has no guard at all; ``()``: no way."""

FREE: Guards = (frozenset(),)
_MOST = 4


def _minimal(sets: Iterable[frozenset[Fact]]) -> Guards:
    kept: list[frozenset[Fact]] = []
    for one in sorted(dict.fromkeys(sets), key=len):
        if not any(other <= one for other in kept):
            kept.append(one)
    if len(kept) > _MOST:
        last = frozenset.intersection(*kept[_MOST - 1 :])
        return _minimal([*kept[: _MOST - 1], last])
    return tuple(kept)


def either(a: Guards, b: Guards) -> Guards:
    """On some way ``a`` holds, on the others ``b``."""
    if a == b or not b:
        return a
    if not a:
        return b
    if a == FREE or b == FREE:
        return FREE
    return _minimal((*a, *b))


def both(a: Guards, b: Guards) -> Guards:
    """``a`` holds and ``b`` holds."""
    if a is FREE or a == FREE:
        return b
    if b is FREE or b == FREE or a == b:
        return a
    return _minimal(x | y for x in a for y in b)


def stronger(a: Guards, b: Guards) -> Guards:
    """What holds where the way without guards counts for nothing: it is the author's to switch them off."""
    if all(any(other <= way for other in b) for way in a):
        return a
    if all(any(other <= way for other in a) for way in b):
        return b
    return _minimal(way for way in (*a, *b) if way) or FREE


def guard(kind: str, detail: str, spot: Spot) -> Guards:
    return (frozenset(((kind, detail, spot),)),)


def kinds(guards: Guards) -> frozenset[str]:
    """The kinds of guard that hold on every way."""
    if guards == FREE or not guards:
        return frozenset()
    return frozenset.intersection(*(frozenset(fact[0] for fact in way) for way in guards))


Facts = Mapping[object, Guards]
"""Guards by the identity of what they constrain (`Taint.ids`)."""

# ---------------------------------------------------------------- choices of a model

HOLE = "\0"
"""Text that is not known, in `Taint.before`."""

_LONGEST = 160  # of Taint.before: enough to see a scheme and host, or how a statement begins


class Origin:
    """Where a choice enters. ``whole``: all arguments as one object, whose entries are the choices; ``closed`` are those
    that cannot carry a payload."""

    __slots__ = ("closed", "kind", "name", "names", "place", "whole")

    def __init__(
        self,
        name: str,
        kind: str,
        place: Place | Spot,
        whole: bool = False,
        closed: frozenset[str] = frozenset(),
        names: Mapping[str, Place] | None = None,
    ) -> None:
        self.name = name
        self.kind = kind
        self.place = place
        self.whole = whole
        self.closed = closed
        self.names = names or {}

    def __repr__(self) -> str:
        return f"<{self.name}>"


class Hole:
    """Stands for a choice in the arguments with which a function was read; filled in where it is called."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number

    whole = False

    def __repr__(self) -> str:
        return f"<#{self.number}>"


HOLES = tuple(Hole(i) for i in range(64))


class Taint:
    """One way in which a choice is inside a value.

    ``path``: which entry of the origin it is. ``ids`` name the values it went through, the newest last, the last
    ``same`` of which stand for the same thing (a path and the same path resolved): what is checked of one holds for
    the others. Where the newest is found to be inside a root, so are the last ``near``: a path put together from it,
    written otherwise, a folder it is in (but not a path of which only the last segment was kept). ``before`` is the text before it, ``after`` whether text follows. ``aspect`` says that the value is not
    the choice but something about it: "url" (parsed), "host", "scheme", "address" (resolved), "relative" (path from a
    root to it), "common" (common path with a root), "parents", "first" (character or word) ... ``guards`` hold by the
    way it was made (quoted, resolved). ``words``: it was split, so that any word of it may be the whole value.
    """

    __slots__ = ("after", "aspect", "before", "guards", "ids", "near", "origin", "path", "same", "steps")

    def __init__(
        self,
        origin: Origin | Hole,
        path: tuple[str, ...],
        ids: tuple[object, ...],
        same: int = 1,
        before: str = "",
        after: bool = False,
        aspect: str = "",
        guards: Guards = FREE,
        steps: Step | None = None,
        near: int = 1,
    ) -> None:
        self.origin = origin
        self.path = path
        self.ids = ids
        self.same = same
        self.near = near
        self.before = before
        self.after = after
        self.aspect = aspect
        self.guards = guards
        self.steps = steps

    def __repr__(self) -> str:
        extra = "".join(f" {w}" for w in (self.aspect, repr(self.before) if self.before else "", self.guards) if w)
        return f"Taint({self.origin}{'.'.join(('', *self.path))}{extra})"

    # -------------------------------------------------------- made from another

    def entry(self, name: str) -> Taint | None:
        """An entry of the value; ``None`` where that cannot carry a payload."""
        if self.origin.whole and not self.path and name in self.origin.closed:  # type: ignore[union-attr]
            return None
        path = (*self.path, name) if len(self.path) < 3 else self.path
        return Taint(
            self.origin, path, (*self.ids[-9:], (self.ids[-1], name)), 1, self.before, self.after, "", self.guards,
            self.steps,
        )  # fmt: skip

    def same_as(self, node: object, guards: Guards = FREE) -> Taint:
        """The same thing in another form: resolved, stripped, made a path."""
        kept = self.guards if guards is FREE else both(self.guards, guards)
        return Taint(
            self.origin, self.path, (*self.ids[-9:], node), min(self.same + 1, 10), self.before, self.after,
            self.aspect, kept, self.steps, min(self.near + 1, 10),
        )  # fmt: skip

    def folder(self, node: object, before: str = "", after: bool = False) -> Taint:
        """A folder it is in, or a path below it."""
        return Taint(
            self.origin, self.path, (*self.ids[-9:], node), 1, before or self.before, after or self.after, "", self.guards,
            self.steps, min(self.near + 1, 10),
        )  # fmt: skip

    def derived(self, node: object, guards: Guards = FREE, near: bool = True) -> Taint:
        """Something made of it: what is found out about that is not said of it, except (``near``) where it lies."""
        kept = self.guards if guards is FREE else both(self.guards, guards)
        return Taint(
            self.origin, self.path, (*self.ids[-9:], node), 1, self.before, self.after, "", kept, self.steps,
            min(self.near + 1, 10) if near else 1,
        )  # fmt: skip

    def about(self, aspect: str) -> Taint:
        return Taint(
            self.origin, self.path, self.ids, self.same, self.before, self.after, aspect, self.guards, self.steps, self.near
        )  # fmt: skip

    def within(self, node: object, before: str, after: bool) -> Taint:
        """Embedded in a longer string."""
        if not before and not after:
            return self.same_as(node)
        text = before + self.before
        return Taint(
            self.origin, self.path, (*self.ids[-9:], node), 1, text[:_LONGEST], self.after or after, "", self.guards,
            self.steps, min(self.near + 1, 10),
        )  # fmt: skip

    def free_standing(self, node: object) -> Taint:
        """A word of a string that was split: whatever stood around it is gone."""
        return Taint(self.origin, self.path, (*self.ids[-9:], node), 1, "", False, "", self.guards, self.steps)

    def with_step(self, message: str, spot: Spot) -> Taint:
        return Taint(
            self.origin, self.path, self.ids, self.same, self.before, self.after, self.aspect, self.guards,
            Step(message, spot, self.steps), self.near,
        )  # fmt: skip

    def under(self, guards: Guards) -> Taint:
        """The same with these guards."""
        return Taint(
            self.origin, self.path, self.ids, self.same, self.before, self.after, self.aspect, guards, self.steps, self.near
        )  # fmt: skip


# ---------------------------------------------------------------- what else a value may be


class Const:
    """One of these constants."""

    __slots__ = ("values",)

    def __init__(self, values: tuple[object, ...]) -> None:
        self.values = values


class Seq:
    """A list, tuple, set or array: the ``items`` it begins with, then any number of ``rest`` (``None``: no more).

    ``ended``: "--" was put in before whatever is put in next. ``option``: the last thing put in looks like an option,
    which may take what follows as its value.
    """

    __slots__ = ("ended", "items", "option", "rest")

    def __init__(
        self, items: tuple[Value, ...], rest: Value | None = None, ended: bool = False, option: str = ""
    ) -> None:
        self.items = items
        self.rest = rest
        self.ended = ended
        self.option = option

    @property
    def any(self) -> Value:
        """Any item of it."""
        found = self.rest or UNKNOWN
        for item in self.items:
            found = joined(found, item) if found is not UNKNOWN else item
        return found


class Rec:
    """A dictionary or object: known entries, and any number of others (``rest``, ``None``: no others)."""

    __slots__ = ("fields", "rest")

    def __init__(self, fields: dict[str, Value], rest: Value | None = None) -> None:
        self.fields = fields
        self.rest = rest


class Func:
    """A function of the project: ``bound`` is what it is called on, ``around`` the variables where it was made,
    ``given`` arguments it already has (`functools.partial`)."""

    __slots__ = ("around", "bound", "function", "given", "scope")

    def __init__(
        self,
        function: Function,
        scope: Scope,
        bound: Value | None = None,
        around: dict[str, Value] | None = None,
        given: tuple[tuple[str | None, Value, Expr | None], ...] = (),
    ) -> None:
        self.function = function
        self.scope = scope
        self.bound = bound
        self.around = around
        self.given = given


class Cls:
    """A class of the project."""

    __slots__ = ("cls", "scope")

    def __init__(self, cls: Class, scope: Scope) -> None:
        self.cls = cls
        self.scope = scope


class Obj:
    """An instance of a class of the project, with what is known of its fields beyond the class itself."""

    __slots__ = ("cls", "fields", "scope")

    def __init__(self, cls: Class, scope: Scope, fields: dict[str, Value]) -> None:
        self.cls = cls
        self.scope = scope
        self.fields = fields


class Space:
    """A file of the project as a value: ``import * as tools``."""

    __slots__ = ("scope",)

    def __init__(self, scope: Scope) -> None:
        self.scope = scope


class Any:
    """One of these."""

    __slots__ = ("shapes",)

    def __init__(self, shapes: tuple[Shape, ...]) -> None:
        self.shapes = shapes


Shape = Union[Const, Seq, Rec, Func, Cls, Obj, Space, Any]


class Value:
    """``name``: dotted name of something from outside the project (a module, function, or an instance as its class).

    ``yes`` and ``no``: what else holds where the value is found to be true, or false. ``tail``: the last character of
    the text, where it is known to be a path separator.
    """

    __slots__ = ("name", "no", "shape", "tail", "taints", "yes")

    def __init__(
        self,
        taints: tuple[Taint, ...] = (),
        shape: Shape | None = None,
        name: str = "",
        yes: Facts | None = None,
        no: Facts | None = None,
        tail: str = "",
    ) -> None:
        self.taints = taints
        self.shape = shape
        self.name = name
        self.yes = yes
        self.no = no
        self.tail = tail

    def __repr__(self) -> str:
        return f"Value({self.taints}, {self.shape and type(self.shape).__name__}, {self.name!r})"

    @property
    def constants(self) -> tuple[object, ...] | None:
        """What it can only be; ``None`` where that is not known."""
        return self.shape.values if type(self.shape) is Const and not self.taints else None

    @property
    def string(self) -> str | None:
        """The one string it can only be."""
        if type(self.shape) is Const and not self.taints and len(self.shape.values) == 1:
            value = self.shape.values[0]
            return value if type(value) is str else None
        return None


UNKNOWN = Value()
NONE = Value((), Const((None,)))
TRUE = Value((), Const((True,)))
FALSE = Value((), Const((False,)))


def constant(value: object) -> Value:
    return Value((), Const((value,)))


def named(name: str) -> Value:
    return Value((), None, name)


# ---------------------------------------------------------------- joins

_MOST_TAINTS = 24


def merged(a: tuple[Taint, ...], b: tuple[Taint, ...]) -> tuple[Taint, ...]:
    """The taints of either; alike ones once, with what holds of both."""
    if a is b or not b:
        return a
    if not a:
        return b
    found = list(a)
    for taint in b:
        for i, other in enumerate(found):
            if other is taint:
                break
            one = _one_of(other, taint)
            if one is not None:
                found[i] = one
                break
        else:
            if len(found) < _MOST_TAINTS:
                found.append(taint)
    if len(found) > _MOST_FORMS:
        _collapse(found)
    return tuple(found)


_MOST_FORMS = 3  # of one choice in one value: more are taken as one of which only the common part is known


def _collapse(taints: list[Taint]) -> None:
    groups: dict[object, list[Taint]] = {}
    for taint in taints:
        groups.setdefault((taint.origin, taint.path, taint.aspect), []).append(taint)
    for group in groups.values():
        if len(group) <= _MOST_FORMS:
            continue
        first = group[0]
        common = 0
        for ids in zip(*(t.ids for t in group)):
            if any(i != ids[0] for i in ids):
                break
            common += 1
        guards = first.guards
        for taint in group[1:]:
            guards = either(guards, taint.guards)
        behind = [len(t.ids) - common for t in group]
        same = all(t.same > n for t, n in zip(group, behind))
        near = all(t.near > n for t, n in zip(group, behind))
        ids = (*first.ids[:common], ("either", frozenset(t.ids[-1] for t in group)))
        least = min(group, key=lambda t: (bool(t.before), t.after))
        one = Taint(
            first.origin, first.path, ids, 2 if same and common else 1, least.before, least.after, first.aspect, guards,
            first.steps, min(t.near - n for t, n in zip(group, behind)) + 1 if near and common else 1,
        )  # fmt: skip
        taints[taints.index(first)] = one
        for taint in group[1:]:
            taints.remove(taint)


def _one_of(a: Taint, b: Taint) -> Taint | None:
    """The one that stands for both, where one is an earlier form of the other; ``None`` where they differ."""
    if (
        a.origin is not b.origin
        or a.path != b.path
        or a.before != b.before
        or a.after != b.after
        or a.aspect != b.aspect
    ):
        return None
    if a.ids == b.ids:
        later = a
    elif len(a.ids) < len(b.ids) and b.ids[: len(a.ids)] == a.ids:
        later = b
    elif len(b.ids) < len(a.ids) and a.ids[: len(b.ids)] == b.ids:
        later = a
    else:
        return None
    return later if a.guards == b.guards else later.under(either(a.guards, b.guards))


def once(taints: tuple[Taint, ...]) -> tuple[Taint, ...]:
    """One taint for each choice in a text that was just put together: the first, with what holds of all of them."""
    if len(taints) < 2:
        return taints
    found: dict[object, Taint] = {}
    for taint in taints:
        key = (taint.origin, taint.path)
        other = found.get(key)
        if other is None:
            found[key] = taint
        elif other.guards != taint.guards:
            found[key] = other.under(either(other.guards, taint.guards))
    return tuple(found.values())


def joined(a: Value, b: Value) -> Value:
    """What is either ``a`` or ``b``."""
    if a is b:
        return a
    shape = a.shape if a.shape is b.shape else joined_shapes(a, b)
    name = a.name if a.name == b.name else a.name or b.name
    yes = no = None
    if a.yes is not None and b.yes is not None:
        yes = _weaker(a.yes, b.yes)
    if a.no is not None and b.no is not None:
        no = _weaker(a.no, b.no)
    # ``base.endswith(sep) ? base : base + sep`` ends in one either way.
    return Value(merged(a.taints, b.taints), shape, name, yes, no, a.tail or b.tail)


def _weaker(a: Facts, b: Facts) -> Facts | None:
    found = {key: either(guards, b[key]) for key, guards in a.items() if key in b}
    return {key: guards for key, guards in found.items() if guards != FREE} or None


def joined_shapes(a: Value, b: Value) -> Shape | None:
    x, y = a.shape, b.shape
    if type(x) is Const and type(y) is Const:
        values = (
            *x.values,
            *(v for v in y.values if not any(v is w or (type(v) is type(w) and v == w) for w in x.values)),
        )
        return Const(values) if len(values) <= 8 else None
    if x is None or y is None:
        # Something not known at all beside a constant is not known; a structure stays worth looking at.
        other, alone = (x, b) if y is None else (y, a)
        if type(other) is Const and not alone.taints and not alone.name:
            return None
        return other
    if type(x) is Seq and type(y) is Seq:
        return _joined_lists(x, y)
    if type(x) is Rec and type(y) is Rec:
        fields = dict(x.fields)
        for name, value in y.fields.items():
            fields[name] = joined(fields[name], value) if name in fields else value
        rest = x.rest if y.rest is None else y.rest if x.rest is None else joined(x.rest, y.rest)
        return Rec(fields, rest)
    if type(x) is Obj and type(y) is Obj and x.cls is y.cls:
        if x.fields is y.fields:
            return x
        names = x.fields.keys() & y.fields.keys()
        fields = {name: joined(x.fields[name], y.fields[name]) for name in names}
        fields.update({name: v for f in (x.fields, y.fields) for name, v in f.items() if name not in names})
        return Obj(x.cls, x.scope, fields)
    if type(x) is Func and type(y) is Func and x.function is y.function:
        return x
    if type(x) is Const:
        return y
    if type(y) is Const:
        return x
    if type(x) in _CHOICES and type(y) in _CHOICES:
        shapes = (*_shapes(x), *(s for s in _shapes(y)))
        return Any(shapes[:8])
    return x


_CHOICES = (Func, Cls, Obj, Any, Space)


def _shapes(shape: Shape) -> tuple[Shape, ...]:
    return shape.shapes if type(shape) is Any else (shape,)


def _joined_lists(x: Seq, y: Seq) -> Seq:
    if len(x.items) == len(y.items):
        items = tuple(joined(a, b) for a, b in zip(x.items, y.items))
        rest = x.rest if y.rest is None else y.rest if x.rest is None else joined(x.rest, y.rest)
        return Seq(items, rest, x.ended and y.ended, x.option if x.option == y.option else "")
    common = min(len(x.items), len(y.items))
    items = tuple(joined(a, b) for a, b in zip(x.items[:common], y.items[:common]))
    rest = None
    for value in (*x.items[common:], *y.items[common:], x.rest, y.rest):
        if value is not None:
            rest = value if rest is None else joined(rest, value)
    return Seq(items, rest, x.ended and y.ended, x.option if x.option == y.option else "")


def all_taints(value: Value, depth: int = 0) -> tuple[Taint, ...]:
    """The taints of a value and of everything in it."""
    taints, shape = value.taints, value.shape
    if shape is None or depth > 3 or type(shape) is Const:
        return taints
    if type(shape) is Seq:
        for item in shape.items:
            taints = merged(taints, all_taints(item, depth + 1))
        if shape.rest is not None:
            taints = merged(taints, all_taints(shape.rest, depth + 1))
    elif type(shape) is Rec or type(shape) is Obj:
        for item in shape.fields.values():
            taints = merged(taints, all_taints(item, depth + 1))
        if type(shape) is Rec and shape.rest is not None:
            taints = merged(taints, all_taints(shape.rest, depth + 1))
    return taints
