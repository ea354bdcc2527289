"""How a project is built and tested elsewhere: Dockerfiles and GitHub workflows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcp_lsp_analyzers.code import Unit
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Piece, Place, Span, Text
from mcp_lsp_analyzers.supply import Action, Image, Script

# An instruction goes on over lines that end in a backslash, comments in between included.
_INSTRUCTION = pattern(r"(?im)^[^\S\n]*(FROM|RUN|ARG)[^\S\n]+((?:[^\n]*\\[^\S\n]*\n(?:[^\S\n]*#[^\n]*\n)*)*[^\n]*)")
_FROM = pattern(r"(?i)(?:--\S+\s+)*((?:\{\{[^\n]*?\}\}|\S)+)(?:\s+AS\s+(\S+))?")
_COPY = pattern(r"(?im)^[^\S\n]*COPY[^\S\n]+(?:--\S+[^\S\n]+)*--from=(\S+)")
_USES = pattern(r"(?m)^[^\S\n]*(?:-[^\S\n]+)?uses:[^\S\n]+[\"']?([^\s\"'#]+)")
_RUN = pattern(
    r"(?m)^([^\S\n]*)(?:-[^\S\n]+)?run:[^\S\n]*"
    r"(?:[|>][-+]?[^\S\n]*\n((?:\1[^\S\n][^\n]*(?:\n|\Z)|[^\S\n]*\n)+)|([^\n]+))"
)


def dockerfile(uri: str, unit: Unit) -> Iterator[Image | Script]:
    """What it builds upon and copies from, and what it runs."""
    stages: set[str] = set()
    values: dict[str, str] = {}
    for match in _INSTRUCTION.finditer(unit.key):
        word, at = match[1].upper(), match.start(2)
        if word == "ARG":
            name, _, value = match[2].strip().partition("=")
            values[name] = value.strip("\"'")
        elif word == "RUN":
            yield Script(_text(uri, unit, "/run", "script", *match.span(2)), "image")
        elif (base := _FROM.match(match[2])) is not None:
            if base[1].lower() not in stages and base[1] != "scratch":
                yield Image(_image(uri, unit, at + base.start(1), at + base.end(1), values))
            if base[2]:
                stages.add(base[2].lower())
    for copy in _COPY.finditer(unit.key):
        if copy[1].lower() not in stages and not copy[1].isdigit():
            yield Image(_image(uri, unit, *copy.span(1), values))


def _image(uri: str, unit: Unit, start: int, end: int, values: dict[str, str]) -> Text:
    """The reference with the defaults of build arguments filled in; ``complete`` is false where one has none."""
    written = unit.key[start:end]
    value = re.sub(r"\$\{?(\w+)(?::-([^}]*))?\}?", lambda m: values.get(m[1]) or m[2] or m[0], written)
    place = Place(uri, f"/from/{written.partition('@')[0].partition(':')[0]}", Span(start, end), unit.anchor)
    return Text(value, place, "image", (Piece(0, len(value), place),), "$" not in value and "{{" not in value)


def workflow(uri: str, unit: Unit) -> Iterator[Action | Script]:
    """What other repositories' actions it runs, and its own scripts."""
    for match in _USES.finditer(unit.key):
        if not match[1].startswith(("./", "docker://")):
            yield Action(_text(uri, unit, f"/uses/{match[1].partition('@')[0]}", "action", *match.span(1)))
    for match in _RUN.finditer(unit.key):
        start, end = match.span(2) if match[2] is not None else match.span(3)
        yield Script(_text(uri, unit, "/run", "script", start, end), "workflow")


def _text(uri: str, unit: Unit, pointer: str, role: str, start: int, end: int) -> Text:
    place = Place(uri, pointer, Span(start, end), unit.anchor)
    return Text(unit.key[start:end], place, role, (Piece(0, end - start, place),))
