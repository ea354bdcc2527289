"""What can be written at the cursor: keywords of decorators and constructors, hints, arguments of `Field`, members of
a registration, variables of a URI template, methods of the protocol, rules in a suppression, whole declarations.

Computed on request only, from the text before the cursor and what is known of the file's servers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import code, registry
from mcp_lsp_analyzers.model import Sdk, Server
from mcp_lsp_analyzers.place import Span
from mcp_lsp_analyzers.protocol.eras import CONSTRUCTORS
from mcp_lsp_analyzers.protocol.registration import options
from mcp_lsp_analyzers.scope import Module

from . import words
from .cursor import Cursor, Frame, cursor
from .offered import Completion
from .snippets import snippets

LONGEST = 200_000
"""Characters of a statement before the cursor that are read: a few milliseconds."""


def completions(document: Document, module: Module | None, servers: Sequence[Server], offset: int) -> list[Completion]:
    """Everything that fits, whatever the letters typed so far: editors filter."""
    language = document.language
    if language is None or module is None:
        return []
    python = language == "python"
    start = max((u.anchor.start for u in module.units if u.anchor.start <= offset), default=0)
    if offset - start > LONGEST or not (python or language in ("typescript", "tsx", "javascript")):
        return _rules(_comment(document.text, offset), offset)
    at = cursor(document.text, start, offset, python)
    if at.comment is not None:
        return _rules(at.comment, offset)
    server = _nearest(servers, offset)
    sdk = server.sdk if server is not None else None
    found = _in_python(at, sdk, document.text, offset) if python else _in_script(at, sdk, document.text, offset)
    if not found and at.fresh and sdk is not None and not at.quote:
        found = list(_whole(at, sdk, server, offset))
    return found


def _nearest(servers: Sequence[Server], offset: int) -> Server | None:
    """The last server made above the cursor, else the first."""
    above = [s for s in servers if s.place.span is not None and s.place.span.start <= offset]
    return above[-1] if above else servers[0] if servers else None


# ---------------------------------------------------------------- Python

_REGISTERS = ("tool", "prompt", "resource")


def _in_python(at: Cursor, sdk: Sdk | None, text: str, offset: int) -> list[Completion]:
    frame, outer = at.frame(), at.frame(1)
    family = sdk.family if sdk is not None else ""
    if at.quote:
        return _in_string(at, sdk, text, offset, python=True)
    if frame.called == "Field" and _at_keyword(at, frame):
        return _keywords(at, frame, words.FIELD, offset)
    if sdk is None or family not in ("mcp", "fastmcp"):
        return []
    if frame.decorator and frame.called in _REGISTERS and "." in frame.head and _at_keyword(at, frame):
        return _keywords(at, frame, _meant(options(sdk, frame.called) - {"name_or_fn"}), offset)
    if frame.called in ("FastMCP", "MCPServer") and _at_keyword(at, frame):
        return _keywords(at, frame, _meant(CONSTRUCTORS.get((family, sdk.major or 0), frozenset())), offset)
    if frame.called == "ToolAnnotations" and _at_keyword(at, frame):
        snake = (family, sdk.major) in (("mcp", 2), ("fastmcp", 4))
        return _keywords(at, frame, {_snake(k) if snake else k: v for k, v in words.HINTS.items()}, offset)
    if _hints(frame, outer):
        if not frame.key:
            return _members(at, frame, {f'"{name}"': meaning for name, meaning in words.HINTS.items()}, offset)
        if frame.key != "title":
            return [_made(at, word, word, "value", offset) for word in ("True", "False")]
    if frame.head.startswith("def ") and _at_keyword(at, frame) and frame.bracket == "(":
        return list(_parameters(at, frame, text, offset))
    return []


def _hints(frame: Frame, outer: Frame) -> bool:
    """Whether members of a tool's hints are written."""
    if frame.bracket != "{":
        return False
    if outer.key == "annotations":
        return outer.called in ("tool", "add_tool", "") or outer.bracket == "{"
    return False


def _at_keyword(at: Cursor, frame: Frame) -> bool:
    return frame.bracket == "(" and not frame.key and at.after in ("(", ",")


def _meant(names: Iterable[str]) -> dict[str, str]:
    return {name: words.MEANING.get(name, "") for name in sorted(names, key=lambda n: (n not in words.MEANING, n))}


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda m: "_" + m[0].lower(), name)


