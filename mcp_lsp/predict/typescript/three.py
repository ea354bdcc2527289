"""JSON Schema of zod 3 schemas, as the TypeScript SDK 1 lists them: what zod-to-json-schema 3.25 makes for draft 7.

An object used twice is written once and referred to (``{"$ref": "#/properties/first"}``); transforms and refinements
show what they take; ``additionalProperties`` is false unless the object says ``passthrough``.
"""

from __future__ import annotations

from typing import Any, Union

from mcp_lsp_analyzers.definition import Missing

from .admitting import admits
from .formats import CIDR_3, FORMATS_3, PATTERNS_3
from .zod import Zod, in_order, number

SCHEMA = "http://json-schema.org/draft-07/schema#"
PRIMITIVES = {"string": "string", "number": "number", "bigint": "integer", "boolean": "boolean", "null": "null"}
BARE: dict[str, dict[str, Any]] = {
    "boolean": {"type": "boolean"}, "null": {"type": "null"}, "any": {}, "unknown": {}, "never": {"not": {}},
    "nan": {"not": {}}, "undefined": {"not": {}}, "date": {"type": "string", "format": "date-time"},
}  # fmt: skip

Json = Union["dict[str, Any]", Missing, None]


class Three:
    """One conversion. ``pipe``: which side of a pipe is shown: "input", "output" or "all". ``strict``: whether members
    of unions that admit anything are left out."""

    def __init__(self, pipe: str = "input", strict: bool = True) -> None:
        self.pipe = pipe
        self.strict = strict
        self.seen: dict[int, str] = {}

    def root(self, schema: Zod) -> Json:
        made = self.json(schema, "#", "")
        return made if isinstance(made, Missing) else {**(made or {}), "$schema": SCHEMA}

    def json(self, node: Zod, path: str, own: str) -> Json:
        """``own``: the path of the property whose whole value this is. ``None``: JSON Schema has no word for it."""
        if node.kind == "missing":
            return node.value  # type: ignore[no-any-return]
        if node.kind == "again" and node.value:
            node = node.value[0]
        before = self.seen.get(id(node))
        if before is not None:
            return {"$ref": before}
        self.seen[id(node)] = path
        made = self._kind(node, path, own)
        if isinstance(made, dict) and node.description:
            made["description"] = node.description
        return made

    def _kind(self, node: Zod, path: str, own: str) -> Json:
        kind = node.kind
        if kind in BARE:
            return dict(BARE[kind])
        if kind in ("void", "symbol", "function"):
            return None
        if kind in ("catch", "brand", "readonly", "promise", "lazy"):
            return self.json(node.inner, path, own)
        if kind == "effects":
            return self.json(node.inner, path, own)
        if kind == "custom":
            return {}
        make = getattr(self, f"_{kind}", None)
        return make(node, path, own) if make is not None else Missing(f"`{kind}` is not known of zod 3")

    # ------------------------------------------------------------ simple kinds

    def _string(self, node: Zod, path: str, own: str) -> Json:
        made: dict[str, Any] = {"type": "string"}
        for word, value in node.checks:
            self._check(made, word, value)
        return made

    def _check(self, made: dict[str, Any], word: str, value: Any) -> None:
        if word in ("min", "length"):
            made["minLength"] = _most(max, made.get("minLength"), value)
        if word in ("max", "length"):
            made["maxLength"] = _most(min, made.get("maxLength"), value)
        if word in FORMATS_3:
            _format(made, FORMATS_3[word])
        elif word == "base64":
            made["contentEncoding"] = "base64"
        elif word in PATTERNS_3:
            _pattern(made, PATTERNS_3[word])
        elif word == "regex":
            _pattern(made, value)
        elif word in ("startsWith", "endsWith", "includes"):
            text = value[0] if word == "includes" else value
            if isinstance(text, str):
                text = {"startsWith": "^%s", "endsWith": "%s$", "includes": "%s"}[word] % _escaped(text)
            _pattern(made, text)
        elif word == "ip":
            version = value.get("version") if isinstance(value, dict) else None
            for name, other in (("ipv4", "v6"), ("ipv6", "v4")):
                if version != other:
                    _format(made, name)
        elif word == "cidr":
            version = value.get("version") if isinstance(value, dict) else None
            for name, other in (("v4", "v6"), ("v6", "v4")):
                if version != other:
                    _pattern(made, CIDR_3[name])

    def _number(self, node: Zod, path: str, own: str) -> Json:
        made: dict[str, Any] = {"type": "number"} if node.kind == "number" else {"type": "integer", "format": "int64"}
        names = {"min": "minimum", "xmin": "exclusiveMinimum", "max": "maximum", "xmax": "exclusiveMaximum"}
        for word, value in node.checks:
            if word == "int":
                made["type"] = "integer"
            elif word in names or word == "multipleOf":
                made[names.get(word, word)] = number(value)
        return made

    _bigint = _number

    def _literal(self, node: Zod, path: str, own: str) -> Json:
        (value,) = node.value
        kind = _typed(value)
        if kind is None:
            return {"type": "object"} if value is None else Missing("its value is only known at run time")
        return {"type": kind, "const": number(value)}

    def _enum(self, node: Zod, path: str, own: str) -> Json:
        return {"type": "string", "enum": node.value}

    def _native(self, node: Zod, path: str, own: str) -> Json:
        kinds = list(dict.fromkeys("string" if isinstance(value, str) else "number" for value in node.value))
        return {"type": kinds[0] if len(kinds) == 1 else ["string", "number"], "enum": [number(v) for v in node.value]}

    # ------------------------------------------------------------ made of others

    def _object(self, node: Zod, path: str, own: str) -> Json:
        properties: dict[str, Any] = {}
        required: list[str] = []
        unsure: Missing | None = node.more
        for name, value in in_order(node.shape or {}).items():
            below = f"{path}/properties/{name}"
            made = self.json(value, below, below)
            if made is None:
                continue
            properties[name] = made
            omitted = optional(value)
            if isinstance(omitted, Missing):
                unsure = omitted
            elif not omitted:
                required.append(name)
        if node.more is not None:
            properties["*"] = node.more
        result: dict[str, Any] = {"type": "object", "properties": properties}
        if unsure is not None:
            result["required"] = unsure
        elif required:
            result["required"] = required
        if node.rest is not None and node.rest.kind != "never":
            extra = self.json(node.rest, f"{path}/additionalProperties", own)
            if extra is not None:
                result["additionalProperties"] = extra
        else:
            result["additionalProperties"] = node.keys == "loose"
        return result

    def _array(self, node: Zod, path: str, own: str) -> Json:
        made: dict[str, Any] = {"type": "array"}
        if node.inner.kind != "any":
            items = self.json(node.inner, f"{path}/items", own)
            if items is not None:
                made["items"] = items
        sizes = dict(node.checks)
        for word, names in (("min", ("minItems",)), ("max", ("maxItems",)), ("length", ("minItems", "maxItems"))):
            if word in sizes:
                made.update(dict.fromkeys(names, sizes[word]))
        return made

    def _set(self, node: Zod, path: str, own: str) -> Json:
        made: dict[str, Any] = {"type": "array", "uniqueItems": True}
        items = self.json(node.inner, f"{path}/items", own)
        if items is not None:
            made["items"] = items
        sizes = dict(node.checks)
        for word, name in (("min", "minItems"), ("max", "maxItems"), ("length", "minItems"), ("length", "maxItems")):
            if word in sizes:
                made[name] = sizes[word]
        return made

    def _map(self, node: Zod, path: str, own: str) -> Json:
        key, value = (self.json(part, f"{path}/items/items/{i}", own) for i, part in enumerate(node.of))
        pair = {"type": "array", "items": [key or {}, value or {}], "minItems": 2, "maxItems": 2}
        return {"type": "array", "maxItems": 125, "items": pair}

    def _tuple(self, node: Zod, path: str, own: str) -> Json:
        made = [self.json(item, f"{path}/items/{i}", own) for i, item in enumerate(node.of)]
        items = [item for item in made if item is not None]
        result: dict[str, Any] = {"type": "array", "minItems": len(node.of), "items": items}
        if node.rest is None:
            return {**result, "maxItems": len(node.of)}
        return {**result, "additionalItems": self.json(node.rest, f"{path}/additionalItems", own)}

    def _record(self, node: Zod, path: str, own: str) -> Json:
        key, value = node.of
        extra = self.json(value, f"{path}/additionalProperties", own)
        made: dict[str, Any] = {"type": "object", "additionalProperties": True if extra is None else extra}
        if key.kind == "brand":
            key = key.inner
        if key.kind == "string" and key.checks:
            names = self._string(key, path, own)
            assert isinstance(names, dict)
            del names["type"]
            made["propertyNames"] = names
        elif key.kind == "enum":
            made["propertyNames"] = {"enum": key.value}
        elif key.kind == "missing":
            made["propertyNames"] = key.value
        return made

    def _union(self, node: Zod, path: str, own: str) -> Json:
        options = node.of
        if all(option.kind in PRIMITIVES and not option.checks for option in options):
            kinds = list(dict.fromkeys(PRIMITIVES[option.kind] for option in options))
            return {"type": kinds if len(kinds) > 1 else kinds[0]}
        if all(option.kind == "literal" and not option.description for option in options):
            values = [option.value[0] for option in options]
            types = ["null" if value is None else _typed(value) for value in values]
            if None not in types:
                unique = list(dict.fromkeys(types))
                enum: list[Any] = []
                for value in values:
                    if not any(value is x or (value == x and type(value) is type(x)) for x in enum):
                        enum.append(number(value))
                return {"type": unique if len(unique) > 1 else unique[0], "enum": enum}
        if all(option.kind == "enum" for option in options):
            return {"type": "string", "enum": list(dict.fromkeys(v for option in options for v in option.value))}
        made = [self.json(option, f"{path}/anyOf/{i}", own) for i, option in enumerate(options)]
        kept = [one for one in made if one is not None and (one or not self.strict)]
        return {"anyOf": kept} if kept else None

    _discriminated = _union

    def _intersection(self, node: Zod, path: str, own: str) -> Json:
        merged: list[Any] = []
        for i, side in enumerate(node.of):
            made = self.json(side, f"{path}/allOf/{i}", own)
            if isinstance(made, dict) and "allOf" in made and made.get("type") != "string":
                merged += made["allOf"]
            elif isinstance(made, dict):
                merged.append({k: v for k, v in made.items() if k != "additionalProperties" or v is not False})
            elif made is not None:
                merged.append(made)
        return {"allOf": merged} if merged else None

    def _nullable(self, node: Zod, path: str, own: str) -> Json:
        if node.inner.kind in PRIMITIVES and not node.inner.checks:
            return {"type": [PRIMITIVES[node.inner.kind], "null"]}
        made = self.json(node.inner, f"{path}/anyOf/0", own)
        return None if made is None else {"anyOf": [made, {"type": "null"}]}

    def _optional(self, node: Zod, path: str, own: str) -> Json:
        if path == own:
            return self.json(node.inner, path, own)
        made = self.json(node.inner, f"{path}/anyOf/1", own)
        return {} if made is None else {"anyOf": [{"not": {}}, made]}

    def _default(self, node: Zod, path: str, own: str) -> Json:
        made = self.json(node.inner, path, own)
        from .chain import ABSENT

        if isinstance(made, Missing):
            return made
        return {**(made or {}), **({} if node.value is ABSENT else {"default": _listed(node.value)})}

    def _pipe(self, node: Zod, path: str, own: str) -> Json:
        if self.pipe in ("input", "output"):
            return self.json(node.of[self.pipe == "output"], path, own)
        made = [self.json(side, f"{path}/allOf/{i}", own) for i, side in enumerate(node.of)]
        return {"allOf": [one for one in made if one is not None]}


