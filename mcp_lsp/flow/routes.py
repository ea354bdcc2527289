"""Which requests a file answers: decorated functions (FastAPI, Flask) and calls that register (Express, Hono, Fastify).

Asking who is calling is recognised where a route is declared (a dependency, a decorator, a middleware in the list) and
in its function; a file of routes can also be guarded as a whole, here or where it is taken in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from mcp_lsp_analyzers.code import (
    Attr,
    Call,
    Const,
    Define,
    Dict,
    Expr,
    Function,
    Index,
    Lambda,
    Name,
    Str,
    Unit,
    last_name,
)
from mcp_lsp_analyzers.once import once
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.routes import REGISTERS, Route, Routes, path_of
from mcp_lsp_analyzers.scope import Module
from mcp_lsp_analyzers.walk import Site, sites
from mcp_lsp_analyzers.window import Column

from .nodes import parts, words_in

_ASKS = pattern(
    r"(?<![oO])auth(?!or(?!iz))|current_?user|get_?user|require_?(?:user|login|token|key|role|admin|access|read|write|perm)|verify"
    r"|login_?required|token_?(?:dep|required|check|guard)|api_?key|jwt|bearer|permission|protected|credential|session_?user|check_?token|validate_?token|guard",
    re.IGNORECASE,
)


class Routing:
    """The routes of one file, kept up to date over edits."""

    def __init__(self) -> None:
        self._column = Column(_of)
        self._last: Routes | None = None

    def routes(self, module: Module, mcp: bool, others: Callable[[], Iterable[Module]], moved: bool) -> Routes | None:
        """``None`` where there are none; the same object as before while they are the same. ``others``: the files
        beside it and above it that may guard it, or show that routes are guarded in this project; ``moved``: they may
        have changed."""
        gone, come = self._column.update(module.units)
        last = self._last
        if last is not None and last.mcp == mcp and not moved and not any(own.says for own in (*gone, *come)):
            return last
        owns = self._column.values
        found = tuple(route.at(module.uri) for own in owns for route in own.routes)
        if not found:
            self._last = None
            return None
        whole = any(own.whole for own in owns)
        beside = 0 if whole or any(route.guarded for route in found) else _guarded(others())
        self._last = Routes(module.uri, mcp, found, whole, beside)
        return self._last


def _guarded(others: Iterable[Module]) -> int:
    """How many routes of other files ask who is calling; 0 where all of them are asked at once, or most are not."""
    asking, silent = 0, 0
    for other in others:
        owns = [_of(unit) for unit in other.units]
        if any(own.whole for own in owns):
            return 0
        asked = [route.guarded for own in owns for route in own.routes]
        asking += sum(asked)
        silent += len(asked) - sum(asked)
    return asking if asking > silent else 0


class _Found(NamedTuple):
    call: Call
    path: Str
    unit: Unit
    guarded: bool
    name: str = ""

    def at(self, uri: str) -> Route:
        place = Place(uri, "/routes", Span(self.path.start, self.path.end), self.unit.anchor)
        return Route(last_name(self.call.callee), self.path.value, self.guarded, place, self.name)


class _Own(NamedTuple):
    """What one unit has of routes; ``whole``: it guards all of the file."""

    routes: tuple[_Found, ...] = ()
    whole: bool = False

    @property
    def says(self) -> bool:
        return bool(self.routes) or self.whole


@once
def _of(unit: Unit) -> _Own:
    if not words_in(unit, _ROUTING):
        return _NONE
    owns = [_own(part) for part, _ in parts(unit)]
    return _Own(tuple([route for own in owns for route in own.routes]), any(own.whole for own in owns))


@once
def _own(unit: Unit) -> _Own:
    """What a unit has without the parts that are kept one by one."""
    inside = sites(unit.statements, unit, nested=False, kinds=(Call, Define))
    return _Own(tuple(_found(inside)), any(_guards_all(site) for site in inside)) if inside else _NONE


_NONE = _Own()
_ROUTING = (*(f".{method}(" for method in sorted(REGISTERS)), "middleware", "router(", ".use(")


def _found(inside: list[Site]) -> Iterator[_Found]:
    for site in inside:
        node = site.node
        if isinstance(node, Define):
            for decorator in node.function.decorators:
                if isinstance(decorator, Call) and (path := path_of(decorator)) is not None:
                    if _refuses(node.function):
                        continue
                    asks = _asks_function(node.function, decorator)
                    yield _Found(decorator, path, site.unit, asks, node.function.name)
        elif isinstance(node, Call) and (path := path_of(node)) is not None and len(node.args) > 1:
            if last_name(node.callee) == "route":
                continue  # a router that is taken in
            given = [arg.value for arg in node.args[1:]]
            if isinstance(given[-1], Lambda) and _refuses(given[-1].function):
                continue
            if isinstance(given[-1], (Lambda, Name, Attr, Call)) and all(arg.name is None for arg in node.args):
                yield _Found(node, path, site.unit, any(_asks(value) for value in given))


_REFUSALS = frozenset((401, 403, 404, 405, 410, 426, 501))
_ANSWERS = frozenset(
    ("writeHead", "status", "sendStatus", "end", "json", "send", "code", "stringify", "set", "setHeader", "header",
     "type", "text", "body", "log", "info", "debug", "warn", "warning", "error", "Response", "JSONResponse",
     "PlainTextResponse", "HTTPException", "abort", "jsonify")
)  # fmt: skip


def _refuses(function: Function) -> bool:
    """Whether a function answers everybody that there is nothing here, and does nothing else: "405 Method Not Allowed"
    to whoever asks for a stream."""
    said = False
    for site in sites(function.body, function.unit, kinds=(Call,)):
        call = site.node
        assert isinstance(call, Call)
        if last_name(call.callee) not in _ANSWERS:
            return False
        said = said or any(isinstance(a.value, Const) and a.value.value in _REFUSALS for a in call.args)
        for arg in call.args:
            status = arg.value.get("status") if isinstance(arg.value, Dict) else None
            said = said or (isinstance(status, Const) and status.value in _REFUSALS)
    return said


def _asks_function(function: Function, decorator: Call) -> bool:
    text = function.unit.key
    head = [p for p in function.params if p.default is not None or p.annotation is not None]
    for param in head:
        for part in (param.default, param.annotation):
            if part is not None and _ASKS.search(text[part.start : part.end]):
                return True
    dependencies = decorator.keyword("dependencies")
    if dependencies is not None and _asks(dependencies):
        return True
    if any(other is not decorator and _asks(other) for other in function.decorators):
        return True
    return _asks(Lambda(function.start, function.end, function))


def _asks(value: Expr) -> bool:
    """Whether something in an expression has a name that asks who is calling."""
    unit = value.function.unit if isinstance(value, Lambda) else None
    for site in sites(value, unit, kinds=(Call, Name, Attr, Str, Index)):  # type: ignore[arg-type]
        node = site.node
        if isinstance(node, Call):
            word = last_name(node.callee)
        elif isinstance(value, Lambda):
            word = node.value if isinstance(node, Str) and node.value.lower() in _HEADERS else ""
            word = word or (node.name if isinstance(node, Attr) and node.name == "authorization" else "")
        else:
            word = last_name(node)
        if word and _ASKS.search(word):
            return True
    return False


_HEADERS = frozenset(("authorization", "x-api-key", "api-key", "x-auth-token"))


def _guards_all(site: Site) -> bool:
    """``app.use(requireAuth)``, ``add_middleware(AuthMiddleware)``, ``APIRouter(dependencies=[…])``, and a middleware
    function that looks at the caller."""
    node = site.node
    if isinstance(node, Define):
        middleware = any(
            (isinstance(d, Call) and last_name(d.callee) in ("middleware", "before_request"))
            or last_name(d) == "before_request"
            for d in node.function.decorators
        )
        return middleware and _asks_function(node.function, Call(0, 0, Name(0, 0, ""), []))
    assert isinstance(node, Call)
    name = last_name(node.callee)
    if name in ("use", "add_middleware", "addHook", "register", "before_request", "onRequest"):
        return any(_asks(arg.value) for arg in node.args)
    if name in ("APIRouter", "FastAPI", "include_router", "Blueprint", "Router"):
        value = node.keyword("dependencies")
        return value is not None and _asks(value)
    if name in ("Starlette", "Middleware"):
        return any(_asks(arg.value) for arg in node.args if arg.name in (None, "middleware"))
    return False
