"""One top-level statement with its text, its syntax nodes, and the anchors that move with it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from tree_sitter import Node
from tree_sitter import Tree as Parsed

from mcp_lsp_analyzers.place import Anchor

from .encoding import encoded, wide_characters
from .language import parser, scanner
from .mending import Mends


class Segment:
    """A run of text with one top-level statement (rarely several), the comments directly above it, and what follows it
    up to the next segment. Its text never changes: an edit makes another segment, with the same anchor.

    ``nodes`` are its statements and comments; give their byte offsets to ``at``. They may stand in a tree that several
    segments share, so never walk to a parent or sibling of one of them. ``broken``: the text has a syntax error. Then
    the nodes are those of a mended text (see ``mending``): offsets hold, but a node's own ``text`` may differ.
    """

    __slots__ = (
        "_data", "_mends", "_nodes", "_own", "_whole", "_wide", "anchor", "base", "broken", "checked", "kept",
        "language", "lines", "text",
    )  # fmt: skip

    def __init__(self, text: str, language: str, anchor: Anchor, broken: bool = False) -> None:
        self.text = text
        self.language = language
        self.anchor = anchor
        self.broken = broken
        self.checked = True
        """Whether ``broken`` and the nodes are known to be what a fresh parse says."""
        self.lines: tuple[int, int] | None = None
        """The part of a broken text that is broken, if that is known: all around it is whole."""
        self.base = 0
        """Where the segment starts in the tree of its nodes, in bytes."""
        self.kept: dict[str, object] = {}
        """What later stages know about this text; gone when the text changes."""
        self._own: Parsed | None = None
        self._data: bytes | None = None  # what the tree was parsed from
        self._nodes: Sequence[Node] | None = None  # in a tree shared with others
        self._whole: Parsed | None = None  # that tree
        self._mends: Mends | None = None
        self._wide: tuple[list[int], list[int]] | None = None

    def __repr__(self) -> str:
        return f"Segment({self.anchor.start}, {self.text[:40]!r}{', broken' if self.broken else ''})"

    @property
    def nodes(self) -> list[Node]:
        """The top-level statements and comments, in order. Fresh objects: a node remembers every child it was asked
        for, and a whole file's worth of them is not to stay in memory."""
        if self._nodes is not None:
            return [fresh for node in self._nodes if (fresh := node.walk().node) is not None]
        return self.root.children

    @property
    def root(self) -> Node:
        """The root (``module``, ``program``) of a tree of the segment's own; made when first asked for. Prefer
        ``nodes``: they are there already. After this, nodes from before do not fit ``at`` any more."""
        if self._own is None:
            self.hold(*fresh_parse(self.text if not self.broken else self.mends.applied(self.text), self.language))
        assert self._own is not None
        return self._own.root_node

    @property
    def kinds(self) -> list[str]:
        """What its nodes are."""
        return [node.type for node in self._nodes or self.root.children]

    @property
    def mends(self) -> Mends:
        """What the text would need to be whole, told from its characters alone; empty if nothing was found."""
        if self._mends is None:
            self._mends = mends(self.text, self.language)
        return self._mends

    @mends.setter
    def mends(self, mends: Mends) -> None:
        self._mends = mends

    def hold(self, own: Parsed, data: bytes) -> None:
        """Take a tree of its own, and the bytes it was made from."""
        self.release()
        self._own, self._data = own, data

    def share(self, whole: Parsed, data: bytes, nodes: Sequence[Node], base: int) -> None:
        """Take some nodes of a tree, made from ``data``, in which the segment begins at byte ``base``."""
        self.release()
        self._whole, self._data, self._nodes, self.base = whole, data, nodes, base

    @property
    def shares(self) -> bool:
        return self._nodes is not None

    def release(self) -> None:
        """Let go of the syntax tree; it is made again when it is asked for."""
        self._own = self._data = self._whole = self._nodes = None
        self.base = 0

    def old_tree(self, long: int) -> tuple[Parsed, bytes] | None:
        """A tree for the parser to begin with, and the bytes it stands for. ``None`` if there is none, or none that
        would save work on less than ``long`` characters. The caller may edit it."""
        whole = self._data
        if self._own is not None and whole is not None:
            return self._own.copy(), whole
        if self._whole is None or whole is None or len(self.text) < long:
            return None
        # The shared tree with everything around the segment cut off.
        data = encoded(self.text, self.language)
        tree, start, end = self._whole.copy(), self.base, self.base + len(data)
        if end < len(whole):
            tree.edit(end, len(whole), end, point(whole, end), point(whole, len(whole)), point(whole, end))
        if start:
            tree.edit(0, start, 0, (0, 0), point(whole, start), (0, 0))
        return tree, data

    def kind_at(self, offset: int) -> str:
        """What kind of node stands at an offset of the text, "" if that is not known."""
        tree = self._own or self._whole
        if tree is None:
            return ""
        byte = offset if self.text.isascii() else len(encoded(self.text[:offset], self.language))
        node = tree.root_node.descendant_for_byte_range(self.base + byte, self.base + byte)
        return node.type if node is not None else ""

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
            self._wide = wide_characters(self.text)
        behind, extra = self._wide
        i = bisect_right(behind, byte)
        return byte - extra[i - 1] if i else byte

    def slice(self, node: Node) -> str:
        """A node's text as it stands in the document."""
        return self.text[self.at(node.start_byte) : self.at(node.end_byte)]


def mends(text: str, language: str) -> Mends:
    """What a text on its own would need to be whole. Nothing, if each bracket and quote has its counterpart."""
    scan = scanner(language)
    at, found = 0, Mends()
    left = 2 * len(text) + 10_000  # how much may be looked at in vain: many statements that all stay open are many
    while at < len(text):
        end = scan.plain_end(text, at, min(len(text), at + left) + 1) if left > 0 else None
        if end is None:
            left -= len(text) - at
            end, more, _ = scan.statement(text, at)
            found.update(more)
        at = end
    return found


def point(data: bytes, at: int) -> tuple[int, int]:
    """Row and column, as tree-sitter counts them."""
    return data.count(b"\n", 0, at), at - data.rfind(b"\n", 0, at) - 1


def fresh_parse(text: str, language: str) -> tuple[Parsed, bytes]:
    """A tree, and the bytes it was made from."""
    data = encoded(text, language)
    return parser(language).parse(data), data
