"""What a schema of zod 4 says of itself beside its type: texts, transforms, whether it may be left out."""

from __future__ import annotations

from typing import Any

from mcp_lsp_analyzers.definition import Missing

from .zod import Zod


def meta(node: Zod) -> dict[str, Any]:
    """What was said of a schema and, along its parents, of those it comes from."""
    found = {} if node.parent is None else {k: v for k, v in meta(node.parent).items() if k != "id"}
    return {**found, **(node.meta or {})}


def transforming(node: Zod) -> bool:
    if node.kind == "transform":
        return True
    inside = [*node.of, *(node.shape or {}).values()]
    if node.rest is not None and node.kind == "tuple":
        inside.append(node.rest)
    return any(map(transforming, inside))


def omittable_in(node: Zod, minor: int) -> bool | Missing:
    """Whether a property may be left out of what is handed in.

    What runs code before it looks (``preprocess``, ``catch``) was treated in four ways (observed, see `formats`).
    """
    if minor >= 5:
        if node.kind == "pipe" and node.inner.kind == "transform":
            return omittable_in(node.of[1], minor)
        if node.kind == "catch":
            return omittable_in(node.inner, minor)
    return _optional_in(node, minor)


def _optional_in(node: Zod, minor: int) -> bool | Missing:
    kind = node.kind
    if kind in ("optional", "default", "prefault"):
        return True
    if kind == "transform":
        return minor >= 4
    if kind == "catch" and (minor >= 4 or minor < 0):
        return True
    if kind == "missing":
        return node.value  # type: ignore[no-any-return]
    if kind in ("nullable", "readonly", "lazy", "promise", "pipe", "catch"):
        return _optional_in(node.inner, minor)
    if kind in ("union", "discriminated", "xor"):
        return _some([_optional_in(option, minor) for option in node.of])
    return False


def omittable_out(node: Zod) -> bool | Missing:
    """Whether a property may be missing from what comes out."""
    if node.kind == "optional":
        return True
    if node.kind == "missing":
        return node.value  # type: ignore[no-any-return]
    if node.kind in ("nullable", "readonly", "lazy", "promise", "catch"):
        return omittable_out(node.inner)
    if node.kind == "pipe":
        return omittable_out(node.of[1])
    if node.kind in ("union", "discriminated", "xor"):
        return _some([omittable_out(option) for option in node.of])
    return False


def _some(sides: list[bool | Missing]) -> bool | Missing:
    return True if True in sides else next((side for side in sides if isinstance(side, Missing)), False)
