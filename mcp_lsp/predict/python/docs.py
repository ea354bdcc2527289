"""Docstrings as each SDK sends them: raw, cleaned of indentation, or taken apart into a text and one per parameter.

fastmcp 3 and later take them apart with griffe, which reads the styles of Google, NumPy and Sphinx line by line; what
is here follows griffe 2.4, also where that is not what an author meant (no blank line above ``Args:``: no section).
"""

from __future__ import annotations

import re

from mcp_lsp_analyzers.code import Join, Str, Unit
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import NamedTuple

from .sight import text_of
from .texts import cleaned, compiled


def docstring(doc: Str | Join | None, unit: Unit, python: tuple[int, int]) -> str | None:
    """``__doc__``: since Python 3.13 the compiler takes the common indentation away."""
    text = text_of(doc, unit)
    return compiled(text) if text is not None and python >= (3, 13) else text


class Parts(NamedTuple):
    description: str | None
    parameters: dict[str, str]


class _Section(NamedTuple):
    """``kind``: "text", "parameters" or "other"."""

    kind: str
    text: str = ""
    parameters: tuple[tuple[str, str], ...] = ()


def parts(text: str, major: int) -> Parts:
    """What fastmcp 3 and later make of a cleaned docstring."""
    if not text:
        return Parts(None, {})
    lines = text.split("\n")
    for read in (_google, _numpy, _sphinx):
        sections = read(lines)
        described = [section.text for section in sections if section.kind == "text"]
        parameters = dict(pair for section in sections for pair in section.parameters)
        told = any(section.kind != "text" for section in sections)
        if parameters or (major >= 4 and told):
            return Parts(described[0] if described else None, parameters)
    return Parts(text, {})


def _empty(line: str) -> bool:
    return not line.strip()


def _text(lines: list[str]) -> list[_Section]:
    return [_Section("text", "\n".join(lines).rstrip("\n"))] if any(lines) else []


# ---------------------------------------------------------------- Google

_TITLE = pattern(r"(\w[\s\w-]*):(\s+[^\s].*)?\s*\Z")
_PARAMETERS = frozenset({"args", "arguments", "params", "parameters"})


def _google(lines: list[str]) -> list[_Section]:
    found: list[_Section] = []
    current: list[str] = []
    at, fenced = 0, False
    while at < len(lines):
        line = lines[at]
        title = None if fenced else _TITLE.match(line)
        if line.lstrip(" ").startswith("```"):
            fenced = not fenced
            title = None
        if title is None or not _opens(lines, at):
            current.append(line)
            at += 1
            continue
        width = len(lines[at + 1]) - len(lines[at + 1].lstrip())
        end = at + 1
        while end < len(lines) and (_empty(lines[end]) or lines[end].startswith(" " * width)):
            end += 1
        found += _text(current)
        current = []
        if title[1].lower() in _PARAMETERS:
            found.append(_Section("parameters", "", tuple(_entries(lines[at + 1 : end], width))))
        else:
            found.append(_Section("other"))
        at = end
    return found + _text(current)


def _opens(lines: list[str], at: int) -> bool:
    """Whether the line is the title of a section: a blank line above it, an indented one right below."""
    below = at + 1 < len(lines) and not _empty(lines[at + 1]) and lines[at + 1].startswith(" ")
    return below and (at == 0 or _empty(lines[at - 1]))


def _entries(lines: list[str], width: int) -> list[tuple[str, str]]:
    items: list[list[str]] = []
    for line in lines:
        if _empty(line):
            items[-1].append("")
        elif line.startswith(" " * width * 2):
            items[-1].append(line[width * 2 :])
        elif line.startswith(" " * (width + 1)):
            items[-1].append(line.lstrip())
        else:
            items.append([line[width:]])
    found = []
    for item in items:
        name, colon, said = item[0].partition(":")
        if colon:
            if "(" in name and name.endswith(")"):
                name = name.split("(", 1)[0].strip()
            found.append((name, "\n".join([said.lstrip(), *item[1:]]).rstrip("\n")))
    return found


