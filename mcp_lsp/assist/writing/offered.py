"""What is offered at the cursor, in no client's terms."""

from __future__ import annotations

from mcp_lsp_analyzers.place import Span
from mcp_lsp_analyzers.record import NamedTuple


class Completion(NamedTuple):
    """``text`` replaces ``span``; ``kind``: "keyword", "value", "variable", "rule" or "snippet" (with places to go
    to, see `snippets`). ``imports``: names its text needs."""

    label: str
    text: str
    span: Span
    kind: str
    meaning: str = ""
    imports: tuple[tuple[str, str], ...] = ()
