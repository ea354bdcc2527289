"""One top-level statement with its text, its syntax nodes, and the anchors that move with it."""

from __future__ import annotations

import re
from bisect import bisect_right
from weakref import ref

from mcp_lsp_analyzers.place import Anchor
from tree_sitter import Node
from tree_sitter import Tree as Parsed

from .language import parser

_WIDE = re.compile(r"[^\x00-\x7f]")


class Inner(Anchor):
    """An anchor inside a segment: moves with it, and within it when text before it changes."""

    __slots__ = ("__weakref__", "local", "outer")

    def __init__(self, outer: Anchor, local: int) -> None:
        self.outer = outer
        self.local = local

    @property
    def start(self) -> int:  # type: ignore[override]
        return self.outer.start + self.local

    def __repr__(self) -> str:
        return f"Inner({self.outer.start} + {self.local})"


class Segment:
    """A run of text with one top-level statement (rarely several), comments directly above it, and what follows it up
    to the next segment. Its text never changes: an edit makes another segment, with the same anchor.

    ``nodes`` are its statements and comments; give their byte offsets to ``at``. They may stand in a tree that several
    segments share, so never walk to a parent or sibling of one of them.
    """

    __slots__ = ("_inner", "_nodes", "_own", "_wide", "anchor", "base", "broken", "kept", "language", "text")

    def __init__(
        self,
        text: str,
        language: str,
        anchor: Anchor,
        broken: bool,
        own: Parsed | None = None,
        nodes: list[Node] | None = None,
        base: int = 0,
    ) -> None:
        self.text = text
        self.language = language
        self.anchor = anchor
        self.broken = broken
        self.base = base
        """Where the segment starts in the tree of its nodes, in bytes."""
        self.kept: dict[str, object] = {}
        """What later stages know about this text; gone when the text changes."""
        self._own = own
        self._nodes = nodes
        self._inner: list[ref[Inner]] = []
        self._wide: tuple[list[int], list[int]] | None = None

    def __repr__(self) -> str:
        return f"Segment({self.anchor.start}, {self.text[:40]!r}{', broken' if self.broken else ''})"

    @property
    def nodes(self) -> list[Node]:
        """The top-level statements and comments, in order. Fresh objects: a node remembers every child it was asked
        for, and a whole file's worth of them is not to stay in memory."""
        if self._own is not None:
            return self._own.root_node.children
        if self._nodes is not None:
            return [fresh for node in self._nodes if (fresh := node.walk().node) is not None]
        return self.root.children

    @property
    def root(self) -> Node:
        """The root (``module``, ``program``) of a tree of the segment's own; made when first asked for. Prefer
        ``nodes``: they are there already. After this, nodes from before do not fit ``at`` any more."""
        if self._own is None:
            self._own = parser(self.language).parse(encoded(self.text))
            self._nodes = None
            self.base = 0
        return self._own.root_node

    @property
    def ascii(self) -> bool:
        """Whether ``at(byte)`` is just ``byte - base``."""
        return self.text.isascii()

    def at(self, byte: int) -> int:
        """The code point, relative to the anchor, at a byte of the nodes' tree."""
        byte -= self.base
        if self.text.isascii():
            return byte
        if self._wide is None:
            self._wide = _wide(self.text)
        behind, extra = self._wide
        i = bisect_right(behind, byte)
        return byte - extra[i - 1] if i else byte

    def slice(self, node: Node) -> str:
        """A node's text as it stands in the document."""
        return self.text[self.at(node.start_byte) : self.at(node.end_byte)]

    def anchor_at(self, offset: int) -> Anchor:
        """An anchor for something inside the segment; ``offset`` is relative to the segment. The same object as before
        where one is still in use there, also after edits elsewhere in the segment."""
        if offset == 0:
            return self.anchor
        alive = []
        found = None
        for reference in self._inner:
            inner = reference()
            if inner is not None:
                alive.append(reference)
                if inner.local == offset:
                    found = inner
        if found is None:
            found = Inner(self.anchor, offset)
            alive.append(ref(found))
        self._inner = alive
        return found

    @property
    def inner(self) -> list[Inner]:
        """The anchors given out by `anchor_at` that somebody still holds."""
        return [inner for reference in self._inner if (inner := reference()) is not None]

    def adopt(self, inner: list[Inner]) -> None:
        """Carry anchors on that were given out by the segments this one replaces."""
        self._inner = [ref(anchor) for anchor in inner]


def encoded(text: str) -> bytes:
    """Text as the parser gets it: the same length as its UTF-8, a lone ``\\r`` as ``\\n``, lone surrogates replaced."""
    # tree-sitter's grammars know "\n" and "\r\n" only; Python and JavaScript know all three.
    if "\r" in text:
        text = re.sub("\r(?!\n)", "\n", text)
    try:
        return text.encode()
    except UnicodeEncodeError:
        # A lone surrogate (JSON can carry one) and U+FFFD both take three bytes.
        return re.sub("[\ud800-\udfff]", "\ufffd", text).encode()


def _wide(text: str) -> tuple[list[int], list[int]]:
    """For each character beyond ASCII: the byte behind it, and by how much bytes are ahead of code points there."""
    behind, extra, ahead = [], [], 0
    for match in _WIDE.finditer(text):
        char, at = match.group(), match.start()
        ahead += 1 if char < "\u0800" else 2 if char < "\U00010000" else 3
        behind.append(at + ahead + 1)
        extra.append(ahead)
    return behind, extra
