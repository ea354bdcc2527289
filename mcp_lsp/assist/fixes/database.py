"""Fixes of SQL statements built from text: the values are bound, in the style of the driver that the file imports."""

from __future__ import annotations

import re

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Call
from mcp_lsp_analyzers.fix import BindParameters
from mcp_lsp_analyzers.pattern import pattern

from .draft import Draft
from .imports import Imports
from .literals import Hole, Part, parts, quoted, written
from .locate import Site, Source
from .sdks import modules

# How each driver writes a bound value, and how it takes the values.
_STYLES = {
    "sqlite3": "?", "aiosqlite": "?", "duckdb": "?", "pyodbc": "?",
    "psycopg": "%s", "psycopg2": "%s", "pymysql": "%s", "MySQLdb": "%s", "mysql": "%s", "aiomysql": "%s",
    "asyncpg": "$", "sqlalchemy": ":",
    "pg": "$", "postgres": "", "mysql2": "?", "better-sqlite3": "?", "bun:sqlite": "?", "sqlite": "?",
}  # fmt: skip
# A value can be bound where a value stands: behind these words and signs.
_VALUE = pattern(
    r"(?is)(=|<|>|<=|>=|<>|!=|~|\(|,|\|\||\+|-|\*|/|%|\b(LIKE|ILIKE|GLOB|REGEXP|MATCH|BETWEEN|AND|OR|WHERE|LIMIT|OFFSET|SELECT|"
    r"THEN|ELSE|WHEN|IS|NOT|ESCAPE|RETURNING|CASE))\s*$"
)
_NAMES = pattern(r"(?is)\b(FROM|JOIN|INTO|UPDATE|TABLE|ORDER\s+BY|GROUP\s+BY|INDEX|ON)\b[^()='\"]*$")
_LIST = pattern(r"(?is)\b(INTO\s+\S+\s*\([^)]*|CREATE\b.*|ALTER\b.*|PRAGMA\b.*)$")


def bind_parameters(recipe: BindParameters, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.call)
    call = site.node(Call) if site else None
    statement = call.positional(0) if call is not None else None
    if site is None or call is None or statement is None or not isinstance(call.callee, code.Attr):
        return False
    style = _style(source)
    there = source.at(recipe.statement)
    built = there.node(*_BUILT) if there is not None and there.base == site.base else None
    wrapped = statement if isinstance(statement, Call) and _is_text(site, statement) else None
    if wrapped is not None:
        statement = wrapped.positional(0) or statement
    local = isinstance(statement, code.Name)
    if built is None or not local:
        built = statement
    found = parts(site, built)
    if style is None or found is None or not any(isinstance(part, Hole) for part in found):
        return False
    if (style == ":") != (wrapped is not None):
        return False
    bound = _bound(found, style)
    if bound is None:
        return False
    text, values = bound
    draft.replace(built.start + site.base, built.end + site.base, quoted(source, text))
    return _pass(site, call, values, style, draft)


_BUILT = (code.Join, code.Binary, code.Call, code.Name)


def _style(source: Source) -> str | None:
    used = {_STYLES[name] for module in modules(source) if (name := _root(module)) in _STYLES}
    return used.pop() if len(used) == 1 and "" not in used else None


def _root(module: str) -> str:
    return module if module in _STYLES else re.split(r"[./]", module)[0]


def _is_text(site: Site, call: Call) -> bool:
    return (site.source.scope.dotted(call.callee) or "") in ("sqlalchemy.text", "sqlalchemy.sql.text")


def _bound(found: list[Part], style: str) -> tuple[str, list[list[Part]]] | None:
    """The statement with placeholders, and the value of each; ``None`` where a part is no value (a table's name)."""
    text = ""
    values: list[list[Part]] = []
    literal: list[Part] | None = None  # what stands in the SQL string literal that is open
    for part in found:
        if isinstance(part, Hole):
            if literal is not None:
                literal.append(part)
                continue
            if not _VALUE.search(text) or _NAMES.search(text) or _LIST.search(text):
                return None
            values.append([part])
            text += _placeholder(style, len(values))
            continue
        for char in part:
            if char == "'" and literal is None:
                literal = []
            elif char == "'" and literal is not None:
                if any(isinstance(p, Hole) for p in literal):
                    values.append(literal)
                    text += _placeholder(style, len(values))
                else:
                    text += "'" + "".join(str(p) for p in literal) + "'"
                literal = None
            elif literal is not None:
                if literal and isinstance(literal[-1], str):
                    literal[-1] += char
                else:
                    literal.append(char)
            else:
                text += "%%" if style == "%s" and char == "%" else char
    return None if literal is not None else (text, values)


def _placeholder(style: str, n: int) -> str:
    return {"$": f"${n}", ":": f":value{n}"}.get(style, style)


def _pass(site: Site, call: Call, values: list[list[Part]], style: str, draft: Draft) -> bool:
    source = site.source
    given = [written(source, value) for value in values]
    if source.python:
        if len(call.args) != 1:
            return False
        if style == ":":
            passed = "{" + ", ".join(f'"value{i}": {value}' for i, value in enumerate(given, 1)) + "}"
        elif style == "$":
            passed = ", ".join(given)
        else:
            passed = f"({', '.join(given)},)" if len(given) == 1 else f"({', '.join(given)})"
        last = call.args[0]
        draft.insert(last.end + site.base, f", {passed}")
        return True
    if isinstance(call.callee, code.Attr) and call.callee.name == "prepare":
        # better-sqlite3: the values go to the call that runs the prepared statement.
        runs = site.around(code.Attr, of=call)
        outer = site.around(Call, of=runs) if runs is not None else None
        if runs is None or outer is None or outer.callee is not runs or outer.args or runs.value is not call:
            return False
        draft.insert(outer.end + site.base - 1, ", ".join(given))
        return True
    rest = call.args[1:]
    if any(not isinstance(arg.value, code.Lambda) for arg in rest):
        return False
    draft.insert(call.args[0].end + site.base, f", [{', '.join(given)}]")
    return True
