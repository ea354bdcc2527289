"""Tool definitions known by their shape: ``{ name, description, inputSchema, … }``, wherever in a file they stand."""

from __future__ import annotations

import re

from mcp_lsp_analyzers.code import (
    Binary,
    Call,
    Class,
    Dict,
    Expr,
    Function,
    Import,
    Items,
    Join,
    Lambda,
    Name,
    Str,
    last_name,
)
from mcp_lsp_analyzers.inside import members
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import NamedTuple

from .arrays import items
from .definitions import HANDLER_KEYS, HINTS, SCHEMA_KEYS, Parts
from .jsonschema import is_json_schema
from .schemas import is_scalar, is_zod
from .sight import At, Sight, Where, identity, origin
from .texts import template_uri

NAME = pattern(r"[A-Za-z0-9_.-]{1,128}$")
NAMES = frozenset(("name", "toolName"))
SCHEMAS = frozenset(SCHEMA_KEYS)
HANDLERS = frozenset(HANDLER_KEYS)
# Where the rest of a definition may stand, below its name or beside its handler.
INSIDE = ("schema", "definition", "tool", "config", "metadata", "spec", "options")
_INSIDE = frozenset(INSIDE)
ASKED = "arguments"  # what a tool takes, where zod says what it is; those of a prompt are a list
PARTS = frozenset(("in", "required"))  # of a parameter in OpenAPI, which has a name and a schema too


class Shape(NamedTuple):
    """``name``: the literal that names it (its identity). ``strength``: 3 beyond doubt, 2 where the file is about MCP,
    1 only where something else says it is a tool. ``bare``: prompts and resources can look the same. ``silent``: it is
    not described, at least not here. ``prompt``: it is one, by the SDK's word for what it takes."""

    parts: Parts | None
    name: object
    strength: int
    bare: bool = False
    silent: bool = False
    prompt: bool = False


def could_be(node: Dict) -> bool:
    """A quick look at the keys, before anything is followed."""
    named = schema = asked = handler = titled = hinted = inside = False
    for pair in node.pairs:
        key = pair.key
        if isinstance(key, Str):
            word = key.value
            if word in NAMES:
                named = True
            elif word in SCHEMAS:
                schema = True
            elif word == ASKED:
                asked = not isinstance(pair.value, (Items, Dict))
            elif word in HANDLERS:
                handler = True
            elif word in PARTS:
                return False
            elif word == "title":
                titled = True
            elif word == "annotations":
                hinted = True
            if word in _INSIDE and isinstance(pair.value, Dict):
                keys = {inner.key.value for inner in pair.value.pairs if isinstance(inner.key, Str)}
                inside = inside or "description" in keys
                schema = schema or ("description" in keys and not keys.isdisjoint(SCHEMAS))
    if inside and named and handler:
        return True
    return (schema and (named or handler or (titled and hinted))) or (asked and named and handler)


def is_listed(sight: Sight, at: At) -> bool:
    """Whether what it takes are the arguments of a prompt, or nothing that says what they are."""
    asked = sight.entry(at, ASKED)
    return asked is not None and _schema(sight, at)[1] is None


def is_definition(node: Call) -> bool:
    """``tool("name", { description, input, handler })``: a definition by a function of some framework."""
    if len(node.args) != 2 or not isinstance(node.args[0].value, Str) or not isinstance(node.args[1].value, Dict):
        return False
    keys = {pair.key.value for pair in node.args[1].value.pairs if isinstance(pair.key, Str)}
    answers = bool(keys & HANDLERS) or ("generate" in keys and last_name(node.callee) == "prompt")
    return answers and "description" in keys


def is_defined_by(node: Call) -> bool:
    """``NotesTool({ name, description, execute })``: by a function that is called for what it makes."""
    if len(node.args) != 1 or not isinstance(node.args[0].value, Dict):
        return False
    keys = {pair.key.value for pair in node.args[0].value.pairs if isinstance(pair.key, Str)}
    return "description" in keys and "name" in keys and bool(keys & (HANDLERS | {"factory"}))


