# ruff: noqa: SIM905  (names are easier to read and to extend as words)
"""Functions beside the tools that a client reaches: they answer web requests, look at the tokens of callers, or answer
for all tools and resources of a server that are only known when it runs.

Whoever speaks to the service chooses what arrives there, so they are read like handlers. Found by their form, in each
declaration and in each part of a long one, and kept with it: what is not about requests costs a search for words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import cast

from mcp_lsp_analyzers.code import (
    Attr,
    Call,
    Define,
    DefineClass,
    Dict,
    Export,
    Expr,
    Function,
    Import,
    Lambda,
    Name,
    Param,
    Unit,
)
from mcp_lsp_analyzers.identifier import names_mcp
from mcp_lsp_analyzers.inside import own_text
from mcp_lsp_analyzers.model import Endpoint
from mcp_lsp_analyzers.once import once
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.record import NamedTuple, replace
from mcp_lsp_analyzers.routes import path_of
from mcp_lsp_analyzers.walk import Site, sites

from . import declared, messages
from .nodes import some_in

_WORDS = (
    "Request", "IncomingMessage", "oken", "call_tool", "read_resource", "get_prompt", '("/', "('/", "(`/", '(""', "(''",
    "fetch", ".recv(", "StreamReader", "req, re", "request, re", *messages.WORDS,
)  # fmt: skip
_ABOUT = pattern(
    r"\b(?:Fastify|Next)?Request\b|\bIncomingMessage\b|\.(?:call_tool|read_resource|get_prompt)\(|\b(?:verify|load)_?(?:access_?)?token\b"
    r"|\.(?:get|post|put|delete|patch|all|route|api_route|custom_route|websocket\w*)\(\s*(?:[\"'`]/|\"\"|'')"
    r"|\.use\(\s*[\"'`]/|\b(?:Route|add_\w+|route)\(|HTTPRequestHandler\b|\bexport\s+default\b|[\"'](?:GET|POST)[\"']\s*,"
    r"|\breq(?:uest)?, re(?:s|ply|sponse)\b"
    r"|\.recv\(|\bStreamReader\b|\b(?:setRequestHandler|createServer|EventListener|on|serve|set|register\w*|add\w*|tool|define|handle)\(",
    re.IGNORECASE,
)
_TOKENS = frozenset("verify_token verify_access_token load_access_token verifyAccessToken verifyToken".split())
_TOOLS = pattern(r"^[^\S\n]*@[\w.]*tool\b|tool(?:def\w*|spec\w*)?\(", re.IGNORECASE | re.MULTILINE)
_REQUESTS = frozenset(
    "Request web.Request requests.Request HttpRequest HTTPConnection aiohttp.web.Request express.Request "
    "IncomingMessage http.IncomingMessage FastifyRequest NextRequest WebSocket".split()
)
_INJECTED = frozenset(
    "Request Response WebSocket BackgroundTasks Session AsyncSession HTTPConnection SecurityScopes Context".split()
)


def endpoints(unit: Unit, uri: str) -> list[Endpoint]:
    """Those of a declaration, each the same object as long as what it stands in is."""
    found: list[Endpoint] = []
    for one in _collected(unit, uri):
        if isinstance(one, Endpoint):
            found.append(one)
        elif isinstance(one, _Named):
            found += _of_name(one, unit, uri)
        else:
            found += _of_method(one, unit, uri)
    return found


class _Handed(NamedTuple):
    """``server.call_tool()(self.call_tool)``: a method that answers requests, which may stand in another part of its
    class and change on its own."""

    answers: str
    method: str


class _Named(NamedTuple):
    """``Tool(fn=ping)``: a function of the same declaration, which may stand in another part of it."""

    function: str


def _collected(unit: Unit, uri: str) -> list[Endpoint | _Handed | _Named]:
    kept = cast("list[Endpoint | _Handed | _Named] | None", unit.kept.get("endpoints"))
    if kept is None:
        text = own_text(unit)
        about = some_in(text, _WORDS) and _ABOUT.search(text) is not None
        about = about or ("ool" in text and _TOOLS.search(text) is not None)
        kept = unit.kept["endpoints"] = _each_once(_found(unit, uri)) if about else []
        for inner in unit.nested:
            kept += _collected(inner, uri)
    return kept


def _each_once(found: Iterable[Endpoint | _Handed | _Named]) -> list[Endpoint | _Handed | _Named]:
    """Of what was found twice for one function (where it is registered, and by its form) the first."""
    kept: dict[object, Endpoint | _Handed | _Named] = {}
    for one in found:
        kept.setdefault(one.function if isinstance(one, Endpoint) else one, one)
    return list(kept.values())


def _of_method(handed: _Handed, unit: Unit, uri: str) -> list[Endpoint]:
    for statement in unit.statements:
        if not isinstance(statement, DefineClass):
            continue
        for function in statement.cls.methods():
            params = [p for p in function.params if p.name not in ("self", "cls")]
            if function.name == handed.method and params and params[-1].name:
                kept = cast("tuple[Function, Endpoint] | None", function.unit.kept.get(handed))
                if kept is None or kept[0] is not function:
                    last = params[-1].name
                    given = ((last, last if handed.answers == "resources/read" else "*"),)
                    made = _made(function, function.unit, uri, given, function.name_start, handed.answers)
                    kept = function.unit.kept[handed] = (function, made)
                return [kept[1]]
    return []


def of_unlisted(endpoint: Endpoint, listed: tuple[str, ...]) -> Endpoint:
    """Of a function that answers for all tools: what it does for those that are none of the ``listed``, which are read
    one by one."""
    kept = endpoint.function.unit.kept
    key = ("unlisted", endpoint, listed)
    found = cast("Endpoint | None", kept.get(key))
    if found is None:
        params = [p.name for p in endpoint.function.params if p.name not in ("self", "cls", "this")]
        given = (*endpoint.arguments, *((name, "") for name in params[:-1][:1]))
        found = kept[key] = replace(endpoint, arguments=given, branch=listed)
    return found


def about_mcp(units: list[Unit]) -> bool:
    """Whether a file imports something that has to do with MCP."""
    return bool([s for unit in units for s in unit.statements if isinstance(s, Import) and names_mcp(s.module)])


def _found(unit: Unit, uri: str) -> Iterator[Endpoint | _Handed | _Named]:
    given: set[Function] = set()
    for site in sites(unit.statements, unit, nested=False, kinds=(Define, Call, Export, Lambda)):
        node = site.node
        if isinstance(node, Define):
            yield from _function(node.function, unit, uri)
        elif isinstance(node, Export):
            yield from _exported(node, unit, uri)
        elif isinstance(node, Call):
            yield from _registered(node, site, uri)
            yield from _recorded(node)
            given.update(arg.value.function for arg in node.args if isinstance(arg.value, Lambda))
        elif isinstance(node, Lambda):
            yield from _unnamed(node.function, unit, uri, node.function in given)


def _exported(export: Export, unit: Unit, uri: str) -> Iterator[Endpoint]:
    """``export default { async fetch(request, env) { … } }``: what answers the requests to a worker."""
    answers = export.value.get("fetch") if isinstance(export.value, Dict) else None
    if isinstance(answers, Lambda) and answers.function.params and answers.function.params[0].name:
        given = ((answers.function.params[0].name, "*"),)
        yield _made(answers.function, unit, uri, given, answers.function.start, "fetch")


def _unnamed(function: Function, unit: Unit, uri: str, handed: bool) -> Iterator[Endpoint]:
    """``return (req, res, next) => { … }``: a function without a name that answers requests, wherever it is put: one
    that another function makes to stand before routes, an entry of a table of them. What is ``handed`` to a call that
    nobody knows has to say by its type that it is one."""
    request = function.params[0] if function.params else None
    if request is None or not request.name:
        return
    if declared.name(request.annotation) in _REQUESTS or (not handed and _called_so(function.params)):
        yield _made(function, unit, uri, ((request.name, "*"),), function.start, "request")


def _called_so(params: list[Param]) -> bool:
    """Whether what arrives is a request and the answer to it by what they are called, where they have no type."""
    return len(params) > 1 and params[0].annotation is None and (params[0].name, params[1].name) in _CALLED


_CALLED = frozenset((("req", "res"), ("req", "reply"), ("request", "response"), ("request", "reply")))


_SENT_TO = (("self.path", "path"), ("self.rfile", "body"), ("self.headers", "headers"))
"""Where a handler of Python's own server finds what was sent."""

