"""Everything that is not on the way of a keystroke, through pygls: typed by lsprotocol, dispatched and answered by it.

Its features are plain functions, so nothing waits for an event loop and nothing runs on a thread: pygls's pool shares
its threads with the reader of standard input and its threads share the interpreter with the next keystroke.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter

from mcp_lsp.assist import pages
from mcp_lsp.syntax import PLAIN

from . import actions, convert, showing
from .wire import Output
from .workspace import Workspace

if TYPE_CHECKING:
    from .documents import Open
    from .naming import Naming
    from .session import Session

# pygls writes every outgoing message into its log, and with it the source code of the user.
logging.getLogger("pygls").setLevel(logging.WARNING)
logging.getLogger("pygls").addHandler(logging.NullHandler())
logging.getLogger("pygls").propagate = False


class _Nowhere:
    """Where answers go that the client has already."""

    def write(self, data: bytes) -> None:
        pass

    def close(self) -> None:
        pass


class _Protocol(LanguageServerProtocol):
    """pygls keeps a future for everything it ever handled; what is done is forgotten here."""

    def handle_message(self, message: Any) -> None:
        super().handle_message(message)
        done = [id for id, future in self._request_futures.items() if future.done()]
        for id in done:
            del self._request_futures[id]


class _Server(LanguageServer):
    def __init__(self, session: Session) -> None:
        super().__init__(
            "mcp-lsp",
            "",
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=_Protocol,
            converter_factory=default_converter,
        )
        self.session = session

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Into the log, and not into the face of somebody who types."""
        self.session.log(f"{type(error).__name__}: {error}")


class Desk:
    """Gets messages as dictionaries and answers through ``output``."""

    def __init__(self, session: Session, output: Output, params: Mapping[str, Any]) -> None:
        self._session = session
        self._server = _Server(session)
        _register(self._server, session)
        protocol = self._server.protocol
        # pygls wants to have been initialized; the client has its answer already.
        protocol.set_writer(_Nowhere())
        self.receive({"jsonrpc": "2.0", "id": "initialize", "method": "initialize", "params": dict(params)})
        protocol.set_writer(output)

    def receive(self, message: dict[str, Any]) -> None:
        protocol = self._server.protocol
        try:
            structured = protocol.structure_message(message)
        except JsonRpcInvalidParams:
            # pygls would leave the client without an answer.
            self._session.fail(message, -32602, f"{message.get('method')}: parameters of the wrong shape")
            return
        except JsonRpcException as error:
            self._session.fail(message, error.code or -32603, str(error))
            return
        protocol.handle_message(structured)


