"""The walk from a TypeScript or JavaScript syntax tree into ``code.py``: what the functions of all constructs share.

One pass, one table entry per kind of node. Kinds are looked up by their number; the tables are filled as kinds are
first seen, because numbers differ between the three grammars.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Union

from mcp_lsp_analyzers.code import Class, Do, Expr, Function, Name, Nested, Opaque, Stmt, Str, Unit
from mcp_lsp_analyzers.pattern import pattern

from ...syntax.language import parser
from ..units import Nest, adopt, child, nests, nests_whole

if TYPE_CHECKING:
    from mcp_lsp.syntax import Node

DEEPEST = 160
"""Levels of expressions and statements inside one another. Deeper ones (no one writes them by hand) become `Opaque`,
so that neither this walk nor a later one over its result runs into Python's recursion limit of 1,000 frames."""

SKIPPED = frozenset((
    "comment", "html_comment", "hash_bang_line", "type_annotation", "type_arguments", "type_parameters",
    "empty_statement", "accessibility_modifier", "override_modifier", "optional_chain", "implements_clause",
    "ambient_declaration", "function_signature", "method_signature",
    "abstract_method_signature", "index_signature", "debugger_statement", "import_attribute",
))  # fmt: skip
"""Kinds without meaning at run time. Comments are read apart (`Unit.notes`, `Function.doc`)."""

ERROR = 0xFFFF  # the number of the kind of nodes that stand around what could not be parsed
BEYOND = pattern(r"[^\x00-\x7f]")
COMMENTS = frozenset(("comment", "html_comment", "hash_bang_line"))


class Kinds:
    """What to do with each kind of node of one grammar, by the number of the kind."""

    __slots__ = ("comments", "decorators", "expressions", "names", "skip", "statements")

    def __init__(self, grammar: str) -> None:
        language = parser(grammar).language
        assert language is not None
        self.skip: set[int] = set()
        self.comments: set[int] = set()
        self.decorators: set[int] = set()
        self.expressions: dict[int, ExprFn] = {}
        self.statements: dict[int, StmtFn] = {}
        self.names: dict[int, str] = {}
        for number in (*range(language.node_kind_count), ERROR):
            kind, named = language.node_kind_for_id(number) or "", language.node_kind_is_named(number)
            self.names[number] = kind
            if not named or kind in SKIPPED:
                self.skip.add(number)
            if kind in COMMENTS:
                self.comments.add(number)
            if kind == "decorator":
                self.decorators.add(number)
            self.expressions[number] = EXPRESSIONS.get(kind, unknown) if named else nothing
            self.statements[number] = STATEMENTS.get(kind, expression_statement) if named else no_statement


class Wide:
    """Byte offsets in a text with characters beyond ASCII, as code points."""

    __slots__ = ("ahead", "base", "behind", "shift")

    def __init__(self, behind: list[int], ahead: list[int], base: int, shift: int) -> None:
        self.behind = behind  # for each such character: the byte behind it,
        self.ahead = ahead  # and by how much bytes are ahead of code points there
        self.base = base  # where the text starts in its tree, in bytes
        self.shift = shift  # where the unit starts in the text, in code points

    def __getitem__(self, byte: int) -> int:
        byte -= self.base
        i = bisect_right(self.behind, byte)
        return byte - self.shift - (self.ahead[i - 1] if i else 0)


Offsets = Union[range, Wide]


def offsets(text: str, base: int) -> Offsets:
    """What turns byte offsets of a tree, in which ``text`` begins at byte ``base``, into code points of the text."""
    if text.isascii():
        return range(-base, len(text) + 1)
    behind, ahead, sum_ = [], [], 0
    for match in BEYOND.finditer(text):
        char = match.group()
        sum_ += 1 if char < "\u0800" else 2 if char < "\U00010000" else 3
        behind.append(match.start() + sum_ + 1)
        ahead.append(sum_)
    return Wide(behind, ahead, base, 0)


def inside(at: Offsets, start: int) -> Offsets:
    """The same for a unit that begins at ``start``."""
    if isinstance(at, range):
        return range(at.start - start, at.stop)
    return Wide(at.behind, at.ahead, at.base, at.shift + start)


