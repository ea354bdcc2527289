"""Two JSON schemas compared by what values they admit: where the second admits more, where it admits less."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mcp_lsp.read.reading import escaped
from mcp_lsp_analyzers.record import NamedTuple

_DEEPEST = 12
_KEPT = 60  # characters of a value in a message


class Difference(NamedTuple):
    """``path``: names of the arguments inside of each other, "[]" for items. ``said`` in words; ``wider``: the second
    admits what the first did not, ``None`` where neither contains the other."""

    path: tuple[str, ...]
    said: str
    wider: bool | None


def differences(before: Any, now: Any, unknown: frozenset[str] = frozenset()) -> Iterator[Difference]:
    """What differs between two schemas of objects. ``unknown``: pointers into either that are not compared."""
    if isinstance(before, dict) and isinstance(now, dict) and "/*" not in unknown and "" not in unknown:
        yield from _Pair(before, now, unknown).compare(before, now, (), "", 0)


class _Pair:
    def __init__(self, before: dict[str, Any], now: dict[str, Any], unknown: frozenset[str]) -> None:
        self.roots = (before, now)
        self.unknown = unknown

    def compare(self, before: Any, now: Any, path: tuple[str, ...], pointer: str, depth: int) -> Iterator[Difference]:
        before, now = _resolved(before, self.roots[0]), _resolved(now, self.roots[1])
        if before == now or depth > _DEEPEST or self._unknown(pointer):
            return
        if not isinstance(before, dict) or not isinstance(now, dict):
            yield Difference(path, f"{_name(path)} has another schema", None)
            return
        if "anyOf" in before or "anyOf" in now or "oneOf" in before or "oneOf" in now:
            yield from self._alternatives(before, now, path, pointer, depth)
            return
        closed = "enum" in before or "const" in before or "enum" in now or "const" in now
        if closed:
            yield from _choices(before, now, path)
        else:
            yield from _types(before, now, path)
        yield from _bounds(before, now, path)
        if "default" in before and "default" in now and before["default"] != now["default"]:
            said = f"is {_shown(now['default'])} where it is left out, and was {_shown(before['default'])}"
            yield Difference(path, f"{_name(path)} {said}", None)
        yield from self._members(before, now, path, pointer, depth)
        if isinstance(before.get("items"), dict) and isinstance(now.get("items"), dict):
            yield from self.compare(before["items"], now["items"], (*path, "[]"), f"{pointer}/items", depth + 1)

    def _unknown(self, pointer: str) -> bool:
        return any(pointer == each.removesuffix("/*") for each in self.unknown)

    def _members(
        self, before: dict[str, Any], now: dict[str, Any], path: tuple[str, ...], pointer: str, depth: int
    ) -> Iterator[Difference]:
        old, new = before.get("properties") or {}, now.get("properties") or {}
        if not isinstance(old, dict) or not isinstance(new, dict) or self._unknown(f"{pointer}/properties"):
            return
        needed, needs = before.get("required") or (), now.get("required") or ()
        for name in new:
            below = (*path, name)
            at = f"{pointer}/properties/{escaped(name)}"
            if name not in old:
                if not self._unknown(at):
                    told = "has to be given" if name in needs else "is a new argument"
                    yield Difference(below, f"{_name(below)} {told}", None)
                continue
            if name in needed and name not in needs:
                yield Difference(below, f"{_name(below)} may be left out", True)
            elif name in needs and name not in needed:
                yield Difference(below, f"{_name(below)} has to be given", False)
            yield from self.compare(old[name], new[name], below, at, depth + 1)
        for name in old:
            if name not in new and not self._unknown(f"{pointer}/properties/{name}"):
                yield Difference(path, f"`{name}` is no argument any more", False)
        if before.get("additionalProperties") is False and now.get("additionalProperties", True) is True:
            if now.get("additionalProperties") is True:
                yield Difference(path, f"{_name(path)} takes any further arguments", True)

    def _alternatives(
        self, before: dict[str, Any], now: dict[str, Any], path: tuple[str, ...], pointer: str, depth: int
    ) -> Iterator[Difference]:
        old = [_bare(_resolved(one, self.roots[0])) for one in _variants(before)]
        new = [_bare(_resolved(one, self.roots[1])) for one in _variants(now)]
        gone = [one for one in old if one not in new]
        came = [one for one in new if one not in old]
        if len(gone) == len(came) == 1:
            yield from self.compare(gone[0], came[0], path, pointer, depth + 1)
            return
        if came:
            yield Difference(path, f"{_name(path)} takes {_kind(came[0])} as well", True if not gone else None)
        elif gone:
            yield Difference(path, f"{_name(path)} no longer takes {_kind(gone[0])}", False)


def _choices(before: dict[str, Any], now: dict[str, Any], path: tuple[str, ...]) -> Iterator[Difference]:
    old, new = _closed(before), _closed(now)
    if old is None:
        assert new is not None
        yield Difference(path, f"{_name(path)} takes only {_listed(new)}", False)
    elif new is None:
        kind = _kind(now)
        yield Difference(path, f"{_name(path)} takes {_any(kind)}, not only {_listed(old)}", True)
    else:
        came = [value for value in new if value not in old]
        gone = [value for value in old if value not in new]
        if came:
            yield Difference(path, f"{_name(path)} takes {_listed(came)} as well", True)
        elif gone:
            yield Difference(path, f"{_name(path)} no longer takes {_listed(gone)}", False)


def _types(before: dict[str, Any], now: dict[str, Any], path: tuple[str, ...]) -> Iterator[Difference]:
    old, new = _kinds(before), _kinds(now)
    if old == new:
        return
    if not new:
        yield Difference(path, f"{_name(path)} takes anything, not only {_kind(before)}", True)
    elif not old:
        yield Difference(path, f"{_name(path)} takes only {_kind(now)}", False)
    elif old < new:
        yield Difference(path, f"{_name(path)} takes {' or '.join(sorted(new - old))} as well", True)
    elif new < old:
        yield Difference(path, f"{_name(path)} no longer takes {' or '.join(sorted(old - new))}", False)
    else:
        yield Difference(path, f"{_name(path)} takes {_kind(now)}, not {_kind(before)}", None)


_UPPER = {
    "maxLength": "may be longer than {}", "maximum": "may be more than {}", "exclusiveMaximum": "may be {} and more",
    "maxItems": "may have more than {} items", "maxProperties": "may have more than {} members",
}  # fmt: skip
_LOWER = {
    "minLength": "may be shorter than {}", "minimum": "may be less than {}", "exclusiveMinimum": "may be {} and less",
    "minItems": "may have fewer than {} items", "minProperties": "may have fewer than {} members",
}  # fmt: skip
_FORMS = ("pattern", "format", "contentEncoding", "multipleOf")


def _bounds(before: dict[str, Any], now: dict[str, Any], path: tuple[str, ...]) -> Iterator[Difference]:
    for table, sign in ((_UPPER, 1), (_LOWER, -1)):
        for key, words in table.items():
            old, new = before.get(key), now.get(key)
            if old == new or isinstance(old, bool) or isinstance(new, bool):
                continue
            if not isinstance(old, (int, float)):
                if isinstance(new, (int, float)) and not _choosing(before, now):
                    yield Difference(path, f"{_name(path)} is bounded now: {key} {new}", False)
            elif new is None:
                if not _choosing(before, now):
                    yield Difference(path, f"{_name(path)} {words.format(old)}", True)
            elif isinstance(new, (int, float)):
                wider = (new - old) * sign > 0
                yield Difference(path, f"{_name(path)} {words.format(old)}" if wider else
                                 f"{_name(path)} is bounded closer: {key} {new}", wider)  # fmt: skip
    for key in _FORMS:
        old, new = before.get(key), now.get(key)
        if old == new:
            continue
        if new is None:
            yield Difference(path, f"{_name(path)} need not match {_shown(old)} any more", True)
        elif old is None:
            yield Difference(path, f"{_name(path)} has to match {_shown(new)}", False)
        else:
            yield Difference(path, f"{_name(path)} has to match {_shown(new)}, not {_shown(old)}", None)


def _choosing(before: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether the bounds went or came with the type, of which enough is said."""
    return _kinds(before) != _kinds(now)


