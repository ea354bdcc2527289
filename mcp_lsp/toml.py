"""TOML by whichever parser this Python has, loaded when the first file needs it: most runs read none."""

from __future__ import annotations

import importlib
import sys
from typing import Any


def loads(text: str) -> dict[str, Any]:
    """The table a TOML text holds. Raises ``ValueError`` with line and column where it is none."""
    parser = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        return parser.loads(text)  # type: ignore[no-any-return]
    except RecursionError:
        raise ValueError("nested too deeply") from None
