"""What a handler gives back: its ``return`` statements, as far as their form says."""

from __future__ import annotations

from typing import cast

from mcp_lsp_analyzers.code import (
    Assign,
    Attr,
    Await,
    Binary,
    Block,
    Call,
    Choice,
    Const,
    Dict,
    Expr,
    Function,
    If,
    Items,
    Join,
    Loop,
    Match,
    Name,
    Nested,
    Return,
    Stmt,
    Str,
    Try,
    Unit,
    With,
)  # fmt: skip
from mcp_lsp_analyzers.flow import Answer
from mcp_lsp_analyzers.place import Span

Form = tuple[str, str, tuple[str, ...]]

_UNNAMED = "…"


def answers(function: Function) -> tuple[Answer, ...]:
    """Every ``return`` of the function itself, in order. Kept for the function of a declaration that was asked last: it
    may be the one that answers for all tools."""
    known = cast("tuple[Function, tuple[Answer, ...]] | None", function.unit.kept.get("returned"))
    if known is None or known[0] is not function:
        found: list[Answer] = []
        _returns(function.body, function.unit, "", {}, found)
        known = function.unit.kept["returned"] = function, tuple(found)
    return known[1]


def _returns(statements: list[Stmt], unit: Unit, caught: str, known: dict[str, Expr], found: list[Answer]) -> None:
    """Every ``return`` in order, with what each name was last given on the way there. ``caught``: what the exception is
    called that was caught, or "" where none was."""
    for s in statements:
        kind = type(s)
        if kind is Return:
            value = s.value  # type: ignore[union-attr]
            if value is not None:
                spans = Span(s.start, s.end), Span(value.start, value.end)
                answer, text, keys = _form(value, known, caught, 0)
                found.append(Answer(answer, unit, *spans, text, keys, bool(caught)))
        elif kind is Assign:
            assert isinstance(s, Assign)
            if type(s.target) is Name and s.value is not None and not s.op:
                known[s.target.id] = s.value
        elif kind is If:
            assert isinstance(s, If)
            _returns(s.then, unit, caught, known, found)
            _returns(s.otherwise, unit, caught, known, found)
        elif kind is Try:
            assert isinstance(s, Try)
            _returns(s.body, unit, caught, known, found)
            for catch in s.catches:
                name = catch.target.id if type(catch.target) is Name else _UNNAMED
                _returns(catch.body, unit, name, known, found)
            _returns(s.otherwise, unit, caught, known, found)
            _returns(s.last, unit, caught, known, found)
        elif kind is Loop:
            assert isinstance(s, Loop)
            _returns(s.body, unit, caught, known, found)
            _returns(s.otherwise, unit, caught, known, found)
        elif kind is With or kind is Block:
            assert isinstance(s, (With, Block))
            _returns(s.body, unit, caught, known, found)
        elif kind is Match:
            assert isinstance(s, Match)
            for case in s.cases:
                _returns(case.body, unit, caught, known, found)
        elif kind is Nested:
            assert isinstance(s, Nested)
            _returns(s.unit.statements, s.unit, caught, known, found)


def _form(value: Expr, known: dict[str, Expr], caught: str, depth: int) -> Form:
    if isinstance(value, Await):
        value = value.value
    if isinstance(value, Name) and value.id in known and depth < 3:
        return _form(known[value.id], known, caught, depth + 1)
    text = _text(value, known, caught)
    if text is not None:
        return "text", text, ()
    if isinstance(value, Dict):
        keys = tuple(pair.key.value if isinstance(pair.key, Str) else "*" for pair in value.pairs)
        inner = _content(value.get("content"), known, caught)
        flag = value.get("isError") or value.get("is_error")
        if isinstance(flag, Const) and flag.value is True:
            return "error", inner, keys
        return "object", inner, keys
    if isinstance(value, Items) and value.items:
        inner = _content(value, known, caught)
        return ("text", inner, ()) if inner else ("other", "", ())
    if isinstance(value, Call):
        flag = value.keyword("isError") or value.keyword("is_error")
        if isinstance(flag, Const) and flag.value is True:
            return "error", _content(value.keyword("content"), known, caught), ()
        given = value.keyword("text")
        said = _text(given, known, caught) if given is not None else None
        return ("text", said, ()) if said is not None else ("other", "", ())
    return "other", "", ()


def _content(value: Expr | None, known: dict[str, Expr], caught: str) -> str:
    """The text of the first block of a list of content blocks."""
    if isinstance(value, Items) and value.items:
        value = value.items[0]
    given: Expr | None = None
    if isinstance(value, Dict):
        given = value.get("text")
    elif isinstance(value, Call):
        given = value.keyword("text")
    return (_text(given, known, caught) if given is not None else None) or ""


def _text(value: Expr, known: dict[str, Expr], caught: str) -> str | None:
    """A string as far as it is written out, "{}" for what is not, and "{error}" for what an exception says."""
    if isinstance(value, Str):
        return value.value
    if caught and _of_exception(value, known, caught):
        return "{error}"
    if isinstance(value, Join):
        return "".join(
            part.value if isinstance(part, Str) else "{error}" if _of_exception(part, known, caught) else "{}"
            for part in value.parts
        )
    if isinstance(value, Binary) and value.op == "+":
        left, right = _text(value.left, known, caught), _text(value.right, known, caught)
        if left is None and right is None:
            return None
        return (left if left is not None else "{}") + (right if right is not None else "{}")
    return None


_SAYING = frozenset(("str", "repr", "String"))


def _of_exception(value: Expr, known: dict[str, Expr], caught: str, depth: int = 0) -> bool:
    """Whether it is the text of the exception that was caught: ``str(e)``, ``e.message``, ``e instanceof Error ?
    e.message : String(e)``, or a name for one of these."""
    if not caught or depth > 3:
        return False
    if isinstance(value, Name):
        given = known.get(value.id)
        return value.id == caught or (given is not None and _of_exception(given, known, caught, depth + 1))
    if isinstance(value, Attr):
        return value.name in ("message", "stack") and _of_exception(value.value, known, caught, depth + 1)
    if isinstance(value, Choice):
        return all(_of_exception(one, known, caught, depth + 1) for one in (value.then, value.otherwise))
    if isinstance(value, Call) and isinstance(value.callee, Name):
        return value.callee.id in _SAYING and any(
            _of_exception(arg.value, known, caught, depth + 1) for arg in value.args[:1]
        )
    return False
