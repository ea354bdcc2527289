"""What in a document leads somewhere else: rules in comments that allow them, scripts in a client's list of servers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lsprotocol import types

from mcp_lsp import suppress
from mcp_lsp.assist.pages import address
from mcp_lsp.uri import from_path, to_path
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.place import Span

from .actions import range_of

if TYPE_CHECKING:
    from .documents import Open


def links(opened: Open) -> list[types.DocumentLink]:
    """Ranges with where they lead: a web page, or a file that is there."""
    if opened.analysis is None or opened.analysis.module is None:
        return []
    found = []
    rules = registry.by_name()
    for unit in opened.analysis.module.units:
        base = unit.anchor.start
        for comment in suppress.comments(unit):
            start = comment.unit.anchor.start
            for name, span in comment.names:
                rule = rules.get(name)
                target = None if rule is None else address(rule)
                if target is not None and rule is not None:
                    at = Span(start + span.start, start + span.end)
                    found.append(_link(opened, at, target, f"{rule.id}: {rule.title}"))
        if opened.document.language == "launch":
            for string in unit.strings:
                path = _file(opened, string.value)
                if path is not None:
                    at = Span(base + string.start + 1, base + string.end - 1)
                    found.append(_link(opened, at, from_path(path), "what is started"))
    return found


def _file(opened: Open, value: str) -> str | None:
    """The file that a path in a client's list names: from the folder of the list, or the project around it."""
    path = to_path(opened.uri)
    if path is None or not value or "\0" in value or not ("/" in value or "." in value):
        return None
    home = os.path.dirname(path)
    for folder in (home, os.path.dirname(home)):
        at = os.path.join(folder, value)
        if os.path.isfile(at):
            return at
    return None


def _link(opened: Open, span: Span, target: str, tooltip: str) -> types.DocumentLink:
    return types.DocumentLink(range_of(opened.document, span, opened.encoding), target, tooltip)
