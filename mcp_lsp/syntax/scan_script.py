"""Where top-level statements of TypeScript and JavaScript begin, told from the text alone: for files that do not parse.

The same idea as for Python: brackets, strings, templates and regular expressions are followed as the language does, and
what is left open ends where the layout says so.
"""

from __future__ import annotations

import re

from mcp_lsp_analyzers.pattern import pattern

from .mending import OPENING, Mends, Open, Scan, indentation, word_end

_TOKEN = pattern(
    r"""
      //[^\r\n\u2028\u2029]*
    | /\*
    | "[^"\\\r\n]*(?:\\(?:\r\n|[\s\S])[^"\\\r\n]*)*(")?
    | '[^'\\\r\n]*(?:\\(?:\r\n|[\s\S])[^'\\\r\n]*)*(')?
    | [`()\[\]{}/]
    | (?:\r\n?|\n)[ \t\f\v\xa0\ufeff]*(?=[^ \t\r\n\f\v\xa0\ufeff])(?!//|/\*)
    """,
    re.VERBOSE,
)
_TRIVIA = pattern(r"(?:[ \t\f\v\xa0\ufeff\r\n]+|//[^\r\n\u2028\u2029]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)*")
_TEMPLATE = pattern(r"\\[\s\S]|`|\$\{")
_REGEX = pattern(r"/(?![*/])(?:[^/\\\[\r\n]|\\[^\r\n]|\[(?:[^\]\\\r\n]|\\[^\r\n])*\])+/[a-z]*")
_WORD_BEFORE = pattern(
    r"(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|do|else|instanceof|yield|await)$"
)
# A line at the margin that begins so goes on with the statement before it.
_GOES_ON = pattern(
    r"[)\]}.,;?:*/%&|^<>=~(\[`{]|[+-](?![+-])|!="
    r"|(?:else|catch|finally|in|of|instanceof|as|satisfies|extends|implements|from)\b(?![ \t]*[=(.])"
)
# And so ends a line whose statement goes on.
_UNFINISHED = pattern(r"(?:[=(\[{,:?*%&|^<.]|=>|(?<!\+)\+|(?<!-)-)$")
_DECORATED = pattern(r"@|(?:class|export|abstract|default|declare)\b")
_STATEMENT = (
    r"(?:import\b(?!\s*[(.])|export\b|(?:const|let|var)[ \t]+[\w$\[{]|(?:async[ \t]+)?function\b"
    r"|(?:abstract[ \t]+)?class[ \t]+\w|interface[ \t]+\w|type[ \t]+\w+[^=\r\n]*=|(?:const[ \t]+)?enum[ \t]+\w"
    r"|declare[ \t]|namespace[ \t]+\w)"
)
_HARD = pattern(_STATEMENT + r"|@\w")
# In round or square brackets none of these can begin a line (a function can).
_ONLY_STATEMENT = pattern(
    r"(?:import\b(?!\s*[(.])|export\b|(?:const|let|var)[ \t]+[\w$\[{]|interface[ \t]+\w|type[ \t]+\w+[^=\r\n]*=[^>]"
    r"|(?:return|throw|try|break|continue|case)\b(?![ \t]*[:(,=)])|default[ \t]*:"
    r"|(?:if|for|while|switch)[ \t]*\([^\r\n]*\{[ \t]*$)",
    re.MULTILINE,
)
_INSIDE_SWITCH = pattern(r"(?:case\b|default[ \t]*:)")
_HARD_LINE = pattern(
    r"^([ \t]*)(?:"
    + _STATEMENT
    + r"|[A-Za-z_$][\w$]*\.(?:tool|registerTool|registerPrompt|registerResource|prompt|resource|setRequestHandler"
    r"|addTool)\()",
    re.MULTILINE,
)
_CODE_LINE = pattern(
    r"(?:\r\n?|\n)(?=[ \t]*(?:[\r\n}\])]|\Z|(?:return|throw)\b|[A-Za-z_$][\w$.]*[ \t]*(?:=[^=]|\()|" + _STATEMENT + "))"
)
_MARGIN = pattern(r"[\r\n](?=[^ \t\r\n\f\v\xa0\ufeff)\]}])(?!" + _GOES_ON.pattern + r"|//|/\*)")
_DEFINES = pattern(r"\b(?:class|export)\b")
_LINE_END = pattern(r"[\r\n]|\Z")
# Any place behind a statement can begin the next one.
LINES = False