def parts_of(sight: Sight, at: At) -> Shape | None:
    """An object literal as a tool definition. A function that makes one, or ``defineTool({...})``, is opened."""
    found = sight.resolve(at)
    for _ in range(4):
        if found is None or isinstance(found.node, Dict):
            break
        if isinstance(found.node, Function):
            given = sight.results(found.node, found.where, [])
        elif isinstance(found.node, Call) and not found.node.new:
            given = sight.returned(found)
            if not given:
                objects = [arg.value for arg in found.node.args if not arg.spread]
                given = [At(objects[0], found.where)] if objects else []
        else:
            given = []
        found = sight.resolve(given[0]) if given else None
    if found is None or not isinstance(found.node, Dict):
        return None
    entry = sight.entry
    definition = found
    name = entry(found, "name") or entry(found, "toolName")
    if name is None:
        # playwright, browserbase: { schema: { name, description, inputSchema }, handle }
        for key in INSIDE:
            inner = sight.resolve(entry(found, key))
            if inner is not None and isinstance(inner.node, Dict) and entry(inner, "name") is not None:
                definition, name = inner, entry(inner, "name")
                break
    if name is None:
        name = _titled(sight, found)
    elif definition is found and entry(found, "description") is None:
        # { name, definition: { title, description, inputSchema }, handler }
        for key in INSIDE:
            inner = sight.resolve(entry(found, key))
            if inner is not None and isinstance(inner.node, Dict) and entry(inner, "description") is not None:
                definition = inner
                break
    if name is None:
        return None
    schema_key, schema = _schema(sight, definition)
    if schema is None and definition is not found:
        schema_key, schema = _schema(sight, found)
    handler = None
    for key in HANDLER_KEYS:
        handler = entry(found, key)
        if handler is not None:
            break
    annotations = entry(definition, "annotations") or entry(found, "annotations")
    foreign_hints = annotations is not None and schema_key != "inputSchema" and _other_words(sight, annotations)
    title = entry(definition, "title")
    said = sight.constant(name)
    if isinstance(said, str) and " " in said:
        for key in ("method", "id", "toolName", "slug", "key"):
            other = entry(definition, key)
            short = sight.constant(other) if other is not None else None
            if other is not None and isinstance(short, str) and NAME.match(short):
                name, title = other, title or name  # what is called "name" is for people
                break
    parts = Parts(
        name,
        found,
        entry(definition, "description") or entry(definition, "getDescription"),
        title,
        schema,
        None,
        None if foreign_hints else annotations,
        foreign_hints or not sight.entries(definition)[1],
        entry(definition, "outputSchema"),
        handler,
    )
    bare = definition is not found and schema is None
    strength = _strength(sight, parts, schema_key, schema)
    silent = strength == 1 and parts.description is None
    prompt = schema_key == "argsSchema" and parts.annotations is None and _speaks(sight, handler)
    if silent:
        parts = parts._replace(unsure=True)  # what is said of it, and hinted at, stands elsewhere
    return Shape(parts, identity(sight, name), strength, bare, silent, prompt)


def is_defined(sight: Sight, at: At) -> bool:
    """Whether an object literal is known for a tool by its shape alone, in a file of a project about MCP."""
    if not isinstance(at.node, Dict) or not could_be(at.node):
        return False
    shape = parts_of(sight, at)
    return shape is not None and shape.parts is not None and shape.strength > 1 and not shape.bare


def _speaks(sight: Sight, handler: At | None) -> bool:
    """Whether what answers gives messages, as prompts do and tools do not."""
    found = sight.resolve(handler)
    if found is None:
        return False
    text = found.where.unit.key[found.node.start : found.node.end]
    return "messages" in text and "role" in text


def _titled(sight: Sight, at: At) -> At | None:
    """The title where it is what names a tool: it could be a name, and hints of the protocol stand beside it."""
    title = sight.entry(at, "title")
    said = sight.constant(title) if title is not None else None
    if not isinstance(said, str) or not NAME.match(said) or not re.search("[a-z][_.-][a-z]", said):
        return None
    return title if _hints(sight, sight.entry(at, "annotations")) else None


def _hints(sight: Sight, annotations: At | None) -> bool:
    """Whether annotations hold a hint of the protocol, which nothing else has."""
    found = sight.resolve(annotations)
    if found is None or not isinstance(found.node, Dict):
        return False
    return any(
        isinstance(pair.key, Str) and pair.key.value in HINTS and pair.key.value != "title" for pair in found.node.pairs
    )


def _other_words(sight: Sight, annotations: At) -> bool:
    """Whether hints are written in words of the project's own, for something of its own to translate."""
    found = sight.resolve(annotations)
    if found is None or not isinstance(found.node, Dict) or not found.node.pairs:
        return False
    return not any(isinstance(pair.key, Str) and pair.key.value in HINTS for pair in found.node.pairs)


