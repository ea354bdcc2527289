"""Two texts compared word by word: what is new in the second, without what is only laid out otherwise."""

from __future__ import annotations

from difflib import SequenceMatcher

from mcp_lsp_analyzers.pattern import pattern

_WORD = pattern(r"\S+")
_MARKS = "*_#`-.,;:!?()[]\"'>|=~"
_END = pattern(r"(?<=[.!?])[\"')\]]*\s+|\n\s*\n|\n(?=\s*[-*#<])")
_LONGEST = 4_000
"""Words of a text that are compared one by one; of a longer one everything counts as new where anything differs."""


def same(before: str, after: str) -> bool:
    """Whether two texts say the same: white space, marks of layout and the order of sentences aside."""
    return before == after or _words(before) == _words(after) or _said(before) == _said(after)


def added(before: str, after: str) -> tuple[tuple[int, int], ...]:
    """The sentences of ``after``, as spans, in which a word stands that is new there. Sentences that were moved count
    as new only where nothing like them was there."""
    sentences = _sentences(after)
    old = _words(before)
    new = [(m.start(), m[0].strip(_MARKS) or m[0]) for m in _WORD.finditer(after) if _says(m[0])]
    if len(old) > _LONGEST or len(new) > _LONGEST:
        return tuple(sentences)
    matcher = SequenceMatcher(None, old, [word for _, word in new], autojunk=False)
    fresh = {
        new[i][0] for tag, _, _, first, last in matcher.get_opcodes() if tag in ("replace", "insert")
        for i in range(first, last)
    }  # fmt: skip
    known = {tuple(_words(before[start:end])) for start, end in _sentences(before)}
    return tuple(
        (start, end)
        for start, end in sentences
        if any(start <= at < end for at in fresh) and tuple(_words(after[start:end])) not in known
    )


def _said(text: str) -> list[list[str]]:
    return sorted(_words(text[start:end]) for start, end in _sentences(text))


def _words(text: str) -> list[str]:
    return [word.strip(_MARKS) or word for word in text.split() if _says(word)]


def _says(word: str) -> bool:
    """Whether a run of characters is more than one mark of layout. Hidden characters are no marks."""
    return len(word) > 1 or word not in _MARKS


def _sentences(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for match in _END.finditer(text):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    trimmed = []
    for first, last in found:
        part = text[first:last]
        if part.strip():
            trimmed.append((first + len(part) - len(part.lstrip()), last - len(part) + len(part.rstrip())))
    return trimmed
