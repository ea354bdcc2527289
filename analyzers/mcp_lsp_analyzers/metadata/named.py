"""Orders about tools that a text names: what changes wherever another tool is used, and which calls come besides.

A description says what its own tool does, and perhaps which of its sisters comes first. It has no say in *how* another
tool is used, nor in which tool comes before which where it is neither of them; and with which arguments another tool
is called is for the user to say. So every sentence is asked where it names a tool that is not its own: as the occasion
("when using `search` …", "in every `search` call …") or as what is to be called.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator

from ..identifier import words as parts
from ..pattern import pattern
from ..place import Text
from ..record import NamedTuple
from .stems import stem
from .words import Said, Words, around, vocabulary, words

_QUOTE = "['\"`]{1,2}"
# In quotes, behind the word "tool", or written as nothing but a name is.
_NAME = (
    rf"(?:(?:tool\s+|function\s+)?{_QUOTE}(?P<quoted>[A-Za-z][\w./-]*)(?:\([^()\n]{{0,80}}\))?{_QUOTE}"
    r"|tool\s+(?P<told>[a-z]\w{3,})(?=[,.\s])"
    r"|(?P<written>[A-Za-z][a-z0-9]*_\w+|[a-z]+[a-z0-9]*[A-Z]\w+"
    r"|[a-z]{2,}(?:-[a-z]{2,})+(?=[,.]|\s(?:tool|function|with|on)\b)))"
)
_CALLED = pattern(
    r"\b(?P<verb>(?i:us(?:e|es|ed|ing)|call(?:s|ed|ing)?|invok(?:e|es|ed|ing)|execut(?:e|es|ed|ing)|run(?:s|ning)?"
    rf"|trigger(?:s|ing)?|utili[sz](?:e|ing)|operating|via|with|fetch|query|request|perform|scan|launching))\s+"
    rf"(?i:(?:the|any|another|an?|each)\s+)?(?i:call\s+to\s+|use\s+of\s+)?(?:the\s+)?{_NAME}"
)
_OCCASIONS = (
    (
        frozenset(("call", "calls", "request", "requests")),
        pattern(rf"\b(?i:all|any|every|each|in|on|for)\s+{_NAME}\s+(?i:calls?|requests?)\b"),
    ),
    (
        frozenset(("call", "calls", "request", "requests", "passed", "submitted", "sent", "made")),
        pattern(rf"\b(?i:calls?|requests?|passed|submitted|sent|made)\s+(?i:to|via)\s+(?i:the\s+)?{_NAME}"),
    ),
    (
        frozenset(("tool", "function")),
        pattern(rf"\b(?i:in|on|for|operating)\s+(?i:the\s+)?{_NAME}\s+(?i:tool|function)\b"),
    ),
    (
        frozenset(("called", "used", "invoked", "run", "contains", "includes", "targets")),
        pattern(
            rf"(?<![\w'\"`]){_NAME}\s+(?i:tool\s+)?(?i:is\s+(?:called|used|invoked|run)|contains|includes|targets)\b"
        ),
    ),
)
"""Words of which one has to be there, and where such an occasion stands."""
_WHEN = pattern(
    r"\b(?:before|when|whenever|prior\s+to|after|once|every\s+time|each\s+time|while|all|any|every)\b", re.IGNORECASE
)
_BEFORE = pattern(r"(?<!['\"`])\b(?:before|prior\s+to|automatically)\b", re.IGNORECASE)
_MUST = pattern(r"\b(?:must|should|shall|always|ha(?:ve|s)\s+to|needs?\s+to|mandatory|required?s?)\b", re.IGNORECASE)
_ORDERED = (
    r"(?:\b(?:must|should|shall|always|ha(?:ve|s)\s+to|needs?\s+to|automatically|first|instead|be|silently)\s+"
    r"(?:(?:first|always|automatically|instead|be|silently)\s+)*|,\s*(?:(?:always|automatically|silently)\s+)?)"
)
_CHANGES = pattern(
    rf"{_ORDERED}(?:modif(?:y|ied)|changed?|overrid(?:e|den)|overwr\w+|replaced?|append(?:ed)?|prepend(?:ed)?"
    r"|substituted?|redirect(?:ed)?|rewr\w+|alter(?:ed)?|swap(?:ped)?|ignore|increased?|decreased?"
    r"|inject(?:ed)?|restricted|rerouted|enriched|upgraded|downgraded)\b",
    re.IGNORECASE,
)
_SETS = pattern(rf"{_ORDERED}(?:set|add|insert|limit|remove|convert|include)\b", re.IGNORECASE)
_VALUE = pattern(r"['\"]\w|\b\d|=\s")
# What nobody who writes a description can know: a sentence, a name, a number, a file. A value of an enumeration
# (`inspect`) is none of these.
_DATUM = pattern(
    rf"(?<![\w.,:]){_QUOTE}(?:(?=[^'\"`\n]*[^\w'\"`\n-])[^\s'\"`][^'\"`\n]{{2,80}}|[A-Z0-9][A-Z0-9-]{{1,12}}{_QUOTE})"
    r"|\b\d{3,}\b"
)
_ELSEWHERE = pattern(
    r"[,(;]|\b(?:e\.g|example|for instance|such as|like|format|unless|if|before|after|when|while)\b"
    r"|(?:type|kind|mode|category|level|scope)\s*=\s*\Z",
    re.IGNORECASE,
)
"""What keeps a datum from being one that a call is made with: an example, another clause, one of a few kinds."""
_WISH = pattern(
    r"\b(?:when|whenever|if)\s+(?:a|the)\s+user\s+(?:asks|requests|wants|calls|searches|tries)\b", re.IGNORECASE
)
_WISHES = frozenset(("asks", "requests", "wants", "calls", "searches", "tries"))
_NO_NAMES = frozenset(
    "this that these those them same each tool with only when first name description".split()  # noqa: SIM905
)
_USES = frozenset(
    """
    use uses used using call calls called calling invoke invoking execute executing run running trigger triggers
    via requests passed submitted utilize utilizing utilise operating asks wants searches query fetch perform
    scan sent made contains includes targets
    """.split()  # noqa: SIM905
)
_URGES = frozenset(
    """
    must should shall always have has need needs before prior automatically requires required mandatory instead
    override overwrite replace modify change append prepend redirect alter set add silently prerequisite requirement
    immediately prefer prefers recommend recommends recommended suggest suggests advise advises advantageous usually
    traditionally typically courtesy
    """.split()  # noqa: SIM905
)
_ARGUMENTS = pattern(
    r"\s+(?:query|path|request|body|and|or)?\W*(?:\w+\W+)?"
    r"(?:param|argument|option|field|propert|header|variable|column|attribute|keyword|placeholder|prefix|syntax)",
    re.I,
)
"""What is used by its name is not always a tool."""
_FAR = 110
"""Characters between a call and what it is called with."""
_PARAGRAPH = 300
_MEANS = ("via", "with", "fetch", "query", "request", "perform", "scan")
"""Not all that stands behind these words is a tool."""
_CALLS_IT = frozenset("call execute invoke run calling executing invoking running".split())  # noqa: SIM905
_MAKES = _CALLS_IT | {"fetch"}
_BOUND = pattern(
    r"(?<!\bno )(?<!not )\b(?:must|ha(?:ve|s)\s+to|needs?\s+to)\s+(?:(?:first|always|also|automatically|then)\s+)*\Z",
    re.IGNORECASE,
)
_FOR_IT = pattern(
    r"\bto\s+(?:get|obtain|find|resolve|retrieve|look|discover|learn|read|generate|see|determine)\b"
    r"|\b(?:before|when|first|once|otherwise|pass|or)\b|\breturn"
    r"|\b(?:ids?|names?|tokens?|schemas?)\b",
    re.IGNORECASE,
)
"""What a sister is called for: something that this tool needs."""
_PRETEXT = pattern(
    r"(?i)complian|audit|encrypt|handshake|regulat|integrity|governance|tamper|secur(?:e\b|e_|ity)|privacy|authenticat"
    r"|\b(?:verif\w+\s+(?:the\s+)?|user[ _]|access[ _])sessions?\b|session\s+(?:verif|valid)|_session\b"
)
"""What is said to protect somebody, and is no reason to make a call: whoever protects a tool does it in its handler."""
_PROTECTS = pattern(r"(?i)verify_|audit_|_audit|encrypt|handshake|complian|integrity|attest")
_DEMANDED = pattern(
    r"\b(?:must|ha(?:ve|s)\s+to|needs?\s+to|always|immediately|mandatory|prerequisite|required?|requires|requirement"
    r"|dependency|protocol)\b",
    re.IGNORECASE,
)
_THEN = pattern(r"\b(?:before|prior\s+to|first|after|afterwards|immediately|within)\b", re.IGNORECASE)
_LEARNS = pattern(
    r"\bto\s+(?:get|obtain|find|resolve|retrieve|look|discover|learn|read|see|determine|check|confirm|list)\b|\breturns?\b"
    r"|\b(?:if|when|unless|until)\s+(?:you\s+(?:do\s+not\s+|don't\s+)?(?:have|know)|(?:it|one)\s+is\s+(?:known|unknown|missing))\b",
    re.IGNORECASE,
)
_GIVEN = pattern(
    r"(?i)\bwith\b[^.\n]{0,80}?\b(?:\w+\s*=\s*\[?['\"][^'\"\n@]{1,40}@[^'\"\n]{3,60}['\"]"
    r"|\w*(?:amount|price|sum|total|quantity)\s*=\s*['\"]?\d+|\w*id\s*=\s*['\"][a-z]{1,5}-[0-9a-f]{1,6}['\"]"
    r"|(?:path|file\w*)\s*=\s*(?:['\"][\w./~-]+\.\w{2,5}['\"]|['\"`]?(?:/etc/(?:passwd|shadow)|~/\.)))"
)
"""What only the user can say: to whom, how much, which record, which file."""
_UNLOCKS = pattern(
    r"(?i)(?:get|fetch|list|dump|read|export|show|reveal|collect)_?(?:all_?|user_?|admin_?)?"
    r"(?:secrets|credentials|passwords|api_?keys|env_?vars)\b"
)
"""Tools by whose names keys are handed out; nobody else's description has a reason to have them called."""
_TO_FIND = pattern(r"(?i)\bto\s+(?:get|find|resolve|look|see|learn|determine|choose|check)\b|\bids?\b|\bnames?\b")
_ARGUMENT = pattern(r"['\"`]\w+['\"`]\s+(?:parameter|argument)|(?:parameter|argument)\s+['\"`]\w+['\"`]")
_ADVISED = pattern(
    r"\b(?:prefers?|recommend(?:s|ed)?|suggests?|advises?|advantageous|usually|traditionally|typically|courtesy)\b",
    re.IGNORECASE,
)
_QUOTED = pattern(r"(?<![\w=:(])['\"](?=[^'\"\n]*[^\w'\"\n-])[^\s'\"`][^'\"`\n]{2,80}['\"]")
"""What is recommended, and a name of a file, a channel, a sentence: whoever does not know the task recommends none."""
_SHOWN = pattern(r"\b(?:e\.g|example|such as|like|format)\b", re.IGNORECASE)
_CALLS = "orders calls of other tools"
_ALTERS = "changes what other tools do"


class _Mention(NamedTuple):
    """``value[start:end]`` names a tool: ``occasion``, where it says when something is to be done, and not what."""

    start: int
    end: int
    name: str
    verb: str
    occasion: bool


def about_others(text: Text) -> tuple[Said, ...]:
    """What the description of a tool or a parameter orders about other tools that it names, or about what users ask
    of them. The instructions of a server are about all of its tools."""
    if text.role not in ("tool description", "parameter description"):
        return ()
    return _about(text.value, "".join(text.place.pointer.split("/")[2:3]))


# As in `phrases.search`.
@functools.lru_cache(maxsize=512)
def _about(value: str, own: str) -> tuple[Said, ...]:
    have = vocabulary(value)
    if have.isdisjoint(_USES):
        return ()
    if have.isdisjoint(_URGES) and (have.isdisjoint(_MAKES) or not (_GIVEN.search(value) or _UNLOCKS.search(value))):
        return ()
    found: dict[int, list[_Mention]] = {}
    for mention in sorted(_mentions(value, _letters(own))):
        text = words(value)
        found.setdefault(text.sentence[_word(text, mention.end)], []).append(mention)
    judged = [_judged(value, each, own) for each in found.values()]
    if not _WISHES.isdisjoint(have) and (wish := _WISH.search(value)) is not None:
        judged.append(_wished(value, wish))
    return tuple(said for said in judged if said is not None)


