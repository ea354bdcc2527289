"""Parameters in JSON Schema."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Call, Dict, Str
from mcp_lsp_analyzers.model import Parameter, Type

from ..reading import escaped
from .arrays import items
from .described import ANY, DEEPER, FAR, NOTHING, UNKNOWN, Described, Field, Named, either
from .sight import At, Sight
from .texts import text


class JsonSchema(Described):
    __slots__ = ()

    def json_parameters(self, at: At, far: int = 0) -> Named:
        properties = self.sight.resolve(self.sight.entry(at, "properties"))
        if properties is None:
            at_all = self.sight.entry(at, "properties")
            return NOTHING if at_all is None else UNKNOWN
        listed = self.sight.entry(at, "required")
        needed: set[object] = set()
        if listed is not None:
            names, _ = items(self.sight, listed)
            needed = {self.sight.constant(name) for name in names}
        pairs, complete = self.sight.entries(properties)
        if isinstance(properties.node, Call):
            return UNKNOWN
        found: dict[str, Parameter] = {}
        for key, value in pairs:
            name = self.sight.constant(At(key, properties.where))
            if not isinstance(name, str):
                complete = False
                continue
            known = Field(required=name in needed)
            pointer = f"{self.pointer}/{escaped(name)}"
            self.json_field(value, known, pointer, far)
            found[name] = self.parameter(name, key, value, known, pointer)
        return Named(tuple(found.values()), complete)

    def json_field(self, at: At, into: Field, pointer: str, far: int) -> None:
        found = self.sight.resolve(at)
        self.budget[0] -= 1
        if found is None or far > FAR or self.budget[0] < 0:
            return
        if not isinstance(found.node, Dict):
            required = into.required
            self.field(found, into, pointer, far + 1)
            into.required = required
            return
        sight, entry = self.sight, self.sight.entry
        described = entry(found, "description")
        if described is not None:
            into.description = text(sight, self.uri, f"{pointer}/description", "parameter description", described)
        title = text(sight, self.uri, f"{pointer}/title", "parameter title", entry(found, "title"))
        if title is not None:
            into.texts.append(title)
        default = entry(found, "default")
        if default is not None:
            self._default([default], into, pointer)
        into.type = self._json_type(found, into, pointer, far)

    def _json_type(self, found: At, into: Field, pointer: str, far: int) -> Type:
        sight, entry = self.sight, self.sight.entry
        choices = entry(found, "enum") or entry(found, "const")
        if choices is not None:
            self._literal(choices, into, pointer)
            return into.type
        for word in ("anyOf", "oneOf"):
            several = entry(found, word)
            if several is not None:
                merged: Type | None = None
                for member in items(sight, several)[0]:
                    one = Field()
                    self.json_field(member, one, pointer, far + DEEPER)
                    merged = one.type if merged is None else either(merged, one.type)
                    into.texts += [*one.texts, *([one.description] if one.description is not None else [])]
                return merged or ANY
        declared = entry(found, "type")
        named: list[object] = []
        if declared is not None:
            made = sight.resolve(declared)
            if made is not None and isinstance(made.node, Call):  # mcp-framework: { type: z.string(), description }
                one = Field()
                self.field(made, one, pointer, far + 1)
                into.required = into.required and one.required
                into.texts += one.texts
                return one.type
            one_name = sight.constant(declared)
            named = [one_name] if one_name is not None else [sight.constant(x) for x in items(sight, declared)[0]]
        kinds = frozenset(str(name) for name in named if isinstance(name, str)) or frozenset({"any"})
        format = sight.constant(entry(found, "format") or found)
        pattern = entry(found, "pattern")
        inside = entry(found, "items")
        element: Type | None = None
        if inside is not None and "array" in kinds:
            one = Field()
            self.json_field(inside, one, f"{pointer}/items", far + DEEPER)
            element = one.type
            into.texts += [*one.texts, *([one.description] if one.description is not None else [])]
        properties = entry(found, "properties")
        if properties is not None and "object" in kinds:
            self.below(pointer, found, into, far)
        closed = kinds <= {"number", "integer", "boolean", "null"}
        if isinstance(format, str) and format in ("uuid", "date", "date-time", "time", "ipv4", "ipv6", "duration"):
            closed = True
        return Type(
            kinds,
            None,
            closed or (element is not None and element.closed and kinds == {"array"}),
            "uri" if format in ("uri", "url") else "",
            None if pattern is None else self._pattern(pattern),
            element,
        )


def is_json_schema(sight: Sight, at: At) -> bool:
    """A JSON Schema of an object, not a shape: it says ``type: "object"``, or has properties and says little else."""
    node = at.node
    if not isinstance(node, Dict):
        return False
    declared = sight.entry(at, "type")
    if declared is not None:
        value = sight.constant(declared)
        return isinstance(value, str) or sight.entry(at, "properties") is not None
    keys = {pair.key.value for pair in node.pairs if isinstance(pair.key, Str)}
    if "properties" in keys or "$schema" in keys or "jsonSchema" in keys:
        value_at = sight.resolve(sight.entry(at, "properties") or at)
        return value_at is not None and isinstance(value_at.node, Dict)
    return False


def is_json_property(node: Dict) -> bool:
    keys = {pair.key.value for pair in node.pairs if isinstance(pair.key, Str)}
    return bool(keys & {"type", "enum", "anyOf", "oneOf", "const", "$ref", "description"})
