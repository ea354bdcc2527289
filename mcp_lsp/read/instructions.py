"""Files that are instructions to a model: skills, prompts, rules for agents. Each paragraph is a text."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers.code import Unit
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Piece, Place, Span, Text
from mcp_lsp_analyzers.supply import Script

# A heading belongs to what it stands above, a list stays together: a paragraph ends at an empty line.
_PARAGRAPH = pattern(r"(?m)^[^\S\n]*\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")


def paragraphs(uri: str, unit: Unit) -> Iterator[Text | Script]:
    """Each paragraph, as a text the model reads and as shell text it may be told to run."""
    for match in _PARAGRAPH.finditer(unit.key):
        start, end = match.span()
        place = Place(uri, "/text", Span(start, end), unit.anchor)
        text = Text(match[0], place, "instructions", (Piece(0, end - start, place),))
        yield text
        if "|" in match[0] or "$(" in match[0]:
            yield Script(text, "instructions")
