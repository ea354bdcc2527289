"""What names are made of, for the rules of this room."""

from __future__ import annotations

import functools

from ..pattern import pattern

_WORD = pattern(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@functools.lru_cache(maxsize=1024)
def words(name: str) -> tuple[str, ...]:
    """``maxRetries``, ``max_retries`` and ``MAX_RETRIES`` are ("max", "retries")."""
    return tuple(word.lower() for word in _WORD.findall(name))
