"""What is different between what was approved of a file and what its source says now, each change at its place."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from mcp_lsp.check import Analysis, Failure, judge, rules_by_subject
from mcp_lsp.predict import Sources, definition
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.changes import (
    Addressed,
    Appeared,
    Change,
    Gone,
    Rehinted,
    Reshaped,
    Reworded,
    Sensitivity,
)
from mcp_lsp_analyzers.definition import Definition
from mcp_lsp_analyzers.model import Item, Prompt, Resource, Server, Tool
from mcp_lsp_analyzers.place import Place, Span, Text
from mcp_lsp_analyzers.record import dataclass
from mcp_lsp_analyzers.rule import Severity
from mcp_lsp_analyzers.supply import Launch

from . import effects, installed, words
from .approval import Approval, State
from .schemas import Difference, differences
from .state import addresses, by_kind, texts

_HINTS = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")
_WORDS = {"tools": "tool", "prompts": "prompt", "resources": "resource"}


def changes(
    approval: Approval, path: str, analysis: Analysis, sources: Sources, sensitivity: Sensitivity = "moderate"
) -> Iterator[Change]:
    """Everything that differs. ``path`` as the approval names files."""
    yield from _File(approval, path, analysis, sources, sensitivity).changes()


@dataclass(frozen=True, slots=True, eq=False)
class _File:
    approval: Approval
    path: str
    analysis: Analysis
    sources: Sources
    sensitivity: Sensitivity

    def changes(self) -> Iterator[Change]:
        before = self.approval.files.get(self.path, {})
        handlers = {id(handler.of): handler for handler in self.analysis.handlers}
        language = self.analysis.document.language or ""
        for kind, items in by_kind(self.analysis.servers).items():
            known = before.get(kind) or {}
            for name, (item, server) in items.items():
                state = known.get(name) or self.approval.elsewhere(self.path, kind, name)
                if state is None:
                    yield Appeared(_WORDS[kind], name, item.place, self.sensitivity)
                    continue
                yield from self._item(state, item, definition(item, server, self.sources))
                if id(item) in handlers and isinstance(state.get("handler"), dict):
                    yield from effects.changes(state["handler"], handlers[id(item)], item, language, self.sensitivity)
            for name in known:
                if name not in items:
                    yield Gone(_WORDS[kind], name, self._server(), self.sensitivity)
        yield from self._instructions(before)
        yield from self._addresses(before)
        yield from self._beside(before)

    def _server(self) -> Place:
        servers = self.analysis.servers
        return servers[0].place if servers else Place(self.analysis.document.uri, "", Span(0, 0))

    # ------------------------------------------------------------ what clients see

    def _item(self, state: State, item: Item, now: Definition) -> Iterator[Change]:
        of = f"`{item.name}`"
        before = state["entry"]
        known = Definition(now.kind, before)
        beside = state.get("texts") or {}
        for pointer, text in texts(item):
            said = beside.get(pointer)
            said = said if isinstance(said, str) else known.get(pointer)
            if not isinstance(said, str):
                # What had no description, and was there: now it has one. What is new is said as a whole.
                parent, _, last = pointer.rpartition("/")
                if last != "description" or _missing(state, pointer) or not isinstance(known.get(parent), dict):
                    continue
                said = ""
            yield from self._text(of, said, text)
        if isinstance(item, Tool):
            unknown = frozenset((*(u.pointer for u in now.unknown), *(state.get("unknown") or ())))
            yield from self._schema(of, item, before, now, unknown)
            yield from self._hints(of, item, before, now, unknown)
        elif isinstance(item, Prompt):
            yield from self._arguments(of, item, before, now)

    def _text(self, of: str, before: str, text: Text) -> Iterator[Change]:
        if text.complete and not words.same(before, text.value):
            added = words.added(before, text.value)
            yield Reworded(of, before, text, added, tuple(self._heard(before, text)), self.sensitivity)

    def _heard(self, before: str, text: Text) -> list[str]:
        """What rules about texts say of a text at error or warning level, and did not say of another one."""
        rules = rules_by_subject(_about_texts())
        failures: list[Failure] = []
        old = Text(before, text.place, text.role)
        said = {d.rule.id for d in judge(old, rules, failures, text.place.uri)}
        return list(
            dict.fromkeys(
                d.message
                for d in judge(text, rules, failures, text.place.uri)
                if d.rule.id not in said and d.severity in (Severity.ERROR, Severity.WARNING)
            )
        )

    def _schema(
        self, of: str, tool: Tool, before: Mapping[str, Any], now: Definition, unknown: frozenset[str]
    ) -> Iterator[Change]:
        for key in ("inputSchema", "outputSchema"):
            inside = frozenset(each[len(key) + 1 :] for each in unknown if each.startswith(f"/{key}"))
            old, new = before.get(key), now.entry.get(key)
            if f"/{key}" in unknown or "/*" in unknown:
                continue
            if key == "outputSchema" and (old is None) != (new is None):
                said = "its results have no schema any more" if new is None else "its results have a schema"
                yield Reshaped(of, tool.place, said, None, self.sensitivity)
                continue
            for each in differences(old, new, inside):
                if key == "outputSchema":
                    yield Reshaped(of, tool.place, f"result: {each.said}", None, self.sensitivity)
                elif not _confirmation(each):
                    yield Reshaped(of, _parameter(tool, each), each.said, each.wider, self.sensitivity)
        yield from effects.confirmations(before, now.entry, tool, self.sensitivity)

    def _hints(
        self, of: str, tool: Tool, before: Mapping[str, Any], now: Definition, unknown: frozenset[str]
    ) -> Iterator[Change]:
        if unknown & {"/annotations", "/annotations/*", "/*"}:
            return
        old, new = before.get("annotations"), now.entry.get("annotations")
        old, new = old if isinstance(old, dict) else {}, new if isinstance(new, dict) else {}
        for hint in _HINTS:
            if f"/annotations/{hint}" in unknown or old.get(hint) == new.get(hint):
                continue
            written = tool.annotations.get(hint) if tool.annotations is not None else None
            place = written.place if written is not None else tool.place
            yield Rehinted(of, place, hint, old.get(hint), new.get(hint), self.sensitivity)

    def _arguments(self, of: str, prompt: Prompt, before: Mapping[str, Any], now: Definition) -> Iterator[Change]:
        old = {each.get("name") for each in before.get("arguments") or () if isinstance(each, dict)}
        new = {each.get("name") for each in now.entry.get("arguments") or () if isinstance(each, dict)}
        if not now.complete:
            return
        for parameter in prompt.parameters:
            if parameter.name in new - old:
                said = f"`{parameter.name}` is a new argument"
                yield Reshaped(of, parameter.place, said, None, self.sensitivity)
        for name in sorted(str(name) for name in old - new):
            yield Reshaped(of, prompt.place, f"`{name}` is no argument any more", False, self.sensitivity)

    def _instructions(self, before: State) -> Iterator[Change]:
        known = before.get("instructions") or {}
        for server in self.analysis.servers:
            text = server.instructions
            if text is None:
                continue
            old = known.get(server.name)
            if isinstance(old, str):
                yield from self._text("the server's instructions", old, text)
            elif self.path in self.approval.files and len(known) == 0:
                yield Appeared("instructions", "", text.place, self.sensitivity)

    # ------------------------------------------------------------ what stands beside

    def _addresses(self, before: State) -> Iterator[Change]:
        known = before.get("addresses")
        if not self.analysis.servers or not (before.get("tools") or known):
            return
        said = " ".join(text.value for server in self.analysis.servers for text in _spoken(server)).lower()
        told = set(known or ())
        for address, unit, (start, end) in addresses(self.analysis):
            if address not in told and address not in said:
                told.add(address)
                place = Place(self.analysis.document.uri, f"/addresses/{address}", Span(start, end), unit.anchor)
                yield Addressed(address, place, self.sensitivity)

    def _beside(self, before: State) -> Iterator[Change]:
        reading = self.analysis.reading
        subjects = reading.subjects if reading is not None else ()
        launches = [each for each in subjects if isinstance(each, Launch)]
        known = before.get("launches") or {}
        for launch in launches:
            if launch.name in known:
                yield from installed.launch(known[launch.name], launch, self.sensitivity)
            else:
                yield Appeared("server", launch.name, launch.place, self.sensitivity)
        now = {launch.name for launch in launches}
        for name in known:
            if name not in now:
                place = Place(self.analysis.document.uri, "", Span(0, 0))
                yield Gone("server", name, place, self.sensitivity)
        if self.path in self.approval.files or any("dependencies" in file for file in self.approval.files.values()):
            yield from installed.dependencies(before.get("dependencies") or {}, subjects, self.sensitivity)


def _missing(state: State, pointer: str) -> bool:
    return any(each in (pointer, "/*") for each in state.get("unknown") or ())


def _confirmation(difference: Difference) -> bool:
    """Whether it is that a question is no longer asked, which is said by itself."""
    return difference.wider is False and effects.is_confirmation(difference.said.split("`")[1:2])


def _parameter(tool: Tool, difference: Difference) -> Place:
    named = difference.path[:1]
    found = next((p for p in tool.parameters if named and p.name == named[0]), None)
    return tool.place if found is None else found.place


def _spoken(server: Server) -> Iterator[Text]:
    if server.instructions is not None:
        yield server.instructions
    for item in server.items:
        if isinstance(item, Resource):
            yield item.uri
        for _, text in texts(item):
            yield text


@functools.cache
def _about_texts() -> tuple[Any, ...]:
    return tuple(rule for rule in registry.rules() if Text in rule.judges)
