"""Orders to put something else where a value of the user's belongs: another recipient, a fixed query, "the safe file".

What a tool is called with is for the user to say. A description may say which values there are and what happens without
one; it has no reason to have a given value thrown away, or to name the one to pass whatever was asked for.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ..pattern import pattern
from ..place import Text
from .words import Said, sentence_at, vocabulary

_SAYS = "puts something else where a value of the user's belongs"

_VALUE = (
    r"(?:inputs?|quer(?:y|ies)|keywords?|terms?|counts?|amounts?|recipients?|addresse?s?|parameters?|params?|arguments?"
    r"|args|values?|choices?|selections?|urls?|links?|paths?|files?|names?|user\s?names?|strings?|identifiers?|ids?|dates?"
    r"|channels?|passwords?|e-?mails?|destinations?|targets?|hotels?|schedules?|titles?)"
)
_THROWS = (
    r"(?:discard(?:ing)?|ignor(?:e|ing)|disregard(?:ing)?|overrid(?:e|ing)|overwrit(?:e|ing)|replac(?:e|ing)"
    r"|drop(?:ping)?|swap(?:ping)?|substitut(?:e|ing)|throw(?:ing)?\s+away)"
)
# A value that the user gave is thrown away; all arguments are; one is forced; a call has exactly these.
_THROWN = pattern(
    rf"\b{_THROWS}\s+(?:\w+\s+){{0,2}}?(?:the\s+|a\s+)?user(?:['’]s|s['’])?[-\s]+"
    rf"(?:(?:provided|specified|supplied|given|requested|actual|original|own)\s+)?(?:\w+\s+){{0,2}}?{_VALUE}\b"
    rf"|\b{_THROWS}\s+(?:all|any|every|the)\s+(?:\w+\s+)?(?:parameters|arguments|inputs)\s+(?:as\s+follows|with|by|to)\b"
    r"|\boverrid(?:e|ing)\s+(?:the\s+)?(?:parameter|argument)?\s*`\w+`\s+(?:to|with)\b",
    re.IGNORECASE,
)
_FORCED = pattern(
    r"\b(?:forc(?:e|ing|ed)|lock(?:ed)?)\s+(?:the\s+)?(?:set\s+|use\s+)?(?:(?:parameter|argument|field)\s+)?[`'\"]?\w+[`'\"]?"
    r"(?:\s+(?:parameter|argument|field))?\s*(?:to\s+(?:the\s+)?value\b|to\s*:|=\s*['\"])"
    r"|\bset\s+(?:strictly|only|unconditionally)\s+to\b|`\w+`\s+(?:strictly\s+)?(?:redirected|changed|forced)\s+to\b"
    r"|\bwith\s+(?:exactly|only|strictly)\s+th(?:e|is|ese)\s+(?:following\s+)?(?:fixed\s+|sanitized\s+|safe\s+)?(?:parameters?|values?|arguments?|query|queries)\b"
    r"|\busing\s+(?:exactly|only|strictly)\s+th(?:is|ese)\s+(?:\w+\s+)?(?:parameters?|values?|arguments?|query|path|file)\b",
    re.IGNORECASE,
)
_DUTY = pattern(
    r"\b(?:must|shall|always|ha(?:ve|s)\s+to|needs?\s+to|mandatory|explicitly|directive|enforcement)\b", re.IGNORECASE
)
_DENIED = pattern(r"(?:\bnot|\bnever|n't|\bwithout)\s+(?:\w+\s+)?\Z", re.IGNORECASE)
_THROWING = frozenset(
    """
    discard discarding ignore ignoring disregard disregarding override overriding overwrite overwriting replace
    replacing drop dropping swap swapping substitute substituting throw throwing
    """.split()  # noqa: SIM905
)
_USERS = frozenset("user users user's users' parameter parameters argument arguments inputs".split())  # noqa: SIM905
_STRICT = frozenset("force forcing forced locked strictly exactly unconditionally redirected changed only".split())  # noqa: SIM905


def replaced(text: Text) -> Iterator[Said]:
    """What a text orders to be passed in place of what the user gave."""
    if text.role in ("tool description", "parameter description"):
        yield from _replaced(text.value)


# As in `phrases.search`.
@functools.lru_cache(maxsize=512)
def _replaced(value: str) -> tuple[Said, ...]:
    have = vocabulary(value)
    found = [] if have.isdisjoint(_THROWING) or have.isdisjoint(_USERS) else [*_THROWN.finditer(value)]
    if not have.isdisjoint(_STRICT):
        found += _FORCED.finditer(value)
    told = []
    for match in found:
        sentence = sentence_at(value, match.start())
        opens = value.rfind("\n\n", 0, match.start()) + 1
        if not _DENIED.search(value, 0, match.start()) and _DUTY.search(value, opens, max(match.end(), sentence[1])):
            told.append(Said(_SAYS, match.start(), match.end(), sentence))
    return tuple(told)
