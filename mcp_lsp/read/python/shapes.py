"""Tools known by their shape: ``ToolDefinition(fn=build, description=…)`` of a class of the project's own, what a table
of its own is told (``registry.register_tool("ping", "…", SCHEMA, ping)``), and classes for one tool each, which hand
all that to their base."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers.code import Assign, Attr, Call, Dict, Expr, Index, Join, Name, Stmt, Str, last_name
from mcp_lsp_analyzers.pattern import pattern

from .given import Given, given
from .known import Known
from .recognise import server
from .scopes import Env
from .sdk import STRANGERS, root
from .values import function_of, resolve, text
from .walk import expressions

_CLASS = pattern(r"Tool(?:Definition|Def|Spec|Entry|Info|Config)$")
_TABLE = pattern(r"^(?:add|register|define)_(?:\w+_)?tool$|^register$")
_SHAPES = ("Tool", "super().__init__(", "_tool(", ".register(")
_WORKERS = ("fn", "func", "function", "handler", "callback")


def written(statement: Stmt, source: str, env: Env) -> Iterator[tuple[Call, Given, Known, Env]]:
    """The tools that a simple statement writes out in this way, each with its function."""
    if not any(word in source for word in _SHAPES) or not env.file.in_project or env.file.is_test:
        return
    for call, here in expressions(statement, env):
        callee = call.callee
        name = last_name(callee)
        if name == "__init__":
            name = _base(callee, here)
        elif _TABLE.search(name):
            name = "" if not isinstance(callee, Attr) or server(callee.value, here) is not None else name
        elif not _CLASS.search(name) or root(here.dotted(callee) or "") in STRANGERS:
            continue
        if not name:
            continue
        what = _told(call, here) if _TABLE.search(name) else given(call, here)
        worker = next((where for word in _WORKERS if (where := what.get(word)) is not None), None)
        known = function_of(*worker) if worker is not None and what.get("description") is not None else None
        if known is not None and known.function is not None and not known.wrapped:
            yield call, what, known, here


def _told(call: Call, env: Env) -> Given:
    """What a table of tools is told, by what it is: texts are a name and a description, in this order, a dictionary is
    the schema. Without a schema nothing is."""
    what = given(call, env)
    for value, home in what.positional:
        said, _ = resolve(value, home)
        if isinstance(said, (Str, Join)):
            what.named.setdefault("description" if "name" in what.named else "name", (value, home))
        elif isinstance(said, Dict):
            what.named.setdefault("input_schema", (value, home))
        elif function_of(value, home) is not None:
            what.named.setdefault("handler", (value, home))
    what.positional = []
    for word in ("inputSchema", "schema", "parameters"):
        if word in what.named:
            what.named.setdefault("input_schema", what.named[word])
    schema = what.get("input_schema")
    if schema is None or "name" not in what.named or not isinstance(resolve(*schema)[0], (Dict, Call)):
        return given(None, env)
    return what


def addressed(call: Call, env: Env) -> Given | None:
    """What a table of the project's own is told of a resource: ``resources.register_static_resource(uri="notes://all",
    name="notes")``."""
    callee = call.callee
    if not isinstance(callee, Attr) or _RESOURCES.search(callee.name) is None or not env.file.in_project:
        return None
    what = given(call, env)
    where = what.get("uri") or what.get("uri_template")
    said = None if where is None else text(where[0], where[1], "", "")
    known = said is not None and said.complete and "://" in said.value and not env.file.is_test
    return what if known and what.get("name") is not None and server(callee.value, env) is None else None


_RESOURCES = pattern(r"^(?:add|register|define)_(?:\w+_)?resource(?:_template)?$")
_FOLDER = pattern(r"/(tools|prompts|resources)/((?:[^/]+/)*)(\w+)\.py$")


def of_file(statement: Assign, env: Env) -> tuple[str, Given, Known, str] | None:
    """What a file below "tools", "prompts" or "resources" is as a whole, as ``export = ping`` says in it (golf): its
    kind, arguments, function and name, which its path tells."""
    target, value = statement.target, statement.value
    found = _FOLDER.search(env.file.uri) if isinstance(target, Name) and target.id == "export" else None
    if found is None or env.frames or not isinstance(value, Name) or env.file.is_test:
        return None
    known = function_of(value, env)
    address = env.find("resource_uri")
    if known is None or known.function is None or known.env.file is not env.file:
        return None
    what = given(None, env)
    if found[1] == "resources":
        if address is None or address.value is None:
            return None
        what.named["uri"] = (address.value, env.beside(address))
    return found[1][:-1], what, known, "_".join((found[3], *reversed(found[2].split("/")[:-1])))


def _base(callee: Expr, env: Env) -> str:
    """The base of a class for one tool whose constructor this is: ``super().__init__(name="ping", …)`` in a class that
    derives from ``Tool[Schema]``; "" where it is none."""
    frame = env.cls()
    if frame is None or frame.cls is None or not (isinstance(callee, Attr) and isinstance(callee.value, Call)):
        return ""
    for written in frame.cls.bases if last_name(callee.value.callee) == "super" else ():
        base = written.value if isinstance(written, Index) else written
        if last_name(base).endswith("Tool") and root(frame.env.dotted(base) or "") not in STRANGERS:
            return last_name(base)
    return ""
