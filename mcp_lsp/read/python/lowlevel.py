"""Low-level servers: handlers of requests, and tools, prompts and resources written out as values of the protocol."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers.code import (
    Assign,
    Attr,
    Call,
    Comprehension,
    Dict,
    Expr,
    Function,
    Items,
    Lambda,
    Name,
    Pair,
    Stmt,
    Str,
    last_name,
)
from mcp_lsp_analyzers.model import Parameter, Prompt, Resource, Sdk, Tool
from mcp_lsp_analyzers.place import Place, Text
from mcp_lsp_analyzers.record import replace

from ..reading import escaped
from . import declare
from .found import Found, Handler, Loose
from .given import Given, given
from .known import Known
from .members import called_with
from .schema import parameters
from .scopes import Env, Frame, member
from .sdk import STRANGERS, Ref, last, root
from .statements import inside
from .values import class_of, constant, destructure, items, resolve, text
from .walk import calls, children

_NAMES = (
    "list_tools", "call_tool", "list_prompts", "get_prompt", "list_resources", "list_resource_templates",
    "read_resource",
)  # fmt: skip
DECORATORS = frozenset(_NAMES)
KEYWORDS = {f"on_{name}": name for name in _NAMES}
METHODS = {
    "tools/list": "list_tools", "tools/call": "call_tool", "prompts/list": "list_prompts", "prompts/get": "get_prompt",
    "resources/list": "list_resources", "resources/templates/list": "list_resource_templates",
    "resources/read": "read_resource",
}  # fmt: skip
REQUESTS = {
    "ListToolsRequest": "list_tools", "CallToolRequest": "call_tool", "ListPromptsRequest": "list_prompts",
    "GetPromptRequest": "get_prompt", "ListResourcesRequest": "list_resources",
    "ListResourceTemplatesRequest": "list_resource_templates", "ReadResourceRequest": "read_resource",
}  # fmt: skip

_WRITTEN = (
    "Tool(", "Prompt(", "Resource(", "ResourceTemplate(", "inputSchema", '"uri', "'uri", '"arguments', "'arguments",
)  # fmt: skip
_KINDS = {"Tool": "tool", "Prompt": "prompt", "Resource": "resource", "ResourceTemplate": "resource"}
_RUNS = ("run_tool", "run", "execute", "call", "invoke", "handle", "__call__", "apply", "call_tool", "execute_tool")


def handed(found: Found, kind: str, ref: Ref, known: Known | None, env: Env, declared: Place) -> None:
    """``server.call_tool()(self.call_tool)``: a function that answers requests."""
    if known is not None and known.function is not None:
        found.handlers.append(Handler(ref, kind, known, env.path))
    elif kind == "list_tools":
        found.unread.append((ref, declared, "the function that lists the tools is not in this file"))


def literals(statement: Stmt | Expr, source: str, env: Env) -> Iterator[Loose]:
    """Tools, prompts and resources that a simple statement writes out."""
    if any(word in source for word in _WRITTEN):
        yield from _walk(statement, env, _target(statement))


def decorated(decorator: Call, function: Function, env: Env) -> Iterator[Loose]:
    """Tools that a decorator of the project's own is given, written out: ``@described(Tool(name="ping", …))``."""
    params = function.params[1:] if function.cls is not None and not function.is_static else function.params
    given = tuple([(param.name, "*" if param.kind == "**" else param.name) for param in params if param.kind != "*"])
    source = function.unit.key[decorator.start : decorator.end]
    for item, path, _ in literals(decorator, source, env):
        if isinstance(item, Tool):
            yield Loose(replace(item, function=function, arguments=given), path, None)


def _target(statement: Stmt | Expr) -> str:
    if isinstance(statement, Assign) and isinstance(statement.target, (Name, Attr)):
        return statement.target.id if isinstance(statement.target, Name) else statement.target.name
    return ""


