"""Whether a file asks who is calling: words for it in one declaration, or in several together."""

from __future__ import annotations

from collections.abc import Iterable

from mcp_lsp_analyzers.code import Unit
from mcp_lsp_analyzers.wiring import asks_callers, judges, reads_credentials

from .nodes import says


class Asking:
    """Counts the declarations of a file, as they come and go."""

    __slots__ = ("_asks", "_judges", "_reads")

    def __init__(self) -> None:
        self._asks = self._reads = self._judges = 0

    def changed(self, gone: Iterable[Unit], come: Iterable[Unit]) -> None:
        for sign, units in ((-1, gone), (1, come)):
            for unit in units:
                self._asks += sign * says(unit, asks_callers)
                self._reads += sign * says(unit, reads_credentials)
                self._judges += sign * says(unit, judges)

    def __bool__(self) -> bool:
        """A credential that is read is looked at where anything refuses somebody, else it is but sent on."""
        return self._asks > 0 or (self._reads > 0 and self._judges > 0)
