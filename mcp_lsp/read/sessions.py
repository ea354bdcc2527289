"""The record of a conversation with a running server (``*.mcp-session.jsonl``): one JSON object a line, whose only key
says what happened. What was listed is a server like any other; the rest are subjects of their own (`live`).

The events are those of `live.Event`; besides, ``{"expected": {"tools": […], …, "unknown": […]}}`` is what the source
foretells, as ``mcp-lsp inspect`` writes it ("whole": nothing of it is unread; "mentioned": names that stand in the
source all the same), and ``{"exchange": {…}}`` a question to an HTTP endpoint with its answer. What was tried besides
is read by `trials`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from mcp_lsp_analyzers.code import Const, Dict, Do, Expr, Items, Str, Unit
from mcp_lsp_analyzers.definition import Definition, Kind, Unknown
from mcp_lsp_analyzers.live import (
    Asked,
    Difference,
    Endpoint,
    Event,
    EventKind,
    Exchange,
    Seen,
    Served,
    Session,
)
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.record import replace
from mcp_lsp_analyzers.scope import Module

from .listing import assembled
from .reading import Reading, escaped, literals
from .trials import trials

_KINDS: dict[str, tuple[Kind, str, str]] = {
    "tools": ("tool", "name", "/tools"),
    "prompts": ("prompt", "name", "/prompts"),
    "resources": ("resource", "uri", "/resources"),
    "resourceTemplates": ("resourceTemplate", "uriTemplate", "/resources"),
}
_LISTS = {"tools/list": "tools", "prompts/list": "prompts", "resources/list": "resources",
          "resources/templates/list": "resourceTemplates"}  # fmt: skip
_EVENTS = frozenset(get_args(EventKind))
_TRIED = ("tried", "tries")


def servers(module: Module) -> Reading:
    """The server that was talked to, with everything else that was seen as ``subjects``."""
    unit = module.units[0]
    lines = list(_lines(unit))
    events = [
        Event(kind, plain(value), _place(module.uri, unit, kind, key))  # type: ignore[arg-type]
        for kind, value, key in lines
        if kind in _EVENTS
    ]
    values = [value for kind, value, _ in lines if kind in _EVENTS]
    asked = list(_asked(events))
    lists: dict[str, list[Expr]] = {}
    hello: Dict | None = None
    # The list is asked for twice, to see whether it stays the same; what counts is the first time.
    first = _first_listing(asked)
    for event, value in zip(events, values, strict=True):
        result = value.get("result") if event.kind == "received" and isinstance(value, Dict) else None
        if not isinstance(result, Dict):
            continue
        if result.get("serverInfo") is not None or result.get("capabilities") is not None:
            hello = hello or result
        for key in _KINDS:
            listed = result.get(key)
            if isinstance(listed, Items) and first.get(id(event), key) == key:
                lists.setdefault(key, []).extend(listed.items)
    made = assembled(module, unit, lists, hello) if hello is not None or lists else None
    told: list[Seen] = []
    if events:
        started = [e.value for e in events if e.kind == "started" and isinstance(e.value, dict)]
        transport = started[-1].get("transport", "") if started else ""
        told.append(Session(_place(module.uri, unit, "", None), str(transport), tuple(events), tuple(asked)))
    foretold: tuple[Any, Str | None] = next(
        ((plain(value), key) for kind, value, key in lines if kind == "expected"), ({}, None)
    )
    told += _compared(module.uri, unit, foretold[0], lists, foretold[1], _known(asked, lists))
    told += _endpoints(module.uri, unit, lines)
    tried = [(kind, plain(value), _place(module.uri, unit, kind, key)) for kind, value, key in lines if kind in _TRIED]
    return Reading(() if made is None else (made,), literals(module), subjects=(*told, *trials(tried)))


def _lines(unit: Unit) -> Iterator[tuple[str, Expr, Str]]:
    for statement in unit.statements:
        node = statement.value if isinstance(statement, Do) else None
        if isinstance(node, Dict) and len(node.pairs) == 1 and isinstance(key := node.pairs[0].key, Str):
            yield key.value, node.pairs[0].value, key


def plain(node: Expr | None) -> Any:
    """JSON as Python's own values."""
    if isinstance(node, (Str, Const)):
        return node.value
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    if isinstance(node, Dict):
        return {pair.key.value: plain(pair.value) for pair in node.pairs if isinstance(pair.key, Str)}
    return None


