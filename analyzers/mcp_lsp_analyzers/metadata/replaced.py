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
# What has "user" before it and is no field of an account, as "user name" and "user id" are.
_IN_CALLS = r"(?:inputs?|quer(?:y|ies)|keywords|parameters?|params|arguments?|args|choices?|selections?|values?)"
_GIVEN = r"(?:provided|specified|supplied|given|requested|chosen|entered|actual|original|own)"
_DROPS = r"(?:discard|ignore|disregard|drop|throw\s+away)"
_PUTS = r"(?:override|overwrite|replace|swap|substitute)"
_USERS_OWN = r"\s+(?:\w+\s+){0,2}?(?:the\s+|a\s+)?user(?:['’]s|s['’])\s+"
_LATER = r"\b(?!\s+(?:if|when|unless|where|while|once)\b)"
_USER_GIVEN = rf"(?:{_USERS_OWN}(?:\w+\s+){{0,3}}?{_VALUE}|\s+(?:the\s+|any\s+|all\s+)?user\s+{_IN_CALLS}){_LATER}"
# A value that the user gave is thrown away, or all arguments are; something is put where one of the user's was.
_THROWN = pattern(
    rf"\b{_DROPS}{_USER_GIVEN}"
    rf"|\b(?:{_DROPS}|{_PUTS})\s+(?:\w+\s+){{0,2}}?user(?:['’]s|s['’])?[-\s]+{_GIVEN}\s+(?:\w+\s+){{0,2}}?{_VALUE}{_LATER}"
    rf"|\b{_PUTS}\s+(?:all|any|every|the)\s+(?:\w+\s+)?(?:parameters|arguments|inputs)\s+(?:as\s+follows|with|by|to)\b"
    r"|\boverride\s+(?:the\s+)?(?:parameter|argument)?\s*`\w+`\s+(?:to|with)\s*:?\s*['\"]"
    rf"|\b(?P<put>{_PUTS}){_USER_GIVEN}(?=[^.\n]{{0,60}}\s(?:with|by|to|and)\s)",
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
# What one is bound to do; what a clause begins with is ordered as well. "To overwrite" says what something is for.
_BOUND = pattern(
    r"\b(?:must|shall|should|always|(?:ha(?:ve|s)|needs?|required|forced|instructed|sure)\s+to)\s+"
    r"(?:(?:\w+ly|always|first|instead|then)\s+){0,2}\Z",
    re.IGNORECASE,
)
_ORDERS = pattern(
    r"(?:[.!?:;>*]\s*|--\s*|\b(?:and|then|please|instead,?)\s+|\n\s*(?:[-*\d]\S*\s+)?)[*_`]*\Z", re.IGNORECASE
)
_THROWING = frozenset(
    "discard ignore disregard drop throw override overwrite replace swap substitute".split()  # noqa: SIM905
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
    found: list[re.Match[str]] = []
    if not have.isdisjoint(_THROWING) and not have.isdisjoint(_USERS):
        found += (match for match in _THROWN.finditer(value) if _ordered(value, match))
    if not have.isdisjoint(_STRICT):
        found += (match for match in _FORCED.finditer(value) if _bound_around(value, match))
    return tuple([Said(_SAYS, match.start(), match.end(), sentence_at(value, match.start())) for match in found])


def _ordered(value: str, match: re.Match[str]) -> bool:
    before = value[max(0, match.start() - 60) : match.start()]
    if _BOUND.search(before):
        return True
    return not match["put"] and _ORDERS.search(before) is not None and _bound_around(value, match)


def _bound_around(value: str, match: re.Match[str]) -> bool:
    """Whether somebody is bound to anything from the beginning of the paragraph to the end of the sentence."""
    opens = value.rfind("\n\n", 0, match.start()) + 1
    return _DUTY.search(value, opens, max(match.end(), sentence_at(value, match.start())[1])) is not None