def statement(text: str, start: int) -> Scan:
    """The statement at ``start``, which begins a line, with the comments and blank lines before it."""
    mends = Mends()
    stack: list[Open] = []
    comments: list[tuple[int, int]] = []
    guessed = False
    pos = _begin(text, start)
    decorated = text.startswith("@", pos)
    indent = indentation(text, pos)
    block = block_next = -1  # comments on lines of their own, and where the line behind them starts
    search = _TOKEN.search
    while True:
        token = search(text, pos)
        if token is None:
            break
        at, pos = token.span()
        char = text[at]
        if char == "\n" or char == "\r":
            indent = pos - at - (2 if text.startswith("\r\n", at) else 1)
            unfinished = False
            if stack:
                closes, guess = _left_open(text, pos, indent, stack)
                if closes:
                    guessed |= guess
                    mends.close(text, stack[-closes:], word_end(text, at, start, comments), False)
                    del stack[-closes:]
            elif not indent:
                end = word_end(text, at, start, comments)
                unfinished = _UNFINISHED.search(text, max(end - 2, start), end) is not None
            comments.clear()
            if stack or indent:
                continue
            if (unfinished or _GOES_ON.match(text, pos)) and not _HARD.match(text, pos):
                continue
            if decorated and _DECORATED.match(text, pos):
                decorated = text[pos] == "@"
                continue
            if unfinished:
                guessed = True
            return Scan(block if block_next == pos else pos, mends, guessed)
        elif char == "/":
            if pos - at > 1:
                if text[at + 1] == "*":
                    close = text.find("*/", pos)
                    if close < 0:
                        stack.append(Open("/*", at, indent))
                        pos = _LINE_END.search(text, pos).start()  # type: ignore[union-attr]  # there is an end
                        continue
                    pos = close + 2
                comments.append((at, pos))
                if _alone(text, at):
                    begin = at - indentation(text, at)
                    if block_next != begin:
                        block = begin
                    block_next = _next_line(text, pos)
            else:
                pos = _slash(text, at)
        elif char == "`":
            pos, doubt = _template(text, at, indent, stack, mends)
            guessed |= doubt
        elif char in "([{":
            stack.append(Open(char, at, indent))
        elif char in ")]}":
            if _shut(char, at, stack, mends):
                pos, doubt = _template_rest(text, stack, pos)
                guessed |= doubt
        elif token.lastindex is None:
            stack.append(Open(char, at, indent))
            comments.clear()
    if stack:
        mends.close(text, stack, word_end(text, len(text), start, comments), False)
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
        if char == "\n" or char == "\r":
            continue
        if char == "/":
            if pos - at == 1:
                pos = _slash(text, at)
            elif text[at + 1] == "*":
                close = text.find("*/", pos, end)
                if close < 0:
                    return False
                pos = close + 2
        elif char in "([{":
            stack.append(char)
        elif char in ")]}`":
            if char != "`":
                if not stack or stack[-1][-1] != OPENING[char]:
                    return False
                if stack.pop() != "${":
                    continue
            found = _template_part(text, pos, end)
            if found is None:
                return False
            pos = found.end()
            if found.group() == "${":
                stack.append("${")
        elif token.lastindex is None:
            return False


def _template_part(text: str, pos: int, end: int) -> re.Match[str] | None:
    """Inside a template: its end or its next hole."""
    for found in _TEMPLATE.finditer(text, pos, end):
        if found.group()[0] != "\\":
            return found
    return None


def plain_end(text: str, start: int, limit: int) -> int | None:
    """Where the next statement would start if the text were right, brackets and quotes closed where they are.
    ``None`` if that is not before ``limit``."""
    pos = _begin(text, start)
    decorated = text.startswith("@", pos)
    stack: list[str] = []
    comments: list[tuple[int, int]] = []
    block = block_next = -1
    while pos < limit:
        token = _TOKEN.search(text, pos)
        if token is None:
            return None if stack else len(text)
        at, pos = token.span()
        char = text[at]
        if char == "\n" or char == "\r":
            if stack or text[pos - 1] not in "\r\n":
                continue
            end = word_end(text, at, start, comments)
            comments.clear()
            if _GOES_ON.match(text, pos) or _UNFINISHED.search(text, max(end - 2, start), end):
                continue
            if decorated and _DECORATED.match(text, pos):
                decorated = text[pos] == "@"
                continue
            return block if block_next == pos else pos
        if char == "/":
            if pos - at == 1:
                pos = _slash(text, at)
                continue
            if text[at + 1] == "*":
                close = text.find("*/", pos)
                if close < 0:
                    return None
                pos = close + 2
            comments.append((at, pos))
            if _alone(text, at):
                begin = at - indentation(text, at)
                if block_next != begin:
                    block = begin
                block_next = _next_line(text, pos)
        elif char in "([{":
            stack.append(char)
        elif char in ")]}`":
            if char != "`":
                if not stack or stack[-1][-1] != OPENING[char]:
                    return None
                if stack.pop() != "${":
                    continue
            found = _template_part(text, pos, len(text))
            if found is None:
                return None
            pos = found.end()
            if found.group() == "${":
                stack.append("${")
        elif token.lastindex is None:
            return None
    return None


def _begin(text: str, start: int) -> int:
    """Where the first statement at or behind ``start`` begins."""
    if start == 0 and text.startswith("#!"):
        start = _LINE_END.search(text).start()  # type: ignore[union-attr]  # there is an end
    return _TRIVIA.match(text, start).end()  # type: ignore[union-attr]  # matches everywhere


def doubtful(text: str, start: int, end: int) -> bool:
    """Whether a statement that `plain_end` found looks like more than one."""
    begin = _begin(text, start)
    if text.startswith("@", begin):
        defines = _DEFINES.search(text, begin, end)
        begin = defines.end() if defines else begin
    return _MARGIN.search(text, begin, end) is not None


