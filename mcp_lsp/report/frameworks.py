"""The public taxonomies by name: reports group by them, where a rule only cites ids."""

from __future__ import annotations

import functools

from mcp_lsp_analyzers import taxonomy

_NAMES = {
    "CWE-": "CWE",
    "MCP": "OWASP MCP Top 10",
    "LLM": "OWASP Top 10 for LLM Applications",
    "ASI": "OWASP Top 10 for Agentic Applications",
    "SAFE-": "SAFE-MCP",
    "AML.": "MITRE ATLAS",
    "CoSAI": "CoSAI MCP Security",
    "MCTS-": "MCTS",
}


@functools.cache
def frameworks() -> dict[str, dict[str, str]]:
    """Titles by id, by the name of the taxonomy; ids of no taxonomy known here are under "Other"."""
    found: dict[str, dict[str, str]] = {name: {} for name in _NAMES.values()}
    for reference in taxonomy.known():
        name = next((name for start, name in _NAMES.items() if reference.startswith(start)), "Other")
        found.setdefault(name, {})[reference] = taxonomy.title(reference)
    return found
