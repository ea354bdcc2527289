"""String literals with every character mapped to its source: escapes, raw strings, f-strings, adjacent literals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Union

from mcp_lsp_analyzers.code import Arg, Call, Expr, Join, Name, Opaque, Str

from .depth import DEPTH

if TYPE_CHECKING:
    from ...syntax import Node
    from .expressions import Lowering

_SIMPLE = {
    "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
}  # fmt: skip


class _Run:
    """The literal run being put together, and the parts already closed by holes."""

    __slots__ = ("end", "parts", "pieces", "start", "value")

    def __init__(self) -> None:
        self.parts: list[Expr] = []
        self.value = ""
        self.pieces: list[tuple[int, int, int, int]] = []
        self.start = self.end = -1

    def add(self, value: str, start: int, end: int) -> None:
        if self.start < 0:
            self.start = start
        self.end = end
        if not value:
            return
        at = len(self.value)
        self.value += value
        if self.pieces:
            first, last, begin, finish = self.pieces[-1]
            # Neighbours that both map character for character are one run.
            if finish == start and last - first == finish - begin and len(value) == end - start:
                self.pieces[-1] = (first, at + len(value), begin, end)
                return
        self.pieces.append((at, at + len(value), start, end))

    def close(self, c: Lowering, is_bytes: bool) -> None:
        if self.value:
            text = Str(self.start, self.end, self.value, tuple(self.pieces), is_bytes)
            c.unit.strings.append(text)
            self.parts.append(text)
        self.value, self.pieces, self.start = "", [], -1


def string(c: Lowering, node: Node, d: int) -> Union[Str, Join, Opaque]:
    at, text = c.at, c.text
    start, end = at[node.start_byte], at[node.end_byte]
    kids = node.children
    if len(kids) == 3 and kids[1].child_count == 0 and "\r" not in text[start:end]:
        first, last = at[kids[0].end_byte], at[kids[2].start_byte]
        if last == at[kids[1].end_byte] and text[first - 1] in "\"'" and kids[1].type == "string_content":
            is_bytes = text[start] in "bBrR" and "b" in text[start:first].lower()
            literal = Str(start, end, text[first:last], ((0, last - first, first, last),), is_bytes)
            c.unit.strings.append(literal)
            return literal
    run = _Run()
    is_bytes = _string(c, node, d, run)
    return _whole(c, run, start, end, is_bytes)


def adjacent(c: Lowering, node: Node, d: int) -> Union[Str, Join, Opaque]:
    """``"a" f"b{c}"``: one run per stretch without holes."""
    run = _Run()
    is_bytes = False
    for kid in node.named_children:
        if kid.type == "string":
            is_bytes = _string(c, kid, d, run)
        elif kid.type == "ERROR":
            run.close(c, is_bytes)
            run.parts.append(c.expr(kid, d + 1))
    return _whole(c, run, c.at[node.start_byte], c.at[node.end_byte], is_bytes)


def fragment(c: Lowering, node: Node, d: int) -> Expr:
    """The inside of a literal that is not closed yet."""
    run = _Run()
    _content(c, node, run, False)
    return _whole(c, run, c.at[node.start_byte], c.at[node.end_byte], False)


def _whole(c: Lowering, run: _Run, start: int, end: int, is_bytes: bool) -> Union[Str, Join, Opaque]:
    if run.parts:
        run.close(c, is_bytes)
        return Join(start, end, run.parts)
    literal = Str(start, end, run.value, tuple(run.pieces), is_bytes)
    c.unit.strings.append(literal)
    return literal


def _string(c: Lowering, node: Node, d: int, run: _Run) -> bool:
    """Add one literal to the run; says whether it is bytes."""
    at, text = c.at, c.text
    prefix = ""
    for kid in node.children:
        kind = kid.type
        if kind == "string_content":
            _content(c, kid, run, "r" in prefix)
        elif kind == "string_start":
            prefix = text[at[kid.start_byte] : at[kid.end_byte]].rstrip("\"'").lower()
        elif kind == "interpolation":
            _hole(c, kid, d, run, "b" in prefix)
        elif kind == "ERROR":
            run.close(c, "b" in prefix)
            run.parts.append(c.expr(kid, d + 1))
    return "b" in prefix


def _hole(c: Lowering, node: Node, d: int, run: _Run, is_bytes: bool) -> None:
    if d > DEPTH:
        from .expressions import deep  # which imports this

        run.close(c, is_bytes)
        run.parts.append(deep(c, node))
        return
    inside: list[Expr] = []
    shown, shown_as = False, ""
    for kid in node.children:
        kind = kid.type
        if kind == "=":
            shown = True
        elif kind == "type_conversion":
            shown_as = c.text[c.at[kid.start_byte] : c.at[kid.end_byte]]
        elif kind == "format_specifier":
            for part in kid.named_children:
                inside += [c.expr(x, d + 2) for x in part.named_children] if part.type == "format_expression" else []
        elif kid.is_named and kind != "comment":
            value = c.expr(kid, d + 1)
            inside.insert(0, value)
            if shown is False and node.children[-2].type == "=":
                run.add(c.text[value.start : value.end] + "=", value.start, c.at[node.children[-2].end_byte])
    run.close(c, is_bytes)
    if inside and shown_as in ("!r", "!a"):  # ``f"{name!r}"`` says what ``repr(name)`` does
        first = inside[0]
        inside[0] = Call(
            first.start, first.end, Name(first.start, first.end, "repr"), [Arg(first.start, first.end, first)]
        )
    if len(inside) == 1:
        run.parts.append(inside[0])
    else:
        run.parts.append(Opaque(c.at[node.start_byte], c.at[node.end_byte], "interpolation", inside))


def _content(c: Lowering, node: Node, run: _Run, raw: bool) -> None:
    at = c.at
    here, end = at[node.start_byte], at[node.end_byte]
    if not raw or node.child_count:
        for escape in node.children:
            kind = escape.type
            if kind != "escape_sequence" and kind != "escape_interpolation":
                continue
            start, stop = at[escape.start_byte], at[escape.end_byte]
            if start > here:
                _plain(c, run, here, start)
            source = c.text[start:stop]
            if kind == "escape_interpolation":
                run.add(source[:1], start, stop)
            elif raw:
                _plain(c, run, start, stop)
            else:
                run.add(_unescaped(source), start, stop)
            here = stop
    if end > here:
        _plain(c, run, here, end)


def _plain(c: Lowering, run: _Run, start: int, end: int) -> None:
    """Characters as they stand; Python reads every line end as ``\\n``."""
    text = c.text
    if "\r" not in text[start:end]:
        run.add(text[start:end], start, end)
        return
    here = start
    while here < end:
        stop = text.find("\r", here, end)
        if stop < 0:
            run.add(text[here:end], here, end)
            return
        if stop > here:
            run.add(text[here:stop], here, stop)
        here = stop + 2 if text.startswith("\r\n", stop) and stop + 2 <= end else stop + 1
        run.add("\n", stop, here)


def _unescaped(source: str) -> str:
    """The value of one escape sequence, as written where it has none."""
    kind = source[1:2]
    simple = _SIMPLE.get(kind)
    if simple is not None:
        return simple
    if kind in ("\n", "\r"):
        return ""
    try:
        if kind in ("x", "u", "U"):
            code = int(source[2:], 16)
        elif kind == "N":
            import unicodedata  # half a megabyte, for a form hardly anybody writes

            return unicodedata.lookup(source[3:-1])
        else:
            code = int(source[1:], 8)
        # A lone surrogate cannot be written out again.
        return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
    except (ValueError, KeyError, OverflowError):
        return source
