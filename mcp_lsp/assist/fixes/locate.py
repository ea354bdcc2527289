"""From a place to the code that stands there: its expression, the statement and the functions around it, its lines."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any

from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Function, Stmt, Unit
from mcp_lsp_analyzers.model import Sdk
from mcp_lsp_analyzers.once import once_each
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.record import dataclass
from mcp_lsp_analyzers.scope import Module, Scope

from .draft import newline_of

Node = Any  # ``None``, or any expression, statement, or part of one from `code`: they share ``start`` and ``end``

_STATEMENTS = (
    code.Assign, code.Do, code.Return, code.Raise, code.Jump, code.If, code.Loop, code.Try, code.With, code.Match,
    code.Define, code.DefineClass, code.Import, code.Export,
)  # fmt: skip
_NODES = frozenset(
    kind
    for kind in vars(code).values()
    if isinstance(kind, type) and {"start", "end"} <= set(getattr(kind, "__slots__", ()))
)
_BACKWARDS = {(Function, "cls"), (Function, "parent"), (code.Class, "parent")}


_SHORT = pattern(r"""(?<![\w'"])[bfru]{0,2}(?=(['"]))(?:"[^"\\\n]*"|'[^'\\\n]*')(?!['"])""")


_ENDED = pattern(r"(?m);[ \t]*(//.*)?\r?$")


@dataclass(frozen=True)
class Source:
    """The file a fix is rendered for, as it is now, each of its declarations in one piece (`mcp_lsp.read.whole`)."""

    document: Document
    module: Module
    sdk: Sdk | None = None

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def python(self) -> bool:
        return self.module.language == "python"

    @cached_property
    def newline(self) -> str:
        return newline_of(self.text)

    @cached_property
    def quote(self) -> str:
        """The quotes in which most of the file's short texts stand."""
        opening = [match[1] for match in _SHORT.finditer(self.text)]
        return "'" if opening.count("'") > opening.count('"') else '"'

    @cached_property
    def semicolon(self) -> str:
        """What ends a statement that is written into the file: nothing where none of its own ends with a semicolon."""
        return "" if self.python or not _ENDED.search(self.text) else ";"

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.module)

    def at(self, place: Place | None) -> Site | None:
        """Where a place is in the code; ``None`` where it has no source or its declaration is gone."""
        if place is None or place.local is None:
            return None
        start, end = place.local.start + place.anchor.start, place.local.end + place.anchor.start
        for unit in reversed(self.module.units):
            base = unit.anchor.start
            if base <= start:
                span = Span(start - base, end - base)
                path = tuple(_path(unit, span))
                return Site(self, unit, span, path) if path else None
        return None


@dataclass(frozen=True)
class Site:
    """``path``: the nodes around ``span``, outermost first; the last one is the innermost that covers it."""

    source: Source
    unit: Unit
    span: Span
    path: tuple[Node, ...]

    @property
    def base(self) -> int:
        """What to add to an offset of a node of this unit to get one of the text."""
        return self.unit.anchor.start

    @property
    def start(self) -> int:
        return self.span.start + self.base

    @property
    def end(self) -> int:
        return self.span.end + self.base

    def node(self, *kinds: type, exact: bool = True) -> Node:
        """The outermost node of these kinds with exactly this span, else (not ``exact``) the innermost around it."""
        for found in self.path:
            if (found.start, found.end) == self.span and isinstance(found, kinds):
                return found
        if not exact:
            for found in reversed(self.path):
                if isinstance(found, kinds):
                    return found
        return None

    def around(self, *kinds: type, of: Node | None = None) -> Node:
        """The innermost node of these kinds around ``of`` (default: around the span)."""
        path = self.path if of is None else self.path[: self.path.index(of)]
        return next((n for n in reversed(path) if isinstance(n, kinds)), None)

    def text(self, node: Node) -> str:
        return self.source.text[node.start + self.base : node.end + self.base]

    def within(self, span: Span) -> tuple[Node, ...]:
        return tuple(_path(self.unit, span))

    @property
    def functions(self) -> list[Function]:
        """The functions around the place, innermost first."""
        return [n for n in reversed(self.path) if isinstance(n, Function)]

    def statement(self) -> Stmt | None:
        """The innermost statement around the place that begins its line and in front of which another may be put."""
        for i in range(len(self.path) - 1, -1, -1):
            node = self.path[i]
            if isinstance(node, _STATEMENTS) and self._admits(node, self.path[:i]):
                return node
        return None

    def _admits(self, node: Node, above: tuple[Node, ...]) -> bool:
        text = self.source.text
        if self.indent(node) is None:
            return False
        if self.source.python:
            word = text[node.start + self.base : node.start + self.base + 6]
            return not word.startswith("elif") and not any(isinstance(n, code.Lambda) for n in above)
        before = _COMMENTS.sub("", text[max(0, self.start_of(node) - 2000) : self.start_of(node)]).rstrip()
        if before.endswith((",", "=", "(", "?", "&", "|", "+")):
            return False  # a further variable of a declaration, a part of an expression
        parent = above[-1] if above else None
        if isinstance(parent, Function) and parent.arrow and not text.startswith("return", node.start + self.base):
            return not (isinstance(node, code.Return) and parent.body[:1] == [node])
        if isinstance(parent, (code.If, code.Loop)) and not isinstance(node, code.Block):
            alone = [node] in [getattr(parent, part, None) for part in ("then", "otherwise", "body")]
            return not alone or _opens_block(text[parent.start + self.base : node.start + self.base])
        return True

    def start_of(self, node: Node) -> int:
        """Where a statement starts in the text: a JavaScript declaration at its ``const``, which is not part of it."""
        start: int = node.start + self.base
        if not self.source.python and isinstance(node, code.Assign):
            begin = line_start(self.source.text, start)
            declared = _DECLARED.fullmatch(self.source.text, begin, start)
            if declared:
                return declared.end(1)
        return start

    def indent(self, node: Node) -> str | None:
        """The white space in front of a statement that begins its line; ``None`` where something else stands there."""
        return indent_at(self.source.text, self.start_of(node))


