"""What a docstring says of each parameter, as fastmcp 3 and later read it: Google style, then NumPy, then Sphinx."""

from __future__ import annotations

import re

from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Text

from .cutting import cut, lines

_SECTION = pattern(
    r"(args|arguments|params|parameters|keyword args|keyword arguments|other parameters|returns?|yields?|receives"
    r"|raises|exceptions|warns|attributes|functions|methods|classes|modules|examples?)\s*:\s*\Z",
    re.IGNORECASE,
)
_PARAMETERS = frozenset(
    ("args", "arguments", "params", "parameters", "keyword args", "keyword arguments", "other parameters")
)
_ENTRY = pattern(r"\*{0,2}(\w+)(?:\s*\([^)]*\))?\s*:\s?")
_FIELD = pattern(r":(?:param|parameter|arg|argument|key|keyword)\s+(?:[^:]*?\s)?\*{0,2}(\w+)\s*:\s?")
_OTHER_FIELD = pattern(r":\w+[^:]*:")

Ranges = list[tuple[int, int]]


def parsed(doc: Text) -> tuple[Text, dict[str, Text]]:
    """The text before the first section, and the description of each parameter. ``doc`` is cleaned of indentation."""
    value = doc.value
    if ":" not in value and "----" not in value:
        return doc, {}
    spans = lines(value)
    for read in (_google, _numpy, _sphinx):
        found = read(value, spans)
        if found is not None:
            until, entries = found
            while until and not value[slice(*spans[until - 1])].strip():
                until -= 1
            head = spans[:until]
            if head and value[head[-1][1] - 1 : head[-1][1]] == "\n":
                head[-1] = (head[-1][0], head[-1][1] - 1)
            return cut(doc, head), {name: cut(doc, _trimmed(value, ranges)) for name, ranges in entries.items()}
    return doc, {}


def _trimmed(value: str, ranges: Ranges) -> Ranges:
    while ranges and not value[slice(*ranges[-1])].strip():
        ranges.pop()
    if ranges:
        start, end = ranges[-1]
        ranges[-1] = (start, start + len(value[start:end].rstrip()))
    return ranges


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _google(value: str, spans: Ranges) -> tuple[int, dict[str, Ranges]] | None:
    entries: dict[str, Ranges] = {}
    until = None
    i = 0
    while i < len(spans):
        line = value[slice(*spans[i])]
        header = _SECTION.match(line.strip()) if line[:1].isalpha() else None
        follows = (
            i + 1 < len(spans) and _indent(value[slice(*spans[i + 1])]) > 0 and value[slice(*spans[i + 1])].strip()
        )
        if header is None or not follows:
            i += 1
            continue
        until = i if until is None else until
        listed = header[1].lower() in _PARAMETERS
        width = _indent(value[slice(*spans[i + 1])])
        current: Ranges | None = None
        i += 1
        while i < len(spans):
            start, end = spans[i]
            line = value[start:end]
            if line.strip() and _indent(line) == 0:
                break
            if listed:
                entry = _ENTRY.match(line.strip("\n"), width) if _indent(line) == width else None
                if entry is not None:
                    current = entries.setdefault(entry[1], [])
                    current.append((start + entry.end(), end))
                elif current is not None:
                    current.append((start + min(_indent(line), end - start - 1) if line.strip() else start, end))
            i += 1
    return None if until is None else (until, entries)


def _numpy(value: str, spans: Ranges) -> tuple[int, dict[str, Ranges]] | None:
    entries: dict[str, Ranges] = {}
    until = None
    listed = False
    current: Ranges | None = None
    for i, (start, end) in enumerate(spans):
        line = value[start:end].strip()
        after = value[slice(*spans[i + 1])].strip() if i + 1 < len(spans) else ""
        if line and len(after) > 2 and not after.strip("-") and _SECTION.match(line + ":"):
            until = i if until is None else until
            listed, current = line.lower() in _PARAMETERS, None
        elif listed and line and line.strip("-"):
            if _indent(value[start:end]) == 0:
                current = entries.setdefault(line.partition(":")[0].strip().lstrip("*"), [])
            elif current is not None:
                current.append((start + _indent(value[start:end]), end))
    return None if until is None else (until, entries)


def _sphinx(value: str, spans: Ranges) -> tuple[int, dict[str, Ranges]] | None:
    entries: dict[str, Ranges] = {}
    until = None
    current: Ranges | None = None
    for i, (start, end) in enumerate(spans):
        line = value[start:end]
        stripped = line.lstrip()
        field = _FIELD.match(stripped)
        if field is not None:
            until = i if until is None else until
            current = entries.setdefault(field[1], [])
            current.append((start + len(line) - len(stripped) + field.end(), end))
        elif _OTHER_FIELD.match(stripped):
            until = i if until is None and entries else until
            current = None
        elif current is not None and stripped:
            current.append((start + _indent(line), end))
    return None if until is None else (until, entries)
