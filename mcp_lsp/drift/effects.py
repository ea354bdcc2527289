"""What a handler does now and did not do when it was approved, and what it no longer checks or asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mcp_lsp_analyzers.changes import Change, Reaches, Recoded, Sensitivity, Unasked, Unguarded
from mcp_lsp_analyzers.flow import Flow, Handler
from mcp_lsp_analyzers.model import Item, Tool
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Place

from .state import code, effect, handler_state

_CONFIRMS = pattern(r"(?:user_?)?(?:confirm|confirmed|confirmation|approved?|are_?you_?sure|acknowledged?)")


def changes(
    before: Mapping[str, Any], handler: Handler, item: Item, language: str, sensitivity: Sensitivity
) -> Iterator[Change]:
    of = f"`{item.name}`"
    now = handler_state(handler, language)
    yield from _flows(of, before.get("reaches") or {}, now.get("reaches") or {}, handler, item, sensitivity)
    known, told = set(before.get("calls") or ()), _called(handler)
    for call in handler.calls:
        kind = effect(language, call.target)
        key = f"{kind} {call.target}"
        if kind and key not in known and call.target not in told:
            told.add(call.target)
            if not _same_effect(key, known, now.get("calls") or ()):
                yield Reaches(of, _here(call.callee_place, item), kind, call.target, "", sensitivity)
    if before.get("asks") and not now.get("asks"):
        yield Unasked(of, item.place, f"`{before['asks'][0]}`", sensitivity)
    # Said to nobody else, and working it out takes a while.
    if sensitivity == "strict" and isinstance(before.get("code"), str) and before["code"] != code(handler.function):
        yield Recoded(of, item.place, sensitivity)


def _called(handler: Handler) -> set[str]:
    """What a flow reaches is said of the flow."""
    return {flow.sink.call for flow in handler.flows}


def _same_effect(key: str, known: set[str], now: Sequence[str]) -> bool:
    """Whether a call came in the place of another of its kind: ``requests.get`` for ``httpx.get``."""
    kind, _, target = key.partition(" ")
    last = target.rpartition(".")[2]
    return any(each not in now and each.partition(" ")[0] == kind and each.rpartition(".")[2] == last for each in known)


def _flows(
    of: str,
    before: Mapping[str, Sequence[str]],
    now: Mapping[str, Sequence[str]],
    handler: Handler,
    item: Item,
    sensitivity: Sensitivity,
) -> Iterator[Change]:
    gone = {key.partition(" -> ")[2]: key for key in before if key not in now}
    told = set()
    for flow in handler.flows:
        key = f"{flow.source.name} -> {flow.sink.kind} {flow.sink.call}"
        if key in told:
            continue
        # An argument that was renamed gets where the other one got.
        old = key if key in before else gone.get(key.partition(" -> ")[2])
        if old is None and not _elsewhere(flow, before, now):
            told.add(key)
            place = _here(flow.sink.place, item)
            yield Reaches(of, place, flow.sink.kind, flow.sink.call, flow.source.name, sensitivity)
        elif old is not None:
            guards = {guard.kind for guard in flow.guards}
            lost = tuple(kind for kind in before[old] if kind not in guards and not _stronger(kind, guards))
            if lost:
                told.add(key)
                place = _here(flow.sink.place, item)
                yield Unguarded(of, place, flow.source.name, flow.sink.call, lost, sensitivity)


def _elsewhere(flow: Flow, before: Mapping[str, Sequence[str]], now: Mapping[str, Sequence[str]]) -> bool:
    """Whether the argument got to a place of this kind before by another call, which it no longer gets to."""
    start = f"{flow.source.name} -> {flow.sink.kind} "
    return any(key.startswith(start) and key not in now for key in before)


_STRONGER = {
    "no-dotdot": {"confined", "choices", "basename", "pattern"}, "resolved": {"confined", "choices"},
    "prefix": {"confined", "choices", "host-allowed"}, "pattern": {"choices", "identifier", "number", "confined"},
    "scheme": {"host-allowed", "choices", "private-refused"}, "private-refused": {"host-allowed", "choices"},
    "private-literal": {"private-refused", "host-allowed", "choices"}, "basename": {"confined", "choices"},
    "not-option": {"choices", "pattern", "number", "option-value"}, "quoted": {"choices", "pattern", "number"},
    "checked": {"choices", "pattern", "confined", "host-allowed", "private-refused", "number", "identifier",
                "basename"},
    "host-allowed": {"choices"}, "confined": {"choices"}, "identifier": {"choices"}, "number": {"choices"},
}  # fmt: skip


def _stronger(kind: str, guards: set[str]) -> bool:
    return bool(_STRONGER.get(kind, set()) & guards)


def is_confirmation(name: Sequence[str]) -> bool:
    return bool(name) and _CONFIRMS.fullmatch(name[0].lower()) is not None


def confirmations(
    before: Mapping[str, Any], now: Mapping[str, Any], tool: Tool, sensitivity: Sensitivity
) -> Iterator[Change]:
    """Arguments by which a tool was told that its user agrees, and which it no longer has."""
    for name in _arguments(before):
        if is_confirmation([name]) and name not in _arguments(now) and tool.parameters_known:
            yield Unasked(f"`{tool.name}`", tool.place, f"by the argument `{name}`", sensitivity)


def _arguments(entry: Mapping[str, Any]) -> list[str]:
    schema = entry.get("inputSchema")
    properties = schema.get("properties") if isinstance(schema, dict) else None
    return list(properties) if isinstance(properties, dict) else []


def _here(place: Place, item: Item) -> Place:
    """A place in the file that declares the tool: the tool itself where it happens in another file."""
    return place if place.uri == item.place.uri else item.place
