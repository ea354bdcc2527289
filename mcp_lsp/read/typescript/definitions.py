"""From the parts of a declaration (name, description, schema, annotations, handler) to a tool, prompt or resource."""

from __future__ import annotations

from mcp_lsp_analyzers.code import (
    Arg,
    Attr,
    Call,
    Class,
    Const,
    Default,
    Dict,
    Expr,
    Function,
    Import,
    Items,
    Logic,
    Name,
    Param,
    Spread,
    Str,
)
from mcp_lsp_analyzers.model import Annotations, Held, Hint, Item, Parameter, Prompt, Registered, Resource, Tool, Type
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Place, Span, Text
from mcp_lsp_analyzers.record import NamedTuple, dataclass

from ..reading import escaped
from .arrays import items
from .described import NOTHING, UNKNOWN, Named
from .elsewhere import handler
from .schemas import Schemas
from .sight import At, Sight
from .texts import text

HINTS = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint", "title")
SCHEMA_KEYS = (
    "inputSchema", "parameters", "schema", "input_schema", "paramsSchema", "argsSchema", "paramSchema", "argsShape",
    "inputShape", "parametersSchema", "zodSchema", "params", "args", "input", "inputs", "inputParams",
)  # fmt: skip
HANDLER_KEYS = (
    "handler", "execute", "handle", "run", "cb", "callback", "call", "invoke", "func", "fn", "implementation",
    "process", "action", "toolHandler", "load", "read", "generateMessages", "tool",
)  # fmt: skip
# Parameters of a handler that hold the arguments where it has several.
ARGUMENTS = ("args", "params", "input", "arguments", "toolArgs", "argv", "parameters", "inputs", "payload")
TEMPLATE = pattern(r"\{[+#./;?&]?([\w.,%*:-]+)\}")


@dataclass(slots=True, eq=False)
class Finding:
    """Something declared. ``receiver``: the call that makes the server it is declared on, where that is known.
    ``via``: "call", "list", "shape" or "dispatch": how it was found, the best first. ``name``: the expression that
    names it, by which a definition is known again where a table registers it."""

    item: Item
    via: str
    name: object
    receiver: object = None


class Parts(NamedTuple):
    """What a declaration of a tool, prompt or resource is made of. ``declared``: the whole of it."""

    name: At
    declared: At
    description: At | None = None
    title: At | None = None
    schema: At | None = None
    known: Named | None = None
    annotations: At | None = None
    unsure: bool = False  # the parts come from an object that cannot be seen
    output: At | None = None
    function: At | None = None
    uri: At | None = None
    by: Call | None = None  # the call of a server's own method that registers it


def _shown(schema: Named) -> bool:
    """Whether this file says what each parameter admits."""
    return schema.known and all("any" not in parameter.type.kinds for parameter in schema.parameters)


def _held(uri: str, at: At) -> Held | None:
    node, where = at
    return None if isinstance(node, (Function, Class, Import, Param)) else Held(uri, node, where.unit, where.function)


def _literal(sight: Sight, name: At) -> bool:
    found = sight.resolve(name)
    return found is not None and not isinstance(found.node, (Const, Import, Attr))


