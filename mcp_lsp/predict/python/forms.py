"""What pydantic makes of an annotation: its JSON Schema, and what constraints and titles it takes further up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcp_lsp.read.python.scopes import Env, Frame
from mcp_lsp.read.python.types import forward
from mcp_lsp_analyzers.code import Attr, Binary, Call, Const, Expr, Index, Items, Name, Str
from mcp_lsp_analyzers.definition import Missing
from mcp_lsp_analyzers.record import dataclass, replace

from ..values import RUN_TIME
from .content import ANNOTATIONS, BLOCKS
from .fieldinfo import FieldInfo, field_of, metadata
from .plain import CONSTRAINED, DICTS, LISTS, PLAIN, SETS, TUPLES
from .sight import json, last, meaning, times

if TYPE_CHECKING:
    from .models import Models

_DEEPEST = 40
Given = dict[str, "tuple[Expr, Env, Given]"]
"""What stands for each type variable of a generic model."""


@dataclass(slots=True)
class Form:
    """``schema`` may be `Missing`. ``info``: what ``Annotated`` says, not yet in the schema. ``titled``: whether a
    field of this type gets a title. ``inner``: the type that may also be null."""

    schema: Any
    kind: str
    titled: bool = True
    info: FieldInfo | None = None
    inner: Form | None = None
    injected: bool = False
    plain: str = ""  # the full name of a type that is no generic
    cls: Frame | None = None


class NoSchema(Missing):
    """A type that pydantic has no schema for: asked for one, it fails."""


def unknown(reason: str) -> Form:
    return Form(Missing(reason), "unknown")


_BOUNDS = {"gt": "exclusiveMinimum", "ge": "minimum", "lt": "exclusiveMaximum", "le": "maximum",
           "multiple_of": "multipleOf"}  # fmt: skip
_LENGTHS = {
    "str": ("minLength", "maxLength"), "bytes": ("minLength", "maxLength"), "list": ("minItems", "maxItems"),
    "set": ("minItems", "maxItems"), "dict": ("minProperties", "maxProperties"),
}  # fmt: skip


def constrained(form: Form, constraints: dict[str, Any]) -> Form:
    if not constraints or isinstance(form.schema, Missing):
        return form
    if form.inner is not None:
        return nullable(constrained(form.inner, constraints))
    schema = dict(form.schema)
    for name, value in constraints.items():
        key = ""
        if name in _BOUNDS:
            if form.kind in ("int", "float", "decimal"):
                key = _BOUNDS[name]
            elif form.kind == "date":
                continue
        elif name == "pattern":
            key = "pattern" if form.kind == "str" else ""
        elif form.kind in _LENGTHS:
            key = _LENGTHS[form.kind][name == "max_length"]
        if not key:
            schema["*"] = Missing(f"what `{name}` does to this type is not known")
        elif form.kind == "decimal" and "anyOf" in schema:
            schema["anyOf"] = [{**schema["anyOf"][0], key: value}, *schema["anyOf"][1:]]
        elif form.kind != "decimal":
            schema[key] = value
    return replace(form, schema=schema)


def nullable(inner: Form) -> Form:
    if isinstance(inner.schema, Missing):
        return inner
    if inner.schema == {"type": "null"}:
        return inner
    schema = any_of([inner.schema, {"type": "null"}])
    return Form(schema, "nullable", inner.titled, None, inner, inner.injected)


def any_of(schemas: list[Any]) -> Any:
    flat: list[Any] = []
    for schema in schemas:
        for one in schema["anyOf"] if isinstance(schema, dict) and set(schema) == {"anyOf"} else [schema]:
            if one not in flat:
                flat.append(one)
    return flat[0] if len(flat) == 1 else {"anyOf": flat}


def settled(form: Form) -> Any:
    """The schema of a type inside another one: what ``Annotated`` says is part of it."""
    info = form.info
    if info is None:
        return form.schema
    if info.missing is not None:
        return info.missing
    if info.default is not None or info.made:
        return Missing("a default inside a type is not followed")
    if info.replaced is not None:
        return info.replaced
    made = constrained(form, info.constraints)
    if isinstance(made.schema, Missing):
        return made.schema
    titled = {} if info.title is None else {"title": info.title}
    return {**made.schema, **titled, **info.updates}


class Forms:
    """Reads annotations. ``mode``: "validation" (what comes in) or "serialization" (what goes out); ``texts``: a text
    alone in ``Annotated`` is a description; ``sdk``: the package whose Context is filled in; ``contents``: content
    blocks are types like others."""

    def __init__(self, models: Models, mode: str, texts: bool, sdk: str, contents: bool) -> None:
        self.models = models
        self.mode = mode
        self.texts = texts
        self.sdk = sdk
        self.contents = contents
        self._aliases: dict[str, dict[str, Any]] = {}

    def form(self, expr: Expr, env: Env, given: Given, depth: int = 0) -> Form:
        if depth > _DEEPEST:
            return unknown("it refers to itself")
        if isinstance(expr, Str):
            parsed = forward(expr)
            return unknown("the text is no type") if parsed is None else self.form(parsed, env, given, depth + 1)
        if isinstance(expr, Const):
            return Form({"type": "null"}, "null") if expr.value is None else unknown("it is no type")
        if isinstance(expr, Binary) and expr.op == "|":
            return self.union([expr.left, expr.right], env, given, depth)
        if isinstance(expr, (Name, Attr)):
            return self.named(expr, env, given, depth)
        if isinstance(expr, Index):
            return self.generic(expr, env, given, depth)
        if isinstance(expr, Call):
            return self.made(expr, env, given, depth)
        return unknown(RUN_TIME)

    # ------------------------------------------------------------ names

    def named(self, expr: Name | Attr, env: Env, given: Given, depth: int) -> Form:
        if isinstance(expr, Name) and expr.id in given:
            inner, home, outer = given[expr.id]
            return self.form(inner, home, outer, depth + 1)
        meant = meaning(expr, env)
        if meant.cls is not None:
            if _again(meant.cls):
                return unknown(f"`{meant.cls.label}` is defined more than once")
            return self.models.form(meant.cls, (), self, depth)
        if meant.value is not None:
            value, home = meant.value
            if isinstance(expr, Name) and not home.frames and times(home.file.module, expr.id) > 1:
                return unknown(f"`{expr.id}` is set more than once")
            if isinstance(value, Call) and last(meaning(value.callee, home).outside) == "TypeVar":
                return self._variable(value)
            return self.form(value, home, given, depth + 1)
        return self.outside(meant.outside, expr)

    def _variable(self, call: Call) -> Form:
        if len([arg for arg in call.args if arg.name is None]) == 1 and call.keyword("bound") is None:
            return Form({}, "any") if call.keyword("default") is None else unknown("a type variable with a default")
        return unknown("a type variable with bounds")

    def outside(self, name: str, expr: Expr) -> Form:
        plain = PLAIN.get(name)
        if plain is not None:
            schema = plain.out if plain.out is not None and self.mode == "serialization" else plain.schema
            return Form(dict(schema), plain.kind, plain=name)
        if name in LISTS:
            return Form({"type": "array", "items": {}}, "list", plain=name)
        if name in SETS:
            return Form({"type": "array", "items": {}, "uniqueItems": True}, "set", plain=name)
        if name in DICTS:
            return Form({"type": "object", "additionalProperties": True}, "dict", plain=name)
        if name in TUPLES:
            return Form({"type": "array", "items": {}}, "tuple", plain=name)
        if self.is_context(name):
            return Form(Missing("a context is no argument"), "context", injected=True, plain=name)
        if self.contents and last(name) in BLOCKS and name.startswith("mcp."):
            self.models.defs.update({last(name): BLOCKS[last(name)], "Annotations": ANNOTATIONS})
            return Form({"$ref": f"#/$defs/{last(name)}"}, "ref", titled=False, plain=name)
        shown = name or (expr.id if isinstance(expr, Name) else expr.name if isinstance(expr, Attr) else "this type")
        form = unknown(f"`{shown}` is a type of another package" if "." in shown else f"`{shown}` is not known here")
        form.plain = name
        return form

    def is_context(self, name: str) -> bool:
        return last(name) == "Context" and name.partition(".")[0] == self.sdk

    # ------------------------------------------------------------ generics

    def generic(self, expr: Index, env: Env, given: Given, depth: int) -> Form:
        meant = meaning(expr.value, env)
        arguments: list[Expr] = list(expr.index.items) if isinstance(expr.index, Items) else [expr.index]
        if meant.cls is not None:
            if _again(meant.cls):
                return unknown(f"`{meant.cls.label}` is defined more than once")
            return self.models.form(meant.cls, tuple((a, env, given) for a in arguments), self, depth)
        if meant.value is not None:
            return unknown("an alias with type variables is not followed")
        name = meant.outside
        package, short = name.partition(".")[0], last(name)
        if package in ("typing", "typing_extensions"):
            if short == "Annotated" and arguments:
                return self.annotated(arguments, env, given, depth)
            if short == "Optional" and arguments:
                none = Const(expr.start, expr.end, None)
                return self.union([arguments[0], none], env, given, depth)
            if short == "Union":
                return self.union(list(arguments), env, given, depth)
            if short == "Literal":
                return self.literal(list(arguments), env)
            if short in ("Required", "NotRequired", "ReadOnly", "Final") and arguments:
                return self.form(arguments[0], env, given, depth + 1)
        if name == "pydantic.json_schema.SkipJsonSchema":
            return Form({}, "skipped")
        if name in ("pydantic.Json", "pydantic.types.Json") and self.mode == "validation":
            inner = self.inner(arguments[0], env, given, depth)
            return Form({"type": "string", "contentMediaType": "application/json", "contentSchema": inner}, "json")
        if name in LISTS or name in SETS:
            schema: dict[str, Any] = {"type": "array", "items": self.inner(arguments[0], env, given, depth)}
            if name in SETS:
                schema["uniqueItems"] = True
            return Form(schema, "set" if name in SETS else "list", plain=name)
        if name in DICTS:
            return self.dictionary(arguments, env, given, depth)
        if name in TUPLES:
            return self.tuple(arguments, env, given, depth)
        if self.is_context(name):
            return Form(Missing("a context is no argument"), "context", injected=True, plain=name)
        return self.outside(name, expr.value) if name not in PLAIN else unknown(f"`{name}[…]` is not followed")

    def inner(self, expr: Expr, env: Env, given: Given, depth: int) -> Any:
        return settled(self.form(expr, env, given, depth + 1))

    def aliased(self, call: Call, env: Env, given: Given, depth: int) -> Form:
        """``TypeAliasType("Name", T)``: a definition of its own, and ``Name`` refers to it."""
        label = json(call.args[0].value, env)
        if not isinstance(label, str) or self.models.defs.get(label, call) not in (call, self._aliases.get(label)):
            return unknown("several types have its name")
        if label not in self._aliases:
            inner = self.form(call.args[1].value, env, given, depth + 1)
            made = settled(inner)
            if not isinstance(made, dict):
                return inner
            self._aliases[label] = self.models.defs[label] = made
        return Form({"$ref": f"#/$defs/{label}"}, "ref", titled=False)

    def dictionary(self, arguments: list[Expr], env: Env, given: Given, depth: int) -> Form:
        if len(arguments) != 2:
            return unknown(RUN_TIME)
        keys = self.inner(arguments[0], env, given, depth)
        values = self.inner(arguments[1], env, given, depth)
        schema: dict[str, Any] = {"type": "object"}
        if isinstance(keys, Missing):
            return Form(keys, "unknown")
        pattern = keys.get("pattern")
        named = {key: value for key, value in keys.items() if key != "type"}
        if pattern is not None and set(named) == {"pattern"}:
            schema["patternProperties"] = {pattern: values}
        elif pattern is not None:
            return unknown("how keys with a pattern and more are written is not known")
        else:
            schema["additionalProperties"] = True if values == {} else values
            if named:
                schema["propertyNames"] = named
        return Form(schema, "dict", plain="dict")

    def tuple(self, arguments: list[Expr], env: Env, given: Given, depth: int) -> Form:
        if not arguments:  # ``tuple[()]``
            return Form({"type": "array", "minItems": 0, "maxItems": 0}, "tuple")
        ends = arguments[-1]
        if len(arguments) == 2 and isinstance(ends, Const) and ends.value is ...:
            items = self.inner(arguments[0], env, given, depth)
            return Form({"type": "array", "items": items}, "tuple", plain="tuple")
        if any(isinstance(argument, Const) and argument.value is ... for argument in arguments):
            return unknown(RUN_TIME)
        items = [self.inner(argument, env, given, depth) for argument in arguments]
        count = len(items)
        return Form({"type": "array", "prefixItems": items, "minItems": count, "maxItems": count}, "tuple")

    def annotated(self, arguments: list[Expr], env: Env, given: Given, depth: int) -> Form:
        base = self.form(arguments[0], env, given, depth + 1)
        info = base.info or FieldInfo()
        for extra in arguments[1:]:
            # fastmcp takes a text for a description where nothing else stands beside it.
            info = metadata(extra, env, self.texts and len(arguments) == 2).over(info)
        if info.discriminator is not None:
            base = self.models.tagged(base, info.discriminator, self)
            info.discriminator = None
        return replace(base, info=info, injected=base.injected or info.injected)

    # ------------------------------------------------------------ unions, literals

    def union(self, options: list[Expr], env: Env, given: Given, depth: int) -> Form:
        forms: list[Form] = []
        null = self._flat(options, env, given, depth, forms)
        injected = any(form.injected for form in forms)
        missing = next((form.schema for form in forms if isinstance(form.schema, Missing)), None)
        if missing is not None:
            return Form(missing, "unknown", injected=injected)
        schemas = [settled(form) for form in forms]
        failed = next((schema for schema in schemas if isinstance(schema, Missing)), None)
        if failed is not None:
            return Form(failed, "unknown", injected=injected)
        if not forms:
            return Form({"type": "null"}, "null")
        if len(forms) == 1:
            one = replace(forms[0], schema=schemas[0], info=None)
        else:
            one = Form(any_of(schemas), "union")
        return nullable(one) if null else one

    def _flat(self, options: list[Expr], env: Env, given: Given, depth: int, into: list[Form]) -> bool:
        """The members of a union that may have unions among them; whether null is one."""
        null = False
        for option in options:
            at, home, variables = option, env, given
            for _ in range(8):  # through names of unions
                if isinstance(at, Str) and (parsed := forward(at)) is not None:
                    at = parsed
                elif isinstance(at, Name) and at.id in variables:
                    at, home, variables = variables[at.id]
                elif isinstance(at, (Name, Attr)) and (found := meaning(at, home).value) is not None:
                    if isinstance(found[0], Call):
                        break
                    at, home = found
                else:
                    break
            inner = self._options(at, home)
            if inner is not None and depth < _DEEPEST:
                null = self._flat(inner, home, variables, depth + 1, into) or null
            elif isinstance(at, Const) and at.value is None:
                null = True
            elif (one := self.form(at, home, variables, depth + 1)).kind != "skipped":
                into.append(one)
        return null

    def _options(self, expr: Expr, env: Env) -> list[Expr] | None:
        if isinstance(expr, Binary) and expr.op == "|":
            return [expr.left, expr.right]
        if isinstance(expr, Index):
            name = meaning(expr.value, env).outside
            arguments = expr.index.items if isinstance(expr.index, Items) else [expr.index]
            if name in ("typing.Union", "typing_extensions.Union"):
                return list(arguments)
            if name in ("typing.Optional", "typing_extensions.Optional"):
                return [arguments[0], Const(expr.start, expr.end, None)]
        return None

    def literal(self, arguments: list[Expr], env: Env) -> Form:
        values: list[Any] = []
        for argument in arguments:
            said = self._choices(argument, env)
            if isinstance(said, Missing):
                return Form(said, "unknown")
            values += said
        kept: list[Any] = []
        for value in values:
            if not any(type(value) is type(other) and value == other for other in kept):
                kept.append(value)
        return Form(listed(kept, one="const"), "literal")

    def _choices(self, expr: Expr, env: Env) -> Any:
        at, home = expr, env
        if isinstance(at, (Name, Attr)) and (found := meaning(at, home).value) is not None:
            at, home = found
        if isinstance(at, Index):  # Literal[Literal["a"], "b"]
            if last(meaning(at.value, home).outside) != "Literal":
                return Missing(RUN_TIME)
            arguments = at.index.items if isinstance(at.index, Items) else [at.index]
            inner = [self._choices(argument, home) for argument in arguments]
            failed = next((one for one in inner if isinstance(one, Missing)), None)
            return failed or [value for one in inner for value in one]
        said = json(expr, env)
        return said if isinstance(said, Missing) else [said]

    # ------------------------------------------------------------ calls

    def made(self, call: Call, env: Env, given: Given, depth: int) -> Form:
        """``NewType("Id", int)``, ``conint(ge=1)``."""
        meant = meaning(call.callee, env)
        name = last(meant.outside)
        if name == "TypeAliasType" and len(call.args) == 2:
            return self.aliased(call, env, given, depth)
        if name == "NewType" and len(call.args) == 2:
            return self.form(call.args[1].value, env, given, depth + 1)
        if meant.outside.startswith("pydantic."):
            if name in CONSTRAINED:
                plain = PLAIN[CONSTRAINED[name]]
                form = Form(dict(plain.schema), plain.kind, info=field_of(call, env, ()))
                return replace(form, schema=settled(form), info=None)
            if name in ("conlist", "conset", "confrozenset") and call.args and call.args[0].name is None:
                schema: dict[str, Any] = {"type": "array", "items": self.inner(call.args[0].value, env, given, depth)}
                if name != "conlist":
                    schema["uniqueItems"] = True
                rest = Call(call.start, call.end, call.callee, call.args[1:])
                form = Form(schema, "list", info=field_of(rest, env, ("min_length", "max_length")))
                return replace(form, schema=settled(form), info=None)
        return unknown("a type that a call makes is only known at run time")


def _again(cls: Frame) -> bool:
    return times(cls.env.file.module, cls.label) > 1 and not cls.env.frames


def listed(values: list[Any], one: str) -> dict[str, Any]:
    """``enum``, or ``const`` for a single literal, with the type that all values have."""
    schema: dict[str, Any] = {one: values[0]} if len(values) == 1 and one == "const" else {"enum": values}
    kinds = {type(value) for value in values}
    names = {str: "string", int: "integer", float: "number", bool: "boolean", list: "array", type(None): "null"}
    if len(kinds) == 1 and (kind := names.get(next(iter(kinds)))) is not None:
        if not (kind == "null" and one == "enum"):
            schema["type"] = kind
    return schema
