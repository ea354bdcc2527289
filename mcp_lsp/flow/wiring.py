"""The calls of a file by which servers are served: all functions, not only what a handler or the start leads to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from mcp_lsp_analyzers.code import Attr, Call, Expr, Import, Items, Name, Unit, flat
from mcp_lsp_analyzers.flow import Call as Called
from mcp_lsp_analyzers.inside import own_text
from mcp_lsp_analyzers.model import Sdk
from mcp_lsp_analyzers.once import once
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.scope import Found, Module, Modules, Scope, imported
from mcp_lsp_analyzers.seen import Seen
from mcp_lsp_analyzers.window import Column
from mcp_lsp_analyzers.wiring import (
    Wiring,
    asks_callers,
    checks_caller,
    checks_host,
    interesting,
    judges,
    reads_credentials,
    serves,
)

from .asking import Asking
from .nodes import called, imported_modules, renamed, says, some_in, unit_sites
from .verifiers import asked_elsewhere, asked_here


class Wires:
    """What is known of one file's serving, kept up to date over edits."""

    def __init__(self) -> None:
        self._column = Column(_Wire)
        self._watched: set[str] = set()  # the names that were looked up, or more
        self._imports: frozenset[str] = frozenset()
        self._hosts = 0  # how many units have words that look at them
        self._callers = Asking()
        self._calls: list[Called] = []
        self._last: Wiring | None = None
        self._renamed: set[str] = set()  # the names that it gives to what serves
        self._elsewhere = False  # another file's verifier asks whom tokens are for
        self._hosts_elsewhere = False  # the file that its transports are mounted in, or its app is made in, asks
        self._callers_elsewhere = False  # the file that makes the server which is run here asks
        self._left_open = False  # nor does one that its transports are mounted in
        self.late = False  # what was edited serves as before, and the other files were not looked at again

    def wiring(
        self,
        module: Module,
        sdk: Sdk | None,
        changed: AbstractSet[str],
        mcp: bool = False,
        version: tuple[int, int] | None = None,
        modules: Modules | None = None,
        moved: bool = True,
        waits: bool = False,
    ) -> Wiring | None:
        """How the file serves, ``None`` where nothing in it looks like it; the same object as before while it holds.
        ``changed``: the names that mean another unit than they did the last time. ``mcp``: the project is known to have
        to do with MCP; ``version``: of its Python SDK; ``modules``: its other files, which may have ``moved``.
        ``waits``: somebody types, and what other files have to do with it is looked at in the next pause, as long as
        the same things serve."""
        gone, come = self._column.update(module.units)
        wires = self._column.values
        for sign, some in ((-1, gone), (1, come)):
            for wire in some:
                self._hosts += sign * wire.host
        self._callers.changed([wire.unit for wire in gone], [wire.unit for wire in come])
        if {(wire.imports, wire.renamed) for wire in gone} != {(wire.imports, wire.renamed) for wire in come}:
            self._imports = frozenset().union(*(wire.imports for wire in wires))
            given = {here for wire in wires for here, there in wire.renamed if serves(there)}
            if given != self._renamed:
                self._renamed = given
                come = [*come, *(wire for wire in wires if wire not in come and wire.calls_some(given))]
        spoke = any(wire.calls for wire in gone)
        if not self._watched.isdisjoint(changed):
            for wire in wires:
                if wire.seen is not None and not wire.seen.holds(module):
                    wire.seen = None
                    spoke = spoke or bool(wire.calls)
                    come.append(wire)
        for wire in come:
            if wire.seen is None and (wire.interesting or wire.calls_some(self._renamed)):
                wire.resolve(module, self._renamed)
                if wire.seen is not None:
                    self._watched.update(wire.seen.names)
        before = self._calls
        if spoke or any(wire.calls for wire in come):
            self._calls = [call for wire in wires if wire.calls for call in wire.calls]
        calls = self._calls
        if not calls:
            self._last = None
            self.late = False
            return None
        host, caller = self._hosts > 0, bool(self._callers)
        last = self._last
        again = spoke or self.late
        if not caller:
            again = again or [_given(w.unit) for w in gone] != [_given(w.unit) for w in come]
        same = last is not None and (last.checks_host, last.checks_caller) == (
            host or self._hosts_elsewhere,
            caller or self._callers_elsewhere,
        )
        self.late = again and waits and same and not moved and [c.target for c in before] == [c.target for c in calls]
        again = last is None or moved or (again and not self.late)
        if not host and any("Transport" in call.target for call in calls):
            if again:
                self._hosts_elsewhere = hosts_elsewhere(module, modules)
            host = self._hosts_elsewhere
        if not caller:
            if again:
                importing = [wire.unit for wire in wires if wire.imports]
                self._callers_elsewhere = callers_elsewhere(module, importing, calls, modules)
            caller = self._callers_elsewhere
        answers = not caller and any(answers_over_http(call) for call in calls)
        if answers and again:
            self._left_open = left_open(module, modules)
        open_to_all = answers and self._left_open
        settings = any(call.target.endswith("AuthSettings") for call in calls)
        if settings and again:
            self._elsewhere = asked_elsewhere(module, modules)
        audience = settings and (self._elsewhere or asked_here(module))
        if (
            last is None
            or (last.sdk, last.project, last.version, last.imports, last.checks_host, last.checks_caller)
            != (sdk, mcp, version, self._imports, host, caller)
            or (last.checks_audience, last.left_open) != (audience, open_to_all)
            or list(last.calls) != calls
        ):
            self._last = Wiring(
                module.uri,
                module.language,
                sdk,
                self._imports,
                tuple(calls),
                host,
                caller,
                mcp,
                version,
                audience,
                open_to_all,
            )
        return self._last