def _resolved(schema: Any, root: dict[str, Any], depth: int = 0) -> Any:
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    if not isinstance(reference, str) or not reference.startswith("#/") or depth > _DEEPEST:
        if isinstance(schema, dict) and isinstance(schema.get("allOf"), list) and len(schema["allOf"]) == 1:
            rest = {key: value for key, value in schema.items() if key != "allOf"}
            inner = _resolved(schema["allOf"][0], root, depth + 1)
            return {**inner, **rest} if isinstance(inner, dict) else schema
        return schema
    at: Any = root
    for part in reference[2:].split("/"):
        at = at.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(at, dict) else None
    if not isinstance(at, dict):
        return schema
    return _resolved({**at, **{key: value for key, value in schema.items() if key != "$ref"}}, root, depth + 1)


_SPOKEN = ("description", "title", "examples", "$schema", "$comment", "deprecated")


def _bare(schema: Any) -> Any:
    return {k: v for k, v in schema.items() if k not in _SPOKEN} if isinstance(schema, dict) else schema


def _variants(schema: dict[str, Any]) -> list[Any]:
    for key in ("anyOf", "oneOf"):
        if isinstance(schema.get(key), list):
            return list(schema[key])
    if isinstance(schema.get("type"), list):
        return [{**schema, "type": one} for one in schema["type"]]
    return [{key: value for key, value in schema.items() if key != "default"}]


def _closed(schema: dict[str, Any]) -> list[Any] | None:
    if isinstance(schema.get("enum"), list):
        return list(schema["enum"])
    return [schema["const"]] if "const" in schema else None


def _kinds(schema: dict[str, Any]) -> frozenset[str]:
    named = schema.get("type")
    found = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    kinds = {one for one in found if isinstance(one, str)}
    return frozenset(kinds | {"integer"} if "number" in kinds else kinds)


_WORDS = {"string": "text", "object": "an object", "array": "a list", "boolean": "true or false",
          "integer": "a whole number", "number": "a number", "null": "null"}  # fmt: skip


def _kind(schema: Any) -> str:
    if not isinstance(schema, dict):
        return "anything"
    closed = _closed(schema)
    if closed is not None:
        return _listed(closed)
    kinds = sorted(_kinds(schema) - ({"integer"} if "number" in _kinds(schema) else set()))
    return " or ".join(_WORDS.get(kind, kind) for kind in kinds) or "anything"


def _any(kind: str) -> str:
    return {"text": "any text", "a whole number": "any whole number", "a number": "any number"}.get(kind, kind)


def _listed(values: list[Any]) -> str:
    shown = [_shown(value) for value in values[:4]] + (["…"] if len(values) > 4 else [])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _KEPT else text[: _KEPT - 1] + "…"


def _name(path: tuple[str, ...]) -> str:
    if not path:
        return "it"
    return "`" + ".".join(path).replace(".[]", "[]") + "`"
