"""The arguments of a function as an input schema: the model that mcp makes of them, and pydantic's own for fastmcp."""

from __future__ import annotations

from typing import Any

from mcp_lsp.read.python.scopes import Env
from mcp_lsp.read.python.sdk import INJECTED
from mcp_lsp_analyzers.code import Call, Const, Expr, Function, Param
from mcp_lsp_analyzers.definition import Missing

from .fieldinfo import FieldInfo, called
from .forms import Form, Forms, NoSchema
from .models import field_schema, title
from .sight import last, meaning

Default = tuple[Expr, Env]


def parameters(function: Function, received: set[str]) -> list[Param]:
    """The parameters a caller fills in. ``received``: those that the reader found to be arguments; a first parameter of
    a method that is none of them is the instance."""
    params = function.params
    if function.cls is not None and not function.is_static and params and params[0].name not in received:
        params = params[1:]
    return [param for param in params if param.name]


def model_schema(function: Function, env: Env, params: list[Param], forms: Forms) -> Any:
    """As mcp: a model of pydantic with a field for each parameter."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    filled = False
    for param in params:
        if param.annotation is None:
            info, default = _said(param, env, FieldInfo())
            # Whatever its default is: a parameter without annotation is sent as a string.
            schema: dict[str, Any] = {"title": param.name, "type": "string"}
            form = Form(schema, "any", titled=False)
            _add(param.name, form, info, default, forms, properties, required)
            continue
        form = forms.form(param.annotation, env, {})
        if form.injected and (not filled or (form.info is not None and form.info.injected)):
            # The first context is filled in; a second one is an argument like any other.
            filled = filled or form.info is None or not form.info.injected
            continue
        info, default = _said(param, env, form.info or FieldInfo())
        _add(param.name, form, info, default, forms, properties, required)
    return _object(properties, required, f"{function.name or '<lambda>'}Arguments")


def call_schema(env: Env, params: list[Param], forms: Forms, excluded: set[str]) -> Any:
    """As fastmcp: pydantic's schema of a call."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    for param in params:
        if param.name in excluded:
            continue
        default = param.default
        if isinstance(default, Call) and _injected(default, env):
            continue
        form = Form({}, "any") if param.annotation is None else forms.form(param.annotation, env, {})
        if form.injected:
            continue
        info, given = _said(param, env, form.info or FieldInfo())
        _add(param.name, form, info, given, forms, properties, required, call=True)
    schema = _object(properties, required, None)
    schema["additionalProperties"] = False
    return schema


def _injected(default: Call, env: Env) -> bool:
    meant = meaning(default.callee, env)
    package = meant.outside.partition(".")[0]
    return last(meant.outside) in INJECTED and package in ("fastmcp", "docket", "uncalled_for")


def _said(param: Param, env: Env, info: FieldInfo) -> tuple[FieldInfo, Default | None]:
    default = param.default
    if isinstance(default, Call) and last(meaning(default.callee, env).outside) == "Field":
        info = called(default, env).over(info)
        return info, info.default
    if default is None or (isinstance(default, Const) and default.value is ...):
        return info, info.default
    return info, (default, env)


def _add(
    name: str, form: Form, info: FieldInfo, default: Default | None, forms: Forms, properties: dict[str, Any],
    required: list[str], call: bool = False,
) -> None:  # fmt: skip
    alias = info.validation_alias if info.validation_alias is not None else info.alias
    if call and info.chosen:
        alias = info.alias
    if isinstance(alias, Missing):
        properties["*"] = alias
        return
    shown = alias if isinstance(alias, str) else name
    schema = field_schema(shown, form, info, default, forms, True)
    if call and isinstance(schema, dict) and info.title is None and "title" not in info.updates:
        schema["title"] = title(shown)
    properties[shown] = schema
    if default is None and not info.made:
        required.append(shown)


def _object(properties: dict[str, Any], required: list[str], named: str | None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    if required:
        schema["required"] = required
    if named is not None:
        schema["title"] = named
    return schema


def finished(schema: Any, forms: Forms) -> Any:
    """With its definitions, sorted as pydantic does."""
    if isinstance(schema, Missing):
        return schema
    defs = needed(schema, forms.models.defs)
    if _open(schema) or any(map(_open, defs.values())):
        defs = {**defs, "*": Missing("a type that is not known may have definitions")}
    if defs:
        schema = {**schema, "$defs": defs}
    return ordered(schema, "")


def _open(schema: Any) -> bool:
    """Whether a schema inside of it is not known, though there is one."""
    if isinstance(schema, Missing):
        return not isinstance(schema, NoSchema)
    if isinstance(schema, dict):
        return any(_open(value) for key, value in schema.items() if key not in _NO_SCHEMAS)
    return isinstance(schema, list) and any(map(_open, schema))


_NO_SCHEMAS = frozenset({"default", "description", "title", "examples", "enum", "const", "required", "deprecated"})


def needed(schema: Any, defs: dict[str, Any]) -> dict[str, Any]:
    """The definitions that a schema refers to, also by way of others: what was read for an argument that is filled in
    is none of them."""
    found: dict[str, Any] = {}
    waiting: list[Any] = [schema]
    while waiting:
        at = waiting.pop()
        if isinstance(at, dict):
            name = str(at.get("$ref", "")).removeprefix("#/$defs/")
            if name in defs and name not in found:
                found[name] = defs[name]
                waiting.append(defs[name])
            waiting += at.values()
        elif isinstance(at, list):
            waiting += at
    return found


def ordered(value: Any, parent: str) -> Any:
    """Keys by the alphabet, except names of properties, and what is in defaults."""
    if isinstance(value, dict):
        keys = list(value) if parent in ("properties", "default") else sorted(value)
        return {key: ordered(value[key], key) for key in keys}
    return [ordered(item, parent) for item in value] if isinstance(value, list) else value


def unreferred(schema: dict[str, Any], name: str) -> bool:
    """Whether nothing in a schema refers to a definition."""
    target = f"#/$defs/{name}"
    waiting: list[Any] = [schema]
    while waiting:
        at = waiting.pop()
        if isinstance(at, dict):
            if at.get("$ref") == target:
                return False
            waiting += at.values()
        elif isinstance(at, list):
            waiting += at
    return True


def inlined(form: Form, forms: Forms) -> Any:
    """The schema of a type alone: a model stands at the root, unless it refers to itself."""
    from .forms import settled

    schema = settled(form)
    if isinstance(schema, Missing):
        return schema
    reference = schema.get("$ref")
    if isinstance(reference, str):
        name = reference.removeprefix("#/$defs/")
        defs = forms.models.defs
        if unreferred(defs, name):
            own = defs.pop(name)
            schema = {**own, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema
