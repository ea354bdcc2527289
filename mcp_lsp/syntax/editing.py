"""One keystroke: the segment it falls into is parsed again, the others stay and their anchors move."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Union, cast

from tree_sitter import Tree as Parsed

from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Anchor
from mcp_lsp_analyzers.window import same_end, same_start

from .cut import Cut, Known, broken, clean, cut, faulty
from .document import Change, Document, clamped
from .encoding import encoded
from .language import PLAIN, Scanner, parser, scanner
from .mending import Mends
from .nearby import LONG, nearby_mends
from .segment import Segment, fresh_parse, point
from .tree import Tree, parse

# An edit is read together with its neighbours as long as it belongs to one of them. Each round takes in one on either
# side; where that does not end, the whole-file parse decides later.
_ROUNDS = 8
# Shorter texts are parsed as fast without a tree of before that has to be cut out of the whole file's.
_REUSED = 4000
# A client that sends more changes at once than this (formatting, replacing everywhere) is read as one edit.
_MANY = 32
# What can open, close, or end a line. Where an edit has none of it, a text that was whole is most likely whole still.
_LEXICAL = pattern(r"[()\[\]{}\"'`#/*\\\r\n$]")

_MARGIN = pattern(r"(?:[\r\n]|\A)[^\s#)\]}]")


class _Run:
    """What replaces some neighbouring segments: their text, edited."""

    __slots__ = ("anchor", "change", "ends", "lexical", "margin", "old", "splices", "starts", "text")

    def __init__(self, segment: Segment) -> None:
        self.old = [segment]
        self.anchor = Anchor(segment.anchor.start)
        self.text = segment.text
        self.change: tuple[int, int, int] | None = None  # start, end, length of what came in; if there was just one
        self.splices = 0
        self.margin = False  # whether a line that has changed now begins at the margin
        self.lexical = False  # whether a change has to do with brackets, quotes, lines
        self.starts = self.ends = False  # whether a change touches the start or the end of the text

    def join(self, other: _Part) -> None:
        """Take the next segment (or run) in."""
        run = _Run(other) if isinstance(other, Segment) else other
        self.text += run.text
        self.old += run.old
        self.ends = run.ends

    def splice(self, start: int, end: int, inserted: str) -> None:
        text = self.text
        if _LEXICAL.search(inserted) or _LEXICAL.search(text, start, end):
            self.lexical = True
        self.starts = self.starts or start == 0
        self.ends = self.ends or end == len(text)
        self.text = text[:start] + inserted + text[end:]
        self.splices += 1
        self.change = (start, end, len(inserted)) if self.splices == 1 else None
        self.margin = self.margin or _MARGIN.search(self.text, max(start - 1, 0), start + len(inserted) + 2) is not None


_Part = Union[Segment, _Run]


def _start(part: _Part) -> int:
    return part.anchor.start


def edit(tree: Tree, changes: Sequence[Change], document: Document) -> Tree:
    """The tree of ``document``, which is the tree's own document after ``changes``. Segments whose text did not change
    stay the same objects, and only their anchors move. The old tree is used up."""
    if document.language in PLAIN:
        return parse(document)
    parts = cast("list[_Part]", tree.segments.copy())
    size = tree.document.length
    runs, i = 0, len(parts)
    for change in changes if len(changes) <= _MANY else [_covering(tree.document.text, document.text)]:
        start, end, inserted = clamped(change, size)
        if start == end and not inserted:
            continue
        size += len(inserted) - (end - start)
        i = min(i, _splice(parts, start, end, inserted))
        runs += 1
    whole, count, parsed = tree.clean, tree.broken, 0
    left = 1 if runs == 1 else sum([isinstance(part, _Run) for part in parts])
    while left and i < len(parts):
        if isinstance(parts[i], Segment):
            i += 1
            continue
        found, sure, i = _resolve(parts, i, document.language or "")
        run = cast("_Run", parts[i])
        parts[i : i + 1] = found.segments
        if len(found.segments) == 1 and found.segments[0].anchor is run.old[0].anchor:
            found.segments[0].anchor.start = run.anchor.start
        count += sum(segment.broken for segment in found.segments) - sum(segment.broken for segment in run.old)
        parsed += found.parsed
        whole = whole and sure and found.clean
        i += len(found.segments)
        left -= 1
    # What was right and still is, is what a parse of the whole file would say.
    return Tree(document, cast("list[Segment]", parts), whole or (tree.settled and not runs), whole, parsed, count)


def _splice(parts: list[_Part], start: int, end: int, inserted: str) -> int:
    """Change the text of the part around ``[start, end)``, which becomes a `_Run`, and move all behind it. Gives its
    index."""
    first = max(bisect_right(parts, start, key=_start) - 1, 0)
    last = first
    part = parts[first]
    begin = part.anchor.start
    if end > begin + len(part.text):
        last = bisect_left(parts, end, key=_start) - 1
    run = part if isinstance(part, _Run) else _Run(part)
    for other in parts[first + 1 : last + 1]:
        run.join(other)
    run.splice(start - begin, end - begin, inserted)
    parts[first : last + 1] = [run]
    delta = len(inserted) - (end - start)
    if delta:
        for part in parts[first + 1 :]:
            part.anchor.start += delta
    return first


def _resolve(parts: list[_Part], i: int, language: str) -> tuple[Cut, bool, int]:
    """Read the run at ``i``, with as many neighbours as belong to it. Also whether that was enough, and its index."""
    scan = scanner(language)
    parsed = 0
    for _ in range(_ROUNDS):
        run = cast("_Run", parts[i])
        before = parts[i - 1] if i else None
        after = parts[i + 1] if i + 1 < len(parts) else None
        left = before is not None and _joined(before, run, scan)
        right = after is not None and _joined(run, after, scan)
        if not left and not right:
            found = _read(run, language)
            parsed += found.parsed
            left = before is not None and found.head
            right = after is not None and (found.tail or (found.hollow and not left))
            if not left and not right:
                return found._replace(parsed=parsed), True, i
        if right and after is not None:
            run.join(after)
            del parts[i + 1]
        if left and before is not None:
            first = _Run(before) if isinstance(before, Segment) else before
            first.join(run)
            i -= 1
            parts[i : i + 2] = [first]
    run = cast("_Run", parts[i])
    found = cut(run.text, language, run.anchor.start, Known(run.old))
    return found._replace(parsed=parsed + found.parsed), False, i


def _joined(first: _Part, second: _Part, scan: Scanner) -> bool:
    """Whether two neighbours, one of them edited, have to be read together, told from their text."""
    above, below = first.text, second.text
    if not above or not below:
        return True
    if above[-1] not in "\r\n":
        if scan.LINES or (isinstance(first, _Run) and first.ends) or (isinstance(second, _Run) and second.starts):
            return True
        if isinstance(first, _Run) and above.rstrip()[-1:] not in (";", "}"):
            return True  # on one line only these stand between two statements
        last = max(above.rfind("\n"), above.rfind("\r"))
        if above.find("//", max(last, 0)) >= 0:
            return True  # a comment as long as the line
        if isinstance(first, _Run) and last >= 0 and not above[last:].strip():
            return True  # what it is indented by belongs to the statement behind it
    elif above[-1] == "\r" and below[0] == "\n":
        return True
    if (isinstance(first, _Run) or first.broken) and scan.waits(above):
        return True
    return scan.goes_on(below, above)


def _read(run: _Run, language: str) -> Cut:
    old = run.old[0]
    start = run.anchor.start
    if len(run.old) > 1:
        return cut(run.text, language, start, Known(run.old))
    text = run.text
    long = len(text) > LONG and run.change is not None
    needed: Mends | None = None  # what the text needs to be whole, if that is known
    lines: tuple[int, int] | None = None
    if run.lexical or (old.broken and old.mends):
        # Where the text alone says "broken" and did not while it was right, the parser need not be asked: a parser
        # takes longest where it fails.
        if long and run.change is not None:
            near = nearby_mends(old, text, *run.change)
            if near is None:
                long = False
            else:
                needed, lines = near
        if not long and (old.broken or not old.mends) and scanner(language).plain_end(text, 0, len(text) + 1) is None:
            stop, needed, _ = scanner(language).statement(text, 0)
            if stop < len(text):
                return broken(text, language, start, Known(run.old))
    elif long:
        needed = Mends()
    if not needed:
        tree, data = _parse_again(old, text, language)
        if not faulty(tree, start):
            found = clean(text, language, start, Known(run.old), tree, data)
            if len(found.segments) == 1 and found.segments[0] is not old:
                found.segments[0].anchor = old.anchor
                if long:
                    found.segments[0].mends = Mends()
            return found
        # Another statement may have begun, at a line that has changed.
        if (not long or run.margin) and scanner(language).statement(text, 0).end < len(text):
            return broken(text, language, start, Known(run.old))
    segment = Segment(text, language, old.anchor, broken=True)
    segment.checked = False
    segment.lines = lines
    if needed is not None:
        segment.mends = needed
    if segment.mends:
        tree, data = _parse_again(old, segment.mends.applied(text), language)
    segment.hold(tree, data)
    return Cut([segment], False, False, False, False, 1)


def _parse_again(old: Segment, text: str, language: str) -> tuple[Parsed, bytes]:
    """Parse what a segment's text has become, with what is left of its tree."""
    before = old.old_tree(_REUSED)
    if before is None:
        return fresh_parse(text, language)
    tree, old_data = before
    data = encoded(text, language)
    most = min(len(old_data), len(data))
    start = same_start(old_data, data, most)
    rest = same_end(old_data, data, most - start)
    old_end, new_end = len(old_data) - rest, len(data) - rest
    tree.edit(start, old_end, new_end, point(data, start), point(old_data, old_end), point(data, new_end))
    return parser(language).parse(data, tree), data


def _covering(old: str, new: str) -> Change:
    """The one change that leads from one text to another."""
    a, b = old.encode("utf-32-le", "surrogatepass"), new.encode("utf-32-le", "surrogatepass")
    start = same_start(a, b, min(len(a), len(b))) // 4
    rest = min(same_end(a, b, min(len(a), len(b))) // 4, min(len(old), len(new)) - start)
    return Change(start, len(old) - rest, new[start : len(new) - rest])
