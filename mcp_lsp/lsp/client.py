"""What the client can do, from its `initialize`.

Loaded before that is answered, so it does without dataclasses, which cost 15 ms to load.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mcp_lsp.uri import to_path
from mcp_lsp_analyzers.record import NamedTuple

_ENCODINGS = ("utf-8", "utf-16", "utf-32")


class Client(NamedTuple):
    """``pulls``: it asks for diagnostics, so they must not be sent as well. ``encoding`` is the first of its choice
    that we know: the order is the client's preference."""

    encoding: str = "utf-16"
    pulls: bool = False
    refreshes: bool = False  # may be told to pull again
    shown_anew: tuple[str, ...] = ()  # what it may be told to ask for again: inlayHint, codeLens
    related: bool = False
    links: bool = False  # codeDescription
    tags: bool = False
    versions: bool = False  # of pushed diagnostics
    markdown: bool = False
    resolves: bool = False  # codeAction/resolve gives the edit
    literals: bool = False  # code actions, and not only commands
    versioned: bool = True  # edits as documentChanges
    configuration: bool = False  # may be asked for settings
    hints: bool = False  # shows inlay hints
    lenses: bool = False
    nested: bool = False  # shows the symbols of a document as a tree
    searches: bool = False  # for symbols of the workspace
    moves: bool = False  # asks what else changes before a file gets another name
    prepares: bool = False  # asks where a name is before it asks for another
    snippets: bool = False  # fills in snippets with places to go to
    watches: bool = False  # registers file watchers when told to
    folders: tuple[str, ...] = ()
    process: int | None = None
    progress: bool = False  # shows progress that the server begins
    applies: bool = False  # edits that the server asks for
    creates: bool = False  # files, in such edits
    shows: bool = False  # documents that the server names
    everywhere: bool = False  # wants diagnostics of files that are not open
    trusted: bool = True  # whether code of the workspace may be started at all, as the client's user said
    follows: bool = False  # is told when `mcp-lsp.status` would say something else of a scan

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> Client:
        def can(*path: str) -> Any:
            at: Any = params.get("capabilities")
            for name in path:
                at = at.get(name) if isinstance(at, Mapping) else None
            return at

        text, workspace = "textDocument", "workspace"
        offered = can("general", "positionEncodings")
        encodings = [e for e in offered if e in _ENCODINGS] if isinstance(offered, Sequence) else []
        pulls = isinstance(can(text, "diagnostic"), Mapping)
        told = "diagnostic" if pulls else "publishDiagnostics"
        # What a diagnostic may hold is said with publishing; some clients repeat it for pulling, none only there.
        shown = {key: can(text, told, key) or can(text, "publishDiagnostics", key) for key in _SHOWN}
        formats = can(text, "hover", "contentFormat")
        properties = can(text, "codeAction", "resolveSupport", "properties")
        process = params.get("processId")
        options = params.get("initializationOptions")
        options = options if isinstance(options, Mapping) else {}
        operations = can(workspace, "workspaceEdit", "resourceOperations")
        return cls(
            encoding=encodings[0] if encodings else "utf-16",
            pulls=pulls,
            shown_anew=tuple(what for what in ("inlayHint", "codeLens") if can(workspace, what, "refreshSupport")),
            refreshes=bool(can(workspace, "diagnostics", "refreshSupport")),
            related=bool(shown["relatedInformation"]),
            links=bool(shown["codeDescriptionSupport"]),
            tags=bool(shown["tagSupport"]),
            versions=bool(can(text, "publishDiagnostics", "versionSupport")),
            markdown="markdown" in formats if isinstance(formats, Sequence) else False,
            resolves=isinstance(properties, Sequence)
            and "edit" in properties
            and bool(can(text, "codeAction", "dataSupport")),
            literals=isinstance(can(text, "codeAction", "codeActionLiteralSupport"), Mapping),
            # Neovim applies them though it does not say so; only a client that says no gets plain changes.
            versioned=can(workspace, "workspaceEdit", "documentChanges") is not False,
            configuration=bool(can(workspace, "configuration")),
            hints=isinstance(can(text, "inlayHint"), Mapping),
            lenses=isinstance(can(text, "codeLens"), Mapping),
            nested=bool(can(text, "documentSymbol", "hierarchicalDocumentSymbolSupport")),
            searches=isinstance(can(workspace, "symbol"), Mapping),
            moves=bool(can(workspace, "fileOperations", "willRename")),
            prepares=bool(can(text, "rename", "prepareSupport")),
            snippets=bool(can(text, "completion", "completionItem", "snippetSupport")),
            watches=bool(can(workspace, "didChangeWatchedFiles", "dynamicRegistration")),
            folders=_folders(params),
            process=process if isinstance(process, int) and process > 0 else None,
            progress=bool(can("window", "workDoneProgress")),
            applies=bool(can(workspace, "applyEdit")),
            creates=isinstance(operations, Sequence) and "create" in operations,
            shows=bool(can("window", "showDocument", "support")),
            everywhere=_everywhere(options),
            trusted=options.get("trusted") is not False,
            follows=options.get("followsStatus") is True,
        )


