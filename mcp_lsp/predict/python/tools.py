"""The entry of one tool that is registered with a decorator or a call of the SDK."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcp_lsp.read.python.scopes import Env
from mcp_lsp.read.python.statements import inside
from mcp_lsp_analyzers.code import Call, Const, Define, Expr, Function, Name, Return
from mcp_lsp_analyzers.definition import Definition, Missing
from mcp_lsp_analyzers.definition import definition as settled
from mcp_lsp_analyzers.model import Prompt, Resource, Server, Tool
from mcp_lsp_analyzers.scope import Module

from .declared import HIDDEN, Declared, text_value
from .docs import docstring, parts
from .models import title as title_of
from .outputs import of_call, of_model
from .pruning import compressed, dereferenced, rooted
from .release import Release, release
from .sight import around_function, behind, file_of, last, meaning
from .signature import call_schema, finished, model_schema, parameters
from .texts import cleaned

if TYPE_CHECKING:
    from .. import Sources

_KEEPING = frozenset({"cache", "lru_cache", "override", "contextmanager", "deprecated", "staticmethod", "classmethod"})
_FAR = 4
"""Decorators that are made by others, one after the other."""
_ELSEWHERE = "the function that runs it was not found"


def tool(item: Tool, server: Server, sources: Sources) -> Definition:
    version = release(server, sources)
    said = Declared(item, server, sources)
    function = item.function
    module = item.home or server.module
    entry: dict[str, Any] = {"name": item.name if item.name_complete else Missing("its name is computed at run time")}
    if function is None or module is None:
        entry["description"] = text_value(item.description)
        entry["inputSchema"] = Missing(_ELSEWHERE)
        entry["*"] = Missing(_ELSEWHERE)
        return settled("tool", {key: value for key, value in entry.items() if value is not None})
    env = around_function(function, file_of(module, sources))
    changed = _changed(function, env, said)
    doc = docstring(function.doc, function.unit, sources.python)
    described: dict[str, str] = {}
    if version.parses and doc is not None:
        found = parts(cleaned(doc), version.major)
        doc, described = found.description, found.parameters
    elif version.fast and doc is not None:
        doc = cleaned(doc)
    entry["description"] = description(item, said, doc, version)
    annotations = hints(item, said, not version.new)
    entry["title"] = title(item, said, annotations, entry["name"], version)
    entry["annotations"] = annotations
    entry["icons"] = said.model("icons", "Icon", not version.new)
    entry["_meta"] = meta(said, version, sum(one.name == item.name for one in server.tools) < 2)
    if changed is not None:
        entry["inputSchema"] = entry["outputSchema"] = changed
        if not said.given("description") and (doc is None or _wraps(function)):
            entry["description"] = changed
    elif version.fast:
        _fast(entry, item, function, env, said, described, server, version)
    else:
        _plain(entry, item, function, env, said, version)
    if said.given("task") and version.fast:
        entry["execution"] = Missing("how tasks are run is not followed")
    if said.given("app"):
        entry["_meta"] = Missing("what an app adds is not followed")
    if said.foreign:
        entry["*"] = Missing("what an extension adds is not followed")
    elif _rewritten(item, server):
        entry["*"] = Missing("the file changes tools after they are registered")
    return settled("tool", {key: value for key, value in entry.items() if value is not None})


def _rewritten(item: Tool, server: Server) -> bool:
    """Whether a declaration that names the tool reaches into the list that the SDK keeps of tools."""
    units = server.module.units if server.module is not None else ()
    return any("._tool_manager" in unit.key and item.name in unit.key for unit in units)


def _plain(entry: dict[str, Any], item: Tool, function: Function, env: Env, said: Declared, version: Release) -> None:
    received = {name for name, _ in item.arguments}
    params = parameters(function, received)
    forms = version.forms()
    entry["inputSchema"] = finished(model_schema(function, env, params, forms), forms)
    structured = said.value("structured_output")
    if structured is False:
        return
    if isinstance(structured, Missing):
        entry["outputSchema"] = structured
        return
    entry["outputSchema"] = of_model(function, env, version.forms(), version.major, version.python)


def _fast(
    entry: dict[str, Any], item: Tool, function: Function, env: Env, said: Declared, described: dict[str, str],
    server: Server, version: Release,
) -> None:  # fmt: skip
    major = version.major
    references = not version.inlines or _keeps_references(server, major)
    received = {name for name, _ in item.arguments}
    excluded = said.value("exclude_args") or []
    if isinstance(excluded, Missing):
        entry["inputSchema"] = excluded
    else:
        forms = version.forms()
        raw = finished(call_schema(env, parameters(function, received), forms, set(excluded)), forms)
        schema = compressed(raw, major)
        if major >= 4:
            _titled(schema["properties"], raw["properties"])
        for name, text in described.items():
            member = schema["properties"].get(name)
            if isinstance(member, dict) and "description" not in member:
                member["description"] = text
        entry["inputSchema"] = schema if references else dereferenced(schema, major)
    if said.given("output_schema"):
        output = said.value("output_schema")
    else:
        output = of_call(function, env, lambda alias: version.forms("serialization", alias), major, not version.parses)
        output = compressed(output, major)
    if output is not None:
        entry["outputSchema"] = rooted(output) if references else dereferenced(output, major)


def _titled(properties: dict[str, Any], raw: dict[str, Any]) -> None:
    """Version 4 puts the titles back that an author gave to arguments."""
    for name, member in raw.items():
        said = member.get("title") if isinstance(member, dict) else None
        if said is not None and said != title_of(name) and isinstance(properties.get(name), dict):
            properties[name]["title"] = said


def _keeps_references(server: Server, major: int) -> bool:
    """``FastMCP(dereference_schemas=False)``."""
    if server.constructed is None or major < 3:
        return False
    said = server.constructed[0].keyword("dereference_schemas")
    return isinstance(said, Const) and said.value is False


# ---------------------------------------------------------------- what is said about it


def description(item: Tool | Prompt | Resource, said: Declared, doc: str | None, version: Release) -> Any:
    """What is given in the registration, else the docstring as the SDK treats it."""
    given: Any = None
    if said.given("description"):
        given = said.value("description")
    elif not said.whole and said.env is not None:
        return Missing(HIDDEN)
    elif not said.whole or said.helped:
        given = text_value(item.description)
        if doc is not None and isinstance(given, str) and cleaned(given) == cleaned(doc):
            given = None
    if isinstance(given, Missing):
        return given
    if version.fast and version.major >= 3 and isinstance(item, (Tool, Prompt)):
        return given if given is not None else doc
    if given:
        return given
    return doc if version.fast else doc or ""


def title(item: Tool, said: Declared, annotations: Any, name: Any, version: Release) -> Any:
    given = said.value("title") if said.whole else text_value(item.title)
    if item.title is None and not said.whole and said.env is not None:
        given = Missing(HIDDEN)
    if isinstance(given, Missing):
        given = text_value(item.title) if item.title is not None else given
    if not version.fast or isinstance(given, Missing) or given:
        return given
    if isinstance(annotations, Missing):
        return annotations if version.major >= 4 else Missing("its annotations are not known")
    hinted = annotations.get("title") if isinstance(annotations, dict) else None
    if hinted:
        return hinted
    if version.major < 4:
        return None
    return name.replace("_", " ").replace("-", " ").title() if isinstance(name, str) else name


def hints(item: Tool, said: Declared, extra: bool) -> Any:
    found = said.model("annotations", "ToolAnnotations", extra)
    if isinstance(found, Missing) and item.annotations is not None and item.annotations.complete:
        if all(hint.value is not None for hint in item.annotations.hints):
            return {hint.name: hint.value for hint in item.annotations.hints}
    return found


def meta(said: Declared, version: Release, alone: bool = True) -> Any:
    """``alone``: nothing else has the same name."""
    given = said.value("meta")
    if not version.fast or isinstance(given, Missing):
        return given
    tags = _tags(said)
    own: dict[str, Any] = {"tags": tags}
    if said.given("version") and version.major >= 3:
        number = said.value("version")
        own["version"] = str(number) if isinstance(number, int) else number
        own["versions"] = [own["version"]] if alone else Missing("other versions of it may be listed with it")
    key = "_fastmcp" if version.major == 2 else "fastmcp"
    before = given.get(key) if isinstance(given, dict) else None
    return {**(given or {}), key: {**before, **own} if isinstance(before, dict) else own}


def _tags(said: Declared) -> Any:
    where = said.named.get("tags")
    if where is None:
        return [] if said.whole else Missing(HIDDEN)
    value = said.value("tags")
    return sorted(set(value)) if isinstance(value, list) and all(isinstance(tag, str) for tag in value) else (
        [] if value is None else Missing("its tags are only known at run time")
    )  # fmt: skip


# ---------------------------------------------------------------- decorators


def _changed(function: Function, env: Env, said: Declared) -> Missing | None:
    """Whether something stands between the function and the SDK that may change what it takes and gives."""
    if said.helped and said.node is not None and said.env is not None and "wraps" not in said.env.unit.key:
        return Missing("the function that registers it may hand on another one")
    for decorator in function.decorators:
        callee = decorator.callee if isinstance(decorator, Call) else decorator
        if decorator is said.node or _registers(callee):
            continue
        if not _keeps(callee, env):
            name = env.unit.key[callee.start : callee.end]
            return Missing(f"what `@{name}` makes of the function is not known")
    return None


def _registers(callee: Expr) -> bool:
    return getattr(callee, "name", "") in ("tool", "prompt", "resource")


def _keeps(callee: Expr, env: Env, far: int = 0) -> bool:
    """Whether a decorator, or what makes it, gives back a function with the same signature."""
    meant = meaning(callee, env)
    if meant.outside:
        return last(meant.outside) in _KEEPING
    known = meant.function
    if known is None or known.function is None:
        value, home = behind(callee, env)
        if value is callee or not isinstance(value, Call):
            return False
        return _keeps(value.callee, home, far)
    if any(_wraps(inner) for inner in _inner(known.function)):
        return True
    return far < _FAR and _hands_on(known.function, known.env.within(known.function, known.unit), far)


def _hands_on(function: Function, env: Env, far: int) -> bool:
    """Whether all that a function returns is what it was given, or what another decorator makes of it."""
    given = function.params[0].name if function.params else ""
    returned = [(s.value, unit) for s, unit in inside(function.body, function.unit) if isinstance(s, Return)]
    for value, unit in returned:
        if isinstance(value, Name) and value.id == given:
            continue
        while isinstance(value, Call):
            value = value.callee
        if value is None or not _keeps(value, env.at(unit), far + 1):
            return False
    return bool(returned)


def _inner(function: Function, depth: int = 0) -> list[Function]:
    own = [s.function for s, _ in inside(function.body, function.unit) if isinstance(s, Define)]
    return own + [deeper for one in own for deeper in (_inner(one, depth + 1) if depth < 2 else [])]


def _wraps(function: Function) -> bool:
    for decorator in function.decorators:
        callee = decorator.callee if isinstance(decorator, Call) else decorator
        if getattr(callee, "name", getattr(callee, "id", "")) == "wraps":
            return True
    return False


def home_of(item: Tool | Prompt | Resource, server: Server) -> Module | None:
    return item.home or server.module
