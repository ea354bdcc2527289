"""What is known of a value while a function is read: which choices of a model are in it, and what else it may be.

Everything here is immutable once made. A `Value` joins what may reach one expression on different paths.
"""

from __future__ import annotations

import functools
from typing import Union

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import Class, Expr, Function
from mcp_lsp_analyzers.scope import Scope

from .guards import Facts, common
from .patterns import Pattern
from .taints import Taint, merged


class Const:
    """One of these constants."""

    __slots__ = ("values",)

    def __init__(self, values: tuple[object, ...]) -> None:
        self.values = values


class Besides:
    """Any text but these: the name of a tool that is none of those known, a text that is never empty."""

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
    """A dictionary or object: known entries, and any number of others (``rest``, ``None``: no others). ``perhaps``:
    entries that one of several such has, and another has not."""

    __slots__ = ("fields", "perhaps", "rest")

    def __init__(
        self, fields: dict[str, Value], rest: Value | None = None, perhaps: frozenset[str] = frozenset()
    ) -> None:
        self.fields = fields
        self.rest = rest
        self.perhaps = perhaps


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


class Checks:
    """A schema: the ``inner`` shape it describes, and functions of the project that a value is held to besides, each
    with how ("refine", "superRefine", "transform")."""

    __slots__ = ("each", "inner")

    def __init__(self, inner: Shape | None, each: tuple[tuple[str, Func], ...]) -> None:
        self.inner = inner
        self.each = each


class Any:
    """One of these."""

    __slots__ = ("shapes",)

    def __init__(self, shapes: tuple[Shape, ...]) -> None:
        self.shapes = shapes


Shape = Union[Const, Besides, Seq, Rec, Func, Cls, Obj, Space, Checks, Any]


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

    def called_on(self, base: Value) -> Value:
        """A method of an object that is written out, with that as its ``this``: ``{ run() { this.build() } }``."""
        shape = self.shape
        if type(shape) is not Func or shape.bound is not None:
            return self
        function = shape.function
        if function.arrow or function.cls is not None or not inside.says_this(function):
            return self
        on = Func(function, shape.scope, base, shape.around, shape.given)
        return Value(self.taints, on, self.name, self.yes, self.no, self.tail)


UNKNOWN = Value()


NONE = Value((), Const((None,)))

SAID = Besides(("", None))
"""A text of which some of the words are fixed."""


def constant(value: object) -> Value:
    return Value((), Const((value,)))


_STRINGS: dict[str, Value] = {}


def string(text: str) -> Value:
    """A string literal: one value for each text, because the same ones stand everywhere."""
    found = _STRINGS.get(text)
    if found is None:
        if len(_STRINGS) > 20_000:
            _STRINGS.clear()
        found = _STRINGS[text] = Value((), Const((text,)))
    return found


@functools.lru_cache(maxsize=8192)
def named(name: str) -> Value:
    """Something from outside the project, of which only the name is known."""
    return Value((), None, name)


def joined(a: Value, b: Value) -> Value:
    """What is either ``a`` or ``b``."""
    if a is b:
        return a
    shape = a.shape if a.shape is b.shape else joined_shapes(a, b)
    name = a.name if a.name == b.name else a.name or b.name
    yes = no = None
    if a.yes is not None and b.yes is not None:
        yes = common(a.yes, b.yes) or None
    if a.no is not None and b.no is not None:
        no = common(a.no, b.no) or None
    # ``base.endswith(sep) ? base : base + sep`` ends in one either way.
    return Value(merged(a.taints, b.taints), shape, name, yes, no, a.tail or b.tail)


def joined_shapes(a: Value, b: Value) -> Shape | None:
    x, y = a.shape, b.shape
    if type(x) is Const and type(y) is Const:
        values = (
            *x.values,
            *(v for v in y.values if not any(v is w or (type(v) is type(w) and v == w) for w in x.values)),
        )
        # A table of expressions may be long (an address is compared with each of the reserved ranges), and so may one
        # of the characters that a shell acts on.
        return Const(values) if len(values) <= 8 or (len(values) <= 40 and all(map(_small, values))) else None
    if type(x) is Besides or type(y) is Besides:
        if type(x) is Besides and type(y) is Besides:
            both = tuple(v for v in x.values if v in y.values)
            return Besides(both) if both else None
        other = y if type(x) is Besides else x
        return None if type(other) is Const else other
    if x is None or y is None:
        # Something not known at all beside a constant is not known; a structure stays worth looking at.
        other, alone = (x, b) if y is None else (y, a)
        if type(other) is Const and not alone.taints and not alone.name:
            return None
        return other
    if type(x) is Seq and type(y) is Seq:
        return _joined_lists(x, y)
    if type(x) is Rec and type(y) is Rec:
        fields = {**x.fields, **y.fields}
        only = x.fields.keys() ^ y.fields.keys()
        for name, value in fields.items():
            fields[name] = perhaps(value) if name in only else joined(x.fields[name], value)
        rest = x.rest if y.rest is None else y.rest if x.rest is None else joined(x.rest, y.rest)
        return Rec(fields, rest, x.perhaps | y.perhaps | only)
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
        return Any(shapes[:_MOST_SHAPES])
    return x


PERHAPS = "\0perhaps"
"""The name of a value that may as well be none, or another one."""


def perhaps(value: Value) -> Value:
    """A value of which it is not known whether it is true."""
    text = value.shape is None and bool(value.taints) and all(taint.before for taint in value.taints)
    if value.name or not (text or type(value.shape) is Const):
        return value
    return Value(value.taints, value.shape, PERHAPS, value.yes, value.no, value.tail)


def switch(value: Value) -> bool:
    """Whether a value is nothing but true, false or empty."""
    shape = value.shape
    return type(shape) is Const and not value.taints and all(not one or one is True for one in shape.values)


def _small(value: object) -> bool:
    return isinstance(value, Pattern) or (isinstance(value, str) and len(value) <= 3)


_CHOICES = (Func, Cls, Obj, Any, Space)
_MOST_SHAPES = 40  # a server's tools answered by one function each, in one table


def _shapes(shape: Shape) -> tuple[Shape, ...]:
    return shape.shapes if type(shape) is Any else (shape,)


def _joined_lists(x: Seq, y: Seq) -> Seq:
    if len(x.items) == len(y.items):
        items = tuple(joined(a, b) for a, b in zip(x.items, y.items, strict=True))
        rest = x.rest if y.rest is None else y.rest if x.rest is None else joined(x.rest, y.rest)
        return Seq(items, rest, x.ended and y.ended, x.option if x.option == y.option else "")
    common = min(len(x.items), len(y.items))
    items = tuple(joined(a, b) for a, b in zip(x.items[:common], y.items[:common], strict=True))
    rest = None
    for value in (*x.items[common:], *y.items[common:], x.rest, y.rest):
        if value is not None:
            rest = value if rest is None else joined(rest, value)
    return Seq(items, rest, x.ended and y.ended, x.option if x.option == y.option else "")


def some(value: Value) -> Value:
    """An item of a list from which others were left out."""
    return Value(
        tuple(taint.some() for taint in value.taints), value.shape, value.name, value.yes, value.no, value.tail
    )


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
