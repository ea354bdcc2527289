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
from collections.abc import Iterable

from ..fix import Edit, Edits, Fix
from ..pattern import pattern
from ..place import Place, Text
from ..record import NamedTuple
from ..rule import Finding, Severity, dedented
from .words import Said, Words, admitted, apart, around, vocabulary, words


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


# While one text of a tool is edited, its others are asked for again and again. Bounded: texts may be long.
@functools.lru_cache(maxsize=512)
def search(value: str, phrases: tuple[Phrase, ...]) -> tuple[Said, ...]:
    """Each phrase at its first standing occurrence, those inside an earlier one left out; in order of place."""
    have = vocabulary(value)
    index = _index(phrases)
    found: list[Said] = []
    for phrase in {phrase for word in have & index.keys() for phrase in index[word]}:
        for needed in _needed(phrase.pattern):
            if needed.isdisjoint(have):
                break
        else:
            found += _find(value, phrase)
    return apart(found)


def _find(value: str, phrase: Phrase) -> list[Said]:
    elements, text = _elements(phrase.pattern), words(value)
    for i, word in enumerate(text.words):
        if word not in elements[0].first or (end := _match(text, i, elements, 0)) is None:
            continue
        if phrase.first and i and text.sentence[i - 1] == text.sentence[i]:
            continue
        if (not phrase.order or _stands(text, i)) and not _conditional(text, i, end, phrase.unless):
            return [Said(phrase.says, text.starts[i], text.ends[end - 1], around(value, text, i, end - 1))]
    return []


def quote(value: str, start: int, end: int, longest: int = 48) -> str:
    """Words of a text for a message: one line, shortened, in backticks."""
    words = " ".join(value[start:end].split()).replace("`", "'")
    return f"`{words if len(words) <= longest else words[: longest - 1].rstrip() + '…'}`"


def instructs(text: Text) -> bool:
    """Whether a text is instructions by nature (a skill, a prompt file): its author may well tell the model what to say
    to whom and which tools to use, and what would be an attack in a description is worth a look there."""
    return text.role == "instructions"


_QUOTES = (('"', '"'), ("`", "`"), ("“", "”"))


def spoken(text: Text, found: Iterable[Said]) -> tuple[Said, ...]:
    """What of it the text says itself. Instructions about attacks show them, in quotes or as code."""
    if not instructs(text):
        return tuple(found)
    return tuple(said for said in found if not (shown(text.value, said.start) or shown(text.value, said.end - 1)))


def shown(value: str, at: int) -> bool:
    """Whether a place stands in quotes, or as code, of its line."""
    before = value[value.rfind("\n", 0, at) + 1 : at]
    return any(before.count(opens) % 2 if opens == closes else before.count(opens) > before.count(closes)
               for opens, closes in _QUOTES)  # fmt: skip


_ITEM = pattern(r"\n(?P<mark>[ \t]*(?:[-*+•]|\d+[.)])[ \t]+)\Z")
_TAG = pattern(r"</?[\w-]+>\s*")
_LINE_END = pattern(r"[ \t]*(?=\n|\Z)")


def _whole(value: str, start: int, end: int) -> bool:
    """Whether what is left around a sentence reads on: it is no part of a longer one."""
    before, behind = value[:start].rstrip()[-1:], value[end : end + 1]
    return before not in (";", ",") and value[end - 1] != ";" and (not behind or behind.isspace() or behind == "<")


def flagged(text: Text, match: Said, severity: Severity | None = None, longest: int = 48) -> Finding:
    """What is said of words that should not stand in a text; they go with their sentence. ``longest``: see `quote`."""
    return Finding(
        text.at(match.start, match.end),
        f"{quote(text.value, match.start, match.end, longest)} {match.says}",
        fix=remove_sentence(text, match),
        detail=match.says,
        severity=severity,
    )


def remove_sentence(text: Text, match: Said) -> Fix | None:
    """Takes the sentence out where it is not all the text says and can be cut out of the source."""
    value, (start, end) = text.value, match.sentence
    tag = _TAG.match(value, max(value.rfind("<", 0, start), 0))
    if tag is not None and tag.start() < start < tag.end() <= end:
        start = tag.end()  # the name of a tag is a word as well
    if not (value[:start].strip() or value[end:].strip()) or not _whole(value, start, end):
        return None
    if (mark := _ITEM.search(value, 0, start)) and (behind := _LINE_END.match(value, end)):
        # What is left of an item of a list would be its mark. In a docstring white space stands between the lines.
        start, end = mark.start("mark"), behind.end()
        place = text.exact(mark.start(), end) or text.exact(start, end)
        return None if place is None else _without(place)
    while end < len(value) and value[end] in " \t":
        end += 1
    if end == len(value) or value[end] == "\n":
        while start and value[start - 1] in " \t":
            start -= 1
    place = text.exact(start, end)
    return None if place is None else _without(place)


def _without(place: Place) -> Fix:
    return Fix("Remove the sentence", Edits((Edit(place, ""),)))


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


def _stands(text: Words, i: int) -> bool:
    """Whether the words from ``i`` mean what they say: none of the eight before them in the sentence negates or
    reports them."""
    first = i
    while first and i - first < 8 and text.sentence[first - 1] == text.sentence[i]:
        first -= 1
    before = text.words[first:i]
    return _NEGATIONS.isdisjoint(before) and _NEGATING_PAIRS.isdisjoint(itertools.pairwise(before))


def _conditional(text: Words, i: int, end: int, unless: str) -> bool:
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


def _match(text: Words, i: int, elements: tuple[_Element, ...], k: int) -> int | None:
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


@functools.cache
def _elements(pattern: str) -> tuple[_Element, ...]:
    found, gap = [], 0
    for item in re.findall(r"\([^)]*\)|\[[^\]]*\]|<\d+>|\S+", pattern):
        if item[0] == "<":
            gap = int(item[1:-1])
            continue
        ways: dict[str, list[tuple[frozenset[str], ...]]] = {}
        for way in item.strip("()[]").split("|"):
            forms = [admitted(word) for word in way.replace("-", " ").split()]
            for first in forms[0]:
                ways.setdefault(first, []).append(tuple(forms[1:]))
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