_ADDRESS = re.compile(r"@[\w.]+\.resource\(\s*(?:uri\s*=\s*)?[rf]?[\"']([^\"'\n]*)[\"'][^@]*\Z")
_VARIABLE = re.compile(r"\{[+#./;?&]?([\w.,*-]+)\}")


def _parameters(at: Cursor, frame: Frame, text: str, offset: int) -> Iterator[Completion]:
    """Parameters of a function that answers for the template above it."""
    above = _ADDRESS.search(text[max(0, frame.start - 600) : frame.start])
    given = set(re.findall(r"\w+", text[frame.start : at.start]))
    for match in _VARIABLE.finditer(above[1]) if above else ():
        for name in match[1].rstrip("*").split(","):
            if name.isidentifier() and name not in given:
                yield _made(at, name, f"{name}: str", "variable", offset, "A variable of the template")


# ---------------------------------------------------------------- TypeScript


def _in_script(at: Cursor, sdk: Sdk | None, text: str, offset: int) -> list[Completion]:
    frame, outer = at.frame(), at.frame(1)
    if at.quote:
        return _in_string(at, sdk, text, offset, python=False)
    if sdk is None:
        return []
    newer = (sdk.major or 1) >= 2
    if frame.called == "setRequestHandler" and frame.position == 0 and sdk.family == "typescript-sdk":
        if newer:
            return [_made(at, f'"{m}"', f'"{m}"', "value", offset, said) for m, said in words.METHODS.items()]
        return [_made(at, name, name, "value", offset, m) for name, m in words.REQUEST_SCHEMAS.items()]
    if frame.bracket != "{" or at.after not in ("{", ",", ""):
        if frame.key in words.HINTS and frame.key != "title" and _hints(frame, outer):
            return [_made(at, word, word, "value", offset) for word in ("true", "false")]
        return []
    if _hints(frame, outer) and at.frame(2).called in ("registerTool", "addTool", "tool"):
        return _members(at, frame, words.HINTS, offset)
    if outer.called in words.CONFIG and outer.position == (0 if outer.called.startswith("add") else _second(outer)):
        names = words.CONFIG[outer.called] + (f" {words.CONFIG_2.get(outer.called, '')}" if newer else "")
        meaning = {**words.MEANING, **words.FASTMCP_SCRIPT}
        return _members(at, frame, {name: meaning.get(name, "") for name in names.split()}, offset)
    return []


def _second(frame: Frame) -> int:
    return 2 if frame.called == "registerResource" else 1


def _members(at: Cursor, frame: Frame, names: Mapping[str, str], offset: int) -> list[Completion]:
    given = {key.strip("\"'") for key in frame.keys}
    return [
        _made(at, name.strip('"'), f"{name}: ", "keyword", offset, said)
        for name, said in names.items()
        if name.strip('"') not in given
    ]


def _keywords(at: Cursor, frame: Frame, names: Mapping[str, str], offset: int) -> list[Completion]:
    return [
        _made(at, f"{name}=", f"{name}=", "keyword", offset, said)
        for name, said in names.items()
        if name not in frame.keys
    ]


def _made(at: Cursor, label: str, text: str, kind: str, offset: int, meaning: str = "") -> Completion:
    return Completion(label, text, Span(at.start, offset), kind, meaning)


# ---------------------------------------------------------------- inside a string


def _in_string(at: Cursor, sdk: Sdk | None, text: str, offset: int, *, python: bool) -> list[Completion]:
    frame, outer = at.frame(), at.frame(1)
    if _hints(frame, outer) and not frame.key:
        return [_made(at, n, n, "keyword", offset, m) for n, m in words.HINTS.items() if n not in frame.keys]
    if frame.called in ("run", "run_async") and (frame.key == "transport" or (not frame.key and not frame.position)):
        if sdk is not None and sdk.family in ("mcp", "fastmcp"):
            known = {n: m for n, m in words.TRANSPORTS.items() if n != "http" or sdk.family == "fastmcp"}
            return [_made(at, name, name, "value", offset, said) for name, said in known.items()]
    methods: dict[str, str] = {}
    if frame.called in ("setRequestHandler", "add_request_handler") and frame.position == 0:
        methods = words.METHODS
    elif frame.called in ("setNotificationHandler", "add_notification_handler") and frame.position == 0:
        methods = words.NOTICES
    elif frame.bracket == "{" and frame.key == "method" and sdk is not None:
        methods = {**words.METHODS, **words.OF_CLIENTS, **words.NOTICES}
    if methods:
        return [_made(at, name, name, "value", offset, said) for name, said in methods.items()]
    if frame.called in ("resource", "ResourceTemplate", "addResourceTemplate") or frame.key == "uriTemplate":
        return list(_variables(at, text, offset, python=python))
    return []