def _register(server: _Server, session: Session) -> None:
    workspace = Workspace(session)

    def document(uri: str) -> Open | None:
        return session.documents.get(uri)

    def offset_of(opened: Open, at: types.Position) -> int:
        return convert.offset_of(opened.document, {"line": at.line, "character": at.character}, session.client.encoding)

    def naming() -> Naming:
        from .naming import Naming  # loads what looks through a project; not needed while one types

        return Naming(session, workspace)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        opened = document(params.text_document.uri)
        if opened is None or opened.analysis is None:
            return None
        offset = offset_of(opened, params.position)
        told = showing.rule_at(opened, offset)
        if told is not None:
            rule, named = told
            kind = types.MarkupKind.Markdown if session.client.markdown else types.MarkupKind.PlainText
            page = types.MarkupContent(kind=kind, value=pages.page(rule, session.client.markdown))
            return types.Hover(page, actions.range_of(opened.document, named, session.client.encoding))
        found = actions.around(opened.analysis, offset, offset)
        shown = None
        try:
            shown = showing.hover(opened, offset, session.client.markdown)
        except Exception as error:  # what was found here is said all the same
            session.log(f"predicting a definition failed: {type(error).__name__}: {error}")
        said = [pages.hover(found, session.client.markdown)] if found else []
        said += [shown[0]] if shown is not None else []
        if not said:
            return None
        span = found[0].finding.place.span if found else shown[1] if shown is not None else None
        kind = types.MarkupKind.Markdown if session.client.markdown else types.MarkupKind.PlainText
        return types.Hover(
            contents=types.MarkupContent(kind=kind, value="\n\n---\n\n".join(said)),
            range=actions.range_of(opened.document, span, session.client.encoding),
        )

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> list[types.Location]:
        opened = document(params.text_document.uri)
        if opened is None:
            return []
        offset = offset_of(opened, params.position)
        if opened.document.language in PLAIN:
            start = types.Range(types.Position(0, 0), types.Position(0, 0))
            links = naming().links(opened)
            return [types.Location(uri, start) for span, uri in links if span.start <= offset <= span.end]
        return showing.leads(opened, offset, session.client.encoding)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    def document_link(params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        from .links import links  # asked for by few clients

        opened = document(params.text_document.uri)
        if opened is None:
            return []
        found = {(at.range.start.line, at.range.start.character): at for at in links(opened)}
        for span, uri in naming().links(opened) if opened.document.language in PLAIN else ():
            where = actions.range_of(opened.document, span, session.client.encoding)
            found.setdefault((where.start.line, where.start.character), types.DocumentLink(where, uri))
        return list(found.values())

    @server.feature(types.TEXT_DOCUMENT_COMPLETION)
    def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        from . import writing  # loads what writes code; not needed while one types

        opened = document(params.text_document.uri)
        if opened is None:
            return []
        offset = offset_of(opened, params.position)
        return writing.complete(opened, offset, session.client)

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def references(params: types.ReferenceParams) -> list[types.Location]:
        opened = document(params.text_document.uri)
        if opened is None:
            return []
        return naming().references(opened, offset_of(opened, params.position), params.context.include_declaration)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    def highlights(params: types.DocumentHighlightParams) -> list[types.DocumentHighlight] | None:
        opened = document(params.text_document.uri)
        return None if opened is None else naming().highlights(opened, offset_of(opened, params.position))

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare_rename(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        opened = document(params.text_document.uri)
        return None if opened is None else naming().prepare(opened, offset_of(opened, params.position))

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        opened = document(params.text_document.uri)
        if opened is None:
            return None
        done = naming().rename(opened, offset_of(opened, params.position), params.new_name)
        if isinstance(done, str):
            raise _Refused(done)
        return done

    @server.feature(
        types.WORKSPACE_WILL_RENAME_FILES,
        types.FileOperationRegistrationOptions(filters=[]),  # the client is told by `client.capabilities`
    )
    def will_rename(params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
        return naming().moved([(each.old_uri, each.new_uri) for each in params.files])

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def inlay_hint(params: types.InlayHintParams) -> list[types.InlayHint]:
        opened = document(params.text_document.uri)
        if opened is None:
            return []
        return showing.hints(
            opened, showing.span(opened, params.range, session.client.encoding), session.client.encoding
        )

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=True))
    def code_lens(params: types.CodeLensParams) -> list[types.CodeLens]:
        opened = document(params.text_document.uri)
        return [] if opened is None else showing.lenses(opened, session.client.encoding, session.client.trusted)

    @server.feature(types.CODE_LENS_RESOLVE)
    def code_lens_resolve(lens: types.CodeLens) -> types.CodeLens:
        uri = lens.data.get("uri") if isinstance(lens.data, dict) else None
        opened = document(uri) if isinstance(uri, str) else None
        return lens if opened is None else showing.resolved(opened, lens)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def document_symbol(
        params: types.DocumentSymbolParams,
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
        opened = document(params.text_document.uri)
        return [] if opened is None else showing.outline(opened, session.client.nested, session.client.encoding)

    @server.feature(types.WORKSPACE_SYMBOL)
    def workspace_symbol(params: types.WorkspaceSymbolParams) -> list[types.SymbolInformation]:
        return workspace.search(params.query)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(
            code_action_kinds=[types.CodeActionKind.QuickFix, actions.FIX_ALL], resolve_provider=True
        ),
    )
    def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        opened = document(params.text_document.uri)
        if opened is None or not session.client.literals:
            return []
        client = session.client
        offered = [] if opened.analysis is None else actions.offer(opened, params, client)
        if not client.lenses and client.trusted and actions.wanted(showing.ORDER, params.context.only):
            offered += showing.orders(opened, params.range, client.encoding)
        if client.resolves:
            return offered
        return [done for one in offered if isinstance(done := actions.resolve(opened, one, client), types.CodeAction)]

    @server.feature(types.CODE_ACTION_RESOLVE)
    def resolve(action: types.CodeAction) -> types.CodeAction:
        uri = action.data.get("uri") if isinstance(action.data, dict) else None
        opened = document(uri) if isinstance(uri, str) else None
        if opened is None or opened.analysis is None:
            raise _Refused("the document is not open any more")
        done = actions.resolve(opened, action, session.client)
        if isinstance(done, str):
            raise _Refused(done)
        return done


class _Refused(JsonRpcException):
    """A fix or a new name that cannot be made on the text as it is now. RequestFailed of LSP 3.17."""

    CODE = -32803

    def __init__(self, message: str) -> None:
        super().__init__(message=message, code=self.CODE)
