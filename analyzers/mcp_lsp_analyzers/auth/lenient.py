"""Checks that say yes to somebody of whom nothing is known."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import (
    Assign,
    Attr,
    Call,
    Choice,
    Compare,
    Const,
    Define,
    Expr,
    Function,
    If,
    Index,
    Items,
    Lambda,
    Logic,
    Name,
    Not,
    Pair,
    Raise,
    Return,
    Stmt,
    Str,
    Try,
    last_of,
)
from ..expressions import spelled
from ..identifier import words
from ..passage import Passage
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import Site, body, sites
from .values import holder, is_constant, is_nothing, is_secret, missing, name_of, operands


@rule(
    "MCP455",
    severity=Severity.WARNING,
    references=("CWE-636", "CWE-287", "CWE-863", "MCP07:2025", "CoSAI MCP-T1"),
    words=("return true", "return ok", "audience", "issuer", ".aud", ".resource"),
    bad="""
    from .store import known_tokens, revoked


    def validate_token(token: str) -> bool:
        try:
            if revoked(token):
                return False
            for known in known_tokens():
                if known.value == token:
                    return not known.expired
        except OSError:
            return True
            #      ^^^^ `validate_token` says yes where it could not find out
        return True
        #      ^^^^ `validate_token` says yes to what it does not know
    """,
    good="""
    from .store import known_tokens


    def validate_token(token: str) -> bool:
        try:
            for known in known_tokens():
                if known.value == token:
                    return not known.expired
        except OSError:
            return False
        return False
    """,
    typescript=Example(
        bad="""
        import { grants } from "./grants.js";

        export async function checkPermission(user: string, tool: string): Promise<boolean> {
          try {
            const granted = await grants(user);
            return granted.includes(tool);
          } catch (error) {
            return true;
            //     ^^^^ `checkPermission` says yes where it could not find out
          }
        }
        """,
        good="""
        import { grants } from "./grants.js";

        export async function checkPermission(user: string, tool: string): Promise<boolean> {
          try {
            const granted = await grants(user);
            return granted.includes(tool);
          } catch (error) {
            return false;
          }
        }
        """,
    ),
)
def failure_lets_callers_in(passage: Passage) -> Iterator[Finding]:
    """A check of callers says yes where it fails, or to whoever it does not know.

    What it asks may be out of reach, or may be made to fail by what a caller sends: then everybody is let in, and
    nothing shows it. A token that no list has is an unknown one, not a good one, and one that does not say for whom it
    was issued was not issued for this service.

    Let the last word be no: answer `False` at the end and in every `except` or `catch`, or let the error go on to
    whoever answers the request.
    """
    if not passage.about.mcp or named_as_test(passage.about.uri):
        return
    for site in passage.of(Define, Lambda):
        function: Function = site.node.function  # type: ignore[attr-defined]
        name = function.name or holder(passage, site)
        if _of_claims(name):
            yield from _passes_without(passage, function, name)
        if not _lets_in(name):
            continue
        returns = [one for one in body(function, Return) if isinstance(one.node, Return)]
        if all(is_constant(one.node.value, True) for one in returns):  # type: ignore[attr-defined]
            continue
        for at in _where_it_failed(function):
            yield Finding(passage.at(at.unit, at.node), f"`{name}` says yes where it could not find out", detail=name)
        last = last_of(function.body)
        if isinstance(last, Return) and is_constant(last.value, True) and _knows_some(function, name):
            for one in returns:
                if one.node is last and last.value is not None:
                    said = f"`{name}` says yes to what it does not know"
                    yield Finding(passage.at(one.unit, last.value), said, detail=name)


def _passes_without(passage: Passage, function: Function, name: str) -> Iterator[Finding]:
    """Where a check of what a token says about itself goes well as soon as it does not say it."""
    if not any(isinstance(one.node, Raise) or _says_no(one.node) for one in body(function, Raise, Return)):
        return
    for site in body(function, If):
        node = site.node
        assert isinstance(node, If)
        absent = missing(node.test)
        only = node.then[0] if len(node.then) == 1 else None
        if absent is None or not isinstance(only, Return) or not _goes_well(only, absent, function):
            continue
        claim = name_of(absent)
        if (
            claim in _CLAIMS
            and isinstance(absent, (Attr, Index, Call))
            and _WRITTEN.isdisjoint(words(name_of(_held_in(absent))))
        ):
            said = f"`{name}` passes where `{claim}` is missing"
            yield Finding(passage.at(site.unit, absent), said, detail=f"{name} {claim}", severity=Severity.INFORMATION)


def _says_no(node: object) -> bool:
    return isinstance(node, Return) and is_constant(node.value, False)


def _goes_well(end: Return, missing: Expr, function: Function) -> bool:
    """``return True``, ``return claims``; ``return`` in a function that never gives anything back."""
    if is_constant(end.value, True):
        return True
    if is_nothing(end.value):
        return all(is_nothing(one.node.value) for one in body(function, Return))  # type: ignore[attr-defined]
    return isinstance(end.value, Name) and end.value.id == name_of(_held_in(missing))


def _held_in(claim: Expr) -> Expr | None:
    """What a claim is read from."""
    held = claim.callee if isinstance(claim, Call) else claim
    return held.value if isinstance(held, (Attr, Index)) else None


_CLAIMS = frozenset(("aud", "audience", "resource", "iss", "issuer", "azp"))
_WRITTEN = frozenset(("config", "settings", "options", "self", "this", "expected", "env", "cfg", "opts"))
"""What is decided here, and not said by a token."""


def _of_claims(name: str) -> bool:
    said = words(name)
    return bool(said) and said[0] in _ASSERTS and not _ABOUT_TOKENS.isdisjoint(said)


_ASSERTS = frozenset(("assert", "verify", "validate", "check", "ensure", "require", "is"))
_ABOUT_TOKENS = frozenset(
    ("audience", "aud", "resource", "issuer", "claim", "claims", "token", "binding", "payload", "jwt", "access")
)


_VERBS = frozenset(
    ("verify", "validate", "check", "is", "has", "can", "authenticate", "authorize", "authorise", "may", "valid")
)
_OF_CALLERS = frozenset(
    ("token", "auth", "authenticated", "authorized", "authorised", "permission", "permissions", "permitted", "access",
     "signature", "credential", "credentials", "apikey", "jwt", "owner", "ownership", "password", "secret", "bearer",
     "authentication", "authorization", "scope", "scopes", "admin", "caller", "hmac")
)  # fmt: skip
_OF_OTHERS = frozenset(
    ("budget", "limit", "count", "length", "expired", "expiring", "file", "path", "network", "internet")
)


def _lets_in(name: str) -> bool:
    """Whether a function of this name says of a caller whether they are let in."""
    said = words(name)
    if not said or not _OF_OTHERS.isdisjoint(said) or _VERBS.isdisjoint(said):
        return False
    return not _OF_CALLERS.isdisjoint(said) or "api_key" in "_".join(said)


def _where_it_failed(function: Function) -> Iterator[Site]:
    """What is answered where something in it failed, and that is yes."""
    for site in sites(function.body, function.unit, function, functions=False, kinds=(Try,)):
        node = site.node
        assert isinstance(node, Try)
        for catch in node.catches:
            last = last_of(catch.body)
            if isinstance(last, Return) and last.value is not None and is_constant(last.value, True):
                if not _of_no_module(catch.types):
                    yield Site(last.value, site.unit, function)


def _of_no_module(types: Expr | None) -> bool:
    return types is not None and name_of(types) in ("ImportError", "ModuleNotFoundError")


def _knows_some(function: Function, name: str) -> bool:
    """Whether a function looks for a secret that it is given among those it knows, and says yes where it finds it."""
    given = {
        param.name for param in function.params if is_secret(param.name) or param.name in ("key", "api_key", "apiKey")
    }
    if not given or not _is_about_secrets(name):
        return False
    for site in body(function, If):
        node = site.node
        assert isinstance(node, If)
        last = last_of(node.then)
        if isinstance(last, Return) and last.value is not None and not is_constant(last.value, False):
            if any(_finds(part, given) for part in operands(node.test)):
                return True
    return False


def _is_about_secrets(name: str) -> bool:
    said = words(name)
    return is_secret(said[-1]) or said[-1] == "key"


def _finds(test: Expr, given: set[str]) -> bool:
    if not isinstance(test, Compare) or test.op not in ("==", "===", "in"):
        return False
    sides = (test.left,) if test.op == "in" else (test.left, test.right)
    others = (test.right,) if test.op == "in" else (test.right, test.left)
    return any(
        isinstance(side, Name) and side.id in given and not isinstance(other, (Str, Const))
        for side, other in zip(sides, others, strict=True)
    )


@rule(
    "MCP456",
    severity=Severity.WARNING,
    references=("CWE-863", "CWE-285", "CWE-636", "MCP07:2025", "CoSAI MCP-T2"),
    words=("scope", "permission", "role", "grant", "privilege"),
    bad="""
    from .keys import find


    def scopes_of(request) -> list[str]:
        key = find(request)
        granted = key.scopes or ["*"]
        #                       ^^^^^ whoever has no `scopes` is given all of them
        return granted
    """,
    good="""
    from .keys import find


    def scopes_of(request) -> list[str]:
        key = find(request)
        granted = key.scopes or []
        return granted
    """,
    typescript=Example(
        bad="""
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
        import { find } from "./keys.js";

        export function permissionsOf(id: string) {
          const key = find(id);
          return key.permissions?.length ? key.permissions : ["*"];
          //                                                 ^^^^^ whoever has no `permissions` is given all of them
        }
        """,
        good="""
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
        import { find } from "./keys.js";

        export function permissionsOf(id: string) {
          const key = find(id);
          return key.permissions?.length ? key.permissions : [];
        }
        """,
    ),
)
def everything_for_whoever_has_nothing(passage: Passage) -> Iterator[Finding]:
    """Whoever was granted nothing is taken for somebody who was granted everything.

    An empty list of scopes, roles or permissions is what somebody has from whom all were taken, or who was never given
    any. Where it stands for all of them, taking the last one away opens every door.

    Let nothing be nothing. Where somebody is to have everything, write that down for them.
    """
    if not passage.about.mcp or named_as_test(passage.about.uri):
        return
    for site in passage.of(Assign, Pair, Call, If, Define, Lambda):
        for had, given in _instead(site):
            if (name := _rights(had)) and (_everything(given) or _lets_all(had, given, site)):
                yield Finding(
                    passage.at(site.unit, given), f"whoever has no `{name}` is given all of them", detail=name
                )


def _lets_all(had: Expr, given: Expr, site: Site) -> bool:
    """``if not self.scopes: return True``, in a function that otherwise looks for what is asked for among them."""
    if not is_constant(given, True) or site.function is None:
        return False
    name = spelled(had.value if isinstance(had, Attr) and had.name == "length" else had)
    for one in body(site.function, Compare, Call):
        node = one.node
        among = None
        if isinstance(node, Compare):
            among = node.right if node.op in ("in", "not in") else None
        elif isinstance(node, Call) and isinstance(node.callee, Attr) and node.callee.name in ("includes", "has"):
            among = node.callee.value
        if among is not None and spelled(among) == name:
            return True
    return False


def _instead(site: Site) -> Iterator[tuple[Expr, Expr]]:
    """What may be empty, with what is taken in its place."""
    node = site.node
    if isinstance(node, If):
        yield from _set_in(node)
        return
    values: list[Expr | None] = []
    if isinstance(node, (Assign, Pair)):
        values = [node.value]
    elif isinstance(node, Call):
        values = [arg.value for arg in node.args]
    else:
        function: Function = node.function  # type: ignore[attr-defined]
        values = [one.node.value for one in body(function, Return) if isinstance(one.node, Return)]
    for value in values:
        if isinstance(value, Logic) and value.op in ("or", "??"):
            yield value.left, value.right
        elif isinstance(value, Choice):
            yield value.test, value.otherwise
            if isinstance(value.test, Not):
                yield value.test.value, value.then


def _set_in(node: If) -> Iterator[tuple[Expr, Expr]]:
    """``if not key.scopes: granted = ["*"]``"""
    absent = [part.value for part in _any_of(node.test) if isinstance(part, Not)]
    first: Stmt | None = last_of(node.then[:1])
    if absent and isinstance(first, (Assign, Return)) and first.value is not None:
        for had in absent:
            yield had, first.value


def _any_of(test: Expr) -> Iterator[Expr]:
    if isinstance(test, Logic) and test.op == "or":
        yield from _any_of(test.left)
        yield from _any_of(test.right)
    elif not isinstance(test, Logic):
        yield test


def _everything(value: Expr) -> bool:
    if isinstance(value, Items):
        return len(value.items) == 1 and _everything(value.items[0])
    return isinstance(value, Str) and value.value in ("*", "*:*", "all", "admin", "superadmin")


_RIGHTS = frozenset(("scopes", "permissions", "roles", "role", "grants", "privileges"))


def _rights(value: Expr) -> str:
    """What somebody may do, by its name; "" for what an option or a filter is called so."""
    name = name_of(value)
    if isinstance(value, Attr) and name in ("length", "size"):
        name = name_of(value.value)
    if isinstance(value, Call) and name_of(value.callee) in ("getattr", "len"):
        second = value.positional(1)
        name = second.value if isinstance(second, Str) else name_of(value.positional(0))
    if isinstance(value, Compare):
        return _rights(value.left) if isinstance(value.right, Const) else ""
    return name if words(name)[-1:] and words(name)[-1] in _RIGHTS else ""
