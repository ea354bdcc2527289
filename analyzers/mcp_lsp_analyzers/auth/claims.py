"""Whether a token is believed, and where it is sent on to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..code import (
    Assign,
    Attr,
    Await,
    Call,
    Compare,
    Const,
    Dict,
    Expr,
    Function,
    Index,
    Items,
    Name,
    Pair,
    Str,
)
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..walk import Site, sites
from .audiences import compares_audience, left_open
from .values import from_request, name_of, origins, parts
from .verifying import checked_before, followed, introspected, verifiers


@rule(
    "MCP407",
    severity=Severity.WARNING,
    references=("CWE-347", "CWE-287", "CWE-345", "MCP07:2025", "CoSAI MCP-T1"),
    words=("decode", "verif", "jwt", "bearerauth", "introspect"),
    bad="""
    import jwt


    def who(token: str) -> str:
        claims = jwt.decode(token, options={"verify_signature": False})
        #                                   ^^^^^^^^^^^^^^^^^^^^^^^^^ no signature is checked: …
        return claims["sub"]
    """,
    good="""
    import jwt

    KEYS = jwt.PyJWKClient("https://login.example/keys")


    def who(token: str) -> str:
        key = KEYS.get_signing_key_from_jwt(token).key
        claims = jwt.decode(token, key, algorithms=["RS256"], audience="https://notes.example/mcp")
        return claims["sub"]
    """,
    typescript=Example(
        bad="""
        import { createRemoteJWKSet, jwtVerify } from "jose";

        const keys = createRemoteJWKSet(new URL("https://login.example/keys"));

        export async function verifyAccessToken(token: string) {
          const { payload } = await jwtVerify(token, keys, { issuer: "https://login.example" });
          //                        ^^^^^^^^^ no audience is checked: tokens for other services are taken
          return payload;
        }
        """,
        good="""
        import { createRemoteJWKSet, jwtVerify } from "jose";

        const keys = createRemoteJWKSet(new URL("https://login.example/keys"));

        export async function verifyAccessToken(token: string) {
          const { payload } = await jwtVerify(token, keys, {
            issuer: "https://login.example",
            audience: "https://notes.example/mcp",
          });
          return payload;
        }
        """,
    ),
)
def token_not_checked(passage: Passage) -> Iterator[Finding]:
    """A token is believed without a check of its signature, or whoever it was issued for.

    Without the signature, callers write their own claims. Without the audience, every token of the same login service
    opens this server: another service that a user trusts with one can use it here. The specification says that servers
    MUST take only tokens issued for them.

    Check signature, issuer and audience (`audience=` with PyJWT and fastmcp's verifiers, `audience` with jose and
    jsonwebtoken). Where the audience is nothing, because a variable of the environment is not set, jose, jsonwebtoken
    and fastmcp check none: refuse to start without it.
    """
    for function, token, _, unit in verifiers(passage):
        for decoder in followed(passage, function, token) or ():
            yield Finding(passage.at(unit, decoder), _SAID["signature"], detail="by-hand")
    for found in introspected(passage):
        yield Finding(passage.at(found.unit, found.node), _SAID["audience"], detail="introspection")
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        name = passage.word(call.callee)
        if name not in _CHECKERS:
            continue
        target = passage.target(call, site.function)
        off = _switched_off(call)
        if site.function is not None and not _PEEKS.isdisjoint(words(site.function.name)):
            continue
        if off is not None and _LIBRARIES.search(target):
            node, unchecked = off
            if unchecked == "expiry" and not _RENEWS.isdisjoint(words(site.function.name if site.function else "")):
                continue
            if _made_here(call, site.function) or _only_asks_when(call, site) or _of_a_client(call, site.function):
                continue
            if unchecked == "signature" and checked_before(call, site):
                continue
            if unchecked == "audience" and compares_audience(passage):
                continue
            yield Finding(passage.at(site.unit, node), _SAID[unchecked], detail=name)
        elif _unsigned(call, target, site.function, passage):
            if _fetched(call, site) and _only_asks_when(call, site):
                continue
            yield Finding(
                passage.at(site.unit, call.callee),
                _SAID["signature"],
                detail=name,
            )
        elif found_open := left_open(name, call, site, passage):
            said, severity = found_open
            yield Finding(passage.at(site.unit, call.callee), said, detail=name, severity=severity)


_SAID = {
    "signature": "no signature is checked: anybody can write such a token",
    "audience": "no audience is checked: tokens for other services are taken",
    "expiry": "no expiry is checked: a token that was ever valid stays so",
}
"""By what of a token is not checked."""
_LIBRARIES = pattern(r"jwt|jose|jsonwebtoken")
_MAKES = frozenset(("create", "issue", "generate", "mint", "sign", "encode"))


def _made_here(call: Call, function: Function | None) -> bool:
    """Whether the token is one that the function has just had made: nobody else wrote its claims."""
    token = call.positional(0)
    made = [] if token is None else list(origins(token, function))
    if isinstance(token, Name) and function is not None and made in ([], [token]):
        made = [
            one.node.value
            for one in sites(function.body, function.unit)
            if isinstance(one.node, Assign) and one.node.value is not None and isinstance(one.node.target, Items)
            for item in one.node.target.items
            if isinstance(item, Name) and item.id == token.id
        ]
    calls = [one.value if isinstance(one, Await) else one for one in made]
    return bool(calls) and all(
        isinstance(one, Call) and not _MAKES.isdisjoint(words(name_of(one.callee))) for one in calls
    )


def _fetched(call: Call, site: Site) -> bool:
    """Whether the token is what another call has just answered, and nothing that a caller brought along."""
    token = call.positional(0)
    found = [] if token is None else [one for one in origins(token, site.function) if one is not token]
    return bool(found) and all(isinstance(one, Call) for one in found) and not from_request(token, site.function)


def _of_a_client(call: Call, function: Function | None) -> bool:
    """Whether the token is one that a client keeps to send it along (``self.token["access_token"]``): who gets it
    checks it, and what the client reads of it is for itself."""
    kept = call.positional(0)
    while isinstance(kept, (Index, Await)):
        kept = kept.value
    cls = function.cls if function is not None else None
    own = isinstance(kept, Attr) and isinstance(kept.value, Name) and kept.value.id == "self"
    return own and cls is not None and words(cls.name)[-1:] in (("client",), ("session",))


_TIMES = frozenset(("exp", "iat", "nbf"))
_KEYS = frozenset(("iss", "kid", "alg"))


def _only_asks_when(call: Call, site: Site) -> bool:
    """Whether of the claims nothing is read but how long they hold: a client asks that of a token of its own, and
    nobody is let in by it. Who issued it may be asked too, by which the key is found that it is checked with."""
    if site.function is None:
        return False
    inside = sites(site.function.body, site.unit)
    wanted = _TIMES | _KEYS if _handed_on(call, inside) else _TIMES
    held = {
        one.node.target.id
        for one in inside
        if isinstance(one.node, Assign) and one.node.value is call and isinstance(one.node.target, Name)
    }
    if len(held) != 1:
        return False
    uses = [one.node for one in inside if isinstance(one.node, Name) and one.node.id in held]
    read = 1  # the name that is bound
    for one in inside:
        node = one.node
        of, key = None, None
        if isinstance(node, Call) and isinstance(node.callee, Attr) and node.callee.name == "get":
            of, key = node.callee.value, node.positional(0)
        elif isinstance(node, Index):
            of, key = node.value, node.index
        elif isinstance(node, Compare) and node.op == "in":
            of, key = node.right, node.left
        elif isinstance(node, Attr) and node.name in wanted:
            of, key = node.value, Str(node.start, node.end, node.name)
        if isinstance(of, Name) and of.id in held and isinstance(key, Str) and key.value in wanted:
            read += 1
    return 1 < read == len(uses)


def _handed_on(call: Call, inside: list[Site]) -> bool:
    """Whether the token goes to another function as well, which can check it."""
    token = call.positional(0)
    return isinstance(token, Name) and any(
        isinstance(one.node, Call)
        and one.node is not call
        and _VERIFIES.intersection(words(name_of(one.node.callee)))
        and any(isinstance(arg.value, Name) and arg.value.id == token.id for arg in one.node.args)
        for one in inside
    )


_VERIFIES = frozenset(("verify", "decode", "validate", "check", "introspect", "authenticate"))


_RENEWS = frozenset(("refresh", "renew", "revoke", "logout", "expired", "reissue"))
"""What such a function does is done to tokens that are no longer valid."""
_PEEKS = frozenset(("unsafe", "unverified", "unchecked", "debug", "peek"))
"""A function of such a name says itself that what it gives is not to be believed."""

_CHECKERS = frozenset(
    ("decode", "decodeJwt", "jwtDecode", "jwt_decode", "verify", "jwtVerify", "JWTVerifier", "BearerAuthProvider")
)


def _switched_off(call: Call) -> tuple[object, str] | None:
    """Where a call says that something of a token is not to be checked, and what."""
    for site in sites([arg.value for arg in call.args], None):  # type: ignore[arg-type]
        pair = site.node
        if isinstance(pair, Pair) and isinstance(pair.key, Str) and isinstance(pair.value, Const):
            said = _SWITCHES.get((pair.key.value, pair.value.value))
            if said is not None:
                return _span(pair), said
    verify = call.keyword("verify")
    if isinstance(verify, Const) and verify.value is False:
        return verify, "signature"
    return None


_SWITCHES: dict[tuple[str, object], str] = {
    ("verify_signature", False): "signature",
    ("verify_aud", False): "audience",
    ("verify_exp", False): "expiry",
    ("ignoreExpiration", True): "expiry",
}


def _span(pair: Pair) -> Const:
    assert pair.key is not None
    return Const(pair.key.start, pair.value.end, None)


def _unsigned(call: Call, target: str, function: Function | None, passage: Passage) -> bool:
    """Claims are read without a check, in a function that decides who is let in, or of the token that a caller sent."""
    if target not in _READS or function is None:
        return False
    if from_request(call.positional(0), function):
        return "verif" not in passage.unit.key.lower()
    said = words(function.name)
    return any(word in said for word in ("verify", "validate", "authenticate", "authorize")) and not any(
        isinstance(site.node, Call) and name_of(site.node.callee) in ("verify", "jwtVerify")
        for site in sites(function.body, function.unit)
    )


_READS = frozenset(
    (
        "jsonwebtoken.decode",
        "jose.decodeJwt",
        "jwt-decode",
        "jwt-decode.jwtDecode",
        "jose.jwt.get_unverified_claims",
    )
)


@rule(
    "MCP408",
    severity=Severity.INFORMATION,
    references=("CWE-441", "CWE-522", "MCP07:2025", "MCP01:2025", "CoSAI MCP-T1"),
    words=("authorization",),
    bad="""
    import httpx
    from starlette.requests import Request


    async def fetch_notes(request: Request) -> str:
        token = request.headers["authorization"]
        headers = {"Authorization": token}
        #                           ^^^^^ the caller's token is sent on to another service
        async with httpx.AsyncClient() as client:
            return (await client.get("https://api.example/notes", headers=headers)).text
    """,
    good="""
    import os

    import httpx


    async def fetch_notes() -> str:
        headers = {"Authorization": f"Bearer {os.environ['NOTES_TOKEN']}"}
        async with httpx.AsyncClient() as client:
            return (await client.get("https://api.example/notes", headers=headers)).text
    """,
    typescript=Example(
        bad="""
        export async function fetchNotes(req) {
          const token = req.headers.authorization;
          const headers = { Authorization: token };
          //                               ^^^^^ the caller's token is sent on to another service
          return await (await fetch("https://api.example/notes", { headers })).text();
        }
        """,
        good="""
        export async function fetchNotes() {
          const headers = { Authorization: `Bearer ${process.env.NOTES_TOKEN}` };
          return await (await fetch("https://api.example/notes", { headers })).text();
        }
        """,
    ),
)
def token_passed_through(passage: Passage) -> Iterator[Finding]:
    """The token with which a caller came is sent on to another service.

    A token is meant for one service. Passed through, it opens the other service for whoever got hold of it, no limit or
    log of this server applies, and the other service cannot tell who is really calling. The specification forbids it.

    Get a token of the server's own for the other service (client credentials, or token exchange).
    """
    for site in passage.of(Pair):
        pair = site.node
        assert isinstance(pair, Pair)
        if not isinstance(pair.key, Str) or pair.key.value.lower() != "authorization":
            continue
        read = _sent_along(passage, site) and any(
            name_of(part).lower() == "authorization" and from_request(part, site.function)
            for part in parts(pair.value, site.function)
        )
        if read or any(_of_caller(passage, part, site.function) for part in _parts(pair.value, site.function)):
            yield Finding(
                passage.at(site.unit, pair.value),
                "the caller's token is sent on to another service",
                detail="authorization",
            )


def _parts(value: Expr, function: Function | None) -> Iterator[Expr]:
    """What a text is made of, each variable in it replaced by what it was set to."""
    for part in parts(value, function):
        yield from origins(part, function) if isinstance(part, Name) else (part,)


def _of_caller(passage: Passage, part: Expr, function: Function | None) -> bool:
    """Whether it is the token that the SDK found with the request: ``get_access_token().token``,
    ``extra.authInfo.token``."""
    if not isinstance(part, Attr) or part.name != "token" or function is None or _ASKS_ISSUER.search(passage.unit.key):
        return False
    if name_of(part.value) == "authInfo":
        return True
    return any(
        isinstance(origin, Call)
        and passage.word(origin.callee) == "get_access_token"
        and _as_it_came(passage, passage.target(origin, function))
        for origin in origins(part.value, function)
    )


_ASKS_ISSUER = pattern(r"userinfo|introspect|token[-_]exchange|subject_token|ProxyOAuthServerProvider", re.IGNORECASE)
"""Code that shows the token to who issued it, or changes it for another one."""


def _as_it_came(passage: Passage, target: str) -> bool:
    """Whether ``get_access_token`` gives what the caller sent. fastmcp's OAuth proxies give out tokens of their own and
    answer here with that of the other service, which is meant for it (fastmcp 3.4, ``load_access_token``); only where
    this file verifies tokens itself is it known that there is none."""
    if target.startswith("mcp."):
        return True
    return target.startswith("fastmcp.") and any(name.startswith(_VERIFIERS) for name in passage.about.imports)


_VERIFIERS = ("fastmcp.server.auth.providers.jwt", "fastmcp.server.auth.providers.introspection")


_SENDING = frozenset(("fetch", "get", "post", "put", "patch", "delete", "request", "create", "AsyncClient", "Client"))


def _sent_along(passage: Passage, site: Site) -> bool:
    """Whether the function around calls something that sends requests with headers."""
    for other in passage.of(Call):
        call = other.node
        assert isinstance(call, Call)
        if other.function is not site.function or name_of(call.callee) not in _SENDING:
            continue
        given = [call.keyword("headers"), *(a.value.get("headers") for a in call.args if isinstance(a.value, Dict))]
        if any(value is not None for value in given):
            return True
    return False
