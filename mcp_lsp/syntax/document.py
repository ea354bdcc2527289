"""A text with a name, immutable, and the edits that lead from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

from mcp_lsp_analyzers.record import NamedTuple

from .lines import Lines

# Typing goes on near to where it was; further away the whole text is put together first. As far as this, copying what
# lies between costs less.
_NEAR = 2000
_MOST = 20_000


class Change(NamedTuple):
    """``[start, end)`` becomes ``text``. Code points, each change relative to the text after the previous one."""

    start: int
    end: int
    text: str


class Document:
    """One version of one file. Immutable; `edited` makes the next one. Offsets are code points.

    An edited document is its ancestor's text with a hole and what fills it: copying megabytes for each keystroke would
    cost more than parsing. ``text`` puts it together when somebody asks for it; ``slice`` and ``length`` do not.
    """

    __slots__ = ("_base", "_end", "_filling", "_lines", "_start", "ascii", "language", "length", "uri", "version")

    uri: str
    language: str | None
    version: int | None
    length: int
    ascii: bool
    """Whether the text is known to be ASCII only."""

    def __init__(self, uri: str, text: str, language: str | None, version: int | None = None) -> None:
        self.uri = uri
        self.language = language
        self.version = version
        self.length = len(text)
        self.ascii = text.isascii()
        self._base = text
        self._start = self._end = -1  # the hole in the base; -1 if there is none
        self._filling = ""
        self._lines: Lines | None = None

    def __repr__(self) -> str:
        return f"Document({self.uri!r}, {self.length} characters, {self.language!r}, version={self.version!r})"

    @property
    def text(self) -> str:
        if self._start >= 0:
            self._base = "".join((self._base[: self._start], self._filling, self._base[self._end :]))
            self._start = self._end = -1
            self._filling = ""
            self.ascii = self._base.isascii()
        return self._base

    def slice(self, start: int, end: int) -> str:
        """``text[start:end]``, for ``0 <= start <= end``."""
        hole = self._start
        if hole < 0 or end <= hole:
            return self._base[start:end]
        filled = hole + len(self._filling)
        moved = self._end - filled
        if start >= filled:
            return self._base[start + moved : end + moved]
        if start >= hole and end <= filled:
            return self._filling[start - hole : end - hole]
        middle = self._filling[max(start - hole, 0) : end - hole]
        return self._base[start : max(hole, start)] + middle + self._base[self._end : max(end, filled) + moved]

    @property
    def lines(self) -> Lines:
        """Where lines start; found when first asked for."""
        if self._lines is None:
            self._lines = Lines.of(self.text)
        return self._lines

    def line(self, number: int) -> str:
        """A line's text, counted from 0, without its end; empty for a line that does not exist."""
        return self.slice(*self.content(number))

    def content(self, number: int) -> tuple[int, int]:
        """Where a line's text starts and ends, without its line end."""
        lines = self.lines
        start = lines.start(number)
        if number < 0 or number >= lines.count:
            return start, start
        end = lines.start(number + 1)
        if number + 1 < lines.count:
            last = self.slice(max(end - 2, start), end)
            end -= 2 if last == "\r\n" else 1
        return start, end

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column from 0, in code points. Offsets outside the text are clamped."""
        offset = max(0, min(offset, self.length))
        lines = self.lines
        line = lines.at(offset)
        return line, offset - lines.start(line)

    def offset(self, line: int, column: int) -> int:
        """The offset of a position from 0; a column behind the line's text means its end, as LSP 3.17 says."""
        if line < 0:
            return 0
        start, end = self.content(line)
        return max(start, min(start + column, end))

    def edited(self, changes: Sequence[Change], version: int | None = None) -> Document:
        """The document after some changes. What lies outside the text is clamped."""
        document = Document.__new__(Document)
        document.uri, document.language, document.version = self.uri, self.language, version
        document.length, document.ascii = self.length, self.ascii
        document._base, document._filling = self._base, self._filling
        document._start, document._end = self._start, self._end
        lines = self.lines
        for change in changes:
            start, end, inserted = clamped(change, document.length)
            before = document.slice(start - 1, start) if start else ""
            lines = lines.edited(start, end, inserted, before, document.slice(end, end + 1))
            document._fill(start, end, inserted)
        document._lines = lines
        return document

    def _fill(self, start: int, end: int, inserted: str) -> None:
        """Change the text. Only for a document nobody else has seen."""
        hole, filled = self._start, self._start + len(self._filling)
        if hole >= 0 and (start > filled + _NEAR or end < hole - _NEAR or len(self._filling) > _MOST):
            hole = -1
            _ = self.text
        if hole < 0:
            self._start, self._end, self._filling = start, end, inserted
        else:
            first, last = min(start, hole), max(end, filled)
            filling = self.slice(first, start) + inserted + self.slice(end, last)
            self._start, self._end, self._filling = first, self._end + last - filled, filling
        self.length += len(inserted) - (end - start)
        self.ascii = self.ascii and inserted.isascii()


def clamped(change: Change, length: int) -> Change:
    """A change that lies inside a text of this length."""
    start = max(0, min(change.start, length))
    return Change(start, max(start, min(change.end, length)), change.text)
