"""What a sentence says, told by the senses of its words: somebody *sends* what is *private* to a place *outside*.

Phrases (see there) are for wordings that attackers repeat. What a tool is made for, and the pretexts it is called with,
are told in any words, so here words are sorted into senses, and a claim is a handful of senses close together in one
sentence, in whatever order they come. What is done behind a user's back, and what a model is ordered to do, is weighed
(`frames`): a new wording of that belongs into `lexicon`, and nowhere else.
"""

from __future__ import annotations

import functools
import itertools
import re

from ..record import NamedTuple
from ..rule import dedented
from .words import ENDINGS, Said, Words, admitted, apart, around, words


class Claim(NamedTuple):
    """``senses``: those needed, as ``SECRETLY SENDS|COLLECTS``, separated by ``>`` where they have to come in that
    order. ``says`` completes the message: `` `quoted words` <says>``. ``within``: so many words from the first to the
    last. ``unless``: senses that take the meaning away wherever they stand in the sentence. ``opens``: it begins the
    text, give or take a word: what a tool is for comes first. ``negated``: a "not" before it takes its meaning away."""

    senses: str
    says: str
    within: int = 14
    unless: str = ""
    opens: bool = False
    negated: bool = True


class Lexicon:
    """Words by their sense. Written as a block: ``SENSE: word, two words, word*`` with indented lines going on."""

    def __init__(self, block: str) -> None:
        self._block = block
        self._ways: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = {}

    def ways(self, word: str) -> list[tuple[str, tuple[frozenset[str], ...]]]:
        """What begins with a word: the sense, and the words that have to follow. Only what some text asks for is worked
        out, and kept."""
        found = self._ways.get(word)
        if found is None:
            if len(self._ways) >= _MOST:
                self._ways.clear()
            beginnings = (word, *(word[: len(word) - len(each)] + "*" for each in ENDINGS if word.endswith(each)))
            found = self._ways[word] = [
                (sense, tuple([admitted(each) for each in rest]))
                for _, sense, rest in sorted(way for first in beginnings for way in self._entries.get(first, ()))
            ]
        return found

    @functools.cached_property
    def _entries(self) -> dict[str, list[tuple[int, str, list[str]]]]:
        """By first word, as it is written: the number of the entry, its sense, and the words that follow."""
        found: dict[str, list[tuple[int, str, list[str]]]] = {}
        number = 0
        for sense, listed in re.findall(r"^ *([A-Z]+):((?:.*\n?)(?: .*\n?)*)", dedented(self._block), re.MULTILINE):
            for entry in listed.replace("-", " ").split(","):
                forms = entry.split()
                if forms:
                    found.setdefault(forms[0], []).append((number, sense, forms[1:]))
                    number += 1
        return found


_CAPTION = 8
"""Words of a text that names something and says no more."""
_MOST = 4096
"""Words that are kept of each lexicon: those of some hundred tools."""


class _Tag(NamedTuple):
    sense: str
    first: int
    last: int


# One text is asked for again and again while others of its tool are edited, as in `phrases.search`.
@functools.lru_cache(maxsize=512)
def claims(value: str, lexicon: Lexicon, wanted: tuple[Claim, ...]) -> tuple[Said, ...]:
    """Each claim at its first standing occurrence, those that overlap an earlier one left out; in order of place."""
    text = words(value)
    found = []
    by_sense = _by_sense(wanted)
    for tags in _tagged(value, lexicon):
        have = {tag.sense for tag in tags}
        for claim in {claim for sense in have & by_sense.keys() for claim in by_sense[sense]}:
            if have.isdisjoint(claim.unless.split()) and (span := _made(text, tags, claim, have)):
                first, last = span
                sentence = around(value, text, first, last)
                found.append(Said(claim.says, text.starts[first], text.ends[last], sentence))
    return apart(found)


@functools.cache
def _by_sense(wanted: tuple[Claim, ...]) -> dict[str, list[Claim]]:
    """Claims under the senses of the part that fewest make; of two the later, which is the rarer in texts."""
    found: dict[str, list[Claim]] = {}
    for claim in wanted:
        for sense in min(reversed(_needed(claim.senses)[0]), key=len):
            found.setdefault(sense, []).append(claim)
    return found


