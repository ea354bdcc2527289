"""Registrations by a call: ``server.tool(...)``, ``registerTool``, ``addTool``, prompts and resources likewise."""

from __future__ import annotations

from collections.abc import Callable

from mcp_lsp_analyzers.code import (
    Attr,
    Binary,
    Call,
    Choice,
    Const,
    Dict,
    Expr,
    Function,
    Import,
    Join,
    Lambda,
    Logic,
    Name,
    Param,
    Str,
    last_name,
)

from .arrays import items
from .definitions import HANDLER_KEYS, Finding, Maker, Parts
from .jsonschema import is_json_schema
from .schemas import is_zod
from .shapes import Shape, parts_of
from .sight import At, Sight, Where, identity
from .texts import template_uri

Recognise = Callable[["Registration"], "list[Finding]"]


class Registration:
    """One call that may register something, and what it takes to read it."""

    __slots__ = ("args", "call", "declared", "maker", "receiver", "sight", "sure", "where")

    def __init__(self, maker: Maker, call: Call, where: Where, receiver: object, sure: bool) -> None:
        self.maker = maker
        self.sight: Sight = maker.sight
        self.call = call
        self.where = where
        self.receiver = receiver
        self.sure = sure  # the receiver is a server, or the file leaves no doubt
        self.args = [At(arg.value, where) for arg in call.args if not arg.spread]
        self.declared = At(call, where)

    def found(self, item: object, name: object) -> list[Finding]:
        return [Finding(item, "call", name, self.receiver)]  # type: ignore[arg-type]

    @property
    def by(self) -> Call | None:
        """The call, where it is certain that a server's method is called."""
        return self.call if self.receiver is not None and isinstance(self.call.callee, Attr) else None

    def arg(self, i: int) -> At | None:
        return self.args[i] if i < len(self.args) else None


# ---------------------------------------------------------------- tools


def tool(r: Registration) -> list[Finding]:
    """``server.tool(name[, description][, shape | annotations][, annotations], handler)``, or with one object."""
    if not r.args:
        return []
    computed = r.sure and len(r.args) > 2 and not is_object(r, r.args[0]) and is_function(r, r.args[-1])
    if not is_text(r, r.args[0]) and not computed:
        return by_object(r)
    if len(r.args) < 2:
        return []
    if len(r.args) == 2 and answers(r, r.args[1]):  # tool("ping", { description, inputSchema, handler })
        return register_tool(r)
    name, *between, handler = r.args
    description = schema = annotations = None
    if len(between) > 1 and is_object(r, handler) and is_function(r, between[-1]):
        # ``tool(name, shape, handler, { description })``: more than the SDK knows, and ignored by it
        handler = between.pop()
    if between and is_text(r, between[0]):
        description = between.pop(0)
    elif len(between) > 1 and not is_object(r, between[0]):
        description = between.pop(0)
    elif (
        len(between) == 1 and not is_object(r, between[0]) and not says(between[0], "schema", "shape", "param", "annot")
    ):
        description = between.pop(0)
    unsure = False
    for i, middle in enumerate(between):
        kind = shape_or_annotations(r, middle)
        if kind == "annotations" or (i > 0 and schema is not None):
            annotations = middle
        elif schema is None:
            schema = middle
    if schema is None and not between and description is None and not is_function(r, handler):
        return []
    parts = Parts(name, r.declared, description, None, schema, None, annotations, unsure, None, handler, by=r.by)
    return r.found(r.maker.tool(parts, True), identity(r.sight, name))


def made_tool(r: Registration) -> list[Finding]:
    """``createNotesTool(name, description, schema, handler[, more])`` of the project: whatever stands behind what
    answers is the project's own."""
    handler = next((i for i, at in enumerate(r.args) if i > 1 and isinstance(at.node, Lambda)), None)
    if handler is not None:
        del r.args[handler + 1 :]
    return tool(r)


def register_tool(r: Registration) -> list[Finding]:
    """``registerTool(name, config, handler)``; some of the projects' own wrappers take the server first."""
    args = r.args
    if len(args) == 1:
        return by_object(r)
    if len(args) >= 3 and not is_text(r, args[0]) and not isinstance(args[0].node, (Attr,)) and is_text(r, args[1]):
        args = args[1:]
    if len(args) < 2:
        return []
    name, config = args[0], r.sight.resolve(args[1])
    if isinstance(name.node, (Dict, Lambda)):
        return by_object(r)
    handler = args[-1] if len(args) > 2 else None
    if config is not None and isinstance(config.node, Dict):
        entry = r.sight.entry
        handler = handler if handler is not None else handler_of(r.sight, config)
        parts = Parts(
            name,
            r.declared,
            entry(config, "description"),
            entry(config, "title"),
            schema_of(r.sight, config),
            None,
            entry(config, "annotations"),
            not r.sight.entries(config)[1],
            entry(config, "outputSchema"),
            handler,
            by=r.by,
        )
    elif len(args) > 3 or (config is not None and is_text(r, args[1])):
        return tool(r)
    else:
        parts = Parts(name, r.declared, unsure=True, function=handler)
    if parts.annotations is None and parts.title is None and parts.schema is None and not r.sure:
        return []
    return r.found(r.maker.tool(parts, True), identity(r.sight, name))


