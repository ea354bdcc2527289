"""What stands around the cursor in code that is being written, and so is seldom complete: the open brackets, what they
belong to, and the string or comment the cursor is in.

Read from the text and not from a tree: a tree of half a statement says little of its other half.
"""

from __future__ import annotations

import re

from mcp_lsp_analyzers.record import NamedTuple, dataclass, field


class Frame(NamedTuple):
    """An open bracket. ``head``: the dotted name that stands before it ("mcp.tool", "def ping", or ""). ``decorator``:
    behind an ``@``. ``keys``: the names of arguments or members before the cursor; ``key``: the one whose value is
    being written, or "". ``position``: how many commas before the cursor."""

    bracket: str
    head: str
    decorator: bool
    keys: tuple[str, ...]
    key: str
    position: int
    start: int

    @property
    def called(self) -> str:
        """The last word of what is called."""
        return self.head.rpartition(".")[2] if self.bracket == "(" else ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """``frames``: the innermost first. ``quote``: the opening of the string that the cursor is in, or "". ``written``:
    the beginning of the word, or of the whole string, before the cursor, from ``start`` on. ``comment``: the text of
    the comment the cursor is in. ``fresh``: nothing but white space stands before the word in its line."""

    start: int
    written: str
    quote: str = ""
    comment: str | None = None
    frames: tuple[Frame, ...] = ()
    fresh: bool = False
    after: str = ""  # the sign before the word

    def frame(self, depth: int = 0) -> Frame:
        return self.frames[depth] if depth < len(self.frames) else _NONE


_NONE = Frame("", "", False, (), "", 0, 0)

_PYTHON = re.compile(
    r"(?P<space>\s+|\\\r?\n)"
    r"|(?P<comment>\#[^\r\n]*)"
    r'|(?P<string>(?P<prefix>[rbfuRBFU]{0,2})(?:(?P<quote>"""|' + "'''" + r")[\s\S]*?(?:(?P<closed>(?P=quote))|\Z)"
    r"|(?P<quote1>[\"'])(?:[^\\\r\n\"']|\\[\s\S]|(?!(?P=quote1))[\"'])*(?:(?P<closed1>(?P=quote1))|(?P<cut>[\r\n])|\Z)))"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<sign>==|!=|<=|>=|:=|->|[\s\S])"
)
_SCRIPT = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<comment>//[^\r\n]*|/\*[\s\S]*?(?:(?P<ended>\*/)|\Z))"
    r"|(?P<string>(?P<prefix>)(?:(?P<quote>`)(?:[^\\`]|\\[\s\S])*(?:(?P<closed>`)|\Z)"
    r"|(?P<quote1>[\"'])(?:[^\\\r\n\"']|\\[\s\S]|(?!(?P=quote1))[\"'])*(?:(?P<closed1>(?P=quote1))|(?P<cut>[\r\n])|\Z)))"
    r"|(?P<name>[^\W\d]\w*|\$\w*)"
    r"|(?P<sign>===|!==|==|!=|<=|>=|=>|\?\.|[\s\S])"
)
_CLOSING = {")": "(", "]": "[", "}": "{"}


@dataclass(slots=True)
class _Open:
    bracket: str
    head: str
    decorator: bool
    start: int
    keys: list[str] = field(default_factory=list)
    key: str = ""
    position: int = 0
    last: str = ""  # a name or string that may turn out to be a key


def cursor(text: str, start: int, offset: int, python: bool) -> Cursor:
    """What stands around ``offset``; reading begins at ``start``, where a statement does."""
    stack = [_Open("", "", False, start)]
    head, decorator, after = "", False, ""
    at = start
    for match in (_PYTHON if python else _SCRIPT).finditer(text, start, offset):
        kind, found, at = match.lastgroup or "", match.group(), match.start()
        top = stack[-1]
        if match["space"] is not None:
            continue
        if match["comment"] is not None:
            if match.end() == offset and not (not python and match["ended"]):
                return Cursor(at, found, comment=found, frames=_frames(stack), fresh=_fresh(text, at))
            continue
        if match["string"] is not None:
            quote = match["quote"] or match["quote1"]
            inside = at + len(match["prefix"]) + len(quote)
            if match.end() == offset and not (match["closed"] or match["closed1"] or match["cut"]):
                return Cursor(inside, text[inside:offset], quote, None, _frames(stack), False, after)
            top.last, head, after = found[len(match["prefix"]) + len(quote) : -len(quote)], "", quote
            continue
        if match["name"] is not None:
            if match.end() == offset:
                return Cursor(at, found, "", None, _frames(stack), _fresh(text, at), after)
            joined = head and (head.endswith(".") or head in ("def", "async", "function"))
            head = head + found if head.endswith(".") else f"{head} {found}" if joined else found
            if not joined:
                decorator = after == "@"
            top.last, after = found, "a"
            continue
        assert kind
        if found in "([{":
            stack.append(_Open(found, head, decorator and found == "(", at))
            head, decorator = "", False
        elif found in _CLOSING:
            while len(stack) > 1 and stack.pop().bracket != _CLOSING[found]:
                pass
            head = ""
        elif found in (".", "?."):
            head = f"{head}." if head else ""
        elif found == "," or (found == ";" and len(stack) > 1):
            top.position += 1
            top.key, top.last, head, decorator = "", "", "", False
        elif (found == "=" and top.bracket == "(" and python) or (found == ":" and top.bracket == "{"):
            if top.last and not top.key:
                top.key = top.last
                top.keys.append(top.last)
            head = ""
        else:
            head = ""
        after = found
    return Cursor(offset, "", "", None, _frames(stack), _fresh(text, offset), after)


def _frames(stack: list[_Open]) -> tuple[Frame, ...]:
    return tuple(
        Frame(o.bracket, o.head, o.decorator, tuple(o.keys), o.key, o.position, o.start) for o in reversed(stack[1:])
    )


def _fresh(text: str, at: int) -> bool:
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    return not text[start:at].strip()
