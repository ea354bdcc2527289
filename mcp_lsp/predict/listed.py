"""The entries of a real listing kept in a file: they are what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Call, Expr
from mcp_lsp_analyzers.definition import Definition, Kind, Missing
from mcp_lsp_analyzers.definition import definition as settled
from mcp_lsp_analyzers.model import Prompt, Server, Tool

from .values import json

if TYPE_CHECKING:
    from . import Item, Sources


class _Literal:
    """JSON means what it says."""

    def behind(self, expr: Expr) -> tuple[Expr, _Literal]:
        return expr, self

    def called(self, call: Call) -> object:
        return Missing("it is no JSON")


def definition(item: Item, server: Server, sources: Sources) -> Definition:
    kind: Kind = "tool" if isinstance(item, Tool) else "prompt" if isinstance(item, Prompt) else "resource"
    entry = json(item.registered.node, _Literal()) if item.registered is not None else None
    if not isinstance(entry, dict):
        return settled(kind, {"name": item.name, "*": Missing("the listing is broken here")})
    return settled("resourceTemplate" if kind == "resource" and "uriTemplate" in entry else kind, entry)
