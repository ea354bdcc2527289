"""Rules that a project brings itself: what they match is read by `mcp_lsp.project.custom` and said by this one rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..place import Text
from ..record import NamedTuple, replace
from ..rule import Finding, Rule, Severity, rule


class Match(NamedTuple):
    """A rule of the project's own that a text matches: its name and what it says; ``start`` and ``end`` are offsets in
    the text's value, both 0 where it is about the text as a whole. ``severity`` is ``None`` where it says nothing."""

    name: str
    description: str
    start: int
    end: int
    severity: Severity | None = None


Matcher = Callable[[Text], Iterable[Match]]


@rule("MCP298", severity=Severity.WARNING, references=("CWE-20", "MCP03:2025", "MCTS-T-1001"), tags=("custom",))
def custom_rule(text: Text) -> Iterator[Finding]:
    """A text for the model matches a rule of the project's own.

    The settings (`custom-rules`) name files of YARA or Sigma rules, and one of them matches this text: a description, a
    title, a prompt, the server's instructions. What a YARA rule says stands in its `meta`: `description`, and
    `severity` (`error`, `warning`, `information` or `hint`); a Sigma rule has `title` and `level`. Change the text, or
    the rule where it asks too much.
    """
    yield from ()


def judging(rule: Rule, matcher: Matcher) -> Rule:
    """`custom_rule` with somebody's rules behind it."""

    def check(text: Text) -> Iterator[Finding]:
        for match in matcher(text):
            place = text.at(match.start, match.end) if match.end > match.start else text.place
            said = match.description or f"this {text.role} matches it"
            yield Finding(place, f"`{match.name}`: {said}", detail=match.name, severity=match.severity)

    return replace(rule, check=check)
