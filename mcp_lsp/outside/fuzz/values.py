"""Arguments for a tool, made from its schema: some that fit it, some at its edges, some it forbids.

Made here, not with hypothesis-jsonschema: its last release is 0.23.1 of 2024, the project that used it most
(schemathesis) has taken it out (its pull request 4454), and it runs the patterns and builds the sizes a schema asks
for, which here come from a server that may mean harm. Nothing here runs a server's pattern, or makes more than a limit.

What is said to be forbidden is so by how it was made: of schemas that combine others (``allOf`` of several, ``not``,
``if``) no value is called wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mcp_lsp_analyzers.record import NamedTuple

Schema = Mapping[str, Any]
LONGEST = 10_000
"""Characters of a text, and of items a tenth of that: more is what oddities are for."""
DEEPEST = 8
_FORMATS = {
    "date": "2024-01-31", "date-time": "2024-01-31T12:00:00Z", "time": "12:00:00", "duration": "PT1H",
    "email": "someone@example.com", "uri": "https://example.com/", "url": "https://example.com/",
    "uuid": "8f14e45f-ceea-467f-a0e6-5a3c1b9d2f10", "ipv4": "192.0.2.1", "ipv6": "2001:db8::1",
    "hostname": "example.com", "regex": "a", "json-pointer": "/a", "uri-reference": "/a", "binary": "YQ==",
}  # fmt: skip
_NAMED = (
    (("timezone", "tz"), "UTC"), (("time",), "12:00"), (("date", "day"), "2024-01-31"),
    (("url", "uri", "link", "endpoint"), "https://example.com/"),
    (("email", "mail"), "someone@example.com"), (("host", "hostname", "domain"), "example.com"),
    (("path", "file", "folder", "dir", "directory", "repo", "root", "cwd"), "."),
    (("expression", "formula"), "1+1"), (("language", "lang", "locale"), "en"), (("currency",), "EUR"),
)  # fmt: skip


class Made(NamedTuple):
    """Arguments for one call. ``fits``: whether the schema allows them; ``None`` where that is not known.
    ``argument``: the one that was chosen for the call, described by ``said`` ("is empty"), "" where there is none;
    ``within``: where in it, for people."""

    arguments: Any
    fits: bool | None
    argument: str = ""
    said: str = ""
    within: str = ""


class Unmakeable(Exception):
    """No value fits, as far as is known here."""


def benign(schema: Schema) -> list[Made]:
    """What a model might send: all that is required, and then everything. Empty where nothing can be made."""
    found: list[Made] = []
    for whole in (False, True):
        try:
            anything = types(schema, schema) is None and not properties(schema)
            value = {} if anything else valid(schema, schema, whole=whole)
        except Unmakeable:
            continue
        if isinstance(value, dict) and all(value != made.arguments for made in found):
            found.append(Made(value, None if _doubtful(schema, schema) else True))
    return found


def boundaries(schema: Schema, base: Mapping[str, Any]) -> Iterator[Made]:
    """One argument at a time at the edge of what the schema allows."""
    for name, below in properties(schema).items():
        for value, said in _edges(resolved(below, schema), schema):
            yield Made({**base, name: value}, None if _doubtful(below, schema) else True, name, said)


def wrong(schema: Schema, base: Mapping[str, Any]) -> Iterator[Made]:
    """One argument at a time, as the schema forbids it."""
    for name in _required(schema):
        if name in base:
            yield Made({key: value for key, value in base.items() if key != name}, False, name, "is missing")
    for name, below in properties(schema).items():
        for value, said in _forbidden(resolved(below, schema), schema):
            yield Made({**base, name: value}, False, name, said)


# ---------------------------------------------------------------- what a schema says


def properties(schema: Schema) -> dict[str, Schema]:
    found = schema.get("properties") if isinstance(schema, Mapping) else None
    if not isinstance(found, Mapping):
        return {}
    return {str(name): below if isinstance(below, Mapping) else {} for name, below in list(found.items())[:100]}


def _required(schema: Schema) -> list[str]:
    found = schema.get("required")
    return [name for name in found if isinstance(name, str)][:100] if isinstance(found, list) else []


def resolved(schema: Any, root: Schema) -> Schema:
    """A schema without the references at its top. What leads elsewhere, or to itself, is as if it said nothing."""
    for _ in range(DEEPEST):
        if not isinstance(schema, Mapping):
            return {}
        both = schema.get("allOf")
        if isinstance(both, list) and len(both) == 1 and isinstance(both[0], Mapping):
            schema = {**both[0], **{key: value for key, value in schema.items() if key != "allOf"}}
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return dict(schema)
        schema = _at(root, reference)
    return {}


def _at(root: Any, reference: str) -> Any:
    if not reference.startswith("#"):
        return {}
    for part in reference[1:].split("/")[1:]:
        part = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(root, Mapping) or part not in root:
            return {}
        root = root[part]
    return root


def types(schema: Schema, root: Schema, depth: int = 0) -> frozenset[str] | None:
    """The types a schema accepts; ``None`` where that is not known."""
    schema = resolved(schema, root)
    if depth > DEEPEST or any(key in schema for key in ("allOf", "not", "if", "$ref", "$dynamicRef")):
        return None
    declared = schema.get("type")
    if isinstance(declared, str):
        return frozenset((declared,))
    if isinstance(declared, list):
        return frozenset(each for each in declared if isinstance(each, str))
    if "const" in schema:
        return frozenset((_type(schema["const"]),))
    if isinstance(schema.get("enum"), list):
        return frozenset(map(_type, schema["enum"]))
    for key in ("anyOf", "oneOf"):
        if isinstance(schema.get(key), list):
            each = [types(option, root, depth + 1) for option in schema[key][:20]]
            return None if None in each else frozenset().union(*(found for found in each if found is not None))
    return frozenset(("object",)) if "properties" in schema else None


def _type(value: Any) -> str:
    if value is None:
        return "null"
    for kind, name in ((bool, "boolean"), (str, "string"), (int, "integer"), (float, "number"), (list, "array")):
        if isinstance(value, kind):
            return name
    return "object"


def _doubtful(schema: Schema, root: Schema, depth: int = 0) -> bool:
    """Whether a schema says more than is understood here, so that what was made may not fit."""
    schema = resolved(schema, root)
    if depth > DEEPEST or any(key in schema for key in ("pattern", "not", "if", "allOf", "contains", "multipleOf")):
        return True
    below = [*properties(schema).values(), *(schema[key] for key in ("items",) if key in schema)]
    return any(_doubtful(each, root, depth + 1) for each in below if isinstance(each, Mapping))


# ---------------------------------------------------------------- what fits


def valid(schema: Any, root: Schema, name: str = "", whole: bool = False, depth: int = 0) -> Any:
    """A value that fits; ``whole``: with everything that is optional. Raises `Unmakeable`."""
    schema = resolved(schema, root)
    if depth > DEEPEST:
        raise Unmakeable
    for key in ("const", "default"):
        if key in schema and (key == "const" or schema[key] is not None):
            return schema[key]
    for key in ("examples", "enum"):
        if isinstance(schema.get(key), list) and schema[key]:
            return schema[key][0]
    for key in ("anyOf", "oneOf"):
        options = schema.get(key)
        if isinstance(options, list) and options:
            useful = [o for o in options if isinstance(o, Mapping) and o.get("type") != "null"] or options
            return valid(useful[0], root, name, whole, depth + 1)
    accepted = types(schema, root) or frozenset(("string",))
    for kind in ("string", "integer", "number", "boolean", "object", "array", "null"):
        if kind in accepted:
            return _of(kind, schema, root, name, whole, depth)
    raise Unmakeable


def _of(kind: str, schema: Schema, root: Schema, name: str, whole: bool, depth: int) -> Any:
    if kind == "string":
        return _text(schema, name)
    if kind in ("integer", "number"):
        return _number(schema, kind)
    if kind == "array":
        count = _size(schema, "minItems", 0)
        if count > LONGEST // 10:
            raise Unmakeable
        count = max(count, 1 if whole and _size(schema, "maxItems", 1) else 0)
        return [valid(schema.get("items", {}), root, name, whole, depth + 1) for _ in range(count)]
    if kind == "object":
        wanted = _required(schema)
        found = {}
        for each, below in properties(schema).items():
            try:
                if each in wanted or whole:
                    found[each] = valid(below, root, each, whole, depth + 1)
            except Unmakeable:
                if each in wanted:
                    raise
        return {**{each: "a" for each in wanted if each not in found}, **found}
    return True if kind == "boolean" else None


def _text(schema: Schema, name: str) -> str:
    found = _FORMATS.get(str(schema.get("format")), "")
    words = name.replace("-", "_").lower().split("_")
    found = found or next((value for names, value in _NAMED if set(names) & set(words)), "test")
    least, most = _size(schema, "minLength", 0), _size(schema, "maxLength", LONGEST)
    if least > LONGEST:
        raise Unmakeable
    return (found + "a" * (least - len(found)))[: max(most, least)]


def _number(schema: Schema, kind: str) -> Any:
    low, high = _bounds(schema, kind)
    step = schema.get("multipleOf")
    if kind == "integer" and isinstance(step, int) and not isinstance(step, bool) and step > 0:
        return step * max(1, -(-int(low) // step)) if low is not None else step
    if low is not None:
        return max(low, 1) if high is None or high >= 1 else low
    return 1 if high is None else min(high, 1)


def _bounds(schema: Schema, kind: str) -> tuple[Any, Any]:
    step = 1 if kind == "integer" else 0.5
    low: Any = schema.get("minimum")
    high: Any = schema.get("maximum")
    above: Any = schema.get("exclusiveMinimum")
    below: Any = schema.get("exclusiveMaximum")
    if _is_number(above):
        low = above + step if not _is_number(low) else max(low, above + step)
    if _is_number(below):
        high = below - step if not _is_number(high) else min(high, below - step)
    return (low if _is_number(low) else None), (high if _is_number(high) else None)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _size(schema: Schema, key: str, otherwise: int) -> int:
    found = schema.get(key)
    return found if isinstance(found, int) and not isinstance(found, bool) and found >= 0 else otherwise


# ---------------------------------------------------------------- its edges


def _edges(schema: Schema, root: Schema) -> Iterator[tuple[Any, str]]:
    if "enum" in schema or "const" in schema:
        for value in (schema.get("enum") or [])[1:4] if isinstance(schema.get("enum"), list) else ():
            yield value, "is another of its values"
        return
    accepted = types(schema, root) or frozenset()
    if "string" in accepted and not any(key in schema for key in ("format", "pattern")):
        least, most = _size(schema, "minLength", 0), _size(schema, "maxLength", LONGEST)
        if least == 0:
            yield "", "is empty"
        for value, said in (
            ("a\u0000b", "has a NUL"), ("e\u0301 \u6f22\U0001f389\u202e\u2028", "is odd Unicode"),
            ("--help", "looks like an option"), ("%s%n{0}\\", "looks like a format"),
        ):  # fmt: skip
            if least <= len(value) <= most:
                yield value, said
        yield "a" * min(most, LONGEST), f"is {min(most, LONGEST):,} characters long"
    for kind in ("integer", "number"):
        if kind in accepted:
            low, high = _bounds(schema, kind)
            large = 2**53 if kind == "integer" else 1e308
            for value in (low if low is not None else -large, high if high is not None else large, 0, -1):
                if (low is None or value >= low) and (high is None or value <= high):
                    yield value, f"is {value}"
    if "boolean" in accepted:
        yield False, "is false"
    if "array" in accepted and _size(schema, "minItems", 0) == 0:
        yield [], "is empty"
    if "array" in accepted and isinstance(schema.get("items"), Mapping):
        count = min(_size(schema, "maxItems", LONGEST // 10), LONGEST // 10)
        try:
            yield [valid(schema["items"], root)] * count, f"has {count:,} items"
        except Unmakeable:
            return


_KINDS: tuple[tuple[str, Any, str], ...] = (
    ("object", {"not": "expected"}, "is an object"),
    ("string", "not expected", "is text"),
    ("number", 7, "is a number"),
    ("array", [["not expected"]], "is a list"),
)


def _forbidden(schema: Schema, root: Schema) -> Iterator[tuple[Any, str]]:
    accepted = types(schema, root)
    if accepted is None:
        return
    other = [
        (value, said)
        for kind, value, said in _KINDS
        if kind not in accepted and not (kind == "number" and "integer" in accepted)
    ]
    # Texts of digits for numbers, and the like, many servers take on purpose: another shape nobody means to take.
    yield from other[:2] if accepted & {"integer", "number"} else other[:1]
    if schema.get("oneOf") or schema.get("anyOf"):
        return
    enum = schema.get("enum")
    if isinstance(enum, list) and enum and all(isinstance(each, str) for each in enum):
        yield "none-of-these", "is none of its values"
        return
    if accepted == {"integer"} or accepted == {"number"}:
        low, high = _bounds(schema, next(iter(accepted)))
        if low is not None and low - 1 < low:
            yield low - 1, f"is {low - 1}, below its minimum"
        if high is not None and high + 1 > high:
            yield high + 1, f"is {high + 1}, above its maximum"
    if accepted == {"string"} and "maxLength" in schema and _size(schema, "maxLength", LONGEST) < LONGEST:
        most = _size(schema, "maxLength", LONGEST)
        yield "a" * (most + 1), f"is longer than {most} characters"
    if accepted == {"string"} and (least := _size(schema, "minLength", 0)):
        yield "a" * (least - 1) if least <= LONGEST else "", f"is shorter than {least} characters"
    if accepted == {"array"} and "maxItems" in schema and (most := _size(schema, "maxItems", LONGEST)) < LONGEST // 10:
        yield [7] * (most + 1), f"has more than {most} items"
