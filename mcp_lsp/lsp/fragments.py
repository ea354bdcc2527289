"""Diagnostics as JSON, written once and joined for every reply.

A keystroke changes one declaration; the diagnostics of all others say what they said, at most some lines further down.
So each group of diagnostics is kept as text with holes for line numbers, and a reply of hundreds of diagnostics is
mostly a join.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from mcp_lsp.assist.pages import address
from mcp_lsp.check import Analysis, Diagnostic, Group
from mcp_lsp.syntax import Change, Document, to_client
from mcp_lsp_analyzers.place import Place
from mcp_lsp_analyzers.record import dataclass
from mcp_lsp_analyzers.rule import Severity

_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.INFORMATION: 3, Severity.HINT: 4}
_TAGS = {"unnecessary": 1, "deprecated": 2}


@dataclass(frozen=True)
class Style:
    """How a client wants its diagnostics. ``elsewhere`` finds the text of another file that a diagnostic points to."""

    encoding: str
    related: bool
    links: bool
    tags: bool
    elsewhere: Callable[[str], Document | None]

    @property
    def key(self) -> str:
        """One client is served, so what is kept with a group needs no more of a name."""
        return "lsp"


class Motion:
    """How far lines are still where they were, so that most groups need not be asked where their anchors stand.

    ``generation`` changes with every edit that adds or removes a line break. Within one, lines keep their numbers, and
    only on the lines in ``edited`` can something have moved sideways.
    """

    __slots__ = ("edited", "generation")

    def __init__(self) -> None:
        self.generation = 0
        self.edited: set[int] = set()

    def edit(self, before: Document, change: Change) -> None:
        removed = before.slice(change.start, change.end)
        # What stood between a carriage return and a line feed goes, or comes: two line ends become one, or one two.
        joined = change.start > 0 and before.slice(change.start - 1, change.start) == "\r"
        joined = joined and before.slice(change.end, change.end + 1) == "\n"
        if (
            joined
            or "\n" in change.text
            or "\r" in change.text
            or "\n" in removed
            or "\r" in removed
            or len(self.edited) > 50
        ):
            self.restart()
        else:
            self.edited.add(before.lines.at(change.start))

    def restart(self) -> None:
        self.generation += 1
        self.edited.clear()


class _Written:
    """One group of diagnostics. ``anchors``: what the lines in ``holes`` are relative to; ``at``: where these stood,
    in which generation."""

    __slots__ = ("anchors", "at", "generation", "holes", "lines", "pieces", "text")

    def __init__(self) -> None:
        self.generation = -1
        self.anchors: list[Place] = []
        self.at: list[tuple[int, int]] = []
        self.lines: frozenset[int] = frozenset()
        self.pieces: list[str] = []  # one more than holes
        self.holes: list[tuple[int, int]] = []  # index of the anchor, lines below it
        self.text = b""


class Report:
    """The diagnostics of one document as they were written last. After an edit that moves no lines, only the groups
    that are new, and those on the lines it was in, are looked at."""

    def __init__(self) -> None:
        self._groups: Sequence[Group] = ()
        self._texts: list[bytes] = []
        self._generation = -1
        self._on: dict[int, list[Group]] = {}  # the groups that have an anchor on a line

    def items(self, analysis: Analysis, style: Style, motion: Motion, version: int | None) -> list[bytes]:
        """The diagnostics of a document: joined by commas they are the inside of a JSON array. What stays the same
        between two reports is the same object in both."""
        old, groups = self._groups, analysis.groups
        if self._generation == motion.generation and len(old) == len(groups):
            doubtful = [i for i, group in enumerate(groups) if group is not old[i]]
            moved = [group for line in motion.edited for group in self._on.get(line, ())]
            doubtful += [groups.index(group) for group in moved if group in groups]
            texts = self._texts.copy()
        else:
            self._generation, self._on = motion.generation, {}
            doubtful = list(range(len(groups)))
            texts = [b""] * len(groups)
        for i in doubtful:
            group = groups[i]
            written = _written(group, analysis.document, style, motion, version)
            texts[i] = written.text
            for line in written.lines:
                there = self._on.setdefault(line, [])
                if group not in there:
                    there.append(group)
        self._groups, self._texts = groups, texts
        return texts


def _written(group: Group, document: Document, style: Style, motion: Motion, version: int | None) -> _Written:
    kept = group.kept.get(style.key)
    if not isinstance(kept, _Written):
        kept = _write(group, document, style, version)
    elif kept.generation != motion.generation or not motion.edited.isdisjoint(kept.lines):
        kept = _moved(kept, group, document, style, version)
    kept.generation = motion.generation
    group.kept[style.key] = kept
    return kept


def _moved(kept: _Written, group: Group, document: Document, style: Style, version: int | None) -> _Written:
    """The same group, where its anchors stand now."""
    at = [_line(place, document, style) for place in kept.anchors]
    if at == kept.at:
        return kept
    if [column for _, column in at] != [column for _, column in kept.at]:
        return _write(group, document, style, version)
    kept.at = at
    _fill(kept)
    return kept


def _line(place: Place, document: Document, style: Style) -> tuple[int, int]:
    """Line and column of a place's anchor."""
    if place.uri != document.uri:
        document = style.elsewhere(place.uri) or document
    return document.position(place.anchor.start)


