"""Tables of other files, which loops here register: ``Object.entries(commands).forEach(([name, command]) => …)``.

A table is read as if it were written where it is used: its keys and constants are known; what only its own file could
point at (schemas, functions, what is put together) is not.
"""

from __future__ import annotations

from mcp_lsp_analyzers.code import Attr, Const, Dict, Expr, Import, Items, Opaque, Pair, Str

from .sight import At, Sight, Where

_DEEP = 3
_MOST = 400
_FAR = 3
"""Files that lead to each other."""


def table(sight: Sight, used: At, found: At) -> At | None:
    """The object or array of another file that the expression ``used`` stands for, having been followed to the import
    ``found``; ``None`` where there is none to be seen."""
    node, member = found.node, None
    if isinstance(node, Attr):
        member = node.name
        base = sight.resolve(At(node.value, found.where))
        node = base.node if base is not None else node
    if not sight.tables or not isinstance(node, Import) or sight.scope.modules is None or sight.away >= _FAR:
        return None
    there = sight.scope.follow(node, member)
    if there is None or there.binding is None or there.binding.value is None:
        return None
    other = Sight(there.module, there.binding.unit)
    other.scope, other.away, other.tables = sight.scope.inside(there.module), sight.away + 1, True
    start = other.step(At(there.binding.value, Where(there.binding.unit)), there.binding.path)
    if start is None:
        return None
    copy = _Copy(other, used.node.start, used.node.end).of(start, 0)
    return At(copy, used.where) if isinstance(copy, (Dict, Items)) else None


class _Copy:
    def __init__(self, other: Sight, start: int, end: int) -> None:
        self.other, self.start, self.end = other, start, end

    def of(self, at: At, depth: int) -> Expr:
        from .arrays import items

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
            return Dict(start, end, [*(self._pair(key, value, depth) for key, value in pairs[:_MOST]), *rest])
        inside, complete = items(self.other, found) if depth == 0 or isinstance(node, Items) else ([], False)
        if inside and complete:
            return Items(start, end, "list", [self.of(one, depth + 1) for one in inside[:_MOST]])
        return Opaque(start, end, "elsewhere")

    def _pair(self, key: Expr, value: At, depth: int) -> Pair:
        start, end = self.start, self.end
        named = Str(start, end, key.value) if isinstance(key, Str) else Opaque(start, end, "elsewhere")
        return Pair(start, end, named, self.of(value, depth + 1))