def _mentions(value: str, own: str) -> Iterator[_Mention]:
    have = vocabulary(value)
    occasions = [expression for needed, expression in _OCCASIONS if not needed.isdisjoint(have)]
    for expression in (*occasions, _CALLED):
        for match in expression.finditer(value):
            name = match["quoted"] or match["told"] or match["written"]
            if _letters(name) != own and name.lower() not in _NO_NAMES and not _ARGUMENTS.match(value, match.end()):
                verb = match["verb"].lower() if expression is _CALLED else ""
                yield _Mention(match.start(), match.end(), _letters(name), verb, not verb)


def _judged(value: str, mentions: list[_Mention], own: str) -> Said | None:
    """What a sentence that mentions tools orders about them, if anything."""
    start, end = _sentence(value, mentions[0].end)
    occasions = [each for each in mentions if each.occasion or _opened(value, start, each.start)]
    calls = [each for each in mentions if each not in occasions]
    urged = _MUST.search(value, start, end) or _BEFORE.search(value, start, end)
    # "must be the same as with the hash when `read` was called" orders no call
    if occasions and calls and urged and occasions[0].name != calls[0].name and calls[0].verb != "with":
        low, high = min(occasions[0].start, calls[0].start), max(occasions[0].end, calls[0].end)
        return Said(_CALLS, low, high, (start, end))
    if occasions:
        changed = _CHANGES.search(value, start, end)
        if changed is None and _VALUE.search(value, start, end):
            changed = _SETS.search(value, start, end)
        if changed is not None:
            low, high = min(occasions[0].start, changed.start()), max(occasions[0].end, changed.end())
            return Said(_ALTERS, low, high, (start, end))
    for call in calls:
        if (
            call.verb in _CALLS_IT
            and _on_a_pretext(value, call, start, end)
            and not _kin(value[call.start : call.end], own)
        ):
            return Said(_CALLS, call.start, call.end, (start, end))
        given = _GIVEN.search(value, call.end, min(end, call.end + _FAR)) if call.verb in _MAKES else None
        if given and not _ELSEWHERE.search(value, call.end, given.start()):
            return Said(_CALLS, call.start, given.end(), (start, end))
        if call.verb in _CALLS_IT and _hands_out(value, call, own) and not _TO_FIND.search(value, call.end, end):
            return Said(_CALLS, call.start, call.end, (start, end))
        datum = _DATUM.search(value, call.end, min(end, call.end + _FAR))
        if urged and datum and call.verb not in _MEANS and not _ELSEWHERE.search(value, call.end, datum.start()):
            return Said(_CALLS, call.start, datum.end(), (start, end))
        if _advised(value, call, own, start, end):
            return Said(_CALLS, call.start, call.end, (start, end))
        if (
            call.verb not in _MEANS
            and not value.startswith("=", call.end)
            and _BOUND.search(value, start, call.start)
            and not _FOR_IT.search(value, call.end, end)
            and not _kin(value[call.start : call.end], own)
        ):
            return Said(_CALLS, call.start, call.end, (start, end))
    return None


