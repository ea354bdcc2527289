"""Orders to a model that are told by their parts (`frames`), in English and, for the plainest, in other languages."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from .foreign import foreign
from .frames import Stated, stated
from .leaning import harmless
from .words import Said, Words, around, words

_ENOUGH = 5.5
"""Above this weigh 1 in 1,000 of some 17,000 texts of well-meaning servers."""
_SURE = 8.0
_HARMLESS = -1.5
"""Half of what is told of well-meaning servers leans less, and 1 in 25 of the others."""
_LONG = 120
_VALUES = frozenset(("instruction", "instructions", "prompt", "prompts"))
_ANSWERS = frozenset(("response", "result", "output", "answer", "reply", "payload"))

OF_ITS_OWN = "gives the model an order of its own"
"""What is said of an order about nothing in particular: in which order to call the server's tools, at the mildest."""

# What an order is about, by the first of these senses it is made of.
_KINDS = (
    ("HUSHED", "secrecy", "asks the model to keep something from the user"),
    ("MISTOLD", "secrecy", "asks the model to tell the user what is not so"),
    ("WHITEWASH", "secrecy", "asks the model to tell the user what is not so"),
    ("LIE", "secrecy", "asks the model to tell the user what is not so"),
    ("DENY", "secrecy", "asks the model to keep something from the user"),
    ("PERMIT", "secrecy", "claims the consent of the user"),
    ("GRANTED", "secrecy", "claims the consent of the user"),
    ("OUTRANK", "override", "puts something above what the user says"),
    ("WAIVED", "override", "tells the model that its rules do not hold"),
    ("SCRAPPED", "override", "tells the model to drop its instructions"),
    ("HOOKED", "shadowing", "changes what other tools do"),
    ("FAVOURITE", "shadowing", "steers the model away from other tools"),
    ("SHUN", "shadowing", "steers the model away from other tools"),
    ("SLANDER", "shadowing", "steers the model away from other tools"),
    ("DICTATED", "shadowing", "dictates what the model adds to its answers"),
    ("REPLY", "shadowing", "dictates what the model adds to its answers"),
    ("OTHERS", "shadowing", "changes what other tools do"),
    ("MIRRORED", "exfiltration", "orders the model to send things elsewhere"),
    ("SKIMMED", "exfiltration", "orders the model to send things elsewhere"),
    ("FILLED", "exfiltration", "orders the model to hand over private data"),
    ("LOOT", "exfiltration", "orders the model to hand over private data"),
    ("TAKEN", "exfiltration", "orders the model to hand over private data"),
    ("SECRET", "exfiltration", "orders the model to hand over private data"),
    ("CHATTED", "exfiltration", "orders the model to hand over private data"),
    ("MYDATA", "exfiltration", "orders the model to hand over private data"),
    ("PERSONALIA", "exfiltration", "orders the model to hand over private data"),
    ("", "override", OF_ITS_OWN),
)


def commanded(value: str, kind: str, told: tuple[Said, ...]) -> Iterator[Said]:
    """The orders of one kind in the sentences in which nothing was found yet: ``told`` is what was."""
    for each, said in (*_weighed(value), *foreign(value)):
        if each == kind and all(said.sentence != other.sentence for other in told):
            yield said


@functools.lru_cache(maxsize=512)
def _weighed(value: str) -> tuple[tuple[str, Said], ...]:
    from .lexicon.orders import GRAMMAR  # words that a start can do without

    text = words(value)
    enough = _ENOUGH + (1 if len(text.words) > _LONG else 0)
    return tuple(
        _judged(value, each)
        for each in stated(value, GRAMMAR)
        if each.weight >= enough
        and not explains(value, text, each.first)
        and not covers_secrets(text, text.sentence[each.first])
        and (each.weight >= _SURE or not harmless(value, text.starts[each.first], below=_HARMLESS))
    )


def covers_secrets(text: Words, number: int) -> bool:
    """Whether what a sentence has put into answers stands in place of secrets: "replace passwords with REDACTED"."""
    said = {word for word, sentence in zip(text.words, text.sentence, strict=True) if sentence == number}
    return any(word.startswith("redact") for word in said) and not said.isdisjoint(_COVERED)


_COVERED = frozenset("credential credentials password passwords key keys secret secrets token tokens pii".split())  # noqa: SIM905


def explains(value: str, text: Words, first: int) -> bool:
    """Whether words begin with the name of a value and what that does: "`none` updates it without telling them"; or
    with what a value is: "Instruction for the model to change a text"; or with what an answer has: "The response
    includes the secret"."""
    if first and text.words[first - 1] in _ANSWERS and text.words[first].endswith("s"):
        return text.sentence[first - 1] == text.sentence[first]
    if first < 2 and text.words[first] in _VALUES and ":" not in value[: text.ends[min(first + 4, len(text.ends) - 1)]]:
        return True
    for i in (first - 1, first):
        if 0 <= i < len(text.words) - 1 and text.starts[i] and value[text.starts[i] - 1] in "`'\"":
            closes = value[text.ends[i] : text.ends[i] + 1] == value[text.starts[i] - 1]
            verb = text.words[i + 1]
            return closes and verb.endswith("s") and len(verb) > 3 and text.sentence[i] == text.sentence[i + 1]
    return False


def _judged(value: str, each: Stated) -> tuple[str, Said]:
    text = words(value)
    kind, says = ordered(each)
    sentence = around(value, text, each.first, each.last)
    return kind, Said(says, text.starts[each.first], text.ends[each.last], sentence)


def ordered(each: Stated) -> tuple[str, str]:
    """The kind of an order, and what it does: ``says`` of a message."""
    return next((kind, says) for sense, kind, says in _KINDS if not sense or sense in each.senses)
