"""Parts of a text, each character still at its place: what ``strip``, ``dedent`` and ``cleandoc`` leave of it."""

from __future__ import annotations

from collections.abc import Iterable

from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Piece, Span, Text


def cut(whole: Text, ranges: Iterable[tuple[int, int]]) -> Text:
    """The given parts of a text, end to end."""
    value, pieces = "", []
    for start, end in ranges:
        for piece in whole.pieces:
            if piece.end <= start or piece.start >= end:
                continue
            first, last = max(piece.start, start), min(piece.end, end)
            place = piece.place
            local = place.local
            if local is not None and local.end - local.start == piece.end - piece.start:
                place = place.part(Span(local.start + first - piece.start, local.start + last - piece.start))
            at = len(value) - start
            pieces.append(Piece(first + at, last + at, place))
        value += whole.value[start:end]
    return Text(value, whole.place, whole.role, tuple(pieces), whole.complete)


_LINES = pattern(r"[^\n]*\n|[^\n]+")


def lines(value: str) -> list[tuple[int, int]]:
    """Each line with its end."""
    return [match.span() for match in _LINES.finditer(value)]


def _margin(value: str, spans: list[tuple[int, int]]) -> int:
    widths = [len(line) - len(line.lstrip()) for start, end in spans if (line := value[start:end]).strip()]
    return min(widths, default=0)


def dedented(whole: Text) -> Text:
    """As ``textwrap.dedent`` does."""
    value = whole.value
    spans = lines(value)
    margin = _margin(value, spans)
    return cut(whole, [_indented(value, start, end, margin) for start, end in spans])


def cleaned(whole: Text) -> Text:
    """As ``inspect.cleandoc`` does."""
    value = whole.value
    spans = lines(value)
    if not spans:
        return whole
    margin = _margin(value, spans[1:])
    first = spans[0]
    ranges = [(first[0] + len(value[slice(*first)]) - len(value[slice(*first)].lstrip(" \t")), first[1])]
    ranges += [_indented(value, start, end, margin) for start, end in spans[1:]]
    while ranges and not value[slice(*ranges[0])].strip():
        ranges.pop(0)
    while ranges and not value[slice(*ranges[-1])].strip():
        ranges.pop()
    if ranges and value[ranges[-1][1] - 1] == "\n":
        ranges[-1] = (ranges[-1][0], ranges[-1][1] - 1)
    return cut(whole, ranges)


def _indented(value: str, start: int, end: int, margin: int) -> tuple[int, int]:
    line = value[start:end]
    if not line.strip():
        return (end - 1, end) if line.endswith("\n") else (end, end)
    return start + margin, end
