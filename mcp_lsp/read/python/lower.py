"""Python statements as `code`: a segment's tree becomes a `Unit`, large containers with nested units in them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from keyword import kwlist
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import (
    Arg,
    Assign,
    Block,
    Case,
    Catch,
    Class,
    Const,
    Define,
    DefineClass,
    Do,
    Expr,
    Function,
    If,
    Import,
    Items,
    Join,
    Jump,
    Loop,
    Match,
    Name,
    Nested,
    Not,
    Opaque,
    Raise,
    Return,
    Stmt,
    Str,
    Try,
    Unit,
    With,
)
from mcp_lsp_analyzers.scope import bindings

from ..units import Nest, adopt, child, long, nests
from .expressions import DEPTH, Lowering, arguments, each, one, opaque, parameters, real

if TYPE_CHECKING:
    from ...syntax import Node, Segment


def lower(segment: Segment, nest: Nest) -> Unit:
    """The unit of one segment."""
    unit = Unit(segment.text, segment.anchor, broken=segment.broken)
    nodes = segment.nodes
    _fill(Lowering(unit, segment.base, nest, None, None, True), nodes)
    unit.binds = tuple(bindings(unit))
    return unit


def _fill(c: Lowering, nodes: list[Node]) -> None:
    c.unit.statements = _statements(c, nodes, 0)
    if "mcp-lsp:" in c.unit.key:
        _notes(c, nodes)


def _notes(c: Lowering, nodes: list[Node]) -> None:
    text, unit = c.text, c.unit
    spans = [(inner.anchor.start - unit.anchor.start, len(inner.key)) for inner in unit.nested]
    stack = nodes[::-1]
    while stack:
        node = stack.pop()
        start, end = c.at[node.start_byte], c.at[node.end_byte]
        if text.find("mcp-lsp:", start, end) < 0 or any(s <= start and end <= s + n for s, n in spans):
            continue
        if node.type == "comment":
            unit.notes.append((start, end, text[start:end]))
        else:
            stack += reversed(node.children)


# ---------------------------------------------------------------- lists of statements


def _statements(c: Lowering, nodes: list[Node], d: int) -> list[Stmt]:
    out: list[Stmt] = []
    for node in nodes:
        _statement(c, node, d, out)
    return out


def _statement(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    lower = _BY_KIND.get(node.kind_id)
    if lower is None:
        lower = _BY_KIND[node.kind_id] = _BY_TYPE.get(node.type, _other)
    if d > DEPTH:
        start, end = c.at[node.start_byte], c.at[node.end_byte]
        out.append(Do(start, end, opaque(c, node, d)))
    else:
        lower(c, node, d, out)


def _body(c: Lowering, block: Node, d: int, split: bool) -> list[Stmt]:
    """A block's statements: as nested units where ``split`` and the block is large enough."""
    nodes = block.named_children
    if not split or not nests(c.text, c.at[block.start_byte], c.at[block.end_byte]):
        return _statements(c, nodes, d)
    out: list[Stmt] = []
    nodes = [node for node in nodes if node.type not in ("comment", "line_continuation")]
    if nodes and nodes[0].type == "expression_statement":  # a docstring belongs to its container
        _statement(c, nodes.pop(0), d, out)
    at, unit = c.at, c.unit
    spans = [(at[node.start_byte], at[node.end_byte]) for node in nodes]
    for node, (start, end), slot in zip(nodes, spans, c.nest.units(unit, spans), strict=True):
        inner = slot.unit
        if slot.kept:
            adopt(inner, c.function, c.cls)
        else:
            inner.broken = node.has_error
            below = Lowering(inner, node.start_byte, slot.nest, c.function, c.cls, False)
            _fill(below, [node])
            inner.kept["yields"] = below.yields
        if not c.inner:
            child(unit, inner)
        c.yields = c.yields or inner.kept["yields"] is True
        out.append(Nested(start, end, inner))
    return out


