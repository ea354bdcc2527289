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
_DROPS = r"(?:discard(?:ing)?|ignor(?:e|ing)|disregard(?:ing)?|throw(?:ing)?\s+away)"
_CHANGES = r"(?:overrid(?:e|ing)|overwrit(?:e|ing)|replac(?:e|ing)|drop(?:ping)?|swap(?:ping)?|substitut(?:e|ing))"
"""What is done to things as well, and to those that a user has: "replace the user's avatar"."""
_OF_USER = r"\s+(?:\w+\s+){0,2}?(?:the\s+|a\s+)?user(?:['’]s|s['’])?[-\s]+"
_GAVE = r"(?:provided|specified|supplied|given|requested)\s+"
_ASKED = r"(?:inputs?|quer(?:y|ies)|parameters?|params?|arguments?|args|choices?|selections?)"
_LATER = r"\b(?!\s+(?:if|when|unless|where|while|once)\b)"
# A value that the user gave is thrown away; all arguments are; one is forced; a call has exactly these.
_THROWN = pattern(
    rf"\b{_DROPS}{_OF_USER}(?:(?:{_GAVE}|(?:actual|original|own)\s+))?(?:\w+\s+){{0,2}}?{_VALUE}{_LATER}"
    rf"|\b{_CHANGES}{_OF_USER}(?:{_GAVE}(?:\w+\s+){{0,2}}?{_VALUE}|{_ASKED}){_LATER}"
    rf"|\b(?:{_DROPS}|{_CHANGES})\s+(?:all|any|every|the)\s+(?:\w+\s+)?(?:parameters|arguments|inputs)\s+(?:as\s+follows"
    r"|with|by|to)\b"
    r"|\boverrid(?:e|ing)\s+(?:the\s+)?(?:parameter|argument)?\s*`\w+`\s+(?:to|with)\b",
    re.IGNORECASE,
)
_FORCED = pattern(
    r"\b(?:forc(?:e|ing|ed)|lock(?:ed)?)\s+(?:the\s+)?(?:set\s+|use\s+)?(?:(?:parameter|argument|field)\s+)?[`'\"]?\w+[`'\"]?"
    r"(?:\s+(?:parameter|argument|field))?\s*(?:to\s+(?:the\s+)?value\b|to\s*:|=\s*['\"])"
    r"|\bset\s+(?:strictly|only|unconditionally)\s+to\b|`\w+`\s+(?:(?:strictly\s+)?(?:redirected|forced)\s+to\b|changed\s+to\s*:)"
    r"|\b(?:with|using)\s+(?:exactly|only|strictly)\s+th(?:e|is|ese)\s+(?:\w+\s+)?(?:parameters?|values?|arguments?|query"
    r"|queries|path|file)\b(?=\W{0,4}:[^.]{0,40}?(?:['\"=]|\b\d))",
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
