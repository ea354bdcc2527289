"""The pages of all rules as one HTML file to browse: by room, by severity, each with an address of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import mcp_lsp
from mcp_lsp import explain
from mcp_lsp_analyzers.rule import Rule

from .elements import Element, Trusted, element
from .page import SEVERITIES, page, switch


def render(rules: Sequence[Rule]) -> str:
    """Raises ``ModuleNotFoundError`` where markdown-it-py (the extra ``pages``) is not installed."""
    rooms = list(dict.fromkeys(_shown(rule.room) for rule in rules))
    filters = [switch(kind, kind) for kind in (*SEVERITIES, *rooms)]
    return page(
        "mcp-lsp rules",
        (*SEVERITIES, *rooms),
        element("h1", f"Rules of mcp-lsp {mcp_lsp.__version__}"),
        [_contents(room, [rule for rule in rules if _shown(rule.room) == room]) for room in rooms],
        element("div", filters, cls="filters"),
        _pages(rules),
    )


def _contents(room: str, rules: Iterable[Rule]) -> Element:
    _, about = explain.ROOMS.get(room.replace("-", "_"), ("", "of another package"))
    rows = [
        element(
            "tr",
            element("td", rule.id),
            element("td", element("a", rule.name, href=f"#{explain.anchor(rule)}")),
            element("td", element("span", rule.severity.value, cls=f"word {rule.severity.value}")),
            element("td", rule.title),
        )
        for rule in rules
    ]
    return element("details", element("summary", element("b", room), f" {about}: {len(rows)}"), element("table", rows))


def _pages(rules: Iterable[Rule]) -> Iterable[Element]:
    from markdown_it import MarkdownIt

    written = MarkdownIt("commonmark", {"html": False})
    for rule in rules:
        body = Trusted(written.render(explain.page(rule)))  # our own text, and what is code in it is escaped
        kinds = f"finding {rule.severity.value} {_shown(rule.room)}"
        yield element("article", body, cls=kinds, id=explain.anchor(rule))


def _shown(room: str) -> str:
    return room.replace("_", "-")
