"""Manifests and clients' lists of servers while they are written: which members there are, what they are for, which
values they take, and what the project knows of them already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from mcp_lsp.syntax import Document
from mcp_lsp_analyzers.code import Dict, Do, Items, Str
from mcp_lsp_analyzers.formats import FORMATS, Format, Member, table
from mcp_lsp_analyzers.place import Span
from mcp_lsp_analyzers.scope import Module
from mcp_lsp_analyzers.supply import Claim

from .offered import Completion
from .within import Within, within

_CODE = re.compile(r"(?:^|/)(?:\.vscode|Code(?: - Insiders)?/User(?:/profiles/[^/]+)?)/mcp\.json$")
QUOTE = '"'
_BEGINS = {"object": "{}", "list": "[]", "text": '""'}


def format_of(document: Document) -> Format | None:
    """The format of a file, by its name; a `manifest.json` of something else has none."""
    language = document.language or ""
    if language == "launch" and _CODE.search(document.uri.replace("%20", " ")):
        return FORMATS["launch of VS Code"]
    if language == "bundle" and not re.search(r'"(?:manifest_version"\s*:\s*"|dxt_version"|server")', document.text):
        return None if document.text.strip(" \t\r\n{}") else FORMATS[language]
    return FORMATS.get(language)


def completions(document: Document, offset: int, module: Module | None, subjects: Iterable[object]) -> list[Completion]:
    """The members and values that fit. ``subjects``: what was read of the file, with what the project says of it."""
    format_, at = format_of(document), within(document.text, offset)
    if format_ is None or at is None:
        return []
    if at.name:
        return list(_names(at, _members(format_, at.path), document.text, offset))
    begun = None if at.word is None else _OPEN.search(document.text, at.word.start, offset)
    if begun is not None:
        span = Span(begun.start("part"), offset)
        close = "" if document.text[offset : offset + 1] == "}" else "}"
        return [Completion(n, n + close, span, "variable", said) for n, said in _variables(begun["kind"], module)]
    values = dict(_of_project(subjects, offset))
    member = _member(format_, at)
    if member is not None:
        for word in ("true", "false") if member.kind == "flag" else member.values:
            values.setdefault(word, "")
    bare = member is not None and member.kind == "flag"
    return [_value(at, value, said, bare, document.text, offset) for value, said in values.items()]


def hover(document: Document, offset: int) -> tuple[str, Span] | None:
    """What a member is for, where its name or its value is pointed at. Markdown."""
    format_, at = format_of(document), within(document.text, offset)
    if format_ is None or at is None or at.word is None:
        return None
    member = _members(format_, at.path).get(at.member) if at.name else _member(format_, at)
    if member is None:
        return None
    name = at.member or str(at.path[-1])
    said = [f"`{name}`: {_lower(member.meaning)}"]
    if member.values:
        said.append("One of " + ", ".join(f"`{value}`" for value in member.values) + (", …" if member.other else ""))
    said.append(("Needed in " if member.needed else "Of ") + format_.title)
    return "\n\n".join(said), at.word


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[0].lower() + text[1:]


# ---------------------------------------------------------------- where


def _members(format_: Format, path: tuple[str | int, ...]) -> Mapping[str, Member]:
    """The members of the object at the end of a path; none, where it is a list."""
    members, inside = table(format_.root), True
    for step in path:
        if isinstance(step, int):
            inside = True  # of an element of the list, whose table is the list's
            continue
        member = members.get(step) or members.get("*")
        if member is None or not inside:
            return {}
        members, inside = table(member.inside), member.kind == "object"
    return members if inside else {}


def _member(format_: Format, at: Within) -> Member | None:
    """What a value is of; of an element of a list, the list."""
    if at.member:
        members = _members(format_, at.path)
        return members.get(at.member) or members.get("*")
    if not at.path or not isinstance(at.path[-1], str):
        return None
    found = _members(format_, at.path[:-1]).get(at.path[-1])
    return found if found is not None and found.kind == "list" else None


# ---------------------------------------------------------------- what fits


def _names(at: Within, members: Mapping[str, Member], text: str, offset: int) -> Iterator[Completion]:
    quoted = at.word is not None and text[at.word.start] == '"'
    for name, member in members.items():
        if name == "*" or name in at.others:
            continue
        written = name if quoted else f'"{name}"'
        span = _span(at, text, offset)
        if not at.colon:
            written += f"{QUOTE if quoted else ''}: {_BEGINS.get(member.kind, '')}"
            span = span if at.word is None else Span(span.start, at.word.end)
        yield Completion(
            name, written, span, "keyword", f"{member.meaning} (needed)" if member.needed else member.meaning
        )


def _value(at: Within, value: str, meaning: str, bare: bool, text: str, offset: int) -> Completion:
    quoted = at.word is not None and text[at.word.start] == '"'
    return Completion(value, value if bare or quoted else f'"{value}"', _span(at, text, offset), "value", meaning)


def _span(at: Within, text: str, offset: int) -> Span:
    """What is replaced: a word, that between quotes, or nothing."""
    if at.word is None:
        return Span(offset, offset)
    if text[at.word.start] != '"':
        return at.word
    closed = text[at.word.end - 1] == '"' and at.word.end - at.word.start > 1
    return Span(at.word.start + 1, at.word.end - closed)


# ---------------------------------------------------------------- what the project knows

_OPEN = re.compile(r"\$\{(?P<kind>user_config\.|input:)(?P<part>[\w.-]*)\Z")


def _variables(kind: str, module: Module | None) -> Iterator[tuple[str, str]]:
    """The names that this file declares for its own use."""
    for statement in module.units[0].statements if module is not None and module.units else ():
        root = statement.value if isinstance(statement, Do) else None
        if isinstance(root, Dict):
            yield from _asked(root, kind)


def _asked(root: Dict, kind: str) -> Iterator[tuple[str, str]]:
    if kind == "input:":
        asked = root.get("inputs")
        for each in asked.items if isinstance(asked, Items) else ():
            name = each.get("id") if isinstance(each, Dict) else None
            if isinstance(name, Str):
                yield name.value, _text(each, "description")
        return
    asked = root.get("user_config")
    for pair in asked.pairs if isinstance(asked, Dict) else ():
        if isinstance(pair.key, Str):
            yield pair.key.value, _text(pair.value, "title")


def _text(node: object, name: str) -> str:
    found = node.get(name) if isinstance(node, Dict) else None
    return found.value if isinstance(found, Str) else ""


def _of_project(subjects: Iterable[object], offset: int) -> Iterator[tuple[str, str]]:
    """What other files of the project say about the value at an offset."""
    claims = [each for each in subjects if isinstance(each, Claim)]
    said = {each.said for each in claims}
    for claim in claims:
        span = claim.place.span
        if span is not None and span.start <= offset <= span.end and claim.what in ("version", "name", "tool"):
            yield from ((value, f"As in {claim.source}") for value in claim.actual if value not in said)
