"""A document as segments, from its whole text: the authority on where they begin."""

from __future__ import annotations

from bisect import bisect_right

from mcp_lsp_analyzers.place import Anchor

from .cut import Cut, Known, broken, clean
from .document import Document
from .language import PLAIN
from .segment import Segment, fresh_parse


class Tree:
    """A document and its segments, in order; their texts joined are the document's text. There is always one.

    ``settled``: known to equal `parse` of the document. ``clean``: known to have no error. ``parsed``: how many
    segments were parsed for this version. ``broken``: how many segments have an error.
    """

    __slots__ = ("broken", "clean", "document", "parsed", "segments", "settled")

    def __init__(
        self, document: Document, segments: list[Segment], settled: bool, clean: bool, parsed: int, broken: int
    ) -> None:
        self.document = document
        self.segments = segments
        self.settled = settled
        self.clean = clean
        self.parsed = parsed
        self.broken = broken

    def segment(self, offset: int) -> Segment:
        """The segment in which an offset stands."""
        i = bisect_right(self.segments, offset, key=start_of) - 1
        return self.segments[max(i, 0)]

    def release(self) -> None:
        """Let go of all syntax trees (a whole file's is 25 times its text); they are made again where asked for."""
        for segment in self.segments:
            segment.release()


def start_of(segment: Segment) -> int:
    return segment.anchor.start


def parse(document: Document) -> Tree:
    """Never fails. Where the text has an error, everything around it is still parsed."""
    found = _whole(document, Known())
    return _tree(document, found, len(found.segments))


def settle(tree: Tree) -> Tree:
    """The tree a fresh `parse` of the document gives, made of the segments that are the same already."""
    if tree.settled:
        return tree
    known = Known(tree.segments)
    found = _whole(tree.document, known)
    kept = {id(segment) for segment in tree.segments}
    fresh = [segment for segment in found.segments if id(segment) not in kept]
    # A segment that shares the tree of the whole file keeps all of it in memory. Of two such trees one has to go.
    many = len(fresh) * 2 > len(found.segments)
    for segment in found.segments:
        if segment.shares and (not many or id(segment) in kept):
            segment.release()
    return _tree(tree.document, found, len(fresh))


def _whole(document: Document, known: Known) -> Cut:
    language = document.language
    if language is None:
        raise ValueError(f"{document.uri}: a document without a language has no syntax")
    if language in PLAIN:
        return Cut([Segment(document.text, language, Anchor(0), False)], False, False, False, True, 0)
    tree, data = fresh_parse(document.text, language)
    if tree.root_node.has_error:
        return broken(document.text, language, 0, known)
    return clean(document.text, language, 0, known, tree, data)


def _tree(document: Document, found: Cut, parsed: int) -> Tree:
    return Tree(document, found.segments, True, found.clean, parsed, sum(each.broken for each in found.segments))
