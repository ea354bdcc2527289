"""One form for all inflections of an English word, so that a lexicon lists each word once."""

from __future__ import annotations

import functools

# Inflections no ending gives away, by the word they belong to.
IRREGULAR = {
    form: word
    for word, forms in (
        line.split(":")
        for line in (
            "send:sent", "keep:kept", "take:took taken", "sell:sold", "hold:held", "write:wrote written", "buy:bought",
            "give:gave given", "hide:hid hidden", "steal:stole stolen", "make:made", "pay:paid", "leave:left",
            "tell:told", "know:knew known", "see:saw seen", "show:shown", "lend:lent", "say:said", "think:thought",
            "hear:heard", "feed:fed", "choose:chose chosen", "find:found", "get:got gotten", "go:went gone goes",
            "do:did done does", "be:is are was were been am", "have:has had", "run:ran", "withdraw:withdrew withdrawn",
            "overwrite:overwrote overwritten", "rewrite:rewrote rewritten", "withhold:withheld", "mislead:misled",
            "spend:spent", "lose:lost", "draw:drew drawn", "swear:swore sworn", "sweep:swept", "bring:brought",
            "stick:stuck", "slip:slipped", "understand:understood", "forget:forgot forgotten", "person:people",
            "party:parties", "child:children", "copy:copies copied", "die:dying", "lie:lying", "mine:mining",
            "note:notes noted noting",
            "speak:spoke spoken", "wake:woke woken", "throw:threw thrown", "blow:blew blown", "build:built",
        )
    )
    for form in forms.split()
}  # fmt: skip
_WHOLE = frozenset(("note",))  # is no "not"
_VOWELS = frozenset("aeiouy")


@functools.lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """``sends``, ``sending``, ``send's`` → ``send``; ``copies`` → ``copy``; ``shared`` → ``shar``, as is ``share``.

    No dictionary: two words may fall together, and a stem need not be a word. It has to be asked for the words of the
    lexicon and for those of the text alike.
    """
    if word.endswith(("'s", "s'")):
        word = word[:-2] if word[-1] == "s" else word[:-1]
    word = IRREGULAR.get(word, word)
    if len(word) < 4 or word in _WHOLE:
        return word
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ing") and len(word) > 5 and not _VOWELS.isdisjoint(word[:-3]):
        word = _single(word[:-3])
    elif word.endswith("ed") and len(word) > 4 and not _VOWELS.isdisjoint(word[:-2]):
        word = _single(word[:-2])
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and word[-2] not in "su":
        word = word[:-1]
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    # British and American spellings
    return word[:-2] + "iz" if word.endswith("is") and len(word) > 5 else word


def _single(word: str) -> str:
    """``shipp`` → ``ship``, but ``sell``, ``pass`` as they are."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word
