"""Names of tools: what clients accept, and what happens to the second tool of a name."""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from .. import code
from ..code import Stmt
from ..fix import Edit, Edits, Fix
from ..model import Item, Server, Tool
from ..place import Span
from ..rule import Example, Finding, Related, Severity, rule
from ..testing import named_as_test

# The specification since 2025-11-25: 1 to 128 of these. The APIs of Anthropic and OpenAI: 1 to 64, without the dot.
_ALLOWED = frozenset(string.ascii_letters + string.digits + "_.-")
_LONGEST = 64


@rule(
    "MCP101",
    severity=Severity.WARNING,
    references=("CWE-20",),
    bad='''
    @mcp.tool(name="read file")
    #              ^^^^^^^^^^^ `read file` is no valid tool name: " " is not allowed
    def read_file(path: str) -> str:
        """Read a note."""
        return path
    ''',
    good='''
    @mcp.tool(name="read_file")
    def read(path: str) -> str:
        """Read a note."""
        return path
    ''',
    typescript=Example(
        bad='''
        server.registerTool("notes/read", { description: "Read a note." }, async () => ({ content: [] }));
        //                  ^^^^^^^^^^^^ `notes/read` is no valid tool name: "/" is not allowed
        ''',
        good='''
        server.registerTool("notes-read", { description: "Read a note." }, async () => ({ content: [] }));
        ''',
    ),
)  # fmt: skip
def invalid_tool_name(tool: Tool) -> Iterator[Finding]:
    """A tool's name is not one that clients accept.

    The protocol allows letters, digits, `_`, `-` and `.`, up to 128 characters. The SDKs only log a warning for other
    names, but the model APIs behind the clients refuse them, and with them the whole request: one such tool can make
    every tool of the session unusable. These APIs allow 64 characters and no dot, and clients put a prefix such as
    `mcp__server__` in front.

    Rename the tool. Its name is what users allow and what prompts refer to, so do it before others depend on it.
    """
    if not tool.name_complete or not tool.name:
        return
    name, severity = tool.name, None
    strange = sorted({c for c in name if c not in _ALLOWED}, key=name.index)
    if strange:
        which = ", ".join(f'"{c}"' if c.isprintable() else f"U+{ord(c):04X}" for c in strange[:4])
        message = f"`{_short(name)}` is no valid tool name: {which} {'is' if len(strange) == 1 else 'are'} not allowed"
    elif len(name) > _LONGEST:
        message = f"`{_short(name)}` has {len(name)} characters; model APIs take tool names of up to {_LONGEST}"
    elif "." in name:
        message, severity = f"`{_short(name)}` has a dot, which the APIs of some models refuse", Severity.INFORMATION
    else:
        return
    yield Finding(tool.place, message, fix=_rename(tool), severity=severity)


def _short(name: str) -> str:
    shown = "".join(c if c.isprintable() and c != "`" else "?" for c in name)
    return shown if len(shown) <= 40 else shown[:39] + "…"


