"""What a sentence states, weighed: somebody *does* something *with* what belongs to a user, *for* whom, and *how*.

Nobody lists all wordings of a betrayal, but each is made of the same few parts. A `Grammar` sorts words into senses
(level one), joins neighbouring senses to larger ones (``NO`` + ``TOLD`` → ``UNSEEN``: level two), and every sense
weighs something in one of four scales. An act is reported where the scales around it, in the same sentence, add up.

* ``act``: what is done (sends, keeps, alters …); the scale everything hangs on
* ``who``: who profits or receives (the maker, a third party, a place nobody named)
* ``what``: what it is done with (secrets, what is private, results, safeguards)
* ``how``: how it is done, and why (unseen, whatever the user says, besides, for advertising); two of these add up

and a mood for the sentence as a whole: ``PASSIVE``, ``CHOSEN`` by the user, told as something to defend against.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Sequence

from ..pattern import pattern
from ..record import NamedTuple
from ..rule import dedented
from .emphasis import framed
from .stems import IRREGULAR, stem
from .words import Words, listed, named_method, participle, words

_FILLERS = frozenset("the a an any all its their his her your user users this that these those own".split())  # noqa: SIM905
_SCALES = ("act", "who", "what", "how", "mood")
_REACH = 13
"""So many words an act and what belongs to it may stand apart: a clause or two, not a list."""
_LONGEST = 26
_WIDEST = 12  # words of the widest join
_NOUNS_FOLLOW = frozenset(
    "the a an this these those of each every no your our its their his her any some per".split()  # noqa: SIM905
)
PASSIVE = frozenset("is are be was were being get gets".split())  # noqa: SIM905
_CLAUSES = frozenset(
    "and then also additionally plus but while which who whose that where whereas unless with without for we it".split()  # noqa: SIM905
)
# Hosts that say what they are, and those anybody gets for an hour to look at what arrives.
_HOSTILE = pattern(
    r"(?i)evil|attack|hack(?!ernews|athon|md)|exfil|malicious|pwn|steal|stolen|leak|webhook\.site|requestbin|ngrok|"
    r"pipedream|burpcollaborator|interact\.sh|oast\.|beeceptor|requestcatcher|pastebin|trycloudflare"
)
# Who may log in, what runs at a log-in or later, which programs may become root.
_TRUST_FILE = pattern(
    r"authorized_keys|/sudoers|\.bashrc|\.zshrc|\.bash_profile|\.profile\b|/cron|LaunchAgents|/systemd/|autostart|"
    r"known_hosts|/ld\.so\.preload|/etc/hosts\b"
)
_PIPE = pattern(r"\s*`?\s*\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b|\s*\|\s*python3?\b")
_OF_ALL = frozenset(("CHOSEN", "RECEIVED", "FRAMED", "HOSTILEHOST", "OWNTOOLS"))
"""Moods of a sentence wherever they are said."""
_TAMES = frozenset(("TAME", "OWNTOOLS", "CHOSEN", "DEFENSE"))
"""What takes from the others may be said in two clauses: "to set this up, you need"."""
_BREAKS = frozenset(",:—–()[]|")
_COUPLING = frozenset(
    "and then also plus or but while it additionally silently quietly secretly we besides too".split()  # noqa: SIM905
)
_CONDITIONS = frozenset(("if", "whether"))
_MEANINGS = frozenset(("means", "indicates", "denotes", "signifies"))
_ALTERNATIVES = frozenset(("or", "nor"))


class Join(NamedTuple):
    """``first`` and then ``second`` with up to ``gap`` words and no punctuation between them are ``sense``; where
    ``either``, in any order, and whatever stands between."""

    sense: str
    first: frozenset[str]
    second: frozenset[str]
    gap: int
    either: bool


class Tag(NamedTuple):
    """Words ``first`` to ``last`` have a sense."""

    sense: str
    first: int
    last: int


class Stated(NamedTuple):
    """Words ``first`` to ``last`` state it. ``senses``: of what it is made, those of the act first."""

    first: int
    last: int
    weight: float
    senses: tuple[str, ...]


Weighty = tuple[Tag, int, float]
"""A tag with its scale and weight."""
Way = tuple[str, list[str]]
"""A sense, and the forms that have to follow."""


class Grammar:
    """``lexicon``: blocks ``SENSE: word, two words, =exact`` with indented lines going on; every other word stands for
    all its inflections. ``joins``: lines ``SENSE = A|B 4 C|D``, the number being the gap, ``~4`` for either order.
    ``weights``: lines ``scale SENSE 2``."""

    def __init__(self, lexicon: tuple[str, ...], joins: str, weights: str) -> None:
        self._lexicon, self._joins, self._weights = lexicon, joins, weights
        self._ways: dict[str, dict[str, list[Way]]] = {}

    def ways(self, form: str) -> Sequence[Way]:
        """What begins with the stem of a word, or with ``=word`` as it is: the sense, and the forms that have to
        follow. Only what begins with the letters of a word that is asked for is worked out, and kept."""
        letters = form.lstrip("=")[:2]
        found = self._ways.get(letters)
        if found is None:
            found = self._ways[letters] = {}
            for sense, entry in self._entries.get(letters, ()):
                first, *rest = map(_form, entry.split())
                found.setdefault(first, []).append((sense, rest))
        return found.get(form, ())

    @functools.cached_property
    def _entries(self) -> dict[str, list[tuple[str, str]]]:
        """By the first letters of the stem of its first word: the sense of an entry, and the entry as it is written."""
        found: dict[str, list[tuple[str, str]]] = {}
        for block in self._lexicon:
            sense, listed = "", ""
            for line in [*dedented(block).split("\n"), "END:"]:
                if line[0] == " " or ":" not in line:
                    listed += line
                    continue
                for entry in listed.split(","):
                    if entry := entry.strip():
                        first = entry.partition(" ")[0].lstrip("=")
                        found.setdefault(IRREGULAR.get(first, first)[:2], []).append((sense, entry))
                sense, _, listed = line.partition(":")
        return found

    @functools.cached_property
    def joins(self) -> tuple[Join, ...]:
        found = []
        for line in dedented(self._joins).split("\n"):
            sense, _, rest = line.partition(" = ")
            first, gap, second = rest.split()
            sets = frozenset(first.split("|")), frozenset(second.split("|"))
            found.append(Join(sense, *sets, int(gap.lstrip("~")), gap[0] == "~"))
        return tuple(found)

    @functools.cached_property
    def weights(self) -> dict[str, tuple[int, float]]:
        """Of each sense: its scale (index in `_SCALES`) and weight."""
        found = {}
        for line in dedented(self._weights).split("\n"):
            scale, sense, weight = line.split()
            found[sense] = (_SCALES.index(scale), float(weight))
        return found


# One text is asked for again and again while others of its tool are edited, as in `phrases.search`.
@functools.lru_cache(maxsize=512)
def stated(value: str, grammar: Grammar) -> tuple[Stated, ...]:
    """Of each sentence the act that weighs most, in order of place."""
    text = words(value)
    found = (weighed(text, tags, grammar) for _, tags in sentences(value, grammar))
    return tuple(each for each in found if each is not None)


@functools.lru_cache(maxsize=8)  # `leaning` asks for them after `stated` did
def sentences(value: str, grammar: Grammar) -> list[tuple[int, list[Tag]]]:
    """The number and the tags of each sentence that has some, in order of place."""
    text = words(value)
    stems = [stem(word) for word in text.words]
    for i, word in enumerate(text.words):
        if word == "us" and (value[text.starts[i]] == "U" or value[text.ends[i] : text.ends[i] + 1] == "-"):
            stems[i] = "usa"  # "us-east-1" is nobody's
    exact = ["=" + word for word in text.words]
    have = {*stems, *exact}
    found: dict[int, list[Tag]] = {}
    frames, breaks = framed(value), _breaks(value, text)
    for i, word in enumerate(stems):
        start = text.starts[i]
        if start and value[start - 1] == "`" and not listed(value, text, i):
            found.setdefault(text.sentence[i], []).append(Tag("SLOT", i, i))
        if frames and any(first < start < last for first, last in frames):
            found.setdefault(text.sentence[i], []).append(Tag("FRAMED", i, i))
        if text.words[i][0] == "{":
            address = text.words[i] == "{ADDRESS}"
            if _PIPE.match(value, text.ends[i]) if address else _TRUST_FILE.search(value, start, text.ends[i]):
                found.setdefault(text.sentence[i], []).append(Tag("PIPED" if address else "TRUSTED", i, i))
        if (text.words[i] == "{ADDRESS}" or "_" in text.words[i]) and _HOSTILE.search(value, start, text.ends[i]):
            found.setdefault(text.sentence[i], []).append(Tag("HOSTILEHOST", i, i))
        if start and value[start - 1] == "{" and word[0] != "{":
            continue  # "{Operator}" is a place to fill in
        if named_method(value, text, i):
            continue
        called = value.startswith(":", text.ends[i])  # no other sign is part of an entry
        for key in (word, exact[i], exact[i] + ":") if called else (word, exact[i]):
            for sense, rest in grammar.ways(key):
                if rest and rest[0] not in have:
                    continue
                last = _follows(text, stems, i, rest) if rest else i
                if last is not None and (breaks[last] == breaks[i] or sense in _TAMES):
                    found.setdefault(text.sentence[i], []).append(Tag(sense, i, last))
    return [(number, _joined(_longest(tags), grammar.joins, breaks)) for number, tags in found.items()]


def _breaks(value: str, text: Words) -> list[int]:
    """For each word, how many commas, colons, dashes and brackets stand before it."""
    found, count, end = [], 0, 0
    for start, after in zip(text.starts, text.ends, strict=True):
        count += not _BREAKS.isdisjoint(value[end:start])
        found.append(count)
        end = after
    return found


def _form(word: str) -> str:
    return word if word[0] in "={" else stem(word)


def _follows(text: Words, stems: list[str], i: int, rest: list[str]) -> int | None:
    """The last of the words that follow word ``i``; articles and possessives may stand between."""
    here, at = text.sentence[i], i
    for form in rest:
        skipped = 0
        while True:
            at += 1
            if at >= len(stems) or text.sentence[at] != here:
                return None
            if stems[at] == form or "=" + text.words[at] == form:
                break
            if text.words[at] not in _FILLERS or skipped == 2:
                return None
            skipped += 1
    return at


def _longest(tags: list[Tag]) -> list[Tag]:
    """Without those that lie inside a longer one: "access token" is no access."""
    longer: dict[int, Tag] = {}
    for tag in tags:
        for at in range(tag.first, tag.last + 1) if tag.last > tag.first else ():
            longer[at] = max(longer.get(at, tag), tag, key=_length)
    return [
        tag
        for tag in tags
        if (other := longer.get(tag.first, tag)).last < tag.last
        or _length(other) <= _length(tag)
        or other.first > tag.first
    ]


def _length(tag: Tag) -> int:
    return tag.last - tag.first


def _joined(tags: list[Tag], joins: tuple[Join, ...], breaks: list[int]) -> list[Tag]:
    """With the larger senses that neighbours make; each with its nearest only, so that a long sentence costs no more
    than its words."""
    have = {tag.sense for tag in tags}
    behind = {tag.last + 1 for tag in tags if tag.sense == "NO"}  # "entries are as they were, no backdating"
    for join in joins:
        if have.isdisjoint(join.first) or have.isdisjoint(join.second):
            continue
        seconds = sorted((tag for tag in tags if tag.sense in join.second), key=_begins)
        starts = [tag.first for tag in seconds]
        made = []
        for a in tags:
            if a.sense not in join.first:
                continue
            low = (
                bisect.bisect_left(starts, a.first - join.gap - _WIDEST)
                if join.either
                else bisect.bisect(starts, a.last)
            )
            near = seconds[low : bisect.bisect(starts, a.last + join.gap + 1)]
            after = next((b for b in near if b.first > a.last), None)
            if after and (after.first not in behind if join.either else breaks[a.first] == breaks[after.last]):
                made.append(Tag(join.sense, a.first, after.last))
            if join.either and a.first not in behind:
                before = next(
                    (b for b in reversed(near) if b.last < a.first and a.first - b.last - 1 <= join.gap), None
                )
                if before is not None:
                    made.append(Tag(join.sense, before.first, a.last))
        if made:
            have.add(join.sense)
            tags = tags + made
    return tags


def _begins(tag: Tag) -> int:
    return tag.first


def weighed(text: Words, tags: list[Tag], grammar: Grammar) -> Stated | None:
    """What in one sentence weighs most together: an act with what stands around it, or a party or manner with it.

    An act that is negated does not count. Beside words that say that such acts are looked for (``DEFENSE``), or that
    the user decides (``CHOSEN``), all weighs less.
    """
    weights = grammar.weights
    mood = _Mood(text, tags, weights)
    heavy = [(tag, *weights[tag.sense]) for tag in tags if tag.sense in weights and weights[tag.sense][0] < 4]
    heavy = sorted((each for each in heavy if mood.counts(*each[:2])), key=lambda each: each[0].first)
    starts = [each[0].first for each in heavy]
    best: Stated | None = None
    for anchor in heavy:
        if anchor[1] == 2:
            continue
        low = bisect.bisect_left(starts, anchor[0].first - _REACH - _WIDEST)
        near = heavy[low : bisect.bisect(starts, anchor[0].last + _REACH)]
        chosen = _company(near, anchor)
        if not any(scale == 0 for _, scale, _ in chosen) and mood.denied(chosen):
            continue
        total = sum(weight for _, _, weight in chosen) + mood.weight(chosen)
        if best is None or total > best.weight:
            first, last = min(tag.first for tag, _, _ in chosen), max(tag.last for tag, _, _ in chosen)
            # "kept on our servers": the verb is underlined even where it weighs too little to be chosen
            first = min([t.first for t, scale, _ in near if not scale and 0 < first - t.last <= 2], default=first)
            senses = [tag.sense for tag, scale, _ in chosen if scale == 0] + [
                t.sense for t, scale, _ in chosen if scale
            ]
            best = Stated(first, last, total, tuple(senses))
    return best


def _company(near: list[Weighty], anchor: Weighty) -> list[Weighty]:
    """The anchor, and what weighs most in each scale near it; no word counts twice."""
    tag, scale, _ = anchor
    chosen, low, high = [anchor], tag.first, tag.last
    near = [each for each in near if each[0].first - high <= _REACH and low - each[0].last <= _REACH]
    near.sort(key=lambda each: (-each[2], each[0].last - each[0].first))
    room, taken = [1, 1, 1, 2], {tag.sense}
    room[scale] -= 1
    for each in near:
        tag, scale, _ = each
        if not room[scale] or tag.sense in taken or max(high, tag.last) - min(low, tag.first) > _LONGEST:
            continue
        if any(tag.first <= other.last and other.first <= tag.last for other, _, _ in chosen):
            continue
        room[scale] -= 1
        taken.add(tag.sense)
        chosen.append(each)
        low, high = min(low, tag.first), max(high, tag.last)
    return chosen


class _Mood:
    """What a sentence as a whole takes from or adds to what is said in it."""

    def __init__(self, text: Words, tags: list[Tag], weights: dict[str, tuple[int, float]]) -> None:
        self._text, self._weights = text, weights
        self._negated = {tag.last for tag in tags if tag.sense == "NO"}
        self._defended = {tag.last for tag in tags if tag.sense == "DEFENSE"}
        self._said = _OF_ALL.intersection(tag.sense for tag in tags)
        self._opening = 0  # where the first clause of the text ends, as far as words tell
        if tags and text.sentence[tags[0].first] == text.sentence[0]:
            end = next(
                (i for i, word in enumerate(text.words) if word in _CLAUSES or participle(text, i)), len(text.words)
            )
            self._opening = end

    def counts(self, tag: Tag, scale: int) -> bool:
        """Whether an act is done, and a party there at all: not "without others", nor "if it was changed by others"."""
        if scale != 1:
            return scale > 1 or self.done(tag)
        text, first = self._text, tag.first
        asked = text.words[first] == "by" and self._opened(first, _CONDITIONS)
        return not asked and "without" not in text.words[first - 2 : first]

    def done(self, act: Tag) -> bool:
        """Whether an act is one: a verb, and not negated."""
        text, first = self._text, act.first
        if first == act.last and first and text.sentence[first - 1] == text.sentence[first]:
            if text.words[first - 1] in _NOUNS_FOLLOW:
                return False
        simple = act.last - first < 2  # of a join, something else may stand in the condition
        opens = _CONDITIONS | _MEANINGS if simple else _MEANINGS
        if act.sense == "WEAKENED" and not PASSIVE.isdisjoint(text.words[first : act.last]):
            opens |= {"if", "whether", "when", "while", "once"}  # who sees what when encryption is disabled
        return self._negated.isdisjoint(range(first - 3, first)) and not (
            self._opened(first, opens) or self._denied_with(first)
        )

    def _opened(self, first: int, by: frozenset[str]) -> bool:
        """Whether a condition, or the meaning of a value, opens shortly before a word with nothing but words between:
        "if a name is passed", "null means the lock is disabled"."""
        text = self._text
        for i in range(first - 1, max(first - 7, -1), -1):
            if text.starts[i + 1] - text.ends[i] > 1 or text.sentence[i] != text.sentence[first]:
                return False
            if text.words[i] in by:
                return True
        return False

    def _denied_with(self, first: int) -> bool:
        """Whether a word is the last of several that are negated together: "do not read, open, or echo"."""
        text = self._text
        if not first or text.words[first - 1] not in _ALTERNATIVES:
            return False
        for i in range(first - 2, max(first - 7, -1), -1):
            if text.sentence[i] != text.sentence[first] or text.words[i] in _COUPLING:
                return False
            if i in self._negated:
                return True
        return False

    def denied(self, chosen: list[Weighty]) -> bool:
        """Whether an act that does not count, being negated, stands before what is told without one."""
        first = min(tag.first for tag, _, _ in chosen)
        return not self._negated.isdisjoint(range(first - 8, first))

    def weight(self, chosen: list[Weighty]) -> float:
        words, total = self._text.words, 0.0
        first = min(tag.first for tag, _, _ in chosen)
        act = min((tag.first for tag, scale, _ in chosen if scale == 0), default=first)
        if any(scale == 0 and tag.first and words[tag.first - 1] in PASSIVE for tag, scale, _ in chosen):
            total += self._of("PASSIVE")  # what a tool is for is told in the active voice
        if act < self._opening:
            total += self._of("OPENING")  # and comes first
            total += self._of("DESCRIBED") if words[0].endswith("s") else 0  # "Lists …": nobody is told to
        total += sum(self._of(sense) for sense in self._said)
        if words[first - 1] not in _COUPLING and not self._defended.isdisjoint(range(first - 11, first)):
            total += self._of("DEFENSE")
        return total

    def _of(self, sense: str) -> float:
        return self._weights[sense][1] if sense in self._weights else 0.0
