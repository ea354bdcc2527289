# ruff: noqa: SIM905  (names are easier to read and to extend as words)
"""Functions that are handed what somebody sent: those that answer the requests of a protocol, of a web server, of a
socket or of standard input, and those that are kept by a name until a request asks for them.

Found by the form of the call that hands them over. A function that stands elsewhere is read through one in its place
that hands on what it is given.
"""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers.code import Arg, Attr, Call, Dict, Expr, Function, Lambda, Name, Param, Return, Str, last_name
from mcp_lsp_analyzers.identifier import words
from mcp_lsp_analyzers.inside import targets
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.routes import METHODS
from mcp_lsp_analyzers.walk import Site, sites

from . import declared

WORDS = (
    "setRequestHandler", "createServer", ".on(", "EventListener(", ".serve(", ".set(", ".register", ".add", "Route(",
    ".route(", ".use(", '"POST"', "'POST'", '"GET"', "'GET'",
)  # fmt: skip


class Handed(NamedTuple):
    """``function`` is called with what was sent: ``given`` as of an endpoint. ``about``: what the requests are for."""

    function: Function
    given: tuple[tuple[str, str], ...]
    about: str


_ASKED = {
    "CallToolRequestSchema": "tools/call", "GetPromptRequestSchema": "prompts/get",
    "ReadResourceRequestSchema": "resources/read", "CompleteRequestSchema": "completion/complete",
}  # fmt: skip
_SENT = {
    "tools/call": "arguments", "prompts/get": "arguments", "resources/read": "uri", "completion/complete": "argument",
}  # fmt: skip
"""Where in the parameters of a request stands what the client chose."""

_METHODS = frozenset("GET POST PUT DELETE PATCH HEAD OPTIONS *".split())
_ADDING = frozenset(
    "Route WebSocketRoute add_route add_api_route add_websocket_route add_get add_post add_put add_delete add_patch "
    "add_view use".split()
)
_ENDPOINTS = ("endpoint", "handler", "view_func")
_KEEPING = frozenset("set register registerTool registerHandler add addTool addHandler tool define handle".split())
_KEPT = frozenset("tool tools handler handlers command commands action actions method methods".split())
_ANSWERING = tuple("handler execute run callback fn func call implementation".split())
_EVENTS = {"message": "", "line": "", "request": "", "data": "stdin"}
_OWN = frozenset("process worker workers parentport child proc cluster emitter bus port events self window".split())
"""Whoever sends messages from there belongs to the program itself."""


def handed(call: Call, site: Site) -> Iterator[Handed]:
    """The functions that a call hands to something that calls them with what was sent."""
    callee = call.callee
    name = last_name(callee)
    args = [arg.value for arg in call.args if not arg.spread]
    if not args:
        return
    if name == "setRequestHandler" and len(args) > 1:
        yield from _answering(args, site)
    elif name in ("on", "addListener", "addEventListener", "once") and len(args) == 2 and isinstance(callee, Attr):
        yield from _listening(callee.value, args, site)
    elif name == "createServer":
        for arg in args:
            served = _function(arg, site, "request")
            if served is not None and served.params:
                if len(served.params) > 1 or served.params[0].name.lower().startswith("req"):
                    yield from _whole(served, "request")
    elif name == "serve" and isinstance(callee, Attr) and declared.name(callee.value) in ("Bun", "Deno"):
        for arg in args:
            handler = arg.get("fetch") if isinstance(arg, Dict) else arg
            function = None if handler is None else _function(handler, site, "request")
            if function is not None:
                yield from _whole(function, "request")
    elif name in METHODS and len(args) > 1 and _is_path(args[0]):
        last = args[-1]
        if isinstance(last, (Name, Attr)) or _bound(last):
            yield from _routed(last, site, args[0])
    elif name in _ADDING and len(args) > 1 and _is_path(args[0]):  # ``Route("/look", endpoint=look)``
        yield from _routed(next((e for n in _ENDPOINTS if (e := call.keyword(n)) is not None), args[1]), site, args[0])
    elif len(args) > 2 and isinstance(args[0], Str) and args[0].value.upper() in _METHODS and _is_path(args[1]):
        yield from _routed(args[2], site, args[1])  # ``router.add_route("POST", "/look", look)``
    elif name == "route" and isinstance(args[0], Dict):  # ``app.route({ method: "POST", url: "/look", handler })``
        path, handler = args[0].get("url") or args[0].get("path"), args[0].get("handler")
        if path is not None and handler is not None:
            yield from _routed(handler, site, path)
    elif name in METHODS and isinstance(callee, Attr) and isinstance(callee.value, Call):
        of = callee.value
        if last_name(of.callee) == "route" and of.args and _is_path(of.args[0].value):
            yield from _routed(args[-1], site, of.args[0].value)
    elif name in _KEEPING and len(args) > 1 and isinstance(callee, Attr):
        yield from _keeping(callee.value, args, site)


def _is_path(e: Expr) -> bool:
    return isinstance(e, Str) and e.value.startswith("/")


def _routed(handler: Expr, site: Site, path: Expr) -> Iterator[Handed]:
    """What answers the requests for a path."""
    function = _function(handler, site, "request")
    if function is not None:
        yield from _whole(function, path.value if isinstance(path, Str) else "")


