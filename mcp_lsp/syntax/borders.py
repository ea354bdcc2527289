"""Where segments begin in a text that parses: at each top-level statement, with the comments directly above it.

Blank lines, and comments with a blank line below them, belong to the statement before: what is typed there, deeper
indented, belongs to it as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from tree_sitter import Node

from mcp_lsp_analyzers.record import NamedTuple

_SPACE = b" \t\r\n\f\v"
_COMMENTS = frozenset(("comment", "html_comment"))
# No statements of their own: they belong to what they stand behind.
_LOOSE = frozenset((";", "empty_statement", "line_continuation", "hash_bang_line"))


class Border(NamedTuple):
    """A segment begins at ``byte``; ``first`` is the index of its first node."""

    byte: int
    first: int


class Borders(NamedTuple):
    """``found``: the borders, in order; what stands before the first one belongs to nothing yet. ``tail``: the text
    ends with comments that belong to a statement behind it."""

    found: list[Border]
    tail: bool


def borders(data: bytes, nodes: Sequence[Node], python: bool) -> Borders:
    """The borders of ``nodes``, the children of an error-free root. In Python only the start of a line can be one and
    nothing may be indented; elsewhere, in a minified file, any statement's start."""
    found: list[Border] = []
    chain: list[int] = []  # comments since the last statement
    ends = 0  # where the last statement ends
    for i, node in enumerate(nodes):
        kind = node.type
        if kind in _COMMENTS:
            chain.append(i)
            continue
        start, end = node.byte_range
        if kind in _LOOSE:
            if not chain:
                ends = end
            continue
        begin, first = line_start(data, start, ends, python), i
        if chain:
            above = _with_comments(data, nodes, chain, start, ends, python)
            if above is not None:
                begin, first = above
            chain.clear()
        if begin >= 0:
            found.append(Border(begin, first))
        elif not python:
            found.append(Border(start, i))
        ends = end
    tail = bool(chain) and _with_comments(data, nodes, chain, len(data), ends, python) is not None
    return Borders(found, tail)


def _with_comments(
    data: bytes, nodes: Sequence[Node], chain: Sequence[int], start: int, ends: int, python: bool
) -> Border | None:
    """Where a statement at ``start`` begins with the comments directly above it; ``None`` if there are none."""
    found = None
    below = start
    for i in reversed(chain):
        comment_start, comment_end = nodes[i].byte_range
        gap = data[comment_end:below]
        if comment_start < ends or gap.strip(_SPACE) or gap.count(b"\n") > 1:
            break
        begin = line_start(data, comment_start, ends, python)
        if begin >= 0:
            found = Border(begin, i)
        elif b"\n" in gap:
            break  # it stands behind something on its own line
        below = comment_start
    return found


def line_start(data: bytes, start: int, floor: int, python: bool) -> int:
    """The start of the line, if nothing but white space (in Python: nothing but form feeds) stands before ``start`` in
    it; else -1. Nothing before ``floor`` is looked at."""
    blank = b"\f" if python else b" \t\f\v"
    at = start
    while at > floor and data[at - 1] in blank:
        at -= 1
    return at if at == 0 or data[at - 1] == 10 else -1
