"""Which way a sentence leans: its words weighed by the company they kept in descriptions that were labelled.

`frames` understands what is told by parts it knows. A betrayal in words nobody foresaw has too few of these, but
seldom sounds like the description of a tool either. So every word, pair of neighbours and sense of a sentence has a
weight, and so has its build: which small words stand around words of which endings, whatever these are. Their sum is
the logarithm of the odds that the sentence tells of something done against the user, or orders it. Where the sum is
high, the sentence is told as well; where it is low, what `frames` is not sure of is left alone.

The weights (`lexicon.leanings`) were fitted by logistic regression to some 5,500 descriptions that betray or order, of
each one sentence, and 39,500 that sound alike or are those of well-meaning servers (`tests/bench/fit_leanings.py`).
Marks that weigh little were dropped.
"""

from __future__ import annotations

import bisect
import functools
import itertools
from collections.abc import Iterator, Sequence

from ..pattern import pattern
from ..record import NamedTuple
from .frames import PASSIVE, Grammar, Tag, sentences, stated
from .stems import stem
from .words import Words, words


class Leaning(NamedTuple):
    """``sums`` of one sentence: how far it leans, and how far towards an order (else towards an act of the tool's own);
    words ``first`` to ``last`` make it lean most."""

    sentence: int
    against: float
    order: float
    first: int
    last: int


class Mark(NamedTuple):
    """What of a sentence may have a weight, how much there is of it, and at which words it stands, if at any."""

    name: str
    much: float
    first: int
    last: int


_HOST = pattern(
    r"\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|co|app|ai|cc|li|ru|xyz|biz|eu|us|help|pw|info|me|test|example|local)\b"
    r"|\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b"
)
_USUAL_HOST = pattern(r"example|localhost|127\.0|github|google|npmjs|0\.0\.0\.0|docs?\.|api\.")
# What holds a sentence together, and says little of what it is about.
_SMALL = frozenset(
    """
    a an the this that these those each every all any some no none both either neither other another such same own i
    you he she it we they me him her us them my your his its our their who whom whose which what where when why how
    whoever whatever whenever wherever is are was were be been being am do does did have has had having will would
    shall should may might must can could ought need and or but nor so yet if unless until while because since
    although though whether than as then once of in on at by for with without from to into onto over under between
    among through during before after above below against about across behind beyond within upon off out up down away
    back along around near per via like except besides instead despite not never always often only also too just even
    still already again ever more most less least much many few very well together there here now today later first
    last next one two three half nobody nothing anybody anything somebody someone everybody everyone everything anyone
    people user users tool model assistant
    """.split()  # noqa: SIM905
)
_ENDINGS = ("ing", "ed", "ly", "s")
_MOST = 80
"""Sentences of a text that are looked at."""


# One text is asked for by several rules, and again while others of its tool are edited.
@functools.lru_cache(maxsize=512)
def leanings(value: str) -> tuple[Leaning, ...]:
    """Of each sentence, in order of place."""
    from .lexicon.leanings import ABOUT, AGAINST  # 30 KB that a start can do without

    against, about = _table(AGAINST), _table(ABOUT)
    weighty = marked(value, _names(AGAINST, ABOUT))
    return tuple(_leaning(number, first, last, marks, against, about) for number, first, last, marks in weighty)


def harmless(value: str, at: int, below: float) -> bool:
    """Whether the sentence of the word that begins at or behind a character leans less than ``below``: it sounds like
    those of ordinary descriptions."""
    text = words(value)
    number = text.sentence[min(bisect.bisect_left(text.starts, at), len(text.starts) - 1)]
    return any(one.sentence == number and one.against < below for one in leanings(value))


def _leaning(
    number: int, first: int, last: int, marks: Sequence[Mark], against: dict[str, float], about: dict[str, float]
) -> Leaning:
    total, order = against.get("#all", 0.0), about.get("#all", 0.0)
    each = [0.0] * (last - first + 1)
    for mark in marks:
        order += about.get(mark.name, 0.0) * mark.much
        weight = against.get(mark.name)
        if weight is not None:
            total += weight * mark.much
            if mark.name[0] == "%":
                continue  # what it is built like shows nobody what is wrong
            for at in range(mark.first, mark.last + 1):
                each[at - first] += weight / (mark.last - mark.first + 1)
    low, high = _heaviest(each)
    if low == high:
        low, high = 0, last - first
    return Leaning(number, total, order, first + low, first + high)


def _heaviest(each: list[float]) -> tuple[int, int]:
    """First and last of the neighbours that weigh most together."""
    best, found, start, total = 0.0, (0, 0), 0, 0.0
    for i, weight in enumerate(each):
        if total <= 0:
            start, total = i, 0.0
        total += weight
        if total > best:
            best, found = total, (start, i)
    return found