def goes_on(text: str, above: str) -> bool:
    """Whether a text goes on with the statement above it, or might (no semicolon ends that)."""
    found = _GOES_ON.match(text, _TRIVIA.match(text).end())  # type: ignore[union-attr]  # matches everywhere
    if found is None:
        return False
    above = above.rstrip()
    return not above.endswith(";") or "//" in above[max(above.rfind("\n"), above.rfind("\r"), 0) :]


def waits(text: str) -> bool:
    """Whether a text ends with something that needs the statement behind it: decorators."""
    last = text.rfind("\n@")
    last = last + 1 if last >= 0 else 0
    return text.startswith("@", last) and _DEFINES.search(text, last) is None


def _left_open(text: str, line: int, indent: int, stack: list[Open]) -> tuple[int, bool]:
    """At a line inside brackets or behind an open quote: how much was left open, and whether that is a guess."""
    quotes = closes = 1 if stack[-1].what in "\"'/*`" else 0
    if text[line] in ")]}":
        while len(stack) - closes > 1 and stack[-1 - closes].indent > indent:
            closes += 1
    elif not any(each.what == "`" for each in stack[-100 : len(stack) - quotes]):
        if len(stack) > closes and stack[-1 - closes].what in "([" and _ONLY_STATEMENT.match(text, line):
            while len(stack) > closes and stack[-1 - closes].what in "([":
                closes += 1
        if len(stack) > closes and indent <= stack[-1 - closes].indent:
            if not _INSIDE_SWITCH.match(text, line) and not _GOES_ON.match(text, line):
                while len(stack) > closes and indent <= stack[-1 - closes].indent:
                    closes += 1
    return closes, closes > quotes


def _shut(char: str, at: int, stack: list[Open], mends: Mends) -> bool:
    """A closing bracket. Whether it closes the hole of a template."""
    wanted = OPENING[char]
    for back in range(1, min(len(stack), 100) + 1):  # deeper than anybody nests brackets that do not fit
        what = stack[-back].what
        if what == "`":
            break
        if what[-1] == wanted:
            for left_open in stack[len(stack) - back + 1 :]:
                mends.blank(left_open.at, len(left_open.what))
            del stack[-back:]
            return what == "${"
    mends.blank(at)
    return False


def _template(text: str, at: int, indent: int, stack: list[Open], mends: Mends) -> tuple[int, bool]:
    """A backquote in code: where scanning goes on, and whether that is a guess."""
    if stack and stack[-1].what == "${" and text.find("\n", stack[-1].at, at) < 0 and _stays_open(text, at):
        # ``${x`` without its end: this backquote closes the template around it.
        hole = stack.pop()
        mends.blank(hole.at, 2)
        if stack and stack[-1].what == "`":
            stack.pop()
        return at + 1, True
    stack.append(Open("`", at, indent))
    return _template_rest(text, stack, at + 1)


def _stays_open(text: str, at: int) -> bool:
    """Whether no template begins at a backquote: no other one follows on its line (as far as anybody looks)."""
    end = _LINE_END.search(text, at, at + 400)
    return text.find("`", at + 1, end.start() if end else at + 400) < 0


def _template_rest(text: str, stack: list[Open], pos: int) -> tuple[int, bool]:
    """Inside a template (the innermost open thing): to its end or its next hole."""
    template = stack[-1]
    for found in _TEMPLATE.finditer(text, pos):
        what = found.group()
        if what == "${":
            stack.append(Open("${", found.start(), template.indent))
            return found.end(), False
        if what == "`":
            end = found.end()
            behind = text[end : end + 2]
            if behind[:1].isalnum() or behind[:1] in ("_", "$") or behind == "</":
                break  # what looks like its end opens the next one
            for hard in _HARD_LINE.finditer(text, pos, end):
                if hard.start() > pos and hard.end(1) - hard.start() <= template.indent:
                    break
            else:
                stack.pop()
                return end, False
            break
    code = _CODE_LINE.search(text, pos)
    return (code.start() if code else len(text)), True


def _slash(text: str, at: int) -> int:
    """Where scanning goes on behind a slash: behind a regular expression, or just behind a division."""
    before = at
    while before and text[before - 1] in " \t":
        before -= 1
    last = text[before - 1] if before else ""
    if last in "<)]}\"'`" and last:
        return at + 1
    if (last.isalnum() or last in "_$") and last and not _WORD_BEFORE.search(text, max(0, before - 11), before):
        return at + 1
    found = _REGEX.match(text, at)
    return found.end() if found and not text.startswith("/>", at) else at + 1


def _alone(text: str, at: int) -> bool:
    """Whether only white space stands before an offset in its line."""
    before = at
    while before and text[before - 1] in " \t":
        before -= 1
    return before == 0 or text[before - 1] in "\r\n"


def _next_line(text: str, at: int) -> int:
    """The start of the line behind a comment's end, -1 if something else stands there."""
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    if text.startswith("\r\n", at):
        return at + 2
    return at + 1 if text[at : at + 1] in ("\r", "\n") else -1
