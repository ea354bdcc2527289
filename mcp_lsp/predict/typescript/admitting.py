"""Whether a schema of zod 3 admits a value, as far as its checks are plain: a default that it does not admit makes a
property required, because zod 3 finds out by trying."""

from __future__ import annotations

from typing import Any

from mcp_lsp_analyzers.definition import Missing

from .zod import Zod

TYPES: dict[str, tuple[type, ...]] = {"string": (str,), "number": (int, float), "boolean": (bool,), "array": (list,)}


def admits(node: Zod, value: Any) -> bool:
    """False where that is sure; forms of strings and regular expressions are taken to be met by a default."""
    kind = node.kind
    if kind == "optional" or kind == "nullable":
        return value is None or admits(node.inner, value)
    if kind in ("default", "catch", "brand", "readonly", "lazy", "effects"):
        return kind == "catch" or admits(node.inner, value)
    if kind in ("union", "discriminated"):
        return any(admits(option, value) for option in node.of)
    if kind in ("enum", "native", "literal"):
        values: list[Any] = node.value
        return any(isinstance(v, Missing) or (value == v and type(value) is type(v)) for v in values)
    if kind in TYPES:
        if node.value == "coerce":
            return True
        if not isinstance(value, TYPES[kind]) or (kind == "number" and isinstance(value, bool)):
            return False
        return all(_passes(word, limit, value) for word, limit in node.checks) and (
            not isinstance(value, list) or all(admits(node.inner, item) for item in value)
        )
    if kind == "object" and isinstance(value, dict):
        return all(name not in value or admits(part, value[name]) for name, part in (node.shape or {}).items())
    return True


def _passes(word: str, limit: Any, value: Any) -> bool:
    if isinstance(limit, Missing) or (word not in SIZES and word not in ("int", "length", "multipleOf")):
        return True
    size = value if isinstance(value, (int, float)) else len(value)
    if word == "int":
        return float(size).is_integer()
    if word == "multipleOf":
        return not isinstance(limit, int) or not isinstance(size, int) or limit == 0 or size % limit == 0
    if word == "length":
        return bool(size == limit)
    return bool(SIZES[word](size, limit))


SIZES: dict[str, Any] = {
    "min": lambda size, limit: size >= limit, "max": lambda size, limit: size <= limit,
    "xmin": lambda size, limit: size > limit, "xmax": lambda size, limit: size < limit,
}  # fmt: skip
