"""Phrases to look for in texts a model reads: words with bounded gaps inside one sentence, and what negates them.

A pattern is written as it reads, ``(ignore|disregard) <2> (instruction*|rule*)``. ``<n>`` is up to n words in between,
``[a|b]`` may be absent, ``*`` stands for the usual endings of a word, ``{ADDRESS}`` and ``{SECRET_FILE}`` for what
`_SPECIAL` finds. A phrase never crosses the end of a sentence, a blank line, a tag or the start of a list item, so two
far words of a long text do not make one.

Matching goes over words, not characters: fifty phrases cost an ordinary text a few set operations, and no expression
has to be compiled for them.
"""

from __future__ import annotations

import functools
import itertools
import re
from typing import NamedTuple

from ..fix import Edit, Edits, Fix
from ..place import Text
from ..rule import dedented


class Phrase(NamedTuple):
    """``says`` completes the message: `` `quoted words` <says>``. ``order``: it counts only where it is not negated,
    reported or detected ("never ignores …", "attempts to ignore …"). ``first``: only at the start of a sentence.
    ``unless``: words elsewhere in its sentence that take its meaning away."""

    pattern: str
    says: str
    order: bool = True
    first: bool = False
    unless: str = ""


def phrases(
    says: str, block: str, *, order: bool = True, first: bool = False, unless: str = "", **words: str
) -> tuple[Phrase, ...]:
    """The patterns of a block of text, one in each line that is not indented and no comment (``#``). ``words``: what
    words in capitals stand for."""
    found: list[str] = []
    for line in dedented(block).split("\n"):
        if line[0] == "#":
            continue
        if line[0] != " ":
            found.append(line)
        else:
            found[-1] += ("" if found[-1][-1] in "(|" else " ") + line.strip()
    for name, meant in words.items():
        found = [pattern.replace(name, meant) for pattern in found]
    return tuple(Phrase(pattern, says, order, first, unless) for pattern in found)


class Match(NamedTuple):
    """``value[start:end]`` says it; ``value[sentence[0]:sentence[1]]`` is the sentence around it."""

    phrase: Phrase
    start: int
    end: int
    sentence: tuple[int, int]


# While one text of a tool is edited, its others are asked for again and again. Bounded: texts may be long.
@functools.lru_cache(maxsize=512)
def search(value: str, phrases: tuple[Phrase, ...]) -> tuple[Match, ...]:
    """Each phrase at its first standing occurrence, those inside an earlier one left out; in order of place."""
    have = _vocabulary(value)
    index = _index(phrases)
    found: list[Match] = []
    for phrase in {phrase for word in have & index.keys() for phrase in index[word]}:
        for needed in _needed(phrase.pattern):
            if needed.isdisjoint(have):
                break
        else:
            found += _find(value, phrase)
    if not found:
        return ()
    found.sort(key=lambda match: (match.start, -match.end))
    kept = found[:1]
    for each in found[1:]:
        if each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def _find(value: str, phrase: Phrase) -> list[Match]:
    elements, text = _elements(phrase.pattern), _words(value)
    for i, word in enumerate(text.words):
        if word not in elements[0].first or (end := _match(text, i, elements, 0)) is None:
            continue
        if phrase.first and i and text.sentence[i - 1] == text.sentence[i]:
            continue
        if (not phrase.order or _stands(text, i)) and not _conditional(text, i, end, phrase.unless):
            return [Match(phrase, text.starts[i], text.ends[end - 1], _around(value, text, i, end - 1))]
    return []


def quote(value: str, start: int, end: int, longest: int = 48) -> str:
    """Words of a text for a message: one line, shortened, in backticks."""
    words = " ".join(value[start:end].split()).replace("`", "'")
    return f"`{words if len(words) <= longest else words[: longest - 1].rstrip() + '…'}`"


