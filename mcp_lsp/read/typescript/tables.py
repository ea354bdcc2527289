"""Tables of other files, which are registered or listed here: ``Object.entries(commands).forEach(([name, command]) =>
…)``, ``tools(context).filter(…)``, ``Object.values(tools)`` after ``import * as tools``.

A table is read as if it were written where it is used: its keys and constants are known; what only its own file could
point at (schemas, functions, what is put together) is not. What that file is known to define without this one, by its
shape, is marked: it is told of there.
"""

from __future__ import annotations

from mcp_lsp_analyzers.code import Attr, Call, Const, Dict, Expr, Function, Import, Items, Lambda, Opaque, Pair, Str
from mcp_lsp_analyzers.scope import Found

from .sight import At, Sight, Where

_DEEP = 3
_MOST = 400
_FAR = 3
"""Files that lead to each other."""


def table(sight: Sight, used: At, found: At) -> At | None:
    """The object or array of another file that the expression ``used`` stands for, having been followed to ``found``:
    an import, a member of one, or a call of a function of another file. ``None`` where there is none to be seen."""
    if not sight.tables or sight.scope.modules is None or sight.away >= _FAR:
        return None
    node, where = found
    called = isinstance(node, Call) and not node.new
    there = _followed(sight, At(node.callee, where) if isinstance(node, Call) else found)
    if there is None or (there.binding is None and called):
        return None
    other = Sight(there.module, there.binding.unit if there.binding is not None else there.module.units[0])
    other.scope, other.away, other.tables = sight.scope.inside(there.module), sight.away + 1, True
    other.defined = sight.defined
    copy = _Copy(other, used.node.start, used.node.end)
    copies = [copy.of(start, 0) for start in (_given(other, there) if called else _meant(other, there))]
    if len(copies) == 1 and isinstance(copies[0], Dict):
        return At(copies[0], used.where)
    if copies and all(isinstance(one, Items) for one in copies):
        items = [item for one in copies for item in one.items]  # type: ignore[union-attr]
        return At(Items(copy.start, copy.end, "list", items), used.where)
    return None


def _followed(sight: Sight, at: At) -> Found | None:
    """Where an import, or a member of an imported module, stands."""
    found = sight.resolve(at)
    member = None
    if found is not None and isinstance(found.node, Attr):
        member = found.node.name
        found = sight.resolve(At(found.node.value, found.where))
    if found is None or not isinstance(found.node, Import):
        return None
    return sight.scope.follow(found.node, member)


def _meant(other: Sight, there: Found) -> list[At]:
    """What an imported name stands for in its own file; for a whole module, an object of all it exports."""
    binding = there.binding
    if binding is None:
        exported = [name for name in there.module.exports if name != "default"]
        known = [(name, other.scope.exported(there.module, name)) for name in exported[:_MOST]]
        if not all(found is not None and found.module is there.module and found.binding for _, found in known):
            return []
        pairs = [
            Pair(found.binding.value.start, found.binding.value.end, Str(0, 0, name), found.binding.value)
            for name, found in known
            if found is not None and found.binding is not None and found.binding.value is not None
        ]
        return [At(Dict(0, 0, pairs), Where(other.unit))] if pairs else []
    if binding.value is None:
        return []
    start = other.step(At(binding.value, Where(binding.unit)), binding.path)
    return [] if start is None else [start]


def _given(other: Sight, there: Found) -> list[At]:
    """What a function of another file returns; what it is called with is not known there."""
    binding = there.binding
    if binding is None:
        return []
    function: object = binding.function
    if function is None and isinstance(binding.value, Lambda) and not binding.path:
        function = binding.value.function
    return other.results(function, Where(binding.unit), []) if isinstance(function, Function) else []


class _Copy:
    def __init__(self, other: Sight, start: int, end: int) -> None:
        self.other, self.start, self.end = other, start, end

    def of(self, at: At, depth: int) -> Expr:
        from .arrays import items
        from .shapes import is_defined

        found = self.other.resolve(at)
        start, end = self.start, self.end
        if found is None or depth > _DEEP:
            return Opaque(start, end, "elsewhere")
        node = found.node
        if isinstance(node, (Str, Const)):
            return Const(start, end, node.value)
        if isinstance(node, Dict):
            pairs, complete = self.other.entries(found)
            rest = [] if complete and len(pairs) <= _MOST else [Pair(start, end, None, Opaque(start, end, "elsewhere"))]
            copy = Dict(start, end, [*(self._pair(key, value, depth) for key, value in pairs[:_MOST]), *rest])
            if is_defined(self.other, found):
                self.other.defined.append(copy)
            return copy
        if isinstance(node, (Import, Attr)) and depth:
            beyond = table(self.other, At(Opaque(start, end, ""), found.where), found)
            return beyond.node if beyond is not None else Opaque(start, end, "elsewhere")  # type: ignore[return-value]
        inside, complete = items(self.other, found) if depth == 0 or isinstance(node, Items) else ([], False)
        if inside and complete:
            return Items(start, end, "list", [self.of(one, depth + 1) for one in inside[:_MOST]])
        return Opaque(start, end, "elsewhere")

    def _pair(self, key: Expr, value: At, depth: int) -> Pair:
        start, end = self.start, self.end
        named = Str(start, end, key.value) if isinstance(key, Str) else Opaque(start, end, "elsewhere")
        return Pair(start, end, named, self.of(value, depth + 1))