def _rename(tool: Tool) -> Fix | None:
    """Another name, where it is written as a literal: renaming a function would break those who call it."""
    local = tool.place.local
    better = re.sub(r"[^A-Za-z0-9_-]+", "_", tool.name).strip("_")[:_LONGEST].rstrip("_-")
    function = tool.function
    if local is None or not better or not tool.name_written or (function and function.name == tool.name):
        return None
    spare = (local.end - local.start) - len(tool.name)
    if spare not in (0, 2):
        return None
    inside = tool.place.part(Span(local.start + spare // 2, local.end - spare // 2))
    return Fix(f"Rename the tool to `{better}`", Edits((Edit(inside, better),)))


@rule(
    "MCP102",
    severity=Severity.ERROR,
    references=("CWE-694", "SAFE-T1004"),
    bad='''
    @mcp.tool()
    def search(query: str) -> str:
        """Search the notes."""
        return query


    @mcp.tool(name="search")
    #              ^^^^^^^^ a second tool named `search`: mcp keeps the first and drops this one
    def search_web(query: str) -> str:
        """Search pages that others wrote."""
        return query
    ''',
    good='''
    @mcp.tool()
    def search(query: str) -> str:
        """Search the notes."""
        return query


    @mcp.tool()
    def search_web(query: str) -> str:
        """Search pages that others wrote."""
        return query
    ''',
    typescript=Example(
        bad='''
        server.registerTool("search", { description: "Search the notes." }, async () => ({ content: [] }));
        server.registerTool("search", { description: "Search the web." }, async () => ({ content: [] }));
        //                  ^^^^^^^^ a second tool named `search`: registering it throws
        ''',
        good='''
        server.registerTool("search", { description: "Search the notes." }, async () => ({ content: [] }));
        server.registerTool("search_web", { description: "Search the web." }, async () => ({ content: [] }));
        ''',
    ),
)  # fmt: skip
def duplicate_tool_name(server: Server) -> Iterator[Finding]:
    """Two tools of a server have the same name.

    Only one of them can be called. Which one depends on the SDK: the official Python SDK keeps the first and drops the
    second with a line in the log, fastmcp lets the last one win, the TypeScript SDK throws when the second is
    registered. The author usually meant both.

    Rename one of them. Tools that are registered in different branches of an `if` are not reported.
    """
    if named_as_test(server.uri):
        return  # a stand-in that every test makes anew, or that throws on purpose
    names = [tool.name for tool in server.tools]
    if len(set(names)) == len(names):
        return  # every keystroke comes by here
    first: dict[str, Tool] = {}
    starts = Starts(server)
    for tool in server.tools:
        if not tool.name_complete or not tool.name or has_version(tool):
            continue
        other = first.setdefault(tool.name, tool)
        if other is tool or (tool.declared.local and other.declared == tool.declared) or apart(starts, other, tool):
            continue
        yield Finding(
            tool.place,
            f"a second tool named `{_short(tool.name)}`: {fate_of_the_second(server)}",
            fix=_own_name(server, tool),
            related=(Related(other.place, f"the first tool named `{_short(tool.name)}`"),),
            detail=tool.name,
        )


def _own_name(server: Server, tool: Tool) -> Fix | None:
    """A name that was copied with the decorator goes, where no other tool has the function's own."""
    function, by, registered = tool.function, tool.by, tool.registered
    if function is None or registered is None or not isinstance(by, code.Call) or by not in function.decorators:
        return None
    if any(each.name == function.name for each in server.tools):
        return None
    for i, arg in enumerate(by.args):
        if arg.name == "name" or (i == 0 and arg.name is None and isinstance(arg.value, code.Str)):
            end = by.args[1].start if i == 0 and len(by.args) > 1 else arg.end
            span = Span(by.args[i - 1].end if i else arg.start, end)
            place = registered.unit.place(registered.uri or server.uri, tool.place.pointer, span)
            return Fix(f"Call it `{function.name}`, as its function", Edits((Edit(place, ""),)))
    return None


def has_version(item: Item) -> bool:
    """Whether it is one version of several that stand side by side (fastmcp 3 and later)."""
    written = [item.by, *(item.function.decorators if item.function is not None else ())]
    return any(isinstance(each, code.Call) and each.keyword("version") is not None for each in written)


def fate_of_the_second(server: Server) -> str:
    family, api = server.sdk.family, server.sdk.api
    if api != "high":
        return "clients see both and can call one"
    if family == "mcp":
        return "mcp keeps the first and drops this one"
    if family == "fastmcp":
        return "fastmcp replaces the first by this one"
    if family == "typescript-sdk":
        return "registering it throws"
    return "only one of them can be called"


class Starts:
    """Where the declarations of the server's file start, found when first asked for."""

    def __init__(self, server: Server) -> None:
        self.units = server.module.units if server.module is not None else []
        self._starts: list[int] = []
        self._leaving: list[tuple[int, int]] = []  # statements after which nothing runs in one of two cases

    def way(self, span: Span) -> list[tuple[int, str]]:
        """The branches, functions and classes around a place, outermost first: (where, which branch)."""
        if not self._starts:
            self._starts = [unit.anchor.start for unit in self.units]
            for unit in self.units:
                at = unit.anchor.start
                for s in unit.statements:
                    if isinstance(s, code.If) and _leaves(s.then):
                        self._leaving.append((s.start + at, s.end + at))
        i = max(bisect_right(self._starts, span.start) - 1, 0)
        unit = self.units[i]
        found = [(start, "after") for start, end in self._leaving if end <= unit.anchor.start]
        _way(unit.statements, unit.anchor.start, span, found)
        return found


def apart(starts: Starts, first: Item, second: Item) -> bool:
    """Whether it cannot be told that both are registered in one run: different branches, functions or classes."""
    if not starts.units:
        return False
    ways = []
    for place in (first.declared, second.declared):
        if place.span is None:
            return False
        ways.append(starts.way(place.span))
    for a, b in zip(*ways, strict=False):
        if a != b:
            return True
    return len(ways[0]) != len(ways[1])


def _way(statements: Sequence[Stmt], base: int, span: Span, into: list[tuple[int, str]]) -> None:
    """The branches, functions and classes around a place, outermost first: (where, which branch)."""
    for statement, at in _unwrapped(statements, base):
        start, end = statement.start + at, statement.end + at
        if isinstance(statement, code.If) and end <= span.start and _leaves(statement.then):
            into.append((start, "after"))  # `if x: …; return` is a branch, and what follows is the other one
        if not (start <= span.start and span.end <= end):
            continue
        for name, inner, moved in _bodies(statement, at):
            if inner and _spans(inner, moved, span):
                if name:
                    into.append((start, name))
                _way(inner, moved, span, into)
        return


def _unwrapped(statements: Sequence[Stmt], base: int) -> Iterator[tuple[Stmt, int]]:
    """Statements as they are written: those of a long function or class are units of their own."""
    for statement in statements:
        if isinstance(statement, code.Nested):
            yield from _unwrapped(statement.unit.statements, statement.unit.anchor.start)
        else:
            yield statement, base


def _bodies(statement: Stmt, base: int) -> Iterator[tuple[str, Sequence[Stmt], int]]:
    if isinstance(statement, code.If):
        # A branch that leaves and what follows the `if` are told apart by their names.
        yield ("then", statement.then, base)
        yield ("else", statement.otherwise, base)
    elif isinstance(statement, code.Match):
        for n, case in enumerate(statement.cases):
            yield (f"case {n}", case.body, base)
    elif isinstance(statement, code.Try):
        yield ("try", statement.body, base)
        for n, catch in enumerate(statement.catches):
            yield (f"catch {n}", catch.body, base)
        yield ("try", [*statement.otherwise, *statement.last], base)
    elif isinstance(statement, code.Define):
        yield ("function", statement.function.body, base)
    elif isinstance(statement, code.DefineClass):
        yield ("class", statement.cls.body, base)
    elif isinstance(statement, (code.With, code.Loop, code.Block)):
        yield ("", statement.body, base)


def _spans(statements: Sequence[Stmt], base: int, span: Span) -> bool:
    return any(s.start + at <= span.start and span.end <= s.end + at for s, at in _unwrapped(statements, base))


def _leaves(statements: Sequence[Stmt]) -> bool:
    return isinstance(code.last_of([*statements]), (code.Return, code.Raise))
