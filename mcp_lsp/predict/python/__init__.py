"""What the SDKs of Python list of a tool, prompt or resource: the official one and fastmcp, each major its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.definition import Definition
from mcp_lsp_analyzers.model import Prompt, Server, Tool

from .lowlevel import written
from .prompts import prompt
from .resources import resource
from .tools import tool

if TYPE_CHECKING:
    from .. import Item, Sources


def definition(item: Item, server: Server, sources: Sources) -> Definition:
    if server.sdk.api != "high":
        return written(item, server, sources)
    if isinstance(item, Tool):
        return tool(item, server, sources)
    if isinstance(item, Prompt):
        return prompt(item, server, sources)
    return resource(item, server, sources)
