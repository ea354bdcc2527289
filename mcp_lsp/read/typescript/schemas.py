"""The parameters that a schema names, whichever library it is written with."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Attr, Call, Const, Dict, Function, Name, Str, last_name
from mcp_lsp_analyzers.model import Parameter
from mcp_lsp_analyzers.record import replace

from ..reading import escaped
from .described import FAR, NOTHING, UNKNOWN, Field, Named
from .jsonschema import is_json_schema
from .sight import At, Sight, origin
from .zod import OBJECTS, Zod, is_library, is_root

# What turns one notation of a schema into another, or wraps it.
WRAPPERS = frozenset((
    "zodToJsonSchema", "toJSONSchema", "toJsonSchema", "fromJsonSchema", "jsonSchema", "toMcpSchema", "preprocess",
    "lazy", "optional", "nullable", "nullish", "readonly", "required", "strict", "Optional", "completable", "promise",
    "zodSchema", "pipe", "asSchema", "Readonly", "exactOptional", "partial", "default", "prefault",
))  # fmt: skip
# Methods after which a schema says the same of its properties.
SAME = frozenset((
    "strict", "passthrough", "strip", "loose", "describe", "refine", "superRefine", "transform", "catchall", "brand",
    "readonly", "optional", "nullable", "nullish", "default", "meta", "check", "required", "deepPartial", "catch",
    "register", "safeExtend", "openapi", "prefault", "overwrite",
))  # fmt: skip


class Schemas(Zod):
    __slots__ = ()

    def parameters(self, at: At | None, far: int = 0) -> Named:
        """The parameters that a schema names: zod and its likes, raw shapes, JSON Schema, and conversions of them."""
        found = self.sight.resolve(at)
        if found is None or far > FAR:
            return UNKNOWN
        node, where = found
        if isinstance(node, Const) and node.value is None:
            return NOTHING
        if isinstance(node, Dict):
            if not node.pairs and at is not None and isinstance(at.node, Name):
                return UNKNOWN  # what is empty under a name is filled later
            if is_json_schema(self.sight, found):
                return self.json_parameters(found, far)
            return self.shape(found, far)
        if isinstance(node, Attr):
            if node.name in ("shape", "_def", "schema", "inputSchema", "properties"):
                return self.parameters(At(node.value, where), far + 1)
            return UNKNOWN
        if isinstance(node, Call):
            return self._called(node, found, far)
        if isinstance(node, Function):
            given = self.sight.results(node, where, [])
            return self.parameters(given[0], far + 1) if given else UNKNOWN
        return UNKNOWN

    def _called(self, node: Call, at: At, far: int) -> Named:
        callee, where = node.callee, at.where
        word = last_name(callee)
        args = [At(arg.value, where) for arg in node.args if not arg.spread]
        if word in OBJECTS or (word == "type" and args and isinstance(args[0].node, Dict)):
            return self.parameters(args[0], far + 1) if args else NOTHING
        if isinstance(callee, Attr) and not is_root(callee.value):
            base = At(callee.value, where)
            if word in ("extend", "safeExtend", "augment", "merge", "setKey") and args:
                first, second = self.parameters(base, far + 1), self.parameters(args[0], far + 1)
                names = {p.name for p in second.parameters}
                kept = tuple(p for p in first.parameters if p.name not in names)
                return Named((*kept, *second.parameters), first.known and second.known)
            if word in ("pick", "omit") and args:
                return self._picked(base, args[0], word == "pick", far)
            if word == "partial":
                first = self.parameters(base, far + 1)
                return Named(tuple(_optional(p) for p in first.parameters), first.known)
            if word in SAME:
                return self.parameters(base, far + 1)
            if word in ("and", "or", "pipe"):
                return UNKNOWN
        if word == "preprocess" and len(args) > 1:
            return self.parameters(args[1], far + 1)
        if word in ("intersection", "Intersect") and len(args) > 1:
            first, second = self.parameters(args[0], far + 1), self.parameters(args[1], far + 1)
            return Named((*first.parameters, *second.parameters), first.known and second.known)
        if word in ("merge_schemas", "assign") and args:
            return UNKNOWN
        if word in WRAPPERS and args:
            return self.parameters(args[0], far + 1)
        given = self.sight.returned(at)
        if given:
            return self.parameters(given[0], far + 1)
        if len(args) == 1:  # a conversion of the project's own, whatever its name
            inner = self.parameters(args[0], far + 1)
            if inner.parameters:
                return inner
        return UNKNOWN

    def _picked(self, base: At, keys: At, keep: bool, far: int) -> Named:
        first = self.parameters(base, far + 1)
        found = self.sight.resolve(keys)
        if found is None or not isinstance(found.node, Dict):
            return Named(first.parameters, False)
        names = {pair.key.value for pair in found.node.pairs if isinstance(pair.key, Str)}
        return Named(tuple(p for p in first.parameters if (p.name in names) == keep), first.known)

    def shape(self, at: At, far: int = 0) -> Named:
        """``{ name: z.string(), ... }``."""
        found: dict[str, Parameter] = {}
        complete = True
        assert isinstance(at.node, Dict)
        for pair in at.node.pairs:
            value = At(pair.value, at.where)
            if pair.key is None:
                for one in self.sight.choices(value):
                    spread = self.parameters(one, far + 1)
                    found.update({parameter.name: parameter for parameter in spread.parameters})
                    complete = complete and spread.known
                continue
            name = self.sight.constant(At(pair.key, at.where))
            if not isinstance(name, str):
                complete = False
                continue
            optional = name.endswith("?")  # arktype
            name = name.removesuffix("?")
            known = Field()
            pointer = f"{self.pointer}/{escaped(name)}"
            self.field(value, known, pointer, far)
            if optional:
                known.required = False
            found[name] = self.parameter(name, pair.key, value, known, pointer)
        return Named(tuple(found.values()), complete)


def _optional(parameter: Parameter) -> Parameter:
    return replace(parameter, required=False)


_SCALARS = frozenset(("string", "number", "boolean", "enum", "nativeEnum", "literal", "date", "bigint", "int", "uuid"))


def is_scalar(sight: Sight, at: At) -> bool:
    """Whether a schema is of one value that has no parts: ``z.number().optional()``."""
    found = sight.resolve(at)
    node = found.node if found is not None else None
    while isinstance(node, Call) and isinstance(node.callee, Attr):
        if is_root(node.callee.value):
            return node.callee.name in _SCALARS
        node = node.callee.value
    return False


def is_zod(sight: Sight, at: At) -> bool:
    """Whether an expression makes a schema with zod or one of its likes, or is an object of such."""
    found = sight.resolve(at)
    for _ in range(24):
        if found is None:
            return False
        node, where = found
        if isinstance(node, Dict):
            values = [pair.value for pair in node.pairs if pair.key is not None]
            return bool(values) and is_zod(sight, At(values[0], where)) and not is_json_schema(sight, found)
        if isinstance(node, Attr) and node.name in ("shape", "schema"):
            found = sight.resolve(At(node.value, where))
            continue
        if not isinstance(node, Call):
            return False
        callee = node.callee
        if isinstance(callee, Name):
            if callee.id in WRAPPERS or callee.id in OBJECTS:
                return True
            return is_library(origin(sight, At(callee, where)).split(":")[0].split(".")[0])
        if isinstance(callee, Attr):
            if callee.name in WRAPPERS and callee.name not in SAME:
                return True
            if is_root(callee.value):
                return True
            if is_library(origin(sight, At(callee, where)).split(":")[0].split(".")[0]):
                return True
            found = sight.resolve(At(callee.value, where))
            continue
        return False
    return False