def _walk(node: object, env: Env, target: str) -> Iterator[Loose]:
    if isinstance(node, Call):
        kind = _kind(node, env)
        if kind is not None:
            loose = _loose(kind, given(node, env), node, env)
            if loose is not None:
                yield loose
            return
        if isinstance(node.callee, Attr) and node.callee.name in ("append", "extend", "insert"):
            target = last_name(node.callee.value)
    elif isinstance(node, Dict):
        kind = _kind_of(node, target.lower(), env)
        if kind is not None:
            loose = _loose(kind, _entries(node, env), node, env)
            if loose is not None:
                yield loose
            return
        for pair in node.pairs:  # {"prompts": [{"name": …}]}
            yield from _walk(pair.value, env, pair.key.value if isinstance(pair.key, Str) else target)
        return
    elif isinstance(node, Comprehension):
        yield from _each(node, node.clauses, env, target)
        return
    elif isinstance(node, Lambda):
        inner = env.within(node.function, env.unit)
        for call, here in calls(node.function, inner):
            yield from _walk(call, here, target)
        return
    for part in children(node):
        yield from _walk(part, env, target)


def _each(node: Comprehension, clauses: list[tuple[Expr, Expr, list[Expr]]], env: Env, target: str) -> Iterator[Loose]:
    """A comprehension over something that is written out: its element once for each item."""
    if not clauses:
        element = node.element.value if isinstance(node.element, Pair) else node.element
        yield from _walk(element, env, target)
        return
    variable, iterable, _ = clauses[0]
    each = list(items(iterable, env))
    if not each or len(each) > 400:
        yield from _each(node, clauses[1:], env, target)
        return
    for value, home in each:
        frame = Frame(env, env.unit, None, None)
        destructure(variable, value, home, frame)
        inner = Env(env.file, (*env.frames, frame), env.unit, env.lookups)
        yield from _each(node, clauses[1:], inner, target)


def _kind(call: Call, env: Env) -> str | None:
    callee = call.callee
    name = last_name(callee)
    if name not in _KINDS and not name.endswith("Tool") and name not in env.file.called:
        return None
    dotted = env.dotted(callee)
    if dotted is None:
        return None
    name, package = last(dotted), root(dotted)
    kind = _KINDS.get(name)
    if kind is None:
        return None
    if package == "mcp_types" or (package == "mcp" and (".types." in dotted or dotted == f"mcp.{name}")):
        return kind
    if package in STRANGERS or kind != "tool" or not (env.file.about or env.file.in_project):
        return None
    return "tool" if call.keyword("inputSchema") is not None else None


def _kind_of(written: Dict, target: str, env: Env) -> str | None:
    """What an object of the protocol written out as a dictionary is, by its members and what it stands in."""
    if written.get("name") is None:
        return None
    if written.get("inputSchema") is not None:
        return "tool" if "tool" in target else None
    if env.file.is_test:
        return None
    given = written.get("arguments")
    if "prompt" in target and written.get("description") is not None and isinstance(given, Items):
        each = [one for one in given.items if isinstance(one, Dict) and one.get("name") is not None]
        return "prompt" if any(one.get("required") is not None for one in each) else None
    address = written.get("uri") or written.get("uriTemplate")
    if ("resource" in target or "template" in target) and isinstance(written.get("mimeType"), Str):
        return "resource" if isinstance(address, Str) and not address.value.startswith("http") else None
    return None


def _entries(written: Dict, env: Env) -> Given:
    what = Given([])
    what.written = (written, env)
    what.named = {pair.key.value: (pair.value, env) for pair in written.pairs if isinstance(pair.key, Str)}
    return what


def _loose(kind: str, what: Given, node: Call | Dict, env: Env) -> Loose | None:
    declared = env.place("", node)
    sdk = env.file.sdk("mcp", "low")
    item: Tool | Prompt | Resource | None
    if kind == "tool":
        item = _tool(what, declared, sdk)
    elif kind == "prompt":
        item = _prompt(what, declared)
    else:
        item = declare.resource(what, None, "", declared, declared, sdk, True)
        if item is not None and not item.uri.complete:
            item = None  # made of what is there at run time
    return None if item is None else Loose(item, env.path, _runner(env, what))


def _name(what: Given) -> tuple[Text, Place] | None:
    where = what.get("name")
    if where is None:
        return None
    said = text(where[0], where[1], "", "tool name")
    if said is not None and not said.value and isinstance(where[0], Attr) and where[1].is_self(where[0].value):
        said = _by_constructor(where[0].name, where[1]) or said
    if said is None or not said.value:
        return None
    return said, said.place if isinstance(where[0], Str) else where[1].place("", where[0])


