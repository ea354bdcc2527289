"""Words that are not spelt as they look: Latin letters replaced by Cyrillic or Greek ones of the same shape."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from ..fix import Edit, Edits, Fix
from ..place import Text
from ..rule import Example, Finding, Severity, rule

# Cyrillic and Greek letters that common fonts draw as the Latin ones below them (Unicode TR 39, confusables). Greek
# letters in use as units and variables (μ, ν, α …) are left out.
_SAME_SHAPE = str.maketrans(
    "аАВсСеЕНһіІјЈКМоОрРԛѕЅТхХуУԝԁӏΑΒΕΖΗΙΚΜΝΟοΡΤΥΧ",
    "aABcCeEHhiIjJKMoOpPqsSTxXyYwdlABEZHIKMNOoPTYX",
)


@rule(
    "MCP207",
    severity=Severity.WARNING,
    references=("CWE-1007", "MCP03:2025", "LLM01:2025", "LLM01:2026", "SAFE-T1402", "SAFE-T1405", "AML.T0074",
                "CoSAI MCP-T4", "MCTS-T-1001"),
    bad='''
    @mcp.tool(description="Reset the pаssword of an account")
    #                                 ^ `CYRILLIC SMALL LETTER A` in `pаssword` looks like the Latin `a`
    def reset(account: str) -> str:
        return account
    ''',
    good='''
    @mcp.tool(description="Reset the password. Пароль сбрасывается. Lengths in μm, angles as Δφ, Σx")
    def reset(account: str) -> str:
        return account
    ''',
    typescript=Example(
        bad='''
        server.registerTool(
          "list_files",
          { description: "Sаme as `read_file`" },
          //               ^
          async () => ({ content: [] }),
        );
        ''',
        good='''
        server.registerTool(
          "list_files",
          { description: "Same as `read_file`; also «файл»" },
          async () => ({ content: [] }),
        );
        ''',
    ),
)  # fmt: skip
def look_alike_letters(text: Text) -> Iterator[Finding]:
    """A word mixes Latin letters with letters that look the same.

    `pаssword` with a Cyrillic `а` is another word to the model, to search and to every filter, and the same word to
    people. That is how names of known tools are imitated and how flagged words get past filters; where it happens by
    accident, the name simply never matches.

    Write the word in one script.
    """
    value = text.value
    if value.isascii():
        return
    seen = set()
    for start, end in _words(value):
        word = value[start:end]
        latin = word.translate(_SAME_SHAPE)
        if not latin.isascii() or word in seen:
            continue
        seen.add(word)
        strange = [i for i, (a, b) in enumerate(zip(word, latin, strict=True)) if a != b]
        if len(strange) == len(word):
            continue
        first = start + strange[0]
        place = text.exact(start, end)
        yield Finding(
            text.at(first, first + 1),
            f"`{unicodedata.name(word[strange[0]])}` in `{word[:24]}` looks like the Latin `{latin[strange[0]]}`",
            fix=None if place is None else Fix("Write the word in Latin letters", Edits((Edit(place, latin),))),
            detail=latin,
        )


def _words(value: str) -> Iterator[tuple[int, int]]:
    """Where the words with an ASCII letter next to a Cyrillic or Greek one stand. Looked for from the two letters: from
    its beginning, a word of 100,000 letters would be gone through once for each of them."""
    last = 0
    for pair in _mixed().finditer(value):
        start, end = pair.span()
        if start < last:
            continue
        while start > last and _is_word(value[start - 1]):
            start -= 1
        while end < len(value) and _is_word(value[end]):
            end += 1
        last = end
        yield start, end


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


@functools.cache
def _mixed() -> re.Pattern[str]:
    """An ASCII letter next to a Cyrillic or Greek one."""
    other = "[\u0370-\u03ff\u0400-\u052f]"
    return re.compile(f"[A-Za-z]{other}|{other}[A-Za-z]")
