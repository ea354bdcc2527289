"""What the functions of zod make: ``z.array(…)``, ``z.union([…])``, ``z.codec(…)``, each as its arguments say."""

from __future__ import annotations

from typing import Any

from mcp_lsp.predict.values import json
from mcp_lsp_analyzers.code import Const, Dict, Expr, Function, Items, Spread, Str
from mcp_lsp_analyzers.definition import Missing
from mcp_lsp_analyzers.record import replace

from .chain import Methods
from .converted import converted
from .here import Here
from .templates import of_schema, of_value
from .zod import Zod, in_order, missing

# Makers that only zod 4 has.
FOUR = frozenset((
    "looseObject", "partialRecord", "xor", "readonly", "nonoptional", "pipe", "stringbool", "file", "nullish",
    "keyof", "exactOptional", "default", "prefault", "catch", "codec", "hash", "templateLiteral", "looseRecord",
    "fromJSONSchema",
))  # fmt: skip


class Makers(Methods):
    """A method for each function, named as it is between underscores. See `Making`, which is the whole of it."""

    def _object_(self, args: list[Expr], here: Here, keys: str = "strip") -> Zod:
        if not args:
            return Zod("object", shape={}, keys=keys)
        shape, more = self.shape(args[0], here)
        return Zod("object", shape=shape, more=more, keys=keys)

    def _strictObject_(self, args: list[Expr], here: Here) -> Zod:
        return self._object_(args, here, "strict")

    def _looseObject_(self, args: list[Expr], here: Here) -> Zod:
        return self._object_(args, here, "loose")

    def _array_(self, args: list[Expr], here: Here) -> Zod:
        return Zod("array", self.each(args[:1], here))

    def _set_(self, args: list[Expr], here: Here) -> Zod:
        return Zod("set", self.each(args[:1], here))

    def _promise_(self, args: list[Expr], here: Here) -> Zod:
        return Zod("promise", self.each(args[:1], here))

    def _map_(self, args: list[Expr], here: Here) -> Zod:
        return Zod("map", self.each(args[:2], here))

    def _record_(self, args: list[Expr], here: Here, mode: str = "") -> Zod:
        made = self.each(args[:2], here)
        if len(made) == 2 and self.version.major == 3 and made[1].kind == "missing":
            # Its second argument may as well be options.
            node, _ = here.follow(args[1])
            made = made[:1] if isinstance(node, Dict) else made
        if len(made) == 1:
            made = (Zod("string"), made[0])
        return Zod("record", made, value=mode)

    def _keyof_(self, args: list[Expr], here: Here) -> Zod:
        owner = self.schema(args[0], here) if args else missing("it has no schema")
        return self._object(owner, "keyof", [], here) if owner.kind == "object" else missing("it is not known of what")

    def _partialRecord_(self, args: list[Expr], here: Here) -> Zod:
        return self._record_(args, here, "partial")

    def _looseRecord_(self, args: list[Expr], here: Here) -> Zod:
        return self._record_(args, here, "loose")

    def _fromJSONSchema_(self, args: list[Expr], here: Here) -> Zod:
        return converted(json(args[0], here)) if len(args) == 1 else missing("its options decide how it is listed")

    def _tuple_(self, args: list[Expr], here: Here) -> Zod:
        items, home = here.follow(args[0]) if args else (None, here)
        if not isinstance(items, Items) or any(isinstance(item, Spread) for item in items.items):
            return missing("its items are only known at run time")
        rest = None
        if len(args) > 1:
            rest = self.schema(args[1], here)
        return Zod("tuple", tuple(self.schema(item, home) for item in items.items), rest=rest)

    def _union_(self, args: list[Expr], here: Here, kind: str = "union") -> Zod:
        options, home = (
            here.follow(args[-1 if kind == "discriminated" and len(args) < 3 else 0]) if args else (None, here)
        )
        if kind == "discriminated" and len(args) > 1:
            options, home = here.follow(args[1])
        if not isinstance(options, Items) or any(isinstance(item, Spread) for item in options.items):
            return missing("its members are only known at run time")
        return Zod(kind, self.each(options.items, home))

    def _discriminatedUnion_(self, args: list[Expr], here: Here) -> Zod:
        return self._union_(args, here, "discriminated")

    def _xor_(self, args: list[Expr], here: Here) -> Zod:
        return self._union_(args, here, "xor")

    def _intersection_(self, args: list[Expr], here: Here) -> Zod:
        return Zod("intersection", self.each(args[:2], here)) if len(args) > 1 else missing("it has one side only")

    def _literal_(self, args: list[Expr], here: Here) -> Zod:
        if not args or here.undefined(args[0]):
            return missing("its value is no JSON")
        value = json(args[0], here)
        if isinstance(value, list) and self.version.major == 4:
            return Zod("literal", value=value)
        return Zod("literal", value=[value])

    def _enum_(self, args: list[Expr], here: Here) -> Zod:
        values = json(args[0], here) if args else Missing("it has no values")
        if isinstance(values, list):
            whole = all(isinstance(value, str) for value in values)
            return Zod("enum", value=list(dict.fromkeys(values)) if self.version.major == 4 and whole else values)
        if isinstance(values, dict) and self.version.major == 3:
            return Zod("enum", value=[])  # zod 3 takes the values of a list only, and an object has none
        return self._entries(values)

    def _nativeEnum_(self, args: list[Expr], here: Here) -> Zod:
        made = self._entries(json(args[0], here) if args else Missing("it has no values"))
        return replace(made, kind="native") if made.kind == "enum" and self.version.major == 3 else made

    def _entries(self, values: Any) -> Zod:
        if not isinstance(values, dict) or "*" in values:
            return missing(values if isinstance(values, Missing) else "its values are only known at run time")
        # What is listed of an enumeration of TypeScript are its values, not the names that lead back from numbers.
        numbers = {str(value) for value in values.values() if isinstance(value, int)}
        named = {key: value for key, value in in_order(values).items() if key not in numbers}
        return Zod("enum", value=list(named.values()), entries=named)

    def _optional_(self, args: list[Expr], here: Here) -> Zod:
        return Zod("optional", self.each(args[:1], here))

    def _nullable_(self, args: list[Expr], here: Here) -> Zod:
        return Zod("nullable", self.each(args[:1], here))

    def _nullish_(self, args: list[Expr], here: Here) -> Zod:
        return Zod("optional", (Zod("nullable", self.each(args[:1], here)),))

    def _readonly_(self, args: list[Expr], here: Here) -> Zod:
        return Zod("readonly", self.each(args[:1], here))

    def _nonoptional_(self, args: list[Expr], here: Here) -> Zod:
        return Zod("nonoptional", self.each(args[:1], here))

    def _exactOptional_(self, args: list[Expr], here: Here) -> Zod:
        return self._optional_(args, here)

    def _default_(self, args: list[Expr], here: Here, kind: str = "default") -> Zod:
        """``z._default(schema, value)``, as the method of that name."""
        if len(args) < 2:
            return missing("it has no value")
        return self.wrapped(self.schema(args[0], here), kind, kind, self._value(args[1:2], here))

    def _prefault_(self, args: list[Expr], here: Here) -> Zod:
        return self._default_(args, here, "prefault")

    def _catch_(self, args: list[Expr], here: Here) -> Zod:
        return self._default_(args, here, "catch")

    def _codec_(self, args: list[Expr], here: Here) -> Zod:
        if len(args) < 2:
            return missing("it has one side only")
        first, second = self.each(args[:2], here)
        if 1 <= self.version.minor <= 3:  # it did not count as a transform then
            return Zod("pipe", (first, second))
        return Zod("pipe", (Zod("pipe", (first, Zod("transform"))), second))

    def _pipe_(self, args: list[Expr], here: Here) -> Zod:
        return Zod("pipe", self.each(args[:2], here)) if len(args) > 1 else missing("it has one side only")

    def _preprocess_(self, args: list[Expr], here: Here) -> Zod:
        if len(args) < 2:
            return missing("it has no schema")
        inner = self.schema(args[1], here)
        if self.version.major == 3:
            return Zod("effects", (inner,), value="preprocess")
        return Zod("pipe", (Zod("transform"), inner))

    def _lazy_(self, args: list[Expr], here: Here) -> Zod:
        function, home = here.follow(args[0]) if args else (None, here)
        given = home.sight.results(function, home.where, []) if isinstance(function, Function) else []
        if len(given) != 1:
            return missing("what it gives is only known at run time")
        return Zod("lazy", (self.schema(given[0].node, home.at(given[0].where)),))

    def _custom_(self, args: list[Expr], here: Here) -> Zod:
        return Zod("custom" if args or self.version.major == 4 else "any")

    def _instanceof_(self, args: list[Expr], here: Here) -> Zod:
        return Zod("custom")

    def _stringbool_(self, args: list[Expr], here: Here) -> Zod:
        if 1 <= self.version.minor <= 3:  # a codec, which did not count as a transform then
            return Zod("pipe", (Zod("string"), Zod("boolean")))
        return Zod("pipe", (Zod("pipe", (Zod("string"), Zod("transform"))), Zod("boolean")))

    def _hash_(self, args: list[Expr], here: Here) -> Zod:
        kind = json(args[0], here) if len(args) == 1 else Missing("how it is encoded is not known")
        return Zod("string", checks=(("hash", kind), ("maker", None)))

    def _templateLiteral_(self, args: list[Expr], here: Here) -> Zod:
        parts, home = here.follow(args[0]) if args else (None, here)
        if not isinstance(parts, Items) or any(isinstance(part, Spread) for part in parts.items):
            return missing("its parts are only known at run time")
        made: list[str | Missing] = []
        for part in parts.items:
            node, there = home.follow(part)
            schema = None if isinstance(node, (Str, Const)) else self.schema(node, there)
            made.append(of_value(json(part, home)) if schema is None else of_schema(schema))
        unknown = next((part for part in made if isinstance(part, Missing)), None)
        return Zod("template", value=unknown if unknown is not None else f"^{''.join(map(str, made))}$")

    def _file_(self, args: list[Expr], here: Here) -> Zod:
        return Zod("file")

    def each(self, args: list[Expr], here: Here) -> tuple[Zod, ...]:
        return tuple(self.schema(arg, here) for arg in args) or (missing("it is made of nothing"),)