def _schema(sight: Sight, at: At) -> tuple[str, At | None]:
    for key in SCHEMA_KEYS:
        found = sight.entry(at, key)
        if found is not None:
            return key, found
    asked = sight.entry(at, ASKED)
    return (ASKED, asked) if asked is not None and is_zod(sight, asked) else ("", None)


def _strength(sight: Sight, parts: Parts, key: str, schema: At | None) -> int:
    """How sure it is that this defines a tool, apart from where it stands."""
    name = sight.resolve(parts.name)
    if name is None or not isinstance(name.node, (Str, Join, Binary)):
        if not isinstance(sight.constant(parts.name), str):  # of another file
            return 0
    elif isinstance(name.node, Str):
        plain = NAME.match(name.node.value)
        if not name.node.value or (plain is None and parts.function is None and key != "inputSchema"):
            return 0
    if schema is None:
        return 1 if parts.description is not None and parts.function is not None else 0
    described = parts.description is not None
    known = sight.resolve(schema) or schema
    empty = isinstance(known.node, Dict) and not known.node.pairs
    made = empty or is_json_schema(sight, known) or is_zod(sight, schema)
    if key == "inputSchema" and made and (described or parts.annotations is not None):
        return 3
    if described and _hints(sight, parts.annotations):
        return 3
    if key == "inputSchema":
        return 2
    if made and is_scalar(sight, schema):
        return 0  # what one argument admits
    if made and described:
        return 2
    if parts.function is not None and (made or isinstance(known.node, (Name, Import))):
        return 1
    return 1 if described and (parts.function is not None or parts.annotations is not None) else 0


# ---------------------------------------------------------------- prompts and resources

TOLD = frozenset(("type", "text", "blob", "contents", "inputSchema"))  # contents and links of answers, tools
_ADDRESSES = frozenset(("uri", "uriTemplate", "template"))
_OF_OTHERS = HANDLERS | {"uri", "uriTemplate", "name", "title", "description", "mimeType", "arguments", "type"}


def other_kind(node: Dict) -> str:
    """ "prompt" or "resource" where the keys are those of one."""
    keys = {pair.key.value for pair in node.pairs if isinstance(pair.key, Str)}
    if "name" not in keys or (keys & TOLD and not (keys <= _OF_OTHERS and keys & HANDLERS)):
        return ""
    if "arguments" in keys and "description" in keys:
        return "prompt"
    return "resource" if keys & _ADDRESSES and keys & {"description", "mimeType"} else ""


def other(sight: Sight, at: At, kind: str, source: str) -> Parts | None:
    """An object literal as a prompt ``{ name, description, arguments: [{ name, required }] }`` or as a resource
    ``{ uri, name, mimeType }``. ``source``: the text around it."""
    entry = sight.entry
    name = entry(at, "name")
    known = sight.resolve(name)
    if name is None or known is None or not isinstance(known.node, (Str, Join)):
        return None
    handler = next((h for key in HANDLER_KEYS if (h := entry(at, key)) is not None), None)
    parts = Parts(name, at, entry(at, "description"), entry(at, "title"), function=handler)
    if kind == "prompt":
        listed, whole = items(sight, entry(at, "arguments") or at)
        found = [sight.resolve(one) for one in listed]
        if not whole or not all(
            one is not None and entry(one, "name") is not None and entry(one, "type") is None for one in found
        ):
            return None
        if handler is None and "rompt" not in source:
            return None
        return parts._replace(schema=entry(at, "arguments"))
    uri = entry(at, "uri") or entry(at, "uriTemplate") or entry(at, "template")
    uri = None if uri is None else template_uri(sight, uri) or uri
    address = sight.resolve(uri)
    if address is None or not isinstance(address.node, (Str, Join)):
        return None
    first = address.node if isinstance(address.node, Str) else address.node.parts[0]
    if not isinstance(first, Str) or ":" not in first.value or "esource" not in source:
        return None
    return parts._replace(uri=uri)


# ---------------------------------------------------------------- records of tools by name


