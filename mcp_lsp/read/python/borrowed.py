"""Servers that are made of something else: the description of an API, or another server."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Call, last_name

from .given import Given
from .values import items, resolve

_DOCUMENT = "what this server offers is made of a description of an API when it runs"
_OTHER = "what this server offers is what another server offers when it runs"
_MADE_OF = {
    "from_openapi": _DOCUMENT, "from_fastapi": _DOCUMENT, "FastMCPOpenAPI": _DOCUMENT, "OpenAPIProvider": _DOCUMENT,
    "as_proxy": _OTHER, "from_client": _OTHER, "create_proxy": _OTHER, "FastMCPProxy": _OTHER, "ProxyProvider": _OTHER,
}  # fmt: skip


def made_of(call: Call, what: Given) -> str:
    """Why not all is known that a server offers which a call makes; "" where it is made of nothing else."""
    given = what.get("providers")
    providers = [resolve(one, home)[0] for one, home in items(*given)] if given is not None else []
    made = [last_name(one.callee) for one in (call, *providers) if isinstance(one, Call)]
    return next((_MADE_OF[name] for name in made if name in _MADE_OF), "")
