"""Tools that insist on themselves: around all calls of a kind, in place of the usual ones, as the only way.

What has to happen with every reading or writing belongs into the handlers that read and write; a tool that wants to be
called around them, in the name of rules or of security, is a hook into other tools. And where a tool says of "the
standard" one that it is broken, cached or unsafe, and that itself must be used, the other tool is none of its own. A
tool that is listed works: what says of itself that it is switched off for security, and names the one to call, was
tampered with, or is about to be called for nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ..identifier import words as parts
from ..pattern import pattern
from ..place import Text
from .words import Said, sentence_at, vocabulary

AROUND = "wants to be called around all calls of a kind"
INSTEAD = "speaks ill of the usual tool and puts itself in its place"
ONLY = "claims to be the only way"
DISTRUST = "says of another tool that it is not to be trusted"
DOWN = "says that the tool is out of order, and sends its calls elsewhere"

_CALLED = (
    r"(?:be\s+(?:called|executed|performed|invoked|run|followed\s+by|preceded\s+by|completed)"
    r"|(?:call|execute|invoke|run|perform)\s+(?:this|it)\b)"
)
_KIND = (
    r"(?:operations?|retrievals?|modifications?|transmissions?|actions?|transactions?|access(?:es)?|quer(?:y|ies)"
    r"|(?:read|write|send|post|create|update|delete|invite|add)['\"]?\s+(?:or\s+['\"]?\w+['\"]?\s+)?operations?"
    r"|(?:data\s+)?(?:retrieval\s+|\w+\s+)?tools?|requests?|calls?)"
)
_AROUND = pattern(
    rf"\b(?:must|has\s+to|have\s+to|required\s+to|needs?\s+to)\b\W*(?:\w+\W+){{0,2}}?{_CALLED}[^.\n]{{0,40}}?"
    rf"\b(?:before|after|prior\s+to|following)\b[^.\n]{{0,20}}?\b(?:any|every|all|each|the)\b[^.\n]{{0,60}}?\b{_KIND}\b"
    rf"|\b(?:any|every|all|each)\b[^.\n]{{0,90}}?\b{_KIND}[^.\n]{{0,40}}\b(?:must|has\s+to|have\s+to)\b\W*"
    r"be\s+(?:followed|preceded|accompanied)\s+by\b",
    re.IGNORECASE,
)
_RULES = pattern(
    r"complian|audit|regulat|\bGDPR\b|\bHIPAA\b|integrity|corruption|governance|handshake|encrypt|retention"
    r"|security\s+(?:gateway|policy|infrastructure|violation)|rolled\s+back|finaliz",
    re.IGNORECASE,
)
_LOGS_IN = pattern(r"\b(?:logs?\s?in|signs?\s?in|authenticates?|api\s+key|workspace|connects?\s+to)\b", re.IGNORECASE)
"""What has to come first because nothing works without it."""
_BRACKETS = frozenset("begin start open acquire lock commit complete finish close release end rollback".split())  # noqa: SIM905
"""What the tools are called for that stand around calls by their nature: of a transaction, of a lock."""

_NAME = r"[`'\"]?(?:\w+_\w+|(?<=[`'\"])\w+(?=[`'\"]))(?:\*|\(\))?[`'\"]?"
_USUAL = pattern(
    rf"\b(?:standard|normal|regular|usual|ordinary|basic|legacy|built[- ]in|original|default)\s+(?:{_NAME}"
    r"|(?:\w+\s+)?(?:search|tool|tools|list|listing|reads?|calls?|version|method|reader|lookups?))\b[`'\"]?[^.\n]{0,60}?"
    r"\b(?:deprecated|incomplete|inaccurate|stale|cached|cache|garbled|outdated|obsolete|broken|unsafe|insecure|unreliable"
    r"|blocked|compromised|flagged|vulnerable|misses|miss|missing|cannot|fails?|failures?|expired|maintenance|volatile"
    r"|fraud\w*|prone|read-only\s+cached|unverified)\b",
    re.IGNORECASE,
)
_MYSELF = pattern(
    r"\b(?:must|always|mandatory|only)\b\W*(?:\w+\W+){0,3}?us(?:e|ing)\s+(?:this|it\b|`(?P<own>\w+)`)"
    r"|\buse\s+this\s+(?:\w+\s+)?instead\s+of\b",
    re.IGNORECASE,
)
_SOLE = pattern(
    r"\b(?:(?:the\s+|this\s+)?\W*\b(?:sole|only\s+(?:authori[sz]ed|approved|certified|permitted|official|trusted))"
    r"|(?<![`'\"] is )the\s+\W*mandatory)\b\W*(?:\w+\W+){0,2}?"
    r"(?:interface|method|tool|utility|way|gateway|channel|means|function)\b\W*(?:for|to|of|allowed|authori[sz]ed)\b"
    r"|\bonly\s+(?:tool|utility|function|interface)\s+(?:authori[sz]ed|approved|certified|permitted|trusted)\s+(?:to|for)\b",
    re.IGNORECASE,
)
_OFF = (
    rf"(?:tool|function|{_NAME})[`'\"]?\s+(?:\w+\s+)?(?:has\s+been|have\s+been|is|was)\s+(?:(?:temporarily|currently|now|permanently)\s+)?"
    r"(?:deprecated|disabled|unavailable|restricted|suspended|retired|blocked|deactivated|offline)\b"
)
_REASON = (
    r"(?:due\s+to|for|because\s+of|pending|after|following)\s[^.,\n]{0,30}?"
    r"\b(?:security|vulnerabilit\w+|maintenance|system\s+updates?|upgrades?|audits?|incidents?|compromises?|breach\w*|attacks?)\b"
)
_INSTEAD_OF_IT = pattern(
    rf"(?:\b{_OFF}[^.\n]{{0,40}}?\b{_REASON}|\b{_REASON}[^.\n]{{0,20}},\s[^.\n]{{0,20}}?\b{_OFF})"
    rf"[^.\n]{{0,80}}[.,;][^.\n]{{0,110}}?\b(?:use|call|redirect\w*|switch|route\w*)\s[^.\n]{{0,40}}?{_NAME}",
    re.IGNORECASE,
)
_ILL = r"(?:compromised|malicious|infected|forged|poisoned|hacked|backdoored)"
_SPREADS = (
    r"(?:returns?|serves?|contains?|installs?|injects?|spreads?)\s+(?:\w+\s+)?(?:malware|spyware|viruses|backdoors)"
)
_DISTRUSTED = pattern(
    rf"\b(?:do\s+not|don't|never|avoid|stop)\s+(?:us(?:e|ing)|call(?:ing)?|trust(?:ing)?)\s+(?:the\s+)?{_NAME}"
    rf"(?:\s*(?:,|or|and)\s*{_NAME})*[^.\n]{{0,40}}[.;:,–-]\s*[^.\n]{{0,30}}?\b{_ILL}\b"
    rf"|(?<![\w`'\"])(?<!\bin )(?<!\bof )(?<!\bby )(?<!\bfrom )(?<!\bwith ){_NAME}"
    rf"\s+(?:tool\s+)?(?:(?:is|are|has\s+been|have\s+been)\s+(?:\w+\s+)?{_ILL}\b|(?:\w+\s+\w+\s+and\s+)?{_SPREADS}\b)",
    re.IGNORECASE,
)
_ILLS = frozenset(
    "compromised malicious infected forged poisoned hacked backdoored malware spyware viruses backdoors".split()  # noqa: SIM905
)
_OFFS = frozenset(
    "deprecated disabled unavailable restricted suspended retired blocked deactivated offline".split()  # noqa: SIM905
)
_DUTY = frozenset("must has have required needs need always mandatory only instead".split())  # noqa: SIM905
_TIMES = frozenset("before after prior followed preceded following accompanied".split())  # noqa: SIM905
_USUALS = frozenset(
    "standard normal regular usual ordinary basic legacy built original default".split()  # noqa: SIM905
)
_SOLES = frozenset("mandatory sole authorized authorised approved certified permitted official trusted".split())  # noqa: SIM905


def insists(text: Text) -> Iterator[Said]:
    """How the description of a tool insists on it."""
    if text.role == "tool description":
        yield from _insists(text.value, "".join(text.place.pointer.split("/")[2:3]))


# As in `phrases.search`.
@functools.lru_cache(maxsize=512)
def _insists(value: str, own: str) -> tuple[Said, ...]:
    have = vocabulary(value)
    told: list[tuple[str, re.Match[str]]] = []
    if not have.isdisjoint(_OFFS):
        told += [(DOWN, match) for match in _INSTEAD_OF_IT.finditer(value)]
    if not have.isdisjoint(_ILLS):
        told += [(DISTRUST, match) for match in _DISTRUSTED.finditer(value)]
    if have.isdisjoint(_DUTY):
        return _said(value, told) if told else ()
    hooks = not have.isdisjoint(_TIMES) and _BRACKETS.isdisjoint(parts(own)[:1])
    if hooks and _RULES.search(value) and not _LOGS_IN.search(value):
        told += [(AROUND, match) for match in _AROUND.finditer(value)]
    if not have.isdisjoint(_USUALS) and (mine := _MYSELF.search(value)) and _is_own(mine["own"], own):
        told += [(INSTEAD, match) for match in _USUAL.finditer(value)]
    if not have.isdisjoint(_SOLES):
        told += [(ONLY, match) for match in _SOLE.finditer(value)]
    return _said(value, told) if told else ()


def _said(value: str, told: list[tuple[str, re.Match[str]]]) -> tuple[Said, ...]:
    return tuple(Said(says, match.start(), match.end(), sentence_at(value, match.start())) for says, match in told)


def _is_own(named: str | None, own: str) -> bool:
    return named is None or parts(named) == parts(own)
