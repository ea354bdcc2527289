"""Secrets that stand in for those that nobody configured."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Call, Compare, Const, Expr, If, Index, Logic, Not, Pair, Str, flat
from ..identifier import words
from ..passage import Passage
from ..rule import Example, Finding, Severity, rule
from ..walk import Site, body
from .values import name_of


@rule(
    "MCP444",
    severity=Severity.WARNING,
    references=("CWE-798", "CWE-306", "CWE-287", "MCP01:2025", "MCP07:2025", "ASI03:2026", "CoSAI MCP-T1"),
    words=("secret", "jwt", "signing", "session_key", "encryption", "admin_password", "worker_key"),
    bad="""
    import os

    import jwt

    JWT_SECRET = os.environ.get("NOTES_JWT_SECRET", "notes-dev")
    #                                               ^^^^^^^^^^^ where `NOTES_JWT_SECRET` is not set, its stand-in …


    def caller(token: str) -> str:
        return jwt.decode(token, JWT_SECRET, algorithms=["HS256"], audience="notes")["sub"]
    """,
    good="""
    import os

    import jwt

    JWT_SECRET = os.environ["NOTES_JWT_SECRET"]


    def caller(token: str) -> str:
        return jwt.decode(token, JWT_SECRET, algorithms=["HS256"], audience="notes")["sub"]
    """,
    typescript=Example(
        bad="""
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

        export const jwtSecret = process.env.NOTES_JWT_SECRET || "notes-dev";
        //                                                       ^^^^^^^^^^^ where `NOTES_JWT_SECRET` is not set, …
        """,
        good="""
        import { randomBytes } from "node:crypto";
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

        export const jwtSecret = process.env.NOTES_JWT_SECRET || randomBytes(32).toString("hex");
        """,
    ),
)
def secret_with_a_known_stand_in(passage: Passage) -> Iterator[Finding]:
    """Where a secret is not configured, one that stands in the source is used.

    Everybody can read it there, and make tokens or sessions that the server believes. That it is meant for development
    does not keep it out of production: nothing fails where the real one was forgotten. The same goes for a key with
    which tokens are signed or checked that is written into the call.

    Refuse to start without the secret, or make a random one at each start.
    """
    if not passage.about.mcp:
        return
    for site in passage.of(Call, Assign, Pair, If):
        for name, value in _stand_ins(site):
            if _lets_in(name) and _is_one(value) and not _names_a_member(site):
                said = f"where `{name}` is not set, its stand-in is known to everybody"
                yield Finding(passage.at(site.unit, value), said, detail=name)
        key = _key(passage, site)
        if key is not None:
            said = "whoever reads this key in the source can make such tokens"
            yield Finding(passage.at(site.unit, key), said, detail="key")


def _names_a_member(site: Site) -> bool:
    """Whether what is read is the name under which a secret is found in something: ``secrets[token_key]``."""
    if site.function is None:
        return False
    around = body(site.function)
    kept = {
        name_of(each.node.target)
        for each in around
        if isinstance(each.node, Assign) and each.node.value is site.node and each.unit is site.unit
    }
    return bool(kept) and any(
        (isinstance(each.node, Index) and name_of(each.node.index) in kept)
        or (isinstance(each.node, Compare) and each.node.op in ("in", "not in") and name_of(each.node.left) in kept)
        for each in around
    )


def _key(passage: Passage, site: Site) -> Str | None:
    """``jwt.verify(token, "notes")``: a key that is written out, and is none of those that may be known."""
    call = site.node
    if not isinstance(call, Call) or name_of(call.callee) not in ("verify", "decode", "sign", "encode"):
        return None
    key = call.positional(1) or call.keyword("key")
    if not isinstance(key, Str) or len(key.value) < 2 or "PUBLIC KEY" in key.value:
        return None
    library = passage.target(call, site.function).rpartition(".")[0]
    return key if library in ("jwt", "jsonwebtoken", "jose.jwt") else None


def _stand_ins(site: Site) -> Iterator[tuple[str, Str]]:
    """What has a stand-in, by its name, and the text that is it."""
    node = site.node
    if isinstance(node, Call):
        callee, first = name_of(node.callee), node.positional(0)
        second = node.positional(1) or node.keyword("default")
        if callee in ("getenv", "get", "config", "env", "str") and isinstance(first, Str) and isinstance(second, Str):
            yield first.value, second
    elif isinstance(node, (Assign, Pair)):
        target = node.target if isinstance(node, Assign) else node.key
        value = node.value
        named = target.value if isinstance(target, Str) else name_of(target)
        if isinstance(value, Logic) and value.op in ("or", "||", "??") and isinstance(value.right, Str):
            yield name_of(value.left) or named, value.right
        elif isinstance(value, Call) and name_of(value.callee) in ("Field", "field", "SecretStr"):
            default = value.keyword("default") or value.positional(0)
            if isinstance(default, Str):
                yield named, default
    elif isinstance(node, If) and (missing := _missing(node.test)) is not None:
        for inner, _ in flat(node.then):
            if isinstance(inner, Assign) and isinstance(inner.value, Str) and name_of(inner.target) == missing:
                yield missing, inner.value


def _missing(test: Expr) -> str | None:
    """``not secret``, ``secret is None``"""
    if isinstance(test, Not):
        return name_of(test.value) or None
    if isinstance(test, Compare) and test.op in ("is", "==", "===") and isinstance(test.right, Const):
        return name_of(test.left) or None if test.right.value is None else None
    return None


_SIGNS = frozenset(("secret", "jwt", "signing", "session", "encryption", "cookie", "hmac", "admin", "worker", "auth"))
_THINGS = frozenset(("secret", "key", "password", "passwd", "token", "salt"))
_OF_OTHERS = frozenset(
    ("client", "aws", "access", "name", "names", "arn", "id", "path", "file", "url", "store", "manager", "provider",
     "type", "prefix", "header", "field", "algorithm", "lifetime", "expires", "public", "cookie_name", "region")
)  # fmt: skip


def _lets_in(name: str) -> bool:
    """Whether tokens, sessions or callers are checked with what is called so: not a credential for another service,
    and not something about a secret."""
    said = words(name)
    return bool(said) and said[-1] in _THINGS and not _SIGNS.isdisjoint(said) and _OF_OTHERS.isdisjoint(said)


def _is_one(value: Str) -> bool:
    """Not a path, nor a place that is to be filled in where it is shown: ``<NOTES_SECRET>``."""
    return (
        len(value.value) > 2 and " " not in value.value and not value.value.startswith(("/", "./", "${", "arn:", "<"))
    )
