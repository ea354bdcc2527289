"""The nodes of a declaration that rules about services and serving ask for, collected once while it stays the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mcp_lsp_analyzers.code import (
    Assign,
    Binary,
    Call,
    Compare,
    Define,
    Function,
    If,
    Items,
    Join,
    Lambda,
    Nested,
    Pair,
    Regex,
    Unit,
)
from mcp_lsp_analyzers.walk import Site, sites

KINDS = (Call, Join, Binary, Compare, Assign, If, Pair, Define, Lambda, Regex, Items)
"""The nodes that a passage offers."""


def unit_sites(
    unit: Unit, opens: Callable[[Unit], bool] | None = None, around: Function | None = None
) -> Iterator[Site]:
    """The nodes of a unit; what stands directly in a nested unit stands in the function around that. ``opens`` says
    which nested units are looked into (default: all)."""
    found = unit.kept.get("sites")
    if found is None:
        found = unit.kept["sites"] = sites(unit.statements, unit, nested=False, kinds=(*KINDS, Nested))
    for site in found:  # type: ignore[attr-defined]
        function = site.function or around
        if type(site.node) is Nested:
            if opens is None or opens(site.node.unit):
                yield from unit_sites(site.node.unit, opens, function)
        else:
            yield site if function is site.function else site._replace(function=function)
