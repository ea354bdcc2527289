"""Everywhere a project says the name of a tool: where it is registered, where its branch answers, in manifests and
clients' settings, and where tests and clients call it. What rename changes together, and what references show.

A name is an everyday word ("search"), so a text counts only where it can be nothing but this name: as the argument of
a call of a tool, in the list of tools of a manifest, in a test. Judged file by file; nothing is opened here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mcp_lsp_analyzers import code, inside
from mcp_lsp_analyzers.code import (
    Attr,
    Call,
    Compare,
    Dict,
    Expr,
    Import,
    Items,
    Name,
    Pair,
    Str,
    Unit,
    last_name,
)
from mcp_lsp_analyzers.model import Server, Tool
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.scope import Module, Modules
from mcp_lsp_analyzers.testing import is_test, named_as_test
from mcp_lsp_analyzers.walk import sites

from .leading import branches


class File(NamedTuple):
    """A file of the project as it is now. ``path``: inside the project, with slashes."""

    uri: str
    path: str
    text: str
    module: Module
    servers: Sequence[Server]


class Mention(NamedTuple):
    """``span``: the name alone, without quotes. ``kind``: "registration", "branch", "code" (the function that gives the
    tool its name), "call", "test" or "manifest"."""

    uri: str
    span: Span
    kind: str


class Named(NamedTuple):
    """A tool, and its name where it is registered. ``by_function``: the name is that of the function."""

    tool: Tool
    server: Server
    span: Span
    by_function: bool


CALLS = frozenset(
    {
        "call_tool", "callTool", "call_tool_mcp", "get_tool", "getTool", "remove_tool", "removeTool", "execute_tool",
        "executeTool", "invoke_tool", "invokeTool", "run_tool", "runTool", "enable_tool", "disable_tool",
    }
)  # fmt: skip
_LISTS = frozenset(
    {
        "autoApprove", "alwaysAllow", "disabledTools", "enabledTools", "includeTools", "excludeTools", "allowedTools",
        "allowed_tools", "tools",
    }
)  # fmt: skip
"""Of clients' settings: lists of names of tools."""


def declared(file: File, name: str) -> Named | None:
    """The tool of this name that a file registers, where the name itself stands in the file."""
    for server in file.servers:
        for tool in server.tools:
            if tool.name == name and tool.name_complete and tool.place.uri == file.uri and tool.place.span is not None:
                span = _inner(file.text, tool.place.span, name)
                if span is not None:
                    quoted = file.text[span.start - 1 : span.start] in ("'", '"', "`")
                    by_function = not quoted and tool.function is not None and tool.function.name == name
                    return Named(tool, server, span, by_function) if quoted or by_function else None
    return None


def _inner(text: str, span: Span, name: str) -> Span | None:
    """Where the name stands in a literal, or is one; ``None`` where it is computed."""
    found = text[span.start : span.end]
    if found == name:
        return span
    for quote in ('"""', "'''", '"', "'", "`"):
        if found.endswith(quote) and re.fullmatch(rf"[rbuRBU]*{re.escape(quote + name + quote)}", found):
            return Span(span.end - len(quote) - len(name), span.end - len(quote))
    return None


def mentions(file: File, name: str, home: Named | None) -> Iterator[Mention]:
    """Where a file says the name of a tool. ``home``: the tool, where this very file registers it."""
    if home is not None:
        yield from _at_home(file, name, home)
    if file.module.language in ("launch", "bundle", "json"):
        yield from _in_json(file, name)
    elif file.module.language in ("python", "typescript", "tsx", "javascript"):
        yield from _called(file, name, home)


def _at_home(file: File, name: str, home: Named) -> Iterator[Mention]:
    yield Mention(file.uri, home.span, "registration")
    for server in file.servers:
        for tool in server.tools:
            if tool.name == name and tool.branch and tool.function is not None:
                for place in branches(tool, tool.function):
                    yield from _literal(file, place, name, "branch")
    if home.by_function:
        yield from (Mention(file.uri, span, "code") for span in _uses(file.module, name) if span != home.span)


def _literal(file: File, place: Place, name: str, kind: str) -> Iterator[Mention]:
    if place.span is None:
        return
    if place.uri == file.uri:
        span = _inner(file.text, place.span, name)
    else:  # a plain literal, if it is two signs longer than the name
        span = Span(place.span.start + 1, place.span.end - 1)
        span = span if span.end - span.start == len(name) else None
    if span is not None:
        yield Mention(place.uri, span, kind)


# ---------------------------------------------------------------- calls and tests


def _called(file: File, name: str, home: Named | None) -> Iterator[Mention]:
    test = is_test(file.path) or named_as_test(file.uri)
    telling = bool(re.search(r"[_.-]|[a-z][A-Z]", name))  # no everyday word
    seen: set[Span] = set()
    own = {} if home is None else {home.span: True}
    for unit in _units(file.module.units):
        if name not in unit.key:
            continue
        for site in sites(unit.statements, unit, nested=False, kinds={Call, Dict, Compare, Str}):
            node = site.node
            found: Iterable[Str] = ()
            kind = "call"
            if isinstance(node, Call):
                found = _arguments(node)
            elif isinstance(node, Dict):
                asked = node.get("name")
                found = [asked] if isinstance(asked, Str) and node.get("arguments") is not None else []
            elif test:
                kind = "test"
                found = [node] if isinstance(node, Str) and telling else _compared(node)
            for literal in found:
                if literal.value == name:
                    span = _inner(file.text, unit.place(file.uri, "", literal).span or Span(0, 0), name)
                    if span is not None and span not in seen and span not in own:
                        seen.add(span)
                        yield Mention(file.uri, span, kind)


