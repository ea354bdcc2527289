"""Constants: what an expression is known to be, through names, enum members, concatenation and string methods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcp_lsp_analyzers.code import (
    Assign,
    Attr,
    Await,
    Binary,
    Call,
    Choice,
    Comprehension,
    Const,
    Dict,
    Expr,
    Index,
    Items,
    Join,
    Lambda,
    Logic,
    Name,
    Pair,
    Return,
    Spread,
    Str,
    last_name,
)
from mcp_lsp_analyzers.place import Piece, Place, Span, Text, joined

from .cutting import cleaned, cut, dedented
from .known import Known
from .members import Where, answer, class_behind, declared, field, given_back
from .scopes import DEEP, Env, Frame, member
from .statements import inside

# Tools that are numbered in a loop: more than a few are a test of something.
_LONGEST = 100
# Characters of a text that is changed by a method: a name. Texts that are put into each other could grow for ever.
_LONG = 1000


def resolve(expr: Expr, env: Env, depth: int = 0) -> Where:
    """An expression behind names: what it is made of, where that stands. What cannot be resolved is given back."""
    while depth < DEEP:
        depth += 1
        if isinstance(expr, Name):
            known = env.meant(expr)
            if known is None or known.value is None or known.iterated:
                return expr, env
            home = env.beside(known)
            value: Where | None = (known.value, home)
            for part in known.index:
                value = part_of(value[0], value[1], part) if value is not None else None
            if value is None:
                return expr, env
            expr, env = value
        elif isinstance(expr, Attr):
            found = attribute(expr, env)
            if found is None:
                return expr, env
            expr, env = found
        elif isinstance(expr, Index):
            base, home = resolve(expr.value, env, depth)
            key = constant(expr.index, env, depth)
            found = part_of(base, home, key) if isinstance(key, (str, int)) else None
            if found is None:
                return expr, env
            expr, env = found
        elif isinstance(expr, Await):
            expr = expr.value
        else:
            return expr, env
    return expr, env


def part_of(base: Expr, env: Env, key: object) -> Where | None:
    """``base[key]`` of a literal, or of one that a function of this project writes out for what it is given."""
    if isinstance(base, Call):
        known = function_of(base.callee, env) if isinstance(base.callee, (Name, Attr)) else None
        base, env = given_back(known, base, env) if known is not None else (base, env)
    if isinstance(base, Dict) and isinstance(key, str):
        value = base.get(key)
        return None if value is None else (value, env)
    if isinstance(base, Items):
        try:
            return base.items[int(key)], env  # type: ignore[call-overload]
        except (ValueError, IndexError, TypeError):
            return None
    return None


def attribute(expr: Attr, env: Env) -> Where | None:
    """``self.x``, a field of a class of this file (``Names.X``, ``Names.X.value``), or of an instance."""
    if expr.name == "value" and isinstance(expr.value, Attr):
        return attribute(expr.value, env)
    known = env.meant(expr)  # of an imported module
    if known is not None:
        return None if known.value is None or known.index else (known.value, env.beside(known))
    if env.is_self(expr.value):
        known = env.own(expr.name)
        return None if known is None or known.value is None else (known.value, env.beside(known))
    instance, around = resolve(expr.value, env)
    if expr.name == "value" and isinstance(instance, Str):
        return instance, around  # of a member of an enumeration that a variable stands for
    return field(instance, around, expr.name)


def class_of(expr: Expr, env: Env, depth: int = 0) -> tuple[Frame, Env] | None:
    """The class of this project that an expression is, or is an instance of: as it is made, or as it is declared."""
    value, home = resolve(expr, env)
    if isinstance(value, Choice):
        return class_of(value.then, home, depth) or class_of(value.otherwise, home, depth)
    cls = class_behind(value, home)
    if cls is None and depth < DEEP:
        known = home.find(value.id) if isinstance(value, Name) else None
        if isinstance(value, Attr):
            around = class_of(value.value, home, depth + 1)
            known = member(around[0], value.name) if around is not None else None
            if known is not None and known.value is not None and not known.index:
                return class_of(known.value, known.env.beside(known), depth + 1)
        said = declared(known) if known is not None else None
        cls = class_behind(*said) if said is not None else None
    return None if cls is None else (cls, cls.env)


def function_of(expr: Expr, env: Env, depth: int = 0) -> Known | None:
    """The function that an expression means: a name, a method, ``partial(f)``, a wrapped one. An import that leads out
    of the project is given back as it is."""
    if depth > DEEP:
        return None
    if isinstance(expr, Lambda):
        return Known(env.unit, env, function=expr.function)
    if isinstance(expr, Name):
        known = env.meant(expr)
        if known is None or known.function is not None or known.imported is not None:
            return known
        if known.value is not None and not known.iterated and not known.index:
            return function_of(known.value, env.beside(known), depth + 1)
        return None
    if isinstance(expr, Attr):
        if env.is_self(expr.value):
            known = env.own(expr.name)
        else:
            known = env.meant(expr) or _method(expr, env)
        if known is None or known.function is not None:
            return known
        return function_of(known.value, env.beside(known), depth + 1) if known.value is not None else None
    if isinstance(expr, Choice):
        return function_of(expr.then, env, depth + 1) or function_of(expr.otherwise, env, depth + 1)
    if isinstance(expr, Index):  # entry["function"]
        value, home = resolve(expr, env, depth)
        return function_of(value, home, depth + 1) if not isinstance(value, Index) else None
    if isinstance(expr, Call) and expr.args:
        inner = expr.args[0]
        if inner.name is None and not inner.spread and isinstance(inner.value, (Name, Attr, Lambda, Call)):
            found_in = function_of(inner.value, env, depth + 1)
            if found_in is not None and found_in.function is not None:
                return found_in.inside_another()
    return _closure(expr, env, depth) if isinstance(expr, Call) else None


def _method(expr: Attr, env: Env) -> Known | None:
    found = class_of(expr.value, env)
    return None if found is None else member(found[0], expr.name)


def _closure(call: Call, env: Env, depth: int) -> Known | None:
    """The inner function that a function of this file returns."""
    maker = function_of(call.callee, env, depth + 1) if isinstance(call.callee, (Name, Attr)) else None
    if maker is None or maker.function is None or maker.wrapped:
        return None
    inner = maker.env.within(maker.function, maker.function.unit)
    for statement, unit in inside(maker.function.body, maker.function.unit):
        if isinstance(statement, Return) and isinstance(statement.value, (Name, Lambda)):
            known = function_of(statement.value, inner.at(unit), depth + 1)
            if known is not None and known.function is not None:
                return known.inside_another() if known.poses else known
    return None


def name_of(known: Known, value: Expr, env: Env) -> str:
    """The name of a function that is handed on as ``value``: its own, or what a function around gives it
    (``made.__name__ = operation``); "" where that is not known."""
    function = known.function
    assert function is not None
    around = next((frame.function for frame in reversed(env.frames) if frame.function is not None), None)
    here = (around, value.id, env) if isinstance(value, Name) else None
    for outer, name, home in ((function.parent, function.name, known.env), *((here,) if here is not None else ())):
        for statement, unit in inside(outer.body, outer.unit) if outer is not None else ():
            target = statement.target if isinstance(statement, Assign) else None
            if isinstance(target, Attr) and target.name == "__name__" and isinstance(target.value, Name):
                if target.value.id == name and isinstance(statement, Assign) and statement.value is not None:
                    said = constant(statement.value, home.at(unit))
                    return said if isinstance(said, str) else ""
    return function.name


def constant(expr: Expr, env: Env, depth: int = 0) -> object:
    """A Python value, or ``...`` where none is known."""
    value, home = resolve(expr, env, depth)
    if isinstance(value, Const):
        return value.value
    if isinstance(value, (Str, Join, Binary)):
        found = text(value, home, "", "", depth + 1)
        if found is not None and found.complete:
            return found.value
    return ...


def items(expr: Expr, env: Env, depth: int = 0) -> Iterator[Where]:
    """The items of a list, through names, spreads, sums, ``list(x)`` and the values of a dictionary."""
    if depth > DEEP:
        return
    value, home = _collection(*resolve(expr, env, depth), depth)
    if isinstance(value, Items):
        for item in value.items:
            if isinstance(item, Spread):
                yield from items(item.value, home, depth + 1)
            else:
                yield item, home
    elif isinstance(value, Binary) and value.op in "+|":
        yield from items(value.left, home, depth + 1)
        yield from items(value.right, home, depth + 1)
    elif isinstance(value, Dict):
        yield from ((pair.key, where) for pair, where in pairs(value, home, depth) if pair.key is not None)
    elif isinstance(value, Call):
        callee = value.callee
        if isinstance(callee, Attr) and callee.name in ("values", "items", "keys", "copy"):
            base, home = _collection(*resolve(callee.value, home, depth), depth)
            if isinstance(base, Dict):
                for pair, where in pairs(base, home, depth):
                    if pair.key is None:
                        continue
                    if callee.name == "items":
                        yield Items(pair.start, pair.end, "tuple", [pair.key, pair.value]), where
                    else:
                        yield (pair.value if callee.name == "values" else pair.key), where
        elif isinstance(callee, Name) and callee.id == "range":
            for number in _numbers(value, home):
                yield Const(value.start, value.end, number), home
        elif isinstance(callee, Name) and callee.id in ("list", "tuple", "sorted", "set", "reversed") and value.args:
            yield from items(value.args[0].value, home, depth + 1)
    elif isinstance(value, Comprehension) and len(value.clauses) == 1:
        target, iterable, _ = value.clauses[0]
        if isinstance(value.element, Name) and isinstance(target, Name) and target.id == value.element.id:
            yield from items(iterable, home, depth + 1)


def pairs(table: Dict, env: Env, depth: int = 0) -> Iterator[tuple[Pair, Env]]:
    """The pairs of a dictionary and of those that are spread in it (``**OTHERS``), whichever of two it is."""
    for pair in table.pairs:
        if pair.key is not None:
            yield pair, env
            continue
        inner, home = _collection(*resolve(pair.value, env, depth), depth)
        for one in (inner.then, inner.otherwise) if isinstance(inner, Choice) else (inner,):
            other, where = resolve(one, home, depth + 1)
            if isinstance(other, Dict) and depth < DEEP:
                yield from pairs(other, where, depth + 1)


def _numbers(call: Call, env: Env) -> range:
    """``range(…)`` of constants, if it is short."""
    bounds = [constant(arg.value, env) for arg in call.args[:3]]
    known = [bound for bound in bounds if isinstance(bound, int) and not isinstance(bound, bool)]
    if not known or len(known) < len(call.args) or 0 in known[2:]:
        return range(0)
    numbers = range(*known)
    return numbers if len(numbers) <= _LONGEST else range(0)


def _collection(value: Expr, env: Env, depth: int) -> Where:
    """What a function of this project returns, or chooses from: ``all_tools()``, ``without_disabled(TOOLS)``."""
    for _ in range(3):
        if not (isinstance(value, Call) and isinstance(value.callee, (Name, Attr)) and depth < DEEP):
            break
        known = function_of(value.callee, env, depth + 1)
        if known is None or known.function is None or known.wrapped:
            break
        said = answer(known)
        back = resolve(*said, depth + 1) if said is not None else None
        if back is None or not _gives(back[0], bool(value.args)):
            if not value.args or value.args[0].spread:
                break
            back = resolve(value.args[0].value, env, depth + 1)
        value, env = back
    return value, env


def _gives(back: Expr, given: bool) -> bool:
    """Whether what a function returns is a collection; of one that is ``given`` something, one that is written out."""
    if isinstance(back, (Items, Dict)):
        return not given or bool(back.items if isinstance(back, Items) else back.pairs)
    return not given and isinstance(back, (Comprehension, Call))


def destructure(target: Expr, value: Expr, env: Env, frame: Frame) -> None:
    """Bind what a loop assigns in one round."""
    if isinstance(target, Name):
        frame.bound[target.id] = Known(env.unit, env, value)
    elif isinstance(target, Items):
        inner, home = resolve(value, env)
        if isinstance(inner, Items):
            for part, item in zip(target.items, inner.items, strict=False):
                destructure(part, item, home, frame)


# ---------------------------------------------------------------- texts


def unknown(expr: Expr, env: Env, pointer: str, role: str) -> Text:
    return Text("", env.place(pointer, expr), role, (), False)


def literal(string: Str, env: Env, pointer: str, role: str) -> Text:
    uri, anchor = env.file.uri, env.unit.anchor
    pieces = tuple([Piece(a, b, Place(uri, pointer, Span(c, d), anchor)) for a, b, c, d in string.pieces])
    return Text(string.value, Place(uri, pointer, Span(string.start, string.end), anchor), role, pieces)


def text(expr: Expr, env: Env, pointer: str, role: str, depth: int = 0) -> Text | None:
    """What a string expression says, as far as it is known; ``None`` for ``None``."""
    if isinstance(expr, Str):
        return literal(expr, env, pointer, role)
    if isinstance(expr, Const):
        if expr.value is None:
            return None
        if isinstance(expr.value, int) and not isinstance(expr.value, bool) and depth:  # in an f-string
            return Text(str(expr.value), env.place(pointer, expr), role, ())
        return unknown(expr, env, pointer, role)
    if depth > DEEP:
        return unknown(expr, env, pointer, role)
    if isinstance(expr, Join):
        return _joined(expr.parts, expr, env, pointer, role, depth)
    if isinstance(expr, Binary) and expr.op == "+":
        return _joined([expr.left, expr.right], expr, env, pointer, role, depth)
    if isinstance(expr, (Name, Attr, Index, Await)):
        if isinstance(expr, Attr) and expr.name in ("__doc__", "__name__"):
            known = function_of(expr.value, env)
            function = known.function if known is not None else None
            if known is not None and function is not None and expr.name == "__name__" and function.name:
                return Text(function.name, env.place(pointer, expr), role, (), not known.wrapped)
            if known is not None and function is not None and expr.name == "__doc__" and function.doc is not None:
                return text(function.doc, known.env.at(function.unit), pointer, role, depth + 1)
        value, home = resolve(expr, env, depth)
        if value is expr:
            return unknown(expr, env, pointer, role)
        return text(value, home, pointer, role, depth + 1)
    if isinstance(expr, Choice):
        then = text(expr.then, env, pointer, role, depth + 1) or text(expr.otherwise, env, pointer, role, depth + 1)
        return None if then is None else Text(then.value, then.place, role, then.pieces, False)
    if isinstance(expr, Logic):
        for side in (expr.right, expr.left):
            found = text(side, env, pointer, role, depth + 1)
            if found is not None and found.value:
                return Text(found.value, found.place, role, found.pieces, False)
        return unknown(expr, env, pointer, role)
    if isinstance(expr, Call):
        return _called(expr, env, pointer, role, depth)
    return unknown(expr, env, pointer, role)


def _joined(parts: Iterable[Expr], expr: Expr, env: Env, pointer: str, role: str, depth: int) -> Text:
    texts = [text(part, env, pointer, role, depth + 1) or unknown(part, env, pointer, role) for part in parts]
    return joined(texts, env.place(pointer, expr), role)


def _called(expr: Call, env: Env, pointer: str, role: str, depth: int) -> Text | None:
    """``dedent("…")``, ``"…".strip()``, ``"…".format(x)``, ``", ".join([…])``, ``getenv(name, "…")``."""
    callee = expr.callee
    first = expr.args[0].value if expr.args and not expr.args[0].spread else None
    name = last_name(callee)
    if name in ("dedent", "cleandoc", "str", "AnyUrl", "FileUrl", "AnyHttpUrl", "HttpUrl") and first is not None:
        inner = text(first, env, pointer, role, depth + 1)
        if inner is None or name not in ("dedent", "cleandoc"):
            return inner
        return dedented(inner) if name == "dedent" else cleaned(inner)
    if name in ("getenv", "get") and len(expr.args) > 1:
        inner = text(expr.args[1].value, env, pointer, role, depth + 1)
        return inner and Text(inner.value, inner.place, role, inner.pieces, False)
    if not isinstance(callee, Attr):
        return unknown(expr, env, pointer, role)
    known = _method(callee, env) if not expr.args else None
    said = answer(known, class_behind(*resolve(callee.value, env))) if known is not None else None
    if said is not None:  # tool.get_name()
        return text(said[0], said[1], pointer, role, depth + 1)
    if name in ("strip", "lstrip", "rstrip") and not expr.args:
        inner = text(callee.value, env, pointer, role, depth + 1)
        if inner is None:
            return None
        value = inner.value
        start = len(value) - len(value.lstrip()) if name != "rstrip" else 0
        end = len(value.rstrip()) if name != "lstrip" else len(value)
        return cut(inner, [(start, max(start, end))])
    if name in _CHANGED:
        inner = text(callee.value, env, pointer, role, depth + 1)
        return inner and _changed(inner, name, [constant(arg.value, env, depth + 1) for arg in expr.args])
    if name == "join" and first is not None and isinstance(callee.value, Str):
        between = literal(callee.value, env, pointer, role)
        parts: list[Text] = []
        for item, home in items(first, env, depth + 1):
            part = text(item, home, pointer, role, depth + 1)
            if part is not None:
                parts += [between, part] if parts else [part]
        whole = joined(parts, env.place(pointer, expr), role)
        return whole if parts else unknown(expr, env, pointer, role)
    return unknown(expr, env, pointer, role)


_CHANGED = frozenset({
    "format", "format_map", "replace", "upper", "lower", "title", "capitalize", "removeprefix", "removesuffix",
})  # fmt: skip


def _changed(whole: Text, method: str, given: list[object]) -> Text:
    """What a method of a string gives back; the text of before, as a part of it, where that is not known."""
    said = [argument for argument in given if isinstance(argument, str)]
    long = len(whole.value) + len("".join(said)) > _LONG
    if method.startswith("format") or len(said) < len(given) or long or not whole.complete:
        return Text(whole.value, whole.place, whole.role, whole.pieces, False)
    try:
        value = getattr(whole.value, method)(*said)
    except TypeError:  # it is called in a way that raises
        return Text(whole.value, whole.place, whole.role, whole.pieces, False)
    return Text(value, whole.place, whole.role, whole.pieces if len(value) == len(whole.value) else ())
