"""What reading a file for servers gives, in any language, and the string literals that rules about secrets look at.

A language provides ``servers(module, dependencies, previous) -> Reading`` in ``read/python/servers.py`` and
``read/typescript/servers.py``. It keeps what it recognised in each unit in ``unit.kept`` together with the `Seen` of
its look-ups, so that after an edit only the changed unit is read again, and `Tool` and the rest stay
the same objects for declarations that did not change. ``previous`` is the Reading of the same file before the edit;
``Reading.kept`` is free for what the language wants to find there again.

Pointers are the same in every language, and the same as those of a live listing: ``/serverInfo/name`` (a server),
``/instructions``; ``/tools/NAME`` with ``/name`` (where the name itself is meant as a text), ``/title``,
``/description``, ``/annotations/readOnlyHint``, ``/inputSchema/properties/P`` and below it ``/description``, ``/enum``,
``/default``, ``/title``, ``/properties/Q/description``; ``/prompts/NAME`` with ``/arguments/P/description``;
``/resources/NAME`` with ``/uri`` and, for templates, ``/parameters/P``. "~" and "/" in names are escaped as in JSON
pointers (`escaped`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Union, cast

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Expr, Function, Stmt, Str, Unit
from mcp_lsp_analyzers.live import Seen
from mcp_lsp_analyzers.model import Server, StringLiteral
from mcp_lsp_analyzers.place import Piece, Place, Span, Text
from mcp_lsp_analyzers.scope import Module
from mcp_lsp_analyzers.supply import Supplied

# No secret worth the name is shorter, and most words of a program are. Finding what a string is called costs a walk
# over its declaration, so it is done only where there is something long enough.
SHORTEST = 16


class Reading:
    """The servers of a file, and its string literals that are long enough to be a secret. Immutable.

    ``literals`` may be given as the module: they are looked for when somebody asks. ``subjects``: what else a file says
    that rules judge, where it is a manifest, a configuration, a prompt or the record of a session.
    """

    __slots__ = ("_literals", "kept", "servers", "subjects")

    def __init__(
        self,
        servers: tuple[Server, ...] = (),
        literals: tuple[StringLiteral, ...] | Module = (),
        kept: dict[object, object] | None = None,
        subjects: tuple[Supplied | Text | Seen, ...] = (),
    ) -> None:
        self.servers = servers
        self.subjects = subjects
        self.kept: dict[object, object] = {} if kept is None else kept
        self._literals = literals

    @property
    def literals(self) -> tuple[StringLiteral, ...]:
        if isinstance(self._literals, Module):
            self._literals = literals(self._literals)
        return self._literals


def escaped(name: str) -> str:
    """A name as one segment of a pointer."""
    return name.replace("~", "~0").replace("/", "~1") if "~" in name or "/" in name else name


def text(uri: str, pointer: str, role: str, unit: Unit, string: Str) -> Text:
    """A string literal as a `Text`."""
    anchor = unit.anchor
    pieces = tuple(Piece(a, b, Place(uri, pointer, Span(c, d), anchor)) for a, b, c, d in string.pieces)
    return Text(string.value, Place(uri, pointer, Span(string.start, string.end), anchor), role, pieces)


# ---------------------------------------------------------------- literals


def literals(module: Module) -> tuple[StringLiteral, ...]:
    """The literals of a file; those of unchanged units are the same objects as before."""
    each = (own for unit in module.units for _, own in literals_by_unit(module.uri, unit))
    return tuple(literal for own in each for literal in own)


def literals_by_unit(uri: str, unit: Unit, file: str = "") -> list[tuple[Unit, list[StringLiteral]]]:
    """The literals of a unit and of each nested one that has any; the same lists while units are the same. ``file``:
    its path inside the project."""
    found = cast("Union[list[tuple[Unit, list[StringLiteral]]], None]", unit.kept.get("literals"))
    if found is None:
        own = _literals(uri, unit, file)
        found = unit.kept["literals"] = [(unit, own)] if own else []
        for inner in unit.nested:
            found += literals_by_unit(uri, inner, file)
    return found


def _literals(uri: str, unit: Unit, file: str) -> list[StringLiteral]:
    """Those of a unit without its nested ones."""
    own = []
    long = [string for string in unit.strings if len(string.value) >= SHORTEST and _dense(string.value)]
    if long:
        names = _Names(unit).found
        for string in long:
            name = names.get(id(string), "")
            own.append(StringLiteral(text(uri, f"/literals/{name}", "string literal", unit, string), name, file))
    return own


def _dense(value: str) -> bool:
    return max(map(len, value.split()), default=0) >= SHORTEST


class _Names:
    """What each string of a unit is assigned to, passed as, or stands under: one walk, the innermost name wins."""

    def __init__(self, unit: Unit) -> None:
        self.found: dict[int, str] = {}
        self.statements(unit.statements)

    def statements(self, body: list[Stmt]) -> None:
        for statement in body:
            if not isinstance(statement, code.Nested):
                self.walk(statement, "")

    def walk(self, node: object, name: str) -> None:
        if isinstance(node, Str):
            self.found[id(node)] = name
            return
        if isinstance(node, (code.Name, code.Const, code.Regex, code.Nested)):
            return
        names = _NAMED.get(type(node))
        if names is None:
            fields = _FIELDS.get(type(node))
            if fields is None:
                fields = _FIELDS[type(node)] = _walked(type(node))
            for attribute in fields:
                self.each(getattr(node, attribute), name)
        else:
            names(self, node, name)

    def each(self, value: object, name: str) -> None:
        if isinstance(value, (list, tuple)):
            for item in value:
                self.each(item, name)
        elif value is not None and not isinstance(value, (str, int, bool)):
            self.walk(value, name)

    def assign(self, node: code.Assign, name: str) -> None:
        self.each(node.target, "")
        self.each(node.value, called(node.target) or name)
        self.each(node.annotation, "")

    def bind(self, node: Union[code.Bind, code.Default], name: str) -> None:
        self.each(node.target, "")
        self.each(node.value, called(node.target) or name)

    def param(self, node: code.Param, name: str) -> None:
        self.each(node.target, "")
        self.each(node.annotation, node.name)
        self.each(node.default, node.name)

    def pair(self, node: code.Pair, name: str) -> None:
        key = node.key
        if key is not None and not isinstance(key, Str):
            self.each(key, "")
        self.each(node.value, called(key) if key is not None else name)

    def arg(self, node: code.Arg, name: str) -> None:
        # ``token: str = Field(default="...")`` is about the token.
        self.walk(node.value, name if node.name in (None, "default") and name else node.name or "")

    def compare(self, node: code.Compare, name: str) -> None:
        self.walk(node.left, called(node.right))
        self.walk(node.right, called(node.left))

    def index(self, node: code.Index, name: str) -> None:
        self.walk(node.value, name)
        self.each(node.index, "")

    def function(self, node: Function, name: str) -> None:
        for part in (node.decorators, node.params, node.returns, node.body):
            self.each(part, "")

    def cls(self, node: code.Class, name: str) -> None:
        for part in (node.decorators, node.bases, node.keywords, node.body):
            self.each(part, "")


def called(expr: Expr | None) -> str:
    """The last name of a target or key: "token" for ``token``, ``self.token``, ``x["token"]`` and ``"token"``."""
    if isinstance(expr, code.Name):
        return expr.id
    if isinstance(expr, code.Attr):
        return expr.name
    if isinstance(expr, code.Index):
        return called(expr.index)
    if isinstance(expr, Str):
        return expr.value
    return ""


_FIELDS: dict[type, tuple[str, ...]] = {}
_SKIPPED = frozenset(
    {"start", "end", "unit", "cls", "parent", "name_start", "id", "kind", "op", "name", "local", "module"}
)


def _walked(kind: type) -> tuple[str, ...]:
    fields = getattr(kind, "__dataclass_fields__", {})
    return tuple(field for field in fields if field not in _SKIPPED)


_NAMED: dict[type, Callable[[_Names, Any, str], None]] = {
    code.Assign: _Names.assign, code.Bind: _Names.bind, code.Default: _Names.bind, code.Param: _Names.param,
    code.Pair: _Names.pair, code.Arg: _Names.arg, code.Compare: _Names.compare, code.Index: _Names.index,
    Function: _Names.function, code.Class: _Names.cls,
    code.DefineClass: lambda self, node, name: self.walk(node.cls, ""),
    code.ClassValue: lambda self, node, name: self.walk(node.cls, ""),
}  # fmt: skip
