"""What a source file does, in no particular language: the form into which readers lower Python and TypeScript.

Expressions and statements carry ``start`` and ``end``: code points relative to the anchor of the `Unit` in which they
stand. They are plain slotted objects (thousands are made for one edit), compared by identity, and never changed once a
reader has handed them out.

What is deliberately absent: types of other languages' syntax trees, comments, white space, parentheses. What a reader
does not understand becomes `Opaque` with the expressions inside it, so that nothing is lost around a syntax error.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from .expressions import (
    Arg,
    Attr,
    Await,
    Binary,
    Bind,
    Call,
    Choice,
    ClassValue,
    Compare,
    Comprehension,
    Const,
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
)  # fmt: skip
from .place import Anchor, Place, Span
from .record import dataclass, field

# ---------------------------------------------------------------- statements


@dataclass(slots=True, eq=False)
class Assign:
    """``op`` is "" for ``=``, else "+" and so on. ``value`` is ``None`` for a declaration without a value.
    ``x = y = v`` is two statements. ``constant``: declared ``const`` (JavaScript)."""

    start: int
    end: int
    target: Expr
    value: Expr | None
    op: str = ""
    annotation: Expr | None = None
    constant: bool = False


@dataclass(slots=True, eq=False)
class Do:
    """An expression evaluated for its effect."""

    start: int
    end: int
    value: Expr


@dataclass(slots=True, eq=False)
class Return:
    start: int
    end: int
    value: Expr | None


@dataclass(slots=True, eq=False)
class Raise:
    """``raise`` and ``throw``."""

    start: int
    end: int
    value: Expr | None


@dataclass(slots=True, eq=False)
class Jump:
    """``break`` or ``continue``."""

    start: int
    end: int
    kind: str


@dataclass(slots=True, eq=False)
class If:
    start: int
    end: int
    test: Expr
    then: list[Stmt]
    otherwise: list[Stmt]


@dataclass(slots=True, eq=False)
class Loop:
    """``for`` has target and iterable (``for..in`` of JavaScript: ``keys`` true), ``while`` has a test; a C-style
    ``for`` puts its initialiser before the loop and its step at the end of the body."""

    start: int
    end: int
    target: Expr | None
    iterable: Expr | None
    test: Expr | None
    body: list[Stmt]
    otherwise: list[Stmt]
    keys: bool = False


@dataclass(slots=True, eq=False)
class Catch:
    """``types`` is ``None`` for a bare ``except:`` and for every JavaScript ``catch``."""

    start: int
    end: int
    types: Expr | None
    target: Expr | None
    body: list[Stmt]


@dataclass(slots=True, eq=False)
class Try:
    start: int
    end: int
    body: list[Stmt]
    catches: list[Catch]
    otherwise: list[Stmt]
    last: list[Stmt]


@dataclass(slots=True, eq=False)
class With:
    start: int
    end: int
    items: list[tuple[Expr, Expr | None]]
    body: list[Stmt]


@dataclass(slots=True, eq=False)
class Case:
    """``patterns``: literals and names compared with the subject; empty means default (or not understood).
    ``captures``: names bound by the pattern. ``guard``: ``case x if test``."""

    start: int
    end: int
    patterns: list[Expr]
    captures: list[Expr]
    guard: Expr | None
    body: list[Stmt]


@dataclass(slots=True, eq=False)
class Match:
    """``match`` and ``switch``. ``falls``: true for ``switch``, where a body without a jump runs into the next."""

    start: int
    end: int
    subject: Expr
    cases: list[Case]
    falls: bool = False


@dataclass(slots=True, eq=False)
class Define:
    start: int
    end: int
    function: Function


@dataclass(slots=True, eq=False)
class DefineClass:
    start: int
    end: int
    cls: Class


@dataclass(slots=True, eq=False)
class DefineType:
    """What only types are made of: an interface or an object type as a class that is never made, any other type as the
    ``value`` it stands for. Its name means something in annotations only."""

    start: int
    end: int
    name: str
    cls: Class | None = None
    value: Expr | None = None


def as_type(name: str) -> str:
    """Under which name a module has what is a type only: one name can mean a type and a value."""
    return f"type {name}"


def heir(name: str) -> str:
    """Under which name a module has the last of its classes that is made of class or interface ``name``."""
    return f"made of {name}"


@dataclass(slots=True, eq=False)
class Import:
    """One bound name. ``import a.b as c``: module "a.b", name None, local "c". ``import a.b``: local "a", module "a".
    ``from .m import n``: module ".m", name "n". TypeScript: module without "node:", name "default", "*" or the
    exported name; ``require("m")`` gives name "*". ``local`` is "*" for ``from m import *``, "" for ``import "m"``."""

    start: int
    end: int
    module: str
    name: str | None
    local: str
    type_only: bool = False


@dataclass(slots=True, eq=False)
class Export:
    """``export { a as b } from "m"``: names are (local or foreign name, exported name); ``export * from``: ("*", "*").
    ``export default expr`` gives ("default" , "default") with ``value``. Exported declarations are also statements of
    their own, with one `Export` after them that names what they bind."""

    start: int
    end: int
    names: list[tuple[str, str]]
    module: str | None = None
    value: Expr | None = None


@dataclass(slots=True, eq=False)
class Nested:
    """A statement of a large container that is read, and kept over edits, as a unit of its own."""

    start: int
    end: int
    unit: Unit


@dataclass(slots=True, eq=False)
class Block:
    """Statements that belong together without a scope of their own: a bare block, and what stands inside an error."""

    start: int
    end: int
    body: list[Stmt]
    broken: bool = False


Stmt = Union[
    Assign, Do, Return, Raise, Jump, If, Loop, Try, With, Match, Define, DefineClass, DefineType, Import,
    Export, Nested, Block,
]  # fmt: skip

# ---------------------------------------------------------------- functions, classes, units


@dataclass(slots=True, eq=False)
class Param:
    """``target`` is a `Name`, or a destructuring pattern in JavaScript. ``kind``: "" , "*", "**", or "/" (positional
    only) or "=" (keyword only)."""

    start: int
    end: int
    target: Expr
    annotation: Expr | None = None
    default: Expr | None = None
    kind: str = ""

    @property
    def name(self) -> str:
        return self.target.id if isinstance(self.target, Name) else ""


@dataclass(slots=True, eq=False)
class Function:
    """``name`` is "" for an anonymous function; ``start``/``end`` cover decorators and body. ``doc`` is the docstring
    (Python) or the JSDoc text of the declaration as a `Str`, never dedented. An arrow function with an expression body
    has one `Return`. ``cls`` is the class whose method it is."""

    start: int
    end: int
    name: str
    name_start: int
    params: list[Param]
    body: list[Stmt]
    unit: Unit
    decorators: list[Expr] = field(default_factory=list)
    returns: Expr | None = None
    doc: Str | Join | None = None
    is_async: bool = False
    is_generator: bool = False
    is_static: bool = False
    cls: Class | None = None
    parent: Function | None = None
    arrow: bool = False

    @property
    def text(self) -> str:
        """As it is written, with its decorators."""
        return self.unit.key[self.start : self.end]


@dataclass(slots=True, eq=False)
class Class:
    """Fields are `Assign` statements in ``body``; JavaScript field initialisers too. ``promises``: what it says that it
    ``implements``. ``only_type``: an interface, of which there is nothing when the program runs."""

    start: int
    end: int
    name: str
    name_start: int
    bases: list[Expr]
    body: list[Stmt]
    unit: Unit
    decorators: list[Expr] = field(default_factory=list)
    keywords: list[Arg] = field(default_factory=list)
    doc: Str | Join | None = None
    parent: Function | None = None
    promises: list[Expr] = field(default_factory=list)
    only_type: bool = False

    def methods(self) -> Iterator[Function]:
        for statement in self.body:
            inner = statement.unit.statements if isinstance(statement, Nested) else (statement,)
            for s in inner:
                if isinstance(s, Define):
                    yield s.function


@dataclass(slots=True, eq=False)
class Unit:
    """A declaration as it is read and kept: a top-level statement (with decorators), or one of a large container.

    ``key`` is its source text: a unit whose text did not change is the same object after an edit, only its anchor has
    moved. ``binds``: the names it defines at module level. ``strings``: every string literal in it (nested units keep
    their own). ``notes``: its comments that mention ``mcp-lsp:`` as (start, end, text). ``broken``: it contains a
    syntax error.
    """

    key: str
    anchor: Anchor
    statements: list[Stmt] = field(default_factory=list)
    binds: tuple[str, ...] = ()
    strings: list[Str] = field(default_factory=list)
    notes: list[tuple[int, int, str]] = field(default_factory=list)
    broken: bool = False
    nested: list[Unit] = field(default_factory=list)
    kept: dict[object, object] = field(default_factory=dict)  # what later stages computed from this unit alone

    def place(self, uri: str, pointer: str, node: Expr | Stmt | Function | Class | Param | Arg | Pair | Span) -> Place:
        return Place(uri, pointer, Span(node.start, node.end), self.anchor)


def flat(statements: list[Stmt]) -> Iterator[tuple[Stmt, Unit | None]]:
    """Statements with nested units and blocks opened; the unit is given where it changes (``None``: the outer one)."""
    for statement in statements:
        if isinstance(statement, Nested):
            for inner, unit in flat(statement.unit.statements):
                yield inner, unit or statement.unit
        elif isinstance(statement, Block):
            yield from flat(statement.body)
        else:
            yield statement, None


def last_of(statements: list[Stmt]) -> Stmt | None:
    """The last statement of a branch, where that is kept as a unit or a block of its own too."""
    last = statements[-1] if statements else None
    if isinstance(last, Nested):
        return last_of(last.unit.statements)
    return last_of(last.body) if isinstance(last, Block) else last


__all__ = [
    "Arg", "Assign", "Attr", "Await", "Binary", "Bind", "Block", "Call", "Case", "Catch", "Choice", "Class",
    "ClassValue", "Compare", "Comprehension", "Const", "Default", "Define", "DefineClass", "DefineType", "Dict", "Do",
    "Export", "Expr", "Function", "If", "Import", "Index", "Items", "Join", "Jump", "Lambda", "Logic", "Loop", "Match",
    "Name", "Nested", "Not", "Opaque", "Pair", "Param", "Raise", "Regex", "Return", "Spread", "Stmt", "Str", "Try",
    "Unit", "With", "Yield", "as_type", "flat", "heir", "last_name", "last_of",
]  # fmt: skip