# ---------------------------------------------------------------- parts


def optional(node: Zod) -> bool | Missing:
    """Whether ``undefined`` passes, which is how zod 3 tells what may be left out."""
    kind = node.kind
    if kind == "default":
        # What is left out is the default, and that is checked like anything else.
        return isinstance(node.value, Missing) or admits(node.inner, node.value)
    if kind in ("optional", "catch", "any", "unknown", "undefined", "void"):
        return True
    if kind in ("nullable", "brand", "readonly", "lazy"):
        return optional(node.inner)
    if kind in ("union", "discriminated"):
        return _any([optional(option) for option in node.of]) if kind == "union" else False
    if kind == "intersection":
        sides = [optional(side) for side in node.of]
        return False if False in sides else next((s for s in sides if isinstance(s, Missing)), True)
    if kind == "effects":
        inner = optional(node.inner)
        if node.value == "transform" or inner is False:
            return inner if node.value != "preprocess" else Missing("code decides whether it may be left out")
        return Missing("code decides whether it may be left out")
    if kind == "pipe":
        first = optional(node.of[0])
        if first is True and node.of[0].kind == "string":  # coerced
            return _takes(node.of[1], "undefined")
        return first if first is False else Missing("code decides whether it may be left out")
    if kind == "custom":
        return Missing("code decides whether it may be left out")
    if kind == "missing":
        return node.value  # type: ignore[no-any-return]
    if node.value == "coerce":
        # String(undefined) and Boolean(undefined) are values: what is left out passes.
        if kind == "boolean" or (kind == "string" and not node.checks):
            return True
        return Missing("whether it may be left out depends on its checks") if kind == "string" else False
    return False


