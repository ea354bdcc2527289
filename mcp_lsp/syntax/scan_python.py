"""Where top-level statements of Python begin, told from the text alone: for files that do not parse.

Brackets and quotes are followed as Python does, but what is left open ends where the layout says so: at a line that
is indented no further than the one that opened it, or that begins with a word only a new statement can begin with.
"""

from __future__ import annotations

import re

from mcp_lsp_analyzers.pattern import pattern

from .mending import OPENING, Mends, Open, Scan, indentation, word_end

_TOKEN = pattern(
    r"""
      \#[^\r\n]*
    | \"\"\" | '''
    | "[^"\\\r\n]*(?:\\(?:\r\n|[\s\S])[^"\\\r\n]*)*(")?
    | '[^'\\\r\n]*(?:\\(?:\r\n|[\s\S])[^'\\\r\n]*)*(')?
    | [()\[\]{}]
    | \\(?:\r\n?|\n)
    | (?:\r\n?|\n)[ \t\f]*(?=[^ \t\r\n\f\#])
    """,
    re.VERBOSE,
)
_TRIVIA = pattern(r"(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n))*[ \t\f\ufeff]*")
_GOES_ON = pattern(r"(?:else|elif|except|finally)\b|[)\]}]")
_DECORATED = pattern(r"@|def\b|class\b|async\b")
_MARGIN = pattern(r"[\r\n](?=[^ \t\r\n\f#)\]}])(?!(?:else|elif|except|finally)\b)")
_DEFINES = pattern(r"^(?:async|def|class)\b", re.MULTILINE)
# In brackets none of these can begin a line. Words that comprehensions and conditions use are absent.
_ONLY_STATEMENT = pattern(
    r"(?:(?:async[ \t]+)?def[ \t]+\w|class[ \t]+\w+[ \t]*[(:]|import[ \t]+\w|from[ \t]+[\w.]+[ \t]+import\b"
    r"|(?:return|raise|pass|break|continue|assert|del|global|nonlocal|while|with|try|except|finally|elif)\b"
    r"(?![ \t]*[=,)\].]))"
)
_HARD = pattern(r"^([ \t]*)(?:@\w|(?:async[ \t]+)?def[ \t]+\w|class[ \t]+\w+[ \t]*[(:])", re.MULTILINE)
_QUOTES = {'"""': re.compile(r'\\[\s\S]|"""'), "'''": re.compile(r"\\[\s\S]|'''")}
_HEADER = pattern(r"(?:\)|^[ \t]*class\b.*|->[^\n]*):[ \t]*(?:#.*)?$")
_OPENS = pattern(r"(?:[=(\[{,+:]|\breturn)[ \t]*[rRbBuUfF]{0,2}$")
_CODE_LINE = pattern(
    r"(?:\r\n?|\n)(?=[ \t]*(?:[\r\n]|\Z|@\w|(?:return|raise|def|class|async|import|pass|try)\b"
    r"|from[ \t]+\S+[ \t]+import\b|(?:if|for|while|with)\b[^\r\n]*:[ \t]*[\r\n]|[A-Za-z_][\w.]*[ \t]*(?:=[^=]|\()))"
)
_FORMATS = pattern(r"[\s\S]?[fFtT]|[fFtT][rR]")
# Only the start of a line can begin a statement.
LINES = True


