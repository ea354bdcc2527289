"""Edits collected while a fix is rendered: all relative to the text as it is, cut down to what really changes."""

from __future__ import annotations

from mcp_lsp.syntax import Change
from mcp_lsp_analyzers.pattern import pattern

_END = pattern(r"\r\n?|\n")


def newline_of(text: str) -> str:
    """How the lines of a text end: in two characters where any of them does."""
    return "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"


class Draft:
    """Edits to one text. Their order does not matter, except that insertions at one place keep theirs. Lines that are
    written end as those of the text do."""

    __slots__ = ("_edits", "_newline", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._edits: list[tuple[int, int, int, str]] = []
        ends = set(_END.findall(text)) if "\r" in text else {"\n"}
        self._newline = ends.pop() if len(ends) == 1 else ""

    def replace(self, start: int, end: int, new: str, rank: int = 0) -> None:
        """``text[start:end]`` becomes ``new``; what is equal at both ends is left alone."""
        old, new = self.text[start:end], self._ended(new)
        if old == new:
            return
        while old and new and old[-1] == new[-1]:
            old, new, end = old[:-1], new[:-1], end - 1
        while old and new and old[0] == new[0]:
            old, new, start = old[1:], new[1:], start + 1
        self._edits.append((start, end, rank, new))

    def insert(self, at: int, new: str, rank: int = 0) -> None:
        """Insertions at one place stand in the order of their ranks, then in that in which they were made."""
        if new:
            self._edits.append((at, at, rank, self._ended(new)))

    def _ended(self, new: str) -> str:
        return _END.sub(self._newline, new) if self._newline and self._newline != "\n" else new

    def changes(self) -> list[Change] | None:
        """From the end of the text to its start, so that each is right both against the text as it was and against
        the text after the ones before it. ``None`` where two edits want the same characters, or where there is none."""
        if not self._edits:
            return None
        merged: list[tuple[int, int, str]] = []
        for start, end, _, new in sorted(self._edits, key=lambda e: e[:3]):
            if merged and start < merged[-1][1]:
                return None
            if merged and start == merged[-1][1]:
                merged[-1] = (merged[-1][0], end, merged[-1][2] + new)
            else:
                merged.append((start, end, new))
        return [Change(start, end, new) for start, end, new in reversed(merged)]


def applied(text: str, changes: list[Change]) -> str:
    """The text with changes as `Draft.changes` gives them."""
    for change in changes:
        text = text[: change.start] + change.text + text[change.end :]
    return text