def _takes(node: Zod, text: str) -> bool | Missing:
    """Whether a text passes that has no form of its own."""
    if node.kind != "string":
        return Missing("code decides whether it may be left out")
    checks = {word for word, _ in node.checks}
    if checks & (FORMATS_3.keys() | PATTERNS_3.keys()) or not admits(node, text):
        return False
    return (
        Missing("its checks decide whether it may be left out") if checks - {"min", "max", "length", "trim"} else True
    )


def _any(sides: list[bool | Missing]) -> bool | Missing:
    return True if True in sides else next((side for side in sides if isinstance(side, Missing)), False)


def _most(choose: Any, before: Any, value: Any) -> Any:
    if before is None or isinstance(value, Missing):
        return number(value)
    return before if isinstance(before, Missing) else choose(before, number(value))


def _format(made: dict[str, Any], value: str) -> None:
    """A second format stands beside the first."""
    if "anyOf" in made:
        made["anyOf"].append({"format": value})
    elif "format" in made:
        made["anyOf"] = [{"format": made.pop("format")}, {"format": value}]
    else:
        made["format"] = value


def _pattern(made: dict[str, Any], value: Any) -> None:
    """Several patterns must all match."""
    if "allOf" in made:
        made["allOf"].append({"pattern": value})
    elif "pattern" in made:
        made["allOf"] = [{"pattern": made.pop("pattern")}, {"pattern": value}]
    else:
        made["pattern"] = value


def _escaped(text: str) -> str:
    # W is missing from the converter's list of letters, so it is escaped like a punctuation mark.
    return "".join(c if c.isascii() and c.isalnum() and c != "W" else f"\\{c}" for c in text)


def _typed(value: Any) -> str | None:
    if isinstance(value, bool):
        return "boolean"
    return "string" if isinstance(value, str) else "number" if isinstance(value, (int, float)) else None


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, list) else number(value)
