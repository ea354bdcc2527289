"""References and rename of tools over a whole project, and what starts a file that is renamed, in the client's terms.
Files are read when somebody asks."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types

from mcp_lsp import read, syntax
from mcp_lsp.assist import leading
from mcp_lsp.assist.mentions import File, Mention, Named, declared, imports, mentions, name_at, refusal
from mcp_lsp.assist.started import LANGUAGES, Started, renamed, started
from mcp_lsp.project.content import content
from mcp_lsp.syntax import Document
from mcp_lsp.uri import below, from_path, normal, to_path, upward
from mcp_lsp_analyzers.model import Server
from mcp_lsp_analyzers.place import Span
from mcp_lsp_analyzers.scope import Module

from .actions import range_of

if TYPE_CHECKING:
    from .documents import Open
    from .session import Session
    from .workspace import Workspace

ROOTS = (".git", "pyproject.toml", "package.json", "setup.py", "setup.cfg")
"""What stands in the folder of a project: names of tools are looked for in there."""


class Naming:
    """Looks through the files of the project a document belongs to."""

    def __init__(self, session: Session, workspace: Workspace) -> None:
        self._session = session
        self._workspace = workspace
        self._documents: dict[str, Document] = {}

    def prepare(self, opened: Open, offset: int) -> types.PrepareRenamePlaceholder | None:
        """The range of the name at an offset, where it is that of a tool."""
        found = self._tool(opened, offset)
        if found is None:
            return None
        name, span, _, _ = found
        return types.PrepareRenamePlaceholder(self._range(opened.document, span), name)

    def references(self, opened: Open, offset: int, declaration: bool) -> list[types.Location]:
        """Everything that says the name of the tool at an offset; else where what stands there leads to."""
        found = self._tool(opened, offset)
        if found is None:
            servers = opened.analysis.servers if opened.analysis is not None else ()
            places = leading.leads(servers, opened.uri, offset)
            spans = [(place.uri, place.span) for place in places if place.span is not None]
            if any(span.start <= offset <= span.end for server in servers for span in _made(server)):
                spans += self._starting(opened)
        else:
            name, _, home, named = found
            every = self._mentions(name, home, named)
            spans = [(m.uri, m.span) for m in every if declaration or m.kind != "registration"]
        made = []
        for uri, span in spans:
            document = self._document(uri, opened)
            if document is not None:
                made.append(types.Location(uri, self._range(document, span)))
        return made

    def highlights(self, opened: Open, offset: int) -> list[types.DocumentHighlight] | None:
        """Where this file says the name at an offset, which is that of a tool registered here: its registration is what
        writes it. Asked for wherever the cursor rests, so no other file is read. ``None``: an editor's own way."""
        here = self._open_file(opened)
        found = name_at(here, offset) if here is not None else None
        named = declared(here, found[0]) if here is not None and found is not None else None
        if here is None or found is None or named is None:
            return None
        every = list(mentions(here, found[0], named))
        if not any(mention.span == found[1] for mention in every):
            return None
        kinds = types.DocumentHighlightKind
        return [
            types.DocumentHighlight(
                self._range(opened.document, mention.span),
                kinds.Write if mention.kind == "registration" else kinds.Read,
            )
            for mention in sorted(every, key=lambda mention: mention.span.start)
        ]

    def rename(self, opened: Open, offset: int, new: str) -> types.WorkspaceEdit | str:
        """All edits that give the tool at an offset another name, or why it cannot be done."""
        found = self._tool(opened, offset)
        if found is None:
            return "no name of a tool stands here"
        name, _, home, named = found
        if new == name:
            return types.WorkspaceEdit(changes={})
        wrong = refusal(new, named)
        if wrong is not None:
            return wrong
        edits: dict[str, list[types.TextEdit]] = {}
        for mention in self._mentions(name, home, named):
            document = self._document(mention.uri, opened)
            if document is not None:
                edit = types.TextEdit(self._range(document, mention.span), new)
                edits.setdefault(mention.uri, []).append(edit)
        return self._edit(edits)

    def _edit(self, edits: dict[str, list[types.TextEdit]]) -> types.WorkspaceEdit:
        if not self._session.client.versioned:
            return types.WorkspaceEdit(changes=edits)
        return types.WorkspaceEdit(
            document_changes=[
                types.TextDocumentEdit(
                    types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=self._version(uri)), list(each)
                )
                for uri, each in edits.items()
            ]
        )

    def links(self, opened: Open) -> list[tuple[Span, str]]:
        """The files of the project that a configuration names, as uris."""
        path = to_path(opened.uri)
        file = self._open_file(opened)
        if path is None or file is None:
            return []
        return [(each.span, from_path(target)) for each, _, target in self._started(file.module, path)]

    def moved(self, files: Sequence[tuple[str, str]]) -> types.WorkspaceEdit | None:
        """The edits of the configurations that start files, or what lies in folders, which get other uris (old, new).
        What imports them is the business of the language's own server."""
        edits: dict[str, dict[tuple[int, int], types.TextEdit]] = {}
        for old, new in ((to_path(old), to_path(new)) for old, new in files):
            if old is None or new is None:
                continue
            for path, file in self._configurations(self._root(os.path.dirname(old))):
                document = self._documents[file.uri]
                for each, base, target in self._started(file.module, path):
                    if not below(target, old):
                        continue
                    there = new + target[len(old) :]
                    home = new + base[len(old) :] if below(base, old) else base  # what moves along
                    inside = there if os.path.isabs(each.path) else os.path.relpath(there, home)
                    text = renamed(each, inside.replace(os.sep, "/"))
                    if text not in (None, each.written):
                        edit = types.TextEdit(
                            self._range(document, each.span), json.dumps(text, ensure_ascii=False)[1:-1]
                        )
                        edits.setdefault(file.uri, {}).setdefault((each.span.start, each.span.end), edit)
        return self._edit({uri: list(some.values()) for uri, some in edits.items()}) if edits else None

    # ------------------------------------------------------------ how

    def _started(self, module: Module, path: str) -> Iterator[tuple[Started, str, str]]:
        """What the configuration at a path starts, with the folder that this is relative to, and the file's path."""
        folder = os.path.dirname(path)
        # What a client starts, it starts in the folder of the project, not in that of its settings.
        for base in dict.fromkeys((folder, self._root(folder), os.path.dirname(folder))):
            for each in started(module, lambda name, base=base: os.path.isfile(os.path.join(base, name))):  # type: ignore[misc]
                yield each, base, os.path.normpath(os.path.join(base, each.path))

    def _configurations(self, root: str) -> Iterator[tuple[str, File]]:
        """The configurations of a project with their paths, those that are open as they are in the editor."""
        opened = self._session.documents
        known = {normal(uri): one for uri, one in opened.items() if one.document.language in LANGUAGES}
        for path in self._workspace.paths(root):
            if syntax.language_of(path) in LANGUAGES:
                one = known.get(from_path(path))
                file = self._read(path, "", root) if one is None else self._open_file(one)
                if file is not None:
                    yield path, file

    def _starting(self, opened: Open) -> list[tuple[str, Span]]:
        """Where configurations start the file of a server."""
        server = to_path(opened.uri)
        if server is None:
            return []
        return list(
            dict.fromkeys(
                (file.uri, each.span)
                for path, file in self._configurations(self._root(os.path.dirname(server)))
                for each, _, target in self._started(file.module, path)
                if target == server
            )
        )

    def _tool(self, opened: Open, offset: int) -> tuple[str, Span, File, Named] | None:
        here = self._open_file(opened)
        found = name_at(here, offset) if here is not None else None
        if here is None or found is None:
            return None
        name, span = found
        for file in self._files(opened.uri, name, here):
            named = declared(file, name)
            # In a text that is no registration itself, the name must be one that this text can mean.
            if named is not None and (named.span == span or self._meant(here, name, span, file, named)):
                return name, span, file, named
        return None

    def _meant(self, here: File, name: str, span: Span, file: File, named: Named) -> bool:
        home = named if file.uri == here.uri else None
        return any(m.span == span for m in mentions(here, name, home))

    def _mentions(self, name: str, home: File, named: Named) -> list[Mention]:
        found: dict[tuple[str, int], Mention] = {}
        index = self._session.surroundings.index(home.uri)
        for file in self._files(home.uri, name, home):
            own = named if file.uri == home.uri else None
            every = list(mentions(file, name, own))
            if own is None and named.by_function and index is not None and file.module.language == "python":
                every += imports(file, name, home.uri, index)
            for mention in every:
                found.setdefault((mention.uri, mention.span.start), mention)
        return sorted(found.values(), key=lambda m: (m.uri != home.uri, m.uri, m.span.start))

    def _files(self, uri: str, name: str, first: File) -> Iterator[File]:
        """The files of a project that have the name in them, this one first."""
        yield first
        path = to_path(uri)
        if path is None:
            return
        root = self._root(os.path.dirname(path))
        session = self._session
        seen = {first.uri}
        for opened in session.documents.values():
            there = to_path(opened.uri)
            if opened.uri not in seen and there is not None and below(there, root):
                seen.add(opened.uri)
                file = self._open_file(opened)
                if file is not None and name in file.text:
                    yield file
        for each in self._workspace.paths(root):
            if from_path(each) not in seen and below(each, root):
                file = self._read(each, name, root)
                if file is not None:
                    yield file

    def _root(self, folder: str) -> str:
        folders = self._session.surroundings.folders
        for at in upward(folder):
            if any(os.path.exists(os.path.join(at, name)) for name in ROOTS) or at in folders:
                return at
        return folder

    def _open_file(self, opened: Open) -> File | None:
        analysis = opened.analysis
        if analysis is None or analysis.module is None:
            return None
        self._documents[opened.uri] = opened.document
        return File(opened.uri, to_path(opened.uri) or "", opened.document.text, analysis.module, analysis.servers)

    def _read(self, path: str, name: str, root: str) -> File | None:
        uri = from_path(path)
        language = syntax.language_of(uri)
        around = self._session.surroundings
        if language is None:
            return None
        try:
            text = syntax.decode(content(path, around.settings(uri).max_file_size))
        except (OSError, ValueError, syntax.Undecodable):
            return None
        if name not in text:
            return None
        document = self._documents[uri] = Document(uri, text, language)
        module = read.module(syntax.parse(document))
        servers = read.servers(module, around.dependencies(uri), None, around.index(uri)).servers
        return File(uri, os.path.relpath(path, root).replace(os.sep, "/"), text, module, servers)

    def _document(self, uri: str, opened: Open) -> Document | None:
        there = self._session.documents.get(uri)
        if there is not None:
            return there.document
        return self._documents.get(uri) or opened.elsewhere(uri)

    def _version(self, uri: str) -> int | None:
        there = self._session.documents.get(uri)
        return None if there is None else there.document.version

    def _range(self, document: Document, span: Span) -> types.Range:
        return range_of(document, span, self._session.client.encoding)


def _made(server: Server) -> Iterator[Span]:
    """Where a server is made, and where its name stands."""
    if server.place.span is not None:
        yield server.place.span
    if server.constructed is not None:
        call, unit = server.constructed
        yield Span(unit.anchor.start + call.start, unit.anchor.start + call.end)
