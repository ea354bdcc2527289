"""Expressions that make a string, as the `Text` a model will read."""

from __future__ import annotations

from mcp_lsp_analyzers.code import (
    Attr,
    Binary,
    Call,
    Choice,
    Const,
    Expr,
    Function,
    Join,
    Logic,
    Str,
    Unit,
)
from mcp_lsp_analyzers.place import Piece, Place, Span, Text

from .arrays import items
from .sight import At, Sight, origin

KEPT = frozenset(("trim", "trimStart", "trimEnd", "toString", "normalize"))


class Words:
    """A string being put together."""

    __slots__ = ("complete", "pieces", "place", "sight", "value")

    def __init__(self, sight: Sight, uri: str, pointer: str) -> None:
        self.sight = sight
        self.place = Place(uri, pointer)
        self.value = ""
        self.pieces: list[Piece] = []
        self.complete = True

    def put(self, string: Str, unit: Unit) -> None:
        at = len(self.value)
        uri, pointer, anchor = self.place.uri, self.place.pointer, unit.anchor
        for start, end, begin, finish in string.pieces:
            self.pieces.append(Piece(at + start, at + end, Place(uri, pointer, Span(begin, finish), anchor)))
        self.value += string.value

    def add(self, at: At | None, far: int = 0) -> bool:
        """Whether anything is known of the string."""
        found = None if far > 12 else self.sight.resolve(at)
        if found is None:
            self.complete = False
            return False
        node, where = found
        if isinstance(node, Str):
            self.put(node, where.unit)
            return True
        if isinstance(node, Join):
            for part in node.parts:
                if isinstance(part, Str):
                    self.put(part, where.unit)
                else:
                    self.add(At(part, where), far + 1)
            return True
        if isinstance(node, Binary) and node.op == "+":
            left = self.add(At(node.left, where), far + 1)
            return self.add(At(node.right, where), far + 1) or left
        if isinstance(node, Const) and isinstance(node.value, (int, float, str)) and not isinstance(node.value, bool):
            self.value += str(node.value)
            return True
        if isinstance(node, Choice):
            # One of both is shown; what is known is that each may be.
            self.complete = False
            return self.add(At(node.then, where), far + 1) or self.add(At(node.otherwise, where), far + 1)
        if isinstance(node, Logic) and node.op != "and":
            before = self.complete
            if self.add(At(node.left, where), far + 1):
                return True
            self.complete = before
            known = self.add(At(node.right, where), far + 1)
            self.complete = False
            return known
        if isinstance(node, Function):
            given = self.sight.results(node, where, [])
            return bool(given) and self.add(given[0], far + 1)
        if isinstance(node, Call):
            return self.call(node, found, far)
        self.complete = False
        return False

    def call(self, node: Call, at: At, far: int) -> bool:
        callee = node.callee
        where = at.where
        if isinstance(callee, Attr):
            if callee.name in KEPT:
                return self.add(At(callee.value, where), far + 1)
            if callee.name == "join":
                return self.joined(callee.value, node.args[0].value if node.args else None, at, far)
            if callee.name in ("replace", "replaceAll", "slice", "substring", "toLowerCase", "toUpperCase", "concat"):
                known = self.add(At(callee.value, where), far + 1)
                self.complete = False
                return known
        given = self.sight.returned(at)
        if given:
            return self.add(given[0], far + 1)
        self.complete = False
        if len(node.args) == 1 and not isinstance(callee, Attr):  # dedent("..."), String(x)
            known = self.add(At(node.args[0].value, where), far + 1)
            return known
        return False

    def joined(self, array: Expr, separator: Expr | None, at: At, far: int) -> bool:
        elements, complete = items(self.sight, At(array, at.where))
        between = "," if separator is None else self.sight.constant(At(separator, at.where))
        for i, element in enumerate(elements):
            if i and isinstance(between, str):
                self.value += between
            self.add(element, far + 1)
        self.complete = self.complete and complete and isinstance(between, str)
        return bool(elements)


def text(sight: Sight, uri: str, pointer: str, role: str, at: At | None) -> Text | None:
    """The string an expression makes; ``None`` where it makes none or nothing is known of it."""
    if at is None:
        return None
    words = Words(sight, uri, pointer)
    if not words.add(at) or (not words.value and not words.complete):
        return None
    node, where = at
    unit = where.unit
    if not isinstance(node, (Str, Join, Binary)):
        found = sight.resolve(at)
        if found is not None and isinstance(found.node, (Str, Join, Binary)):
            node, unit = found.node, found.where.unit
    place = Place(uri, pointer, Span(node.start, node.end), unit.anchor)
    return Text(words.value, place, role, tuple(words.pieces), words.complete)


def template_uri(sight: Sight, at: At) -> At | None:
    """The URI in ``new ResourceTemplate("x://{id}", { list })``."""
    found = sight.resolve(at)
    if found is not None and isinstance(found.node, Call) and found.node.new and found.node.args:
        if origin(sight, At(found.node.callee, found.where)).endswith("ResourceTemplate"):
            return At(found.node.args[0].value, found.where)
    return None
