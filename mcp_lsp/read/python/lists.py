"""What is in a list that functions put together: what they return, what they append and extend it with."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers.code import (
    Assign,
    Attr,
    Binary,
    Call,
    Choice,
    Comprehension,
    Dict,
    Do,
    Expr,
    Index,
    Items,
    Logic,
    Name,
    Pair,
    Return,
    Spread,
)

from .known import Known
from .members import Where, called_with
from .scopes import DEEP, Env
from .statements import inside
from .values import function_of, items, pairs, resolve

_SAME = frozenset({"list", "tuple", "sorted", "set", "reversed"})
_MOST = 1000


def gathered(expr: Expr, env: Env) -> list[Where]:
    """The items of a list, each once; all that may be in it, where that depends. None where nothing is known."""
    found: dict[int, Where] = {}
    for where in _of(expr, env, 0):
        found.setdefault(id(where[0]), where)
        if len(found) >= _MOST:
            break
    return list(found.values())


def _of(expr: Expr, env: Env, depth: int) -> Iterator[Where]:
    if depth > DEEP:
        return
    deeper = depth + 1
    if isinstance(expr, (Name, Attr)):
        known = env.meant(expr)
        if known is not None and known.value is not None and not known.iterated:
            yield from _known(known, env.beside(known), depth)
            if not known.env.frames:
                yield from _put(known, depth)
            elif isinstance(expr, Name):
                yield from _added(expr.id, known, depth)
            return
    elif isinstance(expr, Items):
        for item in expr.items:
            if isinstance(item, Spread):
                yield from _of(item.value, env, deeper)
            else:
                yield item, env
        return
    elif isinstance(expr, Binary) and expr.op in "+|":
        yield from _of(expr.left, env, deeper)
        yield from _of(expr.right, env, deeper)
        return
    elif isinstance(expr, (Choice, Logic)):
        yield from _of(expr.then if isinstance(expr, Choice) else expr.left, env, deeper)
        yield from _of(expr.otherwise if isinstance(expr, Choice) else expr.right, env, deeper)
        return
    elif isinstance(expr, Comprehension) and len(expr.clauses) == 1:
        target, iterable, _ = expr.clauses[0]
        if not isinstance(expr.element, Pair) and _keeps(expr.element, target):
            yield from _of(iterable, env, deeper)
        return
    elif isinstance(expr, Call):
        if isinstance(expr.callee, Name) and expr.args and expr.callee.id in _SAME:
            yield from _of(expr.args[0].value, env, deeper)
            return
        given = [where for value, home in _returned(expr, env) for where in _of(value, home, deeper)]
        if given:
            yield from given
            return
    elif isinstance(expr, Index) and resolve(expr, env)[0] is expr:  # by a key that only the program knows
        table, home = resolve(expr.value, env)
        for pair, where in pairs(table, home) if isinstance(table, Dict) else ():
            yield from _of(pair.value, where, deeper)
        return
    yield from items(expr, env, depth)


def _known(known: Known, home: Env, depth: int) -> Iterator[Where]:
    """What a name was given; of a function that returns several things, the part that it takes."""
    assert known.value is not None
    if not known.index:
        yield from _of(known.value, home, depth + 1)
    elif len(known.index) == 1 and known.index[0].isdigit() and isinstance(known.value, Call):
        for value, inner in _returned(known.value, home):
            at = int(known.index[0])
            if isinstance(value, Items) and at < len(value.items):
                yield from _of(value.items[at], inner, depth + 1)


def _returned(call: Call, env: Env) -> list[Where]:
    """What the function of this project that is called may return, with the arguments of this call."""
    found: list[Where] = []
    for known in _functions(call.callee, env) if isinstance(call.callee, (Name, Attr)) else ():
        if known.function is not None and not known.wrapped:
            inner = called_with(known, call, env)
            statements = inside(known.function.body, known.function.unit)
            found += [(s.value, inner.at(at)) for s, at in statements if isinstance(s, Return) and s.value is not None]
    return found


def _functions(callee: Expr, env: Env) -> list[Known]:
    """What is called: a function, or any of a table that the program chooses from (``LISTERS[kind]``)."""
    known = function_of(callee, env)
    if known is not None:
        return [known]
    chosen, home = resolve(callee, env)
    table, where = resolve(chosen.value, home) if isinstance(chosen, Index) else (chosen, home)
    pairs = table.pairs if isinstance(chosen, Index) and isinstance(table, Dict) else []
    return [known for pair in pairs if (known := function_of(pair.value, where)) is not None]


def _added(name: str, known: Known, depth: int) -> Iterator[Where]:
    """What a function puts into a list of its own. In a long function, whose statements are read one by one, only what
    stands beside the list is seen."""
    function = known.env.frames[-1].function
    for statement, unit in inside(function.body, function.unit) if function is not None else ():
        if unit is not known.unit:
            continue
        home = known.env.at(unit)
        if isinstance(statement, Assign) and statement.op == "+" and statement.value is not None:
            if isinstance(statement.target, Name) and statement.target.id == name:
                yield from _of(statement.value, home, depth + 1)
        call = statement.value if isinstance(statement, Do) else None
        callee = call.callee if isinstance(call, Call) and call.args else None
        if isinstance(call, Call) and isinstance(callee, Attr) and isinstance(callee.value, Name):
            if callee.value.id == name and callee.name == "extend":
                yield from _of(call.args[0].value, home, depth + 1)
            elif callee.value.id == name and callee.name == "append":
                yield call.args[0].value, home


def _put(known: Known, depth: int) -> Iterator[Where]:
    """What is put into a list of a file after it was made, by statements and by decorators: ``TOOLS.append(ping)``,
    ``@TOOLS.append``, ``@kept``, whose function puts in what it is given."""
    module, home = known.env.file.module, known.env
    for name in known.unit.binds if isinstance(known.value, (Items, Call)) and depth < DEEP else ():
        bound = module.binding(name)
        for put in home.scope.puts(module, name) if bound is not None and bound.value is known.value else ():
            call = put.node.value if isinstance(put.node, Do) else None
            if not (isinstance(call, Call) and isinstance(call.callee, Attr) and call.args):
                continue
            item, where = call.args[0].value, home.at(put.unit)
            if call.callee.name == "extend" and put.function is None:
                yield from _of(item, where, depth + 1)
            elif call.callee.name == "append" and put.function is None:
                yield item, where
            elif call.callee.name == "append" and put.function is not None and isinstance(item, Name):
                params = [param.name for param in put.function.params]
                for given in home.scope.puts(module, f"{put.function.name}()") if params[:1] == [item.id] else ():
                    if isinstance(given.node, Do) and isinstance(given.node.value, Call) and given.function is None:
                        yield given.node.value.args[0].value, home.at(given.unit)


def _keeps(element: Expr, target: Expr) -> bool:
    """Whether a comprehension gives what it goes through, or may: ``wrap(tool) if asked else tool``."""
    if isinstance(element, Choice):
        return _keeps(element.then, target) or _keeps(element.otherwise, target)
    if isinstance(element, Items) and isinstance(target, Items) and len(element.items) == len(target.items):
        return all(map(_keeps, element.items, target.items))
    return isinstance(element, Name) and isinstance(target, Name) and element.id == target.id
