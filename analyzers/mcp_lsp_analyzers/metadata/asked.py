"""What a language model said of a text, where somebody asked one (`mcp-lsp opinions`); it is said by this one rule."""

from __future__ import annotations

from collections.abc import Iterator

from ..place import Text
from ..record import replace
from ..rule import Finding, Rule, Severity, rule
from .custom import Matcher


@rule(
    "MCP299",
    severity=Severity.INFORMATION,
    opinion=True,
    references=("CWE-20", "MCP03:2025", "MCTS-T-1001"),
    tags=("asked",),
)
def second_opinion(text: Text) -> Iterator[Finding]:
    """A language model takes a text for one that misleads a model.

    Somebody asked one: `mcp-lsp opinions --judge URL` sends descriptions, prompts and instructions to a model, each as
    data, and this is its answer, with the words it quoted. Models are wrong in both directions and say something else
    the next time: an opinion is a place to look at, and none is no proof that nothing is there.
    """
    yield from ()


def answering(rule: Rule, matcher: Matcher) -> Rule:
    """`second_opinion` with somebody's answers behind it."""

    def check(text: Text) -> Iterator[Finding]:
        for match in matcher(text):
            place = text.at(match.start, match.end) if match.end > match.start else text.place
            said = f"`{match.name}` says of this {text.role}: {match.description}"
            yield Finding(place, said, detail="opinion", severity=match.severity)

    return replace(rule, check=check)
