"""Which ways of writing to standard output a file has turned elsewhere, for all that runs in it."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Assign, Attr, Bind, Expr, Lambda, Name, Unit
from mcp_lsp_analyzers.walk import sites

_WORDS = ("console.", "sys.stdout", "process.stdout.write")


def diverted(unit: Unit) -> frozenset[str]:
    """What one unit sets to something else: "console.log" after ``console.log = console.error``, "sys.stdout" after
    ``sys.stdout = sys.stderr``. To put back what was there is no turning."""
    if not any(word in unit.key for word in _WORDS) or "=" not in unit.key:
        return frozenset()
    found = set()
    for site in sites(unit.statements, unit, kinds=(Assign, Bind)):
        node = site.node
        assert isinstance(node, (Assign, Bind))
        name = _dotted(node.target)
        if node.value is not None and name.startswith(("console.", "sys.stdout", "process.stdout.write")):
            if isinstance(node.value, Lambda) or not _dotted(node.value).endswith(("stdout", "stdout__", ".log")):
                found.add(name)
    return frozenset(found)


def _dotted(expr: Expr) -> str:
    if isinstance(expr, Name):
        return expr.id
    if isinstance(expr, Attr):
        return f"{_dotted(expr.value)}.{expr.name}"
    return ""