_DEFINED = re.compile(r"\bdef\s+\w+\s*\(")
_DESTRUCTURED = re.compile(r"\(\s*\w+(?:\s*:\s*\w+)?\s*,\s*\{([^{}]*)\}")
_INJECTED = re.compile(r"\bContext\b|\bDepends\b|\bCurrent\w+\b|\bResolve\b")


def _variables(at: Cursor, text: str, offset: int, *, python: bool) -> Iterator[Completion]:
    """Variables of the template that is written, by the parameters of the function below it."""
    opened = at.written.rfind("{")
    if opened < 0 or "}" in at.written[opened:]:
        return
    begun = re.match(r"\{[+#./;?&]?", at.written[opened:])
    start = at.start + opened + (begun.end() if begun else 1)
    start = max(start, at.start + at.written.rfind(",") + 1)
    there = set(_VARIABLE.findall(at.written))
    close = "" if text[offset : offset + 1] == "}" else "}"
    for name in _below(text, offset, python=python):
        if name not in there:
            yield Completion(name, name + close, Span(start, offset), "variable", "A parameter of the function below")


def _below(text: str, offset: int, *, python: bool) -> list[str]:
    if not python:
        found = _DESTRUCTURED.search(text, offset, offset + 2000)
        return re.findall(r"(\w+)\s*(?=[,:=]|$)", found[1]) if found else []
    define = _DEFINED.search(text, offset, offset + 2000)
    if define is None:
        return []
    end = _closed(text, define.end())
    listed = [part.strip() for part in _apart(text[define.end() : end])]
    return [
        name[0]
        for part in listed
        if (name := re.match(r"\w+", part)) and name[0] not in ("self", "ctx", "context") and not _INJECTED.search(part)
    ]


def _closed(text: str, start: int) -> int:
    depth = 1
    for at in range(start, min(len(text), start + 4000)):
        depth += (text[at] in "([{") - (text[at] in ")]}")
        if depth == 0:
            return at
    return start


def _apart(text: str) -> Iterator[str]:
    depth = start = 0
    for at, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            yield text[start:at]
            start = at + 1
    yield text[start:]


# ---------------------------------------------------------------- suppressions

_ORDER = re.compile(r"mcp-lsp:[ \t]*ignore(?:-file)?[ \t]*\[([^\]]*)\Z")


def _rules(comment: str, offset: int) -> list[Completion]:
    found = _ORDER.search(comment)
    if found is None:
        return []
    begun = found[1].rpartition(",")[2].lstrip()
    given = {name.strip() for name in found[1].split(",")[:-1]}
    span = Span(offset - len(begun), offset)
    return [
        Completion(rule.name, rule.name, span, "rule", f"{rule.id}: {rule.title}")
        for rule in registry.rules()
        if rule.name not in given and rule.id not in given
    ]


def _comment(text: str, offset: int) -> str:
    """The line before the cursor, from where a comment may begin."""
    line = text[max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1 : offset]
    found = re.search(r"(?:#|//|<!--).*\Z", line)
    return found[0] if found else ""


# ---------------------------------------------------------------- declarations


def _whole(at: Cursor, sdk: Sdk, server: Server | None, offset: int) -> Iterator[Completion]:
    variable = _called(server) or ("mcp" if sdk.family in ("mcp", "fastmcp") else "server")
    for one in snippets(sdk, variable):
        # A handler of TypeScript stands inside of the call that registers it.
        block = at.frame().bracket == "{" and not at.frame().keys and at.after in ("{", ";", "}")
        if not at.frames or (not one.top and block):
            yield Completion(one.word, one.body, Span(at.start, offset), "snippet", one.meaning, one.imports)


def _called(server: Server | None) -> str:
    """The variable that holds a server."""
    if server is None or server.constructed is None:
        return ""
    call, unit = server.constructed
    for statement, _ in code.flat(unit.statements):
        if isinstance(statement, code.Assign) and statement.value is call and isinstance(statement.target, code.Name):
            return statement.target.id
    return ""
