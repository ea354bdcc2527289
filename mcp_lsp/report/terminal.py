"""Text on a terminal: colours where they are wanted, and nothing that a scanned file could do to the screen."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TextIO

from mcp_lsp_analyzers.pattern import pattern

# Control characters, what has no width, what turns the direction of writing, surrogates, tags and the rest of what
# hides: a scanned text shows up as what it is, and can neither move the cursor nor look like something else.
HIDDEN = pattern(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "information": "1;34",
    "hint": "1;36",
    "dim": "2",
    "bold": "1",
    "gutter": "1;34",
    "added": "32",
    "removed": "31",
}


class Style:
    """Colours words, or leaves them alone."""

    __slots__ = ("colours",)

    def __init__(self, colours: bool = False) -> None:
        self.colours = colours

    def __call__(self, kind: str, text: str) -> str:
        return f"\x1b[{_CODES[kind]}m{text}\x1b[0m" if self.colours and text else text


def wants_colours(stream: TextIO, asked: str = "auto") -> bool:
    """Whether to colour what goes to ``stream``: what was asked for, else ``NO_COLOR``, ``FORCE_COLOR``, a terminal."""
    if asked != "auto":
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


# Nearly every line is this plain, and then nothing about it has to be worked out.
_PLAIN = pattern("[ -~]*")


def visible(text: str) -> str:
    """``text`` with everything that hides or commands written out as ``<U+202E>``. Tabs stay."""
    if _PLAIN.fullmatch(text):
        return text
    return HIDDEN.sub(lambda m: f"<U+{ord(m[0]):04X}>", text)


def columns(text: str) -> Sequence[int]:
    """At which terminal column each character of a line starts, as `drawn` draws it; one more for the end."""
    if _PLAIN.fullmatch(text):
        return range(len(text) + 1)
    found, at = [], 0
    plain = text.isascii()
    for char in text:
        found.append(at)
        if char == "\t":
            at += 4 - at % 4
        elif HIDDEN.match(char):
            at += len(visible(char))
        elif plain:
            at += 1
        else:
            at += _width(char)
    found.append(at)
    return found


def drawn(text: str) -> str:
    """A line as it is put on the terminal: tabs to every fourth column, hidden characters written out."""
    if _PLAIN.fullmatch(text):
        return text
    out = []
    for char, start, end in zip(text, found := columns(text), found[1:], strict=False):
        out.append(" " * (end - start) if char == "\t" else visible(char))
    return "".join(out)


def _width(char: str) -> int:
    import unicodedata  # only for lines that are not ASCII

    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
