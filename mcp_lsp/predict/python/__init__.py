"""What the SDKs of Python list of a tool, prompt or resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.definition import Definition, Kind, Missing
from mcp_lsp_analyzers.definition import definition as settled
from mcp_lsp_analyzers.model import Prompt, Server, Tool

if TYPE_CHECKING:
    from .. import Item, Sources


def definition(item: Item, server: Server, sources: Sources) -> Definition:
    kind: Kind = "tool" if isinstance(item, Tool) else "prompt" if isinstance(item, Prompt) else "resource"
    return settled(kind, {"name": item.name, "*": Missing("signatures are not read yet")})