def _place(uri: str, unit: Unit, below: str, node: Str | None) -> Place:
    """Of the word for an event, a whole one may have megabytes."""
    span = Span(0, 0) if node is None else Span(node.start + 1, node.end - 1)
    return Place(uri, f"/session/{escaped(below)}" if below else "/session", span, unit.anchor)


# ---------------------------------------------------------------- requests and answers


def _asked(events: list[Event]) -> Iterator[Asked]:
    answers: dict[str, Event] = {}
    silences: dict[str, Event] = {}
    for event in events:
        value = event.value if isinstance(event.value, dict) else {}
        if event.kind == "received" and "method" not in value and "id" in value:
            answers.setdefault(str(value["id"]), event)
        elif event.kind == "silence":
            silences.setdefault(str(value.get("id")), event)
    for event in events:
        value = event.value if isinstance(event.value, dict) else {}
        if event.kind != "sent" or "id" not in value or not isinstance(value.get("method"), str):
            continue
        answer, silence = answers.get(str(value["id"])), silences.get(str(value["id"]))
        at = answer or silence or event
        params = value.get("params")
        yield Asked(
            value["id"],
            value["method"],
            params if isinstance(params, dict) else {},
            replace(at.place, pointer=f"/session/{escaped(value['method'])}"),
            answer,
            float(_number(silence.value.get("seconds"))) if silence is not None else None,
        )


def _first_listing(asked: list[Asked]) -> dict[int, str]:
    """For each answer to a request for a list, what is taken from it; "" where the list was taken before."""
    found: dict[int, str] = {}
    seen: set[tuple[str, str]] = set()
    for one in asked:
        if one.answer is not None and one.method in _LISTS:
            key = (one.method, str(one.params.get("cursor")))
            found[id(one.answer)] = "" if key in seen else _LISTS[one.method]
            seen.add(key)
    return found


def _known(asked: list[Asked], lists: dict[str, list[Expr]]) -> set[str]:
    """The lists that were answered to their end, or that the server says it does not have. A conversation that was
    broken off may have ended before the next page, or the next list, was asked for."""
    open_ = {_LISTS[one.method] for one in asked if one.method in _LISTS and one.result is None}
    for method, key in _LISTS.items():
        cursors = {one.params.get("cursor") for one in asked if one.method == method}
        nexts = {one.result.get("nextCursor") for one in asked if one.method == method and one.result is not None}
        if any(isinstance(each, str) and each not in cursors for each in nexts):
            open_.add(key)
    without = {key for method, key in _LISTS.items() if not_offered(asked, method)}
    return (set(lists) | without) - open_


def not_offered(asked: Iterable[Asked], method: str) -> bool:
    """Whether a list was not asked for because the server says it has none. Tools are asked for in any case."""
    hello = next((one.result for one in asked if one.method in ("initialize", "server/discover") and one.result), None)
    if hello is None or method == "tools/list" or any(one.method == method for one in asked):
        return False
    offered = hello.get("capabilities")
    return method.partition("/")[0] not in (offered if isinstance(offered, dict) else {})


# ---------------------------------------------------------------- source and service


