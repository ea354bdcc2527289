"""What the SDK of a file calls things: told by the resolved SDK where it is known, else by what the file imports."""

from __future__ import annotations

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import flat

from .imports import Imports
from .locate import Site, Source


def modules(source: Source) -> set[str]:
    """The modules a file imports, anywhere at its top level."""
    found = set()
    for unit in source.module.units:
        found |= {s.module for s, _ in flat(unit.statements) if isinstance(s, code.Import)}
    return found


def family(source: Source) -> str:
    """ "mcp", "fastmcp", "typescript-sdk", "fastmcp-ts" ... or ""."""
    if source.sdk is not None and source.sdk.family != "unknown":
        return source.sdk.family
    names = modules(source)
    if source.python:
        if any(name == "mcp" or name.startswith(("mcp.", "mcp_types")) for name in names):
            fast = any(name.split(".")[0] == "fastmcp" for name in names)
            server = any(name.startswith("mcp.server") for name in names)
            return "fastmcp" if fast and not server else "mcp"
        return "fastmcp" if any(name.split(".")[0] == "fastmcp" for name in names) else ""
    if any(name.startswith("@modelcontextprotocol/") for name in names):
        return "typescript-sdk"
    return "fastmcp-ts" if "fastmcp" in names else ""


def major(source: Source) -> int | None:
    if source.sdk is not None and source.sdk.major is not None:
        return source.sdk.major
    names = modules(source)
    if any(name.startswith(("mcp.server.mcpserver", "mcp_types")) for name in names) or _imports(source, "MCPServer"):
        return 2
    if any(name.startswith("mcp.server.fastmcp") for name in names) or _imports(source, "FastMCP"):
        return 1 if family(source) == "mcp" else None
    return None


def _imports(source: Source, name: str) -> bool:
    return any(
        isinstance(s, code.Import) and s.name == name for unit in source.module.units for s, _ in flat(unit.statements)
    )


def low_level(source: Source, site: Site) -> bool:
    """Whether the function around a site answers for a low-level server, which knows no ``ToolError``."""
    if source.sdk is not None and source.sdk.api == "high":
        return False
    names = {
        d.callee.name
        for function in site.functions
        for d in function.decorators
        if isinstance(d, code.Call) and isinstance(d.callee, code.Attr)
    }
    if names & {"call_tool", "get_prompt", "read_resource"}:
        return True
    return source.sdk is not None and source.sdk.api == "low"


_TOOL_ERRORS = {
    ("mcp", 1): "mcp.server.fastmcp.exceptions",
    ("mcp", 2): "mcp.server.mcpserver.exceptions",
    ("fastmcp", None): "fastmcp.exceptions",
}


def tool_error(source: Source, site: Site, imports: Imports) -> str | None:
    """The exception whose text reaches the model as a failed call; ``None`` where the SDK is not known."""
    kin = family(source)
    home = _TOOL_ERRORS.get((kin, None)) or _TOOL_ERRORS.get((kin, major(source)))
    return None if home is None else imports.need(home, "ToolError", site)


def refusal(source: Source, site: Site, imports: Imports) -> str:
    """The exception with which a handler refuses an argument."""
    if low_level(source, site) or not _is_tool(site):
        return "ValueError"
    known = source.module.binding("ToolError")
    masks = family(source) == "mcp" and major(source) == 2  # the text of other exceptions stays hidden from the model
    if masks or (known is not None and known.imported is not None):
        return tool_error(source, site, imports) or "ValueError"
    return "ValueError"


def _is_tool(site: Site) -> bool:
    for function in site.functions:
        for decorator in function.decorators:
            callee = decorator.callee if isinstance(decorator, code.Call) else decorator
            if isinstance(callee, code.Attr) and callee.name in ("prompt", "resource", "completion"):
                return False
            if isinstance(callee, code.Attr) and callee.name == "tool":
                return True
    return False
