"""What fastmcp does to a schema before it goes out: titles go, references are written out in place."""

from __future__ import annotations

from typing import Any

from mcp_lsp_analyzers.definition import Missing

_MARKS = ("type", "properties", "$ref", "items", "allOf", "oneOf", "anyOf", "required")
"""A ``title`` beside one of these is that of a schema, and no name of a property."""
_ABOUT = frozenset({"title", "description", "deprecated", "readOnly", "writeOnly"})
_DATA = frozenset({"default", "const", "examples", "example", "enum"})
_MAPS = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"})
_SCHEMAS = frozenset({
    "items", "additionalItems", "additionalProperties", "contains", "contentSchema", "propertyNames",
    "unevaluatedItems", "unevaluatedProperties", "if", "then", "else", "not", "allOf", "anyOf", "oneOf", "prefixItems",
})  # fmt: skip


def compressed(schema: Any, major: int) -> Any:
    """Titles go. Version 2 looks for them everywhere, also in defaults, and takes ``additionalProperties: false`` too;
    later ones know where a schema stands."""
    return _anywhere(schema) if major == 2 else _in_schema(schema)


def _anywhere(value: Any) -> Any:
    if isinstance(value, list):
        return [_anywhere(item) for item in value]
    if not isinstance(value, dict):
        return value
    titled = any(mark in value for mark in _MARKS)
    return {
        key: _anywhere(item)
        for key, item in value.items()
        if not (key == "title" and titled) and not (key == "additionalProperties" and item is False)
    }


def _in_schema(value: Any) -> Any:
    if isinstance(value, list):
        return [_in_schema(item) for item in value]
    if not isinstance(value, dict):
        return value
    alone = all(key in _ABOUT for key in value)
    titled = isinstance(value.get("title"), (str, Missing)) and (alone or any(mark in value for mark in _MARKS))
    made: dict[str, Any] = {}
    for key, item in value.items():
        if key == "title" and titled:
            continue
        if key in _MAPS and isinstance(item, dict):
            made[key] = {name: _in_schema(inner) for name, inner in item.items()}
        else:
            made[key] = _in_schema(item) if key in _SCHEMAS else item
    return made


def dereferenced(schema: Any, major: int) -> Any:
    """Every reference replaced by what it refers to; a schema that refers to itself keeps its definitions."""
    if not isinstance(schema, dict):
        return schema
    defs = schema.get("$defs")
    if not defs:
        return schema
    rest = {key: value for key, value in schema.items() if key != "$defs"}
    try:
        return _discriminated(_resolved(rest, defs, ()), major)
    except _Circular:
        return rooted(schema)


class _Circular(Exception):
    """A definition that contains itself."""


def _resolved(value: Any, defs: dict[str, Any], inside: tuple[str, ...]) -> Any:
    if isinstance(value, list):
        return [_resolved(item, defs, inside) for item in value]
    if not isinstance(value, dict):
        return value
    reference = value.get("$ref")
    if isinstance(reference, str):
        name = reference.removeprefix("#/$defs/")
        if name in inside:
            raise _Circular
        own = _resolved(defs.get(name, {}), defs, (*inside, name))
        beside = {key: _resolved(item, defs, inside) for key, item in value.items() if key != "$ref"}
        return {**own, **beside} if isinstance(own, dict) else own
    return {key: _resolved(item, defs, inside) for key, item in value.items()}


def _discriminated(value: Any, major: int) -> Any:
    """``discriminator`` names definitions that are gone: it goes (3, 4), or keeps the name of the field only (2)."""
    if isinstance(value, list):
        return [_discriminated(item, major) for item in value]
    if not isinstance(value, dict):
        return value
    made = {key: item if key in _DATA else _discriminated(item, major) for key, item in value.items()}
    told = made.get("discriminator")
    choices = next((key for key in ("anyOf", "oneOf") if isinstance(made.get(key), list)), None)
    if not isinstance(told, dict) or choices is None:
        return made
    if major == 2:
        made["discriminator"] = {key: item for key, item in told.items() if key != "mapping"}
        return made
    del made["discriminator"]
    name = told.get("propertyName")
    made[choices] = [_requiring(choice, name) for choice in made[choices]]
    return made


def _requiring(choice: Any, name: Any) -> Any:
    if not isinstance(choice, dict):
        return choice
    required = choice.get("required", [])
    return choice if name in required else {**choice, "required": [*required, name]}


def rooted(schema: Any) -> Any:
    """A root that is nothing but a reference is replaced by what it refers to; the definitions stay."""
    if not isinstance(schema, dict):
        return schema
    reference = schema.get("$ref")
    defs = schema.get("$defs")
    if isinstance(reference, str) and isinstance(defs, dict) and "type" not in schema:
        own = defs.get(reference.removeprefix("#/$defs/"))
        if isinstance(own, dict):
            return {**own, "$defs": defs}
    return schema