_DECLARED = pattern(r"([ \t]*)(?:const|let|var)\b[^;{}]*")
_COMMENTS = pattern(r"//[^\r\n]*|/\*.*?\*/", re.S)


def _opens_block(text: str) -> bool:
    """Whether what stands in front of a statement ends with a brace, comments aside."""
    return _COMMENTS.sub("", text).rstrip().endswith("{")


def indent_at(text: str, offset: int) -> str | None:
    start = line_start(text, offset)
    before = text[start:offset]
    return None if before.strip(" \t\f") else before


def line_margin(text: str, offset: int) -> str:
    """The white space with which the line of an offset begins."""
    found = _MARGIN.match(text, line_start(text, offset), offset)
    return found.group() if found else ""


def step(site: Site) -> str:
    """One level of indentation as the file has it."""
    text = site.source.text
    found = _BLOCK.search(text) or _STEP.search(text)
    return found.group(1) if found else "    " if site.source.python else "  "


_MARGIN = pattern(r"[ \t]*")
_STEP = pattern(r"(?m)^(\t| {2,8})(?=\S)")
_BLOCK = pattern(r"(?m)^\w.*[:{(\[]\r?\n(\t| {2,8})(?=\w)")


def line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_end(text: str, offset: int) -> int:
    """Where the line of ``offset`` ends, in front of its line break."""
    ends = [at for at in (text.find("\n", offset), text.find("\r", offset)) if at >= 0]
    return min(ends, default=len(text))


def children(node: Node) -> list[Node]:
    """What stands inside a node, in no promised order."""
    kind: Any = type(node)
    found: list[Node] = []
    for slot in _slots(kind):
        _collect(getattr(node, slot), found)
    return found


def _collect(value: Any, found: list[Node]) -> None:
    kind = type(value)
    if kind in _NODES:
        found.append(value)
    elif kind is list or kind is tuple:
        for item in value:
            _collect(item, found)


@functools.cache
def _slots(kind: Any) -> tuple[str, ...]:
    """The fields of a kind of node that can hold others, except those that lead back."""
    names: tuple[str, ...] = kind.__slots__
    return tuple(name for name in names if (kind, name) not in _BACKWARDS and name not in ("start", "end", "unit"))


def walk(node: Node) -> Iterator[Node]:
    """A node and everything inside it."""
    stack = [node]
    while stack:
        found = stack.pop()
        yield found
        stack.extend(children(found))


def _path(unit: Unit, span: Span) -> Iterator[Node]:
    level = list(unit.statements)
    while True:
        around = [n for n in level if n.start <= span.start and span.end <= n.end]
        if not around:
            return
        # A shorthand ``{a}`` is a key and a value at one place: the value is what a fix is about.
        found = min(around, key=lambda n: (n.end - n.start, isinstance(n, code.Str)))
        yield found
        level = list(children(found))


@once_each
def bound(function: Function) -> AbstractSet[str]:
    """The names a function binds: its parameters, and what its body assigns, defines or imports."""
    names: set[str] = set()
    for node in walk(function):
        if isinstance(node, (code.Assign, code.Loop, code.Bind, code.Catch, code.Param)) and node.target is not None:
            names |= {n.id for n in walk(node.target) if isinstance(n, code.Name)}
        elif isinstance(node, code.With):
            names |= {n.id for _, target in node.items if target for n in walk(target) if isinstance(n, code.Name)}
        elif isinstance(node, code.Import):
            names.add(node.local)
        elif isinstance(node, Function) and node.name and node is not function:
            names.add(node.name)
        elif isinstance(node, code.Class):
            names.add(node.name)
    return names


def assigned_once(site: Site, name: code.Expr | None) -> code.Assign | None:
    """Where a local variable gets its value, if that happens once."""
    if not isinstance(name, code.Name) or not site.functions:
        return None
    assigned = [
        n
        for n in walk(site.functions[0])
        if isinstance(n, (code.Assign, code.Bind, code.Loop))
        and n.target is not None
        and any(isinstance(t, code.Name) and t.id == name.id for t in walk(n.target))
    ]
    if len(assigned) != 1 or not isinstance(assigned[0], code.Assign) or assigned[0].op:
        return None
    return assigned[0] if isinstance(assigned[0].target, code.Name) else None
