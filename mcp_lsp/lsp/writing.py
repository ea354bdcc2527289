"""Completion in the client's terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from mcp_lsp.assist import writing
from mcp_lsp.assist.fixes.draft import Draft
from mcp_lsp.assist.fixes.imports import Imports
from mcp_lsp.assist.fixes.locate import Source
from mcp_lsp.assist.writing import members
from mcp_lsp.assist.writing.snippets import plain
from mcp_lsp_analyzers.formats import FORMATS

from . import convert

if TYPE_CHECKING:
    from .client import Client
    from .documents import Open

KINDS = {
    "keyword": types.CompletionItemKind.Property, "value": types.CompletionItemKind.Value,
    "variable": types.CompletionItemKind.Variable, "rule": types.CompletionItemKind.Constant,
    "snippet": types.CompletionItemKind.Snippet,
}  # fmt: skip


def complete(opened: Open, offset: int, client: Client) -> list[types.CompletionItem]:
    """What can be written at an offset."""
    analysis = opened.analysis
    if analysis is None:
        return []
    if opened.document.language in FORMATS:
        subjects = analysis.reading.subjects if analysis.reading is not None else ()
        found = members.completions(opened.document, offset, analysis.module, subjects)
    else:
        found = writing.completions(opened.document, analysis.module, analysis.servers, offset)
    return [_item(opened, i, one, client) for i, one in enumerate(found)]


def _item(opened: Open, order: int, one: writing.Completion, client: Client) -> types.CompletionItem:
    text, snippet = one.text, one.kind == "snippet"
    if snippet:
        text = text if client.snippets else plain(text)
        # Editors indent the further lines like the first one (adjustIndentation, the default of LSP 3.16).
        text = text.replace("\n", "\r\n") if "\r\n" in opened.document.text else text
    where = convert.range_of(opened.document, one.span, client.encoding)
    span = types.Range(types.Position(**where["start"]), types.Position(**where["end"]))
    return types.CompletionItem(
        label=one.label,
        kind=KINDS[one.kind],
        detail=one.meaning or None,
        # The order of the words, before whatever other servers say.
        sort_text=f"!{order:03}",
        insert_text_format=types.InsertTextFormat.Snippet if snippet and client.snippets else None,
        text_edit=types.TextEdit(span, text),
        additional_text_edits=_imports(opened, one, client) or None,
    )


def _imports(opened: Open, one: writing.Completion, client: Client) -> list[types.TextEdit]:
    """What the text needs, where it is not imported yet."""
    analysis = opened.analysis
    if not one.imports or analysis is None or analysis.module is None:
        return []
    draft = Draft(opened.document.text)
    imports = Imports(Source(opened.document, analysis.module), draft)
    for module, name in one.imports:
        imports.need(module, name)
    imports.finish()
    return [
        types.TextEdit(
            types.Range(types.Position(**e["range"]["start"]), types.Position(**e["range"]["end"])), e["newText"]
        )
        for e in convert.edits(opened.document, draft.changes() or [], client.encoding)
    ]
