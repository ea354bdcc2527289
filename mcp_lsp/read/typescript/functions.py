"""Functions, methods, their parameters, and classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import (
    Assign,
    Attr,
    Block,
    Class,
    ClassValue,
    Default,
    Define,
    DefineClass,
    Do,
    Expr,
    Function,
    Lambda,
    Name,
    Opaque,
    Param,
    Return,
    Spread,
    Stmt,
    Str,
)

from . import literals
from .expressions import key
from .lowering import EXPRESSIONS, STATEMENTS, Lowering, unknown
from .types import annotation

if TYPE_CHECKING:
    from mcp_lsp.syntax import Node


def function(
    lo: Lowering, node: Node, name: Node | None, decorators: list[Node] | None = None, doc: Node | None = None
) -> Function:
    """Any function. ``decorators`` stand before it, outside of ``node``."""
    at = lo.at
    start, end = at[node.start_byte], at[node.end_byte]
    label, name_start = "", start
    if name is not None:
        name_start = at[name.start_byte]
        label = lo.text[name_start : at[name.end_byte]].strip("\"'`")
    result = Function(start, end, label, name_start, [], [], lo.unit, parent=lo.function, cls=lo.cls)
    lo.made(result)
    result.doc = literals.doc(lo, doc)
    if decorators:
        result.decorators = [lo.expr(decorator) for decorator in decorators]
        result.start = at[decorators[0].start_byte]
    parameters = body = returns = None
    broken: list[Node] = []
    names = lo.names
    for child in node.children:
        kind = names[child.kind_id]
        if kind == "formal_parameters":
            parameters = child
        elif kind == "async":
            result.is_async = True
        elif kind == "*":
            result.is_generator = True
        elif kind == "static":
            result.is_static = True
        elif kind == "type_annotation":
            returns = child
        elif kind == "statement_block":
            body = child
        elif kind == "get":
            result.decorators.append(Name(at[child.start_byte], at[child.end_byte], "property"))
        elif kind == "set":
            result.decorators.append(Name(at[child.start_byte], at[child.end_byte], "setter"))
        elif kind == "=>":
            result.arrow = True
        elif kind == "ERROR":
            broken.append(child)
    if returns is not None:
        result.returns = annotation(lo, returns)
    outer = lo.function, lo.cls, lo.in_awaiter
    lo.function, lo.cls, lo.in_awaiter = result, None, False
    fields: list[Stmt] = []
    if parameters is not None:
        for child in lo.kids(parameters):
            _parameter(lo, child, result, fields)
    elif result.arrow:
        single = node.child_by_field_name("parameter")
        if single is not None:
            _parameter(lo, single, result, fields)
    if body is None and result.arrow:
        body = node.child_by_field_name("body")
    for child in broken:
        lo.stmt(child, result.body)
    if body is not None:
        _body(lo, body, result, fields)
    if fields:
        result.body[:0] = fields
    lo.function, lo.cls, lo.in_awaiter = outer
    return result


def _body(lo: Lowering, body: Node, into: Function, fields: list[Stmt]) -> None:
    if "__awaiter" in lo.text:
        inner = _awaiter(lo, body)
        if inner is not None:
            into.is_async = True
            lo.in_awaiter = True
            parameters = inner.child_by_field_name("parameters")
            given = [] if parameters is None else lo.kids(parameters)
            if given:  # ``(_a) => __awaiter(this, [_a], void 0, function* ({ file }) { ... })``
                into.params.clear()
                for child in given:
                    _parameter(lo, child, into, fields)
            body = inner.child_by_field_name("body") or body
    if body.type != "statement_block":
        value = lo.expr(body)
        into.body.append(Return(value.start, value.end, value))
        return
    lo.run(body, body.children, into.body)


def _awaiter(lo: Lowering, body: Node) -> Node | None:
    """``return __awaiter(this, void 0, void 0, function* () { ... })``: the generator that has the real body of a
    compiled async function, which an arrow function may give as it is."""
    values = [body]
    if body.type == "statement_block":
        statements = lo.kids(body)
        if len(statements) != 1 or statements[0].type != "return_statement":
            return None
        values = lo.kids(statements[0])
    if len(values) != 1 or values[0].type != "call_expression":
        return None
    callee, given = values[0].children[0], values[0].children[-1]
    if not lo.string(callee).endswith("__awaiter") or given.type != "arguments":
        return None
    last = given.named_children[-1:]
    return last[0] if last and last[0].type == "generator_function" else None


def _parameter(lo: Lowering, node: Node, function: Function, fields: list[Stmt]) -> None:
    at = lo.at
    start, end = at[node.start_byte], at[node.end_byte]
    names = lo.names
    kind = names[node.kind_id]
    declared: Expr | None = None
    default: Expr | None = None
    field = False
    pattern: Node | None = node
    if kind == "required_parameter" or kind == "optional_parameter":
        pattern = node.child_by_field_name("pattern")
        children = node.children
        if len(children) > 1:
            for child in children:
                inner = names[child.kind_id]
                if inner == "type_annotation":
                    declared = annotation(lo, child)
                elif inner == "accessibility_modifier" or inner == "readonly":
                    field = True
            value = node.child_by_field_name("value")
            if value is not None:
                default = lo.expr(value)
    if pattern is None or pattern.type == "this":
        return
    target = lo.expr(pattern)
    spread = ""
    if isinstance(target, Default):
        default = target.value
        target = target.target
    if isinstance(target, Spread):
        target, spread = target.value, "*"
    function.params.append(Param(start, end, target, declared, default, spread))
    if field and isinstance(target, Name):
        made = Attr(target.start, target.end, Name(target.start, target.start, "self"), target.id, target.start)
        fields.append(Assign(start, end, made, Name(target.start, target.end, target.id)))


def value(lo: Lowering, node: Node) -> Expr:
    """A function as a value."""
    doc, lo.named = lo.named, None
    made = function(lo, node, node.child_by_field_name("name"), None, doc)
    return Lambda(made.start, made.end, made)


def method(lo: Lowering, node: Node, decorators: list[Node] | None = None, doc: Node | None = None) -> Function:
    return function(lo, node, node.child_by_field_name("name"), decorators, doc)


def declaration(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    doc, lo.doc = lo.doc, None
    made = function(lo, node, node.child_by_field_name("name"), None, doc)
    out.append(Define(made.start, made.end, made))


# ---------------------------------------------------------------- classes


def class_(lo: Lowering, node: Node, doc: Node | None, decorators: list[Node] | None = None) -> Class:
    at = lo.at
    start, end = at[node.start_byte], at[node.end_byte]
    name = node.child_by_field_name("name")
    label = "" if name is None else lo.string(name)
    made = Class(start, end, label, start if name is None else at[name.start_byte], [], [], lo.unit)
    made.parent = lo.function
    lo.made(made)
    made.doc = literals.doc(lo, doc)
    inside = [child for child in node.children if child.type == "decorator"]
    before = [*(decorators or ()), *inside]
    if before:
        made.start = min(start, at[before[0].start_byte])
        made.decorators = [lo.expr(decorator) for decorator in before]
    body: Node | None = None
    for child in node.children:
        kind = child.type
        if kind == "class_heritage":
            made.promises += [
                annotation(lo, kid)
                for clause in child.children
                if clause.type == "implements_clause"
                for kid in clause.children
                if kid.is_named
            ]
            for base in lo.kids(child):
                if base.type == "extends_clause":
                    made.bases += [lo.expr(kid) for kid in lo.kids(base)]
                else:
                    made.bases.append(lo.expr(base))
        elif kind == "class_body":
            body = child
    if body is not None:
        outer = lo.function, lo.cls
        lo.function, lo.cls = lo.function, made
        lo.run(body, body.children, made.body)
        lo.function, lo.cls = outer
    return made


def member(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    doc, lo.doc = lo.doc, None
    before, lo.decorators = lo.decorators, []
    made = method(lo, node, [*before, *(child for child in node.children if child.type == "decorator")], doc)
    out.append(Define(made.start, made.end, made))


def field(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    """A field; its decorators follow it as statements."""
    at = lo.at
    before, lo.decorators = lo.decorators, []
    start, end = at[node.start_byte], at[node.end_byte]
    name = node.child_by_field_name("name") or node.child_by_field_name("property")
    given, declared = node.child_by_field_name("value"), node.child_by_field_name("type")
    if name is None:
        out.append(Assign(start, end, Opaque(start, start, "missing"), None))
        return
    label = key(lo, name)
    target: Expr = Name(label.start, label.end, label.value) if isinstance(label, Str) else label
    shown = None if declared is None else annotation(lo, declared)
    lo.named, lo.doc = lo.doc, None
    made = None if given is None else lo.expr(given)
    lo.named = None
    out.append(Assign(start, end, target, made, "", shown))
    for decorator in [*before, *(child for child in node.children if child.type == "decorator")]:
        value = lo.expr(decorator)
        out.append(Do(value.start, value.end, value))


def static_block(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    body = node.child_by_field_name("body")
    out.append(Block(lo.at[node.start_byte], lo.at[node.end_byte], lo.body(body)))


def class_value(lo: Lowering, node: Node) -> Expr:
    doc, lo.named = lo.named, None
    made = class_(lo, node, doc)
    return ClassValue(made.start, made.end, made)


def class_declaration(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    doc, lo.doc = lo.doc, None
    made = class_(lo, node, doc)
    out.append(DefineClass(made.start, made.end, made))


def stray(lo: Lowering, node: Node) -> Expr:
    """A method outside of a class, around a syntax error."""
    made = method(lo, node)
    return Lambda(made.start, made.end, made) if made.body else unknown(lo, node)


EXPRESSIONS.update(
    arrow_function=value,
    function_expression=value,
    generator_function=value,
    method_definition=stray,
)
EXPRESSIONS["class"] = class_value
STATEMENTS.update(
    function_declaration=declaration,
    generator_function_declaration=declaration,
    class_declaration=class_declaration,
    abstract_class_declaration=class_declaration,
    method_definition=member,
    public_field_definition=field,
    field_definition=field,
    class_static_block=static_block,
)
