"""What ``z.fromJSONSchema`` makes of a schema that is written out: the schema of zod that says the same.

Observed with zod 4.3.6 and 4.6.7. Words that are not named here are left to be unknown.
"""

from __future__ import annotations

from typing import Any

from .zod import Zod, missing

_ABOUT = ("title", "description", "examples")
_ALWAYS = frozenset((*_ABOUT, "type", "default", "$schema"))
_SIZES = {"minLength": "min", "maxLength": "max", "minItems": "min", "maxItems": "max"}
_LIMITS = {
    "minimum": "min", "maximum": "max", "exclusiveMinimum": "xmin", "exclusiveMaximum": "xmax",
    "multipleOf": "multipleOf",
}  # fmt: skip
_WORDS = {
    "string": frozenset(("minLength", "maxLength", "pattern", "enum", "const")),
    "number": frozenset(_LIMITS), "integer": frozenset(_LIMITS), "boolean": frozenset[str](), "null": frozenset[str](),
    "array": frozenset(("items", "minItems", "maxItems")),
    "object": frozenset(("properties", "required", "additionalProperties")),
}  # fmt: skip


def converted(schema: Any) -> Zod:
    """The schema of zod 4 for a JSON Schema."""
    kind = schema.get("type") if isinstance(schema, dict) else None
    words = _WORDS.get(kind) if isinstance(kind, str) else None
    if words is None or schema.keys() - words - _ALWAYS:
        return missing("what it is made of is not known")
    made = _bare(kind, schema)
    if made.kind == "missing":
        return made
    about = {word: schema[word] for word in _ABOUT if word in schema}
    if "default" in schema:
        made = Zod("default", (made,), value=schema["default"])
    if about:
        made.meta = about
    return made


def _bare(kind: Any, schema: dict[str, Any]) -> Zod:
    if "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            return missing("its values are not known")
        return Zod("enum" if "enum" in schema else "literal", value=values)
    if kind == "string":
        sizes = [(_SIZES[word], schema[word]) for word in schema if word in _SIZES]
        return Zod("string", checks=(*sizes, *([("regex", schema["pattern"])] if "pattern" in schema else ())))
    if kind in ("number", "integer"):
        limits = [(_LIMITS[word], schema[word]) for word in schema if word in _LIMITS]
        return Zod("number", checks=(*([("int", None)] if kind == "integer" else ()), *limits))
    if kind == "array":
        items = converted(schema["items"]) if "items" in schema else Zod("any")
        return Zod("array", (items,), checks=tuple((_SIZES[word], schema[word]) for word in schema if word in _SIZES))
    if kind == "object":
        return _object(schema)
    return Zod(str(kind))


def _object(schema: dict[str, Any]) -> Zod:
    properties, needed = schema.get("properties", {}), schema.get("required", [])
    further = schema.get("additionalProperties", True)
    if (
        not isinstance(properties, dict)
        or "*" in properties
        or not isinstance(needed, list)
        or further not in (True, False)
    ):
        return missing("its properties are not known")
    shape = {}
    for name, value in properties.items():
        inner = converted(value)
        shape[name] = inner if name in needed or inner.kind == "default" else Zod("optional", (inner,))
    return Zod("object", shape=shape, keys="loose" if further else "strict")