def _units(units: Iterable[Unit]) -> Iterator[Unit]:
    for unit in units:
        yield unit
        yield from _units(unit.nested)


def _arguments(call: Call) -> Iterator[Str]:
    word = last_name(call.callee)
    if word not in CALLS or not call.args:
        return
    for i, arg in enumerate(call.args):
        value: Expr = arg.value
        if isinstance(value, Dict) and i == 0:
            value = value.get("name") or value
        if isinstance(value, Str) and (i == 0 or arg.name in ("name", "tool_name", "toolName", "tool")):
            yield value


def _compared(node: object) -> Iterator[Str]:
    """``tool.name == "x"`` and ``"x" in names``."""
    if not isinstance(node, Compare):
        return
    for one, other in ((node.left, node.right), (node.right, node.left)):
        if isinstance(one, Str) and (node.op in ("in", "not in") or (isinstance(other, Attr) and other.name == "name")):
            yield one


# ---------------------------------------------------------------- manifests and settings


def _in_json(file: File, name: str) -> Iterator[Mention]:
    unit = file.module.units[0]
    for site in sites(unit.statements, unit, kinds={Pair}):
        pair = site.node
        assert isinstance(pair, Pair)
        key = pair.key.value if isinstance(pair.key, Str) else ""
        if key not in _LISTS or not isinstance(pair.value, Items):
            continue
        for item in pair.value.items:
            named = item.get("name") if isinstance(item, Dict) else item
            if isinstance(named, Str) and named.value == name:
                yield from _literal(file, unit.place(file.uri, "", named), name, "manifest")


# ---------------------------------------------------------------- the function


def _uses(module: Module, name: str) -> Iterator[Span]:
    """Where a module means the function of this name that it defines itself."""
    for unit in _units(module.units):
        if name not in unit.key:
            continue
        anchor = unit.anchor.start
        for site in sites(unit.statements, unit, nested=False, kinds={Name, code.Assign}):
            node = site.node
            if isinstance(node, Name) and node.id == name and not inside.meaning(name, site.function):
                yield Span(anchor + node.start, anchor + node.end)
            elif isinstance(node, code.Assign) and isinstance(node.target, Name) and node.target.id == "__all__":
                for item in node.value.items if isinstance(node.value, Items) else ():
                    if isinstance(item, Str) and item.value == name:
                        yield Span(anchor + item.end - 1 - len(name), anchor + item.end - 1)


def imports(file: File, name: str, home: str, modules: Modules) -> Iterator[Mention]:
    """Where another file of Python imports the function that gives a tool its name, and means it. ``home``: the file
    that defines it."""
    local = False
    for unit in file.module.units:
        for statement, nested in code.flat(unit.statements):
            if not isinstance(statement, Import):
                continue
            found = modules.find(file.uri, statement)
            if found is None or found.uri != home:
                continue
            key, anchor = (nested or unit).key, (nested or unit).anchor.start
            if statement.name == name:
                for match in re.finditer(rf"(?<![\w.]){re.escape(name)}\b", key):
                    if "import" in key[: match.start()] and not re.search(r"\bas\s*\Z", key[: match.start()]):
                        yield Mention(file.uri, Span(anchor + match.start(), anchor + match.end()), "code")
                local = local or statement.local == name
            elif statement.local:
                yield from _members(file, statement.local, name)
    if local:
        yield from (Mention(file.uri, span, "code") for span in _uses(file.module, name))


def _members(file: File, module: str, name: str) -> Iterator[Mention]:
    for unit in _units(file.module.units):
        if name not in unit.key:
            continue
        for site in sites(unit.statements, unit, nested=False, kinds={Attr}):
            node = site.node
            if (
                isinstance(node, Attr)
                and node.name == name
                and isinstance(node.value, Name)
                and node.value.id == module
            ):
                start = unit.anchor.start + node.name_start
                yield Mention(file.uri, Span(start, start + len(name)), "code")


# ---------------------------------------------------------------- at the cursor


def name_at(file: File, offset: int) -> tuple[str, Span] | None:
    """The name of a tool that stands at an offset: where it is registered, or in any text that can be one."""
    for server in file.servers:
        for tool in server.tools:
            named = declared(file, tool.name)
            if named is not None and named.span.start <= offset <= named.span.end:
                return tool.name, named.span
    for unit in _units(file.module.units):
        for literal in unit.strings:
            start, end = unit.anchor.start + literal.start, unit.anchor.start + literal.end
            if start <= offset <= end:
                span = _inner(file.text, Span(start, end), literal.value)
                return None if span is None or not literal.value else (literal.value, span)
    return None


FORM = re.compile(r"[A-Za-z0-9_.-]{1,128}")


def refusal(new: str, named: Named) -> str | None:
    """Why a tool cannot be given a name; ``None`` where it can."""
    if not FORM.fullmatch(new):
        return f"{new!r} is no name of a tool: 1 to 128 letters, digits, `_`, `-` and `.`"
    if any(tool.name == new for tool in named.server.tools):
        return f"the server has a tool {new!r} already"
    if named.by_function:
        from keyword import iskeyword

        if not new.isidentifier() or iskeyword(new):
            return f"{new!r} is no name of a function, and the tool is called by its function's name"
        binder = named.tool.home
        if binder is None and named.server.module is not None and new in named.server.module.names:
            return f"{new!r} means something else in this file"
    return None
