"""A text as words and sentences: what phrases and senses are looked for in."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterable

from ..pattern import pattern
from ..record import NamedTuple


class Words(NamedTuple):
    """A text as lower-case words, with the number of the sentence each stands in."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    sentence: list[int]


# What opens a quotation is no part of its first word, and what closes one of a single word none of that.
_WORD = pattern(r"(?<=['‘])\w+(?:['’]\w+)*|\w[\w'’]*")
_END = (
    r"(?<!\be\.g)(?<!\bi\.e)[.!?]+(?=\s|$|[\"')\]]|\*\*)|(?<=[a-z]{3})\.(?=[A-Z][a-z]+ [a-z])"  # "is off.It can …"
    r"|;|</?[A-Za-z_][\w-]*>|(?<!`)<[A-Za-z_][\w-]*\s[^<>\n]{0,80}>|<!--|-->"
    r"|\n[^\S\n]*\n|\"[:,]\s"  # a blank line; keys of JSON
    r"|\n[^\S\n]*(?:[-*•]|\d+[.)]|[\w`]+(?: \([^)\n]*\))?:)\s"  # items of a list, arguments
)

_TRIGGERS = (
    "evil", "attacker", "malicious", "hacker", "exfil", "@", "://", "+", "0x", "/.", "~", "id_", "mcp.json",
    "desktop_config", ".env", "/etc/", ".ssh", ".aws", "$HOME", "/home/", "/root/", "/Users/", "/proc/",
    "'/", '"/', "`/", ".bash", ".zsh", ".docker", ".kube", ".cursor", ".netrc", ".npmrc", ".pypirc", ".gnupg",
    ".git-credentials", "secrets.", "passwords.", "credentials.", "api_keys.", "private_key.",
)  # fmt: skip
# An address a text can order data to be sent to (mail, web, telephone, Ethereum); files that hold credentials or the
# configuration of other servers; what lies in somebody's home; and any other file named in full.
_SPECIAL = (
    r"(?P<ADDRESS>[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[^\s'\"<>)]+|\b(?:[\w-]+\.)*[\w-]*"
    r"(?:evil|attacker|malicious|hacker|exfil)[\w-]*(?:\.[\w-]+)*\.(?:com|net|org|io|dev|local|test|invalid|example|xyz|ru)"
    r"\b|\+\d[\d -]{8,}\d|0x[0-9a-fA-F]{40})"
    r"|(?P<SECRET_FILE>(?:~|\$HOME|/home/\w+|/root)?[/\\]?\.(?:ssh|aws|gnupg|kube|docker|cursor|netrc|npmrc|pypirc|"
    r"git-credentials|bash_history|zsh_history|bashrc|zshrc|bash_profile)(?![\w-])(?:[\w./\\-]*\w)?|\bid_(?:rsa|ed25519|ecdsa)(?:\.pub)?\b"
    r"|/etc/(?:passwd|shadow|sudoers)\b|[\w~./\\-]*\b(?:mcp|claude_desktop_config)\.json\b|(?<![\w.])\.env(?:\.\w+)?\b"
    r"|\b(?:[\w-]*secrets|passwords|[\w-]*credentials|api_keys|private_key)\.(?:env|txt|csv|pem|key)\b)"
    r"|(?P<HOME_FILE>(?:~|\$HOME|/home/\w+|/root|/Users/\w+)/[\w./-]*\w|/(?:etc|proc)/[\w./-]*\w)"
    r"|(?P<PATH>(?<=['\"`])/[\w-]+(?:/[\w.-]+)*(?=['\"`]))"
)


_ESCAPE = pattern(r"\x1b\[[\d;]*[A-Za-z]")


def _unsteered(value: str) -> str:
    """A text without what steers a terminal, which would stick to the next word; as long as before."""
    return _ESCAPE.sub(lambda match: " " * len(match[0]), value) if "\x1b" in value else value


@functools.lru_cache(maxsize=64)
def vocabulary(value: str) -> frozenset[str]:
    """The words of a text without their order: what tells nearly every phrase that it is not there."""
    value = _unsteered(value)
    found = _WORD.findall(value.lower().replace("’", "'"))
    if any(trigger in value for trigger in _TRIGGERS):
        found += ["{ADDRESS}", "{SECRET_FILE}"]
    return frozenset(found)


