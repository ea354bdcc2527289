"""Servers that answer requests themselves: ``setRequestHandler(ListToolsRequestSchema, …)`` and the call handler."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers.code import (
    Attr,
    Block,
    Call,
    Compare,
    Dict,
    Expr,
    Function,
    If,
    Items,
    Logic,
    Loop,
    Match,
    Name,
    Nested,
    Stmt,
    Str,
    Try,
    Unit,
    last_name,
)
from mcp_lsp_analyzers.place import Place
from mcp_lsp_analyzers.record import dataclass
from mcp_lsp_analyzers.walk import sites

from .arrays import items
from .calls import Registration
from .definitions import Finding, Parts
from .elsewhere import handler
from .shapes import parts_of
from .sight import At, Sight, Where, identity, origin
from .tables import table

KINDS = {
    "ListToolsRequestSchema": "tools/list",
    "CallToolRequestSchema": "tools/call",
    "ListPromptsRequestSchema": "prompts/list",
    "GetPromptRequestSchema": "prompts/get",
    "ListResourcesRequestSchema": "resources/list",
    "ListResourceTemplatesRequestSchema": "resources/templates/list",
    "ReadResourceRequestSchema": "resources/read",
}

ANSWERED = ("tools/call", "prompts/get", "resources/read")


@dataclass(slots=True, eq=False)
class Answerer:
    """The function that answers all requests of a kind ("tools/call", "prompts/get", "resources/read")."""

    kind: str
    function: Function
    receiver: object


@dataclass(slots=True, eq=False)
class Unread:
    """Something that declares tools, which cannot be seen from here. ``told``: other files are known to define them
    all, and are told of."""

    place: Place
    reason: str
    receiver: object = None
    told: bool = False


def request(r: Registration) -> list[Finding | Answerer | Unread]:
    """One ``setRequestHandler``."""
    if len(r.args) < 2:
        return []
    kind = _kind(r, r.args[0])
    function = r.sight.function(r.args[1])
    if function is None or not isinstance(function.node, Function):
        if kind == "tools/list":
            return [Unread(r.maker.span(r.declared, "/tools"), "the function that lists the tools is not in this file")]
        elsewhere = handler(r.sight, r.args[1], "request") if kind in ANSWERED else None
        return [] if elsewhere is None else [Answerer(kind, elsewhere, r.receiver)]
    if kind == "tools/list":
        return tools(r, function)
    if kind == "prompts/list":
        return prompts(r, function)
    if kind in ("resources/list", "resources/templates/list"):
        return resources(r, function)
    if kind in ANSWERED:
        return [Answerer(kind, function.node, r.receiver)]
    return []


def _kind(r: Registration, at: At) -> str:
    node = at.node
    if isinstance(node, Str):
        return node.value
    if isinstance(node, (Name, Attr)):
        word = origin(r.sight, at).replace(":", ".").rsplit(".", 1)[-1]
        return KINDS.get(word, "")
    return ""


def _listed(r: Registration, function: At, *keys: str) -> tuple[list[At], bool]:
    """The elements under a key of everything that a function returns."""
    found: list[At] = []
    complete = True
    assert isinstance(function.node, Function)
    given = r.sight.results(function.node, function.where, [])
    for value in given:
        for one in r.sight.choices(value):
            if not isinstance(one.node, Dict):
                one = table(r.sight, value, one) or one
            if not isinstance(one.node, Dict):
                complete = False
                continue
            for key in keys:
                array = r.sight.entry(one, key)
                if array is None:
                    complete = complete and len(keys) > 1
                    continue
                more, whole = items(r.sight, array)
                pushed = _pushed(array, function.node)
                found += [*more, *pushed]
                complete = complete and (whole if more or pushed or isinstance(array.node, Items) else False)
    return found, complete and bool(given)


def _pushed(array: At, function: Function) -> list[At]:
    """What a function pushes onto an array of its own."""
    if not isinstance(array.node, Name):
        return []
    found: list[At] = []
    for site in sites(function.body, function.unit, function, kinds=(Call,)):
        callee = site.node.callee  # type: ignore[attr-defined]
        if isinstance(callee, Attr) and callee.name in ("push", "unshift") and isinstance(callee.value, Name):
            if callee.value.id == array.node.id:
                where = array.where._replace(unit=site.unit, function=site.function)
                found += [At(arg.value, where) for arg in site.node.args]  # type: ignore[attr-defined]
    return found


def tools(r: Registration, function: At) -> list[Finding | Answerer | Unread]:
    r.sight.tables = True
    elements, complete = _listed(r, function, "tools")
    r.sight.tables = elsewhere = False
    told = _told(r.sight)
    result: list[Finding | Answerer | Unread] = []
    for element in elements:
        for one in r.sight.choices(element):
            if any(one.node is each for each in r.sight.defined):
                elsewhere = True
                continue
            shape = parts_of(r.sight, one)
            if shape is None or shape.parts is None:
                complete = False
                continue
            tool = r.maker.tool(shape.parts)
            if tool.name in told:  # ``TOOLS.map((tool) => ({ name: tool.name, … }))``
                elsewhere = True
                continue
            if tool.name:
                result.append(Finding(tool, "list", shape.name, r.receiver))
            complete = complete and tool.name_complete and bool(tool.name)
    if not complete or elsewhere:
        place = r.maker.span(r.declared, "/tools")
        reason = "not all of the tools listed here can be seen in this file"
        result.append(Unread(place, reason, r.receiver, complete))
    return result


def _told(sight: Sight) -> set[object]:
    """The names of tools that other files are known to define."""
    shapes = [parts_of(sight, At(each, Where(sight.unit))) for each in sight.defined]
    return {sight.constant(shape.parts.name) for shape in shapes if shape is not None and shape.parts is not None}


def prompts(r: Registration, function: At) -> list[Finding | Answerer | Unread]:
    result: list[Finding | Answerer | Unread] = []
    for element in _listed(r, function, "prompts")[0]:
        one = r.sight.resolve(element)
        if one is None or not isinstance(one.node, Dict):
            continue
        entry = r.sight.entry
        name = entry(one, "name")
        if name is not None:
            parts = Parts(name, one, entry(one, "description"), entry(one, "title"), entry(one, "arguments"))
            result.append(Finding(r.maker.prompt(parts), "list", identity(r.sight, name), r.receiver))
    return result


def resources(r: Registration, function: At) -> list[Finding | Answerer | Unread]:
    result: list[Finding | Answerer | Unread] = []
    for element in _listed(r, function, "resources", "resourceTemplates")[0]:
        one = r.sight.resolve(element)
        if one is None or not isinstance(one.node, Dict):
            continue
        entry = r.sight.entry
        uri = entry(one, "uri") or entry(one, "uriTemplate")
        if uri is not None:
            name = entry(one, "name") or uri
            parts = Parts(name, one, entry(one, "description"), entry(one, "title"), uri=uri)
            result.append(Finding(r.maker.resource(parts), "list", identity(r.sight, uri), r.receiver))
    return result


# ---------------------------------------------------------------- who answers to which name

ASKED = frozenset(("name", "toolName", "tool_name", "tool"))


def answered(sight: Sight, function: Function) -> list[tuple[str, At]]:
    """The tool names for which the shared handler has a branch, with the expression that names each."""
    found: dict[str, At] = {}
    for pattern, unit in _branches(function.body, function.unit):
        at = At(pattern, Where(unit, function))
        name = sight.constant(at)
        if isinstance(name, str) and name:
            found.setdefault(name, at)
    return list(found.items())


def _branches(statements: list[Stmt], unit: Unit) -> Iterator[tuple[Expr, Unit]]:
    for s in statements:
        if isinstance(s, Nested):
            yield from _branches(s.unit.statements, s.unit)
        elif isinstance(s, Block):
            yield from _branches(s.body, unit)
        elif isinstance(s, If):
            for value in _compared(s.test):
                yield value, unit
            yield from _branches(s.then, unit)
            yield from _branches(s.otherwise, unit)
        elif isinstance(s, Try):
            yield from _branches(s.body, unit)
            yield from _branches(s.last, unit)
        elif isinstance(s, Match):
            if _asks(s.subject):
                for case in s.cases:
                    for pattern in case.patterns:
                        yield pattern, unit
        elif isinstance(s, Loop):
            yield from _branches(s.body, unit)


def _compared(test: Expr) -> Iterator[Expr]:
    if isinstance(test, Compare) and test.op in ("==", "!="):
        if _asks(test.left):
            yield test.right
        elif _asks(test.right):
            yield test.left
    elif isinstance(test, Logic):
        yield from _compared(test.left)
        yield from _compared(test.right)


def _asks(subject: Expr) -> bool:
    if isinstance(subject, Attr):
        value = subject.value
        inner = last_name(value)
        return subject.name == "name" and inner == "params"
    return isinstance(subject, Name) and subject.id in ASKED
