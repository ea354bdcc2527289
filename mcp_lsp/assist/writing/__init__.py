"""What an author can write at the cursor: names that an SDK and the protocol know, and whole declarations."""

from __future__ import annotations

from .completion import completions
from .offered import Completion

__all__ = ["Completion", "completions"]
