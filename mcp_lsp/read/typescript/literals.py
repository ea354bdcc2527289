"""Strings, templates, regular expressions and numbers, with the source of every character of their values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Const, Expr, Join, Opaque, Regex, Str
from mcp_lsp_analyzers.pattern import pattern

from .lowering import EXPRESSIONS, Lowering

if TYPE_CHECKING:
    from mcp_lsp.syntax import Node

Pieces = tuple[tuple[int, int, int, int], ...]

# What is not itself in a string: an escape, or a line end that a template literal turns into "\n".
ESCAPE = pattern(
    r"\\(?:u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([0-7]{1,3})|(\r\n|[\n\r\u2028\u2029])|(.))|(\r\n?)",
    re.DOTALL,
)
SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}


def decoded(source: str, start: int) -> tuple[str, Pieces]:
    """The value of ``source``, what stands between quotes from ``start`` of the unit on."""
    if "\\" not in source and "\r" not in source:
        return source, ((0, len(source), start, start + len(source)),) if source else ()
    parts: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []
    length = last = 0
    high = 0  # the first half of a surrogate pair, already in ``parts`` as U+FFFD
    for match in ESCAPE.finditer(source):
        begin, end = match.span()
        if begin > last:
            run = source[last:begin]
            pieces.append((length, length + len(run), start + last, start + begin))
            parts.append(run)
            length += len(run)
            high = 0
        last = end
        character, number = _meaning(match)
        if high and 0xDC00 <= number <= 0xDFFF:
            parts[-1] = chr(0x10000 + ((high - 0xD800) << 10) + (number - 0xDC00))
            first = pieces[-1]
            pieces[-1] = (first[0], first[1], first[2], start + end)
            high = 0
            continue
        high = number if 0xD800 <= number <= 0xDBFF else 0
        if character:
            pieces.append((length, length + 1, start + begin, start + end))
            parts.append(character)
            length += 1
    if last < len(source):
        run = source[last:]
        pieces.append((length, length + len(run), start + last, start + len(source)))
        parts.append(run)
    return "".join(parts), tuple(pieces)


def _meaning(match: re.Match[str]) -> tuple[str, int]:
    """The character an escape stands for ("" for a continued line), and its number where it is given as one."""
    braced, four, two, octal, continued, simple, line_end = match.groups()
    digits = braced or four or two
    if digits or octal:
        number = int(digits, 16) if digits else int(octal, 8)
        if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
            # Half a surrogate pair cannot be encoded; alone it is what decoders make of it.
            return "\ufffd", number
        return chr(number), number
    if continued:
        return "", -1
    return ("\n" if line_end else SIMPLE.get(simple, simple)), -1


def string(lo: Lowering, node: Node) -> Expr:
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    text = lo.text
    stop = end - 1 if end - start > 1 and text[end - 1] == text[start] else end
    value, pieces = decoded(text[start + 1 : stop], start + 1)
    result = Str(start, end, value, pieces)
    lo.unit.strings.append(result)
    return result


def template(lo: Lowering, node: Node, tag: Expr | None = None, begin: int | None = None) -> Expr:
    """A template literal. Without holes and tag it is a `Str`."""
    at, text = lo.at, lo.text
    start, end = at[node.start_byte], at[node.end_byte]
    parts: list[Expr] = []
    position = start + 1
    for child in node.children:
        if child.type != "template_substitution":
            continue
        hole, after = at[child.start_byte], at[child.end_byte]
        if hole > position:
            parts.append(_run(lo, position, hole))
        inner = lo.kids(child)
        parts.append(lo.expr(inner[0]) if inner else Opaque(hole, after, "missing"))
        position = after
    stop = end - 1 if end - 1 >= position and text[end - 1] == "`" else end
    if not parts and tag is None:
        value, pieces = decoded(text[position:stop], position)
        result = Str(start, end, value, pieces)
        lo.unit.strings.append(result)
        return result
    if stop > position:
        parts.append(_run(lo, position, stop))
    return Join(start if begin is None else begin, end, parts, tag)


def _run(lo: Lowering, start: int, end: int) -> Str:
    value, pieces = decoded(lo.text[start:end], start)
    result = Str(start, end, value, pieces)
    lo.unit.strings.append(result)
    return result


def regex(lo: Lowering, node: Node) -> Expr:
    pattern, flags = node.child_by_field_name("pattern"), node.child_by_field_name("flags")
    return Regex(
        lo.at[node.start_byte],
        lo.at[node.end_byte],
        "" if pattern is None else lo.string(pattern),
        "" if flags is None else lo.string(flags),
    )


def number(lo: Lowering, node: Node) -> Expr:
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    return Const(start, end, numeric(lo.text[start:end]))


def numeric(source: str) -> int | float | str:
    digits = source.replace("_", "").rstrip("n").lower()
    try:
        if digits[:1] == "0" and digits[1:2].isdigit():
            return int(digits, 8)
        return int(digits, 0)
    except ValueError:
        pass
    try:
        return float(digits)
    except ValueError:
        return source


def true(lo: Lowering, node: Node) -> Expr:
    return Const(lo.at[node.start_byte], lo.at[node.end_byte], True)


def false(lo: Lowering, node: Node) -> Expr:
    return Const(lo.at[node.start_byte], lo.at[node.end_byte], False)


def null(lo: Lowering, node: Node) -> Expr:
    return Const(lo.at[node.start_byte], lo.at[node.end_byte], None)


def doc(lo: Lowering, node: Node | None) -> Str | None:
    """The text of a JSDoc comment: without the stars, never dedented."""
    if node is None:
        return None
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    source = lo.text[start:end]
    if start < 0 or not source.startswith("/**") or len(source) < 5:
        return None
    position = 3
    stop = len(source) - 2
    value: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []
    length = 0
    first = True
    while position <= stop:
        newline = source.find("\n", position, stop)
        line_end = stop if newline < 0 else newline
        begin = position
        if not first:
            star = begin
            while star < line_end and source[star] in " \t":
                star += 1
            if star < line_end and source[star] == "*":
                begin = star + 1
        if begin < line_end and source[begin] == " ":
            begin += 1
        finish = line_end
        while finish > begin and source[finish - 1] in " \t\r":
            finish -= 1
        line = source[begin:finish]
        if line:
            pieces.append((length, length + len(line), start + begin, start + finish))
        value.append(line)
        length += len(line) + 1
        first = False
        if newline < 0:
            break
        position = newline + 1
    while value and not value[0]:  # "/**" and "*/" stand on lines of their own
        del value[0]
        pieces = [(a - 1, b - 1, c, d) for a, b, c, d in pieces]
    while value and not value[-1]:
        del value[-1]
    return Str(start, end, "\n".join(value), tuple(pieces))


EXPRESSIONS.update(
    string=string,
    template_string=template,
    regex=regex,
    number=number,
    true=true,
    false=false,
    null=null,
    undefined=null,
)
