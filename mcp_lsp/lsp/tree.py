"""The servers of a file with what they offer, for an editor's tree: names, places, what was found on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcp_lsp_analyzers.model import Item, Resource, Server, Tool

from .convert import range_of

if TYPE_CHECKING:
    from .documents import Open

JSON = dict[str, Any]


def servers(opened: Open) -> list[JSON]:
    """Each with ``name``, ``sdk``, ``range``, ``found`` (findings in its file by severity) and ``items``: ``kind``,
    ``name``, ``range``, ``found`` (findings on its lines), ``readOnly`` and ``destructive`` where a tool says so."""
    analysis = opened.analysis
    if analysis is None:
        return []
    return [_server(server, opened) for server in analysis.servers]


def _server(server: Server, opened: Open) -> JSON:
    from mcp_lsp.assist.definitions import whole

    assert opened.analysis is not None
    severities = [diagnostic.severity.value for diagnostic in opened.analysis.diagnostics]
    return {
        "name": server.name or "MCP server",
        "sdk": str(server.sdk),
        "range": range_of(opened.document, server.place.span, opened.encoding),
        "found": {severity: severities.count(severity) for severity in sorted(set(severities))},
        "items": [_item(item, whole(item).span, opened) for item in server.items],
    }


def _item(item: Item, whole: Any, opened: Open) -> JSON:
    assert opened.analysis is not None
    span = whole or item.place.span
    found = [
        diagnostic.severity.value
        for diagnostic in opened.analysis.diagnostics
        if span is not None
        and diagnostic.finding.place.span is not None
        and span.start <= diagnostic.finding.place.span.start < span.end
    ]
    told: JSON = {
        "kind": type(item).__name__.lower(),
        "name": (item.uri.value if isinstance(item, Resource) else "") or item.name or "a computed name",
        "range": range_of(opened.document, item.place.span, opened.encoding),
        "found": {severity: found.count(severity) for severity in sorted(set(found))},
    }
    if isinstance(item, Tool):
        for word in ("readOnly", "destructive"):
            hint = item.annotations.get(f"{word}Hint") if item.annotations is not None else None
            if hint is not None and isinstance(hint.value, bool):
                told[word] = hint.value
    return told