def _is_long(c: Lowering, node: Node) -> bool:
    return node.end_byte - node.start_byte > 480 and long(c.text, c.at[node.start_byte], c.at[node.end_byte])


# ---------------------------------------------------------------- simple statements


def _expression(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    kids = node.named_children
    if len(kids) != 1:
        kids = real(node)
    if len(kids) == 1:
        kind = kids[0].type
        if kind == "assignment":
            return _assignment(c, kids[0], d, out)
        if kind == "augmented_assignment":
            return _augmented(c, kids[0], d, out)
    elif not kids:
        return None
    value = one(c, kids, d + 1)
    out.append(Do(c.at[node.start_byte], c.at[node.end_byte], value))
    return None


def _assignment(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    at = c.at
    start, end = at[node.start_byte], at[node.end_byte]
    targets: list[Expr] = []
    annotation: Expr | None = None
    while True:
        kids = real(node)
        if not kids:
            break
        targets.append(c.expr(kids[0], d + 1))
        kids = kids[1:]
        if kids and kids[0].type == "type":
            annotation = c.expr(kids[0], d + 1)
            kids = kids[1:]
        if len(kids) == 1 and kids[0].type == "assignment":
            node = kids[0]
            continue
        value = one(c, kids, d + 1) if kids else None
        for target in targets:
            out.append(Assign(start, end, target, value, "", annotation))
        break


def _augmented(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    kids = [kid for kid in node.children if kid.type != "comment" and kid.type != "line_continuation"]
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    if len(kids) < 3:
        out.append(Do(start, end, opaque(c, node, d + 1)))
        return
    target, value = c.expr(kids[0], d + 1), one(c, kids[2:], d + 1)
    out.append(Assign(start, end, target, value, kids[1].type.rstrip("=")))


def _return(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    kids = real(node)
    value = one(c, kids, d + 1) if kids else None
    out.append(Return(c.at[node.start_byte], c.at[node.end_byte], value))


def _raise(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    kids = real(node)
    out.append(Raise(c.at[node.start_byte], c.at[node.end_byte], c.expr(kids[0], d + 1) if kids else None))


def _assert(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    """``assert test, text`` checks as ``if not test: raise`` does."""
    values = each(c, real(node), d + 1)
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    if values:
        failure = Raise(start, end, values[1] if len(values) > 1 else None)
        out.append(If(start, end, Not(values[0].start, values[0].end, values[0]), [failure], []))


def _jump(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    out.append(Jump(c.at[node.start_byte], c.at[node.end_byte], node.type.partition("_")[0]))


def _nothing(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    pass


def _other(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    """An expression where a statement is expected, or a statement without a form of its own (``del``, ``global``)."""
    if node.type == "block":
        out.extend(_body(c, node, d + 1, False))
        return
    value = c.expr(node, d + 1)
    if node.is_named:
        out.append(Do(value.start, value.end, value))


def _type_alias(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    kids = real(node)
    if len(kids) == 2:
        start, end = c.at[node.start_byte], c.at[node.end_byte]
        out.append(Assign(start, end, c.expr(kids[0], d + 1), c.expr(kids[1], d + 1)))
    else:
        _other(c, node, d, out)


def _import(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    at, text = c.at, c.text
    for kid in real(node):
        inner = real(kid)
        start, end = at[kid.start_byte], at[kid.end_byte]
        if kid.type == "aliased_import" and len(inner) == 2:
            module = _word(text, at[inner[0].start_byte], at[inner[0].end_byte])
            out.append(Import(start, end, module, None, text[at[inner[1].start_byte] : at[inner[1].end_byte]]))
        elif kid.type == "dotted_name" and end > start:
            module = _word(text, start, end)
            first = module.partition(".")[0]
            # ``import a.b`` binds "a"; what is under it is found by attribute access.
            out.append(Import(start, end, first, None, first))


def _import_from(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    at, text = c.at, c.text
    kids = real(node)
    if node.type == "future_import_statement":
        module = "__future__"
    elif kids:
        module = _word(text, at[kids[0].start_byte], at[kids[0].end_byte])
        kids = kids[1:]
    else:
        return
    for kid in kids:
        inner = real(kid)
        start, end = at[kid.start_byte], at[kid.end_byte]
        if kid.type == "wildcard_import":
            out.append(Import(start, end, module, "*", "*"))
        elif kid.type == "aliased_import" and len(inner) == 2:
            name = text[at[inner[0].start_byte] : at[inner[0].end_byte]]
            out.append(Import(start, end, module, name, text[at[inner[1].start_byte] : at[inner[1].end_byte]]))
        elif kid.type == "dotted_name" and end > start:
            out.append(Import(start, end, module, text[start:end], text[start:end]))


def _word(text: str, start: int, end: int) -> str:
    return "".join(text[start:end].split()).replace("\\", "")


# ---------------------------------------------------------------- compound statements


def _if(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    at = c.at
    split = _is_long(c, node)
    end = at[node.end_byte]
    chain: list[If] = []
    for part in [node, *(kid for kid in node.named_children if kid.type == "elif_clause")]:
        kids = real(part)
        test = c.expr(kids[0], d + 1) if kids and kids[0].type != "block" else Opaque(end, end, "missing")
        body: list[Stmt] = []
        for kid in kids[1:]:
            if kid.type == "block":
                body = _body(c, kid, d + 1, split)
            elif kid.type == "ERROR":
                _statement(c, kid, d + 1, body)
        stop = at[part.end_byte]
        chain.append(If(at[part.start_byte], end if part is node else stop, test, body, []))
    for kid in node.named_children:
        if kid.type == "else_clause":
            chain[-1].otherwise = _clause(c, kid, d, split)
    for outer, inner in pairwise(chain):
        inner.end = end
        outer.otherwise = [inner]
    out.append(chain[0])


def _clause(c: Lowering, node: Node, d: int, split: bool) -> list[Stmt]:
    """The body of an ``else`` or ``finally``."""
    out: list[Stmt] = []
    for kid in real(node):
        if kid.type == "block":
            out += _body(c, kid, d + 1, split)
        else:
            _statement(c, kid, d + 1, out)
    return out


def _for(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    split = _is_long(c, node)
    head: list[Expr] = []
    body: list[Stmt] = []
    otherwise: list[Stmt] = []
    for kid in real(node):
        if kid.type == "block":
            body = _body(c, kid, d + 1, split)
        elif kid.type == "else_clause":
            otherwise = _clause(c, kid, d, split)
        else:
            head.append(c.expr(kid, d + 1))
    target = head[0] if head else None
    iterable = head[1] if len(head) > 1 else None
    out.append(Loop(c.at[node.start_byte], c.at[node.end_byte], target, iterable, None, body, otherwise))


def _while(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    _for(c, node, d, out)
    loop = out[-1]
    if isinstance(loop, Loop):
        loop.test, loop.target = loop.target, None


def _try(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    split = _is_long(c, node)
    found = Try(c.at[node.start_byte], c.at[node.end_byte], [], [], [], [])
    for kid in real(node):
        kind = kid.type
        if kind == "block":
            found.body = _body(c, kid, d + 1, split)
        elif kind == "except_clause" or kind == "except_group_clause":
            found.catches.append(_catch(c, kid, d, split))
        elif kind == "else_clause":
            found.otherwise = _clause(c, kid, d, split)
        elif kind == "finally_clause":
            found.last = _clause(c, kid, d, split)
        else:
            _statement(c, kid, d + 1, found.body)
    out.append(found)


def _catch(c: Lowering, node: Node, d: int, split: bool) -> Catch:
    types: list[Expr] = []
    target: Expr | None = None
    body: list[Stmt] = []
    for kid in real(node):
        if kid.type == "block":
            body = _body(c, kid, d + 1, split)
        elif kid.type == "as_pattern":
            value, target = _as(c, kid, d)
            types.append(value)
        else:
            types.append(c.expr(kid, d + 1))
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    if len(types) > 1:  # 3.14: except A, B
        types = [Items(types[0].start, types[-1].end, "tuple", types)]
    return Catch(start, end, types[0] if types else None, target, body)


def _as(c: Lowering, node: Node, d: int) -> tuple[Expr, Expr | None]:
    kids = real(node)
    if not kids:
        return opaque(c, node, d + 1), None
    return c.expr(kids[0], d + 1), c.expr(kids[1], d + 1) if len(kids) > 1 else None


def _with(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    split = _is_long(c, node)
    items: list[tuple[Expr, Expr | None]] = []
    body: list[Stmt] = []
    for kid in real(node):
        if kid.type == "block":
            body = _body(c, kid, d + 1, split)
        elif kid.type == "with_clause":
            for item in real(kid):
                inner = real(item)
                if len(inner) == 1 and inner[0].type == "as_pattern":
                    items.append(_as(c, inner[0], d))
                else:
                    items.append((one(c, inner, d + 1) if inner else c.expr(item, d + 1), None))
        else:
            _statement(c, kid, d + 1, body)
    out.append(With(c.at[node.start_byte], c.at[node.end_byte], items, body))


# ---------------------------------------------------------------- match


def _match(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    split = _is_long(c, node)
    subjects: list[Node] = []
    cases: list[Case] = []
    for kid in real(node):
        if kid.type == "block":
            cases += [_case(c, case, d, split) for case in real(kid) if case.type == "case_clause"]
        else:
            subjects.append(kid)
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    subject = one(c, subjects, d + 1) if subjects else Opaque(start, end, "missing")
    out.append(Match(start, end, subject, cases))


def _case(c: Lowering, node: Node, d: int, split: bool) -> Case:
    found = Case(c.at[node.start_byte], c.at[node.end_byte], [], [], None, [])
    understood = True
    patterns = 0
    for kid in real(node):
        kind = kid.type
        if kind == "case_pattern":
            patterns += 1
            understood = _pattern(c, kid, d + 1, found) and understood
        elif kind == "if_clause":
            inner = real(kid)
            found.guard = c.expr(inner[0], d + 1) if inner else None
        elif kind == "block":
            found.body = _body(c, kid, d + 1, split)
    if not understood or patterns > 1:
        found.patterns = []
    return found


def _pattern(c: Lowering, node: Node, d: int, case: Case) -> bool:
    """Add what a pattern compares with and binds; says whether comparing with that is all it does."""
    kind = node.type
    kids = real(node)
    if d > DEPTH:
        return False
    if kind in ("case_pattern", "union_pattern", "as_pattern"):
        if kind == "as_pattern" and kids and kids[-1].type == "identifier":
            case.captures.append(c.expr(kids.pop(), d + 1))
        if not kids:
            return False  # ``_``
        minus = {kid.end_byte for kid in node.children if kid.type == "-"}
        understood = True
        for kid in kids:
            if kid.start_byte in minus:
                value = c.expr(kid, d + 1)
                number = value.value if isinstance(value, Const) else None
                if isinstance(number, (int, float)):
                    case.patterns.append(Const(value.start - 1, value.end, -number))
                understood = understood and isinstance(number, (int, float))
            else:
                understood = _pattern(c, kid, d + 1, case) and understood
        return understood
    if kind == "dotted_name" and len(kids) == 1:
        case.captures.append(c.expr(node, d + 1))
        return False
    if kind in ("string", "concatenated_string", "integer", "float", "true", "false", "none", "dotted_name"):
        case.patterns.append(c.expr(node, d + 1))
        return True
    for kid in kids:
        if kid.type == "splat_pattern":
            case.captures += each(c, real(kid), d + 1)
        elif kid.type in ("case_pattern", "keyword_pattern"):
            _pattern(c, kid, d + 1, Case(0, 0, [], case.captures, None, []))
    return False


# ---------------------------------------------------------------- definitions


def _decorated(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    decorators: list[Expr] = []
    for kid in real(node):
        if kid.type == "decorator":
            decorators += each(c, real(kid), d + 1)
        elif kid.type == "function_definition":
            _function(c, kid, d, out, decorators, c.at[node.start_byte])
        elif kid.type == "class_definition":
            _class(c, kid, d, out, decorators, c.at[node.start_byte])
        else:
            _statement(c, kid, d + 1, out)


def _function(
    c: Lowering, node: Node, d: int, out: list[Stmt], decorators: list[Expr] | None = None, start: int | None = None
) -> None:
    _define(
        c, node.children, c.at[node.start_byte] if start is None else start, c.at[node.end_byte], d, out, decorators
    )


def _define(
    c: Lowering, kids: list[Node], start: int, end: int, d: int, out: list[Stmt], decorators: list[Expr] | None
) -> None:
    """A function out of the parts of its definition, complete or not."""
    function = Function(start, end, "", start, [], [], c.unit, decorators or [], cls=c.cls, parent=c.function)
    split = long(c.text, start, end)
    if not c.inner:
        child(c.unit, function)
    outer, cls, yields = c.function, c.cls, c.yields
    named = False
    for kid in kids:
        kind = kid.type
        if kind == "block":
            c.function, c.cls, c.yields, c.inner = function, None, False, c.inner + 1
            function.body += _body(c, kid, d + 1, split)
            function.is_generator = c.yields
            c.function, c.cls, c.yields, c.inner = outer, cls, yields, c.inner - 1
        elif kind == "identifier" and not named:
            named = True
            function.name_start, stop = c.at[kid.start_byte], c.at[kid.end_byte]
            function.name = c.text[function.name_start : stop]
        elif kind == "parameters":
            function.params = parameters(c, kid, d + 1)
        elif kind == "type":
            function.returns = c.expr(kid, d + 1)
        elif kind == "async":
            function.is_async = True
        elif kind == "ERROR":
            _statement(c, kid, d + 1, function.body)
    function.doc = _doc(function.body)
    function.is_static = any(isinstance(x, Name) and x.id == "staticmethod" for x in function.decorators)
    out.append(Define(start, end, function))


def _doc(body: list[Stmt]) -> Str | Join | None:
    first = body[0] if body else None
    if isinstance(first, Do) and isinstance(first.value, (Str, Join)):
        return first.value
    return None


def _class(
    c: Lowering, node: Node, d: int, out: list[Stmt], decorators: list[Expr] | None = None, start: int | None = None
) -> None:
    at = c.at
    start, end = at[node.start_byte] if start is None else start, at[node.end_byte]
    cls = Class(start, end, "", start, [], [], c.unit, decorators or [], parent=c.function)
    if not c.inner:
        child(c.unit, cls)
    split = long(c.text, start, end)
    for kid in real(node):
        kind = kid.type
        if kind == "block":
            outer = c.cls
            c.cls, c.inner = cls, c.inner + 1
            cls.body += _body(c, kid, d + 1, split)
            c.cls, c.inner = outer, c.inner - 1
        elif kind == "identifier":
            cls.name_start = at[kid.start_byte]
            cls.name = c.text[cls.name_start : at[kid.end_byte]]
        elif kind == "argument_list":
            given: list[Arg] = arguments(c, kid, d + 1)
            cls.bases = [arg.value for arg in given if arg.name is None and not arg.spread]
            cls.keywords = [arg for arg in given if arg.name is not None or arg.spread]
        elif kind == "ERROR":
            _statement(c, kid, d + 1, cls.body)
    cls.doc = _doc(cls.body)
    out.append(DefineClass(start, end, cls))


# ---------------------------------------------------------------- errors


def _error(c: Lowering, node: Node, d: int, out: list[Stmt]) -> None:
    """What is inside is lowered as far as it can be; a function whose header is there is still a function."""
    start, end = c.at[node.start_byte], c.at[node.end_byte]
    body: list[Stmt] = []
    decorators: list[Expr] = []
    kids = node.children
    i = 0
    while i < len(kids):
        kid = kids[i]
        kind = kid.type
        if kind == "decorator":
            decorators += each(c, real(kid), d + 1)
            start_of = c.at[kid.start_byte]
            if len(decorators) == 1:
                first = start_of
        elif kind == "@" and i + 1 < len(kids) and kids[i + 1].is_named:
            value = c.expr(kids[i + 1], d + 1)
            if not decorators:
                first = c.at[kid.start_byte]
            decorators.append(value)
            i += 1
        elif kind == "def" and i + 1 < len(kids) and kids[i + 1].type == "identifier":
            begin = first if decorators else c.at[kid.start_byte]
            _unfinished(c, kids[i:], begin, end, d, body, decorators, i > 0 and kids[i - 1].type == "async")
            decorators = []
            break
        elif kid.is_named and not (
            kind == "identifier" and c.text[c.at[kid.start_byte] : c.at[kid.end_byte]] in _WORDS
        ):
            _statement(c, kid, d + 1, body)
        i += 1
    body += [Do(value.start, value.end, value) for value in decorators]
    out.append(Block(start, end, body, True))


def _unfinished(
    c: Lowering, kids: list[Node], start: int, end: int, d: int, out: list[Stmt], decorators: list[Expr], is_async: bool
) -> None:
    """``def name`` with what follows it in an error: parameters as far as they are there, the rest as its body."""
    function = Function(start, end, "", start, [], [], c.unit, decorators, cls=c.cls, parent=c.function)
    function.is_async = is_async
    function.name_start = c.at[kids[1].start_byte]
    function.name = c.text[function.name_start : c.at[kids[1].end_byte]]
    if not c.inner:
        child(c.unit, function)
    outer, cls, yields = c.function, c.cls, c.yields
    c.function, c.cls, c.yields, c.inner = function, None, False, c.inner + 1
    for kid in kids[2:]:
        if kid.type == "parameters" and not function.params:
            function.params = parameters(c, kid, d + 1)
        elif kid.type == "type" and not function.body:
            function.returns = c.expr(kid, d + 1)
        elif kid.type in ("typed_parameter", "typed_default_parameter", "default_parameter") and not function.body:
            function.params += parameters(c, _Only(kid), d + 1)  # type: ignore[arg-type]
        elif kid.is_named and kid.type not in ("comment", "line_continuation"):
            _statement(c, kid, d + 1, function.body)
    c.function, c.cls, c.yields, c.inner = outer, cls, yields, c.inner - 1
    function.doc = _doc(function.body)
    out.append(Define(start, end, function))


_WORDS = frozenset(kwlist)  # inside an error the grammar takes keywords for names


class _Only:
    """One node in the place of a list of parameters."""

    def __init__(self, node: Node) -> None:
        self.named_children = [node]


Lower = Callable[[Lowering, "Node", int, "list[Stmt]"], None]
_BY_KIND: dict[int, Lower] = {}
_BY_TYPE: dict[str, Lower] = {
    "expression_statement": _expression, "assignment": _assignment, "augmented_assignment": _augmented,
    "return_statement": _return, "raise_statement": _raise, "assert_statement": _assert,
    "break_statement": _jump, "continue_statement": _jump, "pass_statement": _nothing,
    "import_statement": _import, "import_from_statement": _import_from, "future_import_statement": _import_from,
    "type_alias_statement": _type_alias, "if_statement": _if, "for_statement": _for, "while_statement": _while,
    "try_statement": _try, "with_statement": _with, "match_statement": _match,
    "decorated_definition": _decorated, "function_definition": _function, "class_definition": _class,
    "ERROR": _error, "comment": _nothing, "line_continuation": _nothing,
    "string_start": _nothing, "string_end": _nothing,
}  # fmt: skip
