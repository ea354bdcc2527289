"""Which ways of writing to standard output a file has turned elsewhere, for all that runs in it."""

from __future__ import annotations

from collections.abc import Iterable

from mcp_lsp_analyzers.code import Assign, Attr, Bind, Expr, Lambda, Name, Unit
from mcp_lsp_analyzers.flow import Call
from mcp_lsp_analyzers.model import Server
from mcp_lsp_analyzers.once import once
from mcp_lsp_analyzers.record import replace
from mcp_lsp_analyzers.scope import Module, Scope
from mcp_lsp_analyzers.testing import named_as_test
from mcp_lsp_analyzers.walk import Site

from .nodes import names_in, says, some_in

_WORDS = ("console.", "sys.stdout", "process.stdout.write")


@once
def diverted(unit: Unit) -> frozenset[str]:
    """What one unit sets to something else: "console.log" after ``console.log = console.error``, "sys.stdout" after
    ``sys.stdout = sys.stderr``. To put back what was there is no turning."""
    return names_in(unit.statements, unit, _diverted, (Assign, Bind)) if says(unit, _told) else frozenset()


def _told(text: str) -> bool:
    return some_in(text, _WORDS)


def _diverted(site: Site) -> str:
    node = site.node
    assert isinstance(node, (Assign, Bind))
    name = _dotted(node.target)
    if node.value is None or not name.startswith(("console.", "sys.stdout", "process.stdout.write")):
        return ""
    return name if isinstance(node.value, Lambda) or not _dotted(node.value).endswith(_BACK) else ""


_BACK = ("stdout", "stdout__", ".log")


def turned(server: Server, calls: Iterable[Call], module: Module, scope: Scope) -> Server:
    """The server of a handler that writes, with what the files beside its own turn elsewhere: where the server is
    started, a tool in another file writes there as well."""
    if scope.modules is None or not any(_writes(call.target) for call in calls):
        return server
    found = set(server.diverted)
    for other in scope.modules.beside(module.uri):
        if named_as_test(other.uri):
            continue
        for unit in other.units:
            if known := diverted(unit):
                found.update(known)
                scope.seen.elsewhere.update({(other.uri, name): unit for name in unit.binds})
    return server if found == server.diverted else replace(server, diverted=frozenset(found))


def _writes(target: str) -> bool:
    """Whether a call writes where the protocol is spoken; what goes to the log needs no look at other files."""
    written = target.rpartition(".")[2]
    if target.startswith("console."):
        return written in _CONSOLE
    return target.startswith(("sys.stdout.", "process.stdout.")) or written in _PRINTERS


_CONSOLE = ("log", "info", "debug", "table", "dir", "group")
_PRINTERS = ("print", "pprint", "pp", "echo", "secho")


def _dotted(expr: Expr) -> str:
    if isinstance(expr, Name):
        return expr.id
    if isinstance(expr, Attr):
        return f"{_dotted(expr.value)}.{expr.name}"
    return ""