_Stated = tuple["Node", Union["Node", None], "list[Node]"]
"""A statement, the comment before it, its decorators."""


class Lowering:
    """The state of one walk. ``text``, ``at``, ``unit`` and ``nest`` are those of the unit being read."""

    __slots__ = (
        "at", "cls", "decorators", "depth", "doc", "expressions", "function", "home", "in_awaiter", "kinds", "long",
        "named", "names", "nest", "skip", "statements", "text", "unit",
    )  # fmt: skip

    def __init__(self, grammar: str, unit: Unit, at: Offsets, nest: Nest, long: bool) -> None:
        kinds = GRAMMARS.get(grammar)
        if kinds is None:
            kinds = GRAMMARS[grammar] = Kinds(grammar)
        self.kinds, self.skip, self.names = kinds, kinds.skip, kinds.names
        self.expressions, self.statements = kinds.expressions, kinds.statements
        self.unit, self.text, self.at, self.nest = unit, unit.key, at, nest
        self.long = long
        self.function: Function | None = None
        self.cls: Class | None = None  # the class in whose body, not in whose methods, the walk is
        self.home: tuple[Function | None, Class | None] | None = None  # what surrounds the nested unit being read
        self.doc: Node | None = None  # a comment that stands right before the statement at hand
        self.named: Node | None = None  # the same, where the statement gives a name to the function that follows
        self.decorators: list[Node] = []  # what stands before a method; other declarations contain theirs
        self.in_awaiter = False
        self.depth = 0

    # ------------------------------------------------------------ nodes

    def expr(self, node: Node) -> Expr:
        if self.depth > DEEPEST:
            return too_deep(self, node)
        self.depth += 1
        result = self.expressions[node.kind_id](self, node)
        self.depth -= 1
        return result

    def stmt(self, node: Node, out: list[Stmt]) -> None:
        number = node.kind_id
        if number in self.skip:
            return
        if self.depth > DEEPEST:
            out.append(Do(self.at[node.start_byte], self.at[node.end_byte], too_deep(self, node)))
            return
        self.depth += 1
        self.statements[number](self, node, out)
        self.depth -= 1

    def kids(self, node: Node) -> list[Node]:
        """The children that mean something: no punctuation, comments, types."""
        skip = self.skip
        return [inner for inner in node.children if inner.kind_id not in skip]

    def field(self, node: Node, name: str) -> Expr | None:
        found = node.child_by_field_name(name)
        return None if found is None else self.expr(found)

    def string(self, node: Node) -> str:
        """The source of a node."""
        return self.text[self.at[node.start_byte] : self.at[node.end_byte]]

    # ------------------------------------------------------------ statements in a row

    def body(self, node: Node | None) -> list[Stmt]:
        """The statements of a block, or the one statement that stands in place of a block."""
        out: list[Stmt] = []
        if node is None:
            return out
        if node.type == "statement_block":
            self.run(node, node.children, out)
        else:
            self.stmt(node, out)
        return out

    def run(self, container: Node | None, nodes: Sequence[Node], out: list[Stmt]) -> None:
        """Statements in a row, each with the comment before it; units of their own where their container is long."""
        at, skip, kinds = self.at, self.skip, self.kinds
        split = whole = False
        if self.long and container is not None:
            start, end = at[container.start_byte], at[container.end_byte]
            split = nests_whole(self.text, start, end)
            whole = split and not nests(self.text, start, end)
            if whole and nodes and nodes[-1].type == "statement_block":
                split = False  # ``case "a": { … }``: what is in the block is kept
        doc: Node | None = None
        decorators: list[Node] = []
        found: list[_Stated] = []
        for node in nodes:
            number = node.kind_id
            if number in skip:
                if number in kinds.comments and not decorators:
                    doc = node
                continue
            if number in kinds.decorators:
                decorators.append(node)
                continue
            if split:
                found.append((node, doc, decorators))
            else:
                self.doc, self.decorators = doc, decorators
                self.stmt(node, out)
                self.decorators = []
            doc, decorators = None, []
        self.doc = None
        if found:
            self.split([found] if whole else [[each] for each in found], out)

    def split(self, parts: list[list[_Stated]], out: list[Stmt]) -> None:
        at, parent, text, nest, home = self.at, self.unit, self.text, self.nest, self.home
        spans = []
        for part in parts:
            node, doc, decorators = part[0]
            start = at[(decorators[0] if decorators else node).start_byte]
            if doc is not None and text.startswith("/**", at[doc.start_byte]):
                start = at[doc.start_byte]
            spans.append((start, at[part[-1][0].end_byte]))
        here = self.home is not None and self.home == (self.function, self.cls)
        broken = [any(node.has_error for node, _, _ in part) for part in parts]
        slots = nest.units(parent, spans, broken)
        for part, (start, end), torn, slot in zip(parts, spans, broken, slots, strict=False):
            unit = slot.unit
            out.append(Nested(start, end, unit))
            if here:
                child(parent, unit)
            if slot.kept:
                adopt(unit, self.function, self.cls)
                continue
            self.unit, self.text, self.nest = unit, unit.key, slot.nest
            self.at = inside(at, start)
            self.home = self.function, self.cls
            unit.broken = unit.anchor.torn = torn
            for node, doc, decorators in part:
                self.doc, self.decorators = doc, decorators
                self.stmt(node, unit.statements)
                self.decorators = []
            self.unit, self.text, self.at, self.nest, self.home = parent, text, at, nest, home
        self.doc = None

    def made(self, thing: Function | Class) -> None:
        """A function or class begins: its unit must know it where it stands in no other function or class of it."""
        if self.home is not None and self.home == (self.function, self.cls):
            child(self.unit, thing)


