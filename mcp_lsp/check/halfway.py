"""What is not said yet where somebody types, because it would be gone with the next letters.

An editor that closes brackets as they are opened leaves no syntax error while a declaration is written (see
`judge.OF_WHOLE`): it is whole at each key, and lacks nearly all it will have. So as long as a closing bracket or quote
follows what was typed last, or a word goes on, nothing new is said of what its declaration lacks or has too much; nor
of words for a model of which that is the last. What was said before stays. Whoever hesitates, or types elsewhere, is
told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.pattern import pattern

from .judge import OF_WHOLE, Diagnostic
from .keeping import Group

if TYPE_CHECKING:
    from mcp_lsp.syntax import Change, Document, Tree

_CLOSING = pattern(r"[\"'`]|\s*[)\]}]")
_WORD = pattern(r"\w")
_PAIRS = {"(": ")", "[": "]", "{": "}", '"': '"', "'": "'", "`": "`"}
_AHEAD = 400
"""Characters after what was typed in which a bracket is looked for: more white space than that is another place."""


class Halfway:
    """``held``: whether something is not said for this reason."""

    __slots__ = ("_at", "_given", "_home", "_told", "held")

    def __init__(self) -> None:
        self._at: int | None = None  # where what was typed last ends; `None`: nobody types
        self._home: object = None  # the anchor of the declaration in which that is
        self._told: frozenset[Group] = frozenset()  # what was said before that
        self._given: list[Group] = []
        self.held = False

    def typed(self, changes: Sequence[Change], document: Document, told: Sequence[Group], tree: Tree) -> None:
        """Somebody edited the document, which is as it is after that; ``told`` was said so far."""
        began, self._at = self._at, None
        if len(changes) != 1 or (began is None and not changes[0].text):
            return
        start, _, text = changes[0]
        end = start + _typed(text)
        closing = _CLOSING.match(document.slice(end, end + _AHEAD))
        if not closing and not _WORD.match(document.slice(max(0, end - 1), end)):
            return
        self._at = end
        home = tree.segment(start).anchor
        if began is None or home is not self._home:
            self._told = frozenset(told)
        self._home = home

    def of(self, groups: list[Group], document: Document, tree: Tree) -> list[Group]:
        """The groups without what is not to be said yet."""
        self._given, self.held = groups, False
        if self._at is None or not groups:
            return groups
        come = [group for group in groups if group not in self._told]
        if not come:
            return groups
        segment = tree.segment(max(0, self._at - 1))
        start = segment.anchor.start
        end = start + len(segment.text)
        before = {each.identity for group in self._told.difference(groups) for each in group.diagnostics}
        less: dict[Group, Group] = {}
        for group in come:
            early = {
                each
                for each in group.diagnostics
                if start <= each.finding.place.anchor.start < end
                and each.identity not in before
                and self._early(each, document)
            }
            if early:
                less[group] = Group(each for each in group.diagnostics if each not in early)
        if not less:
            return groups
        self.held = True
        return [group for group in [less.get(group, group) for group in groups] if group.diagnostics]

    def rest(self) -> list[Group]:
        """Nobody types any more: everything that was given."""
        self._at, self.held = None, False
        return self._given

    def _early(self, diagnostic: Diagnostic, document: Document) -> bool:
        place, room = diagnostic.finding.place, diagnostic.rule.room
        if place.uri != document.uri:
            return False
        if room in OF_WHOLE:
            return True
        span = place.span
        if span is None or span.end != self._at or room != "metadata":
            return False
        return _WORD.match(document.slice(span.end - 1, span.end)) is not None


def _typed(text: str) -> int:
    """How much of what came into a text was typed: the rest is what an editor closes."""
    closing = _PAIRS.get(text[:1])
    return 1 if closing is not None and len(text) > 1 and not text[1:].strip(closing) else len(text)
