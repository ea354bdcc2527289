"""Where in the arguments of a tool free text may stand: also in objects within lists within objects."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any, Union

from .values import Schema, Unmakeable, properties, resolved, types, valid

Path = tuple[Union[str, int], ...]
"""The name of an argument, then keys of objects and positions in lists."""
_DEEP = 5
_MOST = 40
"""Places of one tool; each is tried some twenty times."""


def texts(schema: Schema) -> list[Path]:
    """The places that take free text, those further out first."""
    return sorted(_texts(schema, schema, ()), key=len)[:_MOST]


def said(path: Path) -> str:
    """``filters[0].name``"""
    return "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in path).removeprefix(".")


def there(value: Any, path: Path) -> Any:
    """What stands at a place; ``None`` where nothing does."""
    for key in path:
        if isinstance(value, Mapping) and isinstance(key, str):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return None
    return value


def plain(schema: Schema, path: Path) -> str:
    """A text that fits there, as far as one can be made."""
    below: Any = schema
    for key in path:
        below = _below(_inner(below, schema), key)
    name = next((key for key in reversed(path) if isinstance(key, str)), "")
    with contextlib.suppress(Unmakeable):
        found = valid(below, schema, name)
        return found if isinstance(found, str) else "test"
    return "test"


def put(schema: Schema, base: Any, path: Path, text: str) -> Any:
    """Arguments with a text at a place, and what the schema requires around it."""
    return _put(schema, schema, base, path, text)


def _put(schema: Any, root: Schema, given: Any, path: Path, text: str) -> Any:
    if not path:
        return text
    inner, key = _inner(schema, root), path[0]
    if isinstance(key, int):
        return [_put(_below(inner, key), root, None, path[1:], text)]
    found = given
    if not isinstance(found, dict):
        with contextlib.suppress(Unmakeable):
            found = valid(inner, root)
    found = dict(found) if isinstance(found, dict) else {}
    return {**found, key: _put(_below(inner, key), root, found.get(key), path[1:], text)}


def _texts(schema: Any, root: Schema, path: Path) -> Iterator[Path]:
    found = resolved(schema, root)
    if len(path) > _DEEP or "enum" in found or "const" in found:
        return
    accepted = types(found, root)
    if path and (accepted is None or "string" in accepted):
        yield path
        return
    inner = _inner(found, root)
    for name in properties(inner):
        yield from _texts(properties(inner)[name], root, (*path, name))
    if path and "array" in (types(inner, root) or ()):
        yield from _texts(inner.get("items", {}), root, (*path, 0))


def _inner(schema: Any, root: Schema) -> Schema:
    """A schema, or that of its alternatives in which something can stand."""
    found = resolved(schema, root)
    for key in ("anyOf", "oneOf"):
        options = found.get(key)
        for option in options[:20] if isinstance(options, list) else ():
            chosen = resolved(option, root)
            if properties(chosen) or "items" in chosen:
                return chosen
    return found


def _below(schema: Schema, key: str | int) -> Any:
    return schema.get("items", {}) if isinstance(key, int) else properties(schema).get(key, {})
