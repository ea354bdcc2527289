"""What schemas of all kinds have in common: types, descriptions, choices, and texts a model reads."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Expr, Regex, Str
from mcp_lsp_analyzers.model import Parameter, Type
from mcp_lsp_analyzers.place import Span, Text
from mcp_lsp_analyzers.record import NamedTuple, dataclass, field, replace

from .arrays import items
from .sight import At, Sight
from .texts import text

ANY = Type()

MOST = 1_000
"""Values in one schema, nested ones included: schemas that contain themselves have no end."""
FAR = 60
"""Steps to follow in a schema; an object inside of an object is `DEEPER` of them."""
DEEPER = 15


@dataclass
class Field:
    """What is known of one value so far."""

    type: Type = ANY
    required: bool = True
    description: Text | None = None
    texts: list[Text] = field(default_factory=list)


class Named(NamedTuple):
    """A schema's parameters, and whether these are all."""

    parameters: tuple[Parameter, ...]
    known: bool


NOTHING = Named((), True)
UNKNOWN = Named((), False)

STRING = Type(frozenset({"string"}))
NUMBER = Type(frozenset({"number"}), closed=True)
INTEGER = Type(frozenset({"integer"}), closed=True)
BOOLEAN = Type(frozenset({"boolean"}), closed=True)
OBJECT = Type(frozenset({"object"}))
CLOSED = Type(frozenset({"string"}), closed=True)
NULL = Type(frozenset({"null"}), closed=True)

# What a function named so makes, in zod, valibot, TypeBox and yup alike.
MADE: dict[str, Type] = {
    "string": STRING, "String": STRING, "number": NUMBER, "Number": NUMBER, "int": INTEGER, "int32": INTEGER,
    "integer": INTEGER, "Integer": INTEGER, "float32": NUMBER, "float64": NUMBER, "bigint": INTEGER,
    "boolean": BOOLEAN, "Boolean": BOOLEAN, "stringbool": BOOLEAN, "date": CLOSED, "uuid": CLOSED, "guid": CLOSED,
    "uuidv4": CLOSED, "uuidv7": CLOSED, "nanoid": STRING, "cuid": CLOSED, "cuid2": CLOSED, "ulid": CLOSED,
    "datetime": CLOSED, "isoDateTime": CLOSED, "time": CLOSED, "duration": CLOSED, "ipv4": CLOSED, "ipv6": CLOSED,
    "email": STRING, "url": replace(STRING, format="uri"), "httpUrl": replace(STRING, format="uri"), "null": NULL,
    "Null": NULL, "undefined": NULL, "record": OBJECT, "Record": OBJECT, "map": OBJECT, "looseObject": OBJECT,
    "base64": STRING, "jwt": STRING, "emoji": STRING, "file": STRING,
}  # fmt: skip


class Described:
    """Reads schemas for one tool. ``pointer``: what stands above the names of the parameters."""

    __slots__ = ("budget", "pointer", "sight", "uri")

    def __init__(self, sight: Sight, uri: str, pointer: str, budget: list[int] | None = None) -> None:
        self.sight = sight
        self.uri = uri
        self.pointer = pointer
        self.budget = [MOST] if budget is None else budget  # values still to be read

    def parameters(self, at: At | None, far: int = 0) -> Named:
        """All parameters that a schema names."""
        raise NotImplementedError

    def field(self, at: At, into: Field, pointer: str, far: int = 0) -> None:
        """What a schema says of one value."""
        raise NotImplementedError

    def below(self, pointer: str, at: At | None, into: Field, far: int) -> None:
        """The texts inside of an object."""
        if at is None:
            return
        inside = type(self)(self.sight, self.uri, f"{pointer}/properties", self.budget).parameters(at, far + DEEPER)
        if inside.known:
            into.type = replace(into.type, entries=tuple((p.name, p.type) for p in inside.parameters))
        for parameter in inside.parameters:
            into.texts += [parameter.description] if parameter.description is not None else []
            into.texts += parameter.texts

    def parameter(self, name: str, key: Expr, value: At, known: Field, pointer: str) -> Parameter:
        # Where a shape is spread into another, its keys stand in another unit than the tool: with their values.
        unit = value.where.unit
        place = unit.place(self.uri, pointer, Span(key.start, key.end))
        return Parameter(name, place, known.description, known.type, known.required, tuple(known.texts))

    def _default(self, args: list[At], into: Field, pointer: str) -> None:
        if args:
            value = self.sight.resolve(args[0])
            if value is not None and isinstance(value.node, Str):
                known = text(self.sight, self.uri, f"{pointer}/default", "default value", value)
                if known is not None and known.value:
                    into.texts.append(known)

    def _meta(self, at: At, into: Field, pointer: str) -> None:
        found = self.sight.resolve(at)
        if found is None:
            return
        described = text(
            self.sight,
            self.uri,
            f"{pointer}/description",
            "parameter description",
            self.sight.entry(found, "description"),
        )
        into.description = described or into.description
        title = text(self.sight, self.uri, f"{pointer}/title", "parameter title", self.sight.entry(found, "title"))
        if title is not None:
            into.texts.append(title)

    def _pattern(self, at: At) -> str | None:
        found = self.sight.resolve(at)
        if found is None:
            return None
        if isinstance(found.node, Regex):
            return found.node.pattern
        return found.node.value if isinstance(found.node, Str) else None

    def _literal(self, at: At | None, into: Field, pointer: str) -> None:
        if at is None:
            return
        values, complete = items(self.sight, at)
        self._choices(values or [at], complete or not values, into, pointer)

    def _choices(self, values: list[At], complete: bool, into: Field, pointer: str) -> None:
        constants = [self.sight.constant(value) for value in values]
        kinds = {
            "boolean" if isinstance(c, bool) else "number" if isinstance(c, (int, float)) else "string"
            for c in constants
        }
        known = complete and None not in constants
        into.type = Type(
            frozenset(kinds or {"string"}), tuple(str(c) for c in constants) if known and constants else None, True
        )
        for value in values:
            label = text(self.sight, self.uri, f"{pointer}/enum", "enum value", value)
            if label is not None and label.value and label.pieces:
                into.texts.append(label)


def either(a: Type, b: Type) -> Type:
    if "any" in a.kinds or "any" in b.kinds:
        return ANY
    choices = (*a.choices, *b.choices) if a.choices is not None and b.choices is not None else None
    if b is NULL or b.kinds == {"null"}:
        return replace(a, kinds=a.kinds | b.kinds)
    if a.kinds == {"null"}:
        return replace(b, kinds=a.kinds | b.kinds)
    closed = a.closed and b.closed
    return Type(a.kinds | b.kinds, choices, closed, "", None, a.items or b.items, entries=_either_entries(a, b))


def _either_entries(a: Type, b: Type) -> tuple[tuple[str, Type], ...]:
    """The entries of the one or the other object; none where one of them lets others through."""
    if not a.entries or not b.entries:
        return ()
    found = dict(a.entries)
    for name, entry in b.entries:
        found[name] = either(found[name], entry) if name in found else entry
    return tuple(found.items())
