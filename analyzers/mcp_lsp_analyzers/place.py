"""Where something stands: spans, places, and texts whose every character knows its source.

Offsets are code points (``str`` indices). A span inside a document is kept relative to an `Anchor`, the start of the
declaration it belongs to, so that an edit above a declaration moves the anchor and leaves everything read from the
declaration as it was.
"""

from __future__ import annotations

from collections.abc import Iterable

from .record import NamedTuple, dataclass, replace


class Span(NamedTuple):
    """Half-open ``[start, end)``, counted in code points (``str`` indices) of one document or one anchor."""

    start: int
    end: int


class Anchor:
    """Where a declaration starts in its document now. The only thing that moves when text above it is edited.
    ``torn``: there is a syntax error in the declaration, as there is while it is written."""

    __slots__ = ("start", "torn")

    def __init__(self, start: int = 0) -> None:
        self.start = start
        self.torn = False

    def __repr__(self) -> str:
        return f"Anchor({self.start})"


TOP = Anchor(0)
"""The start of a document: spans relative to it are absolute. Never moved."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place, named twice: by ``pointer`` (always there) and by a span (``None`` where there is no source).

    ``pointer`` names a thing of the model as a JSON pointer (``/tools/ping/description``); it is what fingerprints are
    made of and SARIF's logical location. It never contains a file name or an offset.
    """

    uri: str
    pointer: str
    local: Span | None = None
    anchor: Anchor = TOP

    @property
    def span(self) -> Span | None:
        """The span in the document as it is now."""
        if self.local is None:
            return None
        start = self.anchor.start
        return Span(self.local.start + start, self.local.end + start)

    def part(self, local: Span | None) -> Place:
        """The same thing, narrowed to another span of the same anchor."""
        return replace(self, local=local)

    def below(self, name: str) -> Place:
        """The same span, one pointer segment deeper."""
        return replace(self, pointer=f"{self.pointer}/{name.replace('~', '~0').replace('/', '~1')}")


class Piece(NamedTuple):
    """``value[start:end]`` of a `Text` comes from ``place``; equally long means character for character."""

    start: int
    end: int
    place: Place


ROLES = (
    "tool title", "tool description", "tool result",
    "parameter title", "parameter description", "parameter example", "enum value", "default value",
    "prompt title", "prompt description", "prompt text",
    "resource title", "resource description",
    "server instructions", "instructions",
)  # fmt: skip
"""What the texts that rules judge are; ``instructions`` is a file of them (a skill, a prompt). Names and addresses of
tools, resources and servers have roles of their own and are judged with what they name."""


@dataclass(frozen=True, slots=True)
class Text:
    """A string a model will read, and where each part of it comes from.

    ``complete`` is false where a part is only known at run time; that part is missing from ``value``. ``role`` says
    what the text is: one of `ROLES`.
    """

    value: str
    place: Place
    role: str
    pieces: tuple[Piece, ...] = ()
    complete: bool = True

    def at(self, start: int, end: int) -> Place:
        """The place of ``value[start:end]``: exact where the source spells it out, the covering part elsewhere."""
        first = last = None
        for piece in self.pieces:
            if piece.end <= start and not (piece.start == piece.end == start):
                continue
            if piece.start >= max(end, start + 1):
                break
            first = first or piece
            last = piece
        if first is None or last is None or first.place.local is None or last.place.local is None:
            return self.place
        if first.place.anchor is not last.place.anchor:
            return self.place
        begin, finish = first.place.local.start, last.place.local.end
        if _verbatim(first):
            begin += max(start - first.start, 0)
        if _verbatim(last):
            finish = last.place.local.start + min(end, last.end) - last.start
        return replace(first.place, pointer=self.place.pointer, local=Span(begin, max(begin, finish)))

    def exact(self, start: int, end: int) -> Place | None:
        """The place of ``value[start:end]`` where it can be edited: nothing else stands in that stretch of source.

        ``None`` where a boundary falls inside a rewritten piece, or other source (the quotes between two adjacent
        literals) stands between the pieces.
        """
        covering = [p for p in self.pieces if p.start < end and p.end > start]
        if not covering or start >= end or covering[0].start > start or covering[-1].end < end:
            return None
        for i, piece in enumerate(covering):
            local = piece.place.local
            cut = piece.start < start or piece.end > end
            if local is None or (cut and not _verbatim(piece)):
                return None
            before = covering[i - 1].place.local if i else None
            if before is not None and before.end != local.start:
                return None
        if len({piece.place.anchor for piece in covering}) > 1:
            return None
        return self.at(start, end)


def _verbatim(piece: Piece) -> bool:
    local = piece.place.local
    return local is not None and local.end - local.start == piece.end - piece.start


def joined(texts: Iterable[Text], place: Place, role: str) -> Text:
    """One text out of several, end to end."""
    value, pieces, complete = "", [], True
    for text in texts:
        pieces += [Piece(p.start + len(value), p.end + len(value), p.place) for p in text.pieces]
        value += text.value
        complete = complete and text.complete
    return Text(value, place, role, tuple(pieces), complete)
