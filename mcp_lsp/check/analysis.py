"""One file under analysis: read, judged, and kept up to date by edits. Only what an edit touches is computed again.

Everything kept is kept for one generation: an update builds its caches from what it used, so that nothing grows with
the number of edits. What a result depended on is known by identity: a tool is the same object while its declaration is
the same, and a handler's facts hold while every name that was looked up for them means the same unit (`Scope.holds`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Union

from mcp_lsp import flow, read, suppress, syntax
from mcp_lsp.read.reading import literals_by_unit
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.flow import Handler, Startup
from mcp_lsp_analyzers.model import Prompt, Resource, Server, StringLiteral, Tool, parts
from mcp_lsp_analyzers.place import Anchor
from mcp_lsp_analyzers.rule import Rule
from mcp_lsp_analyzers.scope import Module, Modules, Scope

from .judge import Diagnostic, Failure, judge, rules_by_subject

if TYPE_CHECKING:
    from mcp_lsp.read.manifests import Dependencies
    from mcp_lsp.settings import Settings

Item = Union[Tool, Prompt, Resource]


class Group:
    """Diagnostics that are computed together. While the object is the same, so are they; only their anchors move.

    ``kept`` is for shells: what they rendered from it, under keys of their own.
    """

    __slots__ = ("anchors", "diagnostics", "kept")

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        self.anchors: tuple[Anchor, ...] = tuple(dict.fromkeys(_anchors(self.diagnostics)))
        self.kept: dict[object, object] = {}


def _anchors(diagnostics: Iterable[Diagnostic]) -> Iterator[Anchor]:
    for diagnostic in diagnostics:
        yield diagnostic.finding.place.anchor
        for related in diagnostic.finding.related:
            yield related.place.anchor


EMPTY = Group(())


@dataclass(slots=True, eq=False)
class _Kept:
    """Facts about one handler (or start-up), what they were computed from, and what the rules said of them."""

    facts: Handler | Startup | None
    scope: Scope
    head: Server
    group: Group


class Analysis:
    """The analysis of one open document. ``modules`` are the other files of its project.

    ``groups`` holds all diagnostics in no particular order; ``diagnostics`` lists them by position; ``suppressed`` are
    those that the author's comments allow. ``counted`` says how much the last update computed anew, by kind of work:
    "segments", "units", "handlers", "items".
    """

    def __init__(
        self,
        document: syntax.Document,
        dependencies: Dependencies | None = None,
        settings: Settings | None = None,
        rules: Sequence[Rule] | None = None,
        modules: Modules | None = None,
    ) -> None:
        self.document = document
        self.dependencies = dependencies
        self.modules = modules
        self.failures: list[Failure] = []
        self.groups: list[Group] = []
        self.suppressed: list[Diagnostic] = []
        self.counted: dict[str, int] = {}
        self.tree = syntax.parse(document)
        self.module: Module | None = None
        self.reading: read.Reading | None = None
        self._items: dict[Item, Group] = {}
        self._facts: dict[object, _Kept] = {}
        self._servers: dict[Server, Group] = {}
        self._literals: dict[object, Group] = {}
        self._heads: dict[tuple[object, ...], Server] = {}
        self._choose(settings, rules)
        self._update()

    # ------------------------------------------------------------ what others ask

    @property
    def servers(self) -> tuple[Server, ...]:
        return self.reading.servers if self.reading else ()

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """All diagnostics, by position, then by rule."""
        return sorted(chain.from_iterable(g.diagnostics for g in self.groups), key=_position)

    @property
    def settled(self) -> bool:
        return self.tree.settled

    @property
    def handlers(self) -> list[Handler]:
        return [k.facts for k in self._facts.values() if isinstance(k.facts, Handler)]

    # ------------------------------------------------------------ what happens to it

    def change(self, changes: Sequence[syntax.Change], version: int | None = None) -> None:
        """Apply an edit and bring everything up to date, as far as the text is unambiguous (see `settle`)."""
        self.document = self.document.edited(changes, version)
        self.tree = syntax.edit(self.tree, changes, self.document)
        self._update()

    def settle(self) -> bool:
        """Let the whole file decide where declarations begin. Afterwards everything equals a fresh analysis.

        Returns whether anything could have changed.
        """
        if self.tree.settled:
            return False
        self.tree = syntax.settle(self.tree)
        self._update()
        return True

    def recheck(self) -> None:
        """Another file of the project changed: handlers whose facts came from it are looked at again."""
        self._update()

    def reconfigure(
        self,
        dependencies: Dependencies | None = None,
        settings: Settings | None = None,
        rules: Sequence[Rule] | None = None,
    ) -> None:
        """Other dependencies or settings: everything is judged again."""
        if dependencies != self.dependencies:
            self.reading = None
        self.dependencies = dependencies
        self._choose(settings, rules)
        self._items, self._facts, self._servers, self._literals, self._heads = {}, {}, {}, {}, {}
        self._update()

    # ------------------------------------------------------------ how

    def _choose(self, settings: Settings | None, rules: Sequence[Rule] | None) -> None:
        chosen = registry.rules() if rules is None else rules
        if settings is not None:
            chosen = settings.rules_for(self.document.uri, chosen)
        self._severities = {} if settings is None else settings.severities()
        self._enabled = chosen
        self._rules = rules_by_subject(chosen)

    def _update(self) -> None:
        self.failures = []
        self.counted = {"segments": self.tree.parsed, "items": 0, "handlers": 0}
        self.module = read.module(self.tree, self.module)
        self.reading = read.servers(self.module, self.dependencies, self.reading)
        items: dict[Item, Group] = {}
        facts: dict[object, _Kept] = {}
        servers: dict[Server, Group] = {}
        heads: dict[tuple[object, ...], Server] = {}
        groups: list[Group] = []
        seen: set[tuple[object, ...]] = set()
        for server in self.reading.servers:
            head = self._head(server, heads)
            group = self._servers.get(server)
            if group is None:
                group = self._group(server, *([server.instructions] if server.instructions else ()))
            servers[server] = group
            groups.append(group)
            for item in chain(server.tools, server.prompts, server.resources):
                judged = self._items.get(item)
                if judged is None:
                    judged = self._group(*parts(item))
                    self.counted["items"] += 1
                items[item] = judged
                groups.append(judged)
                if item.function is not None:
                    facts[item] = kept = self._handler(item, head)
                    groups.append(_once(kept.group, seen))
            facts[server.place.pointer, head] = kept = self._startup(server, head)
            groups.append(_once(kept.group, seen))
        literals: dict[object, Group] = {}
        if StringLiteral in self._rules:
            for unit, found in literals_by_unit(self.module):
                literals[unit] = judged = self._literals.get(unit) or self._group(*found)
                groups.append(judged)
        self._items, self._facts, self._servers, self._heads, self._literals = items, facts, servers, heads, literals
        self.groups = self._allowed([group for group in groups if group.diagnostics])

    def _allowed(self, groups: list[Group]) -> list[Group]:
        """The groups without what the author's comments allow, and with what is to be said of these comments."""
        assert self.module is not None
        self.suppressed = []
        comments = suppress.comments(self.module)
        if not comments:
            return groups
        diagnostics = [diagnostic for group in groups for diagnostic in group.diagnostics]
        allowed, subjects = suppress.apply(comments, self.document, diagnostics, self._enabled)
        about = self._group(*subjects).diagnostics
        diagnostics += about
        allowed |= suppress.apply(comments, self.document, about, ())[0]
        self.suppressed = [diagnostic for diagnostic in diagnostics if id(diagnostic) in allowed]
        kept = [
            Group(d for d in group.diagnostics if id(d) not in allowed)
            if any(id(d) in allowed for d in group.diagnostics)
            else group
            for group in groups
        ]
        kept.append(Group(d for d in about if id(d) not in allowed))
        return [group for group in kept if group.diagnostics]

    def _head(self, server: Server, heads: dict[tuple[object, ...], Server]) -> Server:
        """The server without its parts, one object as long as what handlers may ask of it stays the same."""
        key = (server.name, server.sdk, server.transports, server.place.pointer)
        head = heads.get(key) or self._heads.get(key)
        if head is None:
            head = replace(server, tools=(), prompts=(), resources=(), module=None, constructed=None, unread=())
        heads[key] = head
        return head

    def _handler(self, item: Item, head: Server) -> _Kept:
        assert self.module is not None
        kept = self._facts.get(item)
        if kept is not None and kept.head is head and kept.scope.holds(self.module):
            return kept
        self.counted["handlers"] += 1
        scope = Scope(self.module, self.modules)
        try:
            facts = flow.handler(item, head, self.module, scope)
        except Exception as error:
            return self._failed(scope, head, item.place.pointer, error)
        return _Kept(facts, scope, head, self._group(facts))

    def _startup(self, server: Server, head: Server) -> _Kept:
        assert self.module is not None
        scope = Scope(self.module, self.modules)
        try:
            facts = flow.startup(head, self.module, scope)
        except Exception as error:
            return self._failed(scope, head, server.place.pointer, error)
        before = self._facts.get((server.place.pointer, head))
        if before is not None and isinstance(before.facts, Startup) and before.facts.calls == facts.calls:
            return before
        return _Kept(facts, scope, head, self._group(facts))

    def _failed(self, scope: Scope, head: Server, pointer: str, error: Exception) -> _Kept:
        self.failures.append(Failure("flow", self.document.uri, pointer, f"{type(error).__name__}: {error}"))
        return _Kept(None, scope, head, EMPTY)

    def _group(self, *subjects: object) -> Group:
        found = []
        for subject in subjects:
            for diagnostic in judge(subject, self._rules, self.failures, self.document.uri):
                severity = self._severities.get(diagnostic.rule.id)
                found.append(replace(diagnostic, severity=severity) if severity else diagnostic)
        return Group(found) if found else EMPTY