# Three rules ask for the same lexicon.
@functools.lru_cache(maxsize=16)
def _tagged(value: str, lexicon: Lexicon) -> list[list[_Tag]]:
    """The words with a sense, sentence by sentence; of two that overlap in one sense the longer."""
    text = words(value)
    found: list[list[_Tag]] = []
    number = -1
    for i, word in enumerate(text.words):
        ways = lexicon.ways(word)
        if not ways:
            continue
        best: dict[str, int] = {}
        after = text.words[i + 1] if i + 1 < len(text.words) else ""
        for sense, rest in ways:
            if rest and after not in rest[0]:
                continue
            last = i + len(rest)
            if last < len(text.words) and text.sentence[last] == text.sentence[i]:
                if all(text.words[i + 1 + n] in forms for n, forms in enumerate(rest)):
                    best[sense] = max(last, best.get(sense, 0))
        if best:
            if text.sentence[i] != number:
                number = text.sentence[i]
                found.append([])
            found[-1] += [_Tag(sense, i, last) for sense, last in best.items()]
    return found


def _made(text: Words, tags: list[_Tag], claim: Claim, have: set[str]) -> tuple[int, int] | None:
    """The first and last word with which some tags make a claim, where they first do.

    One walk over the tags, with the latest of each kind at hand: a sentence may be as long as its author likes.
    """
    needed, ordered = _needed(claim.senses)
    if any(have.isdisjoint(choice) for choice in needed):
        return None
    latest: list[tuple[_Tag, ...]] = [()] * len(needed)  # in order: the tags up to this one; else: the one
    for tag in tags:
        for k in range(len(needed) - 1, -1, -1):
            if tag.sense not in needed[k]:
                continue
            if not ordered:
                latest[k] = (tag,)
            elif k == 0:
                if not latest[0] or tag.last > latest[0][0].last:  # not a part of the one before
                    latest[0] = (tag,)
            elif latest[k - 1] and latest[k - 1][-1].last < tag.first:
                latest[k] = (*latest[k - 1], tag)
            else:
                continue
            made = latest[-1] if ordered else tuple(sorted(itertools.chain.from_iterable(latest), key=_place))
            if len(made) == len(needed) and (not ordered or k == len(needed) - 1):
                apart = all(before.last < after.first for before, after in itertools.pairwise(made))
                near = apart and made[-1].last - made[0].first < claim.within
                opens = not claim.opens or _opens(text, made[0].first)
                if near and opens and (not claim.negated or _stands(text, made)):
                    return made[0].first, made[-1].last
    return None


def _opens(text: Words, first: int) -> bool:
    """Whether a word is the first or the second of a text, or one of the first four where all it says is a caption."""
    return first < (4 if len(text.words) <= _CAPTION else 2) and text.sentence[0] == text.sentence[first]


def _place(tag: _Tag) -> tuple[int, int]:
    return tag.first, tag.last


@functools.cache
def _needed(senses: str) -> tuple[tuple[frozenset[str], ...], bool]:
    choices = senses.replace(">", " ").split()
    return tuple(frozenset(choice.split("|")) for choice in choices), ">" in senses


_NEGATIONS = frozenset(
    """
    not never no nor neither cannot can't won't don't doesn't didn't isn't aren't mustn't shouldn't without
    prevent prevents preventing avoid avoids avoiding refuse refuses reject rejects block blocks blocking forbid forbids
    prohibit prohibits prohibited stops detect detects detecting detected detection identify identifies identifying
    protect protects protecting protection against mitigate mitigates audit audits warn warns warning flag flags flagged
    find finds whether unless explain explains educational awareness training simulate simulates simulated report
    reported risk risks leaked exposed hardcoded committed example examples sample samples malware honeypot
    attackers simulator
    """.split()  # noqa: SIM905
)


def _stands(text: Words, tags: tuple[_Tag, ...]) -> bool:
    """Whether a claim means what it says: nothing before it or between its words negates it or tells that somebody
    looks for such things."""
    start = first = tags[0].first
    while start and first - start < 8 and text.sentence[start - 1] == text.sentence[first]:
        start -= 1
    between = itertools.chain.from_iterable(range(a.last + 1, b.first) for a, b in itertools.pairwise(tags))
    return _NEGATIONS.isdisjoint(text.words[i] for i in itertools.chain(range(start, first), between))
