"""What of one file is approved: what clients get to see of its servers, what their handlers do, and what it installs or
launches. Everything in it is worked out from the source; what is computed at run time is left out, and said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from mcp_lsp.check import Analysis
from mcp_lsp.digest import digest
from mcp_lsp.predict import Sources, definition
from mcp_lsp_analyzers import record, sinks
from mcp_lsp_analyzers.code import Do, Function, Nested, Str, Unit
from mcp_lsp_analyzers.definition import Definition
from mcp_lsp_analyzers.flow import Handler
from mcp_lsp_analyzers.model import Item, Prompt, Resource, Server, Tool, parts
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Text
from mcp_lsp_analyzers.supply import Dependency, Launch

from .approval import State
from .words import same

ASKS = frozenset({"elicit", "elicitInput", "elicit_form", "elicit_input", "elicit_url"})
"""How a handler asks its user, by the last part of what it calls."""

_KINDS = {
    "process": "process", "vector": "process", "varargs": "process", "words": "process", "remote": "process",
    "options": "process", "program": "process", "argv": "process", "shell": "shell", "code": "code",
    "template": "template", "path-read": "file", "path-write": "path-write", "file": "file", "url": "url", "sql": "sql",
    "deserialise": "deserialise", "xml": "xml",
}  # fmt: skip
_ENVIRONMENT = frozenset({"os.getenv", "os.environ.get", "os.environ.copy", "os.environ.items"})
_ADDRESS = pattern(r"(?:https?|wss?|ftp)://(?:[^\s/@\"'<>]*@)?([\w.-]*\w\.[a-z]{2,}|\d+(?:\.\d+){3})(?![\w.{-])"
                   r"|(?<![\w.+@/-])([\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,})(?![\w@])", re.IGNORECASE)  # fmt: skip


def state(analysis: Analysis, sources: Sources) -> State:
    """What is approved of a file; empty where there is nothing."""
    found: State = {}
    handlers = {id(handler.of): handler for handler in analysis.handlers}
    language = analysis.document.language or ""
    for kind, items in by_kind(analysis.servers).items():
        found[kind] = {
            name: item_state(definition(item, server, sources), item, handlers.get(id(item)), language)
            for name, (item, server) in sorted(items.items())
        }
    found["instructions"] = {
        server.name: server.instructions.value for server in analysis.servers if server.instructions is not None
    }
    subjects = analysis.reading.subjects if analysis.reading is not None else ()
    found["launches"] = {each.name: launch_state(each) for each in subjects if isinstance(each, Launch)}
    found["dependencies"] = {
        key: each.requirement for key, each in sorted(dependencies(subjects)) if each.use != "development"
    }
    if analysis.servers and analysis.module is not None:
        found["addresses"] = sorted(dict.fromkeys(address for address, _, _ in addresses(analysis)))
    return {kind: value for kind, value in found.items() if value}


def by_kind(servers: Iterable[Server]) -> dict[str, dict[str, tuple[Item, Server]]]:
    """The items of a file's servers by name; of several of one name the second is "name#2". What has no name yet is
    left out."""
    found: dict[str, dict[str, tuple[Item, Server]]] = {"tools": {}, "prompts": {}, "resources": {}}
    for server in servers:
        for item in server.items:
            name = item.uri.value or item.name if isinstance(item, Resource) else item.name
            kind = "tools" if isinstance(item, Tool) else "prompts" if isinstance(item, Prompt) else "resources"
            if not name:
                continue
            unique, n = name, 1
            while unique in found[kind]:
                n += 1
                unique = f"{name}#{n}"
            found[kind][unique] = (item, server)
    return found


def item_state(predicted: Definition, item: Item, handler: Handler | None, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {"entry": predicted.entry}
    if predicted.unknown:
        found["unknown"] = sorted({missing.pointer for missing in predicted.unknown})
    beside = {pointer: text.value for pointer, text in texts(item) if not _in(predicted, pointer, text)}
    if beside:
        found["texts"] = dict(sorted(beside.items()))
    if handler is not None:
        found["handler"] = {**handler_state(handler, language), "code": code(handler.function)}
    return found


def _in(predicted: Definition, pointer: str, text: Text) -> bool:
    """Whether a text stands in the entry as it is in the source: one may be laid out, or completed, on the way."""
    said = predicted.get(pointer)
    return isinstance(said, str) and same(said, text.value)


def texts(item: Item) -> Iterator[tuple[str, Text]]:
    """What a model reads of an item, with the pointer inside of its entry."""
    at = item.place.pointer
    for part in parts(item):
        if isinstance(part, Text) and part.place.pointer.startswith(at + "/"):
            pointer = part.place.pointer[len(at) :]
            if pointer.rpartition("/")[2] in ("description", "title"):
                yield pointer, part


def handler_state(handler: Handler, language: str) -> dict[str, Any]:
    """What a handler does: "reaches" from what a model chose to where it takes effect, with the checks on every way
    there; "calls" that take effect by themselves; how it "asks" its user."""
    reaches: dict[str, set[str]] = {}
    for flow in handler.flows:
        key = f"{flow.source.name} -> {flow.sink.kind} {flow.sink.call}"
        guards = {guard.kind for guard in flow.guards}
        reaches[key] = reaches[key] & guards if key in reaches else guards
    calls = {f"{kind} {call.target}" for call in handler.calls if (kind := effect(language, call.target))}
    asks = sorted({last for call in handler.calls if (last := call.target.rpartition(".")[2]) in ASKS})
    found: dict[str, Any] = {
        "reaches": {key: sorted(guards) for key, guards in sorted(reaches.items())},
        "calls": sorted(calls),
        "asks": asks,
    }
    return {key: value for key, value in found.items() if value}


def effect(language: str, target: str) -> str:
    """The kind of effect that a call has whatever it is given; "" for none that counts."""
    if not target:
        return ""
    if target in _ENVIRONMENT:
        return "environment"
    kinds = [_KINDS[api.kind] for api in sinks.api(language, target) if api.kind in _KINDS]
    return kinds[0] if kinds else ""


def code(function: Function) -> str:
    """A digest of a handler's code, whatever its layout, comments and documentation."""
    written: list[str] = []
    _write([function.params, function.body], written, 0)
    return digest("\0".join(written).encode("utf-8", "surrogatepass"), size=8)


