"""What stands in for missing brackets and quotes while a text is half typed, so that a parser goes on behind them.

A mend never changes a text's length in bytes: closing characters take the place of white space behind the last word,
else of its last letters; where neither is possible the opening character is blanked. So every node of the mended text
stands where it stands in the document.
"""

from __future__ import annotations

from collections.abc import Sequence

from mcp_lsp_analyzers.record import NamedTuple

CLOSING = {
    "(": ")", "[": "]", "{": "}", "${": "}", '"': '"', "'": "'", "`": "`", '"""': '"""', "'''": "'''", "/*": "*/",
}  # fmt: skip
OPENING = {")": "(", "]": "[", "}": "{"}
# What is left open deeper than this is blanked at once: trying would take the square of the depth.
_DEEP = 60
_SPACE = " \t\r\n\f"
# Taking the place of one of these would open or close something else.
_KEPT = frozenset("()[]{}\"'`\\#\r\n")


class Open(NamedTuple):
    """Something opened and not yet closed: what, where, and how far its line is indented."""

    what: str
    at: int
    indent: int


class Mends(dict[int, str]):
    """Which character (by its offset) another one stands in for. All of them are ASCII."""

    def blank(self, at: int, length: int = 1) -> None:
        for i in range(at, at + length):
            self[i] = " "

    def close(self, text: str, opened: Sequence[Open], end: int, lines: bool) -> None:
        """Close what is open (the innermost last) at ``end``, the end of the last word. ``lines``: line ends and
        indentation mean something, as in Python; elsewhere a line end is kept or put behind what closes."""
        room = self._room(text, end, lines)
        pending = list(opened)
        while len(pending) > _DEEP:
            innermost = pending.pop()
            self.blank(innermost.at, len(innermost.what))
        while pending:
            need = "".join(CLOSING[each.what] for each in reversed(pending))
            innermost = pending[-1]
            floor = innermost.at + len(innermost.what)
            short = max(len(need) + (0 if lines else 1) - room, 0)
            if short and not lines and not self._takes(text, floor, end, short):
                short -= 1  # rather no line end than no end at all
            if self._takes(text, floor, end, short):
                at = end - short
                for i, char in enumerate(need):
                    self[at + i] = char
                at += len(need)
                if not lines and at < end + room and "\n" not in text[at : end + room]:
                    self[at] = "\n"
                return
            self.blank(innermost.at, len(innermost.what))
            pending.pop()

    def _room(self, text: str, end: int, lines: bool) -> int:
        """How many characters of white space behind ``end`` can be spared."""
        stop, size = end, len(text)
        while stop < size and text[stop] in _SPACE and stop not in self:
            stop += 1
        if stop < size and lines:
            last = max(text.rfind("\n", end, stop), text.rfind("\r", end, stop))
            if last >= 0:
                return last - end
        return stop - end

    def _takes(self, text: str, floor: int, end: int, count: int) -> bool:
        """Whether the last ``count`` characters before ``end`` can be taken."""
        if end - count < floor:
            return False
        return not any(text[i] in _KEPT or i in self for i in range(end - count, end))

    def applied(self, text: str) -> str:
        """The mended text: as many bytes of UTF-8 as ``text``, character for character."""
        if not self:
            return text
        parts, last = [], 0
        for at in sorted(self):
            char = text[at]
            parts.append(text[last:at])
            parts.append(self[at])
            if char > "\x7f":
                parts.append(" " * (1 if char < "\u0800" else 2 if char < "\U00010000" else 3))
            last = at + 1
        parts.append(text[last:])
        return "".join(parts)


class Scan(NamedTuple):
    """One statement: where the next one starts, what has to be mended in this one, and whether its end was guessed."""

    end: int
    mends: Mends
    guessed: bool


def word_end(text: str, at: int, floor: int, comments: Sequence[tuple[int, int]]) -> int:
    """The end of the last code before ``at``, with white space and ``comments`` (start, end; in order) left out."""
    left = len(comments)
    while True:
        while at > floor and text[at - 1] in _SPACE:
            at -= 1
        if left and comments[left - 1][1] == at:
            left -= 1
            at = comments[left][0]
        else:
            return at


def indentation(text: str, at: int) -> int:
    """How far an offset is from the start of its line; no further than anybody indents, as lines may be megabytes."""
    floor = max(0, at - 400)
    return at - max(text.rfind("\n", floor, at), text.rfind("\r", floor, at), floor - 1) - 1
