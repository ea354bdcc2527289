"""JSON Schema of zod 4 schemas: what its own ``toJSONSchema`` makes, by minor version, for draft 7 and draft 2020-12.

The SDK 1 asks for draft 7, the SDK 2 for 2020-12. A wrapper shows what it wraps with its own words over it; what has no
word in JSON Schema (dates, big integers, sets, a transform where output is asked for) throws, and with it the list.
"""

from __future__ import annotations

from typing import Any, Literal, Union

from mcp_lsp_analyzers.definition import Missing

from .chain import ABSENT
from .folding import compacted, folded
from .formats import form
from .leaving import meta, omittable_in, omittable_out, transforming
from .templates import literally
from .zod import Refused, Zod, in_order, number

DRAFTS = {7: "http://json-schema.org/draft-07/schema#", 2020: "https://json-schema.org/draft/2020-12/schema"}
DEFINITIONS = {7: "definitions", 2020: "$defs"}
REFUSED = {
    "date": "Date", "bigint": "BigInt", "undefined": "Undefined", "void": "Void", "symbol": "Symbols", "nan": "NaN",
    "map": "Map", "set": "Set", "custom": "Custom types", "function": "Function types", "transform": "Transforms",
}  # fmt: skip
SAFE = 2**53 - 1
RANGES: dict[str, tuple[float, float]] = {
    "int": (-SAFE, SAFE), "int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1),
    "float32": (-3.4028234663852886e38, 3.4028234663852886e38),
    "float64": (-1.7976931348623157e308, 1.7976931348623157e308),
}  # fmt: skip
OF_NUMBERS = frozenset(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format"))
WRAPPERS = frozenset(("optional", "readonly", "promise", "lazy", "nonoptional", "default", "prefault", "catch"))

Json = Union["dict[str, Any]", Missing]


class Four:
    """One conversion."""

    def __init__(self, minor: int, io: Literal["input", "output"] = "input", draft: int = 7) -> None:
        self.minor = minor
        self.io = io
        self.draft = draft
        self._apart: dict[str, Json] = {}
        self._names: dict[int, str] = {}
        self._unsure: Missing | None = None

    def root(self, schema: Zod) -> Json:
        if schema.cyclic is schema:
            return Missing("it refers to itself as a whole")
        made = self.json(schema)
        apart: dict[str, Any] = {DEFINITIONS[self.draft]: self._unsure or self._apart}
        apart = apart if self._unsure or self._apart else {}
        return made if isinstance(made, Missing) else {"$schema": DRAFTS[self.draft], **made, **apart}

    def json(self, node: Zod) -> Json:
        """Raises `Refused` where zod throws."""
        if node.kind == "missing":
            return node.value  # type: ignore[no-any-return]
        if node.kind == "again":
            if not node.value or node.meta:
                return Missing("it refers to itself")
            return self._reference(node.value[0], "")
        if node.cyclic is node:
            return self._reference(node, "")
        return self._json(node)

    def _reference(self, node: Zod, name: str) -> Json:
        """What refers to itself, or has an id, stands apart."""
        named = self._names.get(id(node))
        if named is None:
            named = name or f"__schema{sum(each.startswith('__schema') for each in self._apart)}"
            if name in self._apart or id(node) in self._names:
                return Missing("several have this id")
            self._names[id(node)] = named
            self._apart[named] = {}
            self._apart[named] = self._json(node)
        return {"$ref": f"#/{DEFINITIONS[self.draft]}/{named}"}

    def _json(self, node: Zod) -> Json:
        own, behind = self._own(node)
        said = meta(node)
        if "id" in said and id(node) not in self._names:
            if self.minor < 6 or not isinstance(said["id"], str):
                self._unsure = Missing("it has an id, so it is listed as a definition of its own")
                return self._unsure
            return self._reference(node, said["id"])
        own.update({word: value for word, value in said.items() if word != "id"})
        if self.io == "input" and transforming(node):
            own.pop("examples", None)
            own.pop("default", None)
        if "_prefault" in own:
            own.setdefault("default", own.pop("_prefault"))
        if behind is not None:
            inner = self.json(behind)
            if isinstance(inner, Missing):
                return inner
            if self.draft == 7 and "$ref" in inner:
                inner = {"allOf": [inner]}  # nothing may stand beside a reference there
            own = {**inner, **own}
        if self.minor >= 5:
            compacted(own)
            if node.kind == "intersection":
                folded(own)
        return own

    def _own(self, node: Zod) -> tuple[dict[str, Any], Zod | None]:
        """What a schema says itself, and the one it shows beneath that."""
        kind = node.kind
        if kind in REFUSED:
            raise Refused(f"{REFUSED[kind]} cannot be represented in JSON Schema")
        if kind in WRAPPERS:
            return self._wrapper(node), node.inner
        if kind == "pipe":
            first, second = node.of
            return {}, second if self.io == "output" or first.kind == "transform" else first
        make = getattr(self, f"_{kind}", None)
        made = make(node) if make is not None else {"*": Missing(f"`{kind}` is not known of zod 4")}
        return made, None

    def _wrapper(self, node: Zod) -> dict[str, Any]:
        if node.kind == "readonly":
            return {"readOnly": True}
        if node.kind in ("default", "catch") and node.value is not ABSENT:
            return {"default": listed(node.value)}
        if node.kind == "prefault" and self.io == "input" and node.value is not ABSENT:
            return {"_prefault": listed(node.value)}
        return {}

    # ------------------------------------------------------------ simple kinds

    def _boolean(self, node: Zod) -> dict[str, Any]:
        return {"type": "boolean"}

    def _null(self, node: Zod) -> dict[str, Any]:
        return {"type": "null"}

    def _any(self, node: Zod) -> dict[str, Any]:
        return {}

    _unknown = _any

    def _never(self, node: Zod) -> dict[str, Any]:
        return {"not": {}}

    def _file(self, node: Zod) -> dict[str, Any]:
        return {"type": "string", "format": "binary", "contentEncoding": "binary"}

    def _string(self, node: Zod) -> dict[str, Any]:
        made: dict[str, Any] = {"type": "string", **self._sizes(node, "Length")}
        format, patterns = "", []
        for word, value in node.checks:
            if word in ("min", "max", "length", "trim", "toLowerCase", "toUpperCase", "normalize", "slugify", "maker"):
                continue
            if word == "regex":
                format, pattern = "", value
            elif word in ("startsWith", "endsWith", "includes"):
                pattern = self._affix(word, value)
                if self.minor >= 6:
                    format = {"startsWith": "starts_with", "endsWith": "ends_with"}.get(word, word)
            else:
                format, pattern = form(word, value, self.minor)
            if word in ("base64", "base64url"):
                if not 1 <= self.minor < 6 or ("maker", None) in node.checks:  # not with ``z.string().base64()`` then
                    made["contentEncoding"] = word
            if pattern is not None:
                patterns.append(pattern)
        if format:
            made["format"] = format
        if len(patterns) == 1:
            made["pattern"] = patterns[0]
        elif patterns:
            typed = {"type": "string"} if self.draft == 7 else {}
            made["allOf"] = [{**typed, "pattern": pattern} for pattern in patterns]
        return made

    def _affix(self, word: str, value: Any) -> Any:
        options = ABSENT
        if word == "includes":
            value, options = value
        if not isinstance(value, str):
            return value if isinstance(value, Missing) else Missing("it is computed at run time")
        text = literally(value)
        if word == "includes":
            position = options.get("position") if isinstance(options, dict) else None
            if position is None:
                return text
            return f"^.{{{position}{',' if self.minor >= 5 else ''}}}{text}"
        return f"^{text}.*" if word == "startsWith" else f".*{text}$"

    def _template(self, node: Zod) -> dict[str, Any]:
        return {"type": "string", "pattern": node.value}

    def _sizes(self, node: Zod, what: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for word, value in node.checks:
            if word in ("min", "length"):
                found[f"min{what}"] = _tighter(max, found.get(f"min{what}"), value)
            if word in ("max", "length"):
                found[f"max{what}"] = _tighter(min, found.get(f"max{what}"), value)
        return found

    def _number(self, node: Zod) -> dict[str, Any]:
        limits: dict[str, Any] = {}
        kind, steps = "number", []
        for word, value in node.checks:
            if word in RANGES:
                # Before 4.6 what was said before was lost here: ``min(1).int()`` admitted what is below 1.
                known = limits if self.minor >= 6 else {}
                low, high = RANGES[word]
                limits["min"] = _tighter(max, known.get("min"), low)
                limits["max"] = _tighter(min, known.get("max"), high)
                kind = "integer" if "int" in word else kind
            elif word == "multipleOf":
                steps += [value] if value not in steps else []
            else:
                limits[word] = _tighter(max if word in ("min", "xmin") else min, limits.get(word), value)
        made: dict[str, Any] = {"type": kind}
        for side, name in (("min", "inimum"), ("max", "aximum")):
            made.update(_limit(side, name, limits.get(side), limits.get(f"x{side}")))
        if steps:
            made["multipleOf"] = number(steps[0])
            if len(steps) > 1 and self.minor >= 6:
                made["allOf"] = [{"multipleOf": number(step)} for step in steps[1:]]
        return made

    def _literal(self, node: Zod) -> dict[str, Any]:
        values = [number(value) for value in node.value]
        if len(values) == 1 and isinstance(values[0], Missing):
            return {"type": values[0], "const": values[0]}
        if len(values) == 1:
            return {"type": _typed(values[0]), "const": values[0]}
        return {**_one_type(values), "enum": values}

    def _enum(self, node: Zod) -> dict[str, Any]:
        values = [number(value) for value in node.value]
        if not values:
            return {"not": {}}
        return {**_one_type(values), "enum": values}

    # ------------------------------------------------------------ made of others

    def _object(self, node: Zod) -> dict[str, Any]:
        shape = in_order(node.shape or {})
        properties: dict[str, Any] = {name: self.json(value) for name, value in shape.items()}
        made: dict[str, Any] = {"type": "object", "properties": properties}
        omittable = {name: self._omittable(value) for name, value in shape.items()}
        unsure = next((value for value in omittable.values() if isinstance(value, Missing)), node.more)
        required = [name for name, value in omittable.items() if value is False]
        if node.more is not None:
            properties["*"] = node.more
        if unsure is not None:
            made["required"] = unsure
        elif required:
            made["required"] = required
        if node.keys == "strict":
            made["additionalProperties"] = False
        elif node.keys == "loose":
            made["additionalProperties"] = {}
        elif node.rest is not None:
            made["additionalProperties"] = self.json(node.rest)
        elif self.io == "output":
            made["additionalProperties"] = False
        return made

    def _omittable(self, value: Zod) -> bool | Missing:
        return omittable_in(value, self.minor) if self.io == "input" else omittable_out(value)

    def _array(self, node: Zod) -> dict[str, Any]:
        return {**self._sizes(node, "Items"), "type": "array", "items": self.json(node.inner)}

    def _tuple(self, node: Zod) -> dict[str, Any]:
        items = [self.json(item) for item in node.of]
        rest = self.json(node.rest) if node.rest is not None else None
        first, further = ("prefixItems", "items") if self.draft == 2020 else ("items", "additionalItems")
        made: dict[str, Any] = {"type": "array", first: items}
        if rest is not None:
            made[further] = rest
        if self.minor <= 0 and rest is not None and self.draft == 7:
            made["items"] = rest
        if self.minor < 5:
            return made
        least: Any = len(items)
        for item in reversed(node.of):
            left_out = self._omittable(item)
            if left_out is not True:
                least = left_out if isinstance(left_out, Missing) else least
                break
            least -= 1
        if rest is None:
            made[further] = False
            made["maxItems"] = len(items)
        if least != 0:
            made["minItems"] = least
        return made

    def _record(self, node: Zod) -> dict[str, Any]:
        key, value = node.of
        names = self.json(key)
        made: dict[str, Any] = {"type": "object"}
        if node.value == "loose" and key.kind == "string" and isinstance(names, dict):
            patterns = [each["pattern"] for each in (names, *names.get("allOf", ())) if "pattern" in each]
            if patterns:
                return {**made, "patternProperties": {one: self.json(value) for one in patterns}}
        if self.minor >= 5 and isinstance(names, dict):
            names = _key_names(names)
        if self.minor < 0 and node.value == "partial":
            names = {"anyOf": [names, {"not": {}}]}
        made["propertyNames"] = names
        made["additionalProperties"] = self.json(value)
        values = _values(key) if node.value != "partial" and self.minor >= 3 else []
        omitted = self.minor >= 5 and self.io == "input" and omittable_in(value, self.minor) is True
        if values and not omitted:
            made["required"] = [str(number(v)) for v in values]
        return made

    def _union(self, node: Zod) -> dict[str, Any]:
        return {"anyOf": [self.json(option) for option in node.of]}

    def _xor(self, node: Zod) -> dict[str, Any]:
        return {"oneOf": [self.json(option) for option in node.of]}

    def _discriminated(self, node: Zod) -> dict[str, Any]:
        return self._xor(node) if self.minor >= 1 else self._union(node)

    def _intersection(self, node: Zod) -> dict[str, Any]:
        return {"allOf": [made for side in node.of for made in self._sides(side)]}

    def _sides(self, node: Zod) -> list[Json]:
        """The members of an intersection inside of one stand beside the others."""
        if node.kind == "intersection" and not meta(node):
            return [made for side in node.of for made in self._sides(side)]
        return [self.json(node)]

    def _nullable(self, node: Zod) -> dict[str, Any]:
        return {"anyOf": [self.json(node.inner), {"type": "null"}]}


# ---------------------------------------------------------------- parts


def _values(key: Zod) -> list[Any]:
    if key.kind in ("enum", "literal"):
        return [value for value in key.value if isinstance(value, (str, int))]
    if key.kind == "union":
        each = [_values(option) for option in key.of]
        return [value for values in each for value in values] if all(each) else []
    return []


def _key_names(names: dict[str, Any]) -> dict[str, Any]:
    """Names of properties are strings, so a key that is a number is listed as the string of one."""
    if names.get("type") in ("number", "integer"):
        kept = {word: value for word, value in names.items() if word not in OF_NUMBERS}
        kept["type"] = "string"
        if "enum" in kept:
            kept["enum"] = [str(value) for value in kept["enum"]]
        elif "const" in kept:
            kept["const"] = str(kept["const"])
        else:
            kept["pattern"] = r"^-?\d+(?:\.\d+)?$" if names["type"] == "number" else r"^-?\d+$"
        return kept
    return names


def _tighter(choose: Any, before: Any, value: Any) -> Any:
    if before is None or isinstance(value, Missing) or isinstance(before, Missing):
        return before if isinstance(before, Missing) else number(value)
    return choose(before, number(value))


def _limit(side: str, name: str, bound: Any, beyond: Any) -> dict[str, Any]:
    """The narrower one of "at least" and "more than"."""
    if isinstance(bound, Missing) or isinstance(beyond, Missing):
        return {side[0] + name: bound if isinstance(bound, Missing) else beyond}
    if beyond is not None and (bound is None or (beyond >= bound if side == "min" else beyond <= bound)):
        return {f"exclusive{side[0].upper()}{name}": beyond}
    return {side[0] + name: bound} if bound is not None else {}


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "string" if isinstance(value, str) else "null" if value is None else "number"


def _one_type(values: list[Any]) -> dict[str, Any]:
    """The type that all of several values have, if they have one."""
    unknown = next((value for value in values if isinstance(value, Missing)), None)
    if unknown is not None:
        return {"type": unknown}
    kinds = {_typed(value) for value in values}
    return {"type": kinds.pop()} if len(kinds) == 1 else {}


def listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: listed(item) for key, item in value.items()}
    return [listed(item) for item in value] if isinstance(value, list) else number(value)


__all__ = ["Four"]