def _by_constructor(name: str, env: Env) -> Text | None:
    """``self.name`` where the constructor hands it to that of the base class: ``super().__init__("ping")``."""
    frame = env.cls()
    init = next(iter(reversed(frame.attribute("__init__"))), None) if frame is not None else None
    if frame is None or init is None or init.function is None:
        return None
    home = init.env.within(init.function, init.unit)
    for call, here in calls(init.function, home):
        callee = call.callee
        if not (isinstance(callee, Attr) and callee.name == "__init__" and isinstance(callee.value, Call)):
            continue
        for base in frame.cls.bases if frame.cls is not None else ():
            known = here.find(base.id) if isinstance(base, Name) else None
            if known is None or known.cls is None:
                # The base is in another file; what it is given first is its name everywhere.
                return text(call.args[0].value, here, "", "tool name") if call.args else None
            outer = Frame(known.env, known.unit, None, known.cls)
            method = next(iter(reversed(outer.attribute("__init__"))), None)
            if method is None or method.function is None:
                continue
            inner = called_with(method, call, here)
            for statement, unit in inside(method.function.body, method.unit):
                if (
                    isinstance(statement, Assign)
                    and isinstance(statement.target, Attr)
                    and statement.target.name == name
                    and statement.value is not None
                ):
                    return text(statement.value, inner.at(unit), "", "tool name")
    return None


def _tool(what: Given, declared: Place, sdk: Sdk) -> Tool | None:
    named = _name(what)
    if named is None:
        return None
    said, place = named
    pointer = f"/tools/{escaped(said.value)}"
    schema = what.get("inputSchema") or what.get("input_schema")
    found = parameters(schema, f"{pointer}/inputSchema") if schema is not None else ()
    hints = what.get("annotations")
    output = what.get("outputSchema") or what.get("output_schema")
    return Tool(
        said.value,
        declare.pointed(place, pointer),
        declare.pointed(declared, pointer),
        what.text("title", f"{pointer}/title", "tool title"),
        what.text("description", f"{pointer}/description", "tool description"),
        found or (),
        found is not None,
        declare.hints_of(hints, f"{pointer}/annotations", sdk) if hints is not None else None,
        output is not None and constant(*output) is not None,
        None,
        (),
        (said.value,) if said.complete else (),
        said.complete,
        registered=what.registered(declared.uri),
    )


def _prompt(what: Given, declared: Place) -> Prompt | None:
    named = _name(what)
    if named is None:
        return None
    said, place = named
    pointer = f"/prompts/{escaped(said.value)}"
    found = []
    arguments = what.get("arguments")
    for value, home in items(*arguments) if arguments is not None else ():
        argument, here = resolve(value, home)
        if not isinstance(argument, (Call, Dict)):
            continue
        inner = given(argument, here) if isinstance(argument, Call) else _entries(argument, here)
        name = inner.text("name", "", "parameter name")
        if name is None or not name.complete:
            continue
        below = f"{pointer}/arguments/{escaped(name.value)}"
        required = inner.get("required")
        found.append(
            Parameter(
                name.value,
                declare.pointed(name.place, below),
                inner.text("description", f"{below}/description", "parameter description"),
                required=required is not None and constant(*required) is True,
            )
        )
    return Prompt(
        said.value,
        declare.pointed(place, pointer),
        declare.pointed(declared, pointer),
        what.text("title", f"{pointer}/title", "prompt title"),
        what.text("description", f"{pointer}/description", "prompt description"),
        tuple(found),
        registered=what.registered(declared.uri),
    )


def _runner(env: Env, what: Given) -> tuple[Known, str] | None:
    """In a class for one tool, or where a tool is written out from an instance of such a class (``tool.name``): the
    method that runs it, and its parameter with the arguments."""
    frame = env.cls()
    named = what.get("name")
    if named is not None:
        said = named[0].callee if isinstance(named[0], Call) else named[0]
        of = class_of(said.value, named[1]) if isinstance(said, Attr) else None
        frame = of[0] if of is not None else frame
    if frame is None:
        return None
    for name in _RUNS:
        # Looked up from where it is wanted, so that a method that is edited is known to be another.
        known = env.own(name) if frame is env.cls() else member(frame, name)
        function = known.function if known is not None else None
        if known is not None and function is not None and function not in [f.function for f in env.frames]:
            params = [param for param in function.params[1:] if param.name and param.kind not in ("*", "**")]
            if params:
                return known, params[-1].name
    return None
