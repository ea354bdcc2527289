"""Writing strings of either language, and reading how a string is put together from parts."""

from __future__ import annotations

import json
import re
from typing import Union

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Expr
from mcp_lsp_analyzers.record import dataclass

from .locate import Site, Source


@dataclass(frozen=True)
class Hole:
    """A part of a string that is known only at run time. ``form``: "!r", ":>10" and the like, as written."""

    text: str
    form: str = ""
    expr: Expr | None = None


Part = Union[str, Hole]


def quoted(source: Source, value: str) -> str:
    """A string literal of the file's language, in the quotes it uses."""
    if source.python:
        from mcp_lsp.syntax import rewrite  # loads libcst

        text = rewrite.quoted(value)
    else:
        text = json.dumps(value, ensure_ascii=False)
    return text if "'" in value or '"' in value else f"{source.quote}{text[1:-1]}{source.quote}"


def written(source: Source, parts: list[Part]) -> str:
    """A string put together from parts, in the shortest form: the hole itself, a literal, an f-string, a template."""
    if all(isinstance(part, str) for part in parts):
        return quoted(source, "".join(str(part) for part in parts))
    if len(parts) == 1 and isinstance(parts[0], Hole) and not parts[0].form:
        return parts[0].text
    if source.python:
        return _f_string(source, parts)
    out = "".join(
        "${" + part.text + "}" if isinstance(part, Hole) else re.sub(r"([`\\]|\$(?=\{))", r"\\\1", part)
        for part in parts
    )
    return f"`{out}`"


def _f_string(source: Source, parts: list[Part]) -> str:
    holes = [part.text for part in parts if isinstance(part, Hole)]
    quote = next((q for q in (source.quote, '"', "'") if not any(q in text for text in holes)), '"""')
    out = []
    for part in parts:
        if isinstance(part, Hole):
            # A space keeps a dictionary or set apart from a doubled brace.
            gap = " " if part.text.startswith("{") else ""
            out.append("{" + gap + part.text + part.form + "}")
        else:
            body = quoted(source, part)[1:-1].replace("{", "{{").replace("}", "}}")
            out.append(body.replace('\\"', '"').replace("'", "\\'") if quote == "'" else body)
    return f"f{quote}{''.join(out)}{quote}"


def parts(site: Site, expr: Expr) -> list[Part] | None:
    """How a string expression is put together: literals, f-strings and templates, ``+``, ``%`` with ``%s``,
    ``.format``. ``None`` where that cannot be told; anything that is no string building is one hole."""
    found = _parts(site, expr)
    if found is None:
        return None
    merged: list[Part] = []
    for part in found:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    return merged


def _parts(site: Site, expr: Expr) -> list[Part] | None:
    if isinstance(expr, code.Str):
        return None if expr.bytes else [expr.value]
    if isinstance(expr, code.Join):
        return None if expr.tag is not None else _joined(site, expr)
    if isinstance(expr, code.Binary) and expr.op == "+":
        left, right = _parts(site, expr.left), _parts(site, expr.right)
        return None if left is None or right is None else left + right
    if isinstance(expr, code.Binary) and expr.op == "%" and isinstance(expr.left, code.Str):
        values: list[Expr] = expr.right.items if isinstance(expr.right, code.Items) else [expr.right]
        return _percent(site, expr.left.value, values)
    if isinstance(expr, code.Call) and isinstance(expr.callee, code.Attr) and expr.callee.name == "format":
        if isinstance(expr.callee.value, code.Str):
            return _formatted(site, expr.callee.value.value, expr)
    return [_hole(site, expr)]


def _hole(site: Site, expr: Expr) -> Hole:
    """What is put in, without a conversion to a string that an argument vector or a bound parameter does not need."""
    if isinstance(expr, code.Call) and len(expr.args) == 1 and not expr.args[0].spread and not expr.args[0].name:
        if site.source.scope.dotted(expr.callee) in ("shlex.quote", "pipes.quote"):
            return _hole(site, expr.args[0].value)
    return Hole(site.text(expr), expr=expr)


def _joined(site: Site, expr: code.Join) -> list[Part] | None:
    found: list[Part] = []
    for part in expr.parts:
        if isinstance(part, code.Str):
            if part.bytes:
                return None
            found.append(part.value)
        elif isinstance(part, code.Join):
            inner = _joined(site, part)
            if inner is None:
                return None
            found += inner
        else:
            hole = _hole(site, part)
            if site.source.python:
                form = re.compile(r"\)*\s*(![rsa])?(:[^{}]*)?\}").match(site.source.text, part.end + site.base)
                if form is None:  # ``{x=}`` or a computed format
                    return None
                hole = Hole(hole.text, (form.group(1) or "") + (form.group(2) or ""), hole.expr)
            found.append(hole)
    return found


def _percent(site: Site, template: str, values: list[Expr]) -> list[Part] | None:
    found: list[Part] = []
    rest = list(values)
    for piece in re.split(r"(%.)", template, flags=re.S):
        if piece == "%%":
            found.append("%")
        elif piece in ("%s", "%d", "%i") and rest:
            found.append(_hole(site, rest.pop(0)))
        elif piece.startswith("%") and len(piece) == 2:
            return None
        else:
            found.append(piece)
    return None if rest else found


def _formatted(site: Site, template: str, call: code.Call) -> list[Part] | None:
    found: list[Part] = []
    at = 0
    for piece in re.split(r"(\{\{|\}\}|\{[^{}]*\})", template):
        if piece in ("{{", "}}"):
            found.append(piece[0])
        elif piece.startswith("{") and piece.endswith("}"):
            name = piece[1:-1]
            value = call.positional(at if not name else int(name)) if name.isdigit() or not name else call.keyword(name)
            if value is None:
                return None
            at += not name
            found.append(_hole(site, value))
        else:
            found.append(piece)
    return found