class _Wire:
    """What one unit has to do with serving. ``seen`` has the names that ``calls`` were resolved with."""

    __slots__ = ("calls", "host", "imports", "interesting", "renamed", "seen", "unit")

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.interesting = says(unit, interesting)
        self.host = says(unit, checks_host)
        self.imports = imported_modules(unit)
        self.renamed = renamed(unit)
        self.seen: Seen | None = None
        self.calls: list[Called] = []

    def calls_some(self, names: AbstractSet[str]) -> bool:
        return _calls_some(self.unit, names)

    def resolve(self, module: Module, names: AbstractSet[str]) -> None:
        scope = Scope(module)
        self.seen = scope.seen
        self.calls = []
        for site in unit_sites(self.unit, lambda unit: says(unit, interesting) or _calls_some(unit, names)):
            if type(site.node) is Call and _may_serve(site.node.callee, scope):
                target = called(site.node, site.function, scope)
                if not target.startswith(_ELSEWHERE):
                    around = site.function
                    self.calls.append(
                        Called(target, site.node, site.unit, module.uri, "/wiring", "startup", (), around)
                    )


def _calls_some(unit: Unit, names: AbstractSet[str]) -> bool:
    return some_in(unit.key, names)


def _may_serve(callee: Expr, scope: Scope) -> bool:
    if isinstance(callee, Attr):
        return serves(callee.name)
    if isinstance(callee, Name):
        if serves(callee.id):
            return True
        binding = scope.find(callee.id)
        statement = None if binding is None else binding.imported
        return statement is not None and serves(imported(statement).replace(":", ".").rpartition(".")[2])
    return False


_ELSEWHERE = ("subprocess.", "child_process.")
"""Calls that serve nothing, though they are spelt like some that do (``run``)."""


def hosts_elsewhere(module: Module, modules: Modules | None) -> bool:
    """Whether hosts are looked at where the app is that this file serves on: in a file beside it that imports it
    (``mount(app)``) or makes the app that it is given, or in one that it imports (``app``)."""
    if modules is None:
        return False
    given = not any(_makes_app(unit) for unit in module.units)
    for other in modules.beside(module.uri):
        front = any(_puts_in_front(unit, other, modules) for unit in other.units)
        if front and given and any(_makes_app(unit) for unit in other.units):
            return True
        if front or any(_checks_for_all(unit) for unit in other.units):
            found = (modules.find(other.uri, statement) for statement in _imports(other))
            if any(one is not None and one.uri == module.uri for one in found):
                return True
    for statement in _imports(module):
        there = modules.find(module.uri, statement)
        if there is None:
            continue
        if any(_checks_for_all(unit) or _puts_in_front(unit, there, modules) for unit in there.units):
            return True
    return False


