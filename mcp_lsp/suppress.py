"""Comments that allow findings: where they stand, which lines they speak for, and which of them were needed.

``# mcp-lsp: ignore[rule, other-rule] reason`` (or ``//``, or ``/* */``) speaks for its own line, or for the next line
of code where it stands alone; at the end of a string over several lines for all of these; ``ignore-file[...]`` for
the whole file. Above a decorated function it speaks for all decorators and the function's first line.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from mcp_lsp_analyzers.code import Join, Str, Unit
from mcp_lsp_analyzers.live import Endpoint, Served, Session, Trials
from mcp_lsp_analyzers.once import once
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.rule import Finding, Rule
from mcp_lsp_analyzers.suppression import Allowed, Suppression
from mcp_lsp_analyzers.walk import sites

from . import selectors
from .syntax import Document

_ORDER = pattern(r"mcp-lsp:[ \t]*([A-Za-z-]+)[ \t]*(?:\[([^\]\r\n]*)\])?([^\r\n]*)")
_NAME = pattern(r"[^\s,](?:[^,]*[^\s,])?")
_ORDERS = ("ignore", "ignore-file")
_LIVE = {Session, Served, Endpoint, Trials}
_ALONE = pattern(r"\s*(?:\{\s*)?(?:#|//|/\*|\*)")  # a line that begins as a comment, JSX's braces included
_HEADER = pattern(r"\s*(?:async\s+def|def|class|export|abstract|static|public|private|protected|async)\b")
_BLANK = pattern(r"[ \t\f}]*")
_SPACE = pattern(r"\s*")
# A function with more decorator lines than this is not one a comment could be meant for.
_DECORATORS = 60


class Judged(Protocol):
    """A diagnostic, as far as a comment is concerned."""

    @property
    def rule(self) -> Rule: ...
    @property
    def finding(self) -> Finding: ...


D = TypeVar("D", bound=Judged)


class Comment:
    """One order to allow something. Spans are relative to the unit; ``used`` holds the indices of names that did."""

    __slots__ = ("names", "order", "order_span", "reason", "span", "unit", "used", "whole", "whole_file")

    def __init__(
        self,
        unit: Unit,
        whole: Span,
        span: Span,
        order: str,
        order_span: Span,
        names: tuple[tuple[str, Span], ...],
        reason: str,
    ) -> None:
        self.unit = unit
        self.whole = whole  # the comment with its signs
        self.span = span  # from the order to the closing bracket
        self.order = order
        self.order_span = order_span
        self.names = names
        self.reason = reason
        self.whole_file = order == "ignore-file"

    def naming(self, rule: Rule) -> list[int]:
        """Which of the names speak of ``rule``."""
        if self.order not in _ORDERS:
            return []
        return [i for i, (name, _) in enumerate(self.names) if selectors.strength(name, rule)]


def comments(unit: Unit) -> list[Comment]:
    """All orders in the comments of a unit. What it holds is found once and kept with it."""
    return _of_unit(unit) if unit.notes or unit.nested else []


def allowed(units: Iterable[Unit], document: Document, diagnostics: Iterable[D]) -> set[int]:
    """Which diagnostics (by ``id()``) the comments in a file's units allow, where these are not to be judged."""
    return apply([comment for unit in units for comment in comments(unit)], document, diagnostics, ())[0]


def apply(
    found: Sequence[Comment], document: Document, diagnostics: Iterable[D], enabled: Iterable[Rule]
) -> tuple[set[int], list[Suppression]]:
    """Which diagnostics (by ``id()``) the comments allow, and the comments themselves, to be judged in turn.

    ``enabled`` are the rules that were run: only of these can a comment be known to be unneeded.
    """
    everywhere = [comment for comment in found if comment.whole_file]
    by_line = _by_line([comment for comment in found if not comment.whole_file], document)
    used: set[tuple[int, int]] = set()
    allowed: set[int] = set()
    whole: dict[Rule, set[tuple[int, int]]] = {}
    for diagnostic in diagnostics:
        rule, span = diagnostic.rule, diagnostic.finding.place.span
        if rule not in whole:
            whole[rule] = {(id(comment), i) for comment in everywhere for i in comment.naming(rule)}
            used |= whole[rule]
        if whole[rule]:
            allowed.add(id(diagnostic))
        if span is not None and by_line:
            first = document.position(span.start)[0]
            last = document.position(max(span.start, span.end - 1))[0]
            for line in {first, last}:
                for comment in by_line.get(line, ()):
                    for i in comment.naming(rule):
                        used.add((id(comment), i))
                        allowed.add(id(diagnostic))
    # What a running server shows is not known when its source is checked.
    running = [rule for rule in enabled if _LIVE.isdisjoint(rule.judges)]
    return allowed, [_subject(c, document, used, running) for c in found]


def _by_line(found: Sequence[Comment], document: Document) -> dict[int, list[Comment]]:
    """Which comments speak for a line."""
    by_line: dict[int, list[Comment]] = {}
    code: dict[int, int] = {}
    for comment in found:
        first, last = _lines(comment, document, code)
        for line in range(first, last + 1):
            by_line.setdefault(line, []).append(comment)
    return by_line


