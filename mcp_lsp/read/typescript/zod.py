"""One value as zod and its likes (valibot, TypeBox, arktype, yup) describe it."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Attr, Call, Dict, Expr, Function, Import, Name, Str, last_name
from mcp_lsp_analyzers.model import Refined, Type
from mcp_lsp_analyzers.record import replace

from .arrays import items
from .described import DEEPER, FAR, INTEGER, MADE, NULL, OBJECT, STRING, Field, either
from .jsonschema import JsonSchema, is_json_property
from .sight import At
from .texts import text

OBJECTS = frozenset(("object", "strictObject", "looseObject", "Object"))
ARRAYS = frozenset(("array", "Array", "set", "Set"))
# Methods of a string that leave only values of one fixed form.
FIXED = frozenset(
    ("uuid", "guid", "date", "datetime", "time", "duration", "ip", "ipv4", "ipv6", "cuid", "cuid2", "ulid")
)

# Methods that are given a function, by what that says of a value.
REFINING = {
    "refine": "refine", "superRefine": "superRefine", "check": "refine", "transform": "transform",
    "overwrite": "transform",
}  # fmt: skip

# Methods of an object that leave its entries what they are; others add some, or let some through.
KEEPING = frozenset(("strict", "strip", "brand", "readonly", "partial", "deepPartial", "required", *REFINING)) - {
    "transform", "overwrite",
}  # fmt: skip


class Zod(JsonSchema):
    __slots__ = ()

    def field(self, at: At, into: Field, pointer: str, far: int = 0) -> None:
        """What a schema says of one value."""
        found = self.sight.resolve(at)
        self.budget[0] -= 1
        if found is None or far > FAR or self.budget[0] < 0:
            return
        node, where = found
        if isinstance(node, Dict):
            if is_json_property(node):
                self.json_field(found, into, pointer, far)
            else:
                into.type = OBJECT
            return
        if isinstance(node, Str):  # arktype: "string", "'a' | 'b'"
            into.type = MADE.get(node.value.split(" ")[0].split(".")[0], Type())
            return
        if not isinstance(node, Call):
            return
        callee = node.callee
        args = [At(arg.value, where) for arg in node.args if not arg.spread]
        if isinstance(callee, Name):
            self._wrapped(callee.id, args, found, into, pointer, far)
            return
        if not isinstance(callee, Attr):
            return
        if is_root(callee.value) or self._is_library(callee.value, found):
            self._made(callee.name, args, into, pointer, far)
            return
        self.field(At(callee.value, where), into, pointer, far + 1)
        self._said(callee.name, args, into, pointer, far)

    def _is_library(self, value: Expr, at: At) -> bool:
        """``z`` under another name."""
        if not isinstance(value, Name):
            return False
        found = self.sight.named(value, at.where)
        return found is not None and isinstance(found.node, Import) and is_library(found.node.module)

    def _said(self, method: str, args: list[At], into: Field, pointer: str, far: int) -> None:
        """A method in the chain."""
        if method in ("describe", "description") and args:
            into.description = text(self.sight, self.uri, f"{pointer}/description", "parameter description", args[0])
        elif method in ("meta", "openapi") and args:
            self._meta(args[0], into, pointer)
        elif method in ("optional", "nullish", "exactOptional"):
            into.required = False
            if method == "nullish":
                into.type = either(into.type, NULL)
        elif method in ("default", "catch", "prefault"):
            into.required = False
            self._default(args, into, pointer)
        elif method == "nullable":
            into.type = either(into.type, NULL)
        elif method in ("regex", "matches", "pattern") and args:
            into.type = replace(into.type, pattern=self._pattern(args[0]))
        elif method in REFINING and args and "string" in into.type.kinds:
            into.type = replace(into.type, refined=(*into.type.refined, Refined(REFINING[method], args[0].node)))
        elif method in FIXED and "string" in into.type.kinds:
            into.type = replace(into.type, closed=True)
        elif method == "int" and "number" in into.type.kinds:
            into.type = INTEGER
        elif method in ("url", "uri") and "string" in into.type.kinds:
            into.type = replace(into.type, format="uri")
        elif method == "array":
            into.type = Type(frozenset({"array"}), items=into.type)
        elif method in ("or", "and") and args:
            other = Field()
            self.field(args[0], other, pointer, far + DEEPER)
            into.type = either(into.type, other.type)
        elif method in ("exclude", "extract") and into.type.choices is not None and args:
            into.type = replace(into.type, choices=None)
        elif method == "pipe" and args and into.type.kinds == frozenset({"any"}):
            self.field(args[0], into, pointer, far + DEEPER)
        elif into.type.entries and method not in KEEPING:
            into.type = replace(into.type, entries=())

    def _wrapped(self, word: str, args: list[At], at: At, into: Field, pointer: str, far: int) -> None:
        """A bare function: ``completable(z.string(), …)``, valibot without its namespace, one of this file."""
        given = self.sight.returned(at)
        if given:
            self.field(given[0], into, pointer, far + 1)
        elif word in MADE or word in OBJECTS or word in ARRAYS or word in ("enum", "literal", "union"):
            self._made(word, args, into, pointer, far)
        elif args:
            self.field(args[0], into, pointer, far + 1)

    def _made(self, word: str, args: list[At], into: Field, pointer: str, far: int) -> None:
        """What ``z.word(...)`` makes."""
        first = args[0] if args else None
        if word in MADE:
            into.type = MADE[word]
            self._options(args, into, pointer)
        elif word in ("enum", "nativeEnum", "picklist", "Enum", "enum_"):
            self._enum(first, into, pointer)
        elif word in ("literal", "Literal"):
            self._literal(first, into, pointer)
        elif word in ARRAYS and first is not None:
            inner = Field()
            self.field(first, inner, f"{pointer}/items", far + DEEPER)
            into.type = Type(frozenset({"array"}), items=inner.type, closed=inner.type.closed)
            into.texts += inner.texts
            if inner.description is not None:
                into.texts.append(inner.description)
            self._options(args, into, pointer)
        elif word in OBJECTS:
            into.type = OBJECT
            self.below(pointer, first, into, far)
            if word == "looseObject":
                into.type = OBJECT
            self._options(args, into, pointer)
        elif word in ("union", "discriminatedUnion", "variant", "Union", "xor") and args:
            self._union(args[-1] if word in ("discriminatedUnion", "variant") else args[0], into, pointer, far)
        elif word in ("preprocess", "codec") and len(args) > 1:
            self.field(args[1], into, pointer, far + 1)
        elif word in ("optional", "nullish", "Optional", "exactOptional") and first is not None:
            self.field(first, into, pointer, far + 1)
            into.required = False
            self._default(args[1:], into, pointer)
        elif word == "nullable" and first is not None:
            self.field(first, into, pointer, far + 1)
            into.type = either(into.type, NULL)
        elif word == "lazy" and first is not None:
            function = self.sight.resolve(first)
            if function is not None and isinstance(function.node, Function):
                given = self.sight.results(function.node, function.where, [])
                if given:
                    self.field(given[0], into, pointer, far + 1)
        elif word in ("pipe", "_default", "default", "prefault", "readonly", "promise", "catch", "intersect") and args:
            self.field(args[0], into, pointer, far + 1)
            for action in args[1:]:
                self._action(action, into, pointer, far)
            if word in ("_default", "default", "prefault", "catch"):
                into.required = False
        elif word == "templateLiteral":
            into.type = STRING

    def _action(self, at: At, into: Field, pointer: str, far: int) -> None:
        """valibot: ``v.pipe(v.string(), v.description("..."))``."""
        if isinstance(at.node, Call):
            word = last_name(at.node.callee)
            self._said(word, [At(arg.value, at.where) for arg in at.node.args], into, pointer, far)

    def _options(self, args: list[At], into: Field, pointer: str) -> None:
        """TypeBox: ``Type.String({ description: "..." })``."""
        if args and isinstance(args[-1].node, Dict) and args[-1].node.get("description") is not None:
            self._meta(args[-1], into, pointer)

    def _enum(self, at: At | None, into: Field, pointer: str) -> None:
        found = self.sight.resolve(at)
        values: list[At] = []
        complete = False
        if found is not None and isinstance(found.node, Dict):
            pairs, complete = self.sight.entries(found)
            values = [value for _, value in pairs]
        elif at is not None:
            values, complete = items(self.sight, at)
        self._choices(values, complete, into, pointer)

    def _union(self, at: At, into: Field, pointer: str, far: int) -> None:
        members, complete = items(self.sight, at)
        merged: Type | None = None
        for member in members:
            one = Field()
            self.field(member, one, pointer, far + DEEPER)
            merged = one.type if merged is None else either(merged, one.type)
            into.texts += one.texts
            if one.description is not None:
                into.texts.append(one.description)
            into.required = into.required and one.required
        into.type = merged if merged is not None and complete else Type()


LIBRARIES = frozenset(("zod", "valibot", "arktype", "@sinclair", "typebox", "yup", "@hono"))


def is_library(module: str) -> bool:
    return module.split("/")[0] in LIBRARIES


def is_root(value: Expr) -> bool:
    """``z``, ``z.coerce``, ``z.iso``, ``zod.z``, ``v``, ``Type``: what makes schemas."""
    if isinstance(value, Attr):
        return value.name in ("coerce", "iso", "z", "Type") and (is_root(value.value) or isinstance(value.value, Name))
    return isinstance(value, Name) and value.id in (
        "z",
        "v",
        "zod",
        "Type",
        "yup",
        "Schema",
        "S",
        "zod_1",
        "import_zod",
    )