def statement(text: str, start: int) -> Scan:
    """The statement at ``start``, which begins a line, with the comments and blank lines before it."""
    mends = Mends()
    stack: list[Open] = []
    comments: list[tuple[int, int]] = []
    guessed = False
    pos = _TRIVIA.match(text, start).end()  # type: ignore[union-attr]  # matches everywhere
    decorated = text.startswith("@", pos)
    indent = indentation(text, pos)
    block = block_next = -1  # comment lines at the margin, and where the line behind them starts
    search = _TOKEN.search
    while True:
        token = search(text, pos)
        if token is None:
            break
        at, pos = token.span()
        char = text[at]
        if char == "\n" or char == "\r":
            indent = pos - at - (2 if text.startswith("\r\n", at) else 1)
            if stack:
                closes, guess = _left_open(text, pos, indent, stack)
                if closes:
                    guessed |= guess
                    mends.close(text, stack[-closes:], word_end(text, at, start, comments), True)
                    del stack[-closes:]
            comments.clear()
            if stack or indent or _GOES_ON.match(text, pos):
                continue
            if decorated and _DECORATED.match(text, pos):
                decorated = text[pos] == "@"
                continue
            end = block if block_next == pos else pos
            return Scan(end, mends, guessed)
        elif char == "#":
            comments.append((at, pos))
            if at == 0 or text[at - 1] in "\r\n":
                if block_next != at:
                    block = at
                block_next = pos + (2 if text.startswith("\r\n", pos) else 1)
        elif char in "([{":
            stack.append(Open(char, at, indent))
        elif char in ")]}":
            _shut(char, at, stack, mends)
        elif char == "\\":
            continue
        elif pos - at == 3 and text.startswith(char * 3, at):
            close, doubt = _triple(text, at, char * 3, indent)
            guessed |= doubt
            if close is None:
                stack.append(Open(char * 3, at, indent))
                code = _CODE_LINE.search(text, pos)
                pos = code.start() if code else len(text)
                comments.clear()
            else:
                pos = close
        else:
            if token.lastindex is None:
                stack.append(Open(char, at, indent))
                comments.clear()
            if "{" in token.group() and _FORMATS.fullmatch(text, max(at - 2, 0), at):
                _fill(text, at, pos, mends)
    if stack:
        mends.close(text, stack, word_end(text, len(text), start, comments), True)
    return Scan(len(text), mends, guessed)


def balanced(text: str, start: int, end: int) -> bool:
    """Whether each bracket and quote in ``text[start:end]`` has its counterpart there."""
    stack: list[str] = []
    pos = start
    while True:
        token = _TOKEN.search(text, pos, end)
        if token is None:
            return not stack
        at, pos = token.span()
        char = text[at]
        if char in "([{":
            stack.append(char)
        elif char in ")]}":
            if not stack or stack.pop() != OPENING[char]:
                return False
        elif pos - at == 3 and text.startswith(char * 3, at):
            close = _closing(text, at, char * 3)
            if close is None or close > end:
                return False
            pos = close
        elif char in "\"'" and token.lastindex is None:
            return False


def plain_end(text: str, start: int, limit: int) -> int | None:
    """Where the next statement would start if the text were right, brackets and quotes closed where they are.
    ``None`` if that is not before ``limit``."""
    pos = _TRIVIA.match(text, start).end()  # type: ignore[union-attr]  # matches everywhere
    decorated = text.startswith("@", pos)
    stack: list[str] = []
    block = block_next = -1
    while pos < limit:
        token = _TOKEN.search(text, pos)
        if token is None:
            return None if stack else len(text)
        at, pos = token.span()
        char = text[at]
        if char == "\n" or char == "\r":
            if stack or text[pos - 1] not in "\r\n" or _GOES_ON.match(text, pos):
                continue
            if decorated and _DECORATED.match(text, pos):
                decorated = text[pos] == "@"
                continue
            return block if block_next == pos else pos
        if char == "#":
            if at == 0 or text[at - 1] in "\r\n":
                if block_next != at:
                    block = at
                block_next = pos + (2 if text.startswith("\r\n", pos) else 1)
        elif char in "([{":
            stack.append(char)
        elif char in ")]}":
            if not stack or stack.pop() != OPENING[char]:
                return None
        elif pos - at == 3 and text.startswith(char * 3, at):
            end = _closing(text, at, char * 3)
            if end is None:
                return None
            pos = end
        elif token.lastindex is None and char != "\\":
            return None
    return None