def _fill(written: _Written) -> None:
    at, pieces = written.at, written.pieces
    out = [pieces[0]]
    for i, (anchor, below) in enumerate(written.holes, 1):
        out.append(str(at[anchor][0] + below))
        out.append(pieces[i])
    written.text = "".join(out).encode()
    written.lines = frozenset(line for line, _ in at)


def _write(group: Group, document: Document, style: Style, version: int | None) -> _Written:
    written = _Written()
    pen = _Pen(written, document, style)
    for i, diagnostic in enumerate(group.diagnostics):
        pen.add("," if i else "")
        _one(pen, diagnostic, version)
    written.pieces.append(pen.plain)
    _fill(written)
    return written


class _Pen:
    """Writes text and ranges, leaving holes for their lines."""

    def __init__(self, written: _Written, document: Document, style: Style) -> None:
        self.written = written
        self.document = document
        self.style = style
        self.plain = ""

    def add(self, text: str) -> None:
        self.plain += text

    def range(self, place: Place) -> None:
        document = self.document
        if place.uri != document.uri:
            document = self.style.elsewhere(place.uri) or document
        span = place.span
        if span is None:
            self.add('{"start":{"line":0,"character":0},"end":{"line":0,"character":0}}')
            return
        anchor = self._anchor(place)
        line = self.written.at[anchor][0]
        for name, offset in (('{"start":', span.start), (',"end":', span.end)):
            at, character = to_client(document, offset, self.style.encoding)
            self.add(f'{name}{{"line":')
            self.written.pieces.append(self.plain)
            self.written.holes.append((anchor, at - line))
            self.plain = f',"character":{character}}}'
        self.add("}")

    def _anchor(self, place: Place) -> int:
        for i, known in enumerate(self.written.anchors):
            if known.anchor is place.anchor and known.uri == place.uri:
                return i
        self.written.anchors.append(place)
        self.written.at.append(_line(place, self.document, self.style))
        return len(self.written.anchors) - 1


def _one(pen: _Pen, diagnostic: Diagnostic, version: int | None) -> None:
    rule, finding, style = diagnostic.rule, diagnostic.finding, pen.style
    pen.add('{"range":')
    pen.range(finding.place)
    pen.add(f',"severity":{_SEVERITIES[diagnostic.severity]},"code":{json.dumps(rule.id)}')
    href = address(rule) if style.links else None
    if href:
        pen.add(f',"codeDescription":{{"href":{json.dumps(href)}}}')
    pen.add(f',"source":"mcp-lsp","message":{json.dumps(finding.message)}')
    tags = [_TAGS[tag] for tag in rule.tags if tag in _TAGS] if style.tags else []
    if tags:
        pen.add(f',"tags":{json.dumps(tags)}')
    if style.related and finding.related:
        for i, related in enumerate(finding.related):
            pen.add("," if i else ',"relatedInformation":[')
            pen.add(f'{{"location":{{"uri":{json.dumps(related.place.uri)},"range":')
            pen.range(related.place)
            pen.add(f'}},"message":{json.dumps(related.message)}}}')
        pen.add("]")
    data = {"rule": rule.name, "fingerprint": diagnostic.fingerprint, "version": version}
    pen.add(f',"data":{json.dumps(data)}}}')
