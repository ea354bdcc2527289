"""Whether a regular expression can take exponential time: whether some text leads round one of its repetitions in two
ways, so that each further copy of it doubles what has to be tried before the expression gives up.

The expression becomes an automaton of one state for each character it names (Glushkov). Two ways round are two walks
from a state back to itself over the same text: a walk in pairs of states that leaves the diagonal and comes back. Where
the expression can end within the repetition it never has to give up, and is left alone. See Weideman, van der Merwe,
Berglund, Watson: "Analyzing Matching Time Behavior of Backtracking Regular Expression Matchers" (2016).
"""

from __future__ import annotations

import collections
import functools
import string
from collections.abc import Iterable

from ..pattern import pattern
from ..record import NamedTuple
from .expressions import escaped, members

_REPEATED = pattern(r"\)(?:[*+]|\{\d+,\})")
_COUNT = pattern(r"\{(\d*)(,?)(\d*)\}")
_GROUP = pattern(r"\((?:\?(?::|P?<\w+>|[ims]+(?:-[ims]+)?:))?")
_ABOUT = pattern(r"\(\?(?:<?[=!])")
_STRANGE = pattern(r"\(\?(?:>|\(|[a-zA-Z]*x|R|#|P=|P>)|[*+?}]\+|\\[pPkg]\b|\\[pPkg][{<]|&&")
_ALL = frozenset(string.printable) | {"é", "中"}
_MOST = 32
"""States of one repetition: more are not judged, for the walks are in pairs of them."""


class Loop(NamedTuple):
    """The repeated group, as characters of the expression."""

    start: int
    end: int


@functools.lru_cache(maxsize=256)
def exponential(expression: str, ends: bool = False) -> Loop | None:
    """The repetition that some text leads round in two ways. ``ends``: more follows that is not known here, or the
    whole text has to match. ``None`` as well for what is not understood."""
    if _REPEATED.search(expression) is None or _STRANGE.search(expression):
        return None
    reader = _Reader(expression)
    try:
        whole = reader.alternatives()
    except _NotUnderstood:
        return None
    if reader.at != len(expression):
        return None
    gives_up = frozenset() if ends else frozenset(whole.last)
    for loop in sorted(reader.loops, key=lambda one: one.end - one.start):
        if expression[loop.start] != "(":
            continue  # a single character: there is one way round
        inside = [s for s in range(len(reader.reads)) if loop.start <= reader.where[s] < loop.end]
        if len(inside) <= _MOST and gives_up.isdisjoint(inside) and _two_ways(inside, reader.reads, reader.after):
            return loop
    return None


def _two_ways(states: list[int], reads: list[frozenset[str]], after: dict[int, collections.Counter[int]]) -> bool:
    own = frozenset(states)
    steps = {s: [t for t in after[s] if t in own] for s in states}
    if any(after[s][t] > 1 and _leads(t, s, steps) for s in states for t in steps[s]):
        return True  # the same step for two reasons, as in `(a+)+`
    pairs: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for one in states:
        for other in states:
            pairs[one, other] = [(a, b) for a in steps[one] for b in steps[other] if not reads[a].isdisjoint(reads[b])]
    back: dict[tuple[int, int], list[tuple[int, int]]] = collections.defaultdict(list)
    for pair, following in pairs.items():
        for each in following:
            back[each].append(pair)
    for s in states:
        there, home = _reached((s, s), pairs), _reached((s, s), back)
        if any(a != b and (a, b) in home for a, b in there):
            return True
    return False


def _leads(start: int, end: int, steps: dict[int, list[int]]) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for each in steps[waiting.pop()]:
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return end in seen


def _reached(start: tuple[int, int], steps: dict[tuple[int, int], list[tuple[int, int]]]) -> set[tuple[int, int]]:
    seen: set[tuple[int, int]] = set()
    waiting = [start]
    while waiting:
        for each in steps.get(waiting.pop(), ()):
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return seen


class _NotUnderstood(Exception):
    pass


