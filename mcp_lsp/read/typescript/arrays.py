"""What is in an array: through spreads, ``map``, ``filter``, ``Object.values``, conditions and functions."""

from __future__ import annotations

from mcp_lsp_analyzers.code import (
    Arg,
    Attr,
    Await,
    Call,
    Choice,
    Class,
    Const,
    Dict,
    Expr,
    Function,
    Import,
    Index,
    Items,
    Join,
    Logic,
    Name,
    Param,
    Spread,
    Str,
    last_name,
)

from .sight import FAR, At, Sight, Where
from .tables import table


def items(sight: Sight, at: At, far: int = 0) -> tuple[list[At], bool]:
    """The elements of an array, through spreads, ``map``, ``filter``, ``Object.values`` and functions of this file,
    and whether that is all of them."""
    found = sight.resolve(at)
    if found is not None and isinstance(found.node, (Import, Attr)):
        found = table(sight, at, found)
    if found is None or far > FAR:
        return [], False
    node, where = found
    if isinstance(node, Items):
        result: list[At] = []
        complete = True
        for item in node.items:
            if isinstance(item, Spread):
                more, whole = items(sight, At(item.value, where), far + 1)
                result += more
                complete = complete and whole
            else:
                result.append(At(item, where))
        return result, complete
    if isinstance(node, Choice):
        return _both(items(sight, At(node.then, where), far + 1), items(sight, At(node.otherwise, where), far + 1))
    if isinstance(node, Logic):
        right = items(sight, At(node.right, where), far + 1)
        return right if node.op == "and" else _both(items(sight, At(node.left, where), far + 1), right)
    if isinstance(node, Call):
        return _called(sight, node, where, far)
    if isinstance(node, Const) and node.value is None:
        return [], True
    return [], False


def _both(a: tuple[list[At], bool], b: tuple[list[At], bool]) -> tuple[list[At], bool]:
    return a[0] + b[0], a[1] and b[1]


def _called(sight: Sight, node: Call, where: Where, far: int) -> tuple[list[At], bool]:
    callee = node.callee
    first = node.args[0].value if node.args else None
    if node.new:
        is_set = isinstance(callee, Name) and callee.id == "Set"
        return items(sight, At(first, where), far + 1) if is_set and first is not None else ([], is_set)
    if isinstance(callee, Attr):
        method = callee.name
        if isinstance(callee.value, Name) and callee.value.id in ("Object", "Array") and first is not None:
            return _static(sight, method, At(first, where), far)
        if method in ("filter", "slice", "sort", "reverse", "toSorted"):
            return items(sight, At(callee.value, where), far + 1)
        if method == "concat":
            result = items(sight, At(callee.value, where), far + 1)
            for arg in node.args:
                result = _both(result, items(sight, At(arg.value, where), far + 1))
            return result
        if method in ("map", "flatMap") and first is not None:
            return _mapped(sight, method, At(callee.value, where), At(first, where), far)
        if method == "flat":
            outer, complete = items(sight, At(callee.value, where), far + 1)
            result = ([], complete)
            for one in outer:
                result = _both(result, items(sight, one, far + 1))
            return result
    given = sight.returned(At(node, where))
    if not given and (beyond := table(sight, At(node, where), At(node, where))) is not None:
        return items(sight, beyond, far + 1)
    result = ([], bool(given))
    for value in given:
        result = _both(result, items(sight, value, far + 1))
    return result


def _static(sight: Sight, method: str, at: At, far: int) -> tuple[list[At], bool]:
    if method == "from":
        return items(sight, at, far + 1)
    found = sight.resolve(at)
    elsewhere = found is not None and isinstance(found.node, (Import, Attr, Call)) and not _is_paired(found.node)
    if found is not None and elsewhere:
        found = table(sight, at, found)
    if found is None or method not in ("values", "entries", "keys"):
        return [], False
    if isinstance(found.node, Call) and _is_paired(found.node):
        return _of_pairs(sight, method, At(found.node.args[0].value, found.where), far)
    pairs, complete = sight.entries(found)
    result = []
    for key, value in pairs:
        node: Expr = Const(key.start, key.end, key.value) if elsewhere and isinstance(key, Str) else key
        if method == "values":
            result.append(value)
            continue
        if method == "entries" and not isinstance(value.node, (Function, Class, Import, Param)):
            node = Items(key.start, key.end, "list", [node, value.node])
        result.append(At(node, value.where))
    return result, complete


def _is_paired(node: object) -> bool:
    return isinstance(node, Call) and last_name(node.callee) == "fromEntries" and bool(node.args)


def _of_pairs(sight: Sight, method: str, pairs: At, far: int) -> tuple[list[At], bool]:
    """What is in an object that is made of pairs: ``Object.fromEntries(all.map((one) => [one.name, one]))``."""
    found, complete = items(sight, pairs, far + 1)
    if method == "entries":
        return found, complete
    result = []
    for one in found:
        pair = sight.resolve(one)
        if pair is None or not isinstance(pair.node, Items) or len(pair.node.items) != 2:
            return [], False
        result.append(At(pair.node.items[method == "values"], pair.where))
    return result, complete


def _mapped(sight: Sight, method: str, array: At, mapper: At, far: int) -> tuple[list[At], bool]:
    elements, complete = items(sight, array, far + 1)
    function = sight.resolve(mapper)
    if function is None or not isinstance(function.node, Function):
        return [], False
    result: list[At] = []
    for element in elements:
        given = sight.results(function.node, function.where, [element])
        complete = complete and bool(given)
        for value in given:
            if method == "map":
                result.append(value)
            else:
                more, whole = items(sight, value, far + 1)
                result += more
                complete = complete and whole
    return result, complete


def written(sight: Sight, element: At) -> At:
    """An element as the object that it stands for, where a function of another file makes that or a name there."""
    found = sight.resolve(element) if isinstance(element.node, (Call, Name, Attr)) else None
    if found is None or not isinstance(found.node, (Call, Import, Attr)):
        return element
    beyond = table(sight, element, found)
    return beyond if beyond is not None and isinstance(beyond.node, Dict) else element


def keys_of(node: Expr) -> Expr:
    """What ``for (const key in node)`` goes through, as if it were written out."""
    start, end = node.start, node.end
    return Call(start, end, Attr(start, end, Name(start, end, "Object"), "keys", start), [Arg(start, end, node)])


def looked_up(sight: Sight, at: At) -> At | None:
    """``tools[name]`` of a table of another file, where the name is known."""
    if not isinstance(at.node, Index):
        return None
    base = sight.resolve(At(at.node.value, at.where))
    key = sight.constant(At(at.node.index, at.where)) if base is not None and isinstance(base.node, Import) else None
    if base is None or not isinstance(key, str):
        return None
    sight.tables = True
    base = table(sight, At(at.node.value, at.where), base)
    sight.tables = False
    return None if base is None else sight.entry(base, key)


def mentions(node: object, names: set[str]) -> bool:
    """Whether one of the names is used in an expression, functions in it apart."""
    pending = [node]
    for _ in range(24):
        if not pending:
            return False
        node = pending.pop()
        if isinstance(node, Name):
            if node.id in names:
                return True
        elif isinstance(node, (Attr, Index, Spread, Await)):
            pending.append(node.value)
        elif isinstance(node, Dict):
            pending += [pair.value for pair in node.pairs[:6]]
        elif isinstance(node, Call):
            pending += [arg.value for arg in node.args]
        elif isinstance(node, Join):
            pending += node.parts
    return False
