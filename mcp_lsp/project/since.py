"""Which lines of a text are not what they were, and which findings have to do with them."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

from .outcome import Found

_END = re.compile(r"\r\n|\n|\r")
_LARGEST = 4_000_000
"""Pairs of lines that are compared; where there are more, everything between the first and the last change counts."""


def changed(before: str, after: str) -> frozenset[int]:
    """The numbers of the lines, from 1, that came or were changed. Where lines went, those on both sides count."""
    old, new = _END.split(before), _END.split(after)
    if old == new:
        return frozenset()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if len(old) * len(new) > _LARGEST:
        return frozenset(range(start + 1, start + len(new) + 2))
    found: set[int] = set()
    for tag, _, _, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "delete":
            found |= {start + first, start + first + 1}
        elif tag != "equal":
            found |= set(range(start + first + 1, start + last + 1))
    return frozenset(found)


RENAMED = 0.5
"""From this likeness on a new file is one that is gone under another name, as git has it."""


def likeness(before: str, after: str) -> float:
    """How much of two texts is the same, from 0 to 1: the lines that both have, wherever they stand."""
    old, new = (Counter(line for line in _END.split(text) if line.strip()) for text in (before, after))
    return (old & new).total() / max(old.total(), new.total(), 1)


def touches(found: Found, lines: frozenset[int]) -> bool:
    """Whether one of some lines stands between the first and the last that a finding speaks of: what it tells runs
    through them. What is about a file as a whole stands at its start."""
    regions = [found.region, *(each.region for each in found.related if each.region.path == found.region.path)]
    if found.region.start == found.region.end == (1, 1):
        return bool(lines)
    first = min(region.start[0] for region in regions)
    last = max(max(region.end[0], region.start[0]) for region in regions)
    return any(number in lines for number in range(first, last + 1))