_SHOWN = ("relatedInformation", "codeDescriptionSupport", "tagSupport")


def _everywhere(options: Mapping[str, Any]) -> bool:
    """Whether the setting ``diagnosticMode`` says "workspace", wherever a client puts its settings."""
    settings = options.get("settings", options)
    inner = settings.get("mcp-lsp") if isinstance(settings, Mapping) else None
    return any(
        isinstance(table, Mapping) and table.get("diagnosticMode") == "workspace"
        for table in (options, settings, inner)
    )


def _folders(params: Mapping[str, Any]) -> tuple[str, ...]:
    listed = params.get("workspaceFolders")
    uris = [f.get("uri") for f in listed if isinstance(f, Mapping)] if isinstance(listed, Sequence) else []
    if not uris:
        uris = [params.get("rootUri") or params.get("rootPath")]
    return folders_of(uris)


def folders_of(uris: Iterable[Any]) -> tuple[str, ...]:
    """The paths of workspace folders, those that have one."""
    paths = (to_path(uri) for uri in uris if isinstance(uri, str))
    return tuple(dict.fromkeys(os.path.normpath(path) for path in paths if path))


COMMANDS = (
    "mcp-lsp.fixEverywhere",
    "mcp-lsp.check",
    "mcp-lsp.servers",
    "mcp-lsp.report",
    "mcp-lsp.scan",
    "mcp-lsp.tool",
    "mcp-lsp.call",
    "mcp-lsp.status",
)
"""What `orders` knows."""


def capabilities(client: Client) -> dict[str, Any]:
    """What the server says it can do, for this client."""
    told: dict[str, Any] = {
        "positionEncoding": client.encoding,
        "textDocumentSync": {"openClose": True, "change": 2, "save": {"includeText": False}},
        "hoverProvider": True,
        "definitionProvider": True,
        "referencesProvider": True,
        "documentHighlightProvider": True,
        "documentLinkProvider": {"resolveProvider": False},
        "renameProvider": {"prepareProvider": True} if client.prepares else True,
        "completionProvider": {"triggerCharacters": ['"', "'", "{", "[", "(", "/"], "resolveProvider": False},
        # Helix shows the symbols of a document though it does not say so.
        "documentSymbolProvider": True,
        "codeActionProvider": {
            "codeActionKinds": ["quickfix", "source.fixAll.mcp-lsp"],
            "resolveProvider": client.resolves,
        },
        "executeCommandProvider": {"commands": list(COMMANDS), "workDoneProgress": True},
        "workspace": {"workspaceFolders": {"supported": True, "changeNotifications": True}},
    }
    if client.moves:
        told["workspace"]["fileOperations"] = {"willRename": {"filters": MOVED}}
    if client.hints:
        told["inlayHintProvider"] = True
    if client.lenses:
        told["codeLensProvider"] = {"resolveProvider": True}
    if client.searches:
        told["workspaceSymbolProvider"] = True
    if client.pulls:
        told["diagnosticProvider"] = {
            "identifier": "mcp-lsp",
            "interFileDependencies": True,
            "workspaceDiagnostics": client.everywhere,
        }
    return told


MOVED = [
    {"scheme": "file", "pattern": {"glob": "**/*.{py,pyw,ts,mts,cts,tsx,js,mjs,cjs,jsx,sh,json}", "matches": "file"}},
    {"scheme": "file", "pattern": {"glob": "**", "matches": "folder"}},
]
"""What a client asks about before it is renamed: whatever a configuration may start, and what it may lie in."""

DESK = frozenset({
    "textDocument/codeAction", "codeAction/resolve", "textDocument/hover", "textDocument/inlayHint",
    "textDocument/definition", "textDocument/completion", "textDocument/codeLens", "codeLens/resolve",
    "textDocument/documentSymbol", "workspace/symbol", "textDocument/references", "textDocument/prepareRename",
    "textDocument/rename", "textDocument/documentLink", "textDocument/documentHighlight",
    "workspace/willRenameFiles",
})  # fmt: skip
"""What is asked for beside diagnostics: the desk's business."""
