"""What clients reach beside the tools that a file lists, where it lists some that other files make as well:
``return TOOLS + more.TOOLS``."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from mcp_lsp_analyzers.code import (
    Assign,
    Attr,
    Await,
    Binary,
    Call,
    Choice,
    Comprehension,
    Define,
    Expr,
    Function,
    Index,
    Items,
    Logic,
    Name,
    Return,
    Spread,
    Unit,
)
from mcp_lsp_analyzers.model import Endpoint, Item, Tool
from mcp_lsp_analyzers.once import once
from mcp_lsp_analyzers.scope import Module
from mcp_lsp_analyzers.walk import body, sites

from . import declared
from .endpoints import of_unlisted


def beside(endpoints: Iterable[Endpoint], items: Collection[Item], module: Module) -> tuple[Endpoint, ...]:
    """What clients reach that is not the handler of one of these ``items``; and that of those that are not listed in
    the file itself, where one function answers for all."""
    own = {item.function for item in items}
    found = []
    more: bool | None = None
    for endpoint in endpoints:
        if endpoint.function not in own:
            found.append(endpoint)
        elif more is not False:
            more = _lists_more(module)
            mine = [item for item in items if item.function is endpoint.function] if more else []
            listed = [one.name for one in mine if isinstance(one, Tool) and any(to == "" for _, to in one.arguments)]
            if mine and len(listed) == len(mine):
                found.append(of_unlisted(endpoint, tuple(sorted(listed))))
    return tuple(found)


def _lists_more(module: Module) -> bool:
    """Of a file with a low-level server: some of its tools are known by their own file only."""
    for _, roots in module.having(_listed):
        for root in roots:
            binding = module.binding(root)
            statement = None if binding is None else binding.imported
            if statement is not None and not statement.module.startswith(("mcp", "fastmcp")):
                return True
    return False


@once
def _listed(unit: Unit) -> frozenset[str]:
    """The names that the lists of a declaration are put together from."""
    if "list_tools" not in unit.key:
        return frozenset()
    found: set[str] = set()
    for site in sites(unit.statements, unit, kinds=(Define,)):
        function = site.node.function  # type: ignore[attr-defined]
        if any(_lists(decorator) for decorator in function.decorators) or function.name.endswith("list_tools"):
            found.update(_roots(_parts(function)))
    return frozenset(found)


def _lists(decorator: Expr) -> bool:
    name = declared.name(decorator.callee) if isinstance(decorator, Call) else None
    return name is not None and name.endswith(".list_tools")


def _parts(function: Function) -> Iterable[Expr]:
    for site in body(function, Return, Assign, Call):
        node = site.node
        if isinstance(node, (Return, Assign)) and node.value is not None:
            yield node.value
        elif isinstance(node, Call) and isinstance(node.callee, Attr) and node.callee.name == "extend":
            yield from (arg.value for arg in node.args)
        elif isinstance(node, Call):  # ``ListToolsResult(tools=[…])``
            yield from (arg.value for arg in node.args if arg.name == "tools")


def _roots(parts: Iterable[Expr]) -> Iterable[str]:
    """The names in front of what a list is put together from; its own items are none of it."""
    for e in parts:
        if isinstance(e, Binary):
            yield from _roots((e.left, e.right))
        elif isinstance(e, Items):
            yield from _roots(item.value for item in e.items if isinstance(item, Spread))
        elif isinstance(e, (Choice, Logic)):
            yield from _roots((e.then, e.otherwise) if isinstance(e, Choice) else (e.left, e.right))
        elif isinstance(e, Comprehension):
            yield from _roots(clause[1] for clause in e.clauses[:1])
        else:
            while not isinstance(e, Name):
                if isinstance(e, Call) and isinstance(e.callee, Name) and e.callee.id in ("list", "sorted") and e.args:
                    e = e.args[0].value
                elif isinstance(e, Call):
                    e = e.callee
                elif isinstance(e, (Attr, Index, Await, Spread)):
                    e = e.value
                else:
                    break
            if isinstance(e, Name):
                yield e.id
