"""One file under analysis: read, judged, and kept up to date by edits. Only what an edit touches is computed again.

What a result depended on is known by identity: a tool is the same object while its declaration is the same, and a
handler's facts hold while every name that was looked up for them means the same unit (`Seen.holds`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from mcp_lsp import flow, read, syntax
from mcp_lsp.read.reading import literals_by_unit
from mcp_lsp.read.units import failures
from mcp_lsp.uri import inside
from mcp_lsp_analyzers import registry, walk
from mcp_lsp_analyzers.code import Unit
from mcp_lsp_analyzers.flow import Handler, Startup
from mcp_lsp_analyzers.model import Endpoint, Item, Sdk, Server, StringLiteral, parts
from mcp_lsp_analyzers.place import Place, Text
from mcp_lsp_analyzers.record import replace
from mcp_lsp_analyzers.rule import Rule
from mcp_lsp_analyzers.scope import Module, Modules, Scope
from mcp_lsp_analyzers.window import Collected

from .allowance import Allowance, Later, Waiting
from .allowed import Allowed
from .halfway import Halfway
from .judge import Diagnostic, Failure, RulesBySubject, brought, judge, rules_by_subject
from .keeping import EMPTY, Entry, Fallen, Group, Names, Once, Row, Served, changed_names, head_of, position, same_head
from .services import Around, Services
from .shared import Shared
from .together import Beyond

if TYPE_CHECKING:
    from mcp_lsp.read.manifests import Dependencies
    from mcp_lsp.settings import Settings


class Analysis:
    """The analysis of one open document. ``modules`` are the other files of its project, ``root`` its folder;
    ``beyond`` what else there is to judge once all is known, for which no keystroke waits. ``allowance``: seconds of
    the processor's for the data flow before there is a first answer; what takes longer is `late`. ``parsed``: what the
    document was parsed to and read as already; who gives what others look at as well must not `change` the analysis.

    ``groups`` holds all diagnostics in no particular order; ``diagnostics`` lists them by position. ``counted`` says
    how much the last update computed anew, by kind of work: "segments", "units", "handlers", "items".
    """

    def __init__(
        self,
        document: syntax.Document,
        dependencies: Dependencies | None = None,
        settings: Settings | None = None,
        rules: Sequence[Rule] | None = None,
        modules: Modules | None = None,
        root: str = "",
        beyond: Callable[[Analysis], Iterable[object]] | None = None,
        allowance: float | None = None,
        parsed: tuple[syntax.Tree, Module] | None = None,
    ) -> None:
        self.document = document
        self.dependencies = dependencies
        self.modules = modules
        self.failures: list[Failure] = []
        self.groups: list[Group] = []
        self.counted: dict[str, int] = {}
        self.tree = parsed[0] if parsed else syntax.parse(document)
        self._read = parsed[1] if parsed else None
        self.module: Module | None = None
        self.reading: read.Reading | None = None
        self._served: list[Served] = []
        self._once = Once()
        self._shared = Shared()
        self._found = Collected(lambda unit: flow.endpoints(unit, document.uri))
        self._endpoints: Row[Endpoint] = Row()
        self._outside = Server(document.uri, "", Sdk("unknown"), Place(document.uri, ""))
        self._file = inside(document.uri, root)
        self._strings = Collected(self._secrets)
        self._outputs = Collected(flow.diverted)
        self._allowed = Allowed()
        self._halfway = Halfway()
        self._names = Names()
        self._changed: set[str] = set()
        self._others = False
        self._allowance = Allowance()
        self._asks = beyond
        self._beyond = Beyond()
        self._choose(settings, rules)
        self._update(allowance)

    # ------------------------------------------------------------ what others ask

    @property
    def servers(self) -> tuple[Server, ...]:
        return self.reading.servers if self.reading else ()

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """All diagnostics, by position, then by rule."""
        return sorted(chain.from_iterable(g.diagnostics for g in self.groups), key=position)

    @property
    def suppressed(self) -> list[Diagnostic]:
        """What the author's comments allow."""
        return self._allowed.suppressed

    @property
    def settled(self) -> bool:
        return self.tree.settled

    @property
    def handlers(self) -> list[Handler]:
        """The facts about every handler that was found."""
        return [e.facts for served in self._served for e in served.items.entries if e.facts is not None]

    # ------------------------------------------------------------ what happens to it

    def change(
        self, changes: Sequence[syntax.Change], version: int | None = None, allowance: float | None = None
    ) -> None:
        """Apply an edit and bring everything up to date, as far as the text is unambiguous (see `settle`), and as the
        ``allowance`` goes: seconds for the data flow (see `Allowance`; ``None``: as many as it takes)."""
        self.document = self.document.edited(changes, version)
        self.tree = syntax.edit(self.tree, changes, self.document)
        self._halfway.typed(changes, self.document, self.groups, self.tree)
        self._update(allowance, changes[-1].start if changes else 0)

    def settle(self, allowance: float | None = None, catching: bool = False, waiting: Waiting = None) -> bool:
        """Let the whole file decide where declarations begin. Where there is no ``allowance``, or ``catching`` up is
        what it is for, look at what was left as well, unless somebody is ``waiting`` for this to end: once nothing is
        `late`, everything equals a fresh analysis. Returns whether anything could have changed.
        """
        catching, held = catching or allowance is None, allowance is None and self.hesitated()
        if self.tree.settled and not (catching and self.late):
            return held
        self.tree = syntax.settle(self.tree)
        self._update(allowance, catching=catching, waiting=waiting)
        return True

    @property
    def late(self) -> bool:
        """Whether handlers wait to be looked at again."""
        return self._beyond.due or self._waiting

    @property
    def held(self) -> bool:
        """Whether something is not said because somebody types there."""
        return self._halfway.held

    def hesitated(self) -> bool:
        """Nobody types any more: say what was not said for that. Whether there was something."""
        held, groups = self.held, self._halfway.rest()
        if held:
            self.groups = self._shared.of(groups)
        return held

    @property
    def followed(self) -> tuple[int, int]:
        """How many handlers were looked at, and how many there are."""
        return sum(not entry.late for entry in self._entries), len(self._entries)

    @property
    def _entries(self) -> list[Entry]:
        return [*(e for served in self._served for e in served.items.entries), *self._endpoints.entries]

    @property
    def _waiting(self) -> bool:
        return self._endpoints.late or self._services.late or any(served.items.late for served in self._served)

    def recheck(self, allowance: float | None = None, waiting: Waiting = None) -> None:
        """Another file of the project changed: handlers whose facts came from it are looked at again."""
        self._others = True
        self._update(allowance, catching=True, waiting=waiting)
        self._others = False

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
        self._served = []
        self._strings = Collected(self._secrets)
        self._endpoints = Row()
        self._update()

    # ------------------------------------------------------------ how

    def _choose(self, settings: Settings | None, rules: Sequence[Rule] | None) -> None:
        chosen = registry.rules() if rules is None else rules
        if settings is not None:
            chosen = settings.rules_for(self.document.uri, chosen)
        self._severities = {} if settings is None else settings.severities()
        self._taught = None if settings is None else settings.taught
        self._enabled = chosen
        self._rules = rules_by_subject(chosen)
        # Of what clients reach beside the tools, the rules about flows speak.
        self._asked = rules_by_subject([rule for rule in chosen if rule.room == "handlers"])
        self._services = Services(self._rules, self._group)

    def _update(
        self, allowance: float | None = None, at: int = 0, catching: bool = False, waiting: Waiting = None
    ) -> None:
        self.failures = []
        self.counted = {"segments": self.tree.parsed, "items": 0, "handlers": 0}
        before = self.module
        self.module = read.module(self.tree, before or self._read)
        self._changed = changed_names(before, self.module)
        self._allowance = Allowance(
            allowance, before.units if before else (), self.module.units, at, catching, before is None, waiting
        )
        for unit, error in failures(self.module):
            line = self.document.position(unit.anchor.start)[0] + 1
            self.failures.append(Failure("reader", self.document.uri, f"line {line}", error))
        try:
            self.reading = read.servers(self.module, self.dependencies, self.reading, self.modules, self._others)
        except Exception as error:
            self.failures.append(Failure("reader", self.document.uri, "", f"{type(error).__name__}: {error}"))
            self.reading = read.Reading()
        self._outputs.update(self.module.units)
        falls = self._names.falls(self.module, self._changed, self._others)
        if falls is not None:
            self._names = Names()
        self._served = [self._serve(server, i, falls) for i, server in enumerate(self.reading.servers)]
        if falls is not None:
            entries = (*self._entries, *(e for served in self._served for e in served.startup.entries))
            self._names.learn([entry.seen for entry in entries if entry.seen is not None])
        if StringLiteral in self._rules:
            self._strings.update(self.module.units)
        self._endpoints = self._reached(falls)
        self._services.update(self.module, self._around())
        plain = [group for group in (self._group(*self.reading.subjects),) if group.diagnostics]
        said = [*self._said(), *self._services.groups, *self._strings.all, *plain]
        told = self._allowed.of(said, self.document, self.module, self._enabled, self._group)
        self.groups = self._shared.of(self._halfway.of(told, self.document, self.tree))
        self._allowance = Allowance()  # it holds the declarations of before
        walk.forget()

    def _looked_beyond(self) -> list[Group]:
        asks = None if self._asks is None else partial(self._asks, self)
        try:
            self._beyond.look(self._served, asks, self._group, self._waiting, self._allowance)
        except Exception as error:
            self._beyond.group = self._failed("", error)
        return [self._beyond.group] if self._beyond.group.diagnostics else []

    def _around(self) -> Around:
        sdk = self.servers[0].sdk if self.servers else None
        mcp = self._about_mcp()
        return Around(sdk, self.dependencies, mcp, self.modules, self._changed, self._others, self._allowance)

    def _said(self) -> list[Group]:
        """The groups of all servers that say anything."""
        found, about = list[Group](), [*self._endpoints.loud]
        for served in self._served:
            found += [group for group in (served.group, served.told) if group.diagnostics]
            found += served.items.extra
            about += served.items.loud
            about += served.startup.loud
        return [*found, *self._once.of(about), *self._looked_beyond()]

    def _secrets(self, unit: Unit) -> list[Group]:
        """What is said of the string literals of a declaration; of a long one's parts, again where these changed."""
        groups = []
        for part, strings in literals_by_unit(self.document.uri, unit, self._file):
            said = part.kept.get("said of literals")
            if not isinstance(said, tuple) or said[0] is not self._strings:
                said = part.kept["said of literals"] = (self._strings, self._group(*strings))
            if said[1].diagnostics:
                groups.append(said[1])
        return groups

    def _serve(self, server: Server, i: int, falls: Fallen) -> Served:
        assert self.module is not None
        old = self._served[i] if i < len(self._served) else None
        fresh = head_of(server, frozenset(self._outputs.all), old)
        head = old.head if old and same_head(old.head, fresh) else fresh
        same = old is not None and old.head is head
        told = old.told if old and old.server is server else self._group(*filter(None, (server.instructions,)))
        group = self._group(server)  # what it is judged by may stand in any declaration of the file
        if old and group.diagnostics == old.group.diagnostics:
            group = old.group
        items = old.items if old and same else Row()
        startup = old.startup if old and same else Row()
        if Startup in self._rules:
            startup = startup.updated(
                self.module.units,
                falls,
                lambda unit, _: self._startup(unit, head),  # type: ignore[arg-type]
            )
        catching = self._allowance.catching
        items = items.updated(
            server.items, falls, lambda item, before: self._item(item, head, before), self._near(), catching
        )
        return Served(server, head, group, told, items, startup)

    def _item(self, item: Item, head: Server, before: Entry | None) -> Entry:
        assert self.module is not None
        self.counted["items"] += 1
        extra, texts = self._itself(item, before)
        if item.function is None:
            return Entry(EMPTY, extra=extra, texts=texts)
        entry = self._handler(item, head, item.home or self.module, before)
        entry.extra, entry.texts = extra, texts
        return entry

    def _handler(
        self, of: Item | Endpoint, head: Server, home: Module, before: Entry | None, rules: RulesBySubject | None = None
    ) -> Entry:
        """What is said of what runs for a request, as far as there is time for it."""
        assert self.module is not None
        if not self._allowance.suffices(of.name, before):
            return self._allowance.late(before)
        self.counted["handlers"] += 1
        start, beat = self._allowance.clock(), self._allowance.beat(before)
        scope = Scope(self.module, self.modules)
        try:
            with self._allowance.reading(self.modules, beat):
                facts = flow.handler(of, head, home, scope.inside(home), self._taught, beat)
        except Later:
            return self._allowance.late(before, start)
        except Exception as error:
            return Entry(self._failed(of.place.pointer, error), scope.seen)
        self._names.learn([scope.seen])
        at = None if isinstance(of, Endpoint) else of.place
        return Entry(self._group(facts, at=at, rules=rules), scope.seen, facts, cost=self._allowance.spend(start))

    def _near(self) -> Callable[[Item], int] | None:
        """How near an item is to the edit, where not all can be looked at again: by its name, which stands in front of
        its branch of a function that answers for many."""
        if self._allowance.left is None:
            return None
        segment = self.tree.segment(self._allowance.at)
        at = self._allowance.at - segment.anchor.start
        return lambda item: max(segment.text.rfind(f"{quote}{item.name}{quote}", 0, at) for quote in "\"'`")

    def _itself(self, item: Item, before: Entry | None) -> tuple[Group, dict[str, tuple[Text, list[Diagnostic]]]]:
        """What is said of an item beside its handler. Most edits leave its texts as they were."""
        said: list[Diagnostic] = []
        texts: dict[str, tuple[Text, list[Diagnostic]]] = {}
        for part in parts(item):
            if type(part) is not Text:
                said += self._judged(part, self._rules, item.place)
                continue
            pointer = part.place.pointer
            known = before.texts.get(pointer) if before is not None else None
            if known is None or known[0] != part:
                known = (part, self._judged(part, self._rules, item.place))
            texts[pointer] = known
            said += known[1]
        return Group(said) if said else EMPTY, texts

    def _about_mcp(self) -> bool:
        known = self.dependencies
        return bool(self.servers) or (known is not None and known.mcp) or "mcp" in self.document.uri.lower()

    def _reached(self, falls: Fallen) -> Row[Endpoint]:
        """What is said of the functions that clients reach beside the tools."""
        assert self.module is not None
        if not self._asked:
            return Row()
        self._found.update(self.module.units)
        things = tuple(self._found.all)
        if things and not self._about_mcp() and not flow.about_mcp(self.module.units):
            things = ()
        if things and self.servers:
            things = flow.beside(things, [item for server in self.servers for item in server.items], self.module)
        at = self._allowance.at
        near = None if self._allowance.left is None else lambda one: -abs((one.place.span or (0,))[0] - at)
        home, outside, asked = self.module, self._outside, self._asked
        return self._endpoints.updated(
            things,
            falls,
            lambda one, before: self._handler(one, outside, home, before, rules=asked),
            near,
            self._allowance.catching,
        )

    def _startup(self, unit: Unit, head: Server) -> Entry:
        assert self.module is not None
        scope = Scope(self.module, self.modules)
        try:
            facts = flow.startup(head, unit, self.module, scope)
        except Exception as error:
            return Entry(self._failed(head.place.pointer, error), scope.seen)
        if not facts.calls:
            return _NOTHING
        self._names.learn([scope.seen])
        return Entry(self._group(facts), scope.seen)

    def _failed(self, pointer: str, error: Exception) -> Group:
        self.failures.append(Failure("flow", self.document.uri, pointer, f"{type(error).__name__}: {error}"))
        return EMPTY

    def _group(self, *subjects: object, at: Place | None = None, rules: RulesBySubject | None = None) -> Group:
        found = [diagnostic for subject in subjects for diagnostic in self._judged(subject, rules or self._rules, at)]
        return Group(found) if found else EMPTY

    def _judged(self, subject: object, rules: RulesBySubject, at: Place | None) -> list[Diagnostic]:
        """``at``: where in this file is told what was found in another one."""
        found = []
        for diagnostic in judge(subject, rules, self.failures, self.document.uri):
            if at is not None and diagnostic.finding.place.uri != at.uri:
                diagnostic = replace(diagnostic, finding=brought(diagnostic.finding, at))
            severity = self._severities.get(diagnostic.rule.id)
            found.append(replace(diagnostic, severity=severity) if severity else diagnostic)
        return found


_NOTHING = Entry(EMPTY)
