"""Hovers, hints, lenses and symbols: what `mcp_lsp.assist.definitions` knows, in the client's terms, when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Union

from lsprotocol import types

from mcp_lsp.assist import definitions, leading, pages
from mcp_lsp.syntax import PLAIN, Document
from mcp_lsp_analyzers.model import Item, Prompt, Resource, Server, Tool
from mcp_lsp_analyzers.place import Span
from mcp_lsp_analyzers.rule import Rule

from . import convert
from .actions import range_of
from .calls import SHEET

if TYPE_CHECKING:
    from .documents import Open

SCAN, CALL = "mcp-lsp.scan", "mcp-lsp.call"
ORDER = "source.mcp-lsp"
"""The kind of an action that starts something."""
TOOLTIP = "What a model is given of this tool: name, description and input schema, 4 characters of JSON to a token"
KINDS: dict[type, types.SymbolKind] = {
    Server: types.SymbolKind.Module, Tool: types.SymbolKind.Function, Prompt: types.SymbolKind.Event,
    Resource: types.SymbolKind.File,
}  # fmt: skip


def hover(opened: Open, offset: int, client_markdown: bool) -> tuple[str, Span | None] | None:
    """The definition of the item at an offset, and the span of its name; in a manifest, what a member is for."""
    if opened.document.language in PLAIN:
        from mcp_lsp.assist.writing import members  # loads what writes code

        return members.hover(opened.document, offset)
    known = opened.definitions
    found = None if known is None else known.at(offset)
    if found is None or known is None:
        return None
    item, server = found
    return definitions.hover(item, server, known.of(item, server), client_markdown), item.place.span


def rule_at(opened: Open, offset: int) -> tuple[Rule, Span] | None:
    """The rule that is named at an offset, where it is allowed or, in a manifest, chosen."""
    document = opened.document
    start, end = document.content(document.lines.at(offset))
    line = document.text[start:end]
    found = pages.named(line, offset - start, document.language == "pyproject")
    return None if found is None else (found[0], Span(start + found[1], start + found[2]))


def leads(opened: Open, offset: int, encoding: str) -> list[types.Location]:
    """Where what stands at an offset leads to, in this file or another."""
    found = []
    for place in leading.leads(opened.analysis.servers if opened.analysis is not None else (), opened.uri, offset):
        document = opened.document if place.uri == opened.uri else opened.elsewhere(place.uri)
        if document is not None:
            found.append(types.Location(place.uri, range_of(document, place.span, encoding)))
    return found


def hints(opened: Open, within: Span, encoding: str) -> list[types.InlayHint]:
    """The tokens of each tool, behind the line of its name."""
    known, made = opened.definitions, []
    for server in known.servers if known is not None else ():
        for tool in server.tools:
            span = tool.place.span
            if known is None or span is None or not tool.name or not within.start <= span.start <= within.end:
                continue
            _, end = opened.document.content(opened.document.lines.at(span.end))
            made.append(
                types.InlayHint(
                    position=range_of(opened.document, Span(end, end), encoding).start,
                    label=str(known.cost(tool, server)),
                    tooltip=TOOLTIP,
                    padding_left=True,
                )
            )
    return made


def lenses(opened: Open, encoding: str, starts: bool) -> list[types.CodeLens]:
    """Two over each server: what it lists, worked out when it is about to be seen, and the order to scan it, and one
    over each tool, to call it, where something may be started here (``starts``; the user is asked all the same)."""
    known, made = opened.definitions, []
    starts = starts and opened.uri.startswith("file:")

    def order(place: types.Range, title: str, name: str, **more: Any) -> None:
        given = {"uri": opened.uri, **more}
        made.append(types.CodeLens(range=place, command=types.Command(title, name, arguments=[given])))

    if opened.uri.endswith(SHEET):
        order(range_of(opened.document, Span(0, 0), encoding), "Call", CALL, show=True)
    for i, server in enumerate(known.servers if known is not None else ()):
        if server.items:
            place = range_of(opened.document, server.place.span, encoding)
            made.append(types.CodeLens(range=place, data={"uri": opened.uri, "server": i}))
            if starts:
                order(place, "Scan", SCAN)
        for tool in server.tools if starts else ():
            if tool.name:
                place = range_of(opened.document, definitions.whole(tool).span or tool.place.span, encoding)
                order(types.Range(place.start, place.start), "Call", CALL, tool=tool.name, show=True)
    return made


def orders(opened: Open, where: types.Range, encoding: str) -> list[types.CodeAction]:
    """The same as actions, for an editor that shows no lenses: at a tool's name, on a server's line, on a
    sheet."""
    known, at = opened.definitions, span(opened, where, encoding).start
    found = []
    if opened.uri.endswith(SHEET):
        found.append(types.Command("Call this tool", CALL, arguments=[{"uri": opened.uri, "show": True}]))
    item = known.at(at) if known is not None else None
    if item is not None and isinstance(item[0], Tool) and item[0].name:
        given = {"uri": opened.uri, "tool": item[0].name, "show": True}
        found.append(types.Command(f"Call {item[0].name}", CALL, arguments=[given]))
    for server in known.servers if known is not None else ():
        own, lines = server.place.span, opened.document.lines
        if own is not None and lines.at(own.start) <= lines.at(at) <= lines.at(own.end) and server.items:
            found.append(types.Command("Scan this server", SCAN, arguments=[{"uri": opened.uri}]))
    return [types.CodeAction(title=each.title, kind=ORDER, command=each) for each in found]


def resolved(opened: Open, lens: types.CodeLens) -> types.CodeLens:
    known = opened.definitions
    i = lens.data.get("server") if isinstance(lens.data, dict) else None
    if known is not None and isinstance(i, int) and 0 <= i < len(known.servers):
        server = known.servers[i]
        # A lens needs a command; an empty one is shown and does nothing.
        lens.command = types.Command(definitions.summary(server, known.total(server)), "")
    return lens


# ---------------------------------------------------------------- symbols


def outline(
    opened: Open, nested: bool, encoding: str
) -> Union[list[types.DocumentSymbol], list[types.SymbolInformation]]:
    """The servers of a document with what they offer; flat for clients that know no other."""
    servers = opened.analysis.servers if opened.analysis is not None else ()
    if not nested:
        return list(flat(servers, opened.document, encoding))
    return [_symbol(server, opened.document, encoding) for server in servers]


def _symbol(server: Server, document: Document, encoding: str) -> types.DocumentSymbol:
    children = []
    for item in server.items:
        name, whole = item.place.span, definitions.whole(item).span
        children.append(_made(item, name, whole, document, encoding))
    own = server.place.span
    made = _made(server, own, own, document, encoding)
    made.children = children
    for child in children:
        made.range = types.Range(_first(made.range.start, child.range.start), _last(made.range.end, child.range.end))
    return made


def _made(
    what: Union[Server, Item], name: Span | None, whole: Span | None, document: Document, encoding: str
) -> types.DocumentSymbol:
    selection = range_of(document, name, encoding)
    around = range_of(document, whole, encoding)
    return types.DocumentSymbol(
        name=_label(what),
        detail=_word(what),
        kind=KINDS[type(what)],
        # The one must contain the other.
        range=types.Range(_first(around.start, selection.start), _last(around.end, selection.end)),
        selection_range=selection,
    )


def flat(servers: Iterable[Server], document: Document, encoding: str) -> Iterator[types.SymbolInformation]:
    for server in servers:
        for item in server.items:
            place = types.Location(document.uri, range_of(document, item.place.span, encoding))
            container = f"{_word(item)} of {server.name}" if server.name else _word(item)
            yield types.SymbolInformation(place, _label(item), KINDS[type(item)], container_name=container)


def _label(what: Union[Server, Item]) -> str:
    if isinstance(what, Resource):
        return what.uri.value or what.name or "a computed address"
    return what.name or ("MCP server" if isinstance(what, Server) else "a computed name")


def _word(what: Union[Server, Item]) -> str:
    if isinstance(what, Resource):
        return "resource template" if what.is_template else "resource"
    return f"MCP server, {what.sdk}" if isinstance(what, Server) else type(what).__name__.lower()


# ---------------------------------------------------------------- places


def span(opened: Open, found: types.Range, encoding: str) -> Span:
    """A range of the client's."""
    ends = ({"line": at.line, "character": at.character} for at in (found.start, found.end))
    start, end = (convert.offset_of(opened.document, at, encoding) for at in ends)
    return Span(start, end)


def _first(a: types.Position, b: types.Position) -> types.Position:
    return a if (a.line, a.character) <= (b.line, b.character) else b


def _last(a: types.Position, b: types.Position) -> types.Position:
    return b if (a.line, a.character) <= (b.line, b.character) else a
