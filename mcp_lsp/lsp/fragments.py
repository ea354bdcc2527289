"""Diagnostics as JSON, written once and joined for every reply.

A keystroke changes one declaration; the diagnostics of all others say what they said, at most some lines further down.
So each group of diagnostics is kept as text with holes for line numbers, and a reply of hundreds of diagnostics is
mostly a join.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from mcp_lsp.assist.pages import address
from mcp_lsp.check import Analysis, Diagnostic, Group
from mcp_lsp.syntax import Document, to_client
from mcp_lsp_analyzers.place import Place
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
    elsewhere: Callable[[str], Document | None] = field(compare=False)


class _Written:
    """One group of diagnostics. ``anchors``: what the lines in ``holes`` are relative to; ``at``: where these stood."""

    __slots__ = ("anchors", "at", "holes", "pieces", "text")

    def __init__(self) -> None:
        self.anchors: list[Place] = []
        self.at: list[tuple[int, int]] = []
        self.pieces: list[str] = []  # one more than holes
        self.holes: list[tuple[int, int]] = []  # index of the anchor, lines below it
        self.text = ""


def items(analysis: Analysis, style: Style, version: int | None) -> str:
    """The diagnostics of a document, as the inside of a JSON array."""
    document = analysis.document
    return ",".join([_text(group, document, style, version) for group in analysis.groups])


def _text(group: Group, document: Document, style: Style, version: int | None) -> str:
    kept = group.kept.get(style)
    if isinstance(kept, _Written):
        at = [_line(place, document, style) for place in kept.anchors]
        if at == kept.at:
            return kept.text
        if [column for _, column in at] == [column for _, column in kept.at]:
            kept.at = at
            _fill(kept)
            return kept.text
    written = _write(group, document, style, version)
    group.kept[style] = written
    return written.text


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
    written.text = "".join(out)


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
