"""What a tool says it returns: the output schema that each SDK makes of a return annotation; ``None`` for none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from mcp_lsp.read.python.scopes import Env, Frame
from mcp_lsp.read.python.types import forward
from mcp_lsp_analyzers.code import Attr, Binary, Call, Const, Expr, Function, Index, Items, Name, Str
from mcp_lsp_analyzers.definition import Missing

from .classes import Field, fields, is_total, kind_of
from .config import config
from .fieldinfo import FieldInfo
from .forms import Form, Forms, NoSchema, settled
from .models import field_schema
from .pruning import rooted
from .sight import annotations_are_text, last, meaning
from .signature import finished, inlined

_CONTENT = frozenset({
    "TextContent", "ImageContent", "AudioContent", "ResourceLink", "EmbeddedResource", "ContentBlock",
})  # fmt: skip
_HELPERS = frozenset({"Image", "Audio", "File"})
_WRAPPED = frozenset({
    "str", "int", "float", "bool", "bytes", "typing.Dict", "typing.List", "typing.Tuple", "typing.Set",
    "typing.FrozenSet", "typing.Sequence", "typing.Mapping",
})  # fmt: skip
_SILENT = frozenset({
    "list", "dict", "tuple", "set", "frozenset", "object", "datetime.datetime", "datetime.date", "datetime.time",
    "datetime.timedelta", "decimal.Decimal", "uuid.UUID", "pathlib.Path", "pathlib.PurePath",
})  # fmt: skip
"""Classes without annotated attributes: mcp finds no fields in them, and makes no schema."""
_SEQUENCES = frozenset({"list", "tuple", "typing.List", "typing.Tuple", "typing.Sequence", "collections.abc.Sequence"})

Where = tuple[Expr, Env]


def of_model(function: Function, env: Env, forms: Forms, major: int, python: tuple[int, int]) -> Any:
    """As mcp: models as they are, other classes by their fields, everything else as ``result``."""
    if function.returns is None:
        return None
    where = _behind((function.returns, env))
    base, said = _annotated(where)
    if base is None:
        return Missing("its return annotation is only known at run time")
    if _named(base, {"CallToolResult"}):
        if not said:
            return None
        where = base = _behind(said)
    options = list(_options(base))
    if len(options) > 1:
        if any(_named(option, {"CallToolResult"}) for option in options):
            return Missing("a union with CallToolResult cannot be registered")
        if major >= 2 and any(_named(option, {"InputRequiredResult"}) for option in options):
            # A question to the client is no result; what is left of the union is.
            rest = _without(options, {"InputRequiredResult"})
            if rest is None:
                return Missing("what remains of this union is not followed")
            where = base = rest
    if major >= 2 and (_named(base, {"InputRequiredResult"}) or _is_content(base, _CONTENT | _HELPERS)):
        return None
    return _strict(_modelled(function, where, base, forms, major, python), forms)


def _modelled(function: Function, where: Where, base: Where, forms: Forms, major: int, python: tuple[int, int]) -> Any:
    expr, env = base
    name = function.name or "<lambda>"
    if isinstance(expr, (Name, Attr)) or (isinstance(expr, Index) and meaning(expr.value, env).cls is not None):
        meant = meaning(expr.value if isinstance(expr, Index) else expr, env)
        if meant.cls is not None:
            return _class(expr, env, meant.cls, forms, major)
        if meant.outside in _SILENT or (last(meant.outside) in _HELPERS and meant.outside.startswith("mcp.")):
            return None
        if meant.outside in ("typing.Any", "typing_extensions.Any"):
            return None if python >= (3, 11) else _result(f"{name}Output", where, forms)
        if meant.value is None and meant.outside not in _WRAPPED:
            form = forms.form(expr, env, {})
            if form.kind == "ref":
                return inlined(form, forms)
            return Missing(f"`{meant.outside or 'its return type'}` is a type of another package")
    elif isinstance(expr, Index) and meaning(expr.value, env).outside == "dict":
        arguments = expr.index.items if isinstance(expr.index, Items) else [expr.index]
        if len(arguments) == 2 and meaning(arguments[0], env).outside == "str":
            schema = settled(forms.form(expr, env, {}))
            return schema if isinstance(schema, Missing) else {**schema, "title": f"{name}DictOutput"}
    return _result(f"{name}Output", where, forms)


def _result(name: str, where: Where, forms: Forms) -> Any:
    form = forms.form(where[0], where[1], {})
    made = field_schema("result", form, form.info or FieldInfo(), None, forms, True)
    return {"type": "object", "properties": {"result": made}, "required": ["result"], "title": name}


def _class(expr: Expr, env: Env, cls: Frame, forms: Forms, major: int) -> Any:
    kind = kind_of(cls)
    if kind.name == "namedtuple":
        return None  # its fields are read off the class, where they are what no schema can show
    if kind.missing is not None or kind.name == "outside":
        return kind.missing or Missing(f"`{cls.label}` derives from a class of another package")
    if kind.name == "enum":
        return None
    if kind.name in ("model", "root") or (kind.name == "typeddict" and major >= 2):
        return inlined(forms.form(expr, env, {}), forms)
    members = fields(cls, kind.name)
    if not members:
        return None
    # Fields are read off the class: a default that a factory makes is none.
    schema = _fields(cls, members, kind.name, forms)
    return {**schema, "title": cls.label}


def _fields(cls: Frame, members: list[Field], kind: str, forms: Forms) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    # Where annotations are text, Python does not see the NotRequired in them.
    text, total = annotations_are_text(cls.env.file.module), is_total(cls)
    required: list[str] = []
    for member in members:
        if member.missing is not None or member.annotation is None:
            properties["*"] = member.missing or Missing("a field that is not known")
            continue
        if member.name.startswith("_"):
            continue
        form = forms.form(member.annotation, member.env, {})
        value = member.value
        if isinstance(value, Call) and last(meaning(value.callee, member.env).outside) == "field":
            value = value.keyword("default")
        default = (value, member.env) if value is not None else None
        info = FieldInfo()  # what stands in ``Annotated`` beside the type is not read here
        if kind == "typeddict" and not (total if text else member.required):
            default = (Const(0, 0, None), member.env)
        properties[member.name] = field_schema(member.name, form, info, default, forms, True)
        if default is None:
            required.append(member.name)
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    return {**schema, "required": required} if required else schema


def _strict(schema: Any, forms: Forms) -> Any:
    """A type without a schema anywhere inside leaves the tool without an output schema."""
    if schema is None or _has(schema, NoSchema) or any(_has(own, NoSchema) for own in forms.models.defs.values()):
        return None
    return rooted(finished(schema, forms)) if not isinstance(schema, Missing) else schema


def _has(value: Any, kind: type) -> bool:
    if isinstance(value, dict):
        return any(_has(item, kind) for item in value.values())
    if isinstance(value, list):
        return any(_has(item, kind) for item in value)
    return isinstance(value, kind)


# ---------------------------------------------------------------- fastmcp


def of_call(function: Function, env: Env, make: Callable[[bool], Forms], major: int, told: bool) -> Any:
    """As fastmcp: pydantic's own schema of the annotation, wrapped where it is no object. ``make``: forms of what goes
    out, by alias or not. ``told``: the wrapper says what it is (before 3.2)."""
    if function.returns is None:
        return None
    where = _behind((function.returns, env))
    expr, home = where
    if isinstance(expr, Const):
        if not (isinstance(function.returns, Str) or annotations_are_text(env.file.module)):
            return None  # a text is read as the type of None, which is another thing to fastmcp
    elif _named(where, {"Any"}):
        return None
    if _contains(where, _CONTENT | _HELPERS | {"ToolResult"}):
        return None
    if major >= 3 and any(_named(option, {"bytes"}) for option in _options(_annotated(where)[0] or where)):
        return None
    if major >= 4 and (_unbounded(_annotated(where)[0] or where)):
        return None
    options = list(_options(where))
    if any(_named(option, {"InputRequiredResult"}) for option in options):
        rest = _without(options, {"InputRequiredResult"})
        if len(options) == 1 or rest is None:
            return None if len(options) == 1 else Missing("what remains of this union is not followed")
        expr, home = where = rest
    forms = make(_by_alias(where, major))
    form = forms.form(expr, home, {})
    schema = _placed(form, forms)
    if isinstance(schema, NoSchema) or _has(schema, NoSchema):
        return None
    if any(_has(own, NoSchema) for own in forms.models.defs.values()):
        return None
    if isinstance(schema, Missing):
        return schema
    if not _is_object(schema, forms):
        inner = field_schema("result", form, form.info or FieldInfo(), None, forms, True)
        about = {"description": "Generic wrapper for non-object return types."} if told else {}
        schema = {"type": "object", "properties": {"result": inner}, "required": ["result"], **about}
        return {**finished(schema, forms), "x-fastmcp-wrap-result": True}
    return finished(schema, forms)


def _placed(form: Form, forms: Forms) -> Any:
    """The schema at the root, without taking a definition out that is still needed."""
    schema = settled(form)
    if isinstance(schema, dict) and "$ref" in schema and _is_object(schema, forms):
        return inlined(form, forms)
    return schema


def _is_object(schema: Any, forms: Forms) -> bool:
    for _ in range(8):
        if schema.get("type") == "object" or "properties" in schema:
            return True
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return False
        schema = forms.models.defs.get(reference.removeprefix("#/$defs/"), {})
    return False


def _by_alias(where: Where, major: int) -> bool:
    """Whether fields go out by their aliases: fastmcp 4 asks each model, and takes silence for no."""
    options = list(_options(_annotated(where)[0] or where))
    for expr, env in options:
        cls = meaning(expr.value if isinstance(expr, Index) else expr, env).cls
        if cls is not None and kind_of(cls).name == "model":
            said = config(cls).serialize_by_alias
            return said if said is not None else major < 4
    return major < 4


# ---------------------------------------------------------------- looking at annotations


def _behind(where: Where) -> Where:
    """Through text and names of annotations."""
    expr, env = where
    for _ in range(8):
        if isinstance(expr, Str):
            parsed = forward(expr)
            if parsed is None:
                break
            expr = parsed
        elif isinstance(expr, (Name, Attr)):
            value = meaning(expr, env).value
            if value is None or isinstance(value[0], Call):
                break
            expr, env = value
        else:
            break
    return expr, env


def _annotated(where: Where) -> tuple[Where | None, Where | None]:
    """The type in ``Annotated`` and what comes first behind it."""
    expr, env = where
    if isinstance(expr, Index) and last(meaning(expr.value, env).outside) == "Annotated":
        items = expr.index.items if isinstance(expr.index, Items) else [expr.index]
        return (_behind((items[0], env)), (items[1], env) if len(items) > 1 else None)
    return where, None


def _options(where: Where) -> Iterator[Where]:
    expr, env = where
    if isinstance(expr, Binary) and expr.op == "|":
        for side in (expr.left, expr.right):
            yield from _options(_behind((side, env)))
    elif isinstance(expr, Index) and last(meaning(expr.value, env).outside) in ("Union", "Optional"):
        for item in expr.index.items if isinstance(expr.index, Items) else [expr.index]:
            yield from _options(_behind((item, env)))
    else:
        yield where


def _without(options: list[Where], names: set[str]) -> Where | None:
    """A union without some of its members; ``None`` where the others do not stand in one place."""
    left = [option for option in options if not _named(option, names)]
    if not left or any(env is not left[0][1] for _, env in left):
        return None
    expr, env = left[0]
    for other, _ in left[1:]:
        expr = Binary(expr.start, other.end, "|", expr, other)
    return expr, env


def _named(where: Where, names: set[str] | frozenset[str]) -> bool:
    expr, env = where
    return isinstance(expr, (Name, Attr)) and last(meaning(expr, env).outside) in names


def _is_content(where: Where, names: frozenset[str]) -> bool:
    """Whether a type is, or lists, contents of the protocol."""
    where = _annotated(where)[0] or where
    for option in _options(where):
        if _named(option, names):
            return True
        expr, env = option
        if isinstance(expr, Index) and meaning(expr.value, env).outside in _SEQUENCES:
            items = expr.index.items if isinstance(expr.index, Items) else [expr.index]
            if any(_is_content(_behind((item, env)), names) for item in items):
                return True
    return False


def _contains(where: Where, names: frozenset[str] | set[str]) -> bool:
    """Whether one of these names stands anywhere in an annotation."""
    expr, env = _behind(where)
    if isinstance(expr, (Name, Attr)):
        meant = meaning(expr, env)
        return last(meant.outside) in names and meant.outside.partition(".")[0] in ("mcp", "mcp_types", "fastmcp")
    if isinstance(expr, Binary):
        return _contains((expr.left, env), names) or _contains((expr.right, env), names)
    if isinstance(expr, Index):
        items = expr.index.items if isinstance(expr.index, Items) else [expr.index]
        return any(_contains((item, env), names) for item in items)
    return False


def _unbounded(where: Where) -> bool:
    """A sequence that says nothing about its items."""
    expr, env = where
    if isinstance(expr, (Name, Attr)):
        return meaning(expr, env).outside in _SEQUENCES
    if not isinstance(expr, Index) or meaning(expr.value, env).outside not in _SEQUENCES:
        return False
    items = expr.index.items if isinstance(expr.index, Items) else [expr.index]
    if last(meaning(expr.value, env).outside).lower() == "tuple":
        ends = items[-1]
        return len(items) == 2 and _named((items[0], env), {"Any"}) and isinstance(ends, Const) and ends.value is ...
    return all(_named((item, env), {"Any"}) for item in items)