def record(sight: Sight, name: Str, value: Call, where: Where) -> tuple[Parts, str] | None:
    """``{ list_tables: tool({ description, parameters, execute }) }``: the parts, and where ``tool`` comes from."""
    callee = value.callee
    word = last_name(callee)
    if not re.search(r"(?:^t|T)ool$", word) or not value.args or not isinstance(value.args[0].value, Dict):
        return None
    definition = At(value.args[0].value, where)
    entry = sight.entry
    if entry(definition, "description") is None or entry(definition, "name") is not None:
        return None
    _, schema = _schema(sight, definition)
    handler = next((h for key in HANDLER_KEYS if (h := entry(definition, key)) is not None), None)
    if schema is None and handler is None:
        return None
    parts = Parts(
        At(name, where), At(value, where), entry(definition, "description"), entry(definition, "title"), schema, None,
        entry(definition, "annotations"), False, entry(definition, "outputSchema"), handler,
    )  # fmt: skip
    return parts, origin(sight, At(callee, where))


# ---------------------------------------------------------------- classes

RUNS = pattern(r"(?:execute|run|handle|invoke)[A-Z]")  # what the class it derives from calls: ``executeInternal``
TOOL_BASES = pattern(r"(?:^|\.|:)\w*Tool(?:Base|Handler|Class)?$")


def class_parts(sight: Sight, cls: Class, where: Where) -> tuple[Parts, str] | None:
    """``class X extends MCPTool { name = "x"; description = …; schema = …; async execute(input) {} }``, or with methods
    that give these (``getName()``, ``getConfig()``), and the kind: "tool", "prompt", "resource"."""
    inside = Where(where.unit, where.function, cls)
    bases = [origin(sight, At(base, where)) for base in cls.bases]
    found = members(cls)

    def member(*names: str) -> At | None:
        for name in names:
            for local in found.get(name, ()):
                node = local.node
                if local.kind == "value" and not (isinstance(node, Name) and node.id == name):
                    return At(node, Where(local.unit, local.function, cls))
                if local.kind == "function" and isinstance(node, Function):
                    if any(isinstance(d, Name) and d.id == "property" for d in node.decorators):
                        given = sight.results(node, inside._replace(unit=local.unit), [])
                        if given:
                            return given[0]
        return None

    def method(*names: str) -> At | None:
        for name in names:
            for local in found.get(name, ()):
                if local.kind == "function":
                    return At(local.node, Where(local.unit, None, cls))
                if isinstance(local.node, Lambda):
                    return At(local.node, Where(local.unit, None, cls))
        return None

    def answered(*names: str) -> At | None:
        """What a method without parameters gives back: ``getName() { return "x"; }``."""
        at = method(*names)
        if at is None or not isinstance(at.node, Function) or at.node.params:
            return None
        return next(iter(sight.results(at.node, inside._replace(unit=at.where.unit), [])), None)

    kind = ""
    for base in bases:
        if base.endswith(("MCPPrompt", "McpPrompt", "BasePrompt")):
            kind = "prompt"
        elif base.endswith(("MCPResource", "McpResource", "BaseResource")):
            kind = "resource"
        elif TOOL_BASES.search(base):
            kind = "tool"
    name = member("name", "toolName") or answered("getName", "getToolName")
    described = member("description", "toolDescription") or answered("getDescription", "getToolDescription")
    config = None
    if name is not None and described is None:
        config = answered("getConfig", "getDefinition", "getMetadata") or member("config", "definition", "metadata")
        config = sight.resolve(config)
        described = None if config is None else sight.entry(config, "description")
    if name is None or described is None:
        return None
    known = sight.resolve(name)
    if known is None or not isinstance(known.node, (Str, Join)):
        return None
    schema = member(*SCHEMA_KEYS) or answered("getInputSchema", "getSchema", "getParameters")
    if schema is None and config is not None:
        schema = next((at for key in SCHEMA_KEYS if (at := sight.entry(config, key)) is not None), None)
    handler = method("execute", "run", "handler", "handle", "call", "invoke", "exec", "generateMessages", "read")
    handler = handler or method(*(name for name in found if RUNS.match(name)))
    if not kind and schema is not None and handler is not None:
        kind = "tool"
    if not kind or (kind == "tool" and schema is None and handler is None):
        return None
    declared = At(cls, where)
    parts = Parts(
        name, declared, described, member("title"), schema, None, member("annotations"), False,
        member("outputSchema", "outputSchemaShape"), handler, member("uri"),
    )  # fmt: skip
    return parts, kind


__all__ = ["Expr", "Shape", "class_parts", "could_be", "parts_of", "record"]
