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


class _Asked:
    """What a request is about."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.workspace = Workspace(session)

    def document(self, uri: str) -> Open | None:
        return self.session.documents.get(uri)

    def offset_of(self, opened: Open, at: types.Position) -> int:
        where = {"line": at.line, "character": at.character}
        return convert.offset_of(opened.document, where, self.session.client.encoding)

    def naming(self) -> Naming:
        from .naming import Naming  # loads what looks through a project; not needed while one types

        return Naming(self.session, self.workspace)


def _register(server: _Server, session: Session) -> None:
    asked = _Asked(session)
    for registers in (_pointing, _naming, _showing, _helping):
        registers(server, asked)


def _pointing(server: _Server, asked: _Asked) -> None:
    """What stands at the cursor: what it means, where it leads, how it goes on."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        opened = asked.document(params.text_document.uri)
        if opened is None or opened.analysis is None:
            return None
        return _hover(asked.session, opened, asked.offset_of(opened, params.position))

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> list[types.Location]:
        opened = asked.document(params.text_document.uri)
        if opened is None:
            return []
        offset = asked.offset_of(opened, params.position)
        if opened.document.language in PLAIN:
            start = types.Range(types.Position(0, 0), types.Position(0, 0))
            links = asked.naming().links(opened)
            return [types.Location(uri, start) for span, uri in links if span.start <= offset <= span.end]
        return showing.leads(opened, offset, asked.session.client.encoding)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    def document_link(params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        from .links import links  # asked for by few clients

        opened = asked.document(params.text_document.uri)
        if opened is None:
            return []
        found = {(at.range.start.line, at.range.start.character): at for at in links(opened)}
        for span, uri in asked.naming().links(opened) if opened.document.language in PLAIN else ():
            where = actions.range_of(opened.document, span, asked.session.client.encoding)
            found.setdefault((where.start.line, where.start.character), types.DocumentLink(where, uri))
        return list(found.values())

    @server.feature(types.TEXT_DOCUMENT_COMPLETION)
    def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        from . import writing  # loads what writes code; not needed while one types

        opened = asked.document(params.text_document.uri)
        if opened is None:
            return []
        offset = asked.offset_of(opened, params.position)
        return writing.complete(opened, offset, asked.session.client)


def _naming(server: _Server, asked: _Asked) -> None:
    """Names: where they are used, and others in their place."""

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def references(params: types.ReferenceParams) -> list[types.Location]:
        opened = asked.document(params.text_document.uri)
        if opened is None:
            return []
        offset = asked.offset_of(opened, params.position)
        return asked.naming().references(opened, offset, params.context.include_declaration)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    def highlights(params: types.DocumentHighlightParams) -> list[types.DocumentHighlight] | None:
        opened = asked.document(params.text_document.uri)
        return None if opened is None else asked.naming().highlights(opened, asked.offset_of(opened, params.position))

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare_rename(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        opened = asked.document(params.text_document.uri)
        return None if opened is None else asked.naming().prepare(opened, asked.offset_of(opened, params.position))

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        opened = asked.document(params.text_document.uri)
        if opened is None:
            return None
        done = asked.naming().rename(opened, asked.offset_of(opened, params.position), params.new_name)
        if isinstance(done, str):
            raise _Refused(done)
        return done

    @server.feature(
        types.WORKSPACE_WILL_RENAME_FILES,
        types.FileOperationRegistrationOptions(filters=[]),  # the client is told by `client.capabilities`
    )
    def will_rename(params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
        return asked.naming().moved([(each.old_uri, each.new_uri) for each in params.files])


def _showing(server: _Server, asked: _Asked) -> None:
    """What is shown beside the text."""

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def inlay_hint(params: types.InlayHintParams) -> list[types.InlayHint]:
        opened = asked.document(params.text_document.uri)
        if opened is None:
            return []
        return showing.hints(
            opened, showing.span(opened, params.range, asked.session.client.encoding), asked.session.client.encoding
        )

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=True))
    def code_lens(params: types.CodeLensParams) -> list[types.CodeLens]:
        opened = asked.document(params.text_document.uri)
        return (
            []
            if opened is None
            else showing.lenses(opened, asked.session.client.encoding, asked.session.client.trusted)
        )

    @server.feature(types.CODE_LENS_RESOLVE)
    def code_lens_resolve(lens: types.CodeLens) -> types.CodeLens:
        uri = lens.data.get("uri") if isinstance(lens.data, dict) else None
        opened = asked.document(uri) if isinstance(uri, str) else None
        return lens if opened is None else showing.resolved(opened, lens)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def document_symbol(
        params: types.DocumentSymbolParams,
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
        opened = asked.document(params.text_document.uri)
        return (
            []
            if opened is None
            else showing.outline(opened, asked.session.client.nested, asked.session.client.encoding)
        )

    @server.feature(types.WORKSPACE_SYMBOL)
    def workspace_symbol(params: types.WorkspaceSymbolParams) -> list[types.SymbolInformation]:
        return asked.workspace.search(params.query)


def _helping(server: _Server, asked: _Asked) -> None:
    """What can be done about findings."""

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(
            code_action_kinds=[types.CodeActionKind.QuickFix, actions.FIX_ALL], resolve_provider=True
        ),
    )
    def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        opened = asked.document(params.text_document.uri)
        if opened is None or not asked.session.client.literals:
            return []
        client = asked.session.client
        offered = [] if opened.analysis is None else actions.offer(opened, params, client)
        if not client.lenses and client.trusted and actions.wanted(showing.ORDER, params.context.only):
            offered += showing.orders(opened, params.range, client.encoding)
        if client.resolves:
            return offered
        return [done for one in offered if isinstance(done := actions.resolve(opened, one, client), types.CodeAction)]

    @server.feature(types.CODE_ACTION_RESOLVE)
    def resolve(action: types.CodeAction) -> types.CodeAction:
        uri = action.data.get("uri") if isinstance(action.data, dict) else None
        opened = asked.document(uri) if isinstance(uri, str) else None
        if opened is None or opened.analysis is None:
            raise _Refused("the document is not open any more")
        done = actions.resolve(opened, action, asked.session.client)
        if isinstance(done, str):
            raise _Refused(done)
        return done


def _hover(session: Session, opened: Open, offset: int) -> types.Hover | None:
    """The page of a rule that is named, else what was found here and what the SDK makes of the declaration."""
    assert opened.analysis is not None
    markdown, encoding = session.client.markdown, session.client.encoding
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    told = showing.rule_at(opened, offset)
    if told is not None:
        rule, named = told
        page = types.MarkupContent(kind=kind, value=pages.page(rule, markdown))
        return types.Hover(page, actions.range_of(opened.document, named, encoding))
    found = actions.around(opened.analysis, offset, offset)
    shown = None
    try:
        shown = showing.hover(opened, offset, markdown)
    except Exception as error:  # what was found here is said all the same
        session.log(f"predicting a definition failed: {type(error).__name__}: {error}")
    said = [pages.hover(found, markdown)] if found else []
    said += [shown[0]] if shown is not None else []
    if not said:
        return None
    span = found[0].finding.place.span if found else shown[1] if shown is not None else None
    return types.Hover(
        contents=types.MarkupContent(kind=kind, value="\n\n---\n\n".join(said)),
        range=actions.range_of(opened.document, span, encoding),
    )


class _Refused(JsonRpcException):
    """A fix or a new name that cannot be made on the text as it is now. RequestFailed of LSP 3.17."""

    CODE = -32803

    def __init__(self, message: str) -> None:
        super().__init__(message=message, code=self.CODE)
