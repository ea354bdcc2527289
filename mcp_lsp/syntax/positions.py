"""Between our offsets and a client's lines and characters, in each encoding LSP 3.17 allows."""

from __future__ import annotations

from .document import Document


def to_client(document: Document, offset: int, encoding: str) -> tuple[int, int]:
    """Line and character from 0. An offset outside the text is clamped, one inside a ``\\r\\n`` means before it."""
    offset = max(0, min(offset, document.length))
    line = document.lines.at(offset)
    start = document.lines.start(line)
    if offset > start and document.slice(offset - 1, offset + 1) == "\r\n":
        offset -= 1
    if document.ascii or encoding == "utf-32":
        return line, offset - start
    return line, width(document.slice(start, offset), encoding)


def from_client(document: Document, line: int, character: int, encoding: str) -> int:
    """The offset of a client's position. One behind the line means its end, one inside a character means its start."""
    if line < 0:
        return 0
    start, end = document.content(line)
    if character <= 0 or start == end:
        return start
    if document.ascii or encoding == "utf-32":
        return min(start + character, end)
    # No character is less than one unit long, so what is looked for lies within the next `character` ones.
    part = document.slice(start, min(end, start + character))
    if part.isascii():
        return start + len(part)
    if encoding == "utf-8":
        found = part.encode("utf-8", "surrogatepass")[:character]
        # A character that is cut in two is left out, lone surrogates kept.
        while found and (found[-1] & 0xC0) == 0x80:
            if _whole(found):
                break
            found = found[:-1]
        if found and found[-1] >= 0xC0:
            found = found[:-1]
        return start + len(found.decode("utf-8", "surrogatepass"))
    seen = 0
    for i, char in enumerate(part):
        seen += 2 if char > "\uffff" else 1
        if seen > character:
            return start + i
    return start + len(part)


def _whole(data: bytes) -> bool:
    """Whether UTF-8 data ends with a whole character."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte & 0xC0 != 0x80:
            return back == (1 if byte < 0x80 else 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4)
    return False


def width(text: str, encoding: str) -> int:
    """How many units of an encoding a text takes."""
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