# ---------------------------------------------------------------- NumPy

_SECTIONS = frozenset({
    "deprecated", "parameters", "other parameters", "type parameters", "returns", "yields", "receives", "raises",
    "warns", "examples", "attributes", "functions", "methods", "classes", "type aliases", "modules",
})  # fmt: skip
_NAMES = pattern(r"(\*{0,2}[_a-z][_a-z0-9]*(?:,\s\*{0,2}[_a-z][_a-z0-9]*)*)(?:\s:\s.*)?", re.IGNORECASE)


def _dashes(line: str) -> bool:
    return "-" in line and _empty(line.replace("-", ""))


def _numpy(lines: list[str]) -> list[_Section]:
    found: list[_Section] = []
    current: list[str] = []
    at, fenced, titled = 0, False, False

    def close() -> None:
        if any(current):
            found.extend([_Section("other")] if titled else _text(current))

    while at < len(lines):
        line = lines[at]
        if line.lstrip(" ").startswith("```"):
            fenced = not fenced
            current.append(line)
        elif fenced or _empty(line) or at + 1 == len(lines) or not _dashes(lines[at + 1]):
            current.append("" if not fenced and _empty(line) else line)
        else:
            close()
            current = []
            titled = line.lower() not in _SECTIONS
            if titled:
                at += 1
            else:
                at, items = _items(lines, at + 2)
                if line.lower() == "parameters":
                    pairs = tuple(_named(items))
                    found += [_Section("parameters", "", pairs)] if pairs else []
                else:
                    found.append(_Section("other"))
                continue
        at += 1
    close()
    return found


def _items(lines: list[str], at: int) -> tuple[int, list[list[str]]]:
    items: list[list[str]] = []
    while at < len(lines) and _empty(lines[at]):
        at += 1
    while at < len(lines):
        line = lines[at]
        if items and _empty(line):
            items[-1].append("")
        elif items and line.startswith("    "):
            items[-1].append(line[4:])
        elif items and line.startswith(" "):
            items[-1].append(line.lstrip())
        elif items and at + 1 < len(lines) and _dashes(lines[at + 1]):
            break
        else:
            items.append([line])
        at += 1
    return at, items


def _named(items: list[list[str]]) -> list[tuple[str, str]]:
    found = []
    for item in items:
        match = _NAMES.match(item[0])
        if match is not None:
            said = "\n".join(item[1:]).rstrip()
            found += [(name, said) for name in match[1].split(", ")]
    return found


# ---------------------------------------------------------------- Sphinx

_ARGUMENTS = (":param", ":parameter", ":arg", ":argument", ":key", ":keyword")
_OTHERS = (":type", ":var", ":ivar", ":cvar", ":vartype", ":raises", ":raise", ":except", ":exception", ":returns",
           ":return", ":rtype")  # fmt: skip


def _sphinx(lines: list[str]) -> list[_Section]:
    described: list[str] = []
    parameters: dict[str, str] = {}
    told = False
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.startswith((*_ARGUMENTS, *_OTHERS)):
            described.append(line)
            at += 1
            continue
        end = at + 1
        while end < len(lines) and not lines[end].startswith(":"):
            end += 1
        whole = cleaned("\n".join([line.lstrip(), *lines[at + 1 : end]])).rstrip("\n")
        pieces = whole.split(":", 2)
        if len(pieces) == 3:
            words = pieces[1].split(" ")
            if line.startswith(_ARGUMENTS) and not line.startswith(":type"):
                if len(words) > 1:
                    parameters.setdefault(words[-1], pieces[2].strip())
            else:
                told = told or not line.startswith((":type", ":vartype", ":rtype"))
        at = end
    while described and _empty(described[0]):
        described.pop(0)
    while described and _empty(described[-1]):
        described.pop()
    found = [_Section("text", "\n".join(described))]
    if parameters:
        found.append(_Section("parameters", "", tuple(parameters.items())))
    return [*found, _Section("other")] if told else found