_CONNECTED = (("self.request", "*"), ("self.rfile", "*"))
"""Where a handler of `socketserver` does."""


def _connected(function: Function, params: list[Param]) -> tuple[tuple[str, str], ...]:
    """The connection that a function answers: it reads from what it is given first, and writes to that afterwards.
    Whoever asks somebody else does it the other way round."""
    if function.cls is not None and function.name == "handle":
        bases = [(declared.name(base) or "").rpartition(".")[2] for base in function.cls.bases]
        if any(base.endswith("RequestHandler") for base in bases):
            return _CONNECTED
    if len(params) == 2 and (declared.name(params[0].annotation) or "").endswith("StreamReader"):
        return ((params[0].name, "*"),)
    if not params or ".recv(" not in function.text:
        return ()
    calls = [site.node.callee for site in sites(function.body, function.unit, function, kinds=(Call,))]  # type: ignore[attr-defined]
    for name in (param.name for param in params if param.name):
        done = [each.name for each in calls if isinstance(each, Attr) and declared.name(each.value) == name]
        done = [each for each in done if each == "recv" or each.startswith("send")]
        if done[:1] == ["recv"] and len(set(done)) > 1:
            return ((name, "*"),)
    return ()


def _function(function: Function, unit: Unit, uri: str) -> Iterator[Endpoint]:
    if function.cls is not None and function.name.startswith("do_"):
        if any((declared.name(base) or "").endswith("HTTPRequestHandler") for base in function.cls.bases):
            yield _made(function, unit, uri, _SENT_TO, function.name_start, function.name)
            return
    params = [p for p in function.params if p.name not in ("self", "cls", "this")]
    names = {p.name for p in params}
    connected = _connected(function, params)
    if connected:
        yield _made(function, unit, uri, connected, function.name_start, function.name)
        return
    if not params:
        # ``from flask import request``: what was sent is a global of the framework.
        route = next((path.value for d in function.decorators if (path := path_of(d)) is not None), None)
        if route is not None and "request" in own_text(unit):
            yield _made(function, unit, uri, (), function.name_start, route)
        return
    if "call_next" in names:
        return
    if function.name in _TOKENS and function.cls is not None:
        token = next((p for p in params if "token" in p.name.lower()), params[0])
        if token.name and (token.annotation is None or declared.name(token.annotation) in ("str", "string")):
            yield _made(function, unit, uri, ((token.name, token.name),), function.name_start)
        return
    if function.decorators:
        for decorator in function.decorators:
            method = _answered(decorator)
            if method is not None:
                last = params[-1]
                whole = "*" if method != "resources/read" else last.name
                yield _made(function, unit, uri, ((last.name, whole),), function.name_start, method)
                return
        if any(_makes_tool(decorator) for decorator in function.decorators):
            given = [(p.name, _sent(p)) for p in params if _arrives(p)]
            if given:
                yield _made(function, unit, uri, tuple(given), function.name_start, "tools/call")
            return
    route = next((path.value for d in function.decorators if (path := path_of(d)) is not None), None)
    requests = [p for p in params if declared.name(p.annotation) in _REQUESTS]
    if function.cls is not None and _SENDS.match(function.name):
        requests = [p for p in requests if declared.name(p.annotation) != "HttpRequest"]
    if not requests and function.cls is None and _called_so(params):
        requests = params[:1]
    if route is None and not requests:
        return
    given = [(p.name, "*") for p in requests if p.name]
    if route is not None:
        given += [(p.name, p.name) for p in params if p.name and p not in requests and _chosen(p)]
    if given:
        yield _made(function, unit, uri, tuple(given), function.name_start, route or "")


