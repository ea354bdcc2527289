"""One text, checked as it is: for whoever has no document to keep up to date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mcp_lsp import syntax
from mcp_lsp_analyzers.rule import Rule

from .analysis import Analysis
from .judge import Diagnostic

if TYPE_CHECKING:
    from mcp_lsp.read.manifests import Dependencies


def check_text(
    uri: str,
    text: str,
    language: str | None = None,
    dependencies: Dependencies | None = None,
    rules: Sequence[Rule] | None = None,
) -> list[Diagnostic]:
    """Everything the rules say of one text. ``language`` is taken from the uri where it is not given.

    Raises ``ValueError`` for a file that is in no language read here.
    """
    spoken = language or syntax.language_of(uri)
    if spoken is None:
        raise ValueError(f"{uri}: not Python, TypeScript or JavaScript")
    return Analysis(syntax.Document(uri, text, spoken), dependencies, rules=rules).diagnostics
