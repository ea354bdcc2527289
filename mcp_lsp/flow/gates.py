"""Which tools of a file change something, and which of them ask whether the server is to change anything.

A tool that changes something is known by its name. Asking is recognised in its function, in the functions of the file
that it calls, and in what is wrapped around it, here or in the file that this is imported from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcp_lsp_analyzers.code import (
    Attr,
    Call,
    Define,
    Expr,
    Function,
    If,
    Import,
    Name,
    Unit,
    flat,
    last_name,
)
from mcp_lsp_analyzers.gates import Gated, Gates, names_mode, tells_mode
from mcp_lsp_analyzers.identifier import words
from mcp_lsp_analyzers.once import once
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.scope import Module, Modules
from mcp_lsp_analyzers.walk import Site, sites
from mcp_lsp_analyzers.window import Column

from .hiding import Hiding, hidden, hiding
from .nodes import callee, name_of, names_in, parts, says, words_in

_CHANGES = frozenset(
    ("create", "delete", "remove", "update", "modify", "drop", "insert", "write", "put", "rename", "replace", "destroy",
     "purge", "truncate", "terminate", "reset", "revoke", "grant", "attach", "detach", "upload", "batch", "start",
     "stop", "restart", "restore", "complete", "set", "add", "edit", "patch")
)  # fmt: skip
_TOOL = (".tool",)
"""This stands in each declaration that has a tool."""


class Gating:
    """The tools of one file, kept up to date over edits."""

    def __init__(self) -> None:
        self._column = Column(_of)
        self._last: Gates | None = None
        self._mcp: bool | None = None  # of the last time
        self._beside = (0, 0)

    def gates(self, module: Module, mcp: bool, modules: Modules | None, moved: bool) -> Gates | None:
        """``None`` where there are none; the same object as before while they are the same. ``modules``: the other
        files, which may have ``moved``."""
        gone, come = self._column.update(module.units)
        fresh = moved or self._mcp != mcp
        self._mcp = mcp
        if not fresh and not any(own.says for own in (*gone, *come)):
            return self._last
        tools = tuple(_tools(module.uri, self._column.values, module, modules))
        place = hidden([own.hiding for own in self._column.values], module, modules)
        if place is None and all(tool.asks for tool in tools):
            self._last = None
            return None
        last = self._last
        if fresh or last is None:
            self._beside = _others(module, modules)
        if last is None or (last.mcp, last.tools, last.beside, last.hidden) != (mcp, tools, self._beside, place):
            self._last = Gates(module.uri, mcp, tools, self._beside, place)
        return self._last


def _others(module: Module, modules: Modules | None) -> tuple[int, int]:
    asking = silent = 0
    for other in () if modules is None else modules.beside(module.uri):
        for tool in _tools(other.uri, [_of(unit) for unit in other.units], other, modules):
            asking += tool.asks
            silent += not tool.asks
    return asking, silent


class _Tool(NamedTuple):
    """``calls``: the last words of what it calls; ``around``: those of its decorators."""

    name: str
    start: int
    unit: Unit
    calls: frozenset[str]
    around: frozenset[str]


class _Own(NamedTuple):
    """What one unit has: tools that change something, and the functions in which somebody asks; how it lists and calls
    tools."""

    tools: tuple[_Tool, ...] = ()
    asking: frozenset[str] = frozenset()
    imports: bool = False
    hiding: Hiding = Hiding()

    @property
    def says(self) -> bool:
        return bool(self.tools or self.asking or self.imports or self.hiding != _HIDES_NOTHING)


_HIDES_NOTHING = Hiding()


@once
def _of(unit: Unit) -> _Own:
    hides = hiding(unit)
    imports = any(isinstance(statement, Import) for statement, _ in flat(unit.statements))
    tool, mode = bool(words_in(unit, _TOOL)), says(unit, tells_mode)
    if not tool and not mode:
        return _Own(imports=imports, hiding=hides)
    found = [_found(part) for part, _ in parts(unit)]
    tools = [tool for each, _ in found for tool in each]
    return _Own(tuple(tools), frozenset().union(*(asking for _, asking in found)), imports, hides)


@once
def _found(unit: Unit) -> tuple[tuple[_Tool, ...], frozenset[str]]:
    """The tools that change something, and the functions in which somebody asks, without those in nested units."""
    functions = [site.node.function for site in sites(unit.statements, unit, nested=False, kinds=(Define,))]  # type: ignore[attr-defined]
    asking = frozenset(function.name for function in functions if says(unit, tells_mode) and _asks(function))
    return tuple(_tool(function) for function in functions if _is_tool(function)), asking


def _tool(function: Function) -> _Tool:
    calls = names_in(function.body, function.unit, callee, (Call,))
    around = frozenset(last_name(each.callee if isinstance(each, Call) else each) for each in function.decorators)
    return _Tool(function.name, function.name_start, function.unit, calls, around - {"tool"})


def _tools(uri: str, owns: Sequence[_Own], module: Module, modules: Modules | None) -> Iterator[Gated]:
    if not any(own.tools for own in owns):
        return
    asking = frozenset().union(*(own.asking for own in owns if own.asking))
    for own in owns:
        for tool in own.tools:
            asks = (
                tool.name in asking
                or not asking.isdisjoint(tool.calls | tool.around)
                or any(map(names_mode, tool.around))
                or _wrapped(tool.around, module, modules)
            )
            place = Place(uri, "/gates", Span(tool.start, tool.start + len(tool.name)), tool.unit.anchor)
            yield Gated(tool.name, asks, place)


def _wrapped(names: frozenset[str], module: Module, modules: Modules | None) -> bool:
    """Whether a decorator that comes from another file asks."""
    if modules is None or not names:
        return False
    for statement in module.imports:
        if statement.local in names:
            other = modules.find(module.uri, statement)
            if other is not None and any(statement.name in _of(each).asking for each in other.units):
                return True
    return False


def _is_tool(function: Function) -> bool:
    """Whether it is registered as a tool where it stands, and changes something by its name."""
    said = words(function.name)
    if said[:1] == () or said[0] not in _CHANGES or not any(_registers(each) for each in function.decorators):
        return False
    return said[0] != "batch" or not any(word.startswith(_READS) for word in said[1:])


_READS = ("get", "read", "list", "inspect", "search", "check", "fetch", "quer", "find", "describe", "look", "export")
"""How words begin that say what many are done at once, where that is to look at them."""


def _registers(decorator: Expr) -> bool:
    return last_name(decorator.callee if isinstance(decorator, Call) else decorator) == "tool"


def _asks(function: Function) -> bool:
    """Whether it tests the mode of the server, or calls what is named for that."""
    return bool(names_in(function.body, function.unit, _asked, (If, Call)))


def _asked(site: Site) -> str:
    if isinstance(site.node, If):
        return next(filter(names_mode, names_in(site.node.test, site.unit, name_of, (Name, Attr))), "")
    name = callee(site)
    return name if names_mode(name) else ""