def callers_elsewhere(
    module: Module, importing: Sequence[Unit], calls: Sequence[Called], modules: Modules | None
) -> bool:
    """Whether a server that is run here is made in another file in a way that asks who is calling
    (``FastMCP("notes", auth=provider)``), there or under some condition, or an app that listens here is handed to a
    function of another file that does (``routes(app)``), or given one that does (``app.use("/mcp", authenticate)``).
    In front of the routes that may also be in the file that takes in what this one has. ``importing``: the units of the
    file that import."""
    if modules is None:
        return False
    scope = Scope(module, modules)
    beside = modules.beside(module.uri) if any(answers_over_http(call) for call in calls) else ()
    mounting = (other for other in beside if module.uri in _taken_in(other, modules))
    if any(_asked_in_front(one, modules) for one in (module, *mounting)):
        return True
    callees = [call.expr.callee for call in calls]
    for name in {each.value.id for each in callees if isinstance(each, Attr) and isinstance(each.value, Name)}:
        binding = module.binding(name)
        found = None if binding is None or binding.imported is None else scope.follow(binding.imported)
        if found is not None and found.binding is not None and found.binding.value is not None:
            if says(found.binding.unit, checks_caller):
                return True
    listening = {each.value.id for each in callees if isinstance(each, Attr) and isinstance(each.value, Name)}
    listening.update(arg.value.id for call in calls for arg in call.expr.args if isinstance(arg.value, Name))
    for unit in importing:
        for statement, _ in flat(unit.statements):
            if isinstance(statement, Import) and (given := _handed(statement.local, module)):
                found = scope.follow(statement)
                if found is None or found.binding is None or found.binding.function is None:
                    continue
                made = _MAKES_SERVER.search(found.binding.unit.key)
                if (made or not listening.isdisjoint(given)) and says(found.binding.unit, checks_caller):
                    return True
    return False


_USES = ".use("


def _asked_in_front(module: Module, modules: Modules) -> bool:
    put = {name for unit in module.units if _USES in unit.key for name in _put_in_front(unit)}
    scope = Scope(module, modules)
    return any(_asks(scope.follow(one), scope, 0) for one in (_imports(module) if put else ()) if one.local in put)


@once
def _put_in_front(unit: Unit) -> frozenset[str]:
    """The names of what a declaration has every request go through: ``app.use("/mcp", limit, authenticate())``."""
    return frozenset(name for found in _USED.finditer(unit.key) for name in _WORD.findall(found[1]))


_USED = pattern(r"\.use\(([^;{]{0,200})")
_WORD = pattern(r"[A-Za-z_]\w*")


def _asks(found: Found | None, scope: Scope, depth: int) -> bool:
    """Whether a declaration asks who is calling, or is a list of such: ``[authenticate, cors()]``."""
    binding = None if found is None else found.binding
    if found is None or binding is None or depth > 2:
        return False
    unit = binding.unit
    if says(unit, asks_callers) or (says(unit, reads_credentials) and says(unit, judges)):
        return True
    if binding.imported is not None:
        return _asks(scope.inside(found.module).follow(binding.imported), scope, depth + 1)
    names = [one.id for one in binding.value.items if isinstance(one, Name)] if isinstance(binding.value, Items) else []
    beside = [Found(found.module, at) for name in names if (at := found.module.binding(name)) is not None]
    return any(_asks(one, scope, depth + 1) for one in beside)


def answers_over_http(call: Called) -> bool:
    """Whether a call makes what answers with the tools over HTTP, wherever that is mounted."""
    name = call.target.rpartition(".")[2]
    if name in _MOUNTED:
        return True
    return name in ("SSEServerTransport", "StreamableHTTPServerTransport", "NodeStreamableHTTPServerTransport")


_MOUNTED = frozenset(
    ("streamable_http_app", "sse_app", "http_app", "SseServerTransport", "StreamableHTTPSessionManager")
)


