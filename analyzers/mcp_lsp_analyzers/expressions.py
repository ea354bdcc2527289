"""Expressions of `code`: what a value is made of, in no particular language. See the top of `code`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Union

from .record import dataclass, field

if TYPE_CHECKING:
    from .code import Class, Function


@dataclass(slots=True, eq=False)
class Name:
    start: int
    end: int
    id: str  # Python's ``self`` and JavaScript's ``this`` are both the name "self"


@dataclass(slots=True, eq=False)
class Str:
    """A string literal without holes. ``pieces``: (start, end) in the value, (start, end) in the unit, each mapping
    one run of the value to its source; equally long runs map character for character."""

    start: int
    end: int
    value: str
    pieces: tuple[tuple[int, int, int, int], ...] = ()
    bytes: bool = False


@dataclass(slots=True, eq=False)
class Const:
    """A number, boolean, ``None``/``null``/``undefined`` (all ``None``), or ``...``. See also `Regex`."""

    start: int
    end: int
    value: object


@dataclass(slots=True, eq=False)
class Regex:
    start: int
    end: int
    pattern: str
    flags: str = ""


@dataclass(slots=True, eq=False)
class Join:
    """A string put together from parts: f-string, template literal, adjacent literals. Literal runs are `Str`."""

    start: int
    end: int
    parts: list[Expr]
    tag: Expr | None = None  # tagged template: sql`...`


@dataclass(slots=True, eq=False)
class Attr:
    start: int
    end: int
    value: Expr
    name: str
    name_start: int


@dataclass(slots=True, eq=False)
class Index:
    start: int
    end: int
    value: Expr
    index: Expr  # a slice is `Opaque` with its bounds


@dataclass(slots=True, eq=False)
class Arg:
    """``name`` for keyword arguments; ``spread`` is "" or "*" or "**"."""

    start: int
    end: int
    value: Expr
    name: str | None = None
    spread: str = ""


@dataclass(slots=True, eq=False)
class Call:
    start: int
    end: int
    callee: Expr
    args: list[Arg]
    new: bool = False

    def keyword(self, name: str) -> Expr | None:
        for arg in self.args:
            if arg.name == name:
                return arg.value
        return None

    def positional(self, i: int) -> Expr | None:
        """The i-th positional argument, ``None`` if absent or behind a spread."""
        seen = 0
        for arg in self.args:
            if arg.name is not None:
                continue
            if arg.spread:
                return None
            if seen == i:
                return arg.value
            seen += 1
        return None


@dataclass(slots=True, eq=False)
class Binary:
    """Arithmetic and string operators: ``+ - * / // % ** << >> & | ^ @``; Python's ``|`` in annotations too."""

    start: int
    end: int
    op: str
    left: Expr
    right: Expr


@dataclass(slots=True, eq=False)
class Compare:
    """``== != < <= > >= in "not in" is "is not" instanceof``; JavaScript's ``===`` is ``==``; a chain is a `Logic`."""

    start: int
    end: int
    op: str
    left: Expr
    right: Expr


@dataclass(slots=True, eq=False)
class Logic:
    """``and``, ``or``, ``??``."""

    start: int
    end: int
    op: str
    left: Expr
    right: Expr


@dataclass(slots=True, eq=False)
class Not:
    start: int
    end: int
    value: Expr


@dataclass(slots=True, eq=False)
class Choice:
    """``a if test else b`` and ``test ? a : b``."""

    start: int
    end: int
    test: Expr
    then: Expr
    otherwise: Expr


@dataclass(slots=True, eq=False)
class Items:
    """``kind``: "list" (JavaScript arrays too), "tuple", "set". Also a destructuring target."""

    start: int
    end: int
    kind: str
    items: list[Expr]


@dataclass(slots=True, eq=False)
class Pair:
    """``key`` is ``None`` for a spread (``**x``, ``...x``). A shorthand ``{a}`` has key `Str` and value `Name`."""

    start: int
    end: int
    key: Expr | None
    value: Expr


@dataclass(slots=True, eq=False)
class Dict:
    """A dictionary or object literal; also a destructuring target (``{a: b = 1}``: value is `Default`)."""

    start: int
    end: int
    pairs: list[Pair]

    def get(self, name: str) -> Expr | None:
        for pair in self.pairs:
            if isinstance(pair.key, Str) and pair.key.value == name:
                return pair.value
        return None


@dataclass(slots=True, eq=False)
class Default:
    """A destructuring target with a default: ``{a = 1}``, ``[a = 1]``."""

    start: int
    end: int
    target: Expr
    value: Expr


@dataclass(slots=True, eq=False)
class Spread:
    start: int
    end: int
    value: Expr


@dataclass(slots=True, eq=False)
class Await:
    start: int
    end: int
    value: Expr


@dataclass(slots=True, eq=False)
class Yield:
    start: int
    end: int
    value: Expr | None


@dataclass(slots=True, eq=False)
class Bind:
    """An assignment used as an expression: ``(x := v)``, ``x = v`` inside a JavaScript expression."""

    start: int
    end: int
    target: Expr
    value: Expr


@dataclass(slots=True, eq=False)
class Lambda:
    """A function used as a value: lambda, arrow function, function expression, method of an object literal."""

    start: int
    end: int
    function: Function


@dataclass(slots=True, eq=False)
class ClassValue:
    """A class used as a value (JavaScript)."""

    start: int
    end: int
    cls: Class


@dataclass(slots=True, eq=False)
class Comprehension:
    """``element`` is a `Pair` for dictionaries. Each clause is (target, iterable, conditions)."""

    start: int
    end: int
    kind: str
    element: Expr | Pair
    clauses: list[tuple[Expr, Expr, list[Expr]]]


@dataclass(slots=True, eq=False)
class Opaque:
    """Anything else, with the expressions inside it; ``kind`` is the grammar's word, for debugging only."""

    start: int
    end: int
    kind: str
    inside: list[Expr] = field(default_factory=list)


Expr = Union[
    Name, Str, Const, Regex, Join, Attr, Index, Call, Binary, Compare, Logic, Not, Choice, Items, Dict, Default, Spread,
    Await, Yield, Bind, Lambda, ClassValue, Comprehension, Opaque,
]  # fmt: skip


def spelled(expr: Expr) -> str:
    """A name with dots as it is written: "os.environ"; "" for other expressions."""
    if isinstance(expr, Name):
        return expr.id
    if isinstance(expr, Attr):
        base = spelled(expr.value)
        return f"{base}.{expr.name}" if base else ""
    return ""


def last_name(node: object) -> str:
    """What a name, with or without dots, ends with: "environ" for `os.environ`; "" for what is neither."""
    return node.name if isinstance(node, Attr) else node.id if isinstance(node, Name) else ""
