"""Python declarations assembled into servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.scope import Module

from ..reading import Reading, literals

if TYPE_CHECKING:
    from ..manifests import Dependencies


def servers(module: Module, dependencies: Dependencies | None = None, previous: Reading | None = None) -> Reading:
    return Reading((), literals(module))