class Maker:
    """Makes the parts of one file."""

    __slots__ = ("sight", "uri")

    def __init__(self, sight: Sight, uri: str) -> None:
        self.sight = sight
        self.uri = uri

    def tool(self, parts: Parts, positional: bool = False) -> Tool:
        """``positional``: the handler gets no arguments where there is no schema (the official SDK, version 1)."""
        sight, uri = self.sight, self.uri
        name, complete, place = self.name(parts, "/tools")
        pointer = place.pointer
        schema = parts.known
        if schema is None and parts.schema is not None:
            schema = Schemas(sight, uri, f"{pointer}/inputSchema/properties").parameters(parts.schema)
        elif schema is None:
            schema = NOTHING
        if parts.unsure and parts.schema is None and parts.known is None:
            schema = UNKNOWN
        annotations = self.annotations(parts.annotations, pointer)
        if annotations is None and parts.unsure:
            annotations = Annotations((), place, False)
        made = handler(sight, parts.function, "args")
        bare = positional and parts.schema is None and parts.known is None and not parts.unsure
        return Tool(
            name,
            place,
            self.span(parts.declared, pointer),
            self.text(parts.title, f"{pointer}/title", "tool title"),
            self.text(parts.description, f"{pointer}/description", "tool description"),
            schema.parameters,
            schema.known,
            annotations,
            parts.output is not None,
            made,
            () if made is None or bare else arguments(made),
            (),
            complete,
            by=parts.by,
            registered=self.registered(parts.declared),
            parts=parts,
            held=None if parts.schema is None or _shown(schema) else _held(uri, parts.schema),
            name_written=_literal(sight, parts.name),
        )

    def registered(self, declared: At) -> Registered | None:
        """The call or the object that declares it, where that stands in this file."""
        node = declared.node
        return Registered(node, declared.where.unit, self.uri) if isinstance(node, (Call, Dict)) else None

    def prompt(self, parts: Parts) -> Prompt:
        name, complete, place = self.name(parts, "/prompts")
        name = name if complete else ""  # half of a name is none that a client sees
        pointer = place.pointer
        schema = parts.known or NOTHING
        if parts.known is None and parts.schema is not None:
            below = f"{pointer}/arguments"
            listed = self.listed(parts.schema, below)
            schema = Schemas(self.sight, self.uri, below).parameters(parts.schema) if listed is None else listed
        made = handler(self.sight, parts.function, "args")
        given = made is not None and (parts.schema is not None or parts.unsure)
        return Prompt(
            name,
            place,
            self.span(parts.declared, pointer),
            self.text(parts.title, f"{pointer}/title", "prompt title"),
            self.text(parts.description, f"{pointer}/description", "prompt description"),
            schema.parameters,
            made,
            arguments(made) if given and made is not None else (),
            by=parts.by,
            parts=parts,
        )

    def resource(self, parts: Parts, style: str = "") -> Resource:
        """``style``: "sdk": the handler gets (uri, variables); "args": the variables as its first argument."""
        sight, uri = self.sight, self.uri
        known = text(sight, uri, "", "resource uri", parts.uri)
        address = known.value if known is not None else ""
        named = text(sight, uri, "", "resource name", parts.name)
        label = (named.value if named is not None else "") or address
        pointer = f"/resources/{escaped(label)}"
        place = self.span(parts.name, pointer)
        if known is None:
            known = Text("", self.span(parts.uri or parts.name, pointer), "resource uri", (), False)
        else:
            known = text(sight, uri, f"{pointer}/uri", "resource uri", parts.uri) or known
        made = handler(sight, parts.function, "uri")
        variables: tuple[Parameter, ...] = ()
        if "{" in known.value:
            variables = self.variables(known, parts.schema, pointer)
        return Resource(
            label,
            known,
            place,
            self.span(parts.declared, pointer),
            self.text(parts.title, f"{pointer}/title", "resource title"),
            self.text(parts.description, f"{pointer}/description", "resource description"),
            variables,
            made,
            resource_arguments(made, style) if made is not None and variables else (),
            by=parts.by,
            parts=parts,
        )

    # ------------------------------------------------------------ parts

    def name(self, parts: Parts, above: str) -> tuple[str, bool, Place]:
        at = self.sight.resolve(parts.name)
        if at is not None and isinstance(at.node, Logic) and at.node.op != "and":
            at = At(at.node.right, at.where)  # ``given || "its usual name"``
        elif at is not None and isinstance(at.node, Param) and at.node.default is not None:
            at = At(at.node.default, at.where)
        else:
            at = parts.name
        known = text(self.sight, self.uri, above, "name", at)
        value = known.value if known is not None else ""
        complete = known is not None and known.complete and bool(value)
        if not complete:
            elsewhere = self.sight.constant(at)
            if isinstance(elsewhere, str) and elsewhere:
                pointer = f"{above}/{escaped(elsewhere)}"
                return elsewhere, True, self.span(parts.name, pointer)
        pointer = f"{above}/{escaped(value)}"
        if known is not None and known.place.local is not None:
            return value, complete, Place(self.uri, pointer, known.place.local, known.place.anchor)
        return value, complete, self.span(parts.name, pointer)

    def text(self, at: At | None, pointer: str, role: str) -> Text | None:
        if at is None:
            return None
        known = text(self.sight, self.uri, pointer, role, at)
        if known is None:
            found = self.sight.resolve(at)
            if found is not None and isinstance(found.node, Const) and found.node.value is None:
                return None
            return Text("", self.span(at, pointer), role, (), False)
        return known

    def span(self, at: At, pointer: str) -> Place:
        node = at.node
        if isinstance(node, Function) and node.name:
            local = Span(node.name_start, node.name_start + len(node.name))
        else:
            local = Span(node.start, node.end)
        return Place(self.uri, pointer, local, at.where.unit.anchor)

    def annotations(self, at: At | None, pointer: str) -> Annotations | None:
        if at is None:
            return None
        found = self.sight.resolve(at)
        place = self.span(at, f"{pointer}/annotations")
        if found is None or not isinstance(found.node, Dict):
            if found is not None and isinstance(found.node, Const) and found.node.value is None:
                return None
            return Annotations((), place, False)
        pairs, complete = self.sight.entries(found)
        hints: dict[str, Hint] = {}
        for key, value in pairs:
            name = self.sight.constant(At(key, value.where))
            if not isinstance(name, str):
                complete = False
                continue
            node = value.node
            end = node.end if not isinstance(node, (Function, Class, Import, Param)) else key.end
            span = Span(key.start, max(end, key.end))
            where = Place(self.uri, f"{pointer}/annotations/{escaped(name)}", span, value.where.unit.anchor)
            hints[name] = Hint(name, self.sight.constant(value), where)
        return Annotations(tuple(hints.values()), place, complete)

    def listed(self, at: At, pointer: str) -> Named | None:
        """Arguments of a prompt or template as a list: ``[{ name, description, required }]``."""
        found = self.sight.resolve(at)
        if found is None or not isinstance(found.node, Items):
            return None
        elements, complete = items(self.sight, found)
        made: list[Parameter] = []
        for element in elements:
            one = self.sight.resolve(element)
            label = None if one is None else self.sight.entry(one, "name")
            name = None if label is None else self.sight.constant(label)
            if one is None or label is None or not isinstance(name, str):
                complete = False
                continue
            below = f"{pointer}/{escaped(name)}"
            needed = self.sight.entry(one, "required")
            described = self.text(self.sight.entry(one, "description"), f"{below}/description", "parameter description")
            required = needed is not None and self.sight.constant(needed) is not False
            kind = Type(frozenset({"string"}))
            made.append(Parameter(name, self.span(label, below), described, kind, required))
        return Named(tuple(made), complete)

    def variables(self, uri: Text, schema: At | None, pointer: str) -> tuple[Parameter, ...]:
        """The variables of a URI template, described where its arguments are."""
        described = (
            {p.name: p for p in (self.listed(schema, f"{pointer}/parameters") or NOTHING).parameters} if schema else {}
        )
        found: list[Parameter] = []
        for match in TEMPLATE.finditer(uri.value):
            start = match.start(1)
            for part in match.group(1).split(","):
                name = part.split(":")[0].rstrip("*")
                place = uri.at(start, start + len(name))
                start += len(part) + 1
                below = f"{pointer}/parameters/{escaped(name)}"
                if name in described:
                    found.append(described[name])
                else:
                    place = Place(place.uri, below, place.local, place.anchor)
                    found.append(Parameter(name, place, None, Type(frozenset({"string"}))))
        return tuple(found)


