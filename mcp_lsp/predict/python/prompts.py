"""The entry of one prompt: its arguments by name, without their types."""

from __future__ import annotations

import json as standard
from typing import TYPE_CHECKING, Any

from mcp_lsp.read.python.scopes import Env
from mcp_lsp_analyzers.code import Function, Param, Str
from mcp_lsp_analyzers.definition import Definition, Missing, known
from mcp_lsp_analyzers.definition import definition as settled
from mcp_lsp_analyzers.model import Prompt, Server

from .declared import Declared, text_value
from .docs import docstring, parts
from .pruning import compressed
from .quoted import understood_text
from .release import Release, release
from .sight import annotations_are_text, around_function, file_of, meaning
from .signature import call_schema, finished, inlined, model_schema, parameters
from .texts import cleaned
from .tools import description, meta

if TYPE_CHECKING:
    from .. import Sources


def prompt(item: Prompt, server: Server, sources: Sources) -> Definition:
    version = release(server, sources)
    said = Declared(item, server, sources)
    function, module = item.function, item.home or server.module
    entry: dict[str, Any] = {"name": item.name}
    if function is None or module is None:
        entry["description"] = text_value(item.description)
        entry["*"] = Missing("the function that makes it was not found")
        return settled("prompt", {key: value for key, value in entry.items() if value is not None})
    env = around_function(function, file_of(module, sources))
    doc = docstring(function.doc, function.unit, sources.python)
    described: dict[str, str] = {}
    if version.fast and doc is not None:
        doc = cleaned(doc)
        if version.parses:
            doc, described = parts(doc, version.major)
    given = said.value("title") if said.whole else text_value(item.title)
    entry["title"] = given
    entry["description"] = description(item, said, doc, version)
    entry["arguments"] = _arguments(item, function, env, described, version)
    entry["icons"] = said.model("icons", "Icon", not version.new)
    entry["_meta"] = meta(said, version) if version.fast else None
    return settled("prompt", {key: value for key, value in entry.items() if value is not None})


def _arguments(item: Prompt, function: Function, env: Env, described: dict[str, str], version: Release) -> Any:
    params = parameters(function, {name for name, _ in item.arguments})
    forms = version.forms()
    if version.fast:
        schema = compressed(finished(call_schema(env, params, forms, set()), forms), version.major)
    else:
        schema = finished(model_schema(function, env, params, forms), forms)
    by_name = {param.name: param for param in params}
    found: list[Any] = []
    for name, member in schema["properties"].items():
        if name == "*":
            return member
        said: Any = member.get("description") if isinstance(member, dict) else None
        if said is None:
            said = described.get(name)
        if version.fast and name in by_name:
            said = _with_schema(by_name[name], env, said, version)
        elif isinstance(member, Missing) and said is None:
            said = _of_field(by_name.get(name), member)
        argument: dict[str, Any] = {"name": name, "required": name in schema.get("required", [])}
        if said is not None:
            argument["description"] = said
        found.append(argument)
    return found


def _of_field(param: Param | None, member: Missing) -> Any:
    """A type that is not known may bring a description; a parameter without annotation has none."""
    return None if param is None or param.annotation is None else member


def _with_schema(param: Param, env: Env, said: Any, version: Release) -> Any:
    """fastmcp tells the type of what is no string in words."""
    annotation = param.annotation
    if annotation is None or isinstance(said, Missing):
        return said
    text = isinstance(annotation, Str) or annotations_are_text(env.file.module)
    understood = understood_text(annotation, env, version.major) if text else True
    if isinstance(understood, Missing):
        return understood
    if not understood:
        return said
    if not text and meaning(annotation, env).outside == "str":
        return said
    forms = version.forms()
    forms.texts = False  # a type alone is left as it is: a text in `Annotated` is none of pydantic's
    form = forms.form(annotation, env, {})
    schema = finished(inlined(form, forms), forms)
    if not known(schema):
        return schema if isinstance(schema, Missing) else Missing("its schema is not known")
    written = standard.dumps(schema, separators=(",", ":"))
    note = (
        f"Provide a value matching the following JSON schema: {written}. Encode non-string values as JSON."
        if version.major >= 4
        else f"Provide as a JSON string matching the following schema: {written}"
    )
    return f"{said}\n\n{note}" if said else note
