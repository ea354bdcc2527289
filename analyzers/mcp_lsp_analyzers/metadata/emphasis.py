"""Where a text raises its voice, or lowers it: what stands between emphatic tags or brackets, or in a comment."""

from __future__ import annotations

from ..pattern import pattern

# Where a text raises its voice: in capitals between tags or brackets, or where nobody sees it.
_FRAME = pattern(
    r"<(?P<tag>(?i:important|critical|system|hidden|secret|override|priority|mandatory|urgent)|(?=[A-Z_]*"
    r"(?:IMPORTANT|CRITICAL|SYSTEM|INSTRUCTION|MANDATORY|REQUIRE|DIRECTIVE|SECRET|HIDDEN))[A-Z_]+)\b[^<>\n]*>"
    r"|(?P<comment><!--)|(?P<bracket>\[(?:IMPORTANT|CRITICAL|SYSTEM|MANDATORY|HIDDEN|SECRET|INST|ADMIN|OVERRIDE)\b)"
)


def framed(value: str) -> list[tuple[int, int]]:
    """The parts of a text that are set apart with emphasis or hidden: where each begins and ends. Ends that are not
    there are at the end of the text."""
    if "<" not in value and "[" not in value:
        return []
    found, low = [], value.lower()
    for match in _FRAME.finditer(value):
        tag = match["tag"]
        close = f"</{tag.lower()}" if tag else "-->" if match["comment"] else "]"
        end = low.find(close, match.end())
        if tag and tag.islower() and end < 0:
            continue  # "--secret <secret>" is a place to fill in
        if match["bracket"] and end == match.end():  # "[IMPORTANT] what follows"
            end = low.find("\n\n", end)
        found.append((match.start(), end if end >= 0 else len(value)))
    return found
