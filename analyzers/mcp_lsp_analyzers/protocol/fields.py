"""Members of the protocol's types by names that they do not have in this major version of the Python SDK."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import code
from ..code import Unit
from ..fix import Edit, Edits, Fix
from ..model import Server
from ..once import once
from ..place import Span
from ..rule import Finding, Severity, rule
from ..walk import sites
from .kept import found

_FIELDS = frozenset(
    (
        "inputSchema", "outputSchema", "isError", "structuredContent", "mimeType", "nextCursor", "serverInfo",
        "clientInfo", "protocolVersion", "uriTemplate", "resourceTemplates", "readOnlyHint", "destructiveHint",
        "idempotentHint", "openWorldHint", "progressToken", "stopReason", "requestedSchema", "listChanged",
    )
)  # fmt: skip
"""Of `mcp.types` in version 1; in version 2 each is spelt with underscores."""


@rule(
    "MCP141",
    severity=Severity.ERROR,
    references=("CWE-477",),
    bad='''
    # /// script
    # dependencies = ["mcp>=2.1"]
    # ///
    from mcp.server import MCPServer

    mcp = MCPServer("notes")


    async def schemas() -> list[dict]:
        return [tool.inputSchema for tool in await mcp.list_tools()]
        #            ^^^^^^^^^^^ the types of mcp 2 have no `inputSchema`; it is `input_schema`: this raises …


    @mcp.tool()
    async def describe() -> str:
        """Describe all tools."""
        return str(await schemas())
    ''',
    good='''
    # /// script
    # dependencies = ["mcp>=2.1"]
    # ///
    from mcp.server import MCPServer

    mcp = MCPServer("notes")


    async def schemas() -> list[dict]:
        return [tool.input_schema for tool in await mcp.list_tools()]


    @mcp.tool()
    async def describe() -> str:
        """Describe all tools."""
        return str(await schemas())
    ''',
)
def field_of_another_major(server: Server) -> Iterator[Finding]:
    """A member of one of the protocol's types is read by the name it had in version 1.

    Version 2 of the Python SDK spells all members with underscores. Where an object is made, both spellings are taken;
    where one is read, only the new one is there, and the old raises `AttributeError`.

    Read `input_schema`, `is_error`, `structured_content`, `mime_type`.
    """
    module, sdk = server.module, server.sdk
    if module is None or sdk.family != "mcp" or sdk.major != 2 or sdk.evidence == "imports":
        return
    for _, read in found(module, _read):
        for name, inner, span in read:
            place = inner.place(server.uri, server.place.pointer, span)
            new = re.sub(r"[A-Z]", lambda m: "_" + m[0].lower(), name)
            fix = Fix(f"Read `{new}`", Edits((Edit(place, new),)))
            said = f"the types of mcp 2 have no `{name}`; it is `{new}`: this raises AttributeError"
            yield Finding(place, said, fix=fix, detail=name)


@once
def _read(unit: Unit) -> tuple[tuple[str, Unit, Span], ...]:
    """The members of these names that a unit reads."""
    return tuple(_of(unit)) if any(name in unit.key for name in _FIELDS) else ()


def _of(unit: Unit) -> Iterator[tuple[str, Unit, Span]]:
    own = _assigned(unit)
    for site in sites(unit.statements, unit, kinds={code.Attr}):
        node = site.node
        if isinstance(node, code.Attr) and node.name in _FIELDS and node.name not in own:
            if not (isinstance(node.value, code.Name) and node.value.id == "self"):
                yield node.name, site.unit, Span(node.name_start, node.name_start + len(node.name))


def _assigned(unit: Unit) -> set[str]:
    """What a unit sets itself: the objects are its own."""
    own = set()
    for site in sites(unit.statements, unit, kinds={code.Assign}):
        target = site.node.target if isinstance(site.node, code.Assign) else None
        if isinstance(target, code.Attr):
            own.add(target.name)
        elif isinstance(target, code.Name):
            own.add(target.id)
    return own
