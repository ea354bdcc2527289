"""What is said about one field or parameter beside its type: ``Field(...)``, constraints, defaults."""

from __future__ import annotations

from typing import Any

from mcp_lsp.read.python.scopes import Env
from mcp_lsp_analyzers.code import Arg, Call, Const, Dict, Expr, Name, Str
from mcp_lsp_analyzers.definition import Missing
from mcp_lsp_analyzers.record import dataclass, field

from ..values import RUN_TIME
from .sight import behind, json, last, meaning

CONSTRAINTS = ("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "pattern")
_ALONE = {"Gt": "gt", "Ge": "ge", "Lt": "lt", "Le": "le", "MultipleOf": "multiple_of", "MinLen": "min_length",
          "MaxLen": "max_length"}  # fmt: skip
_SILENT = frozenset({
    "init", "init_var", "kw_only", "repr", "frozen", "validate_default", "coerce_numbers_to_str", "strict",
    "allow_inf_nan", "fail_fast", "strip_whitespace", "to_upper", "to_lower", "ascii_only", "max_digits",
    "decimal_places",
})  # fmt: skip
"""Arguments that change nothing in a schema."""
_VALIDATORS = frozenset({
    "AfterValidator", "BeforeValidator", "WrapValidator", "Strict", "AllowInfNan", "Predicate", "Timezone", "Doc",
})  # fmt: skip


_CODE = frozenset(("AfterValidator", "BeforeValidator", "WrapValidator"))
_RAW = frozenset(("gt", "ge", "lt", "le", "multiple_of"))
_SIZES = frozenset(("min_length", "max_length"))


@dataclass(slots=True)
class FieldInfo:
    """``default``: an expression with its surroundings; ``made``: there is a default, which no schema shows.
    ``updates``: members that go into the schema as they are. ``constraints``: in the order they were said."""

    default: tuple[Expr, Env] | None = None
    made: bool = False
    required: bool = False
    title: Any = None
    alias: Any = None
    validation_alias: Any = None
    serialization_alias: Any = None
    excluded: bool = False
    discriminator: Any = None
    updates: dict[str, Any] = field(default_factory=dict)
    constraints: dict[str, Any] = field(default_factory=dict)
    replaced: Any = None  # a schema given in place of the one of the type
    missing: Missing | None = None  # something in it that nobody understands
    injected: bool = False
    serialized: bool = False  # another type goes out than comes in
    coded: bool = False  # a function checks it: of limits said after that pydantic makes no words of JSON Schema
    chosen: bool = False  # it has several names: an argument of a call keeps its own

    def over(self, earlier: FieldInfo) -> FieldInfo:
        """Both; what is said later counts."""
        raw = {word: limit for word, limit in self.constraints.items() if earlier.coded and word in _RAW}
        limits = {word: limit for word, limit in self.constraints.items() if not earlier.coded or word in _SIZES}
        return FieldInfo(
            self.default or (None if self.made else earlier.default),
            self.made or (earlier.made and self.default is None),
            self.required or earlier.required,
            self.title if self.title is not None else earlier.title,
            self.alias if self.alias is not None else earlier.alias,
            self.validation_alias if self.validation_alias is not None else earlier.validation_alias,
            self.serialization_alias if self.serialization_alias is not None else earlier.serialization_alias,
            self.excluded or earlier.excluded,
            self.discriminator if self.discriminator is not None else earlier.discriminator,
            {**earlier.updates, **raw, **self.updates},
            {**earlier.constraints, **limits},
            self.replaced if self.replaced is not None else earlier.replaced,
            self.missing or earlier.missing,
            self.injected or earlier.injected,
            self.serialized or earlier.serialized,
            self.coded or earlier.coded,
            self.chosen or earlier.chosen,
        )


def metadata(expr: Expr, env: Env, plain: bool) -> FieldInfo:
    """What stands behind the type in ``Annotated``. ``plain``: a text alone is a description (fastmcp)."""
    value, home = (expr, env) if isinstance(expr, Call) else behind(expr, env)
    if isinstance(value, Call):
        return called(value, home)
    said = json(value, home)
    if isinstance(said, str):
        # Only where it stands alone: see `forms.Forms`.
        return FieldInfo(updates={"description": said} if plain else {})
    if isinstance(value, Name):
        meant = meaning(value, home)
        if last(meant.outside) in ("Strict",):
            return FieldInfo()
        return FieldInfo(missing=Missing(f"`{value.id}` is not known here"))
    return FieldInfo() if isinstance(value, Const) else FieldInfo(missing=Missing(RUN_TIME))


def called(call: Call, env: Env) -> FieldInfo:
    meant = meaning(call.callee, env)
    name = last(meant.outside)
    package = meant.outside.partition(".")[0]
    if name == "Field" and package == "pydantic":
        return field_of(call, env)
    if name == "StringConstraints" and package == "pydantic":
        return field_of(call, env)
    if package == "annotated_types" and name in _ALONE:
        return FieldInfo(constraints={_ALONE[name]: json(call.args[0].value, env)} if call.args else {})
    if package == "annotated_types" and name in ("Len", "Interval"):
        return field_of(call, env, ("min_length", "max_length") if name == "Len" else ())
    if package in ("pydantic", "annotated_types", "typing_extensions") and name in _VALIDATORS:
        return FieldInfo(coded=name in _CODE)
    if package == "pydantic" and name == "PlainSerializer":
        return FieldInfo(serialized=True)
    if package == "pydantic" and name == "WithJsonSchema" and call.args:
        return FieldInfo(replaced=json(call.args[0].value, env))
    if package == "pydantic" and name == "Discriminator" and call.args:
        return FieldInfo(discriminator=json(call.args[0].value, env))
    if name == "Resolve" and package == "mcp":
        return FieldInfo(injected=True)
    return FieldInfo(missing=Missing(f"what `{name or 'this call'}` adds is not known"))


def field_of(call: Call, env: Env, positions: tuple[str, ...] = ("default",)) -> FieldInfo:
    """The arguments of ``Field(...)`` and of what takes the same."""
    info = FieldInfo()
    at = 0
    for arg in call.args:
        name = arg.name
        if name is None and not arg.spread and at < len(positions):
            name = positions[at]
            at += 1
        if name is None:
            info.missing = Missing(RUN_TIME)
            continue
        _said(info, name, arg, env)
    return info


def of_metadata(field: Call, env: Env) -> FieldInfo:
    """``dataclasses.field(metadata={"description": …})``: pydantic takes what its own ``Field`` knows."""
    said = field.keyword("metadata")
    if said is None:
        return FieldInfo()
    given, home = behind(said, env)
    info = FieldInfo()
    if not isinstance(given, Dict) or not all(isinstance(pair.key, Str) for pair in given.pairs):
        info.missing = Missing(RUN_TIME)
        return info
    for pair in given.pairs:
        if isinstance(pair.key, Str) and pair.key.value in _OF_FIELD:
            _said(info, pair.key.value, Arg(pair.start, pair.end, pair.value), home)
    return info


_OF_FIELD = frozenset((
    *CONSTRAINTS, "title", "description", "examples", "deprecated", "alias", "validation_alias", "serialization_alias",
    "json_schema_extra", "discriminator",
))  # fmt: skip


def _said(info: FieldInfo, name: str, arg: Arg, env: Env) -> None:
    if name == "default":
        if isinstance(arg.value, Const) and arg.value.value is ...:
            info.required = True
        else:
            info.default = (arg.value, env)
        return
    if name == "default_factory":
        info.made = True
        return
    if name in _SILENT:
        return
    given = arg.value
    if name == "validation_alias" and isinstance(given, Call) and given.args:
        if last(meaning(given.callee, env).outside) == "AliasChoices":
            given = given.args[0].value  # the first is the one that is shown
            info.chosen = True
    said = json(given, env)
    if said is None:
        return
    if name in CONSTRAINTS:
        info.constraints[name] = said
    elif name in ("title", "alias", "validation_alias", "serialization_alias", "discriminator"):
        setattr(info, name, said)
    elif name in ("description", "examples"):
        info.updates[name] = said
    elif name == "deprecated":
        if said is not False:
            info.updates["deprecated"] = said if isinstance(said, Missing) else True
    elif name == "json_schema_extra":
        info.updates.update(said if isinstance(said, dict) else {"*": _as_missing(said)})
    elif name == "exclude":
        info.excluded = said is True
        if isinstance(said, Missing):
            info.missing = said
    elif name == "min_items" or name == "max_items":
        info.constraints[name.replace("items", "length")] = said
    else:
        info.missing = Missing(f"what `{name}` does to the schema is not known")


def _as_missing(said: object) -> Missing:
    return said if isinstance(said, Missing) else Missing(RUN_TIME)