_LAYOUT = frozenset({"start", "end", "name_start", "pieces", "unit", "parent", "cls", "doc", "decorators"})


def _write(node: object, written: list[str], depth: int) -> None:
    if depth > 200:
        return
    if isinstance(node, (list, tuple)):
        written.append("(")
        for part in node:
            _write(part, written, depth + 1)
        written.append(")")
    elif isinstance(node, Do) and isinstance(node.value, Str):
        return  # documentation
    elif record.is_dataclass(type(node)):
        if isinstance(node, Nested):  # how a long function is kept; the same code
            for statement in node.unit.statements:
                _write(statement, written, depth)
            return
        written.append(type(node).__name__)
        for each in record.fields(node):  # type: ignore[arg-type]
            if each.name not in _LAYOUT:
                _write(getattr(node, each.name), written, depth + 1)
    else:
        written.append(repr(node))


# ---------------------------------------------------------------- what stands beside servers


def addresses(analysis: Analysis) -> Iterator[tuple[str, Unit, tuple[int, int]]]:
    """Hosts and e-mail addresses in the string literals of a file, with the span in their unit."""
    waiting = list(analysis.module.units) if analysis.module is not None else []
    while waiting:
        unit = waiting.pop(0)
        waiting = [*unit.nested, *waiting]
        for literal in unit.strings:
            if "@" in literal.value or "://" in literal.value:
                yield from _in_literal(literal, unit)


def _in_literal(literal: Str, unit: Unit) -> Iterator[tuple[str, Unit, tuple[int, int]]]:
    exact = len(literal.pieces) == 1 and literal.pieces[0][1] - literal.pieces[0][0] == (
        literal.pieces[0][3] - literal.pieces[0][2]
    )
    for match in _ADDRESS.finditer(literal.value):
        group = 1 if match[1] else 2
        start, end = match.span(group)
        begin = literal.pieces[0][2] if exact else 0
        yield match[group].lower(), unit, (begin + start, begin + end) if exact else (literal.start, literal.end)


def launch_state(launch: Launch) -> dict[str, Any]:
    """How a client starts or reaches a server. Values of variables are the machine's own and are left out; what looks
    like a credential among the arguments is kept as a digest."""
    found: dict[str, Any] = {}
    if launch.command is not None:
        found["command"] = launch.command.value
    if launch.arguments:
        found["arguments"] = [masked(argument.value) for argument in launch.arguments]
    if launch.url is not None:
        found["url"] = masked(launch.url.value)
    if launch.environment:
        found["variables"] = sorted({name for name, _ in launch.environment})
    return found


_SECRET = pattern(r"(?=[^/\\\s]*\d)(?=[^/\\\s]*[A-Za-z])[\w+.~=-]{20,}")
_NAMED = pattern(
    r"((?:token|secret|passw(?:or)?d|api[-_]?key|key|auth\w*|credential)\w*[=:]\s*)(\S{6,})", re.IGNORECASE
)


def masked(value: str) -> str:
    """A value without what may be a credential in it: a digest stands there, so that another one is told from it."""
    value = _NAMED.sub(lambda m: m[1] + _stand_in(m[2]), value)
    value = re.sub(r"(?<=://)[^/@\s]+(?=@)", lambda m: _stand_in(m[0]), value)
    return _SECRET.sub(lambda m: m[0] if _version(m[0]) or m[0].startswith("blake2:") else _stand_in(m[0]), value)


def _stand_in(value: str) -> str:
    if re.fullmatch(r"\$\{.*\}|\$\w+|<.*>|blake2:.*", value):
        return value
    return f"blake2:{digest(value.encode('utf-8', 'surrogatepass'), size=6)}"


def _version(value: str) -> bool:
    """Whether a long word is the name of a package or a host and no credential: it is made of words."""
    letters = re.split(r"[^A-Za-z]+", value)
    return all(len(part) < 16 for part in letters) and sum(map(str.isdigit, value)) * 4 <= len(value)


def dependencies(subjects: Iterable[object]) -> Iterator[tuple[str, Dependency]]:
    """The packages a manifest asks for, by a name that is unique in it: one for each list it stands in."""
    for each in subjects:
        if isinstance(each, Dependency):
            yield each.place.pointer.lstrip("/"), each


def canonical(value: object) -> str:
    """JSON that is the same for what is the same."""
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
