"""What the rules say of a text that a model reads."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.place import Piece, Place, Span, Text
from mcp_lsp_analyzers.rule import Finding, Rule, Severity

_RULES = [rule for rule in registry.rules() if rule.room == "metadata" and Text in rule.judges]


def findings(value: str, role: str = "tool description") -> Iterator[tuple[Rule, Finding]]:
    place = Place("file:///server.py", "/tools/x/description", Span(0, len(value)))
    text = Text(value, place, role, (Piece(0, len(value), place),))
    for rule in _RULES:
        for finding in rule.check(text):
            assert len(finding.message) <= 120
            yield rule, finding


def warned(value: str, role: str = "tool description") -> list[str]:
    """The names of the rules that warn of it."""
    loud = (Severity.ERROR, Severity.WARNING)
    return [rule.name for rule, finding in findings(value, role) if (finding.severity or rule.severity) in loud]
