"""``**filters`` and ``*paths`` of a tool as what a call can fill: one argument that is an object, or a list."""

from __future__ import annotations

from .. import code
from ..fix import NAMED, Edit, Fix, Write
from ..flow import Handler
from ..place import Place, Span


def one_argument(handler: Handler, param: code.Param) -> Fix | None:
    """The same name with the same contents, as one argument that may be left out. Where other parameters that have to
    be given follow, no default can stand before them."""
    function, kind = handler.function, param.kind
    behind = function.params[function.params.index(param) + 1 :]
    if any(other.default is None and other.kind != "**" for other in behind):
        return None
    of = _text(function.unit, param.annotation)
    if kind == "**":
        annotation, made = f"dict[str, {of}]" if of else "dict", "dict"
    else:
        annotation, made = f"list[{of}]" if of else "list", "list"
    end = param.annotation.end if param.annotation is not None else param.target.end
    text = f"{param.name}: {annotation} = {NAMED}(default_factory={made})"
    title = f"Take `{param.name}` as one {'object' if kind == '**' else 'list'}"
    return Fix(title, Write((Edit(_at(handler, Span(param.start, end)), text),), "pydantic", "Field"))


def _text(unit: code.Unit, annotation: code.Expr | None) -> str:
    return "" if annotation is None else unit.key[annotation.start : annotation.end]


def _at(handler: Handler, span: Span) -> Place:
    return handler.function.unit.place(handler.place.uri, handler.place.pointer, span)