def _once(group: Group, seen: set[tuple[object, ...]]) -> Group:
    """Without what was already said of the same place: handlers and start-up share the functions they call."""
    left = []
    for diagnostic in group.diagnostics:
        place = diagnostic.finding.place
        key = (diagnostic.rule, place.uri, place.anchor, place.local, diagnostic.message)
        if key not in seen:
            seen.add(key)
            left.append(diagnostic)
    return group if len(left) == len(group.diagnostics) else Group(left)


def _position(diagnostic: Diagnostic) -> tuple[int, int, str]:
    span = diagnostic.finding.place.span
    return (-1, -1, diagnostic.rule.id) if span is None else (span.start, span.end, diagnostic.rule.id)


def check_text(
    uri: str,
    text: str,
    language: str | None = None,
    dependencies: Dependencies | None = None,
    rules: Sequence[Rule] | None = None,
) -> list[Diagnostic]:
    """Everything the rules say of one text. ``language`` is taken from the uri where it is not given.

    Raises ``ValueError`` for a file that is in no language read here.
    """
    spoken = language or syntax.language_of(uri)
    if spoken is None:
        raise ValueError(f"{uri}: not Python, TypeScript or JavaScript")
    return Analysis(syntax.Document(uri, text, spoken), dependencies, rules=rules).diagnostics
