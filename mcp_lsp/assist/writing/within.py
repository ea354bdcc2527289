"""What stands around a place in JSON that is being written: the way there from the root, and whether a name or a value
is written. Read from the text: of JSON that is not whole yet a parser knows only what stands before the first mistake.
"""

from __future__ import annotations

import re

from mcp_lsp_analyzers.place import Span
from mcp_lsp_analyzers.record import NamedTuple

_TOKEN = re.compile(
    r'(?P<space>\s+|//[^\n]*|/\*[\s\S]*?(?:\*/|\Z))|(?P<text>"(?:[^"\\\n]|\\.)*"?)|(?P<word>[\w.+-]+)|.'
)


class Within(NamedTuple):
    """``path``: names and numbers from the root to the object or list around. ``name``: whether a member's name is
    written, else a value, of the member ``member`` ("" in a list). ``word``: what is written, with its quotes, where
    something is. ``others``: the names that the object around has besides. ``colon``: one follows already."""

    path: tuple[str | int, ...]
    name: bool
    member: str
    word: Span | None
    others: tuple[str, ...]
    colon: bool


class _Around:
    """An open bracket. ``at``: the member, or the number of the element, whose value comes."""

    def __init__(self, bracket: str) -> None:
        self.bracket = bracket
        self.at: str | int = "" if bracket == "{" else 0
        self.value = bracket == "["
        self.names: list[str] = []


def within(text: str, offset: int) -> Within | None:
    """``None`` outside of everything, and in a comment."""
    open_: list[_Around] = []
    inner: _Around | None = None
    found: Within | None = None
    written = ""
    for token in _TOKEN.finditer(text):
        kind, sign = token.lastgroup, token[0]
        if inner is None:
            here = kind in ("text", "word") and _holds(token, offset)
            if here or token.start() >= offset or (kind == "space" and token.end() > offset):
                if not open_ or sign[:1] == "/":
                    return None
                inner = open_[-1]
                found = _within(open_, Span(token.start(), token.end()) if here else None)
                if here and found.name:
                    written = sign.strip('"')
                    found = found._replace(member=written, colon=text[token.end() :].lstrip()[:1] == ":")
        if sign in ("{", "["):
            open_.append(_Around(sign))
        elif sign in ("}", "]"):
            if not open_ or open_.pop() is inner:
                break
        elif open_ and kind != "space":
            _step(open_[-1], sign, kind)
    if inner is None and open_ and offset >= len(text):
        inner = open_[-1]
        found = _within(open_, None)
    if found is None or inner is None:
        return None
    names = list(inner.names)
    if written in names:
        names.remove(written)
    return found._replace(others=tuple(names))


def _within(open_: list[_Around], word: Span | None) -> Within:
    inner = open_[-1]
    member = inner.at if isinstance(inner.at, str) and inner.value else ""
    return Within(tuple(each.at for each in open_[:-1]), not inner.value, member, word, (), False)


def _holds(token: re.Match[str], offset: int) -> bool:
    """Whether a word or text has an offset in it: behind a word, but not behind the closing quote of a text."""
    closed = token[0][-1] == '"' and len(token[0]) > 1 and token[0][-2:] != '\\"'
    return token.start() < offset < token.end() + (not closed)


def _step(around: _Around, sign: str, kind: str | None) -> None:
    if sign == ",":
        around.value = around.bracket == "["
        around.at = around.at + 1 if isinstance(around.at, int) else ""
    elif sign == ":" and around.bracket == "{":
        around.value = True
    elif kind == "text" and around.bracket == "{" and not around.value:
        around.at = sign.strip('"')
        around.names.append(around.at)
