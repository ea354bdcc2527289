"""Names whose value is changed after they are declared: what they were declared to be is then not what is listed.

``HELP += "…"``, ``OPTIONS["x"] = …``, ``WORDS.append(…)``, ``shape.b = …``, and names that a function sets and
another place declares. Where such a change stands, and whether it runs before a tool is registered, is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import Assign, Attr, Call, Expr, Function, Index, Name, Unit
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.scope import Module
from mcp_lsp_analyzers.walk import Site, sites

_KINDS = (Assign, Call)

_CHANGING = {
    True: frozenset((
        "append", "extend", "insert", "update", "setdefault", "clear", "pop", "popitem", "remove", "add", "discard",
        "sort", "reverse",
    )),
    # Methods of schemas are named like those of Python's lists, and change nothing.
    False: frozenset(("push", "unshift", "splice", "pop", "shift", "sort", "reverse", "fill")),
}  # fmt: skip
_CHANGE = (
    r"(?<![\w$.])NAME(?:\??\.[\w$]+|\[[^\]\n]*\])*(?:\s*[-+*/%|&^?<>@]{0,3}=(?![=>])|\.\w+\()"
    r"|assign\(\s*NAME\b|\b(?:global|nonlocal)\b[^\n]*\bNAME\b"
)
"""What a change of a name looks like; more than what is one: a call of any method of it, and where it is declared."""
_DECLARING = pattern(r"(?:\b(?:let|var|const)\s|,)\s*$")
_DECLARED = pattern(r"(?:\b(?:let|var|const)\s|,)\s*[\w$]+\s*(?::[^=\n]*)?=\s*$")
_GLOBAL = pattern(r"\b(?:global|nonlocal)\s+([^\n]*)")


def touched_in(function: Function, python: bool) -> frozenset[str]:
    """Of the names that a function declares."""
    key = ("touched", function)
    found = function.unit.kept.get(key)
    if found is None:
        found = frozenset(_names(sites(function.body, function.unit, function, kinds=_KINDS), function, python))
        function.unit.kept[key] = found
    return found  # type: ignore[return-value]


def touched(module: Module, name: str) -> bool:
    """Of the names that a file declares."""
    python = module.language == "python"
    change = None
    for unit in module.units:
        if name in unit.key:
            change = change or re.compile(_CHANGE.replace("NAME", re.escape(name)))
            # Reading text is a hundredth of the work of walking through it, and few names are ever changed.
            if change.search(unit.key) is not None and name in _touched_by(unit, python):
                return True
    return False


def _touched_by(unit: Unit, python: bool) -> frozenset[str]:
    found = unit.kept.get("touched")
    if found is None:
        names = set(_names(sites(unit.statements, unit, kinds=_KINDS), None, python))
        if python and ("global" in unit.key or "nonlocal" in unit.key):
            for said in _GLOBAL.finditer(unit.key):
                names.update(part.strip() for part in said[1].partition("#")[0].split(","))
        found = unit.kept["touched"] = frozenset(names)
    return found  # type: ignore[return-value]


def _names(found: list[Site], owner: Function | None, python: bool) -> Iterator[str]:
    for site in found:
        if isinstance(site.node, Assign):
            name = _assigned(site.node, site, python)
        elif isinstance(site.node, Call):
            name = _called(site.node, python)
        else:
            continue
        if name and not _own(name, site.function, owner, python):
            yield name


def _own(name: str, function: Function | None, owner: Function | None, python: bool) -> bool:
    """Whether a function between the change and the owner has a name of its own that is this."""
    while function is not None and function is not owner:
        for one in inside.variables(function).get(name, ()):
            if python or one.kind != "value" or one.path or one.constant or _declared(one):
                return True
        function = function.parent
    return False


def _declared(local: inside.Local) -> bool:
    start = getattr(local.node, "start", 0)
    return _DECLARED.search(local.unit.key[max(0, start - 100) : start]) is not None


def _assigned(node: Assign, site: Site, python: bool) -> str:
    if isinstance(node.target, (Attr, Index)):
        return _root(node.target)
    if not isinstance(node.target, Name):
        return ""
    if node.op:
        return node.target.id
    if python or node.constant or site.function is None or node.value is None:
        return ""
    return (
        "" if _DECLARING.search(site.unit.key[max(0, node.target.start - 12) : node.target.start]) else node.target.id
    )


def _called(node: Call, python: bool) -> str:
    callee = node.callee
    if not isinstance(callee, Attr):
        return ""
    if callee.name in _CHANGING[python]:
        return _root(callee.value)
    if callee.name == "assign" and isinstance(callee.value, Name) and callee.value.id == "Object" and node.args:
        return _root(node.args[0].value)
    return ""


def _root(expr: Expr) -> str:
    while isinstance(expr, (Attr, Index)):
        expr = expr.value
    return expr.id if isinstance(expr, Name) and expr.id not in ("self", "super") else ""