def marked(value: str, names: frozenset[str] | None = None) -> Iterator[tuple[int, int, int, list[Mark]]]:
    """Of each sentence its number, its first and last word, and what may weigh (of words and their like: ``names``).

    Marks are ``stem``, ``stem stem``, ``^stem`` where it begins, ``C.SENSE`` and ``O.SENSE`` of the two grammars
    (``C+SENSE`` where the opening has none of it), ``%…`` for two or three neighbours with words that are not small as
    ``~`` and their ending, and ``#…`` for its shape, its place and what the grammars say.
    """
    from .lexicon.covert import GRAMMAR as ACTS
    from .lexicon.orders import GRAMMAR as ORDERS

    text = words(value)
    if not text.words:
        return
    stems = [stem(word) for word in text.words]
    grammars = [
        (letter, dict(sentences(value, grammar)), _weights(value, text, grammar))
        for letter, grammar in (("C", ACTS), ("O", ORDERS))
    ]
    bounds = [i for i in range(len(stems)) if not i or text.sentence[i] != text.sentence[i - 1]][: _MOST + 1]
    last_of_all = len(bounds) - 1
    opening: set[str] = set()
    for n, first in enumerate(bounds[:_MOST]):
        last = bounds[n + 1] - 1 if n < last_of_all else len(stems) - 1
        number = text.sentence[first]
        found: dict[str, Mark] = {}
        for name, a, b in itertools.chain(_worded(stems, first, last), _built(text.words, first, last)):
            if (names is None or name in names) and name not in found:
                found[name] = Mark(name, 1, a, b)
        senses: set[str] = set()
        for letter, tags, weights in grammars:
            said: Sequence[Tag] = tags.get(number, ())
            for tag in said:
                name = f"{letter}.{tag.sense}"
                senses.add(name)
                found.setdefault(name, Mark(name, 1, tag.first, tag.last))
                if n and name not in opening:
                    new = f"{letter}+{tag.sense}"
                    found.setdefault(new, Mark(new, 1, tag.first, tag.last))
            found[f"#{letter}"] = Mark(f"#{letter}", max(0.0, weights.get(number, 0.0)) / 4, 0, -1)
        if not n:
            opening = senses
        for shape in _shapes(value, text, first, last):
            found[shape] = Mark(shape, 1, 0, -1)
        found["#length"] = Mark("#length", min(last - first + 1, 40) / 20, 0, -1)
        found["#of"] = Mark(f"#of{min(len(bounds), 6)}", 1, 0, -1)
        found["#place"] = Mark("#opening" if not n else "#end" if n == last_of_all else "#middle", 1, 0, -1)
        yield number, first, last, list(found.values())


def _worded(stems: Sequence[str], first: int, last: int) -> Iterator[tuple[str, int, int]]:
    """Each word and each two neighbours, and the first and last word of them; the word that comes first again."""
    yield "^" + stems[first], first, first
    for i in range(first, last + 1):
        yield stems[i], i, i
        if i < last:
            yield f"{stems[i]} {stems[i + 1]}", i, i + 1


def _built(found: Sequence[str], first: int, last: int) -> Iterator[tuple[str, int, int]]:
    """Of each two and three neighbours what they are, and the first and last of them."""
    kinds = ["^", *map(_kind, found[first : last + 1]), "$"]
    for i in range(len(kinds) - 1):
        a, b = max(first + i - 1, first), min(first + i, last)
        yield f"%{kinds[i]} {kinds[i + 1]}", a, b
        if i + 2 < len(kinds):
            yield f"%{kinds[i]} {kinds[i + 1]} {kinds[i + 2]}", a, min(b + 1, last)


@functools.lru_cache(maxsize=8192)
def _kind(word: str) -> str:
    """Itself if it is small; else its ending, or that it is a number or something special."""
    if word in _SMALL or word[0] == "{":
        return word
    if word[0].isdigit():
        return "0"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1 and not word.endswith("ss"):
            return "~" + ending
    return "~"


def _weights(value: str, text: Words, grammar: Grammar) -> dict[int, float]:
    return {text.sentence[each.first]: each.weight for each in stated(value, grammar)}


def _shapes(value: str, text: Words, first: int, last: int) -> Iterator[str]:
    part = value[text.starts[first] : text.ends[last]]
    if text.words[first].endswith("s"):
        yield "#third"
    if not PASSIVE.isdisjoint(text.words[first : last + 1]):
        yield "#passive"
    if _HOST.search(part):
        yield "#host"
        if not _USUAL_HOST.search(part):
            yield "#unusual"
    for letter in '`"(/=_':
        if letter in part:
            yield "#" + letter
    if part[0].islower():
        yield "#lower"


@functools.cache
def _names(*blocks: str) -> frozenset[str]:
    """The marks of several tables."""
    return frozenset(itertools.chain.from_iterable(map(_table, blocks)))


@functools.cache
def _table(block: str) -> dict[str, float]:
    """By mark. A line: weight in tenths, colon, marks with commas between them, indented lines going on."""
    found = {}
    for line in block.strip().replace("\n ", "").split("\n"):
        weight, _, marks = line.partition(": ")
        found.update(dict.fromkeys(marks.split(", "), int(weight) / 10))
    return found