def _lines(comment: Comment, document: Document, code: dict[int, int]) -> tuple[int, int]:
    """First and last line a comment speaks for. ``code`` remembers the first line of code from a line on: thousands of
    comments may stand above it."""
    start = comment.unit.anchor.start
    own = document.position(start + comment.span.start)[0]
    first = document.position(start + comment.whole.start)[0]
    last = document.position(start + max(comment.whole.start, comment.whole.end - 1))[0]
    begin, stop = start + comment.whole.start, start + comment.whole.end
    if _after(document, begin, document.content(first)[0], " \t\f{") or not _BLANK.fullmatch(
        document.text, stop, max(stop, document.content(last)[1])
    ):
        return _string_before(comment, document, own), own
    line = last + 1
    passed = []
    while line < document.lines.count and line not in code:
        text = document.line(line)
        if text.strip() and not _ALONE.match(text):
            break
        passed.append(line)
        line += 1
    line = code.get(line, line)
    for each in (*passed, line):
        code[each] = line
    end = line
    if document.line(line).lstrip().startswith("@"):
        for n in range(line + 1, min(line + _DECORATORS, document.lines.count)):
            if _HEADER.match(document.line(n)):
                end = n
                break
    # Comments can hold what is judged: the metadata of a script (PEP 723), whose lines have comments of their own.
    inside = document.text[begin : start + comment.span.start].lstrip("#/* \t")
    return (own if inside else line), end


def _string_before(comment: Comment, document: Document, own: int) -> int:
    """The line on which the string begins that ends on a comment's own line: no comment can stand inside of it."""
    kept = comment.unit.kept.get("long strings")
    if kept is None:
        unit = comment.unit
        kept = [
            (site.unit, site.node)
            for site in (sites(unit.statements, unit, kinds=(Str, Join)) if any(q in unit.key for q in _LONG) else ())
            if "\n" in site.unit.key[site.node.start : site.node.end]  # type: ignore[attr-defined]
        ]
        unit.kept["long strings"] = kept
    begin, stop = document.content(own)[0], comment.unit.anchor.start + comment.span.start
    for home, node in kept:  # type: ignore[attr-defined]
        if begin <= home.anchor.start + node.end <= stop:
            return min(own, document.position(home.anchor.start + node.start)[0])
    return own


_LONG = ('"""', "'''", "`")


def _after(document: Document, at: int, line_start: int, blank: str) -> bool:
    """Whether anything but ``blank`` stands before an offset in its line. Takes no copy: a line may be a whole file."""
    while at > line_start and document.text[at - 1] in blank:
        at -= 1
    return at > line_start


def _subject(comment: Comment, document: Document, used: set[tuple[int, int]], enabled: Sequence[Rule]) -> Suppression:
    unit = comment.unit
    pointer = f"/suppressions/{comment.order}"

    def place(span: Span) -> Place:
        return Place(document.uri, pointer, span, unit.anchor)

    allows = []
    for i, (name, span) in enumerate(comment.names):
        known = selectors.known(name)
        needed: bool | None = (id(comment), i) in used
        if comment.order not in _ORDERS:
            needed = None
        elif not needed and not any(selectors.strength(name, rule) for rule in enabled if not _about_comments(rule)):
            needed = None
        if len(comment.names) == 1:
            removal = span
        elif i == 0:
            removal = Span(span.start, comment.names[1][1].start)
        else:
            removal = Span(comment.names[i - 1][1].end, span.end)
        allows.append(Allowed(name, place(span), place(removal), known, needed, "" if known else _nearest(name)))
    start = unit.anchor.start
    begin, end = start + comment.whole.start, start + comment.whole.end
    text = document.text
    line_start = document.content(document.position(begin)[0])[0]
    while begin > line_start and text[begin - 1] in " \t\f":
        begin -= 1
    if begin == line_start and _SPACE.fullmatch(text, end, max(end, document.content(document.position(end)[0])[1])):
        # The comment has its lines to itself: the last one's end goes too.
        last = document.position(max(end - 1, begin))[0]
        end = document.lines.start(last + 1)
    return Suppression(
        place(comment.span),
        comment.order,
        place(comment.order_span),
        comment.whole_file,
        tuple(allows),
        comment.reason,
        place(Span(begin - start, end - start)),
    )


def _about_comments(rule: Rule) -> bool:
    return Suppression in rule.judges


@functools.lru_cache(maxsize=256)  # asked for again at every keystroke
def _nearest(name: str) -> str:
    found = re.search(r'"(.*)"', selectors.suggestion(name))
    return found[1] if found else ""


@once
def _of_unit(unit: Unit) -> list[Comment]:
    found = [comment for start, end, text in unit.notes for comment in _orders(unit, start, end, text)]
    for nested in unit.nested:
        if nested.notes or nested.nested:
            found += _of_unit(nested)
    return found


def _orders(unit: Unit, start: int, end: int, text: str) -> Iterator[Comment]:
    text = text.rstrip()  # a carriage return belongs to the line end, whatever the grammar says
    end = start + len(text)
    for match in _ORDER.finditer(text):
        order, listed, reason = match[1], match[2], match[3]
        if order not in _ORDERS and listed is None:
            continue  # prose about mcp-lsp
        names: list[tuple[str, Span]] = []
        finish = match.end(1)
        if listed is not None:
            finish = match.end(2) + 1
            names = [
                (name[0], Span(start + match.start(2) + name.start(), start + match.start(2) + name.end()))
                for name in _NAME.finditer(listed)
            ]
        reason = reason.removesuffix("*/").strip().lstrip(":-–—").strip()
        yield Comment(
            unit,
            Span(start, end),
            Span(start + match.start(), start + finish),
            order,
            Span(start + match.start(1), start + match.end(1)),
            tuple(names),
            reason,
        )
