"""From text to the bytes a parser gets, always as many as its UTF-8, and from their offsets back to code points."""

from __future__ import annotations

import re

from mcp_lsp_analyzers.pattern import pattern

_LONE_RETURN = pattern("\r(?!\n)")
_SURROGATE = pattern("[\ud800-\udfff]")
_WIDE = pattern(r"[^\x00-\x7f]")
# tree-sitter-python 0.25 keeps the stack of open indentations in 1,024 bytes, two for each, beside up to 255 open
# quotes, and writes behind their end (its issue 350): with some hundred levels the process dies. CPython allows 100.
_LEVELS = 150
_COLUMNS = 2000
# Shorter than this, indentation (a tab counts eight) cannot have that many levels.
_DEEP = pattern(rb"\n(?:[ \t\f]|\\\r?\n){19}")
# As many levels need a line with as many spaces, or a tab, a form feed, a continued line.
_SPACES = b" " * (_LEVELS - 1)
_CONTINUED = pattern(rb"\\[\r\n]")
_MARK = ord("0")
_INDENTED = pattern(rb"\n(?:[ \t\f]*\f)?([ \t]+)(?=[^ \t\f\r\n])")
_CONTINUED_BLANK = pattern(rb"(?<=\n)([ \t\f]*)\\(?=\r?\n)")


def encoded(text: str, language: str) -> bytes:
    """The text for the parser of a language. A lone ``\\r`` is a ``\\n``, lone surrogates are replaced, and lines of
    Python indented deeper than any Python reads are comments."""
    # tree-sitter's grammars know "\n" and "\r\n" only; Python and JavaScript know all three.
    if "\r" in text:
        text = _LONE_RETURN.sub("\n", text)
    try:
        data = text.encode()
    except UnicodeEncodeError:
        # A lone surrogate (JSON can carry one) and U+FFFD both take three bytes.
        data = _SURROGATE.sub("\ufffd", text).encode()
    if language == "python" and _may_be_deep(data):
        return _shallow(data)
    if _MODULE_TYPE in data and language in ("typescript", "tsx"):
        return _MODULE_TYPES.sub(_as_a_name, data)
    return data


# tree-sitter-typescript 0.23 does not know the type of a module where a call is given types, as tests have it:
# ``importOriginal<typeof import("./log.js")>()``. The name of a variable stands there as well.
_MODULE_TYPE = b"typeof import("
_MODULE_TYPES = pattern(rb"(?<=<)(\s*typeof )import\((?:\"[^\"\n\\]*\"|'[^'\n\\]*')\)(?=\s*>)")


def _as_a_name(found: re.Match[bytes]) -> bytes:
    return found[1] + b"_" * (len(found[0]) - len(found[1]))


def left_out(text: str) -> int | None:
    """Where the first line of Python begins that is too deep to be read; ``None``, nearly always: there is none."""
    data = text.encode("utf-8", "replace")  # "?" for each lone surrogate: offsets in characters stay
    if not _may_be_deep(data):
        return None
    kept = _shallow(data)
    at = next((i for i, (a, b) in enumerate(zip(data, kept, strict=True)) if a != b and b == _MARK), None)
    return None if at is None else len(data[:at].decode("utf-8"))


def _may_be_deep(data: bytes) -> bool:
    """Whether it is worth while to look at every line."""
    # In this order it mostly takes a tenth of the time of the expression, for every declaration of every file.
    if _SPACES in data or b"\t" in data or b"\f" in data or (b"\\" in data and _CONTINUED.search(data)):
        return _DEEP.search(data) is not None
    return False


def _shallow(data: bytes) -> bytes:
    if len(_CONTINUED_BLANK.findall(data)) > _LEVELS // 10:
        # Their indentation adds up to that of the line behind them.
        data = _CONTINUED_BLANK.sub(rb"\1 ", data)
    lines = [(line.start(1), line.end(), _columns(line.group(1))) for line in _INDENTED.finditer(data)]
    levels = sorted({columns for _, _, columns in lines})
    if not levels or (levels[-1] <= _COLUMNS and len(levels) <= _LEVELS):
        return data
    limit = min(_COLUMNS, levels[min(_LEVELS, len(levels)) - 1])
    changed = bytearray(data)
    for at, end, columns in lines:
        if columns > limit:
            # A statement and a comment, as deep as allowed: many lines of comments alone would be read again and again.
            width = 0
            while at < end and width + (8 if data[at] == 9 else 1) <= limit:
                width += 8 if data[at] == 9 else 1
                at += 1
            changed[at : at + 2] = b"0#"
    return bytes(changed)


def _columns(prefix: bytes) -> int:
    return len(prefix) + 7 * prefix.count(b"\t")


def wide_characters(text: str) -> tuple[list[int], list[int]]:
    """For each character beyond ASCII: the byte behind it, and by how much bytes are ahead of code points there."""
    behind, extra, ahead = [], [], 0
    for match in _WIDE.finditer(text):
        char, at = match.group(), match.start()
        ahead += 1 if char < "\u0800" else 2 if char < "\U00010000" else 3
        behind.append(at + ahead + 1)
        extra.append(ahead)
    return behind, extra
