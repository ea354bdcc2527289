"""JSON out of expressions: what a literal of either language is on the wire, through names, spreads and sums.

How names are looked up is the language's matter (`Sight`); what a dictionary, list or number becomes is the same in
all.
"""

from __future__ import annotations

from typing import Any, Protocol

from mcp_lsp_analyzers.code import (
    Binary,
    Call,
    Const,
    Dict,
    Expr,
    Items,
    Join,
    Lambda,
    Logic,
    Name,
    Not,
    Opaque,
    Spread,
    Str,
)
from mcp_lsp_analyzers.definition import Missing

DEEPEST = 60
"""Values inside values; deeper ones refer to themselves."""

RUN_TIME = "it is computed at run time"


class Sight(Protocol):
    """Where an expression stands, and so what the names in it mean."""

    def behind(self, expr: Expr) -> tuple[Expr, Sight]:
        """What an expression is made of behind names, members and simple calls, and where that stands; the expression
        itself where nothing more is known."""
        ...

    def called(self, call: Call) -> object:
        """The JSON that a call gives, where the language knows it, else `Missing`."""
        ...


def json(expr: Expr, sight: Sight, depth: int = 0) -> Any:
    """The value of an expression, with `Missing` where it is not known. ``undefined`` of JavaScript is ``None``."""
    if depth > DEEPEST:
        return Missing("it refers to itself")
    value, home = sight.behind(expr)
    if isinstance(value, Str):
        return Missing("bytes are no JSON") if value.bytes else value.value
    if isinstance(value, Const):
        return _constant(value.value)
    if isinstance(value, Dict):
        return _object(value, home, depth)
    if isinstance(value, Items):
        return _list(value, home, depth)
    if isinstance(value, Join):
        return _text([json(part, home, depth + 1) for part in value.parts]) if value.tag is None else _why(value)
    if isinstance(value, Binary):
        return _sum(value, home, depth)
    if isinstance(value, Call):
        return home.called(value)
    if isinstance(value, Not):
        inner = json(value.value, home, depth + 1)
        return not inner if isinstance(inner, bool) else inner if isinstance(inner, Missing) else Missing(RUN_TIME)
    return _why(value)


def _constant(value: object) -> Any:
    if value is ...:
        return Missing("... is no JSON")
    if isinstance(value, (bool, int, float, str)) or value is None:
        return value
    return Missing("it is no JSON")


def _object(value: Dict, sight: Sight, depth: int) -> Any:
    made: dict[str, Any] = {}
    for pair in value.pairs:
        if pair.key is None:
            inner = json(pair.value, sight, depth + 1)
            if isinstance(inner, dict):
                made.update(inner)
            else:
                made["*"] = inner if isinstance(inner, Missing) else Missing(RUN_TIME)
            continue
        key = json(pair.key, sight, depth + 1)
        if isinstance(key, (int, float)) and not isinstance(key, bool):
            key = str(key)
        if isinstance(key, str):
            made[key] = json(pair.value, sight, depth + 1)
        else:
            made["*"] = Missing("a key is computed at run time")
    return made


def _list(value: Items, sight: Sight, depth: int) -> Any:
    made: list[Any] = []
    for item in value.items:
        if isinstance(item, Spread):
            inner = json(item.value, sight, depth + 1)
            if not isinstance(inner, list):
                return Missing(RUN_TIME)
            made += inner
        else:
            made.append(json(item, sight, depth + 1))
    return made


def _text(parts: list[Any]) -> Any:
    """A string put together; what is no string in it is written as both languages write it."""
    for part in parts:
        if isinstance(part, Missing):
            return part
        if isinstance(part, bool) or not isinstance(part, (str, int)):
            return Missing("how a part of it is written is only known at run time")
    return "".join(map(str, parts))


def _sum(value: Binary, sight: Sight, depth: int) -> Any:
    left, right = json(value.left, sight, depth + 1), json(value.right, sight, depth + 1)
    for side in (left, right):
        if isinstance(side, Missing):
            return side
    if value.op == "|" and isinstance(left, dict) and isinstance(right, dict):
        return {**left, **right}
    if value.op == "+" and type(left) is type(right) and isinstance(left, (str, list)):
        return left + right
    numbers = all(isinstance(side, (int, float)) and not isinstance(side, bool) for side in (left, right))
    return _number(value.op, left, right) if numbers else Missing(RUN_TIME)


def _number(op: str, left: Any, right: Any) -> Any:
    # Sizes are written like this: 10 * 1024 * 1024. Numbers beyond these are no sizes and could take long.
    if op == "+":
        return left + right
    if op == "-":
        return left - right
    if op == "*" and abs(left) < 1e18 and abs(right) < 1e18:
        return left * right
    if op == "**" and isinstance(left, int) and 0 <= left <= 1024 and right in range(64):
        return left**right
    return Missing(RUN_TIME)


def _why(expr: Expr) -> Missing:
    if isinstance(expr, Name):
        return Missing(f"`{expr.id}` is only known at run time")
    if isinstance(expr, Logic):
        return Missing("it depends on a condition")
    if isinstance(expr, (Lambda, Opaque)):
        return Missing("it is no JSON")
    return Missing(RUN_TIME)