def _answering(args: list[Expr], site: Site) -> Iterator[Handed]:
    schema = args[0]
    word = schema.value if isinstance(schema, Str) else (declared.name(schema) or "").rpartition(".")[2]
    about = _ASKED.get(word, word)
    sent = _SENT.get(about)
    function = None if sent is None else _function(args[1], site, "request")
    if function is None or not function.params or sent is None:
        return
    param = function.params[0]
    whole = "*" if sent in ("arguments", "argument") else sent
    if param.name:
        yield Handed(function, ((f"{param.name}.params.{sent}", whole),), about)
        return
    given = []
    for name, path in targets(param.target):
        if path == ("params",):
            given.append((f"{name}.{sent}", whole))
        elif path == ("params", sent):
            given.append((name, whole))
        elif path[:2] == ("params", sent) and len(path) == 3:
            given.append((name, path[2]))
    if given:
        yield Handed(function, tuple(given), about)


def _listening(receiver: Expr, args: list[Expr], site: Site) -> Iterator[Handed]:
    event = args[0].value if isinstance(args[0], Str) else ""
    asked = _EVENTS.get(event)
    if asked is None:
        return
    name = (declared.name(receiver) or "").rpartition(".")[2]
    if asked and _accepted(name, site):
        asked = ""
    if asked not in name.lower() or not _OWN.isdisjoint(word.lower() for word in words(name)):
        return
    function = _function(args[1], site, "message")
    if function is not None and function.params:
        yield from _whole(function, event)


def _accepted(name: str, site: Site) -> bool:
    """``createServer((socket) => { socket.on("data", …) })``: a connection that somebody else opened."""
    function = site.function
    while function is not None and not (function.params and function.params[0].name == name):
        function = function.parent
    return function is not None and any(
        _accepts(call.node)  # type: ignore[arg-type]
        for call in sites(function.unit.statements, function.unit, nested=False, kinds=(Call,))
        for arg in call.node.args  # type: ignore[attr-defined]
        if isinstance(arg.value, Lambda) and arg.value.function is function
    )


def _accepts(call: Call) -> bool:
    first = call.positional(0)
    name = last_name(call.callee)
    return name == "createServer" or (name == "on" and isinstance(first, Str) and first.value == "connection")


def _keeping(receiver: Expr, args: list[Expr], site: Site) -> Iterator[Handed]:
    """``handlers.set("list", async (args) => …)``: kept until the model asks for it by its name."""
    owner = (declared.name(receiver) or "").rpartition(".")[2]
    if _KEPT.isdisjoint(word.lower() for word in words(owner)):
        return
    first, last = args[0], args[-1]
    if not (isinstance(first, (Str, Call)) or declared.name(first)):
        return
    if isinstance(last, Dict):  # ``tools.set("list", { description: "…", handler: async (args) => … })``
        last = next((found for key in _ANSWERING if (found := last.get(key)) is not None), last)
    function = _function(last, site, "args")
    if function is None or not function.params:
        return
    param = function.params[0]
    given: list[tuple[str, str]] = []
    if param.name:
        given = [(param.name, "*")]
    else:
        for name, path in targets(param.target):
            if path in (("arguments",), ("params",), ("params", "arguments")):
                given.append((name, "*"))
            elif path and path[-1] != "*":
                given.append((name, path[-1]))
    if given:
        yield Handed(function, tuple(given), "tools/call")


def _whole(function: Function, about: str) -> Iterator[Handed]:
    if function.params and len(function.params) <= 3:
        param = function.params[0]
        if param.name:
            yield Handed(function, ((param.name, "*"),), about)
        else:
            given = tuple((name, path[-1] if path else "*") for name, path in targets(param.target))
            if given:
                yield Handed(function, given, about)


def _function(value: Expr, site: Site, parameter: str, depth: int = 0) -> Function | None:
    """The function that is handed over: as it stands there, inside of calls that wrap it, or by a name."""
    if isinstance(value, Lambda):
        return value.function
    if isinstance(value, Call) and depth < 4:
        if _bound(value):
            assert isinstance(value.callee, Attr)
            return _handing_on(value.callee.value, site, parameter)
        for arg in reversed(value.args):
            if isinstance(arg.value, (Lambda, Call)):
                found = _function(arg.value, site, parameter, depth + 1)
                if found is not None:
                    return found
        return None
    if isinstance(value, (Name, Attr)) and not depth:
        return _handing_on(value, site, parameter)
    return None


def _bound(value: Expr) -> bool:
    return isinstance(value, Call) and isinstance(value.callee, Attr) and value.callee.name == "bind"


def _handing_on(to: Expr, site: Site, parameter: str) -> Function:
    start, end = to.start, to.end
    kept: dict[object, Function] = site.unit.kept.setdefault("handed on", {})  # type: ignore[assignment]
    made = kept.get(to)
    if made is None:
        param = Param(start, end, Name(start, end, parameter))
        made = Function(start, end, "", start, [param], [], site.unit, parent=site.function, arrow=True)
        made.body.append(Return(start, end, Call(start, end, to, [Arg(start, end, Name(start, end, parameter))])))
        kept[to] = made
    return made


__all__ = ["WORDS", "Handed", "handed"]
