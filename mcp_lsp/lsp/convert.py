"""Between our offsets and the client's ranges. Nobody else in this room counts characters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mcp_lsp.syntax import Change, Document, from_client, to_client
from mcp_lsp_analyzers.place import Span

Range = dict[str, dict[str, int]]


def range_of(document: Document, span: Span | None, encoding: str) -> Range:
    """A span as the client sees it; the start of the file for what has no place in it."""
    if span is None:
        return {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
    start, end = to_client(document, span.start, encoding), to_client(document, span.end, encoding)
    return {
        "start": {"line": start[0], "character": start[1]},
        "end": {"line": end[0], "character": end[1]},
    }


def offset_of(document: Document, position: Mapping[str, Any], encoding: str) -> int:
    return from_client(document, position["line"], position["character"], encoding)


def span_of(document: Document, found: Mapping[str, Any], encoding: str) -> Span:
    start = offset_of(document, found["start"], encoding)
    return Span(start, max(start, offset_of(document, found["end"], encoding)))


def changed(
    document: Document, content: Sequence[Mapping[str, Any]], version: int | None, encoding: str
) -> tuple[Document, list[Change]]:
    """A document after the changes of a `didChange`, and these changes in our terms."""
    changes: list[Change] = []
    for one in content:
        place = one.get("range")
        if place is None:
            change = _difference(document.text, one["text"])
        else:
            start, end = span_of(document, place, encoding)
            change = Change(start, end, one["text"])
        changes.append(change)
        document = document.edited([change], version)
    return document, changes


def _difference(old: str, new: str) -> Change:
    """A whole new text as the one stretch in which it differs from the old."""
    limit = min(len(old), len(new))
    start = 0
    while start < limit and old[start : start + 1024] == new[start : start + 1024]:
        start = min(start + 1024, limit)
    while start < limit and old[start] == new[start]:
        start += 1
    end = 0
    limit -= start
    while end < limit and old[len(old) - end - 1] == new[len(new) - end - 1]:
        end += 1
    return Change(start, len(old) - end, new[start : len(new) - end])


def edits(document: Document, changes: Iterable[Change], encoding: str) -> list[dict[str, Any]]:
    """Changes that are all relative to ``document``, as text edits in the order of the text."""
    found = [
        {"range": range_of(document, Span(change.start, change.end), encoding), "newText": change.text}
        for change in changes
    ]
    return sorted(found, key=lambda e: (e["range"]["start"]["line"], e["range"]["start"]["character"]))