ExprFn = Callable[[Lowering, "Node"], Expr]
StmtFn = Callable[[Lowering, "Node", "list[Stmt]"], None]
EXPRESSIONS: dict[str, ExprFn] = {}
STATEMENTS: dict[str, StmtFn] = {}
GRAMMARS: dict[str, Kinds] = {}


# ---------------------------------------------------------------- what the tables do not know


def expression_statement(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    out.append(Do(lo.at[node.start_byte], lo.at[node.end_byte], lo.expr(node)))


def nothing(lo: Lowering, node: Node) -> Expr:
    return Opaque(lo.at[node.start_byte], lo.at[node.end_byte], node.type)


def no_statement(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    pass


def unknown(lo: Lowering, node: Node) -> Expr:
    """Anything else, with what is inside. Statements inside (around a syntax error) become a nameless function's."""
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    if start == end:  # what the parser put in because it is missing
        return Opaque(start, end, "missing")
    inside: list[Expr] = []
    for inner in lo.kids(node):
        kind = inner.type
        if kind in STATEMENTS and kind != "ERROR":
            lo.doc, lo.decorators = None, []
            statements: list[Stmt] = []
            lo.stmt(inner, statements)
            inside += loose(lo, statements)
        else:
            inside.append(lo.expr(inner))
    return Opaque(start, end, node.type, inside)


def loose(lo: Lowering, statements: list[Stmt]) -> list[Expr]:
    """Statements where only expressions can stand."""
    from mcp_lsp_analyzers.code import Lambda

    if not statements:
        return []
    if all(isinstance(statement, Do) for statement in statements):
        return [statement.value for statement in statements if isinstance(statement, Do)]
    start, end = statements[0].start, statements[-1].end
    return [Lambda(start, end, Function(start, end, "", start, [], statements, lo.unit, parent=lo.function))]


def too_deep(lo: Lowering, node: Node) -> Expr:
    """Its strings are kept (without the names they are bound to), nothing else."""
    strings = lo.unit.strings
    lo.unit.kept.setdefault("deep", lo.at[node.start_byte])
    found: list[Expr] = []
    cursor = node.walk()
    while True:
        current = cursor.node
        if current is not None and current.type == "string_fragment":
            start, end = lo.at[current.start_byte], lo.at[current.end_byte]
            strings.append(Str(start, end, lo.text[start:end], ((0, end - start, start, end),)))
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return Opaque(lo.at[node.start_byte], lo.at[node.end_byte], "deep", found)


def name(lo: Lowering, node: Node) -> Expr:
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    return Name(start, end, lo.text[start:end]) if end > start else Opaque(start, end, "missing")
