"""Whether a project's own verifier of tokens asks whom they were issued for: the SDK then need not ask."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers.code import Unit
from mcp_lsp_analyzers.once import once
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.scope import Module, Modules

_VERIFIES = pattern(r"\bdef\s+verify_token\b")
_ASKS = pattern(r"[\"']aud[\"']|\baudience\s*=\s*(?!None\b|=)|\.audience\b|\bcheck_resource_allowed\(")
_ABOUT = pattern(r"verif|auth|token|jwt|oidc|security", flags=2)  # re.IGNORECASE


def asked_here(module: Module) -> bool:
    """Whether one declaration of a file verifies tokens, and one, maybe another, asks for their audience."""
    told = [_of(unit) for unit in module.units]
    return any(verifies for verifies, _ in told) and any(asks for _, asks in told)


def asked_elsewhere(module: Module, modules: Modules | None) -> bool:
    """The same of the files beside it, and of those it imports under a name that has to do with tokens."""
    return any(asked_here(other) for other in _others(module, modules))


def _others(module: Module, modules: Modules | None) -> Iterator[Module]:
    if modules is None:
        return
    for statement in module.imports:
        if _ABOUT.search(f"{statement.module} {statement.name}"):
            other = modules.find(module.uri, statement)
            if other is not None:
                yield other
    yield from modules.beside(module.uri)


@once
def _of(unit: Unit) -> tuple[bool, bool]:
    return _VERIFIES.search(unit.key) is not None, _ASKS.search(unit.key) is not None
