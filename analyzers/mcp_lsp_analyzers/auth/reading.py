"""Servers that promise only to read, and decide by words what only reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..code import (
    Assign,
    Attr,
    Call,
    Compare,
    Comprehension,
    Expr,
    Function,
    If,
    Items,
    Loop,
    Name,
    Pair,
    Raise,
    Regex,
    Return,
    Str,
)
from ..gates import ENFORCED
from ..passage import Passage
from ..pattern import pattern
from ..place import Place
from ..putting import outermost
from ..rule import Example, Finding, Related, Severity, rule
from ..walk import Site, body, sites
from .values import holder, mentions, name_of, operands, origins

_WRITING = frozenset(
    ("insert", "update", "delete", "drop", "create", "alter", "merge", "truncate", "set", "remove", "replace", "grant",
     "revoke", "detach", "exec", "execute", "load", "copy", "attach", "rename", "call", "add")
)  # fmt: skip
_STRONG = frozenset(("insert", "delete", "drop", "merge", "truncate", "alter", "create", "update"))
_OF_ANYTHING = frozenset(("create", "update", "delete"))  # what is done to anything, in whatever language
_READING = frozenset(
    ("select", "with", "show", "explain", "describe", "desc", "match", "pragma", "values", "return", "use", "help")
)


@rule(
    "MCP416",
    severity=Severity.WARNING,
    references=("CWE-184", "CWE-863", "MCP02:2025", "LLM06:2025", "LLM03:2026", "ASI02:2026", "CoSAI MCP-T2"),
    words=("insert", "delete", "drop", "merge", "truncate", "alter", "create", "update", "select"),
    bad='''
    import re

    import psycopg


    @mcp.tool()
    def query(sql: str) -> list:
        """Read from the notes; nothing is changed."""
        if re.search(r"\\b(INSERT|UPDATE|DELETE|DROP)\\b", sql, re.IGNORECASE):
        #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the words of a statement decide that it only reads
            raise ValueError("only reading is allowed")
        with psycopg.connect("dbname=notes") as connection:
            return connection.execute(sql).fetchall()
    ''',
    good='''
    import psycopg


    @mcp.tool()
    def count(author: str) -> list:
        """Count the notes of an author; nothing is changed."""
        with psycopg.connect("dbname=notes") as connection:
            connection.read_only = True
            return connection.execute("SELECT count(*) FROM notes WHERE author = %s", (author,)).fetchall()
    ''',
    typescript=Example(
        bad="""
        import pg from "pg";

        const pool = new pg.Pool();

        export async function readQuery(sql: string) {
          if (!sql.trim().toUpperCase().startsWith("SELECT")) {
            //                                     ^^^^^^^^ the words of a statement decide that it only reads
            throw new Error("only reading is allowed");
          }
          return (await pool.query(sql)).rows;
        }
        """,
        good="""
        import pg from "pg";

        const pool = new pg.Pool();

        export async function readQuery(sql: string) {
          const client = await pool.connect();
          try {
            await client.query("BEGIN TRANSACTION READ ONLY");
            return (await client.query(sql)).rows;
          } finally {
            await client.query("ROLLBACK");
            client.release();
          }
        }
        """,
    ),
)
def read_only_by_words(passage: Passage) -> Iterator[Finding]:
    """Whether a statement may run is decided by the words in it.

    Lists of forbidden words are never complete, and what is allowed can write too: a `SELECT` that calls a function,
    `WITH … DELETE`, `CALL apoc.…` in Cypher (CVE-2026-35402), a second statement behind a semicolon, a comment in
    front. And a note that contains the word "update" cannot be found.

    Let the database refuse: a read-only transaction, a role without rights to write, or its own word on what a
    statement does (`EXPLAIN`).
    """
    enforced: bool | None = None
    found: dict[object, list[Place]] = {}
    for site in passage.of(Call, Compare, Items, Regex):
        node = site.node
        at: Expr | None = None
        if isinstance(node, Call):
            at = _by_word(node, site.function)
            if at is not None and (_of_names(node) or not _refuses(passage, site) or _affirmed(node, passage)):
                at = None
        elif isinstance(node, Compare):
            asks = _reads_somewhere(node) and _refuses(passage, site) and not _affirmed(node, passage)
            at = node.left if asks else None
        elif isinstance(node, Items):
            said = [item.value.strip().lower() for item in node.items if isinstance(item, Str)]
            strong = _strong(said) if len(said) == len(node.items) else frozenset()
            if len(strong) >= 3 and not strong <= _OF_ANYTHING and (_all_words(said) or _expressions(said)):
                at = node if _FORBIDS.search(holder(passage, site)) or _gone_through_here(passage, site) else None
        elif isinstance(node, Regex) and _finds_changes(node.pattern) and _kept(passage, site):
            at = node
        if at is not None:
            if enforced is None:  # asked late: reading a long declaration takes longer than all else
                enforced = _parses(passage) or ENFORCED.search(passage.unit.key) is not None
            if enforced:
                return
            found.setdefault(outermost(site.function), []).append(passage.at(site.unit, at))
    for first, *more in found.values():
        yield Finding(
            first,
            "the words of a statement decide that it only reads",
            related=tuple(Related(place, "so do these") for place in more),
            detail="words",
        )


def _reads_somewhere(test: Compare) -> bool:
    """``"select" not in sql.lower()``: a word that only reads may stand in what changes something too."""
    if test.op not in ("in", "not in") or not isinstance(test.left, Str):
        return False
    looked = test.right.callee if isinstance(test.right, Call) else test.right
    return _SELECTS.fullmatch(test.left.value) is not None and _is_statement(looked)


def _is_statement(text: Expr) -> bool:
    """By its name, however its letters are made: ``sql``, ``query.strip().lower``."""
    while isinstance(text, (Attr, Call)) and _STATEMENTS.search(name_of(text)) is None:
        text = text.callee if isinstance(text, Call) else text.value
    return _STATEMENTS.search(name_of(text)) is not None


def _affirmed(test: Compare | Call, passage: Passage) -> bool:
    """Whether it is refused where the word is there: ``if "select" in sql: raise``, in what is not for reading."""
    if test.op != "in" if isinstance(test, Compare) else name_of(test.callee) != "includes":
        return False
    return any(test in tuple(operands(other.node.test)) for other in passage.of(If))  # type: ignore[attr-defined]


_SELECTS = pattern(r"\s*select\s*", re.I)
_STATEMENTS = pattern(r"sql|query|statement|stmt|cypher|normali[sz]ed|^q$", re.I)


def _kept(passage: Passage, site: Site) -> bool:
    """Whether an expression is kept under a name for what is forbidden: ``const dmlPattern = /…/i``."""
    return any(
        isinstance(other.node, Assign) and other.node.value is site.node and _FORBIDS.search(name_of(other.node.target))
        for other in passage.of(Assign)
    )


def _gone_through_here(passage: Passage, site: Site) -> bool:
    """``for word in ("DROP", …): if word in sql: raise …``, ``if any(word in sql for word in ("DROP", …)): raise …``"""
    if _refuses(passage, site):
        return True
    loops = sites(site.function.body, site.unit, kinds=(Loop,)) if site.function is not None else []
    bodies = [one.node.body for one in loops if isinstance(one.node, Loop) and one.node.iterable is site.node]
    return any(isinstance(one.node, Raise) for body in bodies for one in sites(body, site.unit, kinds=(Raise,)))


_FORBIDS = pattern(r"forbid|danger|writ|block|deny|disallow|mutat|modif|unsafe|restrict|destruct|ddl|dml", re.I)
_PARSERS = frozenset(("sqlglot", "pglast", "node-sql-parser", "pgsql-ast-parser", "libpg-query"))


def _parses(passage: Passage) -> bool:
    """Whether the file takes statements apart with a parser, in whichever of its functions."""
    there = {module.partition(".")[0] for module in passage.about.imports}
    return not _PARSERS.isdisjoint(there) or ("sqlparse" in there and passage.about.parses)


_DECIDES = pattern(rf"{_FORBIDS.pattern}|read|safe|allow|valid|permit|select", re.I)


def _refuses(passage: Passage, site: Site) -> bool:
    """Whether what a call says lets a statement through or not: it is tested before something is refused, it is what a
    function answers that is asked so, or it is kept as a pattern of that name."""
    start, end = site.node.start, site.node.end  # type: ignore[attr-defined]
    kept = holder(passage, site)
    if _FORBIDS.search(kept):
        return True
    decides = _DECIDES.search(kept) is not None
    for other in passage.of(If):
        node = other.node
        assert isinstance(node, If)
        asked = other.unit is site.unit and node.test.start <= start and end <= node.test.end
        if asked or (decides and other.function is site.function and mentions(node.test, (kept,), other)):
            positive = isinstance(node.test, Call) and name_of(node.test.callee).lower() == "startswith"
            exits = any(isinstance(s.node, Raise) or _says_error(s.node) for s in sites(node.then, site.unit))
            return exits and not positive
    if site.function is None or not _DECIDES.search(site.function.name):
        return False
    return any(
        isinstance(other.node, Return)
        and other.unit is site.unit
        and other.node.start <= start
        and end <= other.node.end
        for other in body(site.function)
    )


def _says_error(node: object) -> bool:
    if isinstance(node, Pair):
        return isinstance(node.key, Str) and node.key.value in ("isError", "error")
    if isinstance(node, Return) and node.value is not None:
        inside = [s.node for s in sites(node.value, None)]  # type: ignore[arg-type]
        return any(
            isinstance(n, Str) and re.search(r"only|not allowed|error|forbidden|read-?only", n.value, re.I)
            for n in inside
        )
    return False


def _strong(said: list[str]) -> frozenset[str]:
    """The words that change something: written out, or in expressions that find them."""
    if _expressions(said):
        return _STRONG.intersection(re.findall(r"[a-z]{4,}", re.sub(r"\\[a-z]", " ", " ".join(said))))
    return _STRONG.intersection(said)


def _expressions(said: list[str]) -> bool:
    return bool(said) and all("\\b" in text or "\\s" in text or text.startswith("^") for text in said)


def _all_words(said: list[str]) -> bool:
    writing = sum(word.split()[0] in _WRITING for word in said if word)
    return writing * 2 >= len(said) or writing >= _MANY


_MANY = 8
"""So many words that write are a list of what is forbidden, whatever else is in it."""
_OF_STATEMENTS = frozenset(("from", "into", "where", "select", "explain"))
"""Words of patterns that find statements, whatever they do."""


_NAMES = pattern(r"(?:^|_|[a-z])(?:[Nn]ames?|[Mm]ethod|[Tt]ool|[Aa]ction|[Vv]erb)$")


def _of_names(call: Call) -> bool:
    """Whether what is looked through is the name of something, no statement."""
    looked = [arg.value for arg in call.args]
    if isinstance(call.callee, Attr):
        looked.append(call.callee.value)
    return any(isinstance(each, (Name, Attr)) and _NAMES.search(name_of(each)) for each in looked)


def _by_word(call: Call, function: Function | None) -> Expr | None:
    """The words that a call looks for in a text."""
    name = name_of(call.callee)
    if name in ("search", "match", "compile", "test", "findall", "exec", "RegExp", "fullmatch"):
        for value in (*(a.value for a in call.args), call.callee.value if isinstance(call.callee, Attr) else None):
            pattern = value.value if isinstance(value, Str) else value.pattern if isinstance(value, Regex) else ""
            if _finds_changes(pattern):
                return value
    if name in ("startswith", "startsWith") and isinstance(call.callee, Attr):
        first = call.positional(0)
        listed = _gone_through(first, function) if isinstance(first, Name) else first
        texts = [listed] if isinstance(listed, Str) else listed.items if isinstance(listed, Items) else []
        begins = [text.value.strip().lower() for text in texts if isinstance(text, Str)]
        if "select" in begins and all(word.split()[:1] and word.split()[0] in _READING for word in begins):
            return first
    if name == "includes" and isinstance(call.callee, Attr):  # of a text; a list of names may have one called so
        first = call.positional(0)
        if isinstance(first, Str) and _SELECTS.fullmatch(first.value) is not None and _is_statement(call.callee.value):
            return first
    return None


def _finds_changes(expression: str) -> bool:
    """Whether a regular expression looks for one of several words that change something."""
    said = {word.lower() for word in re.findall(r"[A-Za-z]{3,}", expression)}
    return "|" in expression and len(_STRONG & said) >= 3 and not _OF_STATEMENTS & said


def _gone_through(name: Name, function: Function | None) -> Expr | None:
    """The texts that a name is, or goes through: ``any(sql.startswith(word) for word in READING)``."""
    if function is None:
        return None
    held: list[Expr] = [name]
    for site in sites(function.body, function.unit, function, kinds=(Comprehension,)):
        node = site.node
        assert isinstance(node, Comprehension)
        held += [iterable for target, iterable, _ in node.clauses if isinstance(target, Name) and target.id == name.id]
    found = [one for each in held for one in origins(each, function) if isinstance(one, Items)]
    return found[0] if len(found) == 1 else None