def left_open(module: Module, modules: Modules | None) -> bool:
    """Whether files beside it take in what a file has, and neither they nor what they import ask who is calling, nor
    say that they listen for this computer alone."""
    if modules is None:
        return False
    taken = {other.uri: (other, _taken_in(other, modules)) for other in modules.beside(module.uri)}
    mounting = [other for other, files in taken.values() if module.uri in files]
    near = {other.uri: other for other in mounting}
    for one in (module, *mounting):
        near.update(_taken_in(one, modules))
    units = [unit for other in near.values() for unit in other.units]
    if not any(says(unit, _listens) for unit in (*units, *module.units)):
        return False  # who knows where
    return not any(says(unit, checks_caller) or says(unit, _listens_here) for unit in units)


def _taken_in(module: Module, modules: Modules) -> dict[str, Module]:
    """The files of the project that a file imports."""
    found = (modules.find(module.uri, one) for one in module.imports)
    return {there.uri: there for there in found if there is not None}


def _listens(text: str) -> bool:
    return some_in(text, ("listen(", "uvicorn.", "serve("))


def _listens_here(text: str) -> bool:
    return _listens(text) and _HERE.search(text) is not None


_HERE = pattern(r"(?:listen|serve|run)\([^;]{0,200}[\"'](?:127\.0\.0\.1|localhost|::1)[\"']")


def _handed(name: str, module: Module) -> list[str]:
    """What a function is called with in a file, as far as names are at the front; empty: it is not called."""
    return [given for unit in module.units if name and name in unit.key for given in _given(unit).get(name, ())]


@once
def _given(unit: Unit) -> dict[str, list[str]]:
    """Each name that a declaration calls, and with which names at the front ("" for anything else)."""
    found: dict[str, list[str]] = {}
    for name, first in _calls(own_text(unit)):
        found.setdefault(name, []).append(first)
    for inner in unit.nested:
        for name, given in _given(inner).items():
            found[name] = found[name] + given if name in found else given
    return found


def _calls(text: str) -> Iterator[tuple[str, str]]:
    """Each word in front of a bracket, and the word behind it; no members, but for what compilers write
    (``lib_1.run(``). From the brackets on, there are few: to begin with the words takes three times as long."""
    told = 0
    for bracket in _OPENED.finditer(text):
        end = start = bracket.start() - text.startswith(")", bracket.start() - 1)
        while start > told and (text[start - 1].isalnum() or text[start - 1] == "_"):
            start -= 1
        if told <= start < end and (text[start - 1 : start] != "." or _COMPILED.match(text, max(start - 3, 0))):
            yield text[start:end], bracket[1]
            told = bracket.end()


_OPENED = pattern(r"\(\s*(\w*)")
_COMPILED = pattern(r"_\d\.")
_MAKES_SERVER = pattern(r"\b(?:FastMCP|McpServer|MCPServer)\(")


def _imports(module: Module) -> Iterator[Import]:
    return (statement for statement in module.imports if statement.module.startswith((".", "@", "~", "#")))


def _checks_for_all(unit: Unit) -> bool:
    """Whether hosts are looked at in front of the routes of an app."""
    return says(unit, checks_host) and _in_front(unit)


def _puts_in_front(unit: Unit, module: Module, modules: Modules) -> bool:
    """Whether what another file gives looks at hosts in front of the routes: ``app.use(onlyLocal(names))``."""
    if not _in_front(unit):
        return False
    scope = Scope(module, modules)
    for statement in _imports(module):
        if statement.local and statement.local in unit.key:
            found = scope.follow(statement)
            if found is not None and found.binding is not None:
                # What it calls for that stands beside it.
                if any(says(each, checks_host) for each in found.module.units):
                    return True
    return False


def _makes_app(unit: Unit) -> bool:
    return _MAKES_APP.search(unit.key) is not None


_MAKES_APP = pattern(
    r"\b(?:(?:express|[fF]astify)(?:_\d+\.default)?|Koa|Hono|createServer|createMcpExpressApp|FastAPI|Starlette)\)?\("
)


def _in_front(unit: Unit) -> bool:
    return some_in(unit.key, _IN_FRONT)


_IN_FRONT = (
    ".use(", ".addHook(", "add_middleware(", "createMcpExpressApp(", "createServer(", "createMcpExpressApp)(",
    "createServer)(", "Middleware(",
)  # fmt: skip
