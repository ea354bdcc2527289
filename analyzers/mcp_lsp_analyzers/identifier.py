"""What names in code are made of: one way to take them apart, for every room."""

from __future__ import annotations

import functools

from .pattern import pattern

_WORD = pattern(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@functools.lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """``maxRetries``, ``max-retries`` and ``MAX_RETRIES`` are ("max", "retries"); ``HTTPServer2`` has three words."""
    return tuple([word.lower() for word in _WORD.findall(name)])


def names_mcp(module: str) -> bool:
    """Whether an imported module has to do with MCP by its name (``fastmcp``, ``@modelcontextprotocol/sdk/…``)."""
    module = module.lower()
    return "mcp" in module or "modelcontextprotocol" in module