def schema_of(sight: Sight, config: At) -> At | None:
    from .definitions import SCHEMA_KEYS

    for key in SCHEMA_KEYS:
        found = sight.entry(config, key)
        if found is not None:
            return found
    return None


def by_object(r: Registration) -> list[Finding]:
    """``addTool({ name, description, parameters, execute })``; ``tool({ name, ... }, handler)``; arrays of such."""
    result: list[Finding] = []
    if not r.args:
        return result
    given, handler = r.args[0], r.arg(1)
    elements = [given]
    if len(r.args) == 1 and not isinstance(given.node, (Dict, Name)):
        several, _ = items(r.sight, given)
        elements = several or [given]
    for element in elements:
        shape = parts_of(r.sight, element)
        if shape is None or shape.parts is None:
            continue
        parts = shape.parts._replace(declared=shape.parts.declared if element is not given else r.declared)
        if handler is not None and parts.function is None:
            parts = parts._replace(function=handler)
        result += r.found(r.maker.tool(parts), identity(r.sight, parts.name))
    return result


# ---------------------------------------------------------------- prompts and resources


def prompt(r: Registration) -> list[Finding]:
    """``server.prompt(name[, description][, argsSchema], handler)``."""
    if not r.args or not is_text(r, r.args[0]):
        return add_prompt(r)
    if len(r.args) < 2:
        return []
    if len(r.args) == 2 and answers(r, r.args[1]):
        return defined("prompt")(r)
    name, *between, handler = r.args
    description = between.pop(0) if between and is_text(r, between[0]) else None
    schema = between[0] if between else None
    parts = Parts(name, r.declared, description, None, schema, function=handler, by=r.by)
    return r.found(r.maker.prompt(parts), identity(r.sight, name))


def register_prompt(r: Registration) -> list[Finding]:
    if len(r.args) < 3:
        return add_prompt(r)
    name, given, handler = r.args[0], r.args[1], r.args[-1]
    config = r.sight.resolve(given)
    if config is None or not isinstance(config.node, Dict):
        return r.found(r.maker.prompt(Parts(name, r.declared, unsure=True, function=handler)), identity(r.sight, name))
    entry = r.sight.entry
    schema = entry(config, "argsSchema") or entry(config, "arguments") or entry(config, "inputSchema")
    described, title = entry(config, "description"), entry(config, "title")
    parts = Parts(name, r.declared, described, title, schema, function=handler, by=r.by)
    return r.found(r.maker.prompt(parts), identity(r.sight, name))


def add_prompt(r: Registration) -> list[Finding]:
    """``addPrompt({ name, description, arguments, load })``; mcp-use: ``prompt({ name, args }, handler)``."""
    config = r.sight.resolve(r.arg(0))
    if config is None or not isinstance(config.node, Dict):
        return []
    name = r.sight.entry(config, "name")
    if name is None:
        return []
    entry = r.sight.entry
    schema = (
        entry(config, "arguments") or entry(config, "argsSchema") or entry(config, "args") or entry(config, "schema")
    )
    handler = handler_of(r.sight, config) or r.arg(1)
    parts = Parts(name, r.declared, entry(config, "description"), entry(config, "title"), schema, function=handler)
    return r.found(r.maker.prompt(parts), identity(r.sight, name))


def resource(r: Registration) -> list[Finding]:
    """``server.resource(name, uri | new ResourceTemplate(uri, …)[, metadata], handler)`` and ``registerResource``;
    mcp-lite: ``resource(uri, metadata, handler)``."""
    if len(r.args) < 2 or not is_text(r, r.args[0]):
        return add_resource(r)
    name, address, *rest = r.args
    said, config = r.sight.constant(name), r.sight.resolve(address)
    if isinstance(said, str) and "://" in said and config is not None and isinstance(config.node, Dict):
        return defined("resource")(r)
    handler = rest[-1] if rest else None
    config = r.sight.resolve(rest[0]) if len(rest) > 1 else None
    uri = template_uri(r.sight, address) or address
    entry = r.sight.entry
    has = config is not None and isinstance(config.node, Dict)
    parts = Parts(
        name,
        r.declared,
        entry(config, "description") if has and config is not None else None,
        entry(config, "title") if has and config is not None else None,
        function=handler,
        uri=uri,
        by=r.by,
    )
    made = r.maker.resource(parts, "sdk")
    return r.found(made, identity(r.sight, name)) if made.name else []


def add_resource(r: Registration) -> list[Finding]:
    """``addResource({ uri, name, load })``, ``addResourceTemplate({ uriTemplate, name, arguments, load })``."""
    config = r.sight.resolve(r.arg(0))
    if config is None or not isinstance(config.node, Dict):
        return []
    entry = r.sight.entry
    uri = entry(config, "uri") or entry(config, "uriTemplate")
    if uri is None:
        nested = r.sight.resolve(entry(config, "resourceTemplate"))  # mcp-use
        uri = entry(nested, "uriTemplate") if nested is not None else None
    if uri is None:
        return []
    name = entry(config, "name") or uri
    handler = handler_of(r.sight, config) or r.arg(1)
    style = "args" if entry(config, "load") is not None else "sdk"
    parts = Parts(
        name, r.declared, entry(config, "description"), entry(config, "title"), entry(config, "arguments"),
        function=handler, uri=uri,
    )  # fmt: skip
    return r.found(r.maker.resource(parts, style), identity(r.sight, name))