def _compared(
    uri: str, unit: Unit, expected: Any, lists: dict[str, list[Expr]], word: Str | None, known: set[str]
) -> Iterator[Served]:
    """Everything served or foretold, by kind and name. ``known``: the lists of which all is known."""
    expected = expected if isinstance(expected, dict) else {}
    sure = bool(expected.get("whole"))
    mentioned = frozenset(name for name in _list(expected.get("mentioned")) if isinstance(name, str))
    unknown = [u for u in _list(expected.get("unknown")) if isinstance(u, dict) and "pointer" in u]
    for key, (kind, named, at) in _KINDS.items():
        foretold: dict[str, Definition] = {}
        for i, entry in enumerate(_list(expected.get(key))):
            if isinstance(entry, dict) and isinstance(entry.get(named), str):
                head = f"/{key}/{i}/"
                missing = tuple(
                    Unknown(str(u["pointer"])[len(head) - 1 :], str(u.get("reason", "")))
                    for u in unknown
                    if str(u.get("pointer", "")).startswith(head)
                )
                foretold.setdefault(entry[named], Definition(kind, entry, missing))
        served: dict[str, tuple[Str, dict[str, Any]]] = {}
        for node in lists.get(key, ()):
            literal = node.get(named) if isinstance(node, Dict) else None
            if isinstance(literal, Str):
                served.setdefault(literal.value, (literal, plain(node)))
        for name, (node, entry) in served.items():
            place = replace(_place(uri, unit, "", node), pointer=f"{at}/{escaped(name)}")
            definition = foretold.get(name)
            found = () if definition is None else tuple(differences(entry, definition))
            yield Served(kind, name, place, entry, definition, sure and name not in mentioned, found)
        for name, definition in foretold.items():
            if name not in served and key in known:
                place = replace(_place(uri, unit, "", word), pointer=f"{at}/{escaped(name)}")
                yield Served(kind, name, place, None, definition, sure)


def differences(entry: dict[str, Any], expected: Definition) -> Iterator[Difference]:
    """What of an entry is otherwise than foretold; what was not known is not looked at."""
    open_at = {u.pointer for u in expected.unknown}
    yield from _differing(entry, expected.entry, "", open_at)


def _differing(served: Any, expected: Any, at: str, unknown: set[str]) -> Iterator[Difference]:
    if at in unknown or served == expected:
        return
    if isinstance(served, str) and isinstance(expected, str) and served.split() == expected.split():
        return  # how a docstring is indented depends on the Python that runs it
    if isinstance(served, dict) and isinstance(expected, dict):
        more = f"{at}/*" in unknown
        for key in dict.fromkeys((*expected, *served)):
            below = f"{at}/{escaped(key)}"
            if below in unknown or (key not in expected and (more or key in _ADDED)):
                continue
            if key not in served or key not in expected:
                yield Difference(below, served.get(key), expected.get(key))
            else:
                yield from _differing(served[key], expected[key], below, unknown)
    elif isinstance(served, list) and isinstance(expected, list) and len(served) == len(expected):
        for i, (one, other) in enumerate(zip(served, expected, strict=True)):
            yield from _differing(one, other, f"{at}/{i}", unknown)
    elif not any(pointer.startswith(f"{at}/") for pointer in unknown):
        yield Difference(at, served, expected)


_ADDED = frozenset(("_meta", "execution"))
"""What servers put into entries by themselves, and no description or schema depends on."""


# ---------------------------------------------------------------- HTTP


def _endpoints(uri: str, unit: Unit, lines: list[tuple[str, Expr, Str]]) -> Iterator[Endpoint]:
    found: dict[str, list[Exchange]] = {}
    about: dict[str, dict[str, Any]] = {}
    for kind, value, key in lines:
        said = plain(value) if kind == "exchange" else None
        if not isinstance(said, dict):
            continue
        url = str(said.get("endpoint") or said.get("url"))
        about.setdefault(url, {}).update({k: said[k] for k in ("guarded", "local") if k in said})
        found.setdefault(url, []).append(
            Exchange(
                str(said.get("asks")),
                _place(uri, unit, f"endpoint/{said.get('asks')}", key),
                str(said.get("method", "POST")),
                str(said.get("url")),
                _headers(said.get("headers")),
                str(said.get("body", "")),
                int(_number(said.get("status"))),
                _headers(said.get("answered")),
                str(said.get("text", "")),
            )
        )
    for url, exchanges in found.items():
        place = replace(exchanges[0].place, pointer="/session/endpoint")
        flags = about[url]
        yield Endpoint(url, place, bool(flags.get("guarded")), bool(flags.get("local")), tuple(exchanges))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(value: Any) -> float:
    return value if isinstance(value, (int, float)) else 0


def _headers(value: Any) -> tuple[tuple[str, str], ...]:
    pairs = value.items() if isinstance(value, dict) else ()
    return tuple((str(name).lower(), str(each)) for name, each in pairs)
