"""Reading: a syntax tree becomes units of `code`, and what is declared in them becomes servers of `model`.

Nothing in here judges, and nothing in here fails: what cannot be read is said in ``Server.unread``.
"""

from __future__ import annotations

from .units import module

__all__ = ["module"]