_SENDS = pattern(r"_*(?:send|make|fetch|perform|execute|dispatch|request)(?![a-z])")
"""Methods of a client, whose requests go out: some call their own class as frameworks call what comes in."""

_ANSWERS = {"call_tool": "tools/call", "read_resource": "resources/read", "get_prompt": "prompts/get"}


def _answered(decorator: Expr) -> str | None:
    """``@server.call_tool()``: which requests of the protocol a function answers, whatever they ask for."""
    name = declared.name(decorator.callee) if isinstance(decorator, Call) else None
    return _ANSWERS.get(name.rpartition(".")[2]) if name is not None and "." in name else None


def _makes_tool(decorator: Expr) -> bool:
    """``@register_tool("ping", …)``, ``@tools.tool``: of whatever makes tools of functions here."""
    name = declared.name(decorator.callee if isinstance(decorator, Call) else decorator)
    return name is not None and name.lower().endswith("tool")


_AROUND = frozenset(("ctx", "context"))
_WHOLE = frozenset(("arguments", "args", "params"))


_RECORDS = ("tool", "tooldef", "tooldefinition", "toolspec", "toolspecification")
_ANSWERING = frozenset("fn func function handler callback execute run implementation".split())


def _recorded(call: Call) -> Iterator[_Named]:
    """``ToolDefinition(name="ping", fn=ping)``: a function that is defined where its tool is described."""
    callee = call.callee
    if not (declared.name(callee) or "").rpartition(".")[2].lower().endswith(_RECORDS):
        return
    own = isinstance(callee, Attr) and isinstance(callee.value, Name) and callee.value.id in ("self", "this")
    for arg in call.args:
        value = arg.value
        if own and isinstance(value, Attr) and isinstance(value.value, Name) and value.value.id in ("self", "this"):
            # ``self._add_tool(server, self.ping, name="ping")``: a method of the project registers them.
            yield _Named(value.name)
        elif arg.name in _ANSWERING:
            if isinstance(value, Call) and value.args:  # ``execute(run)``
                value = value.args[0].value
            if isinstance(value, Name):
                yield _Named(value.id)