def remove_sentence(text: Text, match: Match) -> Fix | None:
    """Takes the sentence out where it is not all the text says and can be cut out of the source."""
    value, (start, end) = text.value, match.sentence
    if not (value[:start].strip() or value[end:].strip()):
        return None
    while end < len(value) and value[end] in " \t":
        end += 1
    if end == len(value) or value[end] == "\n":
        while start and value[start - 1] in " \t":
            start -= 1
    place = text.exact(start, end)
    return None if place is None else Fix("Remove the sentence", Edits((Edit(place, ""),)))


# ---------------------------------------------------------------- words


class _Words(NamedTuple):
    """A text as lower-case words, with the number of the sentence each stands in."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    sentence: list[int]


_WORD = re.compile(r"[\w'’]+")
_END = r"[.!?]+(?=\s|$|[\"')\]])|;|</?[A-Za-z_][\w-]*>|\n[^\S\n]*\n|\n[^\S\n]*(?:[-*•]|\d+[.)])\s"

_TRIGGERS = ("@", "://", "+", "0x", "/.", "~", "id_", "mcp.json", "desktop_config", ".env", "/etc/", ".ssh", ".aws")
# An address a text can order data to be sent to (mail, web, telephone, Ethereum), and files that hold credentials or
# the configuration of other servers.
_SPECIAL = (
    r"(?P<ADDRESS>[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[^\s'\"<>)]+|\+\d[\d -]{8,}\d|0x[0-9a-fA-F]{40})"
    r"|(?P<SECRET_FILE>(?:~|\$HOME|/home/\w+|/root)?[/\\]?\.(?:ssh|aws|gnupg|kube|docker|cursor|netrc|npmrc|pypirc|"
    r"git-credentials|bash_history|zsh_history)\b(?:[\w./\\-]*\w)?|\bid_(?:rsa|ed25519|ecdsa)(?:\.pub)?\b"
    r"|/etc/(?:passwd|shadow|sudoers)\b|[\w~./\\-]*\b(?:mcp|claude_desktop_config)\.json\b|(?<![\w.])\.env(?:\.\w+)?\b)"
)


@functools.lru_cache(maxsize=64)
def _vocabulary(value: str) -> frozenset[str]:
    """The words of a text without their order: what tells nearly every phrase that it is not there."""
    words = _WORD.findall(value.lower().replace("’", "'"))
    if any(trigger in value for trigger in _TRIGGERS):
        words += ["{ADDRESS}", "{SECRET_FILE}"]
    return frozenset(words)


@functools.lru_cache(maxsize=16)
def _words(value: str) -> _Words:
    words: list[str] = []
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
            if words and words[-1] == word and starts[-1] == special[0][0]:
                continue
            start, end = special[0][0], special[0][1]
        else:
            word = match[0].lower().replace("’", "'")
        words.append(word)
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
    return _Words(words, starts, ends, sentence)


@functools.cache
def _special() -> re.Pattern[str]:
    return re.compile(_SPECIAL)


def _around(value: str, text: _Words, first: int, last: int) -> tuple[int, int]:
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


_NEGATIONS = frozenset(
    """
    not never no without nor cannot can't won't don't doesn't didn't mustn't shouldn't isn't aren't avoid avoids
    prevent prevents preventing refuse refuses reject rejects block blocks stop stops forbid forbids prohibit
    attempt attempts attempting try tries trying tried detect detects detecting detected detection scan scans
    scanning flag flags identify identifies warn warns protect protects guard guards sanitize sanitizes sanitise
    mitigate mitigates analyze analyzes analyse analyses recognise recognises recognize recognizes like
    """.split()  # noqa: SIM905
)
_NOT = frozenset(("not", "never", "don't", "doesn't", "cannot", "can't", "won't"))  # no gap reaches across these
_NEGATING_PAIRS = frozenset(
    [("such", "as"), ("for", "example"), ("e", "g"), ("check", "for"), ("checks", "for"), ("look", "for"),
     ("looks", "for"), ("whether", "to"), ("known", "as"), ("filter", "out"), ("filters", "out"), ("if", "you")]
)  # fmt: skip


def _stands(text: _Words, i: int) -> bool:
    """Whether the words from ``i`` mean what they say: none of the eight before them in the sentence negates or
    reports them."""
    first = i
    while first and i - first < 8 and text.sentence[first - 1] == text.sentence[i]:
        first -= 1
    before = text.words[first:i]
    return _NEGATIONS.isdisjoint(before) and _NEGATING_PAIRS.isdisjoint(itertools.pairwise(before))


def _conditional(text: _Words, i: int, end: int, unless: str) -> bool:
    """Whether one of these words stands in the sentence, outside the words from ``i`` to ``end``."""
    if not unless:
        return False
    number = text.sentence[i]
    outside = [w for n, w in enumerate(text.words) if text.sentence[n] == number and not i <= n < end]
    return not set(unless.split()).isdisjoint(outside)


# ---------------------------------------------------------------- the notation


class _Element(NamedTuple):
    """``ways``: by its first word, the rest of the words of each alternative. ``gap``: words that may stand before."""

    first: frozenset[str]
    ways: dict[str, list[tuple[frozenset[str], ...]]]
    optional: bool
    gap: int


def _match(text: _Words, i: int, elements: tuple[_Element, ...], k: int) -> int | None:
    """Where elements ``k…`` end if they start at word ``i`` or behind the gap before them; the shortest way."""
    if k == len(elements):
        return i
    element = elements[k]
    words, sentence = text.words, text.sentence
    here = sentence[i - 1] if k else sentence[i]
    for at in range(i, min(i + (element.gap if k else 0) + 1, len(words))):
        if sentence[at] != here:
            break
        if at > i and words[at - 1] in _NOT:
            break
        for rest in element.ways.get(words[at], ()):
            after = at + 1 + len(rest)
            if after > len(words) or sentence[after - 1] != here:
                continue
            if all(words[at + 1 + n] in admitted for n, admitted in enumerate(rest)):
                end = _match(text, after, elements, k + 1)
                if end is not None:
                    return end
    return _match(text, i, elements, k + 1) if element.optional else None


_ENDINGS = ("", "s", "e", "es", "ed", "d", "ing", "y", "ies", "ied", "ion", "ions", "ment", "ure")


@functools.cache
def _elements(pattern: str) -> tuple[_Element, ...]:
    found, gap = [], 0
    for item in re.findall(r"\([^)]*\)|\[[^\]]*\]|<\d+>|\S+", pattern):
        if item[0] == "<":
            gap = int(item[1:-1])
            continue
        ways: dict[str, list[tuple[frozenset[str], ...]]] = {}
        for words in item.strip("()[]").split("|"):
            admitted = [_admitted(word) for word in words.replace("-", " ").split()]
            for first in admitted[0]:
                ways.setdefault(first, []).append(tuple(admitted[1:]))
        found.append(_Element(frozenset(ways), ways, item[0] == "[", gap))
        gap = 0
    return tuple(found)


@functools.cache
def _index(phrases: tuple[Phrase, ...]) -> dict[str, list[Phrase]]:
    """Phrases under the rarest words they need: what is not found here is not in the text."""
    index: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        for word in _needed(phrase.pattern)[0]:
            index.setdefault(word, []).append(phrase)
    return index


@functools.cache
def _needed(pattern: str) -> tuple[frozenset[str], ...]:
    """One word of each of these must be in a text that has the phrase; those with the rarest (longest) words first."""
    needed = [element.first for element in _elements(pattern) if not element.optional]
    return tuple(sorted(needed, key=lambda words: -min(map(len, words))))


def _admitted(word: str) -> frozenset[str]:
    if word.endswith("*"):
        return frozenset(word[:-1] + ending for ending in _ENDINGS)
    return frozenset((word,))