# ---------------------------------------------------------------- handlers


def arguments(function: Function) -> tuple[tuple[str, str], ...]:
    """Which parameter of a handler receives which argument: ("args", "*") for all as one object, ("u", "url") for
    ``{ url: u }``, ("request.params.arguments", "*") where they stand inside of a request."""
    params = function.params
    if not params:
        return ()
    chosen = params[0]
    if len(params) > 1:
        chosen = next((p for p in params if p.name in ARGUMENTS), chosen)
    if chosen.name in _REQUESTS and f"{chosen.name}.params." in function.text:
        return ((f"{chosen.name}.params", "*"),)  # what else stands in the request is the server's
    return received(chosen)


_REQUESTS = ("request", "req")


def received(param: Param) -> tuple[tuple[str, str], ...]:
    target = param.target
    if isinstance(target, Name):
        if target.id in _REQUESTS:  # arguments by another name, or a request they stand inside of
            return ((target.id, "*"), (f"{target.id}.params", "*"))
        return ((target.id, "*"),)
    found: list[tuple[str, str]] = []
    if isinstance(target, Dict):
        for pair in target.pairs:
            inner = pair.value.target if isinstance(pair.value, Default) else pair.value
            if isinstance(inner, Name):
                if pair.key is None:
                    found.append((inner.id, "*"))
                elif isinstance(pair.key, Str):
                    found.append((inner.id, pair.key.value))
            elif isinstance(pair.key, Str) and isinstance(inner, (Dict, Items)):
                found += [(name, pair.key.value) for name in _names(inner)]
    return tuple(found)


def _names(target: Expr) -> list[str]:
    from mcp_lsp_analyzers.inside import targets

    return [name for name, _ in targets(target)]


def resource_arguments(function: Function, style: str) -> tuple[tuple[str, str], ...]:
    """What of a resource's URI a reader gets: the URI itself, and the variables of its template."""
    params = function.params
    if not params:
        return ()
    if style == "args":
        return received(params[0])
    found: list[tuple[str, str]] = []
    if params[0].name:
        found.append((params[0].name, "*"))
    if len(params) > 1:
        found += received(params[1])
    return tuple(found)


def request_arguments(function: Function, of: str = "arguments") -> tuple[tuple[str, str], ...]:
    """Where the shared handler of all tools finds what it is called with. What is mapped to "" is the tool's name.

    ``(request) =>``: ("request.params.arguments", "*"), ("request.params.name", ""); ``({ params: { name, arguments:
    args } }) =>``: ("args", "*"), ("name", "").
    """
    if not function.params:
        return ()
    param = function.params[0]
    wanted = {of: "*", "name": ""} if of == "arguments" else {of: of}
    if param.name:
        return tuple((f"{param.name}.params.{key}", to) for key, to in wanted.items())
    found: list[tuple[str, str]] = []

    def look(target: Expr, path: tuple[str, ...]) -> None:
        if isinstance(target, Default):
            target = target.target
        if isinstance(target, Name):
            if path == ("params",):
                found.extend((f"{target.id}.{key}", to) for key, to in wanted.items())
            elif len(path) == 2 and path[0] == "params" and path[1] in wanted:
                found.append((target.id, wanted[path[1]]))
            elif len(path) == 3 and path[:2] == ("params", "arguments"):
                found.append((target.id, path[2]))
        elif isinstance(target, Dict):
            for pair in target.pairs:
                if isinstance(pair.key, Str):
                    look(pair.value, (*path, pair.key.value))

    look(param.target, ())
    return tuple(found)


__all__ = ["Arg", "Call", "Finding", "Item", "Maker", "Parts", "Spread", "arguments", "request_arguments"]
