"""Text and paths put together: where in the whole each choice stands, and what stands before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Expr, Str

from .links import absolute as is_absolute
from .taints import HOLE, JOINED, Taint, abridged, beside, merged
from .values import SAID, Const, Rec, Seq, Value, all_taints

if TYPE_CHECKING:
    from .frame import Frame


def concatenated(f: Frame, node: Expr, parts: list[tuple[Expr, Value]]) -> Value:
    """Text made of these, end to end: what stands before and behind each choice is kept."""
    texts: list[str] = []
    tainted = False
    known = True
    for part, value in parts:
        if value.taints:
            tainted = True
        text = part.value if type(part) is Str else value.string
        if text == "" and value.name:
            text = None  # nothing, or what goes by that name: ``str(folder.resolve()) if folder else ""``
        if text is None:
            shape = value.shape
            if (
                type(shape) is Const
                and not value.taints
                and len(shape.values) == 1
                and type(shape.values[0]) in (int, float)
            ):
                text = str(shape.values[0])
            else:
                known = False
                text = HOLE
                if not value.taints and shape is not None and all_taints(value):
                    tainted = True
        texts.append(text)
    if known:
        return Value((), Const(("".join(texts),)))
    tail = texts[-1][-1:] if texts else ""
    tail = tail if tail in "/\\" else ""
    shape = SAID if any(text.strip(HOLE) for text in texts) else None
    if not tainted:
        return Value((), shape, "", None, None, tail or (parts[-1][1].tail if parts else ""))
    before = ""
    found: tuple[Taint, ...] = ()
    last = len(texts) - 1
    behind = [False] * (last + 1)
    for i in range(last - 1, -1, -1):
        behind[i] = behind[i + 1] or bool(texts[i + 1])
    for i, (_, value) in enumerate(parts):
        mine: tuple[Taint, ...] = ()
        for taint in value.taints or (all_taints(value) if texts[i] == HOLE else ()):
            if taint.aspect != "test":
                apart = behind[i] and _spaced(texts[i + 1], parts[i + 1][1])
                one = taint.within(node, before, behind[i], apart)
                # ``path.startsWith("/") ? path : "/" + path`` is one form of it.
                rooted = any(other.before.rstrip("/") == one.before.rstrip("/") for other in mine)
                mine = beside(mine, (one,)) if rooted else merged(mine, (one,))
        found = beside(found, mine)
        before = abridged(before + texts[i])
    return Value(found, None if found else shape, "", None, None, tail)


def _spaced(text: str, value: Value) -> bool:
    """Whether a part begins with a space."""
    if text != HOLE:
        return text[:1].isspace()
    return bool(value.taints) and all(taint.before[:1].isspace() for taint in value.taints)


def formatted(f: Frame, node: Expr, template: Value, values: Value) -> Value:
    """``"... %s" % values`` and ``"... {}".format(...)``: where each stands is read off a literal template."""
    text = template.string
    found: tuple[Taint, ...] = ()
    shape = values.shape
    items = list(shape.items) if type(shape) is Seq and shape.rest is None else None
    if text is not None and items is None and type(shape) is not Rec:
        items = [values]
    if text is not None and items is not None and "%(" not in text:
        pieces = _percent(text)
        before = ""
        for i, piece in enumerate(pieces):
            before += piece
            if i < len(items) and i < len(pieces) - 1:
                after = any(pieces[i + 1 :])
                for taint in all_taints(items[i]):
                    found = merged(found, (taint.within(node, before, after, pieces[i + 1][:1].isspace()),))
                before += items[i].string or HOLE
        return Value(found)
    for taint in (*all_taints(template), *all_taints(values)):
        found = merged(found, (taint.within(node, (text or HOLE).partition("%")[0] or HOLE, True),))
    return Value(found)


def _percent(text: str) -> list[str]:
    """The literal pieces around the conversions of a ``%`` template."""
    pieces, i, start = [], 0, 0
    current = ""
    while (i := text.find("%", start)) >= 0:
        current += text[start:i]
        j = i + 1
        while j < len(text) and text[j] in "#0- +.123456789*lhL":
            j += 1
        if j < len(text) and text[j] == "%":
            current += "%"
        else:
            pieces.append(current)
            current = ""
        start = j + 1
    pieces.append(current + text[start:])
    return pieces


def path_joined(f: Frame, node: Expr, parts: list[Value], name: str = "", absolute: bool = True) -> Value:
    """Path segments put together. ``absolute``: a later segment that is absolute throws away those before it, so that a
    choice there may be the whole path (not so in JavaScript's ``path.join``)."""
    found: tuple[Taint, ...] = ()
    text = ""
    last = len(parts) - 1
    for i, part in enumerate(parts):
        for taint in all_taints(part.shape.any if type(part.shape) is Seq else part):
            if taint.aspect == "test":
                continue
            if len(parts) == 1:
                found = beside(found, (taint.same_as(node),))
            elif i == 0:
                found = beside(found, (taint.folder(node, "", True),))
            elif absolute and i == last and is_absolute(taint):
                found = beside(found, (taint.same_as(node),))  # what it is joined to is thrown away
            else:
                before = text
                if absolute and text:
                    before = (HOLE + "/" if text.startswith(HOLE) else text) + JOINED
                found = beside(found, (taint.within(node, before, i < last),))
        known = part.string
        text += (known if known is not None else HOLE).rstrip("/") + "/"
    tail = "/" if parts and parts[-1].string == "" else ""  # ``os.path.join(root, "")``
    if not found and parts and all(p.string is not None for p in parts):
        return Value((), Const(("/".join(p.string or "" for p in parts),)), name, None, None, tail if name else "")
    return Value(found, None, name, None, None, tail)
