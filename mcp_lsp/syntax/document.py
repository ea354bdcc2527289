"""A text with a name, immutable, and the edits that lead from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .lines import Lines


class Change(NamedTuple):
    """``[start, end)`` becomes ``text``. Code points, each change relative to the text after the previous one."""

    start: int
    end: int
    text: str


class Document:
    """One version of one file. Immutable; `edited` makes the next one. Offsets are code points."""

    __slots__ = ("_lines", "language", "text", "uri", "version")

    uri: str
    text: str
    language: str | None
    version: int | None

    def __init__(self, uri: str, text: str, language: str | None, version: int | None = None) -> None:
        self.uri = uri
        self.text = text
        self.language = language
        self.version = version
        self._lines: Lines | None = None

    def __repr__(self) -> str:
        return f"Document({self.uri!r}, {len(self.text)} characters, {self.language!r}, version={self.version!r})"

    @property
    def lines(self) -> Lines:
        """Where lines start; found when first asked for."""
        if self._lines is None:
            self._lines = Lines.of(self.text)
        return self._lines

    def line(self, number: int) -> str:
        """A line's text, counted from 0, without its end; empty for a line that does not exist."""
        start, end = self.content(number)
        return self.text[start:end]

    def content(self, number: int) -> tuple[int, int]:
        """Where a line's text starts and ends, without its line end."""
        lines, text = self.lines, self.text
        start, end = lines.start(number), lines.start(number + 1)
        if number < 0 or number >= lines.count:
            return start, start
        if end > start and text[end - 1] == "\n":
            end -= 1
            if end > start and text[end - 1] == "\r":
                end -= 1
        elif end > start and text[end - 1] == "\r":
            end -= 1
        return start, end

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column from 0, in code points. Offsets outside the text are clamped."""
        offset = max(0, min(offset, len(self.text)))
        line = self.lines.at(offset)
        return line, offset - self.lines.start(line)

    def offset(self, line: int, column: int) -> int:
        """The offset of a position from 0; a column behind the line's text means its end, as LSP 3.17 says."""
        if line < 0:
            return 0
        start, end = self.content(line)
        return max(start, min(start + column, end))

    def edited(self, changes: Sequence[Change], version: int | None = None) -> Document:
        """The document after some changes. What lies outside the text is clamped."""
        text, lines = self.text, self.lines
        for change in changes:
            start, end, inserted = clamped(change, len(text))
            new = text[:start] + inserted + text[end:]
            lines = lines.edited(text, start, end, inserted, new)
            text = new
        document = Document(self.uri, text, self.language, version)
        document._lines = lines
        return document


def clamped(change: Change, length: int) -> Change:
    """A change that lies inside a text of this length."""
    start = max(0, min(change.start, length))
    return Change(start, max(start, min(change.end, length)), change.text)