def defined(kind: str) -> Recognise:
    """``prompt("name", { description, args, generate })``, ``resource("notes://{id}", { name, handler })`` of some
    framework."""

    def read(r: Registration) -> list[Finding]:
        config, entry = r.sight.resolve(r.args[1]) or r.args[1], r.sight.entry
        parts = Parts(
            (entry(config, "name") or r.args[0]) if kind == "resource" else r.args[0],
            r.declared,
            entry(config, "description"),
            entry(config, "title"),
            schema_of(r.sight, config),
            unsure=not r.sight.entries(config)[1],
            function=handler_of(r.sight, config) or (entry(config, "generate") if kind == "prompt" else r.args[-1]),
            uri=r.args[0] if kind == "resource" else None,
        )
        item = r.maker.prompt(parts) if kind == "prompt" else r.maker.resource(parts, "args")
        return r.found(item, identity(r.sight, r.args[0]))

    return read


# ---------------------------------------------------------------- what an argument is


def handler_of(sight: Sight, config: At) -> At | None:
    for key in HANDLER_KEYS:
        found = sight.entry(config, key)
        if found is not None:
            return found
    return None


def answers(r: Registration, at: At) -> bool:
    """Whether it is an object that holds what answers."""
    config = r.sight.resolve(at)
    return config is not None and isinstance(config.node, Dict) and handler_of(r.sight, config) is not None


def is_text(r: Registration, at: At) -> bool:
    node = at.node
    if isinstance(node, (Str, Join)):
        return True
    if isinstance(node, (Dict, Lambda, Const)):
        return False
    if isinstance(node, Binary):
        return node.op == "+"
    found = r.sight.resolve(at)
    if found is None:
        return False
    node = found.node
    if isinstance(node, (Str, Join)) or (isinstance(node, Binary) and node.op == "+"):
        return True
    if isinstance(node, Call) and isinstance(node.callee, Attr):
        return node.callee.name in ("join", "trim", "replace", "toString")
    if isinstance(node, Logic) and node.op != "and":
        return is_text(r, At(node.right, found.where))
    if isinstance(node, Choice):
        return is_text(r, At(node.then, found.where))
    if isinstance(node, Attr):  # ``tool.name``, ``TOOL.description`` of what cannot be seen
        return node.name.lower() in ("name", "description", "id", "toolname", "title", "method", "key", "slug")
    if isinstance(node, (Name, Import, Param)):
        word = node.id if isinstance(node, Name) else node.local if isinstance(node, Import) else node.name
        return says(At(Name(0, 0, word), at.where), "name", "desc", "title") or word.isupper()
    return False


def says(at: At, *words: str) -> bool:
    """Whether a name suggests what it holds."""
    node = at.node
    name = last_name(node)
    return any(word in name.lower() for word in words)


def is_object(r: Registration, at: At) -> bool:
    found = r.sight.resolve(at)
    return found is not None and (isinstance(found.node, Dict) or is_zod(r.sight, found))


def is_function(r: Registration, at: At) -> bool:
    found = r.sight.function(at)
    if found is not None and isinstance(found.node, Function):
        return True
    return isinstance(at.node, (Name, Attr, Call))


def shape_or_annotations(r: Registration, at: At) -> str:
    """As version 1 of the official SDK tells them apart: a shape is empty, or some value in it is a schema."""
    found = r.sight.resolve(at)
    if found is None or not isinstance(found.node, Dict):
        return "annotations" if says(at, "annot", "hint") else "shape"
    pairs, _ = r.sight.entries(found)
    if not pairs or is_json_schema(r.sight, found):
        return "shape"
    for _, value in pairs:
        known = r.sight.resolve(value)
        if known is None or not isinstance(known.node, (Str, Const, Join)):
            return "shape"
    return "annotations"


METHODS: dict[str, Recognise] = {
    "tool": tool,
    "registerTool": register_tool,
    "registerToolTask": register_tool,
    "registerAppTool": register_tool,
    "registerPaidTool": tool,
    "paidTool": tool,
    "addTool": by_object,
    "addTools": by_object,
    "defineTool": by_object,
    "prompt": prompt,
    "registerPrompt": register_prompt,
    "addPrompt": add_prompt,
    "resource": resource,
    "registerResource": resource,
    "registerAppResource": resource,
    "addResource": add_resource,
    "addResourceTemplate": add_resource,
    "resourceTemplate": resource,
}

# ``tool(name, definition)`` and the like of frameworks, called as functions.
DEFINE: dict[str, Recognise] = {
    "tool": register_tool,
    "prompt": defined("prompt"),
    "resource": defined("resource"),
}


__all__ = ["DEFINE", "METHODS", "Expr", "Registration", "Shape", "made_tool", "schema_of"]
