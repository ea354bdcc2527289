"""What a file says of its servers' listings as a whole: what is not listed at first, and what others list otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers.code import Assign, Attr, Call, Const, Expr, Name, Str, Unit
from mcp_lsp_analyzers.model import Item, Server
from mcp_lsp_analyzers.walk import sites


def disabled(item: Item, server: Server) -> bool:
    """Whether an item is registered and not listed: ``enabled=False``, which fastmcp has up to version 2."""
    if server.sdk.family != "fastmcp" or (server.sdk.major or 0) > 2 or not isinstance(item.by, Call):
        return False
    said = item.by.keyword("enabled")
    return isinstance(said, Const) and said.value is False


def marks(server: Server) -> Iterator[str]:
    """What is to be known of a listing beside its entries, each completing "not known, because"."""
    for item in server.items:
        if disabled(item, server):
            yield f"`{item.name}` is registered with enabled=False, and listed once something enables it"
    yield from _made_elsewhere(server)
    variable = _variable(server)
    for unit in server.module.units if variable and server.module is not None else ():
        for prefix in _mounted(unit, variable):
            if prefix:
                yield f'it is mounted as "{prefix}" on another server, which lists its tools as `{prefix}_…`'
            else:
                yield "it is mounted on another server, under a name that is computed"
        for prefix in _mounting(unit, variable):
            if prefix:
                yield f"it lists as `{prefix}_…` what a server has that is mounted on it"
            else:
                yield "it lists what a server has that is mounted on it"


_ASKED = {
    "tools": ("list_tools", "ListToolsRequestSchema", "tools/list"),
    "prompts": ("list_prompts", "ListPromptsRequestSchema", "prompts/list"),
    "resources": ("list_resources", "ListResourcesRequestSchema", "resources/list", "list_resource_templates"),
}


def _made_elsewhere(server: Server) -> Iterator[str]:
    """Lists of a low-level server of which nothing stands in its file."""
    if server.sdk.api != "low" or server.module is None or server.constructed is None:
        return
    for kind, items in (("tools", server.tools), ("prompts", server.prompts), ("resources", server.resources)):
        if not items and any(word in unit.key for unit in server.module.units for word in _ASKED[kind]):
            yield f"what its list of {kind} is made of is not in this file"


def _variable(server: Server) -> str:
    if server.constructed is None or server.sdk.family != "fastmcp":
        return ""
    call, unit = server.constructed
    for site in sites(unit.statements, unit, kinds={Assign}):
        if isinstance(site.node, Assign) and site.node.value is call and isinstance(site.node.target, Name):
            return site.node.target.id
    return ""


def _mounted(unit: Unit, variable: str) -> Iterator[str]:
    """The prefixes under which a unit mounts a server; "" for one that is computed."""
    for call in _mounts(unit, variable):
        if any(isinstance(arg.value, Name) and arg.value.id == variable for arg in call.args):
            given = _prefix(call)
            if given is not None:
                yield given.value if isinstance(given, Str) else ""


def _mounting(unit: Unit, variable: str) -> Iterator[str]:
    """The prefixes under which a unit mounts others on a server; "" for none, and for one that is computed."""
    for call in _mounts(unit, variable):
        if isinstance(call.callee, Attr) and isinstance(call.callee.value, Name) and call.callee.value.id == variable:
            given = _prefix(call)
            yield given.value if isinstance(given, Str) else ""


def _mounts(unit: Unit, variable: str) -> Iterator[Call]:
    if variable not in unit.key or "mount" not in unit.key:
        return
    for site in sites(unit.statements, unit, kinds={Call}):
        call = site.node
        if isinstance(call, Call) and isinstance(call.callee, Attr) and call.callee.name == "mount":
            yield call


def _prefix(call: Call) -> Expr | None:
    given = [a.value for a in call.args if a.name in ("prefix", "namespace")]
    return next((value for value in [*given, *[a.value for a in call.args[:2] if isinstance(a.value, Str)]]), None)
