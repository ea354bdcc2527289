"""A check of the environment that ends the start, moved to where the value is used: a server can then be listed
without it, and the tools that need it say what is missing."""

from __future__ import annotations

from .. import code
from ..code import Function, Unit, flat
from ..fix import Edit, Edits, Fix
from ..model import Server
from ..place import Span
from ..walk import sites


def checked_where_used(server: Server, unit: Unit, check: code.If, local: str) -> Fix | None:
    """``check`` is a whole statement of the module, ``if not KEY: raise …``. ``None`` where the value is also used
    while the file is loaded, where nobody uses it, or where the check does more."""
    module, text = server.module, unit.key[check.start : check.end]
    if module is None or check.otherwise or len(check.then) != 1 or not isinstance(check.then[0], code.Raise):
        return None
    users: list[tuple[Unit, Function]] = []
    for each in module.units:
        if local not in each.key or each is unit:
            continue
        if each.nested:
            return None  # a large container: what of it runs when is not looked at
        for site in sites(each.statements, each, kinds=(code.Name,)):
            node, function = site.node, site.function
            if not isinstance(node, code.Name) or node.id != local or _binds(each, node):
                continue
            if function is None or _of_head(node, function, each):
                return None  # used while the file is loaded
            while function.parent is not None:
                function = function.parent
            if function.cls is not None or (function.arrow and not _braced(each, function)):
                return None
            if (each, function) not in users:
                users.append((each, function))
    if not users or '"""' in text or "`" in text:
        return None  # (moved, the lines of such a text would be indented)
    edits = [Edit(unit.place(server.uri, server.place.pointer, Span(*_whole(unit, check))), "")]
    for each, function in users:
        body = function.body[1:] if _documented(function) else function.body
        if not body:
            return None
        start = body[0].start
        line = each.key.rfind("\n", 0, start) + 1
        margin = each.key[line:start]
        if margin.strip():
            return None  # ``def f(): return KEY``
        moved = text.replace("\n", "\n" + margin)
        edits.append(Edit(each.place(server.uri, server.place.pointer, Span(start, start)), f"{moved}\n{margin}"))
    return Fix(f"Ask for `{local}` where it is used", Edits(tuple(edits)))


def _of_head(node: code.Name, function: Function, unit: Unit) -> bool:
    """Whether a name stands in a decorator or a default, which are looked at when the function is made."""
    return any(part.node is node for part in sites([*function.decorators, *function.params], unit, kinds=(code.Name,)))


def _documented(function: Function) -> bool:
    first = function.body[0] if function.body else None
    return function.doc is not None and isinstance(first, code.Do) and isinstance(first.value, (code.Str, code.Join))


def _binds(unit: Unit, node: code.Name) -> bool:
    return any(isinstance(s, code.Assign) and s.target is node for s, _ in flat(unit.statements))


def _braced(unit: Unit, function: Function) -> bool:
    """Whether an arrow function has statements, and not one expression."""
    return (
        unit.key[function.start : function.end].rstrip().endswith("}")
        and bool(function.body)
        and (function.body[0].start > unit.key.find("{", function.start))
    )


def _whole(unit: Unit, check: code.If) -> tuple[int, int]:
    """The statement with its line end."""
    end = check.end
    while end < len(unit.key) and unit.key[end] in " \t;":
        end += 1
    return check.start, end + 1 if unit.key[end : end + 1] == "\n" else end
