"""Classes as types: models of pydantic, dataclasses, typed dictionaries and enumerations, each a definition of its own.

A definition stands once under ``$defs``, by the name of its class; a type that cannot be followed is `Missing`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mcp_lsp.read.python.scopes import Env, Frame
from mcp_lsp_analyzers.code import Call, Class, Const, Define, Expr, Index, Items, Name
from mcp_lsp_analyzers.definition import Missing

from .classes import Field, Kind, enumerated, fields, kind_of, origin, variables
from .config import Config, config
from .defaults import default_of
from .docs import docstring
from .fieldinfo import FieldInfo, called, of_metadata
from .forms import Form, Given, NoSchema, any_of, constrained, listed, unknown
from .sight import last, meaning, statements
from .texts import cleaned

if TYPE_CHECKING:
    from .forms import Forms

_ITEM = tuple[Expr, Env, Given]


class Models:
    """The definitions that one schema needs."""

    def __init__(self, python: tuple[int, int]) -> None:
        self.defs: dict[str, Any] = {}
        self.python = python
        self.by_alias = True
        self._owners: dict[str, tuple[Class, str]] = {}
        self._frames: dict[str, tuple[Frame, Kind]] = {}

    # ------------------------------------------------------------ references

    def form(self, cls: Frame, arguments: tuple[_ITEM, ...], forms: Forms, depth: int) -> Form:
        kind = kind_of(cls)
        assert cls.cls is not None
        if kind.name == "outside" and forms.is_context(kind.outside):
            return Form(Missing("a context is no argument"), "context", injected=True)
        if kind.missing is not None or kind.name == "outside":
            reason = kind.missing or Missing(f"`{cls.label}` derives from a class of another package")
            return Form(reason, "unknown", cls=cls)
        if kind.name == "plain":
            return Form(NoSchema(f"`{cls.label}` is no type with a schema"), "plain", cls=cls)
        name = cls.label
        given: Given = {}
        if arguments or kind.generic:
            names = variables(cls)
            if len(names) != len(arguments) and arguments:
                return unknown("its type variables are not known")
            given = dict(zip(names, arguments, strict=False))
            shown = [_shown(*argument) for argument in arguments]
            if None in shown:
                return unknown("how a generic model is named is not known")
            name = f"{name}[{', '.join(map(str, shown))}]" if arguments else name
        key = re.sub(r"[^a-zA-Z0-9.\-_]", "_", name.replace(", ", ","))
        owner = self._owners.get(key)
        if owner is not None and owner != (cls.cls, name):
            return unknown(f"several types are called `{name}`")
        if owner is None:
            self._owners[key] = (cls.cls, name)
            self.defs[key] = {}
            self._frames[key] = (cls, kind)
            made = self.schema(cls, kind, name, given, forms, depth)
            if isinstance(made, Missing):
                self.defs.pop(key)
                del self._owners[key]
                return Form(made, "unknown", cls=cls)
            self.defs[key] = made
        return Form({"$ref": f"#/$defs/{key}"}, "ref", titled=False, cls=cls)

    def schema(self, cls: Frame, kind: Kind, name: str, given: Given, forms: Forms, depth: int) -> Any:
        if kind.name == "enum":
            return self.enumeration(cls)
        if kind.name == "root":
            return self.root(cls, name, given, forms, depth)
        if kind.name == "namedtuple":
            return self.named_tuple(cls, forms, depth)
        settings = config(cls)
        if settings.missing is not None:
            return settings.missing
        schema = self.object(fields(cls, kind.name), settings, given, forms, depth, kind.name)
        schema["title"] = settings.title if settings.title is not None else name
        doc = self.description(cls, kind) if name == cls.label else None  # `Page[int]` is a class without one
        if doc:
            schema["description"] = doc
        if kind.name == "typeddict" and settings.extra is None:
            pass
        elif settings.extra == "forbid":
            schema["additionalProperties"] = False
        elif settings.extra == "allow":
            schema["additionalProperties"] = True
        if forms.mode == "serialization":
            self.computed(cls, schema, forms, depth)
        schema.update(settings.updates)
        return schema

    def description(self, cls: Frame, kind: Kind) -> Any:
        doc = docstring(cls.cls.doc, cls.unit, self.python) if cls.cls is not None else None
        return None if doc is None else cleaned(doc)

    # ------------------------------------------------------------ members

    def object(
        self, members: list[Field], settings: Config, given: Given, forms: Forms, depth: int, kind: str
    ) -> dict[str, Any]:
        properties: dict[str, Any] = {}
        required: list[Any] = []
        for member in members:
            if member.missing is not None:
                properties["*"] = member.missing
                continue
            assert member.annotation is not None
            form = forms.form(member.annotation, member.env, {**given, **member.given}, depth + 1)
            made = self.member(member, form, settings, forms, kind)
            if made is None:
                continue
            name, schema, needed = made
            if isinstance(name, Missing):
                properties["*"] = name
                if needed is not False:
                    required.append(Missing("under which name it is required is not known"))
                continue
            if form.kind == "skipped":
                continue
            properties[name] = schema
            if needed is not False:
                required.append(name if needed is True else Missing("whether it is required is not known"))
        schema = {"type": "object", "properties": properties}
        if required:
            schema["required"] = required
        return schema

    def member(
        self, member: Field, form: Form, settings: Config, forms: Forms, kind: str
    ) -> tuple[Any, Any, bool] | None:
        """Name, schema and whether it is required."""
        info = form.info or FieldInfo()
        value = member.value
        default: tuple[Expr, Env] | None = None
        has_default = False
        if isinstance(value, Call) and kind != "typeddict":
            short = last(meaning(value.callee, member.env).outside)
            if short == "Field":
                info = called(value, member.env).over(info)
                value = None
            elif short == "field" and kind == "dataclass":
                info = of_metadata(value, member.env).over(info)
                value = value.keyword("default")
                has_default = value is None and _made(member.value)
        if isinstance(value, Const) and value.value is ...:
            value = None
        if value is not None:
            default = (value, member.env)
        elif info.default is not None:
            default = info.default
        has_default = has_default or default is not None or info.made
        if info.excluded and forms.mode == "serialization":
            return None
        if info.serialized and forms.mode == "serialization":
            info.missing = info.missing or Missing("another type goes out than comes in")
        name = self.named(member.name, info, settings, forms)
        needed = not has_default if kind != "typeddict" else member.required
        if isinstance(name, Missing):
            return name, None, needed
        if settings.documented and member.doc is not None and "description" not in info.updates:
            info.updates = {**info.updates, "description": cleaned(member.doc)}
        if settings.lengths:
            if form.kind == "str" or (form.inner is not None and form.inner.kind == "str"):
                info.constraints = {**settings.lengths, **info.constraints}
            elif "string" in str(form.schema):
                return name, Missing("which of its strings have a greatest length is not followed"), needed
        return name, field_schema(name, form, info, default, forms, True), needed

    def named(self, name: str, info: FieldInfo, settings: Config, forms: Forms) -> Any:
        if not self.by_alias:
            return name
        own = info.serialization_alias if forms.mode == "serialization" else info.validation_alias
        alias = own if own is not None else info.alias
        if alias is None:
            alias = settings.alias(name)
        return alias if isinstance(alias, (str, Missing)) else name

    def computed(self, cls: Frame, schema: dict[str, Any], forms: Forms, depth: int) -> None:
        """``@computed_field``: part of what goes out."""
        for statement, unit in statements(cls):
            if not isinstance(statement, Define):
                continue
            env = cls.env.within(cls.cls, cls.unit).at(unit) if cls.cls is not None else cls.env
            for decorator in statement.function.decorators:
                callee = decorator.callee if isinstance(decorator, Call) else decorator
                if last(meaning(callee, env).outside) != "computed_field":
                    continue
                returns = statement.function.returns
                name = statement.function.name
                if (isinstance(decorator, Call) and decorator.args) or returns is None:
                    schema["properties"][name] = Missing("what this computed field is, is not known")
                    continue
                form = forms.form(returns, env, {}, depth + 1)
                made = field_schema(name, form, form.info or FieldInfo(), None, forms, True)
                if isinstance(made, dict):
                    made["readOnly"] = True
                    doc = docstring(statement.function.doc, statement.function.unit, self.python)
                    if doc:
                        made["description"] = cleaned(doc)
                schema["properties"][name] = made
                schema.setdefault("required", []).append(name)

    # ------------------------------------------------------------ other kinds

    def enumeration(self, cls: Frame) -> Any:
        members = enumerated(cls)
        if isinstance(members, Missing):
            return members
        values: list[Any] = []
        for value in members.values():
            if not any(type(value) is type(other) and value == other for other in values):
                values.append(value)
        if not values:
            return Missing(f"`{cls.label}` has no values")
        schema = {**listed(values, one="enum"), "title": cls.label}
        doc = docstring(cls.cls.doc, cls.unit, self.python) if cls.cls is not None else None
        if doc:
            schema["description"] = cleaned(doc)
        return schema

    def named_tuple(self, cls: Frame, forms: Forms, depth: int) -> Any:
        """An array of its fields, of which those with defaults may be left out."""
        items: list[Any] = []
        needed = 0
        for member in fields(cls, "namedtuple"):
            if member.missing is not None or member.annotation is None:
                return member.missing or Missing("what this tuple holds is not known")
            form = forms.form(member.annotation, member.env, {}, depth + 1)
            default = (member.value, member.env) if member.value is not None else None
            needed += default is None
            items.append(field_schema(member.name, form, form.info or FieldInfo(), default, forms, True))
        return {"type": "array", "prefixItems": items, "minItems": needed, "maxItems": len(items)}

    def root(self, cls: Frame, name: str, given: Given, forms: Forms, depth: int) -> Any:
        item: _ITEM | None = None
        for base in cls.cls.bases if cls.cls is not None else ():
            if isinstance(base, Index) and origin(base, cls).endswith("RootModel"):
                item = (base.index, cls.env, given)
        if item is None:
            own = [member for member in fields(cls, "model") if member.name == "root"]
            if not own or own[0].annotation is None:
                return Missing("what this model holds is not known")
            item = (own[0].annotation, own[0].env, given)
        form = forms.form(item[0], item[1], item[2], depth + 1)
        made = field_schema("root", form, form.info or FieldInfo(), None, forms, False)
        if isinstance(made, Missing):
            return made
        schema = {**made, "title": name}
        doc = self.description(cls, Kind("model"))
        if doc:
            schema["description"] = doc
        return schema

    def tagged(self, form: Form, discriminator: Any, forms: Forms) -> Form:
        """A union whose members are told apart by a field."""
        if form.inner is not None:
            from .forms import nullable

            return nullable(self.tagged(form.inner, discriminator, forms))
        choices = form.schema.get("anyOf") if isinstance(form.schema, dict) else None
        if not isinstance(discriminator, str) or not choices:
            return unknown("how the members of this union are told apart is not known")
        mapping: dict[str, str] = {}
        for choice in choices:
            key = choice.get("$ref", "").removeprefix("#/$defs/")
            tag = self.defs.get(key, {}).get("properties", {}).get(discriminator) or self._tag(
                key, discriminator, forms
            )
            values = [tag["const"]] if isinstance(tag, dict) and "const" in tag else (tag or {}).get("enum")
            if not values:
                return unknown("how the members of this union are told apart is not known")
            mapping.update({str(value): choice["$ref"] for value in values})
        schema = {"discriminator": {"mapping": mapping, "propertyName": discriminator}, "oneOf": choices}
        return Form(schema, "union")

    def _tag(self, key: str, discriminator: str, forms: Forms) -> Any:
        """The field that tells a class apart whose definition is being read: it refers to the union itself."""
        cls, kind = self._frames.get(key, (None, None))
        if cls is None or kind is None or self.defs.get(key) != {}:
            return None
        for member in fields(cls, kind.name):
            if member.name == discriminator and member.annotation is not None:
                return forms.form(member.annotation, member.env, member.given).schema
        return None


def field_schema(
    name: str, form: Form, info: FieldInfo, default: tuple[Expr, Env] | None, forms: Forms, titles: bool
) -> Any:
    """The schema of one field or argument."""
    if info.missing is not None:
        return info.missing
    if info.discriminator is not None:
        form = forms.models.tagged(form, info.discriminator, forms)
    made = constrained(form, info.constraints)
    if info.replaced is not None:
        if not isinstance(info.replaced, dict):
            return Missing("its schema is only known at run time")
        made = Form(info.replaced, "any", titled="title" not in info.replaced)
    if isinstance(made.schema, Missing):
        return made.schema
    schema = dict(made.schema)
    if info.title is not None:
        schema["title"] = info.title
    elif made.titled and titles:
        schema["title"] = title(name)
    if default is not None:
        schema["default"] = default_of(default[0], default[1], form, forms)
    schema.update(info.updates)
    return schema


def title(name: str) -> str:
    return name.title().replace("_", " ").strip()


def _made(value: Expr | None) -> bool:
    return isinstance(value, Call) and value.keyword("default_factory") is not None


def _shown(expr: Expr, env: Env, given: Given) -> str | None:
    """How a type is called in the name of a generic model."""
    if isinstance(expr, Name):
        if expr.id in given:
            return _shown(*given[expr.id])
        meant = meaning(expr, env)
        if meant.cls is not None:
            return meant.cls.label
        return last(meant.outside) if meant.outside in ("str", "int", "float", "bool", "bytes", "dict") else None
    if isinstance(expr, Index):
        meant = meaning(expr.value, env)
        named = meant.outside if meant.cls is None else meant.cls.label
        arguments = expr.index.items if isinstance(expr.index, Items) else [expr.index]
        shown = [_shown(argument, env, given) for argument in arguments]
        if (meant.cls is not None or named in ("list", "dict", "set", "tuple")) and None not in shown:
            return f"{named}[{', '.join(map(str, shown))}]"
    return None


__all__ = ["Models", "any_of", "field_schema", "title"]
