"""A run of text becomes segments: along its syntax tree where it parses, statement by statement where it does not."""

from __future__ import annotations

from collections.abc import Sequence

from tree_sitter import Tree as Parsed

from mcp_lsp_analyzers.place import Anchor
from mcp_lsp_analyzers.record import NamedTuple

from .borders import borders
from .language import scanner
from .segment import Segment, fresh_parse

# How much text is read twice, for each character of a run, to see whether something that looks left open is closed
# further below after all.
_AGAIN = 2
# How far from its start a statement's end is looked for at first.
_NEAR = 20_000


class Cut(NamedTuple):
    """The segments of a run of text. ``head``: it begins with something that belongs to what stands before the run;
    ``tail``: it ends with something that belongs to what follows; ``hollow``: there is no statement in it. ``parsed``:
    how many segments were parsed."""

    segments: list[Segment]
    head: bool
    tail: bool
    hollow: bool
    clean: bool
    parsed: int


class Known:
    """Segments that were there before, to be used again where their text stands again."""

    __slots__ = ("_by_text", "used")

    def __init__(self, segments: Sequence[Segment] = ()) -> None:
        self._by_text: dict[str, list[Segment]] = {}
        self.used: set[int] = set()
        for segment in reversed(segments):
            if segment.checked:
                self._by_text.setdefault(segment.text, []).append(segment)

    def find(self, text: str, start: int, broken: bool | None) -> Segment | None:
        """The first one left with this text, its anchor moved to ``start``."""
        found = self._by_text.get(text)
        if not found or (broken is not None and found[-1].broken is not broken):
            return None
        if text.startswith("#!") and found[-1].broken is (start == 0):
            return None  # a first line that says what runs a file is none further down
        segment = found.pop()
        segment.anchor.start = start
        self.used.add(id(segment))
        return segment


def cut(text: str, language: str, start: int, known: Known) -> Cut:
    """The segments of ``text``, a run that begins at ``start`` of its document."""
    tree, data = fresh_parse(text, language)
    if faulty(tree, start):
        return broken(text, language, start, known)
    return clean(text, language, start, known, tree, data)


def faulty(tree: Parsed, start: int) -> bool:
    """Whether the tree of a text that begins at ``start`` of its document has an error."""
    root = tree.root_node
    if root.has_error:
        return True
    # Right at the top of a file, and nowhere else.
    first = root.child(0) if start and root.child_count else None
    return first is not None and first.type == "hash_bang_line"


def clean(text: str, language: str, start: int, known: Known, tree: Parsed, data: bytes) -> Cut:
    """The segments of a run that has no error."""
    nodes = tree.root_node.children
    python = language == "python"
    found, tail = borders(data, nodes, python)
    head = not found or found[0].byte > 0
    segments: list[Segment] = []
    parsed = 0
    at_byte = at = first = 0
    for border in (*found[1:], None) if found else (None,):
        if border is None:
            until, stop, last = len(data), len(text), len(nodes)
        else:
            until, last = border
            stop = until if len(data) == len(text) else at + len(data[at_byte:until].decode())
        part = text if stop - at == len(text) else text[at:stop]
        segment = known.find(part, start + at, False)
        if segment is not None and not python and segment.kinds != [node.type for node in nodes[first:last]]:
            segment = None  # what a script's statement is can depend on the line behind it
        if segment is None:
            parsed += 1
            segment = Segment(part, language, Anchor(start + at))
            if stop - at == len(text):
                segment.hold(tree, data)
            else:
                segment.share(tree, data, nodes[first:last], at_byte)
        segments.append(segment)
        at_byte, at, first = until, stop, last
    return Cut(segments, head, tail or (not python and _goes_on(tree, data)), not found, True, parsed)


def _goes_on(tree: Parsed, data: bytes) -> bool:
    """Whether what follows a script decides what its end is. A last statement without a semicolon takes in the comment
    behind it only where nothing follows; and a comment that is left open is an expression like ``/*x/`` to the parser,
    unless its end follows."""
    root = tree.root_node
    last = root.child(root.child_count - 1) if root.child_count else None
    end = last.child(last.child_count - 1) if last is not None and last.child_count else None
    if end is not None and end.type == "comment":
        return True
    at = data.rfind(b"/*")
    if at < 0 or at < data.rfind(b"*/"):
        return False
    there = root.descendant_for_byte_range(at, at + 1)
    return there is not None and there.type == "/"


def broken(text: str, language: str, start: int, known: Known) -> Cut:
    """The segments of a run with an error: each statement, as far as the text alone tells them, is parsed by itself."""
    scan = scanner(language)
    pieces = _Pieces(text, language, start, known)
    left = _AGAIN * len(text) + 10_000
    at = 0
    while at < len(text) or not pieces.segments:
        if left > 0:
            # Most statements are whole, and then brackets and quotes say where they end.
            limit = min(len(text), at + min(left, _NEAR))
            end = scan.plain_end(text, at, limit + 1)
            if end is not None and not scan.doubtful(text, at, end):
                pieces.add(at, end)
                at = end
                continue
            left -= (end or limit) - at
        stop, _, guessed = scan.statement(text, at)
        if guessed and left > 0:
            limit = min(len(text), at + left)
            end = scan.plain_end(text, at, limit + 1)
            left -= (end or limit) - at
            if end is not None and end > stop and pieces.add_clean(at, end):
                at = end
                continue
        pieces.add(at, stop)
        at = stop
    head = text[:1] in (" ", "\t", "\r", "\n", "\f")
    return Cut(pieces.segments, head, pieces.tail, False, False, pieces.parsed)


class _Pieces:
    """The statements of a run with an error, parsed one by one."""

    def __init__(self, text: str, language: str, start: int, known: Known) -> None:
        self.text = text
        self.language = language
        self.start = start
        self.known = known
        self.segments: list[Segment] = []
        self.parsed = 0
        self.tail = False

    def add(self, at: int, stop: int) -> None:
        part = self.text[at:stop]
        self.tail = False
        segment = self.known.find(part, self.start + at, None)
        if segment is None:
            tree, data = fresh_parse(part, self.language)
            if not faulty(tree, self.start + at):
                self._add_all(clean(part, self.language, self.start + at, self.known, tree, data))
                return
            segment = Segment(part, self.language, Anchor(self.start + at), broken=True)
            if segment.mends:
                tree, data = fresh_parse(segment.mends.applied(part), self.language)
            segment.hold(tree, data)
            self.parsed += 1
        self.segments.append(segment)

    def add_clean(self, at: int, stop: int) -> bool:
        """Add it only if it has no error."""
        part = self.text[at:stop]
        tree, data = fresh_parse(part, self.language)
        if faulty(tree, self.start + at):
            return False
        self._add_all(clean(part, self.language, self.start + at, self.known, tree, data))
        return True

    def _add_all(self, more: Cut) -> None:
        self.segments += more.segments
        self.parsed += more.parsed
        self.tail = more.tail
