"""The regular expression that ``z.templateLiteral`` makes of its parts, where every part is of a kind that has one.

Observed with zod 4.1.13, 4.3.6 and 4.6.7, which make the same.
"""

from __future__ import annotations

from typing import Any

from mcp_lsp_analyzers.definition import Missing

from .zod import Zod, number

NUMBER, INTEGER, BOOLEAN = r"-?\d+(?:\.\d+)?", r"-?\d+", "(?:true|false)"
_WRITTEN = {None: "null", True: "true", False: "false"}


def literally(text: str) -> str:
    """A text as a regular expression that only it matches."""
    return "".join(f"\\{c}" if c in ".*+?^${}()|[]\\/" else c for c in text)


def of_value(value: Any) -> str | Missing:
    if isinstance(value, Missing):
        return value
    return literally(value if isinstance(value, str) else _WRITTEN.get(value) or str(number(value)))


def of_schema(node: Zod) -> str | Missing:
    """The part of the pattern that a schema stands for, without the anchors around it."""
    kind = node.kind
    if kind == "missing":
        return node.value  # type: ignore[no-any-return]
    if kind == "string" and all(word in ("min", "max", "length") for word, _ in node.checks):
        sizes = dict(node.checks)
        if not any(isinstance(size, Missing) for size in sizes.values()):
            least, most = sizes.get("length", sizes.get("min", 0)), sizes.get("length", sizes.get("max", ""))
            return rf"[\s\S]{{{least},{most}}}"
    if kind == "number":
        return INTEGER if any(word.startswith(("int", "uint")) for word, _ in node.checks) else NUMBER
    if kind == "boolean":
        return BOOLEAN
    if kind in ("enum", "literal"):
        return _either([of_value(value) for value in node.value])
    if kind == "union":
        return _either([of_schema(option) for option in node.of])
    if kind == "template":
        return node.value if isinstance(node.value, Missing) else str(node.value)[1:-1]
    if kind in ("optional", "nullable"):
        inner = of_schema(node.inner)
        if isinstance(inner, Missing):
            return inner
        return f"({inner})?" if kind == "optional" else f"({inner}|null)"
    return Missing("the expression that one of its parts makes is not known")


def _either(parts: list[str | Missing]) -> str | Missing:
    unknown = next((part for part in parts if isinstance(part, Missing)), None)
    return unknown if unknown is not None else f"({'|'.join(map(str, parts))})"
