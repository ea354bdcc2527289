"""Imports and exports, in the forms people write and in those that compilers and bundlers make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import (
    Arg,
    Assign,
    Attr,
    Await,
    Call,
    Default,
    Dict,
    Export,
    Expr,
    Import,
    Lambda,
    Name,
    Return,
    Stmt,
    Str,
    last_name,
)

from .lowering import STATEMENTS, Lowering, expression_statement

if TYPE_CHECKING:
    from mcp_lsp.syntax import Node

# What compilers and bundlers wrap around ``require``: it changes nothing of what is imported.
WRAPPERS = frozenset(
    ("__importStar", "__importDefault", "__toESM", "_interopRequireDefault", "_interopRequireWildcard",
     "_interop_require_default", "_interop_require_wildcard", "_interopDefault", "_interopDefaultLegacy",
     "_interopNamespace", "_interopNamespaceDefault")
)  # fmt: skip


def import_(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    source = clause = required = None
    type_only = False
    for child in node.children:
        kind = child.type
        if kind == "string":
            source = child
        elif kind == "import_clause":
            clause = child
        elif kind == "import_require_clause":
            required = child
        elif kind == "type" or kind == "typeof":
            type_only = True
        elif kind == "ERROR":
            lo.stmt(child, out)
    if required is not None:
        source = required.child_by_field_name("source")
        module = quoted(lo, source)
        kids = lo.kids(required)
        out.append(Import(start, end, module, "*", lo.string(kids[0]) if kids else ""))
        return
    module = quoted(lo, source)
    if clause is None:
        if source is not None:
            out.append(Import(start, end, module, None, "", type_only))
        return
    for child in clause.children:
        kind = child.type
        if kind == "identifier":
            out.append(Import(start, end, module, "default", lo.string(child), type_only))
        elif kind == "namespace_import":
            kids = lo.kids(child)
            out.append(Import(start, end, module, "*", lo.string(kids[-1]) if kids else "", type_only))
        elif kind == "named_imports":
            for one in child.children:
                if one.type == "import_specifier":
                    foreign, local, typed = specifier(lo, one)
                    out.append(Import(start, end, module, foreign, local, type_only or typed))


def quoted(lo: Lowering, node: Node | None) -> str:
    """The module a statement names, without "node:"."""
    return "" if node is None else lo.string(node).strip("\"'`").removeprefix("node:")


def specifier(lo: Lowering, node: Node) -> tuple[str, str, bool]:
    """``a as b``: ("a", "b", whether it is only a type)."""
    name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
    first = "" if name is None else lo.string(name).strip("\"'")
    typed = any(child.type == "type" and not child.is_named for child in node.children)
    return first, first if alias is None else lo.string(alias).strip("\"'"), typed


def export(lo: Lowering, node: Node, out: list[Stmt]) -> None:
    start, end = lo.at[node.start_byte], lo.at[node.end_byte]
    kinds = {child.type: child for child in node.children}
    if "type" in kinds:
        return
    decorators = [child for child in node.children if child.type == "decorator"]
    declared = node.child_by_field_name("declaration")
    if declared is not None:
        before = len(out)
        if decorators and declared.type in ("class_declaration", "abstract_class_declaration"):
            from mcp_lsp_analyzers.code import DefineClass

            from .functions import class_

            doc, lo.doc = lo.doc, None
            made = class_(lo, declared, doc, decorators)
            out.append(DefineClass(made.start, made.end, made))
        else:
            lo.stmt(declared, out)
        names = [name for statement in out[before:] for name in bound(statement)]
        if names:
            default = "default" in kinds
            out.append(Export(end, end, [(name, "default" if default else name) for name in names]))
        return
    source = node.child_by_field_name("source")
    module = None if source is None else quoted(lo, source)
    if "export_clause" in kinds:
        pairs = []
        for child in kinds["export_clause"].children:
            if child.type == "export_specifier":
                local, exported, typed = specifier(lo, child)
                if not typed:
                    pairs.append((local, exported))
        out.append(Export(start, end, pairs, module))
    elif "namespace_export" in kinds:
        kids = lo.kids(kinds["namespace_export"])
        out.append(Export(start, end, [("*", lo.string(kids[-1]) if kids else "*")], module))
    elif "*" in kinds and module is not None:
        out.append(Export(start, end, [("*", "*")], module))
    else:
        kids = [kid for kid in lo.kids(node) if kid.type != "decorator"]
        if kids:
            default_value(lo, kids[-1], start, end, out)


def default_value(lo: Lowering, node: Node, start: int, end: int, out: list[Stmt]) -> None:
    """``export default x``, ``export = x``."""
    if node.type == "ERROR":
        lo.stmt(node, out)
        return
    lo.named, lo.doc = lo.doc, None
    value = lo.expr(node)
    lo.named = None
    if isinstance(value, Name):
        out.append(Export(start, end, [(value.id, "default")]))
    else:
        out.append(Export(start, end, [("default", "default")], None, value))


def bound(statement: Stmt) -> list[str]:
    """The names that a declaration binds."""
    from mcp_lsp_analyzers.code import Define, DefineClass
    from mcp_lsp_analyzers.inside import targets

    if isinstance(statement, Define):
        return [statement.function.name]
    if isinstance(statement, DefineClass):
        return [statement.cls.name]
    if isinstance(statement, Assign):
        return [name for name, _ in targets(statement.target)]
    if isinstance(statement, Import):
        return [statement.local]
    return []


# ---------------------------------------------------------------- CommonJS


def required(target: Expr, value: Expr, start: int, end: int, out: list[Stmt]) -> bool:
    """``const x = require("m")`` and what else imports a module into a variable, as the import it is."""
    found = _module(value)
    if found is None:
        return False
    module, name = found
    if isinstance(target, Name):
        out.append(Import(start, end, module, name, target.id))
        return True
    if not isinstance(target, Dict) or name != "*":
        return False
    imports: list[Stmt] = []
    for pair in target.pairs:
        local = pair.value.target if isinstance(pair.value, Default) else pair.value
        if not isinstance(pair.key, Str) or not isinstance(local, Name):
            return False
        imports.append(Import(start, end, module, pair.key.value, local.id))
    out += imports
    return True


def _module(value: Expr) -> tuple[str, str] | None:
    if isinstance(value, Await):
        value = value.value
    if isinstance(value, Attr):
        found = _module(value.value)
        return (found[0], value.name) if found is not None and found[1] == "*" else None
    if not isinstance(value, Call) or not value.args:
        return None
    callee, first = value.callee, value.args[0].value
    word = last_name(callee)
    if word in WRAPPERS:
        return _module(first)
    if isinstance(callee, Name) and word in ("require", "import") and isinstance(first, Str):
        return first.value.removeprefix("node:"), "*"
    return None


def loaded_later(callee: Attr, args: list[Arg]) -> Str | None:
    """The module of ``Promise.resolve().then(() => require("m"))``: what compilers make of ``import("m")``."""
    before, given = callee.value, args[0].value if len(args) == 1 else None
    if not isinstance(given, Lambda) or not isinstance(before, Call) or last_name(before.callee) != "resolve":
        return None
    body = given.function.body
    only = body[0] if len(body) == 1 else None
    found = _module(only.value) if isinstance(only, Return) and only.value is not None else None
    return Str(given.start, given.end, found[0]) if found is not None and found[1] == "*" else None


def exported(target: Expr, value: Expr, start: int, end: int, source: str, out: list[Stmt]) -> None:
    """``exports.x = v`` and ``module.exports = v``; ``target`` is ``x`` already (`expressions.attribute`)."""
    if isinstance(target, Name) and source != target.id:
        name = value.id if isinstance(value, Name) else target.id
        if not isinstance(value, Name):
            if not required(target, value, start, end, out):
                out.append(Assign(start, end, target, value))
        out.append(Export(end, end, [(name, target.id)]))
    elif isinstance(target, Attr) and source.replace(" ", "") == "module.exports":
        if isinstance(value, Name):
            out.append(Export(start, end, [(value.id, "default")]))
            return
        out.append(Export(start, end, [("default", "default")], None, value))
        if isinstance(value, Dict):
            names = [
                (pair.value.id, pair.key.value)
                for pair in value.pairs
                if isinstance(pair.key, Str) and isinstance(pair.value, Name)
            ]
            if names:
                out.append(Export(end, end, names))
    else:
        out.append(Assign(start, end, target, value))


def export_call(value: Expr, start: int, end: int, out: list[Stmt]) -> bool:
    """``__exportStar(require("m"), exports)`` and ``Object.defineProperty(exports, "x", { get: () => m.x })``."""
    if not isinstance(value, Call) or len(value.args) < 2:
        return False
    word = last_name(value.callee)
    first, second = value.args[0].value, value.args[1].value
    if word == "__exportStar":
        found = _module(first)
        if found is not None:
            out.append(Export(start, end, [("*", "*")], found[0]))
            return True
    elif word == "defineProperty" and isinstance(first, Name) and first.id == "exports" and isinstance(second, Str):
        given = value.args[2].value if len(value.args) > 2 else None
        getter = given.get("get") if isinstance(given, Dict) else None
        if isinstance(getter, Lambda) and len(getter.function.body) == 1:
            only = getter.function.body[0]
            if isinstance(only, Return) and only.value is not None:
                out.append(Assign(start, end, Name(second.start, second.end, second.value), only.value))
                out.append(Export(end, end, [(second.value, second.value)]))
                return True
    return False


STATEMENTS.update(import_statement=import_, export_statement=export, import_alias=expression_statement)