@functools.lru_cache(maxsize=16)
def words(value: str) -> Words:
    """The words of a text in order; what `_SPECIAL` finds counts as one word, named in braces."""
    value = _unsteered(value)
    found: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    special: list[tuple[int, int, str]] = []
    if any(trigger in value for trigger in _TRIGGERS):
        special = [(m.start(), m.end(), m.lastgroup or "") for m in _special().finditer(value)]
    for match in _WORD.finditer(value):
        start, end = match.span()
        if special and start >= special[0][1]:
            special.pop(0)
        if special and special[0][0] < end and start < special[0][1]:
            word = "{" + special[0][2] + "}"
            if found and found[-1] == word and starts[-1] == special[0][0]:
                continue
            start, end = special[0][0], special[0][1]
        else:
            word = match[0].lower().replace("’", "'")
        found.append(word)
        starts.append(start)
        ends.append(end)
    sentence, number, ended = [], 0, [m.start() for m in re.finditer(_END, value)]
    ended.reverse()
    for start, end in zip(starts, ends, strict=True):
        while ended and ended[-1] < start:
            ended.pop()
            number += 1
        while ended and ended[-1] < end:  # a dot inside an address
            ended.pop()
        sentence.append(number)
    return Words(found, starts, ends, sentence)


@functools.cache
def _special() -> re.Pattern[str]:
    return re.compile(_SPECIAL)


def listed(value: str, text: Words, i: int) -> bool:
    """Whether a word in backticks has another one beside it, with a comma between: values, not a place for one."""
    last = i
    while last + 1 < len(text.words) and "`" not in value[text.ends[last] : text.starts[last + 1]]:
        last += 1
    before, after = text.ends[i - 1] if i else 0, text.starts[last + 1] if last + 1 < len(text.words) else len(value)
    return any(_COMMA.fullmatch(value, *gap) for gap in ((before, text.starts[i]), (text.ends[last], after)))


_COMMA = pattern(r"`\s*,\s*`")
_METHODS = frozenset(("get", "post", "put", "patch", "delete", "head", "options"))


def named_method(value: str, text: Words, i: int) -> bool:
    """Whether a word and one near it are written as methods of HTTP: "GET, PUT or DELETE" orders nothing."""
    if text.words[i] not in _METHODS:
        return False
    near = [n for n in range(max(i - 2, 0), min(i + 3, len(text.words))) if text.words[n] in _METHODS]
    return len(near) > 1 and all(value[text.starts[n] : text.ends[n]].isupper() for n in near)


def word_at(text: Words, place: int) -> int:
    """The word that a place is in, or the next one; the last where there is none."""
    return min(bisect.bisect_right(text.ends, place), len(text.ends) - 1)


def sentence_at(value: str, place: int) -> tuple[int, int]:
    """The sentence that the word at a place stands in, as `around` has it."""
    text = words(value)
    at = word_at(text, place)
    return around(value, text, at, at)


def around(value: str, text: Words, first: int, last: int) -> tuple[int, int]:
    """The sentence with these words, from its first to its last character that is not white space."""
    number = text.sentence[first]
    while first and text.sentence[first - 1] == number:
        first -= 1
    while last + 1 < len(text.words) and text.sentence[last + 1] == number:
        last += 1
    start, end = text.starts[first], text.ends[last]
    while start and value[start - 1] in "\"'`([{*_~/":
        start -= 1
    while end < len(value) and value[end] in "\"'`)]}*_.!?;:,":
        end += 1
    return start, end


class Said(NamedTuple):
    """``value[start:end]`` says it; ``value[sentence[0]:sentence[1]]`` is the sentence around it. ``says`` completes
    the message: `` `quoted words` <says>``."""

    says: str
    start: int
    end: int
    sentence: tuple[int, int]


def apart(found: Iterable[Said]) -> tuple[Said, ...]:
    """In order of place, without those that begin inside an earlier one."""
    kept: list[Said] = []
    for each in sorted(found, key=lambda said: (said.start, -said.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


ENDINGS = ("", "s", "e", "es", "ed", "d", "ing", "y", "ies", "ied", "ion", "ions", "ment", "ure")


def admitted(word: str) -> frozenset[str]:
    """The words that one word of a pattern stands for: itself, or its usual endings where it ends in ``*``."""
    if word.endswith("*"):
        return frozenset(word[:-1] + ending for ending in ENDINGS)
    return frozenset((word,))


def participle(text: Words, i: int) -> bool:
    """Whether a word begins a clause of its own behind a comma: "…, collecting faces"."""
    return i > 0 and text.words[i].endswith("ing") and text.starts[i] - text.ends[i - 1] > 1
