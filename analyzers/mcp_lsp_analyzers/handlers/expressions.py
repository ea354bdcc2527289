"""What text a regular expression lets through: the characters that matter to a shell, a path, a URL, a statement."""

from __future__ import annotations

import functools
import re

from ..pattern import pattern, written

_CLASSES = {
    "d": set("0123456789"),
    "w": set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"),
    "s": set(" \t\n\r\f\v"),
}
_CODE = pattern(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]+)\})")
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}


@functools.lru_cache(maxsize=512)
def admits(pattern: str, characters: str) -> frozenset[str]:
    """Which of ``characters`` can stand in a text that matches the whole ``pattern``.

    Over-approximates: what stands anywhere in the expression counts, in whatever order. Look-arounds are passed over.
    """
    wanted = set(characters)
    found: set[str] = set()
    i = 0
    while i < len(pattern) and found != wanted:
        c = pattern[i]
        if c == "\\":
            code = _CODE.match(pattern, i)
            if code is not None:
                found |= {_character(code)} & wanted
                i = code.end()
                continue
            found |= escaped(pattern[i + 1 : i + 2], wanted)
            i += 2
        elif c == "[":
            end, inside = members(pattern, i, wanted)
            found |= inside
            i = end
        elif c == ".":
            found |= wanted - {"\n"}
            i += 1
        elif c == "(":
            if pattern.startswith(("(?=", "(?!", "(?<=", "(?<!"), i):
                i = _closing(pattern, i)
            elif pattern.startswith("(?", i):
                match = re.match(r"\(\?(?:P?<\w+>|[aiLmsux-]*[:)]|:)", pattern[i:])
                i += match.end() if match else 2
            else:
                i += 1
        elif c == "{":
            end = pattern.find("}", i)
            i = end + 1 if end > 0 and re.fullmatch(r"\{\d*,?\d*\}", pattern[i : end + 1]) else i + 1
            if i <= end:
                found |= {c} & wanted
        elif c in "^$*+?)|":
            i += 1
        else:
            found |= {c} & wanted
            i += 1
    return frozenset(found & wanted)


def escaped(letter: str, wanted: set[str]) -> set[str]:
    if letter in _CLASSES:
        return wanted & _CLASSES[letter]
    if letter.lower() in _CLASSES:
        return wanted - _CLASSES[letter.lower()]
    if letter in ("b", "B", "A", "Z", "z"):
        return set()
    if letter == "p":
        return {c for c in wanted if c.isalnum()}
    return {_CONTROL.get(letter, letter)} & wanted


def members(pattern: str, start: int, wanted: set[str]) -> tuple[int, set[str]]:
    """The end of a character class, and which of ``wanted`` it admits."""
    i = start + 1
    negated = pattern[i : i + 1] == "^"
    i += negated
    single: set[str] = set()
    ranges: list[tuple[str, str]] = []
    first = True
    while i < len(pattern) and (pattern[i] != "]" or first):
        first = False
        letter = pattern[i + 1 : i + 2]
        if pattern[i] == "\\" and (letter in _CLASSES or letter.lower() in _CLASSES):
            single |= escaped(letter, wanted)
            i += 2
            continue
        c, i = _one(pattern, i)
        if pattern[i : i + 1] == "-" and pattern[i + 1 : i + 2] not in ("]", ""):
            end, i = _one(pattern, i + 1)
            ranges.append((c, end))
            continue
        single.add(c)
    inside = {c for c in wanted if c in single or any(a <= c <= b for a, b in ranges)}
    return i + 1, (wanted - inside if negated else inside)


def _one(pattern: str, i: int) -> tuple[str, int]:
    """The character of a class that stands at ``i``, and where the next one begins."""
    if pattern[i] != "\\":
        return pattern[i], i + 1
    code = _CODE.match(pattern, i)
    if code is not None:
        return _character(code), code.end()
    letter = pattern[i + 1 : i + 2]
    return _CONTROL.get(letter, letter), i + 2


def _character(code: re.Match[str]) -> str:
    return chr(min(int(code[1] or code[2] or code[3], 16), 0x10FFFF))


def _closing(pattern: str, start: int) -> int:
    depth, i = 0, start
    while i < len(pattern):
        if pattern[i] == "\\":
            i += 1
        elif pattern[i] == "(":
            depth += 1
        elif pattern[i] == ")":
            depth -= 1
            if depth == 0:
                return i + 1
        i += 1
    return i


@functools.lru_cache(maxsize=512)
def begins_with_dash(pattern: str) -> bool:
    """Whether a text that matches the whole ``pattern`` can begin with "-": whether one of the items admits it that it
    can begin with."""
    text = re.sub(r"^(?:\(\?i\))?(?:\^|\\A)?", "", pattern)
    while text:
        if text.startswith(("(?=", "(?!", "(?<=", "(?<!")):
            end = _closing(text, 0)
            if text.startswith("(?!") and refuses_dash(f"re:^(?:{text[3 : end - 1]})"):
                return False
            text = text[end:]
            continue
        group = re.match(r"\((?:\?(?:P?<\w+>|:))?", text)
        if group is not None:
            text = text[group.end() :]
            continue
        item = _ITEM.match(text)
        if item is None or admits(item[0], "-"):
            return True
        optional = _OPTIONAL.match(text, item.end())
        if optional is None:
            return False
        text = text[optional.end() :]
    return False


_ITEM = pattern(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\.|.", re.DOTALL)
_OPTIONAL = pattern(r"[*?]\??|\{0,\d*\}\??")


def refuses_dash(detail: str) -> bool:
    """Whether what an "excludes" guard refuses is whatever begins with "-"."""
    if not detail.startswith("re:^"):
        return bool(refused(detail, "-"))
    expression = written(detail[3:])
    return expression is not None and all(expression.match(one) for one in ("-", "-a", "--a", "-1"))


@functools.lru_cache(maxsize=512)
def refused(detail: str, characters: str) -> frozenset[str]:
    """Which of ``characters`` an "excludes" guard refuses wherever they stand."""
    if not detail.startswith("re:"):
        return frozenset(detail) & frozenset(characters) if len(detail) == 1 else frozenset()
    if detail.startswith("re:^"):
        return frozenset()  # at the beginning only
    expression = written(detail[3:])
    return frozenset(c for c in characters if expression is not None and expression.search(c))
