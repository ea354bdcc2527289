"""HTML that cannot be broken out of: elements are values, and all text in them is escaped by what writes them down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Union

from mcp_lsp_analyzers.record import NamedTuple

from .terminal import HIDDEN

_EMPTY = {"input", "meta", "br"}  # of HTML: within an SVG every element has an end
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


class Element(NamedTuple):
    tag: str
    attributes: dict[str, str]
    children: tuple[Child, ...]


class Trusted(NamedTuple):
    """Text of our own that is not escaped: the style sheet."""

    text: str


Child = Union[Element, Trusted, str, None]


def element(tag: str, *children: Child | Iterable[Child], **attributes: str | int | None) -> Element:
    """``element("td", "text", cls="x", data_kind="y")``: ``cls`` is ``class``, ``_`` is ``-``, ``None`` is left out."""
    named = {
        "class" if name == "cls" else name.rstrip("_").replace("_", "-"): str(value)
        for name, value in attributes.items()
        if value is not None
    }
    return Element(tag, named, tuple(_flat(children)))


def _flat(children: Iterable[Child | Iterable[Child]]) -> Iterator[Child]:
    for child in children:
        if child is None or isinstance(child, (str, Element, Trusted)):
            yield child
        else:
            yield from child


def render(element: Element) -> str:
    """The element as HTML."""
    return "".join(_written(element))


def _written(child: Child) -> Iterator[str]:
    if child is None:
        return
    if isinstance(child, str):
        yield _text(child)
        return
    if isinstance(child, Trusted):
        yield child.text
        return
    # Names are ours; a slip that let a scanned text become one must not pass.
    if not _NAME.fullmatch(child.tag) or not all(map(_NAME.fullmatch, child.attributes)):
        raise ValueError(f"no name of an element or attribute: {child.tag} {[*child.attributes]}")
    attributes = "".join(f' {name}="{_escaped(visible(value))}"' for name, value in child.attributes.items())
    yield f"<{child.tag}{attributes}>"
    if child.tag not in _EMPTY:
        for each in child.children:
            yield from _written(each)
        yield f"</{child.tag}>"


def _text(text: str) -> str:
    """Text with what hides in it written out, and marked: text that only says ``U+202E`` looks different."""
    return HIDDEN.sub(
        lambda m: m[0] if m[0] == "\n" else f'<span class="hidden">U+{ord(m[0]):04X}</span>', _escaped(text)
    )


def visible(text: str) -> str:
    return HIDDEN.sub(lambda m: f"<U+{ord(m[0]):04X}>", text)


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#39;")