def _on_a_pretext(value: str, call: _Mention, start: int, end: int) -> bool:
    """Whether the paragraph around a call demands it in the name of security or of rules, and for nothing that the
    call would give."""
    opens = max(value.rfind("\n\n", 0, call.start) + 1, call.start - _PARAGRAPH, 0)
    demanded = _DEMANDED.search(value, opens, call.start)
    if not demanded or not _THEN.search(value, start, end) or _LEARNS.search(value, call.end, end):
        return False
    said = value[opens : call.start] + value[call.end : end]
    return bool(_PRETEXT.search(said) or _PROTECTS.search(value, call.start, call.end))


def _advised(value: str, call: _Mention, own: str, start: int, end: int) -> bool:
    """Whether another tool is recommended, together with what it is to be called with: one file, one channel."""
    if not _ADVISED.search(value, start, call.start) or _kin(value[call.start : call.end], own):
        return False
    quoted = _QUOTED.search(value, start, end)
    return quoted is not None and not _SHOWN.search(value, start, end)


def _hands_out(value: str, call: _Mention, own: str) -> bool:
    """Whether a call is one that hands out keys, to a tool that has nothing to do with them."""
    return bool(_UNLOCKS.search(value, call.start, call.end)) and not _kin(value[call.start : call.end], own)


def _wished(value: str, wish: re.Match[str]) -> Said | None:
    """What becomes of a user's wish that is not as the user said it."""
    start, end = _sentence(value, wish.end())
    changed = _CHANGES.search(value, wish.end(), end)
    datum = changed and (_DATUM.search(value, changed.end(), end) or _ARGUMENT.search(value, changed.end(), end))
    if not changed or not datum or _ELSEWHERE.search(value, changed.end(), datum.start()):
        return None
    return Said("changes what the user asks for", wish.start(), changed.end(), (start, end))


def _opened(value: str, start: int, place: int) -> bool:
    """Whether what stands at a place belongs to a "when" or "before" of its sentence that no comma has ended."""
    opens = [match.end() for match in _WHEN.finditer(value, start, place)]
    return bool(opens) and "," not in value[opens[-1] : place] and not _MUST.search(value, opens[-1], place)


def _sentence(value: str, place: int) -> tuple[int, int]:
    """The sentence that has the character before a place."""
    text = words(value)
    at = _word(text, place)
    return around(value, text, at, at)


def _word(text: Words, place: int) -> int:
    """The word that begins last before a place."""
    return max(bisect.bisect_left(text.starts, place) - 1, 0)


def _kin(called: str, own: str) -> bool:
    """Whether a call is one of a sister: their names, which tell what they are about, have a word in common, or begin
    with the same few letters (``pq_create``, ``pq_start``)."""
    name, ours = parts(called.partition("(")[0]), parts(own)
    if ours and len(ours[0]) < 4 and ours[0] not in _SHORT_VERBS and ours[0] in name[:2]:
        return True
    return not {stem(word) for word in name if len(word) > 3}.isdisjoint(map(stem, ours))


_SHORT_VERBS = frozenset(("get", "set", "put", "add", "run", "do", "del", "is", "has", "my", "use", "a", "the"))


def _letters(name: str) -> str:
    """A name as people mix it up: ``get_file``, ``getFile`` and ``get-file`` are one."""
    return "".join(filter(str.isalnum, name)).lower()
