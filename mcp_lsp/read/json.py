"""JSON as expressions of `code`, with the place of every value: what the standard library's parser does not tell.

Stops at the first thing that is no JSON; what was read until then is there, and the unit is ``broken``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from mcp_lsp_analyzers.code import Const, Dict, Do, Expr, Items, Pair, Str, Unit
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Anchor

_SPACE = pattern(r"[ \t\r\n]*")
_PLAIN = pattern(r'[^"\\\x00-\x1f]+')
_NUMBER = pattern(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_ESCAPE = pattern(r'\\(?:(["\\/bfnrt])|u([0-9a-fA-F]{4}))')
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS = (("true", True), ("false", False), ("null", None))
_DEEPEST = 200


class _Broken(Exception):
    """Something that is no JSON."""


def unit(text: str, anchor: Anchor, *, several: bool = False) -> Unit:
    """A whole document as one unit with one statement; where there may be ``several`` values one after the other (JSON
    Lines), with one for each. Never fails, see ``broken``."""
    made = Unit(text, anchor)
    parser = _Parser(text)
    found: list[Expr] = []
    try:
        parser.value(0, found.append)
        while several and parser.after_space() != len(text):
            parser.value(0, found.append)
        made.broken = parser.after_space() != len(text)
    except _Broken:
        made.broken = True
    made.statements += [Do(value.start, value.end, value) for value in found]
    made.strings = parser.strings
    return made


_COMMENT = pattern(r'"(?:[^"\\\n]|\\.)*"?|//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)|,(?=(?:\s|//[^\n]*|/\*[\s\S]*?\*/)*[\]}])')


def plain(text: str) -> str:
    """JSON with comments and commas at the end, as editors keep their settings, as JSON of the same length."""
    return _COMMENT.sub(lambda m: m[0] if m[0][0] == '"' else re.sub(r"[^\n]", " ", m[0]), text)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0
        self.strings: list[Str] = []

    def after_space(self) -> int:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at

    def value(self, depth: int, put: Callable[[Expr], None]) -> None:
        """Read one value and ``put`` it; lists and objects before what is in them, so that an error there loses only
        what follows."""
        start = self.after_space()
        char = self.text[start : start + 1]
        if depth > _DEEPEST:
            raise _Broken
        if char == "{":
            self.object(depth, put)
            return
        if char == "[":
            self.array(depth, put)
            return
        if char == '"':
            string = self.string()
            self.strings.append(string)
            put(string)
            return
        for word, value in _WORDS:
            if self.text.startswith(word, start):
                self.at = start + len(word)
                put(Const(start, self.at, value))
                return
        number = _NUMBER.match(self.text, start)
        if number is None:
            raise _Broken
        self.at = number.end()
        digits = number.group()
        put(Const(start, self.at, int(digits[:400]) if digits.lstrip("-").isdigit() else float(digits)))

    def object(self, depth: int, put: Callable[[Expr], None]) -> None:
        made = Dict(self.at, len(self.text), [])
        put(made)
        self.at += 1
        while not self.closes("}", bool(made.pairs)):
            start = self.after_space()
            key = self.string()
            if self.text[self.after_space() : self.at + 1] != ":":
                raise _Broken
            self.at += 1
            self.value(depth + 1, lambda value, k=key, s=start: made.pairs.append(Pair(s, value.end, k, value)))  # type: ignore[misc]
            made.pairs[-1].end = self.at
        made.end = self.at

    def array(self, depth: int, put: Callable[[Expr], None]) -> None:
        made = Items(self.at, len(self.text), "list", [])
        put(made)
        self.at += 1
        while not self.closes("]", bool(made.items)):
            self.value(depth + 1, made.items.append)
        made.end = self.at

    def closes(self, bracket: str, some: bool) -> bool:
        """Whether the bracket comes next; takes the comma before a further element."""
        char = self.text[self.after_space() : self.at + 1]
        if char == bracket:
            self.at += 1
            return True
        if some:
            if char != ",":
                raise _Broken
            self.at += 1
        return False

    def string(self) -> Str:
        text, start = self.text, self.at
        if text[start : start + 1] != '"':
            raise _Broken
        at = start + 1
        value: list[str] = []
        pieces: list[tuple[int, int, int, int]] = []
        length = 0
        while True:
            plain = _PLAIN.match(text, at)
            if plain is not None:
                run = plain.group()
                value.append(run)
                pieces.append((length, length + len(run), at, plain.end()))
                length += len(run)
                at = plain.end()
            if text[at : at + 1] == '"':
                break
            escape = _ESCAPE.match(text, at)
            if escape is None:
                raise _Broken
            end = escape.end()
            if escape.group(1):
                char = _ESCAPES[escape.group(1)]
            else:
                char = chr(int(escape.group(2), 16))
                low = _ESCAPE.match(text, end)
                if "\ud800" <= char <= "\udbff" and low and low.group(2) and low.group(2)[:2].lower() in _LOW:
                    code = 0x10000 + ((ord(char) - 0xD800) << 10) + int(low.group(2), 16) - 0xDC00
                    char, end = chr(code), low.end()
            value.append(char)
            pieces.append((length, length + 1, at, end))
            length += 1
            at = end
        self.at = at + 1
        return Str(start, self.at, "".join(value), tuple(pieces))


_LOW = frozenset(("dc", "dd", "de", "df"))