def _of_name(named: _Named, unit: Unit, uri: str) -> list[Endpoint]:
    function = _defined(unit).get(named.function)
    if function is None:
        return []
    kept = cast("tuple[Function, list[Endpoint]] | None", function.unit.kept.get(named))
    if kept is None or kept[0] is not function:
        params = [p for p in function.params if p.name not in ("self", "cls", "this")]
        given = tuple([(p.name, _sent(p)) for p in params if _arrives(p)])
        made = [_made(function, function.unit, uri, given, function.name_start, "tools/call")] if given else []
        kept = function.unit.kept[named] = (function, made)
    return kept[1]


@once
def _defined(unit: Unit) -> dict[str, Function]:
    """The functions of a declaration and of its parts, by name."""
    nodes = [site.node for site in sites(unit.statements, unit, nested=False, kinds=(Define,))]
    found = {node.function.name: node.function for node in nodes if isinstance(node, Define)}
    for inner in unit.nested:
        found.update(_defined(inner))
    return found


def _arrives(param: Param) -> bool:
    return bool(param.name) and param.name not in _AROUND and _chosen(param)


def _sent(param: Param) -> str:
    """Which argument arrives in a parameter: all of them in ``arguments: dict``."""
    name = declared.name(param.annotation) or ""
    mapping = param.annotation is None or name.rpartition(".")[2].lower() in ("dict", "mapping", "any")
    return "*" if param.kind == "**" or (param.name in _WHOLE and mapping) else param.name


def _chosen(param: Param) -> bool:
    """Whether a parameter of a route comes from the request, and is not what the framework puts in."""
    if declared.made_by(param.default) or declared.put_in(param.annotation, None):
        return False
    name = (declared.name(param.annotation) or "").rpartition(".")[2]
    return name not in _INJECTED


def _registered(call: Call, site: Site, uri: str) -> Iterator[Endpoint | _Handed]:
    """``app.post("/notes", async (req, res) => …)``, ``server.call_tool()(self.call_tool)``."""
    for one in messages.handed(call, site):
        yield _made(one.function, site.unit, uri, one.given, one.function.start, one.about)
    answers = _answered(call.callee) if isinstance(call.callee, Call) else None
    if answers is not None:
        handed = call.args[0].value if len(call.args) == 1 else None
        if isinstance(handed, Attr) and declared.name(handed.value) == "self":
            yield _Handed(answers, handed.name)
        return
    path = path_of(call)
    if path is None or not path.value:
        return
    for arg in call.args[1:]:
        if isinstance(arg.value, Lambda):
            function = arg.value.function
            if function.params and function.params[0].name and len(function.params) <= 3:
                given = ((function.params[0].name, "*"),)
                yield _made(function, site.unit, uri, given, function.start, path.value)


def _made(
    function: Function, unit: Unit, uri: str, given: tuple[tuple[str, str], ...], start: int, path: str = ""
) -> Endpoint:
    name = path or function.name
    end = start + max(len(function.name), 1)
    place = Place(uri, f"/endpoints/{name.strip('/').replace('/', '~1')}", Span(start, end), unit.anchor)
    return Endpoint(name, place, function, given)


__all__ = ["about_mcp", "endpoints", "of_unlisted"]
