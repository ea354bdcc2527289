"""Every call in a piece of code, with its surroundings."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Call, Define, Function, Lambda

from .scopes import Env
from .statements import inside


def calls(function: Function, env: Env) -> Iterator[tuple[Call, Env]]:
    """In a function and the functions inside it; ``env`` is inside the function."""
    for statement, unit in inside(function.body, function.unit):
        here = env.at(unit)
        if isinstance(statement, Define):
            for decorator in statement.function.decorators:
                yield from expressions(decorator, here)
            yield from calls(statement.function, here.within(statement.function, unit))
        else:
            yield from expressions(statement, here)


def expressions(node: object, env: Env) -> Iterator[tuple[Call, Env]]:
    """In an expression or a statement (not in its blocks), outermost first."""
    if isinstance(node, Call):
        yield node, env
    elif isinstance(node, Lambda):
        yield from calls(node.function, env.within(node.function, env.unit))
        return
    for part in children(node):
        yield from expressions(part, env)


def children(node: object) -> Iterator[object]:
    """The expressions directly in an expression, an argument, a pair or a statement."""
    fields = _FIELDS.get(type(node))
    if fields is None:
        known = getattr(type(node), "__dataclass_fields__", {})
        fields = _FIELDS[type(node)] = tuple(name for name in known if name not in _SKIPPED)
    for name in fields:
        yield from _parts(getattr(node, name))


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _parts(item)
    elif type(value) in _EXPRESSIONS:
        yield value


_FIELDS: dict[type, tuple[str, ...]] = {}
_SKIPPED = frozenset({"start", "end", "unit", "cls", "parent", "name_start", "id", "kind", "op", "name", "pieces"})
_EXPRESSIONS = frozenset(
    {
        code.Name, code.Str, code.Join, code.Attr, code.Index, code.Arg, code.Call, code.Binary, code.Compare,
        code.Logic, code.Not, code.Choice, code.Items, code.Pair, code.Dict, code.Default, code.Spread, code.Await,
        code.Yield, code.Bind, code.Lambda, code.Comprehension, code.Opaque,
    }
)  # fmt: skip