class _Part(NamedTuple):
    """``empty``: it matches no text at all as well. The states it can begin and end with."""

    empty: bool
    first: list[int]
    last: list[int]


_NOTHING = _Part(True, [], [])


class _Reader:
    """Reads an expression into states: what each ``reads``, ``where`` it stands, which come ``after`` it and for how
    many reasons. What only looks (``$``, ``\\b``, ``(?=…)``) is a state that reads something no other does."""

    def __init__(self, expression: str) -> None:
        self.text = expression
        self.at = 0
        self.reads: list[frozenset[str]] = []
        self.where: list[int] = []
        self.after: dict[int, collections.Counter[int]] = collections.defaultdict(collections.Counter)
        self.loops: list[Loop] = []

    def alternatives(self) -> _Part:
        found = [self.sequence()]
        while self.text.startswith("|", self.at):
            self.at += 1
            found.append(self.sequence())
        return _Part(
            any(p.empty for p in found), [s for p in found for s in p.first], [s for p in found for s in p.last]
        )

    def sequence(self) -> _Part:
        whole = _NOTHING
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            start = self.at
            part = self.repeated(self.atom(), start)
            self.join(whole.last, part.first)
            whole = _Part(
                whole.empty and part.empty,
                [*whole.first, *part.first] if whole.empty else whole.first,
                [*whole.last, *part.last] if part.empty else part.last,
            )
        return whole

    def join(self, before: Iterable[int], after: Iterable[int]) -> None:
        following = list(after)
        for state in before:
            self.after[state].update(following)

    def repeated(self, part: _Part, start: int) -> _Part:
        while self.at < len(self.text):
            sign = self.text[self.at]
            count = _COUNT.match(self.text, self.at) if sign == "{" else None
            if count is not None and (count[1] or count[3]):
                least, endless = int(count[1] or 0), bool(count[2]) and not count[3]
                self.at = count.end()
            elif sign in "*+?":
                least, endless = int(sign == "+"), sign != "?"
                self.at += 1
            else:
                break
            if self.text.startswith("?", self.at):
                self.at += 1  # as few as possible is as many ways
            if endless:
                self.join(part.last, part.first)
                self.loops.append(Loop(start, self.at))
            part = _Part(part.empty or least == 0, part.first, part.last)
        return part

    def atom(self) -> _Part:
        text, start = self.text, self.at
        sign = text[start]
        if sign == "(":
            looks = _ABOUT.match(text, start)
            opening = looks or _GROUP.match(text, start)
            if opening is None or (looks is None and text.startswith("(?", start) and opening.end() == start + 1):
                raise _NotUnderstood
            states = len(self.reads)
            self.at = opening.end()
            inside = self.alternatives()
            if not text.startswith(")", self.at):
                raise _NotUnderstood
            self.at += 1
            if looks is None:
                return inside
            del self.reads[states:], self.where[states:]
            for state in [state for state in self.after if state >= states]:
                del self.after[state]
            self.loops = [loop for loop in self.loops if loop.start < start]
            return self.state(start, frozenset((f"look {start}",)))
        if sign == "[":
            self.at, found = members(text, start, set(_ALL))
            return self.state(start, frozenset(found))
        if sign == "\\":
            self.at += 2
            letter = text[start + 1 : start + 2]
            if letter in ("b", "B", "A", "Z", "z"):
                return self.state(start, frozenset((f"look {start}",)))
            if letter.isdigit() or letter in ("u", "x", "c", ""):
                raise _NotUnderstood
            return self.state(start, frozenset(escaped(letter, set(_ALL))))
        self.at += 1
        if sign == "^":
            return _NOTHING
        if sign == "$":
            return self.state(start, frozenset((f"look {start}",)))
        if sign in "*+?":
            raise _NotUnderstood
        return self.state(start, _ALL - {"\n"} if sign == "." else frozenset(sign))

    def state(self, where: int, reads: frozenset[str]) -> _Part:
        self.reads.append(reads)
        self.where.append(where)
        state = len(self.reads) - 1
        return _Part(False, [state], [state])
