"""Who a caller is said to be that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import (
    Assign,
    Call,
    Compare,
    Define,
    Dict,
    Expr,
    Function,
    If,
    Items,
    Lambda,
    Logic,
    Not,
    Return,
    Str,
    flat,
)
from ..identifier import words
from ..passage import Passage
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import body
from .values import holder, is_constant, name_of


@rule(
    "MCP454",
    severity=Severity.INFORMATION,
    references=("CWE-287", "CWE-306", "CWE-636", "MCP07:2025", "CoSAI MCP-T1"),
    words=("auth", "user", "identity", "principal", "caller"),
    bad="""
    from mcp.server.fastmcp import FastMCP

    from .sessions import current

    mcp = FastMCP("notes")


    def get_current_user() -> dict:
        known = current()
        if known:
            return known
        return {"user_id": "local-user", "role": "admin"}
        #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ whoever is not known is taken for `local-user`
    """,
    good="""
    from mcp.server.fastmcp import FastMCP

    from .sessions import current

    mcp = FastMCP("notes")


    def get_current_user() -> dict:
        known = current()
        if not known:
            raise PermissionError("who is calling?")
        return known
    """,
    typescript=Example(
        bad="""
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
        import { sessions } from "./sessions.js";

        export const server = new McpServer({ name: "notes", version: "1.0.0" });

        export async function checkAuth() {
          const known = sessions.getStore();
          if (known) {
            return known;
          }
          return { uid: "local-user", tier: "enterprise" };
          //     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ whoever is not known is taken for `local-user`
        }
        """,
        good="""
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
        import { sessions } from "./sessions.js";

        export const server = new McpServer({ name: "notes", version: "1.0.0" });

        export async function checkAuth() {
          const known = sessions.getStore();
          if (!known) {
            throw new Error("who is calling?");
          }
          return known;
        }
        """,
    ),
)
def identity_for_whoever_has_none(passage: Passage) -> Iterator[Finding]:
    """Whoever is not known is given an identity that is written out.

    It is there for a server that one person runs on their own computer. The same code answers requests: a way in on
    which nobody was asked, or a session that is gone, has all the rights of that identity, and nothing fails.

    Refuse whoever is not known. Where a local server needs somebody, decide that once, when it starts over stdio.
    """
    if not passage.about.mcp or named_as_test(passage.about.uri):
        return
    yield from _raised_up(passage)
    for site in passage.of(Define, Lambda):
        function: Function = site.node.function  # type: ignore[attr-defined]
        if not _says_who(function.name or holder(passage, site)):
            continue
        answers = [(one.node.value, one) for one in body(function, Return) if isinstance(one.node, Return)]
        if len(answers) < 2:
            continue  # it is never anybody else
        for value, at in answers:
            name = "" if value is None else _made_up(value)
            if name and value is not None:
                yield Finding(passage.at(at.unit, value), f"whoever is not known is taken for `{name}`", detail=name)


def _raised_up(passage: Passage) -> Iterator[Finding]:
    """Whoever is made an administrator because nobody says who they are: ``if (user) … else isAdmin = true;``"""
    for site in passage.of(If):
        node = site.node
        assert isinstance(node, If)
        absent = isinstance(node.test, Not)
        if not any(not _KNOWN_BY.isdisjoint(words(name_of(part))) for part in _asked(node.test)):
            continue
        for statement, unit in flat(node.then if absent else node.otherwise):
            if isinstance(statement, Assign) and is_constant(statement.value, True):
                name = name_of(statement.target)
                if not _MIGHTY.isdisjoint(words(name)):
                    said = f"whoever is not known has all rights: `{name}`"
                    yield Finding(passage.at(unit or site.unit, statement.target), said, detail=name)


def _asked(test: Expr) -> Iterator[Expr]:
    if isinstance(test, Logic):
        yield from _asked(test.left)
        yield from _asked(test.right)
    elif isinstance(test, Not):
        yield from _asked(test.value)
    elif isinstance(test, Compare):
        yield test.left
    else:
        yield test


_KNOWN_BY = frozenset(("user", "userid", "key", "apikey", "token", "secret", "auth", "session", "context", "caller"))
_MIGHTY = frozenset(("admin", "superadmin", "superuser", "root"))
_ASKS = frozenset(
    ("get", "check", "require", "resolve", "current", "verify", "ensure", "authenticate", "authenticated", "load")
)
_WHO = frozenset(("auth", "user", "identity", "principal", "caller", "authenticate", "context", "request", "session"))


def _says_who(name: str) -> bool:
    said = words(name)
    return not _ASKS.isdisjoint(said) and said[-1] in _WHO


_NAMES = frozenset(("uid", "userid", "user_id", "sub", "id", "username", "user", "email", "login"))
_RIGHTS = frozenset(
    ("role", "roles", "tier", "scope", "scopes", "plan", "permissions", "isadmin", "is_admin", "admin", "is_superuser",
     "issuperuser", "groups")
)  # fmt: skip
_NOBODY = frozenset(("anonymous", "guest", "public", "unknown", "nobody", "none", "unauthenticated"))
_LITTLE = frozenset(("free", "viewer", "read", "readonly", "user", "basic"))


def _made_up(value: Expr) -> str:
    """Who an answer says that somebody is, where that and their rights are written out."""
    if isinstance(value, Dict):
        given = [(pair.key.value, pair.value) for pair in value.pairs if isinstance(pair.key, Str)]
    elif isinstance(value, Call):
        given = [(arg.name, arg.value) for arg in value.args if arg.name]
    else:
        return ""
    who = next((each.value for key, each in given if key.lower() in _NAMES and isinstance(each, Str)), "")
    if not who or not _NOBODY.isdisjoint(words(who)):
        return ""
    return who if any(key.lower() in _RIGHTS and _grants(each) for key, each in given) else ""


def _grants(value: Expr) -> bool:
    if isinstance(value, Items):
        return any(_grants(item) for item in value.items)
    if isinstance(value, Str):
        return bool(value.value) and _LITTLE.isdisjoint(words(value.value)) and _NOBODY.isdisjoint(words(value.value))
    return is_constant(value, True)
