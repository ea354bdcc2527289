"""Tokens of callers that are believed because another service answers to them."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Attr, Call, Define, Dict, Expr, Function, Join, Lambda, Name, Str
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import body
from .values import brought, holder, is_parameter, name_of, origins


@rule(
    "MCP465",
    severity=Severity.INFORMATION,
    references=("CWE-287", "CWE-863", "CWE-441", "MCP07:2025", "SAFE-T1306", "CoSAI MCP-T1"),
    words=("bearer",),
    bad="""
    import httpx

    from .session import Caller


    async def verify_token(token: str) -> Caller | None:
        async with httpx.AsyncClient() as client:
            answer = await client.get(
                #          ^^^^^^^^^^ `token` is taken wherever it is good for `/userinfo`, whoever it was issued to
                "https://accounts.example.com/userinfo", headers={"Authorization": f"Bearer {token}"}
            )
        return Caller(answer.json()) if answer.status_code == 200 else None
    """,
    good="""
    import httpx

    from .session import OURS, Caller


    async def verify_token(token: str) -> Caller | None:
        async with httpx.AsyncClient() as client:
            told = (await client.post("https://accounts.example.com/introspect", data={"token": token})).json()
        return Caller(told) if told["active"] and told["aud"] == OURS else None
    """,
    typescript=Example(
        bad="""
        export async function authenticate(req: Request): Promise<string | null> {
          const token = req.headers.get("authorization")?.slice(7);
          const answer = await fetch("https://graph.example.com/v1.0/me", {
            //                 ^^^^^ `token` is taken wherever it is good for `/me`, whoever it was issued to
            headers: { Authorization: `Bearer ${token}` },
          });
          return answer.ok ? token : null;
        }
        """,
        good="""
        import { jwtVerify } from "jose";
        import { AUDIENCE, ISSUER, KEYS } from "./keys.js";

        export async function authenticate(req: Request): Promise<string | null> {
          const token = req.headers.get("authorization")?.slice(7);
          if (!token) return null;
          await jwtVerify(token, KEYS, { issuer: ISSUER, audience: AUDIENCE });
          return token;
        }
        """,
    ),
)
def token_good_for_another_service(passage: Passage) -> Iterator[Finding]:
    """A caller's token is believed because another service answers to it.

    Every program to which somebody signs in with the same provider has such a token of theirs. Any of them can
    bring it here and is taken for that person (the confused deputy of the specification).

    Ask for whom the token was issued: `aud` or `azp` of a JWT that is verified, or what the provider says of the token
    (`introspect`, `tokeninfo`), compared with this server's own id.
    """
    if not passage.about.mcp or named_as_test(passage.about.uri):
        return
    for site in passage.of(Define, Lambda):
        function: Function = site.node.function  # type: ignore[attr-defined]
        name = function.name or holder(passage, site)
        if not _verifies(name) or _BEARER not in function.text.lower() or _ASKS.search(function.text) is not None:
            continue
        for one in body(function, Call):
            call = one.node
            assert isinstance(call, Call)
            asked = _asks_who(call, function)
            token = _shown(call, function) if asked else None
            if token is not None and isinstance(call.callee, (Name, Attr)):
                said = f"`{name_of(token)}` is taken wherever it is good for `{asked}`, whoever it was issued to"
                yield Finding(passage.at(one.unit, call.callee), said, detail=asked)
                break


_BEARER = "bearer "
_VERBS = frozenset(("auth", "authenticate", "verify", "validate", "check", "authorize", "authorise", "load", "require"))
_OF_CALLERS = frozenset(
    ("auth", "token", "bearer", "authenticate", "caller", "request", "authorize", "access", "middleware", "user")
)


def _verifies(name: str) -> bool:
    """Whether a function says who is calling, by its name: ``verify_token``, ``mcpAuth``, ``authMiddleware``."""
    said = words(name)
    return not _VERBS.isdisjoint(said) and not _OF_CALLERS.isdisjoint(said)


_ASKS = pattern(r"(?i)(?<![a-z])(?:aud|azp|cid)\b|audience|app_?id|client_?id|introspect|token_?info")
"""What says for whom a token was issued."""
_WHO = pattern(r"/(?:me|user|userinfo|user_info|whoami|users/me|current_user|tokens/self)/?(?:\?.*)?$")


def _asks_who(call: Call, function: Function) -> str:
    """The end of the address at which a service says who somebody is, where it is read."""
    if name_of(call.callee).lower() not in ("fetch", "get", "request", "axios", "got"):
        return ""
    for arg in call.args[:2]:
        for one in origins(arg.value, function):
            last = one.parts[-1] if isinstance(one, Join) and one.parts else one
            found = _WHO.search(last.value) if isinstance(last, Str) else None
            if found is not None:
                return found[0].partition("?")[0]
    return ""


def _shown(call: Call, function: Function) -> Expr | None:
    """The caller's token, where the service is shown it: ``headers={"Authorization": f"Bearer {token}"}``."""
    given = [one for arg in call.args for one in origins(arg.value, function)]
    while given:
        one = given.pop(0)
        if isinstance(one, Dict):
            given += [value for pair in one.pairs for value in origins(pair.value, function)]
        elif isinstance(one, Join) and len(one.parts) == 2:
            before, token = one.parts
            of_caller = brought(token, function) or is_parameter(token, function)
            if isinstance(before, Str) and before.value.lower() == _BEARER and of_caller:
                return token
    return None
