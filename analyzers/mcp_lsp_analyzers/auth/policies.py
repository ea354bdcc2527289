"""Policies that a server makes for itself and that do not hold: read-only by words, masking by name, open lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..code import Assign, Attr, Call, Compare, Expr, Function, If, Items, Logic, Name, Pair, Raise, Regex, Return, Str
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..walk import Site, body, sites
from .values import name_of

_WRITING = frozenset(
    ("insert", "update", "delete", "drop", "create", "alter", "merge", "truncate", "set", "remove", "replace", "grant",
     "revoke", "detach", "exec", "execute", "load", "copy", "attach", "rename", "call", "add")
)  # fmt: skip
_STRONG = frozenset(("insert", "delete", "drop", "merge", "truncate", "alter", "create", "update"))
_OF_ANYTHING = frozenset(("create", "update", "delete"))  # what is done to anything, in whatever language
_READING = frozenset(("select", "with", "show", "explain", "describe", "desc", "match", "pragma", "values", "return"))
_ENFORCED = pattern(
    r"read[_ -]?only\s*=\s*(?:true|1)|readonly\s*[:=]\s*true|transaction_read_only|READ ONLY|READ_ACCESS|mode=ro"
    r"|default_transaction_read_only|execute_read|\bEXPLAIN\b\s*[\"'`{+]|SET TRANSACTION READ|set_authorizer"
    r"|query_only|sqlglot|sqlparse|pglast|node-sql-parser|pgsql-ast|libpg",
    re.IGNORECASE,
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
    for site in passage.of(Call, Items):
        node = site.node
        at: Expr | None = None
        if isinstance(node, Call):
            at = _by_word(node)
            if at is not None and (_of_names(node) or not _refuses(passage, site)):
                at = None
        elif isinstance(node, Items):
            said = [item.value.strip().lower() for item in node.items if isinstance(item, Str)]
            strong = _STRONG.intersection(said) if len(said) == len(node.items) else frozenset()
            if len(strong) >= 3 and not strong <= _OF_ANYTHING and _all_words(said):
                at = node if _FORBIDS.search(_holder(passage, site)) else None
        if at is not None:
            if enforced is None:  # asked late: reading a long declaration takes longer than all else
                enforced = _ENFORCED.search(passage.unit.key) is not None
            if enforced:
                return
            yield Finding(
                passage.at(site.unit, at), "the words of a statement decide that it only reads", detail="words"
            )


_FORBIDS = pattern(r"forbid|danger|writ|block|deny|disallow|mutat|modif|unsafe|restrict|destruct|ddl|dml", re.I)
_DECIDES = pattern(rf"{_FORBIDS.pattern}|read|safe|allow|valid|permit|select", re.I)


def _holder(passage: Passage, site: Site) -> str:
    """The name of what a node is assigned to."""
    start, end = site.node.start, site.node.end  # type: ignore[attr-defined]
    for other in passage.of(Assign):
        node = other.node
        assert isinstance(node, Assign)
        if other.unit is site.unit and node.value is not None and node.value.start <= start and end <= node.value.end:
            return name_of(node.target)
    return ""


def _refuses(passage: Passage, site: Site) -> bool:
    """Whether what a call says lets a statement through or not: it is tested before something is refused, it is what a
    function answers that is asked so, or it is kept as a pattern of that name."""
    start, end = site.node.start, site.node.end  # type: ignore[attr-defined]
    if _FORBIDS.search(_holder(passage, site)):
        return True
    for other in passage.of(If):
        node = other.node
        assert isinstance(node, If)
        if other.unit is site.unit and node.test.start <= start and end <= node.test.end:
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


def _all_words(said: list[str]) -> bool:
    return sum(word.split()[0] in _WRITING for word in said if word) * 2 >= len(said)


_OF_STATEMENTS = frozenset(("from", "into", "where", "select", "explain"))
"""Words of patterns that find statements, whatever they do."""


_NAMES = pattern(r"(?:^|_|[a-z])(?:[Nn]ames?|[Mm]ethod|[Tt]ool|[Aa]ction|[Vv]erb)$")


def _of_names(call: Call) -> bool:
    """Whether what is looked through is the name of something, no statement."""
    looked = [arg.value for arg in call.args]
    if isinstance(call.callee, Attr):
        looked.append(call.callee.value)
    return any(isinstance(each, (Name, Attr)) and _NAMES.search(name_of(each)) for each in looked)


def _by_word(call: Call) -> Expr | None:
    """The words that a call looks for in a text."""
    name = name_of(call.callee)
    if name in ("search", "match", "compile", "test", "findall", "exec", "RegExp", "fullmatch"):
        for value in (*(a.value for a in call.args), call.callee.value if isinstance(call.callee, Attr) else None):
            pattern = value.value if isinstance(value, Str) else value.pattern if isinstance(value, Regex) else ""
            said = {word.lower() for word in re.findall(r"[A-Za-z]{3,}", pattern)}
            if "|" in pattern and len(_STRONG & said) >= 3 and not _OF_STATEMENTS & said:
                return value
    if name in ("startswith", "startsWith") and isinstance(call.callee, Attr):
        first = call.positional(0)
        texts = [first] if isinstance(first, Str) else first.items if isinstance(first, Items) else []
        begins = [text.value.strip().lower() for text in texts if isinstance(text, Str)]
        if "select" in begins and all(word.split()[:1] and word.split()[0] in _READING for word in begins):
            return first
    return None


@rule(
    "MCP418",
    severity=Severity.WARNING,
    references=("CWE-200", "CWE-184", "MCP10:2025", "LLM02:2025", "LLM02:2026", "CoSAI MCP-T5"),
    words=("secret",),
    bad='''
    import subprocess


    @mcp.tool()
    def show(resource: str) -> str:
        """Show a resource of the cluster."""
        shown = subprocess.check_output(["kubectl", "get", "-o", "yaml", "--", resource], text=True)
        must_mask = resource == "secret" or resource == "secrets"
        #           ^^^^^^^^^^^^^^^^^^^^ other spellings of `resource` are not masked
        return "***" if must_mask else shown
    ''',
    good='''
    import json
    import subprocess


    @mcp.tool()
    def show(resource: str) -> str:
        """Show a resource of the cluster."""
        shown = json.loads(subprocess.check_output(["kubectl", "get", "-o", "json", "--", resource]))
        must_mask = shown["kind"] == "Secret"
        return "***" if must_mask else json.dumps(shown)
    ''',
    typescript=Example(
        bad="""
        export function shown(resourceType: string, text: string) {
          const maskSecrets = resourceType === "secret" || resourceType === "secrets";
          //                  ^^^^^^^^^^^^^^^^^^^^^^^^^ other spellings of `resourceType` are not masked
          return maskSecrets ? "***" : text;
        }
        """,
        good="""
        export function shown(answer: { kind: string; text: string }) {
          const maskSecrets = answer.kind === "Secret";
          return maskSecrets ? "***" : answer.text;
        }
        """,
    ),
)
def masking_by_exact_name(passage: Passage) -> Iterator[Finding]:
    """Whether an answer is masked depends on the exact spelling of what was asked for.

    The program that is asked takes more spellings than the comparison knows (`secret/name`, `secrets.v1.`,
    `secret,configmap` for kubectl): what should be masked is shown.

    Decide by what came back, not by what was asked for; or take only names from a fixed list.
    """
    for site in passage.of(Assign, If):
        node = site.node
        if site.function is not None and _masks(site.function.name):
            continue  # it looks at what came back
        if isinstance(node, Assign):
            if node.value is None or not _masks(name_of(node.target)):
                continue
            test: Expr = node.value
        else:
            assert isinstance(node, If)
            test = node.test
            if not any(_compared(test)) or not any(_masks(name_of(call.callee)) for call in _direct(node, site)):
                continue
        compared = [c for c in _compared(test) if isinstance(c.left, Name) and _chosen(c.left.id, site.function)]
        if compared:
            left = compared[0].left
            yield Finding(
                passage.at(site.unit, compared[0]),
                f"other spellings of `{name_of(left)}` are not masked",
                detail=name_of(left),
            )


def _direct(node: If, site: Site) -> Iterator[Call]:
    for inner in sites(node.then, site.unit, site.function, functions=False, kinds=(Call,)):
        assert isinstance(inner.node, Call)
        yield inner.node


def _masks(name: str) -> bool:
    return not {"mask", "redact", "censor", "scrub"}.isdisjoint(words(name))


def _compared(test: Expr) -> Iterator[Compare]:
    """Comparisons with a secret's kind, on any side of and/or."""
    if isinstance(test, Logic):
        yield from _compared(test.left)
        yield from _compared(test.right)
    elif isinstance(test, Compare) and test.op in ("==", "in"):
        right = test.right
        texts = [right] if isinstance(right, Str) else right.items if isinstance(right, Items) else []
        if any(isinstance(text, Str) and "secret" in text.value.lower() for text in texts):
            yield test