def doubtful(text: str, start: int, end: int) -> bool:
    """Whether a statement that `plain_end` found looks like more than one."""
    begin = _TRIVIA.match(text, start).end()  # type: ignore[union-attr]  # matches everywhere
    if text.startswith("@", begin):
        defines = _DEFINES.search(text, begin, end)
        begin = defines.end() if defines else begin
    return _MARGIN.search(text, begin, end) is not None


def goes_on(text: str, above: str) -> bool:
    """Whether a text goes on with the statement above it."""
    return _GOES_ON.match(text, _TRIVIA.match(text).end()) is not None  # type: ignore[union-attr]  # matches everywhere


def waits(text: str) -> bool:
    """Whether a text ends with something that needs the statement behind it: decorators, a backslash."""
    if text.rstrip("\r\n").endswith("\\"):
        return True
    last = text.rfind("\n@")
    last = last + 1 if last >= 0 else 0
    return text.startswith("@", last) and _DEFINES.search(text, last) is None


def _left_open(text: str, line: int, indent: int, stack: list[Open]) -> tuple[int, bool]:
    """At a line inside brackets or behind an open quote: how much was left open, and whether that is a guess."""
    if _ONLY_STATEMENT.match(text, line):
        return len(stack), False
    quotes = closes = 1 if stack[-1].what[0] in "\"'" else 0
    if text[line] in ")]}":
        while len(stack) - closes > 1 and stack[-1 - closes].indent > indent:
            closes += 1
    elif indent <= stack[0].indent:
        closes = len(stack)
    else:
        while len(stack) - closes > 1 and indent <= stack[-1 - closes].indent:
            closes += 1
    return closes, closes > quotes


def _shut(char: str, at: int, stack: list[Open], mends: Mends) -> None:
    """A closing bracket."""
    wanted = OPENING[char]
    for back in range(1, min(len(stack), 100) + 1):  # deeper than anybody nests brackets that do not fit
        if stack[-back].what == wanted:
            for left_open in stack[len(stack) - back + 1 :]:
                mends.blank(left_open.at)
            del stack[-back:]
            return
    mends.blank(at)


def _closing(text: str, at: int, quotes: str) -> int | None:
    for found in _QUOTES[quotes].finditer(text, at + 3):
        if found.end() - found.start() == 3:
            return found.end()
    return None


def _triple(text: str, at: int, quotes: str, indent: int) -> tuple[int | None, bool]:
    """Where a string in three quotes ends, ``None`` if it was left open; and whether that is a guess."""
    end = _closing(text, at, quotes)
    if end is None:
        return None, False
    behind = text[end : end + 1]
    if behind.isalnum() or behind == "_":
        return None, True  # what looks like its end opens the next one
    line = max(text.rfind("\n", at, end), text.rfind("\r", at, end)) + 1
    if not line:
        return end, False
    before = text[line : end - 3]
    if not before.strip():
        above = text[at + 3 : line].rstrip()
        if _HEADER.search(above[max(above.rfind("\n"), above.rfind("\r")) + 1 :]):
            return None, True  # quotes directly under the head of a function open its docstring
    elif (not behind or behind in "\r\n\\") and _OPENS.search(before):
        return None, True
    if not text[at - indentation(text, at) : at].strip(" \trRbBuUfF"):
        # The lines of a docstring are indented as far as its quotes.
        for hard in _HARD.finditer(text, at, end):
            if hard.start() > at and hard.end(1) - hard.start() <= indent:
                return None, True
    return end, False


def _fill(text: str, start: int, end: int, mends: Mends) -> None:
    """Blank the last brace of an f-string, closed or not, that has more opened than closed."""
    inside = text[start + 1 : end]
    if inside.count("{") > inside.count("}") and not (text[end : end + 1].isalnum() or text[end : end + 1] == "_"):
        brace = inside.replace("{{", "  ").rfind("{")
        if brace >= 0:
            mends.blank(start + 1 + brace)