def _chosen(name: str, function: Function | None) -> bool:
    """Whether a name is a parameter, or made of one: chosen by whoever calls."""
    from .values import origins, parameter

    if function is None:
        return False
    if parameter(name, function) is not None:
        return True
    for origin in origins(Name(0, 0, name), function):
        for site in sites(origin, function.unit, function):
            if isinstance(site.node, Name) and parameter(site.node.id, function) is not None:
                return True
    return False


@rule(
    "MCP419",
    severity=Severity.WARNING,
    references=("CWE-184", "CWE-200", "MCP02:2025", "MCP05:2025", "LLM06:2025", "LLM03:2026", "ASI02:2026"),
    words=("allow", "safe", "permit", "read", "white", "valid"),
    bad='''
    import subprocess


    @mcp.tool()
    def kubectl(arguments: list[str]) -> str:
        """Run a kubectl command that only reads."""
        allowed = ["get", "describe", "logs", "config"]
        #                                     ^^^^^^^^ `kubectl config` gives out credentials or runs programs
        if arguments[0] not in allowed:
            raise ValueError("not allowed")
        return subprocess.check_output(["kubectl", arguments[0], "--", *arguments[1:]], text=True)
    ''',
    good='''
    import subprocess


    @mcp.tool()
    def kubectl(arguments: list[str]) -> str:
        """Run a kubectl command that only reads."""
        allowed = ["get", "describe", "logs"]
        if arguments[0] not in allowed:
            raise ValueError("not allowed")
        return subprocess.check_output(["kubectl", arguments[0], "--", *arguments[1:]], text=True)
    ''',
    typescript=Example(
        bad="""
        const allowedCommands = ["status", "log", "diff", "config"];
        //                                                ^^^^^^^^ `git config` gives out credentials or runs programs

        export function mayRun(command: string[]) {
          return command[0] === "git" && allowedCommands.includes(command[1]);
        }
        """,
        good="""
        const allowedCommands = ["status", "log", "diff"];

        export function mayRun(command: string[]) {
          return command[0] === "git" && allowedCommands.includes(command[1]);
        }
        """,
    ),
)
def allowed_command_gives_secrets(passage: Passage) -> Iterator[Finding]:
    """A list of harmless subcommands holds one that is not.

    `kubectl config view --raw` prints every credential of the user, `kubectl create token` makes one, `git config` sets
    programs to run, `docker exec` and `docker run` are a shell. In a list of commands that "only read", they give a
    model what it must not have.

    Leave them out, or allow single forms with all their options (`config current-context`).
    """
    for site in passage.of(Items):
        node = site.node
        assert isinstance(node, Items)
        texts = {item.value: item for item in node.items if isinstance(item, Str)}
        if len(texts) < 3 or len(texts) != len(node.items):
            continue
        for program, (usual, risky) in _PROGRAMS.items():
            named = program in passage.unit.key
            if len(usual & texts.keys()) < (2 if named else 3) or not _allows(passage, site):
                continue
            for word in sorted(risky & texts.keys(), key=lambda w: texts[w].start):
                yield Finding(
                    passage.at(site.unit, texts[word]),
                    f"`{program} {word}` gives out credentials or runs programs",
                    detail=f"{program} {word}",
                )


_PROGRAMS = {
    "kubectl": (
        {"get", "describe", "logs", "top", "explain", "version", "api-resources"},
        {"config", "auth", "exec", "cp", "proxy", "attach", "debug", "run", "create", "port-forward", "edit"},
    ),
    "git": ({"status", "log", "diff", "show", "branch", "blame"}, {"config", "daemon", "filter-branch", "bisect"}),
    "docker": ({"ps", "images", "inspect", "logs", "stats", "version"}, {"exec", "run", "cp", "login", "context"}),
    "helm": ({"list", "status", "history", "version", "search"}, {"plugin", "install", "upgrade"}),
    "gcloud": ({"compute", "projects", "container", "info"}, {"auth", "config", "iam"}),
}


def _allows(passage: Passage, site: Site) -> bool:
    """Whether a list is what is let through, by the name of what holds it."""
    return re.search(r"allow|safe|permit|read|white|valid", _holder(passage, site), re.IGNORECASE) is not None
